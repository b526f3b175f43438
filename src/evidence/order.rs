//! The order of rows by their individuals.

use super::packed::Packed;
use crate::columns::{ROWS_AT_A_TIME, at_a_time};
use crate::model::program::IndividualId;
use smallvec::SmallVec;

/// Rows in the order of their individuals.
#[derive(Debug)]
pub(super) struct Order {
    /// The places of the rows in that order; rows of the same individuals stay as they are. None where the rows are in order.
    pub places: Option<Vec<u32>>,
    /// The individuals of each atom, one after another; each atom once.
    pub atoms: Vec<IndividualId>,
    /// Where in the order the rows of each atom begin; one more than there are atoms.
    pub starts: Vec<u32>,
}

/// The individuals of a role lie between two.
struct Range {
    least: u32,
    length: u64,
}

impl Order {
    /// The order of so many rows, of which each role has an individual in each row.
    pub fn by_individuals(roles: &[Packed<IndividualId>], rows: usize) -> Order {
        let atom = |row: usize| roles.iter().map(move |role| role.at(row));
        if (1..rows).all(|row| atom(row - 1).le(atom(row))) {
            return Order::grouped(None, rows, atom);
        }
        let ranges: Vec<Range> = roles.iter().map(|role| Range::of(role.values())).collect();
        let keys = ranges.iter().try_fold(1_u64, |keys, range| keys.checked_mul(range.length));
        match keys {
            Some(keys) if keys <= (4 * rows as u64).min(u64::from(u32::MAX)) => {
                Order::counted(roles, &ranges, rows, keys as usize)
            }
            Some(_) => {
                let key = |row: usize| {
                    let places = roles.iter().zip(&ranges).map(|(role, range)| (role.at(row).0 - range.least, range));
                    places.fold(0, |key, (place, range)| key * range.length + u64::from(place))
                };
                let mut keyed: Vec<(u64, u32)> = (0..rows).map(key).zip(0..).collect();
                keyed.sort_unstable();
                Order::grouped(Some(keyed.into_iter().map(|(_, place)| place).collect()), rows, atom)
            }
            None => {
                let mut places: Vec<u32> = (0..rows as u32).collect();
                places.sort_by(|one, two| atom(*one as usize).cmp(atom(*two as usize)));
                Order::grouped(Some(places), rows, atom)
            }
        }
    }

    /// Rows that are in order by these places.
    fn grouped<A: Iterator<Item = IndividualId>>(
        places: Option<Vec<u32>>,
        rows: usize,
        atom: impl Fn(usize) -> A,
    ) -> Order {
        let (mut atoms, mut starts): (Vec<IndividualId>, Vec<u32>) = (Vec::new(), Vec::new());
        let mut last = 0;
        for place in 0..rows {
            let row = places.as_ref().map_or(place, |places| places[place] as usize);
            if place == 0 || !atom(row).eq(atoms[last..].iter().copied()) {
                last = atoms.len();
                atoms.extend(atom(row));
                starts.push(place as u32);
            }
        }
        starts.push(rows as u32);
        Order { places, atoms, starts }
    }

    /// Rows by their keys, found by counting: there are not many more keys than rows.
    fn counted(roles: &[Packed<IndividualId>], ranges: &[Range], rows: usize, keys: usize) -> Order {
        let Some((last, others)) = ranges.split_last() else {
            return Order { places: None, atoms: Vec::new(), starts: vec![0, rows as u32] };
        };
        let parts = KeyPart::of_roles(roles, ranges);
        let mut next = vec![0_u32; keys];
        each_key(&parts, rows, |_, key| next[key as usize] += 1);
        let distinct = next.iter().filter(|rows| **rows > 0).count();
        let mut atoms: Vec<IndividualId> = Vec::with_capacity(distinct * ranges.len());
        let mut starts: Vec<u32> = Vec::with_capacity(distinct + 1);
        let mut start = 0;
        // Keys that differ in the last role follow one another.
        for (key, alike) in next.chunks_mut(last.length as usize).enumerate() {
            let mut first: SmallVec<[IndividualId; 4]> = SmallVec::new();
            for (place, rows) in (0..).zip(alike).filter(|(_, rows)| **rows > 0) {
                if first.len() < others.len() {
                    first = individuals(key as u64, others);
                }
                starts.push(start);
                atoms.extend_from_slice(&first);
                atoms.push(IndividualId(last.least + place));
                start += std::mem::replace(rows, start);
            }
        }
        starts.push(start);
        let mut places = vec![0; rows];
        each_key(&parts, rows, |row, key| {
            let place = &mut next[key as usize];
            places[*place as usize] = row;
            *place += 1;
        });
        Order { places: Some(places), atoms, starts }
    }
}

/// What the individuals of a role add to the keys of rows.
struct KeyPart<'r> {
    role: &'r Packed<IndividualId>,
    least: u32,
    /// How many keys lie between those of two neighbours.
    stride: u32,
    /// What each of the different individuals adds, by its number, where there are few; of at least so many as one byte tells apart, for
    /// which [`Narrow::add_of_each`](crate::columns::Narrow::add_of_each) is quick.
    adds: Vec<u32>,
}

