//! What a question builds on, in order, and what of it SQL cannot say.

use super::Refusal;
use crate::model::Program;
use crate::model::condition::{Condition, ConditionKind, Expression, ExpressionKind};
use crate::model::program::{MeasureDefinition, RelationId, Target};
use std::collections::BTreeSet;

/// All that a relation builds on, itself first, each before whatever it builds on.
///
/// # Errors
/// Where one of them depends on itself, or looks at other days.
pub(super) fn reached(program: &Program, question: RelationId) -> Result<Vec<Target>, Vec<Refusal>> {
    let mut walk = Walk { program, seen: BTreeSet::new(), order: Vec::new(), refusals: Vec::new() };
    walk.target(Target::Relation(question));
    walk.order.reverse();
    if walk.refusals.is_empty() { Ok(walk.order) } else { Err(walk.refusals) }
}

struct Walk<'p> {
    program: &'p Program,
    seen: BTreeSet<Target>,
    /// Each after whatever it builds on.
    order: Vec<Target>,
    refusals: Vec<Refusal>,
}

impl Walk<'_> {
    fn target(&mut self, target: Target) {
        if !self.seen.insert(target) {
            return;
        }
        let program = self.program;
        match target {
            Target::Relation(id) => {
                let relation = program.relation(id);
                if let Some(component) = relation.component {
                    self.recursion(id, component);
                    return;
                }
                for rule in &relation.rules {
                    let rule = program.rule(*rule);
                    rule.applies_where.iter().chain([&rule.body]).for_each(|condition| self.condition(condition));
                }
            }
            Target::Measure(id) => match &program.measure(id).definition {
                MeasureDefinition::Recorded => {}
                MeasureDefinition::Defined { applies_where, value, .. } => {
                    applies_where.iter().for_each(|condition| self.condition(condition));
                    self.expression(value);
                }
                MeasureDefinition::Classification { applies_where, cases, .. } => {
                    let cases = cases.iter().map(|(_, condition)| condition);
                    applies_where.iter().chain(cases).for_each(|condition| self.condition(condition));
                }
            },
        }
        self.order.push(target);
    }

    fn recursion(&mut self, id: RelationId, component: usize) {
        let members = &self.program.recursive_components[component];
        let rules = members.iter().flat_map(|member| &self.program.relation(*member).rules);
        let heads = rules.map(|rule| self.program.rule(*rule)).filter(|rule| {
            let mut named = BTreeSet::new();
            rule.applies_where.iter().chain([&rule.body]).for_each(|condition| condition.add_relations(&mut named));
            members.iter().any(|member| named.contains(member))
        });
        let heads = heads.map(|rule| rule.head_span).collect();
        // A circle of several is told once.
        self.seen.extend(members.iter().map(|member| Target::Relation(*member)));
        self.refusals.push(Refusal::Recursion { name: self.program.qualified_name(Target::Relation(id)), heads });
    }

    fn condition(&mut self, condition: &Condition) {
        let looks = |form| Refusal::TimeForm { form, span: condition.span };
        match &condition.kind {
            ConditionKind::Atom(atom) => self.target(Target::Relation(atom.relation)),
            ConditionKind::Not(inner) | ConditionKind::Shown(inner) => self.condition(inner),
            ConditionKind::And(all, _) | ConditionKind::Or(all, _) | ConditionKind::Counted { conditions: all, .. } => {
                all.iter().for_each(|one| self.condition(one));
            }
            ConditionKind::Whenever { then, given } => {
                self.condition(then);
                self.condition(given);
            }
            ConditionKind::Ever(_) => self.refusals.push(looks("ever")),
            ConditionKind::Always(_) => self.refusals.push(looks("always")),
            ConditionKind::Within(..) => self.refusals.push(looks("within")),
            ConditionKind::Throughout(..) => self.refusals.push(looks("throughout")),
            ConditionKind::Quantified { among, body, .. } => {
                among.iter().for_each(|among| self.condition(among));
                self.condition(body);
            }
            ConditionKind::Comparison { left, right, .. } => {
                self.expression(left);
                self.expression(right);
            }
            ConditionKind::Moment { .. } => {}
        }
    }

    fn expression(&mut self, expression: &Expression) {
        match &expression.kind {
            ExpressionKind::Number(_) | ExpressionKind::Parameter(_) | ExpressionKind::Argument(_) => {}
            ExpressionKind::Measure(measure, _) => self.target(Target::Measure(*measure)),
            ExpressionKind::Indicator(atom) => self.target(Target::Relation(atom.relation)),
            ExpressionKind::Negation(inner) => self.expression(inner),
            ExpressionKind::Arithmetic { left, right, .. } => {
                self.expression(left);
                self.expression(right);
            }
            ExpressionKind::Count { among, .. } => among.iter().for_each(|among| self.condition(among)),
            ExpressionKind::Aggregate { value, among, .. } => {
                self.expression(value);
                among.iter().for_each(|among| self.condition(among));
            }
        }
    }
}
