//! Individuals that are only named, where another one may be meant or all have to be declared.

use super::assertions::who_is_meant;
use super::{counted, error, warning};
use crate::diagnostic::Diagnostic;
use crate::model::Mistake;
use crate::model::meant::Meant;
use crate::text::Span;

/// An individual that is only named.
#[derive(Debug)]
pub(in crate::model) struct NewIndividual {
    pub(in crate::model) name: String,
    pub(in crate::model) kind: String,
    pub(in crate::model) meant: Vec<Meant>,
    pub(in crate::model) span: Span,
    /// The place of the first who may be meant.
    pub(in crate::model) first: Option<Span>,
    pub(in crate::model) count: usize,
    pub(in crate::model) why: Refused,
}

/// Why somebody who is only named is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::model) enum Refused {
    /// They are not: whoever is named in evidence is known.
    No,
    /// All has to be declared.
    Strict,
    /// Only an assumption names them.
    Assumed,
}

impl Mistake for NewIndividual {
    fn into_diagnostic(self) -> Diagnostic {
        let Self { name, kind, meant, span, first, count, why } = self;
        let place =
            if count > 1 { format!("named here, and {} in all", counted(count, "time")) } else { String::new() };
        let mut diagnostic = match why {
            Refused::Strict => {
                error("symmachia::model::undeclared_individual", format!("the {kind} `{name}` is not declared"))
            }
            Refused::Assumed => error("symmachia::model::unknown_individual", format!("there is no {kind} `{name}`")),
            Refused::No => warning("symmachia::model::near_individual", is_new(&name, &kind, &meant)),
        }
        .at(span, place);
        if let (Some(first), Some(meant)) = (first, meant.first()) {
            diagnostic = diagnostic.at(first, format!("`{}` is known", meant.name));
        }
        let name = quoted_where_needed(&name);
        let declaration = match why {
            Refused::Assumed => format!("assume it too: --assume '{kind} {name}'"),
            _ => format!("declare it: `{kind} {name}`"),
        };
        match who_is_meant(&meant) {
            Some(help) => diagnostic.help(format!("{help} if not, {declaration}")),
            None if why == Refused::Assumed => diagnostic.help(format!("if it is to be a new {kind}, {declaration}")),
            None => diagnostic.help(declaration),
        }
    }
}

/// `kazakhstan`, `"Burkina Faso"`
fn quoted_where_needed(name: &str) -> String {
    let is_plain = name.starts_with(|first: char| first.is_ascii_lowercase())
        && name.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '_');
    if is_plain { name.to_owned() } else { format!("\"{name}\"") }
}

/// That a name is new, and what makes one doubt it.
fn is_new(name: &str, kind: &str, meant: &[Meant]) -> String {
    match meant {
        [Meant { by: Some(_), .. }, ..] => {
            format!("`{name}` is new, and may be meant for another {kind}, which is known")
        }
        _ => format!("`{name}` is new, and near another {kind} in name"),
    }
}
