//! Text with a delimiter between the fields.
//!
//! The automaton of the crate csv is used without its reader, which would hold a record of any length in memory and
//! counts a line that is passed over to the record after it.

use super::below::{Below, LOOKED_AT};
use super::encoding::Encoding;
use super::encoding_doubt::{EncodingDoubt, Letters};
use super::error::{Fault, RowFault, Unusable};
use super::rows::{COLUMNS, Next, Row, foreign};
use csv_core::{ReadRecordResult, Reader, ReaderBuilder};
use std::io::{ErrorKind, Read};

/// How many bytes a record may have.
pub(super) const RECORD: usize = 16 << 20;
/// How many bytes are read at once.
const BUFFER: usize = 1 << 16;

/// A table in text.
pub(super) struct Delimited {
    content: Box<dyn Read>,
    /// What is read and not yet used is `buffer[at..end]`.
    buffer: Vec<u8>,
    at: usize,
    end: usize,
    automaton: Reader,
    encoding: Encoding,
    headers: Vec<String>,
    record: Record,
    /// The line that comes next, from 1.
    line: u32,
    /// Whether a carriage return came last: a line feed after it is the same end of a line.
    after_return: bool,
    /// What the wanted cells show of the encoding, where it is told.
    letters: Letters,
    /// Whether any null byte was read: only then are cells looked through for one.
    has_null_bytes: bool,
}

/// The record that was read last.
#[derive(Default)]
struct Record {
    /// Its fields without what separates them, in the first `length` bytes.
    bytes: Vec<u8>,
    length: usize,
    /// Where each field ends, in the first `fields` places behind a 0: a field lies between two neighbours.
    ends: Vec<usize>,
    fields: usize,
    /// Where it begins, and how many lines it covers.
    line: u32,
    lines: u32,
}

impl Record {
    fn bytes(&self) -> &[u8] {
        &self.bytes[..self.length]
    }

    /// Where its fields begin, and where the last one ends.
    fn bounds(&self) -> &[usize] {
        &self.ends[..=self.fields]
    }

    fn field(&self, index: usize) -> &[u8] {
        match self.bounds().get(index..index + 2) {
            Some([start, end]) => &self.bytes[*start..*end],
            _ => &[],
        }
    }

    /// Nothing but white space in all of its fields.
    fn is_blank(&self) -> bool {
        self.bytes().iter().all(u8::is_ascii_whitespace)
    }
}

impl Delimited {
    /// Begins to read, up to the end of the header.
    pub(super) fn open(content: Box<dyn Read>, delimiter: u8, encoding: Encoding) -> Result<Self, Fault> {
        let mut table = Delimited {
            content,
            buffer: vec![0; BUFFER],
            at: 0,
            end: 0,
            automaton: ReaderBuilder::new().delimiter(delimiter).build(),
            encoding,
            headers: Vec::new(),
            record: Record { bytes: vec![0; 1024], ends: vec![0; 65], ..Record::default() },
            line: 1,
            after_return: false,
            letters: Letters::default(),
            has_null_bytes: false,
        };
        table.begin()?;
        loop {
            if !table.read_record()? {
                return Err(Fault::NoHeader);
            }
            if !table.record.is_blank() {
                break;
            }
        }
        table.headers = table.read_headers()?;
        Ok(table)
    }

    pub(super) fn headers(&self) -> &[String] {
        &self.headers
    }

    /// Looks at the first bytes, and passes over a byte order mark.
    fn begin(&mut self) -> Result<(), Fault> {
        while self.end < 4 && self.fill()? {}
        let head = &self.buffer[..self.end];
        if head.is_empty() {
            return Err(Fault::Empty);
        }
        if let Some(found) = foreign(head) {
            return Err(Fault::NotText { found });
        }
        match head {
            // A file of null bytes, as a damaged disk leaves it: the header will tell.
            [0, 0, ..] => {}
            [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] | [0, _, ..] | [_, 0, ..] => return Err(Fault::Utf16),
            [0xEF, 0xBB, 0xBF, ..] => self.at = 3,
            _ => {}
        }
        Ok(())
    }

    fn read_headers(&self) -> Result<Vec<String>, Fault> {
        (0..self.record.fields)
            .map(|column| {
                let bytes = self.record.field(column);
                if bytes.contains(&0) {
                    return Err(Fault::UndecodableHeader { column, byte: 0, encoding: self.encoding });
                }
                let mut text = String::new();
                match self.encoding.decode(bytes, &mut text) {
                    Ok(()) => Ok(text.trim().to_owned()),
                    Err(byte) => Err(Fault::UndecodableHeader { column, byte, encoding: self.encoding }),
                }
            })
            .collect()
    }

    /// What makes it doubtful that the encoding is right.
    pub(super) fn encoding_doubt(&self) -> Option<EncodingDoubt> {
        self.letters.doubt(self.encoding)
    }

