//! What a verdict hangs on and what would change it, in sentences.

use super::dependence::Dependence;
use super::explanation::RepairExplanation;
use super::parts::Side;
use super::repairs::{Change, Repair, is_open};
use super::texts::{self, Sense};
use super::values::number;
use crate::engine::Engine;
use crate::evidence::{CompleteArgument, Polarity, StatementId};
use crate::model::Program;
use crate::model::program::{IndividualId, Target};
use crate::time::{Day, Interval};

/// The finest thing that the verdict would not survive the loss of comes first.
pub(super) fn dependence(program: &Program, dependence: &Dependence) -> Vec<String> {
    if !dependence.was_tried {
        return Vec::new();
    }
    let mut sentences = Vec::new();
    let cite = |statement: &StatementId| {
        let cited = texts::citations(program, &program.statement(*statement));
        if cited.is_empty() { "without a source".to_owned() } else { cited }
    };
    // A sentence of a single fact hangs as that fact does.
    let of_several: Vec<&StatementId> = dependence
        .statements
        .iter()
        .filter(|statement| !dependence.facts.iter().any(|(fact, ..)| fact == *statement))
        .collect();
    let facts: Vec<String> = dependence
        .facts
        .iter()
        .map(|(statement, target, individuals)| {
            let said = texts::said_of(program, &program.statement(*statement));
            let said = said.map(|said| format!(", {said}")).unwrap_or_default();
            let is_against = program.statement(*statement).polarity == Polarity::Against;
            let not = if is_against { "not " } else { "" };
            format!("{not}{} ({}{said})", texts::as_written(program, *target, individuals), cite(statement))
        })
        .collect();
    if !facts.is_empty() {
        sentences.push(hangs(facts, "fact"));
    }
    // What has no source is named by what it says.
    let sentence = |statement: &&StatementId| {
        let cited = texts::citations(program, &program.statement(**statement));
        if cited.is_empty() { format!("{} (without a source)", as_stated(program, **statement)) } else { cited }
    };
    let statements: Vec<String> = of_several.iter().map(sentence).collect();
    if !statements.is_empty() {
        sentences.push(hangs(statements, "sentence"));
    }
    if sentences.is_empty() {
        let sources: Vec<String> = dependence
            .sources
            .iter()
            .map(|source| program.source(*source))
            .map(|source| source.citation.clone().unwrap_or_else(|| source.name.clone()))
            .collect();
        if !sources.is_empty() {
            sentences.push(hangs(sources, "source"));
        }
    }
    let records: Vec<String> = dependence.completeness.iter().map(|index| record(program, *index)).collect();
    match records.as_slice() {
        [] => {}
        [only] => sentences.push(format!("it hangs on {only}")),
        several => sentences.push(format!("it hangs on each of {} records: {}", several.len(), several.join("; "))),
    }
    let not_tried = dependence.not_tried;
    if sentences.is_empty() {
        let tried = if not_tried > 0 { " that was tried" } else { "" };
        sentences.push(format!("it hangs on no single fact, sentence or source{tried}"));
    }
    if not_tried > 0 {
        let facts = if not_tried == 1 { "one more fact".to_owned() } else { format!("any of {not_tried} more facts") };
        sentences.push(format!("whether it hangs on {facts} was not tried"));
    }
    sentences
}

/// `not pressure(russia, {kazakhstan, kyrgyzstan})`
fn as_stated(program: &Program, statement: StatementId) -> String {
    let statement = program.statement(statement);
    let not = if statement.polarity == Polarity::Against { "not " } else { "" };
    let arguments: Vec<String> =
        statement.arguments.iter().map(|argument| set_as_written(program, &argument.individuals)).collect();
    format!("{not}{}({})", program.qualified_name(statement.target), arguments.join(", "))
}

/// `kazakhstan`, `{kazakhstan, kyrgyzstan}`; a table covers whomever it names, which may be hundreds.
fn set_as_written(program: &Program, individuals: &[IndividualId]) -> String {
    const SHOWN: usize = 6;
    let names: Vec<String> = individuals.iter().map(|one| texts::individual_as_written(program, *one)).collect();
    match (names.as_slice(), names.len().saturating_sub(SHOWN)) {
        ([only], _) => only.clone(),
        (few, 0) => format!("{{{}}}", few.join(", ")),
        (many, more) => format!("{{{} and {more} more}}", many[..SHOWN].join(", ")),
    }
}

