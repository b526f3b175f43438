//! What can be wrong with statements of evidence. All wording is here.

mod preferences;

pub(crate) use preferences::PreferenceError;

use crate::diagnostic::{Diagnostic, Severity};
use crate::model::Mistake;
use crate::text::Span;

/// The codes of evidence; each has a page in the manual.
pub const CODES: &[&str] = &[
    "symmachia::evidence::about_a_definition",
    "symmachia::evidence::empty_set",
    "symmachia::evidence::indented_fact",
    "symmachia::evidence::no_value",
    "symmachia::evidence::outside_life",
    "symmachia::evidence::paired_with_itself",
    "symmachia::evidence::preference_circle",
    "symmachia::evidence::refused_form",
    "symmachia::evidence::undeclared_source",
    "symmachia::evidence::unknown_name",
    "symmachia::evidence::unknown_source",
    "symmachia::evidence::value_of_predicate",
    "symmachia::evidence::variable_in_fact",
    "symmachia::evidence::wildcard_in_fact",
    "symmachia::evidence::wrong_value",
];

/// Forms that evidence does not take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Refused {
    /// `either way p(a, b)`
    EitherWay,
    /// `not mutually p(a, b)`
    NotMutually,
    /// `not m(a) = 4`
    NotMeasure,
    /// `unknown m(a) = 4`
    UnknownValue,
    /// `complete p(only {a})`
    OnlyInComplete,
    /// `prefer s over t for p(only {a})`
    OnlyInPreference,
    /// `not p(only {a})`, `unknown p(only {a})`, `m(only {a}) = 4`
    Only,
}

/// A mistake in evidence.
#[derive(Debug)]
pub(crate) enum EvidenceError {
    /// A source that is only cited.
    UndeclaredSource {
        name: String,
        span: Span,
        count: usize,
        near: Option<String>,
        strict: bool,
    },
    /// A source that nothing declares or cites.
    UnknownSource {
        name: String,
        span: Span,
        near: Option<String>,
    },
    /// Evidence about nothing that is known.
    Unknown {
        name: String,
        is_measure: bool,
        near: Option<String>,
        span: Span,
    },
    /// Evidence about something that rules define.
    AboutDefined {
        name: String,
        noun: &'static str,
        span: Span,
        first: Span,
    },
    /// A form that says nothing definite; `inside` is the atom.
    Refused {
        form: Refused,
        inside: String,
        span: Span,
    },
    ValueOfPredicate {
        name: String,
        span: Span,
        declared: Span,
    },
    NoValue {
        name: String,
        span: Span,
        declared: Span,
    },
    /// A number for a level, or a level for a number.
    WrongValue {
        name: String,
        levels: Option<String>,
        span: Span,
        declared: Span,
    },
    /// `rule` where it is indented below one.
    VariableInFact {
        names: Vec<String>,
        span: Span,
        rule: Option<Span>,
    },
    WildcardInFact {
        span: Span,
    },
    IndentedFact {
        span: Span,
        rule: Span,
    },
    SelfPair {
        name: String,
        span: Span,
        first: Span,
    },
    /// A set of the members of a kind that has none.
    EmptySet {
        name: String,
        span: Span,
    },
    /// Facts outside of lives, once a file.
    OutsideLife {
        name: String,
        span: Span,
        life: Option<Span>,
        count: usize,
        wholly: bool,
    },
    /// Rows of a table that reach beyond the life of someone whom they name.
    RowsOutsideLife {
        /// The table.
        table: String,
        /// How many.
        count: usize,
        /// The line of the first.
        line: u32,
        /// Beyond whose life it reaches.
        name: String,
        /// The template.
        span: Span,
        /// Where the life is written.
        life: Option<Span>,
        /// Whether no day of it lies within the life.
        wholly: bool,
    },
}

fn error(code: &'static str, message: impl Into<String>) -> Diagnostic {
    Diagnostic::new(code, Severity::Error, message)
}