impl<'r> KeyPart<'r> {
    /// Those of all roles. All keys fit into their type.
    fn of_roles(roles: &'r [Packed<IndividualId>], ranges: &[Range]) -> Vec<KeyPart<'r>> {
        let mut stride = 1;
        let mut parts: Vec<KeyPart<'_>> = Vec::with_capacity(roles.len());
        for (role, range) in roles.iter().zip(ranges).rev() {
            let mut adds: Vec<u32> = Vec::new();
            if let Packed::Few { values, .. } = role {
                adds.extend(values.iter().map(|one| (one.0 - range.least) * stride));
                adds.resize(adds.len().max(256), 0);
            }
            parts.push(KeyPart { role, least: range.least, stride, adds });
            stride *= range.length as u32;
        }
        parts
    }

    fn add(&self, rows: std::ops::Range<usize>, keys: &mut [u32]) {
        match self.role {
            Packed::Few { rows: numbers, .. } => numbers.add_of_each(rows, &self.adds, keys),
            role => role.each_beside(rows, keys, |key, one| *key += (one.0 - self.least) * self.stride),
        }
    }
}

/// Hands out the key of each row, in order.
fn each_key(parts: &[KeyPart<'_>], rows: usize, mut use_it: impl FnMut(u32, u32)) {
    for some in at_a_time(rows) {
        let mut keys = [0_u32; ROWS_AT_A_TIME];
        parts.iter().for_each(|part| part.add(some.clone(), &mut keys));
        (some.start as u32..some.end as u32).zip(keys).for_each(|(row, key)| use_it(row, key));
    }
}

/// The individuals of a key.
fn individuals(mut key: u64, ranges: &[Range]) -> SmallVec<[IndividualId; 4]> {
    let mut found: SmallVec<[IndividualId; 4]> = SmallVec::new();
    for range in ranges.iter().rev() {
        found.push(IndividualId(range.least + (key % range.length) as u32));
        key /= range.length;
    }
    found.reverse();
    found
}

impl Range {
    fn of(individuals: &[IndividualId]) -> Range {
        let least = individuals.iter().map(|one| one.0).min().unwrap_or(0);
        let most = individuals.iter().map(|one| one.0).max().unwrap_or(0);
        Range { least, length: u64::from(most - least) + 1 }
    }
}

/// Values in another order.
pub(super) fn reorder<T: Copy>(values: &mut Vec<T>, order: &[u32]) {
    *values = order.iter().map(|place| values[*place as usize]).collect();
}

#[cfg(test)]
mod tests {
    use super::{Order, Packed};
    use crate::model::program::IndividualId;
    use proptest::prelude::*;

    #[test]
    fn many_rows_are_in_order() {
        for (members, last) in [(150_u64, 1_u64), (300, 1), (120, 12)] {
            let all = members * members * last;
            let atom = |row: u64| {
                let place = (row * 7_919 + row % 3) % all;
                let (pair, third) = (place / last, place % last);
                [5 + pair / members, pair % members, 9 + third].map(|one| IndividualId(one as u32))
            };
            let number = all / 3;
            let mut roles = [Packed::default(), Packed::default(), Packed::default()];
            for row in 0..number {
                roles.iter_mut().zip(atom(row)).for_each(|(role, one)| role.push(one, number as usize));
            }
            let mut expected: Vec<u32> = (0..number as u32).collect();
            expected.sort_by_key(|row| atom(u64::from(*row)));
            let found = Order::by_individuals(&roles, number as usize);
            let atoms: Vec<IndividualId> = expected
                .chunk_by(|one, two| atom(u64::from(*one)) == atom(u64::from(*two)))
                .flat_map(|same| atom(u64::from(same[0])))
                .collect();
            assert_eq!((found.starts.len(), &found.atoms), (atoms.len() / 3 + 1, &atoms));
            assert!(found.starts.windows(2).all(|ends| ends[0] < ends[1]));
            assert_eq!(found.places, Some(expected));
        }
    }

    proptest! {
        #[test]
        fn rows_are_in_order_and_those_of_the_same_individuals_stay_as_they_are(
            rows in proptest::collection::vec((0..6u32, 10..13u32), 0..60), factor in prop_oneof![Just(1), Just(1_000), Just(300_000_000)],
        ) {
            let atoms: Vec<[IndividualId; 3]> =
                rows.iter().map(|(one, two)| [IndividualId(one * factor), IndividualId(*two), IndividualId(one * factor)]).collect();
            let mut expected: Vec<u32> = (0..atoms.len() as u32).collect();
            expected.sort_by_key(|place| atoms[*place as usize]);
            let mut roles = [Packed::default(), Packed::default(), Packed::default()];
            for (role, place) in atoms.iter().flat_map(|atom| atom.iter().zip(0..)) {
                roles[place].push(*role, 0);
            }
            let found = Order::by_individuals(&roles, atoms.len());
            prop_assert_eq!(found.places.is_none(), atoms.is_sorted());
            let places = found.places.unwrap_or_else(|| (0..atoms.len() as u32).collect());
            prop_assert_eq!(&places, &expected);
            let of_each = found.starts.windows(2).zip(found.atoms.chunks(3));
            let again: Vec<IndividualId> =
                of_each.flat_map(|(ends, atom)| atom.repeat((ends[1] - ends[0]) as usize)).collect();
            prop_assert_eq!(again, expected.iter().flat_map(|place| atoms[*place as usize]).collect::<Vec<_>>());
            prop_assert!(found.atoms.chunks(3).is_sorted_by(|one, two| one < two));
        }
    }
}
