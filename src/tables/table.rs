//! The rows that are kept of a table: the columns that are wanted, each distinct text once.

use super::column::{Column, Symbol};
use super::{EncodingDoubt, RowFault, Unusable, repeats};
use crate::columns::Lines;
use rustc_hash::FxHashSet;

/// Rows of one sort that are left out.
#[derive(Debug, Clone)]
pub struct Rejected {
    /// The first of them.
    pub first: RowFault,
    /// How many.
    pub count: usize,
    /// Whether any of them has a byte that is a letter in Windows-1252 and none in Latin-1.
    pub is_windows: bool,
    /// Whether all have as many fields as the first, each on one line.
    pub is_even: bool,
}

/// Rows that say what an earlier one says.
#[derive(Debug, Clone, Copy)]
pub struct Repeated {
    /// The line of the first such row.
    pub line: u32,
    /// The line of the row that it repeats.
    pub of: u32,
    /// How many there are.
    pub count: usize,
}

/// A table, as far as an import wants it.
#[derive(Debug, Default)]
pub struct Table {
    /// As the program names it.
    pub name: String,
    /// The wanted columns.
    pub columns: Vec<Column>,
    /// All columns, for what is to be said of a row.
    pub headers: Vec<String>,
    /// Of each kept row, the line of the file.
    pub lines: Lines,
    /// How many rows the file has, those that cannot be used included.
    pub total: usize,
    /// Rows that cannot be used.
    pub rejected: Vec<Rejected>,
    /// What makes it doubtful that the encoding is right.
    pub encoding_doubt: Option<Box<EncodingDoubt>>,
    /// Rows that are the same in every wanted column as an earlier one, and are passed over.
    pub repeated: Option<Repeated>,
    /// The row before, as symbols.
    previous: Vec<Symbol>,
    /// Of each kept row a hash of its symbols, while rows are read.
    pub(super) hashes: Vec<u32>,
}

impl Table {
    pub(super) fn new(name: &str, headers: Vec<String>, columns: Vec<Column>) -> Table {
        Table { name: name.to_owned(), headers, columns, ..Table::default() }
    }

    /// Makes room for so many more rows.
    pub(super) fn reserve(&mut self, rows: usize) {
        self.columns.iter_mut().for_each(|column| column.rows.reserve(rows));
        self.hashes.reserve(rows);
    }

    /// How many rows are kept.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.lines.len()
    }

    /// Whether there are rows and none can be used.
    #[must_use]
    pub fn is_unusable(&self) -> bool {
        self.total > 0 && self.rejected.iter().map(|rejected| rejected.count).sum::<usize>() == self.total
    }

    /// Whether the kept rows of another table say the same, row by row.
    #[must_use]
    pub fn says_the_same(&self, other: &Table) -> bool {
        let is_same = |(one, two): (&Column, &Column)| {
            one.header == two.header && (0..self.rows()).all(|row| one.text(one.at(row)) == two.text(two.at(row)))
        };
        self.rows() == other.rows()
            && self.columns.len() == other.columns.len()
            && self.columns.iter().zip(&other.columns).all(is_same)
    }

    /// The wanted column of a name.
    #[must_use]
    pub fn column(&self, header: &str) -> Option<usize> {
        self.columns.iter().position(|column| column.header == header)
    }

    /// The symbols of a row's cells, put into a buffer.
    pub(super) fn symbols<'c>(&mut self, cell: impl Fn(usize) -> &'c [u8], row: &mut Vec<Symbol>) {
        row.resize(self.columns.len(), 0);
        for (index, (column, symbol)) in self.columns.iter_mut().zip(row).enumerate() {
            *symbol = column.symbol(cell(index));
        }
    }

    /// Keeps a row; one that says what the one before says is passed over at once.
    pub(super) fn keep(&mut self, row: &[Symbol], line: u32) {
        let hash = repeats::hash(row);
        if let Some(of) = self.lines.last()
            && self.hashes.last() == Some(&hash)
            && self.previous == row
        {
            let repeated = self.repeated.get_or_insert(Repeated { line, of, count: 0 });
            repeated.count += 1;
            return;
        }
        self.previous.clear();
        self.previous.extend_from_slice(row);
        for (column, symbol) in self.columns.iter_mut().zip(row) {
            column.keep(*symbol);
        }
        self.hashes.push(hash);
        self.lines.push(line);
    }

    pub(super) fn reject(&mut self, fault: RowFault) {
        let same = |one: &Unusable, other: &Unusable| match (one, other) {
            // A file has one encoding, whatever the column.
            (Unusable::Ragged { .. }, Unusable::Ragged { .. })
            | (Unusable::Undecodable { .. }, Unusable::Undecodable { .. }) => true,
            (Unusable::NullByte { column }, Unusable::NullByte { column: other }) => column == other,
            _ => false,
        };
        let is_windows = matches!(fault.what, Unusable::Undecodable { byte: 0x80..=0x9F, .. });
        let fields = |fault: &RowFault| match fault.what {
            Unusable::Ragged { found, lines: 1, ends_empty, .. } => Some((found, ends_empty)),
            _ => None,
        };
        match self.rejected.iter_mut().find(|known| same(&known.first.what, &fault.what)) {
            Some(known) => {
                known.count += 1;
                known.is_windows |= is_windows;
                known.is_even &= fields(&known.first) == fields(&fault);
            }
            None => {
                let is_even = fields(&fault).is_some();
                self.rejected.push(Rejected { first: fault, count: 1, is_windows, is_even });
            }
        }
    }

    /// Passes over rows that say what an earlier one says, and gives back what only reading needed. `order` is the order of the
    /// columns in the file.
    pub(super) fn finish(&mut self, order: &[usize]) {
        self.columns.iter_mut().for_each(Column::keep_last_rows);
        if let Some((is_kept, repeated)) = repeats::find(self, order) {
            let before = self.repeated;
            let first = before.into_iter().chain([repeated]).min_by_key(|repeated| repeated.line);
            let count = repeated.count + before.map_or(0, |before| before.count);
            self.repeated = first.map(|first| Repeated { count, ..first });
            self.columns.iter_mut().for_each(|column| column.rows.retain(&is_kept));
            self.lines.retain(&is_kept);
        }
        (self.previous, self.hashes) = (Vec::new(), Vec::new());
        self.columns.iter_mut().for_each(Column::finish);
    }
}

/// The distinct headers among some.
pub(super) fn distinct<'h>(headers: impl Iterator<Item = &'h str>) -> Vec<&'h str> {
    let mut seen = FxHashSet::default();
    headers.filter(|header| seen.insert(*header)).collect()
}
