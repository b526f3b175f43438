//! A sheet of a workbook of Excel.

use super::below::{Below, LOOKED_AT};
use super::bytes::TIMES;
use super::error::Fault;
use super::row::Written;
use super::rows::{COLUMNS, Next};
use calamine::{Data, DataRef, ExcelDateTime, Reader, SheetType, Xlsx, XlsxError};
use std::io::{Cursor, Read};

/// How many bytes a workbook may have, packed or unpacked, and how many the text of a sheet.
const UNPACKED: u64 = 1 << 30;
/// Beyond this many bytes, a workbook may have [`TIMES`] times its own size when it is unpacked.
const UNSUSPICIOUS: u64 = 100 << 20;

/// The cells of a sheet that hold something, in the order of rows and columns.
pub(super) struct Sheet {
    headers: Vec<String>,
    /// Those that were not asked for, where none was.
    others: Vec<String>,
    cells: Vec<Cell>,
    text: String,
    /// The texts of cells that have the format of a date and hold no day that Excel knows, each once, with their columns.
    no_days: Vec<(u32, String)>,
    /// The first cell that is not yet read.
    at: usize,
    /// The row that was read last.
    row: Written,
}

struct Cell {
    /// From 0.
    row: u32,
    column: u32,
    /// Where it lies in the text.
    start: u32,
    end: u32,
}

