//! Cases by their names, and where their answers differ.

use crate::engine::Engine;
use crate::explain::{self, Answer};
use crate::model::Program;
use crate::model::program::{IndividualId, MeasureId, Question, RelationId, Target};
use crate::time::Interval;
use std::collections::BTreeMap;

/// A case that can be asked of several programs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AskedCase {
    /// The criterion or measure, with its framework.
    pub criterion: String,
    /// The individuals: for each the name of its outermost kind, and its own.
    pub individuals: Vec<(String, String)>,
    /// As one would write it: `true_alliance.ally(russia, kazakhstan)`.
    pub name: String,
    /// `Russia, Kazakhstan`
    pub label: String,
    /// The days that are asked about.
    pub period: Interval,
}

/// Days on which a case has another answer than before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Turn {
    /// The case, by its place among those that were asked about.
    pub case: usize,
    /// The days.
    pub days: Interval,
    /// What it was.
    pub before: Answer,
    /// What it is.
    pub after: Answer,
}

/// The cases of a program by their names.
#[must_use]
pub fn asked_cases(program: &Program, asked: &[(Question, Interval)]) -> Vec<AskedCase> {
    let individual = |id: &IndividualId| {
        let one = program.individual(*id);
        (program.kind(one.kind).name.clone(), one.name.clone())
    };
    asked
        .iter()
        .map(|(question, period)| AskedCase {
            criterion: program.qualified_name(question.target),
            individuals: question.individuals.iter().map(individual).collect(),
            name: explain::as_written(program, question.target, &question.individuals),
            label: question.individuals.iter().map(|id| explain::name(program, *id)).collect::<Vec<_>>().join(", "),
            period: *period,
        })
        .collect()
}

/// The cases of two versions, those of the second first; of a case that both have, the time is the one that holds both.
#[must_use]
pub fn merged(first: Vec<AskedCase>, second: Vec<AskedCase>) -> Vec<AskedCase> {
    let mut all: Vec<AskedCase> = Vec::new();
    let mut places: BTreeMap<(String, Vec<(String, String)>), usize> = BTreeMap::new();
    for case in second.into_iter().chain(first) {
        let place = *places.entry((case.criterion.clone(), case.individuals.clone())).or_insert(all.len());
        match all.get_mut(place) {
            Some(known) => {
                known.period.first = known.period.first.min(case.period.first);
                known.period.last = known.period.last.max(case.period.last);
            }
            None => all.push(case),
        }
    }
    all
}

/// Names of a program, looked up.
pub(super) struct Lookup<'p> {
    targets: BTreeMap<String, Target>,
    individuals: BTreeMap<(&'p str, &'p str), IndividualId>,
}

impl<'p> Lookup<'p> {
    pub fn new(program: &'p Program) -> Self {
        let relations = (0..program.relations.len() as u32).map(|id| Target::Relation(RelationId(id)));
        let measures = (0..program.measures.len() as u32).map(|id| Target::Measure(MeasureId(id)));
        let individuals = program
            .individuals
            .iter()
            .enumerate()
            .filter(|(_, one)| !one.is_unnamed)
            .map(|(at, one)| ((program.kind(one.kind).name.as_str(), one.name.as_str()), IndividualId(at as u32)));
        Lookup {
            targets: relations.chain(measures).map(|target| (program.qualified_name(target), target)).collect(),
            individuals: individuals.collect(),
        }
    }

    /// A case as the program has it; none where it has no such criterion or individual.
    pub fn question(&self, program: &Program, case: &AskedCase) -> Option<Question> {
        let target = *self.targets.get(&case.criterion)?;
        let individuals: Vec<IndividualId> = case
            .individuals
            .iter()
            .map(|(kind, name)| self.individuals.get(&(kind.as_str(), name.as_str())).copied())
            .collect::<Option<_>>()?;
        (program.roles(target).len() == individuals.len()).then_some(Question { target, individuals })
    }
}

/// How the answer of a case changes over its days.
pub(super) type Line = Vec<(Interval, Answer)>;

/// The answers of cases; none of a case that the program has not.
pub(super) fn answers(engine: &Engine<'_>, cases: &[&AskedCase]) -> Vec<Option<Line>> {
    let lookup = Lookup::new(engine.program());
    cases
        .iter()
        .map(|case| {
            let question = lookup.question(engine.program(), case)?;
            Some(explain::stretches(engine, &question, case.period))
        })
        .collect()
}

/// The days on which two answers of a case differ.
pub(super) fn turns(case: usize, before: &Line, after: &Line) -> Vec<Turn> {
    let mut turns: Vec<Turn> = Vec::new();
    for days in pieces([before, after]) {
        let (Some(one), Some(other)) = (at(before, days), at(after, days)) else { continue };
        if one == other {
            continue;
        }
        match turns.last_mut() {
            Some(last) if last.days.last.next() == days.first && last.before == *one && last.after == *other => {
                last.days.last = days.last;
            }
            _ => turns.push(Turn { case, days, before: one.clone(), after: other.clone() }),
        }
    }
    turns
}

/// The longest stretches of days on which no line changes.
pub(super) fn pieces<'a>(lines: impl IntoIterator<Item = &'a Line>) -> Vec<Interval> {
    let mut firsts = Vec::new();
    let mut last = None;
    for (days, _) in lines.into_iter().flatten() {
        firsts.push(days.first);
        last = last.max(Some(days.last));
    }
    firsts.sort_unstable();
    firsts.dedup();
    let Some(last) = last else { return Vec::new() };
    let ends = firsts.iter().skip(1).map(|next| next.previous()).chain([last]);
    firsts.iter().zip(ends).map(|(first, last)| Interval { first: *first, last }).collect()
}

/// The answer of a line on a stretch of days on which it does not change.
pub(super) fn at(line: &Line, days: Interval) -> Option<&Answer> {
    line.iter().find(|(stretch, _)| stretch.contains(days.first)).map(|(_, answer)| answer)
}
