//! Text with a delimiter between the fields.
//!
//! The automaton of the crate csv is used without its reader, which would hold a record of any length in memory and
//! counts a line that is passed over to the record after it. A line without quotation marks that lies in the buffer as a
//! whole needs no automaton: its fields are what stands between its delimiters.

use super::below::{Below, LOOKED_AT};
use super::encoding::Encoding;
use super::encoding_doubt::{EncodingDoubt, Letters};
use super::error::{Fault, RowFault, Unusable};
use super::rows::{COLUMNS, FieldPlaces, Next, Row, foreign};
use csv_core::{ReadRecordResult, Reader, ReaderBuilder};
use std::io::{ErrorKind, Read};
use std::ops::Range;

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
    delimiter: u8,
    /// Whether the header was begun, which the automaton reads: it passes over a byte order mark before its first record.
    is_begun: bool,
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
    /// Whether nothing was read but ASCII, which is the same in every encoding.
    is_ascii: bool,
    signs: Signs,
}

/// The record that was read last.
#[derive(Default)]
struct Record {
    /// The text of its fields, in the first `length` bytes, where it is not a line of the buffer.
    bytes: Vec<u8>,
    length: usize,
    /// The line of the buffer that it is.
    line_of_buffer: Option<Range<usize>>,
    /// Where each field begins in the text, in the first `fields` places, and behind them where one more would.
    bounds: Vec<usize>,
    fields: usize,
    /// How many bytes stand between two fields.
    between: usize,
    /// Where it begins, and how many lines it covers.
    line: u32,
    lines: u32,
}

impl Delimited {
    /// The text of the record, with what stands between its fields.
    fn text(&self) -> &[u8] {
        match &self.record.line_of_buffer {
            Some(line) => &self.buffer[line.clone()],
            None => &self.record.bytes[..self.record.length],
        }
    }

