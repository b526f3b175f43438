//! Rivals set against one another: what is said of a few programs.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use insta::assert_snapshot;
use std::collections::BTreeSet;
use std::path::PathBuf;
use symmachia::compare::{self, Asked, CompareError, Comparison, Moment, Undetermined, compare, rivals};
use symmachia::engine::Engine;
use symmachia::loading::{MemoryReader, load};
use symmachia::model::{Options, Program, resolve};
use symmachia::render::{Look, comparison, diagnostics};
use symmachia::text::Texts;
use symmachia::time::{Day, Interval};

const PACT: &str = r#"
source gazetteer "Gazetteer of Arden" until 1914
state arden "Arden"
state borland "Borland"
state corva "Corva"
symmetric predicate treaty_between(one: state, other: state)
    "a treaty binds {one} and {other}" / "no treaty binds {one} and {other}"
symmetric predicate at_war(one: state, other: state)
    "{one} and {other} are at war" / "{one} and {other} are at peace"
symmetric predicate trusting(one: state, other: state)
    "{one} and {other} trust each other" / "{one} and {other} do not trust each other"
treaty_between(arden, {borland, corva}) from 1902 [gazetteer, "p. 3"]
not treaty_between(borland, corva) from 1900 [gazetteer, "p. 4"]
at_war(arden, corva) in 1911 [gazetteer, "p. 9"]
trusting(arden, corva) from 1909 [gazetteer, "p. 7"]
not trusting(arden, corva) from 1912 [gazetteer, "p. 8"]
complete at_war from 1900 until 1914 [gazetteer]
"#;

const IN_LAW: &str = r#"
framework in_law "Alliance in law"
use "pact.ally"
symmetric ally(A, B) "{A} and {B} are allies in law" / "{A} and {B} are no allies in law" requires treaty_between
cases in_law.ally over state, state in 1901..1914
"#;

const IN_DEED: &str = r#"
framework in_deed "Alliance in deed"
use "pact.ally"
symmetric ally(A, B) "{A} and {B} are allies in deed" / "{A} and {B} are no allies in deed" requires peace and trusting
peace(A, B) "{A} and {B} keep peace" / "{A} and {B} do not keep peace" requires not at_war
measure warmth(A, B) = trusting
"#;

const OTHERS: &str = r#"
framework others
use "pact.ally"
great(A) requires for some B in state: treaty_between(A, B)
near(A, B) requires treaty_between
far(A, B) requires not treaty_between
"#;

const MEASURED: &str = "framework measured\nuse \"pact.ally\"\nmeasure heat(A, B) = treaty_between\n";

const ELSEWHERE: &str = r#"
framework elsewhere
use "pact.ally"
ally(A, B) requires at_war
cases elsewhere.ally over arden, borland in 1850..1860
state dorne "Dorne" from 1905
later(A, B) requires at_war
cases elsewhere.later over arden, dorne
"#;

fn read(files: &[(&str, &str)]) -> (Texts, Program) {
    let reader = files.iter().fold(MemoryReader::new(), |reader, (name, text)| reader.with(name, text.as_bytes()));
    let paths: Vec<PathBuf> = files.iter().map(|(name, _)| PathBuf::from(name)).collect();
    let loaded = load(&reader, &paths, &mut |_| {});
    let resolution = resolve(&loaded.texts, &loaded.files, &Options::default());
    let problems = [loaded.diagnostics, resolution.diagnostics].concat();
    assert!(problems.is_empty(), "{}", diagnostics::text(&problems, &loaded.texts, &Look::PLAIN));
    (loaded.texts, resolution.program)
}

fn two() -> (Texts, Program) {
    read(&[("pact.ally", PACT), ("in_law.ally", IN_LAW), ("in_deed.ally", IN_DEED)])
}

