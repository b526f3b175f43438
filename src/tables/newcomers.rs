//! Those whom a table brings into a kind of which others are declared, in words.

use super::import_fault::some;
use crate::diagnostic::{Diagnostic, Severity};
use crate::text::Span;

/// Codes of a scheme that nobody has who is declared.
#[derive(Debug, Clone, PartialEq)]
pub struct NewCodes {
    /// The kind.
    pub kind: String,
    /// The scheme.
    pub scheme: String,
    /// The schemes that may be meant.
    pub near: Vec<String>,
    /// All in which those who are declared have codes.
    pub schemes: Vec<String>,
    /// The other kind of which those are who have the codes, where nobody of this one is declared.
    pub others: Option<String>,
    /// The codes in the table.
    pub codes: Vec<String>,
    /// The places of the arguments.
    pub spans: Vec<Span>,
    /// Whether that is an error.
    pub strict: bool,
}

/// Names of nobody who is declared.
#[derive(Debug, Clone, PartialEq)]
pub struct NewNames {
    /// The table.
    pub table: String,
    /// The kind.
    pub kind: String,
    /// How many of the kind the table names.
    pub of: usize,
    /// Who of them is new, those first for whom others may be meant.
    pub names: Vec<NewName>,
    /// The schemes in which the names are codes.
    pub schemes: Vec<String>,
    /// All in which those who are declared have codes.
    pub known_schemes: Vec<String>,
    /// The first cell, as it is written in the import.
    pub cell: String,
    /// The places of the cells.
    pub spans: Vec<Span>,
    /// Whether that is an error.
    pub strict: bool,
}

/// Somebody new.
#[derive(Debug, Clone, PartialEq)]
pub struct NewName {
    /// As the table names it.
    pub name: String,
    /// In how many rows.
    pub rows: usize,
    /// Who may be meant.
    pub near: Option<String>,
    /// Whether it is a list of several names.
    pub is_list: bool,
}

impl NewCodes {
    pub(super) fn diagnostic(&self) -> Diagnostic {
        let NewCodes { kind, scheme, near, schemes, others, codes, spans, strict } = self;
        let message = format!("no {kind} that is declared has a code of the scheme `{scheme}`");
        let new = if *strict { "" } else { "each code becomes somebody new: " };
        let place = format!("{new}{}", some(codes));
        if let Some(others) = others {
            return at_each("symmachia::table::unknown_scheme", *strict, message, spans, &place).help(format!(
                "codes of `{scheme}` are those of the kind `{others}`: are two columns exchanged? if a {kind} is meant by them, write \
                 `by {scheme} or new`"
            ));
        }
        let meant = match (near.as_slice(), schemes.as_slice()) {
            ([], []) => format!("declare who has these codes: `{kind} name alias {scheme}:code`;"),
            ([], [only]) => format!("their codes are of the scheme `{only}`;"),
            ([], schemes) => format!("their codes are of the schemes {};", some(schemes)),
            (near, _) => format!("did you mean {}?", by(near)),
        };
        at_each("symmachia::table::unknown_scheme", *strict, message, spans, &place)
            .help(format!("{meant} if they are meant to be new, write `by {scheme} or new`"))
    }
}

impl NewNames {
    pub(super) fn diagnostic(&self) -> Diagnostic {
        const SHOWN: usize = 5;
        let NewNames { table, kind, of, names, schemes, cell, spans, strict, .. } = self;
        let message = match (names.len(), *of) {
            (1, 1) => format!("the {kind} that `{table}` names is not declared"),
            (new, all) if new == all => {
                format!("none of the {all} of the kind `{kind}` that `{table}` names is declared")
            }
            (1, all) => format!("one of the {all} of the kind `{kind}` that `{table}` names is not declared"),
            (new, all) => format!("{new} of the {all} of the kind `{kind}` that `{table}` names are not declared"),
        };
        let mut shown: Vec<String> = names.iter().take(SHOWN).map(NewName::words).collect();
        match names.len().saturating_sub(SHOWN) {
            0 => {}
            more => shown.push(format!("and {more} more")),
        }
        let new = if names.len() == 1 { "it becomes" } else { "each becomes" };
        // Under `--strict` nobody becomes anything.
        let new = if *strict { String::new() } else { format!("{new} somebody new: ") };
        let place = format!("{new}{}", shown.join(", "));
        let one_meant = names.first().and_then(|name| name.near.as_ref());
        let help = match (schemes.as_slice(), one_meant) {
            ([_, ..], _) => {
                let write: Vec<String> = schemes.iter().map(|scheme| format!("`{cell} by {scheme}`")).collect();
                let whichever = if schemes.len() > 1 { ", whichever the table has" } else { "" };
                format!("a cell alone is a name, and these are codes: write {}{whichever}", write.join(" or "))
            }
            ([], near) => {
                let mut ways = Vec::new();
                let list = names.iter().find(|name| name.is_list);
                ways.extend(list.map(|list| {
                    format!("`{}` is a list: a row is about one, so that the table needs a row for each", list.name)
                }));
                ways.extend(
                    near.map(|near| format!("call whoever is declared by name or label in the table, as `{near}`")),
                );
                let alone = || names.iter().filter(|name| !name.is_list);
                let example = alone().find(|name| name.near.is_none()).or(alone().next());
                ways.extend(example.map(|name| format!("declare whoever is missing, `{kind} \"{}\"`", name.name)));
                let is_all_lists = alone().next().is_none();
                ways.extend((!is_all_lists).then(|| format!("or let the table say who there is: `{cell} or new`")));
                let surer = self.known_schemes.first().filter(|_| !is_all_lists).map(|scheme| {
                    format!(". If the table has codes too, they are surer than names, as in `row.code by {scheme}`")
                });
                ways.join("; ") + &surer.unwrap_or_default()
            }
        };
        at_each("symmachia::table::undeclared_names", *strict, message, spans, &place).help(help)
    }
}

impl NewName {
    fn words(&self) -> String {
        let rows = if self.rows == 1 { "one row".to_owned() } else { format!("{} rows", self.rows) };
        match &self.near {
            None => format!("`{}` ({rows})", self.name),
            Some(near) => format!("`{}` ({rows}; did you mean `{near}`?)", self.name),
        }
    }
}

/// `` `by cow` or `by gw` ``
fn by(schemes: &[String]) -> String {
    schemes.iter().map(|scheme| format!("`by {scheme}`")).collect::<Vec<_>>().join(" or ")
}

/// A diagnostic at several places, of which the first tells what is there.
fn at_each(code: &'static str, strict: bool, message: String, spans: &[Span], what: &str) -> Diagnostic {
    let severity = if strict { Severity::Error } else { Severity::Warning };
    let diagnostic = Diagnostic::new(code, severity, message);
    spans
        .iter()
        .enumerate()
        .fold(diagnostic, |diagnostic, (place, span)| diagnostic.at(*span, if place == 0 { what } else { "likewise" }))
}
