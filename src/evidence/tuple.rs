//! The individuals of an atom.

use crate::model::program::IndividualId;
use smallvec::SmallVec;

/// The individuals of an atom, in the order of its roles.
pub type Tuple = SmallVec<[IndividualId; 3]>;

/// So many individuals go together into one number.
pub const MOST_PACKED: usize = 4;

/// One number for a few individuals, in their order; of those beyond the fourth it takes no notice.
pub fn packed(individuals: impl IntoIterator<Item = IndividualId>) -> u128 {
    individuals.into_iter().take(MOST_PACKED).fold(0, |number, one| number << 32 | u128::from(one.0))
}

/// Puts tuples of one length in order, each once.
pub fn put_in_order(tuples: &mut Vec<Tuple>) {
    if tuples.is_sorted_by(|one, two| one < two) {
        return;
    }
    let length = tuples[0].len();
    if length > MOST_PACKED || tuples.iter().any(|tuple| tuple.len() != length) {
        tuples.sort_unstable();
        tuples.dedup();
        return;
    }
    // Numbers are compared faster than tuples are.
    let mut numbers: Vec<u128> = tuples.iter().map(|tuple| packed(tuple.iter().copied())).collect();
    numbers.sort_unstable();
    numbers.dedup();
    tuples.truncate(numbers.len());
    for (tuple, number) in tuples.iter_mut().zip(numbers) {
        for (place, individual) in tuple.iter_mut().rev().enumerate() {
            *individual = IndividualId((number >> (32 * place)) as u32);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn in_the_order_of_their_individuals(length in 0..6usize, all in proptest::collection::vec(proptest::collection::vec(0..3u32, 6), 0..20)) {
            let mut tuples: Vec<Tuple> = all.iter().map(|one| one.iter().take(length).map(|id| IndividualId(*id * 1_000_000_000)).collect()).collect();
            let mut expected = tuples.clone();
            expected.sort();
            expected.dedup();
            put_in_order(&mut tuples);
            prop_assert_eq!(tuples, expected);
        }
    }
}
