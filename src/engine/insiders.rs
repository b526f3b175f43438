//! Individuals of which something is recorded with those that are given, in a condition or in what it builds on.
//!
//! Of all others, the outsiders, the record says nothing there; so those that nothing else tells apart are alike (`twins.rs`).

use super::{Engine, Frame};
use crate::evidence::Tuple;
use crate::model::condition::{Argument, Binding, Condition, ConditionKind, Expression, ExpressionKind, Slot};
use crate::model::exchanged;
use crate::model::program::{Guard, IndividualId, KindId, MeasureDefinition, MeasureId, RelationId, Target};
use smallvec::SmallVec;

/// Variables, or roles, with their individuals.
pub(super) type Given = SmallVec<[(Slot, IndividualId); 4]>;

impl Engine<'_> {
    /// The individuals in a role of which something is recorded with the given ones, in the relation or in what it
    /// builds on, in order; none where that cannot be told.
    pub(super) fn insiders(
        &self,
        relation: RelationId,
        role: usize,
        given: &[(usize, IndividualId)],
    ) -> Option<Vec<IndividualId>> {
        let mut search = Search { engine: self, alike: None, found: Vec::new() };
        search.relation(relation, role, given)?;
        Some(search.sorted())
    }

    /// The members of a binding that may differ from each other for conditions in a frame, in order: of whom something is recorded,
    /// or who are named in the conditions or given. None where that cannot be told. `rest` is bound besides.
    pub(super) fn who_may_differ(
        &self,
        binding: Binding,
        rest: &[Binding],
        conditions: &mut dyn Iterator<Item = &Condition>,
        frame: &Frame,
    ) -> Option<Vec<IndividualId>> {
        let root = self.program.kind(binding.kind).root;
        let given: Given = frame.given().filter(|(slot, _)| *slot != binding.slot).collect();
        let mut search = Search { engine: self, alike: Some(root), found: Vec::new() };
        search.bound(rest)?;
        search.found.extend(given.iter().map(|(_, individual)| *individual));
        for condition in conditions {
            search.condition(condition, binding.slot, &given)?;
        }
        Some(search.sorted())
    }
}

/// A search for the individuals that can stand for a variable with something recorded of them.
struct Search<'e, 'p> {
    engine: &'e Engine<'p>,
    /// The outermost kind of the variable, where all others have to be alike. Then no other variable may come upon them.
    alike: Option<KindId>,
    found: Vec<IndividualId>,
}

impl Search<'_, '_> {
    fn sorted(mut self) -> Vec<IndividualId> {
        self.found.sort_unstable();
        self.found.dedup();
        self.found
    }

    fn relation(&mut self, relation: RelationId, role: usize, given: &[(usize, IndividualId)]) -> Option<()> {
        let definition = self.engine.program.relation(relation);
        if definition.component.is_some() {
            return None;
        }
        if !definition.is_criterion {
            self.recorded(Target::Relation(relation), role, given);
        }
        for rule in definition.rules.iter().map(|rule| self.engine.program.rule(*rule)) {
            self.found.extend(rule.guards.iter().filter_map(|guard| match guard {
                Guard::Is(_, individual) => Some(*individual),
                Guard::Same(..) => None,
            }));
            let mut directions: SmallVec<[(usize, Given); 2]> = SmallVec::new();
            directions.push((role, given.iter().copied().collect()));
            if let Some(pair) = definition.symmetric.filter(|_| !definition.is_criterion) {
                let turned = exchanged(pair);
                directions.push((turned(role), given.iter().map(|(slot, one)| (turned(*slot), *one)).collect()));
            }
            for (slot, given) in directions {
                for part in rule.applies_where.iter().chain([&rule.body]) {
                    self.condition(part, slot, &given)?;
                }
            }
        }
        Some(())
    }

    fn recorded(&mut self, target: Target, role: usize, given: &[(usize, IndividualId)]) {
        let fits = |tuple: &[IndividualId]| given.iter().all(|(place, individual)| tuple[*place] == *individual);
        self.found.extend(self.engine.record.atoms(target, given).map(|atom| atom[role]));
        let findings = self.engine.changes.found_atoms();
        self.found.extend(
            findings.filter(|(of, tuple)| *of == target && fits(tuple)).map(|(_, tuple): (_, &Tuple)| tuple[role]),
        );
    }

    /// Notes the individuals that are named beside the variable.
    fn named(&mut self, arguments: &[Argument]) {
        self.found.extend(arguments.iter().filter_map(|argument| match argument {
            Argument::Individual(individual) => Some(*individual),
            Argument::Variable(_) => None,
        }));
    }

