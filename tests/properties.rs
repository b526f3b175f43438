//! What must hold of every program: the engine answers as the naive evaluator does, day by day.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod generate;
mod reference;
mod support;

use generate::calendar::Calendar;
use generate::{Features, Generated, Parentheses, Recipe, recipes};
use proptest::prelude::*;
use proptest::test_runner::{RngSeed, TestError, TestRunner};
use reference::{Alternative, Reference};
use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use support::minimise::{Files, minimise};
use symmachia::engine::{Engine, Plan};
use symmachia::model::Program;
use symmachia::model::program::Target;
use symmachia::verdict::Verdict;

/// The first case on which engine and reference part.
fn difference(program: &Program) -> Option<String> {
    let reference = Reference::new(program);
    let engine = Engine::with_plan(program, Plan { joins_after: 0, reorders_after: 1, ..Plan::default() });
    // Answers must depend neither on which question came first nor on the way to them.
    let backwards = Engine::with_plan(
        program,
        Plan {
            joins_after: u32::MAX,
            sweeps_chains: false,
            turns_pairs: false,
            reads_rows: false,
            finds_twins: false,
            reorders_after: u32::MAX,
        },
    );
    // What is said in the rows of tables is said.
    let tabled = support::tables::tabled(program);
    let of_tables = Engine::with_plan(&tabled, Plan { joins_after: 0, reorders_after: 1, ..Plan::default() });
    for relation in support::relations(program).collect::<Vec<_>>().into_iter().rev() {
        for individuals in support::tuples(program, Target::Relation(relation)).iter().rev() {
            backwards.case(relation, individuals);
        }
    }
    for relation in support::relations(program) {
        let target = Target::Relation(relation);
        for individuals in support::tuples(program, target) {
            let timeline = engine.case(relation, &individuals);
            let expected = reference.marks_by_day(relation, &individuals);
            for (day, marks) in reference.days().iter().zip(expected) {
                let found = support::shown(*timeline.at(*day));
                if found != marks.to_string() || !marks.is_sound() {
                    let atom = support::atom(program, target, &individuals);
                    return Some(format!("{atom} on {day}: {found} instead of {marks}"));
                }
            }
            if let Some(day) = unlooked_at(timeline.runs().map(|(days, _)| days.first), &reference) {
                return Some(format!("{} changes on {day}", support::atom(program, target, &individuals)));
            }
            if backwards.case(relation, &individuals) != timeline {
                return Some(format!(
                    "{} depends on the questions before",
                    support::atom(program, target, &individuals)
                ));
            }
            if of_tables.case(relation, &individuals) != timeline {
                return Some(format!("{} is another one in tables", support::atom(program, target, &individuals)));
            }
        }
    }
    for measure in support::measures(program) {
        let target = Target::Measure(measure);
        for individuals in support::tuples(program, target) {
            let timeline = engine.measure(measure, &individuals);
            for day in reference.days() {
                let found = support::numbers(timeline.at(*day).alternatives());
                let expected = numbers(&reference.measure(measure, &individuals, *day));
                if found != expected {
                    let atom = support::atom(program, target, &individuals);
                    return Some(format!("{atom} on {day}: {found} instead of {expected}"));
                }
            }
            if let Some(day) = unlooked_at(timeline.runs().map(|(days, _)| days.first), &reference) {
                return Some(format!("{} changes on {day}", support::atom(program, target, &individuals)));
            }
            if of_tables.measure(measure, &individuals) != timeline {
                return Some(format!("{} is another one in tables", support::atom(program, target, &individuals)));
            }
        }
    }
    None
}

/// A day on which an answer changes, though nothing can change there.
fn unlooked_at(
    mut changes: impl Iterator<Item = symmachia::time::Day>,
    reference: &Reference<'_>,
) -> Option<symmachia::time::Day> {
    changes.find(|day| reference.days().binary_search(day).is_err())
}

fn numbers(alternatives: &[Alternative]) -> String {
    let mut texts: Vec<String> = alternatives
        .iter()
        .map(|each| support::interval(each.plain.lower, each.plain.upper, each.settled.lower, each.settled.upper))
        .collect();
    texts.sort();
    texts.dedup();
    texts.join(" | ")
}

fn joined(files: &Files) -> Vec<(String, String)> {
    files.iter().map(|(name, items)| (name.clone(), items.join("\n") + "\n")).collect()
}

fn listing(files: &Files) -> String {
    joined(files).into_iter().map(|(name, text)| format!("# {name}\n{text}")).collect()
}

