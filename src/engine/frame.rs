//! The individuals that stand for variables while a condition is evaluated.

use crate::evidence::Tuple;
use crate::model::condition::{Argument, Slot};
use crate::model::program::IndividualId;
use crate::time::IntervalSet;

/// Individuals for variables, and the days that matter to whoever asks.
#[derive(Debug, Clone)]
pub struct Frame {
    slots: Vec<Option<IndividualId>>,
    /// On other days a condition's value may be anything: the case that asks does not arise there.
    domain: IntervalSet,
}

impl Frame {
    /// A frame with room for some variables, in which the first ones are given.
    #[must_use]
    pub fn new(variables: usize, given: &[IndividualId], domain: IntervalSet) -> Self {
        let mut slots: Vec<Option<IndividualId>> = given.iter().copied().map(Some).collect();
        slots.resize(variables.max(given.len()), None);
        Frame { slots, domain }
    }

    /// The individual of a variable. The model has made sure that a variable is bound where it stands.
    #[must_use]
    pub fn get(&self, slot: Slot) -> Option<IndividualId> {
        self.slots.get(slot).copied().flatten()
    }

    /// Binds a variable, or frees it.
    pub fn set(&mut self, slot: Slot, individual: Option<IndividualId>) {
        if slot >= self.slots.len() {
            self.slots.resize(slot + 1, None);
        }
        self.slots[slot] = individual;
    }

    /// The individual of an argument.
    #[must_use]
    pub fn argument(&self, argument: Argument) -> Option<IndividualId> {
        match argument {
            Argument::Individual(individual) => Some(individual),
            Argument::Variable(slot) => self.get(slot),
        }
    }

    /// The individuals of all arguments, where all are bound.
    #[must_use]
    pub fn arguments(&self, arguments: &[Argument]) -> Option<Tuple> {
        arguments.iter().map(|argument| self.argument(*argument)).collect()
    }

    /// The days that matter.
    #[must_use]
    pub fn domain(&self) -> &IntervalSet {
        &self.domain
    }

    /// Sets the days that matter, and gives those that did.
    pub fn replace_domain(&mut self, domain: IntervalSet) -> IntervalSet {
        std::mem::replace(&mut self.domain, domain)
    }
}
