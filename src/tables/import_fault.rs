//! What can be wrong with an import. All wording is here; that of rows that are left out is in `left_out.rs`.

use super::newcomers::{NewCodes, NewNames};
use super::unknown_column::UnknownColumn;
use crate::diagnostic::{Diagnostic, Severity};
use crate::syntax::tree::ImportOption;
use crate::text::Span;

/// The codes of imports, besides those of tables as such.
pub const IMPORT_CODES: &[&str] = &[
    "symmachia::table::ambiguous_code",
    "symmachia::table::doubtful_encoding",
    "symmachia::table::doubtful_value",
    "symmachia::table::doubtful_year",
    "symmachia::table::end_before_start",
    "symmachia::table::endless",
    "symmachia::table::imported_twice",
    "symmachia::table::is_of_measure",
    "symmachia::table::never_equal",
    "symmachia::table::no_date",
    "symmachia::table::no_individual",
    "symmachia::table::no_rows",
    "symmachia::table::not_a_date",
    "symmachia::table::not_a_number",
    "symmachia::table::open_with_end",
    "symmachia::table::other_kind",
    "symmachia::table::paired_with_itself",
    "symmachia::table::repeated_rows",
    "symmachia::table::unbound_variable",
    "symmachia::table::undeclared_names",
    "symmachia::table::unknown_code",
    "symmachia::table::unknown_column",
    "symmachia::table::unknown_option",
    "symmachia::table::unknown_scheme",
    "symmachia::table::wrong_scheme",
    "symmachia::table::years_for_codes",
];

/// What makes an import as a whole unusable.
#[derive(Debug, Clone, PartialEq)]
pub enum ImportFault {
    /// A column that the table does not have.
    UnknownColumn(Box<UnknownColumn>),
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
    NewCodes(Box<NewCodes>),
    /// Those whom a table names in a kind of which others are declared.
    NewNames(Box<NewNames>),
    /// What another import, or another template, says already of the same rows.
    Twice {
        /// The table.
        table: String,
        /// Whether the whole import says nothing else.
        is_whole: bool,
        /// How many other templates there are besides the first.
        others: usize,
        /// The place of the later one.
        span: Span,
        /// The place of the earlier one.
        first: Span,
    },
    /// `m(row.a) = row.b is row.c = 1`
    IsOfMeasure {
        /// The measure.
        name: String,
        /// The condition.
        span: Span,
    },
}

impl ImportFault {
    /// In words.
    #[must_use]
    pub fn diagnostic(&self) -> Diagnostic {
        let error = |code, message: String| Diagnostic::new(code, Severity::Error, message);
        match self {
            ImportFault::UnknownColumn(column) => column.diagnostic(),
            ImportFault::Option { option, text, span } => {
                let (what, help) = match option {
                    ImportOption::Delimiter => ("delimiter", "one sign, such as `;`; a tab is written `\\t`"),
                    ImportOption::Decimal => ("decimal sign", "`.` or `,`"),
                    ImportOption::Thousands => (
                        "sign between thousands",
                        "a space, for all sorts of spaces, or an apostrophe; commas are read without being told, and points beside \
                         `decimal \",\"`",
                    ),
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
            ImportFault::NewCodes(new) => new.diagnostic(),
            ImportFault::NewNames(new) => new.diagnostic(),
            ImportFault::Twice { table, is_whole, others, span, first } => {
                let (message, help) = match (is_whole, others) {
                    (true, _) => (
                        format!("`{table}` is imported again, and nothing new is said of its rows"),
                        "remove one of the two",
                    ),
                    (false, 0) => (format!("the same is said twice of each row of `{table}`"), "remove one of the two"),
                    (false, 1) => (
                        format!("the same is said twice of each row of `{table}`, here and in one more place"),
                        "remove one of the two, and likewise in the other place",
                    ),
                    (false, more) => (
                        format!("the same is said twice of each row of `{table}`, here and in {more} more places"),
                        "remove one of the two, and likewise in the other places",
                    ),
                };
                Diagnostic::new("symmachia::table::imported_twice", Severity::Warning, message)
                    .at(*span, "again")
                    .at(*first, "first here")
                    .help(format!(
                        "{help}: two sentences of one source are no more than one, and an explanation shows both"
                    ))
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
pub(super) fn written(header: &str) -> String {
    let plain = !header.is_empty() && header.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    if plain { header.to_owned() } else { format!("\"{header}\"") }
}

/// The first of many names.
pub(super) fn some(names: &[String]) -> String {
    const MOST: usize = 12;
    let shown: Vec<String> = names.iter().take(MOST).map(|name| format!("`{}`", written(name))).collect();
    let more = names.len().saturating_sub(MOST);
    let shown = shown.join(", ");
    if more > 0 { format!("{shown} and {more} more") } else { shown }
}
