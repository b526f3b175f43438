//! A comparison for machines.

use super::json_partings::{Apart, Part, apart, part};
use super::whole;
use crate::compare::{Cell, ComparedCase, Comparison, Fit, Moment, Pairing, Statistic, Undetermined, VERDICTS};
use crate::render::results::machine_date;
use crate::text::Texts;
use crate::time::Interval;
use crate::verdict::Verdict;
use serde::Serialize;

/// The version of the form below; it changes when a field changes its meaning or goes.
pub const VERSION: u32 = 1;

#[derive(Serialize)]
struct Document<'a> {
    version: u32,
    /// `day`, `period`, `years` or `throughout`
    extent: &'static str,
    /// What counts as one: `case`, `day` or `year` of a case
    unit: &'static str,
    from: String,
    until: String,
    undetermined: &'static str,
    criteria: Vec<Criterion<'a>>,
    cases: Vec<Case<'a>>,
    krippendorff_alpha: Number,
    pairs: Vec<Pair<'a>>,
    /// The cases in which not all agree.
    partings: Vec<Apart<'a>>,
}

#[derive(Serialize)]
struct Criterion<'a> {
    criterion: &'a str,
    name: &'a str,
    label: Option<&'a str>,
    /// Where one criterion is compared under each of its sources.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    is_source: bool,
}

#[derive(Serialize)]
struct Case<'a> {
    case: &'a [String],
    label: &'a str,
    spells: Vec<Spell<'a>>,
}

#[derive(Serialize)]
struct Spell<'a> {
    from: String,
    until: String,
    weight: u64,
    /// In the order of `criteria`.
    verdicts: &'a [Verdict],
}

/// A statistic; where it is undefined, why.
#[derive(Serialize)]
struct Number {
    value: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    undefined_because: Option<String>,
}

#[derive(Serialize)]
struct Pair<'a> {
    left: &'a str,
    right: &'a str,
    /// Of rows and columns.
    verdicts: [Verdict; 4],
    /// Rows are of `left`, columns of `right`.
    counts: [[u64; 4]; 4],
    left_out: u64,
    agreement: Number,
    cohen_kappa: Number,
    fit: Sets<'a>,
    partings: Vec<Part<'a>>,
}

#[derive(Serialize)]
struct Sets<'a> {
    both: Intersection<'a>,
    only_left: Intersection<'a>,
    only_right: Intersection<'a>,
    neither: Intersection<'a>,
    undetermined: u64,
    contested: u64,
    left_sufficient_for_right: Relation,
    left_necessary_for_right: Relation,
    right_sufficient_for_left: Relation,
    right_necessary_for_left: Relation,
}

#[derive(Serialize)]
struct Relation {
    consistency: Number,
    coverage: Number,
}

#[derive(Serialize)]
struct Intersection<'a> {
    weight: u64,
    cases: Vec<Member<'a>>,
}

#[derive(Serialize)]
struct Member<'a> {
    case: &'a [String],
    weight: u64,
    spells: Vec<Days>,
}

#[derive(Serialize)]
struct Days {
    from: String,
    until: String,
}

/// The comparison as a document. Both days of a span are included; dates are ISO 8601 with astronomical years.
#[must_use]
pub fn json(comparison: &Comparison, texts: &Texts) -> String {
    let (extent, unit) = match comparison.moment {
        Moment::Day(_) => ("day", "case"),
        Moment::Period(_) => ("period", "day"),
        Moment::Years(_) => ("years", "year"),
        Moment::Throughout => ("throughout", "case"),
    };
    let time = days(whole(comparison));
    let document = Document {
        version: VERSION,
        extent,
        unit,
        from: time.from,
        until: time.until,
        undetermined: match comparison.undetermined {
            Undetermined::Category => "category",
            Undetermined::Missing => "missing",
        },
        criteria: comparison
            .rivals
            .iter()
            .map(|rival| Criterion {
                criterion: &rival.name,
                name: &rival.short,
                label: rival.label.as_deref(),
                is_source: rival.source.is_some(),
            })
            .collect(),
        cases: comparison.cases.iter().map(case).collect(),
        krippendorff_alpha: number(comparison.alpha),
        pairs: comparison.pairs.iter().map(|each| pair(comparison, each, texts)).collect(),
        partings: comparison.apart.iter().map(|each| apart(comparison, each, texts)).collect(),
    };
    // Strings and numbers always serialise.
    serde_json::to_string_pretty(&document).unwrap_or_default() + "\n"
}

fn number(statistic: Statistic) -> Number {
    Number { value: statistic.ok(), undefined_because: statistic.err().map(|why| why.to_string()) }
}

fn days(days: Interval) -> Days {
    Days { from: machine_date(days.first), until: machine_date(days.last) }
}

fn case(case: &ComparedCase) -> Case<'_> {
    let spells = case.spells.iter().map(|spell| {
        let time = days(spell.days);
        Spell { from: time.from, until: time.until, weight: spell.weight, verdicts: &spell.verdicts }
    });
    Case { case: &case.names, label: &case.label, spells: spells.collect() }
}

fn pair<'a>(comparison: &'a Comparison, pair: &'a Pairing, texts: &'a Texts) -> Pair<'a> {
    Pair {
        left: &comparison.rivals[pair.left].name,
        right: &comparison.rivals[pair.right].name,
        verdicts: VERDICTS,
        counts: pair.table.counts,
        left_out: pair.left_out,
        agreement: number(pair.table.agreement()),
        cohen_kappa: number(pair.table.kappa()),
        fit: sets(comparison, &pair.fit),
        partings: pair.partings.iter().map(|each| part(comparison, each, texts)).collect(),
    }
}

fn sets<'a>(comparison: &'a Comparison, fit: &'a Fit) -> Sets<'a> {
    let cell = |cell: &'a Cell| Intersection {
        weight: cell.weight,
        cases: cell
            .shares
            .iter()
            .map(|share| Member {
                case: &comparison.cases[share.case].names,
                weight: share.weight,
                spells: share.days.iter().map(|each| days(*each)).collect(),
            })
            .collect(),
    };
    let relation = |consistency, coverage| Relation { consistency: number(consistency), coverage: number(coverage) };
    let (left, right) = (fit.left_within_right(), fit.right_within_left());
    Sets {
        both: cell(&fit.both),
        only_left: cell(&fit.only_left),
        only_right: cell(&fit.only_right),
        neither: cell(&fit.neither),
        undetermined: fit.undetermined,
        contested: fit.contested,
        left_sufficient_for_right: relation(left, right),
        left_necessary_for_right: relation(right, left),
        right_sufficient_for_left: relation(right, left),
        right_necessary_for_left: relation(left, right),
    }
}
