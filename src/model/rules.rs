//! Rules, defined measures and classifications, before kinds are known.

use super::condition::{Argument, ComparisonDomain, Condition, ConditionKind, Expression};
use super::conditions::condition;
use super::error::{RuleError, VariantError};
use super::items::{self, Located};
use super::names::{Referent, Sort};
use super::program::{KindId, MeasureId, RelationId, Target};
use super::resolver::Resolver;
use super::scope::{Expectation, Origin, Scope, VariableDraft, constant_of};
use super::targets::RoleKind;
use crate::syntax::tree::{self, Head, HeadArgument, Item, ItemKind, Name, RuleForm, TermKind};
use crate::text::Span;
use rustc_hash::FxHashMap;

/// What a head demands of its arguments, with constants that wait for their kinds.
#[derive(Debug, Clone, Copy)]
pub(super) enum GuardDraft {
    Is(usize, Argument),
    Same(usize, usize),
}

/// A rule before kinds are known.
#[derive(Debug)]
pub(super) struct RuleDraft<'a> {
    pub(super) relation: RelationId,
    pub(super) variables: Vec<VariableDraft>,
    pub(super) guards: Vec<GuardDraft>,
    pub(super) applies_where: Option<Condition>,
    pub(super) body: Condition,
    pub(super) permits: Vec<Condition>,
    pub(super) item: &'a Item,
    pub(super) rule: &'a tree::Rule,
}

/// What a defined measure or classification says.
#[derive(Debug)]
pub(super) enum MeasureBody<'a> {
    Value(Expression),
    Cases(Vec<(&'a Name, Condition)>, &'a Name),
}

/// A defined measure or classification before kinds are known.
#[derive(Debug)]
pub(super) struct MeasureDraft<'a> {
    pub(super) measure: MeasureId,
    pub(super) variables: Vec<VariableDraft>,
    pub(super) applies_where: Option<Condition>,
    pub(super) body: MeasureBody<'a>,
}

impl<'a> Resolver<'a> {
    /// Resolves the names in all rules, defined measures and classifications.
    pub(super) fn lower_rules(&mut self) {
        let files = self.files.clone();
        let mut forms: FxHashMap<usize, Vec<(RuleForm, Span)>> = FxHashMap::default();
        for located in items::each(&files) {
            match &located.item.kind {
                ItemKind::Rule(rule) => {
                    let Some(symbol) = self.names.of_head(located.framework, &rule.head.name.text) else { continue };
                    let sound = self.check_form(symbol, rule, forms.entry(symbol).or_default());
                    // A rule that may not stand here may have other mistakes.
                    let draft = self.rule(located, symbol, rule);
                    self.rules.extend(draft.filter(|_| sound));
                }
                ItemKind::DefinedMeasure(measure) => {
                    let Some(id) = self.measure_of(located, &measure.head) else { continue };
                    let mut scope = Scope::new(self, located.framework);
                    if scope.head(&measure.head, Target::Measure(id), false).is_none() {
                        continue;
                    }
                    let applies_where = measure.head.applies_where.as_ref().map(|tree| scope.root(tree));
                    let value = scope.value(&measure.value);
                    let variables = scope.variables;
                    if let (Some(value), Some(applies_where)) = (value, both(applies_where)) {
                        let body = MeasureBody::Value(value);
                        self.measure_bodies.push(MeasureDraft { measure: id, variables, applies_where, body });
                    }
                }
                ItemKind::Classification(classification) => {
                    let Some(id) = self.measure_of(located, &classification.head) else { continue };
                    let mut scope = Scope::new(self, located.framework);
                    if scope.head(&classification.head, Target::Measure(id), false).is_none() {
                        continue;
                    }
                    let applies_where = classification.head.applies_where.as_ref().map(|tree| scope.root(tree));
                    let cases: Vec<Option<(&Name, Condition)>> = classification
                        .cases
                        .iter()
                        .map(|case| scope.root(&case.condition).map(|condition| (&case.level, condition)))
                        .collect();
                    let variables = scope.variables;
                    let cases: Option<Vec<(&Name, Condition)>> = cases.into_iter().collect();
                    if let (Some(cases), Some(applies_where)) = (cases, both(applies_where)) {
                        let body = MeasureBody::Cases(cases, &classification.otherwise);
                        self.measure_bodies.push(MeasureDraft { measure: id, variables, applies_where, body });
                    }
                }
                _ => {}
            }
        }
    }

