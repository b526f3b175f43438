use super::shown::{body, value};
use super::{codes_of, said_of, sound};
use crate::model::program::{Guard, MeasureDefinition, RuleForm};

const VOCABULARY: &str = "
kind treaty
kind domain = military, political, economic
kind level = none < moderate < high
predicate party(member: state, to: treaty)
predicate pressure(by: state, on: state, in: domain)
predicate guarantees(by: state, of: state)
predicate trusts(one: state, other: state)
predicate in_need(of: state)
measure trade(from: state, to: state) in \"million USD\"
measure threat(of: state, to: state) in level
parameter keen = 10%
";

/// The body of `c(A, B) requires …` over the vocabulary.
fn body_of(condition: &str) -> String {
    body(&sound(&format!("{VOCABULARY}c(A, B) requires {condition}\n")), "c")
}

#[test]
fn bare_names_take_the_head_s_arguments() {
    assert_eq!(body_of("guarantees and not trusts"), "(guarantees(A, B) and not trusts(A, B))");
    assert_eq!(body_of("mutually guarantees"), "(guarantees(A, B) & guarantees(B, A))");
    assert_eq!(body_of("either way trusts(B, kazakhstan)"), "(trusts(B, kazakhstan) | trusts(kazakhstan, B))");
    assert_eq!(
        body_of("mutually pressure(A, B, _)"),
        "((Some? _2 in domain: pressure(A, B, _2)) & (Some? _3 in domain: pressure(B, A, _3)))"
    );
    let program = sound(&format!("{VOCABULARY}c(A, B, D: domain) requires mutually trusts and mutually pressure"));
    assert_eq!(body(&program, "c"), "((trusts(A, B) & trusts(B, A)) and (pressure(A, B, D) & pressure(B, A, D)))");
}

#[test]
fn variables_of_the_body_are_for_some_around_the_narrowest_condition() {
    assert_eq!(body_of("party(A, T) and party(B, T)"), "(Some? T in treaty: (party(A, T) and party(B, T)))");
    assert_eq!(
        body_of("party(A, T) and trusts and party(B, T)"),
        "((Some? T in treaty: (party(A, T) and party(B, T))) and trusts(A, B))"
    );
    assert_eq!(
        body_of("trusts and (party(A, T) and not party(B, T) or guarantees)"),
        "(trusts(A, B) and ((Some? T in treaty: (party(A, T) and not party(B, T))) or guarantees(A, B)))"
    );
    assert_eq!(
        body_of("party(A, T) or trusts or party(B, T)"),
        "((Some? T in treaty: (party(A, T) or party(B, T))) or trusts(A, B))"
    );
    assert_eq!(
        body_of("for every D in domain: pressure(A, X, D)"),
        "(Every D in domain: (Some? X in state: pressure(A, X, D)))"
    );
    assert_eq!(body_of("party(A, T) whenever party(B, T)"), "(Some? T in treaty: (party(A, T) whenever party(B, T)))");
    assert_eq!(body_of("shown party(A, T)"), "shown (Some? T in treaty: party(A, T))");
    assert_eq!(body_of("not pressure(A, B, _)"), "not (Some? _2 in domain: pressure(A, B, _2))");
    assert_eq!(body_of("pressure(A, X, D)"), "(Some? X in state, D in domain: pressure(A, X, D))");
    assert_eq!(
        body_of("at least 2 of (party(A, T), party(B, T), trusts)"),
        "(Some? T in treaty: AtLeast 2 of (party(A, T), party(B, T), trusts(A, B)))"
    );
    assert_eq!(
        body_of("count of (S in state where party(S, T)) > 2"),
        "[Count(S in state where (Some? T in treaty: party(S, T))) Greater 2 as Number]"
    );
    assert_eq!(
        body_of("party(A, T) and count of (S in state where party(S, T)) > 2"),
        "(Some? T in treaty: (party(A, T) and [Count(S in state where party(S, T)) Greater 2 as Number]))"
    );
}

#[test]
fn free_variables_and_constants_are_noted() {
    let program = sound(&format!("{VOCABULARY}c(A, B) requires party(A, T) and guarantees(russia, B)\n"));
    let body = &program.rules[0].body;
    assert_eq!(body.free, [0, 1]);
    assert_eq!(body.constants.len(), 1);
    assert_eq!(program.individual(body.constants[0]).name, "russia");
}

#[test]
fn comparisons_know_what_they_compare() {
    assert_eq!(body_of("trade >= keen"), "[trade<A, B> GreaterOrEqual $keen as Number]");
    assert_eq!(body_of("trade(B, A) > 2.5 million"), "[trade<B, A> Greater 2500000 as Number]");
    assert!(body_of("threat >= moderate").starts_with("[threat<A, B> GreaterOrEqual moderate as Level("));
    assert!(body_of("high > threat(B, A)").starts_with("[high Greater threat<B, A> as Level("));
    assert_eq!(body_of("A != B"), "[A NotEqual B as Individual]");
    assert_eq!(body_of("B = russia"), "[B Equal russia as Individual]");
    assert_eq!(
        body_of("trusts + 2 * guarantees(B, A) >= 2"),
        "[(#trusts(A, B) Add (2 Multiply #guarantees(B, A))) GreaterOrEqual 2 as Number]"
    );
    let program = sound(
        "predicate signed(by: state, on: date)\nlate(A) requires signed(A, D) and D >= 1999\nsigned(russia, 1998-03)",
    );
    assert_eq!(body(&program, "late"), "(Some? D in date: (signed(A, D) and [D GreaterOrEqual 1999 as Date]))");
    let program = sound("predicate seats(of: state, count: number)\nlarge(A) requires seats(A, N) and N >= 100");
    assert_eq!(body(&program, "large"), "(Some? N in number: (seats(A, N) and [N GreaterOrEqual 100 as Number]))");
    let program = sound(
        "predicate motto(of: state, words: text)\nsame(A, B) requires motto(A, M) and motto(B, N) and M = N and M != \"none\"",
    );
    assert_eq!(
        body(&program, "same"),
        "(Some? M in text, N in text: (motto(A, M) and motto(B, N) and [M Equal N as Individual] and [M NotEqual none as Individual]))"
    );
    assert!(
        body_of("max of (threat(A, X) over X in state) >= high")
            .contains("Maximum(threat<A, X> over X in state) GreaterOrEqual high as Level(")
    );
}

