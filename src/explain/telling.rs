//! Individuals whose cases can differ from those of others.

use crate::evidence::CompleteArgument;
use crate::model::Program;
use crate::model::program::{Guard, IndividualId};
use std::collections::BTreeSet;

/// How many of those of whom the program says nothing stand for the rest of their kind.
const OTHERS: usize = 2;

/// The individuals of whom evidence or a rule speaks, and of each kind a few of the others: those are alike but for their lives, and the
/// ones that live longest are taken.
pub(super) fn telling_individuals(program: &Program) -> BTreeSet<IndividualId> {
    let mut telling = BTreeSet::new();
    for statement in &program.statements {
        telling.extend(statement.arguments.iter().flat_map(|argument| argument.individuals.iter().copied()));
    }
    for argument in program.completeness.iter().flat_map(|complete| &complete.arguments) {
        if let CompleteArgument::These(individuals) = argument {
            telling.extend(individuals.iter().copied());
        }
    }
    for rule in &program.rules {
        telling.extend(rule.guards.iter().filter_map(|guard| match guard {
            Guard::Is(_, individual) => Some(*individual),
            Guard::Same(..) => None,
        }));
        for condition in rule.applies_where.iter().chain([&rule.body]) {
            telling.extend(condition.constants.iter().copied());
        }
    }
    for kind in program.kinds.iter().filter(|kind| kind.parent.is_none()) {
        let mut others: Vec<IndividualId> =
            kind.members.iter().copied().filter(|individual| !telling.contains(individual)).collect();
        others.sort_by_key(|individual| std::cmp::Reverse(program.individual(*individual).life.days()));
        telling.extend(others.into_iter().take(OTHERS));
    }
    telling
}
