//! The statements that an explanation shows, and what each of them does.

use super::explanation::{Explanation, FactExplanation};
use super::leaves::{Bearing, Evidence, Leaf, end_in_words};
use super::phrases;
use super::texts;
use super::trail::Step;
use crate::engine::Engine;
use crate::evidence::{StatementId, Tuple};
use crate::model::program::Target;
use crate::verdict::Verdict;

/// Statements that are shown.
const MOST_FACTS: usize = 6;

/// The statements behind the leaves of a trail, each once; and which facts they say there.
pub(super) fn add_facts(
    engine: &Engine<'_>,
    steps: &[Step],
    verdict: Verdict,
    explanation: &mut Explanation,
) -> Vec<(Target, Tuple, Evidence)> {
    let program = engine.program();
    let mut used: Vec<(Target, Tuple, Evidence)> = Vec::new();
    let mut shown: Vec<(usize, FactExplanation)> = Vec::new();
    let mut seen: Vec<StatementId> = Vec::new();
    let mut seen_completeness: Vec<usize> = Vec::new();
    for step in steps {
        match step.target {
            Target::Relation(relation) => {
                if program.relation(relation).is_criterion {
                    continue;
                }
                let leaf = Leaf::of(engine, relation, &step.individuals, step.day);
                let bears: Vec<&Evidence> = if verdict == Verdict::Undetermined {
                    // What closes a path that is no longer open is worth showing too.
                    let closes = |one: &&Evidence| matches!(one.bearing, Bearing::Ended | Bearing::Against);
                    match leaf.verdict {
                        Verdict::Met => Vec::new(),
                        Verdict::NotMet => leaf.evidence.iter().filter(closes).collect(),
                        _ => leaf.evidence.iter().collect(),
                    }
                } else {
                    leaf.deciding().collect()
                };
                for evidence in bears {
                    used.push((step.target, step.individuals.as_slice().into(), evidence.clone()));
                    if !seen.contains(&evidence.statement) {
                        seen.push(evidence.statement);
                        shown.push((step.depth, fact(engine, evidence, &leaf)));
                    }
                }
                for index in leaf.silent.iter().filter(|_| verdict != Verdict::Undetermined) {
                    if !seen_completeness.contains(index) {
                        seen_completeness.push(*index);
                        shown.push((step.depth, silence(engine, *index)));
                    }
                }
            }
            Target::Measure(measure) => {
                for entry in engine.record().entries(step.target, &step.individuals) {
                    let days = engine.record().days(entry.statement, engine.changes());
                    if let Some(interval) =
                        days.certain.interval_at(step.day).filter(|_| !seen.contains(&entry.statement))
                    {
                        seen.push(entry.statement);
                        let evidence =
                            Evidence { statement: entry.statement, bearing: Bearing::For, days: Some(interval) };
                        used.push((step.target, step.individuals.as_slice().into(), evidence));
                        let statement = &program.statement(entry.statement);
                        shown.push((
                            step.depth,
                            FactExplanation {
                                span: statement.atom_span,
                                role: phrases::value_phrase(engine, measure, &step.individuals, step.day),
                                citation: texts::citations(program, statement),
                                note: statement.note.clone(),
                            },
                        ));
                    }
                }
            }
        }
    }
    shown.sort_by_key(|(depth, _)| *depth);
    explanation.further_facts = shown.len().saturating_sub(MOST_FACTS);
    explanation.facts = shown.into_iter().take(MOST_FACTS).map(|(_, fact)| fact).collect();
    used
}

fn fact(engine: &Engine<'_>, evidence: &Evidence, leaf: &Leaf) -> FactExplanation {
    let program = engine.program();
    let statement = &program.statement(evidence.statement);
    let role = match (evidence.bearing, evidence.days) {
        (Bearing::For, _) => "says so".to_owned(),
        (Bearing::Against, _) => "says that it is not so".to_owned(),
        (Bearing::Ended, Some(days)) => format!("ended {}", end_in_words(engine, evidence.statement, days.first)),
        (Bearing::OthersOnly, _) => "says that there are no others".to_owned(),
        (Bearing::Imprecise, Some(days)) => format!("leaves it open from {} to {}", days.first, days.last),
        (Bearing::Unknown, _) => "was sought and not found".to_owned(),
        (Bearing::Before, Some(days)) => format!("says so until {}, and nothing of the time after", days.last),
        (Bearing::Later, Some(days)) => format!("says so only from {}", days.first),
        _ => String::new(),
    };
    let contested = if leaf.verdict == Verdict::Contested { "contested: " } else { "" };
    FactExplanation {
        span: statement.atom_span,
        role: format!("{contested}{role}"),
        citation: texts::citations(program, statement),
        note: statement.note.clone(),
    }
}

fn silence(engine: &Engine<'_>, index: usize) -> FactExplanation {
    let program = engine.program();
    let completeness = &program.completeness[index];
    let citation =
        completeness.citations.iter().map(|citation| texts::citation(program, citation)).collect::<Vec<_>>().join("; ");
    FactExplanation {
        span: completeness.span,
        role: "the record is complete, and silent on this".to_owned(),
        citation,
        note: completeness.note.clone(),
    }
}
