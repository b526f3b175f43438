//! Rows that have an end and are taken as open all the same, in words.

use super::told_lines::ToldLines;
use crate::diagnostic::Diagnostic;
use crate::text::Span;

/// Rows for which `or open where c` holds, and which have an end before others do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenWithEnd {
    /// The cell of the end, or of its year, as written.
    pub cell: String,
    /// The end of the first such row.
    pub end: String,
    /// The last end in the table.
    pub last_end: String,
}

impl OpenWithEnd {
    /// Adds to what is said at the condition, `condition` as written.
    pub(super) fn tell(&self, diagnostic: Diagnostic, lines: &ToldLines, span: Span, condition: &str) -> Diagnostic {
        let OpenWithEnd { cell, end, last_end } = self;
        let first = if lines.count() == 1 { "which ends" } else { "of which the first ends" };
        diagnostic.at(span, format!("{lines}, {first} {end}; others end as late as {last_end}")).help(format!(
            "if the end counts, write `or open` alone: it holds where there is no end; if such an end is only the last day of which the \
             table tells, let the condition name it too: `or open where {condition} or missing({cell})`"
        ))
    }
}
