//! In which order the conditions of a conjunction or a disjunction are asked: those first that settle most for the least work. No
//! answer depends on it, for what is joined from them is the same in any order.

use super::Engine;
use crate::model::condition::Condition;
use rustc_hash::FxHashMap;
use smallvec::SmallVec;

/// The conditions of one conjunction or disjunction by their places, in the order in which they are asked.
pub(super) type Places = SmallVec<[u16; 4]>;

/// After so many times the order is left as it is.
const OFTEN: u32 = 1 << 12;

/// What came of asking a condition.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Asked {
    /// How often no day was left for the others.
    settled: u32,
    /// How many conditions were looked at for it.
    steps: u64,
}

impl Asked {
    pub fn once(settled: bool, steps: u64) -> Asked {
        Asked { settled: u32::from(settled), steps }
    }

    /// How often it settles all, for each condition that is looked at; something even where it never did, so that what was not asked yet
    /// has its turn.
    fn worth(&self) -> f64 {
        (f64::from(self.settled) + 0.5) / (self.steps as f64 + 1.0)
    }
}

/// The order in which conditions are asked, and what came of asking them.
#[derive(Debug)]
pub(super) struct Asking {
    places: Places,
    asked: SmallVec<[Asked; 4]>,
    times: u32,
}

/// For each conjunction and disjunction, by the place of its first condition in the program.
pub(super) type Kept = FxHashMap<*const Condition, Asking>;

impl Engine<'_> {
    /// The order in which conditions are asked now, and whether it is to be noted what comes of it.
    pub(super) fn asking_order(&self, conditions: &[Condition]) -> (Places, bool) {
        let as_written = || (0..conditions.len() as u16).collect();
        if conditions.len() > usize::from(u16::MAX) {
            return (as_written(), false);
        }
        match self.asking.borrow().get(&conditions.as_ptr()) {
            Some(asking) => (asking.places.clone(), asking.times < OFTEN),
            None => (as_written(), true),
        }
    }

    /// Notes what came of asking some conditions in this order, and finds a better one now and then.
    pub(super) fn note_asked(&self, conditions: &[Condition], places: Places, asked: &[Asked]) {
        let mut all = self.asking.borrow_mut();
        let asking = all.entry(conditions.as_ptr()).or_insert_with(|| Asking {
            asked: conditions.iter().map(|_| Asked::default()).collect(),
            places: places.clone(),
            times: 0,
        });
        for (place, one) in places.iter().zip(asked) {
            let known = &mut asking.asked[usize::from(*place)];
            known.settled += one.settled;
            known.steps += one.steps;
        }
        asking.times += 1;
        if asking.times >= self.plan.reorders_after && asking.times.is_power_of_two() {
            let Asking { places, asked, .. } = asking;
            let worth = |place: &u16| asked[usize::from(*place)].worth();
            places.sort_by(|one, other| worth(other).total_cmp(&worth(one)).then(one.cmp(other)));
        }
    }
}
