//! Where the rows of an individual, or of several together, are found.

use super::Rows;
use crate::model::program::IndividualId;
use smallvec::SmallVec;
use std::ops::Range;

/// So many combinations of individuals for each atom are looked up by their place, and not searched for.
const MOST_KEYS_FOR_AN_ATOM: usize = 2;

/// Where the rows of each individual begin, in some order of rows.
#[derive(Debug, Default)]
pub(super) struct Index {
    /// The first individual that has rows.
    base: u32,
    /// One more than there are individuals from the first to the last.
    starts: Vec<u32>,
    /// The rows in the order of the individuals; empty where they are in it anyway.
    pub rows: Vec<u32>,
}

/// Where the rows of each combination of individuals in the first roles begin.
#[derive(Debug)]
pub(super) struct Keys {
    /// Of each of these roles the first individual, and how many there are from it on.
    ranges: SmallVec<[(u32, u32); 4]>,
    /// One more than there are combinations.
    starts: Vec<u32>,
}

impl Index {
    /// By the individuals in a role.
    pub fn of_rows(all: &Rows<'_>, role: usize) -> Index {
        let of_role = || all.atoms().map(|atom| atom[role].0);
        let Some((base, last)) = of_role().fold(None, |ends: Option<(u32, u32)>, one| {
            Some(ends.map_or((one, one), |(base, last)| (base.min(one), last.max(one))))
        }) else {
            return Index::default();
        };
        let mut starts = vec![0_u32; (last - base) as usize + 2];
        of_role().for_each(|one| starts[(one - base) as usize + 1] += 1);
        for place in 1..starts.len() {
            starts[place] += starts[place - 1];
        }
        let mut rows = Vec::new();
        // Atoms are in the order of their first individuals.
        if role > 0 {
            let mut next = starts.clone();
            rows = vec![0; all.len()];
            for (row, one) in of_role().enumerate() {
                let place = &mut next[(one - base) as usize];
                rows[*place as usize] = row as u32;
                *place += 1;
            }
        }
        Index { base, starts, rows }
    }

    /// The places of an individual's rows.
    pub fn range(&self, individual: IndividualId) -> (usize, usize) {
        let Some(place) = individual.0.checked_sub(self.base) else { return (0, 0) };
        match (self.starts.get(place as usize), self.starts.get(place as usize + 1)) {
            (Some(first), Some(last)) => (*first as usize, *last as usize),
            _ => (0, 0),
        }
    }
}

impl Keys {
    /// By as many roles as there are not many more combinations than atoms; none where that are too many for the first one alone.
    pub fn of_rows(all: &Rows<'_>) -> Option<Keys> {
        let mut ends: SmallVec<[(u32, u32); 4]> = all.atoms().next()?.iter().map(|one| (one.0, one.0)).collect();
        for atom in all.atoms() {
            for (one, (least, most)) in atom.iter().zip(&mut ends) {
                (*least, *most) = ((*least).min(one.0), (*most).max(one.0));
            }
        }
        let mut number = 1_usize;
        let mut ranges: SmallVec<[(u32, u32); 4]> = SmallVec::new();
        for (least, most) in ends {
            let length = (most - least).checked_add(1)?;
            let more = number.checked_mul(length as usize).filter(|more| *more <= MOST_KEYS_FOR_AN_ATOM * all.len());
            let Some(more) = more else { break };
            number = more;
            ranges.push((least, length));
        }
        if ranges.is_empty() {
            return None;
        }
        let mut keys = Keys { ranges, starts: vec![0; number + 1] };
        for atom in all.atoms() {
            let places = atom.iter().zip(&keys.ranges).map(|(one, (least, length))| (one.0 - least, *length));
            let key = places.fold(0, |key, (place, length)| key * length as usize + place as usize);
            keys.starts[key + 1] += 1;
        }
        let mut rows = 0;
        for start in &mut keys.starts {
            rows += *start;
            *start = rows;
        }
        Some(keys)
    }

    /// How many roles they are of.
    #[inline]
    pub fn roles(&self) -> usize {
        self.ranges.len()
    }

    /// The rows with some individuals in the first roles, as far as the keys are of these.
    #[inline]
    pub fn range(&self, individuals: &[IndividualId]) -> Range<usize> {
        let mut given = individuals.iter();
        let (mut key, mut alike) = (0, 1);
        for (least, length) in &self.ranges {
            key *= *length as usize;
            match given.next() {
                Some(individual) => match individual.0.checked_sub(*least).filter(|place| place < length) {
                    Some(place) => key += place as usize,
                    None => return 0..0,
                },
                None => alike *= *length as usize,
            }
        }
        self.starts[key] as usize..self.starts[key + alike] as usize
    }
}
