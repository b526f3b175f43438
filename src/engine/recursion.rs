//! Relations that depend on one another in a circle.
//!
//! All cases of a component begin as not met and are evaluated again whenever a case that they read has
//! changed, until none does: the least fixpoint for *for*, and for *against* what no chain of rules can
//! still make met. Where evidence on both sides is found, a second round settles with that set aside.

use super::cases::Contested;
use super::{Engine, Standing};
use crate::evidence::Tuple;
use crate::model::program::{IndividualId, RelationId, Target};
use crate::time::Timeline;
use rustc_hash::{FxHashMap, FxHashSet};
use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::Rc;

pub(super) type Key = (RelationId, Tuple);

/// The components that are being evaluated.
pub(super) struct Components {
    rounds: Vec<RefCell<Option<Round>>>,
    is_done: Vec<Cell<bool>>,
    /// Those evaluated as chains, of which only the cases that are not always not met are kept.
    is_chain: Vec<Cell<bool>>,
}

impl Components {
    pub fn new(number: usize) -> Self {
        Components {
            rounds: (0..number).map(|_| RefCell::new(None)).collect(),
            is_done: vec![Cell::new(false); number],
            is_chain: vec![Cell::new(false); number],
        }
    }
}

/// One round over a component.
#[derive(Default)]
struct Round {
    values: FxHashMap<Key, Rc<Timeline<Standing>>>,
    /// Who has to be looked at again when this one changes.
    readers: FxHashMap<Key, FxHashSet<Key>>,
    reading: Option<Key>,
}

impl Engine<'_> {
    /// A case of a component; while the component is being evaluated, as far as it is known.
    pub(super) fn recursive_case(&self, component: usize, key: Key) -> Rc<Timeline<Standing>> {
        if let Some(round) = self.components.rounds[component].borrow_mut().as_mut() {
            if let Some(reader) = round.reading.clone() {
                round.readers.entry(key.clone()).or_default().insert(reader);
            }
            return round.values.get(&key).cloned().unwrap_or_else(|| Rc::new(Timeline::constant(Standing::NOT_MET)));
        }
        if !self.components.is_done[component].replace(true) {
            self.evaluate_component(component);
        }
        let known = self.cases.borrow().get(&key).cloned();
        if known.is_none() && self.components.is_chain[component].get() {
            let domain = self.domain(Target::Relation(key.0), &key.1);
            return Rc::new(Timeline::constant(Standing::NOT_MET).within(&domain, &Standing::INAPPLICABLE));
        }
        // Individuals outside a role's kind are no cases of the component, and so not applicable.
        known.unwrap_or_else(|| Rc::new(Timeline::constant(Standing::INAPPLICABLE)))
    }

    /// Whether a component is being evaluated, so that its cases are not yet known.
    pub(super) fn is_in_progress(&self, relation: RelationId) -> bool {
        self.program.relation(relation).component.is_some_and(|component| {
            self.components.rounds[component].try_borrow().map_or(true, |round| round.is_some())
        })
    }

    fn evaluate_component(&self, component: usize) {
        if let Some(cases) = self.chain(component) {
            self.components.is_chain[component].set(true);
            self.cases.borrow_mut().extend(cases);
            return;
        }
        let keys = self.component_cases(component);
        let mut values = self.run(component, &keys, FxHashMap::default(), Contested::NotYetKnown);
        let is_contested = |standing: &Standing| standing.is_for() && standing.is_against();
        let contested = values.values().any(|line| line.runs().any(|(_, standing)| is_contested(standing)));
        if contested {
            let start = values
                .into_iter()
                .map(|(key, line)| (key, Rc::new(line.map(|standing| unsettled_start(*standing)))))
                .collect();
            values = self.run(component, &keys, start, Contested::Unsettled);
        }
        self.cases.borrow_mut().extend(values);
    }

    fn run(
        &self,
        component: usize,
        keys: &[Key],
        start: FxHashMap<Key, Rc<Timeline<Standing>>>,
        contested: Contested,
    ) -> FxHashMap<Key, Rc<Timeline<Standing>>> {
        let cell = &self.components.rounds[component];
        *cell.borrow_mut() = Some(Round { values: start, ..Round::default() });
        let mut queue: VecDeque<Key> = keys.iter().cloned().collect();
        let mut queued: FxHashSet<Key> = keys.iter().cloned().collect();
        while let Some(key) = queue.pop_front() {
            queued.remove(&key);
            if let Some(round) = cell.borrow_mut().as_mut() {
                round.reading = Some(key.clone());
            }
            let value = self.evaluate_case(key.0, &key.1, contested);
            if let Some(round) = cell.borrow_mut().as_mut() {
                let changed = match round.values.get(&key) {
                    Some(before) => **before != value,
                    None => value.as_constant() != Some(&Standing::NOT_MET),
                };
                round.values.insert(key.clone(), Rc::new(value));
                if changed {
                    let readers = round.readers.get(&key).into_iter().flatten();
                    let mut again: Vec<Key> = readers.filter(|reader| !queued.contains(*reader)).cloned().collect();
                    again.sort_unstable();
                    queued.extend(again.iter().cloned());
                    queue.extend(again);
                }
            }
        }
        cell.borrow_mut().take().map(|round| round.values).unwrap_or_default()
    }

    fn component_cases(&self, component: usize) -> Vec<Key> {
        let mut keys = Vec::new();
        for relation in &self.program.recursive_components[component] {
            let mut tuples = vec![Tuple::new()];
            for role in &self.program.relation(*relation).roles {
                let members: Vec<IndividualId> = self.individuals_of(role.kind).collect();
                tuples = tuples
                    .into_iter()
                    .flat_map(|tuple| {
                        members.iter().map(move |member| {
                            let mut longer = tuple.clone();
                            longer.push(*member);
                            longer
                        })
                    })
                    .collect();
            }
            keys.extend(tuples.into_iter().map(|tuple| (*relation, tuple)));
        }
        keys
    }
}

/// The evidence as it is known; settled for nothing yet, and against everything that has evidence against and is not
/// contested. (Settled beyond the evidence, a circle could keep itself settled.)
fn unsettled_start(standing: Standing) -> Standing {
    if !standing.is_applicable() {
        return standing;
    }
    let contested = standing.is_for() && standing.is_against();
    Standing::new(standing.is_for(), false, standing.is_against(), standing.is_against() && !contested)
}
