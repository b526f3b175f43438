//! Answers that were found already, by whom they are about.

use super::area::{Area, packed};
use crate::evidence::Tuple;
use crate::model::program::IndividualId;
use rustc_hash::FxHashMap;

/// For each relation or measure, the answers for its individuals.
pub(super) struct Known<V> {
    targets: Vec<OfTarget<V>>,
}

/// Most are about one or two individuals, whose numbers go together into one.
struct OfTarget<V> {
    near: Near<V>,
    /// Those that lie elsewhere.
    few: FxHashMap<u64, V>,
    /// When there are so many of those, it is looked whether they lie close together.
    look_at: usize,
    /// About more individuals.
    many: FxHashMap<Tuple, V>,
}

/// Answers about pairs that lie close together, in the order of the pairs: they are mostly asked for in that order.
struct Near<V> {
    area: Option<Area>,
    answers: Vec<Option<V>>,
    known: usize,
}

/// Fewer answers are quickly found anyhow.
const LEAST: usize = 1 << 10;
/// Pairs lie close together if the area around them holds at most so many for each of them.
const PAIRS_FOR_EACH: u64 = 4;

impl<V> Near<V> {
    #[inline]
    fn place(&self, pair: u64) -> Option<usize> {
        self.area.and_then(|area| area.place(pair))
    }
}

impl<V> OfTarget<V> {
    fn nothing() -> OfTarget<V> {
        let near = Near { area: None, answers: Vec::new(), known: 0 };
        OfTarget { near, few: FxHashMap::default(), look_at: LEAST, many: FxHashMap::default() }
    }

    fn insert(&mut self, pair: u64, answer: V) {
        if let Some(place) = self.near.place(pair) {
            let before = self.near.answers[place].replace(answer);
            self.near.known += usize::from(before.is_none());
            return;
        }
        self.few.insert(pair, answer);
        if self.few.len() >= self.look_at {
            self.bring_near();
        }
    }

    /// Puts all answers in the order of their pairs, if these lie close together.
    fn bring_near(&mut self) {
        let corners = self.near.area.iter().flat_map(Area::corners);
        let Some(area) = Area::around(self.few.keys().copied().chain(corners)) else { return };
        let all = self.few.len() + self.near.known;
        if area.size() > PAIRS_FOR_EACH * all as u64 {
            self.look_at = 2 * self.few.len();
            return;
        }
        let mut answers: Vec<Option<V>> = Vec::new();
        answers.resize_with(area.size() as usize, || None);
        let before = std::mem::replace(&mut self.near, Near { area: Some(area), answers: Vec::new(), known: all });
        let old = before.area.unwrap_or(area);
        let moved = before.answers.into_iter().enumerate();
        let moved = moved.filter_map(|(place, answer)| Some((old.pair(place), answer?)));
        for (pair, answer) in moved.chain(self.few.drain()) {
            if let Some(place) = area.place(pair) {
                answers[place] = Some(answer);
            }
        }
        self.near.answers = answers;
        // As many more as there are, so that answers are not moved again and again.
        self.look_at = LEAST.max(all);
    }
}

impl<V: Clone> Known<V> {
    /// Nothing about some number of targets.
    pub fn nothing(targets: usize) -> Known<V> {
        Known { targets: (0..targets).map(|_| OfTarget::nothing()).collect() }
    }

    /// The answer of a target for some individuals.
    #[inline]
    pub fn get(&self, target: usize, individuals: &[IndividualId]) -> Option<V> {
        let of_target = &self.targets[target];
        match packed(individuals) {
            Some(pair) => match of_target.near.place(pair) {
                Some(place) => of_target.near.answers[place].clone(),
                None => of_target.few.get(&pair).cloned(),
            },
            None => of_target.many.get(individuals).cloned(),
        }
    }

    /// Keeps an answer.
    pub fn insert(&mut self, target: usize, individuals: &[IndividualId], answer: V) {
        let of_target = &mut self.targets[target];
        match packed(individuals) {
            Some(pair) => of_target.insert(pair, answer),
            None => {
                of_target.many.insert(Tuple::from(individuals), answer);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Known, LEAST};
    use crate::model::program::IndividualId;
    use std::collections::HashMap;

    /// Answers about pairs are found again whatever their order is, close together or far apart.
    fn are_found_again(pairs: impl Iterator<Item = (u32, u32)>, is_near: bool) {
        let (mut known, mut expected) = (Known::nothing(3), HashMap::new());
        for (number, (one, two)) in pairs.enumerate() {
            known.insert(1, &[IndividualId(one), IndividualId(two)], number);
            expected.insert((one, two), number);
            if number % 97 == 0 {
                known.insert(2, &[IndividualId(one)], number);
                known.insert(0, &[IndividualId(one); 3], number);
                assert_eq!(known.get(2, &[IndividualId(one)]), Some(number));
                assert_eq!(known.get(0, &[IndividualId(one); 3]), Some(number));
            }
        }
        for ((one, two), number) in &expected {
            assert_eq!(known.get(1, &[IndividualId(*one), IndividualId(*two)]), Some(*number), "{one} {two}");
            assert_eq!(
                known.get(1, &[IndividualId(*two), IndividualId(one ^ 7)]),
                expected.get(&(*two, one ^ 7)).copied()
            );
            assert_eq!(known.get(0, &[IndividualId(*one), IndividualId(*two)]), None);
        }
        assert_eq!(known.targets[1].near.known > LEAST / 2, is_near);
    }

    #[test]
    fn answers_are_found_again() {
        let square = || (0..90_u32).flat_map(|one| (0..90_u32).map(move |two| (one + 5, two + 3)));
        are_found_again(square(), true);
        are_found_again(square().rev(), true);
        are_found_again(square().map(|(one, two)| (two * 31 % 97, one * 29 % 101)), true);
        are_found_again(square().map(|(one, two)| (u32::MAX - one, 1_000_000 * two)), false);
        are_found_again(square().chain([(u32::MAX, 0), (0, u32::MAX)]), true);
    }
}
