//! How a table is written, and how its name tells this.

use super::encoding::Encoding;
use super::error::Fault;

/// How a table is written, as far as its name does not tell.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Format {
    /// The sign between two fields, which must be one byte of ASCII. Where there is none, the name of the file tells:
    /// `.csv` is a comma, `.tsv` and `.tab` are a tab, each also with `.gz` behind it, and `.xlsx` is a workbook of Excel.
    pub delimiter: Option<char>,
    /// How letters are written; a workbook says so itself.
    pub encoding: Encoding,
    /// The sheet of a workbook; the first where none is named.
    pub sheet: Option<String>,
}

/// What a table turns out to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Text with this byte between the fields.
    Delimited(u8),
    /// A workbook of Excel.
    Excel,
}

impl Format {
    /// What a file with this name is.
    pub(super) fn kind(&self, name: &str) -> Result<Kind, Fault> {
        let name = name.to_lowercase();
        let inner = name.strip_suffix(".gz").unwrap_or(&name);
        let file = inner.rsplit(['/', '\\']).next().unwrap_or(inner);
        let ending = file.rsplit_once('.').map(|(_, ending)| ending);
        let kind = match (self.delimiter, ending) {
            (Some(delimiter), _) => Kind::Delimited(delimiter_byte(delimiter)?),
            (None, Some("csv")) => Kind::Delimited(b','),
            (None, Some("tsv" | "tab")) => Kind::Delimited(b'\t'),
            (None, Some("xlsx" | "xlsm")) if inner.len() == name.len() => Kind::Excel,
            (None, ending) => return Err(Fault::UnknownFormat { ending: ending.map(str::to_owned) }),
        };
        match (kind, &self.sheet) {
            (Kind::Delimited(_), Some(sheet)) => Err(Fault::SheetOfText { sheet: sheet.clone() }),
            _ => Ok(kind),
        }
    }
}

fn delimiter_byte(delimiter: char) -> Result<u8, Fault> {
    match u8::try_from(delimiter) {
        Ok(byte) if byte.is_ascii() && !matches!(byte, 0 | b'"' | b'\r' | b'\n') => Ok(byte),
        _ => Err(Fault::Delimiter { delimiter }),
    }
}
