//! The atoms of one relation or measure of which some statement speaks, sorted, with what is said of each.

use super::TableStatements;
use super::order::{self, Order};
use super::packed::Packed;
use crate::model::program::IndividualId;
use crate::time::{Day, IntervalSet};
use smallvec::{SmallVec, smallvec};
use std::cell::OnceCell;
use std::ops::Range;
use std::slice::ChunksExact;

mod entries;
mod lookup;
mod pools;

pub use entries::{Entries, Entry};
use lookup::{Index, Keys};
use pools::Pools;

/// Sorted rows.
#[derive(Debug)]
pub(super) struct Rows<'p> {
    arity: usize,
    said: Said<'p>,
    /// For each role, made when first asked for.
    by_role: Vec<OnceCell<Index>>,
    /// By the first roles; nothing where there are too many combinations of individuals.
    by_key: OnceCell<Option<Keys>>,
    /// Places of the statements of completeness in the program.
    pub completeness: Vec<usize>,
    /// The days on which the record of every atom is complete, if those are the same for each; made when first asked for.
    pub complete_alike: OnceCell<Option<IntervalSet>>,
}

/// The statements of a table that speak of an atom.
#[derive(Debug, Clone)]
pub struct TableRows<'r> {
    /// All statements of the table.
    pub statements: &'r TableStatements,
    /// Which of them.
    pub places: Range<usize>,
    /// The last day of which the table's sources can speak.
    pub horizon: Day,
}

/// Atoms of a table that differ in their last individual alone, in its order, where no other statements speak of the target.
#[derive(Debug, Clone)]
pub struct TableAtoms<'r> {
    statements: &'r TableStatements,
    atoms: Range<usize>,
    horizon: Day,
}

impl<'r> TableAtoms<'r> {
    /// The statements of all of them.
    #[must_use]
    pub fn rows(&self) -> TableRows<'r> {
        self.rows_of(self.atoms.clone())
    }

    /// The first atom's last individual.
    #[must_use]
    pub fn first(&self) -> Option<IndividualId> {
        self.atoms.clone().next().and_then(|atom| self.statements.atom(atom).last().copied())
    }

    /// Takes the first atom, and gives its statements.
    pub fn take_first(&mut self) -> TableRows<'r> {
        let first = self.atoms.start;
        self.atoms.start = self.atoms.end.min(first + 1);
        self.rows_of(first..self.atoms.start)
    }

    /// Passes over the atoms whose last individual comes before one.
    pub fn pass_to(&mut self, individual: IndividualId) {
        while self.first().is_some_and(|first| first < individual) {
            self.atoms.start += 1;
        }
    }

    /// Atoms that follow one another have statements that do.
    fn rows_of(&self, atoms: Range<usize>) -> TableRows<'r> {
        TableRows { statements: self.statements, places: self.statements.places_of(atoms), horizon: self.horizon }
    }
}

