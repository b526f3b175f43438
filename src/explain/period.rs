//! The period of which the evidence speaks: what a question is about where nothing else is said.

use crate::model::Program;
use crate::model::program::{IndividualId, Target};
use crate::time::{Day, Interval};

/// From the first to the last day that the statements, the horizons of their sources and the records of their completeness name; the whole calendar where they name none.
#[must_use]
pub fn natural_period(program: &Program) -> Interval {
    let of_tables = program.table_statements.iter().flat_map(|table| table.times.ends());
    let times = program.statements.iter().flat_map(|statement| &statement.times);
    let complete = program.completeness.iter().flat_map(|completeness| &completeness.times);
    let written = times.chain(complete).flat_map(|time| time.ends()).chain(of_tables).map(Some);
    let horizons = program.sources.iter().map(|source| source.horizon);
    let days = written.chain(horizons).flatten().filter(|day| *day != Day::FIRST && *day != Day::LAST);
    let (first, last) = days.fold((None, None), |(first, last): (Option<Day>, Option<Day>), day| {
        (Some(first.map_or(day, |first| first.min(day))), Some(last.map_or(day, |last| last.max(day))))
    });
    match (first, last) {
        (Some(first), Some(last)) => Interval { first, last },
        _ => Interval::ALL,
    }
}

/// The period of the `cases` that list a case; the natural period where none does.
#[must_use]
pub fn period_of(program: &Program, target: Target, individuals: &[IndividualId]) -> Interval {
    program
        .cases
        .iter()
        .filter(|cases| cases.target == target)
        .filter(|cases| cases.over.iter().zip(individuals).all(|(over, individual)| over.contains(individual)))
        .find_map(|cases| cases.period)
        .unwrap_or_else(|| natural_period(program))
}
