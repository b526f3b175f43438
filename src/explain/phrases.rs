//! What is to be said of a condition in place: the words behind a label.

use super::inapplicable::{self, why_inapplicable};
use super::leaves::{Bearing, Leaf};
use super::parts::{Composition, Place, Side};
use super::silence;
use super::texts::{self, Sense};
use super::trail::{Step, Trail};
use super::values;
use super::witnesses;
use crate::engine::Engine;
use crate::model::condition::{ConditionKind, CountComparison, CountNumber, Quantifier, Wording};
use crate::model::program::{IndividualId, RelationId, Target};
use crate::time::{Day, Interval};
use crate::verdict::Verdict;
use std::collections::BTreeSet;

/// What is to be said of a condition, after its verdict; may be empty where the verdict says it all.
#[must_use]
pub fn phrase(engine: &Engine<'_>, place: &Place<'_>) -> String {
    let verdict = place.standing(engine).verdict();
    if verdict == Verdict::Met && place.is_not_tested(engine) {
        return "not tested: there was no occasion".to_owned();
    }
    match &place.condition.kind {
        ConditionKind::Atom(atom) => match place.frame.arguments(&atom.arguments) {
            Some(individuals) => case_phrase(engine, atom.relation, &individuals, place.day),
            None => String::new(),
        },
        ConditionKind::Counted { comparison, number, .. } => {
            counted_phrase(engine, place, *comparison, engine.count_number(*number))
        }
        ConditionKind::Quantified { quantifier: Quantifier::Some, .. } => witnesses::some(engine, place, verdict),
        ConditionKind::Quantified { quantifier: Quantifier::Every, .. }
            if matches!(verdict, Verdict::Undetermined | Verdict::Contested) =>
        {
            witnesses::every(engine, place, verdict)
        }
        ConditionKind::Comparison { left, right, .. } => {
            let mut words =
                [left, right].map(|number| values::phrase(engine, number, &place.frame, place.day)).to_vec();
            words.retain(|words| !words.is_empty());
            words.join("; ")
        }
        ConditionKind::Moment { .. } => String::new(),
        ConditionKind::Not(inner) if matches!(inner.kind, ConditionKind::Atom(_)) => {
            phrase(engine, &Place::new(inner, place.frame.clone(), place.day))
        }
        ConditionKind::And(_, Wording::BothWays) if verdict == Verdict::Met => "both ways".to_owned(),
        ConditionKind::Within(_, window) | ConditionKind::Throughout(_, window) => {
            let length = match window.number {
                CountNumber::Parameter(parameter) => values::parameter_phrase(engine, parameter),
                CountNumber::Constant(_) => String::new(),
            };
            let mut words = vec![length, on_other_days(engine, place, verdict)];
            words.retain(|words| !words.is_empty());
            words.join("; ")
        }
        ConditionKind::Ever(_) | ConditionKind::Always(_) => on_other_days(engine, place, verdict),
        _ => main_leaf(engine, place, verdict),
    }
}

/// What is to be said of a case of a predicate or a criterion.
#[must_use]
pub fn case_phrase(engine: &Engine<'_>, relation: RelationId, individuals: &[IndividualId], day: Day) -> String {
    let program = engine.program();
    let definition = program.relation(relation);
    let verdict = engine.case(relation, individuals).at(day).verdict();
    if !definition.is_criterion {
        return Leaf::of(engine, relation, individuals, day).phrase(engine);
    }
    let target = Target::Relation(relation);
    match verdict {
        Verdict::Met => texts::sentence(program, target, individuals, Sense::Positive),
        Verdict::NotApplicable => format!("does not arise: {}", why_inapplicable(engine, relation, individuals, day)),
        _ => {
            if let [only] = definition.rules.as_slice() {
                let rule = program.rule(*only);
                let frame =
                    crate::engine::Frame::new(rule.variables.len(), individuals, engine.domain(target, individuals));
                let body = Place::new(&rule.body, frame, day);
                // How many, and through whom, says more than the first fact below.
                if matches!(rule.body.kind, ConditionKind::Counted { .. } | ConditionKind::Quantified { .. })
                    && rule.applies_where.is_none()
                {
                    return phrase(engine, &body);
                }
            }
            let steps = match verdict {
                Verdict::NotMet => Trail::of_case(engine, relation, individuals, day, Side::Against, true),
                _ => Trail::of_case(engine, relation, individuals, day, Side::For, true),
            };
            first_leaf(engine, &steps, verdict, day)
        }
    }
}

