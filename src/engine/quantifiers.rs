//! Every and some, by the individuals that can matter.
//!
//! `for some X: p(A, X) and c` need not look at each X. Where the record of p is complete, only those X
//! matter of which something is recorded; where it is not, the others still have no evidence for, and one of
//! them that is not refuted is enough to know that nothing refutes the whole.

use super::{Engine, Frame, Standing};
use crate::evidence::Tuple;
use crate::model::condition::{Argument, Atom, Binding, Condition, ConditionKind};
use crate::model::program::{IndividualId, KindId, Target};
use crate::time::{IntervalSet, Timeline};
use std::rc::Rc;

type Line = Timeline<Standing>;

/// A condition, or its opposite.
#[derive(Clone, Copy)]
pub(super) struct Literal<'c> {
    pub condition: &'c Condition,
    pub negated: bool,
}

/// The individuals that can matter, and what is known of the others.
enum Candidates {
    /// The others are all not met.
    OthersAreNotMet(Rc<Vec<IndividualId>>),
    /// The others have no evidence for, and are refuted on all but some days.
    OthersLackEvidence(Vec<IndividualId>, Others),
    /// Nothing is known of them.
    All,
}

/// Those who lack evidence for.
struct Others {
    /// Those of whom something is recorded all the same.
    insiders: Vec<IndividualId>,
    /// The days on which an insider may not be refuted.
    open: IntervalSet,
    /// The days on which anybody else may not be refuted.
    open_outside: IntervalSet,
}

impl Candidates {
    /// The others lack evidence, and are left open on some days.
    fn of(individuals: Vec<IndividualId>, open: IntervalSet) -> Candidates {
        if open.is_empty() {
            Candidates::OthersAreNotMet(Rc::new(individuals))
        } else {
            let others = Others { insiders: Vec::new(), open_outside: open.clone(), open };
            Candidates::OthersLackEvidence(individuals, others)
        }
    }
}

