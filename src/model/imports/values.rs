//! Values of measures that seem to stand for a missing one: `-9` where no other value is less than 0.

use super::columns::Chosen;
use super::left_out::LeftOuts;
use super::templates::Template;
use crate::syntax::tree::{ComparisonOperator, Import};
use crate::tables::{DoubtfulValues, Formula, Symbol, Table, ToldLines, Why};
use crate::text::{Span, Texts};
use std::collections::BTreeSet;
use std::collections::btree_map::{BTreeMap, Entry};

/// So many times further from nothing than the least of the other values a code lies, where they are less than nothing too.
const FAR: f64 = 3.0;
/// So few different other values tell nothing of what is usual.
const FEW: usize = 2;

/// Doubtful values where one place of an import reads them.
struct Doubt {
    columns: BTreeSet<usize>,
    span: Span,
    lines: BTreeSet<u32>,
    codes: Vec<(String, f64)>,
    others: (f64, f64),
}

impl Doubt {
    /// Adds those of another column, of which a variable reads one after the other, or of another template.
    fn join(&mut self, other: Doubt) {
        self.columns.extend(other.columns);
        self.lines.extend(other.lines);
        for code in other.codes {
            if self.codes.iter().all(|(text, _)| *text != code.0) {
                self.codes.push(code);
            }
        }
        self.codes.sort_by(|(_, one), (_, other)| other.total_cmp(one));
        self.others = (self.others.0.min(other.others.0), self.others.1.max(other.others.1));
    }
}

/// Tells of each measure of some templates which of its values seem to be none.
pub(super) fn doubt_values(
    import: &Import,
    templates: &[Template],
    table: &Table,
    texts: &Texts,
    left_out: &mut LeftOuts<'_>,
) {
    let mut doubts: BTreeMap<&str, Doubt> = BTreeMap::new();
    for template in templates {
        let Some((value, None)) = &template.value else { continue };
        for found in value.columns().into_iter().filter_map(|column| doubt(column, template, table)) {
            match doubts.entry(texts.slice(template.value_span)) {
                Entry::Occupied(mut known) => known.get_mut().join(found),
                Entry::Vacant(vacant) => drop(vacant.insert(found)),
            }
        }
    }
    for doubt in doubts.into_values() {
        let mut lines = ToldLines::default();
        doubt.lines.iter().for_each(|line| lines.add(*line));
        let headers = doubt.columns.iter().map(|column| table.columns[*column].header.clone()).collect();
        let codes = doubt.codes.into_iter().map(|(text, _)| text).collect();
        let why = DoubtfulValues { row: import.row.text.clone(), headers, codes, others: doubt.others };
        left_out.push(Why::DoubtfulValues(Box::new(why)), lines, doubt.span);
    }
}

/// The doubtful values of a column, in the rows that a template takes.
fn doubt(column: usize, template: &Template, table: &Table) -> Option<Doubt> {
    let cells = &table.columns[column];
    let symbols = 0..cells.symbols() as Symbol;
    let is_code = |symbol: Symbol| !cells.is_missing(symbol) && looks_like_code(cells.text(symbol));
    // Most tables have none, which is found at once.
    if !symbols.clone().any(is_code) {
        return None;
    }
    let rows = Chosen::new(table, template.among.as_ref());
    let read = rows.column(column);
    let mut is_used = vec![false; cells.symbols()];
    (0..rows.len()).for_each(|row| is_used[read.at(row) as usize] = true);
    let used = symbols.filter(|symbol| is_used[*symbol as usize] && !cells.is_missing(*symbol));
    let numbers: Vec<(Symbol, f64)> = used.filter_map(|symbol| Some((symbol, cells.number(symbol)?))).collect();
    let others: Vec<f64> = numbers.iter().filter(|(symbol, _)| !is_code(*symbol)).map(|(_, number)| *number).collect();
    if others.len() <= FEW {
        return None;
    }
    let least = others.iter().copied().fold(f64::INFINITY, f64::min);
    let most = others.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let is_meant = |number: f64| template.among.as_ref().is_some_and(|among| says_from_which_on(among, column, number));
    let is_far = |number: f64| number < least && (least >= 0.0 || number < FAR * least) && !is_meant(number);
    let mut strange: Vec<(Symbol, f64)> = numbers;
    strange.retain(|(symbol, number)| is_code(*symbol) && is_far(*number));
    if strange.is_empty() {
        return None;
    }
    strange.sort_by(|(_, one), (_, other)| other.total_cmp(one));
    let lines = rows.lines();
    let is_strange = |row: &usize| strange.iter().any(|(symbol, _)| *symbol == read.at(*row));
    Some(Doubt {
        columns: BTreeSet::from([column]),
        span: template.value_span,
        lines: (0..rows.len()).filter(is_strange).map(|row| lines.at(row)).collect(),
        codes: strange.iter().map(|(symbol, number)| (cells.text(*symbol).to_owned(), *number)).collect(),
        others: (least, most),
    })
}

/// Whether a text is such as tables write where there is no value: `-9`, `-99`, `-77`, `-9.0`.
fn looks_like_code(text: &str) -> bool {
    let Some(digits) = text.strip_prefix('-') else { return false };
    let digits = digits
        .split_once('.')
        .map_or(digits, |(whole, rest)| if rest.bytes().all(|digit| digit == b'0') { whole } else { "" });
    let first = digits.bytes().next();
    let is_one_digit = digits.bytes().all(|digit| Some(digit) == first);
    is_one_digit
        && match first {
            Some(b'7'..=b'9') => true,
            Some(b'4'..=b'6') => digits.len() > 1,
            _ => false,
        }
}

/// Whether a condition says from which value on those of a column are meant, and this one is among them.
fn says_from_which_on(among: &Formula, column: usize, value: f64) -> bool {
    let is_it = |formula: &Formula| formula.as_column() == Some(column);
    let says = |operator: ComparisonOperator, bound: f64| {
        matches!(operator, ComparisonOperator::Greater | ComparisonOperator::GreaterOrEqual) && bound <= value
    };
    match among {
        Formula::And(all) | Formula::Or(all) => all.iter().any(|one| says_from_which_on(one, column, value)),
        Formula::Comparison(left, operator, right) => match (left.as_number(), right.as_number()) {
            (None, Some(bound)) => is_it(left) && says(*operator, bound),
            (Some(bound), None) => is_it(right) && says(operator.mirrored(), bound),
            _ => false,
        },
        _ => false,
    }
}
