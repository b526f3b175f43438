//! Kinds and their members.

use super::{IndividualId, KindId};
use crate::text::Span;
use crate::time::{IntervalSet, Period};

/// A finite set of individuals.
#[derive(Debug, Clone)]
pub struct Kind {
    /// Its name.
    pub name: String,
    /// Where it is declared; none for the kinds that are built in.
    pub span: Option<Span>,
    /// From `##`.
    pub documentation: Vec<String>,
    /// The kind of which it is a part.
    pub parent: Option<KindId>,
    /// The outermost kind of which it is a part, or itself.
    pub root: KindId,
    /// Its named members, sorted by id.
    pub members: Vec<IndividualId>,
    /// Whether only the members that are listed where it is declared are members; its parts have no others then either.
    pub lists_members: bool,
    /// Its members from the lowest to the highest, where it is ordered (each [`Individual::rank`] is the place here).
    pub order: Option<Vec<IndividualId>>,
    /// Its unnamed member, where it is open: of which only completeness statements speak. `number`, `text` and `date` are open.
    pub unnamed: Option<IndividualId>,
}

/// An individual.
#[derive(Debug, Clone)]
pub struct Individual {
    /// Its name; for a number, text or date, as written.
    pub name: String,
    /// How explanations call it, where it has a label.
    pub label: Option<String>,
    /// Its outermost kind.
    pub kind: KindId,
    /// The days on which it exists.
    pub life: IntervalSet,
    /// Scheme and code.
    pub aliases: Vec<(String, String)>,
    /// Where it is declared, or first named.
    pub span: Option<Span>,
    /// Its place in its ordered kind, 0 the lowest.
    pub rank: Option<u32>,
    /// What it stands for, where its kind is `number`, `text` or `date`.
    pub value: Option<Value>,
    /// Whether it is the unnamed member of an open kind.
    pub is_unnamed: bool,
}

/// The scheme of other names, by which tables find somebody as by a label: `alias name:"Soviet Union"`.
pub const OTHER_NAME: &str = "name";

impl Individual {
    /// What it is called besides its name: its label, and other names.
    pub fn other_names(&self) -> impl Iterator<Item = &str> {
        let others = self.aliases.iter().filter(|(scheme, _)| scheme == OTHER_NAME).map(|(_, name)| name.as_str());
        self.label.as_deref().into_iter().chain(others)
    }

    /// How a reader is told of it: its label, or its name.
    #[must_use]
    pub fn display(&self) -> &str {
        self.label.as_deref().unwrap_or(&self.name)
    }
}

/// What an individual of the kinds `number`, `text` and `date` stands for.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// A number.
    Number(f64),
    /// A text.
    Text(String),
    /// A date, perhaps imprecise.
    Date(Period),
}
