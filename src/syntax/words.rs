//! The words of the grammar that a user may see.

use super::grammar::Rule;

/// When a word is reserved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reservation {
    /// But as the name of a role.
    Always,
    /// Where no parenthesis follows.
    Item,
}

/// The words of conditions and time; the grammar's `reserved` lists the same.
pub(super) const RESERVED: &[&str] = &[
    "after",
    "always",
    "and",
    "before",
    "by",
    "either",
    "ended",
    "ever",
    "every",
    "failing",
    "for",
    "from",
    "if",
    "in",
    "is",
    "mutually",
    "not",
    "of",
    "only",
    "or",
    "otherwise",
    "permits",
    "requires",
    "shown",
    "since",
    "some",
    "throughout",
    "until",
    "way",
    "when",
    "whenever",
    "where",
    "within",
];

/// The words that begin items; the grammar's `item_word` lists the same.
pub(super) const ITEM_WORDS: &[&str] = &[
    "cases",
    "claim",
    "classify",
    "complete",
    "expect",
    "framework",
    "import",
    "kind",
    "measure",
    "open",
    "parameter",
    "predicate",
    "prefer",
    "redefine",
    "reflexive",
    "source",
    "symmetric",
    "unknown",
    "use",
];

/// The length of the longest of them.
const LONGEST: usize = 10;

impl Reservation {
    /// How a word is reserved, if it is.
    pub(super) fn of(word: &str) -> Option<Reservation> {
        // Most names have an underscore or a digit, and then nothing need be looked up.
        if word.len() > LONGEST || !word.bytes().all(|byte| byte.is_ascii_lowercase()) {
            return None;
        }
        if RESERVED.binary_search(&word).is_ok() {
            Some(Reservation::Always)
        } else if ITEM_WORDS.binary_search(&word).is_ok() {
            Some(Reservation::Item)
        } else {
            None
        }
    }
}

/// What a rule of the grammar is called before a user; nothing for what need not be mentioned.
pub(super) fn name(rule: Rule) -> Option<&'static str> {
    let _ = rule;
    None
}
