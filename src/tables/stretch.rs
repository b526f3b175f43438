//! Rows of a table that lie in its buffer one behind the other, as they are.

use std::ops::Range;

/// What a line ends with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum EndOfLine {
    /// A line feed.
    Feed,
    /// A carriage return before it, as on Windows.
    ReturnAndFeed,
}

/// Lines that follow one another, each of them a row with as many fields as the header has: in UTF-8, without a quotation mark or a null
/// byte, and not blank. What makes columns of rows takes them column by column.
#[derive(Debug, Clone, Copy)]
pub(super) struct Stretch<'r> {
    text: &'r [u8],
    /// Where the line feed of the line before is, and then the delimiter or line feed behind each field.
    ends: &'r [usize],
    /// How many fields a row has.
    width: usize,
    end_of_line: EndOfLine,
    /// The line of the file on which the first one stands.
    line: u32,
}

impl<'r> Stretch<'r> {
    /// `ends` has the place of the line feed before, and then of what stands behind each field of all rows; `line` is that of the
    /// first row.
    pub(super) fn new(
        text: &'r [u8],
        ends: &'r [usize],
        width: usize,
        end_of_line: EndOfLine,
        line: u32,
    ) -> Stretch<'r> {
        Stretch { text, ends, width, end_of_line, line }
    }

    /// How many rows they are.
    pub(super) fn rows(self) -> usize {
        (self.ends.len() - 1) / self.width
    }

    /// The lines of the file on which they stand.
    pub(super) fn lines(self) -> Range<u32> {
        self.line..self.line.saturating_add(self.rows() as u32)
    }

    /// The text in which all fields are.
    pub(super) fn text(self) -> &'r [u8] {
        self.text
    }

    /// Where in the text the fields of a column are, row by row.
    #[inline]
    pub(super) fn column(self, column: usize) -> impl Iterator<Item = Range<usize>> + 'r {
        let returns = usize::from(self.end_of_line == EndOfLine::ReturnAndFeed && column + 1 == self.width);
        let in_each_row = |first: usize| self.ends.get(first..).unwrap_or_default().iter().step_by(self.width);
        in_each_row(column).zip(in_each_row(column + 1)).map(move |(before, end)| before + 1..end - returns)
    }
}
