//! From a verdict down to what carries it: the atoms on whose evidence it stands, or for want of which it does not.

mod days;
mod numbers;

use super::parts::{Composition, Instance, Place, Side};
use crate::engine::{Engine, Frame};
use crate::model::condition::{Atom, ConditionKind, CountComparison, Quantifier};
use crate::model::program::{Guard, IndividualId, MeasureId, RelationId, RuleForm, Target};
use crate::time::Day;
use std::collections::BTreeSet;

/// Something that was met on the way down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// Which.
    pub target: Target,
    /// Of whom.
    pub individuals: Vec<IndividualId>,
    /// On which side it bears.
    pub side: Side,
    /// When.
    pub day: Day,
    /// How many criteria lie above it.
    pub depth: usize,
    /// Whether it tells only of whom, or when, something is asked: it stands in the `where` of a quantifier, or to the right of
    /// `whenever`.
    pub is_occasion: bool,
    /// Whether it is a value of a sum or its like, which passes over those that have none where the record is complete.
    pub is_summed: bool,
}

impl Step {
    /// What is asked about itself, and not what it is made of.
    pub(super) fn asked(target: Target, individuals: &[IndividualId], day: Day) -> Step {
        let individuals = individuals.to_vec();
        Step { target, individuals, side: Side::For, day, depth: 0, is_occasion: false, is_summed: false }
    }
}

/// What is carried along: enough for large cases, and not without end.
const MOST_STEPS: usize = 2_000;
/// Individuals of a quantifier that are followed.
const MOST_INDIVIDUALS: usize = 200;

/// Follows a verdict down.
pub struct Trail<'e, 'p> {
    engine: &'e Engine<'p>,
    seen: BTreeSet<(RelationId, Vec<IndividualId>, Side, Day)>,
    /// What was met, from the top down.
    pub steps: Vec<Step>,
    /// Whether only settled evidence counts.
    settled: bool,
    /// Whether what is met now tells only of whom, or when, something is asked.
    in_occasion: bool,
    /// Whether what is met now is a value of a sum or its like.
    in_sum: bool,
}

impl<'e, 'p> Trail<'e, 'p> {
    fn new(engine: &'e Engine<'p>, settled: bool) -> Self {
        Trail { engine, seen: BTreeSet::new(), steps: Vec::new(), settled, in_occasion: false, in_sum: false }
    }

    /// The steps from a case down: what gives it evidence on a side, or, where it has none, what fails to.
    #[must_use]
    pub fn of_case(
        engine: &'e Engine<'p>,
        relation: RelationId,
        individuals: &[IndividualId],
        day: Day,
        side: Side,
        settled: bool,
    ) -> Vec<Step> {
        let mut trail = Trail::new(engine, settled);
        trail.case(relation, individuals, day, side, 0);
        trail.steps
    }

    /// The steps from a condition down.
    #[must_use]
    pub fn of_place(engine: &'e Engine<'p>, place: &Place<'p>, side: Side, settled: bool) -> Vec<Step> {
        let mut trail = Trail::new(engine, settled);
        trail.place(place, side, 0);
        trail.steps
    }

    /// What a measure or classification is made of.
    #[must_use]
    pub fn of_measure(engine: &'e Engine<'p>, measure: MeasureId, individuals: &[IndividualId], day: Day) -> Vec<Step> {
        let mut trail = Trail::new(engine, true);
        trail.measure(measure, individuals, day, 0, None);
        trail.steps
    }

    fn step(&self, target: Target, individuals: &[IndividualId], day: Day, side: Side, depth: usize) -> Step {
        let (is_occasion, is_summed) = (self.in_occasion, self.in_sum);
        Step { target, individuals: individuals.to_vec(), side, day, depth, is_occasion, is_summed }
    }

    fn on_side(&self, standing: crate::engine::Standing, side: Side) -> bool {
        if self.settled { side.is_settled(standing) } else { side.has(standing) }
    }

