//! A table for machines and for papers: named columns, and rows that are handed on as they are made.

use std::borrow::Cow;
use std::io;
use std::ops::RangeInclusive;

/// A column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Its name.
    pub name: String,
    /// Whether its cells are numbers, where they are not missing.
    pub is_numeric: bool,
}

/// What stands in a row under a column.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell<'a> {
    /// Nothing.
    Missing,
    /// Words, codes and dates.
    Text(Cow<'a, str>),
    /// A whole number.
    Integer(i64),
    /// A number.
    Number(f64),
}

impl<'a> Cell<'a> {
    /// Words.
    pub fn text(text: impl Into<Cow<'a, str>>) -> Cell<'a> {
        Cell::Text(text.into())
    }

    /// As one writes it; nothing where it is missing.
    #[must_use]
    pub fn written(&self) -> Cow<'_, str> {
        match self {
            Cell::Missing => Cow::Borrowed(""),
            Cell::Text(text) => Cow::Borrowed(text),
            Cell::Integer(number) => Cow::Owned(number.to_string()),
            Cell::Number(number) => Cow::Owned(number.to_string()),
        }
    }
}

/// Why a table could not be written.
#[derive(Debug)]
pub enum Failure {
    /// Whoever takes it refuses more.
    Refused(io::Error),
    /// The format holds only so many rows.
    TooManyRows {
        /// This many.
        most: usize,
    },
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Failure::Refused(error)
    }
}

/// Takes a table row by row.
pub trait Sink {
    /// Takes a row, which has a cell for each column.
    ///
    /// # Errors
    /// Where it cannot be written.
    fn row(&mut self, cells: &[Cell<'_>]) -> Result<(), Failure>;

    /// Takes rows that are alike but for whole numbers in one place, which count up.
    ///
    /// # Errors
    /// Where one of them cannot be written.
    fn rows_counting(
        &mut self,
        cells: &mut [Cell<'_>],
        place: usize,
        numbers: RangeInclusive<i64>,
    ) -> Result<(), Failure> {
        numbers.into_iter().try_for_each(|number| {
            cells[place] = Cell::Integer(number);
            self.row(cells)
        })
    }

    /// Takes the end of the table.
    ///
    /// # Errors
    /// Where it cannot be written.
    fn finish(&mut self) -> Result<(), Failure>;
}
