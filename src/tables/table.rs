//! The rows that are kept of a table: the columns that are wanted, each distinct text once.

use super::column::{Column, Symbol};
use super::formula::RowOf;
use super::row::Row;
use super::{EncodingDoubt, RowFault, Unusable, repeats};
use crate::columns::Lines;
use rustc_hash::FxHashSet;

/// So many rows come to the columns at a time.
const ROWS_AT_A_TIME: usize = 1 << 10;

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
    /// The symbols of the last rows, row by row, which come to the columns many at a time.
    last_rows: Vec<Symbol>,
    /// How many of those the columns have already.
    known: usize,
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

    /// Adds a row, which is to be kept or dropped before another one is added.
    #[inline]
    pub(super) fn add(&mut self, row: &Row<'_>) {
        let symbols = self.columns.iter_mut().enumerate().map(|(index, column)| column.symbol(row.field(index)));
        self.last_rows.extend(symbols);
    }

    /// The row that was added last.
    pub(super) fn added(&self) -> RowOf<'_> {
        RowOf { columns: &self.columns, symbols: &self.last_rows[self.last_rows.len() - self.columns.len()..] }
    }

    /// Drops the row that was added last.
    pub(super) fn drop_added(&mut self) {
        self.last_rows.truncate(self.last_rows.len() - self.columns.len());
    }

    /// Keeps the row that was added last; one that says what the one before says is passed over at once.
    #[inline]
    pub(super) fn keep_added(&mut self, line: u32) {
        let (before, row) = self.last_rows.split_at(self.last_rows.len() - self.columns.len());
        let hash = repeats::hash(row);
        if let Some(of) = self.lines.last()
            && self.hashes.last() == Some(&hash)
            && before.ends_with(row)
        {
            let repeated = self.repeated.get_or_insert(Repeated { line, of, count: 0 });
            repeated.count += 1;
            return self.drop_added();
        }
        self.hashes.push(hash);
        self.lines.push(line);
        if self.last_rows.len() >= ROWS_AT_A_TIME * self.columns.len() {
            self.hand_out_last_rows();
        }
    }

    /// Brings the last rows to the columns.
    fn hand_out_last_rows(&mut self) {
        let width = self.columns.len();
        let mut symbols: Vec<Symbol> = Vec::with_capacity(ROWS_AT_A_TIME);
        for (place, column) in self.columns.iter_mut().enumerate() {
            symbols.clear();
            symbols.extend(self.last_rows[self.known..].iter().skip(place).step_by(width));
            column.rows.extend(&symbols);
        }
        // The last one stays, for the next one may repeat it.
        self.last_rows.drain(..self.last_rows.len().saturating_sub(width));
        self.known = self.last_rows.len();
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
        self.hand_out_last_rows();
        if let Some((is_kept, repeated)) = repeats::find(self, order) {
            let before = self.repeated;
            let first = before.into_iter().chain([repeated]).min_by_key(|repeated| repeated.line);
            let count = repeated.count + before.map_or(0, |before| before.count);
            self.repeated = first.map(|first| Repeated { count, ..first });
            self.columns.iter_mut().for_each(|column| column.rows.retain(&is_kept));
            self.lines.retain(&is_kept);
        }
        (self.last_rows, self.hashes) = (Vec::new(), Vec::new());
        self.columns.iter_mut().for_each(Column::finish);
    }
}

/// The distinct headers among some.
pub(super) fn distinct<'h>(headers: impl Iterator<Item = &'h str>) -> Vec<&'h str> {
    let mut seen = FxHashSet::default();
    headers.filter(|header| seen.insert(*header)).collect()
}
