//! Individuals of whom nothing is recorded with those that are given: where such an outsider refutes a case.
//!
//! `for some D in dispute: opposed(D, A, B)` is refuted only if every dispute is. Those in which neither state is said to
//! have had a part are all alike, and one look at the records of the two states tells on which days they are refuted.

use super::Engine;
use crate::model::condition::{
    Argument, Condition, ConditionKind, CountComparison, Expression, ExpressionKind, Quantifier, Slot,
};
use crate::model::program::{IndividualId, MeasureDefinition, RelationId, RuleForm, Target};
use crate::time::IntervalSet;
use smallvec::SmallVec;

type Given = SmallVec<[(Slot, IndividualId); 4]>;

impl Engine<'_> {
    /// The individuals in a role of which something is recorded with the given ones, in the relation or in what it
    /// builds on, in order; none where that cannot be told.
    pub(super) fn insiders(
        &self,
        relation: RelationId,
        role: usize,
        given: &[(usize, IndividualId)],
    ) -> Option<Vec<IndividualId>> {
        let mut found = Vec::new();
        self.add_insiders(relation, role, given, &mut found)?;
        found.sort_unstable();
        found.dedup();
        Some(found)
    }

    fn add_insiders(
        &self,
        relation: RelationId,
        role: usize,
        given: &[(usize, IndividualId)],
        found: &mut Vec<IndividualId>,
    ) -> Option<()> {
        let definition = self.program.relation(relation);
        if definition.component.is_some() {
            return None;
        }
        if !definition.is_criterion {
            self.add_recorded(Target::Relation(relation), role, given, found);
        }
        for rule in definition.rules.iter().map(|rule| self.program.rule(*rule)) {
            if !rule.guards.is_empty() {
                return None;
            }
            let mut directions: SmallVec<[(usize, Given); 2]> = SmallVec::new();
            directions.push((role, given.iter().copied().collect()));
            if let Some((one, two)) = definition.symmetric.filter(|_| !definition.is_criterion) {
                let turned = |slot: Slot| {
                    if slot == one {
                        two
                    } else if slot == two {
                        one
                    } else {
                        slot
                    }
                };
                directions.push((turned(role), given.iter().map(|(slot, one)| (turned(*slot), *one)).collect()));
            }
            for (slot, given) in directions {
                for part in rule.applies_where.iter().chain([&rule.body]) {
                    self.add_of_condition(part, slot, &given, found)?;
                }
            }
        }
        Some(())
    }

    fn add_recorded(
        &self,
        target: Target,
        role: usize,
        given: &[(usize, IndividualId)],
        found: &mut Vec<IndividualId>,
    ) {
        found.extend(self.record.individuals_in(target, role, given));
        let fits = |tuple: &[IndividualId]| given.iter().all(|(place, individual)| tuple[*place] == *individual);
        found.extend(
            self.changes.found_atoms().filter(|(of, tuple)| *of == target && fits(tuple)).map(|(_, tuple)| tuple[role]),
        );
    }

    fn add_of_condition(
        &self,
        condition: &Condition,
        slot: Slot,
        given: &Given,
        found: &mut Vec<IndividualId>,
    ) -> Option<()> {
        if condition.free.binary_search(&slot).is_err() {
            return Some(());
        }
        match &condition.kind {
            ConditionKind::Atom(atom) => {
                let of_atom = mapped(&atom.arguments, given);
                for (role, _) in places_of(&atom.arguments, slot) {
                    self.add_insiders(atom.relation, role, &of_atom, found)?;
                }
                Some(())
            }
            ConditionKind::Not(inner)
            | ConditionKind::Shown(inner)
            | ConditionKind::Ever(inner)
            | ConditionKind::Always(inner)
            | ConditionKind::Within(inner, _)
            | ConditionKind::Throughout(inner, _) => self.add_of_condition(inner, slot, given, found),
            ConditionKind::And(all, _) | ConditionKind::Or(all, _) | ConditionKind::Counted { conditions: all, .. } => {
                all.iter().try_for_each(|one| self.add_of_condition(one, slot, given, found))
            }
            ConditionKind::Whenever { then, given: when } => {
                self.add_of_condition(then, slot, given, found)?;
                self.add_of_condition(when, slot, given, found)
            }
            ConditionKind::Quantified { among, body, .. } => {
                among.iter().chain([body]).try_for_each(|one| self.add_of_condition(one, slot, given, found))
            }
            ConditionKind::Comparison { left, right, .. } => {
                self.add_of_expression(left, slot, given, found)?;
                self.add_of_expression(right, slot, given, found)
            }
            ConditionKind::Moment { .. } => None,
        }
    }

    fn add_of_expression(
        &self,
        expression: &Expression,
        slot: Slot,
        given: &Given,
        found: &mut Vec<IndividualId>,
    ) -> Option<()> {
        match &expression.kind {
            ExpressionKind::Number(_) | ExpressionKind::Parameter(_) => Some(()),
            ExpressionKind::Measure(measure, arguments)
                if matches!(self.program.measure(*measure).definition, MeasureDefinition::Recorded)
                    && !self.changes.has_values(*measure) =>
            {
                for (role, _) in places_of(arguments, slot) {
                    self.add_recorded(Target::Measure(*measure), role, &mapped(arguments, given), found);
                }
                Some(())
            }
            ExpressionKind::Negation(inner) => self.add_of_expression(inner, slot, given, found),
            ExpressionKind::Arithmetic { left, right, .. } => {
                self.add_of_expression(left, slot, given, found)?;
                self.add_of_expression(right, slot, given, found)
            }
            _ => None,
        }
    }

    /// Days on which a case with an outsider in a role is not met for sure; perhaps it is on others too.
    pub(super) fn days_refuted_outside(
        &self,
        relation: RelationId,
        role: usize,
        given: &[(usize, IndividualId)],
    ) -> IntervalSet {
        let definition = self.program.relation(relation);
        let mut days = IntervalSet::all();
        if !definition.is_criterion {
            days = self.record.days_complete_for_all(Target::Relation(relation), given, &self.changes);
        }
        let rules = || definition.rules.iter().map(|rule| self.program.rule(*rule));
        // Beside necessary conditions the failure of sufficient ones refutes nothing.
        if rules().any(|rule| rule.form == RuleForm::OnlyIf) {
            return IntervalSet::empty();
        }
        for rule in rules() {
            if days.is_empty()
                || !rule.guards.is_empty()
                || (!definition.is_criterion && definition.symmetric.is_some())
            {
                return IntervalSet::empty();
            }
            let given: Given = given.iter().copied().collect();
            let parts = rule.applies_where.iter().chain([&rule.body]);
            let refuted = parts.fold(IntervalSet::empty(), |days, part| days.union(&self.refuted(part, role, &given)));
            days = days.intersection(&refuted);
        }
        days
    }

    fn refuted(&self, condition: &Condition, slot: Slot, given: &Given) -> IntervalSet {
        if condition.free.binary_search(&slot).is_err() {
            return IntervalSet::empty();
        }
        let all = |conditions: &[Condition]| {
            conditions.iter().fold(IntervalSet::all(), |days, one| days.intersection(&self.refuted(one, slot, given)))
        };
        match &condition.kind {
            ConditionKind::Atom(atom) => {
                let mut places = places_of(&atom.arguments, slot);
                match (places.next(), places.next()) {
                    (Some((role, _)), None) => {
                        self.days_refuted_outside(atom.relation, role, &mapped(&atom.arguments, given))
                    }
                    _ => IntervalSet::empty(),
                }
            }
            ConditionKind::And(conditions, _) => {
                conditions.iter().fold(IntervalSet::empty(), |days, one| days.union(&self.refuted(one, slot, given)))
            }
            ConditionKind::Or(conditions, _) => all(conditions),
            ConditionKind::Counted { comparison: CountComparison::AtLeast, conditions, number } => match number {
                crate::model::condition::CountNumber::Constant(least) if *least > 0 => all(conditions),
                _ => IntervalSet::empty(),
            },
            ConditionKind::Quantified { quantifier: Quantifier::Some, among, body, .. } => among
                .iter()
                .chain([body])
                .fold(IntervalSet::empty(), |days, one| days.union(&self.refuted(one, slot, given))),
            _ => IntervalSet::empty(),
        }
    }
}

fn places_of(arguments: &[Argument], slot: Slot) -> impl Iterator<Item = (usize, &Argument)> {
    arguments.iter().enumerate().filter(move |(_, argument)| **argument == Argument::Variable(slot))
}

/// The given individuals as an atom has them in its roles.
fn mapped(arguments: &[Argument], given: &Given) -> SmallVec<[(usize, IndividualId); 4]> {
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