    /// Whether other variables may be bound here.
    fn bound(&self, bindings: &[Binding]) -> Option<()> {
        let comes_upon = |binding: &Binding| Some(self.engine.program.kind(binding.kind).root) == self.alike;
        (!bindings.iter().any(comes_upon)).then_some(())
    }

    fn condition(&mut self, condition: &Condition, slot: Slot, given: &Given) -> Option<()> {
        if condition.free.binary_search(&slot).is_err() {
            return Some(());
        }
        match &condition.kind {
            ConditionKind::Atom(atom) => {
                let of_atom = mapped(&atom.arguments, given);
                self.named(&atom.arguments);
                for (role, _) in places_of(&atom.arguments, slot) {
                    self.relation(atom.relation, role, &of_atom)?;
                }
                Some(())
            }
            ConditionKind::Not(inner)
            | ConditionKind::Shown(inner)
            | ConditionKind::Ever(inner)
            | ConditionKind::Always(inner)
            | ConditionKind::Within(inner, _)
            | ConditionKind::Throughout(inner, _) => self.condition(inner, slot, given),
            ConditionKind::And(all, _) | ConditionKind::Or(all, _) | ConditionKind::Counted { conditions: all, .. } => {
                all.iter().try_for_each(|one| self.condition(one, slot, given))
            }
            ConditionKind::Whenever { then, given: when } => {
                self.condition(then, slot, given)?;
                self.condition(when, slot, given)
            }
            ConditionKind::Quantified { bindings, among, body, .. } => {
                self.bound(bindings)?;
                among.iter().chain([body]).try_for_each(|one| self.condition(one, slot, given))
            }
            ConditionKind::Comparison { left, right, .. } => {
                self.expression(left, slot, given)?;
                self.expression(right, slot, given)
            }
            ConditionKind::Moment { .. } => None,
        }
    }

    fn expression(&mut self, expression: &Expression, slot: Slot, given: &Given) -> Option<()> {
        match &expression.kind {
            ExpressionKind::Number(_) | ExpressionKind::Parameter(_) => Some(()),
            ExpressionKind::Argument(argument) => {
                self.named(&[*argument]);
                Some(())
            }
            ExpressionKind::Measure(measure, arguments) => {
                self.named(arguments);
                let of_measure = mapped(arguments, given);
                places_of(arguments, slot).try_for_each(|(role, _)| self.measure(*measure, role, &of_measure))
            }
            ExpressionKind::Indicator(atom) => {
                let of_atom = mapped(&atom.arguments, given);
                self.named(&atom.arguments);
                places_of(&atom.arguments, slot).try_for_each(|(role, _)| self.relation(atom.relation, role, &of_atom))
            }
            ExpressionKind::Negation(inner) => self.expression(inner, slot, given),
            ExpressionKind::Arithmetic { left, right, .. } => {
                self.expression(left, slot, given)?;
                self.expression(right, slot, given)
            }
            ExpressionKind::Count { bindings, among } => {
                self.bound(bindings)?;
                among.iter().try_for_each(|among| self.condition(among, slot, given))
            }
            ExpressionKind::Aggregate { value, bindings, among, .. } => {
                self.bound(bindings)?;
                among.iter().try_for_each(|among| self.condition(among, slot, given))?;
                self.expression(value, slot, given)
            }
        }
    }

    fn measure(&mut self, measure: MeasureId, role: usize, given: &Given) -> Option<()> {
        if self.engine.changes.has_values(measure) {
            return None;
        }
        match &self.engine.program.measure(measure).definition {
            MeasureDefinition::Recorded => {
                self.recorded(Target::Measure(measure), role, given);
                Some(())
            }
            MeasureDefinition::Defined { applies_where, value, .. } => {
                applies_where.iter().try_for_each(|applies| self.condition(applies, role, given))?;
                self.expression(value, role, given)
            }
            MeasureDefinition::Classification { applies_where, cases, .. } => {
                let conditions = applies_where.iter().chain(cases.iter().map(|(_, condition)| condition));
                conditions.into_iter().try_for_each(|condition| self.condition(condition, role, given))
            }
        }
    }
}

/// The roles in which an atom has a variable.
pub(super) fn places_of(arguments: &[Argument], slot: Slot) -> impl Iterator<Item = (usize, &Argument)> {
    arguments.iter().enumerate().filter(move |(_, argument)| **argument == Argument::Variable(slot))
}

/// The given individuals as an atom has them in its roles.
pub(super) fn mapped(arguments: &[Argument], given: &Given) -> Given {
    arguments
        .iter()
        .enumerate()
        .filter_map(|(role, argument)| match argument {
            Argument::Individual(individual) => Some((role, *individual)),
            Argument::Variable(slot) => {
                given.iter().find(|(known, _)| known == slot).map(|(_, individual)| (role, *individual))
            }
        })
        .collect()
}
