//! Explanations as a reader sees them. Each file of `tests/explanations` asks the questions that its `#?` lines name;
//! a day may follow.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::path::{Path, PathBuf};
use symmachia::engine::Engine;
use symmachia::explain::{Explanation, Request, explain, period_of};
use symmachia::model::{Options, resolve, resolve_question};
use symmachia::render::{Look, explanation};
use symmachia::syntax::{parse_condition, parse_time_span, tree::TimeSpanKind};
use symmachia::text::Texts;
use symmachia::time::{Day, Interval};
use symmachia::verdict::Verdict;

/// The explanations that a file asks for, one after another.
fn explained(name: &str, text: &str) -> String {
    let mut texts = Texts::new();
    let file = texts.add(name, text);
    let parsed = symmachia::syntax::parse(&texts, file, &mut |_| {});
    let resolution = resolve(&texts, &[parsed.tree], &Options::default());
    let problems: Vec<_> = parsed.diagnostics.iter().chain(&resolution.diagnostics).collect();
    assert!(!problems.iter().any(|problem| problem.is_error()), "{name}: {problems:#?}");
    let program = resolution.program;
    let engine = Engine::new(&program);
    let mut out = String::new();
    for question in text.lines().filter_map(|line| line.strip_prefix("#? ")) {
        let (case, day) = question.split_once(" on ").map_or((question, None), |(case, day)| (case, Some(day)));
        let asked = texts.add("question", case);
        let condition = parse_condition(&texts, asked).unwrap();
        let resolved = resolve_question(&program, &texts, &condition).unwrap();
        let period = match day {
            Some(day) => on(&mut texts, day),
            None => period_of(&program, resolved.target, &resolved.individuals),
        };
        let found = explain(&engine, &resolved, Request { period, depth: 1 });
        out.push_str(&format!("? {question}\n\n{}\n", explanation::text(&found, &texts, &Look::PLAIN)));
    }
    out
}

fn on(texts: &mut Texts, day: &str) -> Interval {
    let file = texts.add("day", format!("on {day}"));
    let TimeSpanKind::During(date, _) = parse_time_span(texts, file).unwrap().kind else { panic!("{day}") };
    let day = Day::from_parts(date.year as i16, date.month.unwrap(), date.day.unwrap()).unwrap();
    Interval { first: day, last: day }
}

#[test]
fn explanations_read_as_prose() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/explanations");
    let mut files: Vec<PathBuf> = std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|file| file.extension().is_some_and(|extension| extension == "ally"));
    files.sort();
    assert!(files.len() > 5);
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(&folder);
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| {
        for file in files {
            let name = file.file_stem().unwrap().to_string_lossy().into_owned();
            let text = std::fs::read_to_string(&file).unwrap();
            insta::assert_snapshot!(name.as_str(), explained(&format!("{name}.ally"), &text));
        }
    });
}

/// Nobody is asked to read more than a screen or two, however large the case.
#[test]
fn an_explanation_of_a_large_case_stays_short() {
    let mut text = String::from("ally(A, B) requires for every S in state: p(A, S) and not q(S, B)\n");
    for state in 0..300 {
        text.push_str(&format!("q(s{state}, b)\n"));
    }
    text.push_str("#? ally(s1, b)\n");
    let lines = explained("large.ally", &text).lines().count();
    assert!(lines < 80, "{lines} lines");
}

/// Fewer changes than those that are told may do where the search was cut short, and the reader is told.
#[test]
fn a_search_that_stopped_is_told() {
    let mut texts = Texts::new();
    let file = texts.add("one.ally", "ally(A, B) requires p(A, B) and q(A, B)\np(a, b)\n");
    let parsed = symmachia::syntax::parse(&texts, file, &mut |_| {});
    let program = resolve(&texts, &[parsed.tree], &Options::default()).program;
    let engine = Engine::new(&program);
    let asked = texts.add("question", "ally(a, b)");
    let resolved = resolve_question(&program, &texts, &parse_condition(&texts, asked).unwrap()).unwrap();
    let period = period_of(&program, resolved.target, &resolved.individuals);
    let mut found = explain(&engine, &resolved, Request { period, depth: 1 });
    let told = |found: &Explanation| explanation::text(found, &texts, &Look::PLAIN);
    assert!(!told(&found).contains("stopped"));
    found.search_stopped = vec![Verdict::Met];
    let smaller = "the search for smaller changes that make it met stopped after 500,000 steps";
    let prose = |text: String| text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(prose(told(&found)).contains(smaller), "{}", told(&found));
    assert!(explanation::json(&found, &texts).contains("\"search_stopped\": ["));
    found.repairs.clear();
    let none = "the search for changes that make it met stopped after 500,000 steps: none were found";
    assert!(prose(told(&found)).contains(none), "{}", told(&found));
}