fn warning(code: &'static str, message: impl Into<String>) -> Diagnostic {
    Diagnostic::new(code, Severity::Warning, message)
}

impl Mistake for EvidenceError {
    fn repetition(&self) -> Option<String> {
        match self {
            Self::Unknown { name, .. } | Self::AboutDefined { name, .. } | Self::EmptySet { name, .. } => {
                Some(name.clone())
            }
            _ => None,
        }
    }

    fn into_diagnostic(self) -> Diagnostic {
        match self {
            Self::UndeclaredSource { name, span, count, near, strict } => {
                let place = if count > 1 { format!("cited here, and {count} times in all") } else { String::new() };
                let severity = if strict { Severity::Error } else { Severity::Warning };
                let declaration = format!("declare it: `source {name} \"…\"`");
                Diagnostic::new(
                    "symmachia::evidence::undeclared_source",
                    severity,
                    format!("the source `{name}` is not declared"),
                )
                .at(span, place)
                .help(match near {
                    Some(near) => format!("did you mean `{near}`? if not, {declaration}"),
                    None => declaration,
                })
            }
            Self::UnknownSource { name, span, near } => {
                error("symmachia::evidence::unknown_source", format!("there is no source `{name}`")).at(span, "").help(
                    match near {
                        Some(near) => format!("did you mean `{near}`?"),
                        None => format!("declare it: `source {name} \"…\"`"),
                    },
                )
            }
            Self::Unknown { name, is_measure, near, span } => {
                let (noun, declaration) = if is_measure {
                    ("measure", format!("declare it, with a role for each argument: `measure {name}(…: state, …) in \"unit\"`"))
                } else {
                    ("predicate", format!("declare it: `predicate {name}(…)`"))
                };
                error("symmachia::evidence::unknown_name", format!("there is no {noun} `{name}`")).at(span, "").help(
                    match near {
                        Some(near) => format!("did you mean `{near}`? if not, {declaration}"),
                        None => declaration,
                    },
                )
            }
            Self::AboutDefined { name, noun, span, first } => error(
                "symmachia::evidence::about_a_definition",
                format!("`{name}` is a {noun}, which rules define: no fact can speak of it"),
            )
            .at(span, "")
            .at(first, "defined here")
            .help(match noun {
                "criterion" => format!(
                    "`expect` or `claim` says what its verdict should be; for evidence besides its `if` rules declare `predicate {name}(…)`"
                ),
                "parameter" => format!("change its value where it is declared, or with `--set {name}=…`"),
                _ => "`expect` or `claim` says what its value should be".to_owned(),
            }),
            Self::Refused { form, inside, span } => {
                let (message, help) = match form {
                    Refused::EitherWay => (
                        "`either way` says nothing definite in evidence",
                        format!("say which way: `{inside}`, or with the two exchanged"),
                    ),
                    Refused::NotMutually => (
                        "`not mutually` is ambiguous: neither way, or not both ways",
                        format!("for neither way write two facts: `not {inside}`, and the same with the two exchanged"),
                    ),
                    Refused::NotMeasure => (
                        "a measure's value is not denied",
                        format!("write the value that it has, or `unknown {inside}`"),
                    ),
                    Refused::UnknownValue => {
                        ("what is unknown has no value", format!("leave out the value: `unknown {inside}`"))
                    }
                    Refused::Only => (
                        "`only` stands in a plain fact about a predicate",
                        "write the individuals in braces, and say in a fact of its own what is said of the others".to_owned(),
                    ),
                    Refused::OnlyInPreference => (
                        "`only` has no meaning in what a preference is about",
                        "write the individuals in braces, or `_` for all".to_owned(),
                    ),
                    Refused::OnlyInComplete => (
                        "`only` has no meaning in a statement of completeness",
                        "write the individuals in braces, or `_` for all".to_owned(),
                    ),
                };
                error("symmachia::evidence::refused_form", message).at(span, "").help(help)
            }
            Self::ValueOfPredicate { name, span, declared } => {
                error("symmachia::evidence::value_of_predicate", format!("`{name}` is a predicate, and has no value"))
                    .at(span, "")
                    .at(declared, "a predicate")
                    .help("leave out the value, or declare it with `measure`")
            }
            Self::NoValue { name, span, declared } => {
                error("symmachia::evidence::no_value", format!("`{name}` is a measure, and no value is given"))
                    .at(span, "")
                    .at(declared, "a measure")
                    .help(format!("write `{name}(…) = …`, or `unknown {name}(…)`"))
            }
            Self::WrongValue { name, levels, span, declared } => match levels {
                Some(kind) => error(
                    "symmachia::evidence::wrong_value",
                    format!("the values of `{name}` are members of `{kind}`, and not numbers"),
                ),
                None => error(
                    "symmachia::evidence::wrong_value",
                    format!("the values of `{name}` are numbers"),
                ),
            }
            .at(span, "")
            .at(declared, "declared here"),
            Self::VariableInFact { names, span, rule } => {
                let quoted: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
                let are = if names.len() == 1 { "is a variable" } else { "are variables" };
                let diagnostic = error(
                    "symmachia::evidence::variable_in_fact",
                    format!("{} {are}, and facts speak of individuals", quoted.join(" and ")),
                )
                .at(span, "");
                match rule {
                    Some(rule) => diagnostic.at(rule, "the rule before it").help("did you forget `and`?"),
                    None => diagnostic.help("individuals begin with a small letter, or stand in quotation marks"),
                }
            }
            Self::WildcardInFact { span } => {
                error("symmachia::evidence::wildcard_in_fact", "`_` cannot stand in a fact")
                    .at(span, "")
                    .help("name individuals, or a kind in braces for all its members; `_` stands in `complete`")
            }
            Self::IndentedFact { span, rule } => {
                warning("symmachia::evidence::indented_fact", "this is a fact of its own, and not a condition of the rule before it")
                    .at(span, "indented below a rule")
                    .at(rule, "the rule")
                    .help("did you forget `and`? if it is a fact, begin it at the beginning of the line")
            }
            Self::SelfPair { name, span, first } => {
                error("symmachia::evidence::paired_with_itself", format!("`{name}` is paired with itself"))
                    .at(span, "the same state")
                    .at(first, "")
                    .help("where that is meant, declare the relation `reflexive`")
            }
            Self::EmptySet { name, span } => {
                warning("symmachia::evidence::empty_set", format!("the kind `{name}` has no members: nothing is said of any"))
                    .at(span, "")
                    .help(format!("declare its members: `{name} x`, or `kind {name} in … = x, y`"))
            }
            Self::RowsOutsideLife { table, count, line, name, span, life, wholly } => {
                let message = match count {
                    1 => format!("a row of `{table}` reaches beyond a life, and is cut to it"),
                    _ => format!("{count} rows of `{table}` reach beyond lives, and are cut to them"),
                };
                let how = if wholly { "did not exist then" } else { "did not exist all of this time" };
                let first = if count == 1 { "line" } else { "the first in line" };
                let diagnostic = warning("symmachia::evidence::outside_life", message)
                    .at(span, format!("{first} {line}: `{name}` {how}"));
                match life {
                    Some(life) => diagnostic.at(life, "its life"),
                    None => diagnostic,
                }
            }
            Self::OutsideLife { name, span, life, count, wholly } => {
                let message = match count {
                    1 => "a fact reaches beyond a life, and is cut to it".to_owned(),
                    _ => format!("{count} facts of this file reach beyond lives, and are cut to them"),
                };
                let how = if wholly { "did not exist then" } else { "did not exist all of this time" };
                let diagnostic = warning("symmachia::evidence::outside_life", message).at(span, format!("`{name}` {how}"));
                match life {
                    Some(life) => diagnostic.at(life, "its life"),
                    None => diagnostic,
                }
            }
        }
    }
}
