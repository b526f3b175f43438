//! Text with a delimiter between the fields.
//!
//! The automaton of the crate csv is used without its reader, which would hold a record of any length in memory and
//! counts a line that is passed over to the record after it. A line without quotation marks that lies in the buffer as a
//! whole needs no automaton: its fields are what stands between its delimiters.

use super::below::{Below, LOOKED_AT};
use super::encoding::Encoding;
use super::encoding_doubt::{EncodingDoubt, Letters};
use super::error::{Fault, RowFault, Unusable};
use super::marks::Marks;
use super::row::{FieldPlaces, Row, Written};
use super::rows::{COLUMNS, Next, foreign};
use super::stretch::{EndOfLine, Stretch};
use csv_core::{ReadRecordResult, Reader, ReaderBuilder};
use std::io::{ErrorKind, Read};
use std::ops::Range;

/// How many bytes a record may have.
pub(super) const RECORD: usize = 16 << 20;
/// How many bytes are read at once.
const BUFFER: usize = 1 << 15;

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
    /// Whether a quotation mark, or a carriage return, is in the buffer.
    has_quotations: bool,
    has_returns: bool,
    /// Where fields and lines end in the buffer, once that was looked for, and the line that comes next there.
    marks: Marks,
    is_marked: bool,
    next_line: usize,
    /// The mark that was put before a carriage return, for the record that was read last.
    before_return: Option<usize>,
    /// What each of the marked lines ends with, if all are plain: in UTF-8, and without quotation marks and null bytes.
    plain: Option<EndOfLine>,
    /// The cells of the row, where they had to be decoded.
    decoded: Written,
}

/// The record that was read last.
#[derive(Default)]
struct Record {
    /// Where it is in the buffer, if it is a plain line there, and which of the marks end its fields.
    plain: Option<(Range<usize>, Range<usize>)>,
    /// Of any other its fields, one after another, in the first `length` bytes.
    bytes: Vec<u8>,
    length: usize,
    /// And where each of them ends, in the first `fields` places.
    ends: Vec<usize>,
    fields: usize,
    /// Where it begins, and how many lines it covers.
    line: u32,
    lines: u32,
}

impl Delimited {
    /// The text of the record, with what stands between its fields.
    fn text(&self) -> &[u8] {
        match &self.record.plain {
            Some((place, _)) => &self.buffer[place.clone()],
            None => &self.record.bytes[..self.record.length],
        }
    }

    /// The fields of the record: a text, and where they are in it.
    #[inline]
    fn fields(&self) -> (&[u8], FieldPlaces<'_>) {
        match &self.record.plain {
            Some((place, marks)) => {
                let places = FieldPlaces { begin: place.start, ends: &self.marks.ends()[marks.clone()], between: 1 };
                (&self.buffer, places)
            }
            None => {
                let ends = &self.record.ends[..self.record.fields];
                (&self.record.bytes, FieldPlaces { begin: 0, ends, between: 0 })
            }
        }
    }

    fn field(&self, index: usize) -> &[u8] {
        let (text, places) = self.fields();
        places.get(index).and_then(|place| text.get(place)).unwrap_or_default()
    }

    /// Nothing but white space in all fields of the record.
    #[inline]
    fn is_blank(&self) -> bool {
        // Most lines begin with something.
        let begins = matches!(self.text(), [first, ..] if first.is_ascii_graphic() && *first != self.delimiter);
        !begins && self.has_blank_fields()
    }

