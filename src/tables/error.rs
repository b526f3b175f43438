//! What can be wrong with a table, or with one row of it. All wording is here.

use super::encoding::Encoding;
use super::{Rejected, Table};
use crate::diagnostic::{Diagnostic, Severity};
use crate::text::Span;

/// The codes of this phase.
pub const CODES: &[&str] = &[
    "symmachia::table::delimiter",
    "symmachia::table::duplicate_header",
    "symmachia::table::empty",
    "symmachia::table::excel_left_out",
    "symmachia::table::expands_too_far",
    "symmachia::table::no_header",
    "symmachia::table::no_such_sheet",
    "symmachia::table::not_excel",
    "symmachia::table::not_gzip",
    "symmachia::table::not_text",
    "symmachia::table::null_byte",
    "symmachia::table::option_of_text",
    "symmachia::table::ragged_row",
    "symmachia::table::record_too_long",
    "symmachia::table::sheet_of_text",
    "symmachia::table::too_many_columns",
    "symmachia::table::unclosed_quotation",
    "symmachia::table::undecodable",
    "symmachia::table::unknown_format",
    "symmachia::table::unreadable",
    "symmachia::table::utf16",
];

/// What makes a table as a whole unusable. Lines and rows count from 1, columns from 0.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// A name that does not tell how the table is written, and no delimiter is given.
    UnknownFormat {
        /// What the name ends in, in small letters, without the point.
        ending: Option<String>,
    },
    /// A delimiter that is none.
    Delimiter {
        /// As it was given.
        delimiter: char,
    },
    /// A sheet is named, and the table is no workbook.
    SheetOfText {
        /// The sheet.
        sheet: String,
    },
    /// An option for text, and the table is a workbook.
    OptionOfText {
        /// The option with its value, as a program writes it.
        option: String,
    },
    /// No byte.
    Empty,
    /// Nothing but white space.
    NoHeader,
    /// A header that cannot be read.
    UndecodableHeader {
        /// Its column.
        column: usize,
        /// The first byte of it that stands for nothing.
        byte: u8,
        /// In this encoding.
        encoding: Encoding,
    },
    /// Two columns with one name; made by [`super::Rows::duplicate_headers`].
    DuplicateHeader {
        /// The name.
        header: String,
        /// The first column that bears it.
        first: usize,
        /// The other.
        second: usize,
    },
    /// More columns than a table may have.
    TooManyColumns {
        /// The line of the record that has them.
        line: u32,
    },
    /// A record of more than 16 MiB.
    RecordTooLong {
        /// The line on which it begins.
        line: u32,
    },
    /// The content ends within quotation marks.
    UnclosedQuotation {
        /// The line on which the record begins.
        line: u32,
    },
    /// UTF-16, by its mark or by its null bytes.
    Utf16,
    /// Content of another kind than text.
    NotText {
        /// The kind.
        found: Foreign,
    },
    /// A name that ends in `.gz`, and content that gzip did not write.
    NotGzip,
    /// Compressed content that becomes far larger than any table.
    ExpandsTooFar,
    /// A name of a workbook, and content that is none.
    NotExcel {
        /// What is wrong with it.
        reason: String,
    },
    /// A sheet that the workbook does not have.
    NoSuchSheet {
        /// The wanted one; the first where none is named.
        wanted: Option<String>,
        /// Those that it has.
        sheets: Vec<String>,
    },
    /// A workbook, and a program that was built without the feature `excel`.
    ExcelLeftOut,
    /// The content cannot be read to its end.
    Unreadable {
        /// What the system says.
        reason: String,
    },
}

/// What content that is no text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Foreign {
    /// A zip archive, as newer workbooks of Excel are.
    Zip,
    /// A workbook of Excel in the form of before 2007, or one with a password.
    OldExcel,
    /// A PDF document.
    Pdf,
    /// A Parquet table.
    Parquet,
}

/// A row that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowFault {
    /// The line of the file on which it begins; in a workbook the number of the row.
    pub line: u32,
    /// What is wrong with it.
    pub what: Unusable,
}

/// What is wrong with a row.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Unusable {
    /// More or fewer fields than the header has.
    Ragged {
        /// How many it has.
        found: usize,
        /// How many the header has.
        wanted: usize,
        /// How many lines of the file it covers: more than one where a quotation goes on over their ends.
        lines: u32,
        /// Whether its last field is empty.
        ends_empty: bool,
    },
    /// A wanted cell that cannot be read.
    Undecodable {
        /// Its column, from 0.
        column: usize,
        /// The first byte of it that stands for nothing.
        byte: u8,
        /// In this encoding.
        encoding: Encoding,
        /// Whether the cell is UTF-8, where the encoding is another one.
        is_utf8: bool,
    },
    /// A byte 0 in a wanted cell.
    NullByte {
        /// Its column, from 0.
        column: usize,
    },
}

