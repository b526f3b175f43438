//! Answers for machines.

use super::{Extent, Results};
use crate::explain::Answer;
use crate::time::Interval;
use crate::verdict::Verdict;
use serde::Serialize;

/// The version of the form below; it changes when a field changes its meaning or goes.
pub const VERSION: u32 = 1;

#[derive(Serialize)]
struct Document<'a> {
    version: u32,
    /// `period`, `day` or `years`
    extent: &'static str,
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
    spans: Vec<Span<'a>>,
}

#[derive(Serialize)]
struct Individual<'a> {
    role: &'a str,
    name: &'a str,
    label: &'a str,
}

/// Both days are included; dates are ISO 8601 with astronomical years.
#[derive(Serialize)]
struct Span<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    verdict: Option<Verdict>,
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    year: Option<i16>,
    from: String,
    until: String,
}

/// The answers as a document.
#[must_use]
pub fn json(results: &Results) -> String {
    let (extent, whole) = match results.extent {
        Extent::Period(period) => ("period", period),
        Extent::Day(day) => ("day", Interval { first: day, last: day }),
        Extent::Years(period) => ("years", period),
    };
    let is_yearly = matches!(results.extent, Extent::Years(_));
    let document = Document {
        version: VERSION,
        extent,
        from: whole.first.machine_date(),
        until: whole.last.machine_date(),
        criteria: results
            .tables
            .iter()
            .map(|table| Criterion {
                criterion: &table.name,
                roles: &table.roles,
                cases: table
                    .rows
                    .iter()
                    .map(|row| Case {
                        individuals: table
                            .roles
                            .iter()
                            .zip(&row.individuals)
                            .map(|(role, individual)| Individual {
                                role,
                                name: &individual.name,
                                label: &individual.label,
                            })
                            .collect(),
                        spans: row.spans.iter().map(|(span, answer)| spell(*span, answer, is_yearly)).collect(),
                    })
                    .collect(),
            })
            .collect(),
    };
    // Strings and numbers always serialise.
    serde_json::to_string_pretty(&document).unwrap_or_default() + "\n"
}

fn spell(span: Interval, answer: &Answer, is_yearly: bool) -> Span<'_> {
    let (verdict, value) = match answer {
        Answer::Verdict(verdict) => (Some(*verdict), None),
        Answer::Value(value) => (None, Some(value.as_str())),
    };
    Span {
        verdict,
        value,
        year: is_yearly.then(|| span.first.year()),
        from: span.first.machine_date(),
        until: span.last.machine_date(),
    }
}