pub(super) fn main_leaf(engine: &Engine<'_>, place: &Place<'_>, verdict: Verdict) -> String {
    let side = if verdict == Verdict::NotMet { Side::Against } else { Side::For };
    first_leaf(engine, &Trail::of_place(engine, place, side, true), verdict, place.day)
}

/// What is to be said of a form of time: what carries it on the day that decides, or that somebody does not exist then.
fn on_other_days(engine: &Engine<'_>, place: &Place<'_>, verdict: Verdict) -> String {
    let words = main_leaf(engine, place, verdict);
    if !words.is_empty() {
        return words;
    }
    inapplicable::outside_lives(engine, place).unwrap_or_default()
}

/// The first leaf of a trail that stands in the way, or that carries; with the number of the others.
pub(super) fn first_leaf(engine: &Engine<'_>, steps: &[Step], verdict: Verdict, asked: Day) -> String {
    let leaves = leaves(engine, steps, verdict);
    let Some(first) = leaves.first() else { return String::new() };
    // On whichever day, an atom is one.
    let others: BTreeSet<_> = leaves.iter().map(|leaf| (leaf.target, &leaf.individuals)).collect();
    let are_alike = others.len() > 1 && leaves.iter().all(|leaf| is_silence_like(engine, leaf, first));
    if are_alike && matches!(verdict, Verdict::Met | Verdict::NotMet) {
        let all: Vec<&[IndividualId]> = others.iter().map(|(_, individuals)| individuals.as_slice()).collect();
        if let Some(words) = silence::of_any(engine, first, &all, asked) {
            return words;
        }
    }
    let words = leaf_phrase(engine, first, verdict, asked);
    let alike = if are_alike { " like it" } else { "" };
    match others.len() - 1 {
        0 => words,
        1 => format!("{words}; and one more{alike}"),
        more => format!("{words}; and {more} more{alike}"),
    }
}

/// The leaves of a trail that bear on a verdict. What is settled is settled by what was asked, and not by what tells of whom it was; that is
/// named only where there is nothing else. What is recorded comes before silence, and that before what does not arise.
pub(super) fn leaves<'s>(engine: &Engine<'_>, steps: &'s [Step], verdict: Verdict) -> Vec<&'s Step> {
    let mut leaves = all_leaves(engine, steps, verdict);
    let is_settled = matches!(verdict, Verdict::Met | Verdict::NotMet);
    if is_settled && leaves.iter().any(|leaf| !leaf.is_occasion) {
        leaves.retain(|leaf| !leaf.is_occasion);
    }
    let weights: Vec<Weight> = leaves.iter().map(|leaf| weight(engine, leaf)).collect();
    let mut weighed: Vec<(Weight, &Step)> = weights.into_iter().zip(leaves).collect();
    if is_settled {
        weighed.sort_by_key(|(weight, _)| *weight);
        let says_something = weighed.iter().any(|(weight, _)| *weight < Weight::NoCase);
        weighed.retain(|(weight, _)| !says_something || *weight < Weight::NoCase);
    } else {
        // A value that is known leaves nothing open.
        let is_value =
            |(weight, step): &(Weight, &Step)| *weight == Weight::Recorded && matches!(step.target, Target::Measure(_));
        if !weighed.iter().all(is_value) {
            weighed.retain(|one| !is_value(one));
        }
    }
    weighed.into_iter().map(|(_, step)| step).collect()
}

/// Whether nothing is recorded of a leaf, as of another one.
fn is_silence_like(engine: &Engine<'_>, leaf: &Step, other: &Step) -> bool {
    let nothing = match leaf.target {
        Target::Relation(_) => engine.record().entries(leaf.target, &leaf.individuals).is_empty(),
        Target::Measure(_) => weight(engine, leaf) == Weight::Silent,
    };
    leaf.target == other.target && nothing
}

/// How much a leaf says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Weight {
    /// A statement speaks of it, or its value is known.
    Recorded,
    /// None does, or it has no value.
    Silent,
    /// There can be nothing to say.
    NoCase,
}

fn weight(engine: &Engine<'_>, leaf: &Step) -> Weight {
    if !engine.domain(leaf.target, &leaf.individuals).contains(leaf.day) {
        return Weight::NoCase;
    }
    let is_recorded = match leaf.target {
        Target::Relation(relation) if engine.program().relation(relation).is_criterion => true,
        Target::Relation(relation) => {
            let leaf = Leaf::of(engine, relation, &leaf.individuals, leaf.day);
            leaf.verdict != Verdict::NotMet || leaf.deciding().next().is_some()
        }
        Target::Measure(measure) => engine.measure(measure, &leaf.individuals).at(leaf.day).settled().is_some(),
    };
    if is_recorded { Weight::Recorded } else { Weight::Silent }
}

