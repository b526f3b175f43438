//! From the bytes of a table to its rows of cells.
//!
//! ```text
//! format.rs    how a table is written, and how its name tells this
//! rows.rs      a table that is open; row.rs a row of it, stretch.rs many of them at once
//! delimited.rs text with a delimiter between the fields; marks.rs where they are, found for a whole buffer at once
//! excel.rs     a sheet of a workbook of Excel
//! below.rs     what stands below a line that is no header
//! encoding.rs  from the bytes of a field to its text; encoding_doubt.rs whether it is the right one
//! bytes.rs     the bytes that are handed in: counted, and let expand within limits
//! error.rs     what can be wrong with a table or with one row, and how it is said
//! read.rs      from an import to the rows that it wants; filter.rs which of them are kept
//! table.rs     the rows that are kept; column.rs each distinct text of a column once, texts.rs what these are, places.rs where short
//!              numbers and dates are found; repeats.rs rows that are there twice
//! numbers.rs   numbers as tables write them
//! formula.rs   values and conditions on the cells of a row
//! import_fault.rs  what can be wrong with an import; unknown_column.rs a column that there is not
//! left_out.rs  rows that are left out, and why; told_lines.rs which they are; unread.rs what may be meant by a cell that is no date;
//!              no_number.rs what by one that is no number; other_writing.rs numbers and days in another writing
//! elsewhere.rs  codes that are somebody's in another scheme
//! strange_codes.rs  columns of which most codes are nobody's; newcomers.rs those whom a table brings in beside others who are declared;
//!              doubtful_years.rs years that seem to be none, doubtful_values.rs values; open_with_end.rs ends that are passed over
//! never_equal.rs  cells that are compared with what none of them is; years_for_codes.rs columns that are taken for states and are years
//! ```
//!
//! Whom a code means and when a row holds is the model's business. Nothing is opened here: the caller hands in what it has
//! opened. Memory follows the rows that are kept, and is bounded whatever the content is.

mod below;
mod bytes;
mod column;
mod delimited;
mod doubtful_values;
mod doubtful_years;
mod elsewhere;
mod encoding;
mod encoding_doubt;
mod error;
#[cfg(feature = "excel")]
mod excel;
mod filter;
mod format;
mod formula;
mod import_fault;
mod left_out;
mod marks;
mod never_equal;
mod newcomers;
mod no_number;
mod numbers;
mod open_with_end;
mod other_writing;
mod places;
mod read;
mod repeats;
mod row;
mod rows;
mod strange_codes;
mod stretch;
mod table;
#[cfg(test)]
mod tests;
mod texts;
mod told_lines;
mod unknown_column;
mod unread;
mod years_for_codes;

pub use column::{Column, Symbol};
pub use doubtful_values::DoubtfulValues;
pub use doubtful_years::DoubtfulYears;
pub use elsewhere::{Elsewhere, HolderElsewhere};
pub use encoding::Encoding;
pub use encoding_doubt::EncodingDoubt;
pub use error::{CODES, Fault, Foreign, RowFault, Unusable};
pub use format::Format;
pub use formula::{Bound, Formula, RowOf, Value, header_of};
pub use import_fault::{IMPORT_CODES, ImportFault};
pub use left_out::{LeftOut, Why};
pub use never_equal::NeverEqual;
pub use newcomers::{NewCodes, NewName, NewNames};
pub use open_with_end::OpenWithEnd;
pub use places::PlainDate;
pub use read::read;
pub use row::Row;
pub use rows::{Next, Rows, open};
pub use strange_codes::StrangeCodes;
pub use table::{Rejected, Repeated, Table};
pub use told_lines::ToldLines;
pub use unknown_column::UnknownColumn;
pub use unread::DateForm;
pub use years_for_codes::YearsForCodes;

use crate::text::Span;
use std::collections::BTreeMap;
use std::rc::Rc;

/// The tables of a program, by the places of their imports.
#[derive(Debug, Clone, Default)]
pub struct Tables(BTreeMap<(u32, u32), Rc<Table>>);

impl Tables {
    /// Adds the table of the import at a place.
    pub fn insert(&mut self, import: Span, table: Rc<Table>) {
        self.0.insert((import.file.0, import.start), table);
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The table of the import at a place; none where it could not be read.
    #[must_use]
    pub fn of(&self, import: Span) -> Option<&Rc<Table>> {
        self.0.get(&(import.file.0, import.start))
    }
}
