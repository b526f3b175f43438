//! The combinations of individuals that can bear a quantifier out, joined from the record once for all cases.
//!
//! `for some T: member(A, T) and member(B, T)` asked of a thousand pairs would go through the treaties of A a thousand times.
//! Joined once, each pair finds the few treaties of both.

use super::quantifiers::Literal;
use super::{Engine, Frame, Standing};
use crate::evidence::Tuple;
use crate::model::condition::{Binding, Condition, Slot};
use crate::model::program::IndividualId;
use crate::time::{IntervalSet, Timeline};
use rustc_hash::FxHashMap;
use std::collections::BTreeSet;
use std::rc::Rc;

/// So few are sooner looked at each time than joined.
const FEW_COMBINATIONS: usize = 8;

/// Outside of these combinations there is no evidence for what is quantified.
#[derive(Debug)]
pub(super) struct Witnesses {
    /// The variables that the quantifier does not bind, by which its combinations are found.
    given: Vec<Slot>,
    /// Where the combinations of each choice for these begin and end.
    places: FxHashMap<Tuple, (u32, u32)>,
    /// The individuals of the quantified variables, in their order, one combination after another.
    individuals: Vec<IndividualId>,
    /// Days on which every other combination is not met, whoever is given.
    pub closed: IntervalSet,
}

/// What is known of a quantifier that is asked often.
#[derive(Debug)]
pub(super) struct Joined {
    /// Its combinations; nothing where they cannot be told.
    pub witnesses: Option<Witnesses>,
    /// The variables on which its answer depends, if that is the same whenever it is asked; in a circle of rules it is not.
    pub depends_on: Option<Vec<Slot>>,
}

/// What became of joining the combinations of a quantifier.
#[derive(Debug)]
pub(super) enum Joining {
    /// Not tried: how often it was asked.
    Asked(u32),
    /// Tried.
    Tried(Rc<Joined>),
}

/// By the place of the quantified condition in the program, which stays where it is while the program lives.
pub(super) type Kept = FxHashMap<usize, Joining>;

impl Witnesses {
    /// The combinations for the individuals of a frame.
    pub(super) fn of<'w>(&'w self, frame: &Frame, bound: usize) -> impl Iterator<Item = &'w [IndividualId]> + use<'w> {
        let given: Option<Tuple> = self.given.iter().map(|slot| frame.get(*slot)).collect();
        let (first, last) = given.and_then(|given| self.places.get(&given).copied()).unwrap_or_default();
        self.individuals[first as usize * bound..last as usize * bound].chunks_exact(bound.max(1))
    }
}

impl Engine<'_> {
    /// What is known of a quantifier, once it was asked often enough for that to be worth while.
    pub(super) fn joined_witnesses(
        &self,
        place: usize,
        bindings: &[Binding],
        literals: &[Literal<'_>],
    ) -> Option<Rc<Joined>> {
        let members = |binding: &Binding| self.program.kind(binding.kind).members.len();
        if self.plan.joins_after > 0 && bindings.iter().map(members).product::<usize>() <= FEW_COMBINATIONS {
            return None;
        }
        match self.witnesses.borrow_mut().entry(place).or_insert(Joining::Asked(0)) {
            Joining::Asked(times) if *times < self.plan.joins_after => {
                *times += 1;
                return None;
            }
            Joining::Asked(_) => {}
            Joining::Tried(known) => return Some(Rc::clone(known)),
        }
        // Joining asks for supports, which ask no quantifier.
        let mut positive = literals.iter().filter(|literal| !literal.negated).map(|literal| literal.condition);
        let witnesses = self.join_witnesses(bindings, &mut positive);
        let joined = Rc::new(Joined { witnesses, depends_on: self.depends_on(bindings, literals) });
        self.witnesses.borrow_mut().insert(place, Joining::Tried(Rc::clone(&joined)));
        Some(joined)
    }

    /// The variables on which literals depend that no binding binds, if their answer is always the same for these; in a circle of rules
    /// it is not.
    pub(super) fn depends_on(&self, bindings: &[Binding], literals: &[Literal<'_>]) -> Option<Vec<Slot>> {
        let mut relations = BTreeSet::new();
        let mut free: Vec<Slot> = Vec::new();
        for literal in literals {
            literal.condition.add_relations(&mut relations);
            free.extend(&literal.condition.free);
        }
        if relations.iter().any(|relation| self.program.relation(*relation).component.is_some()) {
            return None;
        }
        free.sort_unstable();
        free.dedup();
        free.retain(|slot| !bindings.iter().any(|binding| binding.slot == *slot));
        Some(free)
    }

    fn join_witnesses(
        &self,
        bindings: &[Binding],
        conditions: &mut dyn Iterator<Item = &Condition>,
    ) -> Option<Witnesses> {
        let conditions: Vec<&Condition> = conditions.collect();
        let closed = self.closed_all(&conditions, &[])?;
        let rows = self.rows_of_all(&conditions)?.of_kinds(self, bindings);
        let given: Vec<Slot> =
            rows.slots.iter().copied().filter(|slot| bindings.iter().all(|binding| binding.slot != *slot)).collect();
        let order: Vec<Slot> = given.iter().copied().chain(bindings.iter().map(|binding| binding.slot)).collect();
        let rows = rows.projected(&order)?.into_sorted();
        let mut places: FxHashMap<Tuple, (u32, u32)> = FxHashMap::default();
        let mut individuals = Vec::with_capacity(rows.len() * bindings.len());
        for (place, row) in rows.iter().enumerate() {
            let place = place as u32;
            places.entry(Tuple::from(&row[..given.len()])).or_insert((place, place)).1 = place + 1;
            individuals.extend_from_slice(&row[given.len()..]);
        }
        Some(Witnesses { given, places, individuals, closed })
    }
}

/// A timeline on the days on which some individuals live, not met elsewhere.
pub(super) fn while_they_live(
    engine: &Engine<'_>,
    individuals: &[IndividualId],
    value: Timeline<Standing>,
) -> Timeline<Standing> {
    individuals
        .iter()
        .map(|one| &engine.program.individual(*one).life)
        .fold(value, |value, life| if life.is_all() { value } else { value.within(life, &Standing::NOT_MET) })
}
