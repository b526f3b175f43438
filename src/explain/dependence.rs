//! Whether a verdict hangs on one fact, one sentence or one source, or on a record being complete.

use super::facts::Used;
use super::leaves::Bearing;
use crate::engine::Engine;
use crate::evidence::{Changes, StatementId, Tuple};
use crate::model::program::{RelationId, SourceId, Target};
use crate::time::Day;
use std::cell::Cell;
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
    /// Facts that were not taken away, their turn not having come.
    pub not_tried: usize,
}

/// More than this many facts are not tried one by one.
const MOST_TRIED: usize = 200;
/// Nor further ones once cases of circles of rules have been read so often.
const MOST_READS: usize = 10_000_000;

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
    let reads = Cell::new(0);
    let survives = |changes: Changes| {
        let changed = engine.with_changes(changes);
        let survives = changed.case(relation, individuals).at(day).verdict() == verdict;
        reads.set(reads.get() + changed.reads_in_circles());
        survives
    };
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
    let mut not_tried = 0;
    while tried.len() > MOST_TRIED {
        tried.pop_last();
        not_tried += 1;
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
    let mut facts = Vec::new();
    for fact in tried {
        if reads.get() > MOST_READS {
            not_tried += 1;
        } else if hangs_on_fact(&fact) {
            facts.push(fact);
        }
    }
    let hangs_on_statement = |statement: &StatementId| {
        let says = program.statement(*statement);
        // What is said of one atom alone, and of it in one direction, is that fact.
        if says.is_of_one_atom() && program.symmetric(says.target).is_none() {
            return facts.iter().any(|(fact, ..)| fact == statement);
        }
        reads.get() <= MOST_READS
            && !survives(changed(&|changes| {
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
        not_tried,
    }
}
