//! What becomes of the cases where one thing is found.

use super::collect::{self, Answered, Candidate, Key};
use super::{Found, FoundAnswer, OpenCase, OpenQuestion, Parts, findings};
use crate::engine::Engine;
use crate::evidence::{Changes, Finding, Polarity};
use crate::explain::Side;
use crate::model::program::Target;
use crate::time::IntervalSet;
use crate::verdict::Verdict;

/// Values of a measure that are tried.
const MOST_VALUES: usize = 4;

/// Tries every answer of a question.
pub(super) fn question(
    engine: &Engine<'_>,
    cases: &[OpenCase],
    key: &Key,
    candidate: &Candidate,
    parts: &Parts,
) -> OpenQuestion {
    let program = engine.program();
    let days = candidate.days.intersection(&collect::open_days(engine, key));
    let mut findings = Vec::new();
    match key.0 {
        Target::Relation(_) => {
            for (side, answer) in [(Side::For, FoundAnswer::So), (Side::Against, FoundAnswer::NotSo)] {
                let (sentence, fact) = findings::atom(program, key, &answer, &days);
                let mut changes = engine.changes().clone();
                find(engine, &mut changes, key, side, &days);
                let found = Found { answer, sentence, fact, ..nothing() };
                let parts = parts.get(&Answered::Atom(key.clone(), side));
                findings.push(tried(engine, changes, cases, candidate, found, parts));
            }
        }
        Target::Measure(measure) => {
            for number in candidate.values.iter().take(MOST_VALUES) {
                let (value, sentence, fact) = findings::value(program, key, *number, &days);
                let mut changes = engine.changes().clone();
                for individuals in both_ways(engine, key) {
                    changes.find_value(measure, individuals, number.0, days.clone());
                }
                let found = Found { answer: FoundAnswer::Value(value), sentence, fact, ..nothing() };
                let parts = parts.get(&Answered::Value(key.clone(), *number));
                findings.push(tried(engine, changes, cases, candidate, found, parts));
            }
        }
    }
    OpenQuestion {
        target: key.0,
        sentence: findings::question(program, key),
        name: crate::explain::as_written(program, key.0, &key.1),
        days,
        findings,
        bears_on: candidate.bears_on.iter().copied().collect(),
    }
}

fn nothing() -> Found {
    Found {
        answer: FoundAnswer::So,
        sentence: String::new(),
        fact: String::new(),
        met: Vec::new(),
        not_met: Vec::new(),
        days: 0,
        parts: Vec::new(),
    }
}

/// What holds both ways is found both ways.
fn both_ways(engine: &Engine<'_>, (target, individuals): &Key) -> Vec<crate::evidence::Tuple> {
    let mut tuples = vec![individuals.clone()];
    if let Some((one, two)) = engine.program().symmetric(*target) {
        let mut reversed = individuals.clone();
        reversed.swap(one, two);
        tuples.push(reversed);
    }
    tuples
}

fn find(engine: &Engine<'_>, changes: &mut Changes, key: &Key, side: Side, days: &IntervalSet) {
    let polarity = if side == Side::For { Polarity::For } else { Polarity::Against };
    for individuals in both_ways(engine, key) {
        changes.find(Finding { target: key.0, individuals, polarity, days: days.clone() });
    }
}

fn tried(
    engine: &Engine<'_>,
    changes: Changes,
    cases: &[OpenCase],
    candidate: &Candidate,
    mut found: Found,
    parts: Option<&std::collections::BTreeSet<super::Part>>,
) -> Found {
    let changed = engine.with_changes(changes);
    for place in &candidate.bears_on {
        let case = &cases[*place];
        let Target::Relation(relation) = case.question.target else { continue };
        let line = changed.case(relation, &case.question.individuals);
        let on = |verdict: Verdict| line.days_where(|standing| standing.verdict() == verdict).intersection(&case.days);
        for (verdict, list) in [(Verdict::Met, &mut found.met), (Verdict::NotMet, &mut found.not_met)] {
            let days = on(verdict);
            if !days.is_empty() {
                list.push(*place);
                found.days += days.days();
            }
        }
    }
    found.parts = parts.map(|parts| parts.iter().copied().collect()).unwrap_or_default();
    found
}
