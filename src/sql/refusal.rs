//! What SQL is not made of. All wording is here.

use crate::diagnostic::{Diagnostic, Severity};
use crate::text::Span;

/// The codes of this phase; each has a page in the manual.
pub const CODES: &[&str] =
    &["symmachia::sql::not_a_criterion", "symmachia::sql::recursion", "symmachia::sql::time_form"];

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
    /// `ever c`, `c within the last 5 years`
    TimeForm {
        /// `ever`
        form: &'static str,
        /// The condition.
        span: Span,
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
