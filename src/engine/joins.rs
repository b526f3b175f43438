//! Combinations of individuals for variables, and their joins.

use super::Engine;
use crate::evidence::{MOST_PACKED, Tuple, packed, put_in_order};
use crate::model::condition::{Argument, Binding, Slot};
use rustc_hash::{FxBuildHasher, FxHashMap};
use std::hash::Hash;

/// More combinations than this are not joined: then nothing is known of the support.
const MOST_ROWS: usize = 20_000_000;

/// Individuals for some variables, each combination once.
pub(super) struct Rows {
    pub slots: Vec<Slot>,
    pub rows: Vec<Tuple>,
}

impl Rows {
    /// The combinations of some of the variables; none where one of those is not among them.
    pub fn projected(self, slots: &[Slot]) -> Option<Rows> {
        if self.slots == slots {
            return Some(self);
        }
        let places: Vec<usize> =
            slots.iter().map(|slot| self.slots.iter().position(|one| one == slot)).collect::<Option<_>>()?;
        let mut rows: Vec<Tuple> =
            self.rows.iter().map(|row| places.iter().map(|place| row[*place]).collect()).collect();
        put_in_order(&mut rows);
        Some(Rows { slots: slots.to_vec(), rows })
    }

    /// In the order of their individuals, each once.
    pub fn into_sorted(mut self) -> Vec<Tuple> {
        put_in_order(&mut self.rows);
        self.rows
    }

    /// Those whose individuals are of the kinds over which variables range.
    pub fn of_kinds(mut self, engine: &Engine<'_>, bindings: &[Binding]) -> Rows {
        let places: Vec<(usize, Binding)> = bindings
            .iter()
            .filter_map(|binding| Some((self.slots.iter().position(|slot| *slot == binding.slot)?, *binding)))
            .collect();
        self.rows
            .retain(|row| places.iter().all(|(place, binding)| engine.program.is_member(row[*place], binding.kind)));
        self
    }
}

/// The variables of an atom, for the cases that its constants and its repeated variables leave.
pub(super) fn bound(cases: &[Tuple], arguments: &[Argument]) -> Rows {
    let mut slots: Vec<Slot> = Vec::new();
    let mut places: Vec<usize> = Vec::new();
    for (place, argument) in arguments.iter().enumerate() {
        if let Argument::Variable(slot) = argument
            && !slots.contains(slot)
        {
            slots.push(*slot);
            places.push(place);
        }
    }
    let fits = |case: &&Tuple| {
        arguments.iter().enumerate().all(|(place, argument)| match argument {
            Argument::Individual(individual) => case[place] == *individual,
            Argument::Variable(slot) => {
                slots.iter().position(|one| one == slot).is_none_or(|one| case[place] == case[places[one]])
            }
        })
    };
    let mut rows: Vec<Tuple> =
        cases.iter().filter(fits).map(|case| places.iter().map(|place| case[*place]).collect()).collect();
    if places.len() < arguments.len() {
        put_in_order(&mut rows);
    }
    Rows { slots, rows }
}

/// Combinations of both that agree in the variables that they share.
pub(super) fn joined(one: Rows, two: Rows) -> Option<Rows> {
    let (small, large) = if one.rows.len() <= two.rows.len() { (one, two) } else { (two, one) };
    let shared: Vec<(usize, usize)> = small
        .slots
        .iter()
        .enumerate()
        .filter_map(|(place, slot)| Some((place, large.slots.iter().position(|one| one == slot)?)))
        .collect();
    let key = |row: &Tuple, places: &[usize]| packed(places.iter().map(|place| row[*place]));
    if shared.len() <= 2 {
        // Of two individuals the number takes half of its bytes.
        joined_by(small, large, &shared, |row, places| key(row, places) as u64)
    } else {
        joined_by(small, large, &shared, key)
    }
}

/// The same, of variables that stand in some places of the rows of both, by a key of the individuals in some of these: rows that agree
/// have one key.
fn joined_by<K: Copy + Ord + Hash>(
    small: Rows,
    large: Rows,
    shared: &[(usize, usize)],
    key: impl Fn(&Tuple, &[usize]) -> K,
) -> Option<Rows> {
    let (in_small, in_large): (Vec<usize>, Vec<usize>) = shared.iter().copied().unzip();
    let mut keys: Vec<(K, u32)> = small.rows.iter().map(|row| key(row, &in_small)).zip(0..).collect();
    keys.sort_unstable();
    let different = keys.chunk_by(|one, two| one.0 == two.0).count();
    let mut index: FxHashMap<K, (u32, u32)> = FxHashMap::with_capacity_and_hasher(different, FxBuildHasher);
    let mut first = 0;
    for alike in keys.chunk_by(|one, two| one.0 == two.0) {
        index.insert(alike[0].0, (first, first + alike.len() as u32));
        first += alike.len() as u32;
    }
    let new: Vec<usize> = (0..small.slots.len()).filter(|place| !in_small.contains(place)).collect();
    let mut slots = large.slots;
    slots.extend(new.iter().map(|place| small.slots[*place]));
    let agree = |of_small: &Tuple, of_large: &Tuple| {
        shared.iter().skip(MOST_PACKED).all(|(in_small, in_large)| of_small[*in_small] == of_large[*in_large])
    };
    let mut rows = Vec::new();
    for row in large.rows {
        let Some((first, end)) = index.get(&key(&row, &in_large)) else { continue };
        let alike = keys[*first as usize..*end as usize].iter().map(|(_, place)| &small.rows[*place as usize]);
        let mut alike = alike.filter(|other| agree(other, &row));
        if new.is_empty() {
            // Each combination is there once.
            let is_found = alike.next().is_some();
            rows.extend(is_found.then_some(row));
            continue;
        }
        rows.extend(
            alike.map(|other| row.iter().copied().chain(new.iter().map(|place| other[*place])).collect::<Tuple>()),
        );
        if rows.len() > MOST_ROWS {
            return None;
        }
    }
    Some(Rows { slots, rows })
}
