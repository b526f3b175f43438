//! Marks and joins of one select.

use super::Compiler;
use crate::model::condition::{Argument, Slot};
use crate::model::program::KindId;

/// What is known of a condition, as four conditions of SQL.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Marks {
    pub(super) is_for: String,
    pub(super) settled_for: String,
    pub(super) against: String,
    pub(super) settled_against: String,
}

impl Marks {
    pub(super) fn met() -> Marks {
        Marks::certain("true")
    }

    pub(super) fn not_met() -> Marks {
        Marks::certain("false")
    }

    /// Met where this holds, else not met.
    pub(super) fn certain(holds: &str) -> Marks {
        let not = not(holds);
        Marks { is_for: holds.to_owned(), settled_for: holds.to_owned(), against: not.clone(), settled_against: not }
    }

    /// The columns of a table that was joined, by its alias; where it has no row, the standing that is neutral there.
    pub(super) fn joined(alias: &str, missing_is_met: bool) -> Marks {
        let column = |name: &str, missing: bool| format!("coalesce({alias}.\"{name}\", {missing})");
        Marks {
            is_for: column("is_for", missing_is_met),
            settled_for: column("settled_for", missing_is_met),
            against: column("is_against", !missing_is_met),
            settled_against: column("settled_against", !missing_is_met),
        }
    }

    pub(super) fn negated(self) -> Marks {
        Marks {
            is_for: self.against,
            settled_for: self.settled_against,
            against: self.is_for,
            settled_against: self.settled_for,
        }
    }

    pub(super) fn and(&self, other: &Marks) -> Marks {
        Marks {
            is_for: and(&self.is_for, &other.is_for),
            settled_for: and(&self.settled_for, &other.settled_for),
            against: or(&self.against, &other.against),
            settled_against: or(&self.settled_against, &other.settled_against),
        }
    }

    pub(super) fn or(&self, other: &Marks) -> Marks {
        self.clone().negated().and(&other.clone().negated()).negated()
    }

    /// As columns of a select, each by a function of SQL, or by none.
    pub(super) fn columns(&self, of_for: &str, of_against: &str) -> String {
        let by = |function: &str, what: &str| {
            if function.is_empty() { what.to_owned() } else { format!("{function}({what})") }
        };
        format!(
            "{} as \"is_for\",\n    {} as \"settled_for\",\n    {} as \"is_against\",\n    {} as \"settled_against\"",
            by(of_for, &self.is_for),
            by(of_for, &self.settled_for),
            by(of_against, &self.against),
            by(of_against, &self.settled_against)
        )
    }
}

pub(super) fn and(one: &str, other: &str) -> String {
    match (one, other) {
        ("true", rest) | (rest, "true") => rest.to_owned(),
        ("false", _) | (_, "false") => "false".to_owned(),
        _ => format!("({one} and {other})"),
    }
}

pub(super) fn or(one: &str, other: &str) -> String {
    match (one, other) {
        ("false", rest) | (rest, "false") => rest.to_owned(),
        ("true", _) | (_, "true") => "true".to_owned(),
        _ => format!("({one} or {other})"),
    }
}

pub(super) fn not(one: &str) -> String {
    match one {
        "true" => "false".to_owned(),
        "false" => "true".to_owned(),
        _ => format!("(not {one})"),
    }
}

/// The names of the columns of a rule's variables, by slot.
pub(super) type Columns = Vec<String>;

/// The rows of a table, with what was joined to each.
#[derive(Debug, Clone)]
pub(super) struct Scope {
    /// Its name, in quotation marks.
    pub(super) source: String,
    /// Whose columns it has.
    pub(super) slots: Vec<Slot>,
    pub(super) columns: Columns,
    /// The kinds of its variables, by slot.
    pub(super) kinds: Vec<KindId>,
    pub(super) joins: Vec<String>,
}

impl Scope {
    pub(super) fn new(source: String, slots: Vec<Slot>, columns: Columns, kinds: Vec<KindId>) -> Scope {
        Scope { source, slots, columns, kinds, joins: Vec::new() }
    }

    /// The columns of its rows, and `year`.
    pub(super) fn keys(&self) -> String {
        let columns = self.slots.iter().map(|slot| format!("s.{}, ", self.columns[*slot]));
        columns.collect::<String>() + "s.\"year\""
    }

    /// Joins a table by conditions, in which `{}` stands for its alias; gives the alias.
    pub(super) fn left_join(&mut self, table: &str, on: &[String]) -> String {
        let alias = format!("j{}", self.joins.len() + 1);
        let on: Vec<String> = on.iter().map(|one| one.replace("{}", &alias)).collect();
        self.joins.push(format!("left join {table} as {alias} on {}", on.join(" and ")));
        alias
    }

    /// Joins a table that has a row for some of its slots, and `year`.
    pub(super) fn join_by_slots(&mut self, table: &str, slots: &[Slot]) -> String {
        let mut on = vec!["{}.\"year\" = s.\"year\"".to_owned()];
        on.extend(slots.iter().map(|slot| format!("{{}}.{0} = s.{0}", self.columns[*slot])));
        self.left_join(table, &on)
    }

    /// `from "cases" as s left join …`
    pub(super) fn from(&self) -> String {
        let mut text = format!("from {} as s", self.source);
        for join in &self.joins {
            text.push_str("\n  ");
            text.push_str(join);
        }
        text
    }
}

impl Compiler<'_> {
    /// An argument of an atom, in a row.
    pub(super) fn value(&self, argument: Argument, scope: &Scope) -> String {
        match argument {
            Argument::Variable(slot) => format!("s.{}", scope.columns[slot]),
            Argument::Individual(individual) => self.key(individual),
        }
    }
}
