//! Columns of which most codes are nobody's.

use crate::text::Span;

/// Columns that are read by a scheme in which most of their codes are nobody's.
#[derive(Debug, Clone, PartialEq)]
pub struct StrangeCodes {
    /// The scheme; none where the cells are read as names.
    pub scheme: Option<String>,
    /// Of what kind somebody should have the codes.
    pub kind: String,
    /// The kind that lists its members, so that nobody can be new in it.
    pub closed: Option<Box<str>>,
    /// The columns.
    pub headers: Vec<String>,
    /// How many distinct codes they have.
    pub codes: usize,
    /// How many of them are nobody's.
    pub unknown: usize,
    /// The first few of these.
    pub examples: Vec<String>,
    /// The schemes in which most of these are somebody's, each as good as the others; none for names.
    pub fitting: Vec<Option<String>>,
    /// How many of them are somebody's there.
    pub known_there: usize,
    /// The places in the import, besides the first.
    pub others: Vec<Span>,
}

impl StrangeCodes {
    /// The code of the diagnostic, and its message.
    pub(super) fn message(&self) -> (&'static str, String) {
        let headers: Vec<String> = self.headers.iter().map(|header| format!("`{header}`")).collect();
        let nouns = if self.scheme.is_some() { "codes" } else { "names" };
        let columns = format!("in {}", headers.join(" and "));
        let (which, are) = if self.unknown == self.codes {
            (format!("none of the {} {nouns} {columns}", self.codes), "is")
        } else {
            (format!("{} of the {} {nouns} {columns}", self.unknown, self.codes), "are not")
        };
        let of = match &self.scheme {
            Some(scheme) => format!("{are} in the scheme `{scheme}`"),
            None => format!("{are} in the kind `{}`", self.kind),
        };
        let known = if self.known_there == self.unknown { "all".to_owned() } else { self.known_there.to_string() };
        let known = if self.unknown == self.codes { known } else { format!("{known} of these") };
        match self.fitting.first() {
            None => ("symmachia::table::unknown_code", format!("{which} {of}")),
            Some(Some(_)) => {
                let schemes: Vec<String> = self.fitting.iter().flatten().map(|one| format!("`{one}`")).collect();
                (
                    "symmachia::table::wrong_scheme",
                    format!("{which} {of}, and {known} are in {}", schemes.join(" and in ")),
                )
            }
            Some(None) => ("symmachia::table::wrong_scheme", format!("{which} {of}, and {known} are names")),
        }
    }

    /// What to do; `words` is what stands in the import.
    pub(super) fn help(&self, words: &str) -> String {
        let by: Vec<String> = self.fitting.iter().flatten().map(|scheme| format!("`by {scheme}`")).collect();
        match (by.as_slice(), &self.scheme) {
            ([], Some(scheme)) if !self.fitting.is_empty() => {
                let rest =
                    if self.known_there == self.unknown { "" } else { "; whoever is not called so would be new" };
                format!("leave out `by {scheme}`: a cell alone is a name or a label{rest}")
            }
            ([], scheme) => {
                let doubt = scheme
                    .as_ref()
                    .map_or(String::new(), |scheme| format!("is `{scheme}` the scheme of this table? if it is, "));
                match (&self.closed, scheme) {
                    (None, Some(scheme)) => {
                        format!("{doubt}declare who has these codes, or let them be new with `by {scheme} or new`")
                    }
                    (closed, _) => format!(
                        "{doubt}add them to the members that `{}` lists, or choose rows with `where`",
                        closed.as_deref().unwrap_or(&self.kind)
                    ),
                }
            }
            ([only], Some(_)) => format!("write {only}"),
            ([only], None) => format!("write {only} behind `{words}`"),
            (several, _) => format!("write {}, whichever the table has", several.join(" or ")),
        }
    }
}