fn error(code: &'static str, message: impl Into<String>) -> Diagnostic {
    Diagnostic::new(code, Severity::Error, message)
}

impl Fault {
    /// As it is shown. `table` is the table as the program names it, `place` where it names it.
    #[must_use]
    pub fn diagnostic(&self, table: &str, place: Span) -> Diagnostic {
        let (diagnostic, label) = self.message(table);
        let diagnostic = diagnostic.at(place, label);
        match self.help(table) {
            Some(help) => diagnostic.help(help),
            None => diagnostic,
        }
    }

    /// The message, and what is said of the place.
    fn message(&self, table: &str) -> (Diagnostic, String) {
        let simple = |code, message| (error(code, message), String::new());
        match self {
            Fault::UnknownFormat { ending } => {
                let label = match ending {
                    Some(ending) => format!("a name in `.{ending}` does not tell it"),
                    None => "the name does not tell it".to_owned(),
                };
                let message = format!("how `{table}` is written is not known");
                (error("symmachia::table::unknown_format", message), label)
            }
            Fault::Delimiter { delimiter } => simple(
                "symmachia::table::delimiter",
                format!("`{}` cannot stand between the fields of `{table}`", delimiter.escape_debug()),
            ),
            Fault::SheetOfText { sheet } => simple(
                "symmachia::table::sheet_of_text",
                format!("`{table}` is read as text, and has no sheet `{sheet}`"),
            ),
            Fault::OptionOfText { option } => simple(
                "symmachia::table::option_of_text",
                format!("`{table}` is a workbook, for which `{option}` means nothing"),
            ),
            Fault::Empty => simple("symmachia::table::empty", format!("`{table}` is empty")),
            Fault::NoHeader => simple("symmachia::table::no_header", format!("`{table}` has no header")),
            Fault::UndecodableHeader { column, byte, encoding } => (
                error("symmachia::table::undecodable", format!("the header of `{table}` is not {}", encoding.name())),
                format!("byte 0x{byte:02X} in the header of column {}", column + 1),
            ),
            Fault::DuplicateHeader { header, first, second } => (
                error("symmachia::table::duplicate_header", format!("two columns of `{table}` are named `{header}`")),
                format!("columns {} and {}", first + 1, second + 1),
            ),
            Fault::TooManyColumns { line } => (
                error("symmachia::table::too_many_columns", format!("`{table}` has more than 16,384 columns")),
                format!("in line {line} of the table"),
            ),
            Fault::RecordTooLong { line } => (
                error("symmachia::table::record_too_long", format!("a row of `{table}` is longer than 16 MiB")),
                format!("the row that begins in line {line} of the table"),
            ),
            Fault::UnclosedQuotation { line } => (
                error("symmachia::table::unclosed_quotation", format!("`{table}` ends within quotation marks")),
                format!("in the row that begins in line {line} of the table"),
            ),
            Fault::Utf16 => simple("symmachia::table::utf16", format!("`{table}` is written in UTF-16")),
            Fault::NotText { found } => {
                let found = match found {
                    Foreign::Zip => "an archive or a workbook",
                    Foreign::OldExcel => "a workbook in the older form of Excel, or one with a password",
                    Foreign::Pdf => "a PDF document",
                    Foreign::Parquet => "a Parquet table",
                };
                (
                    error("symmachia::table::not_text", format!("`{table}` is not plain text")),
                    format!("{found}, by its first bytes"),
                )
            }
            Fault::NotGzip => simple("symmachia::table::not_gzip", format!("`{table}` is not compressed with gzip")),
            Fault::ExpandsTooFar => simple(
                "symmachia::table::expands_too_far",
                format!("`{table}` becomes far larger than any table when it is expanded"),
            ),
            Fault::NotExcel { reason } => (
                error("symmachia::table::not_excel", format!("`{table}` cannot be read as a workbook of Excel")),
                reason.clone(),
            ),
            Fault::NoSuchSheet { wanted, .. } => simple(
                "symmachia::table::no_such_sheet",
                match wanted {
                    Some(wanted) => format!("`{table}` has no sheet `{wanted}`"),
                    None => format!("`{table}` has no sheet of cells"),
                },
            ),
            Fault::ExcelLeftOut => simple(
                "symmachia::table::excel_left_out",
                format!("`{table}` is a workbook of Excel, which this build of the program cannot read"),
            ),
            Fault::Unreadable { reason } => {
                simple("symmachia::table::unreadable", format!("`{table}` cannot be read: {reason}"))
            }
        }
    }

