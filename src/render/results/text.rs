//! Answers for people.

use super::{Extent, Results, Row, Table};
use crate::explain::Answer;
use crate::render::Look;
use crate::render::table;
use crate::render::timeline::{CaseTimeline, Step, interval_in_words, timelines};
use crate::render::words::visible;
use crate::time::{Day, Interval};
use crate::verdict::Verdict;

/// Timelines over a period or over years; a table for a day.
#[must_use]
pub fn text(results: &Results, look: &Look) -> String {
    match results.extent {
        Extent::Day(day) => on_day(&results.tables, day, look),
        // Without dates there is nothing to draw.
        Extent::Period(Interval::ALL) if never_changes(&results.tables) => {
            format!("throughout\n\n{}", grouped(&results.tables, look))
        }
        Extent::Period(period) => over_time(&results.tables, period, Step::Days, look),
        Extent::Years(period) => over_time(&results.tables, period, Step::Years, look),
    }
}

fn over_time(tables: &[Table], period: Interval, step: Step, look: &Look) -> String {
    let mut parts = Vec::new();
    for table in tables {
        let title = format!("{}({})", table.name, table.roles.join(", "));
        let body = match table.rows.as_slice() {
            [] => "no cases\n".to_owned(),
            rows if rows.iter().any(has_values) => rows.iter().map(|row| values(row, period)).collect(),
            rows => timelines(&rows.iter().map(timeline).collect::<Vec<_>>(), period, step, look),
        };
        parts.push(format!("{title}\n\n{body}"));
    }
    parts.join("\n")
}

fn has_values(row: &Row) -> bool {
    row.spans.iter().any(|(_, answer)| matches!(answer, Answer::Value(_)))
}

fn timeline(row: &Row) -> CaseTimeline {
    let mut spans: Vec<(Interval, Verdict)> = Vec::new();
    for (span, answer) in &row.spans {
        let Answer::Verdict(verdict) = answer else { continue };
        match spans.last_mut() {
            // Years of one verdict are one span.
            Some((before, same)) if same == verdict && before.last.next() == span.first => before.last = span.last,
            _ => spans.push((*span, *verdict)),
        }
    }
    CaseTimeline { label: row.label(), spans }
}

/// A case of a measure: its values, one below the other.
fn values(row: &Row, period: Interval) -> String {
    let mut out = format!("{}\n", visible(&row.label()));
    for (span, answer) in &row.spans {
        out.push_str(&format!("  {} {}\n", visible(answer.words()), interval_in_words(*span, period)));
    }
    out
}

/// Cases below one another, criteria side by side where they are about the same cases.
fn on_day(tables: &[Table], day: Day, look: &Look) -> String {
    format!("on {day}\n\n{}", grouped(tables, look))
}

fn never_changes(tables: &[Table]) -> bool {
    tables.iter().flat_map(|table| &table.rows).all(|row| row.spans.len() == 1)
}

/// Criteria about the same cases stand side by side.
fn grouped(tables: &[Table], look: &Look) -> String {
    let mut groups: Vec<Vec<&Table>> = Vec::new();
    for table in tables {
        let same = |group: &&mut Vec<&Table>| group.first().is_some_and(|first| have_same_cases(first, table));
        match groups.iter_mut().find(same) {
            Some(group) => group.push(table),
            None => groups.push(vec![table]),
        }
    }
    let drawn: Vec<String> = groups.iter().map(|group| table::verdicts(group, look)).collect();
    drawn.join("\n")
}

fn have_same_cases(left: &Table, right: &Table) -> bool {
    left.rows.iter().map(|row| &row.individuals).eq(right.rows.iter().map(|row| &row.individuals))
}
