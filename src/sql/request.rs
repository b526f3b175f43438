//! What is asked.

use crate::model::program::RelationId;
use crate::time::{Day, Interval};

/// What is asked of a program.
#[derive(Debug, Clone, Default)]
pub struct Request {
    /// Criteria and predicates; a view for each.
    pub relations: Vec<RelationId>,
    /// The moments, each with the year for which it stands.
    pub moments: Vec<Moment>,
    /// Files of imports whose rows lie in a table of the database, with its name.
    pub tables: Vec<(String, String)>,
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

/// A day of each year of a period, as far as it lies in the period; 29 February is 28 February in years that have none.
#[must_use]
pub fn moments(period: Interval, month: u8, day: u8) -> Vec<Moment> {
    let of_year = |year: i16| {
        let day = Day::from_parts(year, month, day).or_else(|| Day::from_parts(year, month, day.checked_sub(1)?))?;
        period.contains(day).then_some(Moment { year: i32::from(year), day })
    };
    (period.first.year()..=period.last.year()).filter_map(of_year).collect()
}
