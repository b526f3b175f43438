//! What statements and records say of one atom on one day.

use super::Reference;
use symmachia::evidence::{
    CompleteArgument, Completeness, Polarity, Preference, Statement, StatementTime, StatementValue,
};
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
        let unheard = self.unheard(target, individuals, day);
        for statement in self.program.statements.iter().filter(|statement| statement.target == target) {
            let Some(horizon) = self.heard_until(statement, &unheard) else { continue };
            for speech in self.speeches(statement, individuals) {
                hear(statement, &speech, horizon, day, &mut evidence);
            }
        }
        evidence.is_complete = self.is_recorded_completely(target, individuals, day);
        evidence
    }

    /// The sources that a preference sets aside for an atom on a day: another source, which is preferred, says the opposite.
    fn unheard(&self, target: Target, individuals: &[IndividualId], day: Day) -> Vec<SourceId> {
        let is_about = |preference: &&Preference| {
            let Some((about, arguments)) = &preference.about else { return true };
            let turned = self.turned(target, individuals);
            *about == target
                && (covered(arguments, individuals) || turned.is_some_and(|turned| covered(arguments, &turned)))
        };
        let preferences = self.program.preferences.iter().filter(|preference| preference.days.contains(day));
        preferences
            .filter(is_about)
            .filter(|preference| {
                let (one, its_values) = self.said_by(preference.preferred, target, individuals, day);
                let (two, other_values) = self.said_by(preference.over, target, individuals, day);
                (one.is_for && two.is_against)
                    || (one.is_against && two.is_for)
                    || its_values.iter().any(|value| other_values.iter().any(|other| other != value))
            })
            .map(|preference| preference.over)
            .collect()
    }

    /// What one source alone says, and the values that it gives.
    fn said_by(
        &self,
        source: SourceId,
        target: Target,
        individuals: &[IndividualId],
        day: Day,
    ) -> (Evidence, Vec<f64>) {
        let horizon = self.horizon([source].into_iter());
        let (mut evidence, mut values) = (Evidence::default(), Vec::new());
        for statement in &self.program.statements {
            let is_its_own = statement.citations.iter().any(|citation| citation.source == source);
            if statement.target != target || !is_its_own {
                continue;
            }
            for speech in self.speeches(statement, individuals) {
                match self.value_of(statement) {
                    None => hear(statement, &speech, horizon, day, &mut evidence),
                    Some(value) => {
                        let is_certain = statement.times.iter().any(|time| is_certain(time, horizon, day));
                        values.extend(is_certain.then_some(value));
                    }
                }
            }
        }
        (evidence, values)
    }

    fn value_of(&self, statement: &Statement) -> Option<f64> {
        match statement.value? {
            StatementValue::Number(number) => Some(number),
            StatementValue::Level(level) => self.program.individual(level).rank.map(f64::from),
        }
    }

    /// The latest day of which the sources of a statement that are heard can speak; none where none of them is heard.
    fn heard_until(&self, statement: &Statement, unheard: &[SourceId]) -> Option<Day> {
        let sources = statement.citations.iter().map(|citation| citation.source);
        let heard: Vec<SourceId> = sources.filter(|source| !unheard.contains(source)).collect();
        if heard.is_empty() && !statement.citations.is_empty() {
            return None;
        }
        Some(self.horizon(heard.into_iter()))
    }

    /// The different values that statements give a measure; and whether one may have another, unrecorded one.
    pub(super) fn values(&self, target: Target, individuals: &[IndividualId], day: Day) -> (Vec<f64>, bool) {
        let (mut values, mut is_open) = (Vec::new(), false);
        let unheard = self.unheard(target, individuals, day);
        for statement in self.program.statements.iter().filter(|statement| statement.target == target) {
            let Some(horizon) = self.heard_until(statement, &unheard) else { continue };
            for _ in self.speeches(statement, individuals).iter().filter(|speech| matches!(speech, Speech::Listed)) {
                let is_certain = statement.times.iter().any(|time| is_certain(time, horizon, day));
                let value = self.value_of(statement);
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

fn hear(statement: &Statement, speech: &Speech, horizon: Day, day: Day, evidence: &mut Evidence) {
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
    covered(&record.arguments, individuals)
}

fn covered(arguments: &[CompleteArgument], individuals: &[IndividualId]) -> bool {
    arguments.iter().zip(individuals).all(|(argument, individual)| match argument {
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
