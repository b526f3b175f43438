//! Names and literals.

use crate::time::Day;
use std::collections::BTreeSet;

/// Names that are taken. Capitals make no difference to SQL.
#[derive(Debug, Default)]
pub(super) struct Names(BTreeSet<String>);

impl Names {
    /// The name, or the name with a number, where it is taken.
    pub(super) fn unique(&mut self, name: &str) -> String {
        let mut tried = name.to_owned();
        let mut number = 2;
        while !self.0.insert(tried.to_lowercase()) {
            tried = format!("{name}_{number}");
            number += 1;
        }
        tried
    }
}

/// Columns that every table of this query has besides those of individuals.
const RESERVED: &[&str] = &[
    "year",
    "day",
    "first",
    "last",
    "side",
    "value",
    "is_for",
    "settled_for",
    "is_against",
    "settled_against",
    "is_open",
    "applies",
    "least",
    "most",
    "settled_least",
    "settled_most",
    "unrecorded",
    "verdict",
];

/// Names of columns for variables or roles, each its own.
pub(super) fn columns<'n>(names: impl Iterator<Item = &'n str>) -> Vec<String> {
    let mut taken = Names::default();
    for name in RESERVED {
        taken.unique(name);
    }
    names.map(|name| taken.unique(if name == "_" { "any" } else { name })).map(|name| quoted(&name)).collect()
}

/// `"ally"`
pub(super) fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// Columns and some more.
pub(super) fn columns_and(columns: &[String], more: &[&str]) -> Vec<String> {
    columns.iter().cloned().chain(more.iter().map(|name| quoted(name))).collect()
}

/// A name without its quotation marks.
pub(super) fn unquoted(name: &str) -> String {
    name.strip_prefix('"').and_then(|name| name.strip_suffix('"')).unwrap_or(name).replace("\"\"", "\"")
}

/// `'it''s'`
pub(super) fn text(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

/// What a view of a relation is called: `de_jure.ally` is `de_jure_ally`.
pub(super) fn view(qualified: &str) -> String {
    qualified.replace('.', "_")
}

/// A number of floating point.
pub(super) fn number(number: f64) -> String {
    if number == f64::INFINITY {
        INFINITY.to_owned()
    } else if number == f64::NEG_INFINITY {
        format!("-{INFINITY}")
    } else {
        format!("{number:e}")
    }
}

/// Larger than every number.
pub(super) const INFINITY: &str = "cast('infinity' as double)";

/// `date '1999-04-02'`
pub(super) fn date(day: Day) -> String {
    let date = day.date();
    if date.year() > 0 {
        format!("date '{:04}-{:02}-{:02}'", date.year(), date.month(), date.day())
    } else {
        format!("date '{:04}-{:02}-{:02} (BC)'", 1 - i32::from(date.year()), date.month(), date.day())
    }
}

/// Rows of literals as a table with these columns.
pub(super) fn rows(rows: &[Vec<String>], columns: &[String]) -> String {
    if rows.is_empty() {
        return String::new();
    }
    let lines: Vec<String> = rows.iter().map(|row| format!("({})", row.join(", "))).collect();
    format!("select * from (values\n    {}\n  ) as listed({})", lines.join(",\n    "), columns.join(", "))
}
