//! A table that is open.

use super::below::Below;
use super::bytes::{Count, Counted, Expanded, peek};
use super::delimited::Delimited;
use super::encoding_doubt::EncodingDoubt;
use super::error::{Fault, Foreign, RowFault};
#[cfg(feature = "excel")]
use super::excel::Sheet;
use super::format::{Format, Kind};
use super::row::Row;
use super::stretch::Stretch;
use std::io::Read;

/// How many columns a table may have, which is what a sheet of Excel can have.
pub(super) const COLUMNS: usize = 16_384;

/// Opens a table and reads its header.
///
/// `name` tells by its ending how the table is written, where `format` does not; `size` is the size of the content in
/// bytes where it is known. Content that gzip compressed is expanded whatever its name is.
///
/// # Errors
/// Whatever makes the table as a whole unusable.
pub fn open(name: &str, format: &Format, content: Box<dyn Read>, size: Option<u64>) -> Result<Rows, Fault> {
    let kind = format.kind(name)?;
    let (counted, count) = Counted::new(content);
    let (head, content) = peek(counted, 4)?;
    let source = match kind {
        #[cfg(feature = "excel")]
        Kind::Excel => Source::Sheet(Sheet::open(content, format.sheet.as_deref())?),
        #[cfg(not(feature = "excel"))]
        Kind::Excel => return Err(Fault::ExcelLeftOut),
        Kind::Delimited(delimiter) => {
            let content: Box<dyn Read> = match head.as_slice() {
                [] => return Err(Fault::Empty),
                [0x1F, 0x8B, ..] => Box::new(Expanded::new(content, Count::clone(&count), size)),
                _ if name.to_lowercase().ends_with(".gz") => return Err(Fault::NotGzip),
                _ => Box::new(content),
            };
            Source::Delimited(Box::new(Delimited::open(content, delimiter, format.encoding)?))
        }
    };
    Ok(Rows { source, count })
}

/// The rows of a table, one after another.
pub struct Rows {
    source: Source,
    count: Count,
}

enum Source {
    Delimited(Box<Delimited>),
    #[cfg(feature = "excel")]
    Sheet(Sheet),
}

impl std::fmt::Debug for Rows {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Rows").field("headers", &self.headers()).finish_non_exhaustive()
    }
}

impl Rows {
    /// The names of the columns, trimmed of surrounding white space; some may be empty, some equal.
    #[must_use]
    pub fn headers(&self) -> &[String] {
        match &self.source {
            Source::Delimited(table) => table.headers(),
            #[cfg(feature = "excel")]
            Source::Sheet(sheet) => sheet.headers(),
        }
    }

    /// The other sheets of a workbook of which the first is read because none is named.
    #[must_use]
    pub fn other_sheets(&self) -> &[String] {
        match &self.source {
            Source::Delimited(_) => &[],
            #[cfg(feature = "excel")]
            Source::Sheet(sheet) => sheet.others(),
        }
    }

    /// Every two columns that bear the same name, as a fault that the caller may make of it where such a name is used:
    /// the first column with the name and each other one. Columns without a name are not told.
    #[must_use]
    pub fn duplicate_headers(&self) -> Vec<Fault> {
        let mut first = std::collections::HashMap::new();
        let mut faults = Vec::new();
        for (column, header) in self.headers().iter().enumerate().filter(|(_, header)| !header.is_empty()) {
            match first.entry(header.as_str()) {
                std::collections::hash_map::Entry::Occupied(entry) => {
                    faults.push(Fault::DuplicateHeader { header: header.clone(), first: *entry.get(), second: column });
                }
                std::collections::hash_map::Entry::Vacant(entry) => {
                    entry.insert(column);
                }
            }
        }
        faults
    }

    /// The sign that seems to stand between the fields, where the header was read as one single column and seems to
    /// hold several: what to suggest where a wanted column is not found.
    #[must_use]
    pub fn likely_delimiter(&self) -> Option<char> {
        match self.headers() {
            [header] => {
                let times = |sign: &char| header.matches(*sign).count();
                [';', '\t', '|', ','].into_iter().filter(|sign| times(sign) > 0).max_by_key(times)
            }
            _ => None,
        }
    }

    /// What makes it doubtful that the encoding is the one that is told, after all rows are read.
    #[must_use]
    pub fn encoding_doubt(&self) -> Option<EncodingDoubt> {
        match &self.source {
            Source::Delimited(table) => table.encoding_doubt(),
            #[cfg(feature = "excel")]
            Source::Sheet(_) => None,
        }
    }

    /// Looks below the header for the line that holds most of some names. No row can be read afterwards.
    pub(super) fn look_below(&mut self, names: &[&str]) -> Below {
        match &mut self.source {
            Source::Delimited(table) => table.look_below(names),
            #[cfg(feature = "excel")]
            Source::Sheet(sheet) => sheet.look_below(names),
        }
    }

    /// The texts of a column of a workbook that have the format of a date and are none.
    pub(super) fn no_days(&self, column: usize) -> Vec<String> {
        match &self.source {
            Source::Delimited(_) => Vec::new(),
            #[cfg(feature = "excel")]
            Source::Sheet(sheet) => sheet.no_days(column),
        }
    }

    /// The rows that come next, where many can be had at once; none where the next one is to be read with [`Rows::next`].
    pub(super) fn next_stretch(&mut self) -> Option<Stretch<'_>> {
        match &mut self.source {
            Source::Delimited(table) => table.next_stretch(),
            #[cfg(feature = "excel")]
            Source::Sheet(_) => None,
        }
    }

    /// Reads the next row. `columns` are the indexes of the fields that are wanted, in any order: only these are decoded. Lines on
    /// which nothing stands are no rows, nor are those with nothing but delimiters.
    ///
    /// # Errors
    /// What ends the reading. A row that cannot be used is [`Next::Rejected`], and reading goes on after it.
    #[inline]
    pub fn next<'r>(&'r mut self, columns: &'r [usize]) -> Result<Next<'r>, Fault> {
        match &mut self.source {
            Source::Delimited(table) => table.next(columns),
            #[cfg(feature = "excel")]
            Source::Sheet(sheet) => Ok(sheet.next(columns)),
        }
    }

    /// How many bytes of the content are read, compressed ones where it is compressed.
    #[must_use]
    pub fn bytes_read(&self) -> u64 {
        self.count.get()
    }
}

/// What comes next in a table.
#[derive(Debug, Clone)]
pub enum Next<'r> {
    /// A row.
    Row(Row<'r>),
    /// A row that cannot be used.
    Rejected(RowFault),
    /// Nothing more.
    End,
}

/// What content that is no text turns out to be.
pub(super) fn foreign(head: &[u8]) -> Option<Foreign> {
    match head {
        [b'P', b'K', 3 | 5, ..] => Some(Foreign::Zip),
        [0xD0, 0xCF, 0x11, 0xE0, ..] => Some(Foreign::OldExcel),
        [b'%', b'P', b'D', b'F', ..] => Some(Foreign::Pdf),
        [b'P', b'A', b'R', b'1', ..] => Some(Foreign::Parquet),
        _ => None,
    }
}
