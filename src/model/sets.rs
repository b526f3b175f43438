//! Sets in evidence and in lists of cases: individuals, and kinds whose members are meant.

use super::constants::Mention;
use super::program::{IndividualId, KindId};
use super::resolver::Resolver;
use super::scope::{Constant, constant_of};
use crate::evidence::error::EvidenceError;
use crate::syntax::tree::{Term, TermKind};
use crate::text::Span;

/// Members of sets: individuals, and kinds whose members are put in when all are known.
#[derive(Debug, Default)]
pub(super) struct Members {
    pub(super) individuals: Vec<IndividualId>,
    pub(super) kinds: Vec<KindId>,
}

/// A set in a statement that waits for the members of kinds: which statement, which argument, which kinds.
pub(super) type WaitingSet = (usize, usize, Vec<KindId>);

/// The kinds whose members arguments of one statement wait for.
pub(super) type Waiting = Vec<(usize, Vec<KindId>)>;

impl Resolver<'_> {
    /// What terms name: individuals of a kind, and in a set also kinds.
    pub(super) fn members(&mut self, kind: Option<KindId>, terms: &[Term], is_set: bool) -> Option<Members> {
        let mut members = Members::default();
        let mut sound = true;
        for term in terms {
            match &term.kind {
                TermKind::Variable(name) => {
                    let names = vec![name.clone()];
                    self.report.add(EvidenceError::VariableInFact { names, span: term.span, rule: None });
                    sound = false;
                    continue;
                }
                TermKind::Wildcard => {
                    self.report.add(EvidenceError::WildcardInFact { span: term.span });
                    sound = false;
                    continue;
                }
                _ => {}
            }
            let (Some(kind), Some(constant)) = (kind, constant_of(term)) else {
                sound = false;
                continue;
            };
            if let (true, Constant::Name(name)) = (is_set, &constant)
                && let Some(part) = self.part_in_set(kind, name, term.span)
            {
                match part {
                    Ok(part) => members.kinds.push(part),
                    Err(()) => sound = false,
                }
                continue;
            }
            match self.individual(kind, &constant, term.span, Mention::Evidence) {
                Some(id) => members.individuals.push(id),
                None => sound = false,
            }
        }
        members.individuals.sort_unstable();
        members.individuals.dedup();
        sound.then_some(members)
    }

    /// The kind that a name in a set stands for, unless an individual is called so; all its members must be of
    /// the expected kind.
    pub(super) fn part_in_set(&mut self, kind: KindId, name: &str, span: Span) -> Option<Result<KindId, ()>> {
        let root = self.kinds.root(kind);
        match self.kind_in_set(kind, name) {
            Some(part) if self.kinds.parts[kind.index()].contains(&part) => Some(Ok(part)),
            None if self.individuals.find(root, name).is_some() => None,
            _ => self.report_set(kind, name, span).then_some(Err(())),
        }
    }
}
