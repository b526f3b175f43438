//! Timelines of verdicts, drawn: a bar for each case over a period, an axis, and the exact spans as text.
//!
//! ```text
//! axis.rs   years (or months, or days) above the bars
//! bar.rs    which verdict stands in which column
//! spans.rs  the exact spans, in words
//! ```

mod axis;
mod bar;
mod spans;

pub use spans::interval_in_words;

use super::Look;
use super::verdicts::{coloured, legend, sign};
use super::words::visible;
use crate::time::Interval;
use crate::verdict::Verdict;
use unicode_width::UnicodeWidthStr;

/// A case and its verdicts over a period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseTimeline {
    /// What it is called.
    pub label: String,
    /// In order of time, without overlaps; what is not covered is not applicable.
    pub spans: Vec<(Interval, Verdict)>,
}

/// What the columns of a drawing stand for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Days: spans are told by their days.
    Days,
    /// Years: spans are told by their years.
    Years,
}

/// Longer labels stand on a line of their own.
const LONGEST_LABEL: usize = 28;
/// Where labels have lines of their own.
const INDENT: usize = 2;
/// A drawing wider than this is hard to follow.
const WIDEST: usize = 100;

/// Timelines that belong together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// Above them; empty for none.
    pub title: String,
    /// Below one another.
    pub timelines: Vec<CaseTimeline>,
}

/// Draws timelines, with a legend.
#[must_use]
pub fn timelines(cases: &[CaseTimeline], period: Interval, step: Step, look: &Look) -> String {
    groups(&[Group { title: String::new(), timelines: cases.to_vec() }], period, step, look)
}

/// Draws groups of timelines under one axis, with a legend.
#[must_use]
pub fn groups(groups: &[Group], period: Interval, step: Step, look: &Look) -> String {
    let cases = || groups.iter().flat_map(|group| &group.timelines);
    let longest = cases().map(|case| visible(&case.label).width()).max().unwrap_or(0);
    let beside = longest <= LONGEST_LABEL;
    let margin = if beside { longest + 2 } else { INDENT };
    let columns = look.width.min(WIDEST).saturating_sub(margin + 1).max(20);
    let mut out = String::new();
    for line in axis::lines(period, columns, look.drawn) {
        push_line(&mut out, &format!("{:margin$}{line}", ""));
    }
    for group in groups {
        if !group.title.is_empty() {
            push_line(&mut out, &visible(&group.title));
        }
        for case in &group.timelines {
            let label = visible(&case.label);
            let bar = draw(&bar::columns(&case.spans, period, columns), look);
            if beside {
                let gap = " ".repeat(margin - label.width());
                push_line(&mut out, &format!("{label}{gap}{bar}"));
            } else {
                push_line(&mut out, &label);
                push_line(&mut out, &format!("{:margin$}{bar}", ""));
            }
            for line in spans::lines(&case.spans, period, step, columns, look.drawn) {
                push_line(&mut out, &format!("{:margin$}{line}", ""));
            }
        }
    }
    let mut occurring: Vec<Verdict> = cases().flat_map(|case| case.spans.iter().map(|(_, verdict)| *verdict)).collect();
    occurring.sort_unstable();
    occurring.dedup();
    if !occurring.is_empty() {
        out.push('\n');
        push_line(&mut out, &legend(&occurring, look));
    }
    out
}

fn draw(columns: &[Verdict], look: &Look) -> String {
    // Runs and not single columns are coloured, so that the text stays short.
    columns
        .chunk_by(|left, right| left == right)
        .map(|run| {
            let text: String = run.iter().map(|verdict| sign(*verdict, look.drawn)).collect();
            coloured(&text, run[0], look)
        })
        .collect()
}

fn push_line(out: &mut String, line: &str) {
    out.push_str(line.trim_end());
    out.push('\n');
}
