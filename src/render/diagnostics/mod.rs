//! What is wrong: for eyes, for ears, for machines.
//!
//! ```text
//! human.rs  drawn by miette
//! plain.rs  narrated in ASCII
//! json.rs   for machines
//! order.rs  sorted, and each once
//! ```

pub(super) mod human;
mod json;
mod order;
mod plain;

pub use json::{JsonDiagnostic, JsonLabel, VERSION, json};
pub use order::in_order;

use super::Look;
use crate::diagnostic::{Diagnostic, Severity};
use crate::text::Texts;

/// What a severity is called.
#[must_use]
pub fn severity_name(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Failure => "failed",
        Severity::Warning => "warning",
        Severity::Note => "note",
    }
}

/// Diagnostics for people, sorted, each once; the page of the first code is named at the end.
#[must_use]
pub fn text(diagnostics: &[Diagnostic], texts: &Texts, look: &Look) -> String {
    let ordered = in_order(diagnostics, texts);
    let mut out = String::new();
    for diagnostic in &ordered {
        out.push_str(&one(diagnostic, texts, look));
        out.push('\n');
    }
    if let Some(first) = ordered.first() {
        out.push_str(&page_hint(first.code, ordered.iter().any(|diagnostic| diagnostic.code != first.code)));
    }
    out
}

/// One diagnostic for people, ending with a line break.
#[must_use]
pub fn one(diagnostic: &Diagnostic, texts: &Texts, look: &Look) -> String {
    if look.drawn { human::one(diagnostic, texts, look) } else { plain::one(diagnostic, texts) }
}

fn page_hint(code: &str, there_are_more: bool) -> String {
    let others = if there_are_more { ", and likewise for the other codes" } else { "" };
    format!("More about it: symmachia explain-code {code}{others}\n")
}
