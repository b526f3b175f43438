//! Mistakes in comparisons and arithmetic.

use super::{error, with_article};
use crate::diagnostic::Diagnostic;
use crate::model::Mistake;
use crate::text::Span;

#[derive(Debug)]
pub(in crate::model) enum ExpressionError {
    /// The two sides are of two kinds.
    Incomparable { one: String, first: Span, two: String, span: Span },
    /// Something else where a number is expected; `noun` without an article.
    NotANumber { what: String, noun: String, span: Span },
    /// Nothing says what is compared.
    NoKind { span: Span },
    /// Individuals have no order.
    Unordered { kind: String, span: Span, left: String, right: String },
}

impl Mistake for ExpressionError {
    fn into_diagnostic(self) -> Diagnostic {
        match self {
            Self::Incomparable { one, first, two, span } => error(
                "symmachia::model::incomparable",
                format!("{} cannot be compared with {}", with_article(&one), with_article(&two)),
            )
            .at(span, with_article(&two))
            .at(first, with_article(&one)),
            Self::NotANumber { what, noun, span } => {
                error("symmachia::model::not_a_number", format!("`{what}` is a {noun}, and a number is expected here"))
                    .at(span, "")
            }
            Self::NoKind { span } => {
                error("symmachia::model::incomparable", "nothing says of what kind the two sides are")
                    .at(span, "")
                    .help("declare one of them")
            }
            Self::Unordered { kind, span, left, right } => {
                error("symmachia::model::not_ordered", format!("members of `{kind}` have no order"))
                    .at(span, "")
                    .help(format!("individuals are compared with `=` and `!=`: `{left} = {right}`"))
            }
        }
    }
}
