//! How diagnostics look, whatever the texts are like.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use insta::assert_snapshot;
use proptest::prelude::*;
use symmachia::diagnostic::{Diagnostic, Severity};
use symmachia::render::{Look, diagnostics};
use symmachia::text::{FileId, Span, Texts};

const CODE: &str = "symmachia::model::unknown_predicate";

fn error(message: &str) -> Diagnostic {
    Diagnostic::new(CODE, Severity::Error, message)
}

/// The first place of some words in a text.
fn place(texts: &Texts, file: FileId, words: &str) -> Span {
    let start = texts.get(file).content.find(words).unwrap();
    Span::new(file, start, start + words.len())
}

fn both(problems: &[Diagnostic], texts: &Texts) -> String {
    format!(
        "{}\n----- plain -----\n{}",
        diagnostics::text(problems, texts, &Look::HUMAN),
        diagnostics::text(problems, texts, &Look::PLAIN)
    )
}

#[test]
fn labels_in_several_files_and_places() {
    let mut texts = Texts::new();
    let rules = texts.add(
        "rules/a.ally",
        "ally(A, B) requires\n    mutual_defense\n    and no_presure\n\n\n\n\nno_pressure(A, B) requires shown x\n",
    );
    let evidence = texts.add("evidence.ally", "pressure(russia, kazakhstan, economic) from 1991\n");
    let problem = error("unknown predicate `no_presure`")
        .at(place(&texts, rules, "no_presure"), "not declared")
        .at(place(&texts, evidence, "pressure"), "one like it")
        .at(place(&texts, rules, "ally"), "in this rule")
        .at(place(&texts, rules, "no_pressure"), "another like it")
        .help("did you mean `no_pressure`?\nor `pressure`?");
    assert_snapshot!(both(&[problem], &texts));
}

#[test]
fn a_label_over_several_lines_and_one_within_it() {
    let mut texts = Texts::new();
    let file = texts.add("a.ally", "ally(A, B) requires\n    mutual_defense\n    and no_pressure\n");
    let whole = place(&texts, file, "ally(A, B) requires\n    mutual_defense\n    and no_pressure");
    let problem = error("the rule").at(whole, "all of it").at(place(&texts, file, "mutual_defense"), "a part of it");
    assert_snapshot!(both(&[problem], &texts));
}

#[test]
fn a_label_over_many_lines_is_shown_by_its_first() {
    let mut texts = Texts::new();
    let file = texts.add("a.ally", format!("first\n{}last\n", "line\n".repeat(40)));
    let length = texts.get(file).content.len();
    assert_snapshot!(both(&[error("the rule").at(Span::new(file, 0, length), "all of it")], &texts));
}

#[test]
fn labels_across_one_another_do_not_push_one_another_aside() {
    let mut texts = Texts::new();
    let file = texts.add("a.ally", "pressure(russia, {stans}, economic) from 1991 [rcaa]\n");
    let problem = error("both")
        .at(place(&texts, file, "pressure(russia, {stans}, economic)"), "the atom")
        .at(place(&texts, file, "{stans}"), "the set");
    assert_snapshot!(both(&[problem], &texts));
}

#[test]
fn a_line_of_a_megabyte_is_cut() {
    let mut texts = Texts::new();
    let padding = "guarantees(a, b) ".repeat(60_000);
    let file = texts.add("a.ally", format!("{padding}wrong {padding}also {padding}"));
    let problem = error("two places in a long line")
        .at(place(&texts, file, "wrong"), "here")
        .at(place(&texts, file, "also"), "and here");
    let shown = both(&[problem], &texts);
    assert!(shown.len() < 3_000, "{} bytes", shown.len());
    assert_snapshot!(shown);
}

#[test]
fn a_label_as_long_as_a_long_line_is_cut() {
    let mut texts = Texts::new();
    let file = texts.add("a.ally", "é(a) ".repeat(100_000));
    let length = texts.get(file).content.len();
    assert_snapshot!(both(&[error("all of it").at(Span::new(file, 0, length), "this")], &texts));
}

#[test]
fn ends_of_lines_and_of_texts() {
    let mut texts = Texts::new();
    let windows = texts.add("windows.ally", "\u{feff}one\r\n\ttwo\r\nthree");
    let empty = texts.add("empty.ally", "");
    let end = texts.get(windows).content.len();
    let problems = [
        error("the end of a line").at(Span::new(windows, 3, 3), "here"),
        error("a break between lines").at(Span::new(windows, 3, 5), "here"),
        error("after a tab").at(place(&texts, windows, "two"), "here"),
        error("the end of a text").at(Span::new(windows, end, end), "here"),
        error("an empty text").at(Span::new(empty, 0, 0), ""),
    ];
    assert_snapshot!(both(&problems, &texts));
}

