//! What of a row tells a date.

use super::dates::{Months, Told, of_number, of_parts, of_pattern, of_text};
use crate::model::report::Report;
use crate::model::time as dates;
use crate::syntax::tree::{CellDate, CellDateKind, Cells};
use crate::tables::{DateForm, Formula, RowOf, Value, Why};
use crate::text::Span;
use crate::time::{Day, Period};
use std::cell::RefCell;

/// A date that a row tells.
pub(super) struct DatePlan {
    form: DatePlanForm,
    pub(super) span: Span,
    /// Where its year is told.
    pub(super) year_span: Span,
}

enum DatePlanForm {
    Parts(Vec<Formula>),
    Pattern(Formula, String),
    Value(Formula, Kept),
    Literal(Period),
}

/// What helps to find what the texts of a column tell.
#[derive(Default)]
struct Kept {
    /// Of those that are not written as most dates are, as far as they were looked at and tell a date.
    told: RefCell<Vec<Option<(Period, bool)>>>,
    months: RefCell<Months>,
}

impl Kept {
    /// What a text tells: looked up, or found now.
    fn told(&self, formula: &Formula, row: RowOf<'_>) -> Told {
        let Some(column) = formula.as_column() else { return written(formula, row) };
        if let Some(plain) = self.plain(formula, row) {
            return plain;
        }
        let symbol = row.symbols[column] as usize;
        if let Some(Some((period, imprecise))) = self.told.borrow().get(symbol) {
            return Told::Period(*period, *imprecise);
        }
        let told = written(formula, row);
        if let Told::Period(period, imprecise) = &told {
            let mut kept = self.told.borrow_mut();
            kept.resize(row.columns[column].symbols(), None);
            kept[symbol] = Some((*period, *imprecise));
        }
        told
    }

    /// What a cell tells that is written as most dates are.
    fn plain(&self, formula: &Formula, row: RowOf<'_>) -> Option<Told> {
        let (column, symbol) = formula.as_column().map(|column| (&row.columns[column], row.symbols[column]))?;
        if column.is_missing(symbol) {
            return Some(Told::Missing);
        }
        self.months.borrow_mut().of_plain(column.date(symbol)?)
    }
}

impl DatePlan {
    /// As an import writes it; none where a date of its own is none, which is told.
    pub(super) fn new(date: &CellDate, formula: impl Fn(&Cells) -> Formula, report: &mut Report) -> Option<DatePlan> {
        let form = match &date.kind {
            CellDateKind::Parts(parts) => DatePlanForm::Parts(parts.iter().map(formula).collect()),
            CellDateKind::Pattern(text, pattern) => DatePlanForm::Pattern(formula(text), pattern.text.clone()),
            CellDateKind::Value(value) => DatePlanForm::Value(formula(value), Kept::default()),
            CellDateKind::Literal(literal) => DatePlanForm::Literal(dates::period(literal, report)?),
        };
        let year_span = match &date.kind {
            CellDateKind::Parts(parts) => parts.first().map_or(date.span, |year| year.span),
            _ => date.span,
        };
        Some(DatePlan { form, span: date.span, year_span })
    }

    /// What tells its year, where a number may.
    pub(super) fn year_formula(&self) -> Option<&Formula> {
        match &self.form {
            DatePlanForm::Parts(parts) => parts.first(),
            DatePlanForm::Value(formula, _) => Some(formula),
            DatePlanForm::Pattern(..) | DatePlanForm::Literal(_) => None,
        }
    }

    /// The columns that tell its year; none of a date that is the same for all rows.
    pub(super) fn year_columns(&self) -> Vec<usize> {
        match &self.form {
            DatePlanForm::Parts(parts) => parts.first().map(Formula::columns).unwrap_or_default(),
            DatePlanForm::Value(formula, _) | DatePlanForm::Pattern(formula, _) => formula.columns(),
            DatePlanForm::Literal(_) => Vec::new(),
        }
    }

    /// The column whose texts alone tell it, if there is one.
    pub(super) fn column(&self) -> Option<usize> {
        match &self.form {
            DatePlanForm::Value(formula, _) => formula.as_column(),
            _ => None,
        }
    }

    /// Its first day; none where it tells no date.
    pub(super) fn first_day(&self, row: RowOf<'_>) -> Option<Day> {
        match self.told(row) {
            Told::Period(period, _) => Some(period.first),
            Told::Missing | Told::Wrong(_) => None,
        }
    }

    /// The year of its first day, before Christ with a minus; none where it tells no date.
    pub(super) fn year(&self, row: RowOf<'_>) -> Option<i32> {
        self.first_day(row).map(|day| i32::from(day.year()))
    }

    /// Whether what it reads is the number of a day before those that a workbook has.
    pub(super) fn is_no_day(&self, row: RowOf<'_>) -> bool {
        match &self.form {
            DatePlanForm::Value(formula, _) => is_no_day(formula, row),
            _ => false,
        }
    }

    /// What it has to tell, with whether that is imprecise, of what it told.
    pub(super) fn needed(&self, told: Told, is_end: bool) -> Result<(Period, bool), Why> {
        match told {
            Told::Period(period, imprecise) => Ok((period, imprecise)),
            Told::Missing => Err(Why::NoDate { is_end, has_condition: false }),
            Told::Wrong(text) => {
                let form = match &self.form {
                    DatePlanForm::Parts(_) => DateForm::Parts,
                    DatePlanForm::Pattern(..) => DateForm::Pattern,
                    DatePlanForm::Value(formula, _) if formula.as_column().is_none() => DateForm::Computed,
                    DatePlanForm::Value(..) | DatePlanForm::Literal(_) => DateForm::Cell,
                };
                Err(Why::NotADate { texts: vec![text], form, date: Some(self.span) })
            }
        }
    }

    /// What it tells in a row. What an odd text of a cell told before is known.
    pub(super) fn told(&self, row: RowOf<'_>) -> Told {
        match &self.form {
            DatePlanForm::Value(formula, kept) => kept.told(formula, row),
            _ => self.find(row),
        }
    }

    /// The same, for whoever asks once.
    pub(super) fn find(&self, row: RowOf<'_>) -> Told {
        match &self.form {
            DatePlanForm::Literal(period) => Told::Period(*period, false),
            DatePlanForm::Parts(parts) => of_parts(parts, row),
            DatePlanForm::Value(formula, kept) => kept.plain(formula, row).unwrap_or_else(|| written(formula, row)),
            DatePlanForm::Pattern(formula, pattern) => match formula.value(row) {
                Value::Missing => Told::Missing,
                Value::Number(number) => Told::Wrong(number.to_string()),
                Value::Written(text, _) | Value::NoNumber(text) => of_pattern(pattern, text),
            },
        }
    }
}

/// What any cell tells.
fn written(formula: &Formula, row: RowOf<'_>) -> Told {
    match formula.value(row) {
        Value::Missing => Told::Missing,
        Value::Number(number) => of_number(number),
        Value::Written(text, Some(_)) if is_no_day(formula, row) => Told::Wrong(text.to_owned()),
        // `1999-04` is no number, and `-433` is one.
        Value::Written(text, Some(number)) if !text.contains('-') || text.starts_with('-') => of_number(number),
        Value::Written(text, _) | Value::NoNumber(text) => of_text(text),
    }
}

/// Whether the number in a cell counts days and is no year.
fn is_no_day(formula: &Formula, row: RowOf<'_>) -> bool {
    formula.as_column().is_some_and(|column| row.columns[column].is_no_day(row.symbols[column]))
}
