//! The answers of many cases: what `eval` lists.

use super::case::stretches;
use super::explanation::Answer;
use super::telling::telling_individuals;
use crate::diagnostic::{Diagnostic, Severity};
use crate::engine::Engine;
use crate::model::program::{Cases, IndividualId, Question, RelationId, Target};
use crate::model::{BothWays, Program};
use crate::time::{Day, Interval, Period};
use crate::verdict::Verdict;
use std::collections::BTreeSet;

/// The answer of a case over a period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evaluated {
    /// The case.
    pub question: Question,
    /// Its answer on every day of the period, by stretches.
    pub stretches: Vec<(Interval, Answer)>,
}

/// The cases of a target: those that its `cases` list, or all combinations of the individuals of its roles.
/// Where the answers are the same both ways, each pair comes once. Those that cannot arise are left out.
#[must_use]
pub fn questions(program: &Program, target: Target, listed: Option<&Cases>) -> Vec<Question> {
    let over: Vec<Vec<IndividualId>> = match listed {
        Some(cases) => cases.over.clone(),
        None => program.roles(target).iter().map(|role| program.kind(role.kind).members.clone()).collect(),
    };
    let symmetric = match target {
        Target::Relation(relation) => program.relation(relation).symmetric,
        Target::Measure(measure) => program.measure(measure).symmetric,
    };
    let mut questions = Vec::new();
    let mut individuals = Vec::new();
    combine(&over, &mut individuals, &mut |individuals| {
        if program.pairs_with_itself(target, individuals) {
            return;
        }
        // The reversed pair is left out where it comes earlier itself.
        if let Some((one, two)) = symmetric
            && individuals[one] > individuals[two]
            && over[one].contains(&individuals[two])
            && over[two].contains(&individuals[one])
        {
            return;
        }
        questions.push(Question { target, individuals: individuals.to_vec() });
    });
    questions
}

fn combine(over: &[Vec<IndividualId>], individuals: &mut Vec<IndividualId>, use_it: &mut impl FnMut(&[IndividualId])) {
    match over.get(individuals.len()) {
        None => use_it(individuals),
        Some(choices) => {
            for choice in choices {
                individuals.push(*choice);
                combine(over, individuals, use_it);
                individuals.pop();
            }
        }
    }
}

/// The answers of cases over a period.
#[must_use]
pub fn evaluate(engine: &Engine<'_>, questions: &[Question], period: Interval) -> Vec<Evaluated> {
    questions
        .iter()
        .map(|question| Evaluated { question: question.clone(), stretches: stretches(engine, question, period) })
        .collect()
}

/// Some criteria, and then those on which they build.
#[must_use]
pub fn criteria_below(program: &Program, targets: &[Target]) -> Vec<RelationId> {
    let mut found: Vec<RelationId> = Vec::new();
    let mut next: Vec<RelationId> = targets
        .iter()
        .filter_map(|target| match target {
            Target::Relation(relation) => Some(*relation),
            Target::Measure(_) => None,
        })
        .collect();
    while !next.is_empty() {
        let mut below = BTreeSet::new();
        for relation in next.into_iter().filter(|relation| program.relation(*relation).is_criterion) {
            if found.contains(&relation) {
                continue;
            }
            found.push(relation);
            for rule in program.relation(relation).rules.iter().map(|rule| program.rule(*rule)) {
                for condition in rule.applies_where.iter().chain([&rule.body]) {
                    condition.add_relations(&mut below);
                }
            }
        }
        next = below.into_iter().collect();
    }
    found
}

/// How a year gets its answer from its days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Yearly {
    /// Met where it is met on any day of it.
    AnyDay,
    /// Met where it is met on every day of it on which it arises.
    AllDays,
    /// As on this day of it: month and day; 29 February is 28 February in years that have none.
    On(u8, u8),
}

