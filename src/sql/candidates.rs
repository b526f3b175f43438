//! For whom a condition may be other than settled on one side, joined from evidence.

use super::names::quoted;
use super::script::Step;
use super::{Compiler, names};
use crate::model::condition::{
    Argument, Atom, ComparisonOperator, Condition, ConditionKind, CountComparison, CountNumber, Expression,
    ExpressionKind, Quantifier, Slot,
};
use crate::model::program::{Guard, RelationId, RuleForm, RuleId, Target};
use std::collections::BTreeSet;

/// Rows, with more than those that are wanted perhaps.
#[derive(Debug, Clone)]
pub(super) struct Candidates {
    /// Whose columns they have, besides `year`.
    pub(super) slots: BTreeSet<Slot>,
    /// A select of these columns.
    pub(super) select: String,
}

/// Which side is the ordinary one, of which no rows are wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unless {
    /// Rows where it may be other than settled as not met.
    NotMet,
    /// Rows where it may be other than settled as met.
    Met,
}

impl Unless {
    fn turned(self) -> Unless {
        match self {
            Unless::NotMet => Unless::Met,
            Unless::Met => Unless::NotMet,
        }
    }
}

impl Compiler<'_> {
    /// The rows for which a condition may be other than the ordinary; none where evidence does not tell.
    pub(super) fn candidates(
        &mut self,
        condition: &Condition,
        columns: &[String],
        unless: Unless,
    ) -> Option<Candidates> {
        let not_met = unless == Unless::NotMet;
        match &condition.kind {
            ConditionKind::Atom(atom) if not_met => self.candidates_of_atom(atom, columns),
            ConditionKind::Not(inner) => self.candidates(inner, columns, unless.turned()),
            ConditionKind::Shown(inner) => self.candidates(inner, columns, unless),
            ConditionKind::And(parts, _) if not_met => self.in_all(parts, columns, unless),
            ConditionKind::Or(parts, _) if !not_met => self.in_all(parts, columns, unless),
            ConditionKind::And(parts, _) | ConditionKind::Or(parts, _) => self.in_any(parts, columns, unless),
            ConditionKind::Whenever { then, given } => {
                let then = self.candidates(then, columns, unless);
                let given = self.candidates(given, columns, unless.turned());
                if not_met { united(&[then?, given?], columns) } else { met_by_all([then, given], columns) }
            }
            ConditionKind::Quantified { quantifier, bindings, among, body, .. } => {
                let among = among.as_ref().and_then(|among| self.candidates(among, columns, Unless::NotMet));
                let body = match (quantifier, unless) {
                    (Quantifier::Some, Unless::NotMet) => self.candidates(body, columns, Unless::NotMet),
                    (Quantifier::Every, Unless::Met) => self.candidates(body, columns, Unless::Met),
                    _ => return None,
                };
                let bound: Vec<Slot> = bindings.iter().map(|binding| binding.slot).collect();
                Some(without(met_by_all([among, body], columns)?, &bound, columns))
            }
            ConditionKind::Counted { comparison, number, conditions } => {
                let number = match number {
                    CountNumber::Constant(number) => f64::from(*number),
                    CountNumber::Parameter(parameter) => self.program.parameter(*parameter).value,
                };
                let tells = match comparison {
                    CountComparison::AtLeast | CountComparison::Exactly => not_met && number >= 1.0,
                    CountComparison::AtMost => !not_met && number >= 0.0,
                };
                if tells { self.in_any(conditions, columns, Unless::NotMet) } else { None }
            }
            ConditionKind::Comparison { left, operator, right, .. } => {
                self.candidates_of_count(left, *operator, right, columns, unless)
            }
            _ => None,
        }
    }

    fn candidates_of_atom(&mut self, atom: &Atom, columns: &[String]) -> Option<Candidates> {
        let cases = self.cases(atom.relation)?;
        let roles = self.role_columns(Target::Relation(atom.relation));
        let mut slots: BTreeSet<Slot> = BTreeSet::new();
        let (mut selected, mut conditions) = (Vec::new(), Vec::new());
        let mut first: Vec<(Slot, &String)> = Vec::new();
        for (argument, role) in atom.arguments.iter().zip(&roles) {
            match argument {
                Argument::Individual(individual) => conditions.push(format!("r.{role} = {}", self.key(*individual))),
                Argument::Variable(slot) if slots.insert(*slot) => {
                    selected.push(format!("r.{role} as {}", columns[*slot]));
                    first.push((*slot, role));
                }
                Argument::Variable(slot) => {
                    let earlier = first.iter().find(|(of, _)| of == slot).map(|(_, role)| *role)?;
                    conditions.push(format!("r.{role} = r.{earlier}"));
                }
            }
        }
        selected.push("r.\"year\"".to_owned());
        let filter = if conditions.is_empty() { String::new() } else { format!(" where {}", conditions.join(" and ")) };
        Some(Candidates { slots, select: format!("select {} from {cases} as r{filter}", selected.join(", ")) })
    }

    /// Where all of them have to be other than the ordinary: one that tells is enough.
    fn in_all(&mut self, parts: &[Condition], columns: &[String], unless: Unless) -> Option<Candidates> {
        let parts: Vec<Option<Candidates>> = parts.iter().map(|part| self.candidates(part, columns, unless)).collect();
        met_by_all(parts, columns)
    }

    /// Where one of them has to be: all have to tell.
    fn in_any(&mut self, parts: &[Condition], columns: &[String], unless: Unless) -> Option<Candidates> {
        let mut all = Vec::new();
        for part in parts {
            all.push(self.candidates(part, columns, unless)?);
        }
        united(&all, columns)
    }

    /// `count of (…) >= 2`: of nobody the count is 0.
    fn candidates_of_count(
        &mut self,
        left: &Expression,
        operator: ComparisonOperator,
        right: &Expression,
        columns: &[String],
        unless: Unless,
    ) -> Option<Candidates> {
        let number = |expression: &Expression| match &expression.kind {
            ExpressionKind::Number(number) => Some(*number),
            ExpressionKind::Parameter(parameter) => Some(self.program.parameter(*parameter).value),
            _ => None,
        };
        let (bindings, among, zero, other) = match (&left.kind, &right.kind) {
            (ExpressionKind::Count { bindings, among: Some(among) }, _) => (bindings, among, 0.0, number(right)?),
            (_, ExpressionKind::Count { bindings, among: Some(among) }) => (bindings, among, number(left)?, 0.0),
            _ => return None,
        };
        let holds = match operator {
            ComparisonOperator::Equal => zero == other,
            ComparisonOperator::NotEqual => zero != other,
            ComparisonOperator::Less => zero < other,
            ComparisonOperator::LessOrEqual => zero <= other,
            ComparisonOperator::Greater => zero > other,
            ComparisonOperator::GreaterOrEqual => zero >= other,
        };
        let ordinary = if holds { Unless::Met } else { Unless::NotMet };
        if ordinary != unless {
            return None;
        }
        let bound: Vec<Slot> = bindings.iter().map(|binding| binding.slot).collect();
        let among = self.candidates(among, columns, Unless::NotMet)?;
        Some(without(among, &bound, columns))
    }

    /// The table of the cases of a relation outside of which it is settled as not met, where evidence tells.
    pub(super) fn cases(&mut self, id: RelationId) -> Option<String> {
        if let Some(known) = self.cases.get(&id) {
            return known.clone();
        }
        let name = self.joined_cases(id).map(|select| {
            let target = Target::Relation(id);
            let select = self.arising(target, &select);
            let qualified = self.program.qualified_name(target);
            let name = self.names.unique(&format!("{}_cases", names::view(&qualified)));
            let comment = format!("the cases of `{qualified}` for which there is evidence: every other one is not met");
            self.script.joined.push(Step::new(name.clone(), comment, select));
            quoted(&name)
        });
        self.cases.insert(id, name.clone());
        name
    }

    fn joined_cases(&mut self, id: RelationId) -> Option<String> {
        let program = self.program;
        let target = Target::Relation(id);
        let relation = program.relation(id);
        let roles = self.role_columns(target);
        let mut parts = Vec::new();
        if relation.is_criterion {
            let rules = || relation.rules.iter().map(|rule| program.rule(*rule));
            // Where every rule says where it applies, a case outside of the evidence may also not arise.
            let may_not_arise = rules().all(|rule| rule.applies_where.is_some());
            if may_not_arise || rules().any(|rule| rule.form == RuleForm::OnlyIf) {
                return None;
            }
        } else {
            if !self.is_closed(target) {
                parts.extend(self.outside_of_tables(target)?);
            }
            let said = self.said(target);
            parts.push(format!("select {}, \"year\" from {said}", roles.join(", ")));
        }
        for rule in &relation.rules {
            let select = self.cases_of_rule(*rule, &roles)?;
            if let Some((one, two)) = relation.symmetric.filter(|_| !relation.is_criterion) {
                let mut turned = roles.clone();
                turned.swap(one, two);
                let renamed: Vec<String> =
                    turned.iter().zip(&roles).map(|(from, to)| format!("t.{from} as {to}")).collect();
                parts.push(format!("select {}, t.\"year\" from ({select}) as t", renamed.join(", ")));
            }
            parts.push(select);
        }
        Some(parts.join("\n  union all "))
    }

    /// The cases for which a rule may bear out its head; none unless evidence tells of each of its individuals.
    fn cases_of_rule(&mut self, id: RuleId, roles: &[String]) -> Option<String> {
        let program = self.program;
        let rule = program.rule(id);
        let columns = self.rule_columns(id);
        let body = self.candidates(&rule.body, &columns, Unless::NotMet);
        let applies =
            rule.applies_where.as_ref().and_then(|applies| self.candidates(applies, &columns, Unless::NotMet));
        let candidates = met_by_all([body, applies], &columns)?;
        let mut selected = Vec::new();
        let mut conditions = Vec::new();
        for (place, role) in roles.iter().enumerate() {
            let constant = rule.guards.iter().find_map(|guard| match guard {
                Guard::Is(of, individual) if *of == place => Some(*individual),
                _ => None,
            });
            let same = rule.guards.iter().find_map(|guard| match guard {
                Guard::Same(one, other) if *one == place && candidates.slots.contains(other) => Some(*other),
                Guard::Same(one, other) if *other == place && candidates.slots.contains(one) => Some(*one),
                _ => None,
            });
            let value = match (candidates.slots.contains(&place), constant, same) {
                (true, constant, _) => {
                    let value = format!("h.{}", columns[place]);
                    conditions.extend(constant.map(|constant| format!("{value} = {}", self.key(constant))));
                    value
                }
                (false, Some(constant), _) => self.key(constant),
                (false, None, Some(same)) => format!("h.{}", columns[same]),
                (false, None, None) => return None,
            };
            selected.push(format!("{value} as {role}"));
        }
        let filter = if conditions.is_empty() { String::new() } else { format!(" where {}", conditions.join(" and ")) };
        Some(format!("select {}, h.\"year\" from ({}) as h{filter}", selected.join(", "), candidates.select))
    }
}

