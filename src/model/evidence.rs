//! Statements of evidence and of completeness.

use super::constants::{self, Mention};
use super::error::RuleError;
use super::items::{self, Located};
use super::names::{Lookup, Sort};
use super::program::{IndividualId, KindId, Target};
use super::resolver::Resolver;
use super::scope::Constant;
use super::sets::Waiting;
use super::time;
use crate::evidence::error::{EvidenceError, Refused};
use crate::evidence::{Polarity, Statement, StatementArgument, StatementValue};
use crate::syntax::tree::{Fact, FactArgument, FactArgumentKind, FactValueKind, ItemKind, QualifiedName, TermKind};
use crate::text::Span;

impl<'a> Resolver<'a> {
    /// Resolves all facts and statements of completeness.
    pub(super) fn lower_evidence(&mut self) {
        let files = self.files.clone();
        for located in items::each(&files) {
            match &located.item.kind {
                ItemKind::Fact(fact) if self.check_fact(located, fact) => {
                    let statement = self.statement(located, fact);
                    self.statements.extend(statement);
                }
                ItemKind::Completeness(complete) => {
                    let completeness = self.completeness_of(located, complete);
                    self.completeness.extend(completeness);
                }
                ItemKind::Preference(preference) => {
                    let preference = self.preference(located, preference);
                    self.preferences.extend(preference);
                }
                _ => {}
            }
        }
    }

    /// Whether a fact is one: with variables it is none, and below a rule it was perhaps meant to belong to it.
    fn check_fact(&mut self, located: Located<'a>, fact: &Fact) -> bool {
        let rule = located.after_rule.filter(|_| located.item.indented);
        let terms = fact.arguments.iter().flat_map(constants::terms);
        let mut variables: Vec<(&str, Span)> = terms
            .filter_map(|term| match &term.kind {
                TermKind::Variable(name) => Some((name.as_str(), term.span)),
                _ => None,
            })
            .collect();
        variables.dedup_by_key(|(name, _)| *name);
        if let Some((_, first)) = variables.first() {
            self.report.add(EvidenceError::VariableInFact {
                names: variables.iter().map(|(name, _)| (*name).to_owned()).collect(),
                span: if rule.is_some() { fact.atom_span } else { *first },
                rule,
            });
            return false;
        }
        if let Some(rule) = rule {
            self.report.add(EvidenceError::IndentedFact { span: fact.atom_span, rule });
        }
        true
    }

    /// What a statement is about: a predicate or a recorded measure.
    pub(super) fn subject(
        &mut self,
        located: Located<'a>,
        name: &QualifiedName,
        span: Span,
        value: bool,
    ) -> Option<Target> {
        let symbol = match self.names.look_up(name, located.framework) {
            Lookup::Found(symbol) => &self.names.symbols[symbol],
            Lookup::Ambiguous(candidates) => &self.names.symbols[*candidates.first()?],
            Lookup::Unknown if name.framework.is_none() => {
                let sort = if value { Sort::Measure } else { Sort::Predicate };
                let near = self.names.nearest(&name.name.text, |symbol| symbol.sort == sort);
                self.report.add(EvidenceError::Unknown {
                    name: name.name.text.clone(),
                    is_measure: value,
                    near,
                    span: name.span,
                });
                return None;
            }
            lookup => {
                self.report_lookup(name, &lookup);
                return None;
            }
        };
        match symbol.sort {
            Sort::Predicate | Sort::Sketch | Sort::Measure => symbol.referent.target(),
            Sort::Criterion | Sort::DefinedMeasure | Sort::Classification | Sort::Parameter => {
                self.report.add(EvidenceError::AboutDefined {
                    name: symbol.name.clone(),
                    noun: symbol.sort.noun(),
                    span,
                    first: symbol.span,
                });
                None
            }
        }
    }

    fn statement(&mut self, located: Located<'a>, fact: &'a Fact) -> Option<Statement> {
        let times = time::statement_times(&fact.spans, &mut self.report);
        let target = self.subject(located, &fact.name, fact.atom_span, fact.value.is_some())?;
        let allowed = self.check_polarity(target, fact);
        let arguments = self.fact_arguments(target, &fact.arguments, fact.atom_span);
        let value = self.value_of(target, fact);
        let (arguments, waiting) = arguments?;
        if !allowed {
            return None;
        }
        let (value, times) = (value?, times?);
        if fact.mutually {
            self.check_mutual(target, fact)?;
        }
        self.check_self_pair(target, &arguments, &waiting)?;
        let at = self.statements.len();
        self.waiting_sets.extend(waiting.into_iter().map(|(argument, kinds)| (at, argument, kinds)));
        Some(Statement {
            target,
            polarity: fact.polarity,
            mutually: fact.mutually,
            arguments,
            value,
            times,
            citations: self.citations(&fact.citations),
            note: fact.note.as_ref().map(|note| note.text.clone()),
            documentation: located.item.documentation.clone(),
            span: located.item.span,
            atom_span: fact.atom_span,
            row: None,
        })
    }

