//! Answers that were found already, by whom they are about.

use crate::evidence::Tuple;
use crate::model::program::IndividualId;
use rustc_hash::FxHashMap;

/// For each relation or measure, the answers for its individuals.
pub(super) struct Known<V> {
    targets: Vec<OfTarget<V>>,
}

/// Most are about one or two individuals, whose numbers go together into one.
struct OfTarget<V> {
    few: FxHashMap<u64, V>,
    many: FxHashMap<Tuple, V>,
}

impl<V: Clone> Known<V> {
    /// Nothing about some number of targets.
    pub fn nothing(targets: usize) -> Known<V> {
        let nothing = || OfTarget { few: FxHashMap::default(), many: FxHashMap::default() };
        Known { targets: (0..targets).map(|_| nothing()).collect() }
    }

    /// The answer of a target for some individuals.
    pub fn get(&self, target: usize, individuals: &[IndividualId]) -> Option<V> {
        let of_target = &self.targets[target];
        match packed(individuals) {
            Some(key) => of_target.few.get(&key).cloned(),
            None => of_target.many.get(individuals).cloned(),
        }
    }

    /// Keeps an answer.
    pub fn insert(&mut self, target: usize, individuals: &[IndividualId], answer: V) {
        let of_target = &mut self.targets[target];
        match packed(individuals) {
            Some(key) => of_target.few.insert(key, answer),
            None => of_target.many.insert(Tuple::from(individuals), answer),
        };
    }

    /// Makes room for further answers of a target.
    pub fn reserve(&mut self, target: usize, answers: usize) {
        self.targets[target].few.reserve(answers);
    }
}

/// One number for two individuals or fewer; a target is always about equally many.
fn packed(individuals: &[IndividualId]) -> Option<u64> {
    match individuals {
        [] => Some(0),
        [one] => Some(u64::from(one.0)),
        [one, two] => Some(u64::from(one.0) << 32 | u64::from(two.0)),
        _ => None,
    }
}
