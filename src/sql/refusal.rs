//! What SQL is not made of. All wording is here.

use crate::diagnostic::{Diagnostic, Severity};
use crate::text::Span;

/// The codes of this phase; each has a page in the manual.
pub const CODES: &[&str] = &[
    "symmachia::sql::import_form",
    "symmachia::sql::not_a_criterion",
    "symmachia::sql::nothing_asked",
    "symmachia::sql::recursion",
    "symmachia::sql::time_form",
    "symmachia::sql::unknown_table",
];

/// Something of which no SQL is made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// A relation that builds on itself.
    Recursion {
        /// Its name.
        name: String,
        /// The heads of the rules of the circle.
        heads: Vec<Span>,
    },
    /// A form of an import.
    Import {
        /// What it is: `` `ended` in an import ``
        form: String,
        /// Its place.
        span: Span,
    },
    /// `ever c`, `c within the last 5 years`
    TimeForm {
        /// `ever`
        form: &'static str,
        /// The condition.
        span: Span,
    },
    /// No criterion is named, and there is none.
    NothingAsked,
    /// `--table trades.csv=flows`, where no import reads such a file.
    UnknownTable {
        /// The file.
        given: String,
        /// The files that imports read.
        known: Vec<String>,
    },
    /// A measure or classification as a question.
    NotACriterion {
        /// Its name.
        name: String,
    },
}

impl Refusal {
    /// As it is shown.
    #[must_use]
    pub fn diagnostic(&self) -> Diagnostic {
        match self {
            Refusal::Recursion { name, heads } => {
                let diagnostic = error("recursion", format!("`{name}` builds on itself, and no SQL is made of that"));
                let mut heads = heads.iter();
                let diagnostic = match heads.next() {
                    Some(first) => diagnostic.at(*first, "a rule of the circle"),
                    None => diagnostic,
                };
                heads
                    .fold(diagnostic, |diagnostic, head| diagnostic.at(*head, "and another"))
                    .help("ask `symmachia eval`, which follows chains of any length; or ask for a criterion that does without them")
            }
            Refusal::TimeForm { form, span } => {
                error("time_form", format!("`{form}` looks at other days, and the SQL knows one day of each year"))
                    .at(*span, "this looks at other days")
                    .help("ask `symmachia eval`, which knows every day")
            }
            Refusal::Import { form, span } => error("import_form", format!("no SQL is made of {form}"))
                .at(*span, "this stays outside")
                .help("bring the table into a form that is compiled (docs/sql.md lists them), or ask `symmachia eval`"),
            Refusal::NothingAsked => error("nothing_asked", "there is no criterion to write as SQL")
                .help("name one, or define one: `ally(A, B) requires …`"),
            Refusal::UnknownTable { given, known } => {
                let diagnostic = error("unknown_table", format!("no import reads `{given}`"));
                let known: Vec<String> = known.iter().map(|file| format!("`{file}`")).collect();
                diagnostic.help(match known.as_slice() {
                    [] => "there is no import".to_owned(),
                    known => format!("imports read {}", known.join(", ")),
                })
            }
            Refusal::NotACriterion { name } => {
                error("not_a_criterion", format!("`{name}` is a measure, and only criteria have verdicts"))
                    .help(format!("a criterion may ask for a value of it: `high(A, B) requires {name}(A, B) >= 3`"))
            }
        }
    }
}

fn error(name: &str, message: impl Into<String>) -> Diagnostic {
    let code = CODES.iter().find(|code| code.ends_with(&format!("::{name}"))).copied().unwrap_or("symmachia::sql");
    Diagnostic::new(code, Severity::Error, message)
}
