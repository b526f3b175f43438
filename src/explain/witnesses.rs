//! Those through whom a condition holds, or might, and those for whom it does not.

use super::leaves::{Bearing, Leaf};
use super::parts::{Composition, Instance, Place, Side};
use super::phrases::main_leaf;
use super::repairs::Distances;
use super::silence::plural;
use super::texts;
use super::trail::Trail;
use crate::engine::{Engine, Standing};
use crate::model::condition::ConditionKind;
use crate::model::program::{IndividualId, Target};
use crate::verdict::Verdict;

/// The individuals of an instance, as they are named in a sentence.
pub(super) fn witness_name(engine: &Engine<'_>, individuals: &[IndividualId]) -> String {
    let names: Vec<String> = individuals.iter().map(|id| texts::name_in_sentence(engine.program(), *id)).collect();
    names.join(" with ")
}

/// How a witness stands: it has to be among those meant, and the body has to hold.
pub(super) fn verdict_of(engine: &Engine<'_>, instance: &Instance<'_>) -> Verdict {
    let body = instance.body.standing(engine);
    instance.among.as_ref().map_or(body, |among| among.standing(engine).and(body)).verdict()
}

/// Individuals that are named as those through which it does not hold.
const MOST_NAMED: usize = 4;

/// `through the Alliance Treaty, not through the Collective Security Treaty`
pub(super) fn some(engine: &Engine<'_>, place: &Place<'_>, verdict: Verdict) -> String {
    let program = engine.program();
    let Composition::Quantified(parts) = place.composition(engine) else { return String::new() };
    let say = |individuals: &[IndividualId]| witness_name(engine, individuals);
    let of = |wanted: fn(Verdict) -> bool| -> Vec<(String, &Place<'_>)> {
        parts
            .iter()
            .filter(|instance| wanted(verdict_of(engine, instance)))
            .map(|instance| (say(&instance.individuals), &instance.body))
            .collect()
    };
    let met = of(|verdict| verdict == Verdict::Met);
    // Of those through which it does not hold, the ones of which anything is known are worth a word.
    let known = |part: &Place<'_>| {
        Trail::of_place(engine, part, Side::Against, true).iter().any(|step| match step.target {
            Target::Relation(relation) => {
                let leaf = Leaf::of(engine, relation, &step.individuals, step.day);
                !program.relation(relation).is_criterion
                    && leaf
                        .evidence
                        .iter()
                        .any(|one| matches!(one.bearing, Bearing::Ended | Bearing::Against | Bearing::OthersOnly))
            }
            Target::Measure(_) => false,
        })
    };
    let failing: Vec<(String, &Place<'_>)> =
        of(|verdict| verdict == Verdict::NotMet).into_iter().filter(|(_, part)| known(part)).collect();
    let mut words = Vec::new();
    if !met.is_empty() {
        words.push(format!("through {}", named(&met)));
    }
    for (name, part) in failing.iter().take(MOST_NAMED) {
        let why = main_leaf(engine, part, Verdict::NotMet);
        words.push(if verdict == Verdict::Met || why.is_empty() {
            format!("not through {name}")
        } else {
            format!("not through {name}: {why}")
        });
    }
    if met.is_empty() {
        for wanted in [Verdict::Contested, Verdict::Undetermined] {
            let open: Vec<(String, &Place<'_>)> = parts
                .iter()
                .filter(|instance| verdict_of(engine, instance) == wanted)
                .map(|instance| (say(&instance.individuals), &instance.body))
                .collect();
            if let Some((name, part)) = nearest(engine, &open) {
                words.push(format!("perhaps through {name}: {}", main_leaf(engine, part, wanted)));
                words.extend(others_too(engine, place, open.len() - 1, "open"));
                break;
            }
        }
    }
    if words.is_empty() {
        return if parts.is_empty() {
            "there is none to consider".to_owned()
        } else {
            main_leaf(engine, place, verdict)
        };
    }
    words.join("; ")
}

/// The one for which least is missing.
fn nearest<'a, 'p>(engine: &Engine<'p>, open: &'a [(String, &'a Place<'p>)]) -> Option<&'a (String, &'a Place<'p>)> {
    let mut distances = Distances::new(engine);
    open.iter().min_by_key(|(_, part)| distances.to(part, Side::For).unwrap_or(usize::MAX))
}

fn named(parts: &[(String, &Place<'_>)]) -> String {
    let names: Vec<&str> = parts.iter().take(MOST_NAMED).map(|(name, _)| name.as_str()).collect();
    match parts.len().saturating_sub(MOST_NAMED) {
        0 => texts::listed(&names, "and"),
        more => format!("{} and {more} more", names.join(", ")),
    }
}

/// Of more than this the nearest is not looked for.
const MOST_COMPARED: usize = 100;

/// `perhaps not for the Collective Security Treaty: nothing shows whether …; 3 other treaties are open too`: of those for whom it is not settled that
/// it holds, the one for which the least is missing to refute it.
pub(super) fn every(engine: &Engine<'_>, place: &Place<'_>, verdict: Verdict) -> String {
    let Composition::Quantified(parts) = place.composition(engine) else { return String::new() };
    let of_among = |instance: &Instance<'_>| instance.among.as_ref().map(|among| among.standing(engine));
    let holds = |instance: &Instance<'_>| {
        let refuted = of_among(instance).map_or(Standing::NOT_MET, Standing::negated);
        refuted.or(instance.body.standing(engine)).verdict()
    };
    let open: Vec<&Instance<'_>> = parts.iter().filter(|instance| holds(instance) == verdict).collect();
    let mut distances = Distances::new(engine);
    let nearest = open.iter().take(MOST_COMPARED).min_by_key(|instance| {
        let body = distances.to(&instance.body, Side::Against).unwrap_or(usize::MAX);
        let among = instance.among.as_ref().map_or(Some(0), |among| distances.to(among, Side::For));
        body.saturating_add(among.unwrap_or(usize::MAX))
    });
    let Some(nearest) = nearest else { return main_leaf(engine, place, verdict) };
    // Where it is open who is meant, that is what is to be found first.
    let among = nearest.among.as_ref().filter(|among| among.standing(engine).verdict() == verdict);
    let why = main_leaf(engine, among.unwrap_or(&nearest.body), verdict);
    let name = witness_name(engine, &nearest.individuals);
    let why = if why.is_empty() { why } else { format!(": {why}") };
    let (how, is) = match verdict {
        Verdict::Contested => ("at issue", "contested"),
        _ => ("perhaps not", "open"),
    };
    match others_too(engine, place, open.len() - 1, is) {
        None => format!("{how} for {name}{why}"),
        Some(others) => format!("{how} for {name}{why}; {others}"),
    }
}

/// `5 other states are open too`, if there are others.
fn others_too(engine: &Engine<'_>, place: &Place<'_>, others: usize, how: &str) -> Option<String> {
    let kind = match &place.condition.kind {
        ConditionKind::Quantified { bindings, .. } => match bindings.as_slice() {
            [one] => Some(engine.program().kind(one.kind).name.replace('_', " ")),
            _ => None,
        },
        _ => None,
    };
    Some(match (others, kind) {
        (0, _) => return None,
        (1, kind) => {
            let one = kind.filter(|kind| plural(kind) != *kind);
            format!("another {} is {how} too", one.as_deref().unwrap_or("one"))
        }
        (_, None) => format!("{others} others are {how} too"),
        (_, Some(kind)) => format!("{others} other {} are {how} too", plural(&kind)),
    })
}
