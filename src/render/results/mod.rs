//! Answers over many cases: drawn, as a table, and for machines.
//!
//! ```text
//! text.rs  timelines, or a table for one day
//! tidy.rs  a row for each case and span (or year)
//! json.rs  versioned
//! ```

mod json;
mod text;
pub mod tidy;

pub use json::{VERSION, json};
pub use text::text;
pub use tidy::csv;

use crate::explain::Answer;
use crate::time::{Day, Interval};

/// What was asked of which cases, and what came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Results {
    /// About what time.
    pub extent: Extent,
    /// One for each criterion or measure.
    pub tables: Vec<Table>,
}

/// About what time something was asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Extent {
    /// Day by day within a period.
    Period(Interval),
    /// On one day.
    Day(Day),
    /// Year by year; every span of an answer is a year.
    Years(Interval),
}

/// The answers for a criterion or measure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// Its name, with that of its framework.
    pub name: String,
    /// The names of its roles.
    pub roles: Vec<String>,
    /// In the order of the individuals.
    pub rows: Vec<Row>,
}

/// The answers for a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// One for each role.
    pub individuals: Vec<Named>,
    /// In order of time; what is not covered is not applicable.
    pub spans: Vec<(Interval, Answer)>,
}

/// An individual.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// As the language writes it.
    pub name: String,
    /// As a reader is told of it.
    pub label: String,
}

impl Row {
    /// `Russia, Kazakhstan`
    #[must_use]
    pub fn label(&self) -> String {
        self.individuals.iter().map(|individual| individual.label.as_str()).collect::<Vec<_>>().join(", ")
    }
}

/// A date for machines: ISO 8601 with astronomical years, so that 433 BC is `-0432`.
pub(super) fn machine_date(day: Day) -> String {
    let date = day.date();
    let sign = if date.year() < 0 { "-" } else { "" };
    format!("{sign}{:04}-{:02}-{:02}", date.year().unsigned_abs(), date.month(), date.day())
}
