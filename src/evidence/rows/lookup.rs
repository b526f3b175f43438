//! Where the rows of an individual, or of several together, are found.

use super::Rows;
use crate::model::program::IndividualId;
use smallvec::SmallVec;

/// So many combinations of individuals for each atom are looked up by their place, and not searched for.
const MOST_KEYS_FOR_AN_ATOM: usize = 4;

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

/// The row of each combination of individuals that may have one.
#[derive(Debug)]
pub(super) struct Keys {
    /// Of each role the first individual, and how many there are from it on.
    ranges: SmallVec<[(u32, u32); 4]>,
    /// One more than the row; 0 where there is none.
    rows: Vec<u32>,
}

impl Index {
    /// By the individuals in a role.
    pub fn of_rows(all: &Rows<'_>, role: usize) -> Index {
        let of_role = || (0..all.len()).map(|row| all.atom(row)[role].0);
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
    /// None where there are many more combinations than atoms.
    pub fn of_rows(all: &Rows<'_>) -> Option<Keys> {
        let atoms = || (0..all.len()).map(|row| all.atom(row));
        let range = |role: usize| {
            let of_role = || atoms().map(move |atom| atom[role].0);
            let (least, most) = (of_role().min()?, of_role().max()?);
            Some((least, (most - least).checked_add(1)?))
        };
        let ranges: SmallVec<[(u32, u32); 4]> = (0..all.arity).map(range).collect::<Option<_>>()?;
        let number = ranges.iter().try_fold(1_usize, |number, (_, length)| number.checked_mul(*length as usize))?;
        if number > MOST_KEYS_FOR_AN_ATOM * all.len() {
            return None;
        }
        let mut keys = Keys { ranges, rows: vec![0; number] };
        for (row, atom) in atoms().enumerate() {
            if let Some(key) = keys.of(atom) {
                keys.rows[key] = row as u32 + 1;
            }
        }
        Some(keys)
    }

    #[inline]
    fn of(&self, individuals: &[IndividualId]) -> Option<usize> {
        individuals.iter().zip(&self.ranges).try_fold(0, |key, (individual, (least, length))| {
            let place = individual.0.checked_sub(*least).filter(|place| place < length)?;
            Some(key * *length as usize + place as usize)
        })
    }

    /// The row of individuals, one for each role.
    #[inline]
    pub fn row(&self, individuals: &[IndividualId]) -> Option<usize> {
        (self.rows[self.of(individuals)?] as usize).checked_sub(1)
    }

    /// One more than the row of each combination that has these individuals in all places but the last; 0 where there is none.
    pub fn with_any_last(&self, individuals: &[IndividualId]) -> Option<&[u32]> {
        let (_, length) = self.ranges.last()?;
        let length = *length as usize;
        let first = self.of(individuals)? * length;
        self.rows.get(first..first + length)
    }
}
