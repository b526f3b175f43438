//! The rows that are kept of a table: the columns that are wanted, each distinct text once.

use super::numbers;
use super::{RowFault, Unusable};
use rustc_hash::{FxHashMap, FxHashSet};
use std::hash::{Hash, Hasher};

/// A distinct text of a column.
pub type Symbol = u32;

/// A column: for each kept row which of its distinct texts stands there.
#[derive(Debug, Default)]
pub struct Column {
    /// As the table names it.
    pub header: String,
    /// Texts that stand for no value, besides the empty one.
    missing_codes: Vec<(String, Option<f64>)>,
    /// The sign before the decimals of a number.
    decimal: Option<char>,
    texts: Vec<Box<str>>,
    numbers: Vec<Option<f64>>,
    missing: Vec<bool>,
    by_text: FxHashMap<Box<str>, Symbol>,
    /// The text of the row before: tables are mostly sorted by something.
    last: Symbol,
    rows: Vec<Symbol>,
}

impl Column {
    pub(super) fn new(header: &str, missing_codes: Vec<String>, decimal: Option<char>) -> Column {
        let missing_codes = missing_codes
            .into_iter()
            .map(|code| {
                let number = numbers::value(&code, decimal);
                (code, number)
            })
            .collect();
        Column { header: header.to_owned(), missing_codes, decimal, ..Column::default() }
    }

    fn symbol(&mut self, text: &str) -> Symbol {
        if self.texts.get(self.last as usize).is_some_and(|last| **last == *text) {
            return self.last;
        }
        let symbol = match self.by_text.get(text) {
            Some(symbol) => *symbol,
            None => {
                let symbol = self.texts.len() as Symbol;
                let number = numbers::value(text, self.decimal);
                let is_missing = text.is_empty()
                    || self
                        .missing_codes
                        .iter()
                        .any(|(code, value)| code == text || (value.is_some() && *value == number));
                self.texts.push(text.into());
                self.numbers.push(number);
                self.missing.push(is_missing);
                self.by_text.insert(text.into(), symbol);
                symbol
            }
        };
        self.last = symbol;
        symbol
    }

    /// How many distinct texts there are.
    #[must_use]
    pub fn symbols(&self) -> usize {
        self.texts.len()
    }

    /// A distinct text.
    #[must_use]
    pub fn text(&self, symbol: Symbol) -> &str {
        &self.texts[symbol as usize]
    }

    /// The number that a text is.
    #[must_use]
    pub fn number(&self, symbol: Symbol) -> Option<f64> {
        self.numbers[symbol as usize]
    }

    /// Whether a text stands for no value.
    #[must_use]
    pub fn is_missing(&self, symbol: Symbol) -> bool {
        self.missing[symbol as usize]
    }

    /// What stands in a kept row.
    #[must_use]
    pub fn at(&self, row: usize) -> Symbol {
        self.rows[row]
    }
}

/// Rows of one sort that are left out.
#[derive(Debug, Clone)]
pub struct Rejected {
    /// The first of them.
    pub first: RowFault,
    /// How many.
    pub count: usize,
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
    pub lines: Vec<u32>,
    /// How many rows the file has, those that cannot be used included.
    pub total: usize,
    /// Rows that cannot be used.
    pub rejected: Vec<Rejected>,
    /// Rows that are the same in every wanted column as an earlier one, and are passed over.
    pub repeated: Option<Repeated>,
    seen: FxHashMap<u128, u32>,
}

impl Table {
    pub(super) fn new(name: &str, headers: Vec<String>, columns: Vec<Column>) -> Table {
        Table { name: name.to_owned(), headers, columns, ..Table::default() }
    }

    /// How many rows are kept.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.lines.len()
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
    pub(super) fn symbols<'c>(&mut self, cell: impl Fn(usize) -> &'c str, row: &mut Vec<Symbol>) {
        row.clear();
        for (index, column) in self.columns.iter_mut().enumerate() {
            row.push(column.symbol(cell(index)));
        }
    }

    /// Keeps a row, unless an earlier one says the same.
    pub(super) fn keep(&mut self, row: &[Symbol], line: u32) {
        if let Some(of) = self.seen.get(&fingerprint(row)) {
            match &mut self.repeated {
                Some(repeated) => repeated.count += 1,
                None => self.repeated = Some(Repeated { line, of: *of, count: 1 }),
            }
            return;
        }
        self.seen.insert(fingerprint(row), line);
        for (column, symbol) in self.columns.iter_mut().zip(row) {
            column.rows.push(*symbol);
        }
        self.lines.push(line);
    }

    pub(super) fn reject(&mut self, fault: RowFault) {
        let same = |one: &Unusable, other: &Unusable| match (one, other) {
            (Unusable::Ragged { .. }, Unusable::Ragged { .. }) => true,
            (Unusable::Undecodable { column, .. }, Unusable::Undecodable { column: other, .. })
            | (Unusable::NullByte { column }, Unusable::NullByte { column: other }) => column == other,
            _ => false,
        };
        match self.rejected.iter_mut().find(|known| same(&known.first.what, &fault.what)) {
            Some(known) => known.count += 1,
            None => self.rejected.push(Rejected { first: fault, count: 1 }),
        }
    }

    /// Gives back what only reading needed.
    pub(super) fn finish(&mut self) {
        self.seen = FxHashMap::default();
        for column in &mut self.columns {
            column.by_text = FxHashMap::default();
            column.rows.shrink_to_fit();
        }
    }
}

/// 128 bits of a row, so that two rows with the same ones are the same.
fn fingerprint(row: &[Symbol]) -> u128 {
    let half = |seed: u64| {
        let mut hasher = rustc_hash::FxHasher::default();
        seed.hash(&mut hasher);
        row.hash(&mut hasher);
        hasher.finish()
    };
    u128::from(half(0x9E37_79B9_7F4A_7C15)) << 64 | u128::from(half(0xC2B2_AE3D_27D4_EB4F))
}

/// The distinct headers among some.
pub(super) fn distinct<'h>(headers: impl Iterator<Item = &'h str>) -> Vec<&'h str> {
    let mut seen = FxHashSet::default();
    headers.filter(|header| seen.insert(*header)).collect()
}
