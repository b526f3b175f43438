//! Small programs with expected answers that a reader can follow.
//!
//! In `tests/cases/datalog` everything is complete and undated, so that the answers are those of stratified Datalog; lines that
//! begin with `#%` say the same in Datalog. In `tests/cases/meaning` each file shows one rule of what a program means.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod datalog;
mod reference;
mod support;

use reference::{Outcome, Reference};
use std::path::PathBuf;
use symmachia::engine::{Engine, Plan};
use symmachia::model::Program;
use symmachia::model::program::Target;
use symmachia::time::Day;
use symmachia::verdict::Verdict;

/// Name, text and program of each case in a folder.
fn cases(folder: &str) -> Vec<(String, String, Program)> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/cases").join(folder);
    let mut paths: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let mut problems = String::new();
    let mut cases = Vec::new();
    for path in paths {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let text = std::fs::read_to_string(&path).unwrap();
        match support::program(&[(name.clone(), text.clone())]) {
            Ok(program) => cases.push((name, text, program)),
            Err(error) => problems.push_str(&error),
        }
    }
    assert!(problems.is_empty(), "{problems}");
    cases
}

fn words<'t>(text: &'t str, assertion: &symmachia::model::program::Assertion) -> &'t str {
    &text[assertion.span.start as usize..assertion.span.end as usize]
}

#[test]
fn the_engine_gives_the_expected_answers() {
    let mut failures = Vec::new();
    for (name, text, program) in cases("datalog").into_iter().chain(cases("meaning")) {
        assert!(!program.assertions.is_empty(), "{name} expects nothing");
        // What pays only for many cases answers few of them the same.
        for plan in [Plan::default(), Plan { joins_after: 0, reorders_after: 1, ..Plan::default() }] {
            let engine = Engine::with_plan(&program, plan);
            for outcome in symmachia::explain::check(&engine) {
                if !outcome.holds() {
                    failures.push(format!("{name}: {} ({plan:?})", words(&text, outcome.assertion)));
                }
            }
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn the_reference_gives_the_expected_answers() {
    let mut failures = Vec::new();
    for (name, text, program) in cases("datalog").into_iter().chain(cases("meaning")) {
        let reference = Reference::new(&program);
        for assertion in &program.assertions {
            let outcome = reference.outcome(assertion);
            if outcome != Outcome::Holds {
                failures.push(format!("{name}: {}: {outcome:?}", words(&text, assertion)));
            }
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn where_all_is_complete_and_undated_the_answers_are_those_of_datalog() {
    let (mut programs, mut atoms) = (0, 0);
    for (name, text, program) in cases("datalog") {
        let clauses: Vec<&str> = text.lines().filter_map(|line| line.strip_prefix("#%")).collect();
        if clauses.is_empty() {
            continue;
        }
        programs += 1;
        let model = datalog::evaluate(&clauses.join("\n"));
        let engine = Engine::new(&program);
        for relation in support::relations(&program) {
            let Some(expected) = model.get(&program.relation(relation).name) else { continue };
            let target = Target::Relation(relation);
            for individuals in support::tuples(&program, target) {
                let names: Vec<String> =
                    individuals.iter().map(|individual| program.individual(*individual).name.clone()).collect();
                let timeline = engine.case(relation, &individuals);
                let found = timeline.as_constant().map(|standing| standing.verdict());
                let wanted = match expected.contains(&names) {
                    true => Verdict::Met,
                    // Datalog has no cases that do not apply.
                    false if found == Some(Verdict::NotApplicable) => Verdict::NotApplicable,
                    false => Verdict::NotMet,
                };
                atoms += 1;
                assert_eq!(found, Some(wanted), "{name}: {}", support::atom(&program, target, &individuals));
                assert_eq!(timeline.at(Day::FIRST).verdict(), wanted);
            }
        }
    }
    assert!(programs >= 10 && atoms > 500, "{programs} programs, {atoms} atoms");
}
