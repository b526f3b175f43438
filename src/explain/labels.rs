//! The rules of a case, with each of their conditions labelled in its place.

use super::explanation::{Explanation, PartLabel, RuleExplanation};
use super::parts::Place;
use super::phrases;
use super::texts::{self, Sense};
use super::trail::Step;
use crate::engine::{Engine, Frame};
use crate::model::condition::{Condition, ConditionKind, Wording};
use crate::model::program::{Guard, IndividualId, RelationId, Rule, Target};
use crate::time::Day;

/// What of a rule is labelled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shown {
    /// All of it.
    Whole,
    /// Only where it applies.
    Where,
}

/// Of each rule that speaks of the individuals, its labels.
pub(super) fn rules_of(
    engine: &Engine<'_>,
    relation: RelationId,
    individuals: &[IndividualId],
    day: Day,
    title: Option<String>,
    shown: Shown,
) -> Vec<RuleExplanation> {
    let program = engine.program();
    let definition = program.relation(relation);
    definition
        .rules
        .iter()
        .map(|rule| program.rule(*rule))
        .filter(|rule| fits(rule, individuals))
        .map(|rule| {
            let frame =
                Frame::new(rule.variables.len(), individuals, engine.domain(Target::Relation(relation), individuals));
            let mut labels = Vec::new();
            let body = (shown == Shown::Whole).then_some(&rule.body);
            for condition in rule.applies_where.iter().chain(body) {
                for part in labelled_parts(condition) {
                    labels.push(label(engine, &Place::new(part, frame.clone(), day)));
                }
            }
            RuleExplanation {
                span: rule.span,
                head: rule.head_span,
                title: title.clone(),
                documentation: rule.documentation.clone(),
                labels,
            }
        })
        .collect()
}

/// Whether a rule's head speaks of these individuals.
pub(super) fn fits(rule: &Rule, individuals: &[IndividualId]) -> bool {
    rule.guards.iter().all(|guard| match guard {
        Guard::Is(place, one) => individuals[*place] == *one,
        Guard::Same(one, two) => individuals[*one] == individuals[*two],
    })
}

/// The conditions of a body that are labelled each in its place.
pub(super) fn labelled_parts(condition: &Condition) -> Vec<&Condition> {
    match &condition.kind {
        ConditionKind::And(conditions, Wording::Plain)
        | ConditionKind::Or(conditions, Wording::Plain)
        | ConditionKind::Counted { conditions, .. } => conditions.iter().flat_map(labelled_parts).collect(),
        _ => vec![condition],
    }
}

/// A condition in its place, with its verdict and why it has it.
pub(super) fn label(engine: &Engine<'_>, place: &Place<'_>) -> PartLabel {
    PartLabel {
        span: place.condition.span,
        verdict: place.standing(engine).verdict(),
        phrase: phrases::phrase(engine, place),
    }
}

/// Adds the rules of the criteria on which a case rests, as deep as was asked for.
pub(super) fn add_deeper_rules(engine: &Engine<'_>, steps: &[Step], depth: usize, explanation: &mut Explanation) {
    let program = engine.program();
    let mut seen: Vec<(RelationId, &[IndividualId])> = Vec::new();
    for step in steps.iter().filter(|step| step.depth > 0 && step.depth < depth) {
        let Target::Relation(relation) = step.target else { continue };
        if program.relation(relation).rules.is_empty() || seen.contains(&(relation, &step.individuals)) {
            continue;
        }
        seen.push((relation, &step.individuals));
        let verdict = engine.case(relation, &step.individuals).at(step.day).verdict();
        let sentence = texts::sentence(program, step.target, &step.individuals, Sense::Positive);
        let title = Some(format!("{verdict}  {sentence}"));
        explanation.rules.extend(rules_of(engine, relation, &step.individuals, step.day, title, Shown::Whole));
    }
}
