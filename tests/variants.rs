//! Frameworks that extend others, and evidence of a part of the sources: what they are the same as.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod generate;
mod support;

use generate::calendar::Calendar;
use generate::{Features, Generated, Parentheses, Recipe, recipes};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use support::Answers;
use support::minimise::Files;
use symmachia::engine::Engine;
use symmachia::evidence::Changes;
use symmachia::explain;
use symmachia::model::Program;
use symmachia::model::program::SourceId;

/// All but chains, which bring evidence of their own among the definitions.
fn features() -> Features {
    Features { chains: false, ..Features::all(Calendar::Winter) }
}

fn joined(files: &Files) -> Vec<(String, String)> {
    files.iter().map(|(name, items)| (name.clone(), items.join("\n") + "\n")).collect()
}

fn program(files: &Files) -> Program {
    let files = joined(files);
    support::program(&files).unwrap_or_else(|error| panic!("{error}\n{files:#?}"))
}

fn answers(files: &Files) -> Answers {
    let program = program(files);
    support::answers(&program, &Engine::new(&program))
}

/// The answers of one framework, by case without the framework's name.
fn of_framework(answers: &Answers, framework: &str) -> Answers {
    let own = |case: &str| case.strip_prefix(&format!("{framework}.")).map(str::to_owned);
    answers.iter().filter_map(|(case, runs)| Some((own(case)?, runs.clone()))).collect()
}

/// The definitions in a file that belong to its framework; not facts, nor what adds evidence to a predicate.
fn definitions(items: &[String]) -> Vec<String> {
    let is_own = |item: &&String| {
        let head = item.rsplit("\n").next().unwrap_or(item);
        let words: Vec<&str> = head.split([' ', '(']).collect();
        let name = words.iter().find(|word| !["not", "symmetric", "reflexive", "measure", "classify"].contains(word));
        !item.starts_with("framework") && !item.starts_with("use") && name.is_some_and(|name| !name.starts_with('p'))
    };
    items.iter().filter(is_own).cloned().collect()
}

/// Names without the framework, which mean those of the framework where they stand.
fn own_names(items: Vec<String>) -> Vec<String> {
    items.into_iter().map(|item| item.replace("alpha.", "")).collect()
}

/// A definition that says the opposite, where that can be written with ease.
fn opposite(item: &str) -> Option<String> {
    let (head, body) = item.split_once(" requires ").filter(|_| !item.contains(" permits "))?;
    Some(format!("{head} requires not ({body})"))
}

/// An item as a redefinition; documentation stays before it.
fn redefined(item: &String) -> String {
    match item.rsplit_once('\n') {
        Some((documentation, item)) => format!("{documentation}\nredefine {item}"),
        None => format!("redefine {item}"),
    }
}

