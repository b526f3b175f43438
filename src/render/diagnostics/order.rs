//! Sorted by file, place and code; each once.

use crate::diagnostic::Diagnostic;
use crate::text::Texts;
use std::cmp::Ordering;

/// The diagnostics in the order of showing. Those without a place come first.
#[must_use]
pub fn in_order<'a>(diagnostics: &'a [Diagnostic], texts: &Texts) -> Vec<&'a Diagnostic> {
    let mut ordered: Vec<&Diagnostic> = diagnostics.iter().collect();
    // By name and not by id, so that the order in which files were named changes nothing.
    ordered.sort_by(|left, right| compare(left, right, texts));
    ordered.dedup();
    ordered
}

fn compare(left: &Diagnostic, right: &Diagnostic, texts: &Texts) -> Ordering {
    place(left, texts).cmp(&place(right, texts)).then_with(|| rest(left).cmp(&rest(right)))
}

fn place<'a>(diagnostic: &Diagnostic, texts: &'a Texts) -> Option<(&'a str, u32, u32)> {
    let span = diagnostic.labels.first()?.span;
    Some((texts.get(span.file).name.as_str(), span.start, span.end))
}

/// Everything else, so that equal diagnostics lie side by side.
fn rest(diagnostic: &Diagnostic) -> impl Ord + '_ {
    let labels: Vec<_> = diagnostic.labels.iter().map(|label| (label.span, label.text.as_str())).collect();
    (diagnostic.code, diagnostic.severity, diagnostic.message.as_str(), diagnostic.help.as_deref(), labels)
}