#[test]
fn moments_are_days() {
    assert_eq!(body_of("trusts and since 1991"), "(trusts(A, B) and Since 1991-01-01..1991-12-31)");
    assert_eq!(body_of("before 433 BC"), "Before 433-01-01 BC..433-12-31 BC");
}

#[test]
fn scores_are_sums_of_indicators() {
    let program = sound(&format!("{VOCABULARY}measure depth(A, B) = 2 * trusts + guarantees(B, A)"));
    assert_eq!(value(&program, "depth"), "((2 Multiply #trusts(A, B)) Add #guarantees(B, A))");
}

#[test]
fn classifications_make_a_kind() {
    let program = sound(&format!(
        "{VOCABULARY}classify tie(A, B) as pact when trusts and guarantees, entente when trusts, otherwise none
close(A, B) requires tie >= entente and tie(B, A) != none"
    ));
    let kind = program.kinds.iter().find(|kind| kind.name == "tie").expect("a kind");
    let order: Vec<&str> = kind.order.iter().flatten().map(|level| program.individual(*level).name.as_str()).collect();
    assert_eq!(order, ["none", "entente", "pact"]);
    let MeasureDefinition::Classification { cases, otherwise, .. } =
        &program.measures.iter().find(|measure| measure.name == "tie").expect("a measure").definition
    else {
        panic!("no classification")
    };
    assert_eq!(cases.len(), 2);
    assert_eq!(program.individual(*otherwise).rank, Some(0));
    assert_eq!(body(&program, "close").matches("Level").count(), 2);
}

#[test]
fn heads_with_if_have_guards() {
    let program = sound("bloc(russia, B) if sphere(B)\nbloc(A, A) if sovereign(A)\nbloc(A, B) only if near(A, B)\n");
    assert_eq!(program.rules.len(), 3);
    assert!(
        matches!(program.rules[0].guards.as_slice(), [Guard::Is(0, id)] if program.individual(*id).name == "russia")
    );
    assert_eq!(program.rules[1].guards, [Guard::Same(0, 1)]);
    assert_eq!(program.rules[2].form, RuleForm::OnlyIf);
    assert_eq!(program.rules[1].variables.len(), 2);
}

#[test]
fn bridges_add_to_predicates() {
    let program = sound(
        "predicate pact(one: state, other: state)\nkind treaty\npact(A, B) if signed(A, T) and signed(B, T)\ntreaty t\nsigned(a, t)\npact(a, b)",
    );
    let pact = program.relations.iter().find(|relation| relation.name == "pact").expect("a relation");
    assert!(!pact.is_criterion);
    assert_eq!(pact.rules.len(), 1);
}

#[test]
fn a_quantifier_over_a_part_ranges_over_the_part() {
    let program =
        sound("kind stans in state = kazakhstan, uzbekistan\nhub(A) requires for every X in stans: pact(A, X)");
    assert_eq!(body(&program, "hub"), "(Every X in stans: pact(A, X))");
}

#[test]
fn unsafe_variables_are_shown_in_the_user_s_words() {
    let said = said_of(&format!("{VOCABULARY}c(A, B) requires trusts and not (party(A, T) and party(B, T))"));
    assert!(said.contains("`not (for some T in treaty: (party(A, T) and party(B, T)))` or `for some T in treaty: not (party(A, T) and party(B, T))`"), "{said}");
    assert_eq!(
        codes_of(&format!("{VOCABULARY}c(A, B) requires none of (party(A, T), trusts)")),
        ["model::unsafe_variable"]
    );
    assert_eq!(
        codes_of(&format!("{VOCABULARY}c(A, B) requires for every X in state where party(X, T): trusts(A, X)")),
        ["model::unsafe_variable"]
    );
    assert_eq!(
        codes_of(&format!("{VOCABULARY}c(A, B) requires not party(A, T) and not party(B, T)")),
        ["model::unsafe_variable"]
    );
}

#[test]
fn mistakes_do_not_cascade() {
    assert_eq!(
        codes_of(
            "predicate p(a: stat, b: state)\nc(A, B) requires p and p(B, A) and not p(A, russia)\np(a, b) from 1999\ncomplete p(_, b)"
        ),
        ["model::unknown_kind"]
    );
    assert_eq!(
        codes_of(&format!(
            "{VOCABULARY}c(A, B) requires trusts(A) and X = Y\nd(A, B) requires c and not c(B, A)\nexpect c(a, b)\nexpect d(a, b)"
        )),
        ["model::arity"]
    );
}

#[test]
fn every_mistake_of_a_rule_is_found() {
    assert_eq!(
        codes_of(&format!(
            "{VOCABULARY}c(A, B) requires trusts(A) and in_need and for every D in domian: trade(A, B)\nd(A, B) requires 1 > A and trusts"
        )),
        ["model::arity", "model::bare_name", "model::unknown_kind", "model::not_a_condition", "model::wrong_constant"]
    );
}
