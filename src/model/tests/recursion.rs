use super::{codes_of, said_of, sound};

#[test]
fn monotone_circles_are_components() {
    let program = sound(
        "predicate pact(one: state, other: state)
bloc(A, B) if pact
bloc(A, C) if bloc(A, B) and bloc(B, C)
even(A, B) if pact and odd(B, A)
odd(A, B) if pact or even(B, A)
friend(A, B) requires bloc and not pact
",
    );
    let names: Vec<Vec<&str>> = program
        .recursive_components
        .iter()
        .map(|component| component.iter().map(|id| program.relation(*id).name.as_str()).collect())
        .collect();
    assert_eq!(names, [vec!["bloc"], vec!["even", "odd"]]);
    let component = |name: &str| {
        program.relations.iter().find(|relation| relation.name == name).and_then(|relation| relation.component)
    };
    assert_eq!(component("odd"), Some(1));
    assert_eq!(component("friend"), None);
}

#[test]
fn every_form_that_is_not_monotone_is_told_by_its_name() {
    for (condition, word) in [
        ("not c(B, A)", "`not`"),
        ("(p whenever c(B, A))", "the right of `whenever`"),
        ("none of (c(B, A), p)", "`at most`"),
        ("exactly 1 of (c(B, A), p)", "`exactly`"),
        ("shown c(B, A)", "`shown`"),
        ("for every X in state where c(X, A): p(A, X)", "the `where` of `for every`"),
        ("count of (X in state where c(X, A)) > 1", "a count"),
        ("sum of (m(X) over X in state where c(X, A)) > 1", "an aggregate"),
        ("c(B, A) + 1 > 1", "a score"),
    ] {
        let said = said_of(&format!(
            "predicate p(one: state, other: state)\nmeasure m(of: state)\nc(A, B) requires p and {condition}"
        ));
        assert!(said.contains(&format!("depends on itself through {word}")), "{condition}: {said}");
    }
    assert_eq!(codes_of("c(A, B) requires p and (c(B, A) within the last 3 years)"), ["model::recursion_through_time"]);
    assert_eq!(codes_of("predicate p(a: state, b: state)\np(A, B) if not p(B, A)"), ["model::cycle_through_negation"]);
}

#[test]
fn the_whole_circle_is_shown_once() {
    let said = said_of(
        "a(X) requires b(X)\nb(X) requires c(X) and e(X)\nc(X) requires d(X)\nd(X) requires not a(X)\ne(X) requires not b(X)",
    );
    assert_eq!(said.matches("cycle_through_negation").count(), 1, "{said}");
    assert_eq!(said.matches("depends on `").count(), 4, "{said}");
}
