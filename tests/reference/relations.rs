//! Marks of relations: one component after the other, day by day, each by sweeping over all its atoms until nothing changes.

use super::{Environment, Reference, Table};
use symmachia::model::Program;
use symmachia::model::program::{Guard, IndividualId, RelationId, Rule, RuleForm, Target};

use super::evidence::Evidence;
use super::marks::Marks;

/// Which marks a sweep settles: first the plain ones, then, with those known, the settled ones.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Phase {
    Plain,
    Settled,
}

/// All tuples of a relation's domain.
pub fn tuples(program: &Program, target: Target) -> Vec<Vec<IndividualId>> {
    let domains = program.roles(target).iter().map(|role| {
        let kind = program.kind(role.kind);
        kind.members.iter().copied().chain(kind.unnamed).collect::<Vec<_>>()
    });
    domains.fold(vec![Vec::new()], |tuples, domain| {
        let longer = |tuple: &Vec<IndividualId>, individual: IndividualId| {
            let mut tuple = tuple.clone();
            tuple.push(individual);
            tuple
        };
        tuples.iter().flat_map(|tuple| domain.iter().map(move |individual| longer(tuple, *individual))).collect()
    })
}

impl Reference<'_> {
    /// Fills the tables of relations that depend on one another, on every day.
    pub(super) fn evaluate_component(&mut self, component: &[RelationId], may_copy: impl Fn(&Self, usize) -> bool) {
        for relation in component {
            let tuples = tuples(self.program, Target::Relation(*relation));
            self.tables[relation.index()] = Table::new(tuples);
        }
        let mut evidence: Vec<Vec<Evidence>> = Vec::new();
        for place in 0..self.days.len() {
            if may_copy(self, place) {
                for relation in component {
                    let table = &mut self.tables[relation.index()];
                    table.by_day.push(table.by_day[place - 1].clone());
                }
                continue;
            }
            if evidence.is_empty() || self.days.changes(place) {
                evidence = component.iter().map(|relation| self.evidence_of(*relation, place)).collect();
            }
            for relation in component {
                let table = &mut self.tables[relation.index()];
                table.by_day.push(vec![Marks::NOT_MET; table.tuples.len()]);
            }
            self.iterate(component, place, &evidence, Phase::Plain);
            self.iterate(component, place, &evidence, Phase::Settled);
        }
    }

    fn evidence_of(&self, relation: RelationId, place: usize) -> Vec<Evidence> {
        let tuples = &self.tables[relation.index()].tuples;
        let day = self.days.day(place);
        tuples.iter().map(|individuals| self.evidence(Target::Relation(relation), individuals, day)).collect()
    }

    fn iterate(&mut self, component: &[RelationId], place: usize, evidence: &[Vec<Evidence>], phase: Phase) {
        loop {
            let mut has_changed = false;
            for (relation, evidence) in component.iter().zip(evidence) {
                for (tuple, evidence) in evidence.iter().enumerate() {
                    let found = self.atom_anew(*relation, tuple, place, *evidence);
                    let known = &mut self.tables[relation.index()].by_day[place][tuple];
                    let next = match phase {
                        Phase::Plain => Marks { is_for: found.is_for, is_against: found.is_against, ..*known },
                        Phase::Settled => found,
                    };
                    has_changed |= next != *known;
                    *known = next;
                }
            }
            if !has_changed {
                return;
            }
        }
    }

    fn atom_anew(&self, id: RelationId, tuple: usize, place: usize, evidence: Evidence) -> Marks {
        let individuals = &self.tables[id.index()].tuples[tuple];
        if !self.is_applicable(Target::Relation(id), individuals, place) {
            return Marks::NOT_APPLICABLE;
        }
        let known = self.tables[id.index()].by_day[place][tuple];
        let relation = self.program.relation(id);
        if relation.is_criterion {
            self.criterion(relation.rules.iter().map(|rule| self.program.rule(*rule)), individuals, known, place)
        } else {
            self.predicate(id, individuals, evidence, known, place)
        }
    }

    fn predicate(
        &self,
        id: RelationId,
        individuals: &[IndividualId],
        evidence: Evidence,
        known: Marks,
        place: usize,
    ) -> Marks {
        let mut bridges = Marks::NOT_MET;
        let turned = self.turned(Target::Relation(id), individuals);
        for rule in &self.program.relation(id).rules {
            for individuals in [Some(individuals), turned.as_deref()].into_iter().flatten() {
                bridges = bridges.or(self.body(self.program.rule(*rule), individuals, place).unwrap_or(Marks::NOT_MET));
            }
        }
        let is_for = evidence.is_for || bridges.is_for;
        let is_silent = !is_for && !evidence.is_against && !evidence.is_open;
        let is_against = evidence.is_against || (evidence.is_complete && is_silent);
        let is_contested = known.is_for && known.is_against;
        Marks {
            is_for,
            is_against,
            is_settled_for: !is_contested && (evidence.is_for || bridges.is_settled_for),
            is_settled_against: !is_contested && is_against,
            is_not_applicable: false,
        }
    }

    fn criterion<'r>(
        &self,
        rules: impl Iterator<Item = &'r Rule>,
        individuals: &[IndividualId],
        known: Marks,
        place: usize,
    ) -> Marks {
        let (mut sufficient, mut necessary) = (Marks::NOT_MET, Marks::MET);
        let (mut has_sufficient, mut has_necessary) = (false, false);
        let mut applies_nowhere = true;
        for rule in rules {
            let body = self.body(rule, individuals, place);
            if rule.form == RuleForm::OnlyIf {
                has_necessary = true;
                necessary = necessary.and(body.unwrap_or(Marks::MET));
            } else {
                has_sufficient = true;
                sufficient = sufficient.or(body.unwrap_or(Marks::NOT_MET));
            }
            // A rule whose head does not fit says nothing, not even that the case does not arise.
            applies_nowhere &= body.is_some();
            applies_nowhere &= rule.applies_where.as_ref().is_some_and(|applies| {
                self.condition_at(applies, &mut environment(rule, individuals), place).is_settled_against
            });
        }
        let against = if has_necessary { necessary } else { sufficient };
        let for_ = if has_sufficient { sufficient } else { Marks::NOT_MET };
        let is_contested = known.is_for && known.is_against;
        let marks = Marks {
            is_for: for_.is_for,
            is_against: against.is_against,
            is_settled_for: !is_contested && for_.is_settled_for,
            is_settled_against: !is_contested && against.is_settled_against,
            is_not_applicable: false,
        };
        if applies_nowhere { Marks { is_not_applicable: true, ..marks } } else { marks }
    }

    /// A rule's body, with its head's `where`; none where its head does not fit.
    fn body(&self, rule: &Rule, individuals: &[IndividualId], place: usize) -> Option<Marks> {
        let fits = rule.guards.iter().all(|guard| match guard {
            Guard::Is(place, individual) => individuals[*place] == *individual,
            Guard::Same(one, other) => individuals[*one] == individuals[*other],
        });
        let fits = fits
            && (individuals.iter().zip(&rule.variables))
                .all(|(individual, variable)| self.program.is_member(*individual, variable.kind));
        fits.then(|| {
            let mut environment = environment(rule, individuals);
            let body = self.condition_at(&rule.body, &mut environment, place);
            match &rule.applies_where {
                Some(applies) => body.and(self.condition_at(applies, &mut environment, place)),
                None => body,
            }
        })
    }

    /// Whether a case arises: all exist, all are in their kinds, and no state is paired with itself.
    pub(super) fn is_applicable(&self, target: Target, individuals: &[IndividualId], place: usize) -> bool {
        let day = self.days.day(place);
        let (roles, reflexive) = match target {
            Target::Relation(id) => (&self.program.relation(id).roles, self.program.relation(id).reflexive),
            Target::Measure(id) => (&self.program.measure(id).roles, self.program.measure(id).reflexive),
        };
        let is_state = |individual: &IndividualId| self.program.individual(*individual).kind == Program::STATE;
        let has_twice = |individual: &IndividualId| individuals.iter().filter(|other| *other == individual).count() > 1;
        individuals.iter().all(|individual| self.program.individual(*individual).life.contains(day))
            && individuals.iter().zip(roles).all(|(individual, role)| self.program.is_member(*individual, role.kind))
            && (reflexive || !individuals.iter().any(|individual| is_state(individual) && has_twice(individual)))
    }
}

/// The head's arguments in their slots.
pub(super) fn environment(rule: &Rule, individuals: &[IndividualId]) -> Environment {
    let mut environment = vec![None; rule.variables.len()];
    for (slot, individual) in individuals.iter().enumerate() {
        environment[slot] = Some(*individual);
    }
    environment
}
