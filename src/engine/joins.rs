//! Combinations of individuals for variables, and their joins.

use super::Engine;
use crate::evidence::Tuple;
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
        rows.sort_unstable();
        rows.dedup();
        Some(Rows { slots: slots.to_vec(), rows })
    }

    /// In the order of their individuals, each once.
    pub fn into_sorted(mut self) -> Vec<Tuple> {
        self.rows.sort_unstable();
        self.rows.dedup();
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
        rows.sort_unstable();
        rows.dedup();
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
    let key = |row: &Tuple, side: fn(&(usize, usize)) -> usize| -> Tuple {
        shared.iter().map(|pair| row[side(pair)]).collect()
    };
    let mut index: FxHashMap<Tuple, Vec<u32>> = FxHashMap::default();
    for (place, row) in small.rows.iter().enumerate() {
        index.entry(key(row, |pair| pair.0)).or_default().push(place as u32);
    }
    let new: Vec<usize> = (0..small.slots.len()).filter(|place| !shared.iter().any(|(one, _)| one == place)).collect();
    let mut slots = large.slots.clone();
    slots.extend(new.iter().map(|place| small.slots[*place]));
    let mut rows = Vec::new();
    for row in &large.rows {
        for place in index.get(&key(row, |pair| pair.1)).into_iter().flatten() {
            let other = &small.rows[*place as usize];
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
