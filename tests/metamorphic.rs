//! The same program in other words has the same answers: in another order, with other spaces, other names, other days.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod generate;
mod support;

use generate::calendar::Calendar;
use generate::{Features, Generated, Parentheses, Recipe, recipes};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use support::Answers;
use support::minimise::Files;
use support::rewrite::{CYCLE, Token, moved_by_cycles, with_noise, with_tokens};
use symmachia::engine::{Engine, Plan};
use symmachia::model::BothWays;
use symmachia::model::program::{IndividualId, MeasureId, Target};
use symmachia::time::Day;

fn joined(files: &Files) -> Vec<(String, String)> {
    files.iter().map(|(name, items)| (name.clone(), items.join("\n") + "\n")).collect()
}

fn answers(files: &Files) -> Answers {
    let files = joined(files);
    let program = support::program(&files).unwrap_or_else(|error| panic!("{error}\n{files:#?}"));
    support::answers(&program, &Engine::new(&program))
}

fn generated(recipe: &Recipe, parentheses: Parentheses) -> Files {
    Generated::new(recipe, &Features::all(Calendar::Years), parentheses).files
}

/// Items in another order; what a file begins with stays where it is.
fn reordered(files: &Files) -> Files {
    let begins = |item: &&String| item.starts_with("framework ") || item.starts_with("use ");
    files
        .iter()
        .map(|(name, items)| {
            let (head, mut rest): (Vec<&String>, Vec<&String>) = items.iter().partition(begins);
            rest.reverse();
            let middle = rest.len() / 3;
            rest.rotate_left(middle);
            (name.clone(), head.into_iter().chain(rest).cloned().collect())
        })
        .collect()
}

const STATES: [(&str, &str); 4] = [("ava", "zoe"), ("bor", "abe"), ("cyr", "mia"), ("dun", "eve")];

fn renamed(word: &str) -> &str {
    STATES.iter().find(|(name, _)| *name == word).map_or(word, |(_, other)| other)
}

/// The words of an answer's case, renamed.
fn renamed_case(case: &str) -> String {
    let is_word = |letter: char| letter.is_alphanumeric() || letter == '_';
    let mut out = String::new();
    let mut word = String::new();
    for letter in case.chars() {
        if is_word(letter) {
            word.push(letter);
        } else {
            out.push_str(renamed(&word));
            word.clear();
            out.push(letter);
        }
    }
    out + renamed(&word)
}

fn moved(answers: Answers, days: i32) -> Answers {
    let shift = |day: Day| if day == Day::FIRST { day } else { Day::from_number(day.number() + days) };
    answers
        .into_iter()
        .map(|(case, runs)| {
            let case = case.split(['(', ',', ')']).map(str::trim).fold(case.clone(), |case, word| {
                let is_date = word.len() >= 4 && word.starts_with(|first: char| first.is_ascii_digit());
                if is_date { case.replace(word, &moved_by_cycles(word, days / CYCLE)) } else { case }
            });
            (case, runs.into_iter().map(|(day, shown)| (shift(day), shown)).collect())
        })
        .collect()
}