/// Where the individuals and the entries are.
#[derive(Debug)]
enum Said<'p> {
    /// The individuals of each atom, one after another; atoms in order, each once. Where the entries of each begin, one more than
    /// there are atoms; and the entries.
    Listed { individuals: Vec<IndividualId>, starts: Vec<u32>, entries: Vec<Entry> },
    /// One template of an import says all that is said, and its statements are in the order of the atoms already.
    Table { statements: &'p TableStatements, number: usize },
    /// Several templates say all that is said, and the statements of each are in the order of the atoms.
    Pooled(Pools<'p>),
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
    pub fn sorted<'p>(mut self, arity: usize) -> Rows<'p> {
        self.sort_by_statement(arity);
        let Unsorted { individuals, mut entries } = self;
        let in_role = |role| individuals.iter().skip(role).step_by(arity).copied().collect();
        let roles: Vec<_> = (0..arity).map(|role| Packed::Each(in_role(role))).collect();
        let order = Order::by_individuals(&roles, entries.len());
        if let Some(places) = &order.places {
            order::reorder(&mut entries, places);
        }
        // What a statement says twice of an atom is said once.
        let mut said = Vec::with_capacity(entries.len());
        let mut starts = Vec::with_capacity(order.starts.len());
        for ends in order.starts.windows(2) {
            starts.push(said.len() as u32);
            let of_atom = &entries[ends[0] as usize..ends[1] as usize];
            said.extend(of_atom.chunk_by(PartialEq::eq).map(|same| same[0]));
        }
        starts.push(said.len() as u32);
        Rows::new(arity, Said::Listed { individuals: order.atoms, starts, entries: said })
    }

    fn sort_by_statement(&mut self, arity: usize) {
        if self.entries.is_sorted() {
            return;
        }
        let mut order: Vec<u32> = (0..self.entries.len() as u32).collect();
        order.sort_by_key(|place| self.entries[*place as usize]);
        let of = |place: &u32| &self.individuals[*place as usize * arity..(*place as usize + 1) * arity];
        self.individuals = order.iter().flat_map(of).copied().collect();
        order::reorder(&mut self.entries, &order);
    }
}

impl<'p> Rows<'p> {
    fn new(arity: usize, said: Said<'p>) -> Rows<'p> {
        let by_role = (0..arity).map(|_| OnceCell::new()).collect();
        Rows {
            arity,
            said,
            by_role,
            by_key: OnceCell::new(),
            completeness: Vec::new(),
            complete_alike: OnceCell::new(),
        }
    }

    /// The rows of a template that alone speaks of a target, and of each atom one way; with its number among all.
    pub fn of_table(table: &'p TableStatements, number: usize) -> Rows<'p> {
        Rows::new(table.arity(), Said::Table { statements: table, number })
    }

    /// The rows of several templates that alone speak of a target, and of each atom one way; with their numbers among all.
    pub fn of_tables(arity: usize, tables: Vec<(&'p TableStatements, usize)>) -> Rows<'p> {
        Rows::new(arity, Said::Pooled(Pools::of(arity, tables)))
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// How many atoms there are.
    pub fn len(&self) -> usize {
        match &self.said {
            Said::Listed { starts, .. } => starts.len().saturating_sub(1),
            Said::Table { statements, .. } => statements.atom_count(),
            Said::Pooled(pools) => pools.len(),
        }
    }

    #[inline]
    pub fn atom(&self, row: usize) -> &[IndividualId] {
        match &self.said {
            Said::Listed { individuals, .. } => &individuals[row * self.arity..(row + 1) * self.arity],
            Said::Table { statements, .. } => statements.atom(row),
            Said::Pooled(pools) => pools.atom(row),
        }
    }

    /// The individuals of each atom, in order.
    fn atoms(&self) -> ChunksExact<'_, IndividualId> {
        let individuals = match &self.said {
            Said::Listed { individuals, .. } => individuals,
            Said::Table { statements, .. } => statements.atoms(),
            Said::Pooled(pools) => pools.atoms(),
        };
        individuals.chunks_exact(self.arity.max(1))
    }

    /// What is said of an atom.
    pub fn entries(&self, individuals: &[IndividualId]) -> Entries<'_> {
        let row = self.row_of(individuals);
        match (&self.said, row) {
            (Said::Listed { starts, entries, .. }, Some(row)) => {
                Entries::Listed(entries[starts[row] as usize..starts[row + 1] as usize].iter())
            }
            (Said::Table { statements, .. }, Some(row)) => Entries::Table(statements, statements.places(row)),
            (Said::Pooled(pools), Some(row)) => pools.entries(row),
            (_, None) => Entries::Listed([].iter()),
        }
    }

    /// The rows of a table that speak of an atom; none where something else than the rows of tables speaks of the target, or more tables
    /// than one of the atom.
    #[inline]
    pub fn table_rows(&self, individuals: &[IndividualId], horizons: &[Day]) -> Option<TableRows<'_>> {
        match &self.said {
            Said::Listed { .. } => None,
            Said::Table { statements, number } => {
                let places = self.row_of(individuals).map_or(0..0, |row| statements.places(row));
                Some(TableRows { statements, places, horizon: horizons[*number] })
            }
            Said::Pooled(pools) => pools.rows_of_only(self.row_of(individuals), horizons),
        }
    }

    /// The tables that say all that is said, with the last days of which their sources can speak; none where something else speaks of
    /// the target.
    pub fn tables(&self, horizons: &[Day]) -> Option<SmallVec<[(&'p TableStatements, Day); 2]>> {
        match &self.said {
            Said::Listed { .. } => None,
            Said::Table { statements, number } => Some(smallvec![(*statements, horizons[*number])]),
            Said::Pooled(pools) => {
                Some(pools.tables.iter().map(|(statements, number)| (*statements, horizons[*number])).collect())
            }
        }
    }

    /// The atoms with given individuals in their roles, in order, each with the statements of every table that speaks of it, and the
    /// place of the table among [`Rows::tables`]; nothing where there are none.
    pub fn each_with_rows(
        &self,
        given: &[(usize, IndividualId)],
        mut use_it: impl FnMut(&[IndividualId], usize, Range<usize>),
    ) {
        for row in self.matching(given) {
            match &self.said {
                Said::Listed { .. } => {}
                Said::Table { statements, .. } => use_it(statements.atom(row), 0, statements.places(row)),
                Said::Pooled(pools) => {
                    pools.parts(row).for_each(|(table, places)| use_it(pools.atom(row), table, places));
                }
            }
        }
    }

    /// The statements of a table that alone says all.
    pub fn table(&self) -> Option<&'p TableStatements> {
        match &self.said {
            Said::Table { statements, .. } => Some(statements),
            Said::Listed { .. } | Said::Pooled(_) => None,
        }
    }

    /// The atoms of a table that have these individuals in all places but the last.
    pub fn table_atoms_with_any_last(&self, individuals: &[IndividualId], horizons: &[Day]) -> Option<TableAtoms<'_>> {
        let Said::Table { statements, number } = &self.said else { return None };
        Some(TableAtoms { statements, atoms: self.rows_with_any_last(individuals), horizon: horizons[*number] })
    }

    /// The atoms that have these individuals in all places but the last: they follow one another.
    fn rows_with_any_last(&self, individuals: &[IndividualId]) -> Range<usize> {
        if individuals.len() + 1 != self.arity {
            return 0..0;
        }
        let (among, is_exact) = self.rows_among(individuals);
        if is_exact {
            return among;
        }
        let before = |end: usize, is_before: &dyn Fn(&[IndividualId]) -> bool| {
            let (mut low, mut high) = (among.start, end);
            while low < high {
                let middle = usize::midpoint(low, high);
                if is_before(&self.atom(middle)[..individuals.len()]) { low = middle + 1 } else { high = middle }
            }
            low
        };
        before(among.end, &|atom| atom < individuals)..before(among.end, &|atom| atom <= individuals)
    }

    fn row_of(&self, individuals: &[IndividualId]) -> Option<usize> {
        if individuals.is_empty() || individuals.len() != self.arity {
            return None;
        }
        let (among, is_exact) = self.rows_among(individuals);
        if is_exact {
            return (!among.is_empty()).then_some(among.start);
        }
        let (mut low, mut high) = (among.start, among.end);
        while low < high {
            let middle = usize::midpoint(low, high);
            match self.atom(middle).cmp(individuals) {
                std::cmp::Ordering::Equal => return Some(middle),
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Greater => high = middle,
            }
        }
        None
    }

    /// Rows that follow one another, among which are all with these individuals in the first roles; and whether there are no others
    /// among them.
    #[inline]
    fn rows_among(&self, individuals: &[IndividualId]) -> (Range<usize>, bool) {
        if let Some(keys) = self.by_key.get_or_init(|| Keys::of_rows(self)) {
            return (keys.range(individuals), individuals.len() <= keys.roles());
        }
        let (low, high) = individuals.first().map_or((0, self.len()), |first| self.index(0).range(*first));
        (low..high, individuals.len() <= 1)
    }

    fn index(&self, role: usize) -> &Index {
        self.by_role[role].get_or_init(|| Index::of_rows(self, role))
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
