//! Walking over conditions and expressions: which others they hold, and which relations, measures and individuals they name.

use std::collections::BTreeSet;
use symmachia::model::condition::{Argument, Condition, ConditionKind, Expression, ExpressionKind, MomentDate, Slot};
use symmachia::model::program::{IndividualId, Target};

/// The conditions directly inside a condition, those in its expressions included.
fn parts(condition: &Condition) -> Vec<&Condition> {
    match &condition.kind {
        ConditionKind::Atom(_) | ConditionKind::Moment { .. } => Vec::new(),
        ConditionKind::Not(inner)
        | ConditionKind::Shown(inner)
        | ConditionKind::Ever(inner)
        | ConditionKind::Always(inner)
        | ConditionKind::Within(inner, _)
        | ConditionKind::Throughout(inner, _) => vec![inner],
        ConditionKind::And(parts, _) | ConditionKind::Or(parts, _) => parts.iter().collect(),
        ConditionKind::Counted { conditions, .. } => conditions.iter().collect(),
        ConditionKind::Whenever { then, given } => vec![then, given],
        ConditionKind::Quantified { among, body, .. } => among.as_deref().into_iter().chain([&**body]).collect(),
        ConditionKind::Comparison { left, right, .. } => {
            let mut found = Vec::new();
            expression_conditions(left, &mut found);
            expression_conditions(right, &mut found);
            found
        }
    }
}

/// The conditions directly inside an expression.
pub fn expression_conditions<'a>(expression: &'a Expression, found: &mut Vec<&'a Condition>) {
    match &expression.kind {
        ExpressionKind::Negation(inner) => expression_conditions(inner, found),
        ExpressionKind::Arithmetic { left, right, .. } => {
            expression_conditions(left, found);
            expression_conditions(right, found);
        }
        ExpressionKind::Count { among, .. } => found.extend(among.as_deref()),
        ExpressionKind::Aggregate { value, among, .. } => {
            expression_conditions(value, found);
            found.extend(among.as_deref());
        }
        _ => {}
    }
}

/// A condition and all that it holds.
pub fn each_condition<'a>(condition: &'a Condition, visit: &mut impl FnMut(&'a Condition)) {
    visit(condition);
    for part in parts(condition) {
        each_condition(part, visit);
    }
}

/// The relations and measures on which a condition depends directly.
pub fn targets_of_condition(condition: &Condition, found: &mut BTreeSet<Target>) {
    match &condition.kind {
        ConditionKind::Atom(atom) => {
            found.insert(Target::Relation(atom.relation));
        }
        ConditionKind::Comparison { left, right, .. } => {
            targets_of_expression(left, found);
            targets_of_expression(right, found);
        }
        _ => parts(condition).into_iter().for_each(|part| targets_of_condition(part, found)),
    }
}

pub fn targets_of_expression(expression: &Expression, found: &mut BTreeSet<Target>) {
    match &expression.kind {
        ExpressionKind::Number(_) | ExpressionKind::Parameter(_) | ExpressionKind::Argument(_) => {}
        ExpressionKind::Measure(measure, _) => {
            found.insert(Target::Measure(*measure));
        }
        ExpressionKind::Indicator(atom) => {
            found.insert(Target::Relation(atom.relation));
        }
        ExpressionKind::Negation(inner) => targets_of_expression(inner, found),
        ExpressionKind::Arithmetic { left, right, .. } => {
            targets_of_expression(left, found);
            targets_of_expression(right, found);
        }
        ExpressionKind::Count { among, .. } => {
            among.iter().for_each(|among| targets_of_condition(among, found));
        }
        ExpressionKind::Aggregate { value, among, .. } => {
            targets_of_expression(value, found);
            among.iter().for_each(|among| targets_of_condition(among, found));
        }
    }
}

/// Whether what a condition is worth depends on other days or on the date: then it may change on days on which no fact does.
pub fn looks_at_time(condition: &Condition) -> bool {
    let mut looks = false;
    each_condition(condition, &mut |part| {
        looks |= matches!(
            part.kind,
            ConditionKind::Ever(_)
                | ConditionKind::Always(_)
                | ConditionKind::Within(..)
                | ConditionKind::Throughout(..)
                | ConditionKind::Moment { .. }
        );
    });
    looks
}

/// Whom a condition names: by its free variables, and as constants.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Names {
    pub free: BTreeSet<Slot>,
    pub constants: BTreeSet<IndividualId>,
}

impl Names {
    pub fn of(condition: &Condition) -> Names {
        let mut names = Names::default();
        names.condition(condition);
        names
    }

    fn argument(&mut self, argument: Argument) {
        match argument {
            Argument::Variable(slot) => {
                self.free.insert(slot);
            }
            Argument::Individual(individual) => {
                self.constants.insert(individual);
            }
        }
    }

    fn within(&mut self, bindings: &[symmachia::model::condition::Binding], inner: Names) {
        self.constants.extend(inner.constants);
        self.free.extend(inner.free.into_iter().filter(|slot| bindings.iter().all(|binding| binding.slot != *slot)));
    }

    fn condition(&mut self, condition: &Condition) {
        match &condition.kind {
            ConditionKind::Atom(atom) => atom.arguments.iter().for_each(|argument| self.argument(*argument)),
            ConditionKind::Moment { date: MomentDate::Argument(argument), .. } => self.argument(*argument),
            ConditionKind::Comparison { left, right, .. } => {
                self.expression(left);
                self.expression(right);
            }
            ConditionKind::Quantified { bindings, .. } => {
                let mut inner = Names::default();
                parts(condition).into_iter().for_each(|part| inner.condition(part));
                self.within(bindings, inner);
            }
            _ => parts(condition).into_iter().for_each(|part| self.condition(part)),
        }
    }

    fn expression(&mut self, expression: &Expression) {
        match &expression.kind {
            ExpressionKind::Number(_) | ExpressionKind::Parameter(_) => {}
            ExpressionKind::Argument(argument) => self.argument(*argument),
            ExpressionKind::Measure(_, arguments) => arguments.iter().for_each(|argument| self.argument(*argument)),
            ExpressionKind::Indicator(atom) => atom.arguments.iter().for_each(|argument| self.argument(*argument)),
            ExpressionKind::Negation(inner) => self.expression(inner),
            ExpressionKind::Arithmetic { left, right, .. } => {
                self.expression(left);
                self.expression(right);
            }
            ExpressionKind::Count { bindings, among } => {
                let mut inner = Names::default();
                among.iter().for_each(|among| inner.condition(among));
                self.within(bindings, inner);
            }
            ExpressionKind::Aggregate { value, bindings, among, .. } => {
                let mut inner = Names::default();
                inner.expression(value);
                among.iter().for_each(|among| inner.condition(among));
                self.within(bindings, inner);
            }
        }
    }
}
