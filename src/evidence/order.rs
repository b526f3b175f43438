//! The order of rows by their individuals.

use crate::model::program::IndividualId;

/// The places of rows in the order of their individuals; rows of the same individuals stay as they are. None where the rows
/// are in that order.
pub(super) fn by_individuals(individuals: &[IndividualId], arity: usize) -> Option<Vec<u32>> {
    let atoms = individuals.chunks_exact(arity.max(1));
    if atoms.clone().is_sorted() {
        return None;
    }
    let rows = atoms.len();
    let ranges: Vec<Range> = (0..arity).map(|role| Range::of(atoms.clone().map(|atom| atom[role]))).collect();
    let key = |atom: &[IndividualId]| {
        atom.iter().zip(&ranges).fold(0_u64, |key, (one, range)| key * range.length + u64::from(one.0 - range.least))
    };
    let keys = ranges.iter().try_fold(1_u64, |keys, range| keys.checked_mul(range.length));
    Some(match keys {
        Some(keys) if keys <= 4 * rows as u64 => counted(atoms.map(key), keys as usize),
        Some(_) => {
            let mut keyed: Vec<(u64, u32)> = atoms.map(key).zip(0..).collect();
            keyed.sort_unstable();
            keyed.into_iter().map(|(_, place)| place).collect()
        }
        None => {
            let atom = |place: &u32| &individuals[*place as usize * arity..(*place as usize + 1) * arity];
            let mut order: Vec<u32> = (0..rows as u32).collect();
            order.sort_by(|one, two| atom(one).cmp(atom(two)));
            order
        }
    })
}

/// The individuals of a role lie between two.
struct Range {
    least: u32,
    length: u64,
}

impl Range {
    fn of(individuals: impl Iterator<Item = IndividualId>) -> Range {
        let (least, most) = individuals.fold((u32::MAX, 0), |(least, most), one| (least.min(one.0), most.max(one.0)));
        Range { least: least.min(most), length: u64::from(most.saturating_sub(least)) + 1 }
    }
}

/// The order of rows by their keys, found by counting: there are not many more keys than rows.
fn counted(keys: impl Iterator<Item = u64> + Clone, number: usize) -> Vec<u32> {
    let mut starts = vec![0_u32; number + 1];
    let mut rows = 0_usize;
    for key in keys.clone() {
        starts[key as usize + 1] += 1;
        rows += 1;
    }
    for key in 1..=number {
        starts[key] += starts[key - 1];
    }
    let mut order = vec![0; rows];
    for (place, key) in keys.enumerate() {
        let at = &mut starts[key as usize];
        order[*at as usize] = place as u32;
        *at += 1;
    }
    order
}

/// Values in another order.
pub(super) fn reorder<T: Copy>(values: &mut Vec<T>, order: &[u32]) {
    *values = order.iter().map(|place| values[*place as usize]).collect();
}

#[cfg(test)]
mod tests {
    use super::by_individuals;
    use crate::model::program::IndividualId;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn rows_are_in_order_and_those_of_the_same_individuals_stay_as_they_are(
            rows in proptest::collection::vec((0..6u32, 10..13u32), 0..60), factor in prop_oneof![Just(1), Just(1_000), Just(300_000_000)],
        ) {
            let atoms: Vec<[IndividualId; 3]> =
                rows.iter().map(|(one, two)| [IndividualId(one * factor), IndividualId(*two), IndividualId(one * factor)]).collect();
            let mut expected: Vec<u32> = (0..atoms.len() as u32).collect();
            expected.sort_by_key(|place| atoms[*place as usize]);
            let found = by_individuals(&atoms.concat(), 3);
            prop_assert_eq!(found.is_none(), atoms.is_sorted());
            prop_assert_eq!(found.unwrap_or_else(|| (0..atoms.len() as u32).collect()), expected);
        }
    }
}
