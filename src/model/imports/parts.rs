//! A row over a day on which a code passes from one individual to another: each has a part of it.

use super::aliases::Holders;
use crate::evidence::StatementTime;
use crate::model::program::IndividualId;
use crate::model::resolver::Resolver;
use crate::time::{Interval, IntervalSet};
use smallvec::SmallVec;

/// Those whom a row is about, one for each role.
pub(super) type Individuals = SmallVec<[IndividualId; 4]>;

/// Whom an argument means in a row.
#[derive(Debug)]
pub(super) enum Meant {
    One(IndividualId),
    /// Each exists on some of the row's days.
    Several(Holders),
}

/// A part of what a row says: of whom, and when.
#[derive(Debug)]
pub(super) struct Part {
    pub(super) individuals: Individuals,
    pub(super) time: StatementTime,
}

/// Individuals, and the days of a row on which all of them exist.
type Together = (Individuals, IntervalSet);

/// All days on which a row may hold.
pub(super) fn possible_days(time: &StatementTime) -> Interval {
    let first = time.earliest_start;
    Interval::new(first, time.latest_end).unwrap_or(Interval { first, last: first })
}

impl Resolver<'_> {
    /// The parts of a row, of which one argument at least means several: one for all who exist together on some of its days.
    pub(super) fn parts(&self, meant: &[Meant], time: &StatementTime) -> Vec<Part> {
        let days = IntervalSet::from(possible_days(time));
        let mut found = self.together(meant, &days, true);
        if found.is_empty() {
            // Somebody who stands there whatever the days does not exist on any of them, which is told of where lives are.
            found = self.together(meant, &days, false);
        }
        if found.is_empty() {
            let first = |one: &Meant| match one {
                Meant::One(one) => Some(*one),
                Meant::Several(holders) => holders.first().copied(),
            };
            found.push((meant.iter().filter_map(first).collect(), days));
        }
        let first = found.iter().filter_map(|(_, days)| days.first()).min();
        let last = found.iter().filter_map(|(_, days)| days.last()).max();
        let part = |(individuals, days): Together| {
            let mut time_of_part = *time;
            // What no written date bounds is bounded by lives alone. The beginning of the first part and the end of the last are
            // those of the row, so that it can be told where nobody exists.
            if let Some(begin) = days.first().filter(|day| time.span.is_some() && Some(*day) != first) {
                time_of_part.earliest_start = time.earliest_start.max(begin);
                time_of_part.latest_start = time.latest_start.max(begin);
            }
            if let Some(end) = days.last().filter(|day| time.span.is_some() && Some(*day) != last) {
                time_of_part.earliest_end = time.earliest_end.min(end);
                time_of_part.latest_end = time.latest_end.min(end);
                time_of_part.open_end = false;
            }
            Part { individuals, time: time_of_part }
        };
        found.sort_by_key(|(_, days)| days.first());
        found.into_iter().map(part).collect()
    }

    /// Who of those that are meant exist together on some days; `all` looks at the lives of everybody, else only of those of whom the date chooses.
    fn together(&self, meant: &[Meant], days: &IntervalSet, all: bool) -> Vec<Together> {
        let mut found: Vec<Together> = vec![(Individuals::new(), days.clone())];
        for one in meant {
            let (candidates, is_chosen) = match one {
                Meant::One(one) => (std::slice::from_ref(one), false),
                Meant::Several(holders) => (holders.as_slice(), true),
            };
            let with = |(before, days): &Together, one: IndividualId| {
                let mut individuals = before.clone();
                individuals.push(one);
                let life = self.individuals.get(one).life.as_ref().filter(|_| is_chosen || all);
                let days = life.map_or_else(|| days.clone(), |(life, _)| days.intersection(life));
                (!days.is_empty()).then_some((individuals, days))
            };
            found = found.iter().flat_map(|before| candidates.iter().filter_map(|one| with(before, *one))).collect();
        }
        found
    }
}
