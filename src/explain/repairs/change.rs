//! One change of evidence, and the evidence once it is made.

use super::super::parts::Side;
use crate::engine::Engine;
use crate::evidence::{Changes, Finding, Pattern, Polarity, Tuple};
use crate::model::Program;
use crate::model::program::{MeasureId, RelationId, Target};
use crate::time::Interval;
use crate::verdict::Verdict;
use std::collections::BTreeSet;

/// One change of evidence.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Change {
    /// An atom is found to hold, or not to.
    Atom(RelationId, Tuple, Side, Interval),
    /// A measure is found to have this value, which just settles a comparison; the sign tells how.
    Value(MeasureId, Tuple, Number, Interval),
    /// A record is found to be complete, for these individuals and, where none is named, for all: what is not recorded
    /// is not so, and a measure without a value has none.
    Complete(Target, Pattern, Interval),
}

/// A number with a place in an order, so that sets of changes have one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Number(pub f64);

impl Eq for Number {}
impl PartialOrd for Number {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}
impl Ord for Number {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.0.total_cmp(&other.0)
    }
}

/// Whether a change is about something of which nothing is known on its days, or both is said.
#[must_use]
pub fn is_open(engine: &Engine<'_>, change: &Change) -> bool {
    match change {
        Change::Atom(relation, individuals, side, on) => {
            let occasions = engine.record().occasions(Target::Relation(*relation), individuals, engine.changes());
            let says_otherwise = occasions.iter().any(|occasion| {
                let is_for = occasion.polarity == Polarity::For;
                is_for == (*side == Side::Against) && on.first <= occasion.days.first && occasion.days.last <= on.last
            });
            engine.case(*relation, individuals).at(on.last).verdict() == Verdict::Undetermined && !says_otherwise
        }
        Change::Value(measure, individuals, _, on) => {
            engine.measure(*measure, individuals).at(on.last).alternatives().is_empty()
        }
        // Nothing that is recorded need be wrong.
        Change::Complete(..) => true,
    }
}

/// The evidence as it would be.
pub(super) fn with_changes<'c>(engine: &Engine<'_>, changes: impl IntoIterator<Item = &'c Change>) -> Changes {
    let mut changed: Changes = engine.changes().clone();
    for change in changes {
        match change {
            Change::Atom(relation, tuple, side, days) => {
                let polarity = if *side == Side::For { Polarity::For } else { Polarity::Against };
                let target = Target::Relation(*relation);
                for individuals in directions(engine.program(), target, tuple) {
                    changed.find(Finding { target, individuals, polarity, days: (*days).into() });
                }
            }
            Change::Value(measure, tuple, value, days) => {
                for individuals in directions(engine.program(), Target::Measure(*measure), tuple) {
                    changed.find_value(*measure, individuals, value.0, (*days).into());
                }
            }
            Change::Complete(target, pattern, days) => {
                changed.find_complete(*target, pattern.clone(), (*days).into());
            }
        }
    }
    changed
}

/// Whether changes want the same atom both ways on the same day.
pub(super) fn contradicts_itself(changes: &BTreeSet<Change>) -> bool {
    let overlap = |one: &Interval, other: &Interval| one.first <= other.last && other.first <= one.last;
    changes.iter().any(|change| {
        let Change::Atom(relation, tuple, Side::For, on) = change else { return false };
        changes.iter().any(|other| {
            matches!(other, Change::Atom(other_relation, other_tuple, Side::Against, other_on)
                if relation == other_relation && tuple == other_tuple && overlap(on, other_on))
        })
    })
}

/// An atom, and the one that says the same where the relation or measure is symmetric.
pub(super) fn directions(program: &Program, target: Target, individuals: &Tuple) -> Vec<Tuple> {
    let symmetric = match target {
        Target::Relation(relation) => program.relation(relation).symmetric,
        Target::Measure(measure) => program.measure(measure).symmetric,
    };
    let mut directions = vec![individuals.clone()];
    if let Some((one, two)) = symmetric.filter(|(one, two)| individuals[*one] != individuals[*two]) {
        let mut reversed = individuals.clone();
        reversed.swap(one, two);
        directions.push(reversed);
    }
    directions
}

/// The same change, however it is written: of a symmetric relation both directions are one.
pub(super) fn canonical(program: &Program, change: Change) -> Change {
    let least = |target, tuple: Tuple| directions(program, target, &tuple).into_iter().min().unwrap_or(tuple);
    match change {
        Change::Atom(relation, tuple, side, on) => {
            Change::Atom(relation, least(Target::Relation(relation), tuple), side, on)
        }
        Change::Value(measure, tuple, value, on) => {
            Change::Value(measure, least(Target::Measure(measure), tuple), value, on)
        }
        complete => complete,
    }
}
