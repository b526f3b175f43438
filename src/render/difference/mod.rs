//! What turns when something is changed.
//!
//! ```text
//! versions.rs    two versions over the same cases
//! robustness.rs  each part of a program left out in turn
//! sheet.rs       the rows of either, for spreadsheets and for papers
//! ```

mod robustness;
mod sheet;
mod versions;

pub use robustness::{robustness, robustness_json, robustness_sheet};
pub use sheet::Sheet;
pub use versions::{Versions, versions, versions_json, versions_sheet};

use super::Look;
use super::timeline::interval_in_words;
use super::words::{visible, wrapping};
use crate::diff::AskedCase;
use crate::explain::Answer;
use crate::text::{Span, Texts};
use crate::time::Interval;
use serde::Serialize;

/// Version of the forms that [`versions_json`] and [`robustness_json`] give.
pub const VERSION: u32 = 1;

/// `Russia, Kazakhstan`; with the criterion where several were asked about.
fn title(cases: &[AskedCase], place: usize) -> String {
    let case = &cases[place];
    let is_single = cases.iter().all(|other| other.criterion == case.criterion);
    let title = if is_single { case.label.clone() } else { format!("{}({})", case.criterion, case.label) };
    visible(&title).into_owned()
}

/// ` 1992-05-15 to 1999-01-01`; nothing where one day was asked about.
fn when(days: Interval, period: Interval) -> String {
    if period.first == period.last { String::new() } else { format!(" {}", interval_in_words(days, period)) }
}

/// `met → not met`
fn turn(before: &Answer, after: &Answer) -> String {
    format!("{} → {}", visible(before.words()), visible(after.words()))
}

/// What was asked about, in words: ` on 2014-01-12`, ` 1992-01-01 to 2014-12-31`.
fn extent(cases: &[AskedCase]) -> String {
    let hull = cases
        .iter()
        .map(|case| case.period)
        .reduce(|one, other| Interval { first: one.first.min(other.first), last: one.last.max(other.last) });
    match hull {
        None | Some(Interval::ALL) => String::new(),
        Some(period) if period.first == period.last => format!(" on {}", period.first),
        Some(period) => format!(", {} to {}", period.first, period.last),
    }
}

/// The criteria that were asked about, each once.
fn criteria(cases: &[AskedCase]) -> Vec<&str> {
    let mut names: Vec<&str> = Vec::new();
    for case in cases {
        if !names.contains(&case.criterion.as_str()) {
            names.push(&case.criterion);
        }
    }
    names
}

/// Lines of the look's width; what follows the first is indented by three more.
fn wrapped(text: &str, indent: &str, look: &Look) -> String {
    let further = format!("{indent}   ");
    let options = wrapping(look.width.clamp(40, 100)).initial_indent(indent).subsequent_indent(&further);
    textwrap::fill(&visible(text), options) + "\n"
}

#[derive(Serialize)]
struct JsonPlace {
    text: String,
    file: String,
    line: usize,
}

fn place(span: Span, texts: &Texts) -> JsonPlace {
    JsonPlace { text: one_line(texts.slice(span)), file: texts.get(span.file).name.clone(), line: line(span, texts) }
}

fn line(span: Span, texts: &Texts) -> usize {
    texts.line_and_column(span).0
}

/// `evidence.ally:17`
fn address(span: Span, texts: &Texts) -> String {
    format!("{}:{}", texts.get(span.file).name, line(span, texts))
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
