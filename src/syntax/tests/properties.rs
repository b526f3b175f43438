//! Whatever the text: no panic, every place lies in it, and plain facts are read as the grammar reads them.

use super::items::{EVIDENCE, TRUE_ALLIANCE};
use super::texts;
use crate::syntax::{CODES, parse_condition, parse_fact, parse_number, parse_time_span, read};
use crate::text::Span;
use proptest::prelude::*;

/// Pieces that make up programs, and some that do not belong in them.
const PIECES: &[&str] = &[
    "p",
    "party",
    "russia",
    "A",
    "B",
    "_",
    "x.y",
    "(",
    ")",
    "(a, b)",
    "(A, B)",
    "{",
    "}",
    "{a, b}",
    "[",
    "]",
    "[s]",
    "[s, \"p. 3\"; t]",
    ",",
    ":",
    ";",
    "=",
    "<",
    "<=",
    ">",
    "!=",
    "+",
    "-",
    "*",
    "/",
    "..",
    "%",
    "\"",
    "\"text\"",
    "\\",
    "#",
    "##",
    "# remark",
    "\n",
    "\n    ",
    "\r\n",
    " ",
    "\t",
    "\u{a0}",
    "é",
    "“",
    "1",
    "1999",
    "1999-04",
    "1999-04-02",
    "433 BC",
    "2.5",
    "10%",
    "4.5 million",
    "million",
    "1_000",
    "12.01.2014",
    "and",
    "or",
    "not",
    "for every X in k:",
    "for some",
    "in",
    "where",
    "requires",
    "if",
    "only",
    "only if",
    "permits",
    "whenever",
    "shown",
    "ever",
    "always",
    "within the last 10 years",
    "throughout",
    "mutually",
    "either way",
    "at least 2 of (",
    "none of (",
    "none",
    "exactly",
    "of",
    "is",
    "is met",
    "is not met",
    "when",
    "otherwise",
    "since",
    "before",
    "after",
    "from",
    "until",
    "ended",
    "up to",
    "on",
    "sometime in",
    "earliest",
    "latest",
    "framework",
    "use",
    "kind",
    "open",
    "source",
    "predicate",
    "measure",
    "parameter",
    "classify",
    "complete",
    "expect",
    "claim",
    "cases",
    "over",
    "unknown",
    "symmetric",
    "reflexive",
    "state",
    "alias",
    "cow:365",
    "count of (",
    "sum of (",
    "as",
    ", failing",
    ", by",
    "import",
    "AND",
    "=>",
    ":-",
    "==",
    "&",
    ".",
];

/// Shapes of facts, most of them plain, with pieces of other shapes among them.
const FACT_PIECES: &[&str] = &[
    "p(a, b)",
    "not p(a)",
    "unknown p(a, {b, c})",
    "p(only {a}, \"B c\")",
    "p(only a)",
    "p (a)",
    "p(a,b,c)",
    "source(a)",
    "expect (a)",
    "claim (a) [s]",
    "trade(a, b) = 4.5",
    "t(a) = -3 million",
    "t(a) = none",
    "t(a) = 5%",
    "t(a) = 1999-04",
    "from 1992",
    "from 1992-05-15 until 1999",
    "until 1999-01",
    "ended sometime in 1999..2000",
    "up to latest 2001",
    "from earliest 433 BC",
    "in 1991..2014",
    "in 1999",
    "on 1999-04-02",
    "sometime in 1992",
    ", from 2000",
    ",",
    "[s]",
    "[s, \"p. 3\"; t]",
    "[ s ; t , \"x\" ]",
    "\"note\"",
    "\"no\\te\"",
    "# remark",
    "\n",
    "\n  ",
    "\r\n",
    " ",
    "\t",
    "requires a",
    "if a",
    "million",
    "(",
    "é",
    "\u{a0}",
    "x",
    "kind k",
    "state s",
    "where",
];

fn jumble(pieces: &'static [&'static str], longest: usize) -> impl Strategy<Value = String> {
    proptest::collection::vec((proptest::sample::select(pieces), proptest::bool::weighted(0.8)), 0..longest).prop_map(
        |parts| {
            let mut text = String::new();
            for (piece, spaced) in parts {
                text.push_str(piece);
                if spaced {
                    text.push(' ');
                }
            }
            text
        },
    )
}

/// A valid program with some of its bytes cut out, doubled or replaced by pieces.
fn mutated() -> impl Strategy<Value = String> {
    let change = (0.0..1.0_f64, 0_usize..12, proptest::option::of(proptest::sample::select(PIECES)));
    (proptest::bool::ANY, proptest::collection::vec(change, 1..6)).prop_map(|(rules, changes)| {
        let mut text = if rules { TRUE_ALLIANCE } else { EVIDENCE }.to_owned();
        for (place, length, piece) in changes {
            let boundary = |mut at: usize| {
                at = at.min(text.len());
                while !text.is_char_boundary(at) {
                    at -= 1;
                }
                at
            };
            let start = boundary((place * text.len() as f64) as usize);
            let end = boundary(start + length).max(start);
            text.replace_range(start..end, piece.unwrap_or(""));
        }
        text
    })
}

fn holds(content: &str) {
    let (texts, file) = texts(content);
    let parsed = read(&texts, file, true, &mut |_| {});
    let content = &texts.get(file).content;
    let inside = |span: Span| {
        assert!(span.start <= span.end, "{span:?}");
        assert!(content.get(span.start as usize..span.end as usize).is_some(), "{span:?} in {content:?}");
    };
    let mut end = 0;
    for item in &parsed.tree.items {
        inside(item.span);
        assert!(item.span.start >= end && !item.span.is_empty());
        end = item.span.end;
    }
    for diagnostic in &parsed.diagnostics {
        assert!(CODES.contains(&diagnostic.code) && !diagnostic.labels.is_empty());
        diagnostic.labels.iter().for_each(|label| inside(label.span));
    }
    assert_eq!(parsed, read(&texts, file, false, &mut |_| {}), "{content:?}");
    let _ = (
        parse_condition(&texts, file),
        parse_fact(&texts, file),
        parse_time_span(&texts, file),
        parse_number(&texts, file),
    );
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text(content in any::<String>()) {
        holds(&content);
    }

    #[test]
    fn any_pieces(content in jumble(PIECES, 40)) {
        holds(&content);
    }

    #[test]
    fn any_pieces_of_facts(content in jumble(FACT_PIECES, 12)) {
        holds(&content);
    }

    #[test]
    fn any_change_of_a_program(content in mutated()) {
        holds(&content);
    }
}
