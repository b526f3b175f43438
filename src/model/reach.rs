//! On what the answers to a criterion or measure may depend.

use super::condition::{Condition, ConditionKind, Expression, ExpressionKind};
use super::program::{MeasureDefinition, Program, RelationId, Target};
use std::collections::BTreeSet;

impl Program {
    /// The relations and measures on which answers to some targets may depend, these included.
    #[must_use]
    pub fn reached(&self, targets: &[Target]) -> BTreeSet<Target> {
        let mut next: BTreeSet<Target> = targets.iter().copied().collect();
        let mut reached = BTreeSet::new();
        while let Some(target) = next.pop_first() {
            if reached.insert(target) {
                self.add_named(target, &mut next);
                next = &next - &reached;
            }
        }
        reached
    }

    /// The relations among them.
    #[must_use]
    pub fn reached_relations(&self, targets: &[Target]) -> BTreeSet<RelationId> {
        let relation = |target: Target| match target {
            Target::Relation(relation) => Some(relation),
            Target::Measure(_) => None,
        };
        self.reached(targets).into_iter().filter_map(relation).collect()
    }

    /// What the definition of a target names.
    fn add_named(&self, target: Target, named: &mut BTreeSet<Target>) {
        match target {
            Target::Relation(relation) => {
                for rule in self.relation(relation).rules.iter().map(|rule| self.rule(*rule)) {
                    of_conditions(rule.applies_where.iter().chain([&rule.body]), named);
                }
            }
            Target::Measure(measure) => match &self.measure(measure).definition {
                MeasureDefinition::Recorded => {}
                MeasureDefinition::Defined { value, applies_where, .. } => {
                    of_expression(value, named);
                    of_conditions(applies_where, named);
                }
                MeasureDefinition::Classification { cases, applies_where, .. } => {
                    of_conditions(cases.iter().map(|(_, condition)| condition).chain(applies_where), named);
                }
            },
        }
    }
}

fn of_conditions<'a>(conditions: impl IntoIterator<Item = &'a Condition>, named: &mut BTreeSet<Target>) {
    for condition in conditions {
        of_condition(condition, named);
    }
}

fn of_condition(condition: &Condition, named: &mut BTreeSet<Target>) {
    match &condition.kind {
        ConditionKind::Atom(atom) => {
            named.insert(Target::Relation(atom.relation));
        }
        ConditionKind::Not(inner)
        | ConditionKind::Shown(inner)
        | ConditionKind::Ever(inner)
        | ConditionKind::Always(inner)
        | ConditionKind::Within(inner, _)
        | ConditionKind::Throughout(inner, _) => of_condition(inner, named),
        ConditionKind::And(conditions, _)
        | ConditionKind::Or(conditions, _)
        | ConditionKind::Counted { conditions, .. } => of_conditions(conditions, named),
        ConditionKind::Whenever { then, given } => of_conditions([then.as_ref(), given], named),
        ConditionKind::Quantified { among, body, .. } => {
            of_conditions(among.iter().chain([body]).map(AsRef::as_ref), named);
        }
        ConditionKind::Comparison { left, right, .. } => {
            of_expression(left, named);
            of_expression(right, named);
        }
        ConditionKind::Moment { .. } => {}
    }
}

fn of_expression(expression: &Expression, named: &mut BTreeSet<Target>) {
    match &expression.kind {
        ExpressionKind::Number(_) | ExpressionKind::Parameter(_) | ExpressionKind::Argument(_) => {}
        ExpressionKind::Measure(measure, _) => {
            named.insert(Target::Measure(*measure));
        }
        ExpressionKind::Indicator(atom) => {
            named.insert(Target::Relation(atom.relation));
        }
        ExpressionKind::Negation(inner) => of_expression(inner, named),
        ExpressionKind::Arithmetic { left, right, .. } => {
            of_expression(left, named);
            of_expression(right, named);
        }
        ExpressionKind::Count { among, .. } => of_conditions(among.as_deref(), named),
        ExpressionKind::Aggregate { value, among, .. } => {
            of_expression(value, named);
            of_conditions(among.as_deref(), named);
        }
    }
}
