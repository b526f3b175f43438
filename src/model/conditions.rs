//! Conditions: from the tree to atoms with arguments.

use super::condition::{Argument, Atom, Binding, Condition, ConditionKind, MomentDate, Quantifier, Slot, Wording};
use super::error::RuleError;
use super::program::{KindId, Program, Target};
use super::scope::{Origin, Scope};
use super::targets::RoleKind;
use super::time;
use crate::syntax::tree::{self, QualifiedName, Term, TermKind};
use crate::text::Span;

/// What a name is given.
#[derive(Clone, Copy)]
pub(super) enum Given<'t> {
    /// The head's arguments.
    Nothing,
    /// The first two of the head's arguments, of which there are more.
    Pair,
    /// These.
    Terms(&'t [Term]),
}

/// Until a variable's kind is found, its binding has this one.
pub(super) const SOUGHT: KindId = KindId(u32::MAX);

/// A condition whose variables and constants are filled in later.
pub(super) fn condition(kind: ConditionKind, span: Span) -> Condition {
    Condition { kind, span, free: Vec::new(), constants: Vec::new() }
}

impl Scope<'_, '_> {
    /// A whole condition, with `for some` around what its own variables need.
    pub(super) fn root(&mut self, tree: &tree::Condition) -> Option<Condition> {
        self.implicit.clear();
        self.quantified.clear();
        let first = self.resolver.comparisons.len();
        let head_poisoned = std::mem::take(&mut self.poisoned);
        let lowered = self.condition(tree);
        self.check_quantified(lowered.is_some());
        let quantified = match lowered {
            Some(condition) if !self.poisoned => self.quantify(condition),
            _ => None,
        };
        self.poisoned |= head_poisoned;
        if quantified.is_none() {
            // What it compares may have no kind for that reason alone.
            for comparison in &mut self.resolver.comparisons[first..] {
                comparison.muted = true;
            }
        }
        quantified
    }

    /// All of them; none where one is wrong, after looking at each.
    fn conditions(&mut self, trees: &[tree::Condition]) -> Option<Vec<Condition>> {
        let lowered: Vec<Option<Condition>> = trees.iter().map(|tree| self.condition(tree)).collect();
        lowered.into_iter().collect()
    }

    fn boxed(&mut self, tree: &tree::Condition) -> Option<Box<Condition>> {
        self.condition(tree).map(Box::new)
    }

    pub(super) fn condition(&mut self, tree: &tree::Condition) -> Option<Condition> {
        let kind = match &tree.kind {
            tree::ConditionKind::Bare(name) => return self.atom(name, Given::Nothing, false, tree.span),
            tree::ConditionKind::Atom(atom) => {
                return self.atom(&atom.name, Given::Terms(&atom.arguments), false, tree.span);
            }
            tree::ConditionKind::Mutually(inner) => {
                ConditionKind::And(self.both_ways(inner, "mutually", tree.span)?, Wording::BothWays)
            }
            tree::ConditionKind::EitherWay(inner) => {
                ConditionKind::Or(self.both_ways(inner, "either way", tree.span)?, Wording::BothWays)
            }
            tree::ConditionKind::Not(inner) => ConditionKind::Not(self.boxed(inner)?),
            tree::ConditionKind::And(all) => ConditionKind::And(self.conditions(all)?, Wording::Plain),
            tree::ConditionKind::Or(all) => ConditionKind::Or(self.conditions(all)?, Wording::Plain),
            tree::ConditionKind::Whenever { then, given } => {
                let (then, given) = (self.boxed(then), self.boxed(given));
                ConditionKind::Whenever { then: then?, given: given? }
            }
            tree::ConditionKind::Shown(inner) => ConditionKind::Shown(self.boxed(inner)?),
            tree::ConditionKind::Ever(inner) => ConditionKind::Ever(self.boxed(inner)?),
            tree::ConditionKind::Always(inner) => ConditionKind::Always(self.boxed(inner)?),
            tree::ConditionKind::Window { condition, extent, direction, length } => {
                let inner = self.boxed(condition);
                let window = self.window(*direction, length, tree.span);
                match extent {
                    tree::WindowExtent::Within => ConditionKind::Within(inner?, window?),
                    tree::WindowExtent::Throughout => ConditionKind::Throughout(inner?, window?),
                }
            }
            tree::ConditionKind::Counted { comparison, number, conditions } => {
                let number = self.count_number(*comparison, number.as_ref(), conditions.len(), tree.span);
                let conditions = self.conditions(conditions);
                let (comparison, number) = number?;
                ConditionKind::Counted { comparison, number, conditions: conditions? }
            }
            tree::ConditionKind::Quantified { quantifier, bindings, among, body } => {
                let (bound, (among, body)) = self.bound(bindings, |scope| {
                    (among.as_deref().map(|among| scope.condition(among)), scope.condition(body))
                });
                ConditionKind::Quantified {
                    quantifier: match quantifier {
                        tree::Quantifier::Every => Quantifier::Every,
                        tree::Quantifier::Some => Quantifier::Some,
                    },
                    bindings: bound?,
                    among: among.transpose_boxed()?,
                    body: Box::new(body?),
                    implicit: false,
                }
            }
            tree::ConditionKind::Comparison { left, operator, right } => {
                return self.comparison(left, *operator, right, tree.span);
            }
            tree::ConditionKind::Moment { relation, date } => {
                ConditionKind::Moment { relation: *relation, date: self.moment(date)? }
            }
        };
        Some(condition(kind, tree.span))
    }

