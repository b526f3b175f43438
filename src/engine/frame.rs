//! The individuals that stand for variables while a condition is evaluated.

use crate::evidence::Tuple;
use crate::model::condition::{Argument, Slot};
use crate::model::program::IndividualId;
use crate::time::IntervalSet;
use smallvec::SmallVec;

/// Individuals for variables, and the days that matter to whoever asks.
#[derive(Debug, Clone)]
pub struct Frame {
    slots: SmallVec<[Option<IndividualId>; 4]>,
    days: FrameDays,
}

/// The days that matter to a frame.
#[derive(Debug, Clone)]
pub struct FrameDays {
    /// On other days a condition's value may be anything: the case that asks does not arise there.
    domain: IntervalSet,
    /// The individuals of so many of the first variables are known to exist on all of them.
    living: usize,
}

impl Frame {
    /// A frame with room for some variables, in which the first ones are given.
    #[must_use]
    pub fn new(variables: usize, given: &[IndividualId], domain: IntervalSet) -> Self {
        let mut slots: SmallVec<[Option<IndividualId>; 4]> = given.iter().copied().map(Some).collect();
        slots.resize(variables.max(given.len()), None);
        Frame { slots, days: FrameDays { domain, living: 0 } }
    }

    /// The same, where the given individuals exist on all the days that matter.
    #[must_use]
    pub fn of_living(variables: usize, given: &[IndividualId], domain: IntervalSet) -> Self {
        let mut frame = Frame::new(variables, given, domain);
        frame.days.living = given.len();
        frame
    }

    /// Whether an individual is known to exist on all the days that matter.
    #[must_use]
    pub fn is_living(&self, individual: IndividualId) -> bool {
        self.slots[..self.days.living].contains(&Some(individual))
    }

    /// The variables that are bound, with their individuals.
    pub fn given(&self) -> impl Iterator<Item = (Slot, IndividualId)> + '_ {
        self.slots.iter().enumerate().filter_map(|(slot, individual)| individual.map(|individual| (slot, individual)))
    }

    /// How many variables are bound.
    #[must_use]
    pub fn bound(&self) -> usize {
        self.slots.iter().flatten().count()
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
        &self.days.domain
    }

    /// Sets the days that matter, and gives those that did, for [`Frame::restore`].
    pub fn replace_domain(&mut self, domain: IntervalSet) -> FrameDays {
        std::mem::replace(&mut self.days, FrameDays { domain, living: 0 })
    }

    /// Sets the days that mattered before.
    pub fn restore(&mut self, days: FrameDays) {
        self.days = days;
    }

    /// Leaves out days that do not matter any more, and gives those that did matter.
    pub fn narrow_domain(&mut self, domain: IntervalSet) -> FrameDays {
        let living = self.days.living;
        std::mem::replace(&mut self.days, FrameDays { domain, living })
    }
}
