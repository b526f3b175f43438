//! `expect`, `claim` and `cases`.

use super::condition::{Condition, ConditionKind};
use super::constants::Mention;
use super::error::AssertionError;
use super::evidence::Members;
use super::items::{self, Located};
use super::names::Sort;
use super::program::{AssertionTime, FrameworkId, IndividualId, KindId, Reason, RelationId, Target};
use super::resolver::Resolver;
use super::scope::{Constant, Scope, VariableDraft, constant_of};
use super::time;
use crate::evidence::Citation;
use crate::syntax::tree::{
    self, Assertion, AssertionKind, Cases, FactArgumentKind, Item, ItemKind, QualifiedName, Term, TermKind,
};
use crate::text::Span;
use crate::time::Interval;
use crate::verdict::Verdict;

/// An assertion before kinds are known.
#[derive(Debug)]
pub(super) struct AssertionDraft<'a> {
    pub(super) claim: Option<Vec<Citation>>,
    pub(super) condition: Condition,
    pub(super) variables: Vec<VariableDraft>,
    pub(super) time: AssertionTime,
    pub(super) verdict: Verdict,
    pub(super) failing: Vec<Reason>,
    pub(super) by: Vec<Reason>,
    pub(super) item: &'a Item,
    pub(super) assertion: &'a Assertion,
}

/// A list of cases; the members of kinds are put in when all are known.
#[derive(Debug)]
pub(super) struct CasesDraft {
    pub(super) target: Target,
    pub(super) over: Vec<Members>,
    pub(super) period: Option<Interval>,
    pub(super) span: Span,
}

impl<'a> Resolver<'a> {
    /// Resolves the conditions of all assertions.
    pub(super) fn lower_assertions(&mut self) {
        let files = self.files.clone();
        for located in items::each(&files) {
            let ItemKind::Assertion(assertion) = &located.item.kind else { continue };
            let time = time::assertion_time(assertion.time.as_ref(), &mut self.report);
            let mut scope = Scope::new(self, located.framework);
            let condition = scope.root(&assertion.condition);
            let variables = scope.variables;
            let claim = match &assertion.kind {
                AssertionKind::Expect => None,
                AssertionKind::Claim(citations) => Some(self.citations(citations)),
            };
            let (Some(condition), Some(time)) = (condition, time) else { continue };
            self.assertions.push(AssertionDraft {
                claim,
                condition,
                variables,
                time,
                verdict: assertion.verdict.as_ref().map_or(Verdict::Met, |verdict| verdict.verdict),
                failing: Vec::new(),
                by: Vec::new(),
                item: located.item,
                assertion,
            });
        }
    }

    /// Resolves the reasons that assertions give, once kinds are known.
    pub(super) fn lower_reasons(&mut self) {
        let mut drafts = std::mem::take(&mut self.assertions);
        let frameworks: Vec<Option<FrameworkId>> = drafts.iter().map(|draft| self.framework_of(draft)).collect();
        drafts = drafts
            .into_iter()
            .zip(frameworks)
            .filter_map(|(mut draft, framework)| {
                let failing: Vec<Option<Reason>> =
                    draft.assertion.failing.iter().map(|tree| self.reason(tree, framework)).collect();
                let by: Vec<Option<Reason>> =
                    draft.assertion.by.iter().map(|tree| self.reason(tree, framework)).collect();
                draft.failing = failing.into_iter().collect::<Option<_>>()?;
                draft.by = by.into_iter().collect::<Option<_>>()?;
                Some(draft)
            })
            .collect();
        self.assertions = drafts;
    }

    /// The framework from which the reasons are seen: that of what is asserted.
    fn framework_of(&self, draft: &AssertionDraft<'_>) -> Option<FrameworkId> {
        fn first_relation(condition: &Condition) -> Option<RelationId> {
            match &condition.kind {
                ConditionKind::Atom(atom) => Some(atom.relation),
                ConditionKind::And(all, _) | ConditionKind::Or(all, _) => all.iter().find_map(first_relation),
                ConditionKind::Not(inner) | ConditionKind::Shown(inner) => first_relation(inner),
                ConditionKind::Quantified { body, .. } => first_relation(body),
                _ => None,
            }
        }
        let relation = first_relation(&draft.condition)?;
        self.names.symbols[self.relations[relation.index()].symbol].framework
    }

