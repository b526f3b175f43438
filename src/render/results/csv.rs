//! Tidy CSV: a row for each case and span, or year.

use super::{Extent, Results, Row, Table, machine_date};
use crate::explain::Answer;
use crate::time::Interval;
use crate::verdict::Verdict;

/// The columns are `criterion`, one for each role, `verdict` (and `value`, where a measure is among what was asked), and then
/// `from` and `until`, both included; or `on`; or `year`. A case that is not applicable throughout keeps a row.
#[must_use]
pub fn csv(results: &Results) -> String {
    let roles = roles(&results.tables);
    let has_values = results
        .tables
        .iter()
        .flat_map(|table| &table.rows)
        .any(|row| row.spans.iter().any(|(_, answer)| matches!(answer, Answer::Value(_))));
    let mut header = vec!["criterion"];
    header.extend(&roles);
    header.push("verdict");
    if has_values {
        header.push("value");
    }
    header.extend(match results.extent {
        Extent::Period(_) => vec!["from", "until"],
        Extent::Day(_) => vec!["on"],
        Extent::Years(_) => vec!["year"],
    });
    let mut writer = ::csv::Writer::from_writer(Vec::new());
    // Writing to memory does not fail, and every record has the header's length.
    let _ = writer.write_record(&header);
    for table in &results.tables {
        for row in &table.rows {
            for (span, answer) in complete(row, results.extent) {
                let _ = writer.write_record(record(table, row, &roles, has_values, results.extent, span, &answer));
            }
        }
    }
    String::from_utf8(writer.into_inner().unwrap_or_default()).unwrap_or_default()
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
        Extent::Period(_) => record.extend([machine_date(span.first), machine_date(span.last)]),
        Extent::Day(_) => record.push(machine_date(span.first)),
        Extent::Years(_) => record.push(span.first.year().to_string()),
    }
    record
}