    fn help(&self, table: &str) -> Option<String> {
        Some(match self {
            Fault::UnknownFormat { ending } => match ending.as_deref() {
                Some("xls" | "ods" | "dta" | "sav" | "rds" | "rda" | "parquet" | "dbf" | "numbers" | "xlsb" | "zip") => {
                    "save it as CSV from the program that wrote it, or as `.xlsx`".to_owned()
                }
                _ => "names in `.csv`, `.tsv`, `.tab`, `.csv.gz`, `.tsv.gz`, `.tab.gz` and `.xlsx` tell it; for others \
                      write after the name which sign stands between the fields: `delimiter \";\"`"
                    .to_owned(),
            },
            Fault::Delimiter { .. } => "it is one sign of ASCII, such as `,`, `;`, `|` or a tab".to_owned(),
            Fault::SheetOfText { sheet } => format!("leave out `sheet \"{sheet}\"`; only a workbook in `.xlsx` has sheets"),
            Fault::OptionOfText { option } => {
                format!("leave out `{option}`: a workbook tells itself which cells it has and how letters are written")
            }
            Fault::Empty => "was it saved, or downloaded whole?".to_owned(),
            Fault::NoHeader => "the first line of a table names its columns".to_owned(),
            Fault::UndecodableHeader { byte, encoding, .. } => undecodable(*byte, *encoding, false, false),
            Fault::DuplicateHeader { .. } => "give one of them another name in the table".to_owned(),
            Fault::TooManyColumns { .. } => "is it a table, with one row a line and the right sign between fields?".to_owned(),
            Fault::RecordTooLong { line } => format!(
                "is it a table, with one row a line? if so, look for a quotation mark at the beginning of a field, from line \
                 {line} on, that none closes"
            ),
            Fault::UnclosedQuotation { line } => format!(
                "look for a quotation mark at the beginning of a field, from line {line} on, that none closes; a mark \
                 within a field is doubled: `\"say \"\"no\"\"\"`"
            ),
            Fault::Utf16 => "save it again as UTF-8; in Excel choose `CSV UTF-8`".to_owned(),
            Fault::NotText { found: Foreign::Zip } => {
                "if it is a workbook, let its name end in `.xlsx`; if an archive, unpack it".to_owned()
            }
            Fault::NotText { .. } => "save it as CSV from the program that wrote it".to_owned(),
            Fault::NotGzip => match table.rsplit_once('.') {
                Some((plain, _)) => format!("if it is expanded already, name it `{plain}`; if not, download it again"),
                None => return None,
            },
            Fault::ExpandsTooFar => "make sure that it is what you think it is; saved as plain CSV it may be of any size".to_owned(),
            Fault::NotExcel { .. } => {
                "open it in a spreadsheet program and save it as `.xlsx` without a password, or as CSV".to_owned()
            }
            Fault::NoSuchSheet { wanted, sheets } => {
                let names: Vec<String> = sheets.iter().map(|sheet| format!("`{sheet}`")).collect();
                let near = wanted.as_deref().and_then(|wanted| {
                    let other_case = sheets.iter().find(|one| one.to_lowercase() == wanted.trim().to_lowercase());
                    let near = || crate::diagnostic::did_you_mean(wanted, sheets.iter().map(String::as_str));
                    other_case.map(String::as_str).or_else(near)
                });
                match (near, names.as_slice()) {
                    (Some(near), _) => format!("did you mean `{near}`? it has {}", names.join(", ")),
                    (None, []) => return None,
                    (None, _) => format!("it has {}", names.join(", ")),
                }
            }
            Fault::ExcelLeftOut => {
                "build it with its feature `excel`: `cargo install symmachia --features excel`; or save the table as CSV"
                    .to_owned()
            }
            Fault::Unreadable { .. } => return None,
        })
    }
}

impl Rejected {
    /// As it is shown, for all of the rows; see [`RowFault::diagnostic`]. An error where no row of the table is left.
    #[must_use]
    pub fn diagnostic(&self, table: &Table, place: Span) -> Diagnostic {
        let mut diagnostic = self.first.diagnostic(&table.name, &table.headers, self.count, place);
        if table.is_unusable() {
            diagnostic.severity = Severity::Error;
        }
        match self.first.what {
            Unusable::Undecodable { byte, encoding, is_utf8, .. } => {
                diagnostic.help(undecodable(byte, encoding, self.is_windows, is_utf8))
            }
            Unusable::Ragged { found, wanted, ends_empty, .. } if self.is_even && self.count == table.total => {
                diagnostic.message = format!("no row of `{}` has as many fields as the header", table.name);
                let first = self.first.line;
                diagnostic.labels = Vec::new();
                let label = if self.count == 1 {
                    format!("line {first} has {found} fields, where the header has {wanted}")
                } else {
                    format!("each has {found} fields from line {first} on, where the header has {wanted}")
                };
                diagnostic.at(place, label).help(evenly_ragged(found, wanted, ends_empty))
            }
            _ => diagnostic,
        }
    }
}

