//! From text to a program, and from a program to all its answers.
#![allow(dead_code, reason = "each test binary uses a part of it")]

pub mod minimise;
pub mod rewrite;
pub mod tables;

use std::collections::BTreeMap;
use std::path::PathBuf;
use symmachia::engine::{Bounds, Engine, Standing};
use symmachia::loading::{MemoryReader, load};
use symmachia::model::program::{IndividualId, MeasureId, RelationId, Target};
use symmachia::model::{Options, Program, resolve};
use symmachia::render::{Look, diagnostics};
use symmachia::time::Day;

/// Reads files, of which the first uses the others; what is wrong with them, where anything is.
pub fn program(files: &[(String, String)]) -> Result<Program, String> {
    let reader =
        files.iter().fold(MemoryReader::new(), |reader, (name, text)| reader.with(name, text.as_bytes().to_vec()));
    let loaded = load(&reader, &[PathBuf::from(&files[0].0)], &mut |_| {});
    let resolution = resolve(&loaded.texts, &loaded.files, &Options::default());
    let mut problems = loaded.diagnostics;
    problems.extend(resolution.diagnostics);
    problems.retain(symmachia::diagnostic::Diagnostic::is_error);
    if problems.is_empty() {
        Ok(resolution.program)
    } else {
        Err(diagnostics::text(&problems, &loaded.texts, &Look::PLAIN))
    }
}

/// All individuals that may stand in each role.
pub fn tuples(program: &Program, target: Target) -> Vec<Vec<IndividualId>> {
    let mut tuples = vec![Vec::new()];
    for role in program.roles(target) {
        let kind = program.kind(role.kind);
        let members: Vec<IndividualId> = kind.members.iter().copied().chain(kind.unnamed).collect();
        tuples = tuples
            .iter()
            .flat_map(|tuple| members.iter().map(|member| tuple.iter().copied().chain([*member]).collect()))
            .collect();
    }
    tuples
}

pub fn relations(program: &Program) -> impl Iterator<Item = RelationId> {
    (0..program.relations.len() as u32).map(RelationId)
}

pub fn measures(program: &Program) -> impl Iterator<Item = MeasureId> {
    (0..program.measures.len() as u32).map(MeasureId)
}

/// `party(russia, cst)`
pub fn atom(program: &Program, target: Target, individuals: &[IndividualId]) -> String {
    let names: Vec<&str> = individuals
        .iter()
        .map(|individual| {
            let individual = program.individual(*individual);
            if individual.is_unnamed { "?" } else { individual.name.as_str() }
        })
        .collect();
    format!("{}({})", program.qualified_name(target), names.join(", "))
}

/// What the engine answers, by words that do not depend on ids: for each case the days on which its answer changes.
pub type Answers = BTreeMap<String, Vec<(Day, String)>>;

pub fn answers(program: &Program, engine: &Engine<'_>) -> Answers {
    let mut answers = Answers::new();
    for relation in relations(program) {
        let target = Target::Relation(relation);
        for individuals in tuples(program, target) {
            let timeline = engine.case(relation, &individuals);
            let runs = timeline.runs().map(|(days, standing)| (days.first, shown(*standing))).collect();
            answers.insert(atom(program, target, &individuals), runs);
        }
    }
    for measure in measures(program) {
        let target = Target::Measure(measure);
        for individuals in tuples(program, target) {
            let timeline = engine.measure(measure, &individuals);
            let runs =
                timeline.runs().map(|(days, value)| (days.first, numbers(value.alternatives()))).collect::<Vec<_>>();
            answers.insert(atom(program, target, &individuals), runs);
        }
    }
    answers
}

/// `F` for, `A` against, in capitals where settled; `-` nothing, `x` not applicable.
pub fn shown(standing: Standing) -> String {
    if !standing.is_applicable() {
        return "x".to_owned();
    }
    let side = |is: bool, settled: bool, small: &str| match (is, settled) {
        (true, true) => small.to_uppercase(),
        (true, false) => small.to_owned(),
        (false, false) => String::new(),
        (false, true) => format!("settled-only-{small}"),
    };
    let text = side(standing.is_for(), standing.is_settled_for(), "f")
        + &side(standing.is_against(), standing.is_settled_against(), "a");
    if text.is_empty() { "-".to_owned() } else { text }
}

/// Alternatives in a fixed order, each once.
pub fn numbers(alternatives: &[Bounds]) -> String {
    let mut texts: Vec<String> = alternatives
        .iter()
        .map(|each| interval(each.lower, each.upper, each.settled_lower, each.settled_upper))
        .collect();
    texts.sort();
    texts.dedup();
    texts.join(" | ")
}

pub fn interval(lower: f64, upper: f64, settled_lower: f64, settled_upper: f64) -> String {
    // No negative zero.
    let [lower, upper, settled_lower, settled_upper] =
        [lower, upper, settled_lower, settled_upper].map(|end| end + 0.0);
    format!("[{lower}, {upper}] [{settled_lower}, {settled_upper}]")
}
