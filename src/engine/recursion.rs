//! Relations that depend on one another in a circle.
//!
//! A case that is asked for begins as not met, and so does every case of the circle that it reads, and that those read;
//! each is evaluated again whenever a case that it read has changed, until none does: the least fixpoint for *for*, and
//! for *against* what no chain of rules can still make met. What is not read has no part in that, and is not evaluated.
//! Where evidence on both sides is found, a second round settles with that set aside.

use super::cases::Contested;
use super::{Engine, Standing};
use crate::evidence::Tuple;
use crate::model::program::{RelationId, Target};
use crate::time::Timeline;
use rustc_hash::FxHashMap;
use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::Rc;

pub(super) type Key = (RelationId, Tuple);
type Line = Rc<Timeline<Standing>>;

/// The components, and what is going on in each.
pub(super) struct Components {
    each: Vec<Component>,
    /// How often a case was read while its component was being evaluated.
    reads: Cell<usize>,
}

#[derive(Default)]
struct Component {
    round: RefCell<Option<Round>>,
    /// Whether evidence on both sides was found in it.
    is_contested: Cell<bool>,
    /// Whether its cases were found as chains of pairs (`closure.rs`); none where that was not tried. Those that are not
    /// kept are not met.
    is_chain: Cell<Option<bool>>,
}

impl Components {
    pub fn new(number: usize) -> Self {
        Components { each: (0..number).map(|_| Component::default()).collect(), reads: Cell::new(0) }
    }
}

/// One round over the cases of a component that are needed. A case is known in it by its place.
#[derive(Default)]
struct Round {
    places: FxHashMap<Key, u32>,
    cases: Vec<Case>,
    /// Cases that no one has looked at yet. They come first.
    fresh: Vec<u32>,
    /// Cases that read what has changed since.
    again: VecDeque<u32>,
    reading: Option<u32>,
    /// Cases that the round before did not need, as far as it is to begin with what that one found.
    missing: Option<Vec<Key>>,
}

struct Case {
    key: Key,
    value: Line,
    /// Who has to be looked at again when it changes; some perhaps more than once.
    readers: Vec<u32>,
    is_queued: bool,
}

impl Case {
    fn add_reader(&mut self, reader: u32) {
        if self.readers.len() == self.readers.capacity() {
            self.readers.sort_unstable();
            self.readers.dedup();
        }
        self.readers.push(reader);
    }
}

impl Round {
    /// A further case, to be looked at.
    fn add(&mut self, key: Key, value: Line) -> u32 {
        let place = self.cases.len() as u32;
        self.places.insert(key.clone(), place);
        self.cases.push(Case { key, value, readers: Vec::new(), is_queued: true });
        self.fresh.push(place);
        place
    }

    /// A case as far as it is known, if it is needed already.
    fn read(&mut self, key: &Key) -> Option<Line> {
        let place = *self.places.get(key)?;
        let case = &mut self.cases[place as usize];
        // What is met throughout stays so.
        if let Some(reader) = self.reading.filter(|_| case.value.as_constant() != Some(&Standing::MET)) {
            case.add_reader(reader);
        }
        Some(Rc::clone(&case.value))
    }

    /// A case that nobody needed before.
    fn begin(&mut self, key: &Key) -> Line {
        if let Some(missing) = &mut self.missing {
            missing.push(key.clone());
        } else {
            let place = self.add(key.clone(), not_met());
            if let Some(reader) = self.reading {
                self.cases[place as usize].add_reader(reader);
            }
        }
        not_met()
    }

    /// The next case to be looked at, and its key.
    fn next(&mut self) -> Option<(u32, Key)> {
        let place = match self.fresh.pop() {
            Some(place) => place,
            None => self.again.pop_front()?,
        };
        self.reading = Some(place);
        let case = &mut self.cases[place as usize];
        case.is_queued = false;
        Some((place, case.key.clone()))
    }

    fn set(&mut self, place: u32, value: Timeline<Standing>) {
        let case = &mut self.cases[place as usize];
        if *case.value == value {
            return;
        }
        case.value = Rc::new(value);
        // They read it again, if they still need it.
        let mut readers = std::mem::take(&mut case.readers);
        readers.sort_unstable();
        for reader in readers {
            if !std::mem::replace(&mut self.cases[reader as usize].is_queued, true) {
                self.again.push_back(reader);
            }
        }
    }
}

