//! Whom a cell means: by a code of some scheme, or by name.

use super::aliases::{AliasIndex, Holders};
use super::parts::{Meant, possible_days};
use crate::evidence::StatementTime;
use crate::model::program::{IndividualId, KindId};
use crate::model::resolver::Resolver;
use crate::model::scope::Constant;
use crate::model::{constants::Mention, kinds::holds_values};
use crate::tables::{Column, DateForm, RowOf, Symbol, Why};
use crate::text::Span;
use crate::time::Interval;
use std::collections::BTreeSet;

/// An argument of a template.
pub(super) struct Argument {
    pub(super) kind: ArgumentKind,
    pub(super) span: Span,
}

impl Argument {
    /// Whom it names: whatever the row, or by a text that means one individual, though the row may be left out; or by a row
    /// over whose days several have the code.
    pub(super) fn named(&self) -> Vec<IndividualId> {
        match &self.kind {
            ArgumentKind::Fixed(individual) => vec![*individual],
            ArgumentKind::Cell(cell) => {
                cell.known.iter().flatten().filter_map(Code::only).chain(cell.passing.iter().copied()).collect()
            }
        }
    }
}

pub(super) enum ArgumentKind {
    /// The same for all rows.
    Fixed(IndividualId),
    /// By a cell.
    Cell(CodeCell),
}

/// A cell that tells of whom a row is.
pub(super) struct CodeCell {
    pub(super) column: usize,
    /// Of the role.
    pub(super) role: KindId,
    pub(super) scheme: Option<String>,
    pub(super) or_new: bool,
    /// What each distinct text means, as far as it was looked for.
    pub(super) known: Vec<Option<Code>>,
    /// Whether some text of the column is a code of the scheme, once that was asked.
    pub(super) has_codes: Option<bool>,
    /// Those who have the code on some day of a row that several have, each once.
    pub(super) passing: BTreeSet<IndividualId>,
}

/// What a text means.
#[derive(Clone)]
pub(super) enum Code {
    One(IndividualId),
    /// The date chooses.
    Several(Holders),
    Nobody(Why),
}

impl Code {
    /// The one whom it means whatever the date.
    pub(super) fn only(&self) -> Option<IndividualId> {
        match self {
            Code::One(individual) => Some(*individual),
            Code::Several(_) | Code::Nobody(_) => None,
        }
    }
}