fn words(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

fn on(year: i16, month: u8, day: u8) -> Asked {
    Asked { day: Day::from_parts(year, month, day), ..Asked::default() }
}

fn years() -> Asked {
    Asked { yearly: Some(symmachia::explain::Yearly::AnyDay), ..Asked::default() }
}

fn compared(program: &Program, names: &[&str], asked: Asked, undetermined: Undetermined) -> Comparison {
    let engine = Engine::new(program);
    compare(&engine, rivals(program, &words(names)).unwrap(), asked, undetermined).unwrap()
}

#[test]
fn over_a_period_as_people_read_it() {
    let (texts, program) = two();
    let compared = compared(&program, &["in_law", "in_deed"], Asked::default(), Undetermined::Category);
    assert_snapshot!(comparison::text(&compared, &texts, &Look::HUMAN));
    assert_snapshot!("plain", comparison::text(&compared, &texts, &Look::PLAIN));
}

#[test]
fn on_a_day_for_papers_and_machines() {
    let (texts, program) = two();
    let compared = compared(&program, &["ally"], on(1911, 6, 28), Undetermined::Category);
    assert_snapshot!("on_a_day", comparison::text(&compared, &texts, &Look::HUMAN));
    assert_snapshot!("markdown", comparison::markdown(&compared, &texts));
    assert_snapshot!("latex", comparison::latex(&compared, &texts));
    assert_snapshot!("csv_on_a_day", comparison::csv(&compared));
    assert_snapshot!("json", comparison::json(&compared, &texts));
}

#[test]
fn year_by_year_with_gaps_for_the_undetermined() {
    let (texts, program) = two();
    let compared = compared(&program, &["in_law.ally", "in_deed.ally"], years(), Undetermined::Missing);
    assert_snapshot!("years", comparison::text(&compared, &texts, &Look::HUMAN));
    assert_snapshot!("csv_years", comparison::csv(&compared));
}

#[test]
fn where_all_is_of_one_category_kappa_is_undefined() {
    let (texts, program) = two();
    let peace = compared(&program, &["in_deed.peace", "in_deed.peace"], on(1905, 1, 1), Undetermined::Category);
    let text = comparison::text(&peace, &texts, &Look::PLAIN);
    assert!(text.contains("all verdicts are `met`"), "{text}");
}

/// Criteria of eight frameworks, each in a file of its own.
fn eight() -> (Texts, Program) {
    let bodies = [
        "treaty_between",
        "not at_war",
        "trusting",
        "treaty_between and not at_war",
        "treaty_between and trusting",
        "treaty_between or trusting",
        "at_war",
        "at least 2 of (treaty_between, trusting, not at_war)",
    ];
    let files: Vec<(String, String)> = bodies
        .iter()
        .enumerate()
        .map(|(at, body)| {
            let name = format!("a_framework_with_a_long_name_{}", at + 1);
            let cases = format!("cases {name}.ally over state, state in 1901..1914\n");
            let text = format!(
                "framework {name} \"What the school number {} says\"\nuse \"pact.ally\"\nsymmetric ally(A, B) \
                 \"{{A}} and {{B}} are allies to school {0}\" / \"{{A}} and {{B}} are no allies to school {0}\" requires {body}\n{cases}",
                at + 1
            );
            (format!("{name}.ally"), text)
        })
        .collect();
    let all: Vec<(&str, &str)> = [("pact.ally", PACT)]
        .into_iter()
        .chain(files.iter().map(|(name, text)| (name.as_str(), text.as_str())))
        .collect();
    read(&all)
}

#[test]
fn eight_frameworks_stay_within_eighty_columns() {
    let (texts, program) = eight();
    let on_a_day = compared(&program, &["ally"], on(1911, 6, 28), Undetermined::Category);
    let years = compared(&program, &["ally"], years(), Undetermined::Category);
    let period = compared(&program, &["ally"], Asked::default(), Undetermined::Category);
    for compared in [&on_a_day, &years, &period] {
        for look in [Look::HUMAN, Look::PLAIN] {
            let text = comparison::text(compared, &texts, &look);
            let wide: Vec<&str> =
                text.lines().filter(|line| unicode_width::UnicodeWidthStr::width(*line) > 80).collect();
            assert!(wide.is_empty(), "{wide:#?}");
        }
    }
    assert_snapshot!("eight_on_a_day", comparison::text(&on_a_day, &texts, &Look::HUMAN));
    assert_snapshot!("eight_markdown", comparison::markdown(&on_a_day, &texts));
    assert_snapshot!("eight_statistics_csv", comparison::statistics_csv(&on_a_day));
    assert_snapshot!("eight_latex", comparison::latex(&period, &texts));
}

/// Each sentence that people read of a parting is in JSON and in the table of partings too, with its places.
#[test]
fn machines_are_told_what_people_are_told() {
    let (texts, program) = eight();
    for names in [&["ally"][..], &["a_framework_with_a_long_name_1", "a_framework_with_a_long_name_2"]] {
        for asked in [on(1911, 6, 28), Asked::default()] {
            let compared = compared(&program, names, asked, Undetermined::Category);
            let document: serde_json::Value = serde_json::from_str(&comparison::json(&compared, &texts)).unwrap();
            let table = comparison::partings_csv(&compared, &texts);
            let mut rows = csv::Reader::from_reader(table.as_bytes());
            let header = rows.headers().unwrap().clone();
            let column = |name: &str| header.iter().position(|known| known == name).unwrap();
            let rows: Vec<csv::StringRecord> = rows.records().map(Result::unwrap).collect();
            let mut row = rows.iter();
            let partings = document["partings"].as_array().unwrap();
            assert_eq!(partings.len(), compared.apart.len());
            for (parting, apart) in partings.iter().zip(&compared.apart) {
                for (spell, told) in parting["spells"].as_array().unwrap().iter().zip(&apart.spells) {
                    for (place, standing) in spell["standings"].as_array().unwrap().iter().enumerate() {
                        let row = row.next().unwrap();
                        let sentence = &told.standing(place).unwrap().sentence;
                        assert_eq!(standing["verdict"].as_str().unwrap(), told.verdicts[place].name());
                        assert_eq!(&row[column("verdict")], told.verdicts[place].name());
                        assert_eq!(standing["reason"]["sentence"].as_str().unwrap(), sentence);
                        assert_eq!(&row[column("sentence")], sentence);
                        assert_eq!(&row[column("criterion")], standing["criterion"].as_str().unwrap());
                        let line = standing["reason"]["condition"]["line"].as_u64();
                        let at = line.map(|line| format!(":{line}")).unwrap_or_default();
                        assert!(row[column("condition_at")].ends_with(&at), "{row:?}");
                    }
                }
            }
            assert!(row.next().is_none());
        }
    }
    assert_snapshot!(
        "two_partings_csv",
        comparison::partings_csv(&compared(&two().1, &[], on(1911, 6, 28), Undetermined::Category), &two().0)
    );
}

/// Why a kappa is undefined stands in every format that tells of kappas.
#[test]
fn a_kappa_that_is_undefined_is_accounted_for_in_every_format() {
    let same = "framework one\nally(A, B) requires p\ncases one.ally over x, y\np(x, y)\nstate x\nstate y\n";
    let why = "so that chance alone would always agree";
    for number in [2, 3, 4, 9] {
        let others: Vec<(String, String)> = (1..number)
            .map(|at| (format!("f{at}.ally"), format!("use \"one.ally\"\nframework f{at}\nally(A, B) requires p\n")))
            .collect();
        let files: Vec<(&str, &str)> = std::iter::once(("one.ally", same))
            .chain(others.iter().map(|(name, text)| (name.as_str(), text.as_str())))
            .collect();
        let (texts, program) = read(&files);
        let compared = compared(&program, &["ally"], Asked::default(), Undetermined::Category);
        let human = comparison::text(&compared, &texts, &Look::HUMAN).replace("\n", " ");
        for told in [
            human,
            comparison::markdown(&compared, &texts),
            comparison::latex(&compared, &texts),
            comparison::json(&compared, &texts),
            comparison::statistics_csv(&compared),
        ] {
            assert!(told.contains(why), "{number}: {told}");
        }
    }
}

/// What is told of many at once is what is told of each two of them.
#[test]
fn cases_apart_are_those_in_which_some_two_part() {
    let (_, program) = eight();
    for undetermined in [Undetermined::Category, Undetermined::Missing] {
        let all = compared(&program, &["ally"], Asked::default(), undetermined);
        let cases: BTreeSet<usize> = all.pairs.iter().flat_map(|pair| &pair.partings).map(|one| one.case).collect();
        assert_eq!(all.apart.iter().map(|apart| apart.case).collect::<BTreeSet<_>>(), cases);
        let engine = Engine::new(&program);
        for apart in &all.apart {
            assert_eq!(apart.weight, apart.spells.iter().map(|spell| spell.days.days()).sum::<u64>());
            for spell in &apart.spells {
                assert_eq!(spell.standings.len(), all.rivals.len());
                for (rival, verdict) in all.rivals.iter().zip(&spell.verdicts) {
                    let case = engine.case(rival.relation, &all.cases[apart.case].individuals);
                    assert_eq!(case.at(spell.days.first).verdict(), *verdict);
                    assert_eq!(case.at(spell.days.last).verdict(), *verdict);
                }
            }
        }
    }
}

const SIDES: &str = r#"
source gazetteer "Gazetteer of Arden" until 1914
source chronicle "Chronicle of the Borland Archive" until 1914
source almanac "Almanac" until 1914
state arden "Arden"
state borland "Borland"
state corva "Corva"
symmetric predicate pact(one: state, other: state) "a pact binds {one} and {other}" / "no pact binds {one} and {other}"
predicate weather(of: state) "the weather of {of} is fine"
symmetric ally(A, B) "{A} and {B} are allies" / "{A} and {B} are no allies" requires pact
pact(arden, borland) from 1902 [gazetteer, "p. 3"; chronicle, "f. 9"]
pact(arden, corva) from 1902 [gazetteer, "p. 4"]
not pact(arden, corva) from 1908 [chronicle, "f. 12"]
pact(borland, corva) from 1910
weather(arden) from 1900 [almanac]
cases ally over state, state in 1900..1914
"#;

#[test]
fn one_criterion_under_each_of_its_sources() {
    let (texts, program) = read(&[("sides.ally", SIDES)]);
    let engine = Engine::new(&program);
    let sources = compare::by_source(&engine, &words(&["ally"])).unwrap();
    // The weather is nobody's business.
    assert_eq!(sources.iter().map(|one| one.short.as_str()).collect::<Vec<_>>(), ["chronicle", "gazetteer"]);
    let ask = |asked| compare(&engine, sources.clone(), asked, Undetermined::Category).unwrap();
    assert_snapshot!("by_source", comparison::text(&ask(on(1910, 6, 28)), &texts, &Look::HUMAN));
    assert_snapshot!("by_source_csv", comparison::csv(&ask(Asked::default())));
    // Each verdict is the one that the source alone gives.
    let compared = ask(Asked::default());
    for case in &compared.cases {
        let question =
            symmachia::model::program::Question { target: sources[0].target(), individuals: case.individuals.clone() };
        let ids: Vec<_> = sources.iter().filter_map(|rival| rival.source).collect();
        let alone = symmachia::explain::by_source(&engine, &[question], period_of(&compared), &ids).remove(0).alone;
        for spell in &case.spells {
            for (verdict, stretches) in spell.verdicts.iter().zip(&alone) {
                let (_, answer) = stretches.iter().find(|(days, _)| days.contains(spell.days.last)).unwrap();
                assert_eq!(*answer, symmachia::explain::Answer::Verdict(*verdict), "{} {:?}", case.label, spell.days);
            }
        }
    }
}

fn period_of(compared: &Comparison) -> Interval {
    match compared.moment {
        Moment::Period(period) | Moment::Years(period) => period,
        Moment::Day(day) => Interval { first: day, last: day },
        Moment::Throughout => Interval::ALL,
    }
}

#[test]
fn truth_tables_have_a_row_for_each_case() {
    let (_, program) = two();
    let engine = Engine::new(&program);
    let table = |asked| comparison::truth_table(&compare::truth_table(&engine, &words(&["in_deed"]), asked).unwrap());
    assert_snapshot!(table(on(1912, 6, 1)), @r"
    case,peace,trusting,OUT
    arden-borland,1,,
    arden-corva,1,,
    borland-corva,1,,
    ");
    assert_snapshot!(table(on(1911, 6, 1)), @r"
    case,peace,trusting,OUT
    arden-borland,1,,
    arden-corva,0,1,0
    borland-corva,1,,
    ");
    assert!(table(years()).contains("\narden-corva-1910,1,1,1\narden-corva-1911,0,1,0\n"), "{}", table(years()));
}

#[test]
fn columns_of_truth_tables_are_names_that_r_takes() {
    let (_, program) = read(&[(
        "named.ally",
        "kind level = low < high\nmeasure rank(of: state) \"rank of {of}\" in level\npredicate free(who: state)\n\
         predicate pact(one: state, other: state)\npredicate case(one: state, other: state)\n\
         measure trade(from: state, to: state) \"trade of {from} with {to}\"\n\
         ally(A, B) requires free(A) and free(B) and not pact(B, A) and mutually pact and case(A, B) and rank(A) >= high\n\
         and trade(A, B) > 2.5 and (pact or free(A)) and ever pact(A, B)\nstate x\nstate y\n",
    )]);
    let table = compare::truth_table(&Engine::new(&program), &words(&["ally"]), Asked::default()).unwrap();
    let names = "free_A free_B not_pact mutually_pact case_2 rank_at_least_high trade_above_2.5 pact ever_pact";
    assert_eq!(table.conditions.join(" "), names);
}

#[test]
fn mistakes() {
    let files = [
        ("pact.ally", PACT),
        ("in_law.ally", IN_LAW),
        ("in_deed.ally", IN_DEED),
        ("others.ally", OTHERS),
        ("measured.ally", MEASURED),
        ("elsewhere.ally", ELSEWHERE),
    ];
    let (texts, program) = read(&files);
    let engine = Engine::new(&program);
    let attempts: &[(&[&str], Asked)] = &[
        (&["in_lwa", "in_deed"], Asked::default()),
        (&["in_law.aly", "in_deed"], Asked::default()),
        (&["something", "in_deed"], Asked::default()),
        (&["in_law"], Asked::default()),
        (&["others", "in_law"], Asked::default()),
        (&["others.great", "in_law"], Asked::default()),
        (&["measured", "in_law"], Asked::default()),
        (&["warmth", "in_law"], Asked::default()),
        (&["in_law", "elsewhere.ally"], Asked::default()),
        (&["elsewhere.later", "treaty_between"], on(1904, 1, 1)),
        (&["elsewhere.later", "in_law", "in_deed.peace"], on(1904, 1, 1)),
    ];
    let mut shown = BTreeSet::new();
    let mut all = String::new();
    let mut tell = |attempt: String, error: CompareError| {
        let diagnostic = error.diagnostic();
        shown.insert(diagnostic.code);
        all.push_str(&format!("$ {attempt}\n{}\n", diagnostics::text(&[diagnostic], &texts, &Look::PLAIN)));
    };
    for (names, asked) in attempts {
        let outcome =
            rivals(&program, &words(names)).and_then(|rivals| compare(&engine, rivals, *asked, Undetermined::Category));
        match outcome {
            Err(error) => tell(format!("compare {}", names.join(" ")), error),
            Ok(_) => panic!("{names:?}"),
        }
    }
    for names in [vec![], vec!["ally"]] {
        let error = compare::truth_table(&engine, &words(&names), Asked::default()).unwrap_err();
        tell(format!("compare --truth-table {}", names.join(" ")), error);
    }
    for (names, pair) in [(vec!["in_law", "in_deed"], "rules_alone"), (vec!["ally"], "two_wanted")] {
        let error = compare::logic(&program, rivals(&program, &words(&names)).unwrap(), 2, &[]).unwrap_err();
        assert!(error.diagnostic().code.ends_with(pair));
        tell(format!("compare --logic {}", names.join(" ")), error);
    }
    for names in [vec!["in_law", "in_deed"], vec![], vec!["others.near"]] {
        let error = compare::by_source(&engine, &words(&names)).unwrap_err();
        tell(format!("compare --by source {}", names.join(" ")), error);
    }
    let (timed_texts, timed) = read(&[(
        "timed.ally",
        "lately(A, B) requires ever p(A, B)\nlinked(A, B) if p(A, B)\nlinked(A, C) if linked(A, B) and p(B, C)\nstrong(A, B) requires size(A) > 3 and p(A, B)\nmeasure size(of: state) \"size of {of}\"\nstate x\nstate y\n",
    )]);
    for name in ["lately", "linked", "strong"] {
        let error = compare::logic(&timed, rivals(&timed, &words(&[name, "p"])).unwrap(), 2, &[]).unwrap_err();
        let diagnostic = error.diagnostic();
        shown.insert(diagnostic.code);
        all.push_str(&format!(
            "$ compare --logic {name} p\n{}\n",
            diagnostics::text(&[diagnostic], &timed_texts, &Look::PLAIN)
        ));
    }
    let (sourceless_texts, sourceless) = read(&[("sketch.ally", "ally(A, B) requires pact(A, B)\npact(x, y)\n")]);
    let error = compare::by_source(&Engine::new(&sourceless), &words(&["ally"])).unwrap_err();
    all.push_str(&format!(
        "$ compare --by source ally\n{}\n",
        diagnostics::text(&[error.diagnostic()], &sourceless_texts, &Look::PLAIN)
    ));
    let peace = compared(&program, &["in_deed.peace", "in_deed.peace"], on(1905, 1, 1), Undetermined::Category);
    let many = compared(
        &program,
        &["in_law", "in_deed.peace", "others.near", "in_deed.peace", "others.near"],
        on(1905, 1, 1),
        Undetermined::Category,
    );
    for (names, compared) in [("in_deed.peace in_deed.peace", peace), ("in_law in_deed.peace others.near", many)] {
        let remarks: Vec<_> = compared.remarks().iter().map(|remark| remark.diagnostic()).collect();
        shown.extend(remarks.iter().map(|remark| remark.code));
        all.push_str(&format!("$ compare {names}\n{}\n", diagnostics::text(&remarks, &texts, &Look::PLAIN)));
    }
    let missing: Vec<_> = compare::error::CODES.iter().filter(|code| !shown.contains(*code)).collect();
    assert!(missing.is_empty(), "not shown: {missing:?}");
    assert_snapshot!(all);
}

#[test]
fn a_framework_stands_for_its_outermost_criterion_about_the_same() {
    let (_, program) = read(&[("pact.ally", PACT), ("in_law.ally", IN_LAW), ("others.ally", OTHERS)]);
    let named = |names: &[&str]| -> Vec<String> {
        rivals(&program, &words(names)).unwrap().into_iter().map(|rival| rival.name).collect()
    };
    assert_eq!(named(&["in_law", "others.far"]), ["in_law.ally", "others.far"]);
    assert_eq!(named(&["near", "in_law.ally", "treaty_between"]), ["others.near", "in_law.ally", "treaty_between"]);
}