/// The answer of each year, from the stretches of a case. Values take the year's last day.
#[must_use]
pub fn by_year(stretches: &[(Interval, Answer)], period: Interval, yearly: Yearly) -> Vec<(i16, Answer)> {
    (period.first.year()..=period.last.year())
        .filter_map(|year| {
            let days = Period::from_parts(year, None, None)?;
            let within = Interval::new(days.first.max(period.first), days.last.min(period.last))?;
            let overlapping: Vec<&Answer> = stretches
                .iter()
                .filter(|(stretch, _)| stretch.first <= within.last && stretch.last >= within.first)
                .map(|(_, answer)| answer)
                .collect();
            let on = |day: Day| stretches.iter().find(|(stretch, _)| stretch.contains(day)).map(|(_, answer)| answer);
            let answer = match yearly {
                Yearly::On(month, day) => {
                    let day = Day::from_parts(year, month, day).or_else(|| Day::from_parts(year, month, day - 1))?;
                    on(day).cloned()?
                }
                Yearly::AnyDay => {
                    first_of(&overlapping, [Verdict::Met, Verdict::Contested, Verdict::Undetermined, Verdict::NotMet])
                        .or_else(|| on(within.last).cloned())?
                }
                Yearly::AllDays => {
                    first_of(&overlapping, [Verdict::NotMet, Verdict::Contested, Verdict::Undetermined, Verdict::Met])
                        .or_else(|| on(within.last).cloned())?
                }
            };
            Some((year, answer))
        })
        .collect()
}

fn first_of(answers: &[&Answer], order: [Verdict; 4]) -> Option<Answer> {
    order.into_iter().map(Answer::Verdict).find(|answer| answers.contains(&answer))
}

/// Code of the complaint that a criterion's answers are not symmetric though it says so.
pub const NOT_SYMMETRIC: &str = "symmachia::check::not_symmetric";

/// Of more pairs than this only those are compared of whose individuals the program says something.
const MANY_PAIRS: usize = 2_000;

/// More pairs than this are not all compared.
const MOST_PAIRS: usize = 20_000;

/// Compares the answers of criteria that are declared symmetric both ways, unless their rules alone make them so, over their cases; over all pairs where
/// no cases are listed (where those are many, over the pairs of which the program says something). One complaint for each criterion, at its first pair.
#[must_use]
pub fn check_symmetry(engine: &Engine<'_>) -> Vec<Diagnostic> {
    let program = engine.program();
    let mut complaints = Vec::new();
    let telling = telling_individuals(program);
    let by_their_rules = BothWays::of(program);
    for (index, relation) in program.relations.iter().enumerate() {
        let Some((one, two)) = relation.symmetric.filter(|_| relation.is_criterion) else { continue };
        let id = RelationId(index as u32);
        let target = Target::Relation(id);
        if by_their_rules.holds(target) {
            continue;
        }
        let listed: Vec<&Cases> = program.cases.iter().filter(|cases| cases.target == target).collect();
        let pairs: Vec<Question> = if listed.is_empty() {
            questions(program, target, None)
        } else {
            listed.iter().flat_map(|cases| questions(program, target, Some(cases))).collect()
        };
        let is_long = listed.is_empty() && pairs.len() > MANY_PAIRS;
        let tells = |question: &&Question| {
            !is_long || question.individuals.iter().all(|individual| telling.contains(individual))
        };
        let differs = pairs.iter().filter(tells).take(MOST_PAIRS).find_map(|question| {
            let mut reversed = question.individuals.clone();
            reversed.swap(one, two);
            let (here, there) = (engine.case(id, &question.individuals), engine.case(id, &reversed));
            let joined = here.zip(&there, |here, there| (here.verdict(), there.verdict()));
            let first = joined.runs().find(|(_, (here, there))| here != there).map(|(run, both)| (run.first, *both));
            first.map(|(day, both)| (question.individuals.clone(), reversed, day, both))
        });
        if let Some((here, there, day, (one, two))) = differs {
            let name = |individuals: &[IndividualId]| super::texts::as_written(program, target, individuals);
            let when = if day == Day::FIRST { "from the beginning".to_owned() } else { format!("on {day}") };
            complaints.push(
                Diagnostic::new(
                    NOT_SYMMETRIC,
                    Severity::Warning,
                    format!("`{}` is declared symmetric, but its answers are not", relation.name),
                )
                .at(relation.span, format!("{when} `{}` is {one}, but `{}` is {two}", name(&here), name(&there)))
                .help("make the conditions hold both ways (`mutually`), or leave out `symmetric`"),
            );
        }
    }
    complaints
}
