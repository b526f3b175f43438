//! What the rows of tables say, column by column: a million rows cost a few bytes each.

use super::row_times::RowTimes;
use super::{Polarity, Statement, StatementArgument, StatementId, StatementTime, StatementValue, order};
use crate::model::program::IndividualId;

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
    /// Numbers.
    Numbers(Vec<f64>),
    /// Members of the measure's ordered kind; none where a cell is missing.
    Levels(Vec<Option<IndividualId>>),
}

/// The statements that one template of an import makes of the rows of a table. Their ids follow one another.
#[derive(Debug, Clone)]
pub struct TableStatements {
    /// What they share: of what, according to whom, the template's place.
    pub pattern: Statement,
    /// The table, as the program names it.
    pub table: String,
    /// The id of the first.
    pub first: StatementId,
    /// Of each row its individuals, one after another.
    pub individuals: Vec<IndividualId>,
    /// Of each row.
    pub polarities: Vec<Polarity>,
    /// Of each row, where the template gives a measure a value.
    pub values: RowValues,
    /// Of each row its time.
    pub times: RowTimes,
    /// Of each row its line in the file.
    pub lines: Vec<u32>,
}

impl TableStatements {
    /// None so far.
    #[must_use]
    pub fn new(pattern: Statement, table: &str) -> TableStatements {
        TableStatements {
            pattern,
            table: table.to_owned(),
            first: StatementId(0),
            individuals: Vec::new(),
            polarities: Vec::new(),
            values: RowValues::None,
            times: RowTimes::default(),
            lines: Vec::new(),
        }
    }

    /// Makes room for the statements of so many rows.
    pub fn reserve(&mut self, rows: usize) {
        self.individuals.reserve_exact(rows * self.arity());
        self.polarities.reserve_exact(rows);
        self.times.reserve(rows);
        self.lines.reserve_exact(rows);
        match &mut self.values {
            RowValues::None => {}
            RowValues::Numbers(numbers) => numbers.reserve_exact(rows),
            RowValues::Levels(levels) => levels.reserve_exact(rows),
        }
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

    /// How many individuals each speaks of.
    #[must_use]
    pub fn arity(&self) -> usize {
        self.pattern.arguments.len()
    }

    /// The individuals of one.
    #[must_use]
    pub fn individuals_of(&self, place: usize) -> &[IndividualId] {
        let arity = self.arity();
        &self.individuals[place * arity..(place + 1) * arity]
    }

    /// The value that one gives a measure.
    #[must_use]
    pub fn value_of(&self, place: usize) -> Option<StatementValue> {
        match &self.values {
            RowValues::None => None,
            // An `unknown` has no value, and is kept as none that a number can be.
            RowValues::Numbers(numbers) => {
                numbers.get(place).filter(|number| !number.is_nan()).map(|number| StatementValue::Number(*number))
            }
            RowValues::Levels(levels) => levels.get(place).copied().flatten().map(StatementValue::Level),
        }
    }

    /// The time of one.
    #[must_use]
    pub fn time_of(&self, place: usize) -> StatementTime {
        self.times.statement_time(self.times.row(place))
    }

    /// Puts the statements in the order of their individuals; those of the same individuals stay in the order of their rows.
    pub fn sort(&mut self) {
        let Some(order) = order::by_individuals(&self.individuals, self.arity()) else { return };
        let arity = self.arity();
        let of = |place: &u32| &self.individuals[*place as usize * arity..(*place as usize + 1) * arity];
        self.individuals = order.iter().flat_map(of).copied().collect();
        order::reorder(&mut self.polarities, &order);
        order::reorder(&mut self.lines, &order);
        self.times.reorder(&order);
        match &mut self.values {
            RowValues::None => {}
            RowValues::Numbers(numbers) => order::reorder(numbers, &order),
            RowValues::Levels(levels) => order::reorder(levels, &order),
        }
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
            polarity: self.polarities[place],
            arguments: arguments.collect(),
            value: self.value_of(place),
            times: vec![self.time_of(place)],
            row: Some(TableRow { table: self.table.clone(), line: self.lines[place] }),
            ..pattern.clone()
        }
    }
}
