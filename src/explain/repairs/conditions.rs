//! What a condition would need, from what its parts would.

use super::super::parts::{Composition, Place, Side};
use super::search::Search;
use super::sets::{self, Options};
use crate::engine::Frame;
use crate::model::condition::{Atom, Binding, Condition, ConditionKind, CountComparison, Quantifier};
use crate::model::program::IndividualId;
use crate::time::{Day, Interval};

/// Combinations of individuals that are tried for a quantifier.
const MOST_INSTANCES: usize = 2_000;

impl<'p> Search<'_, 'p> {
    /// What a condition would need.
    pub(super) fn place(&mut self, place: &Place<'p>, on: Interval, side: Side) -> Options {
        if side.is_settled(place.standing(self.engine)) {
            return sets::nothing();
        }
        if !self.step() {
            return Options::new();
        }
        match &place.condition.kind {
            ConditionKind::Atom(atom) => self.atom(atom, &place.frame, place.day, on, side),
            ConditionKind::Comparison { left, operator, right, .. } => {
                self.comparison(place, left, *operator, right, on, side)
            }
            ConditionKind::Moment { .. } => Options::new(),
            ConditionKind::Quantified { quantifier, bindings, among, body, .. } => {
                let instances = self.instances(bindings, among.as_deref(), body, place, on, side, *quantifier);
                let needs_all = (*quantifier == Quantifier::Every) == (side == Side::For);
                match instances {
                    Some(instances) if needs_all => sets::all(instances),
                    Some(instances) => sets::any(instances),
                    None => Options::new(),
                }
            }
            ConditionKind::Ever(_)
            | ConditionKind::Always(_)
            | ConditionKind::Within(..)
            | ConditionKind::Throughout(..) => self.other_days(place, on, side),
            _ => match place.composition(self.engine) {
                Composition::Joined(parts) => {
                    let needs_all = match &place.condition.kind {
                        ConditionKind::And(..) => side == Side::For,
                        ConditionKind::Or(..) | ConditionKind::Whenever { .. } => side == Side::Against,
                        _ => true,
                    };
                    let options: Vec<Options> = parts
                        .iter()
                        .map(|(part, same)| self.place(part, on, if *same { side } else { side.opposite() }))
                        .collect();
                    if needs_all { sets::all(options) } else { sets::any(options) }
                }
                Composition::Counted(comparison, number, parts) => {
                    let mut sets = |side| parts.iter().map(|part| self.place(part, on, side)).collect::<Vec<_>>();
                    // Only the sides that matter are looked for: the others might not be monotone in a circle.
                    let shows = comparison == CountComparison::Exactly
                        || (comparison == CountComparison::AtLeast) == (side == Side::For);
                    let refutes = comparison == CountComparison::Exactly || !shows;
                    let shown = if shows { sets(Side::For) } else { Vec::new() };
                    let refuted = if refutes { sets(Side::Against) } else { Vec::new() };
                    counted(comparison, number, &shown, &refuted, side)
                }
                Composition::Shown(part) => self.place(&part, on, side),
                _ => Options::new(),
            },
        }
    }

    pub(super) fn atom(&mut self, atom: &Atom, frame: &Frame, day: Day, on: Interval, side: Side) -> Options {
        match frame.arguments(&atom.arguments) {
            Some(individuals) => self.case(atom.relation, &individuals, day, on, side),
            None => Options::new(),
        }
    }

    /// Frames for each combination of individuals that exist on the day; none where there are too many to look at.
    pub(super) fn frames(&self, bindings: &[Binding], place: &Place<'p>) -> Option<Vec<Frame>> {
        let engine = self.engine;
        let mut frames = vec![place.frame.clone()];
        for binding in bindings {
            let individuals: Vec<IndividualId> = engine
                .individuals_of(binding.kind)
                .filter(|individual| engine.program().individual(*individual).life.contains(place.day))
                .collect();
            if frames.len() * individuals.len() > MOST_INSTANCES {
                return None;
            }
            let with = |frame: &Frame, individual: IndividualId| {
                let mut frame = frame.clone();
                frame.set(binding.slot, Some(individual));
                frame
            };
            frames = frames
                .iter()
                .flat_map(|frame| individuals.iter().map(move |individual| with(frame, *individual)))
                .collect();
        }
        Some(frames)
    }

    /// What each combination of individuals would need.
    #[expect(clippy::too_many_arguments, reason = "a quantifier has that many parts")]
    fn instances(
        &mut self,
        bindings: &[Binding],
        among: Option<&'p Condition>,
        body: &'p Condition,
        place: &Place<'p>,
        on: Interval,
        side: Side,
        quantifier: Quantifier,
    ) -> Option<Vec<Options>> {
        // Of `every` an individual that is not among those meant is no counterexample; of `some`, no witness.
        let among_side = if quantifier == Quantifier::Every { side.opposite() } else { side };
        let needs_both = (quantifier == Quantifier::Every) == (side == Side::Against);
        let mut instances = Vec::new();
        for frame in self.frames(bindings, place)? {
            let part = |condition| Place::new(condition, frame.clone(), place.day);
            let mut options = Vec::new();
            options.extend(among.map(|among| self.place(&part(among), on, among_side)));
            options.push(self.place(&part(body), on, side));
            instances.push(if needs_both { sets::all(options) } else { sets::any(options) });
        }
        Some(instances)
    }
}

/// What a counting form would need, from what it would take to show and to refute each of its parts.
pub(super) fn counted(
    comparison: CountComparison,
    number: usize,
    shown: &[Options],
    refuted: &[Options],
    side: Side,
) -> Options {
    let at_least = |number: usize| sets::at_least(number, shown);
    let fewer_than = |number: usize| sets::at_least((refuted.len() + 1).saturating_sub(number), refuted);
    match (comparison, side) {
        (CountComparison::AtLeast, Side::For) => at_least(number),
        (CountComparison::AtLeast, Side::Against) => fewer_than(number),
        (CountComparison::AtMost, Side::For) => fewer_than(number + 1),
        (CountComparison::AtMost, Side::Against) => at_least(number + 1),
        (CountComparison::Exactly, Side::Against) => sets::any([at_least(number + 1), fewer_than(number)]),
        (CountComparison::Exactly, Side::For) => sets::exactly(number, shown, refuted),
    }
}
