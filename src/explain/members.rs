//! Those over whom a count, a sum or its like ranges, each as it stands on a day.

use super::parts::Place;
use super::texts;
use super::witnesses::witness_name;
use crate::engine::{Engine, Frame, Quantity, Standing};
use crate::model::condition::{Binding, Condition, Expression};
use crate::model::program::IndividualId;
use crate::time::Day;

/// More combinations than this are not gone through.
const MOST_MEMBERS: usize = 5_000;

/// A combination of individuals that may belong.
pub(super) struct Member<'p> {
    /// One for each variable.
    pub individuals: Vec<IndividualId>,
    /// With these in the place of the variables.
    pub frame: Frame,
    /// What makes them belong, where that is asked.
    pub among: Option<Place<'p>>,
    /// Whether they belong.
    pub standing: Standing,
}

/// All combinations of individuals that exist on the day; none where there are too many to go through.
pub(super) fn members<'p>(
    engine: &Engine<'_>,
    bindings: &[Binding],
    among: Option<&'p Condition>,
    frame: &Frame,
    day: Day,
) -> Option<Vec<Member<'p>>> {
    let program = engine.program();
    let mut combinations: Vec<(Vec<IndividualId>, Frame)> = vec![(Vec::new(), frame.clone())];
    for binding in bindings {
        let living: Vec<IndividualId> = engine
            .individuals_of(binding.kind)
            .filter(|individual| program.individual(*individual).life.contains(day))
            .collect();
        if combinations.len() * living.len() > MOST_MEMBERS {
            return None;
        }
        let with = |(chosen, frame): &(Vec<IndividualId>, Frame), individual: IndividualId| {
            let (mut chosen, mut frame) = (chosen.clone(), frame.clone());
            chosen.push(individual);
            frame.set(binding.slot, Some(individual));
            (chosen, frame)
        };
        combinations =
            combinations.iter().flat_map(|one| living.iter().map(move |individual| with(one, *individual))).collect();
    }
    let member = |(individuals, frame): (Vec<IndividualId>, Frame)| {
        let among = among.map(|among| Place::new(among, frame.clone(), day));
        let standing = among.as_ref().map_or(Standing::MET, |among| among.standing(engine));
        Member { individuals, frame, among, standing }
    };
    Some(combinations.into_iter().map(member).collect())
}

/// What is known of a member's value on a day.
pub(super) enum Value {
    /// This.
    Known(Quantity),
    /// It is not recorded, where it could be.
    Missing,
    /// It has none, and is passed over.
    None,
}

impl Member<'_> {
    /// What it brings to a sum or its like.
    pub fn value(&self, engine: &Engine<'_>, value: &Expression, day: Day) -> Value {
        let known = engine.expression(value, &mut self.frame.clone()).at(day).clone();
        if !known.alternatives().is_empty() {
            Value::Known(known)
        } else if engine.is_unrecorded(value, &mut self.frame.clone(), day) {
            Value::Missing
        } else {
            Value::None
        }
    }

    /// Whether it is sure not to belong.
    pub fn is_out(&self) -> bool {
        self.standing.is_settled_against()
    }
}

/// Members that are named one by one.
const MOST_NAMED: usize = 4;

/// `b, c, d and 12 more`
pub(super) fn named<'m, 'p: 'm>(engine: &Engine<'_>, members: impl Iterator<Item = &'m Member<'p>>) -> String {
    let names: Vec<String> = members.map(|member| witness_name(engine, &member.individuals)).collect();
    match names.len().saturating_sub(MOST_NAMED) {
        0 => texts::listed(&names, "and"),
        more => format!("{} and {more} more", names[..MOST_NAMED].join(", ")),
    }
}