    /// Makes the variables of a quantifier visible while something is resolved.
    pub(super) fn bound<T>(
        &mut self,
        bindings: &[tree::Binding],
        inside: impl FnOnce(&mut Self) -> T,
    ) -> (Option<Vec<Binding>>, T) {
        let outside = self.visible.len();
        let mut bound = Some(Vec::new());
        for binding in bindings {
            let name = &binding.variable;
            let shadowed = self
                .visible
                .iter()
                .find(|slot| self.variables[**slot].name == name.text)
                .map(|slot| self.variables[*slot].span);
            if let Some(first) = shadowed {
                self.resolver.report.add(RuleError::ShadowedVariable {
                    name: name.text.clone(),
                    span: name.span,
                    first,
                });
                bound = None;
            }
            let kind = self.resolver.kinds.expect(&binding.kind, self.framework, &mut self.resolver.report);
            let slot = self.add_variable(&name.text, name.span, kind, Origin::Quantifier);
            self.visible.push(slot);
            self.quantified.push(slot);
            match kind {
                Some(kind) => {
                    if let Some(bound) = &mut bound {
                        bound.push(Binding { slot, kind });
                    }
                }
                None => {
                    bound = None;
                    let node = self.variables[slot].node;
                    self.resolver.inference.poison(node);
                }
            }
        }
        let result = inside(self);
        self.visible.truncate(outside);
        (bound, result)
    }

    /// A quantified variable may not also stand outside of its quantifier; one that nothing uses is doubted.
    fn check_quantified(&mut self, complete: bool) {
        for slot in self.quantified.clone() {
            let variable = self.variables[slot].clone();
            let outside = self.implicit.iter().find(|other| self.variables[**other].name == variable.name);
            if let Some(outside) = outside {
                self.poisoned = true;
                self.resolver.report.add(RuleError::ShadowedVariable {
                    name: variable.name,
                    span: variable.span,
                    first: self.variables[*outside].span,
                });
            } else if complete && !variable.used {
                self.resolver.report.add(RuleError::UnusedVariable { name: variable.name, span: variable.span });
            }
        }
    }

    /// `mutually p` and `either way p`: the atom, and the atom with its first two arguments exchanged.
    fn both_ways(&mut self, inner: &tree::Condition, word: &'static str, span: Span) -> Option<Vec<Condition>> {
        let (name, given) = match &inner.kind {
            tree::ConditionKind::Bare(name) => (name, Given::Nothing),
            tree::ConditionKind::Atom(atom) => (&atom.name, Given::Terms(&atom.arguments)),
            _ => {
                self.resolver.report.add(RuleError::NoPair { word, name: None, span });
                return None;
            }
        };
        let target = self.relation(name)?;
        let arity = self.resolver.target(target).roles.len();
        let (given, count) = match (given, self.head) {
            (Given::Terms(terms), _) => (given, terms.len()),
            (_, Some(head)) if head > 2 && arity == 2 => (Given::Pair, 2),
            (_, head) => (given, head.unwrap_or(arity)),
        };
        if arity < 2 || count < 2 {
            let signature = self.resolver.signature(target);
            self.resolver.report.add(RuleError::NoPair { word, name: Some((name.name.text.clone(), signature)), span });
            return None;
        }
        self.check_pair(target, word, &name.name.text, span)?;
        let one = self.atom(name, given, false, inner.span);
        let two = self.atom(name, given, true, inner.span);
        Some(vec![one?, two?])
    }

    /// The two that are exchanged must be of one kind. Roles that are sought are joined by the exchange itself.
    fn check_pair(&mut self, target: Target, word: &'static str, name: &str, span: Span) -> Option<()> {
        let roles = &self.resolver.target(target).roles;
        if let (RoleKind::Fixed(one), RoleKind::Fixed(two)) = (roles[0].kind, roles[1].kind)
            && self.resolver.kinds.root(one) != self.resolver.kinds.root(two)
        {
            let signature = self.resolver.signature(target);
            self.resolver.report.add(RuleError::NoPair { word, name: Some((name.to_owned(), signature)), span });
            return None;
        }
        Some(())
    }

