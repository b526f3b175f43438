use super::{codes_of, resolved, resolved_files, said, said_of, sound};
use crate::evidence::{CompleteArgument, Polarity, StatementValue};
use crate::model::program::{AssertionTime, Target};
use crate::model::{Options, Program};
use crate::verdict::Verdict;

const VOCABULARY: &str = "
kind treaty
kind duty = defense, consultation, neutrality
predicate party(member: state, to: treaty)
predicate owes(who: state, what: duty)
predicate guarantees(by: state, of: state)
measure trade(from: state, to: state) in \"million USD\"
kind stans in state = kazakhstan, kyrgyzstan, tajikistan
state russia
";

fn with(facts: &str) -> Program {
    sound(&format!("{VOCABULARY}{facts}\n"))
}

/// The times of the only statement: the four days, and whether the end is open or `ended`.
fn times(facts: &str) -> Vec<String> {
    let program = with(&format!("guarantees(russia, kazakhstan) {facts}"));
    program.statements[0]
        .times
        .iter()
        .map(|time| {
            let open = if time.open_end { " open" } else { "" };
            let ended = if time.ended { " ended" } else { "" };
            let [a, b, c, d] = [time.earliest_start, time.latest_start, time.earliest_end, time.latest_end];
            let start = if a == b { a.to_string() } else { format!("{a}/{b}") };
            let end = if c == d { c.to_string() } else { format!("{c}/{d}") };
            format!("{start} to {end}{open}{ended}")
        })
        .collect()
}

#[test]
fn every_form_of_time_becomes_days() {
    for (written, days) in [
        ("", "10000-01-01 BC to 9999-12-31 open"),
        ("from 1992", "1992-01-01 to 9999-12-31 open"),
        ("from 1992-05 until 1999-04-02", "1992-05-01 to 1999-04-02"),
        ("until 1999", "10000-01-01 BC to 1999-12-31"),
        ("from 1992 ended 1999", "1992-01-01 to 1999-12-31 ended"),
        ("from 1992 up to 1999", "1992-01-01 to 1998-12-31"),
        ("from sometime in 1992", "1992-01-01/1992-12-31 to 9999-12-31 open"),
        ("from sometime in 1992..1994 ended sometime in 1999", "1992-01-01/1994-12-31 to 1999-01-01/1999-12-31 ended"),
        ("from 1992 up to sometime in 1999", "1992-01-01 to 1998-12-31/1999-12-30"),
        ("from earliest 1992 until latest 1999", "1992-01-01 to 1999-12-31"),
        ("from latest 1992 until earliest 1999", "1992-12-31 to 1999-01-01"),
        ("in 1999", "1999-01-01 to 1999-12-31"),
        ("in 1991..2014", "1991-01-01 to 2014-12-31"),
        ("on 1999-04-02", "1999-04-02 to 1999-04-02"),
        ("sometime in 1991..2014", "1991-01-01/2014-12-31 to 1991-01-01/2014-12-31"),
        ("from 433 BC until 431 BC", "433-01-01 BC to 431-12-31 BC"),
    ] {
        assert_eq!(times(written), [days], "{written}");
    }
    assert_eq!(
        times("from 2006 ended 2012, from 1992 until 1999"),
        ["1992-01-01 to 1999-12-31", "2006-01-01 to 2012-12-31 ended"]
    );
}

#[test]
fn sets_stay_one_statement() {
    let program = with(
        "guarantees(russia, {stans}) from 1992\nguarantees({kazakhstan, russia}, {russia, kazakhstan})\nparty({stans, russia}, csto)",
    );
    let [one, two, three] = program.statements.as_slice() else { panic!("three statements") };
    assert_eq!(one.arguments[1].individuals.len(), 3);
    assert_eq!(one.arguments[1].set_kind.map(|kind| program.kind(kind).name.as_str()), Some("stans"));
    assert_eq!(one.arguments[0].set_kind, None);
    assert!(!one.arguments[0].is_set && one.arguments[1].is_set);
    assert_eq!(two.arguments[0].individuals, two.arguments[1].individuals);
    assert_eq!(three.arguments[0].individuals.len(), 4);
    assert_eq!(three.arguments[0].set_kind, None);
    assert!(three.arguments[0].individuals.is_sorted());
}

#[test]
fn members_named_later_are_in_the_set() {
    let program = sound(
        "kind eu in state\npredicate votes(of: eu)\npredicate pact(a: state, b: state)\npact({eu}, russia)\nvotes(france)\neu germany",
    );
    assert_eq!(program.statements[0].arguments[0].individuals.len(), 2);
}

#[test]
fn polarity_values_and_only() {
    let program = with(
        "not guarantees(russia, kazakhstan)\nunknown guarantees(kazakhstan, russia) [a]\nowes(russia, only {defense})\ntrade(russia, kazakhstan) = 4.5 million in 2013\nmutually guarantees(russia, kazakhstan)\nsource a \"A\" until 2014\nunknown trade(russia, kazakhstan) in 2014",
    );
    let polarity: Vec<Polarity> = program.statements.iter().map(|statement| statement.polarity).collect();
    assert_eq!(polarity[..2], [Polarity::Against, Polarity::Unknown]);
    assert!(program.statements[2].arguments[1].only);
    assert_eq!(program.statements[3].value, Some(StatementValue::Number(4_500_000.0)));
    assert!(program.statements[4].mutually);
    assert_eq!(program.statements[5].polarity, Polarity::Unknown);
    assert_eq!(program.sources[0].horizon.map(|day| day.to_string()).as_deref(), Some("2014-12-31"));
}