    fn case(&mut self, relation: RelationId, individuals: &[IndividualId], day: Day, side: Side, depth: usize) {
        if self.steps.len() >= MOST_STEPS || !self.seen.insert((relation, individuals.to_vec(), side, day)) {
            return;
        }
        let target = Target::Relation(relation);
        self.steps.push(self.step(target, individuals, day, side, depth));
        let engine = self.engine;
        let program = engine.program();
        let case = engine.case(relation, individuals);
        let standing = case.at(day).in_condition();
        let on_side = self.on_side(standing, side);
        // Of a case that does not arise only that is followed for want of which it does not.
        let arises = case.at(day).is_applicable();
        if !arises && !engine.domain(target, individuals).contains(day) {
            return;
        }
        let definition = program.relation(relation);
        let has_necessary = definition.rules.iter().any(|rule| program.rule(*rule).form == RuleForm::OnlyIf);
        for rule in definition.rules.iter().map(|rule| program.rule(*rule)) {
            let bears = match (side, rule.form) {
                (Side::For, RuleForm::OnlyIf) => false,
                (Side::Against, RuleForm::If | RuleForm::Requires) => !has_necessary && definition.is_criterion,
                _ => true,
            };
            let guarded = rule.guards.iter().all(|guard| match guard {
                Guard::Is(place, one) => individuals[*place] == *one,
                Guard::Same(one, two) => individuals[*one] == individuals[*two],
            });
            if !guarded || (arises && !bears) {
                continue;
            }
            let domain = engine.domain(target, individuals);
            for condition in rule.applies_where.iter().chain(arises.then_some(&rule.body)) {
                let frame = Frame::new(rule.variables.len(), individuals, domain.clone());
                let place = Place::new(condition, frame, day);
                if self.on_side(place.standing(engine), side) == on_side {
                    self.place(&place, side, depth + 1);
                }
            }
        }
    }

    /// A part is followed where it stands as the whole does: what has evidence is carried by the parts that
    /// have it, and what lacks it lacks it for the parts that do.
    fn place(&mut self, place: &Place<'p>, side: Side, depth: usize) {
        if self.steps.len() >= MOST_STEPS {
            return;
        }
        let on_side = self.on_side(place.standing(self.engine), side);
        match place.composition(self.engine) {
            Composition::Simple => self.simple(place, side, depth),
            Composition::Joined(parts) => {
                let is_whenever = matches!(place.condition.kind, ConditionKind::Whenever { .. });
                for (part, same) in parts {
                    let side = if same { side } else { side.opposite() };
                    match is_whenever && !same {
                        true => self.occasion(|trail| trail.part(&part, side, on_side, depth)),
                        false => self.part(&part, side, on_side, depth),
                    }
                }
            }
            Composition::Counted(comparison, _, parts) => {
                let sides: &[Side] = match comparison {
                    CountComparison::AtLeast => &[side],
                    CountComparison::AtMost => &[side.opposite()],
                    CountComparison::Exactly => &[Side::For, Side::Against],
                };
                for part in &parts {
                    for side in sides {
                        self.part(part, *side, on_side, depth);
                    }
                }
            }
            Composition::Quantified(parts) => {
                let bearing: Vec<&Instance<'p>> = parts
                    .iter()
                    .take(MOST_INDIVIDUALS)
                    .filter(|instance| self.on_side(instance.body.standing(self.engine), side) == on_side)
                    .collect();
                for instance in &bearing {
                    self.place(&instance.body, side, depth);
                }
                // What holds of all, and what holds of none, does so whoever is meant.
                let whoever = match &place.condition.kind {
                    ConditionKind::Quantified { quantifier: Quantifier::Every, .. } => side == Side::For,
                    _ => side == Side::Against,
                };
                if !(on_side && whoever) {
                    for among in bearing.iter().filter_map(|instance| instance.among.as_ref()) {
                        self.occasion(|trail| trail.place(among, Side::For, depth));
                    }
                }
            }
            Composition::OtherDays(part, days) => self.other_days(place, &part, &days, (side, on_side), depth),
            Composition::Shown(part) => self.place(&part, Side::For, depth),
        }
    }

    /// Follows what tells only of whom, or when, something is asked.
    fn occasion(&mut self, follow: impl FnOnce(&mut Self)) {
        let before = std::mem::replace(&mut self.in_occasion, true);
        follow(self);
        self.in_occasion = before;
    }

    fn part(&mut self, part: &Place<'p>, side: Side, on_side: bool, depth: usize) {
        if self.on_side(part.standing(self.engine), side) == on_side {
            self.place(part, side, depth);
        }
    }

    fn simple(&mut self, place: &Place<'p>, side: Side, depth: usize) {
        match &place.condition.kind {
            ConditionKind::Atom(atom) => self.atom(atom, &place.frame, place.day, side, depth),
            ConditionKind::Comparison { .. } => self.comparison(place, depth),
            _ => {}
        }
    }

    fn atom(&mut self, atom: &Atom, frame: &Frame, day: Day, side: Side, depth: usize) {
        if let Some(individuals) = frame.arguments(&atom.arguments) {
            self.case(atom.relation, &individuals, day, side, depth);
        }
    }
}
