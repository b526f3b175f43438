//! Statements of a table on their way to be sorted.

use super::order::Order;
use super::packed::Packed;
use super::row_times::{RowTime, RowTimes};
use super::{Polarity, RowValues, Statement, StatementId, StatementTime, TableStatements};
use crate::columns::Lines;
use crate::model::program::IndividualId;
use crate::text::Span;

/// The statements that one template makes of the rows of a table, in the order of the rows. Individuals are numbered as they
/// were found.
#[derive(Debug)]
pub struct TableDraft {
    /// What they share.
    pub pattern: Statement,
    table: String,
    /// Of each role the individual of each row.
    roles: Vec<Packed<IndividualId>>,
    polarities: Packed<Polarity>,
    values: RowValues,
    /// Of each row.
    pub times: RowTimes,
    lines: Lines,
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

/// What all rows say, column by column.
#[derive(Debug)]
pub struct DraftRows {
    /// Of each role, of whom.
    pub individuals: Vec<Packed<IndividualId>>,
    /// On which side.
    pub polarities: Packed<Polarity>,
    /// When.
    pub times: Packed<RowTime>,
    /// What they give a measure.
    pub values: RowValues,
    /// The lines of the file.
    pub lines: Lines,
}

impl TableDraft {
    /// None so far, of a table of so many rows.
    #[must_use]
    pub fn new(pattern: Statement, table: &str, values: RowValues, written: Option<Span>, rows: usize) -> TableDraft {
        let roles = pattern.arguments.iter().map(|_| Packed::default()).collect();
        let (polarities, times, lines) = (Packed::default(), RowTimes::new(written, rows), Lines::default());
        TableDraft { pattern, table: table.to_owned(), roles, polarities, values, times, lines, rows }
    }

    /// Adds what a row says.
    #[inline]
    pub fn push(&mut self, row: &DraftRow<'_>) {
        for (role, individual) in self.roles.iter_mut().zip(row.individuals) {
            role.push(*individual, self.rows);
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

    /// Takes what all rows say, where none was added before.
    pub fn fill(&mut self, rows: DraftRows) {
        let DraftRows { individuals, polarities, times, values, lines } = rows;
        (self.roles, self.polarities, self.values, self.lines) = (individuals, polarities, values, lines);
        self.times.fill(times);
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
        let mut distinct = self.roles[role].values().to_vec();
        distinct.sort_unstable();
        distinct.dedup();
        distinct
    }

    /// The side on which a row stands.
    #[must_use]
    pub fn polarity_of(&self, row: usize) -> Polarity {
        self.polarities.at(row)
    }

    /// The time of a row.
    #[must_use]
    pub fn time_of(&self, row: usize) -> StatementTime {
        self.times.statement_time(self.times.row(row))
    }

    /// The individuals of a row.
    pub fn individuals_of(&self, row: usize) -> impl Iterator<Item = IndividualId> + '_ {
        self.roles.iter().map(move |role| role.at(row))
    }

    /// The statements in order, with the ids that individuals have at last; the first one has the id `first`.
    #[must_use]
    pub fn finish(mut self, ids: &[IndividualId], first: StatementId) -> TableStatements {
        self.roles.iter_mut().for_each(|role| role.turn(|individual| ids[individual.index()]));
        let Order { places, atoms, starts } = Order::by_individuals(&self.roles, self.len());
        self.roles = Vec::new();
        let order = places.as_deref();
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
        let TableDraft { pattern, table, polarities, values, times, lines, .. } = self;
        TableStatements { pattern, table, first, atoms, starts, polarities, values, times, rows: places, lines }
    }
}