    /// An atom; where `swapped`, with its first two arguments exchanged.
    fn atom(&mut self, name: &QualifiedName, given: Given<'_>, swapped: bool, span: Span) -> Option<Condition> {
        let target = self.relation(name)?;
        let Target::Relation(relation) = target else { return None };
        let mut wildcards: Vec<Slot> = Vec::new();
        let arguments = self.arguments(target, name, given, swapped, span, Some(&mut wildcards))?;
        let atom = condition(ConditionKind::Atom(Atom { relation, arguments, span }), span);
        if wildcards.is_empty() {
            return Some(atom);
        }
        let bindings = wildcards.into_iter().map(|slot| Binding { slot, kind: SOUGHT }).collect();
        Some(condition(
            ConditionKind::Quantified {
                quantifier: Quantifier::Some,
                bindings,
                among: None,
                body: Box::new(atom),
                implicit: true,
            },
            span,
        ))
    }

    /// The arguments of a name that takes some.
    pub(super) fn arguments(
        &mut self,
        target: Target,
        name: &QualifiedName,
        given: Given<'_>,
        swapped: bool,
        span: Span,
        mut wildcards: Option<&mut Vec<Slot>>,
    ) -> Option<Vec<Argument>> {
        let arity = self.resolver.target(target).roles.len();
        let order = |index: usize| if swapped && index < 2 { 1 - index } else { index };
        match given {
            Given::Terms(terms) if terms.len() == arity => {
                let arguments: Vec<Option<Argument>> = (0..arity)
                    .map(|role| self.argument(&terms[order(role)], target, role, wildcards.as_deref_mut()))
                    .collect();
                arguments.into_iter().collect()
            }
            Given::Terms(terms) => {
                self.resolver.report_arity(target, terms.len(), span);
                None
            }
            Given::Nothing | Given::Pair => {
                let Some(head) = self.head else {
                    let signature = self.resolver.signature(target);
                    self.resolver.report.add(RuleError::BareWithoutHead {
                        name: name.name.text.clone(),
                        signature,
                        span,
                    });
                    return None;
                };
                if head != arity && !matches!(given, Given::Pair) {
                    self.report_bare_arity(target, name, head, span);
                    return None;
                }
                let arguments: Vec<Argument> = (0..arity).map(|role| Argument::Variable(order(role))).collect();
                for (role, argument) in arguments.iter().enumerate() {
                    if let Argument::Variable(slot) = argument {
                        self.variables[*slot].used = true;
                    }
                    if !self.constrain(*argument, target, role, span, Some(name)) {
                        return None;
                    }
                }
                Some(arguments)
            }
        }
    }

    fn report_bare_arity(&mut self, target: Target, name: &QualifiedName, head: usize, span: Span) {
        let signature = self.resolver.signature(target);
        let draft = self.resolver.target(target);
        let (arity, declared) = (draft.roles.len(), draft.span);
        let variables: Vec<String> = self.variables[..head].iter().map(|variable| variable.name.clone()).collect();
        self.resolver.report.add(RuleError::BareNameArity {
            name: name.name.text.clone(),
            arity,
            head: variables,
            signature,
            span,
            declared,
        });
    }

    fn moment(&mut self, term: &Term) -> Option<MomentDate> {
        if let TermKind::Variable(name) = &term.kind {
            let slot = self.variable(name, term.span);
            let node = self.variables[slot].node;
            if let Err(conflict) = self.resolver.inference.assign(node, Program::DATE, term.span) {
                self.report_variable(slot, conflict, term.span);
            }
            return Some(MomentDate::Argument(Argument::Variable(slot)));
        }
        let date = super::scope::constant_of(term).and_then(|constant| constant.date(term.span));
        match date {
            Some(date) => time::period(&date, &mut self.resolver.report).map(MomentDate::Period),
            None => {
                let constant = super::scope::constant_of(term)?;
                self.resolver.report_wrong_kind(Program::DATE, &constant, term.span);
                None
            }
        }
    }
}

/// A part of a condition that may be absent, and if present may be wrong.
trait Part {
    fn transpose_boxed(self) -> Option<Option<Box<Condition>>>;
}

impl Part for Option<Option<Condition>> {
    fn transpose_boxed(self) -> Option<Option<Box<Condition>>> {
        match self {
            None => Some(None),
            Some(part) => part.map(|condition| Some(Box::new(condition))),
        }
    }
}