/// What to do where all rows have equally many fields, and the header has not.
fn evenly_ragged(found: usize, wanted: usize, ends_empty: bool) -> &'static str {
    match found.checked_sub(wanted) {
        Some(1) if ends_empty => "each row ends with a delimiter: let the header end with one too",
        Some(1) => {
            "does each row begin with its name, as R writes them? write the table without them (`row.names = FALSE`), or let the \
             header begin with a name for that column"
        }
        Some(_) => {
            "a field with the delimiter in it stands in quotation marks; or have the rows columns that the header does not name?"
        }
        None => "an empty field has its delimiter too; or does the header name columns that the rows do not have?",
    }
}

impl RowFault {
    /// As it is shown, for all rows with this same mistake: an error where the whole table is read in a wrong encoding, else a warning. `headers` are those of the table, `count` is how many
    /// rows have the mistake, of which this is the first, `table` is the table as the program names it, `place` where it does.
    #[must_use]
    pub fn diagnostic(&self, table: &str, headers: &[String], count: usize, place: Span) -> Diagnostic {
        let column = |column: usize| match headers.get(column) {
            Some(header) if !header.is_empty() => format!("column `{header}`"),
            _ => format!("column {}", column + 1),
        };
        let (rows, are) = if count == 1 { ("a row".to_owned(), "is") } else { (format!("{count} rows"), "are") };
        let first = if count == 1 { "line" } else { "the first in line" };
        let line = self.line;
        let warning = |code, why: String| {
            Diagnostic::new(code, Severity::Warning, format!("{rows} of `{table}` {are} left out: {why}"))
        };
        match &self.what {
            Unusable::Ragged { found, wanted, lines, .. } => {
                let covered = if *lines > 1 { format!(", and covers {lines} lines") } else { String::new() };
                warning("symmachia::table::ragged_row", "not as many fields as the header".to_owned())
                    .at(place, format!("{first} {line} of the table has {found} of {wanted} fields{covered}"))
                    .help(if *lines > 1 {
                        "look for a quotation mark at the beginning of a field that none closes"
                    } else if found > wanted {
                        "a field with the delimiter in it stands in quotation marks"
                    } else {
                        "an empty field has its delimiter too"
                    })
            }
            Unusable::Undecodable { column: at, byte, encoding, is_utf8 } => {
                let rows = if count == 1 { "one of its rows".to_owned() } else { format!("{count} of its rows") };
                let message = format!("`{table}` is not {}: {rows} cannot be read", encoding.name());
                error("symmachia::table::undecodable", message)
                    .at(place, format!("{first} {line} of the table: byte 0x{byte:02X} in {}", column(*at)))
                    .help(undecodable(*byte, *encoding, false, *is_utf8))
            }
            Unusable::NullByte { column: at } => {
                warning("symmachia::table::null_byte", format!("{} holds a null byte", column(*at)))
                    .at(place, format!("{first} {line} of the table"))
                    .help("the table is damaged there, or was not written as text")
            }
        }
    }
}

/// What to do about a byte that stands for nothing in an encoding; `is_windows` tells that another one is a letter in Windows-1252 alone, `is_utf8`
/// that the cell is UTF-8.
fn undecodable(byte: u8, encoding: Encoding, is_windows: bool, is_utf8: bool) -> String {
    if is_utf8 {
        return "the cell is UTF-8: leave out `encoding`, without which a table is read as such".to_owned();
    }
    if encoding != Encoding::Utf8 || byte == 0 {
        return "is the encoding right? save the table again as UTF-8".to_owned();
    }
    let option = |encoding: &str| format!("write `encoding \"{encoding}\"` after the name of the table");
    match Encoding::Windows1252.decode(&[byte]) {
        Ok(letter) if byte >= 0xA0 && !is_windows => {
            format!("if it is Latin-1 or Windows-1252, where this byte is `{letter}`, {}", option("latin-1"))
        }
        Ok(letter) => format!("if it is Windows-1252, where this byte is `{letter}`, {}", option("windows-1252")),
        Err(_) => "save the table again as UTF-8".to_owned(),
    }
}
