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
use super::words::grouped;
use crate::diagnostic::{Diagnostic, Severity};
use crate::text::Texts;
use std::collections::BTreeMap;

/// More diagnostics of one code say nothing new to a person.
const MOST_OF_A_CODE: usize = 20;

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
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for diagnostic in &ordered {
        let count = counts.entry(diagnostic.code).or_default();
        *count += 1;
        if *count <= MOST_OF_A_CODE {
            out.push_str(&one(diagnostic, texts, look));
            out.push('\n');
        }
    }
    for (code, count) in counts.iter().filter(|(_, count)| **count > MOST_OF_A_CODE) {
        let more = grouped(count - MOST_OF_A_CODE);
        out.push_str(&format!("{more} more of {code} are not shown; `--format json` has all\n\n"));
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
