//! Comma-separated values, with a line of names.

use crate::sheet::{Cell, Column, Failure, Sink};
use std::io::{BufWriter, Write};
use std::ops::{Range, RangeInclusive};

/// Bytes that are gathered before they are handed on.
const GATHERED: usize = 1 << 16;

/// Writes comma-separated values. What is missing is an empty field.
pub struct CsvSink<W: Write> {
    writer: BufWriter<W>,
    line: Line,
}

impl<W: Write> CsvSink<W> {
    /// Writes the names.
    ///
    /// # Errors
    /// Where that fails.
    pub fn new(writer: W, columns: &[Column]) -> Result<Self, Failure> {
        let mut sink = CsvSink { writer: BufWriter::with_capacity(GATHERED, writer), line: Line::default() };
        let names: Vec<Cell<'_>> = columns.iter().map(|column| Cell::text(column.name.as_str())).collect();
        sink.row(&names)?;
        Ok(sink)
    }
}

impl<W: Write> Sink for CsvSink<W> {
    fn row(&mut self, cells: &[Cell<'_>]) -> Result<(), Failure> {
        self.line.write(cells, 0);
        Ok(self.writer.write_all(&self.line.bytes)?)
    }

    fn rows_counting(
        &mut self,
        cells: &mut [Cell<'_>],
        place: usize,
        mut numbers: RangeInclusive<i64>,
    ) -> Result<(), Failure> {
        let Some(first) = numbers.next() else { return Ok(()) };
        cells[place] = Cell::Integer(first);
        // The lines after the first differ from it in these bytes alone: a number is never quoted.
        let mut place = self.line.write(cells, place);
        self.writer.write_all(&self.line.bytes)?;
        for number in numbers {
            if number <= 0 || !count_on(&mut self.line.bytes[place.clone()]) {
                self.line.replace(&mut place, itoa::Buffer::new().format(number).as_bytes());
            }
            self.writer.write_all(&self.line.bytes)?;
        }
        Ok(())
    }

    fn finish(&mut self) -> Result<(), Failure> {
        Ok(self.writer.flush()?)
    }
}

/// Turns the digits of a number into those of the next one, if these are as many.
fn count_on(digits: &mut [u8]) -> bool {
    let nines = digits.iter().rev().take_while(|digit| **digit == b'9').count();
    let (others, nines) = digits.split_at_mut(digits.len() - nines);
    match others.last_mut() {
        Some(last) => {
            *last += 1;
            nines.fill(b'0');
            true
        }
        None => false,
    }
}

/// Of each byte whether it never needs a quotation.
const PLAIN: [bool; 256] = {
    let mut plain = [false; 256];
    let mut byte = 0;
    while byte < 128 {
        plain[byte] = (byte as u8).is_ascii_alphanumeric() || matches!(byte as u8, b'_' | b' ' | b'.' | b'-');
        byte += 1;
    }
    plain
};

/// The line that is written last, kept for its room.
#[derive(Default)]
struct Line {
    bytes: Vec<u8>,
    /// Writes the fields that may have to be quoted. It closes a quotation with what follows a field.
    form: csv_core::Writer,
}

impl Line {
    /// Writes cells, and gives the bytes of the one at a place.
    fn write(&mut self, cells: &[Cell<'_>], place: usize) -> Range<usize> {
        self.bytes.clear();
        let mut bytes = 0..0;
        let (mut was_plain, mut are_all_plain) = (true, true);
        for (number, cell) in cells.iter().enumerate() {
            match number {
                0 => {}
                _ if was_plain => self.bytes.push(b','),
                _ => self.put(0, |form, room| form.delimiter(room).1),
            }
            let start = self.bytes.len();
            // A record of one empty field is written in a way of its own.
            let is_only = cells.len() == 1;
            was_plain = match cell {
                Cell::Integer(number) => self.field(itoa::Buffer::new().format(*number).as_bytes(), is_only),
                Cell::Text(text) => self.field(text.as_bytes(), is_only),
                _ => self.field(cell.written().as_bytes(), is_only),
            };
            are_all_plain &= was_plain;
            if number == place {
                bytes = start..self.bytes.len();
            }
        }
        if are_all_plain {
            self.bytes.push(b'\n');
        } else {
            self.put(0, |form, room| form.terminator(room).1);
        }
        bytes
    }

    /// Writes a field, and gives whether the form had no part in it.
    fn field(&mut self, text: &[u8], is_only: bool) -> bool {
        let is_plain = !is_only && text.iter().all(|byte| PLAIN[usize::from(*byte)]);
        if is_plain {
            self.bytes.extend_from_slice(text);
        } else {
            self.put(text.len(), |form, room| form.field(text, room).2);
        }
        is_plain
    }

    /// Puts another text where a field stands.
    fn replace(&mut self, place: &mut Range<usize>, text: &[u8]) {
        if place.len() == text.len() {
            self.bytes[place.clone()].copy_from_slice(text);
        } else {
            self.bytes.splice(place.clone(), text.iter().copied());
            place.end = place.start + text.len();
        }
    }

    /// Lets the form write, with room for so much text if each byte of it were a quote to be doubled, and for quotes around it.
    fn put(&mut self, most: usize, write: impl FnOnce(&mut csv_core::Writer, &mut [u8]) -> usize) {
        let start = self.bytes.len();
        self.bytes.resize(start + 2 * most + 4, 0);
        let written = write(&mut self.form, &mut self.bytes[start..]);
        self.bytes.truncate(start + written);
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn cells() -> impl Strategy<Value = Vec<Cell<'static>>> {
        let cell = prop_oneof![
            Just(Cell::Missing),
            any::<i64>().prop_map(Cell::Integer),
            any::<i16>().prop_map(|number| Cell::Number(f64::from(number) / 8.0)),
            "[a-z ,\"\n\r;é]{0,6}".prop_map(Cell::text),
        ];
        proptest::collection::vec(cell, 1..5)
    }

    proptest! {
        #[test]
        fn written_as_the_library_writes_records(rows in proptest::collection::vec((cells(), any::<usize>(), -12..102i64, 0..12i64), 0..6)) {
            let (mut ours, mut library) = (Vec::new(), csv::WriterBuilder::new().flexible(true).from_writer(Vec::new()));
            let mut sink = CsvSink::new(&mut ours, &[Column { name: "a, \"b\"".to_owned(), is_numeric: false }]).unwrap();
            library.write_record(["a, \"b\""]).unwrap();
            for (mut cells, place, first, count) in rows {
                sink.row(&cells).unwrap();
                library.write_record(cells.iter().map(|cell| cell.written().into_owned())).unwrap();
                let place = place % cells.len();
                sink.rows_counting(&mut cells, place, first..=first + count).unwrap();
                for number in first..=first + count {
                    cells[place] = Cell::Integer(number);
                    library.write_record(cells.iter().map(|cell| cell.written().into_owned())).unwrap();
                }
            }
            sink.finish().unwrap();
            drop(sink);
            prop_assert_eq!(String::from_utf8(ours).unwrap(), String::from_utf8(library.into_inner().unwrap()).unwrap());
        }
    }
}
