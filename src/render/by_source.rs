//! Answers by source: each case under all sources and under each alone, and the sources on which it hangs.

use super::Look;
use super::results::{Extent, Named, Row, Table, machine_date};
use super::table;
use super::timeline::{CaseTimeline, Step, interval_in_words, timelines};
use super::words::visible;
use crate::explain::Answer;
use crate::time::Interval;
use crate::verdict::Verdict;
use serde::Serialize;

/// What was asked by source, and what came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BySource {
    /// A day, or a period.
    pub extent: Extent,
    /// The sources that were heard alone.
    pub sources: Vec<String>,
    /// One for each criterion or measure.
    pub tables: Vec<SourceTable>,
}

/// The answers for a criterion or measure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceTable {
    /// Its name, with that of its framework.
    pub name: String,
    /// The names of its roles.
    pub roles: Vec<String>,
    /// In the order of the individuals.
    pub rows: Vec<SourceRow>,
}

/// The answers for a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceRow {
    /// One for each role.
    pub individuals: Vec<Named>,
    /// By all sources, with the names of those without which it would be another one.
    pub all: Vec<(Interval, Answer, Vec<String>)>,
    /// By each source alone.
    pub alone: Vec<Vec<(Interval, Answer)>>,
}

/// How the column for all sources together is called.
const ALL: &str = "all sources";
/// How the sources on which a verdict hangs are introduced.
const HANGS_ON: &str = "hangs on";

/// For people: a table for a day, timelines for a period.
#[must_use]
pub fn text(results: &BySource, look: &Look) -> String {
    let parts: Vec<String> = results
        .tables
        .iter()
        .map(|table| match results.extent {
            Extent::Day(day) => format!("{} on {day}\n\n{}", signature(table), on_day(results, table, look)),
            // Without dates there is nothing to draw.
            Extent::Period(Interval::ALL) if table.rows.iter().all(never_changes) => {
                format!("{} throughout\n\n{}", signature(table), on_day(results, table, look))
            }
            Extent::Period(period) | Extent::Years(period) => over_time(results, table, period, look),
        })
        .collect();
    parts.join("\n")
}

fn signature(table: &SourceTable) -> String {
    format!("{}({})", table.name, table.roles.join(", "))
}

fn never_changes(row: &SourceRow) -> bool {
    row.all.len() <= 1 && row.alone.iter().all(|spans| spans.len() <= 1)
}

fn on_day(results: &BySource, of: &SourceTable, look: &Look) -> String {
    let column = |name: &str, spans: &dyn Fn(&SourceRow) -> Vec<(Interval, Answer)>| Table {
        name: name.to_owned(),
        roles: of.roles.clone(),
        rows: of.rows.iter().map(|row| Row { individuals: row.individuals.clone(), spans: spans(row) }).collect(),
    };
    let mut columns = vec![column(ALL, &all_spans)];
    for (place, source) in results.sources.iter().enumerate() {
        columns.push(column(source, &|row| row.alone[place].clone()));
    }
    columns.push(column(HANGS_ON, &|row| {
        row.all.first().map(|(days, _, sources)| (*days, Answer::Value(sources.join(", ")))).into_iter().collect()
    }));
    table::verdicts(&columns.iter().collect::<Vec<_>>(), look)
}

fn all_spans(row: &SourceRow) -> Vec<(Interval, Answer)> {
    let mut spans: Vec<(Interval, Answer)> = Vec::new();
    for (days, answer, _) in &row.all {
        match spans.last_mut() {
            Some((before, same)) if same == answer && before.last.next() == days.first => before.last = days.last,
            _ => spans.push((*days, answer.clone())),
        }
    }
    spans
}

fn over_time(results: &BySource, table: &SourceTable, period: Interval, look: &Look) -> String {
    if table.rows.is_empty() {
        return format!("{}\n\nno cases\n", signature(table));
    }
    let cases: Vec<String> = table
        .rows
        .iter()
        .map(|row| {
            let labels: Vec<&str> = row.individuals.iter().map(|individual| individual.label.as_str()).collect();
            let title = visible(&format!("{}({})", table.name, labels.join(", "))).into_owned();
            let names = std::iter::once(ALL).chain(results.sources.iter().map(String::as_str));
            let lines: Vec<(&str, Vec<(Interval, Answer)>)> =
                names.zip(std::iter::once(all_spans(row)).chain(row.alone.iter().cloned())).collect();
            format!("{title}\n\n{}{}", drawn(&lines, period, look), hangs(row, period))
        })
        .collect();
    cases.join("\n")
}

fn drawn(lines: &[(&str, Vec<(Interval, Answer)>)], period: Interval, look: &Look) -> String {
    let is_value = |(_, answer): &(Interval, Answer)| matches!(answer, Answer::Value(_));
    if lines.iter().any(|(_, spans)| spans.iter().any(is_value)) {
        let mut out = String::new();
        for (name, spans) in lines {
            out.push_str(&format!("{}\n", visible(name)));
            for (days, answer) in spans {
                out.push_str(&format!("  {} {}\n", visible(answer.words()), interval_in_words(*days, period)));
            }
        }
        return out;
    }
    let timeline = |(name, spans): &(&str, Vec<(Interval, Answer)>)| CaseTimeline {
        label: (*name).to_owned(),
        spans: spans
            .iter()
            .filter_map(|(days, answer)| match answer {
                Answer::Verdict(verdict) => Some((*days, *verdict)),
                Answer::Value(_) => None,
            })
            .collect(),
    };
    timelines(&lines.iter().map(timeline).collect::<Vec<_>>(), period, Step::Days, look)
}

