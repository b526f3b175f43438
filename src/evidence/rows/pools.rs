//! Several templates that speak of one target: each has its statements in order, and here is which of them speak of an atom.

use super::TableRows;
use super::entries::{Entries, Others};
use crate::evidence::TableStatements;
use crate::evidence::order::Order;
use crate::evidence::packed::Packed;
use crate::model::program::IndividualId;
use crate::time::Day;
use std::ops::Range;

/// The statements of several templates.
#[derive(Debug)]
pub(super) struct Pools<'p> {
    arity: usize,
    /// In the order of their statements, each with its number among all tables.
    pub tables: Vec<(&'p TableStatements, usize)>,
    /// The individuals of each atom, one after another; atoms in order, each once.
    individuals: Vec<IndividualId>,
    /// Where the parts of each atom begin; one more than there are atoms.
    starts: Vec<u32>,
    /// In the order of the atoms, and for each in that of the tables.
    parts: Vec<Part>,
}

/// What one table says of an atom.
#[derive(Debug, Clone, Copy)]
pub(super) struct Part {
    /// Its place among the tables.
    pub table: u32,
    /// The number of the atom in the table.
    pub atom: u32,
}

impl<'p> Pools<'p> {
    pub fn of(arity: usize, tables: Vec<(&'p TableStatements, usize)>) -> Pools<'p> {
        let part = |table: usize, atom: usize| Part { table: table as u32, atom: atom as u32 };
        let parts_of = |(place, (table, _)): (usize, &(&TableStatements, usize))| {
            (0..table.atom_count()).map(move |atom| part(place, atom)).collect::<Vec<_>>()
        };
        let mut parts: Vec<Part> = tables.iter().enumerate().flat_map(parts_of).collect();
        let atom_of = |part: &Part| tables[part.table as usize].0.atom(part.atom as usize);
        let in_role = |role: usize| Packed::Each(parts.iter().map(|part| atom_of(part)[role]).collect());
        let roles: Vec<Packed<IndividualId>> = (0..arity).map(in_role).collect();
        let Order { places, atoms: individuals, starts } = Order::by_individuals(&roles, parts.len());
        if let Some(places) = places {
            crate::evidence::order::reorder(&mut parts, &places);
        }
        Pools { arity, tables, individuals, starts, parts }
    }

    /// How many atoms there are.
    pub fn len(&self) -> usize {
        self.starts.len() - 1
    }

    /// The individuals of each atom, one after another.
    pub fn atoms(&self) -> &[IndividualId] {
        &self.individuals
    }

    #[inline]
    pub fn atom(&self, row: usize) -> &[IndividualId] {
        &self.individuals[row * self.arity..(row + 1) * self.arity]
    }

    fn parts_of(&self, row: usize) -> &[Part] {
        &self.parts[self.starts[row] as usize..self.starts[row + 1] as usize]
    }

    /// The statements that speak of an atom, table by table, with the place of the table.
    pub fn parts(&self, row: usize) -> impl Iterator<Item = (usize, Range<usize>)> + '_ {
        self.parts_of(row).iter().map(|part| {
            let table = part.table as usize;
            (table, self.tables[table].0.places(part.atom as usize))
        })
    }

    /// What is said of an atom.
    pub fn entries(&self, row: usize) -> Entries<'_> {
        let mut others = Others { tables: &self.tables, parts: self.parts_of(row).iter() };
        match (others.next(), others.parts.len()) {
            (Some((table, places)), 0) => Entries::Table(table, places),
            (Some((table, places)), _) => Entries::Pooled(table, places, others),
            (None, _) => Entries::Listed([].iter()),
        }
    }

    /// The rows of the only table that speaks of an atom, if there is one; none of any table where nothing is said of it.
    #[inline(never)]
    pub fn rows_of_only(&self, row: Option<usize>, horizons: &[Day]) -> Option<TableRows<'_>> {
        let (table, places) = match row.map(|row| self.parts_of(row)) {
            None => (0, 0..0),
            Some([only]) => (only.table as usize, self.tables[only.table as usize].0.places(only.atom as usize)),
            Some(_) => return None,
        };
        let (statements, number) = self.tables[table];
        Some(TableRows { statements, places, horizon: horizons[number] })
    }
}