impl Resolver<'_> {
    /// Whom an argument means in a row that holds at a time.
    pub(super) fn argument(
        &mut self,
        argument: &mut Argument,
        row: RowOf<'_>,
        time: &dyn Fn() -> StatementTime,
        index: &mut AliasIndex,
    ) -> Result<Meant, Why> {
        let span = argument.span;
        let cell = match &mut argument.kind {
            ArgumentKind::Fixed(individual) => return Ok(Meant::One(*individual)),
            ArgumentKind::Cell(cell) => cell,
        };
        let symbol = row.symbols[cell.column];
        let column = &row.columns[cell.column];
        self.meaning(cell, span, column, symbol, index);
        match &cell.known[symbol as usize] {
            Some(Code::One(individual)) => Ok(Meant::One(*individual)),
            Some(Code::Several(holders)) => {
                self.holders_at(holders, cell.scheme.as_deref(), column.text(symbol), possible_days(&time()))
            }
            Some(Code::Nobody(why)) => Err(why.clone()),
            None => Err(Why::NoIndividual { header: column.header.clone() }),
        }
    }

    /// What a text of a column means, looked for once.
    pub(super) fn meaning<'c>(
        &mut self,
        cell: &'c mut CodeCell,
        span: Span,
        column: &Column,
        symbol: Symbol,
        index: &mut AliasIndex,
    ) -> &'c Code {
        if cell.known.len() < column.symbols() {
            cell.known.resize(column.symbols(), None);
        }
        let (role, or_new) = (cell.role, cell.or_new);
        let has_codes = &mut cell.has_codes;
        cell.known[symbol as usize].get_or_insert_with(|| {
            let (text, number) = (column.text(symbol), column.number(symbol));
            match &cell.scheme {
                _ if column.is_missing(symbol) => Code::Nobody(Why::NoIndividual { header: column.header.clone() }),
                Some(scheme) => match self.by_code(role, scheme, or_new, text, number, span, index) {
                    Code::Nobody(mut why) => {
                        if let Why::UnknownCode { elsewhere: Some(elsewhere), .. } = &mut why {
                            let root = self.kinds.root(role);
                            let is_code =
                                |one: Symbol| index.find(root, scheme, column.text(one), column.number(one)).is_some();
                            elsewhere.is_alone =
                                !*has_codes.get_or_insert_with(|| (0..column.symbols() as Symbol).any(is_code));
                        }
                        Code::Nobody(why)
                    }
                    code => code,
                },
                None => self.by_name(role, or_new, text, number, span, index),
            }
        })
    }

    #[expect(clippy::too_many_arguments, reason = "a code is looked for in many places")]
    fn by_code(
        &mut self,
        role: KindId,
        scheme: &str,
        or_new: bool,
        code: &str,
        number: Option<f64>,
        span: Span,
        index: &mut AliasIndex,
    ) -> Code {
        let root = self.kinds.root(role);
        if let Some(holders) = index.find(root, scheme, code, number).cloned() {
            let fitting: Holders =
                holders.iter().copied().filter(|one| self.individuals.is_member(&self.kinds, *one, role)).collect();
            return match fitting.as_slice() {
                [] => Code::Nobody(Why::OtherKind {
                    name: holders.first().map_or(String::new(), |one| self.individuals.get(*one).name.clone()),
                    kind: self.kinds.name(role).to_owned(),
                    others: 0,
                }),
                [only] => Code::One(*only),
                _ => Code::Several(fitting),
            };
        }
        let closed = self.closed_kind(role);
        if closed.is_some() || (!or_new && index.declared.contains(&(root, scheme.to_owned()))) {
            return Code::Nobody(self.unknown_code(role, closed, scheme, code, number, index));
        }
        // The same code in another scheme is somebody else's.
        let is_taken = |name: &str| {
            let known = self.individuals.find(root, name);
            known.is_some_and(|known| {
                let aliases = &self.individuals.get(known).aliases;
                aliases.iter().any(|(of, known, _)| of != scheme && known == code)
            })
        };
        let name = if is_taken(code) { format!("{scheme}:{code}") } else { code.to_owned() };
        let individual = self.individuals.intern(root, &name, Some(span));
        self.individuals.add_kind(individual, role);
        let label = format!("{} {name}", self.kinds.name(root).replace('_', " "));
        let draft = self.individuals.get_mut(individual);
        draft.declared = true;
        draft.in_evidence = true;
        if draft.label.is_none() {
            draft.label = Some((label, span));
        }
        draft.aliases.push((scheme.to_owned(), code.to_owned(), span));
        index.add(root, scheme, code, individual);
        Code::One(individual)
    }

    /// Who is called so.
    pub(super) fn by_name_or_label(&self, root: KindId, text: &str, index: &AliasIndex) -> Option<IndividualId> {
        let by_label = || index.labels.get(&(root, text.to_lowercase())).copied().flatten();
        self.individuals.find(root, text).or_else(by_label)
    }

    fn closed_kind(&self, role: KindId) -> Option<KindId> {
        self.kinds.ancestors(role).find(|kind| self.kinds.get(*kind).is_closed())
    }

    fn by_name(
        &mut self,
        role: KindId,
        or_new: bool,
        text: &str,
        number: Option<f64>,
        span: Span,
        index: &AliasIndex,
    ) -> Code {
        let root = self.kinds.root(role);
        if holds_values(root) {
            let constant = match (root, number) {
                (crate::model::program::Program::NUMBER, Some(number)) => Constant::Number(number),
                (crate::model::program::Program::NUMBER, None) => {
                    return Code::Nobody(Why::NotANumber { texts: vec![text.to_owned()] });
                }
                (crate::model::program::Program::DATE, _) => {
                    let texts = vec![text.to_owned()];
                    return Code::Nobody(Why::NotADate { texts, form: DateForm::Cell, date: None });
                }
                _ => Constant::Quoted(text.to_owned()),
            };
            return match self.individual(role, &constant, span, Mention::Evidence) {
                Some(individual) => Code::One(individual),
                None => Code::Nobody(Why::NotANumber { texts: vec![text.to_owned()] }),
            };
        }
        if let Some(known) = self.by_name_or_label(root, text, index) {
            self.individuals.get_mut(known).is_given = true;
            if self.individuals.is_member(&self.kinds, known, role) {
                self.individuals.get_mut(known).declared |= or_new;
                return Code::One(known);
            }
            // Whoever is only named is of each kind in which it is named, as in facts.
            if self.closed_kind(role).is_none() && !self.individuals.get(known).declared {
                self.individuals.add_kind(known, role);
                return Code::One(known);
            }
            return Code::Nobody(Why::OtherKind {
                name: self.individuals.get(known).name.clone(),
                kind: self.kinds.name(role).to_owned(),
                others: 0,
            });
        }
        if self.closed_kind(role).is_some() {
            return Code::Nobody(self.unknown_level(role, text));
        }
        let individual = self.individuals.intern(root, text, Some(span));
        self.individuals.add_kind(individual, role);
        let draft = self.individuals.get_mut(individual);
        draft.declared |= or_new;
        draft.in_evidence = true;
        draft.mentions += 1;
        draft.in_tables = true;
        draft.is_given = true;
        Code::One(individual)
    }

    /// Who of several has a code on some days: those who exist on any of them.
    fn holders_at(&self, holders: &Holders, scheme: Option<&str>, code: &str, days: Interval) -> Result<Meant, Why> {
        let life = |one: &IndividualId| self.individuals.get(*one).life.as_ref().map(|(life, _)| life);
        // Most rows lie within one life.
        let around = |one: &&IndividualId| {
            life(one).is_none_or(|life| life.interval_at(days.first).is_some_and(|of| of.last >= days.last))
        };
        if let Some(only) = holders.iter().find(around) {
            return Ok(Meant::One(*only));
        }
        let exists = |one: &IndividualId| life(one).is_none_or(|life| life.touches(days));
        let found: Holders = holders.iter().copied().filter(exists).collect();
        match found.as_slice() {
            [] => Err(Why::AmbiguousCode {
                code: format!("{}:{code}", scheme.unwrap_or("")),
                holders: holders.iter().map(|one| self.individuals.get(*one).name.clone()).collect(),
            }),
            [only] => Ok(Meant::One(*only)),
            _ => Ok(Meant::Several(found)),
        }
    }

    fn unknown_code(
        &self,
        role: KindId,
        closed: Option<KindId>,
        scheme: &str,
        code: &str,
        number: Option<f64>,
        index: &AliasIndex,
    ) -> Why {
        const MOST: usize = 3;
        let root = self.kinds.root(role);
        // Numbers that differ in a digit have nothing in common.
        let is_spelt = number.is_none();
        let mut near: Vec<(usize, String)> = index
            .holders
            .iter()
            .filter(|((kind, of, _), _)| is_spelt && *kind == root && of == scheme)
            .flat_map(|((_, _, known), holders)| holders.iter().map(move |holder| (known, holder)))
            .map(|(known, holder)| {
                let distance = strsim::damerau_levenshtein(known, code);
                (distance, format!("`{}` ({known})", self.individuals.get(*holder).name))
            })
            .filter(|(distance, _)| *distance == 1)
            .collect();
        near.sort();
        near.truncate(MOST);
        Why::UnknownCode {
            scheme: Some(scheme.to_owned()),
            code: code.into(),
            kind: self.kinds.name(role).to_owned(),
            near: near.into_iter().map(|(_, name)| name).collect(),
            elsewhere: self.elsewhere(root, scheme, code, number, index),
            closed: closed.map(|closed| self.kinds.name(closed).into()),
            members: Box::default(),
        }
    }

    /// No member of a kind that lists its members is called so.
    pub(super) fn unknown_level(&self, kind: KindId, text: &str) -> Why {
        let mut members: Vec<String> = self.individuals.names_of(&self.kinds, kind).map(str::to_owned).collect();
        members.sort_unstable();
        let near = crate::model::near::nearest(text, members.iter().map(String::as_str));
        Why::UnknownCode {
            scheme: None,
            code: text.into(),
            kind: self.kinds.name(kind).to_owned(),
            near: near.into_iter().map(|name| format!("`{name}`")).collect(),
            elsewhere: None,
            closed: None,
            members: members.into(),
        }
    }
}
