//! The variables of one rule while its conditions are resolved, and the constants that wait for their kinds.

use super::condition::{Argument, Slot};
use super::error::{KindError, NameError, RuleError};
use super::inference::{Conflict, NodeId};
use super::names::{Lookup, Sort, Symbol};
use super::program::{FrameworkId, IndividualId, KindId, Program, Target};
use super::resolver::Resolver;
use super::targets::RoleKind;
use super::time;
use crate::syntax::tree::{DateLiteral, QualifiedName, Term, TermKind};
use crate::text::Span;

/// A constant as written.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Constant {
    Name(String),
    Quoted(String),
    Number(f64),
    Date(DateLiteral),
}

/// Of what kind a constant is.
#[derive(Debug, Clone, Copy)]
pub(super) enum Expectation {
    /// It stands in a role.
    Role(Target, usize),
    /// As found by inference.
    Node(NodeId),
    /// A date where the other side of the comparison is one, else a number.
    DateOrNumber(NodeId),
}

/// A constant of a condition that waits for its kind. Until then [`IndividualId`] counts these.
#[derive(Debug, Clone)]
pub(super) struct Pending {
    pub(super) constant: Constant,
    pub(super) span: Span,
    pub(super) expectation: Expectation,
}

/// How a variable came about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Origin {
    /// It stands in the head.
    Head,
    /// `for every X in kind`
    Quantifier,
    /// It stands only in the body.
    Implicit,
    /// `_`
    Wildcard,
}

/// A variable before its kind is known.
#[derive(Debug, Clone)]
pub(super) struct VariableDraft {
    pub(super) name: String,
    pub(super) span: Span,
    pub(super) node: NodeId,
    /// The kind that was written, perhaps a part of another.
    pub(super) kind: Option<KindId>,
    pub(super) origin: Origin,
    /// Whether anything refers to it.
    pub(super) used: bool,
    /// Whether it has been reported to be of two kinds.
    pub(super) conflicted: bool,
}

/// The resolution of the conditions of one rule.
pub(super) struct Scope<'r, 'a> {
    pub(super) resolver: &'r mut Resolver<'a>,
    pub(super) framework: Option<FrameworkId>,
    /// How many arguments the head has, where there is one; they are the first slots.
    pub(super) head: Option<usize>,
    pub(super) variables: Vec<VariableDraft>,
    /// The variables that can be seen, innermost last.
    pub(super) visible: Vec<Slot>,
    /// The variables of this condition that nothing binds.
    pub(super) implicit: Vec<Slot>,
    /// The quantified variables of this condition.
    pub(super) quantified: Vec<Slot>,
    /// Something in this condition was wrong and has been reported.
    pub(super) poisoned: bool,
}

impl<'r, 'a> Scope<'r, 'a> {
    pub(super) fn new(resolver: &'r mut Resolver<'a>, framework: Option<FrameworkId>) -> Self {
        Scope {
            resolver,
            framework,
            head: None,
            variables: Vec::new(),
            visible: Vec::new(),
            implicit: Vec::new(),
            quantified: Vec::new(),
            poisoned: false,
        }
    }

    pub(super) fn add_variable(&mut self, name: &str, span: Span, kind: Option<KindId>, origin: Origin) -> Slot {
        let node = self.resolver.inference.node();
        if let Some(kind) = kind {
            let root = self.resolver.kinds.root(kind);
            let _ = self.resolver.inference.assign(node, root, span);
        }
        self.variables.push(VariableDraft {
            name: name.to_owned(),
            span,
            node,
            kind,
            origin,
            used: false,
            conflicted: false,
        });
        self.variables.len() - 1
    }

    /// The slot of a variable that is named in a condition.
    pub(super) fn variable(&mut self, name: &str, span: Span) -> Slot {
        let known = self.visible.iter().rev().chain(&self.implicit).copied().find(|slot| {
            let variable = &self.variables[*slot];
            variable.name == name && variable.origin != Origin::Wildcard
        });
        let slot = known.unwrap_or_else(|| {
            let slot = self.add_variable(name, span, None, Origin::Implicit);
            self.implicit.push(slot);
            slot
        });
        self.variables[slot].used = true;
        slot
    }

    /// Adds a constant that waits for its kind.
    pub(super) fn constant(&mut self, constant: Constant, span: Span, expectation: Expectation) -> Argument {
        let id = IndividualId(self.resolver.pending.len() as u32);
        self.resolver.pending.push(Pending { constant, span, expectation });
        Argument::Individual(id)
    }

    /// An argument of an atom; each `_` becomes a variable of its own, noted in `wildcards`.
    pub(super) fn argument(
        &mut self,
        term: &Term,
        target: Target,
        role: usize,
        wildcards: Option<&mut Vec<Slot>>,
    ) -> Option<Argument> {
        let argument = match (&term.kind, wildcards) {
            (TermKind::Variable(name), _) => Argument::Variable(self.variable(name, term.span)),
            (TermKind::Wildcard, Some(wildcards)) => {
                let slot = self.add_variable("_", term.span, None, Origin::Wildcard);
                wildcards.push(slot);
                Argument::Variable(slot)
            }
            (TermKind::Wildcard, None) => {
                self.resolver.report.add(RuleError::WildcardInExpression { span: term.span });
                return None;
            }
            _ => {
                let constant = constant_of(term)?;
                self.constant(constant, term.span, Expectation::Role(target, role))
            }
        };
        self.constrain(argument, target, role, term.span, None);
        Some(argument)
    }

