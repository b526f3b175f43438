//! A template filled column by column: what a cell means is looked at once for each distinct text, and a row costs next to nothing.

use super::aliases::AliasIndex;
use super::codes::{Argument, ArgumentKind, Code};
use super::templates::Template;
use crate::columns::{Lines, Shared};
use crate::evidence::{DraftRows, Packed, Polarity, RowValues};
use crate::model::program::{IndividualId, KindId, Program};
use crate::model::resolver::Resolver;
use crate::tables::{Column, Formula, RowOf, Symbol, Table, Value};
use std::hash::Hash;

/// The rows of a table that a template takes.
pub(super) struct Chosen<'t> {
    table: &'t Table,
    /// None where it takes all.
    rows: Option<Vec<u32>>,
}

impl<'t> Chosen<'t> {
    pub(super) fn new(table: &'t Table, among: Option<&Formula>) -> Chosen<'t> {
        let all = Chosen { table, rows: None };
        let Some(among) = among else { return all };
        let takes = |row: RowOf<'_>| Some(among.holds(row) == Some(true));
        let Some(takes) = all.each_value(&among.columns(), takes) else { return all };
        let mut rows = Vec::new();
        takes.each(|row, is_taken| rows.extend(is_taken.then_some(row as u32)));
        Chosen { table, rows: Some(rows) }
    }

    pub(super) fn len(&self) -> usize {
        self.rows.as_ref().map_or(self.table.rows(), Vec::len)
    }

    /// The columns of the table.
    pub(super) fn columns(&self) -> &'t [Column] {
        &self.table.columns
    }

    /// The symbols in a column.
    pub(super) fn column(&self, column: usize) -> Shared {
        let symbols = self.table.columns[column].rows();
        match &self.rows {
            None => symbols.clone(),
            Some(rows) => symbols.of(rows).into(),
        }
    }

    /// Their lines.
    pub(super) fn lines(&self) -> Lines {
        match &self.rows {
            None => self.table.lines.clone(),
            Some(rows) => self.table.lines.of(rows.iter().map(|row| *row as usize)),
        }
    }

