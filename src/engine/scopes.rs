//! Quantified variables, each over no more than what names it.
//!
//! `for some X in dispute, C in state: opposed(X, A, C) and enemies(B, C)` asks of each C whether there is an X for A and it, and that is
//! the same whoever B is. So it is asked apart, as if it were written `for some C in state: enemies(B, C) and (for some X …)`, and kept.
//! *And* distributes over *or* on both sides of the evidence, so the answer is the same.

use super::quantifiers::{Literal, Sought};
use super::{Engine, Frame, Standing};
use crate::model::condition::{Binding, Slot};
use crate::time::Timeline;

/// A variable, with all that names it.
pub(super) struct Scope<'c> {
    /// Where it is bound in the program, which stays where it is while the program lives.
    key: usize,
    binding: Binding,
    literals: Vec<Literal<'c>>,
    /// Variables that are bound within.
    scopes: Vec<Scope<'c>>,
}

impl<'c> Scope<'c> {
    /// Whether it asks about a variable that it does not bind.
    fn names(&self, slot: Slot) -> bool {
        self.literals.iter().any(|literal| literal.names(slot)) || self.scopes.iter().any(|scope| scope.names(slot))
    }

    /// Its conditions and those within.
    pub fn add_literals(&self, literals: &mut Vec<Literal<'c>>) {
        literals.extend_from_slice(&self.literals);
        self.scopes.iter().for_each(|scope| scope.add_literals(literals));
    }

    /// Its variable and those within.
    pub fn add_bindings(&self, bindings: &mut Vec<Binding>) {
        bindings.push(self.binding);
        self.scopes.iter().for_each(|scope| scope.add_bindings(bindings));
    }
}

/// What is asked of combinations of individuals: literals, and scopes of their own.
pub(super) struct Parts<'c> {
    pub bindings: Vec<Binding>,
    pub literals: Vec<Literal<'c>>,
    pub scopes: Vec<Scope<'c>>,
}

/// Puts variables that only some of the literals name into scopes of their own; none where every literal names all.
pub(super) fn apart<'c>(bindings: &[Binding], literals: &[Literal<'c>]) -> Option<Parts<'c>> {
    let is_in_all = |binding: &Binding| literals.iter().all(|literal| literal.names(binding.slot));
    if bindings.len() < 2 || bindings.iter().all(is_in_all) {
        return None;
    }
    let mut parts = Parts { bindings: bindings.to_vec(), literals: literals.to_vec(), scopes: Vec::new() };
    loop {
        let count = |slot: Slot| {
            let literals = parts.literals.iter().filter(|literal| literal.names(slot)).count();
            literals + parts.scopes.iter().filter(|scope| scope.names(slot)).count()
        };
        let all = parts.literals.len() + parts.scopes.len();
        let places = (0..parts.bindings.len()).map(|place| (count(parts.bindings[place].slot), place));
        // The last variable is bound to be asked for by an earlier one.
        let fewest = places.filter(|(count, _)| *count < all).min_by_key(|(count, place)| (*count, usize::MAX - place));
        let Some((_, place)) = fewest.filter(|_| parts.bindings.len() > 1) else { return Some(parts) };
        let binding = parts.bindings.remove(place);
        let key = bindings.iter().find(|one| one.slot == binding.slot).map_or(0, |one| std::ptr::from_ref(one).addr());
        let (own, others) = parts.literals.into_iter().partition(|literal| literal.names(binding.slot));
        let (within, mut scopes): (Vec<_>, Vec<_>) =
            parts.scopes.into_iter().partition(|scope| scope.names(binding.slot));
        scopes.push(Scope { key, binding, literals: own, scopes: within });
        parts = Parts { bindings: parts.bindings, literals: others, scopes };
    }
}

impl Engine<'_> {
    /// Whether somebody stands for the variable of a scope.
    pub(super) fn scope(&self, scope: &Scope<'_>, frame: &mut Frame) -> Timeline<Standing> {
        let binding = std::slice::from_ref(&scope.binding);
        if scope.scopes.is_empty() {
            return self.quantified(scope.key, binding, &scope.literals, frame);
        }
        let (mut literals, mut bindings) = (Vec::new(), Vec::new());
        scope.add_literals(&mut literals);
        scope.add_bindings(&mut bindings);
        let ask = |frame: &mut Frame| self.exists(binding, &scope.literals, &scope.scopes, Sought::Standing, frame);
        let given =
            self.depends_on(&bindings, &literals).and_then(|slots| slots.iter().map(|slot| frame.get(*slot)).collect());
        match given {
            Some(given) => self.kept(scope.key, given, frame, ask),
            None => ask(frame),
        }
    }
}
