//! Statements of a table on their way to be sorted.

use super::order::{self, Order};
use super::packed::Packed;
use super::row_times::{RowTime, RowTimes};
use super::{Polarity, RowValues, Statement, StatementId, StatementTime, TableStatements};
use crate::model::program::IndividualId;
use crate::narrow::Narrow;
use crate::text::Span;

/// The statements that one template makes of the rows of a table, in the order of the rows. Individuals are numbered as they
/// were found.
#[derive(Debug)]
pub struct TableDraft {
    /// What they share.
    pub pattern: Statement,
    table: String,
    /// Of each role the individual of each row.
    roles: Vec<Narrow>,
    polarities: Packed<Polarity>,
    values: RowValues,
    /// Of each row.
    pub times: RowTimes,
    lines: Vec<u32>,
    /// How many rows will come.
    rows: usize,
}

/// What one row says.
#[derive(Debug)]
pub struct DraftRow<'r> {
    /// Of whom.
    pub individuals: &'r [IndividualId],
    /// On which side.
    pub polarity: Polarity,
    /// When.
    pub time: RowTime,
    /// The number that it gives a measure of numbers; none that is a number where a cell is missing.
    pub number: f64,
    /// The member of its kind that it gives a measure of levels.
    pub level: Option<IndividualId>,
    /// The line of the file.
    pub line: u32,
}

impl TableDraft {
    /// None so far, of a table of so many rows.
    #[must_use]
    pub fn new(pattern: Statement, table: &str, values: RowValues, written: Option<Span>, rows: usize) -> TableDraft {
        let mut lines = Vec::new();
        lines.reserve_exact(rows);
        let roles = pattern.arguments.iter().map(|_| Narrow::default()).collect();
        let (polarities, times) = (Packed::default(), RowTimes::new(written, rows));
        TableDraft { pattern, table: table.to_owned(), roles, polarities, values, times, lines, rows }
    }

    /// Adds what a row says.
    #[inline]
    pub fn push(&mut self, row: &DraftRow<'_>) {
        for (role, individual) in self.roles.iter_mut().zip(row.individuals) {
            role.push(individual.0);
        }
        self.polarities.push(row.polarity, self.rows);
        self.times.push(row.time);
        match &mut self.values {
            RowValues::None => {}
            RowValues::Numbers(numbers) => numbers.push(row.number.to_bits(), self.rows),
            RowValues::Levels(levels) => levels.push(row.level, self.rows),
        }
        self.lines.push(row.line);
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.lines.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// The individuals in a role, each once.
    #[must_use]
    pub fn distinct_in(&self, role: usize) -> Vec<IndividualId> {
        let mut is_there = Vec::new();
        for row in 0..self.len() {
            let individual = self.roles[role].at(row) as usize;
            if is_there.len() <= individual {
                is_there.resize(individual + 1, false);
            }
            is_there[individual] = true;
        }
        let of = |(individual, is_there): (usize, bool)| is_there.then_some(IndividualId(individual as u32));
        is_there.into_iter().enumerate().filter_map(of).collect()
    }

    /// The time of a row.
    #[must_use]
    pub fn time_of(&self, row: usize) -> StatementTime {
        self.times.statement_time(self.times.row(row))
    }

    /// The individuals of a row.
    pub fn individuals_of(&self, row: usize) -> impl Iterator<Item = IndividualId> + '_ {
        self.roles.iter().map(move |role| IndividualId(role.at(row)))
    }

    /// The statements in order, with the ids that individuals have at last; the first one has the id `first`.
    #[must_use]
    pub fn finish(mut self, ids: &[IndividualId], first: StatementId) -> TableStatements {
        let individual = |role: &Narrow, row: usize| ids[role.at(row) as usize];
        let Order { places: order, atoms, starts } = Order::by_individuals(&self.roles, self.len(), individual);
        self.roles = Vec::new();
        let order = order.as_deref();
        self.polarities.finish(order);
        self.times.finish(order);
        match &mut self.values {
            RowValues::None => {}
            RowValues::Numbers(numbers) => numbers.finish(order),
            RowValues::Levels(levels) => {
                levels.turn(|level| level.map(|level| ids[level.index()]));
                levels.finish(order);
            }
        }
        if let Some(order) = order {
            order::reorder(&mut self.lines, order);
        }
        let TableDraft { pattern, table, polarities, values, times, lines, .. } = self;
        TableStatements { pattern, table, first, atoms, starts, polarities, values, times, lines }
    }
}
