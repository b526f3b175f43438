//! What each construct of the language is read as, and what mistakes and hostile input get.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod conditions;
mod depth;
mod evidence;
mod items;
mod mistakes;
mod outline;
mod properties;

use super::{Parsed, parse, tree};
use crate::text::{FileId, Texts};
use outline::Outline;

/// A text as a run of one file.
fn texts(content: &str) -> (Texts, FileId) {
    let mut texts = Texts::new();
    let file = texts.add("test.ally", content);
    (texts, file)
}

/// What a text is read as, with whatever mistakes.
fn parsed(content: &str) -> Parsed {
    let (texts, file) = texts(content);
    parse(&texts, file, &mut |_| {})
}

/// The items of a text without a mistake.
fn items(content: &str) -> Vec<tree::Item> {
    let parsed = parsed(content);
    assert!(parsed.diagnostics.is_empty(), "{content}\n{:#?}", parsed.diagnostics);
    parsed.tree.items
}

/// The only item of a text.
fn item(content: &str) -> tree::ItemKind {
    let mut items = items(content);
    assert_eq!(items.len(), 1, "{content}\n{items:#?}");
    items.remove(0).kind
}

/// The body of a rule with this body, as an outline.
fn body(condition: &str) -> String {
    match item(&format!("p(A, B) requires {condition}")) {
        tree::ItemKind::Rule(rule) => rule.body.outline(),
        other => panic!("{other:#?}"),
    }
}
