//! Values and conditions on the cells of a row, with columns found.

use super::column::{Column, Symbol};
use crate::syntax::tree::{ArithmeticOperator, Cell, Cells, CellsKind, ComparisonOperator, Each};
use std::cmp::Ordering;

/// A value or a condition; a cell is the place of its column.
#[derive(Debug, Clone)]
pub enum Formula {
    /// A cell.
    Cell(usize),
    /// A number.
    Number(f64),
    /// A text, and the number that it is.
    Text(String, Option<f64>),
    /// Whether a cell stands for no value.
    Missing(usize),
    /// The opposite.
    Not(Box<Formula>),
    /// The opposite number.
    Negation(Box<Formula>),
    /// All.
    And(Vec<Formula>),
    /// At least one.
    Or(Vec<Formula>),
    /// One of these.
    In(Box<Formula>, Vec<Formula>),
    /// A comparison: of numbers where both are, else of texts.
    Comparison(Box<Formula>, ComparisonOperator, Box<Formula>),
    /// Arithmetic.
    Arithmetic(Box<Formula>, ArithmeticOperator, Box<Formula>),
}

/// What a formula gives in a row.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Value<'v> {
    /// A cell is missing, or a divisor is zero.
    Missing,
    /// A number that was computed.
    Number(f64),
    /// What was written, and the number that it is.
    Written(&'v str, Option<f64>),
    /// Arithmetic on a text that is no number: the text.
    NoNumber(&'v str),
}

/// A row: the distinct texts in its cells.
#[derive(Clone, Copy)]
pub struct RowOf<'r> {
    /// The columns.
    pub columns: &'r [Column],
    /// The symbols of the cells, column by column.
    pub symbols: &'r [Symbol],
}

/// What a variable of `for K in {…}` stands for.
#[derive(Debug, Clone, Copy)]
pub struct Bound<'b> {
    /// The variable.
    pub each: &'b Each,
    /// Which of its values.
    pub value: usize,
}

impl<'b> Bound<'b> {
    /// The text that a variable stands for.
    #[must_use]
    pub fn text(&self, variable: &str) -> Option<&'b str> {
        (self.each.variable.text == variable).then(|| self.each.values[self.value].text.as_str())
    }
}

/// The name of the column that a cell means.
#[must_use]
pub fn header_of<'c>(cell: &'c Cell, bound: Option<Bound<'c>>) -> &'c str {
    let written = cell.column.text.as_str();
    match bound {
        Some(bound) if !cell.column.quoted && bound.each.variable.text == written => {
            &bound.each.values[bound.value].text
        }
        _ => written,
    }
}

impl Formula {
    /// The place of the column, where it is a cell and nothing else.
    #[must_use]
    pub fn as_column(&self) -> Option<usize> {
        match self {
            Formula::Cell(column) => Some(*column),
            _ => None,
        }
    }

    /// The number, where it is one that is written.
    #[must_use]
    pub fn as_number(&self) -> Option<f64> {
        match self {
            Formula::Number(number) => Some(*number),
            Formula::Negation(inner) => inner.as_number().map(|number| -number),
            _ => None,
        }
    }

    /// The columns of all of its cells, each once.
    #[must_use]
    pub fn columns(&self) -> Vec<usize> {
        let mut columns = Vec::new();
        self.each_column(&mut |column| columns.push(column));
        columns.sort_unstable();
        columns.dedup();
        columns
    }

    fn each_column(&self, use_it: &mut impl FnMut(usize)) {
        match self {
            Formula::Cell(column) | Formula::Missing(column) => use_it(*column),
            Formula::Number(_) | Formula::Text(..) => {}
            Formula::Not(inner) | Formula::Negation(inner) => inner.each_column(use_it),
            Formula::And(all) | Formula::Or(all) => all.iter().for_each(|one| one.each_column(use_it)),
            Formula::In(one, these) => {
                one.each_column(use_it);
                these.iter().for_each(|other| other.each_column(use_it));
            }
            Formula::Comparison(left, _, right) | Formula::Arithmetic(left, _, right) => {
                left.each_column(use_it);
                right.each_column(use_it);
            }
        }
    }

