//! Constants: individuals, numbers, texts and dates by the kind that is expected in their place.

use super::error::KindError;
use super::items;
use super::kinds::holds_values;
use super::names::{Lookup, Sort};
use super::program::{IndividualId, KindId, Program, Target, Value};
use super::resolver::Resolver;
use super::scope::{Constant, Expectation};
use super::targets::RoleKind;
use super::time;
use crate::syntax::tree::{FactArgument, FactArgumentKind, ItemKind, QualifiedName, Term};
use crate::text::Span;
use rustc_hash::{FxHashMap, FxHashSet};
use smallvec::SmallVec;

/// What became of a constant that waited for its kind.
#[derive(Debug, Clone, Copy)]
pub(super) enum Settled {
    Individual(IndividualId),
    /// In a comparison of numbers.
    Number(f64),
}

/// Where a constant is named.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mention {
    Evidence,
    Rules,
}

impl Resolver<'_> {
    /// What facts, statements of completeness and lists of cases say of the roles whose kinds are sought.
    pub(super) fn constrain_by_evidence(&mut self) {
        let files = self.files.clone();
        let mut seen: FxHashSet<(u32, &str)> = FxHashSet::default();
        for located in items::each(&files) {
            let (name, arguments): (&QualifiedName, &[FactArgument]) = match &located.item.kind {
                ItemKind::Fact(fact) => (&fact.name, &fact.arguments),
                ItemKind::Completeness(complete) => (&complete.name, complete.arguments.as_deref().unwrap_or(&[])),
                ItemKind::Preference(preference) => match &preference.about {
                    Some(about) => (&about.name, about.arguments.as_deref().unwrap_or(&[])),
                    None => continue,
                },
                ItemKind::Cases(cases) => (&cases.name, &cases.over),
                _ => continue,
            };
            let Lookup::Found(symbol) = self.names.look_up(name, located.framework) else { continue };
            let symbol = &self.names.symbols[symbol];
            if symbol.sort == Sort::Criterion && !matches!(located.item.kind, ItemKind::Cases(_)) {
                continue;
            }
            let Some(target) = symbol.referent.target() else { continue };
            if self.target(target).roles.len() != arguments.len() {
                continue;
            }
            for (role, argument) in arguments.iter().enumerate() {
                let RoleKind::Sought(node) = self.target(target).roles[role].kind else { continue };
                for term in terms(argument) {
                    let Some(constant) = super::scope::constant_of(term) else { continue };
                    if let Constant::Name(name) | Constant::Quoted(name) = &constant {
                        let is_set = !matches!(argument.kind, FactArgumentKind::One(_))
                            || matches!(located.item.kind, ItemKind::Cases(_));
                        let kind =
                            self.kinds.find(name, None).filter(|_| is_set && matches!(constant, Constant::Name(_)));
                        if let Some(kind) = kind {
                            let root = self.kinds.root(kind);
                            // A conflict shows again where the set is expanded.
                            let _ = self.inference.assign(node, root, term.span);
                            continue;
                        }
                        let text = match &term.kind {
                            crate::syntax::tree::TermKind::Name(text) | crate::syntax::tree::TermKind::Quoted(text) => {
                                text.as_str()
                            }
                            _ => continue,
                        };
                        if !seen.insert((node.0, text)) {
                            continue;
                        }
                    }
                    self.constrain_constant(&constant, term.span, node);
                }
            }
        }
    }

    /// Places that hold the same individual share a kind: the one of which the individual is known to be.
    pub(super) fn join_by_individuals(&mut self) {
        let places = std::mem::take(&mut self.named_places);
        if places.is_empty() {
            return;
        }
        let known = self.known_kinds(places.iter().map(|(name, _, _)| name.as_str()).collect());
        let mut unknown: FxHashMap<&str, super::inference::NodeId> = FxHashMap::default();
        for (name, node, span) in &places {
            let result = match known.get(name.as_str()).map(SmallVec::as_slice) {
                Some([kind]) => self.inference.assign(*node, *kind, *span),
                Some([_, _, ..]) => Ok(()),
                _ => {
                    let own = *unknown.entry(name).or_insert_with(|| self.inference.node());
                    self.inference.join(*node, own)
                }
            };
            if let Err(conflict) = result {
                self.report_conflict(name.clone(), conflict, *span);
                self.inference.poison(*node);
            }
        }
    }

    /// The outermost kinds that declarations and declared roles give to names.
    pub(super) fn known_kinds<'n>(&self, names: FxHashSet<&'n str>) -> FxHashMap<&'n str, SmallVec<[KindId; 1]>> {
        let mut known: FxHashMap<&str, SmallVec<[KindId; 1]>> = FxHashMap::default();
        for name in &names {
            known.insert(name, self.individuals.roots_of(name).collect());
        }
        let mut add = |name: &str, kind: KindId| {
            if let Some(kinds) = known.get_mut(name)
                && !kinds.contains(&self.kinds.root(kind))
            {
                kinds.push(self.kinds.root(kind));
            }
        };
        for pending in &self.pending {
            let kind = match pending.expectation {
                Expectation::Role(target, role) => match self.target(target).roles[role].kind {
                    RoleKind::Fixed(kind) => kind,
                    _ => continue,
                },
                _ => continue,
            };
            if let Constant::Name(name) | Constant::Quoted(name) = &pending.constant {
                add(name, kind);
            }
        }
        for located in items::each(&self.files) {
            let ItemKind::Fact(fact) = &located.item.kind else { continue };
            let Lookup::Found(symbol) = self.names.look_up(&fact.name, located.framework) else { continue };
            let Some(target) = self.names.symbols[symbol].referent.target() else { continue };
            let roles = &self.target(target).roles;
            if roles.len() != fact.arguments.len() {
                continue;
            }
            for (role, argument) in roles.iter().zip(&fact.arguments) {
                let RoleKind::Fixed(kind) = role.kind else { continue };
                for term in terms(argument) {
                    if let crate::syntax::tree::TermKind::Name(name) | crate::syntax::tree::TermKind::Quoted(name) =
                        &term.kind
                    {
                        add(name, kind);
                    }
                }
            }
        }
        known
    }

    /// Finds the individuals of all constants in conditions.
    pub(super) fn settle_constants(&mut self) -> Vec<Option<Settled>> {
        let pending = std::mem::take(&mut self.pending);
        pending
            .into_iter()
            .map(|constant| {
                let kind = match constant.expectation {
                    Expectation::Role(target, role) => {
                        let kind = self.target(target).roles[role].kind;
                        self.kind_of(kind)?
                    }
                    Expectation::Node(node) => {
                        self.inference.kind(node).filter(|_| !self.inference.is_poisoned(node))?
                    }
                    Expectation::DateOrNumber(node) => {
                        let kind = self.inference.kind(node).filter(|_| !self.inference.is_poisoned(node))?;
                        match (&constant.constant, kind) {
                            (Constant::Number(number), Program::NUMBER) => return Some(Settled::Number(*number)),
                            (_, Program::DATE) => kind,
                            // Reported with the comparison.
                            _ => return None,
                        }
                    }
                };
                self.individual(kind, &constant.constant, constant.span, Mention::Rules).map(Settled::Individual)
            })
            .collect()
    }

    /// The individual that a constant names where a kind is expected, or a diagnostic.
    pub(super) fn individual(
        &mut self,
        kind: KindId,
        constant: &Constant,
        span: Span,
        mention: Mention,
    ) -> Option<IndividualId> {
        let root = self.kinds.root(kind);
        let id = if holds_values(root) {
            self.value(root, constant, span)?
        } else {
            match constant {
                Constant::Name(name) => self.named(kind, name, false, span)?,
                Constant::Quoted(name) => self.named(kind, name, true, span)?,
                Constant::Number(_) | Constant::Date(_) => {
                    self.report_wrong_kind(kind, constant, span);
                    return None;
                }
            }
        };
        let is_earlier = {
            let draft = self.individuals.get(id);
            let places = self.report.places();
            !draft.declared && draft.span.is_none_or(|first| places.key(span) < places.key(first))
        };
        let is_assumed = self.texts.get(span.file).is_assumed();
        let draft = self.individuals.get_mut(id);
        draft.is_given |= !is_assumed;
        if is_earlier {
            draft.span = Some(span);
        }
        draft.mentions += 1;
        draft.in_evidence |= mention == Mention::Evidence;
        Some(id)
    }

    pub(super) fn report_wrong_kind(&mut self, kind: KindId, constant: &Constant, span: Span) {
        let noun = match constant {
            Constant::Number(_) => "number",
            Constant::Date(_) => "date",
            Constant::Quoted(_) => "text",
            Constant::Name(_) => "name",
        };
        let mut members: Vec<String> = Vec::new();
        if self.kinds.get(kind).is_closed() {
            members = self.individuals.members_in_order(&self.kinds, kind).into_iter().map(str::to_owned).collect();
        }
        self.report.add(KindError::WrongConstant {
            what: self.texts.slice(span).to_owned(),
            noun,
            kind: self.kinds.name(kind).to_owned(),
            members,
            span,
        });
    }

    /// A number, text or date that stands in a role.
    fn value(&mut self, kind: KindId, constant: &Constant, span: Span) -> Option<IndividualId> {
        let (name, value) = match (kind, constant) {
            (Program::NUMBER, Constant::Number(number)) => (number.to_string(), Value::Number(*number)),
            (Program::TEXT, Constant::Quoted(text)) => (text.clone(), Value::Text(text.clone())),
            (Program::DATE, _) if constant.date(span).is_some() => {
                let date = constant.date(span)?;
                (time::written(&date), Value::Date(time::period(&date, &mut self.report)?))
            }
            _ => {
                self.report_wrong_kind(kind, constant, span);
                return None;
            }
        };
        let id = self.individuals.intern(kind, &name, Some(span));
        self.individuals.add_kind(id, kind);
        self.individuals.get_mut(id).value = Some(value);
        Some(id)
    }

    fn named(&mut self, kind: KindId, name: &str, quoted: bool, span: Span) -> Option<IndividualId> {
        let root = self.kinds.root(kind);
        let closed = self.kinds.ancestors(kind).find(|ancestor| self.kinds.get(*ancestor).is_closed());
        // A kind's name in an individual's place is a forgotten pair of braces.
        if !quoted && self.kind_in_set(kind, name).is_some() {
            self.report.add(KindError::KindAsIndividual { name: name.to_owned(), span });
            return None;
        }
        if let Some(id) = self.individuals.find(root, name) {
            if self.individuals.is_member(&self.kinds, id, kind) {
                return Some(id);
            }
            if closed.is_none() && !self.individuals.get(id).declared {
                self.individuals.add_kind(id, kind);
                return Some(id);
            }
            let known = self.individuals.get(id);
            self.report.add(KindError::NotInPart {
                name: name.to_owned(),
                is: known.kinds.iter().map(|kind| self.kinds.name(*kind).to_owned()).collect(),
                kind: self.kinds.name(kind).to_owned(),
                closed: self.kinds.get(kind).is_closed(),
                span,
                first: known.span,
            });
            return None;
        }
        if let Some(other) = self.declared_elsewhere(root, name) {
            let known = self.individuals.get(other);
            self.report.add(KindError::OtherKind {
                name: name.to_owned(),
                is: self.kinds.name(known.root).to_owned(),
                kind: self.kinds.name(kind).to_owned(),
                span,
                first: known.span,
            });
            return None;
        }
        if let Some(closed) = closed {
            self.individuals.report_unknown(&self.kinds, closed, name, span, &mut self.report);
            return None;
        }
        let id = self.individuals.intern(root, name, Some(span));
        self.individuals.add_kind(id, kind);
        Some(id)
    }

    /// An individual of this name that is declared under another outermost kind; levels do not count, since
    /// they are words that many kinds share.
    fn declared_elsewhere(&self, root: KindId, name: &str) -> Option<IndividualId> {
        if self.kinds.get(root).is_closed() {
            return None;
        }
        self.individuals
            .roots_of(name)
            .filter(|other| *other != root && !self.kinds.get(*other).is_ordered() && !holds_values(*other))
            .filter_map(|other| self.individuals.find(other, name))
            .find(|id| self.individuals.get(*id).declared)
    }

    /// The kind that a name in a set stands for, unless an individual is declared of this name.
    pub(super) fn kind_in_set(&self, kind: KindId, name: &str) -> Option<KindId> {
        let root = self.kinds.root(kind);
        if self.individuals.find(root, name).is_some_and(|id| self.individuals.get(id).declared) {
            return None;
        }
        self.kinds.find(name, None).filter(|part| self.kinds.root(*part) == root)
    }

    /// Says that a kind in a set is none of the expected kind; nothing where the name is no kind's.
    pub(super) fn report_set(&mut self, kind: KindId, name: &str, span: Span) -> bool {
        let Some(other) = self.kinds.find(name, None) else { return false };
        let is_wider = self.kinds.root(kind) == self.kinds.root(other);
        self.report.add(KindError::SetOfOtherKind {
            is_wider,
            name: name.to_owned(),
            is: self.kinds.name(self.kinds.root(other)).to_owned(),
            kind: self.kinds.name(kind).to_owned(),
            span,
        });
        true
    }

    /// The kind of a target's role, once known.
    pub(super) fn role_kind(&mut self, target: Target, role: usize) -> Option<KindId> {
        let kind = self.target(target).roles[role].kind;
        self.kind_of(kind)
    }
}

/// The terms of a fact's argument.
pub(super) fn terms(argument: &FactArgument) -> &[Term] {
    match &argument.kind {
        FactArgumentKind::One(term) => std::slice::from_ref(term),
        FactArgumentKind::Set(terms) | FactArgumentKind::Only(terms) => terms,
    }
}
