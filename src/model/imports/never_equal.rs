//! Conditions on cells that no cell can meet: `row.defense = "yes"`, where the column has 0 and 1.

use super::left_out::LeftOuts;
use crate::syntax::tree::{Cells, CellsKind, ComparisonOperator, Import};
use crate::tables::{Column, NeverEqual, Symbol, Table, ToldLines, Why};
use crate::text::Texts;

/// So many of a column's texts are shown.
const SHOWN: usize = 5;
/// More of them are not put in the order of their likeness.
const MOST_IN_ORDER: usize = 1_000;

/// Something with which a cell is compared.
struct Wanted {
    text: String,
    number: Option<f64>,
}

/// Tells of comparisons that are surely not meant so.
pub(super) fn doubt_comparisons(import: &Import, table: &Table, texts: &Texts, left_out: &mut LeftOuts<'_>) {
    if table.rows() == 0 {
        return;
    }
    let behind_is = import.templates.iter().filter_map(|template| template.is.as_ref());
    let mut all = Vec::new();
    let mut doubt = |cells| collect(cells, Within::Conjunctions, table, texts, &mut all);
    conditions(import).chain(behind_is).for_each(&mut doubt);
    for never in all.into_iter().filter(NeverEqual::is_surely_wrong) {
        let span = never.span;
        left_out.push(Why::NeverEqual(Box::new(never)), ToldLines::default(), span);
    }
}

/// The comparisons behind `where` that no cell meets, of an import of which no row is chosen.
pub(super) fn of_no_row(import: &Import, table: &Table, texts: &Texts) -> Vec<NeverEqual> {
    let mut all = Vec::new();
    conditions(import).for_each(|cells| collect(cells, Within::Alternatives, table, texts, &mut all));
    all
}

fn conditions(import: &Import) -> impl Iterator<Item = &Cells> {
    import.among.iter().chain(import.templates.iter().filter_map(|template| template.among.as_ref()))
}

/// How far into a condition one looks.
#[derive(Clone, Copy, PartialEq)]
enum Within {
    /// What has to hold. An alternative, and what is denied, may be there for another edition of the table: `or row.end = "."`.
    Conjunctions,
    /// Alternatives too.
    Alternatives,
}

/// The comparisons of a condition that no cell of their columns meets.
fn collect(cells: &Cells, within: Within, table: &Table, texts: &Texts, all: &mut Vec<NeverEqual>) {
    match &cells.kind {
        CellsKind::Or(_) if within == Within::Conjunctions => {}
        CellsKind::And(these) | CellsKind::Or(these) => {
            these.iter().for_each(|one| collect(one, within, table, texts, all));
        }
        CellsKind::In(one, these) => {
            let wanted: Option<Vec<Wanted>> = these.iter().map(wanted).collect();
            all.extend(wanted.and_then(|wanted| never_equal(one, wanted, cells, table, texts)));
        }
        CellsKind::Comparison(left, ComparisonOperator::Equal, right) => {
            let (cell, other) = if matches!(left.kind, CellsKind::Cell(_)) { (left, right) } else { (right, left) };
            all.extend(wanted(other).and_then(|wanted| never_equal(cell, vec![wanted], cells, table, texts)));
        }
        _ => {}
    }
}

fn wanted(cells: &Cells) -> Option<Wanted> {
    match &cells.kind {
        CellsKind::Number(number) => Some(Wanted { text: number.to_string(), number: Some(*number) }),
        CellsKind::Negation(inner) => {
            let inner = wanted(inner)?.number?;
            Some(Wanted { text: format!("-{inner}"), number: Some(-inner) })
        }
        CellsKind::Text(text) => Some(Wanted { text: text.clone(), number: text.trim().parse().ok() }),
        _ => None,
    }
}

fn never_equal(
    cell: &Cells,
    wanted: Vec<Wanted>,
    comparison: &Cells,
    table: &Table,
    texts: &Texts,
) -> Option<NeverEqual> {
    let CellsKind::Cell(named) = &cell.kind else { return None };
    // The variable of `for K in {…}` stands for several columns.
    let column = &table.columns[table.column(&named.column.text)?];
    let present: Vec<Symbol> = (0..column.symbols() as Symbol).filter(|symbol| !column.is_missing(*symbol)).collect();
    if wanted.is_empty() || wanted.iter().any(|one| present.iter().any(|symbol| is_equal(column, *symbol, one))) {
        return None;
    }
    let are_numbers = present.iter().filter(|symbol| column.number(**symbol).is_some()).count();
    let number = wanted.iter().find_map(|one| one.number);
    let is_other_sort = !present.is_empty()
        && match number {
            None => are_numbers == present.len(),
            Some(_) => are_numbers == 0 && wanted.iter().all(|one| one.number.is_some()),
        };
    let near = wanted.iter().find_map(|one| {
        let is_near = |symbol: &&Symbol| column.text(**symbol).trim().to_lowercase() == one.text.trim().to_lowercase();
        let digit = match one.text.trim().to_lowercase().as_str() {
            "yes" | "true" => "1",
            "no" | "false" => "0",
            _ => "",
        };
        let is_digit = |symbol: &&Symbol| column.text(**symbol) == digit;
        let found = present.iter().find(is_near).or_else(|| present.iter().find(is_digit));
        found.map(|symbol| column.text(*symbol).to_owned())
    });
    let mut shown = present.clone();
    if let Some(number) = number {
        let distance = |symbol: &Symbol| column.number(*symbol).map_or(f64::INFINITY, |other| (other - number).abs());
        shown.sort_by(|one, other| distance(one).total_cmp(&distance(other)));
    } else if are_numbers == present.len() {
        let value = |symbol: &Symbol| column.number(*symbol).unwrap_or(f64::INFINITY);
        shown.sort_by(|one, other| value(one).total_cmp(&value(other)));
    } else if let Some(one) = wanted.first().filter(|_| present.len() <= MOST_IN_ORDER) {
        shown.sort_by_key(|symbol| strsim::damerau_levenshtein(column.text(*symbol), &one.text));
    }
    Some(NeverEqual {
        cell: texts.slice(cell.span).to_owned(),
        wanted: wanted.into_iter().map(|one| one.text).collect(),
        has: shown.iter().take(SHOWN).map(|symbol| column.text(*symbol).to_owned()).collect(),
        distinct: present.len(),
        near,
        is_other_sort,
        span: comparison.span,
    })
}

/// As conditions compare: numbers where both are, else texts.
fn is_equal(column: &Column, symbol: Symbol, wanted: &Wanted) -> bool {
    match (column.number(symbol), wanted.number) {
        (Some(one), Some(other)) => one == other,
        _ => column.text(symbol) == wanted.text,
    }
}
