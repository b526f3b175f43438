//! Statements of evidence, resolved: what one sentence of a user's file says.

use crate::model::program::{IndividualId, KindId, SourceId, Target, id};
use crate::text::Span;
use crate::time::Day;

pub use crate::syntax::tree::Polarity;

id!(/// A statement: its place in [`crate::model::Program::statements`].
    StatementId);

/// One sentence of evidence. Over sets of individuals it says several facts, and stays one sentence.
#[derive(Debug, Clone)]
pub struct Statement {
    /// Of what.
    pub target: Target,
    /// On which side; a measure's values are always `For`, or `Unknown`.
    pub polarity: Polarity,
    /// Said in both directions of the first two roles.
    pub mutually: bool,
    /// One for each role.
    pub arguments: Vec<StatementArgument>,
    /// For a measure.
    pub value: Option<StatementValue>,
    /// When, in order of time; never empty.
    pub times: Vec<StatementTime>,
    /// According to whom; any of them suffices.
    pub citations: Vec<Citation>,
    /// A note.
    pub note: Option<String>,
    /// From `##`.
    pub documentation: Vec<String>,
    /// The whole.
    pub span: Span,
    /// From the name to the closing parenthesis.
    pub atom_span: Span,
    /// The row of a table that says it; the places are those of the template in the import.
    pub row: Option<super::TableRow>,
}

impl Statement {
    /// Whether it speaks of a single atom, or of one value.
    #[must_use]
    pub fn is_of_one_atom(&self) -> bool {
        !self.mutually && self.arguments.iter().all(|argument| argument.individuals.len() == 1 && !argument.only)
    }
}

/// An argument of a statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatementArgument {
    /// In id order, without repetition.
    pub individuals: Vec<IndividualId>,
    /// The kind, where a set was written by a kind's name alone (`{stans}`), for "said of the stans".
    pub set_kind: Option<KindId>,
    /// Whether it was written as a set.
    pub is_set: bool,
    /// These and no others: evidence against the other members of the role's kind, the unnamed one included.
    pub only: bool,
    /// Its place.
    pub span: Span,
}

/// The value that a statement gives a measure.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum StatementValue {
    /// A number.
    Number(f64),
    /// A member of the measure's ordered kind.
    Level(IndividualId),
}

/// One span of a statement.
///
/// It certainly holds from `latest_start` to `earliest_end` (on no day where that is empty), and
/// perhaps from `earliest_start` to `latest_end`; on the days that are only in the second nothing is settled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct StatementTime {
    /// First day on which it may have begun.
    pub earliest_start: Day,
    /// Last day on which it may have begun.
    pub latest_start: Day,
    /// First day that may have been its last.
    pub earliest_end: Day,
    /// Last day that may have been its last; the calendar's last where no end is given.
    pub latest_end: Day,
    /// No end is given: it holds to its source's horizon, or for good.
    pub open_end: bool,
    /// `ended`: evidence for the opposite from the day after `latest_end` on.
    pub ended: bool,
    /// Of a row of a table, the first day on which a later spell of the same may begin, by another row: until the day before
    /// speaks what follows `ended`.
    pub next_start: Option<Day>,
    /// Its place; none where no time was written.
    pub span: Option<Span>,
}

impl StatementTime {
    /// The first day and, where it names one, the last.
    pub fn ends(&self) -> impl Iterator<Item = Day> + use<> {
        [Some(self.earliest_start), (!self.open_end).then_some(self.latest_end)].into_iter().flatten()
    }
}

/// Where a statement comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Citation {
    /// The source.
    pub source: SourceId,
    /// Where in it.
    pub locator: Option<String>,
    /// Its place.
    pub span: Span,
}

/// A statement that the record is complete: silence is evidence against.
#[derive(Debug, Clone)]
pub struct Completeness {
    /// Of what. For a measure: an individual without a value has none, and aggregates pass over it.
    pub target: Target,
    /// One for each role.
    pub arguments: Vec<CompleteArgument>,
    /// When. Imprecise bounds are taken at their narrowest.
    pub times: Vec<StatementTime>,
    /// According to whom.
    pub citations: Vec<Citation>,
    /// A note.
    pub note: Option<String>,
    /// The whole.
    pub span: Span,
}

/// For whom a record is complete.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CompleteArgument {
    /// `_`: for all, the unnamed included.
    Any,
    /// For these, in id order.
    These(Vec<IndividualId>),
}
