//! From the bytes of a table to its rows of cells.
//!
//! ```text
//! format.rs    how a table is written, and how its name tells this
//! rows.rs      a table that is open; a row of it
//! delimited.rs text with a delimiter between the fields
//! excel.rs     a sheet of a workbook of Excel
//! encoding.rs  from the bytes of a field to its text
//! bytes.rs     the bytes that are handed in: counted, and let expand within limits
//! error.rs     what can be wrong with a table or with one row, and how it is said
//! ```
//!
//! No cell is interpreted here: what `-9` or `1992-05-15` means is the caller's business. Nothing is opened here either:
//! the caller hands in what it has opened. Memory is bounded whatever the content is.

mod bytes;
mod delimited;
mod encoding;
mod error;
#[cfg(feature = "excel")]
mod excel;
mod format;
mod rows;
#[cfg(test)]
mod tests;

pub use encoding::Encoding;
pub use error::{CODES, Fault, Foreign, RowFault, Unusable};
pub use format::Format;
pub use rows::{Next, Row, Rows, open};
