//! Agreement, cross-tables and set-theoretic fit.

use super::blocks::{Block, Table};
use super::{amount, coefficient, during, number, part_of, percent, when};
use crate::compare::{Cell, Comparison, Moment, Pairing, Statistic, VERDICTS};
use crate::verdict::Verdict;

/// Cases that are named in an intersection.
const MOST_NAMED: usize = 12;
/// Spells that are named of a case.
const MOST_SPELLS: usize = 3;

/// How far each pair agrees.
pub(super) fn summary(comparison: &Comparison) -> Table {
    let rows = comparison
        .pairs
        .iter()
        .map(|pair| {
            let (left, right) = (&comparison.rivals[pair.left], &comparison.rivals[pair.right]);
            let agreement = pair.table.agreement().map_or_else(|_| "undefined".to_owned(), percent);
            vec![
                format!("{} and {}", left.short, right.short),
                agreement,
                coefficient(pair.table.kappa()),
                amount(pair.table.total(), comparison.moment),
            ]
        })
        .collect();
    let header = ["", "agreement", "Cohen's kappa", "over"];
    Table { caption: "Agreement".to_owned(), header: header.map(String::from).to_vec(), rows, numbers: 1..4 }
}

/// What is to be said of a pair in numbers.
pub(super) fn pair(comparison: &Comparison, pair: &Pairing) -> Vec<Block> {
    let moment = comparison.moment;
    let mut blocks = Vec::new();
    if pair.table.total() == 0 {
        blocks.push(Block::Paragraph("There is nothing on which both have a verdict that counts.".to_owned()));
        return blocks;
    }
    blocks.push(Block::Table(cross_table(comparison, pair)));
    let mut agreed = format!("They agree {}.", part_of(pair.table.agreed(), pair.table.total(), moment));
    if pair.left_out > 0 {
        agreed.push_str(&format!(
            " {} are left out: one of the two does not arise{}.",
            amount(pair.left_out, moment),
            match comparison.undetermined {
                crate::compare::Undetermined::Missing => " or is undetermined",
                crate::compare::Undetermined::Category => "",
            }
        ));
    }
    blocks.push(Block::Paragraph(agreed));
    blocks.push(Block::Heading(3, "Set-theoretic fit".to_owned()));
    let fit = &pair.fit;
    let apart = format!(
        "Both are settled {}. Set apart: {} undetermined, {} contested.",
        during(fit.settled(), moment),
        number(fit.undetermined),
        number(fit.contested)
    );
    blocks.push(Block::Paragraph(apart));
    if fit.settled() > 0 {
        blocks.push(Block::Table(intersections(comparison, pair)));
        blocks.push(Block::Table(relations(comparison, pair)));
        blocks.extend(undefined(comparison, pair).map(Block::Paragraph));
    }
    blocks
}

/// Rows are the one's verdicts, columns the other's; verdicts that neither gives are left out.
fn cross_table(comparison: &Comparison, pair: &Pairing) -> Table {
    let (left, right) = (&comparison.rivals[pair.left].short, &comparison.rivals[pair.right].short);
    let occurring: Vec<usize> =
        (0..VERDICTS.len()).filter(|place| pair.table.row(*place) + pair.table.column(*place) > 0).collect();
    let mut header = vec![format!("{left} below, {right} across")];
    header.extend(occurring.iter().map(|place| VERDICTS[*place].to_string()));
    header.push("all".to_owned());
    let mut rows: Vec<Vec<String>> = occurring
        .iter()
        .map(|row| {
            let mut cells = vec![VERDICTS[*row].to_string()];
            cells.extend(occurring.iter().map(|column| number(pair.table.counts[*row][*column])));
            cells.push(number(pair.table.row(*row)));
            cells
        })
        .collect();
    let mut sums = vec!["all".to_owned()];
    sums.extend(occurring.iter().map(|column| number(pair.table.column(*column))));
    sums.push(number(pair.table.total()));
    rows.push(sums);
    let (_, many) = super::noun(comparison.moment);
    let numbers = 1..header.len();
    Table { caption: format!("Verdicts of {left} and {right}, in {many}"), header, rows, numbers }
}

/// Ragin's four intersections, with the cases in each.
fn intersections(comparison: &Comparison, pair: &Pairing) -> Table {
    let (left, right) = (&comparison.rivals[pair.left].short, &comparison.rivals[pair.right].short);
    let (met, not_met) = (Verdict::Met, Verdict::NotMet);
    let rows = [
        (met, met, &pair.fit.both),
        (met, not_met, &pair.fit.only_left),
        (not_met, met, &pair.fit.only_right),
        (not_met, not_met, &pair.fit.neither),
    ]
    .map(|(one, other, cell)| vec![one.to_string(), other.to_string(), number(cell.weight), named(comparison, cell)]);
    let unit = match super::noun(comparison.moment) {
        (_, "cases") => "number",
        (_, many) => many,
    };
    Table {
        caption: format!("The four intersections of {left} and {right}"),
        header: vec![left.clone(), right.clone(), unit.to_owned(), "cases".to_owned()],
        rows: rows.to_vec(),
        numbers: 2..3,
    }
}

pub(super) fn named(comparison: &Comparison, cell: &Cell) -> String {
    let name = |share: &crate::compare::Share| {
        let label = &comparison.cases[share.case].label;
        if matches!(comparison.moment, Moment::Day(_) | Moment::Throughout) {
            return label.clone();
        }
        let mut spells: Vec<String> =
            share.days.iter().take(MOST_SPELLS).map(|days| when(*days, comparison.moment)).collect();
        if share.days.len() > MOST_SPELLS {
            spells.push(format!("{} more", share.days.len() - MOST_SPELLS));
        }
        format!("{label} ({})", spells.join(", "))
    };
    let mut names: Vec<String> = cell.shares.iter().take(MOST_NAMED).map(name).collect();
    if cell.shares.len() > MOST_NAMED {
        names.push(format!("and {} more", cell.shares.len() - MOST_NAMED));
    }
    if names.is_empty() { "none".to_owned() } else { names.join("; ") }
}

/// Consistency and coverage, each way.
fn relations(comparison: &Comparison, pair: &Pairing) -> Table {
    let (left, right) = (&comparison.rivals[pair.left].short, &comparison.rivals[pair.right].short);
    let (left_within, right_within) = (pair.fit.left_within_right(), pair.fit.right_within_left());
    let row = |one: &str, relation: &str, other: &str, consistency: Statistic, coverage: Statistic| {
        vec![format!("{one} {relation} for {other}"), coefficient(consistency), coefficient(coverage)]
    };
    Table {
        caption: format!("Consistency and coverage of {left} and {right}"),
        header: ["", "consistency", "coverage"].map(String::from).to_vec(),
        rows: vec![
            row(left, "sufficient", right, left_within, right_within),
            row(left, "necessary", right, right_within, left_within),
            row(right, "sufficient", left, right_within, left_within),
            row(right, "necessary", left, left_within, right_within),
        ],
        numbers: 1..3,
    }
}

/// Of which of the two there is no share, because it is empty.
fn undefined(comparison: &Comparison, pair: &Pairing) -> Option<String> {
    let (left, right) = (&comparison.rivals[pair.left].short, &comparison.rivals[pair.right].short);
    let mut empty = Vec::new();
    if pair.fit.left_within_right().is_err() {
        empty.push(left.as_str());
    }
    if pair.fit.right_within_left().is_err() {
        empty.push(right.as_str());
    }
    (!empty.is_empty())
        .then(|| format!("Undefined is the share of an empty set: nothing meets {}.", super::listed_or(&empty)))
}
