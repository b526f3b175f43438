//! What is said of many rivals: numbered, each with each in matrices, and case by case instead of pair by pair.

use super::blocks::{Block, Item, Line, Table};
use super::{amount, coefficient, number, part_of, percent, statistics, when};
use crate::compare::{CaseApart, Comparison, Moment, Pairing, SpellApart, Standing, Statistic, Undefined};
use crate::text::{Span, Texts};
use crate::verdict::Verdict;

/// More rivals than this are numbered.
const MOST_NAMED: usize = 3;
/// More rivals than this have no room in a matrix.
const MOST_IN_MATRIX: usize = 8;
/// Spells of a case that are told one by one.
const MOST_SPELLS: usize = 6;
/// Statements whose places are told.
const MOST_FACTS: usize = 2;

/// Whether the rivals are too many to stand at the head of columns by their names.
pub(super) fn is_many(comparison: &Comparison) -> bool {
    comparison.rivals.len() > MOST_NAMED
}

/// `(1)`
pub(super) fn numbered(place: usize) -> String {
    format!("({})", place + 1)
}

/// Which number is whose.
pub(super) fn key(comparison: &Comparison) -> Table {
    let rows = comparison
        .rivals
        .iter()
        .enumerate()
        .map(|(place, rival)| vec![numbered(place), rival.name.clone(), rival.label.clone().unwrap_or_default()]);
    let header = ["", "criterion", "which is"].map(String::from).to_vec();
    let mut table = Table { caption: "The criteria".to_owned(), header, rows: rows.collect(), numbers: 0..0 };
    if comparison.rivals.iter().all(|rival| rival.label.is_none()) {
        table.header.pop();
        table.rows.iter_mut().for_each(|row| row.truncate(2));
    }
    table
}

/// Agreement, set-theoretic fit, and where they part.
pub(super) fn blocks(comparison: &Comparison, alpha: String, texts: &Texts) -> Vec<Block> {
    let mut blocks = vec![Block::Heading(2, "Agreement".to_owned())];
    if comparison.rivals.len() <= MOST_IN_MATRIX {
        blocks.push(Block::Table(agreement(comparison)));
        blocks.push(Block::Paragraph(
            "Above the diagonal the share on which two agree, below it Cohen's kappa.".to_owned(),
        ));
    } else {
        blocks.push(Block::Table(statistics::summary(comparison)));
    }
    blocks.extend(undefined_kappas(comparison).map(Block::Paragraph));
    blocks.push(Block::Paragraph(alpha));
    blocks.push(Block::Heading(2, "Set-theoretic fit".to_owned()));
    if comparison.rivals.len() <= MOST_IN_MATRIX {
        blocks.push(Block::Table(inclusion(comparison)));
        blocks.push(Block::Paragraph(
            "The share of what meets the criterion of the row that meets the criterion of the column: the consistency of the row as sufficient for \
             the column, and of the column as necessary for the row; the coverage of the row as necessary for the column, and of the column as \
             sufficient for the row."
                .to_owned(),
        ));
        let is_undefined =
            |pair: &Pairing| pair.fit.left_within_right().is_err() || pair.fit.right_within_left().is_err();
        if comparison.pairs.iter().any(is_undefined) {
            blocks.push(Block::Paragraph("A dash stands where nothing meets the criterion of the row.".to_owned()));
        }
    }
    let items = comparison.pairs.iter().map(|pair| intersections(comparison, pair)).collect();
    blocks.push(Block::Items(items));
    blocks.push(Block::Heading(2, "Where they part".to_owned()));
    blocks.extend(partings(comparison, texts));
    blocks
}

/// A square with a cell for each two.
fn square(comparison: &Comparison, caption: &str, cell: impl Fn(usize, usize) -> String) -> Table {
    let places = 0..comparison.rivals.len();
    let mut header = vec![String::new()];
    header.extend(places.clone().map(numbered));
    let row = |row: usize| {
        let cells = places.clone().map(|column| if row == column { String::new() } else { cell(row, column) });
        std::iter::once(numbered(row)).chain(cells).collect()
    };
    let numbers = 1..header.len();
    Table { caption: caption.to_owned(), header, rows: places.clone().map(row).collect(), numbers }
}

fn pair(comparison: &Comparison, one: usize, other: usize) -> Option<&Pairing> {
    comparison.pairs.iter().find(|pair| (pair.left, pair.right) == (one.min(other), one.max(other)))
}

fn agreement(comparison: &Comparison) -> Table {
    square(comparison, "Agreement (above) and Cohen's kappa (below)", |row, column| {
        match pair(comparison, row, column).map(|pair| &pair.table) {
            None => String::new(),
            Some(table) if row < column => table.agreement().map_or_else(|_| "-".to_owned(), percent),
            Some(table) => shortly(table.kappa()),
        }
    })
}

fn inclusion(comparison: &Comparison) -> Table {
    square(comparison, "Share of the row that is in the column", |row, column| {
        pair(comparison, row, column).map_or_else(String::new, |pair| {
            shortly(if row < column { pair.fit.left_within_right() } else { pair.fit.right_within_left() })
        })
    })
}