fn not_met() -> Line {
    Rc::new(Timeline::constant(Standing::NOT_MET))
}

impl Engine<'_> {
    /// A case of a component; while the component is being evaluated, as far as it is known.
    pub(super) fn recursive_case(&self, component: usize, key: &Key) -> Line {
        self.components.reads.set(self.components.reads.get() + 1);
        let mut round = self.components.each[component].round.borrow_mut();
        if let Some(known) = round.as_mut().and_then(|round| round.read(key)) {
            return known;
        }
        if self.domain(Target::Relation(key.0), &key.1).is_empty() {
            return Rc::new(Timeline::constant(Standing::INAPPLICABLE));
        }
        if let Some(round) = round.as_mut() {
            return round.begin(key);
        }
        drop(round);
        let is_chain = &self.components.each[component].is_chain;
        if is_chain.get().is_none() {
            is_chain.set(Some(self.keep_chain(component).is_some()));
        }
        if is_chain.get() == Some(false) {
            self.evaluate_component(component, key);
        }
        let turned = self.turned(key.0, &key.1);
        let known = self.cases.borrow().get(key.0.index(), turned.as_ref().unwrap_or(&key.1));
        known.unwrap_or_else(|| {
            let domain = self.domain(Target::Relation(key.0), &key.1);
            Rc::new(Timeline::constant(Standing::NOT_MET).within(&domain, &Standing::INAPPLICABLE))
        })
    }

    /// How often cases of circles of rules were read so far: what their evaluation has cost.
    #[must_use]
    pub fn reads_in_circles(&self) -> usize {
        self.components.reads.get()
    }

    /// Whether a relation was answered as chains of pairs by a sweep over the days, once it has been asked about.
    #[must_use]
    pub fn is_swept(&self, relation: RelationId) -> bool {
        let component = self.program.relation(relation).component;
        component.is_some_and(|component| self.components.each[component].is_chain.get() == Some(true))
    }

    /// Whether a component is being evaluated, so that its cases are not yet known.
    pub(super) fn is_in_progress(&self, relation: RelationId) -> bool {
        self.program.relation(relation).component.is_some_and(|component| {
            self.components.each[component].round.try_borrow().map_or(true, |round| round.is_some())
        })
    }

    /// Evaluates a case with all that it needs of its component.
    fn evaluate_component(&self, component: usize, key: &Key) {
        let is_contested = &self.components.each[component].is_contested;
        let mut first = Round::default();
        let mut needed = vec![key.clone()];
        loop {
            for key in needed {
                first.add(key, not_met());
            }
            first = self.run(component, first, Contested::NotYetKnown);
            let both = |standing: &Standing| standing.is_for() && standing.is_against();
            if first.cases.iter().any(|case| case.value.runs().any(|(_, standing)| both(standing))) {
                is_contested.set(true);
            }
            if !is_contested.get() {
                self.keep(first);
                return;
            }
            let mut second = Round { missing: Some(Vec::new()), ..Round::default() };
            for case in &first.cases {
                second.add(case.key.clone(), Rc::new(case.value.map(|standing| unsettled_start(*standing))));
            }
            let second = self.run(component, second, Contested::Unsettled);
            needed = second.missing.clone().unwrap_or_default();
            if needed.is_empty() {
                self.keep(second);
                return;
            }
            // With the contested set aside further cases matter, of which the evidence has to be known first.
            needed.sort_unstable();
            needed.dedup();
        }
    }

    fn keep(&self, round: Round) {
        let mut cases = self.cases.borrow_mut();
        round.cases.into_iter().for_each(|case| cases.insert(case.key.0.index(), &case.key.1, case.value));
    }

    fn run(&self, component: usize, round: Round, contested: Contested) -> Round {
        let cell = &self.components.each[component].round;
        *cell.borrow_mut() = Some(round);
        loop {
            let next = cell.borrow_mut().as_mut().and_then(Round::next);
            let Some((place, key)) = next else { break };
            let value = self.evaluate_case(key.0, &key.1, contested);
            if let Some(round) = cell.borrow_mut().as_mut() {
                round.set(place, value);
            }
        }
        cell.borrow_mut().take().unwrap_or_default()
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
