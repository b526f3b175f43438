//! From the place where the grammar stopped to the mistake that was made.

use super::build::Builder;
use super::error::Mistake;
use super::grammar::Rule;
use super::scan::{self, Token};
use super::sort::{NoItem, Sort};
use crate::text::{FileId, Span};
use pest::error::InputLocation;

/// Why no item begins with a token.
pub(super) fn no_item(text: &str, file: FileId, token: &Token, reason: NoItem) -> Mistake {
    let _ = reason;
    let span = Span::new(file, token.start, token.end);
    Mistake::UnknownItem { span, word: token.text(text).to_owned(), near: None }
}

/// Why an item cannot be read on.
pub(super) fn mistake(builder: &Builder, text: &str, _sort: Option<Sort>, error: &pest::error::Error<Rule>) -> Mistake {
    let at = match error.location {
        InputLocation::Pos(at) | InputLocation::Span((at, _)) => at,
    };
    let token = scan::token(text, at, text.len());
    let span = token.map_or(Span::new(builder.file, builder.base + at, builder.base + at), |token| {
        Span::new(builder.file, builder.base + token.start, builder.base + token.end)
    });
    Mistake::Unexpected {
        span,
        found: token.map(|token| token.text(text).to_owned()),
        expected: vec![],
        after: None,
        near: None,
    }
}