/// `the record of party(_, csto) being complete (A survey, p. 2)`
fn record(program: &Program, index: usize) -> String {
    let completeness = &program.completeness[index];
    let arguments: Vec<String> = completeness
        .arguments
        .iter()
        .map(|argument| match argument {
            CompleteArgument::Any => "_".to_owned(),
            CompleteArgument::These(these) => set_as_written(program, these),
        })
        .collect();
    let name = program.qualified_name(completeness.target);
    let is_whole = completeness.arguments.iter().all(|argument| *argument == CompleteArgument::Any);
    let of = if is_whole { name } else { format!("{name}({})", arguments.join(", ")) };
    let cited: Vec<String> = completeness.citations.iter().map(|citation| texts::citation(program, citation)).collect();
    let cited = if cited.is_empty() { "without a source".to_owned() } else { cited.join("; ") };
    format!("the record of {of} being complete ({cited})")
}

fn hangs(things: Vec<String>, noun: &str) -> String {
    match things.as_slice() {
        [only] => format!("it hangs on one {noun}: {only}"),
        several => format!("it hangs on each of {} {noun}s: {}", several.len(), several.join("; ")),
    }
}

/// Findings about other days than the one asked about say when.
pub(super) fn repair(engine: &Engine<'_>, repair: &Repair, asked: Day) -> RepairExplanation {
    let program = engine.program();
    let words = |change: &Change| match change {
        Change::Atom(relation, individuals, side, on) => {
            let (sense, not) = match side {
                Side::For => (Sense::Positive, ""),
                Side::Against => (Sense::Negative, "not "),
            };
            let target = Target::Relation(*relation);
            (
                format!("{}{}", texts::sentence(program, target, individuals, sense), when(*on, asked, " (", ")")),
                format!("{not}{}{}", texts::as_written(program, target, individuals), when(*on, asked, " ", "")),
            )
        }
        Change::Value(measure, individuals, value, _) => {
            let target = Target::Measure(*measure);
            let definition = program.measure(*measure);
            let order = definition.levels.and_then(|kind| program.kind(kind).order.as_ref());
            let level = order.and_then(|order| order.get(value.0 as usize)).map(|level| program.individual(*level));
            let said = level.map_or_else(|| number(value.0), |level| level.display().to_owned());
            let written = level.map_or_else(|| number(value.0), |level| level.name.clone());
            let unit = definition.unit.as_deref().map(|unit| format!(" {unit}")).unwrap_or_default();
            (
                format!("{}: {said}{unit}", texts::sentence(program, target, individuals, Sense::Positive)),
                format!("{} = {written}", texts::as_written(program, target, individuals)),
            )
        }
        Change::Complete(target, pattern, on) => {
            let one = |one: &Option<IndividualId>| {
                one.map_or_else(|| "_".to_owned(), |one| texts::individual_as_written(program, one))
            };
            let arguments: Vec<String> = pattern.iter().map(one).collect();
            let of = format!("{}({})", program.qualified_name(*target), arguments.join(", "));
            (
                format!("the record of {of} is complete{}", when(*on, asked, " (", ")")),
                format!("complete {of}{}", when(*on, asked, " ", "")),
            )
        }
    };
    let (open, recorded): (Vec<&Change>, Vec<&Change>) =
        repair.changes.iter().partition(|change| is_open(engine, change));
    let reversals = recorded.len();
    let (findings, facts) = recorded.into_iter().chain(open).map(words).unzip();
    RepairExplanation { verdict: repair.verdict, findings, reversals, facts }
}

/// Nothing for the day asked about.
fn when(on: Interval, asked: Day, open: &str, close: &str) -> String {
    if on.first == asked && on.last == asked {
        return String::new();
    }
    let words = match (on.first == Day::FIRST, on.last == Day::LAST) {
        (true, true) => return String::new(),
        (true, false) => format!("until {}", on.last),
        (false, true) => format!("from {}", on.first),
        (false, false) if on.first == on.last => format!("on {}", on.first),
        (false, false) => format!("from {} until {}", on.first, on.last),
    };
    format!("{open}{words}{close}")
}
