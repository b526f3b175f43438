//! Rows without an end whose source has no last day, so that they hold for good.

use super::columns::Chosen;
use super::dates::Told;
use super::left_out::LeftOuts;
use super::templates::Template;
use super::times::Open;
use crate::model::program::Source;
use crate::tables::{Formula, Table, ToldLines, Why};
use crate::text::{Span, Texts};
use std::collections::{BTreeMap, BTreeSet};

/// Tells of each `or open` which rows it lets hold for good, where a source that the import cites is declared without a last day.
pub(super) fn doubt_endless(
    templates: &[Template],
    table: &Table,
    texts: &Texts,
    sources: &[Source],
    left_out: &mut LeftOuts<'_>,
) {
    let mut all: BTreeMap<&str, (Span, &Source, BTreeSet<u32>)> = BTreeMap::new();
    for template in templates {
        let cited = template.draft.pattern.citations.iter().filter_map(|citation| sources.get(citation.source.index()));
        let Some(source) = { cited }.find(|source| source.citation.is_some() && source.horizon.is_none()) else {
            continue;
        };
        let Some(open) = template.times.open() else { continue };
        let lines = endless(&open, template.among.as_ref(), table);
        if !lines.is_empty() {
            // Templates of one spell tell the same.
            all.entry(texts.slice(open.span)).or_insert((open.span, source, BTreeSet::new())).2.extend(lines);
        }
    }
    for (span, source, rows) in all.into_values() {
        let mut lines = ToldLines::default();
        rows.into_iter().for_each(|line| lines.add(line));
        left_out.push(Why::Endless { source: source.name.clone(), declared: source.span }, lines, span);
    }
}

/// The lines of the rows that a template takes which have no end.
fn endless(open: &Open<'_>, among: Option<&Formula>, table: &Table) -> Vec<u32> {
    let columns = open.condition.map_or_else(|| open.end.year_columns(), Formula::columns);
    let rows = Chosen::new(table, among);
    let is_open = rows.each_value(&columns, |row| {
        Some(match open.condition {
            Some(condition) => condition.holds(row) == Some(true),
            None => matches!(open.end.told(row), Told::Missing),
        })
    });
    let lines = rows.lines();
    let mut found = Vec::new();
    if let Some(is_open) = is_open {
        is_open.each(|row, is_open| {
            if is_open {
                found.push(lines.at(row));
            }
        });
    }
    found
}