    fn measure_of(&self, located: Located<'_>, head: &Head) -> Option<MeasureId> {
        let symbol = self.names.at(located.framework, &head.name.text)?;
        let symbol = &self.names.symbols[symbol];
        match symbol.referent {
            Referent::Measure(id) if symbol.span == head.name.span => Some(id),
            _ => None,
        }
    }

    /// Whether a rule may stand beside the others for its head.
    fn check_form(&mut self, symbol: usize, rule: &tree::Rule, known: &mut Vec<(RuleForm, Span)>) -> bool {
        let name = rule.head.name.text.clone();
        let declared = self.names.symbols[symbol].span;
        match self.names.symbols[symbol].sort {
            Sort::Predicate if rule.form != RuleForm::If => {
                let (form, span) = (rule.form, rule.form_span);
                self.report.add(RuleError::PredicateDefined { name, form, span, declared });
                return false;
            }
            Sort::Predicate if rule.symmetric || rule.reflexive || rule.head.gloss.is_some() => {
                let word = match (rule.symmetric, rule.reflexive) {
                    (true, _) => Some("symmetric"),
                    (false, true) => Some("reflexive"),
                    (false, false) => None,
                };
                self.report.add(RuleError::FlagOnBridge {
                    name: name.clone(),
                    word,
                    span: rule.head.name.span,
                    declared,
                });
            }
            Sort::Predicate | Sort::Criterion => {}
            _ => return false,
        }
        let requires = known.iter().find(|(form, _)| *form == RuleForm::Requires).map(|(_, span)| *span);
        let first = known.first().map(|(_, span)| *span);
        known.push((rule.form, rule.form_span));
        match (rule.form, requires, first) {
            (RuleForm::Requires, Some(first), _) if rule.head.redefines.is_some() => {
                self.report.add(VariantError::RedefinedTwice { name, span: rule.form_span, first });
                false
            }
            (RuleForm::Requires, Some(first), _) => {
                self.report.add(RuleError::SecondRequires { name, span: rule.form_span, first });
                false
            }
            (RuleForm::Requires, None, Some(first)) => {
                self.report.add(RuleError::RequiresBesideIf { name, span: first, requires: rule.form_span });
                false
            }
            (RuleForm::If | RuleForm::OnlyIf, Some(requires), _) => {
                self.report.add(RuleError::RequiresBesideIf { name, span: rule.form_span, requires });
                false
            }
            _ => true,
        }
    }

    fn rule(&mut self, located: Located<'a>, symbol: usize, rule: &'a tree::Rule) -> Option<RuleDraft<'a>> {
        let Referent::Relation(relation) = self.names.symbols[symbol].referent else { return None };
        let mut scope = Scope::new(self, located.framework);
        let guards = scope.head(&rule.head, Target::Relation(relation), rule.form == RuleForm::If)?;
        let applies_where = rule.head.applies_where.as_ref().map(|tree| scope.root(tree));
        let body = scope.root(&rule.body);
        let permits = rule.permits.iter().filter_map(|tree| scope.root(tree)).collect();
        let (variables, poisoned) = (scope.variables, scope.poisoned);
        if poisoned {
            return None;
        }
        Some(RuleDraft {
            relation,
            variables,
            guards,
            applies_where: both(applies_where)?,
            body: body?,
            permits,
            item: located.item,
            rule,
        })
    }
}

/// A part that is absent is no mistake; one that is wrong is.
pub(super) fn both<T>(part: Option<Option<T>>) -> Option<Option<T>> {
    match part {
        None => Some(None),
        Some(part) => part.map(Some),
    }
}