    fn check_polarity(&mut self, target: Target, fact: &Fact) -> bool {
        let is_measure = matches!(target, Target::Measure(_));
        let has_only = fact.arguments.iter().any(|argument| matches!(argument.kind, FactArgumentKind::Only(_)));
        let refused = if fact.either_way {
            Some(Refused::EitherWay)
        } else if fact.mutually && fact.polarity == Polarity::Against {
            Some(Refused::NotMutually)
        } else if is_measure && fact.polarity == Polarity::Against {
            Some(Refused::NotMeasure)
        } else if has_only && (is_measure || fact.polarity != Polarity::For) {
            Some(Refused::Only)
        } else {
            None
        };
        if let Some(form) = refused {
            let inside = self.texts.slice(fact.atom_span).to_owned();
            self.report.add(EvidenceError::Refused { form, inside, span: fact.atom_span });
        }
        refused.is_none()
    }

    /// The value that a fact gives; the outer none where it is wrong.
    fn value_of(&mut self, target: Target, fact: &Fact) -> Option<Option<StatementValue>> {
        let name = &fact.name.name.text;
        let Target::Measure(measure) = target else {
            if let Some(value) = &fact.value {
                let declared = self.target(target).span;
                self.report.add(EvidenceError::ValueOfPredicate { name: name.clone(), span: value.span, declared });
                return None;
            }
            return Some(None);
        };
        let draft = &self.measures[measure.index()];
        let (levels, declared) = (draft.levels, draft.span);
        match (&fact.value, fact.polarity) {
            (None, Polarity::Unknown) => Some(None),
            (None, _) => {
                self.report.add(EvidenceError::NoValue { name: name.clone(), span: fact.atom_span, declared });
                None
            }
            (Some(value), Polarity::Unknown) => {
                let inside = self.texts.slice(fact.atom_span).to_owned();
                self.report.add(EvidenceError::Refused { form: Refused::UnknownValue, inside, span: value.span });
                None
            }
            (Some(value), _) => match (&value.kind, levels) {
                (FactValueKind::Number(number), None) => Some(Some(StatementValue::Number(*number))),
                (FactValueKind::Level(level), Some(kind)) => {
                    let constant = Constant::Name(level.clone());
                    let level = self.individual(kind, &constant, value.span, Mention::Evidence)?;
                    Some(Some(StatementValue::Level(level)))
                }
                (_, levels) => {
                    let levels = levels.map(|kind| self.kinds.name(kind).to_owned());
                    self.report.add(EvidenceError::WrongValue {
                        name: name.clone(),
                        levels,
                        span: value.span,
                        declared,
                    });
                    None
                }
            },
        }
    }

    /// The arguments of a statement, and the kinds whose members some of them wait for.
    fn fact_arguments(
        &mut self,
        target: Target,
        arguments: &'a [FactArgument],
        span: Span,
    ) -> Option<(Vec<StatementArgument>, Waiting)> {
        if self.target(target).roles.len() != arguments.len() {
            self.report_arity(target, arguments.len(), span);
            return None;
        }
        let mut resolved = Some(Vec::new());
        let mut waiting = Waiting::new();
        for (role, argument) in arguments.iter().enumerate() {
            let kind = self.role_kind(target, role);
            let (terms, is_set, only) = match &argument.kind {
                FactArgumentKind::One(term) => (std::slice::from_ref(term), false, false),
                FactArgumentKind::Set(terms) => (terms.as_slice(), true, false),
                FactArgumentKind::Only(terms) => (terms.as_slice(), true, true),
            };
            let members = self.members(kind, terms, is_set);
            let (Some(members), Some(resolved)) = (members, resolved.as_mut()) else {
                resolved = None;
                continue;
            };
            let set_kind = match (members.kinds.as_slice(), members.individuals.as_slice()) {
                ([only], []) => Some(*only),
                _ => None,
            };
            if !members.kinds.is_empty() {
                waiting.push((role, members.kinds));
            }
            resolved.push(StatementArgument {
                individuals: members.individuals,
                set_kind,
                is_set,
                only,
                span: argument.span,
            });
        }
        resolved.map(|resolved| (resolved, waiting))
    }

    /// `mutually` says both directions of the first two, which must be of one kind.
    fn check_mutual(&mut self, target: Target, fact: &Fact) -> Option<()> {
        let kinds: Vec<Option<KindId>> = (0..fact.arguments.len().min(2))
            .map(|role| self.role_kind(target, role).map(|kind| self.kinds.root(kind)))
            .collect();
        if kinds.len() == 2 && kinds[0] == kinds[1] {
            return Some(());
        }
        let signature = self.signature(target);
        self.report.add(RuleError::NoPair {
            word: "mutually",
            name: Some((fact.name.name.text.clone(), signature)),
            span: fact.atom_span,
        });
        None
    }

    /// No state is paired with itself; where sets are expanded such pairs are left out, but there must be others.
    fn check_self_pair(
        &mut self,
        target: Target,
        arguments: &[StatementArgument],
        waiting: &[(usize, Vec<KindId>)],
    ) -> Option<()> {
        if self.target(target).reflexive || !waiting.is_empty() {
            return Some(());
        }
        let mut single: Vec<(IndividualId, Span)> = Vec::new();
        for (role, argument) in arguments.iter().enumerate() {
            let is_state = self
                .role_kind(target, role)
                .is_some_and(|kind| self.kinds.root(kind) == super::program::Program::STATE);
            let ([only], true) = (argument.individuals.as_slice(), is_state) else { continue };
            if let Some((_, first)) = single.iter().find(|(known, _)| known == only) {
                let name = self.individuals.get(*only).name.clone();
                self.report.add(EvidenceError::SelfPair { name, span: argument.span, first: *first });
                return None;
            }
            single.push((*only, argument.span));
        }
        Some(())
    }
}
