//! What statements say of one atom.

use super::pools::Part;
use crate::evidence::{Polarity, StatementId, TableStatements};
use std::ops::Range;

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

/// What statements say of an atom, in the order of the statements.
#[derive(Debug, Clone)]
pub enum Entries<'r> {
    /// They are listed.
    Listed(std::slice::Iter<'r, Entry>),
    /// They are some of the statements of a table.
    Table(&'r TableStatements, Range<usize>),
    /// They are some of the statements of several tables: those of one, and then what others say.
    Pooled(&'r TableStatements, Range<usize>, Others<'r>),
}

/// What further tables say of an atom.
#[derive(Debug, Clone)]
pub struct Others<'r> {
    pub(super) tables: &'r [(&'r TableStatements, usize)],
    pub(super) parts: std::slice::Iter<'r, Part>,
}

impl<'r> Iterator for Others<'r> {
    type Item = (&'r TableStatements, Range<usize>);

    fn next(&mut self) -> Option<Self::Item> {
        let part = self.parts.next()?;
        let table = self.tables[part.table as usize].0;
        Some((table, table.places(part.atom as usize)))
    }
}

/// An entry for a statement of a table.
fn entry(table: &TableStatements, place: usize) -> Entry {
    Entry { statement: StatementId(table.first.0 + place as u32), by_only: false, polarity: table.polarities.at(place) }
}

impl Iterator for Entries<'_> {
    type Item = Entry;

    fn next(&mut self) -> Option<Entry> {
        match self {
            Entries::Listed(entries) => entries.next().copied(),
            Entries::Table(table, places) => places.next().map(|place| entry(table, place)),
            Entries::Pooled(table, places, others) => {
                if let Some(place) = places.next() {
                    return Some(entry(table, place));
                }
                (*table, *places) = others.next()?;
                places.next().map(|place| entry(table, place))
            }
        }
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let length = match self {
            Entries::Listed(entries) => entries.len(),
            Entries::Table(_, places) => places.len(),
            Entries::Pooled(_, places, others) => {
                places.len() + others.clone().map(|(_, places)| places.len()).sum::<usize>()
            }
        };
        (length, Some(length))
    }
}

impl ExactSizeIterator for Entries<'_> {}

impl Entries<'_> {
    /// Whether nothing is said.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}