impl Scope<'_, '_> {
    /// The head's arguments, in the first slots.
    fn head(&mut self, head: &Head, target: Target, constants: bool) -> Option<Vec<GuardDraft>> {
        let arity = self.resolver.target(target).roles.len();
        if head.arguments.len() != arity {
            // A criterion's heads have been compared with one another; a bridge's head is compared here.
            let symbol = self.resolver.target(target).symbol;
            if self.resolver.names.symbols[symbol].sort == Sort::Predicate {
                self.resolver.report_arity(target, head.arguments.len(), head.span);
            }
            return None;
        }
        let mut guards = Vec::new();
        let mut sound = true;
        for (role, argument) in head.arguments.iter().enumerate() {
            sound &= self.head_argument(argument, target, role, constants, &mut guards).is_some();
        }
        self.head = Some(arity);
        sound.then_some(guards)
    }

    fn head_argument(
        &mut self,
        argument: &HeadArgument,
        target: Target,
        role: usize,
        constants: bool,
        guards: &mut Vec<GuardDraft>,
    ) -> Option<()> {
        let term = &argument.term;
        let kind: Option<Option<KindId>> = (argument.kind.as_ref())
            .map(|name| self.resolver.kinds.expect(name, self.framework, &mut self.resolver.report));
        let first = match &term.kind {
            TermKind::Variable(name) => (0..role).find(|slot| self.variables[*slot].name == *name),
            _ => None,
        };
        let words = self.resolver.texts.slice(term.span).to_owned();
        let is_variable = matches!(term.kind, TermKind::Variable(_));
        // A role of a kind that nobody knows keeps its slot, since later ones are counted from it.
        let slot = self.add_variable(&words, term.span, kind.flatten(), Origin::Head);
        if let TermKind::Variable(name) = &term.kind {
            self.variables[slot].name.clone_from(name);
        }
        self.constrain_head(slot, target, role, term.span);
        match first {
            _ if matches!(term.kind, TermKind::Wildcard) => {
                self.resolver.report.add(RuleError::WildcardInHead { span: term.span });
                return None;
            }
            None if is_variable => self.visible.push(slot),
            first if !constants => {
                let first = first.map(|slot| self.variables[slot].span);
                self.resolver.report.add(RuleError::HeadArgument { what: words, span: term.span, first });
                return None;
            }
            Some(first) => guards.push(GuardDraft::Same(first, slot)),
            None => {
                let constant = constant_of(term)?;
                let pending = self.constant(constant, term.span, Expectation::Role(target, role));
                self.constrain(pending, target, role, term.span, None);
                guards.push(GuardDraft::Is(slot, pending));
            }
        }
        (kind != Some(None)).then_some(())
    }

    fn constrain_head(&mut self, slot: usize, target: Target, role: usize, span: Span) {
        let (own, root) = (self.variables[slot].node, |kind: KindId, scope: &Self| scope.resolver.kinds.root(kind));
        let result = match self.resolver.target(target).roles[role].kind {
            RoleKind::Unknown => {
                self.resolver.inference.poison(own);
                Ok(())
            }
            RoleKind::Fixed(kind) => {
                let root = root(kind, self);
                self.resolver.inference.assign(own, root, span)
            }
            RoleKind::Sought(node) => self.resolver.inference.join(own, node),
        };
        if let Err(conflict) = result {
            self.report_variable(slot, conflict, span);
        }
    }

    /// The value of a defined measure.
    fn value(&mut self, tree: &tree::Expression) -> Option<Expression> {
        self.implicit.clear();
        self.quantified.clear();
        let value = self.number(tree)?;
        // Variables are bound inside conditions; a comparison is a condition around an expression.
        let zero = Expression { kind: super::condition::ExpressionKind::Number(0.0), span: tree.span };
        let comparison = ConditionKind::Comparison {
            left: value,
            operator: tree::ComparisonOperator::Equal,
            right: zero,
            domain: ComparisonDomain::Number,
        };
        if self.poisoned {
            return None;
        }
        match self.quantify(condition(comparison, tree.span))?.kind {
            ConditionKind::Comparison { left, .. } => Some(left),
            _ => None,
        }
    }
}
