//! Cells that are compared with what none of them is, in words.

use super::unread::{listed, short};
use crate::diagnostic::Diagnostic;
use crate::text::Span;

/// A column that is compared with something that stands in none of its cells.
#[derive(Debug, Clone, PartialEq)]
pub struct NeverEqual {
    /// The cell as written in the import.
    pub cell: String,
    /// With what it is compared.
    pub wanted: Vec<String>,
    /// What stands in the cells: the first few distinct texts, the likeliest first.
    pub has: Vec<String>,
    /// How many distinct texts there are.
    pub distinct: usize,
    /// The text that may have been meant.
    pub near: Option<String>,
    /// Whether one side is numbers and the other words.
    pub is_other_sort: bool,
    /// The comparison.
    pub span: Span,
}

impl NeverEqual {
    /// Whether it can hardly be meant, however many rows there are.
    #[must_use]
    pub fn is_surely_wrong(&self) -> bool {
        self.is_other_sort || self.near.is_some()
    }

    /// What is said of it at its place.
    pub(super) fn label(&self) -> String {
        let NeverEqual { cell, wanted, has, distinct, .. } = self;
        let never = listed(wanted.iter().map(String::as_str)).replace(" and ", " or ");
        let is = match (has.as_slice(), *distinct) {
            ([], _) => return format!("`{cell}` is empty in every row"),
            (some, all) if some.len() < all => {
                let shown: Vec<String> = some.iter().map(|text| format!("`{}`", short(text))).collect();
                format!("{} and so on, {all} in all", shown.join(", "))
            }
            (all, _) => listed(all.iter().map(String::as_str)).replace(" and ", " or "),
        };
        format!("`{cell}` is {is}, never {never}")
    }

    /// What to do about it.
    pub(super) fn help(&self) -> Option<String> {
        let is_number = |text: &&String| text.parse::<f64>().is_ok();
        match (&self.near, self.has.first()) {
            (Some(near), _) if is_number(&near) => Some(format!("did you mean `{near}`?")),
            (Some(near), _) => Some(format!("did you mean `\"{near}\"`?")),
            (None, Some(first)) if self.is_other_sort && is_number(&first) => {
                Some(format!("compare it with a number, as in `{} = {first}`", self.cell))
            }
            (None, Some(first)) if self.is_other_sort => {
                Some(format!("compare it with one of its texts, as in `{} = \"{}\"`", self.cell, short(first)))
            }
            _ => None,
        }
    }

    /// Adds what is said where rows are read all the same.
    pub(super) fn tell(&self, diagnostic: Diagnostic) -> Diagnostic {
        let diagnostic = diagnostic.at(self.span, self.label());
        match self.help() {
            Some(help) => diagnostic.help(help),
            None => diagnostic,
        }
    }
}
