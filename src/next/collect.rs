//! The open questions below undetermined cases.

use super::OpenCase;
use crate::engine::Engine;
use crate::evidence::Tuple;
use crate::explain::{Change, Number, Side, Trail};
use crate::model::Program;
use crate::model::program::{IndividualId, MeasureDefinition, Target};
use crate::time::{Day, Interval, IntervalSet};
use crate::verdict::Verdict;
use std::collections::{BTreeMap, BTreeSet};

/// Undetermined stretches of a case that are looked into; of more, the last.
const MOST_STRETCHES: usize = 6;

/// Of what, and of whom; of a symmetric predicate the direction that comes first.
pub(super) type Key = (Target, Tuple);

/// Open questions, in the order of the program.
pub(super) type Candidates = BTreeMap<Key, Candidate>;

/// A question with one of its answers.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Answered {
    /// A predicate, and the side on which it is found.
    Atom(Key, Side),
    /// A measure, and its value.
    Value(Key, Number),
}

/// What is known of an open question before it is tried.
#[derive(Debug, Default)]
pub(super) struct Candidate {
    /// By their places.
    pub bears_on: BTreeSet<usize>,
    /// Days on which it matters.
    pub days: IntervalSet,
    /// Values that would settle a comparison.
    pub values: BTreeSet<Number>,
}

impl Candidate {
    /// A question about a day of a case is one about all days of the case; one about another day is about that day.
    pub fn add_days(&mut self, days: Interval, case: &OpenCase) {
        let days = IntervalSet::from(days);
        let own = if days.is_subset(&case.days) { case.days.clone() } else { days };
        self.days = self.days.union(&own);
    }
}

/// Adds what is open below a case.
pub(super) fn collect(engine: &Engine<'_>, place: usize, case: &OpenCase, candidates: &mut Candidates) {
    let Target::Relation(relation) = case.question.target else { return };
    for stretch in case.days.iter().rev().take(MOST_STRETCHES) {
        let day = stretch.last;
        // What fails to show it, and what fails to refute it.
        for side in [Side::For, Side::Against] {
            for step in Trail::of_case(engine, relation, &case.question.individuals, day, side, true) {
                // One value of many hardly ever settles a sum.
                if step.is_summed || !is_open(engine, step.target, &step.individuals, step.day) {
                    continue;
                }
                let key = key(engine.program(), step.target, &step.individuals);
                let candidate = candidates.entry(key).or_default();
                candidate.bears_on.insert(place);
                candidate.add_days(Interval { first: step.day, last: step.day }, case);
            }
        }
    }
}

/// Whether nothing is known of what a fact might say.
fn is_open(engine: &Engine<'_>, target: Target, individuals: &[IndividualId], day: Day) -> bool {
    let program = engine.program();
    if individuals.iter().any(|individual| program.individual(*individual).is_unnamed) {
        return false;
    }
    match target {
        Target::Relation(relation) => {
            !program.relation(relation).is_criterion
                && engine.case(relation, individuals).at(day).verdict() == Verdict::Undetermined
        }
        Target::Measure(measure) => {
            matches!(program.measure(measure).definition, MeasureDefinition::Recorded)
                && engine.domain(target, individuals).contains(day)
                && engine.measure(measure, individuals).at(day).alternatives().is_empty()
        }
    }
}

/// The days on which nothing is known of what a fact might say.
pub(super) fn open_days(engine: &Engine<'_>, (target, individuals): &Key) -> IntervalSet {
    match target {
        Target::Relation(relation) => {
            engine.case(*relation, individuals).days_where(|standing| standing.verdict() == Verdict::Undetermined)
        }
        Target::Measure(measure) => engine
            .measure(*measure, individuals)
            .days_where(|value| value.alternatives().is_empty())
            .intersection(&engine.domain(*target, individuals)),
    }
}

fn key(program: &Program, target: Target, individuals: &[IndividualId]) -> Key {
    let mut tuple = Tuple::from(individuals);
    if let Some((one, two)) = program.symmetric(target)
        && tuple[one] > tuple[two]
    {
        tuple.swap(one, two);
    }
    (target, tuple)
}

/// The question that a change of evidence answers, and on which days; none where a record is found to be complete.
pub(super) fn of_change(program: &Program, change: &Change) -> Option<(Key, Answered, Interval)> {
    match change {
        Change::Atom(relation, individuals, side, days) => {
            let key = key(program, Target::Relation(*relation), individuals);
            Some((key.clone(), Answered::Atom(key, *side), *days))
        }
        Change::Value(measure, individuals, value, days) => {
            let key = key(program, Target::Measure(*measure), individuals);
            Some((key.clone(), Answered::Value(key, *value), *days))
        }
        Change::Complete(..) => None,
    }
}
