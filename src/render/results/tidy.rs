//! Tidy tables: a row for each case and span, or year.

use super::{Extent, Results, Row, Table};
use crate::explain::Answer;
use crate::render::sheet::CsvSink;
use crate::sheet::{Cell, Column, Failure, Sink};
use crate::time::Interval;
use crate::verdict::Verdict;

/// The columns are `criterion`, one for each role, `verdict` (and `value`, where a measure is among what was asked), and then
/// `from` and `until`, both included; or `on`; or `year`.
#[must_use]
pub fn columns(results: &Results) -> Vec<Column> {
    let mut names = vec!["criterion"];
    names.extend(roles(&results.tables));
    names.push("verdict");
    if has_values(results) {
        names.push("value");
    }
    names.extend(match results.extent {
        Extent::Period(_) => vec!["from", "until"],
        Extent::Day(_) => vec!["on"],
        Extent::Years(_) => vec!["year"],
    });
    let is_numeric = |name: &str, place: usize| name == "year" && place + 1 == names.len();
    let mut columns: Vec<Column> = Vec::new();
    for (place, name) in names.iter().enumerate() {
        // A role may have the name of a column of ours: `trade(from, to)`.
        let mut own = (*name).to_owned();
        while columns.iter().any(|column| column.name == own) {
            own.push_str("_day");
        }
        columns.push(Column { name: own, is_numeric: is_numeric(name, place) });
    }
    columns
}

/// Hands on a row for each case and span (or year). A case that is not applicable throughout keeps a row.
///
/// # Errors
/// Where whoever takes them takes no more.
pub fn rows(results: &Results, sink: &mut dyn Sink) -> Result<(), Failure> {
    let (roles, has_values) = (roles(&results.tables), has_values(results));
    for table in &results.tables {
        for row in &table.rows {
            for (span, answer) in complete(row, results.extent) {
                let record = record(table, row, &roles, has_values, results.extent, span, &answer);
                let cell = |word: &String| if word.is_empty() { Cell::Missing } else { Cell::text(word.clone()) };
                sink.row(&record.iter().map(cell).collect::<Vec<_>>())?;
            }
        }
    }
    sink.finish()
}

/// The rows as comma-separated values.
#[must_use]
pub fn csv(results: &Results) -> String {
    let mut text = Vec::new();
    // Writing to memory does not fail.
    let _ = CsvSink::new(&mut text, &columns(results)).and_then(|mut sink| rows(results, &mut sink));
    String::from_utf8(text).unwrap_or_default()
}

fn has_values(results: &Results) -> bool {
    let rows = || results.tables.iter().flat_map(|table| &table.rows);
    rows().any(|row| row.spans.iter().any(|(_, answer)| matches!(answer, Answer::Value(_))))
}

/// The names of all roles, each once.
fn roles(tables: &[Table]) -> Vec<&str> {
    let mut roles: Vec<&str> = Vec::new();
    for role in tables.iter().flat_map(|table| &table.roles) {
        if !roles.contains(&role.as_str()) {
            roles.push(role);
        }
    }
    roles
}

/// The spans of a row; not applicable where it has none, so that no case is lost.
fn complete(row: &Row, extent: Extent) -> Vec<(Interval, Answer)> {
    if !row.spans.is_empty() {
        return row.spans.clone();
    }
    let whole = match extent {
        Extent::Period(period) | Extent::Years(period) => period,
        Extent::Day(day) => Interval { first: day, last: day },
    };
    vec![(whole, Answer::Verdict(Verdict::NotApplicable))]
}

fn record(
    table: &Table,
    row: &Row,
    roles: &[&str],
    has_values: bool,
    extent: Extent,
    span: Interval,
    answer: &Answer,
) -> Vec<String> {
    let mut record = vec![table.name.clone()];
    for role in roles {
        let place = table.roles.iter().position(|own| own == role);
        record.push(place.map_or(String::new(), |place| row.individuals[place].name.clone()));
    }
    let (verdict, value) = match answer {
        Answer::Verdict(verdict) => (verdict.name().to_owned(), String::new()),
        Answer::Value(value) => (String::new(), value.clone()),
    };
    record.push(verdict);
    if has_values {
        record.push(value);
    }
    match extent {
        Extent::Period(_) => record.extend([span.first.machine_date(), span.last.machine_date()]),
        Extent::Day(_) => record.push(span.first.machine_date()),
        Extent::Years(_) => record.push(span.first.year().to_string()),
    }
    record
}
