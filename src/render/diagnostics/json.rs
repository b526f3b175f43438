//! Diagnostics for machines.

use super::in_order;
use crate::diagnostic::{Diagnostic, Severity};
use crate::text::{Span, Texts};
use serde::Serialize;

/// The version of the form below; it changes when a field changes its meaning or goes.
pub const VERSION: u32 = 1;

/// A diagnostic.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct JsonDiagnostic {
    /// `symmachia::phase::name`
    pub code: &'static str,
    /// `error`, `failure`, `warning` or `note`
    pub severity: Severity,
    /// What is wrong.
    pub message: String,
    /// Where; the first is the place of the mistake.
    pub labels: Vec<JsonLabel>,
    /// What to do about it.
    pub help: Option<String>,
}

/// A place, and what is said of it. Lines and columns count from 1, columns in characters; the end is exclusive.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct JsonLabel {
    /// The file's name, as everywhere.
    pub file: String,
    /// Line of the first character.
    pub line: usize,
    /// Column of the first character.
    pub column: usize,
    /// Line of the first character after it.
    pub end_line: usize,
    /// Column of the first character after it.
    pub end_column: usize,
    /// What is said of it.
    pub text: String,
}

/// Diagnostics in the order of showing, each once.
#[must_use]
pub fn json(diagnostics: &[Diagnostic], texts: &Texts) -> Vec<JsonDiagnostic> {
    in_order(diagnostics, texts)
        .into_iter()
        .map(|diagnostic| JsonDiagnostic {
            code: diagnostic.code,
            severity: diagnostic.severity,
            message: diagnostic.message.clone(),
            labels: diagnostic
                .labels
                .iter()
                .map(|label| {
                    let (line, column) = texts.line_and_column(label.span);
                    let end = Span { start: label.span.end, ..label.span };
                    let (end_line, end_column) = texts.line_and_column(end);
                    let file = texts.get(label.span.file).name.clone();
                    JsonLabel { file, line, column, end_line, end_column, text: label.text.clone() }
                })
                .collect(),
            help: diagnostic.help.clone(),
        })
        .collect()
}
