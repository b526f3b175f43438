//! Criteria that hold of the ends of every chain of pairs, `bloc(A, C) if tie(A, B) and bloc(B, C)`.

use super::Program;
use super::condition::{Argument, Atom, Condition, ConditionKind, Quantifier, Slot};
use super::program::{KindId, RelationId, Rule, RuleForm};
use std::collections::BTreeSet;

/// A relation defined by its pairs and by chains of them.
#[derive(Debug)]
pub struct Chain<'p> {
    /// The relation.
    pub relation: RelationId,
    /// The kind of those whom it joins.
    pub kind: KindId,
    /// The rules without the relation itself.
    pub bases: Vec<&'p Rule>,
    /// How a chain grows longer; none where chains are joined to one another: `bloc(A, B) and bloc(B, C)`.
    pub steps: Vec<Step<'p>>,
    /// Whether the steps are taken at the end of a chain: `bloc(A, B) and tie(B, C)`.
    pub steps_at_end: bool,
}

/// The conditions between two neighbours in a chain.
#[derive(Debug)]
pub struct Step<'p> {
    /// The rule of the step.
    pub rule: &'p Rule,
    /// What has to hold between the two.
    pub conditions: Vec<&'p Condition>,
    /// The variables of the first and the second of the neighbours.
    pub ends: (Slot, Slot),
}

/// Where a step stands in its rule.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Start,
    End,
    /// The relation on both sides: `bloc(A, B) and bloc(B, C)`.
    Both,
}

impl<'p> Chain<'p> {
    /// How a relation is defined by chains; none where it is defined in another way.
    #[must_use]
    pub fn of(program: &'p Program, relation: RelationId) -> Option<Chain<'p>> {
        let definition = program.relation(relation);
        let [one, two] = definition.roles.as_slice() else { return None };
        if !definition.is_criterion || one.kind != two.kind {
            return None;
        }
        let mut chain = Chain { relation, kind: one.kind, bases: Vec::new(), steps: Vec::new(), steps_at_end: false };
        let mut sides: Vec<Side> = Vec::new();
        for rule in definition.rules.iter().map(|rule| program.rule(*rule)) {
            if rule.form == RuleForm::OnlyIf || rule.applies_where.is_some() || !rule.guards.is_empty() {
                return None;
            }
            let mut relations = BTreeSet::new();
            rule.body.add_relations(&mut relations);
            if !relations.contains(&relation) {
                chain.bases.push(rule);
                continue;
            }
            let (side, step) = chain.step(rule)?;
            sides.push(side);
            chain.steps.extend(step);
        }
        let first = *sides.first()?;
        if sides.iter().any(|side| *side != first) {
            return None;
        }
        chain.steps_at_end = first == Side::End;
        Some(chain)
    }

    /// A rule of the form `r(A, C) if c(A, B) and r(B, C)`, or its mirror image, or `r(A, B) and r(B, C)`.
    fn step(&self, rule: &'p Rule) -> Option<(Side, Option<Step<'p>>)> {
        let ConditionKind::Quantified { quantifier: Quantifier::Some, bindings, among, body, .. } = &rule.body.kind
        else {
            return None;
        };
        let [middle] = bindings.as_slice() else { return None };
        if middle.kind != self.kind {
            return None;
        }
        let mut parts: Vec<&Condition> = Vec::new();
        among.iter().chain([body]).for_each(|condition| add_parts(condition, &mut parts));
        let own: Vec<&Atom> = parts.iter().filter_map(|part| self.own_atom(part)).collect();
        let conditions: Vec<&Condition> = parts.iter().copied().filter(|part| self.own_atom(part).is_none()).collect();
        let is_free_of_itself = |condition: &&Condition| {
            let mut relations = BTreeSet::new();
            condition.add_relations(&mut relations);
            !relations.contains(&self.relation)
        };
        let joins = |atom: &Atom, first: Slot, second: Slot| {
            atom.arguments == [Argument::Variable(first), Argument::Variable(second)]
        };
        let (start, end) = (0, 1);
        let (side, ends) = match own.as_slice() {
            [atom] if joins(atom, middle.slot, end) => (Side::Start, (start, middle.slot)),
            [atom] if joins(atom, start, middle.slot) => (Side::End, (middle.slot, end)),
            [one, two] if conditions.is_empty() => {
                let is_chain = |one, two| joins(one, start, middle.slot) && joins(two, middle.slot, end);
                return (is_chain(one, two) || is_chain(two, one)).then_some((Side::Both, None));
            }
            _ => return None,
        };
        let is_between = |condition: &&Condition| condition.free.iter().all(|slot| [ends.0, ends.1].contains(slot));
        let fits =
            !conditions.is_empty() && conditions.iter().all(is_between) && conditions.iter().all(is_free_of_itself);
        fits.then_some((side, Some(Step { rule, conditions, ends })))
    }

    fn own_atom(&self, condition: &'p Condition) -> Option<&'p Atom> {
        match &condition.kind {
            ConditionKind::Atom(atom) if atom.relation == self.relation => Some(atom),
            _ => None,
        }
    }
}

pub(super) fn add_parts<'c>(condition: &'c Condition, parts: &mut Vec<&'c Condition>) {
    match &condition.kind {
        ConditionKind::And(conditions, _) => conditions.iter().for_each(|condition| add_parts(condition, parts)),
        _ => parts.push(condition),
    }
}
