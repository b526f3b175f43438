//! Names as they are seen from a place, and what is said where they are not found.

use super::error::{NameError, RuleError};
use super::names::{Lookup, Sort, Symbol};
use super::near::nearest;
use super::program::Target;
use super::resolver::Resolver;
use super::scope::Scope;
use crate::syntax::tree::QualifiedName;
use crate::text::Span;

impl Scope<'_, '_> {
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
                let near =
                    nearest(&framework.text, self.names.frameworks.iter().map(|framework| framework.name.as_str()));
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
