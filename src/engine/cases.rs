//! Predicates and criteria at their individuals.

use super::{Engine, Frame, Standing};
use crate::evidence::Tuple;
use crate::model::program::{Guard, IndividualId, RelationId, Rule, RuleForm, Target};
use crate::time::{IntervalSet, Timeline};
use smallvec::{SmallVec, smallvec};
use std::rc::Rc;

/// Whether evidence on both sides already unsettles the case. Within a recursive component it does so only
/// once the evidence is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Contested {
    Unsettled,
    NotYetKnown,
}

/// Cases of so few statements are not kept.
const FEW_STATEMENTS: usize = 4;

impl Engine<'_> {
    /// What is known of a case on every day of the calendar.
    pub fn case(&self, relation: RelationId, individuals: &[IndividualId]) -> Rc<Timeline<Standing>> {
        if self.is_read_quickly(relation, individuals) {
            return Rc::new(self.evaluate_case(relation, individuals, Contested::Unsettled));
        }
        let turned = self.turned(relation, individuals);
        let individuals = turned.as_deref().unwrap_or(individuals);
        if let Some(known) = self.cases.borrow().get(relation.index(), individuals) {
            return known;
        }
        if let Some(component) = self.program.relation(relation).component {
            return self.recursive_case(component, &(relation, Tuple::from(individuals)));
        }
        if self.program.relation(relation).is_criterion
            && let Some(outsider) = self.case_outside(relation, individuals)
        {
            let case = Rc::new(outsider.case);
            if outsider.is_evaluated {
                self.cases.borrow_mut().insert(relation.index(), individuals, Rc::clone(&case));
            }
            return case;
        }
        let case = Rc::new(self.evaluate_case(relation, individuals, Contested::Unsettled));
        self.cases.borrow_mut().insert(relation.index(), individuals, Rc::clone(&case));
        case
    }

    /// A case whose answer is the same the other way round, that way round, where it is that one that is kept.
    pub(super) fn turned(&self, relation: RelationId, individuals: &[IndividualId]) -> Option<Tuple> {
        let (one, two) = self.turned_roles(relation)?;
        (individuals[one] > individuals[two]).then(|| {
            let mut turned = Tuple::from(individuals);
            turned.swap(one, two);
            turned
        })
    }

    /// Whether a case is no more than a few rows of a table: then it is found again as quickly as it would be if it were
    /// kept, and there are many such.
    fn is_read_quickly(&self, relation: RelationId, individuals: &[IndividualId]) -> bool {
        let (definition, target) = (self.program.relation(relation), Target::Relation(relation));
        !definition.is_criterion
            && definition.rules.is_empty()
            && self.program.table_statements.iter().any(|table| table.pattern.target == target)
            && self.record.entries(target, individuals).len() <= FEW_STATEMENTS
    }

    pub(super) fn evaluate_case(
        &self,
        relation: RelationId,
        individuals: &[IndividualId],
        contested: Contested,
    ) -> Timeline<Standing> {
        let domain = self.domain(Target::Relation(relation), individuals);
        if domain.is_empty() {
            return Timeline::constant(Standing::INAPPLICABLE);
        }
        let value = if self.program.relation(relation).is_criterion {
            self.criterion(relation, individuals, &domain)
        } else {
            self.predicate(relation, individuals, &domain)
        };
        let value = value.within(&domain, &Standing::INAPPLICABLE);
        match contested {
            Contested::Unsettled => value.revised(|standing| standing.with_contested_unsettled()),
            Contested::NotYetKnown => value,
        }
    }

    fn predicate(
        &self,
        relation: RelationId,
        individuals: &[IndividualId],
        domain: &IntervalSet,
    ) -> Timeline<Standing> {
        let target = Target::Relation(relation);
        let bridges = &self.program.relation(relation).rules;
        let directions = self.directions(relation, individuals);
        let bridged = bridges
            .iter()
            .flat_map(|rule| directions.iter().map(move |individuals| (rule, individuals)))
            .map(|(rule, individuals)| self.rule(self.program.rule(*rule), individuals, domain).0)
            .fold(Timeline::constant(Standing::NOT_MET), |all, one| all.zip(&one, |all, one| all.or(*one)));
        let is_bridged = bridged.as_constant() != Some(&Standing::NOT_MET);
        let complete = self.record.complete_days(target, individuals, &self.changes);
        let atom = self.record.atom_days(target, individuals, &self.changes);
        if !is_bridged && atom.is_for.is_empty() && atom.against.is_empty() && atom.open.is_empty() {
            return Timeline::from_set(&complete, Standing::NOT_MET, Standing::UNDETERMINED);
        }
        let bridged_for = bridged.days_where(|standing| standing.is_for());
        let settled_bridge = bridged.days_where(|standing| standing.is_settled_for());
        let is_for = atom.is_for.union(&bridged_for);
        let settled_for = atom.is_for.union(&settled_bridge);
        let silent = complete.difference(&is_for).difference(&atom.against).difference(&atom.open);
        let against = atom.against.union(&silent);
        super::standing::Sides { is_for, settled_for, settled_against: against.clone(), against }.timeline()
    }

    /// An atom, and the one that says the same of a symmetric predicate.
    fn directions(&self, relation: RelationId, individuals: &[IndividualId]) -> SmallVec<[Tuple; 2]> {
        let mut directions = smallvec![Tuple::from(individuals)];
        if let Some((one, other)) = self.program.relation(relation).symmetric {
            let mut turned = Tuple::from(individuals);
            turned.swap(one, other);
            directions.push(turned);
        }
        directions
    }

    pub(super) fn criterion(
        &self,
        relation: RelationId,
        individuals: &[IndividualId],
        domain: &IntervalSet,
    ) -> Timeline<Standing> {
        let rules = &self.program.relation(relation).rules;
        let mut sufficient = Timeline::constant(Standing::NOT_MET);
        let mut necessary = Timeline::constant(Standing::MET);
        let (mut has_sufficient, mut has_necessary) = (false, false);
        // Where every rule has a `where` and all are settled as not met, the case does not arise.
        let mut excluded = IntervalSet::all();
        for rule in rules.iter().map(|rule| self.program.rule(*rule)) {
            let (value, excludes) = self.rule(rule, individuals, domain);
            excluded = excluded.intersection(&excludes);
            if rule.form == RuleForm::OnlyIf {
                has_necessary = true;
                necessary = necessary.zip(&value, |all, one| all.and(*one));
            } else {
                has_sufficient = true;
                sufficient = sufficient.zip(&value, |all, one| all.or(*one));
            }
        }
        let value = match (has_sufficient, has_necessary) {
            (_, false) => sufficient,
            (true, true) => sufficient.zip(&necessary, |one, two| Standing::of_sides(*one, *two)),
            (false, true) => necessary.map(|standing| Standing::of_sides(Standing::UNDETERMINED, *standing)),
        };
        if excluded.is_empty() { value } else { value.within(&excluded.complement(), &Standing::INAPPLICABLE) }
    }

    /// What a rule says of a case, and the days on which its `where` excludes it.
    pub(super) fn rule(
        &self,
        rule: &Rule,
        individuals: &[IndividualId],
        domain: &IntervalSet,
    ) -> (Timeline<Standing>, IntervalSet) {
        let fits = rule.guards.iter().all(|guard| match guard {
            Guard::Is(place, individual) => individuals[*place] == *individual,
            Guard::Same(one, two) => individuals[*one] == individuals[*two],
        });
        if !fits {
            let silent = if rule.form == RuleForm::OnlyIf { Standing::MET } else { Standing::NOT_MET };
            return (Timeline::constant(silent), IntervalSet::empty());
        }
        let mut frame = Frame::of_living(rule.variables.len(), individuals, domain.clone());
        match &rule.applies_where {
            None => (self.condition(&rule.body, &mut frame), IntervalSet::empty()),
            Some(applies) => {
                let applies = self.condition(applies, &mut frame);
                let excluded = applies.days_where(|standing| standing.verdict() == crate::verdict::Verdict::NotMet);
                let body = self.condition(&rule.body, &mut frame);
                (applies.zip(&body, |one, two| one.and(*two)), excluded)
            }
        }
    }
}
