use super::{codes_of, said_of, sound};
use crate::model::Program;
use crate::model::program::IndividualId;

fn names(program: &Program, ids: &[IndividualId]) -> Vec<String> {
    ids.iter().map(|id| program.individual(*id).name.clone()).collect()
}

fn members(program: &Program, kind: &str) -> Vec<String> {
    let kind = program.kinds.iter().find(|known| known.name == kind).expect("a kind");
    names(program, &kind.members)
}

#[test]
fn three_lines_are_a_program() {
    let program = sound(
        "ally(A,B) requires mutual_defense and no_pressure
mutual_defense(russia, kazakhstan)
not no_pressure(russia, kazakhstan)",
    );
    let names: Vec<&str> = program.relations.iter().map(|relation| relation.name.as_str()).collect();
    assert_eq!(names, ["ally", "mutual_defense", "no_pressure"]);
    assert!(program.relations.iter().all(|relation| relation.roles.iter().all(|role| role.kind == Program::STATE)));
    assert_eq!(program.rules.len(), 1);
    assert_eq!(program.statements.len(), 2);
}

#[test]
fn members_of_a_part_belong_to_the_whole() {
    let program = sound(
        "kind asia in state
kind stans in asia = kazakhstan, uzbekistan
kind group in state = stans, belarus
state russia
predicate near(who: state, what: asia)
near(russia, mongolia)",
    );
    assert_eq!(members(&program, "stans"), ["kazakhstan", "uzbekistan"]);
    assert_eq!(members(&program, "asia"), ["kazakhstan", "mongolia", "uzbekistan"]);
    assert_eq!(members(&program, "group"), ["belarus", "kazakhstan", "uzbekistan"]);
    assert_eq!(members(&program, "state"), ["belarus", "kazakhstan", "mongolia", "russia", "uzbekistan"]);
    assert!(program.kinds[4..].iter().all(|kind| kind.root == Program::STATE));
}

#[test]
fn open_kinds_have_an_unnamed_member() {
    let program = sound("open kind treaty\nkind pact in treaty\nkind large in treaty = a, b\nkind plain");
    let unnamed = |name: &str| program.kinds.iter().find(|kind| kind.name == name).and_then(|kind| kind.unnamed);
    assert!(unnamed("treaty").is_some_and(|id| program.individual(id).is_unnamed));
    assert_eq!(unnamed("pact"), unnamed("treaty"));
    assert_eq!(unnamed("large"), None);
    assert_eq!(unnamed("plain"), None);
    assert_eq!(unnamed("state"), None);
    assert!(unnamed("date").is_some());
    assert_eq!(members(&program, "treaty"), ["a", "b"]);
}

#[test]
fn one_word_may_be_a_level_of_two_kinds() {
    let program = sound(
        "kind threat = none < high
kind trust = none < high
measure threat_of(of: state) in threat
measure trust_of(of: state) in trust
safe(A) requires threat_of = none and trust_of > none",
    );
    let high: Vec<_> = program.individuals.iter().filter(|individual| individual.name == "high").collect();
    assert_eq!(high.len(), 2);
    assert_ne!(high[0].kind, high[1].kind);
}

#[test]
fn roles_that_individuals_join_share_a_kind() {
    let program = sound(
        "kind treaty
treaty csto
member(russia, csto)
member(russia, odkb)
in_force(odkb)
active(A, B) requires member(A, T) and in_force(T)",
    );
    let kind = |name: &str, role: usize| {
        let relation = program.relations.iter().find(|relation| relation.name == name).expect("a relation");
        program.kind(relation.roles[role].kind).name.as_str()
    };
    assert_eq!(kind("member", 1), "treaty");
    assert_eq!(kind("in_force", 0), "treaty");
    assert_eq!(kind("active", 0), "state");
}

#[test]
fn declared_roles_fix_the_kinds_of_names() {
    let program = sound(
        "kind treaty
predicate party(member: state, to: treaty)
party(russia, csto)
signed(csto, 1992)
signed(cis, 1991-12-08)
old(T: treaty) requires signed(T, D) and D < 2000",
    );
    let signed = program.relations.iter().find(|relation| relation.name == "signed").expect("a relation");
    assert_eq!(program.kind(signed.roles[0].kind).name, "treaty");
    assert!(said_of("signed(csto, 1992)").is_empty());
}

#[test]
fn numbers_and_dates_are_one_however_they_are_written() {
    let program = sound(
        "predicate seats(of: state, n: number)\nseats(a, 2.5 million)\nseats(b, 2500000)\npredicate born(of: state, on: date)\nborn(a, 1991)\nborn(b, 1991-12)",
    );
    assert_eq!(members(&program, "number"), ["2500000"]);
    assert_eq!(members(&program, "date"), ["1991", "1991-12"]);
}

#[test]
fn individuals_are_merged_and_keep_one_life() {
    let program = sound(
        "state kazakhstan
state kazakhstan \"Kazakhstan\" from 1991-12-16 alias cow:705
state kazakhstan from 1991-12-16 alias iso3:KAZ
state germany from 1871 until 1945 alias cow:255
state west_germany from 1949 until 1990 alias cow:260
state reunited from sometime in 1990 alias cow:255",
    );
    let kazakhstan = program.individuals.iter().find(|individual| individual.name == "kazakhstan").expect("a state");
    assert_eq!(kazakhstan.aliases.len(), 2);
    assert_eq!(kazakhstan.label.as_deref(), Some("Kazakhstan"));
    let reunited = program.individuals.iter().find(|individual| individual.name == "reunited").expect("a state");
    assert_eq!(reunited.life.first().map(|day| day.to_string()).as_deref(), Some("1990-01-01"));
}

#[test]
fn kinds_that_contradict_one_another_are_shown_in_both_places() {
    let said = said_of(
        "kind treaty\npredicate party(member: state, to: treaty)\nx(A, B) requires party(A, T) and guarantees(T, B)\ny(A, B) requires guarantees(A, B) and party(A, _)",
    );
    assert_eq!(said.matches("kind_conflict").count(), 1, "{said}");
    assert_eq!(
        codes_of(
            "kind treaty\ntreaty t\npredicate trusts(a: state, b: state)\ntrusts(a, t)\nc(A, B) requires trusts(A, t)"
        ),
        ["model::individual_of_other_kind"]
    );
}
