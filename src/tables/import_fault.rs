//! What can be wrong with an import, or with what its rows say. All wording is here.

use crate::diagnostic::{Diagnostic, Severity};
use crate::syntax::tree::ImportOption;
use crate::text::Span;

/// The codes of imports, besides those of tables as such.
pub const IMPORT_CODES: &[&str] = &[
    "symmachia::table::ambiguous_code",
    "symmachia::table::end_before_start",
    "symmachia::table::is_of_measure",
    "symmachia::table::no_date",
    "symmachia::table::no_individual",
    "symmachia::table::no_rows",
    "symmachia::table::not_a_date",
    "symmachia::table::not_a_number",
    "symmachia::table::other_kind",
    "symmachia::table::paired_with_itself",
    "symmachia::table::repeated_rows",
    "symmachia::table::unbound_variable",
    "symmachia::table::undeclared_names",
    "symmachia::table::unknown_code",
    "symmachia::table::unknown_column",
    "symmachia::table::unknown_option",
    "symmachia::table::unknown_scheme",
];

/// What makes an import as a whole unusable.
#[derive(Debug, Clone, PartialEq)]
pub enum ImportFault {
    /// A column that the table does not have.
    UnknownColumn {
        /// The table.
        table: String,
        /// The column.
        header: String,
        /// One that is nearly called so.
        near: Option<Box<str>>,
        /// All that there are.
        headers: Box<[String]>,
        /// The sign that seems to stand between the fields, where the header was read as one.
        delimiter: Option<char>,
        /// Other sheets of the workbook, where the first was read without being named and has none of the columns.
        sheets: Box<[String]>,
        /// The name of the column.
        span: Span,
    },
    /// `encoding "utf-9"`
    Option {
        /// Which.
        option: ImportOption,
        /// As written.
        text: String,
        /// Its place.
        span: Span,
    },
    /// A variable that no `for K in {…}` binds.
    UnboundVariable {
        /// Its name.
        name: String,
        /// Its place.
        span: Span,
    },
    /// Under `--strict`, those whom a column names and nothing declares.
    UndeclaredNames {
        /// Of what kind they are.
        kind: String,
        /// The cell, as written in the import.
        cell: String,
        /// Who, in order.
        names: Vec<String>,
        /// The cell's place.
        span: Span,
    },
    /// `by cwo`, where those of the kind who are declared have codes of `cow`.
    UnknownScheme {
        /// The kind.
        kind: String,
        /// The scheme that nobody has.
        scheme: String,
        /// One that is nearly called so.
        near: String,
        /// The argument's place.
        span: Span,
        /// Whether that is an error.
        strict: bool,
    },
    /// `m(row.a) = row.b is row.c = 1`
    IsOfMeasure {
        /// The measure.
        name: String,
        /// The condition.
        span: Span,
    },
}

/// Rows that are left out for one reason, or are said to be doubtful.
#[derive(Debug, Clone, PartialEq)]
pub struct LeftOut {
    /// The table.
    pub table: String,
    /// Why.
    pub why: Why,
    /// How many rows.
    pub count: usize,
    /// The line of the first.
    pub line: u32,
    /// The part of the import that they do not fit.
    pub span: Span,
    /// Whether that is an error.
    pub strict: bool,
}

/// Why rows are left out.
#[derive(Debug, Clone, PartialEq)]
pub enum Why {
    /// Nobody has this code.
    UnknownCode {
        /// The scheme; none, where the cell holds a name.
        scheme: Option<String>,
        /// The code.
        code: String,
        /// Of what kind somebody should have it.
        kind: String,
        /// Names of those whose codes are nearest, with the codes.
        near: Box<[String]>,
        /// The kind that lists its members, so that nobody can be new in it.
        closed: Option<Box<str>>,
        /// The members, where the kind lists them.
        members: Box<[String]>,
    },
    /// Several have the code, and none of them exists at the time.
    AmbiguousCode {
        /// The scheme and the code.
        code: String,
        /// Those who have it.
        holders: Vec<String>,
    },
    /// The individual of the code is not of the kind.
    OtherKind {
        /// Who.
        name: String,
        /// The kind.
        kind: String,
    },
    /// A cell that should name an individual is missing.
    NoIndividual {
        /// Its column.
        header: String,
    },
    /// Text where a number should stand.
    NotANumber {
        /// The first such text.
        text: String,
    },
    /// Text where a date should stand, or a day that does not exist.
    NotADate {
        /// The first such text.
        text: String,
    },
    /// No date where one is needed.
    NoDate {
        /// Whether it is the end that is missing.
        is_end: bool,
    },
    /// The end lies before the start.
    EndBeforeStart {
        /// The first such dates.
        start: String,
        /// The end.
        end: String,
    },
    /// The same state twice.
    PairedWithItself {
        /// The first such state.
        name: String,
    },
    /// Rows that are the same in all that the import reads.
    Repeated {
        /// The line that the first of them repeats.
        of: u32,
    },
    /// A table without rows.
    NoRows {
        /// Whether `where` left out those that there are.
        chosen: bool,
    },
}