fn numbers(engine: &Engine<'_>, measure: MeasureId, individuals: &[IndividualId]) -> Vec<(Day, String)> {
    let timeline = engine.measure(measure, individuals);
    timeline.runs().map(|(days, quantity)| (days.first, support::numbers(quantity.alternatives()))).collect()
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 200,
        // The same programs in every run, so that a change is to blame for a failure.
        rng_seed: RngSeed::Fixed(433),
        failure_persistence: None,
        max_shrink_iters: 200,
        ..ProptestConfig::default()
    })]

    #[test]
    fn in_another_order(recipe in recipes()) {
        let files = generated(&recipe, Parentheses::Needed);
        prop_assert_eq!(answers(&files), answers(&reordered(&files)));
    }

    /// What the rules alone make the same both ways is so in the answers.
    #[test]
    fn with_two_individuals_exchanged(recipe in recipes()) {
        let files = generated(&recipe, Parentheses::Needed);
        let program = support::program(&joined(&files)).unwrap();
        // Each way for itself, so that the answers say something.
        let engine = Engine::with_plan(&program, Plan { turns_pairs: false, ..Plan::default() });
        let both_ways = BothWays::of(&program);
        let relations = support::relations(&program).map(Target::Relation);
        for target in relations.chain(support::measures(&program).map(Target::Measure)) {
            let Some((one, two)) = both_ways.roles(target) else { continue };
            for here in support::tuples(&program, target) {
                let mut there = here.clone();
                there.swap(one, two);
                let named = support::atom(&program, target, &here);
                match target {
                    Target::Relation(id) => prop_assert_eq!(engine.case(id, &here), engine.case(id, &there), "{}", named),
                    Target::Measure(id) => prop_assert_eq!(numbers(&engine, id, &here), numbers(&engine, id, &there), "{}", named),
                }
            }
        }
    }

    #[test]
    fn with_other_spaces(recipe in recipes(), seed in any::<u64>()) {
        let files = generated(&recipe, Parentheses::Needed);
        let mut seed = seed;
        let mut choices = |below: usize| {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            (seed >> 33) as usize % below
        };
        let mut noisy: Files = Vec::new();
        for (name, items) in &files {
            noisy.push((name.clone(), items.iter().map(|item| with_noise(item, &mut choices)).collect()));
        }
        prop_assert_eq!(answers(&files), answers(&noisy));
    }

    #[test]
    fn with_more_parentheses(recipe in recipes()) {
        let (few, many) = (generated(&recipe, Parentheses::Needed), generated(&recipe, Parentheses::Everywhere));
        prop_assert_eq!(answers(&few), answers(&many));
    }

    #[test]
    fn with_other_names(recipe in recipes()) {
        let files = generated(&recipe, Parentheses::Needed);
        let other = with_tokens(&files, |token| match token {
            Token::Word(word) => renamed(word).to_owned(),
            other => other.text().to_owned(),
        });
        let expected: Answers =
            answers(&files).into_iter().map(|(case, runs)| (renamed_case(&case), runs)).collect();
        prop_assert_eq!(expected, answers(&other));
    }

    #[test]
    fn four_hundred_years_later(recipe in recipes()) {
        let files = generated(&recipe, Parentheses::Needed);
        let later = with_tokens(&files, |token| match token {
            Token::Date(date) => moved_by_cycles(date, 1),
            other => other.text().to_owned(),
        });
        let (now, then) = (answers(&files), answers(&later));
        // A date that is an individual has another name then, and numbers made of dates another value.
        let of_dates = |case: &str| case.contains("19") || case.contains("20") || case.contains("23") || case.contains("24");
        let plain = |answers: Answers| -> Answers { answers.into_iter().filter(|(case, _)| !of_dates(case)).collect() };
        prop_assert_eq!(moved(plain(now), CYCLE), plain(then));
    }
}

/// A program, and the same without its last fact; none where it has no fact.
fn without_last_fact(recipe: &Recipe) -> Option<(Files, Files)> {
    let features = Features {
        completeness: false,
        only: false,
        shown: false,
        lives: false,
        numbers: false,
        frameworks: false,
        preferences: false,
        ..Features::all(Calendar::Winter)
    };
    let files = Generated::new(recipe, &features, Parentheses::Needed).files;
    let mut fewer = files.clone();
    let last = fewer[0].1.pop()?;
    let is_fact = |item: &str| {
        let item = item.strip_prefix("not ").or(item.strip_prefix("mutually ")).unwrap_or(item);
        item.starts_with('p') && !item.starts_with("predicate") && !item.contains(" if ") && !item.contains("requires")
    };
    is_fact(&last).then_some((fewer, files))
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 400,
        rng_seed: RngSeed::Fixed(433),
        failure_persistence: None,
        max_shrink_iters: 200,
        ..ProptestConfig::default()
    })]

    /// Without completeness, `only`, `shown`, lives or new individuals a further fact may contest a verdict, and no more.
    #[test]
    fn a_further_fact_never_turns_a_verdict_straight_round(recipe in recipes()) {
        let Some((fewer, more)) = without_last_fact(&recipe) else { return Ok(()) };
        let (before, after) = (answers(&fewer), answers(&more));
        let at = |runs: &[(Day, String)], day: Day| {
            runs.iter().rfind(|(first, _)| *first <= day).map_or_else(String::new, |(_, shown)| shown.clone())
        };
        for (case, runs) in &before {
            let Some(later) = after.get(case) else { continue };
            for day in runs.iter().chain(later).map(|(day, _)| *day) {
                let (was, is) = (at(runs, day), at(later, day));
                let turned = (was.contains('F') && is.contains('A')) || (was.contains('A') && is.contains('F'));
                prop_assert!(!turned, "{case} on {day}: {was} became {is}\n{more:#?}");
            }
        }
    }
}