    /// Looks, in the lines that come next, for the one that holds most of some names; and for the most fields of a line.
    pub(super) fn look_below(&mut self, names: &[&str]) -> Below {
        let mut below = Below::default();
        for _ in 0..LOOKED_AT {
            let Ok(true) = self.read_record() else { break };
            let mut text = String::new();
            let cells = (0..self.record.fields).map(|field| {
                text.clear();
                let decoded = self.encoding.decode(self.record.field(field), &mut text);
                decoded.map_or("", |()| text.trim()).to_owned()
            });
            let cells: Vec<String> = cells.collect();
            if below.note(self.record.line, cells.iter().map(String::as_str), names) {
                break;
            }
        }
        below
    }

    /// The next row; see [`super::Rows::next`].
    pub(super) fn next(&mut self, columns: &[usize], row: &mut Row) -> Result<Next, Fault> {
        loop {
            if !self.read_record()? {
                return Ok(Next::End);
            }
            if !self.record.is_blank() {
                break;
            }
        }
        let Record { line, lines, fields, .. } = self.record;
        let rejected = |what| Ok(Next::Rejected(RowFault { line, what }));
        if fields != self.headers.len() {
            let ends_empty = fields.checked_sub(1).is_some_and(|last| self.record.field(last).is_empty());
            return rejected(Unusable::Ragged { found: fields, wanted: self.headers.len(), lines, ends_empty });
        }
        row.begin(line);
        if !self.has_null_bytes
            && let Some(text) = self.encoding.whole(self.record.bytes())
        {
            row.take(text, self.record.bounds(), columns);
            return Ok(Next::Row);
        }
        for column in columns {
            let bytes = self.record.field(*column);
            if bytes.contains(&0) {
                return rejected(Unusable::NullByte { column: *column });
            }
            if let Err(byte) = row.add(|text| self.encoding.decode(bytes, text)) {
                let is_utf8 = self.encoding != Encoding::Utf8 && std::str::from_utf8(bytes).is_ok();
                return rejected(Unusable::Undecodable { column: *column, byte, encoding: self.encoding, is_utf8 });
            }
            if self.encoding != Encoding::Utf8 && !bytes.is_ascii() {
                self.letters.note(line, bytes, self.encoding);
            }
        }
        Ok(Next::Row)
    }

    /// Reads more into the buffer behind what is in it, which must leave room; false at the end of the content.
    fn fill(&mut self) -> Result<bool, Fault> {
        if self.at == self.end {
            (self.at, self.end) = (0, 0);
        }
        loop {
            match self.content.read(&mut self.buffer[self.end..]) {
                Ok(read) => {
                    self.has_null_bytes |= self.buffer[self.end..self.end + read].contains(&0);
                    self.end += read;
                    return Ok(read > 0);
                }
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Err(error.into()),
            }
        }
    }

    /// Passes over the ends of lines before a record; false at the end of the content.
    fn skip_ends_of_lines(&mut self) -> Result<bool, Fault> {
        loop {
            while let Some(byte) = self.buffer[self.at..self.end].first() {
                match byte {
                    b'\n' if self.after_return => {}
                    b'\n' | b'\r' => self.line = self.line.saturating_add(1),
                    _ => return Ok(true),
                }
                self.after_return = *byte == b'\r';
                self.at += 1;
            }
            if !self.fill()? {
                return Ok(false);
            }
        }
    }

    /// Reads the next record that is no empty line; false at the end of the content.
    fn read_record(&mut self) -> Result<bool, Fault> {
        if !self.skip_ends_of_lines()? {
            return Ok(false);
        }
        self.after_return = false;
        self.automaton.set_line(0);
        let record = &mut self.record;
        (record.length, record.fields, record.line) = (0, 0, self.line);
        let mut length_in_file = 0;
        loop {
            let is_at_end = self.at == self.end && !self.fill()?;
            let record = &mut self.record;
            // Behind the last line, an end of line shows whether a quotation is still open.
            let input = if is_at_end { b"\n" } else { &self.buffer[self.at..self.end] };
            let (result, read, written, fields) = self.automaton.read_record(
                input,
                &mut record.bytes[record.length..],
                &mut record.ends[record.fields + 1..],
            );
            record.length += written;
            record.fields += fields;
            length_in_file += read;
            self.after_return = !is_at_end && read > 0 && input[read - 1] == b'\r';
            if !is_at_end {
                self.at += read;
            }
            if length_in_file > RECORD {
                return Err(Fault::RecordTooLong { line: record.line });
            }
            match result {
                ReadRecordResult::InputEmpty if is_at_end => {
                    return Err(Fault::UnclosedQuotation { line: record.line });
                }
                ReadRecordResult::InputEmpty => {}
                ReadRecordResult::OutputFull => record.bytes.resize(2 * record.bytes.len(), 0),
                ReadRecordResult::OutputEndsFull if record.fields <= COLUMNS => {
                    record.ends.resize((2 * record.ends.len()).min(COLUMNS + 2), 0);
                }
                ReadRecordResult::OutputEndsFull => return Err(Fault::TooManyColumns { line: record.line }),
                ReadRecordResult::Record | ReadRecordResult::End => break,
            }
        }
        if self.record.fields > COLUMNS {
            return Err(Fault::TooManyColumns { line: self.record.line });
        }
        let ends = self.automaton.line() as u32 + u32::from(self.after_return);
        self.line = self.line.saturating_add(ends);
        self.record.lines = ends.max(1);
        Ok(true)
    }
}
