//! Which missing evidence to look up first.
//!
//! The questions that are open below undetermined verdicts are collected from the explanations of these. Each is then answered one way and
//! the other, and the verdicts are asked for again: what is said to settle a verdict has been tried.
//!
//! ```text
//! collect.rs  the open questions below undetermined cases, and the days on which they are open
//! findings.rs what may be found of a question, in words and as the language writes it
//! trials.rs   what becomes of the cases where one thing is found
//! ```

mod collect;
mod findings;
mod trials;

use crate::engine::Engine;
use crate::explain::{is_open, repairs};
use crate::model::program::{Question, Target};
use crate::time::{Interval, IntervalSet};
use crate::verdict::Verdict;
use collect::{Candidate, Candidates, Key};
use std::collections::{BTreeMap, BTreeSet};

/// Undetermined cases whose open questions are collected; of more, the first.
const MOST_CASES: usize = 1_000;
/// Undetermined cases whose smallest repairs are sought; of more, the first.
const MOST_REPAIRED: usize = 200;
/// Open questions that are tried; of more, those on which most cases turn.
const MOST_TRIED: usize = 1_000;

/// An undetermined case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenCase {
    /// Which.
    pub question: Question,
    /// `ally(Russia, Kazakhstan)`
    pub name: String,
    /// `Russia, Kazakhstan`
    pub label: String,
    /// The days of those asked about on which it is undetermined.
    pub days: IntervalSet,
}

/// That a finding is part of a smallest repair.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Part {
    /// What the case would become.
    pub verdict: Verdict,
    /// How many findings the repair has.
    pub of: usize,
    /// The case, by its place in [`Ranking::cases`].
    pub case: usize,
}

/// One of the answers that an open question may have, and what follows.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    /// `so`, `not so`; of a measure its value.
    pub answer: FoundAnswer,
    /// In the words of the gloss.
    pub sentence: String,
    /// As the language writes it.
    pub fact: String,
    /// The cases that become met by it alone, on a day at least on which they are undetermined; by their places in [`Ranking::cases`].
    pub met: Vec<usize>,
    /// The cases that become not met by it alone, likewise.
    pub not_met: Vec<usize>,
    /// How many days of how many cases it settles, taken together.
    pub days: u64,
    /// The smallest repairs to which it belongs together with others.
    pub parts: Vec<Part>,
}

/// What an open question may turn out to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FoundAnswer {
    /// It is so.
    So,
    /// It is not so.
    NotSo,
    /// The measure has this value.
    Value(String),
}

/// Something of which nothing is known, and on which undetermined verdicts turn.
#[derive(Debug, Clone, PartialEq)]
pub struct OpenQuestion {
    /// Of what.
    pub target: Target,
    /// `whether Russia guarantees Kazakhstan's security`
    pub sentence: String,
    /// As one would write it: `guarantees(russia, kazakhstan)`.
    pub name: String,
    /// The days on which it is open and matters.
    pub days: IntervalSet,
    /// What may be found. Of a measure: the values that would just settle a comparison.
    pub findings: Vec<Found>,
    /// The cases below which it is open, by their places in [`Ranking::cases`].
    pub bears_on: Vec<usize>,
}

impl OpenQuestion {
    /// The cases that one finding or another settles alone.
    #[must_use]
    pub fn settles(&self) -> BTreeSet<usize> {
        self.findings.iter().flat_map(Found::settles).collect()
    }

    /// The cases that are settled whatever is found.
    #[must_use]
    pub fn settles_either_way(&self) -> BTreeSet<usize> {
        let mut findings = self.findings.iter().map(|found| found.settles().collect::<BTreeSet<usize>>());
        let Some(first) = findings.next().filter(|_| self.findings.len() > 1) else { return BTreeSet::new() };
        findings.fold(first, |all, one| &all & &one)
    }

    fn rank(&self) -> impl Ord + use<> {
        let parts: Vec<&Part> = self.findings.iter().flat_map(|found| &found.parts).collect();
        let repaired: BTreeSet<usize> = parts.iter().map(|part| part.case).collect();
        let smallest = parts.iter().map(|part| part.of).min().unwrap_or(usize::MAX);
        let days: u64 = self.findings.iter().map(|found| found.days).sum();
        use std::cmp::Reverse;
        (
            Reverse(self.settles().len()),
            Reverse(self.settles_either_way().len()),
            Reverse(repaired.len()),
            smallest,
            Reverse(days),
            Reverse(self.bears_on.len()),
        )
    }
}

