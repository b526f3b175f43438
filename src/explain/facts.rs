//! The statements that an explanation shows, and what each of them does.

use super::assertions::interval_in_words;
use super::explanation::{Explanation, FactExplanation};
use super::leaves::{Bearing, Evidence, Leaf, end_in_words, preferences_at};
use super::texts;
use super::trail::Step;
use super::values;
use crate::engine::Engine;
use crate::evidence::{Statement, StatementId, Tuple};
use crate::model::Program;
use crate::model::program::Target;
use crate::time::{Day, Interval};
use crate::verdict::Verdict;

/// Statements that are shown.
const MOST_FACTS: usize = 6;

/// What carries a verdict, shown or not.
#[derive(Debug, Default)]
pub(super) struct Used {
    /// Facts: what a statement says of an atom.
    pub facts: Vec<(Target, Tuple, Evidence)>,
    /// Statements of completeness whose silence decides, by their place in the program.
    pub completeness: Vec<usize>,
}

/// Adds the statements behind the leaves of a trail, and tells what they say there.
pub(super) fn add_facts(engine: &Engine<'_>, steps: &[Step], verdict: Verdict, explanation: &mut Explanation) -> Used {
    let (used, shown) = facts(engine, steps, verdict);
    explanation.further_facts = shown.len().saturating_sub(MOST_FACTS);
    explanation.facts = shown.into_iter().take(MOST_FACTS).collect();
    used
}

/// The statements behind the leaves of a trail, each once and the nearest first; and what they say there.
pub(super) fn facts(engine: &Engine<'_>, steps: &[Step], verdict: Verdict) -> (Used, Vec<FactExplanation>) {
    let program = engine.program();
    let mut used = Used::default();
    let mut shown: Vec<(usize, FactExplanation)> = Vec::new();
    let mut seen: Vec<StatementId> = Vec::new();
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
                    used.facts.push((step.target, step.individuals.as_slice().into(), evidence.clone()));
                    if !seen.contains(&evidence.statement) {
                        seen.push(evidence.statement);
                        shown.push((step.depth, fact(engine, evidence, &leaf, verdict)));
                    }
                }
                if !leaf.preferences.is_empty() {
                    let set_aside = leaf.evidence.iter().filter(|one| one.bearing == Bearing::SetAside);
                    for evidence in set_aside {
                        if seen.contains(&evidence.statement) {
                            continue;
                        }
                        seen.push(evidence.statement);
                        shown.push((step.depth, fact(engine, evidence, &leaf, verdict)));
                    }
                    add_preferences(engine, &leaf.preferences, step.depth, &mut shown);
                }
                for index in leaf.silent.iter().filter(|_| verdict != Verdict::Undetermined) {
                    if !used.completeness.contains(index) {
                        used.completeness.push(*index);
                        let role = "silent on this";
                        shown.push((step.depth, complete(engine, *index, step.day, role)));
                    }
                }
            }
            Target::Measure(measure) => {
                let record = engine.record();
                // A sum or its like passes over what has no value only as long as the record is complete.
                let is_passed_over = step.is_summed
                    && verdict != Verdict::Undetermined
                    && engine.measure(measure, &step.individuals).at(step.day).alternatives().is_empty();
                for (index, completeness) in record.completeness_of(step.target, &step.individuals) {
                    let speaks = is_passed_over
                        && !engine.changes().is_completeness_removed(index)
                        && record.completeness_days(completeness, engine.changes()).contains(step.day);
                    if speaks && !used.completeness.contains(&index) {
                        used.completeness.push(index);
                        let role = "what has no value is passed over";
                        shown.push((step.depth, complete(engine, index, step.day, role)));
                    }
                }
                let set_aside = record.set_aside(step.target, &step.individuals, engine.changes());
                let preferences = preferences_at(engine, step.target, &step.individuals, step.day);
                for entry in record.entries(step.target, &step.individuals) {
                    let days = record.entry_days(&entry, &step.individuals, engine.changes(), &set_aside);
                    let whole = record.days(entry.statement, engine.changes());
                    if !preferences.is_empty()
                        && whole.certain.contains(step.day)
                        && !days.certain.contains(step.day)
                        && !seen.contains(&entry.statement)
                    {
                        seen.push(entry.statement);
                        let statement = &program.statement(entry.statement);
                        shown.push((step.depth, stated(program, statement, SET_ASIDE.to_owned())));
                    }
                    if let Some(interval) =
                        days.certain.interval_at(step.day).filter(|_| !seen.contains(&entry.statement))
                    {
                        seen.push(entry.statement);
                        let evidence =
                            Evidence { statement: entry.statement, bearing: Bearing::For, days: Some(interval) };
                        used.facts.push((step.target, step.individuals.as_slice().into(), evidence));
                        let statement = &program.statement(entry.statement);
                        let role = values::value_phrase(engine, measure, &step.individuals, step.day);
                        shown.push((step.depth, stated(program, statement, role)));
                    }
                }
                add_preferences(engine, &preferences, step.depth, &mut shown);
            }
        }
    }
    shown.sort_by_key(|(depth, _)| *depth);
    (used, shown.into_iter().map(|(_, fact)| fact).collect())
}

