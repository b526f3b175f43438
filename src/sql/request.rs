//! What is asked.

use crate::model::program::RelationId;
use crate::time::Day;

/// What is asked of a program.
#[derive(Debug, Clone, Default)]
pub struct Request {
    /// Criteria and predicates; a view for each.
    pub relations: Vec<RelationId>,
    /// The moments, each with the year for which it stands.
    pub moments: Vec<Moment>,
    /// Schemes of codes, of which the answer has columns.
    pub codes: Vec<String>,
}

/// A moment that stands for a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    /// The year, as the answer has it: an astronomical one, 0 is 1 BC.
    pub year: i32,
    /// The day.
    pub day: Day,
}