impl Found {
    /// The cases that it settles alone.
    pub fn settles(&self) -> impl Iterator<Item = usize> + '_ {
        self.met.iter().chain(&self.not_met).copied()
    }
}

/// Open questions, the most useful first.
#[derive(Debug, Clone, Default)]
pub struct Ranking {
    /// How many cases were asked about, of those that arise.
    pub asked: usize,
    /// Those of them that are undetermined on some day, in the order of asking.
    pub cases: Vec<OpenCase>,
    /// Ranked by how many of these each can settle alone; then by how many it settles whatever is found, and by how many it helps to settle.
    pub questions: Vec<OpenQuestion>,
    /// How many questions were not tried, being too many.
    pub not_tried: usize,
    /// How many undetermined cases were not looked into, being too many.
    pub not_looked_into: usize,
}

/// Ranks what is open below the undetermined cases of some criteria; each case with the days that are asked about.
///
/// `tell` hears how much of the work is done.
#[must_use]
pub fn rank(engine: &Engine<'_>, asked: &[(Question, Interval)], tell: &mut dyn FnMut(usize, usize)) -> Ranking {
    let mut ranking = Ranking::default();
    for (question, period) in asked {
        let Target::Relation(relation) = question.target else { continue };
        let verdicts = engine.case(relation, &question.individuals).map(|standing| standing.verdict());
        let period = IntervalSet::from(*period);
        let arises = verdicts.days_where(|verdict| *verdict != Verdict::NotApplicable);
        ranking.asked += usize::from(!arises.intersection(&period).is_empty());
        let days = verdicts.days_where(|verdict| *verdict == Verdict::Undetermined).intersection(&period);
        if !days.is_empty() {
            ranking.cases.push(findings::open_case(engine.program(), question, days));
        }
    }
    ranking.not_looked_into = ranking.cases.len().saturating_sub(MOST_CASES);
    let looked_into = &ranking.cases[..ranking.cases.len().min(MOST_CASES)];
    let mut candidates = Candidates::new();
    for (place, case) in looked_into.iter().enumerate() {
        collect::collect(engine, place, case, &mut candidates);
    }
    let parts = repair_parts(engine, looked_into, &mut candidates);
    let mut chosen: Vec<(Key, Candidate)> = candidates.into_iter().collect();
    chosen.sort_by_key(|(_, candidate)| std::cmp::Reverse(candidate.bears_on.len()));
    ranking.not_tried = chosen.len().saturating_sub(MOST_TRIED);
    chosen.truncate(MOST_TRIED);
    let total = chosen.len();
    for (done, (key, candidate)) in chosen.iter().enumerate() {
        tell(done, total);
        ranking.questions.push(trials::question(engine, looked_into, key, candidate, &parts));
    }
    ranking.questions.sort_by_key(OpenQuestion::rank);
    ranking
}

/// The smallest repairs by findings on what is open alone, by each of their changes.
type Parts = BTreeMap<collect::Answered, BTreeSet<Part>>;

fn repair_parts(engine: &Engine<'_>, cases: &[OpenCase], candidates: &mut Candidates) -> Parts {
    let mut parts = Parts::new();
    for (place, case) in cases.iter().enumerate().take(MOST_REPAIRED) {
        let (Target::Relation(relation), Some(day)) = (case.question.target, case.days.last()) else { continue };
        for wanted in [Verdict::Met, Verdict::NotMet] {
            let found = repairs(engine, relation, &case.question.individuals, day, wanted).found;
            for repair in found.iter().filter(|repair| repair.changes.iter().all(|change| is_open(engine, change))) {
                let answers: Option<Vec<_>> =
                    repair.changes.iter().map(|change| collect::of_change(engine.program(), change)).collect();
                for (key, answered, days) in answers.unwrap_or_default() {
                    let candidate = candidates.entry(key).or_default();
                    candidate.bears_on.insert(place);
                    candidate.add_days(days, case);
                    if let collect::Answered::Value(_, value) = &answered {
                        candidate.values.insert(*value);
                    }
                    if repair.changes.len() > 1 {
                        let part = Part { verdict: wanted, of: repair.changes.len(), case: place };
                        parts.entry(answered).or_default().insert(part);
                    }
                }
            }
        }
    }
    parts
}
