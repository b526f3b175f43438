//! The exact spans of a case, in words.

use super::Step;
use crate::time::{Day, Interval};
use crate::verdict::Verdict;

/// Spans that are told one by one.
const MOST_SPANS: usize = 8;

/// The spans as text, wrapped.
pub(super) fn lines(
    spans: &[(Interval, Verdict)],
    period: Interval,
    step: Step,
    width: usize,
    drawn: bool,
) -> Vec<String> {
    let told: Vec<&(Interval, Verdict)> =
        spans.iter().filter(|(_, verdict)| *verdict != Verdict::NotApplicable).collect();
    if told.is_empty() {
        return vec!["not applicable throughout".to_owned()];
    }
    let mut parts: Vec<String> = told
        .iter()
        .take(MOST_SPANS)
        .map(|(span, verdict)| format!("{verdict} {}", words(*span, period, step)))
        .collect();
    let more = told.len().saturating_sub(MOST_SPANS);
    if more > 0 {
        let sign = if drawn { "…" } else { "..." };
        parts.push(format!("{sign} and {more} more"));
    }
    wrapped(&parts, width)
}

/// Parts joined by semicolons, broken between them.
fn wrapped(parts: &[String], width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for (index, part) in parts.iter().enumerate() {
        let end = if index + 1 < parts.len() { ";" } else { "" };
        match lines.last_mut() {
            Some(line) if line.chars().count() + part.chars().count() + 2 <= width => {
                line.push_str(&format!(" {part}{end}"));
            }
            _ => lines.push(format!("{part}{end}")),
        }
    }
    lines
}

fn words(span: Interval, period: Interval, step: Step) -> String {
    match step {
        Step::Days => interval_in_words(span, period),
        Step::Years if span.first.year() == span.last.year() => year(span.first.year()),
        Step::Years => format!("{} to {}", year(span.first.year()), year(span.last.year())),
    }
}

/// `throughout`, `until 1999-01-01`, `from 1992-05-15`, `1992-05-15 to 1999-01-01`, `on 1999-04-02`: as seen within a period.
#[must_use]
pub fn interval_in_words(span: Interval, period: Interval) -> String {
    let (begins, ends) = (span.first > period.first, span.last < period.last);
    match (begins, ends) {
        (false, false) => "throughout".to_owned(),
        (true, true) if span.first == span.last => format!("on {}", span.first),
        (false, true) => format!("until {}", span.last),
        (true, false) if period.last == Day::LAST => format!("from {} on", span.first),
        (true, false) => format!("from {}", span.first),
        (true, true) => format!("{} to {}", span.first, span.last),
    }
}

/// `1992`, `433 BC`
fn year(year: i16) -> String {
    if year > 0 { year.to_string() } else { format!("{} BC", 1 - i32::from(year)) }
}