fn all_leaves<'s>(engine: &Engine<'_>, steps: &'s [Step], verdict: Verdict) -> Vec<&'s Step> {
    let program = engine.program();
    let is_leaf = |step: &&Step| match step.target {
        Target::Relation(relation) => !program.relation(relation).is_criterion,
        Target::Measure(_) => true,
    };
    steps.iter().filter(is_leaf).filter(|step| is_of_use(engine, step, verdict)).collect()
}

/// What is to be said of a leaf of a whole with this verdict, with its day where that is another one than was asked about.
pub(super) fn leaf_phrase(engine: &Engine<'_>, leaf: &Step, verdict: Verdict, asked: Day) -> String {
    if let Some(days) = occasion_days(engine, leaf, verdict) {
        let sense = if leaf.side == Side::For { Sense::Positive } else { Sense::Negative };
        let sentence = texts::sentence(engine.program(), leaf.target, &leaf.individuals, sense);
        return format!("on one of the days from {} to {}: {sentence}", days.first, days.last);
    }
    let words = step_phrase(engine, leaf);
    if leaf.day == asked { words } else { format!("{words} (on {})", leaf.day) }
}

/// Where a settled whole rests on what is open by itself, a statement says it of one of these days.
fn occasion_days(engine: &Engine<'_>, step: &Step, verdict: Verdict) -> Option<Interval> {
    let Target::Relation(relation) = step.target else { return None };
    if !matches!(verdict, Verdict::Met | Verdict::NotMet) || engine.program().relation(relation).is_criterion {
        return None;
    }
    let leaf = Leaf::of(engine, relation, &step.individuals, step.day);
    let first = leaf.deciding().next().filter(|one| one.bearing == Bearing::Imprecise)?;
    (leaf.verdict == Verdict::Undetermined).then_some(first.days)?
}

/// Of an undetermined whole, the parts that are not settled matter; of a contested one, the contested.
fn is_of_use(engine: &Engine<'_>, step: &Step, verdict: Verdict) -> bool {
    let Target::Relation(relation) = step.target else { return true };
    let own = engine.case(relation, &step.individuals).at(step.day).verdict();
    match verdict {
        Verdict::Contested => own == Verdict::Contested,
        Verdict::Undetermined => matches!(own, Verdict::Undetermined | Verdict::Contested),
        _ => true,
    }
}

/// What is to be said of a step.
#[must_use]
pub fn step_phrase(engine: &Engine<'_>, step: &Step) -> String {
    match step.target {
        Target::Relation(relation) => case_phrase(engine, relation, &step.individuals, step.day),
        Target::Measure(measure) => values::value_phrase(engine, measure, &step.individuals, step.day),
    }
}

fn counted_phrase(engine: &Engine<'_>, place: &Place<'_>, comparison: CountComparison, number: usize) -> String {
    let Composition::Counted(_, _, parts) = place.composition(engine) else { return String::new() };
    let verdicts: Vec<Verdict> = parts.iter().map(|part| part.standing(engine).verdict()).collect();
    let count = |verdict| verdicts.iter().filter(|one| **one == verdict).count();
    let untested = parts.iter().filter(|part| part.is_not_tested(engine)).count();
    let total = parts.len();
    let mut words = vec![format!("{} of {total} met", count(Verdict::Met))];
    if untested > 0 {
        words[0].push_str(&format!(" ({untested} of them not tested)"));
    }
    for verdict in [Verdict::NotMet, Verdict::Undetermined, Verdict::Contested] {
        if count(verdict) > 0 {
            words.push(format!("{} {verdict}", count(verdict)));
        }
    }
    let needed = match comparison {
        CountComparison::AtLeast => format!("{number} needed"),
        CountComparison::AtMost if number == 0 => "none allowed".to_owned(),
        CountComparison::AtMost => format!("at most {number} allowed"),
        CountComparison::Exactly => format!("exactly {number} needed"),
    };
    let tally = format!("{}; {needed}", words.join(", "));
    let verdict = place.standing(engine).verdict();
    // Where too many are met, one of them says more than their number.
    if comparison == CountComparison::AtMost && verdict != Verdict::Met {
        let first = main_leaf(engine, place, verdict);
        return if first.is_empty() { tally } else { format!("{tally}: {first}") };
    }
    tally
}