/// Which kappas are undefined, and why.
fn undefined_kappas(comparison: &Comparison) -> Option<String> {
    let mut reasons: Vec<(Undefined, Vec<String>)> = Vec::new();
    for pair in &comparison.pairs {
        let Err(why) = pair.table.kappa() else { continue };
        let names = format!("{} and {}", numbered(pair.left), numbered(pair.right));
        match reasons.iter_mut().find(|(known, _)| *known == why) {
            Some((_, pairs)) => pairs.push(names),
            None => reasons.push((why, vec![names])),
        }
    }
    let sign =
        if comparison.rivals.len() <= MOST_IN_MATRIX { "A dash is an undefined kappa" } else { "Kappa is undefined" };
    let told: Vec<String> =
        reasons.iter().map(|(why, pairs)| format!("of {}, since {why}", pairs.join(", of "))).collect();
    (!told.is_empty()).then(|| format!("{sign}: {}.", told.join("; ")))
}

/// Undefined is a dash, for want of room.
fn shortly(statistic: Statistic) -> String {
    if statistic.is_err() { "-".to_owned() } else { coefficient(statistic) }
}

/// Ragin's four intersections, with the cases in each.
fn intersections(comparison: &Comparison, pair: &Pairing) -> Item {
    let (left, right) = (numbered(pair.left), numbered(pair.right));
    let fit = &pair.fit;
    let cells = [
        ("both are met".to_owned(), &fit.both),
        (format!("only {left} is met"), &fit.only_left),
        (format!("only {right} is met"), &fit.only_right),
        ("neither is met".to_owned(), &fit.neither),
    ];
    let line = |head: String| Line { head, text: String::new(), places: String::new() };
    let mut lines: Vec<Line> = cells
        .into_iter()
        .filter(|(_, cell)| cell.weight > 0)
        .map(|(what, cell)| {
            line(format!(
                "{what} {}: {}",
                super::during(cell.weight, comparison.moment),
                statistics::named(comparison, cell)
            ))
        })
        .collect();
    if fit.undetermined + fit.contested > 0 {
        lines.push(line(format!(
            "set apart: {} undetermined, {} contested",
            number(fit.undetermined),
            number(fit.contested)
        )));
    }
    let (one, other) = (&comparison.rivals[pair.left].short, &comparison.rivals[pair.right].short);
    Item { title: format!("{left} and {right}: {one} and {other}"), lines }
}

/// The cases in which not all agree, with what each says, and why.
fn partings(comparison: &Comparison, texts: &Texts) -> Vec<Block> {
    let moment = comparison.moment;
    let weight: u64 = comparison.apart.iter().map(|apart| apart.weight).sum();
    if weight == 0 {
        return vec![Block::Paragraph("Nowhere.".to_owned())];
    }
    let total: u64 = comparison.cases.iter().flat_map(|case| &case.spells).map(|spell| spell.weight).sum();
    let mut text = format!("Not all agree {}.", part_of(weight, total, moment));
    if !is_momentary(moment) {
        text.push_str(" Reasons are told as they stand on the last day of a spell.");
    }
    let items = comparison.apart.iter().map(|apart| item(comparison, apart, texts)).collect();
    vec![Block::Paragraph(text), Block::Items(items)]
}

fn is_momentary(moment: Moment) -> bool {
    matches!(moment, Moment::Day(_) | Moment::Throughout)
}

fn item(comparison: &Comparison, apart: &CaseApart, texts: &Texts) -> Item {
    let moment = comparison.moment;
    let label = &comparison.cases[apart.case].label;
    let title = match is_momentary(moment) {
        true => label.clone(),
        false => format!("{label}: {}", part_of(apart.weight, apart.compared, moment)),
    };
    let mut lines = Vec::new();
    let mut said: Option<&SpellApart> = None;
    for spell in apart.spells.iter().take(MOST_SPELLS) {
        if !is_momentary(moment) {
            let head = format!("{}, {}", when(spell.days, moment), amount(spell.weight, moment));
            lines.push(Line { head, text: String::new(), places: String::new() });
        }
        for place in 0..comparison.rivals.len() {
            let before = said.and_then(|before| before.standing(place));
            lines.push(line(spell, place, before, texts));
        }
        said = Some(spell);
    }
    if apart.spells.len() > MOST_SPELLS {
        let head = format!("and {} more spells", apart.spells.len() - MOST_SPELLS);
        lines.push(Line { head, text: String::new(), places: String::new() });
    }
    Item { title, lines }
}

fn line(spell: &SpellApart, place: usize, before: Option<&Standing>, texts: &Texts) -> Line {
    let verdict = spell.verdicts[place];
    let head = format!("{} {verdict}", numbered(place));
    match spell.standing(place) {
        Some(_) if verdict == Verdict::NotApplicable => Line { head, text: String::new(), places: String::new() },
        None => Line { head, text: String::new(), places: String::new() },
        Some(standing) if before.is_some_and(|before| before.sentence == standing.sentence) => {
            Line { head: format!("{head}, as before"), text: String::new(), places: String::new() }
        }
        Some(standing) => Line { head, text: standing.sentence.clone(), places: places(standing, texts) },
    }
}

fn places(standing: &Standing, texts: &Texts) -> String {
    let Some(deciding) = &standing.deciding else { return String::new() };
    let place = |span: Span| format!("{}:{}", texts.get(span.file).name, texts.line_and_column(span).0);
    let mut parts: Vec<String> = deciding.span.map(place).into_iter().collect();
    parts.extend(deciding.facts.iter().take(MOST_FACTS).map(|fact| place(fact.span)));
    parts.join("; ")
}