/// Holds a property of programs against many of them; a program that violates it is made small before it is shown.
fn hold(cases: u32, seed: u64, features: Features, property: impl Fn(&Files) -> Option<String>) {
    let number = |name: &str| std::env::var(name).ok().and_then(|number| number.parse::<u64>().ok());
    let mut runner = TestRunner::new(ProptestConfig {
        cases: number("SYMMACHIA_CASES").map_or(cases, |cases| cases as u32),
        // The same programs in every run, so that a change is to blame for a failure.
        rng_seed: RngSeed::Fixed(number("SYMMACHIA_SEED").map_or(seed, |chosen| chosen + seed)),
        failure_persistence: None,
        max_shrink_iters: 0,
        ..ProptestConfig::default()
    });
    let property =
        |files: &Files| catch_unwind(AssertUnwindSafe(|| property(files))).unwrap_or(Some("panics".to_owned()));
    let outcome = runner.run(&recipes(), |recipe: Recipe| {
        let files = Generated::new(&recipe, &features, Parentheses::Needed).files;
        support::program(&joined(&files))
            .map_err(|error| TestCaseError::fail(format!("{error}\n{}", listing(&files))))?;
        let Some(violated) = property(&files) else { return Ok(()) };
        let is_valid = |files: &Files| support::program(&joined(files)).is_ok();
        let small = minimise(&files, |files| is_valid(files) && property(files).is_some());
        let shown = property(&small).unwrap_or_default();
        Err(TestCaseError::fail(format!("{violated}\n{}\nmade small: {shown}\n{}", listing(&files), listing(&small))))
    });
    match outcome {
        Ok(()) => {}
        Err(TestError::Fail(reason, _)) => panic!("{reason}"),
        Err(error) => panic!("{error}"),
    }
}

fn program(files: &Files) -> Program {
    support::program(&joined(files)).unwrap_or_else(|error| panic!("{error}"))
}

/// What there is in a program that calls for ways of its own to an answer.
#[derive(Default)]
struct Found {
    /// A case that is contested on some day.
    contested: bool,
    /// A chain of pairs that is answered by the sweep over the days, and met of somebody on some day.
    swept: bool,
    /// A case of a criterion without evidence for it, not met on some days and open on others.
    left_open: bool,
}

impl Found {
    fn of(program: &Program) -> Found {
        let engine = Engine::new(program);
        let mut found = Found::default();
        for relation in support::relations(program) {
            let is_circle = program.relation(relation).component.is_some();
            for individuals in support::tuples(program, Target::Relation(relation)) {
                let case = engine.case(relation, &individuals);
                let is_ever = |verdict| case.runs().any(|(_, standing)| standing.verdict() == verdict);
                if !is_circle {
                    let never_for = case.runs().all(|(_, standing)| !standing.is_for());
                    let is_left = never_for && is_ever(Verdict::NotMet) && is_ever(Verdict::Undetermined);
                    found.left_open |= is_left && program.relation(relation).is_criterion;
                    continue;
                }
                found.contested |= is_ever(Verdict::Contested);
                found.swept |= engine.is_swept(relation) && is_ever(Verdict::Met);
            }
        }
        found
    }
}

/// Whether one table says all of some predicate, whose record is complete on every day.
fn has_covered(program: &Program) -> bool {
    let tabled = support::tables::tabled(program);
    let engine = Engine::new(&tabled);
    support::relations(&tabled).map(Target::Relation).any(|target| {
        engine.record().table_of(target).is_some()
            && engine.record().complete_alike(target).is_some_and(symmachia::time::IntervalSet::is_all)
    })
}

/// Whether several tables, and they alone, say all of some measure of numbers, whose values are added up row by row.
fn has_flows(program: &Program) -> bool {
    let tabled = support::tables::tabled(program);
    let engine = Engine::new(&tabled);
    let is_told_by_several = |measure| {
        let tables = engine.record().tables_of(Target::Measure(measure));
        tabled.measure(measure).levels.is_none() && tables.is_some_and(|tables| tables.len() > 1)
    };
    program.preferences.is_empty() && support::measures(&tabled).any(is_told_by_several)
}

/// The engine against the reference; contested circles of rules, swept chains and cases that are left open without evidence are no
/// rare finds among the programs.
fn hold_against_the_reference(cases: u32, seed: u64, calendar: Calendar) {
    let [total, contested, swept, left_open, covered, flows] = [const { Cell::new(0) }; 6];
    hold(cases, seed, Features::all(calendar), |files| {
        let program = program(files);
        let found = Found::of(&program);
        total.set(total.get() + 1);
        contested.set(contested.get() + u32::from(found.contested));
        swept.set(swept.get() + u32::from(found.swept));
        left_open.set(left_open.get() + u32::from(found.left_open));
        covered.set(covered.get() + u32::from(has_covered(&program)));
        flows.set(flows.get() + u32::from(has_flows(&program)));
        difference(&program)
    });
    let all = [total, contested, swept, left_open, covered, flows];
    let [total, contested, swept, left_open, covered, flows] = all.map(Cell::into_inner);
    println!(
        "of {total} programs {contested} hold a contested circle, {swept} a swept chain, {left_open} a case left open, {covered} a covered table, {flows} flows"
    );
    assert!(contested * 5 >= total, "only {contested} of {total} hold a contested circle");
    assert!(swept * 6 >= total, "only {swept} of {total} hold a swept chain");
    assert!(left_open * 5 >= total, "only {left_open} of {total} hold a case left open");
    assert!(covered * 5 >= total, "only {covered} of {total} hold a covered table");
    assert!(flows * 40 >= total, "only {flows} of {total} hold flows");
}

#[test]
fn the_engine_answers_as_the_reference_does() {
    hold_against_the_reference(3000, 1, Calendar::Winter);
}

#[test]
fn the_engine_answers_as_the_reference_does_of_others() {
    hold_against_the_reference(3000, 2, Calendar::Winter);
}

#[test]
fn the_engine_answers_as_the_reference_does_over_years() {
    hold_against_the_reference(200, 1, Calendar::Years);
}
