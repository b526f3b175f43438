//! What each source alone makes of a case, and on which of them the verdict hangs.

use super::case::stretches;
use super::explanation::Answer;
use crate::engine::Engine;
use crate::evidence::Changes;
use crate::model::Program;
use crate::model::program::{Question, SourceId};
use crate::time::Interval;

/// A stretch of days with its answer by all sources, and the sources without any one of which it would be another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heard {
    /// The days.
    pub days: Interval,
    /// The answer.
    pub answer: Answer,
    /// Each source without which the answer would be another on these days, in id order.
    pub hangs_on: Vec<SourceId>,
}

/// The answers of a case by all sources and by each alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BySource {
    /// The case.
    pub question: Question,
    /// By all that are heard.
    pub all: Vec<Heard>,
    /// By each source alone, with what is said without a source; in the order of the sources that were asked about.
    pub alone: Vec<Vec<(Interval, Answer)>>,
}

/// The sources that some statement of evidence or of completeness cites and that are heard, in id order.
#[must_use]
pub fn cited_sources(program: &Program, changes: &Changes) -> Vec<SourceId> {
    let of_statements = program.statements.iter().flat_map(|statement| &statement.citations);
    let of_tables = program.table_statements.iter().flat_map(|table| &table.pattern.citations);
    let of_completeness = program.completeness.iter().flat_map(|completeness| &completeness.citations);
    let mut cited: Vec<SourceId> = of_statements
        .chain(of_tables)
        .chain(of_completeness)
        .filter(|citation| changes.hears(citation))
        .map(|citation| citation.source)
        .collect();
    cited.sort_unstable();
    cited.dedup();
    cited
}

/// The answers of cases by each of some sources alone, and by all that the engine hears.
#[must_use]
pub fn by_source(engine: &Engine<'_>, questions: &[Question], period: Interval, sources: &[SourceId]) -> Vec<BySource> {
    let changed = |change: &dyn Fn(&mut Changes)| {
        let mut changes = engine.changes().clone();
        change(&mut changes);
        engine.with_changes(changes)
    };
    let alone: Vec<Engine<'_>> = sources
        .iter()
        .map(|source| changed(&|changes| changes.sources.extend(sources.iter().filter(|other| *other != source))))
        .collect();
    let without: Vec<Engine<'_>> = sources
        .iter()
        .map(|source| {
            changed(&|changes| {
                changes.sources.insert(*source);
            })
        })
        .collect();
    questions
        .iter()
        .map(|question| {
            let losses: Vec<Vec<(Interval, Answer)>> =
                without.iter().map(|engine| stretches(engine, question, period)).collect();
            let all = stretches(engine, question, period);
            BySource {
                question: question.clone(),
                all: all.into_iter().flat_map(|stretch| heard(stretch, sources, &losses)).collect(),
                alone: alone.iter().map(|engine| stretches(engine, question, period)).collect(),
            }
        })
        .collect()
}

/// A stretch, divided where it comes to hang on other sources.
fn heard((days, answer): (Interval, Answer), sources: &[SourceId], losses: &[Vec<(Interval, Answer)>]) -> Vec<Heard> {
    let mut starts: Vec<_> =
        losses.iter().flatten().map(|(run, _)| run.first).filter(|start| days.contains(*start)).collect();
    starts.push(days.first);
    starts.sort_unstable();
    starts.dedup();
    let mut parts: Vec<Heard> = Vec::new();
    for (place, start) in starts.iter().enumerate() {
        let last = starts.get(place + 1).map_or(days.last, |next| next.previous());
        let differs = |loss: &&(Interval, Answer)| loss.0.contains(*start) && loss.1 != answer;
        let hangs_on: Vec<SourceId> = sources
            .iter()
            .zip(losses)
            .filter(|(_, loss)| loss.iter().any(|run| differs(&run)))
            .map(|(source, _)| *source)
            .collect();
        match parts.last_mut() {
            Some(before) if before.hangs_on == hangs_on => before.days.last = last,
            _ => parts.push(Heard { days: Interval { first: *start, last }, answer: answer.clone(), hangs_on }),
        }
    }
    parts
}
