//! Whether a verdict hangs on one fact, one sentence or one source, or on a record being complete.

use super::facts::Used;
use super::leaves::Bearing;
use crate::engine::Engine;
use crate::evidence::{Changes, StatementId, Tuple};
use crate::model::program::{RelationId, SourceId, Target};
use crate::time::Day;
use std::collections::BTreeSet;

/// What a verdict would not survive the loss of.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Dependence {
    /// Single facts: one atom, as one statement says it.
    pub facts: Vec<(StatementId, Target, Tuple)>,
    /// Whole statements, which may be of several atoms.
    pub statements: Vec<StatementId>,
    /// Sources.
    pub sources: Vec<SourceId>,
    /// Statements of completeness, by their place in the program: there silence decides.
    pub completeness: Vec<usize>,
    /// Whether there was any evidence to take away.
    pub was_tried: bool,
}

/// More than this many facts are not tried one by one.
const MOST_TRIED: usize = 200;

/// Takes away each fact, statement, source and statement of completeness on which a verdict stands, in turn.
pub(super) fn dependence(
    engine: &Engine<'_>,
    relation: RelationId,
    individuals: &[crate::model::program::IndividualId],
    day: Day,
    used: &Used,
) -> Dependence {
    let program = engine.program();
    let verdict = engine.case(relation, individuals).at(day).verdict();
    let survives =
        |changes: Changes| engine.with_changes(changes).case(relation, individuals).at(day).verdict() == verdict;
    let changed = |change: &dyn Fn(&mut Changes)| {
        let mut changes = engine.changes().clone();
        change(&mut changes);
        changes
    };
    let mut tried: BTreeSet<(StatementId, Target, Tuple)> = used
        .facts
        .iter()
        .filter(|(_, _, evidence)| !matches!(evidence.bearing, Bearing::Before | Bearing::Later))
        .map(|(target, tuple, evidence)| (evidence.statement, *target, tuple.clone()))
        .collect();
    while tried.len() > MOST_TRIED {
        tried.pop_last();
    }
    let statements: BTreeSet<StatementId> = tried.iter().map(|(statement, ..)| *statement).collect();
    let sources: BTreeSet<SourceId> = statements
        .iter()
        .flat_map(|statement| program.citations_of(*statement).iter().map(|citation| citation.source))
        .collect();
    let hangs_on_fact = |(statement, _, tuple): &(StatementId, Target, Tuple)| {
        !survives(changed(&|changes| {
            changes.facts.insert((*statement, tuple.clone()));
        }))
    };
    let was_tried = !tried.is_empty() || !used.completeness.is_empty();
    let hangs_on_record = |index: &usize| {
        !survives(changed(&|changes| {
            changes.completeness.insert(*index);
        }))
    };
    let facts: Vec<_> = tried.into_iter().filter(hangs_on_fact).collect();
    let hangs_on_statement = |statement: &StatementId| {
        let says = program.statement(*statement);
        // What is said of one atom alone, and of it in one direction, is that fact.
        if says.is_of_one_atom() && program.symmetric(says.target).is_none() {
            return facts.iter().any(|(fact, ..)| fact == statement);
        }
        !survives(changed(&|changes| {
            changes.statements.insert(*statement);
        }))
    };
    let statements = statements.into_iter().filter(hangs_on_statement).collect();
    Dependence {
        facts,
        statements,
        sources: sources
            .into_iter()
            .filter(|source| {
                !survives(changed(&|changes| {
                    changes.sources.insert(*source);
                }))
            })
            .collect(),
        completeness: used.completeness.iter().take(MOST_TRIED).copied().filter(hangs_on_record).collect(),
        was_tried,
    }
}
