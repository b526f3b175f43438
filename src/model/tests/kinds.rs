use super::{said_of, sound};

#[test]
fn three_lines_are_a_program() {
    let program = sound(
        "ally(A,B) requires mutual_defense and no_pressure
         mutual_defense(russia, kazakhstan)
         not no_pressure(russia, kazakhstan)",
    );
    let names: Vec<&str> = program.relations.iter().map(|relation| relation.name.as_str()).collect();
    assert_eq!(names, ["ally", "mutual_defense", "no_pressure"]);
    assert!(program.relations.iter().all(|relation| relation.roles.iter().all(|role| role.kind.0 == 0)));
    assert_eq!(program.rules.len(), 1);
    assert_eq!(program.statements.len(), 2);
}

#[test]
fn look() {
    println!(
        "{}",
        said_of("kind level = low < high\nmeasure threat(of: state, to: state) in level\nthreat(a, b) = hihg")
    );
}
