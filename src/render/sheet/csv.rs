//! Comma-separated values, with a line of names.

use crate::sheet::{Cell, Column, Failure, Sink};
use std::io::{self, Write};

/// Writes comma-separated values. What is missing is an empty field.
pub struct CsvSink<W: Write> {
    writer: ::csv::Writer<W>,
    /// The row that is written, kept for its room.
    record: ::csv::ByteRecord,
}

impl<W: Write> CsvSink<W> {
    /// Writes the names.
    ///
    /// # Errors
    /// Where that fails.
    pub fn new(writer: W, columns: &[Column]) -> Result<Self, Failure> {
        let mut sink = CsvSink { writer: ::csv::Writer::from_writer(writer), record: ::csv::ByteRecord::new() };
        sink.writer.write_record(columns.iter().map(|column| column.name.as_str())).map_err(failure)?;
        Ok(sink)
    }
}

impl<W: Write> Sink for CsvSink<W> {
    fn row(&mut self, cells: &[Cell<'_>]) -> Result<(), Failure> {
        self.record.clear();
        for cell in cells {
            match cell {
                Cell::Integer(number) => self.record.push_field(itoa::Buffer::new().format(*number).as_bytes()),
                _ => self.record.push_field(cell.written().as_bytes()),
            }
        }
        // A whole record goes faster to the buffer than its fields do.
        self.writer.write_byte_record(&self.record).map_err(failure)?;
        Ok(())
    }

    fn finish(&mut self) -> Result<(), Failure> {
        Ok(self.writer.flush()?)
    }
}

/// What the stream said, so that a reader who has seen enough is recognised.
fn failure(error: ::csv::Error) -> Failure {
    match error.into_kind() {
        ::csv::ErrorKind::Io(error) => Failure::Refused(error),
        other => Failure::Refused(io::Error::other(format!("{other:?}"))),
    }
}
