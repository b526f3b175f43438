//! Preferences between sources: where two say opposite things of an atom, one of them is not heard.

use super::changes::Changes;
use super::record::{Record, StatementDays};
use super::rows::Entry;
use super::{CompleteArgument, Polarity, StatementValue};
use crate::model::Program;
use crate::model::program::{IndividualId, SourceId, Target};
use crate::time::{Day, IntervalSet};
use smallvec::SmallVec;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// `prefer s over t`: on a day on which the two say opposite things of an atom, only the first of them is heard.
///
/// They say opposite things where a statement of one is certain to be for the atom and a statement of the other is
/// certain to be against it; of a measure, where they give different values. A statement of several sources is said by each.
/// What a third source says has no part in it, and neither has completeness.
#[derive(Debug, Clone)]
pub struct Preference {
    /// The source that is heard.
    pub preferred: SourceId,
    /// The source that is set aside.
    pub over: SourceId,
    /// Of what; none of everything.
    pub about: Option<(Target, Vec<CompleteArgument>)>,
    /// When.
    pub days: IntervalSet,
    /// A note.
    pub note: Option<String>,
    /// From `##`.
    pub documentation: Vec<String>,
    /// The whole.
    pub span: crate::text::Span,
}

impl Preference {
    /// Whether it speaks of an atom.
    #[must_use]
    pub fn is_about(&self, program: &Program, target: Target, individuals: &[IndividualId]) -> bool {
        let Some((about, arguments)) = &self.about else { return true };
        let covers = |individuals: &[IndividualId]| {
            arguments.iter().zip(individuals).all(|(argument, individual)| match argument {
                CompleteArgument::Any => true,
                CompleteArgument::These(these) => these.binary_search(individual).is_ok(),
            })
        };
        *about == target
            && (covers(individuals)
                || program.symmetric(target).is_some_and(|(one, two)| {
                    let mut turned: SmallVec<[IndividualId; 3]> = individuals.into();
                    turned.swap(one, two);
                    covers(&turned)
                }))
    }
}

/// Sources that are not heard of an atom.
pub type Unheard = SmallVec<[SourceId; 2]>;

/// The days by the sources that are not heard on them. Empty where all are heard on every day; otherwise every day is in one of them.
pub type SetAside = Vec<(IntervalSet, Unheard)>;

/// What one source says of an atom.
#[derive(Default)]
struct Voice {
    is_for: IntervalSet,
    against: IntervalSet,
    values: Vec<(f64, IntervalSet)>,
}

impl Voice {
    /// The days on which another source says the opposite.
    fn opposed(&self, other: &Voice) -> IntervalSet {
        let mut days = self.is_for.intersection(&other.against).union(&self.against.intersection(&other.is_for));
        for (value, own) in &self.values {
            for (_, others) in other.values.iter().filter(|(rival, _)| rival != value) {
                days = days.union(&own.intersection(others));
            }
        }
        days
    }
}