fn fact(engine: &Engine<'_>, evidence: &Evidence, leaf: &Leaf, verdict: Verdict) -> FactExplanation {
    let program = engine.program();
    let statement = &program.statement(evidence.statement);
    let role = match (evidence.bearing, evidence.days) {
        (Bearing::For, _) => "says so".to_owned(),
        (Bearing::Against, _) => "says that it is not so".to_owned(),
        (Bearing::Ended, Some(days)) => format!("ended {}", end_in_words(engine, evidence.statement, days.first)),
        (Bearing::OthersOnly, _) => "says that there are no others".to_owned(),
        // What is open by itself carries a settled verdict where a time form asks for one day of several.
        (Bearing::Imprecise, Some(days)) if matches!(verdict, Verdict::Met | Verdict::NotMet) => {
            format!("speaks of one of the days from {} to {}", days.first, days.last)
        }
        (Bearing::Imprecise, Some(days)) => format!("leaves it open from {} to {}", days.first, days.last),
        (Bearing::Unknown, _) => "was sought and not found".to_owned(),
        (Bearing::Before, Some(days)) => format!("says so until {}, and nothing of the time after", days.last),
        (Bearing::Later, Some(days)) => format!("says so only from {}", days.first),
        (Bearing::SetAside, _) => SET_ASIDE.to_owned(),
        _ => String::new(),
    };
    let contested = if leaf.verdict == Verdict::Contested { "contested: " } else { "" };
    stated(program, statement, format!("{contested}{role}"))
}

/// What is said of a statement that another source contradicts, which is preferred.
const SET_ASIDE: &str = "says otherwise, and is set aside";

fn stated(program: &Program, statement: &Statement, role: String) -> FactExplanation {
    FactExplanation {
        span: statement.atom_span,
        role,
        citation: texts::citations(program, statement),
        note: statement.note.clone(),
    }
}

/// The statements that decide between sources.
fn add_preferences(
    engine: &Engine<'_>,
    preferences: &[usize],
    depth: usize,
    shown: &mut Vec<(usize, FactExplanation)>,
) {
    let program = engine.program();
    for index in preferences {
        let preference = &program.preferences[*index];
        if shown.iter().any(|(_, fact)| fact.span == preference.span) {
            continue;
        }
        let (preferred, over) = (&program.source(preference.preferred).name, &program.source(preference.over).name);
        let role = format!("decides it: the two say opposite things, and {preferred} is preferred over {over}");
        shown.push((
            depth,
            FactExplanation { span: preference.span, role, citation: String::new(), note: preference.note.clone() },
        ));
    }
}

/// A statement of completeness, with the days around the one that is looked at, and what follows there.
fn complete(engine: &Engine<'_>, index: usize, day: Day, what_follows: &str) -> FactExplanation {
    let program = engine.program();
    let completeness = &program.completeness[index];
    let citation =
        completeness.citations.iter().map(|citation| texts::citation(program, citation)).collect::<Vec<_>>().join("; ");
    let days = engine.record().completeness_days(completeness, engine.changes());
    let when = match days.interval_at(day) {
        Some(days) if days != Interval::ALL => format!(" {}", interval_in_words(days)),
        _ => String::new(),
    };
    let name = program.qualified_name(completeness.target);
    FactExplanation {
        span: completeness.span,
        role: format!("the record of {name} is complete{when}, and {what_follows}"),
        citation,
        note: completeness.note.clone(),
    }
}
