//! Columns that should tell who it is and seem to tell when it was, in words.

use super::unread::listed;
use crate::diagnostic::Diagnostic;
use crate::text::Span;

/// A column that is read as states and is full of years.
#[derive(Debug, Clone, PartialEq)]
pub struct YearsForCodes {
    /// The kind of those whom it should tell.
    pub kind: String,
    /// The scheme of codes; none where it holds names.
    pub scheme: Option<String>,
    /// The first few of its texts.
    pub examples: Vec<String>,
    /// Where the same column is read as a date, if it is.
    pub date: Option<Span>,
}

impl YearsForCodes {
    /// Adds to what is said at the cell.
    pub(super) fn tell(&self, diagnostic: Diagnostic, span: Span) -> Diagnostic {
        let examples = listed(self.examples.iter().map(String::as_str));
        let diagnostic = diagnostic.at(span, format!("it holds {examples}"));
        let diagnostic = match self.date {
            Some(date) => diagnostic.at(date, "the same column is a date here"),
            None => diagnostic,
        };
        let wanted = match &self.scheme {
            Some(scheme) => format!("with codes of `{scheme}`"),
            None => "with names".to_owned(),
        };
        diagnostic.help(format!("is another column meant, one {wanted}?"))
    }
}