    /// Uses one of them.
    pub(super) fn with<T>(&self, row: usize, use_it: impl FnOnce(RowOf<'_>) -> T) -> T {
        let row = self.rows.as_ref().map_or(row, |rows| rows[row] as usize);
        let symbols: Vec<Symbol> = self.table.columns.iter().map(|column| column.at(row)).collect();
        use_it(RowOf { columns: &self.table.columns, symbols: &symbols })
    }

    /// A value for each row, which the cells of some columns decide; none where one has none. One column is asked about each of its
    /// texts once.
    pub(super) fn each_value<T: Copy + Eq + Hash>(
        &self,
        columns: &[usize],
        mut value: impl FnMut(RowOf<'_>) -> Option<T>,
    ) -> Option<Packed<T>> {
        let mut symbols: Vec<Symbol> = vec![0; self.table.columns.len()];
        let all = &self.table.columns;
        let mut of = |symbols: &[Symbol]| value(RowOf { columns: all, symbols });
        match *columns {
            _ if self.len() == 0 => Some(Packed::default()),
            [] => Some(Packed::Same(of(&symbols)?, self.len())),
            [only] => self.each_text(only, |symbol| {
                symbols[only] = symbol;
                of(&symbols)
            }),
            _ => {
                let numbers: Vec<(usize, Shared)> =
                    columns.iter().map(|column| (*column, self.column(*column))).collect();
                let mut values = Packed::default();
                for row in 0..self.len() {
                    for (column, numbers) in &numbers {
                        symbols[*column] = numbers.at(row);
                    }
                    values.push(of(&symbols)?, self.len());
                }
                Some(values)
            }
        }
    }

    /// The same, of the symbols of one column. There has to be a row.
    fn each_text<T: Copy + Eq + Hash>(
        &self,
        column: usize,
        mut value: impl FnMut(Symbol) -> Option<T>,
    ) -> Option<Packed<T>> {
        let numbers = self.column(column);
        let symbols = self.table.columns[column].symbols();
        let mut is_used = vec![self.rows.is_none(); symbols];
        if self.rows.is_some() {
            numbers.each(|_, symbol| is_used[symbol as usize] = true);
        }
        // A text that stands in none of these rows has the value of another one.
        let mut values: Vec<T> = Vec::new();
        for symbol in (0..symbols).filter(|symbol| is_used[*symbol]) {
            let value = value(symbol as Symbol)?;
            if values.is_empty() {
                values = vec![value; symbols];
            }
            values[symbol] = value;
        }
        Some(Packed::of_numbers(values, numbers))
    }
}

impl Resolver<'_> {
    /// What all rows of a table say by a template; none where some row says nothing or something of a row has to be told, so that rows
    /// have to be looked at one by one. Whoever is found is found in either way: times come first, and then one role after the other.
    pub(super) fn columns(
        &mut self,
        template: &mut Template,
        table: &Table,
        index: &mut AliasIndex,
    ) -> Option<DraftRows> {
        let rows = Chosen::new(table, template.among.as_ref());
        if rows.len() == 0 {
            return None;
        }
        let times = template.times.of_rows(&rows, &mut template.draft.times)?;
        let mut individuals = Vec::with_capacity(template.arguments.len());
        for argument in &mut template.arguments {
            individuals.push(self.role(argument, &rows, index)?);
        }
        if template.refuses_pairs && self.has_pairs(&individuals) {
            return None;
        }
        let (polarity, otherwise) = (template.polarity, template.otherwise());
        let mut polarities = match &template.is {
            None => Packed::Same(polarity, rows.len()),
            Some(is) => rows.each_value(&is.columns(), |row| {
                Some(match is.holds(row) {
                    Some(true) => polarity,
                    Some(false) => otherwise,
                    None => Polarity::Unknown,
                })
            })?,
        };
        let values = match &template.value {
            None => RowValues::None,
            Some((formula, levels)) => {
                let is_missing = |row: RowOf<'_>| formula.value(row) == Value::Missing;
                let side = |row: RowOf<'_>| Some(if is_missing(row) { Polarity::Unknown } else { polarity });
                polarities = rows.each_value(&formula.columns(), side)?;
                self.values(formula, *levels, &rows)?
            }
        };
        Some(DraftRows { individuals, polarities, times, values, lines: rows.lines() })
    }

    /// Whom an argument means in each row.
    fn role(
        &mut self,
        argument: &mut Argument,
        rows: &Chosen<'_>,
        index: &mut AliasIndex,
    ) -> Option<Packed<IndividualId>> {
        let span = argument.span;
        match &mut argument.kind {
            ArgumentKind::Fixed(individual) => Some(Packed::Same(*individual, rows.len())),
            ArgumentKind::Cell(cell) => {
                let place = cell.column;
                let column = &rows.table.columns[place];
                rows.each_text(place, |symbol| match self.meaning(cell, span, column, symbol, index) {
                    Code::One(individual) => Some(*individual),
                    Code::Several(_) | Code::Nobody(_) => None,
                })
            }
        }
    }

    /// Whether some row pairs a state with itself.
    fn has_pairs(&self, individuals: &[Packed<IndividualId>]) -> bool {
        let is_state = |role: &Packed<IndividualId>| {
            role.values().first().is_some_and(|one| self.individuals.get(*one).root == Program::STATE)
        };
        let states: Vec<&Packed<IndividualId>> = individuals.iter().filter(|role| is_state(role)).collect();
        states.iter().enumerate().any(|(place, one)| states[..place].iter().any(|other| one.meets(other)))
    }

    /// The value that each row gives a measure of numbers, or of levels.
    fn values(&self, formula: &Formula, levels: Option<KindId>, rows: &Chosen<'_>) -> Option<RowValues> {
        let columns = formula.columns();
        Some(match levels {
            None => RowValues::Numbers(rows.each_value(&columns, |row| {
                let number = formula.value(row).number().ok()?;
                Some(number.unwrap_or(f64::NAN).to_bits())
            })?),
            Some(kind) => RowValues::Levels(rows.each_value(&columns, |row| match formula.value(row) {
                Value::Missing => Some(None),
                Value::Written(text, _) => self.individuals.find(self.kinds.root(kind), text).map(Some),
                Value::Number(_) | Value::NoNumber(_) => None,
            })?),
        })
    }
}