    fn reason(&mut self, tree: &tree::Condition, framework: Option<FrameworkId>) -> Option<Reason> {
        let (name, terms): (&QualifiedName, Option<&[Term]>) = match &tree.kind {
            tree::ConditionKind::Bare(name) => (name, None),
            tree::ConditionKind::Atom(atom) => (&atom.name, Some(&atom.arguments)),
            _ => {
                self.report.add(AssertionError::ReasonForm { span: tree.span });
                return None;
            }
        };
        let mut scope = Scope::new(self, framework);
        let target = scope.relation(name)?;
        let Target::Relation(relation) = target else { return None };
        let arguments = match terms {
            None => None,
            Some(terms) => Some(self.ground(target, terms, tree.span)?),
        };
        Some(Reason { relation, arguments, span: tree.span })
    }

    /// Individuals only.
    fn ground(&mut self, target: Target, terms: &[Term], span: Span) -> Option<Vec<IndividualId>> {
        if terms.len() != self.target(target).roles.len() {
            self.report_arity(target, terms.len(), span);
            return None;
        }
        let individuals: Vec<Option<IndividualId>> = terms
            .iter()
            .enumerate()
            .map(|(role, term)| {
                let Some(constant) = constant_of(term) else {
                    self.report.add(AssertionError::ReasonForm { span: term.span });
                    return None;
                };
                let kind = self.role_kind(target, role)?;
                self.individual(kind, &constant, term.span, Mention::Rules)
            })
            .collect();
        individuals.into_iter().collect()
    }

    /// Resolves the lists of cases.
    pub(super) fn lower_cases(&mut self) {
        let files = self.files.clone();
        for located in items::each(&files) {
            let ItemKind::Cases(cases) = &located.item.kind else { continue };
            let draft = self.cases_of(located, cases);
            self.cases.extend(draft);
        }
    }

    fn cases_of(&mut self, located: Located<'a>, cases: &'a Cases) -> Option<CasesDraft> {
        let period = match &cases.time {
            None => Some(None),
            Some(span) => time::certain(span, &mut self.report).map(Some),
        };
        let mut scope = Scope::new(self, located.framework);
        let Some((_, symbol)) = scope.look_up(&cases.name).ok()? else {
            self.report_unknown_target(&cases.name);
            return None;
        };
        let Some(target) = symbol.referent.target() else {
            self.report.add(AssertionError::CasesOf {
                name: symbol.name.clone(),
                noun: Sort::Parameter.noun(),
                span: cases.name.span,
                declared: symbol.span,
            });
            return None;
        };
        if cases.over.len() != self.target(target).roles.len() {
            self.report_arity(target, cases.over.len(), located.item.span);
            return None;
        }
        let mut over = Vec::new();
        let mut sound = true;
        for (role, argument) in cases.over.iter().enumerate() {
            let kind = self.role_kind(target, role);
            let members = match &argument.kind {
                FactArgumentKind::One(Term { kind: TermKind::Wildcard, .. }) => {
                    kind.map(|kind| Members { individuals: Vec::new(), kinds: vec![kind] })
                }
                FactArgumentKind::One(term) => self.cases_members(kind, std::slice::from_ref(term)),
                FactArgumentKind::Set(terms) | FactArgumentKind::Only(terms) => self.cases_members(kind, terms),
            };
            match members {
                Some(members) => over.push(members),
                None => sound = false,
            }
        }
        if !sound {
            return None;
        }
        Some(CasesDraft { target, over, period: period?, span: located.item.span })
    }

    /// Individuals, and kinds by their names, in braces or not.
    fn cases_members(&mut self, kind: Option<KindId>, terms: &[Term]) -> Option<Members> {
        let mut all = Members::default();
        let mut sound = true;
        for term in terms {
            if let (TermKind::Name(name), Some(kind)) = (&term.kind, kind)
                && let Some(part) = self.part_in_set(kind, name, term.span)
            {
                match part {
                    Ok(part) => all.kinds.push(part),
                    Err(()) => sound = false,
                }
                continue;
            }
            if matches!(term.kind, TermKind::Variable(_) | TermKind::Wildcard) {
                sound = false;
                self.report.add(AssertionError::CasesForm { span: term.span });
                continue;
            }
            let constant = constant_of(term).unwrap_or(Constant::Name(String::new()));
            match kind.and_then(|kind| self.individual(kind, &constant, term.span, Mention::Rules)) {
                Some(id) => all.individuals.push(id),
                None => sound = false,
            }
        }
        sound.then_some(all)
    }
}