impl Engine<'_> {
    /// All members of a kind, the unnamed one last.
    pub fn individuals_of(&self, kind: KindId) -> impl Iterator<Item = IndividualId> + '_ {
        let kind = self.program.kind(kind);
        kind.members.iter().chain(&kind.unnamed).copied()
    }

    pub(super) fn some(
        &self,
        bindings: &[Binding],
        among: Option<&Condition>,
        body: &Condition,
        frame: &mut Frame,
    ) -> Line {
        let mut literals = Vec::new();
        for condition in among.into_iter().chain([body]) {
            add_literals(condition, false, &mut literals);
        }
        self.quantified(body, bindings, &literals, frame)
    }

    pub(super) fn every(
        &self,
        bindings: &[Binding],
        among: Option<&Condition>,
        body: &Condition,
        frame: &mut Frame,
    ) -> Line {
        let mut literals = Vec::new();
        if let Some(among) = among {
            add_literals(among, false, &mut literals);
        }
        add_literals(body, true, &mut literals);
        self.quantified(body, bindings, &literals, frame).map(|standing| standing.negated())
    }

    /// Some combination of individuals of which all literals hold, by the combinations that can matter where they are known.
    fn quantified(&self, place: &Condition, bindings: &[Binding], literals: &[Literal<'_>], frame: &mut Frame) -> Line {
        let mut positive = literals.iter().filter(|literal| !literal.negated).map(|literal| literal.condition);
        let Some(witnesses) = self.witnesses(place, bindings, &mut positive, frame) else {
            return self.exists(bindings, literals, frame);
        };
        if let Some(days) = self.two_valued_witnesses(&witnesses, bindings, literals, frame) {
            return days;
        }
        let mut result = Timeline::constant(Standing::NOT_MET);
        for individuals in witnesses.of(frame, bindings.len()) {
            for (binding, individual) in bindings.iter().zip(individuals) {
                frame.set(binding.slot, Some(*individual));
            }
            let value = super::witnesses::while_they_live(self, individuals, self.all(literals, frame));
            if value.as_constant() != Some(&Standing::NOT_MET) {
                result = result.zip(&value, |one, two| one.or(*two));
                if result.as_constant() == Some(&Standing::MET) {
                    break;
                }
            }
        }
        for binding in bindings {
            frame.set(binding.slot, None);
        }
        result
    }

    /// Some combination of individuals of which all literals hold.
    fn exists(&self, bindings: &[Binding], literals: &[Literal<'_>], frame: &mut Frame) -> Line {
        let Some((binding, rest)) = bindings.split_first() else {
            return self.all(literals, frame);
        };
        let mut result = Timeline::constant(Standing::NOT_MET);
        let candidates = self.candidates(*binding, literals, frame);
        let (first, others): (&[IndividualId], bool) = match &candidates {
            Candidates::OthersAreNotMet(individuals) => (individuals, false),
            Candidates::OthersLackEvidence(individuals, _) => (individuals, true),
            Candidates::All => (&[], true),
        };
        for individual in first {
            self.add_individual(*individual, *binding, rest, literals, frame, &mut result);
            if result.as_constant() == Some(&Standing::MET) {
                break;
            }
        }
        if others {
            let all = Others { insiders: Vec::new(), open: IntervalSet::all(), open_outside: IntervalSet::all() };
            let (others, lack_evidence) = match &candidates {
                Candidates::OthersLackEvidence(_, others) => (others, true),
                _ => (&all, false),
            };
            // Of those without evidence one that is not refuted is enough.
            let is_settled = |result: &Line, open: &IntervalSet| {
                if lack_evidence {
                    result.days_where(|standing| standing.is_against()).intersection(open).is_empty()
                } else {
                    result.as_constant() == Some(&Standing::MET)
                }
            };
            for individual in others.insiders.iter().copied().filter(|one| first.binary_search(one).is_err()) {
                if is_settled(&result, &others.open) {
                    break;
                }
                self.add_individual(individual, *binding, rest, literals, frame, &mut result);
            }
            let is_other =
                |one: &IndividualId| first.binary_search(one).is_err() && others.insiders.binary_search(one).is_err();
            for individual in self.individuals_of(binding.kind).filter(is_other) {
                if is_settled(&result, &others.open_outside) {
                    break;
                }
                self.add_individual(individual, *binding, rest, literals, frame, &mut result);
            }
        }
        frame.set(binding.slot, None);
        result
    }

    fn add_individual(
        &self,
        individual: IndividualId,
        binding: Binding,
        rest: &[Binding],
        literals: &[Literal<'_>],
        frame: &mut Frame,
        result: &mut Line,
    ) {
        frame.set(binding.slot, Some(individual));
        let life = &self.program.individual(individual).life;
        let value = self.exists(rest, literals, frame).within(life, &Standing::NOT_MET);
        if value.as_constant() != Some(&Standing::NOT_MET) {
            *result = result.zip(&value, |one, two| one.or(*two));
        }
    }

    fn all(&self, literals: &[Literal<'_>], frame: &mut Frame) -> Line {
        let mut all = Timeline::constant(Standing::MET);
        for literal in literals {
            let one = self.condition(literal.condition, frame);
            all = all.zip(&one, |all, one| all.and(if literal.negated { one.negated() } else { *one }));
            if all.as_constant() == Some(&Standing::NOT_MET) {
                break;
            }
        }
        all
    }

    fn candidates(&self, binding: Binding, literals: &[Literal<'_>], frame: &Frame) -> Candidates {
        let atoms = literals.iter().filter(|literal| !literal.negated).filter_map(|literal| {
            let ConditionKind::Atom(atom) = &literal.condition.kind else { return None };
            let role = atom.arguments.iter().position(|argument| *argument == Argument::Variable(binding.slot))?;
            Some((atom, role))
        });
        let mut best = Candidates::All;
        for (atom, role) in atoms {
            let next = self.candidates_of(atom, role, frame);
            let is_better = match (&next, &best) {
                (Candidates::All, _) => false,
                (_, Candidates::All) => true,
                (Candidates::OthersAreNotMet(next), Candidates::OthersAreNotMet(best)) => next.len() < best.len(),
                (Candidates::OthersAreNotMet(_), _) => true,
                (Candidates::OthersLackEvidence(next, _), Candidates::OthersLackEvidence(best, _)) => {
                    next.len() < best.len()
                }
                (Candidates::OthersLackEvidence(..), Candidates::OthersAreNotMet(_)) => false,
            };
            if is_better {
                best = next;
            }
        }
        match best {
            Candidates::OthersAreNotMet(mut individuals) => {
                let kind = binding.kind;
                if individuals.iter().any(|individual| !self.program.is_member(*individual, kind)) {
                    Rc::make_mut(&mut individuals).retain(|individual| self.program.is_member(*individual, kind));
                }
                Candidates::OthersAreNotMet(individuals)
            }
            Candidates::OthersLackEvidence(mut individuals, mut others) => {
                individuals.retain(|individual| self.program.is_member(*individual, binding.kind));
                others.insiders.retain(|individual| self.program.is_member(*individual, binding.kind));
                Candidates::OthersLackEvidence(individuals, others)
            }
            Candidates::All => Candidates::All,
        }
    }

    fn candidates_of(&self, atom: &Atom, role: usize, frame: &Frame) -> Candidates {
        let relation = self.program.relation(atom.relation);
        let target = Target::Relation(atom.relation);
        let given: Vec<(usize, IndividualId)> = atom
            .arguments
            .iter()
            .enumerate()
            .filter(|(place, _)| *place != role)
            .filter_map(|(place, argument)| frame.argument(*argument).map(|individual| (place, individual)))
            .collect();
        if !relation.is_criterion && relation.rules.is_empty() {
            let mut individuals = self.record.individuals_in(target, role, &given);
            let found = self.changes.found_atoms().filter(|(found, tuple)| {
                *found == target && given.iter().all(|(place, individual)| tuple[*place] == *individual)
            });
            let before = individuals.len();
            individuals.extend(found.map(|(_, tuple)| tuple[role]));
            if individuals.len() > before {
                individuals.sort_unstable();
                individuals.dedup();
            }
            let closed = self.record.days_complete_for_all(target, &given, &self.changes);
            return Candidates::of(individuals, frame.domain().difference(&closed));
        }
        if given.len() + 1 < atom.arguments.len() || self.is_in_progress(atom.relation) {
            return Candidates::All;
        }
        match self.support(atom.relation) {
            Some(support) => {
                let individuals = support.individuals_in(role, &given);
                let open = frame.domain().difference(&self.closed_days(atom.relation, &given));
                if open.is_empty() {
                    return Candidates::OthersAreNotMet(Rc::new(individuals));
                }
                match self.insiders(atom.relation, role, &given) {
                    Some(insiders) => {
                        let refuted = self.days_refuted_outside(atom.relation, role, &given);
                        let open_outside = open.difference(&refuted);
                        Candidates::OthersLackEvidence(individuals, Others { insiders, open, open_outside })
                    }
                    None => Candidates::of(individuals, open),
                }
            }
            None => Candidates::OthersAreNotMet(self.not_refuted(atom, role, &given)),
        }
    }

    /// The individuals in one role of a criterion for which it is not always not met, the others being given.
    fn not_refuted(&self, atom: &Atom, role: usize, given: &[(usize, IndividualId)]) -> Rc<Vec<IndividualId>> {
        let others: Tuple = given.iter().map(|(_, individual)| *individual).collect();
        let key = (atom.relation, role, others);
        if let Some(known) = self.not_refuted.borrow().get(&key) {
            return Rc::clone(known);
        }
        let kind = self.program.relation(atom.relation).roles[role].kind;
        let mut members: Vec<IndividualId> = self.individuals_of(kind).collect();
        members.sort_unstable();
        members.retain(|member| {
            let mut individuals = key.2.clone();
            individuals.insert(role, *member);
            let case = self.case(atom.relation, &individuals);
            case.runs().any(|(_, standing)| standing.in_condition() != Standing::NOT_MET)
        });
        let members = Rc::new(members);
        self.not_refuted.borrow_mut().insert(key, Rc::clone(&members));
        members
    }
}

/// Splits a condition, or its opposite, into parts that all have to hold.
fn add_literals<'c>(condition: &'c Condition, negated: bool, literals: &mut Vec<Literal<'c>>) {
    match (&condition.kind, negated) {
        (ConditionKind::Not(inner), _) => add_literals(inner, !negated, literals),
        (ConditionKind::And(conditions, _), false) | (ConditionKind::Or(conditions, _), true) => {
            for condition in conditions {
                add_literals(condition, negated, literals);
            }
        }
        (ConditionKind::Whenever { then, given }, true) => {
            add_literals(given, false, literals);
            add_literals(then, true, literals);
        }
        _ => literals.push(Literal { condition, negated }),
    }
}

/// The variables on which an aggregate depends: those of its parts that it does not bind itself.
pub(super) fn free_of(
    bindings: &[Binding],
    among: Option<&Condition>,
    value: Option<&crate::model::condition::Expression>,
) -> Vec<crate::model::condition::Slot> {
    let mut free: Vec<usize> = among.map(|among| among.free.clone()).unwrap_or_default();
    if let Some(value) = value {
        value.add_free(&mut free);
    }
    free.retain(|slot| !bindings.iter().any(|binding| binding.slot == *slot));
    free.sort_unstable();
    free.dedup();
    free
}
