//! What the rows of tables say, column by column: a million rows cost a few bytes each.

use super::packed::Packed;
use super::row_times::RowTimes;
use super::{Polarity, Statement, StatementArgument, StatementId, StatementTime, StatementValue};
use crate::columns::Lines;
use crate::model::program::IndividualId;
use std::ops::Range;

/// The row of a table that says something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableRow {
    /// The table, as the program names it.
    pub table: String,
    /// The line of the file.
    pub line: u32,
}

/// `atop5_1m.csv:1234`, without the folders.
impl std::fmt::Display for TableRow {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let name = self.table.rsplit(['/', '\\']).next().unwrap_or(&self.table);
        write!(formatter, "{name}:{}", self.line)
    }
}

/// The values that rows give a measure.
#[derive(Debug, Clone, Default)]
pub enum RowValues {
    /// The rows speak of a predicate.
    #[default]
    None,
    /// Numbers, by their bits; none that is a number where a cell is missing.
    Numbers(Packed<u64>),
    /// Members of the measure's ordered kind; none where a cell is missing.
    Levels(Packed<Option<IndividualId>>),
}

/// The statements that one template of an import makes of the rows of a table, in the order of their individuals; those of the
/// same individuals are in the order of the rows. Their ids follow one another.
#[derive(Debug, Clone)]
pub struct TableStatements {
    /// What they share: of what, according to whom, the template's place.
    pub pattern: Statement,
    /// The table, as the program names it.
    pub table: String,
    /// The id of the first.
    pub first: StatementId,
    /// The individuals of each atom, one after another; atoms in order, each once.
    pub(super) atoms: Vec<IndividualId>,
    /// Where the statements of each atom begin; one more than there are atoms.
    pub(super) starts: Vec<u32>,
    /// Of each statement its side.
    pub polarities: Packed<Polarity>,
    /// Of each statement, where the template gives a measure a value.
    pub values: RowValues,
    /// Of each statement its time.
    pub times: RowTimes,
    /// Of each statement its row; none where they are in the order of the rows.
    pub(super) rows: Option<Vec<u32>>,
    /// Of each row its line in the file.
    pub(super) lines: Lines,
}

impl TableStatements {
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

    /// How many individuals each speaks of.
    #[must_use]
    pub fn arity(&self) -> usize {
        self.pattern.arguments.len()
    }

    /// How many atoms they speak of.
    #[must_use]
    pub fn atom_count(&self) -> usize {
        self.starts.len() - 1
    }

    /// The individuals of each atom, one after another; atoms in order, each once.
    pub(super) fn atoms(&self) -> &[IndividualId] {
        &self.atoms
    }

    /// The individuals of an atom.
    #[must_use]
    #[inline]
    pub fn atom(&self, number: usize) -> &[IndividualId] {
        &self.atoms[number * self.arity()..(number + 1) * self.arity()]
    }

    /// The statements of an atom.
    #[must_use]
    #[inline]
    pub fn places(&self, atom: usize) -> Range<usize> {
        self.starts[atom] as usize..self.starts[atom + 1] as usize
    }

    /// The statements of atoms that follow one another.
    pub(super) fn places_of(&self, atoms: Range<usize>) -> Range<usize> {
        if atoms.is_empty() { 0..0 } else { self.starts[atoms.start] as usize..self.starts[atoms.end] as usize }
    }

    /// The individuals of one.
    #[must_use]
    pub fn individuals_of(&self, place: usize) -> &[IndividualId] {
        self.atom(self.starts.partition_point(|start| *start as usize <= place) - 1)
    }

    /// The line of the file in which one stands.
    #[must_use]
    pub fn line_of(&self, place: usize) -> u32 {
        self.lines.at(self.rows.as_ref().map_or(place, |rows| rows[place] as usize))
    }

    /// The number that one gives a measure; none that is a number where it gives none.
    #[must_use]
    #[inline]
    pub fn number_of(&self, place: usize) -> f64 {
        match &self.values {
            RowValues::Numbers(numbers) => f64::from_bits(numbers.at(place)),
            RowValues::None | RowValues::Levels(_) => f64::NAN,
        }
    }

    /// The value that one gives a measure.
    #[must_use]
    pub fn value_of(&self, place: usize) -> Option<StatementValue> {
        match &self.values {
            RowValues::None => None,
            // An `unknown` has no value, and is kept as none that a number can be.
            RowValues::Numbers(_) => {
                Some(self.number_of(place)).filter(|number| !number.is_nan()).map(StatementValue::Number)
            }
            RowValues::Levels(levels) => levels.at(place).map(StatementValue::Level),
        }
    }

    /// The time of one.
    #[must_use]
    pub fn time_of(&self, place: usize) -> StatementTime {
        self.times.statement_time(self.times.row(place))
    }

    /// One of them, written out as if a person had written it.
    #[must_use]
    pub fn statement(&self, place: usize) -> Statement {
        let pattern = &self.pattern;
        let arguments = self
            .individuals_of(place)
            .iter()
            .zip(&pattern.arguments)
            .map(|(individual, argument)| StatementArgument { individuals: vec![*individual], ..argument.clone() });
        Statement {
            polarity: self.polarities.at(place),
            arguments: arguments.collect(),
            value: self.value_of(place),
            times: vec![self.time_of(place)],
            row: Some(TableRow { table: self.table.clone(), line: self.line_of(place) }),
            ..pattern.clone()
        }
    }
}
