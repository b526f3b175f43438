//! A row of a table that is open.

use std::ops::Range;

/// The wanted cells of one row, as they lie in what was read of the table.
#[derive(Debug, Clone, Copy)]
pub struct Row<'r> {
    /// In UTF-8.
    text: &'r [u8],
    places: FieldPlaces<'r>,
    /// The fields that are the cells; none where all fields are, in order.
    columns: Option<&'r [usize]>,
    line: u32,
}

impl<'r> Row<'r> {
    /// Of the fields of a record, whose text is UTF-8, the wanted ones.
    pub(super) fn new(text: &'r [u8], places: FieldPlaces<'r>, columns: &'r [usize], line: u32) -> Row<'r> {
        Row { text, places, columns: Some(columns), line }
    }

    /// The text of the n-th of the wanted columns, trimmed of surrounding white space. Empty where there is none such.
    #[must_use]
    pub fn cell(&self, n: usize) -> &'r str {
        let (text, place) = self.field(n);
        std::str::from_utf8(trimmed(&text[place])).unwrap_or_default()
    }

    /// The same as bytes of UTF-8, not yet trimmed: a text, and where in it the cell is.
    pub(super) fn field(&self, n: usize) -> (&'r [u8], Range<usize>) {
        let field = match self.columns {
            Some(columns) => columns.get(n).copied(),
            None => Some(n),
        };
        (self.text, field.and_then(|field| self.places.get(field)).unwrap_or_default())
    }

    /// How many cells it has: as many as columns were wanted.
    #[must_use]
    pub fn len(&self) -> usize {
        self.columns.map_or(self.places.ends.len(), <[usize]>::len)
    }

    /// Whether no column was wanted.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The line of the file on which the row begins, from 1, which is the header's; in a workbook the number of the row.
    #[must_use]
    pub fn line(&self) -> u32 {
        self.line
    }
}

/// A text in UTF-8 without the white space around it.
#[inline]
pub(super) fn trimmed(text: &[u8]) -> &[u8] {
    match text {
        // Most texts have nothing to trim, and one look at either end shows it.
        [b'!'..=b'~'] | [b'!'..=b'~', .., b'!'..=b'~'] => text,
        _ => std::str::from_utf8(text).map_or(text, |text| text.trim().as_bytes()),
    }
}

/// Cells that are written one after another, because the table does not hold them as they are wanted. Its buffers are used again for
/// the next row.
#[derive(Debug, Default)]
pub(super) struct Written {
    text: String,
    /// Where each cell ends.
    ends: Vec<usize>,
}

impl Written {
    /// Begins a new row.
    pub(super) fn begin(&mut self) {
        self.text.clear();
        self.ends.clear();
    }

    /// Adds a cell.
    pub(super) fn push(&mut self, cell: &str) {
        self.text.push_str(cell);
        self.ends.push(self.text.len());
    }

    /// The row of these cells.
    pub(super) fn row(&self, line: u32) -> Row<'_> {
        let places = FieldPlaces { begin: 0, ends: &self.ends, between: 0 };
        Row { text: self.text.as_bytes(), places, columns: None, line }
    }
}

/// Where the fields of a record are in a text.
#[derive(Debug, Clone, Copy)]
pub(super) struct FieldPlaces<'b> {
    /// Where the first one begins.
    pub begin: usize,
    /// Where each ends.
    pub ends: &'b [usize],
    /// How many bytes stand between two of them.
    pub between: usize,
}

impl FieldPlaces<'_> {
    #[inline]
    pub(super) fn get(self, index: usize) -> Option<Range<usize>> {
        let end = *self.ends.get(index)?;
        let begin = if index == 0 { self.begin } else { self.ends[index - 1] + self.between };
        Some(begin..end)
    }
}