impl ImportFault {
    /// In words.
    #[must_use]
    pub fn diagnostic(&self) -> Diagnostic {
        let error = |code, message: String| Diagnostic::new(code, Severity::Error, message);
        match self {
            ImportFault::UnknownColumn { table, header, near, headers, delimiter, sheets, span } => {
                let diagnostic =
                    error("symmachia::table::unknown_column", format!("`{table}` has no column `{header}`"))
                        .at(*span, "");
                match (delimiter, near) {
                    (Some(delimiter), _) => {
                        let sign = if *delimiter == '\t' { "\\t".to_owned() } else { delimiter.to_string() };
                        diagnostic.help(format!(
                            "its header is one column to the program; is `{sign}` what stands between the fields? write \
                             `delimiter \"{sign}\"` after the name of the table"
                        ))
                    }
                    _ if !sheets.is_empty() => {
                        let sheets: Vec<String> = sheets.iter().map(|sheet| format!("`sheet \"{sheet}\"`")).collect();
                        diagnostic.help(format!(
                            "the first sheet was read, which has {}; for another one write {} after the name of the table",
                            some(headers),
                            sheets.join(" or ")
                        ))
                    }
                    (None, Some(near)) => diagnostic.help(format!("did you mean `{}`?", written(near))),
                    (None, None) => diagnostic.help(format!("it has {}", some(headers))),
                }
            }
            ImportFault::Option { option, text, span } => {
                let (what, help) = match option {
                    ImportOption::Delimiter => ("delimiter", "one sign, such as `;`; a tab is written `\\t`"),
                    ImportOption::Decimal => ("decimal sign", "`.` or `,`"),
                    ImportOption::Encoding => ("encoding", "`utf-8`, `latin-1` or `windows-1252`"),
                    ImportOption::Sheet => ("sheet", "the name of a sheet"),
                };
                error("symmachia::table::unknown_option", format!("`{text}` is no {what} that the program knows"))
                    .at(*span, "")
                    .help(format!("it takes {help}"))
            }
            ImportFault::UnboundVariable { name, span } => {
                error("symmachia::table::unbound_variable", format!("nothing says what `{name}` stands for"))
                    .at(*span, "")
                    .help(format!("add `for {name} in {{…}}` with the names of columns or members"))
            }
            ImportFault::UndeclaredNames { kind, cell, names, span } => {
                const SHOWN: usize = 3;
                let shown: Vec<String> = names.iter().take(SHOWN).map(|name| format!("`{name}`")).collect();
                let place = match names.len().saturating_sub(SHOWN) {
                    0 => shown.join(", "),
                    more => format!("{} and {more} more", shown.join(", ")),
                };
                let message = match names.len() {
                    1 => format!("one {kind} is named in the table and not declared"),
                    many => format!("{many} of the kind `{kind}` are named in the table and not declared"),
                };
                let declare = match names.as_slice() {
                    [only] => format!("declare it: `{kind} \"{only}\"`"),
                    [first, ..] => format!("declare each: `{kind} \"{first}\"` and so on"),
                    [] => String::new(),
                };
                error("symmachia::table::undeclared_names", message)
                    .at(*span, place)
                    .help(format!("let the table say who there is: `{cell} or new`; or {declare}"))
            }
            ImportFault::UnknownScheme { kind, scheme, near, span, strict } => {
                let severity = if *strict { Severity::Error } else { Severity::Warning };
                let message = format!("no {kind} that is declared has a code of the scheme `{scheme}`");
                Diagnostic::new("symmachia::table::unknown_scheme", severity, message)
                    .at(*span, "each code becomes somebody new")
                    .help(format!("did you mean `by {near}`? if they are meant to be new, write `by {scheme} or new`"))
            }
            ImportFault::IsOfMeasure { name, span } => {
                error("symmachia::table::is_of_measure", format!("`is` says for or against, and `{name}` is a measure"))
                    .at(*span, "")
                    .help("give it a value with `=`, and choose rows with `where`")
            }
        }
    }
}

/// As a column is written behind `row.`.
fn written(header: &str) -> String {
    let plain = !header.is_empty() && header.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    if plain { header.to_owned() } else { format!("\"{header}\"") }
}

/// The nearest codes.
fn nearest(near: &[String]) -> String {
    let are = if near.len() == 1 { "is" } else { "are" };
    format!("the nearest {are} {}", near.join(", "))
}

/// The first of many names.
fn some(names: &[String]) -> String {
    const MOST: usize = 12;
    let shown: Vec<String> = names.iter().take(MOST).map(|name| format!("`{}`", written(name))).collect();
    let more = names.len().saturating_sub(MOST);
    let shown = shown.join(", ");
    if more > 0 { format!("{shown} and {more} more") } else { shown }
}

