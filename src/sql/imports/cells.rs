//! Cells of a row, and values and conditions on them.

use crate::sql::names::{self, number, quoted};
use crate::sql::scope::{and, or};
use crate::syntax::tree::{ArithmeticOperator, Cell, Cells, CellsKind, ComparisonOperator};
use crate::tables::{Bound, header_of};

/// The columns of a table that an import names: of each a text, and the number that it is.
#[derive(Debug, Clone, Default)]
pub(super) struct Columns(pub(super) Vec<String>);

impl Columns {
    /// The columns of the text and of the number of a cell.
    pub(super) fn of(&self, cell: &Cell, bound: Option<Bound<'_>>) -> (String, String) {
        let header = header_of(cell, bound);
        let place = self.0.iter().position(|known| known == header).unwrap_or(0);
        (format!("c.{}", quoted(header)), format!("c.\"n{place}\""))
    }
}

/// What a formula gives, as expressions of SQL.
#[derive(Debug, Clone)]
pub(super) struct Formula {
    /// Whether there is no value.
    pub(super) missing: String,
    /// What was written.
    pub(super) text: Option<String>,
    /// The number; null where it is none.
    pub(super) number: String,
}

/// A value.
pub(super) fn value(cells: &Cells, columns: &Columns, bound: Option<Bound<'_>>) -> Formula {
    match &cells.kind {
        CellsKind::Cell(cell) => {
            let (text, number) = columns.of(cell, bound);
            Formula { missing: format!("({text} is null)"), text: Some(text), number }
        }
        CellsKind::Variable(name) => written(bound.and_then(|bound| bound.text(name)).unwrap_or_default()),
        CellsKind::Text(text) => written(text),
        CellsKind::Number(value) => Formula { missing: "false".to_owned(), text: None, number: number(*value) },
        CellsKind::Negation(inner) => {
            let inner = value(inner, columns, bound);
            Formula { missing: inner.missing, text: None, number: format!("(- {})", inner.number) }
        }
        CellsKind::Arithmetic(left, operator, right) => {
            let (left, right) = (value(left, columns, bound), value(right, columns, bound));
            let sign = match operator {
                ArithmeticOperator::Add => "+",
                ArithmeticOperator::Subtract => "-",
                ArithmeticOperator::Multiply => "*",
                ArithmeticOperator::Divide => "/",
            };
            let result = format!("({} {sign} {})", left.number, right.number);
            // What is divided by zero is missing.
            let missing = or(&or(&left.missing, &right.missing), &format!("(coalesce(not isfinite({result}), false))"));
            Formula { missing, text: None, number: format!("(case when isfinite({result}) then {result} end)") }
        }
        // The parser keeps conditions apart from values.
        _ => Formula { missing: "true".to_owned(), text: None, number: "cast(null as double)".to_owned() },
    }
}

/// A text that stands in the program.
fn written(text: &str) -> Formula {
    let literal = names::text(text);
    Formula { missing: "false".to_owned(), number: number_of(&literal), text: Some(literal) }
}

/// Whether a condition holds; null where a missing cell leaves it open.
pub(super) fn holds(cells: &Cells, columns: &Columns, bound: Option<Bound<'_>>) -> String {
    let joined = |all: &[Cells], word: &str| {
        let all: Vec<String> = all.iter().map(|one| holds(one, columns, bound)).collect();
        format!("({})", all.join(word))
    };
    match &cells.kind {
        CellsKind::Missing(cell) => format!("({} is null)", columns.of(cell, bound).0),
        CellsKind::Not(inner) => format!("(not {})", holds(inner, columns, bound)),
        CellsKind::And(all) => joined(all, " and "),
        CellsKind::Or(all) => joined(all, " or "),
        CellsKind::In(one, these) => {
            let one = value(one, columns, bound);
            let any = these.iter().fold("false".to_owned(), |any, other| {
                let other = value(other, columns, bound);
                let equal = ordered(&one, "=", &other);
                let is_it = and(&format!("(not {})", other.missing), &format!("coalesce({equal}, false)"));
                or(&any, &is_it)
            });
            format!("(case when {} then null else {any} end)", one.missing)
        }
        CellsKind::Comparison(left, operator, right) => {
            let (left, right) = (value(left, columns, bound), value(right, columns, bound));
            let missing = or(&left.missing, &right.missing);
            let result = match operator {
                ComparisonOperator::Equal => format!("coalesce({}, false)", ordered(&left, "=", &right)),
                ComparisonOperator::NotEqual => format!("not coalesce({}, false)", ordered(&left, "=", &right)),
                ComparisonOperator::Less => ordered(&left, "<", &right),
                ComparisonOperator::LessOrEqual => ordered(&left, "<=", &right),
                ComparisonOperator::Greater => ordered(&left, ">", &right),
                ComparisonOperator::GreaterOrEqual => ordered(&left, ">=", &right),
            };
            format!("(case when {missing} then null else {result} end)")
        }
        _ => "cast(null as boolean)".to_owned(),
    }
}

/// A comparison: of numbers where both are, else of texts; null between a number and a text that is none.
fn ordered(left: &Formula, sign: &str, right: &Formula) -> String {
    let numbers = format!("{} {sign} {}", left.number, right.number);
    match (&left.text, &right.text) {
        (Some(one), Some(other)) => format!(
            "(case when {} is null or {} is null then {one} {sign} {other} else {numbers} end)",
            left.number, right.number
        ),
        _ => format!("({numbers})"),
    }
}

/// The number that a text is: `4.5`, `1e6`, `12%`, `1,234.5`; null where it is none.
pub(super) fn number_of(text: &str) -> String {
    format!("symmachia_number({text})")
}
