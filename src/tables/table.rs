//! The rows that are kept of a table: the columns that are wanted, each distinct text once.

use super::column::Column;
use super::filter::Filter;
use super::row::Row;
use super::stretch::Stretch;
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
    /// The lines of the rows that are read and of which it is open whether they are kept.
    open_lines: Vec<u32>,
}

impl Table {
    pub(super) fn new(name: &str, headers: Vec<String>, columns: Vec<Column>) -> Table {
        Table { name: name.to_owned(), headers, columns, ..Table::default() }
    }

    /// Makes room for so many more rows.
    pub(super) fn reserve(&mut self, rows: usize) {
        self.columns.iter_mut().for_each(|column| column.rows.own().reserve(rows));
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

    /// Adds a row, of which it is open whether it is kept.
    pub(super) fn add(&mut self, row: &Row<'_>) {
        self.total += 1;
        self.open_lines.push(row.line());
        for (index, column) in self.columns.iter_mut().enumerate() {
            let (text, place) = row.field(index);
            column.add(text, 1, [place].into_iter());
        }
    }

    /// Adds many rows at once; `wanted` are the columns of the file that are wanted.
    pub(super) fn add_stretch(&mut self, stretch: Stretch<'_>, wanted: &[usize]) {
        self.total += stretch.rows();
        self.open_lines.extend(stretch.lines());
        for (column, place) in self.columns.iter_mut().zip(wanted) {
            column.add(stretch.text(), stretch.rows(), stretch.column(*place));
        }
    }

    /// How many rows there are of which it is open whether they are kept.
    pub(super) fn open_rows(&self) -> usize {
        self.open_lines.len()
    }

    /// Keeps the open rows that pass, but for those that say what the one before says.
    pub(super) fn settle(&mut self, filter: &Filter) {
        if filter.takes_all() && !self.may_repeat() {
            self.lines.extend(&self.open_lines);
            self.open_lines.clear();
            return self.columns.iter_mut().for_each(Column::keep_all_open);
        }
        let mut kept = filter.passing(&self.columns, self.open_rows());
        let mut before: Option<usize> = None;
        kept.retain(|row| {
            let of = match before {
                Some(before) => {
                    let is_same = |column: &Column| column.open[before] == column.open[*row];
                    self.columns.iter().all(is_same).then(|| self.open_lines[before])
                }
                None => {
                    let is_same = |column: &Column| column.rows.last() == Some(column.open[*row]);
                    self.lines.last().filter(|_| self.columns.iter().all(is_same))
                }
            };
            match of {
                Some(of) => {
                    let line = self.open_lines[*row];
                    self.repeated.get_or_insert(Repeated { line, of, count: 0 }).count += 1;
                }
                None => before = Some(*row),
            }
            of.is_none()
        });
        kept.iter().for_each(|row| self.lines.push(self.open_lines[*row]));
        self.open_lines.clear();
        self.columns.iter_mut().for_each(|column| column.keep_open(&kept));
    }

    /// Whether some open row says what the one before it says.
    fn may_repeat(&self) -> bool {
        let goes_on = |column: &Column| column.open.first().copied() == column.rows.last();
        let open = self.columns.iter().map(|column| column.open.as_slice());
        (self.rows() > 0 && self.columns.iter().all(goes_on)) || repeats::follow_one_another(self.open_rows(), open)
    }

    pub(super) fn reject(&mut self, fault: RowFault) {
        self.total += 1;
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

    /// Passes over kept rows that say what an earlier one says, and gives back what only reading needed. `order` is the order of the
    /// columns in the file.
    pub(super) fn finish(&mut self, order: &[usize]) {
        if let Some((is_kept, repeated)) = repeats::find(self, order) {
            let before = self.repeated;
            let first = before.into_iter().chain([repeated]).min_by_key(|repeated| repeated.line);
            let count = repeated.count + before.map_or(0, |before| before.count);
            self.repeated = first.map(|first| Repeated { count, ..first });
            self.columns.iter_mut().for_each(|column| column.rows.own().retain(&is_kept));
            self.lines.retain(&is_kept);
        }
        self.open_lines = Vec::new();
        self.columns.iter_mut().for_each(Column::finish);
    }
}

/// The distinct headers among some.
pub(super) fn distinct<'h>(headers: impl Iterator<Item = &'h str>) -> Vec<&'h str> {
    let mut seen = FxHashSet::default();
    headers.filter(|header| seen.insert(*header)).collect()
}