#[test]
fn a_terminal_is_not_commanded_by_a_text() {
    let mut texts = Texts::new();
    let file = texts.add("a.ally", "good \u{1b}[2J\u{202e}evil(a) \u{7}\n");
    let problem = error("`\u{1b}[2J`").at(place(&texts, file, "evil"), "\u{1b}[31m").help("\u{9b}1m");
    let shown = both(&[problem], &texts);
    assert!(!shown.contains(['\u{1b}', '\u{202e}', '\u{7}', '\u{9b}']), "{shown:?}");
    assert_snapshot!(shown);
}

#[test]
fn wide_characters_are_underlined_in_their_place() {
    let mut texts = Texts::new();
    let file = texts.add("a.ally", "state \"日本\" and Côte(a)\n");
    assert_snapshot!(both(&[error("wide").at(place(&texts, file, "Côte"), "here")], &texts));
}

#[test]
fn sorted_and_each_once() {
    let mut texts = Texts::new();
    let last = texts.add("z.ally", "one two\n");
    let first = texts.add("a.ally", "one two\n");
    let at = |file, words: &str| error(words).at(place(&texts, file, words), "");
    let nowhere = Diagnostic::new("symmachia::read::missing_path", Severity::Error, "nowhere");
    let problems = [at(last, "one"), at(first, "two"), at(first, "one"), at(last, "one"), nowhere];
    let order: Vec<String> = diagnostics::in_order(&problems, &texts)
        .iter()
        .map(|problem| match problem.labels.first() {
            Some(label) => format!("{} {}", texts.get(label.span.file).name, problem.message),
            None => problem.message.clone(),
        })
        .collect();
    assert_eq!(order, ["nowhere", "a.ally one", "a.ally two", "z.ally one"]);
}

#[test]
fn every_severity_has_a_word() {
    let texts = Texts::new();
    let problems = [Severity::Error, Severity::Failure, Severity::Warning, Severity::Note]
        .map(|severity| Diagnostic::new(CODE, severity, "something"));
    assert_snapshot!(both(&problems, &texts));
}

#[test]
fn a_flood_is_counted() {
    let texts = Texts::new();
    let mut problems: Vec<Diagnostic> = (0..1_500).map(|number| error(&format!("number {number:04}"))).collect();
    problems.push(Diagnostic::new("symmachia::read::missing_path", Severity::Error, "another"));
    let shown = diagnostics::text(&problems, &texts, &Look::PLAIN);
    assert_eq!(shown.matches("error:").count(), 21);
    assert!(shown.contains("error: another"));
    assert!(shown.contains("1,480 more of symmachia::model::unknown_predicate are not shown"), "{shown}");
    assert_eq!(diagnostics::json(&problems, &texts).len(), 1_501);
}

#[test]
fn json_has_places_in_characters() {
    let mut texts = Texts::new();
    let file = texts.add("a.ally", "é\ncôte(a)\nx\n");
    let start = texts.get(file).content.find("te(").unwrap();
    let end = texts.get(file).content.find('x').unwrap();
    let problem = error("m").at(Span::new(file, start, end), "t").help("h");
    assert_snapshot!(serde_json::to_string_pretty(&diagnostics::json(&[problem], &texts)).unwrap());
}

fn texts_of_all_sorts() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => "[a-z(), ]{0,12}",
        2 => Just("\n".to_owned()),
        1 => Just("\r\n".to_owned()),
        1 => Just("\t".to_owned()),
        1 => Just("\r".to_owned()),
        1 => Just("日é\u{301}".to_owned()),
        1 => Just("\u{1b}\u{202e}\u{85}\u{2028}".to_owned()),
        1 => Just("x".repeat(300)),
    ];
    proptest::collection::vec(piece, 0..30).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]
    #[test]
    fn nothing_makes_the_drawing_fail(
        one in texts_of_all_sorts(),
        two in texts_of_all_sorts(),
        places in proptest::collection::vec((any::<bool>(), 0..1_000usize, 0..1_000usize), 0..6),
    ) {
        let mut texts = Texts::new();
        let files = [texts.add("one.ally", one), texts.add("two.ally", two)];
        let mut problem = error("something");
        for (index, (second, start, length)) in places.iter().enumerate() {
            let file = files[usize::from(*second)];
            let content = &texts.get(file).content;
            let boundary = |at: usize| (0..=at.min(content.len())).rev().find(|at| content.is_char_boundary(*at)).unwrap();
            let start = boundary(start % (content.len() + 1));
            let end = boundary(start + length % (content.len() - start + 1)).max(start);
            problem = problem.at(Span::new(file, start, end), format!("label {index}"));
        }
        let problems = [problem];
        let drawn = diagnostics::text(&problems, &texts, &Look::HUMAN);
        let narrated = diagnostics::text(&problems, &texts, &Look::PLAIN);
        for index in 0..places.len() {
            let label = format!("label {index}");
            prop_assert!(drawn.contains(&label), "{label} is lost:\n{drawn}");
            prop_assert!(narrated.contains(&label));
        }
        prop_assert!(!drawn.contains("Failed to read"), "{drawn}");
        prop_assert_eq!(diagnostics::json(&problems, &texts).len(), 1);
    }
}
