//! Cases for which there can be no evidence: they are all alike, and need not be evaluated.
//!
//! A panel asks about every pair of states, and of most pairs nothing is recorded. Where the records are complete such a case is
//! not met as long as its individuals exist.

use super::{Engine, Standing, Support};
use crate::evidence::Tuple;
use crate::model::condition::{Argument, Condition, ConditionKind};
use crate::model::program::{IndividualId, RelationId, RuleForm, Target};
use crate::time::{IntervalSet, Timeline};
use rustc_hash::FxHashMap;
use smallvec::SmallVec;
use std::rc::Rc;

/// What is known of the cases of a relation that are not in its support.
#[derive(Debug)]
pub(super) enum Outside {
    /// Not looked for: how many cases were evaluated.
    Asked(u32),
    /// On these days they are not met, whoever they are.
    Known(Rc<Support>, Rc<IntervalSet>),
    /// Nothing.
    Unknown,
}

/// A case that is not in the support of its relation.
pub(super) struct Outsider {
    pub case: Timeline<Standing>,
    /// Whether some of its days had to be looked at.
    pub is_evaluated: bool,
}

/// For each relation that was asked about.
pub(super) type Kept = FxHashMap<RelationId, Outside>;

impl Engine<'_> {
    /// A case for which there can be no evidence, by evaluating no more than the days on which that does not settle it; after so many
    /// cases of the relation as a join pays for.
    pub(super) fn case_outside(&self, relation: RelationId, individuals: &[IndividualId]) -> Option<Outsider> {
        let is_asked_often = match self.outside.borrow_mut().entry(relation).or_insert(Outside::Asked(0)) {
            Outside::Asked(times) if *times < self.plan.joins_after => {
                *times += 1;
                return None;
            }
            Outside::Asked(_) => true,
            Outside::Known(..) => false,
            Outside::Unknown => return None,
        };
        if is_asked_often {
            // Whoever asks for a support may come here again, and finds nothing yet.
            self.outside.borrow_mut().insert(relation, Outside::Unknown);
            let found = self.find_outside(relation);
            self.outside.borrow_mut().insert(relation, found);
        }
        let outside = self.outside.borrow();
        let Some(Outside::Known(support, days)) = outside.get(&relation) else { return None };
        if support.has(individuals) {
            return None;
        }
        let domain = self.domain(Target::Relation(relation), individuals);
        let mut open = domain.difference(days);
        drop(outside);
        if !open.is_empty() {
            open = open.difference(&self.refuted_by_atoms(relation, individuals));
        }
        if !open.is_empty() {
            // Records may be complete for some and not for all.
            let given: SmallVec<[(usize, IndividualId); 4]> = individuals.iter().copied().enumerate().collect();
            open = open.difference(&self.closed_days(relation, &given));
        }
        if open.is_empty() {
            let case = Timeline::from_set(&domain, Standing::NOT_MET, Standing::INAPPLICABLE);
            return Some(Outsider { case, is_evaluated: false });
        }
        let on_these = self.criterion(relation, individuals, &open).map(|standing| standing.with_contested_unsettled());
        let case = on_these.within(&open, &Standing::NOT_MET).within(&domain, &Standing::INAPPLICABLE);
        Some(Outsider { case, is_evaluated: true })
    }

    /// Days on which each rule has an atom of which the case is outside of the support, and not met for that: another condition may be
    /// open for others, as a comparison is.
    fn refuted_by_atoms(&self, relation: RelationId, individuals: &[IndividualId]) -> IntervalSet {
        let mut days = IntervalSet::all();
        for rule in &self.program.relation(relation).rules {
            let mut refuted = IntervalSet::empty();
            self.each_refuted(&self.program.rule(*rule).body, individuals, &mut refuted);
            days = days.intersection(&refuted);
            if days.is_empty() {
                break;
            }
        }
        days
    }

    /// Adds the days on which an atom among conditions that have to hold together is so refuted. The first variables of a rule are those of
    /// its head.
    fn each_refuted(&self, condition: &Condition, individuals: &[IndividualId], days: &mut IntervalSet) {
        match &condition.kind {
            ConditionKind::And(conditions, _) => {
                conditions.iter().for_each(|condition| self.each_refuted(condition, individuals, days));
            }
            ConditionKind::Atom(atom) if !days.is_all() => {
                let case: Option<Tuple> = atom
                    .arguments
                    .iter()
                    .map(|argument| match argument {
                        Argument::Individual(individual) => Some(*individual),
                        Argument::Variable(slot) => individuals.get(*slot).copied(),
                    })
                    .collect();
                let Some((case, support)) = case.zip(self.support(atom.relation)) else { return };
                if !support.has(&case) {
                    *days = days.union(&self.closed_days(atom.relation, &[]));
                }
            }
            _ => {}
        }
    }

    fn find_outside(&self, relation: RelationId) -> Outside {
        let rules = &self.program.relation(relation).rules;
        // A `where` that is not met makes a case not applicable; beside necessary conditions one may be open.
        let is_plain = rules
            .iter()
            .map(|rule| self.program.rule(*rule))
            .all(|rule| rule.applies_where.is_none() && rule.form != RuleForm::OnlyIf);
        if !is_plain || self.is_changed {
            return Outside::Unknown;
        }
        let Some(support) = self.support(relation) else { return Outside::Unknown };
        Outside::Known(support, self.closed_days(relation, &[]))
    }
}
