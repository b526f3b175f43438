//! What stands in the way of a case, and how its counting forms come out.

use super::explanation::Blocker;
use super::labels::fits;
use super::parts::{Composition, Place, Side};
use super::phrases;
use super::repairs::Distances;
use crate::engine::{Engine, Frame};
use crate::model::condition::{ConditionKind, CountComparison, Wording};
use crate::model::program::{IndividualId, RelationId, Target};
use crate::time::Day;
use crate::verdict::Verdict;

/// All conditions that stand in the way of a case being met, the nearest to being met first.
pub(super) fn blockers(
    engine: &Engine<'_>,
    relation: RelationId,
    individuals: &[IndividualId],
    day: Day,
) -> Vec<Blocker> {
    let mut blockers = Vec::new();
    let mut distances = Distances::new(engine);
    for place in bodies(engine, relation, individuals, day) {
        add_blockers(engine, &place, Side::For, &mut distances, &mut blockers);
    }
    blockers.sort_by_key(|blocker| (blocker.distance.unwrap_or(usize::MAX), blocker.span));
    blockers
}

/// The parts that do not stand as they would have to; where another limb already suffices, none of its rivals does.
fn add_blockers<'p>(
    engine: &Engine<'p>,
    place: &Place<'p>,
    side: Side,
    distances: &mut Distances<'_, 'p>,
    blockers: &mut Vec<Blocker>,
) {
    let standing = place.standing(engine);
    if side.is_settled(standing) {
        return;
    }
    let is_plain =
        matches!(&place.condition.kind, ConditionKind::And(_, Wording::Plain) | ConditionKind::Or(_, Wording::Plain));
    match place.composition(engine) {
        Composition::Joined(parts) if is_plain => {
            for (part, _) in &parts {
                add_blockers(engine, part, side, distances, blockers);
            }
        }
        Composition::Counted(comparison, _, parts) => {
            for part in &parts {
                match comparison {
                    CountComparison::AtLeast => add_blockers(engine, part, side, distances, blockers),
                    CountComparison::AtMost => add_blockers(engine, part, side.opposite(), distances, blockers),
                    CountComparison::Exactly if part.standing(engine).verdict() == Verdict::Met => {}
                    CountComparison::Exactly => add_blockers(engine, part, side, distances, blockers),
                }
            }
        }
        _ => blockers.push(Blocker {
            span: place.condition.span,
            verdict: standing.verdict(),
            phrase: phrases::phrase(engine, place),
            distance: distances.to(place, side),
        }),
    }
}

/// The bodies of the rules that speak of a case, and the conditions on which they do.
fn bodies<'p>(engine: &Engine<'p>, relation: RelationId, individuals: &[IndividualId], day: Day) -> Vec<Place<'p>> {
    let program = engine.program();
    let domain = engine.domain(Target::Relation(relation), individuals);
    let rules = program.relation(relation).rules.iter().map(|rule| program.rule(*rule));
    rules
        .filter(|rule| fits(rule, individuals))
        .flat_map(|rule| {
            let frame = Frame::new(rule.variables.len(), individuals, domain.clone());
            rule.applies_where
                .iter()
                .chain([&rule.body])
                .map(move |condition| Place::new(condition, frame.clone(), day))
        })
        .collect()
}

/// `at least 3 of 5: 1 met, 4 undetermined`: each counting form that stands in the rules themselves.
pub(super) fn tallies(
    engine: &Engine<'_>,
    relation: RelationId,
    individuals: &[IndividualId],
    day: Day,
) -> Vec<String> {
    let mut open = bodies(engine, relation, individuals, day);
    open.reverse();
    let mut tallies = Vec::new();
    while let Some(place) = open.pop() {
        match place.composition(engine) {
            Composition::Joined(parts) => open.extend(parts.into_iter().rev().map(|(part, _)| part)),
            Composition::Counted(..) => tallies.push(phrases::phrase(engine, &place)),
            _ => {}
        }
    }
    tallies
}
