//! Values that seem to stand for a missing one, in words.

use super::import_fault::written;
use super::told_lines::ToldLines;
use super::unread::SHOWN;
use crate::diagnostic::Diagnostic;
use crate::text::Span;

/// Values of a measure that tables write where there is none, far from all others.
#[derive(Debug, Clone, PartialEq)]
pub struct DoubtfulValues {
    /// What a row is called in the import.
    pub row: String,
    /// The columns.
    pub headers: Vec<String>,
    /// What stands in the cells, each once, the nearest to the others first.
    pub codes: Vec<String>,
    /// The least and the greatest of the other values.
    pub others: (f64, f64),
}

impl DoubtfulValues {
    /// Where they stand.
    pub(super) fn place(&self) -> String {
        match self.headers.as_slice() {
            [only] => format!("`{}`", written(only)),
            many => format!("{} columns", many.len()),
        }
    }

    /// Adds to what is said at the value.
    pub(super) fn tell(&self, diagnostic: Diagnostic, lines: &ToldLines, span: Span) -> Diagnostic {
        let DoubtfulValues { row, headers, codes, others: (least, most) } = self;
        let mut shown: Vec<String> = codes.iter().take(SHOWN).map(|code| format!("`{code}`")).collect();
        if codes.len() > SHOWN {
            shown.push("…".to_owned());
        }
        let quoted: Vec<String> = codes.iter().map(|code| format!("\"{code}\"")).collect();
        let quoted = quoted.join(", ");
        let (stand, meant) = match codes.as_slice() {
            [only] => (format!("`{only}` stands for a missing value"), "it is meant"),
            _ => ("these stand for missing values".to_owned(), "they are meant"),
        };
        let lowest = codes.last().map_or("", String::as_str);
        let help = match headers.as_slice() {
            [only] => {
                let column = format!("{row}.{}", written(only));
                format!(
                    "if {stand}, write `missing {quoted} in {column}`; if {meant}, say from which value on: `where {column} >= {lowest}`"
                )
            }
            _ => format!("if {stand}, write `missing {quoted}`"),
        };
        let place = format!("{lines}: {}; the others lie between {least} and {most}", shown.join(", "));
        diagnostic.at(span, place).help(help)
    }
}
