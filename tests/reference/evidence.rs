//! What statements and records say of one atom on one day.

use super::Reference;
use symmachia::evidence::{CompleteArgument, Completeness, Polarity, Statement, StatementTime, StatementValue};
use symmachia::model::program::{IndividualId, SourceId, Target};
use symmachia::time::Day;

/// What the facts alone say of an atom.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Evidence {
    pub is_for: bool,
    pub is_against: bool,
    /// Something may have been so, or was sought and not found: no completeness speaks.
    pub is_open: bool,
    /// Some record covers the atom.
    pub is_complete: bool,
}

/// How a statement speaks of an atom.
pub(super) enum Speech {
    /// It is among those that are listed.
    Listed,
    /// It is among those that `only` leaves out.
    LeftOut,
}

impl Reference<'_> {
    pub(super) fn evidence(&self, target: Target, individuals: &[IndividualId], day: Day) -> Evidence {
        let mut evidence = Evidence::default();
        for statement in self.program.statements.iter().filter(|statement| statement.target == target) {
            for speech in self.speeches(statement, individuals) {
                self.hear(statement, &speech, day, &mut evidence);
            }
        }
        evidence.is_complete = self.is_recorded_completely(target, individuals, day);
        evidence
    }

    fn hear(&self, statement: &Statement, speech: &Speech, day: Day, evidence: &mut Evidence) {
        let horizon = self.horizon(statement.citations.iter().map(|citation| citation.source));
        let is_certain = statement.times.iter().any(|time| is_certain(time, horizon, day));
        let is_possible = statement.times.iter().any(|time| is_possible(time, horizon, day));
        let is_over = is_over(&statement.times, horizon, day);
        let (on_its_side, on_the_other) = match (statement.polarity, speech) {
            (Polarity::Unknown, Speech::Listed) => {
                evidence.is_open |= is_possible;
                return;
            }
            (_, Speech::LeftOut) => {
                evidence.is_against |= is_certain;
                return;
            }
            (Polarity::For, Speech::Listed) => (&mut evidence.is_for, &mut evidence.is_against),
            (Polarity::Against, Speech::Listed) => (&mut evidence.is_against, &mut evidence.is_for),
        };
        *on_its_side |= is_certain;
        *on_the_other |= is_over;
        evidence.is_open |= is_possible && !is_certain;
    }

    /// The different values that statements give a measure; and whether one may have another, unrecorded one.
    pub(super) fn values(&self, target: Target, individuals: &[IndividualId], day: Day) -> (Vec<f64>, bool) {
        let (mut values, mut is_open) = (Vec::new(), false);
        for statement in self.program.statements.iter().filter(|statement| statement.target == target) {
            let horizon = self.horizon(statement.citations.iter().map(|citation| citation.source));
            for _ in self.speeches(statement, individuals).iter().filter(|speech| matches!(speech, Speech::Listed)) {
                let is_certain = statement.times.iter().any(|time| is_certain(time, horizon, day));
                let value = match statement.value {
                    Some(StatementValue::Number(number)) => Some(number),
                    Some(StatementValue::Level(level)) => self.program.individual(level).rank.map(f64::from),
                    None => None,
                };
                match value.filter(|_| is_certain && statement.polarity == Polarity::For) {
                    Some(value) if !values.contains(&value) => values.push(value),
                    Some(_) => {}
                    None => is_open |= statement.times.iter().any(|time| is_possible(time, horizon, day)),
                }
            }
        }
        (values, is_open)
    }

    pub(super) fn is_recorded_completely(&self, target: Target, individuals: &[IndividualId], day: Day) -> bool {
        self.program.completeness.iter().filter(|record| record.target == target).any(|record| {
            let horizon = self.horizon(record.citations.iter().map(|citation| citation.source));
            let is_covered = |individuals: &[IndividualId]| covers(record, individuals);
            (is_covered(individuals) || self.turned(target, individuals).is_some_and(|turned| is_covered(&turned)))
                && record.times.iter().any(|time| is_certain(time, horizon, day))
        })
    }

    /// The latest day of which any of the sources can speak; the last of the calendar where one has no horizon, or none is named.
    fn horizon(&self, sources: impl Iterator<Item = SourceId>) -> Day {
        sources.map(|source| self.program.source(source).horizon.unwrap_or(Day::LAST)).max().unwrap_or(Day::LAST)
    }

    /// What a statement says of an atom, in the direction in which it was said and in the others in which it counts.
    pub(super) fn speeches(&self, statement: &Statement, individuals: &[IndividualId]) -> Vec<Speech> {
        let mut directions = vec![individuals.to_vec()];
        directions.extend(self.turned(statement.target, individuals));
        if statement.mutually {
            let mut turned = individuals.to_vec();
            turned.swap(0, 1);
            directions.push(turned);
        }
        directions.iter().filter_map(|individuals| speech(statement, individuals)).collect()
    }

    /// The atom that says the same, where the relation or measure is symmetric. (A criterion's symmetry is only checked.)
    pub(super) fn turned(&self, target: Target, individuals: &[IndividualId]) -> Option<Vec<IndividualId>> {
        let symmetric = match target {
            Target::Relation(id) => self.program.relation(id).symmetric,
            Target::Measure(id) => self.program.measure(id).symmetric,
        };
        let (one, other) = symmetric?;
        let mut turned = individuals.to_vec();
        turned.swap(one, other);
        Some(turned)
    }
}

fn speech(statement: &Statement, individuals: &[IndividualId]) -> Option<Speech> {
    let outside: Vec<usize> = (0..individuals.len())
        .filter(|place| !statement.arguments[*place].individuals.contains(&individuals[*place]))
        .collect();
    let pairs_with_itself = (0..individuals.len()).any(|place| {
        statement.arguments[place].is_set
            && individuals.iter().filter(|other| **other == individuals[place]).count() > 1
    });
    match outside.as_slice() {
        // Sets stand for each of their members, never pairing one with itself.
        _ if pairs_with_itself => None,
        [] => Some(Speech::Listed),
        [place] if statement.arguments[*place].only => Some(Speech::LeftOut),
        _ => None,
    }
}

fn covers(record: &Completeness, individuals: &[IndividualId]) -> bool {
    record.arguments.iter().zip(individuals).all(|(argument, individual)| match argument {
        CompleteArgument::Any => true,
        CompleteArgument::These(these) => these.contains(individual),
    })
}

fn is_certain(time: &StatementTime, horizon: Day, day: Day) -> bool {
    time.latest_start <= day && day <= if time.open_end { horizon } else { time.earliest_end }
}

fn is_possible(time: &StatementTime, horizon: Day, day: Day) -> bool {
    time.earliest_start <= day && day <= if time.open_end { horizon } else { time.latest_end }
}

/// Whether the day lies after an `ended`: before a later span of the same statement may have begun or, without one, up to the horizon.
fn is_over(times: &[StatementTime], horizon: Day, day: Day) -> bool {
    times.iter().enumerate().any(|(place, time)| {
        let later = times[place + 1..].iter().map(|later| later.earliest_start).min();
        time.ended && time.latest_end < day && later.map_or(day <= horizon, |later| day < later)
    })
}