impl Sheet {
    /// Reads a sheet, or the first one.
    pub(super) fn open(content: impl Read, wanted: Option<&str>) -> Result<Self, Fault> {
        let mut bytes = Vec::new();
        content.take(UNPACKED + 1).read_to_end(&mut bytes)?;
        if bytes.is_empty() {
            return Err(Fault::Empty);
        }
        if let [0xD0, 0xCF, 0x11, 0xE0, ..] = bytes.as_slice() {
            return Err(not_excel("a workbook in the older form of Excel, or one with a password"));
        }
        if !bytes.starts_with(b"PK") {
            return Err(not_excel("not a workbook, by its first bytes"));
        }
        measure(&bytes)?;
        let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|error| damaged(&error))?;
        let sheets: Vec<String> = workbook
            .sheets_metadata()
            .iter()
            .filter(|sheet| sheet.typ == SheetType::WorkSheet)
            .map(|sheet| sheet.name.clone())
            .collect();
        let found = match wanted {
            Some(wanted) => sheets.iter().find(|sheet| *sheet == wanted),
            None => sheets.first(),
        };
        let Some(name) = found else {
            return Err(Fault::NoSuchSheet { wanted: wanted.map(str::to_owned), sheets });
        };
        let others = if wanted.is_some() { Vec::new() } else { sheets[1..].to_vec() };
        let mut sheet = Sheet {
            headers: Vec::new(),
            others,
            cells: Vec::new(),
            text: String::new(),
            no_days: Vec::new(),
            at: 0,
            row: Written::default(),
        };
        sheet.read_cells(&mut workbook, name)?;
        sheet.read_headers()?;
        Ok(sheet)
    }

    pub(super) fn headers(&self) -> &[String] {
        &self.headers
    }

    pub(super) fn others(&self) -> &[String] {
        &self.others
    }

    /// The next row; see [`super::Rows::next`].
    pub(super) fn next(&mut self, columns: &[usize]) -> Next<'_> {
        let Some(first) = self.cells.get(self.at) else {
            return Next::End;
        };
        let number = first.row;
        let cells = &self.cells[self.at..];
        let cells = &cells[..cells.partition_point(|cell| cell.row == number)];
        self.at += cells.len();
        self.row.begin();
        for column in columns {
            let cell = cells.binary_search_by_key(column, |cell| cell.column as usize);
            self.row.push(cell.map_or("", |index| text_of(&self.text, &cells[index])));
        }
        Next::Row(self.row.row(number.saturating_add(1)))
    }

    /// Looks, in the rows below the header, for the one that holds most of some names; and for the most cells of a row.
    pub(super) fn look_below(&self, names: &[&str]) -> Below {
        let mut below = Below::default();
        for row in self.cells[self.at..].chunk_by(|one, other| one.row == other.row).take(LOOKED_AT) {
            let cells = row.iter().map(|cell| text_of(&self.text, cell).trim());
            if below.note(row[0].row.saturating_add(1), cells, names) {
                break;
            }
        }
        below
    }

    fn read_cells(&mut self, workbook: &mut Xlsx<Cursor<Vec<u8>>>, name: &str) -> Result<(), Fault> {
        let mut reader = workbook.worksheet_cells_reader(name).map_err(|error| damaged(&error))?;
        while let Some(cell) = reader.next_cell().map_err(|error| damaged(&error))? {
            let (row, column) = cell.get_position();
            let start = self.text.len();
            write(cell.get_value(), &mut self.text);
            if self.text[start..].trim().is_empty() {
                self.text.truncate(start);
                continue;
            }
            if column as usize >= COLUMNS {
                return Err(Fault::TooManyColumns { line: row.saturating_add(1) });
            }
            if self.text.len() as u64 > UNPACKED {
                return Err(Fault::ExpandsTooFar);
            }
            if is_no_day(cell.get_value()) {
                self.note_no_day(column, start);
            }
            // No text is longer than 1 GiB, so the casts cannot wrap.
            self.cells.push(Cell { row, column, start: start as u32, end: self.text.len() as u32 });
        }
        let place = |cell: &Cell| (cell.row, cell.column);
        if !self.cells.is_sorted_by_key(place) {
            self.cells.sort_by_key(place);
        }
        self.cells.dedup_by_key(|cell| place(cell));
        Ok(())
    }

    fn note_no_day(&mut self, column: u32, start: usize) {
        let text = self.text.get(start..).unwrap_or("");
        if !self.no_days.iter().any(|(of, known)| *of == column && known == text) {
            self.no_days.push((column, text.to_owned()));
        }
    }

    /// The texts of a column that are counts of days, and of none that Excel knows.
    pub(super) fn no_days(&self, column: usize) -> Vec<String> {
        self.no_days.iter().filter(|(of, _)| *of as usize == column).map(|(_, text)| text.clone()).collect()
    }

    /// The first row with something in it names the columns, up to the last that it names.
    fn read_headers(&mut self) -> Result<(), Fault> {
        let first = self.cells.first().ok_or(Fault::NoHeader)?.row;
        let end = self.cells.partition_point(|cell| cell.row == first);
        for cell in &self.cells[..end] {
            self.headers.resize(cell.column as usize, String::new());
            self.headers.push(text_of(&self.text, cell).trim().to_owned());
        }
        self.at = end;
        Ok(())
    }
}

/// The text of a cell, among that of all.
fn text_of<'t>(text: &'t str, cell: &Cell) -> &'t str {
    text.get(cell.start as usize..cell.end as usize).unwrap_or("")
}

fn not_excel(reason: impl Into<String>) -> Fault {
    Fault::NotExcel { reason: reason.into() }
}

fn damaged(error: &XlsxError) -> Fault {
    match error {
        XlsxError::Password => not_excel("a workbook with a password"),
        XlsxError::FileNotFound(part) => not_excel(format!("it has no part `{part}`, which every workbook has")),
        _ => not_excel("it is damaged: what it says of its sheets or cells cannot be read"),
    }
}

