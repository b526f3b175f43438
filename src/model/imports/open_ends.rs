//! Rows that `or open where c` takes as open though they have an end.

use super::columns::Chosen;
use super::dates::Told;
use super::left_out::LeftOuts;
use super::templates::Template;
use super::times::OpenWhere;
use crate::tables::{Formula, OpenWithEnd, RowOf, Table, ToldLines, Why};
use crate::text::{Span, Texts};
use crate::time::Day;
use std::collections::{BTreeMap, BTreeSet};

/// Such rows of one place of an import.
struct Found {
    span: Span,
    cell: Span,
    rows: BTreeMap<u32, Day>,
    last_end: Day,
}

/// Tells of each condition behind `or open where` which rows it opens in spite of their end.
///
/// A table that marks what still went on when it was made gives such rows its own last day as an end: they are meant, and so are those
/// of a condition that looks at the end, or its year, itself.
pub(super) fn doubt_open_ends(templates: &[Template], table: &Table, texts: &Texts, left_out: &mut LeftOuts<'_>) {
    let mut all: BTreeMap<String, Found> = BTreeMap::new();
    for template in templates {
        let Some(open) = template.times.open_where() else { continue };
        let Some(found) = found(&open, template.among.as_ref(), table) else { continue };
        // Templates of one spell tell the same.
        match all.get_mut(texts.slice(open.span)) {
            Some(known) => known.rows.extend(found.rows),
            None => drop(all.insert(texts.slice(open.span).to_owned(), found)),
        }
    }
    for Found { span, cell, rows, last_end } in all.into_values() {
        let Some(end) = rows.values().next() else { continue };
        let why =
            OpenWithEnd { cell: texts.slice(cell).to_owned(), end: end.to_string(), last_end: last_end.to_string() };
        let mut lines = ToldLines::default();
        rows.keys().for_each(|line| lines.add(*line));
        left_out.push(Why::OpenWithEnd(Box::new(why)), lines, span);
    }
}

/// The rows that a template takes which are opened before the last end.
fn found(open: &OpenWhere<'_>, among: Option<&Formula>, table: &Table) -> Option<Found> {
    let of_condition: BTreeSet<usize> = open.condition.columns().into_iter().collect();
    let of_year = open.end.year_columns();
    if of_year.is_empty() || of_year.iter().any(|column| of_condition.contains(column)) {
        return None;
    }
    let rows = Chosen::new(table, among);
    let is_open = rows.each_value(&open.condition.columns(), |row| Some(open.condition.holds(row) == Some(true)))?;
    let end = |row: RowOf<'_>| match open.end.told(row) {
        Told::Period(period, _) => Some(period.last),
        Told::Missing | Told::Wrong(_) => None,
    };
    let mut opened: Vec<(usize, Day)> = Vec::new();
    is_open.each(|row, is_open| {
        if is_open {
            opened.extend(rows.with(row, end).map(|end| (row, end)));
        }
    });
    // Most conditions open what has no end.
    opened.first()?;
    let last_end = (0..rows.len()).filter_map(|row| rows.with(row, end)).max()?;
    let lines = rows.lines();
    let early = opened.into_iter().filter(|(_, end)| *end < last_end);
    let rows: BTreeMap<u32, Day> = early.map(|(row, end)| (lines.at(row), end)).collect();
    (!rows.is_empty()).then_some(Found { span: open.span, cell: open.end.year_span, rows, last_end })
}