impl LeftOut {
    /// In words.
    #[must_use]
    pub fn diagnostic(&self) -> Diagnostic {
        let LeftOut { table, why, count, line, span, strict } = self;
        let severity = if *strict { Severity::Error } else { Severity::Warning };
        let rows = if *count == 1 { "one row".to_owned() } else { format!("{count} rows") };
        let are = if *count == 1 { "is" } else { "are" };
        let place = if *count == 1 {
            format!("line {line} of `{table}` is left out")
        } else {
            format!("{count} rows of `{table}` are left out, the first in line {line}")
        };
        let new = |code, message: String| Diagnostic::new(code, severity, message);
        let left_out = |code, reason: String| new(code, format!("{rows} of `{table}` {are} left out: {reason}"));
        let first = if *count == 1 { format!("in line {line}") } else { format!("the first in line {line}") };
        let its = if *count == 1 { "its" } else { "their" };
        match why {
            Why::UnknownCode { scheme: Some(scheme), code, kind, near, closed, members: _ } => {
                let diagnostic =
                    new("symmachia::table::unknown_code", format!("no {kind} has the code `{scheme}:{code}`"))
                        .at(*span, place);
                match (&near[..], closed) {
                    ([], Some(closed)) => diagnostic.help(format!(
                        "`{closed}` lists its members: if one of them is meant, give it the code, \
                         `{kind} name alias {scheme}:{code}`; if not, add a member to the list first"
                    )),
                    ([], None) => diagnostic.help(format!(
                        "declare it: `{kind} name \"Name\" alias {scheme}:{code}`; or let unknown codes be new with \
                         `by {scheme} or new`"
                    )),
                    (near, _) => diagnostic.help(nearest(near)),
                }
            }
            Why::UnknownCode { scheme: None, code, kind, near, members, closed: _ } => {
                let diagnostic =
                    new("symmachia::table::unknown_code", format!("there is no {kind} `{code}`")).at(*span, place);
                match (&near[..], &members[..]) {
                    ([], []) => diagnostic.help(format!("declare it: `{kind} \"{code}\"`")),
                    ([], members) => diagnostic.help(format!("there are {}", some(members))),
                    ([only], _) => diagnostic.help(format!("did you mean {only}?")),
                    (near, _) => diagnostic.help(nearest(near)),
                }
            }
            Why::AmbiguousCode { code, holders } => {
                left_out("symmachia::table::ambiguous_code", format!("nobody who has the code `{code}` exists then"))
                    .at(*span, first)
                    .help(format!("it belongs to {}", some(holders)))
            }
            Why::OtherKind { name, kind } => {
                left_out("symmachia::table::other_kind", format!("`{name}` is not of the kind `{kind}`"))
                    .at(*span, first)
                    .help("if this is meant, leave such rows out with `where`")
            }
            Why::NoIndividual { header } => {
                left_out("symmachia::table::no_individual", format!("the cell in `{header}` is missing"))
                    .at(*span, first)
                    .help(format!("choose rows with `where not missing(row.{})`, if this is meant", written(header)))
            }
            Why::NotANumber { text } => {
                left_out("symmachia::table::not_a_number", "what stands for the number is none".to_owned())
                    .at(*span, format!("{first}: `{text}`"))
                    .help(format!("if it stands for a missing value, write `missing \"{text}\"`"))
            }
            Why::NotADate { text } => {
                left_out("symmachia::table::not_a_date", "what stands for the date is none".to_owned())
                    .at(*span, format!("{first}: `{text}`"))
                    .help(format!(
                        "dates are `1999-04-02`, `19990402`, or a year; other forms are read by a pattern: \
                         `date(row.start, \"%d/%m/%Y\")`; if it stands for a missing date, write `missing \"{text}\"`"
                    ))
            }
            Why::NoDate { is_end } => left_out(
                "symmachia::table::no_date",
                if *is_end { format!("{its} end is missing") } else { format!("{its} date is missing") },
            )
            .at(*span, first)
            .help(if *is_end {
                "if a missing end means that it still holds, write `or open` behind the end"
            } else {
                "choose rows with `where`, if this is meant"
            }),
            Why::EndBeforeStart { start, end } => {
                left_out("symmachia::table::end_before_start", format!("{its} end lies before {its} beginning"))
                    .at(*span, format!("{first}, from {start} until {end}"))
                    .help("look at the dates in the table; with `up to` the last day is not included")
            }
            Why::PairedWithItself { name } => {
                left_out("symmachia::table::paired_with_itself", format!("`{name}` is paired with itself"))
                    .at(*span, first)
                    .help("declare the predicate `reflexive`, if that is meant")
            }
            Why::Repeated { of } => new(
                "symmachia::table::repeated_rows",
                format!("{rows} of `{table}` {are} the same as an earlier one in all that is read of them"),
            )
            .at(*span, format!("{first}, which repeats line {of}"))
            .help("each is counted once; they differ perhaps in columns that the import does not read"),
            Why::NoRows { chosen } => {
                let message = if *chosen {
                    format!("no row of `{table}` is chosen")
                } else {
                    format!("`{table}` has a header and no rows")
                };
                new("symmachia::table::no_rows", message).at(*span, "").help(if *chosen {
                    "look at the conditions behind `where`: a missing cell meets none"
                } else {
                    "was it saved, or downloaded, whole?"
                })
            }
        }
    }
}
