//! The individuals that can matter to a quantified condition.
//!
//! `for some X: p(A, X) and c` need not look at each X. Where the record of p is complete, only those X
//! matter of which something is recorded; where it is not, the others still have no evidence for, and one of
//! them that is not refuted is enough to know that nothing refutes the whole.

use super::quantifiers::{Literal, Sought};
use super::{Engine, Frame, Standing};
use crate::evidence::Tuple;
use crate::model::condition::{Argument, Atom, Binding, ConditionKind};
use crate::model::program::{IndividualId, Target};
use crate::time::IntervalSet;
use std::rc::Rc;

/// The individuals that can matter, and what is known of the others.
pub(super) enum Candidates {
    /// The others are all not met.
    OthersAreNotMet(Rc<Vec<IndividualId>>),
    /// The others have no evidence for, and are refuted on all but some days.
    OthersLackEvidence(Vec<IndividualId>, Others),
    /// Nothing is known of them.
    All,
}

/// Those who lack evidence for.
pub(super) struct Others {
    /// Those of whom something is recorded all the same.
    pub insiders: Vec<IndividualId>,
    /// The days on which an insider may not be refuted.
    pub open: IntervalSet,
    /// The days on which anybody else may not be refuted.
    pub open_outside: IntervalSet,
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
    pub(super) fn candidates(
        &self,
        binding: Binding,
        literals: &[Literal<'_>],
        sought: Sought,
        frame: &Frame,
    ) -> Candidates {
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
                (Candidates::OthersLackEvidence(next, others), Candidates::OthersLackEvidence(best, before)) => {
                    // The fewer days the others leave open, the sooner one of them is found that does.
                    match sought {
                        Sought::Standing => next.len() < best.len(),
                        Sought::Unrefuted => {
                            (others.open_outside.days(), next.len()) < (before.open_outside.days(), best.len())
                        }
                    }
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