    /// Notes what an argument's place says of its kind; false where that contradicts what is known, which
    /// is reported. `bare` is the name that takes the head's arguments.
    pub(super) fn constrain(
        &mut self,
        argument: Argument,
        target: Target,
        role: usize,
        span: Span,
        bare: Option<&QualifiedName>,
    ) -> bool {
        let kind = self.resolver.target(target).roles[role].kind;
        match (argument, kind) {
            (Argument::Variable(slot), RoleKind::Unknown) => {
                let node = self.variables[slot].node;
                self.resolver.inference.poison(node);
            }
            (Argument::Variable(slot), RoleKind::Fixed(kind)) => {
                let root = self.resolver.kinds.root(kind);
                let node = self.variables[slot].node;
                if let Err(conflict) = self.resolver.inference.assign(node, root, span) {
                    self.report_conflict(slot, conflict, span, target, bare);
                    return false;
                }
            }
            (Argument::Variable(slot), RoleKind::Sought(sought)) => {
                let node = self.variables[slot].node;
                if let Err(conflict) = self.resolver.inference.join(node, sought) {
                    self.report_conflict(slot, conflict, span, target, bare);
                    return false;
                }
            }
            (Argument::Individual(pending), RoleKind::Sought(sought)) => {
                let constant = self.resolver.pending[pending.index()].constant.clone();
                self.resolver.constrain_constant(&constant, span, sought);
            }
            (Argument::Individual(_), _) => {}
        }
        true
    }

    fn report_conflict(
        &mut self,
        slot: Slot,
        conflict: Conflict,
        span: Span,
        target: Target,
        bare: Option<&QualifiedName>,
    ) {
        let Some(name) = bare else {
            self.report_variable(slot, conflict, span);
            return;
        };
        self.poisoned = true;
        if std::mem::replace(&mut self.variables[slot].conflicted, true) {
            return;
        }
        let kinds = &self.resolver.kinds;
        let (has, wanted) = (kinds.name(conflict.has.0).to_owned(), kinds.name(conflict.wanted.0).to_owned());
        let signature = self.resolver.signature(target);
        self.resolver.report.add(RuleError::BareNameKinds {
            name: name.name.text.clone(),
            variable: self.variables[slot].name.clone(),
            has,
            wanted,
            signature,
            span,
            declared: self.resolver.target(target).span,
        });
    }

    /// Says, once for each variable, that it would have to be of two kinds.
    pub(super) fn report_variable(&mut self, slot: Slot, conflict: Conflict, span: Span) {
        self.poisoned = true;
        if !std::mem::replace(&mut self.variables[slot].conflicted, true) {
            self.resolver.report_conflict(self.variables[slot].name.clone(), conflict, span);
        }
    }

    /// What a name refers to, as seen from here; nothing where it is unknown, which is left to the caller to report.
    pub(super) fn look_up(&mut self, name: &QualifiedName) -> Result<Option<(usize, Symbol)>, ()> {
        let found = match self.resolver.names.look_up(name, self.framework) {
            Lookup::Found(symbol) => Some(symbol),
            Lookup::Unknown if name.framework.is_none() => None,
            other => {
                self.resolver.report_lookup(name, &other);
                return Err(());
            }
        };
        Ok(found.map(|symbol| (symbol, self.resolver.names.symbols[symbol].clone())))
    }

    /// The predicate or criterion of a name, or a diagnostic.
    pub(super) fn relation(&mut self, name: &QualifiedName) -> Option<Target> {
        match self.look_up(name).ok()? {
            Some((_, symbol)) if symbol.sort.is_relation() => symbol.referent.target(),
            Some((_, symbol)) => {
                let words = symbol.referent.target().map(|target| self.call(target));
                self.resolver.report.add(NameError::NotACondition {
                    name: name.name.text.clone(),
                    noun: symbol.sort.noun(),
                    is_levels: symbol.sort == Sort::Classification,
                    signature: words,
                    span: name.span,
                    declared: symbol.span,
                });
                None
            }
            None => {
                self.resolver.report_unknown_target(name);
                None
            }
        }
    }
}

impl Scope<'_, '_> {
    /// A name with arguments as one would write them here: those of the head where they are as many.
    fn call(&self, target: Target) -> String {
        let draft = self.resolver.target(target);
        let name = &self.resolver.names.symbols[draft.symbol].name;
        let arguments: Vec<&str> = match self.head {
            Some(head) if head == draft.roles.len() => {
                self.variables[..head].iter().map(|variable| variable.name.as_str()).collect()
            }
            _ => draft.roles.iter().map(|role| role.name.as_str()).collect(),
        };
        format!("{name}({})", arguments.join(", "))
    }
}

