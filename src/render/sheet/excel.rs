//! An Excel workbook with one sheet.

use crate::sheet::{Cell, Column, Failure, Sink};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, XlsxError};
use std::io::{self, Write};

/// A sheet has so many rows, the line of names included.
pub const MOST_ROWS: usize = 1_048_576;

/// Writes a workbook; it is put together when all rows are there.
pub struct ExcelSink<W: Write + Send> {
    writer: W,
    workbook: Workbook,
    /// Rows so far.
    rows: u32,
    columns: usize,
}

impl<W: Write + Send> ExcelSink<W> {
    /// Begins the sheet with the names, which stay in sight.
    ///
    /// # Errors
    /// Where there is no room for what the sheet holds until it is put together.
    pub fn new(writer: W, columns: &[Column]) -> Result<Self, Failure> {
        let mut workbook = Workbook::new();
        // The library would take the clock; the same answers give the same bytes.
        let beginning = ExcelDateTime::from_ymd(2000, 1, 1).map_err(failure)?;
        workbook.set_properties(&DocProperties::new().set_creation_datetime(&beginning));
        let bold = Format::new().set_bold();
        // Rows go to a file that the library removes; words that recur are kept once.
        let sheet = workbook.add_worksheet_with_low_memory().map_err(failure)?;
        sheet.set_name("panel").map_err(failure)?;
        sheet.set_freeze_panes(1, 0).map_err(failure)?;
        for (place, column) in columns.iter().enumerate() {
            sheet.write_string_with_format(0, place_of(place), &column.name, &bold).map_err(failure)?;
        }
        Ok(ExcelSink { writer, workbook, rows: 1, columns: columns.len() })
    }
}

impl<W: Write + Send> Sink for ExcelSink<W> {
    fn row(&mut self, cells: &[Cell<'_>]) -> Result<(), Failure> {
        if self.rows as usize >= MOST_ROWS {
            return Err(Failure::TooManyRows { most: MOST_ROWS - 1 });
        }
        let sheet = self.workbook.worksheet_from_index(0).map_err(failure)?;
        for (place, cell) in cells.iter().enumerate() {
            let place = place_of(place);
            match cell {
                Cell::Missing => continue,
                Cell::Text(text) => sheet.write_string(self.rows, place, text.as_ref()),
                Cell::Integer(number) => sheet.write_number(self.rows, place, *number as f64),
                Cell::Number(number) => sheet.write_number(self.rows, place, *number),
            }
            .map_err(failure)?;
        }
        self.rows += 1;
        Ok(())
    }

    fn finish(&mut self) -> Result<(), Failure> {
        if self.rows > 1 && self.columns > 0 {
            let sheet = self.workbook.worksheet_from_index(0).map_err(failure)?;
            sheet.autofilter(0, 0, self.rows - 1, place_of(self.columns - 1)).map_err(failure)?;
        }
        self.workbook.save_to_writer(&mut self.writer).map_err(failure)?;
        Ok(self.writer.flush()?)
    }
}

fn place_of(column: usize) -> u16 {
    u16::try_from(column).unwrap_or(u16::MAX)
}

fn failure(error: XlsxError) -> Failure {
    match error {
        XlsxError::IoError(error) => Failure::Refused(error),
        other => Failure::Refused(io::Error::other(other.to_string())),
    }
}
