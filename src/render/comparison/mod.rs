//! Rivals set against one another, for people and for machines.
//!
//! ```text
//! blocks.rs      what is said, in headings, paragraphs, tables and items
//! many.rs        what is said of many: numbered, in matrices, and case by case
//! matrix.rs      the verdicts side by side
//! statistics.rs  agreement, cross-tables, set-theoretic fit
//! partings.rs    where they part, and through what
//! text.rs        on a terminal, or narrated
//! markdown.rs    \
//! latex.rs        | for papers
//! csv.rs         the verdicts side by side, and truth tables, for spreadsheets
//! csv_tables.rs  statistics and partings, likewise
//! json.rs        versioned
//! json_partings.rs  the cases in which rivals part, in it
//! logic.rs       what follows from what, and the cases that separate
//! ```

mod blocks;
mod csv;
mod csv_tables;
mod json;
mod json_partings;
mod latex;
mod logic;
mod many;
mod markdown;
mod matrix;
mod partings;
mod statistics;
mod text;

pub use csv::{csv, truth_table};
pub use csv_tables::{partings_csv, statistics_csv};
pub use json::{VERSION, json};
pub use latex::latex;
pub use logic::{evidence, logic, logic_json};
pub use markdown::markdown;
pub use text::text;

use super::words::grouped;
use crate::compare::{Comparison, Moment, Statistic};
use crate::time::Interval;

/// `7,913 days`, `3 years`, `1 case`
fn amount(number: u64, moment: Moment) -> String {
    let (one, many) = noun(moment);
    let noun = if number == 1 { one } else { many };
    format!("{} {noun}", grouped(usize::try_from(number).unwrap_or(usize::MAX)))
}

/// `on 7,913 days`, `in 3 cases`
fn during(number: u64, moment: Moment) -> String {
    format!("{} {}", preposition(moment), amount(number, moment))
}

/// `on 438 of 40,682 days (1.1%)`
fn part_of(part: u64, total: u64, moment: Moment) -> String {
    let share = if total == 0 { 0.0 } else { part as f64 / total as f64 };
    format!("{} {} of {} ({})", preposition(moment), number(part), amount(total, moment), percent(share))
}

fn preposition(moment: Moment) -> &'static str {
    if matches!(moment, Moment::Period(_)) { "on" } else { "in" }
}

/// What counts as one.
fn noun(moment: Moment) -> (&'static str, &'static str) {
    match moment {
        Moment::Day(_) | Moment::Throughout => ("case", "cases"),
        Moment::Period(_) => ("day", "days"),
        Moment::Years(_) => ("year", "years"),
    }
}

fn number(number: u64) -> String {
    grouped(usize::try_from(number).unwrap_or(usize::MAX))
}

/// `98.0%`; all and none are said only where it is all or none.
fn percent(share: f64) -> String {
    match format!("{:.1}", share * 100.0).as_str() {
        "100.0" if share < 1.0 => ">99.9%".to_owned(),
        "0.0" if share > 0.0 => "<0.1%".to_owned(),
        rounded => format!("{rounded}%"),
    }
}

/// Three decimals, as such coefficients are printed; never a negative nought.
fn coefficient(statistic: Statistic) -> String {
    match statistic {
        Ok(value) => {
            let text = format!("{value:.3}");
            if text == "-0.000" { "0.000".to_owned() } else { text }
        }
        Err(_) => "undefined".to_owned(),
    }
}

/// The whole time of a comparison.
fn whole(comparison: &Comparison) -> Interval {
    match comparison.moment {
        Moment::Day(day) => Interval { first: day, last: day },
        Moment::Period(period) | Moment::Years(period) => period,
        Moment::Throughout => Interval::ALL,
    }
}

/// When a spell is, in words; empty where there is but one moment.
fn when(days: Interval, moment: Moment) -> String {
    match moment {
        Moment::Day(_) | Moment::Throughout => String::new(),
        Moment::Period(_) if days.first == days.last => days.first.to_string(),
        Moment::Period(_) => format!("{} to {}", days.first, days.last),
        Moment::Years(_) => {
            let year = |year: i16| if year > 0 { year.to_string() } else { format!("{} BC", 1 - i32::from(year)) };
            let (first, last) = (days.first.year(), days.last.year());
            if first == last { year(first) } else { format!("{} to {}", year(first), year(last)) }
        }
    }
}

/// `a`, `a or b`
fn listed_or(names: &[&str]) -> String {
    names.join(" or ")
}

/// `a`, `a and b`, `a, b and c`
fn listed(names: &[&str]) -> String {
    match names {
        [] => String::new(),
        [only] => (*only).to_owned(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}