impl Resolver<'_> {
    /// Says why a name was not found.
    pub(super) fn report_lookup(&mut self, name: &QualifiedName, lookup: &Lookup) {
        match lookup {
            Lookup::Found(_) => {}
            Lookup::Ambiguous(candidates) => {
                let candidates: Vec<(String, Span)> = candidates
                    .iter()
                    .map(|symbol| (self.names.qualified(*symbol), self.names.symbols[*symbol].span))
                    .collect();
                self.report.add(NameError::Ambiguous { name: name.name.text.clone(), span: name.span, candidates });
            }
            Lookup::NoFramework => {
                let Some(framework) = &name.framework else { return };
                let near = super::near::nearest(
                    &framework.text,
                    self.names.frameworks.iter().map(|framework| framework.name.as_str()),
                );
                self.report.add(NameError::UnknownFramework {
                    name: framework.text.clone(),
                    span: framework.span,
                    near,
                });
            }
            Lookup::Unknown => self.report_unknown_target(name),
        }
    }

    /// Says that nothing is called so.
    pub(super) fn report_unknown_target(&mut self, name: &QualifiedName) {
        let framework = name.framework.as_ref().and_then(|framework| self.names.framework(&framework.text));
        let near = match framework {
            Some(_) => self.names.nearest(&name.name.text, |symbol| symbol.framework == framework),
            None => self.names.nearest(&name.name.text, |symbol| symbol.sort != Sort::Parameter),
        };
        let is_shared = framework.is_some() && self.names.at(None, &name.name.text).is_some();
        self.report.add(NameError::UnknownCriterion {
            name: name.name.text.clone(),
            framework: name.framework.as_ref().map(|framework| framework.text.clone()),
            is_shared,
            near,
            span: name.span,
        });
    }

    /// Says that a name was given too many arguments or too few.
    pub(super) fn report_arity(&mut self, target: Target, count: usize, span: Span) {
        let signature = self.signature(target);
        let draft = self.target(target);
        let symbol = &self.names.symbols[draft.symbol];
        // Of a sketch the place that said how many there are.
        let first = draft.roles.first().filter(|_| symbol.sort == Sort::Sketch).map(|role| role.span);
        let (declared, arity, name) = (first.unwrap_or(draft.span), draft.roles.len(), symbol.name.clone());
        self.report.add(RuleError::Arity { name, count, arity, signature, span, declared });
    }

    /// Notes what a constant in a place says of the place's kind.
    pub(super) fn constrain_constant(&mut self, constant: &Constant, span: Span, sought: NodeId) {
        let kind = match constant {
            Constant::Name(name) | Constant::Quoted(name) => {
                self.named_places.push((name.clone(), sought, span));
                return;
            }
            // A bare year may be a date; it is a number where nothing says otherwise.
            Constant::Number(number) if time::year(*number, span).is_some() => {
                self.number_nodes.push(sought);
                return;
            }
            Constant::Number(_) => Program::NUMBER,
            Constant::Date(_) => Program::DATE,
        };
        if let Err(conflict) = self.inference.assign(sought, kind, span) {
            self.report_conflict(self.texts.slice(span).to_owned(), conflict, span);
            self.inference.poison(sought);
        }
    }

    /// Says that something would have to be of two kinds.
    pub(super) fn report_conflict(&mut self, what: String, conflict: Conflict, span: Span) {
        self.report.add(KindError::Conflict {
            what,
            wanted: self.kinds.name(conflict.wanted.0).to_owned(),
            span,
            has: self.kinds.name(conflict.has.0).to_owned(),
            first: conflict.has.1,
        });
    }

    /// `pressure(by: state, on: state, in: domain)`
    pub(super) fn signature(&mut self, target: Target) -> String {
        let draft = self.target(target);
        let symbol = draft.symbol;
        let roles = draft.roles.clone();
        let is_sketch = self.names.symbols[symbol].sort == Sort::Sketch;
        let roles: Vec<String> = roles
            .into_iter()
            .map(|role| match self.kind_of(role.kind) {
                Some(kind) if is_sketch => self.kinds.name(kind).to_owned(),
                Some(kind) => format!("{}: {}", role.name, self.kinds.name(kind)),
                None if is_sketch => "_".to_owned(),
                None => role.name,
            })
            .collect();
        format!("{}({})", self.names.symbols[symbol].name, roles.join(", "))
    }
}

/// The constant that a term is, where it is one.
pub(super) fn constant_of(term: &Term) -> Option<Constant> {
    match &term.kind {
        TermKind::Name(name) => Some(Constant::Name(name.clone())),
        TermKind::Quoted(name) => Some(Constant::Quoted(name.clone())),
        TermKind::Number(number) => Some(Constant::Number(*number)),
        TermKind::Date(date) => Some(Constant::Date(*date)),
        TermKind::Variable(_) | TermKind::Wildcard => None,
    }
}

impl Constant {
    /// The date that it may be: written as one, or a bare year.
    pub(super) fn date(&self, span: Span) -> Option<DateLiteral> {
        match self {
            Constant::Date(date) => Some(*date),
            Constant::Number(number) => time::year(*number, span),
            Constant::Name(_) | Constant::Quoted(_) => None,
        }
    }
}