    #[cold]
    fn has_blank_fields(&self) -> bool {
        (0..self.record.fields).all(|index| self.field(index).iter().all(u8::is_ascii_whitespace))
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
            record: Record { bytes: vec![0; 1024], ends: vec![0; 64], ..Record::default() },
            line: 1,
            after_return: false,
            letters: Letters::default(),
            has_null_bytes: false,
            is_ascii: true,
            has_quotations: false,
            has_returns: false,
            marks: Marks::default(),
            is_marked: false,
            next_line: 0,
            before_return: None,
            plain: None,
            decoded: Written::default(),
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
    #[inline]
    pub(super) fn next<'r>(&'r mut self, columns: &'r [usize]) -> Result<Next<'r>, Fault> {
        loop {
            if !self.read_record()? {
                return Ok(Next::End);
            }
            if !self.is_blank() {
                break;
            }
        }
        let Record { line, fields, .. } = self.record;
        if fields != self.headers.len() {
            return Ok(Next::Rejected(self.ragged()));
        }
        if !self.has_null_bytes && (self.is_ascii || self.encoding.leaves(self.text())) {
            let (text, places) = self.fields();
            return Ok(Next::Row(Row::new(text, places, columns, line)));
        }
        match self.decode(columns) {
            Ok(()) => Ok(Next::Row(self.decoded.row(line))),
            Err(what) => Ok(Next::Rejected(RowFault { line, what })),
        }
    }

    /// The rows that come next, as far as they lie plainly in the buffer; none where the next one has to be looked at by itself.
    pub(super) fn next_stretch(&mut self) -> Option<Stretch<'_>> {
        self.mark();
        let end_of_line = self.plain?;
        // What stands before the first line of the buffer is not in it.
        let before = self.next_line.checked_sub(1)?;
        let (ends, lines, width) = (self.marks.ends(), &self.marks.lines, self.headers.len());
        let first = lines[before];
        if ends[first] + 1 != self.at {
            return None;
        }
        let is_row = |(number, line): (usize, &usize)| {
            let begin = self.buffer[ends[first + number * width] + 1];
            *line == first + (number + 1) * width && begin.is_ascii_graphic() && begin != self.delimiter
        };
        let rows = lines[self.next_line..].iter().enumerate().take_while(|line| is_row(*line)).count();
        let last = first + rows * width;
        let line = self.line;
        self.line = self.line.saturating_add(rows as u32);
        self.at = ends[last] + 1;
        self.next_line += rows;
        (rows > 0).then(|| Stretch::new(&self.buffer, &ends[first..=last], width, end_of_line, line))
    }

    #[cold]
    fn ragged(&self) -> RowFault {
        let Record { line, lines, fields, .. } = self.record;
        let ends_empty = fields.checked_sub(1).is_some_and(|last| self.field(last).is_empty());
        RowFault { line, what: Unusable::Ragged { found: fields, wanted: self.headers.len(), lines, ends_empty } }
    }

    /// Decodes the wanted fields of the record.
    fn decode(&mut self, columns: &[usize]) -> Result<(), Unusable> {
        let mut decoded = std::mem::take(&mut self.decoded);
        decoded.begin();
        for column in columns {
            let bytes = self.field(*column);
            if bytes.contains(&0) {
                return Err(Unusable::NullByte { column: *column });
            }
            match self.encoding.decode(bytes) {
                Ok(text) => decoded.push(&text),
                Err(byte) => {
                    let is_utf8 = self.encoding != Encoding::Utf8 && std::str::from_utf8(bytes).is_ok();
                    return Err(Unusable::Undecodable { column: *column, byte, encoding: self.encoding, is_utf8 });
                }
            }
            if self.encoding != Encoding::Utf8 && !bytes.is_ascii() {
                let bytes = bytes.to_vec();
                self.letters.note(self.record.line, &bytes, self.encoding);
            }
        }
        self.decoded = decoded;
        Ok(())
    }

