//! The columns of a panel, and what each of them means.

use super::names::Names;
use crate::model::Program;
use crate::model::program::{DatedCodes, IndividualId, KindId};
use crate::sheet::{Cell, Column};
use crate::text::Span;
use std::collections::BTreeMap;

/// A column with what a codebook says of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PanelColumn {
    /// Its name and whether it holds numbers.
    pub column: Column,
    /// Its name before it was cut and cleaned.
    pub full: String,
    /// Among what it is looked for when rows of another criterion have such a column too.
    group: &'static str,
    /// What it is.
    pub meaning: Meaning,
}

impl PanelColumn {
    /// Whether it is one of a group.
    pub(super) fn is_of(&self, group: &str) -> bool {
        self.group == group
    }
}

/// What a column is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meaning {
    /// In a sentence.
    pub text: String,
    /// The author's words that it is about.
    pub span: Option<Span>,
}

/// Columns while they are put together.
#[derive(Debug, Default)]
pub(super) struct Columns {
    names: Names,
    pub(super) columns: Vec<PanelColumn>,
}

impl Columns {
    /// The place of a column: an earlier one of the group that is called so in full, or a new one.
    pub(super) fn place(
        &mut self,
        group: &'static str,
        full: &str,
        ending: &str,
        is_numeric: bool,
        meaning: Meaning,
    ) -> usize {
        let whole = format!("{full}{ending}");
        if let Some(known) = self.columns.iter().position(|column| column.group == group && column.full == whole) {
            return known;
        }
        let column = Column { name: self.names.name(full, ending), is_numeric };
        self.columns.push(PanelColumn { column, full: whole, group, meaning });
        self.columns.len() - 1
    }
}

impl Meaning {
    pub(super) fn new(text: impl Into<String>) -> Meaning {
        Meaning { text: text.into(), span: None }
    }

    pub(super) fn at(mut self, span: Span) -> Meaning {
        self.span = Some(span);
        self
    }
}

/// The codes of a scheme.
#[derive(Debug, Clone)]
pub(super) struct Codes {
    scheme: String,
    pub(super) are_numbers: bool,
    /// Of each individual its code; further ones that it has besides follow after a semicolon.
    of_each: Vec<Option<String>>,
    /// The number that each is.
    numbers: Vec<Option<i64>>,
    /// Of those who have one code after another.
    dated: BTreeMap<IndividualId, DatedCodes>,
}

impl Codes {
    /// Of a scheme; numbers where every code of it is one that loses nothing when it is read as a number.
    pub(super) fn new(program: &Program, scheme: &str) -> Codes {
        let all = program.individuals.iter().flat_map(|individual| &individual.aliases);
        let are_numbers = all.filter(|(of, _)| of == scheme).all(|(_, code)| number(code).is_some());
        let codes = |individual: usize| -> Option<String> {
            let own: Vec<&str> = program.codes(IndividualId(individual as u32), scheme).collect();
            (!own.is_empty()).then(|| own.join(";"))
        };
        let of_each: Vec<Option<String>> = (0..program.individuals.len()).map(codes).collect();
        let numbers = of_each.iter().map(|code| number(code.as_deref()?)).collect();
        Codes { scheme: scheme.to_owned(), are_numbers, of_each, numbers, dated: program.dated_codes(scheme) }
    }

    /// Whether they are those of a scheme.
    pub(super) fn is_called(&self, scheme: &str) -> bool {
        self.scheme == scheme
    }

    /// Whether a member of a kind has such a code.
    pub(super) fn are_of(&self, program: &Program, kind: KindId) -> bool {
        let has = |individual: &IndividualId| self.of(*individual).is_some();
        program.kind(kind).members.iter().any(has)
    }

    /// The code of an individual.
    pub(super) fn of(&self, individual: IndividualId) -> Option<&str> {
        self.of_each[individual.index()].as_deref()
    }

    /// The codes that an individual has one after another, with their days; none where it has the same always.
    pub(super) fn dated(&self, individual: IndividualId) -> Option<&DatedCodes> {
        if self.dated.is_empty() { None } else { self.dated.get(&individual) }
    }

    /// What stands in the cell of an individual's code.
    pub(super) fn cell_of(&self, individual: IndividualId) -> Cell<'_> {
        match (self.numbers[individual.index()], self.of(individual)) {
            (Some(number), _) if self.are_numbers => Cell::Integer(number),
            (_, Some(code)) => Cell::text(code),
            (_, None) => Cell::Missing,
        }
    }

    /// What stands in the cell of a code.
    pub(super) fn cell(&self, code: String) -> Cell<'static> {
        match number(&code).filter(|_| self.are_numbers) {
            Some(number) => Cell::Integer(number),
            None => Cell::text(code),
        }
    }
}

/// A code as a number, where writing the number gives the code back.
pub(super) fn number(code: &str) -> Option<i64> {
    code.parse::<i64>().ok().filter(|number| number.to_string() == code)
}