/// Rows that are among all that tell.
pub(super) fn met_by_all(
    parts: impl IntoIterator<Item = Option<Candidates>>,
    columns: &[String],
) -> Option<Candidates> {
    let mut left: Vec<Candidates> = parts.into_iter().flatten().collect();
    if left.len() < 2 {
        return left.pop();
    }
    let mut joined = left.remove(0);
    let mut from = format!("({}) as a0", joined.select);
    // Of each column the first table that has it.
    let mut places: Vec<(Slot, usize)> = joined.slots.iter().map(|slot| (*slot, 0)).collect();
    for place in 1.. {
        // Those that share a column come first.
        let shared = left.iter().position(|part| part.slots.iter().any(|slot| joined.slots.contains(slot)));
        if left.is_empty() {
            break;
        }
        let next = left.remove(shared.unwrap_or(0));
        let mut on = vec![format!("a{place}.\"year\" = a0.\"year\"")];
        for slot in &next.slots {
            match places.iter().find(|(of, _)| of == slot) {
                Some((_, earlier)) => on.push(format!("a{place}.{0} = a{earlier}.{0}", columns[*slot])),
                None => places.push((*slot, place)),
            }
        }
        from.push_str(&format!(" join ({}) as a{place} on {}", next.select, on.join(" and ")));
        joined.slots.extend(next.slots);
    }
    let selected: String = places.iter().map(|(slot, place)| format!("a{place}.{}, ", columns[*slot])).collect();
    joined.select = format!("select distinct {selected}a0.\"year\" from {from}");
    Some(joined)
}

/// Rows that are among some, with the columns that all have.
fn united(parts: &[Candidates], columns: &[String]) -> Option<Candidates> {
    let first = parts.first()?;
    let slots: BTreeSet<Slot> =
        first.slots.iter().copied().filter(|slot| parts.iter().all(|part| part.slots.contains(slot))).collect();
    let selected: String = slots.iter().map(|slot| format!("u.{}, ", columns[*slot])).collect();
    let selects: Vec<String> =
        parts.iter().map(|part| format!("select {selected}u.\"year\" from ({}) as u", part.select)).collect();
    Some(Candidates { slots, select: selects.join(" union ") })
}

/// The same without the columns of some.
fn without(candidates: Candidates, bound: &[Slot], columns: &[String]) -> Candidates {
    let slots: BTreeSet<Slot> = candidates.slots.iter().copied().filter(|slot| !bound.contains(slot)).collect();
    let selected: String = slots.iter().map(|slot| format!("w.{}, ", columns[*slot])).collect();
    Candidates { select: format!("select distinct {selected}w.\"year\" from ({}) as w", candidates.select), slots }
}