impl Record<'_> {
    /// The days on which each preference sets a source aside for an atom, by the preference's place in the program.
    #[must_use]
    pub fn preferences_on(
        &self,
        target: Target,
        individuals: &[IndividualId],
        changes: &Changes,
    ) -> Vec<(usize, IntervalSet)> {
        let program = self.program();
        if program.preferences.is_empty() || self.entries(target, individuals).len() < 2 {
            return Vec::new();
        }
        let about = program
            .preferences
            .iter()
            .enumerate()
            .filter(|(_, preference)| preference.is_about(program, target, individuals));
        about
            .filter_map(|(index, preference)| {
                let voice = |source| self.voice(source, target, individuals, changes);
                let opposed = voice(preference.preferred).opposed(&voice(preference.over));
                let days = opposed.intersection(&preference.days);
                (!days.is_empty()).then_some((index, days))
            })
            .collect()
    }

    /// Which sources are not heard of an atom, and when.
    #[must_use]
    pub fn set_aside(&self, target: Target, individuals: &[IndividualId], changes: &Changes) -> SetAside {
        let mut by_source: BTreeMap<SourceId, IntervalSet> = BTreeMap::new();
        for (index, days) in self.preferences_on(target, individuals, changes) {
            let unheard = by_source.entry(self.program().preferences[index].over).or_default();
            *unheard = unheard.union(&days);
        }
        if by_source.is_empty() {
            return SetAside::new();
        }
        let mut parts: SetAside = vec![(IntervalSet::all(), Unheard::new())];
        for (source, days) in by_source {
            let mut further = SetAside::new();
            for (part, unheard) in parts {
                let (inside, outside) = (part.intersection(&days), part.difference(&days));
                if !inside.is_empty() {
                    further.push((inside, unheard.iter().copied().chain([source]).collect()));
                }
                if !outside.is_empty() {
                    further.push((outside, unheard));
                }
            }
            parts = further;
        }
        parts
    }

    fn voice(&self, source: SourceId, target: Target, individuals: &[IndividualId], changes: &Changes) -> Voice {
        let mut voice = Voice::default();
        if changes.is_source_removed(source) {
            return voice;
        }
        let program = self.program();
        let horizon = program.source(source).horizon.unwrap_or(Day::LAST);
        for entry in self.entries(target, individuals) {
            let citations = program.citations_of(entry.statement);
            let is_said = citations.iter().any(|citation| citation.source == source)
                && !changes.is_statement_removed(entry.statement)
                && !changes.is_fact_removed(entry.statement, individuals);
            if !is_said {
                continue;
            }
            let days = super::record::days_of(&self.times_of(entry.statement), horizon);
            let value = self.value(entry.statement).and_then(|value| match value {
                StatementValue::Number(number) => Some(number),
                StatementValue::Level(level) => program.individual(level).rank.map(f64::from),
            });
            let after_end = if entry.by_only { IntervalSet::empty() } else { days.after_end };
            match (entry.polarity, value) {
                (Polarity::Unknown, _) => {}
                (_, Some(value)) => voice.values.push((value, days.certain)),
                (Polarity::For, None) => {
                    voice.is_for = voice.is_for.union(&days.certain);
                    voice.against = voice.against.union(&after_end);
                }
                (Polarity::Against, None) => {
                    voice.against = voice.against.union(&days.certain);
                    voice.is_for = voice.is_for.union(&after_end);
                }
            }
        }
        voice
    }

    /// The days of what a statement says of an atom, as far as its sources are heard.
    #[must_use]
    pub fn entry_days(
        &self,
        entry: &Entry,
        individuals: &[IndividualId],
        changes: &Changes,
        set_aside: &SetAside,
    ) -> Cow<'_, StatementDays> {
        let days = if set_aside.is_empty() {
            self.days(entry.statement, changes)
        } else {
            let parts = set_aside
                .iter()
                .map(|(part, unheard)| self.days_without(entry.statement, changes, unheard).within(part));
            Cow::Owned(parts.fold(StatementDays::default(), |all, part| all.union(&part)))
        };
        let days = if changes.is_fact_removed(entry.statement, individuals) {
            Cow::Owned(days.into_owned().lost())
        } else {
            days
        };
        if !entry.by_only || days.lost.is_empty() {
            return days;
        }
        // Of others than those it names, it spoke on its certain days alone.
        let certain = self.days(entry.statement, &Changes::none()).certain.clone();
        let mut days = days.into_owned();
        days.lost = days.lost.intersection(&certain);
        Cow::Owned(days)
    }
}

impl StatementDays {
    fn within(&self, days: &IntervalSet) -> StatementDays {
        StatementDays {
            certain: self.certain.intersection(days),
            open: self.open.intersection(days),
            after_end: self.after_end.intersection(days),
            lost: self.lost.intersection(days),
        }
    }

    fn union(&self, other: &StatementDays) -> StatementDays {
        StatementDays {
            certain: self.certain.union(&other.certain),
            open: self.open.union(&other.open),
            after_end: self.after_end.union(&other.after_end),
            lost: self.lost.union(&other.lost),
        }
    }
}