    /// Finds the columns of the cells. A variable that is not bound becomes a text that equals nothing.
    #[must_use]
    pub fn compile(cells: &Cells, columns: &[Column], bound: Option<Bound<'_>>) -> Formula {
        let place = |cell: &Cell| {
            let header = header_of(cell, bound);
            columns.iter().position(|column| column.header == header)
        };
        let inner = |cells: &Cells| Box::new(Formula::compile(cells, columns, bound));
        let all = |all: &[Cells]| all.iter().map(|one| Formula::compile(one, columns, bound)).collect();
        match &cells.kind {
            CellsKind::Cell(cell) => place(cell).map_or(Formula::Text(String::new(), None), Formula::Cell),
            CellsKind::Missing(cell) => place(cell).map_or(Formula::Text(String::new(), None), Formula::Missing),
            CellsKind::Variable(name) => {
                let text = bound.and_then(|bound| bound.text(name).map(str::to_owned)).unwrap_or_default();
                let number = super::numbers::value(&text, None);
                Formula::Text(text, number)
            }
            CellsKind::Number(number) => Formula::Number(*number),
            CellsKind::Text(text) => Formula::Text(text.clone(), super::numbers::value(text, None)),
            CellsKind::Not(one) => Formula::Not(inner(one)),
            CellsKind::Negation(one) => Formula::Negation(inner(one)),
            CellsKind::And(these) => Formula::And(all(these)),
            CellsKind::Or(these) => Formula::Or(all(these)),
            CellsKind::In(one, these) => Formula::In(inner(one), all(these)),
            CellsKind::Comparison(left, operator, right) => Formula::Comparison(inner(left), *operator, inner(right)),
            CellsKind::Arithmetic(left, operator, right) => Formula::Arithmetic(inner(left), *operator, inner(right)),
        }
    }

    /// The value in a row.
    #[must_use]
    pub fn value<'v>(&'v self, row: RowOf<'v>) -> Value<'v> {
        match self {
            Formula::Cell(column) => {
                let (column, symbol) = (&row.columns[*column], row.symbols[*column]);
                if column.is_missing(symbol) {
                    Value::Missing
                } else {
                    Value::Written(column.text(symbol), column.number(symbol))
                }
            }
            Formula::Number(number) => Value::Number(*number),
            Formula::Text(text, number) => Value::Written(text, *number),
            Formula::Negation(inner) => match inner.value(row).number() {
                Ok(Some(number)) => Value::Number(-number),
                Ok(None) => Value::Missing,
                Err(text) => Value::NoNumber(text),
            },
            Formula::Arithmetic(left, operator, right) => match (left.value(row).number(), right.value(row).number()) {
                (Err(text), _) | (_, Err(text)) => Value::NoNumber(text),
                (Ok(Some(left)), Ok(Some(right))) => {
                    let result = match operator {
                        ArithmeticOperator::Add => left + right,
                        ArithmeticOperator::Subtract => left - right,
                        ArithmeticOperator::Multiply => left * right,
                        ArithmeticOperator::Divide => left / right,
                    };
                    if result.is_finite() { Value::Number(result) } else { Value::Missing }
                }
                _ => Value::Missing,
            },
            // The parser keeps conditions apart from values.
            _ => Value::Missing,
        }
    }

    /// Whether a condition holds in a row; none where a missing cell leaves it open.
    #[must_use]
    pub fn holds(&self, row: RowOf<'_>) -> Option<bool> {
        match self {
            Formula::Missing(column) => Some(row.columns[*column].is_missing(row.symbols[*column])),
            Formula::Not(inner) => inner.holds(row).map(|holds| !holds),
            Formula::And(all) => joined(all, row, false),
            Formula::Or(all) => joined(all, row, true),
            Formula::In(one, these) => {
                let value = one.value(row);
                if value == Value::Missing {
                    return None;
                }
                Some(these.iter().any(|other| compare(value, other.value(row)) == Some(Ordering::Equal)))
            }
            Formula::Comparison(left, operator, right) => {
                let (left, right) = (left.value(row), right.value(row));
                if left == Value::Missing || right == Value::Missing {
                    return None;
                }
                let order = compare(left, right);
                match operator {
                    ComparisonOperator::Equal => Some(order == Some(Ordering::Equal)),
                    ComparisonOperator::NotEqual => Some(order != Some(Ordering::Equal)),
                    ComparisonOperator::Less => order.map(Ordering::is_lt),
                    ComparisonOperator::LessOrEqual => order.map(Ordering::is_le),
                    ComparisonOperator::Greater => order.map(Ordering::is_gt),
                    ComparisonOperator::GreaterOrEqual => order.map(Ordering::is_ge),
                }
            }
            _ => None,
        }
    }
}

impl<'v> Value<'v> {
    /// As a number; none where it is missing.
    ///
    /// # Errors
    /// The text, where it is no number.
    pub fn number(self) -> Result<Option<f64>, &'v str> {
        match self {
            Value::Missing => Ok(None),
            Value::Number(number) | Value::Written(_, Some(number)) => Ok(Some(number)),
            Value::Written(text, None) | Value::NoNumber(text) => Err(text),
        }
    }
}

/// The order of two values; none between a number and a text that is none.
fn compare(left: Value<'_>, right: Value<'_>) -> Option<Ordering> {
    match (left, right) {
        (Value::Written(left, None), Value::Written(right, _))
        | (Value::Written(left, _), Value::Written(right, None)) => Some(left.cmp(right)),
        _ => left.number().ok()??.partial_cmp(&right.number().ok()??),
    }
}

fn joined(all: &[Formula], row: RowOf<'_>, decisive: bool) -> Option<bool> {
    let mut open = false;
    for one in all {
        match one.holds(row) {
            Some(holds) if holds == decisive => return Some(decisive),
            Some(_) => {}
            None => open = true,
        }
    }
    if open { None } else { Some(!decisive) }
}
