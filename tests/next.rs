//! Which evidence to look up first: what is said to settle a verdict does settle it, written down as a fact.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod generate;
mod support;

use generate::calendar::Calendar;
use generate::{Features, Generated, Parentheses, Recipe, recipes};
use proptest::prelude::*;
use proptest::test_runner::{RngSeed, TestRunner};
use std::cell::Cell;
use symmachia::engine::Engine;
use symmachia::explain::{natural_period, questions};
use symmachia::model::Program;
use symmachia::model::program::{Question, Target};
use symmachia::next::{FoundAnswer, Ranking, rank};
use symmachia::time::{Interval, IntervalSet};
use symmachia::verdict::Verdict;

type Files = Vec<(String, String)>;

fn program(files: &Files) -> Program {
    support::program(files).unwrap_or_else(|error| panic!("{error}"))
}

fn asked(program: &Program, period: Option<Interval>) -> Vec<(Question, Interval)> {
    let period = period.unwrap_or_else(|| natural_period(program));
    support::relations(program)
        .filter(|id| program.relation(*id).is_criterion)
        .flat_map(|id| questions(program, Target::Relation(id), None).into_iter().take(3))
        .map(|question| (question, period))
        .collect()
}

fn ranked(program: &Program, period: Option<Interval>) -> Ranking {
    rank(&Engine::new(program), &asked(program, period), &mut |_, _| {})
}

/// The days on which a case has a verdict once a fact is added to the program.
fn days_with(files: &Files, fact: &str, case: &str, verdict: Verdict) -> IntervalSet {
    let mut files = files.clone();
    files[0].1.push_str(&format!("\n{fact}\n"));
    let program = program(&files);
    let engine = Engine::new(&program);
    for id in support::relations(&program) {
        for tuple in support::tuples(&program, Target::Relation(id)) {
            if support::atom(&program, Target::Relation(id), &tuple) == case {
                return engine.case(id, &tuple).days_where(|standing| standing.verdict() == verdict);
            }
        }
    }
    panic!("{case} is gone");
}

fn check(files: &Files) -> Result<usize, TestCaseError> {
    let program = program(files);
    let day = natural_period(&program).last;
    let ranking = ranked(&program, Some(Interval { first: day, last: day }));
    let mut settled = 0;
    for question in ranking.questions.iter().take(6) {
        prop_assert!(!question.bears_on.is_empty());
        for found in &question.findings {
            for (verdict, cases) in [(Verdict::Met, &found.met), (Verdict::NotMet, &found.not_met)] {
                for case in cases.iter().take(2).map(|place| &ranking.cases[*place]) {
                    let name = support::atom(&program, case.question.target, &case.question.individuals);
                    let days = days_with(files, &found.fact, &name, verdict);
                    prop_assert!(days.contains(day), "{name} does not become {verdict} by {}", found.fact);
                    settled += 1;
                }
            }
        }
    }
    Ok(settled)
}

fn generated(recipe: &Recipe) -> Files {
    let generated = Generated::new(recipe, &Features::all(Calendar::Years), Parentheses::Needed);
    generated.files.into_iter().map(|(name, items)| (name, items.join("\n"))).collect()
}

#[test]
fn what_is_said_to_settle_a_verdict_does() {
    let mut runner = TestRunner::new(ProptestConfig {
        cases: 300,
        rng_seed: RngSeed::Fixed(433),
        failure_persistence: None,
        max_shrink_iters: 20,
        ..ProptestConfig::default()
    });
    let settled = Cell::new(0);
    let outcome = runner.run(&recipes(), |recipe| {
        settled.set(settled.get() + check(&generated(&recipe))?);
        Ok(())
    });
    outcome.unwrap_or_else(|error| panic!("{error}"));
    assert!(settled.get() > 200, "only {} verdicts were settled", settled.get());
}

fn sketch(text: &str) -> Files {
    vec![("sketch.ally".to_owned(), text.to_owned())]
}

fn names(ranking: &Ranking) -> Vec<&str> {
    ranking.questions.iter().map(|question| question.name.as_str()).collect()
}

#[test]
fn the_question_that_settles_most_comes_first() {
    // The enemy is everybody's; what is known of each pair differs.
    let files = sketch(
        "predicate hostile(to: state)\npredicate friendly(one: state, to: state)\n\
         warm(A, B) requires friendly(A, B) and hostile(C) and C = foe\n\
         friendly(x, y)\nfriendly(x, z)\nhostile(x)\nstate foe\ncases warm over x, {y, z}\n",
    );
    let program = program(&files);
    let engine = Engine::new(&program);
    let warm = support::relations(&program).find(|id| program.relation(*id).name == "warm").unwrap();
    let cases = questions(&program, Target::Relation(warm), Some(&program.cases[0]));
    let cases: Vec<_> = cases.into_iter().map(|question| (question, Interval::ALL)).collect();
    let ranking = rank(&engine, &cases, &mut |_, _| {});
    assert_eq!(ranking.cases.len(), 2);
    assert_eq!(names(&ranking)[0], "hostile(foe)");
    let first = &ranking.questions[0];
    assert_eq!(first.findings[0].met, [0, 1]);
    assert_eq!(first.findings[1].not_met, [0, 1]);
    assert_eq!(first.settles_either_way().len(), 2);
    assert_eq!(first.findings[0].fact, "hostile(foe)");
    assert!(check(&files).unwrap() > 0);
}

#[test]
fn what_helps_only_together_with_others_is_said_to() {
    let files = sketch("ally(A, B) requires p and q and not r\nnot r(x, y) in 1999\nunknown p(x, y) in 1999\n");
    let program = program(&files);
    let ranking = ranked(&program, None);
    let place = ranking.cases.iter().position(|case| case.name == "ally(x, y)").unwrap();
    let question = ranking.questions.iter().find(|question| question.name == "p(x, y)").unwrap();
    let [so, not_so] = question.findings.as_slice() else { panic!("two answers") };
    assert!(so.met.is_empty(), "{so:?}");
    assert!(so.parts.iter().any(|part| part.verdict == Verdict::Met && part.of == 2 && part.case == place), "{so:?}");
    assert_eq!(not_so.not_met, [place]);
    assert_eq!(not_so.fact, "not p(x, y) from 1999-01-01 until 1999-12-31");
    assert_eq!(not_so.days, 365);
}

#[test]
fn of_a_measure_the_values_that_would_settle_it_are_tried() {
    let files = sketch(
        "measure trade(from: state, to: state) in \"million USD\"\nparameter keen = 5\n\
         keen_on(A, B) requires trade(A, B) >= keen\ntrade(y, x) = 1\n",
    );
    let program = program(&files);
    let ranking = ranked(&program, None);
    let question = ranking.questions.iter().find(|question| question.name == "trade(x, y)").unwrap();
    let answers: Vec<_> =
        question.findings.iter().map(|found| (&found.answer, found.met.len(), found.not_met.len())).collect();
    let value = |text: &str| FoundAnswer::Value(format!("{text} million USD"));
    assert_eq!(answers, [(&value("4"), 0, 1), (&value("5"), 1, 0)]);
    assert!(check(&files).unwrap() > 0);
}

#[test]
fn the_order_is_that_of_the_program_and_not_of_chance() {
    let text = "ally(A, B) requires mutually p and mutually q\np(x, y)\nq(y, z)\nq(z, y)\n";
    let (one, other) = (program(&sketch(text)), program(&sketch(text)));
    assert_eq!(names(&ranked(&one, None)), names(&ranked(&other, None)));
    assert_eq!(ranked(&one, None).questions, ranked(&other, None).questions);
}
