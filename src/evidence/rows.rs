//! The atoms of one relation or measure of which some statement speaks, sorted, with what is said of each.

use super::{Polarity, StatementId};
use crate::model::program::IndividualId;
use std::cell::OnceCell;

/// What a statement says of one atom.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Entry {
    /// Which statement.
    pub statement: StatementId,
    /// Whether it speaks by `only`, against others than those it names.
    pub by_only: bool,
    /// On which side.
    pub polarity: Polarity,
}

/// Where the rows of each individual begin, in some order of rows.
#[derive(Debug, Default)]
struct Index {
    /// The first individual that has rows.
    base: u32,
    /// One more than there are individuals from the first to the last.
    starts: Vec<u32>,
    /// The rows in the order of the individuals; empty where they are in it anyway.
    rows: Vec<u32>,
}

/// Sorted rows.
#[derive(Debug, Default)]
pub(super) struct Rows {
    arity: usize,
    /// The individuals of each atom, one after another; atoms in order, each once.
    individuals: Vec<IndividualId>,
    /// Where the entries of each atom begin; one more than there are atoms.
    starts: Vec<u32>,
    entries: Vec<Entry>,
    /// For each role, made when first asked for.
    by_role: Vec<OnceCell<Index>>,
    /// Places of the statements of completeness in the program.
    pub completeness: Vec<usize>,
}

/// Rows before they are sorted.
#[derive(Debug, Default)]
pub(super) struct Unsorted {
    individuals: Vec<IndividualId>,
    entries: Vec<Entry>,
}

impl Unsorted {
    /// Makes room for so many more rows.
    pub fn reserve(&mut self, rows: usize, arity: usize) {
        self.individuals.reserve(rows * arity);
        self.entries.reserve(rows);
    }

    pub fn add(&mut self, individuals: &[IndividualId], entry: Entry) {
        self.individuals.extend_from_slice(individuals);
        self.entries.push(entry);
    }

    /// Sorts them by atom, and within an atom by statement.
    pub fn sorted(self, arity: usize) -> Rows {
        let Unsorted { individuals, entries } = self;
        let order = order(&individuals, &entries, arity);
        let mut rows = Rows {
            arity,
            individuals: Vec::new(),
            starts: Vec::new(),
            entries: Vec::with_capacity(entries.len()),
            by_role: (0..arity).map(|_| OnceCell::new()).collect(),
            completeness: Vec::new(),
        };
        for place in order {
            let place = place as usize;
            let atom = &individuals[place * arity..(place + 1) * arity];
            let same = !rows.starts.is_empty() && rows.individuals[rows.individuals.len() - arity..] == *atom;
            if !same {
                rows.individuals.extend_from_slice(atom);
                rows.starts.push(rows.entries.len() as u32);
            } else if rows.entries.last() == Some(&entries[place]) {
                continue;
            }
            rows.entries.push(entries[place]);
        }
        rows.starts.push(rows.entries.len() as u32);
        rows.individuals.shrink_to_fit();
        rows
    }
}

/// The places of rows in the order of their atoms, and of statements.
fn order(individuals: &[IndividualId], entries: &[Entry], arity: usize) -> Vec<u32> {
    let tie = |place: u32| entries[place as usize];
    if entries.is_sorted()
        && let Some(order) = counted(individuals, entries.len(), arity)
    {
        return order;
    }
    let atom = |place: u32| &individuals[place as usize * arity..(place as usize + 1) * arity];
    let mut order: Vec<u32> = (0..entries.len() as u32).collect();
    order.sort_unstable_by(|one, two| atom(*one).cmp(atom(*two)).then_with(|| tie(*one).cmp(&tie(*two))));
    order
}

/// The same by counting, where there are not many more individuals than rows: a stable sort by the last role, then by the one before, so that
/// what was in the order of statements stays so.
fn counted(individuals: &[IndividualId], rows: usize, arity: usize) -> Option<Vec<u32>> {
    let least = individuals.iter().map(|one| one.0).min()?;
    let most = individuals.iter().map(|one| one.0).max()?;
    let range = (most - least) as usize + 1;
    if range > 4 * rows {
        return None;
    }
    let mut order: Vec<u32> = (0..rows as u32).collect();
    let mut next = vec![0; rows];
    for role in (0..arity).rev() {
        let of = |place: u32| (individuals[place as usize * arity + role].0 - least) as usize;
        let mut starts = vec![0_u32; range + 1];
        order.iter().for_each(|place| starts[of(*place) + 1] += 1);
        for at in 1..=range {
            starts[at] += starts[at - 1];
        }
        for place in &order {
            let at = &mut starts[of(*place)];
            next[*at as usize] = *place;
            *at += 1;
        }
        std::mem::swap(&mut order, &mut next);
    }
    Some(order)
}

impl Rows {
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// How many atoms there are.
    pub fn len(&self) -> usize {
        self.starts.len().saturating_sub(1)
    }

    pub fn atom(&self, row: usize) -> &[IndividualId] {
        &self.individuals[row * self.arity..(row + 1) * self.arity]
    }

    fn entries_of(&self, row: usize) -> &[Entry] {
        &self.entries[self.starts[row] as usize..self.starts[row + 1] as usize]
    }

    /// What is said of an atom.
    pub fn entries(&self, individuals: &[IndividualId]) -> &[Entry] {
        let Some(first) = individuals.first().filter(|_| individuals.len() == self.arity) else { return &[] };
        let (mut low, high) = self.index(0).range(*first);
        let mut high = high;
        while low < high {
            let middle = usize::midpoint(low, high);
            match self.atom(middle).cmp(individuals) {
                std::cmp::Ordering::Equal => return self.entries_of(middle),
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Greater => high = middle,
            }
        }
        &[]
    }

    fn index(&self, role: usize) -> &Index {
        self.by_role[role].get_or_init(|| {
            let atoms = self.individuals.chunks_exact(self.arity);
            let of_role = || atoms.clone().map(|atom| atom[role].0);
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
            if role > 0 {
                let mut next = starts.clone();
                rows = vec![0; self.len()];
                for (row, one) in of_role().enumerate() {
                    let place = &mut next[(one - base) as usize];
                    rows[*place as usize] = row as u32;
                    *place += 1;
                }
            }
            Index { base, starts, rows }
        })
    }

    /// How many rows have an individual in a role.
    fn count(&self, role: usize, individual: IndividualId) -> usize {
        let (first, last) = self.index(role).range(individual);
        last - first
    }

    /// The rows that have given individuals in their roles, in order of atoms.
    pub fn matching<'r>(&'r self, given: &'r [(usize, IndividualId)]) -> impl Iterator<Item = usize> + 'r {
        let narrowest = given.iter().min_by_key(|(role, individual)| self.count(*role, *individual));
        let (first, last, index) = match narrowest {
            Some((role, individual)) => {
                let index = self.index(*role);
                let (first, last) = index.range(*individual);
                (first, last, Some(index))
            }
            None => (0, self.len(), None),
        };
        (first..last)
            .map(move |place| match index {
                Some(index) if !index.rows.is_empty() => index.rows[place] as usize,
                _ => place,
            })
            .filter(move |row| {
                let atom = self.atom(*row);
                given.iter().all(|(role, individual)| atom[*role] == *individual)
            })
    }
}

impl Index {
    fn range(&self, individual: IndividualId) -> (usize, usize) {
        let Some(place) = individual.0.checked_sub(self.base) else { return (0, 0) };
        match (self.starts.get(place as usize), self.starts.get(place as usize + 1)) {
            (Some(first), Some(last)) => (*first as usize, *last as usize),
            _ => (0, 0),
        }
    }
}
