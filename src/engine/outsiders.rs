//! Individuals of whom nothing is recorded with those that are given: where such an outsider refutes a case.
//!
//! `for some D in dispute: opposed(D, A, B)` is refuted only if every dispute is. Those in which neither state is said to
//! have had a part are all alike, and one look at the records of the two states tells on which days they are refuted.

use super::Engine;
use super::insiders::{Given, mapped, places_of};
use crate::model::condition::{Condition, ConditionKind, CountComparison, CountNumber, Quantifier, Slot};
use crate::model::program::{IndividualId, RelationId, RuleForm, Target};
use crate::time::IntervalSet;

impl Engine<'_> {
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
                CountNumber::Constant(least) if *least > 0 => all(conditions),
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
