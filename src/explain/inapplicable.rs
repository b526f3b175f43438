//! Why a case does not arise, or a form of time has no day to look at.

use super::parts::{Composition, Place, Side};
use super::phrases;
use super::texts;
use super::trail::Trail;
use crate::engine::Engine;
use crate::model::condition::ConditionKind;
use crate::model::program::{IndividualId, RelationId, Target};
use crate::time::{Day, Interval};
use crate::verdict::Verdict;

/// Why a case does not arise on a day.
pub(super) fn why_inapplicable(
    engine: &Engine<'_>,
    relation: RelationId,
    individuals: &[IndividualId],
    day: Day,
) -> String {
    let program = engine.program();
    if let Some(individual) = individuals.iter().find(|one| !program.individual(**one).life.contains(day)) {
        return outside_life(engine, *individual, day);
    }
    let target = Target::Relation(relation);
    if program.pairs_with_itself(target, individuals) {
        return "no state is paired with itself (unless the relation is declared `reflexive`)".to_owned();
    }
    let roles = program.roles(target);
    for (individual, role) in individuals.iter().zip(roles) {
        if !program.is_member(*individual, role.kind) {
            let kind = &program.kind(role.kind).name;
            return format!("{} is no member of the kind `{kind}`", texts::name(program, *individual));
        }
    }
    let steps = Trail::of_case(engine, relation, individuals, day, Side::Against, true);
    let why = phrases::first_leaf(engine, &steps, Verdict::NotMet, day);
    let unmet = "its `where` is not met";
    if why.is_empty() { unmet.to_owned() } else { format!("{unmet}: {why}") }
}

/// `Corva existed only until 1918-11-11`
fn outside_life(engine: &Engine<'_>, individual: IndividualId, day: Day) -> String {
    let life = &engine.program().individual(individual).life;
    let name = texts::name(engine.program(), individual);
    let existed = life.iter().rfind(|interval| interval.last < day).map(|interval| interval.last);
    let exists_from = life.iter().find(|interval| interval.first > day).map(|interval| interval.first);
    match (existed, exists_from) {
        (Some(last), _) => format!("{name} existed only until {last}"),
        (None, Some(first)) => format!("{name} exists only from {first}"),
        (None, None) => format!("{name} does not exist"),
    }
}

/// Where a form of time looks at days on which somebody does not exist: who, and until or from when.
pub(super) fn outside_lives(engine: &Engine<'_>, place: &Place<'_>) -> Option<String> {
    let window = match &place.condition.kind {
        ConditionKind::Within(_, window) | ConditionKind::Throughout(_, window) => {
            engine.program().window(window).around(place.day)
        }
        ConditionKind::Ever(_) | ConditionKind::Always(_) => Interval { first: Day::FIRST, last: place.day },
        _ => return None,
    };
    let Composition::OtherDays(part, _) = place.composition(engine) else { return None };
    let constants = part.condition.constants.iter().copied();
    let named: Vec<IndividualId> =
        part.condition.free.iter().filter_map(|slot| part.frame.get(*slot)).chain(constants).collect();
    [window.first, window.last].into_iter().find_map(|day| {
        let dead = named.iter().find(|one| !engine.program().individual(**one).life.contains(day))?;
        Some(format!("{} (on {day})", outside_life(engine, *dead, day)))
    })
}