/// A program with a framework `alpha`, and further files that it uses.
fn with(recipe: &Recipe, further: impl Fn(&[String]) -> Vec<(&'static str, Vec<String>)>) -> Option<(Files, Files)> {
    let files = Generated::new(recipe, &features(), Parentheses::Needed).files;
    let (_, alpha) = files.iter().find(|(name, _)| name == "alpha.ally")?;
    let mut more = files.clone();
    for (name, items) in further(alpha) {
        more[0].1.push(format!("use \"{name}.ally\""));
        more.push((format!("{name}.ally"), items));
    }
    Some((files, more))
}

fn lines(lines: &[&str]) -> Vec<String> {
    lines.iter().map(|line| (*line).to_owned()).collect()
}

fn config(cases: u32) -> ProptestConfig {
    ProptestConfig {
        cases,
        // The same programs in every run, so that a change is to blame for a failure.
        rng_seed: RngSeed::Fixed(433),
        failure_persistence: None,
        max_shrink_iters: 200,
        ..ProptestConfig::default()
    }
}

proptest! {
    #![proptest_config(config(3000))]

    #[test]
    fn a_framework_that_redefines_nothing_has_the_same_answers(recipe in recipes()) {
        let further = |_: &[String]| vec![
            // Before and after that which is extended, by name; and over three steps.
            ("aaa", lines(&["framework aaa extends zzz", "use \"zzz.ally\""])),
            ("zzz", lines(&["framework zzz extends alpha", "use \"alpha.ally\""])),
        ];
        let Some((before, after)) = with(&recipe, further) else { return Ok(()) };
        let (before, mut after) = (answers(&before), answers(&after));
        let original = of_framework(&before, "alpha");
        prop_assert_eq!(&of_framework(&after, "zzz"), &original);
        prop_assert_eq!(&of_framework(&after, "aaa"), &original);
        after.retain(|case, _| !case.starts_with("zzz.") && !case.starts_with("aaa."));
        prop_assert_eq!(after, before);
    }

    #[test]
    fn a_framework_that_redefines_everything_is_one_written_out(recipe in recipes()) {
        let further = |alpha: &[String]| {
            let own = own_names(definitions(alpha));
            let mut variant = lines(&["framework variant extends alpha", "use \"alpha.ally\""]);
            variant.extend(own.iter().map(redefined));
            let mut written = lines(&["framework written", "use \"alpha.ally\""]);
            written.extend(own);
            vec![("variant", variant), ("written", written)]
        };
        let Some((_, after)) = with(&recipe, further) else { return Ok(()) };
        let after = answers(&after);
        prop_assert_eq!(of_framework(&after, "variant"), of_framework(&after, "written"));
    }

    /// Some are redefined to the opposite; the others refer to these, as where all is written out.
    #[test]
    fn a_framework_that_redefines_some_is_one_written_out(recipe in recipes()) {
        let files = Generated::new(&recipe, &features(), Parentheses::Needed).files;
        let Some(place) = files.iter().position(|(name, _)| name == "alpha.ally") else { return Ok(()) };
        let mut files = files;
        files[place].1 = own_names(std::mem::take(&mut files[place].1));
        let own = definitions(&files[place].1);
        let opposites: Vec<Option<String>> = own.iter().map(|item| opposite(item)).collect();
        if opposites.iter().all(Option::is_none) {
            return Ok(());
        }
        let mut variant = lines(&["framework variant extends alpha", "use \"alpha.ally\""]);
        variant.extend(opposites.iter().flatten().map(redefined));
        let mut written = lines(&["framework written", "use \"alpha.ally\""]);
        written.extend(own.iter().zip(opposites).map(|(item, opposite)| opposite.unwrap_or(item.clone())));
        files[0].1.extend(lines(&["use \"variant.ally\"", "use \"written.ally\""]));
        files.push(("written.ally".to_owned(), written));
        files.push(("variant.ally".to_owned(), lines(&["framework variant"])));
        // What is denied may stand in a circle.
        if support::program(&joined(&files)).is_err() {
            return Ok(());
        }
        files.pop();
        files.push(("variant.ally".to_owned(), variant));
        let answers = answers(&files);
        prop_assert_eq!(of_framework(&answers, "variant"), of_framework(&answers, "written"));
    }

    /// What a removed source said is as if it had been sought and not found; what it alone calls complete is not.
    #[test]
    fn without_a_source_its_facts_are_open(recipe in recipes()) {
        let files = Generated::new(&recipe, &features(), Parentheses::Needed).files;
        let Some(without) = rewritten_without(&files) else { return Ok(()) };
        let program = program(&files);
        let Some(source) = program.sources.iter().position(|source| source.name == "src0") else { return Ok(()) };
        let mut changes = Changes::none();
        changes.sources.insert(SourceId(source as u32));
        let engine = Engine::new(&program).with_changes(changes);
        let without = support::program(&joined(&without)).unwrap_or_else(|error| panic!("{error}"));
        // Whoever nothing else names is not there any more.
        if without.individuals.len() < program.individuals.len() {
            return Ok(());
        }
        prop_assert_eq!(support::answers(&program, &engine), support::answers(&without, &Engine::new(&without)));
    }
}

/// The program without what only the source `src0` says; none where that cannot be written: an end says something of later
/// days, `only` of others, and a fact of two sources stays with the other one for a part of its time.
fn rewritten_without(files: &Files) -> Option<Files> {
    let mut rewritten = Files::new();
    for (name, items) in files {
        let mut kept = Vec::new();
        for item in items {
            let cited = item.rsplit_once('[').map_or("", |(_, cited)| cited);
            if !cited.contains("src0") {
                kept.push(item.clone());
            } else if cited.contains(';') || item.contains("ended") || item.contains("only") {
                return None;
            } else if !item.starts_with("complete") {
                let fact = item.trim_start_matches("not ").trim_start_matches("unknown ");
                let fact = match fact.split_once(") = ") {
                    Some((atom, rest)) => format!("{atom}) {}", rest.split_once(' ').map_or("", |(_, rest)| rest)),
                    None => fact.to_owned(),
                };
                kept.push(format!("unknown {fact}"));
            }
        }
        rewritten.push((name.clone(), kept));
    }
    Some(rewritten)
}

/// Holds every expectation of a program whose first file uses the others.
fn expect(files: &[(&str, &str)]) {
    let files: Vec<(String, String)> =
        files.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect();
    let program = support::program(&files).unwrap_or_else(|error| panic!("{error}"));
    assert!(!program.assertions.is_empty());
    let engine = Engine::new(&program);
    for outcome in explain::check(&engine) {
        assert!(outcome.holds(), "{:?}", outcome.diagnostic());
    }
}

const FACTS: &str = "
use \"base.ally\"
use \"strict.ally\"
use \"stricter.ally\"
state a  state b
guarantees(a, b)
not guarantees(b, a)
consults(a, b)
consults(b, a)
not trades(a, b)
expect base.ally(a, b) is met
expect base.depth(a, b) = 1
expect base.rank(a, b) = close
# `defended` is redefined, and what is inherited refers to it.
expect strict.defended(a, b) is not met
expect strict.ally(a, b) is not met
expect strict.depth(a, b) = 0
expect strict.rank(a, b) = distant
# Three deep, with a criterion of its own, and another one replaced.
expect stricter.defended(a, b) is not met
expect stricter.ally(a, b) is not met
expect stricter.partner(a, b) is met
expect stricter.depth(a, b) = 2
expect base.partner_or_not(a, b) is met
expect stricter.partner_or_not(a, b) is not met
";

const BASE: &str = "
framework base
ally(A, B) \"{A} is an ally of {B}\" requires defended and consults
defended(A, B) requires either way guarantees
partner_or_not(A, B) requires ally or trades
measure depth(A, B) = ally
classify rank(A, B) as close when ally, otherwise distant
";

const STRICT: &str = "
framework strict extends base \"Only where both are bound\"
use \"base.ally\"
redefine defended(A, B) requires mutually guarantees
";

const STRICTER: &str = "
framework stricter extends strict
use \"strict.ally\"
partner(A, B) requires consults
redefine measure depth(A, B) = 2 * partner
";

#[test]
fn what_is_inherited_refers_to_what_is_redefined() {
    expect(&[("main.ally", FACTS), ("base.ally", BASE), ("strict.ally", STRICT), ("stricter.ally", STRICTER)]);
}

#[test]
fn several_sufficient_rules_are_one_redefinition() {
    expect(&[
        (
            "main.ally",
            "use \"wide.ally\"\nstate a  state b\nnot guarantees(a, b)\nnot owes(a, b)\ntrades(a, b)\n\
             expect base.ally(a, b) is not met\nexpect wide.ally(a, b) is met\n",
        ),
        ("base.ally", "framework base\nally(A, B) if guarantees\nally(A, B) if owes\n"),
        (
            "wide.ally",
            "framework wide extends base\nuse \"base.ally\"\nredefine ally(A, B) if guarantees\n\
             redefine ally(A, B) if trades\n",
        ),
    ]);
}
