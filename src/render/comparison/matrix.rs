//! The verdicts side by side.

use super::blocks::Table;
use super::{many, when, whole};
use crate::compare::{ComparedCase, Comparison, Moment};
use crate::explain::Answer;
use crate::render::Look;
use crate::render::results;
use crate::render::table;
use crate::render::timeline::{CaseTimeline, Group, Step, groups};
use crate::time::Interval;
use crate::verdict::Verdict;

/// More cases than this are not all shown, where nobody has chosen them.
const MOST_UNCHOSEN: usize = 60;

/// The cases that are shown: of many that nobody has chosen, those of which something is known.
pub(super) fn shown(comparison: &Comparison) -> Vec<&ComparedCase> {
    let says_something = |case: &&ComparedCase| {
        case.spells
            .iter()
            .flat_map(|spell| &spell.verdicts)
            .any(|verdict| !matches!(verdict, Verdict::Undetermined | Verdict::NotApplicable))
    };
    let shows_all = comparison.are_chosen || comparison.cases.len() <= MOST_UNCHOSEN;
    comparison.cases.iter().filter(|case| shows_all || says_something(case)).collect()
}

/// The spans of one rival, where those of others are joined.
fn spans(case: &ComparedCase, rival: usize) -> Vec<(Interval, Verdict)> {
    let mut spans: Vec<(Interval, Verdict)> = Vec::new();
    for spell in &case.spells {
        let verdict = spell.verdicts[rival];
        match spans.last_mut() {
            Some((days, same))
                if *same == verdict && days.last < spell.days.first && days.last.next() == spell.days.first =>
            {
                days.last = spell.days.last;
            }
            _ => spans.push((spell.days, verdict)),
        }
    }
    spans
}

/// As a terminal draws it: a table for one moment, else a bar for each rival in each case.
pub(super) fn drawn(comparison: &Comparison, look: &Look) -> String {
    let cases = shown(comparison);
    if matches!(comparison.moment, Moment::Day(_) | Moment::Throughout) {
        let tables: Vec<results::Table> = comparison
            .rivals
            .iter()
            .enumerate()
            .map(|(rival, named)| results::Table {
                name: if many::is_many(comparison) { many::numbered(rival) } else { named.short.clone() },
                roles: comparison.roles.clone(),
                rows: cases.iter().map(|case| row(case, rival)).collect(),
            })
            .collect();
        let tables: Vec<&results::Table> = tables.iter().collect();
        return if many::is_many(comparison) { table::signs(&tables, look) } else { table::verdicts(&tables, look) };
    }
    let step = if matches!(comparison.moment, Moment::Years(_)) { Step::Years } else { Step::Days };
    let group = |case: &&ComparedCase| Group {
        title: case.label.clone(),
        timelines: comparison
            .rivals
            .iter()
            .enumerate()
            .map(|(rival, named)| CaseTimeline {
                label: match many::is_many(comparison) {
                    true => format!("  {} {}", many::numbered(rival), named.short),
                    false => format!("  {}", named.short),
                },
                spans: spans(case, rival),
            })
            .collect(),
    };
    groups(&cases.iter().map(group).collect::<Vec<_>>(), whole(comparison), step, look)
}

fn row(case: &ComparedCase, rival: usize) -> results::Row {
    let individuals = case
        .names
        .iter()
        .zip(&case.labels)
        .map(|(name, label)| results::Named { name: name.clone(), label: label.clone() })
        .collect();
    let spans = spans(case, rival).into_iter().map(|(days, verdict)| (days, Answer::Verdict(verdict))).collect();
    results::Row { individuals, spans }
}

/// As a paper tabulates it: a row a case, a column a rival. Of many rivals over time, a row a case and rival.
pub(super) fn tabulated(comparison: &Comparison) -> Table {
    let is_momentary = matches!(comparison.moment, Moment::Day(_) | Moment::Throughout);
    if many::is_many(comparison) && !is_momentary {
        return long(comparison);
    }
    let mut header = vec![comparison.roles.join(", ")];
    header.extend(comparison.rivals.iter().enumerate().map(|(place, rival)| match many::is_many(comparison) {
        true => many::numbered(place),
        false => rival.short.clone(),
    }));
    let rows = shown(comparison)
        .into_iter()
        .map(|case| {
            let mut cells = vec![case.label.clone()];
            cells.extend((0..comparison.rivals.len()).map(|rival| cell(comparison, case, rival)));
            cells
        })
        .collect();
    Table { caption: "Verdicts".to_owned(), header, rows, numbers: 0..0 }
}

fn long(comparison: &Comparison) -> Table {
    let header = vec![comparison.roles.join(", "), String::new(), "verdicts".to_owned()];
    let row = |(place, case): (usize, &ComparedCase)| {
        let label = if place == 0 { case.label.clone() } else { String::new() };
        vec![label, many::numbered(place), cell(comparison, case, place)]
    };
    let rivals = 0..comparison.rivals.len();
    let rows = shown(comparison).into_iter().flat_map(|case| rivals.clone().map(move |place| (place, case))).map(row);
    Table { caption: "Verdicts".to_owned(), header, rows: rows.collect(), numbers: 0..0 }
}

/// What the signs of [`paper_sign`] mean, where they are used.
pub(super) fn signs(comparison: &Comparison) -> Option<String> {
    has_signs(comparison).then(|| {
        let mut occurring: Vec<Verdict> =
            shown(comparison).iter().flat_map(|case| &case.spells).flat_map(|spell| spell.verdicts.clone()).collect();
        occurring.sort_unstable();
        occurring.dedup();
        let told = |verdict: &Verdict| match verdict {
            Verdict::NotApplicable => format!("blank: {verdict}"),
            _ => format!("{} {verdict}", paper_sign(*verdict)),
        };
        format!("Signs: {}.", occurring.iter().map(told).collect::<Vec<_>>().join("; "))
    })
}

/// Of many criteria the verdicts of a moment have no room as words.
fn has_signs(comparison: &Comparison) -> bool {
    many::is_many(comparison) && matches!(comparison.moment, Moment::Day(_) | Moment::Throughout)
}

/// A sign that any paper can print.
fn paper_sign(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Met => "+",
        Verdict::NotMet => "\u{2013}",
        Verdict::Undetermined => "?",
        Verdict::Contested => "!",
        Verdict::NotApplicable => "",
    }
}

fn cell(comparison: &Comparison, case: &ComparedCase, rival: usize) -> String {
    let spans = spans(case, rival);
    if has_signs(comparison) {
        return spans.first().map_or("", |(_, verdict)| paper_sign(*verdict)).to_owned();
    }
    let spans = spans.iter().filter(|(_, verdict)| *verdict != Verdict::NotApplicable);
    let told: Vec<String> = spans
        .map(|(days, verdict)| format!("{verdict} {}", when(*days, comparison.moment)).trim().to_owned())
        .collect();
    if told.is_empty() { Verdict::NotApplicable.to_string() } else { told.join("; ") }
}
