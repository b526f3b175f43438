//! Combinations of individuals for variables, and their joins.

use super::Engine;
use crate::evidence::{MOST_PACKED, Tuple, packed, put_in_order};
use crate::model::condition::{Argument, Binding, Slot};
use rustc_hash::FxHashMap;

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
    // Of the variables that they share only so many make the key; the others are compared.
    let (keyed, others) = shared.split_at(shared.len().min(MOST_PACKED));
    let mut keys: Vec<(u128, u32)> = (0..)
        .zip(&small.rows)
        .map(|(place, row)| (packed(keyed.iter().map(|(in_small, _)| row[*in_small])), place))
        .collect();
    keys.sort_unstable();
    let mut index: FxHashMap<u128, &[(u128, u32)]> =
        FxHashMap::with_capacity_and_hasher(keys.len(), rustc_hash::FxBuildHasher);
    index.extend(keys.chunk_by(|one, two| one.0 == two.0).map(|of_key| (of_key[0].0, of_key)));
    let new: Vec<usize> = (0..small.slots.len()).filter(|place| !shared.iter().any(|(one, _)| one == place)).collect();
    let mut slots = large.slots.clone();
    slots.extend(new.iter().map(|place| small.slots[*place]));
    let mut rows = Vec::new();
    for row in &large.rows {
        let key = packed(keyed.iter().map(|(_, in_large)| row[*in_large]));
        for (_, place) in index.get(&key).copied().unwrap_or_default() {
            let other = &small.rows[*place as usize];
            if others.iter().any(|(in_small, in_large)| other[*in_small] != row[*in_large]) {
                continue;
            }
            let mut both = row.clone();
            both.extend(new.iter().map(|place| other[*place]));
            rows.push(both);
        }
        if rows.len() > MOST_ROWS {
            return None;
        }
    }
    Some(Rows { slots, rows })
}