/// Unpacks everything in a workbook and keeps nothing, to know that it is not too large.
fn measure(bytes: &[u8]) -> Result<(), Fault> {
    let size = bytes.len() as u64;
    if size > UNPACKED {
        return Err(Fault::ExpandsTooFar);
    }
    let cut_off = || not_excel("it is damaged: its end is missing; was it saved or downloaded whole?");
    let broken = || not_excel("it is damaged: a part of it cannot be unpacked");
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|_| cut_off())?;
    let limit = if size.saturating_mul(TIMES) > UNPACKED { UNPACKED } else { UNSUSPICIOUS.max(size * TIMES) };
    let mut unpacked = 0;
    for index in 0..archive.len() {
        let entry = archive.by_index(index).map_err(|_| broken())?;
        let name = entry.name().map_err(|_| broken())?;
        let holds_texts = name.to_lowercase().ends_with("sharedstrings.xml");
        let mut content = entry.take(limit + 1 - unpacked);
        unpacked += if holds_texts {
            let mut texts = Vec::new();
            content.read_to_end(&mut texts).map_err(|_| broken())?;
            if !is_honest(&texts) {
                return Err(not_excel("it is damaged: it tells a wrong number of texts"));
            }
            texts.len() as u64
        } else {
            std::io::copy(&mut content, &mut std::io::sink()).map_err(|_| broken())?
        };
        if unpacked > limit {
            return Err(Fault::ExpandsTooFar);
        }
    }
    Ok(())
}

/// Whether the texts of a workbook can be as many as it says. Memory is laid out for so many before the first is read.
fn is_honest(texts: &[u8]) -> bool {
    const COUNT: &[u8] = b"uniqueCount";
    // Neither byte stands in XML; in UTF-16 and ISO-2022 they could hide the word.
    if texts.iter().any(|byte| matches!(byte, 0 | 0x1B)) {
        return false;
    }
    let told = texts.windows(COUNT.len()).enumerate().filter(|(_, word)| *word == COUNT).map(|(at, _)| {
        let digits = texts[at + COUNT.len()..].iter().skip_while(|byte| !byte.is_ascii_digit());
        digits
            .take_while(|byte| byte.is_ascii_digit())
            .fold(0_usize, |number, digit| number.saturating_mul(10).saturating_add(usize::from(digit - b'0')))
    });
    // The shortest text is `<si/>`.
    told.into_iter().all(|count| count <= texts.len() / 5)
}

/// Writes a cell as scholars would type it: a number without a needless `.0`, a day as `1992-05-15`, a truth value as `1`
/// or `0`, an error of Excel as Excel shows it (`#N/A`), so that a program can call it missing.
fn write(value: &DataRef<'_>, text: &mut String) {
    match value {
        DataRef::Empty => {}
        DataRef::String(value) => text.push_str(value),
        DataRef::SharedString(value) => text.push_str(value),
        DataRef::Bool(value) => text.push(if *value { '1' } else { '0' }),
        DataRef::DateTime(value) => write_day(value, text),
        // A day of ISO 8601, perhaps with a time behind it.
        DataRef::DateTimeIso(value) => text.push_str(value.split('T').next().unwrap_or(value)),
        DataRef::Float(value) => text.push_str(&number(*value)),
        DataRef::Int(value) => text.push_str(&value.to_string()),
        other => text.push_str(&Data::from(other.clone()).to_string()),
    }
}

/// The shortest text from which the same number can be read.
fn number(value: f64) -> String {
    if value == 0.0 { "0".to_owned() } else { value.to_string() }
}

/// Whether a cell has the format of a date and its number lies before the days of Excel: as a year it would be one before Christ.
fn is_no_day(value: &DataRef<'_>) -> bool {
    matches!(value, DataRef::DateTime(value) if value.is_datetime() && value.as_f64() < 1.0)
}

/// A day without the time of day, which the language does not have. What is a time alone, or a length of time, stays a number.
fn write_day(value: &ExcelDateTime, text: &mut String) {
    if !value.is_datetime() || value.as_f64() < 1.0 {
        text.push_str(&number(value.as_f64()));
        return;
    }
    let (year, month, day, ..) = value.to_ymd_hms_milli();
    text.push_str(&format!("{year:04}-{month:02}-{day:02}"));
}
