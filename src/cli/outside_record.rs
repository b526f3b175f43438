//! Questions about days of which nothing is recorded.

use super::arguments::TimeOptions;
use super::fault::{Fault, with_century};
use super::when::When;
use symmachia::diagnostic::Diagnostic;
use symmachia::evidence::{Citation, StatementTime};
use symmachia::explain;
use symmachia::model::Program;
use symmachia::time::{Day, Interval};

/// What is to be said of a time that lies wholly before or after all that is recorded.
pub fn note(program: &Program, options: &TimeOptions, when: &When) -> Option<Diagnostic> {
    let (option, given, asked) = match (when.day, when.period) {
        (Some(day), _) => ("--on", options.on.as_ref()?, Interval { first: day, last: day }),
        (None, Some(period)) => ("--in", options.period.as_ref()?, period),
        (None, None) => return None,
    };
    let recorded = explain::natural_period(program);
    let is_outside = asked.last < recorded.first || recorded.last < asked.first;
    if !is_outside || speaks_of(program, asked) {
        return None;
    }
    let meant = with_century(given, recorded);
    Some(Fault::OutsideRecord { option, given: given.clone(), recorded, meant }.diagnostic())
}

/// Whether anything that is recorded, without a beginning or an end perhaps, reaches into a time.
fn speaks_of(program: &Program, asked: Interval) -> bool {
    let reaches = |time: &StatementTime, horizon: Day| {
        let last = match (time.ended, time.open_end) {
            (true, _) => Day::LAST,
            (false, true) => horizon,
            (false, false) => time.latest_end,
        };
        time.earliest_start <= asked.last && asked.first <= last
    };
    let horizon = |citations: &[Citation]| {
        let last = citations.iter().map(|citation| program.source(citation.source).horizon.unwrap_or(Day::LAST));
        last.max().unwrap_or(Day::LAST)
    };
    let said = program
        .statements
        .iter()
        .any(|statement| statement.times.iter().any(|time| reaches(time, horizon(&statement.citations))));
    let complete = || {
        let mut all = program.completeness.iter();
        all.any(|complete| complete.times.iter().any(|time| reaches(time, horizon(&complete.citations))))
    };
    let of_rows = || {
        program.table_statements.iter().any(|table| {
            let horizon = horizon(&table.pattern.citations);
            (0..table.len()).any(|place| reaches(&table.time_of(place), horizon))
        })
    };
    said || complete() || of_rows()
}
