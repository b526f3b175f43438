//! The conditions that can be dropped, each where it stands: parts of an `and`, alternatives of an `or`, and what `at least N of` counts.

use super::variations::{How, Variation, Varied};
use crate::model::Program;
use crate::model::condition::{Condition, ConditionKind, CountNumber, Wording};
use crate::model::program::{MeasureDefinition, MeasureId, RuleId, Target};
use crate::text::Span;
use std::collections::BTreeMap;

/// A condition that a definition has, whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Root {
    /// The body of a rule.
    Rule(RuleId),
    /// A `when` of a classification.
    Case(MeasureId, usize),
}

/// Where a condition stands: from the root the place at each list on the way, the last one its own.
pub(super) type Place = (Root, Vec<usize>);

/// All that may matter to some targets, in the order of the definitions. A condition that several frameworks share, since one extends the other, stands in
/// one place of the text, and is dropped from all of them at once.
pub(super) fn conditions(program: &Program, targets: &[Target]) -> Vec<Variation> {
    let mut found: Vec<(Span, Vec<Place>)> = Vec::new();
    let mut known: BTreeMap<(u32, u32, u32), usize> = BTreeMap::new();
    for target in in_order(program, targets) {
        for (root, condition) in roots(program, target) {
            let mut within = Vec::new();
            parts(program, condition, &mut Vec::new(), &mut within);
            for (span, path) in within {
                let key = (span.file.0, span.start, span.end);
                let at = *known.entry(key).or_insert(found.len());
                if at == found.len() {
                    found.push((span, Vec::new()));
                }
                found[at].1.push((root, path));
            }
        }
    }
    found
        .into_iter()
        .map(|(place, places)| Variation {
            varied: Varied::Condition,
            name: None,
            place,
            told_by: place,
            row: None,
            values: None,
            how: How::Dropped(places),
        })
        .collect()
}

/// Those that were asked about first.
fn in_order(program: &Program, targets: &[Target]) -> Vec<Target> {
    let mut all = targets.to_vec();
    all.extend(program.reached(targets).into_iter().filter(|target| !targets.contains(target)));
    all
}

fn roots(program: &Program, target: Target) -> Vec<(Root, &Condition)> {
    match target {
        // A bridge is no condition of a criterion, but a way to record something.
        Target::Relation(relation) if program.relation(relation).is_criterion => {
            program.relation(relation).rules.iter().map(|rule| (Root::Rule(*rule), &program.rule(*rule).body)).collect()
        }
        Target::Relation(_) => Vec::new(),
        Target::Measure(measure) => match &program.measure(measure).definition {
            MeasureDefinition::Classification { cases, .. } => {
                cases.iter().enumerate().map(|(at, (_, condition))| (Root::Case(measure, at), condition)).collect()
            }
            MeasureDefinition::Recorded | MeasureDefinition::Defined { .. } => Vec::new(),
        },
    }
}

/// The lists of conditions within a condition, one within the other; what stands under `not`, `whenever` or a word of time is left whole.
fn parts(program: &Program, condition: &Condition, path: &mut Vec<usize>, found: &mut Vec<(Span, Vec<usize>)>) {
    if let Some(list) = list(condition) {
        for (at, part) in list.iter().enumerate() {
            path.push(at);
            if list.len() > 1 && !wants_all(program, condition) {
                found.push((part.span, path.clone()));
            }
            parts(program, part, path, found);
            path.pop();
        }
    } else if let ConditionKind::Quantified { body, .. } = &condition.kind {
        parts(program, body, path, found);
    }
}

/// `at least 2 of (a, b)`: without one of them it could never be met.
fn wants_all(program: &Program, condition: &Condition) -> bool {
    match &condition.kind {
        ConditionKind::Counted { number: CountNumber::Constant(number), conditions, .. } => {
            *number as usize >= conditions.len()
        }
        ConditionKind::Counted { number: CountNumber::Parameter(parameter), conditions, .. } => {
            program.parameter(*parameter).value >= conditions.len() as f64
        }
        _ => false,
    }
}

fn list(condition: &Condition) -> Option<&[Condition]> {
    match &condition.kind {
        ConditionKind::And(conditions, Wording::Plain)
        | ConditionKind::Or(conditions, Wording::Plain)
        | ConditionKind::Counted { conditions, .. } => Some(conditions),
        _ => None,
    }
}

/// Takes what stands at some places out of a program. Of places in one list the last goes first.
pub(super) fn drop_all(program: &mut Program, places: &[Place]) {
    let mut places = places.to_vec();
    places.sort_unstable();
    for (root, path) in places.iter().rev() {
        let condition = match root {
            Root::Rule(rule) => Some(&mut program.rules[rule.index()].body),
            Root::Case(measure, at) => match &mut program.measures[measure.index()].definition {
                MeasureDefinition::Classification { cases, .. } => cases.get_mut(*at).map(|(_, condition)| condition),
                _ => None,
            },
        };
        if let Some(condition) = condition {
            drop_at(condition, path);
        }
    }
}

fn drop_at(condition: &mut Condition, path: &[usize]) {
    match (&mut condition.kind, path) {
        (ConditionKind::Quantified { body, .. }, _) => drop_at(body, path),
        (
            ConditionKind::And(conditions, _)
            | ConditionKind::Or(conditions, _)
            | ConditionKind::Counted { conditions, .. },
            [at, rest @ ..],
        ) => match rest {
            [] => {
                conditions.remove(*at);
            }
            rest => {
                if let Some(condition) = conditions.get_mut(*at) {
                    drop_at(condition, rest);
                }
            }
        },
        _ => {}
    }
}