#[test]
fn completeness_is_taken_at_its_narrowest() {
    let program = with(
        "complete party(_, csto) from sometime in 1992 until sometime in 2014\ncomplete owes\ncomplete guarantees({stans}, russia) in 1999\nparty(russia, csto)",
    );
    let [one, two, three] = program.completeness.as_slice() else { panic!("three statements") };
    assert_eq!(one.arguments[0], CompleteArgument::Any);
    assert_eq!(one.times[0].earliest_start.to_string(), "1992-12-31");
    assert_eq!(one.times[0].latest_end.to_string(), "2014-01-01");
    assert_eq!(two.arguments, [CompleteArgument::Any, CompleteArgument::Any]);
    assert!(matches!(&three.arguments[0], CompleteArgument::These(these) if these.len() == 3));
}

#[test]
fn assertions_have_times_verdicts_and_reasons() {
    let program = sound(&format!(
        "{VOCABULARY}ally(A, B) requires mutually guarantees and no_pressure
no_pressure(A, B) requires not threatens
threatens(russia, kazakhstan)
expect ally(russia, kazakhstan)
expect ally(russia, kazakhstan) sometime in 1992 is not met, failing no_pressure
claim ally(russia, kazakhstan) in 1991..2014 is contested, by guarantees(russia, kazakhstan) [a, \"p. 3\"]
expect count of (S in stans where ally(russia, S)) = 0 on 2014-01-12
expect party(russia, T) in 1992 is undetermined
cases ally over russia, stans in 1992..2014
cases ally over {{russia, stans}}, _
source a"
    ));
    let [one, two, three, four, five] = program.assertions.as_slice() else { panic!("five assertions") };
    assert_eq!((one.time.clone(), one.verdict), (AssertionTime::Always, Verdict::Met));
    assert!(matches!(two.time, AssertionTime::Sometime(_)));
    assert_eq!((two.verdict, two.failing.len()), (Verdict::NotMet, 1));
    assert!(matches!(three.time, AssertionTime::Every(_)));
    assert_eq!(three.claim.as_ref().map(Vec::len), Some(1));
    assert_eq!(three.by[0].arguments.as_ref().map(Vec::len), Some(2));
    assert!(four.condition.free.is_empty() && five.condition.free.is_empty());
    assert_eq!(program.cases[0].over.iter().map(Vec::len).collect::<Vec<_>>(), [1, 3]);
    assert_eq!(program.cases[1].over.iter().map(Vec::len).collect::<Vec<_>>(), [4, 4]);
    assert!(program.cases[0].period.is_some() && program.cases[1].period.is_none());
}

#[test]
fn reasons_are_seen_from_the_framework_that_is_asserted() {
    let options = Options::default();
    let (texts, resolution) = resolved_files(
        &[
            ("one.ally", "framework one\nally(A, B) requires trust\ntrust(A, B) requires pact"),
            ("two.ally", "framework two\nally(A, B) requires trust\ntrust(A, B) requires pact or guarantee_of"),
            (
                "test.ally",
                "pact(a, b)\nexpect two.ally(a, b) is met, by trust\nexpect one.ally(b, a) is undetermined, failing trust",
            ),
        ],
        &options,
    );
    assert_eq!(said(&texts, &resolution), "");
    let program = resolution.program;
    let reason = program.assertions[0].by[0].relation;
    assert_eq!(program.qualified_name(Target::Relation(reason)), "two.trust");
    assert_eq!(program.qualified_name(Target::Relation(program.assertions[1].failing[0].relation)), "one.trust");
}

#[test]
fn facts_outside_of_lives_are_counted_once_a_file() {
    // A bare year reaches as far as it has to; open ends and undated facts say nothing of an end.
    let life = "state kazakhstan from 1991-12-16 until 2100\npredicate p(a: state, b: state)\n";
    assert_eq!(
        said_of(&format!(
            "{life}p(kazakhstan, russia) from 1991\np(kazakhstan, russia)\np(kazakhstan, russia) in 1991..2014"
        )),
        ""
    );
    assert_eq!(codes_of(&format!("{life}p(kazakhstan, russia) from 1990")), ["evidence::outside_life"]);
    assert_eq!(codes_of(&format!("{life}p(kazakhstan, russia) from 1991-11")), ["evidence::outside_life"]);
    let said = said_of(&format!(
        "{life}p(kazakhstan, russia) in 1985\np(russia, kazakhstan) from 1900\np(russia, kazakhstan) from 1990"
    ));
    assert_eq!(
        said.lines().next(),
        Some("Warning evidence::outside_life: 3 facts of this file reach beyond lives, and are cut to them")
    );
}

#[test]
fn pairs_of_one_state_are_left_out_of_sets_and_refused_alone() {
    assert_eq!(codes_of("predicate p(a: state, b: state)\np(x, x)"), ["evidence::paired_with_itself"]);
    assert_eq!(codes_of("predicate p(a: state, b: state)\np({x, y}, {x, y})\np({x, y}, x)"), Vec::<&str>::new());
    assert_eq!(codes_of("reflexive predicate p(a: state, b: state)\np(x, x)"), Vec::<&str>::new());
    assert_eq!(codes_of("kind treaty\npredicate replaces(a: treaty, b: treaty)\nreplaces(x, x)"), Vec::<&str>::new());
}

#[test]
fn an_indented_file_is_not_suspect() {
    assert_eq!(said_of("    a(X) requires b\n    b(russia)"), "");
}

#[test]
fn what_stays_wrong_is_reported_once_with_its_count() {
    let facts: String = (0..50).map(|index| format!("owes(s{index}, defence)\n")).collect();
    let (texts, resolution) = resolved(&format!("{VOCABULARY}{facts}"));
    let said = said(&texts, &resolution);
    assert_eq!(resolution.diagnostics.len(), 1, "{said}");
    assert!(said.contains("and in 49 other places"), "{said}");
}