/// When the answer hangs on which sources, in words.
fn hangs(row: &SourceRow, period: Interval) -> String {
    let mut said = Vec::new();
    for (days, answer, sources) in row.all.iter().filter(|(_, _, sources)| !sources.is_empty()) {
        let times = interval_in_words(*days, period);
        said.push(format!("  {} {times}: {HANGS_ON} {}\n", visible(answer.words()), sources.join(", ")));
    }
    said.concat()
}

/// Version of the form that [`json`] gives.
pub const VERSION: u32 = 1;

#[derive(Serialize)]
struct Document<'a> {
    version: u32,
    sources: &'a [String],
    from: String,
    until: String,
    criteria: Vec<Criterion<'a>>,
}

#[derive(Serialize)]
struct Criterion<'a> {
    criterion: &'a str,
    roles: &'a [String],
    cases: Vec<Case<'a>>,
}

#[derive(Serialize)]
struct Case<'a> {
    individuals: Vec<Individual<'a>>,
    /// By all sources.
    all: Vec<Span<'a>>,
    /// By each source alone.
    alone: Vec<Alone<'a>>,
}

#[derive(Serialize)]
struct Individual<'a> {
    role: &'a str,
    name: &'a str,
    label: &'a str,
}

#[derive(Serialize)]
struct Alone<'a> {
    source: &'a str,
    spans: Vec<Span<'a>>,
}

#[derive(Serialize)]
struct Span<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    verdict: Option<Verdict>,
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<&'a str>,
    from: String,
    until: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    hangs_on: Option<&'a [String]>,
}

fn span<'a>(days: Interval, answer: &'a Answer, hangs_on: Option<&'a [String]>) -> Span<'a> {
    let (verdict, value) = match answer {
        Answer::Verdict(verdict) => (Some(*verdict), None),
        Answer::Value(value) => (None, Some(value.as_str())),
    };
    Span { verdict, value, from: machine_date(days.first), until: machine_date(days.last), hangs_on }
}

fn whole(extent: Extent) -> Interval {
    match extent {
        Extent::Period(period) | Extent::Years(period) => period,
        Extent::Day(day) => Interval { first: day, last: day },
    }
}

/// For machines.
#[must_use]
pub fn json(results: &BySource) -> String {
    let period = whole(results.extent);
    let document = Document {
        version: VERSION,
        sources: &results.sources,
        from: machine_date(period.first),
        until: machine_date(period.last),
        criteria: results
            .tables
            .iter()
            .map(|table| Criterion {
                criterion: &table.name,
                roles: &table.roles,
                cases: table.rows.iter().map(|row| case(results, table, row)).collect(),
            })
            .collect(),
    };
    // Strings and numbers always serialise.
    serde_json::to_string_pretty(&document).unwrap_or_default() + "\n"
}

fn case<'a>(results: &'a BySource, table: &'a SourceTable, row: &'a SourceRow) -> Case<'a> {
    let individuals = table.roles.iter().zip(&row.individuals);
    Case {
        individuals: individuals
            .map(|(role, individual)| Individual { role, name: &individual.name, label: &individual.label })
            .collect(),
        all: row.all.iter().map(|(days, answer, hangs)| span(*days, answer, Some(hangs.as_slice()))).collect(),
        alone: results
            .sources
            .iter()
            .zip(&row.alone)
            .map(|(source, spans)| Alone {
                source,
                spans: spans.iter().map(|(days, answer)| span(*days, answer, None)).collect(),
            })
            .collect(),
    }
}

/// Tidy: a row for each case, span and source. `source` is empty where all are heard; only there `hangs_on` says something.
#[must_use]
pub fn csv(results: &BySource) -> String {
    let mut roles: Vec<&str> = Vec::new();
    for role in results.tables.iter().flat_map(|table| &table.roles) {
        if !roles.contains(&role.as_str()) {
            roles.push(role);
        }
    }
    let mut writer = ::csv::Writer::from_writer(Vec::new());
    let header = ["criterion"]
        .into_iter()
        .chain(roles.iter().copied())
        .chain(["source", "verdict", "value", "from", "until", "hangs_on"]);
    // Writing to memory does not fail, and every record has the header's length.
    let _ = writer.write_record(header);
    for table in &results.tables {
        for row in &table.rows {
            let mut record = |source: &str, days: Interval, answer: &Answer, hangs_on: &[String]| {
                let individual = |role: &&str| {
                    let place = table.roles.iter().position(|own| own == role);
                    place.map_or(String::new(), |place| row.individuals[place].name.clone())
                };
                let (verdict, value) = match answer {
                    Answer::Verdict(verdict) => (verdict.name(), ""),
                    Answer::Value(value) => ("", value.as_str()),
                };
                let fields = std::iter::once(table.name.clone()).chain(roles.iter().map(individual)).chain(
                    [source, verdict, value, &machine_date(days.first), &machine_date(days.last), &hangs_on.join("; ")]
                        .map(str::to_owned),
                );
                let _ = writer.write_record(fields);
            };
            for (days, answer, hangs_on) in &row.all {
                record("", *days, answer, hangs_on);
            }
            for (source, spans) in results.sources.iter().zip(&row.alone) {
                for (days, answer) in spans {
                    record(source, *days, answer, &[]);
                }
            }
        }
    }
    String::from_utf8(writer.into_inner().unwrap_or_default()).unwrap_or_default()
}