    /// Where the fields of the record are in its text.
    fn places(&self) -> FieldPlaces<'_> {
        FieldPlaces { bounds: &self.record.bounds[..=self.record.fields], between: self.record.between }
    }

    fn field(&self, index: usize) -> &[u8] {
        self.places().get(index).and_then(|place| self.text().get(place)).unwrap_or_default()
    }

    /// Nothing but white space in all fields of the record.
    fn is_blank(&self) -> bool {
        // Most lines begin with something.
        !matches!(self.text(), [first, ..] if first.is_ascii_graphic() && *first != self.delimiter)
            && (0..self.record.fields).all(|index| self.field(index).iter().all(u8::is_ascii_whitespace))
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
            delimiter,
            is_begun: false,
            encoding,
            headers: Vec::new(),
            record: Record { bytes: vec![0; 1024], bounds: vec![0; 65], ..Record::default() },
            line: 1,
            after_return: false,
            letters: Letters::default(),
            has_null_bytes: false,
            is_ascii: true,
            signs: Signs::new(delimiter),
        };
        table.begin()?;
        loop {
            if !table.read_record()? {
                return Err(Fault::NoHeader);
            }
            if !table.is_blank() {
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
                let bytes = self.field(column);
                if bytes.contains(&0) {
                    return Err(Fault::UndecodableHeader { column, byte: 0, encoding: self.encoding });
                }
                match self.encoding.decode(bytes) {
                    Ok(text) => Ok(text.trim().to_owned()),
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
            let decoded = |field| self.encoding.decode(self.field(field)).unwrap_or_default();
            let cells: Vec<_> = (0..self.record.fields).map(decoded).collect();
            if below.note(self.record.line, cells.iter().map(|cell| cell.trim()), names) {
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
            if !self.is_blank() {
                break;
            }
        }
        let Record { line, lines, fields, .. } = self.record;
        let rejected = |what| Ok(Next::Rejected(RowFault { line, what }));
        if fields != self.headers.len() {
            let ends_empty = fields.checked_sub(1).is_some_and(|last| self.field(last).is_empty());
            return rejected(Unusable::Ragged { found: fields, wanted: self.headers.len(), lines, ends_empty });
        }
        row.begin(line);
        if !self.has_null_bytes && (self.is_ascii || self.encoding.leaves(self.text())) {
            row.take(self.text(), self.places(), columns);
            return Ok(Next::Row);
        }
        for column in columns {
            let bytes = self.field(*column);
            if bytes.contains(&0) {
                return rejected(Unusable::NullByte { column: *column });
            }
            match self.encoding.decode(bytes) {
                Ok(text) => row.push(&text),
                Err(byte) => {
                    let is_utf8 = self.encoding != Encoding::Utf8 && std::str::from_utf8(bytes).is_ok();
                    return rejected(Unusable::Undecodable { column: *column, byte, encoding: self.encoding, is_utf8 });
                }
            }
            if self.encoding != Encoding::Utf8 && !bytes.is_ascii() {
                let bytes = bytes.to_vec();
                self.letters.note(line, &bytes, self.encoding);
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
                    let new = &self.buffer[self.end..self.end + read];
                    self.has_null_bytes |= new.contains(&0);
                    self.is_ascii &= new.is_ascii();
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
        if self.is_begun && self.read_plain_line() {
            return Ok(true);
        }
        self.is_begun = true;
        self.automaton.set_line(0);
        let record = &mut self.record;
        (record.length, record.fields, record.line) = (0, 0, self.line);
        (record.line_of_buffer, record.between, record.bounds[0]) = (None, 0, 0);
        let mut length_in_file = 0;
        loop {
            let is_at_end = self.at == self.end && !self.fill()?;
            let record = &mut self.record;
            // Behind the last line, an end of line shows whether a quotation is still open.
            let input = if is_at_end { b"\n" } else { &self.buffer[self.at..self.end] };
            let (result, read, written, fields) = self.automaton.read_record(
                input,
                &mut record.bytes[record.length..],
                &mut record.bounds[record.fields + 1..],
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
                    record.bounds.resize((2 * record.bounds.len()).min(COLUMNS + 2), 0);
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

    /// Takes the next line as a record, if it lies in the buffer as a whole and has no quotation mark: those need the automaton.
    fn read_plain_line(&mut self) -> bool {
        let rest = &self.buffer[self.at..self.end];
        let bounds = &mut self.record.bounds;
        bounds[0] = 0;
        let mut fields = 0;
        // The last few bytes of the buffer are left to the automaton.
        for (number, eight) in rest.as_chunks::<8>().0.iter().enumerate() {
            for place in self.signs.places(*eight) {
                let (byte, behind) = (eight[place], 8 * number + place + 1);
                if byte == b'"' || fields >= COLUMNS {
                    return false;
                }
                fields += 1;
                if fields == bounds.len() {
                    bounds.resize(2 * fields, 0);
                }
                bounds[fields] = behind;
                if byte == self.delimiter {
                    continue;
                }
                // A carriage return alone ends a line too, and one at the end of the buffer may not be alone.
                let end = match (byte, rest.get(behind)) {
                    (b'\r', Some(b'\n')) => behind + 1,
                    (b'\n', _) => behind,
                    _ => return false,
                };
                let record = &mut self.record;
                (record.line_of_buffer, record.between) = (Some(self.at..self.at + behind - 1), 1);
                (record.fields, record.line, record.lines) = (fields, self.line, 1);
                self.line = self.line.saturating_add(1);
                self.at += end;
                return true;
            }
        }
        false
    }
}

/// The bytes that end a field, or need the automaton, each eight times over.
struct Signs([u64; 4]);

impl Signs {
    fn new(delimiter: u8) -> Signs {
        Signs([delimiter, b'\n', b'\r', b'"'].map(|sign| u64::from_le_bytes([sign; 8])))
    }

    /// Where they stand among eight bytes, which are compared all at once.
    #[inline]
    fn places(&self, eight: [u8; 8]) -> impl Iterator<Item = usize> + use<> {
        const ALL_BUT_HIGHEST: u64 = u64::from_le_bytes([0x7F; 8]);
        let bytes = u64::from_le_bytes(eight);
        // The highest bit of each byte that is 0, and of no other.
        let zeros = |bytes: u64| !(((bytes & ALL_BUT_HIGHEST) + ALL_BUT_HIGHEST) | bytes | ALL_BUT_HIGHEST);
        let mut found = self.0.iter().fold(0, |found, sign| found | zeros(bytes ^ sign));
        std::iter::from_fn(move || {
            let place = (found != 0).then(|| found.trailing_zeros() as usize / 8);
            found &= found.wrapping_sub(1);
            place
        })
    }
}