    /// Reads more into the buffer behind what is in it, which must leave room; false at the end of the content.
    fn fill(&mut self) -> Result<bool, Fault> {
        if self.at == self.end {
            (self.at, self.end) = (0, 0);
            (self.has_quotations, self.has_returns) = (false, false);
        }
        self.is_marked = false;
        loop {
            match self.content.read(&mut self.buffer[self.end..]) {
                Ok(read) => {
                    let new = &self.buffer[self.end..self.end + read];
                    self.is_ascii &= new.is_ascii();
                    if memchr::memchr3(0, b'"', b'\r', new).is_some() {
                        self.has_null_bytes |= new.contains(&0);
                        self.has_quotations |= new.contains(&b'"');
                        self.has_returns |= new.contains(&b'\r');
                    }
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
        (record.plain, record.length, record.fields, record.line) = (None, 0, 0, self.line);
        let mut length_in_file = 0;
        loop {
            let is_at_end = self.at == self.end && !self.fill()?;
            let record = &mut self.record;
            // Behind the last line, an end of line shows whether a quotation is still open.
            let input = if is_at_end { b"\n" } else { &self.buffer[self.at..self.end] };
            let (result, read, written, fields) = self.automaton.read_record(
                input,
                &mut record.bytes[record.length..],
                &mut record.ends[record.fields..],
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
                    record.ends.resize((2 * record.ends.len()).min(COLUMNS + 1), 0);
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

    /// What each line of the buffer ends with, if it is the same and all are their own text.
    fn plain_lines(&self) -> Option<EndOfLine> {
        let (ends, lines) = (self.marks.ends(), &self.marks.lines);
        let text = &self.buffer[self.at..ends[*lines.last()?].max(self.at)];
        if !self.encoding.leaves(text) {
            return None;
        }
        if !self.has_returns {
            return Some(EndOfLine::Feed);
        }
        let returns = memchr::memchr_iter(b'\r', text).count();
        let feeds = lines.iter().map(|line| ends[*line]).filter(|feed| *feed > self.at);
        let are_all = feeds.clone().all(|feed| self.buffer[feed - 1] == b'\r') && feeds.count() == returns;
        are_all.then_some(EndOfLine::ReturnAndFeed)
    }

    /// Finds the lines that lie in the buffer as a whole, once for each time that it is filled, and which of them comes next.
    #[inline]
    fn mark(&mut self) {
        if !self.is_marked {
            self.marks.find(&self.buffer[..self.end], self.delimiter);
            (self.is_marked, self.next_line, self.before_return) = (true, 0, None);
            self.plain = if self.has_quotations || self.has_null_bytes { None } else { self.plain_lines() };
        }
        if let Some(mark) = self.before_return.take() {
            *self.marks.end_mut(mark) += 1;
        }
        // What the automaton read is passed over.
        let (ends, lines) = (self.marks.ends(), &self.marks.lines);
        while lines.get(self.next_line).is_some_and(|line| ends[*line] < self.at) {
            self.next_line += 1;
        }
    }

    /// Takes the next line as a record, if it lies in the buffer as a whole and has no quotation mark: those need the automaton.
    fn read_plain_line(&mut self) -> bool {
        self.mark();
        let (ends, lines) = (self.marks.ends(), &self.marks.lines);
        let Some(last) = lines.get(self.next_line).copied() else { return false };
        let mut first = self.next_line.checked_sub(1).map_or(0, |before| lines[before] + 1);
        while ends[first] < self.at {
            first += 1;
        }
        let (line_feed, fields) = (ends[last], last + 1 - first);
        let mut end = line_feed;
        if self.has_quotations || self.has_returns {
            match memchr::memchr2(b'"', b'\r', &self.buffer[self.at..line_feed]) {
                None => {}
                Some(place) if self.at + place + 1 == line_feed && self.buffer[line_feed - 1] == b'\r' => {
                    end -= 1;
                    *self.marks.end_mut(last) = end;
                    self.before_return = Some(last);
                }
                // A carriage return elsewhere ends a line too.
                Some(_) => return false,
            }
        }
        if fields > COLUMNS {
            return false;
        }
        let record = &mut self.record;
        (record.plain, record.fields) = (Some((self.at..end, first..last + 1)), fields);
        (record.line, record.lines) = (self.line, 1);
        self.line = self.line.saturating_add(1);
        self.at = line_feed + 1;
        self.next_line += 1;
        true
    }
}
