//! The cases that rivals have in common, and their verdicts side by side.

use super::CompareError;
use super::bench::Bench;
use super::rivals::Rival;
use crate::explain::{self, Yearly, natural_period};
use crate::model::Program;
use crate::model::program::{IndividualId, Question, RelationId, Target};
use crate::time::{Day, Interval, IntervalSet, Timeline};
use crate::verdict::Verdict;
use std::collections::BTreeMap;

/// About what time is asked. Nothing at all: about the time of the `cases`, or that of the evidence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Asked {
    /// On this day.
    pub day: Option<Day>,
    /// Within this period.
    pub period: Option<Interval>,
    /// Year by year.
    pub yearly: Option<Yearly>,
}

/// About what time rivals are compared; what counts as one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Moment {
    /// On a day: a case counts once.
    Day(Day),
    /// Within a period: every day of every case counts.
    Period(Interval),
    /// Year by year: every year of every case counts.
    Years(Interval),
    /// No date plays a part: a case counts once.
    Throughout,
}

/// What becomes of undetermined verdicts in the statistics.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Undetermined {
    /// A category as the others are.
    #[default]
    Category,
    /// As a rating that is missing.
    Missing,
}

impl Undetermined {
    /// A verdict as a rating; nothing where it is missing.
    #[must_use]
    pub fn rating(self, verdict: Verdict) -> Option<Verdict> {
        match (verdict, self) {
            (Verdict::NotApplicable, _) | (Verdict::Undetermined, Undetermined::Missing) => None,
            _ => Some(verdict),
        }
    }
}

/// A case, and the verdicts of all rivals over its time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ComparedCase {
    /// One for each role.
    pub individuals: Vec<IndividualId>,
    /// Their names.
    pub names: Vec<String>,
    /// How a reader is told of each.
    pub labels: Vec<String>,
    /// `Russia, Kazakhstan`
    pub label: String,
    /// In order of time.
    pub spells: Vec<Spell>,
}

/// A time during which no rival changes its verdict; or a year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spell {
    /// Its days.
    pub days: Interval,
    /// How often it counts: its days, or once.
    pub weight: u64,
    /// One for each rival.
    pub verdicts: Vec<Verdict>,
}

/// What rivals have in common.
pub(super) struct Common {
    pub cases: Vec<ComparedCase>,
    pub moment: Moment,
    pub are_chosen: bool,
}

type Tuple = Vec<IndividualId>;

/// The cases that all rivals speak of: those that their `cases` list, where any do; else all pairs that arise.
pub(super) fn common(bench: &Bench<'_, '_>, rivals: &[Rival], asked: Asked) -> Result<Common, CompareError> {
    let program = bench.program();
    let whole = match (asked.day.filter(|_| asked.yearly.is_none()), asked.period) {
        (Some(day), _) => Some(Interval { first: day, last: day }),
        (None, period) => period,
    };
    let listed: Vec<(usize, Listed)> = rivals
        .iter()
        .enumerate()
        .filter_map(|(place, rival)| Listed::of(program, rival.relation).map(|listed| (place, listed)))
        .collect();
    let are_chosen = !listed.is_empty();
    // Where one criterion tells A and B from B and A, its list says which of the two are meant.
    let is_directed = |(place, _): &&(usize, Listed)| program.relation(rivals[*place].relation).symmetric.is_none();
    let base = listed.iter().find(is_directed).or(listed.first());
    let mut chosen: Vec<(Tuple, IntervalSet)> = match base {
        Some((_, base)) => base.in_order.clone(),
        None => {
            let days: IntervalSet = natural_period(program).into();
            let questions = explain::questions(program, rivals[0].target(), None);
            questions.into_iter().map(|question| (question.individuals, days.clone())).collect()
        }
    };
    for (_, others) in &listed {
        chosen = chosen
            .into_iter()
            .filter_map(|(tuple, days)| {
                let days = days.intersection(others.days.get(&tuple)?);
                Some((tuple, days))
            })
            .collect();
    }
    let both_ways_in = |rival: &Rival| program.relation(rival.relation).symmetric;
    let all_alike = rivals.iter().all(|rival| both_ways_in(rival) == both_ways_in(&rivals[0]));
    if !all_alike && !are_chosen {
        chosen = both_ways(program, rivals, &chosen);
    }
    let has_some = !chosen.is_empty();
    if let Some(whole) = whole {
        for (_, days) in &mut chosen {
            *days = whole.into();
        }
    }
    chosen.retain(|(_, days)| !days.is_empty());
    let hull = |days: &IntervalSet| Some(Interval { first: days.first()?, last: days.last()? });
    let period = chosen
        .iter()
        .filter_map(|(_, days)| hull(days))
        .reduce(|one, other| Interval { first: one.first.min(other.first), last: one.last.max(other.last) });
    let mut moment = match (asked.yearly, asked.day, period) {
        (_, _, None) => return Err(no_common(rivals, &listed, has_some)),
        (Some(_), _, Some(period)) => Moment::Years(period),
        (None, Some(day), _) => Moment::Day(day),
        (None, None, Some(period)) => Moment::Period(period),
    };
    let mut cases: Vec<ComparedCase> = chosen
        .into_iter()
        .map(|(tuple, days)| {
            let spells = match (asked.yearly, hull(&days)) {
                (Some(yearly), Some(period)) => years(bench, rivals, &tuple, period, yearly),
                _ => spells(bench, rivals, &tuple, &days, asked.day.is_some()),
            };
            case(program, tuple, spells)
        })
        .collect();
    if !are_chosen {
        cases.retain(|case| case.spells.iter().any(arises_twice));
    }
    if !cases.iter().flat_map(|case| &case.spells).any(arises_twice) {
        return Err(no_common(rivals, &listed, has_some));
    }
    if moment == Moment::Period(Interval::ALL) && cases.iter().all(|case| case.spells.len() == 1) {
        moment = Moment::Throughout;
        cases.iter_mut().flat_map(|case| &mut case.spells).for_each(|spell| spell.weight = 1);
    }
    Ok(Common { cases, moment, are_chosen })
}

fn arises_twice(spell: &Spell) -> bool {
    spell.verdicts.iter().filter(|verdict| **verdict != Verdict::NotApplicable).count() > 1
}

fn no_common(rivals: &[Rival], listed: &[(usize, Listed)], at_other_times: bool) -> CompareError {
    CompareError::NoCommonCase {
        rivals: rivals.iter().map(|rival| rival.name.clone()).collect(),
        listing: listed.iter().map(|(place, _)| rivals[*place].name.clone()).collect(),
        at_other_times,
    }
}

/// The cases that `cases` list for a criterion.
struct Listed {
    in_order: Vec<(Tuple, IntervalSet)>,
    /// Both ways, where the criterion is symmetric.
    days: BTreeMap<Tuple, IntervalSet>,
}

impl Listed {
    fn of(program: &Program, relation: RelationId) -> Option<Listed> {
        let target = Target::Relation(relation);
        let mut in_order: Vec<(Tuple, IntervalSet)> = Vec::new();
        for cases in program.cases.iter().filter(|cases| cases.target == target) {
            let days: IntervalSet = cases.period.unwrap_or_else(|| natural_period(program)).into();
            for Question { individuals, .. } in explain::questions(program, target, Some(cases)) {
                match in_order.iter_mut().find(|(known, _)| *known == individuals) {
                    Some((_, known)) => *known = known.union(&days),
                    None => in_order.push((individuals, days.clone())),
                }
            }
        }
        if in_order.is_empty() {
            return None;
        }
        let mut days: BTreeMap<Tuple, IntervalSet> = in_order.iter().cloned().collect();
        if let Some((one, two)) = program.relation(relation).symmetric {
            for (tuple, span) in &in_order {
                let mut reversed = tuple.clone();
                reversed.swap(one, two);
                let known = days.entry(reversed).or_default();
                *known = known.union(span);
            }
        }
        Some(Listed { in_order, days })
    }
}

/// Where one rival does not hold both ways, each pair is a case both ways for all of them.
fn both_ways(program: &Program, rivals: &[Rival], chosen: &[(Tuple, IntervalSet)]) -> Vec<(Tuple, IntervalSet)> {
    let mut all: BTreeMap<Tuple, IntervalSet> = chosen.iter().cloned().collect();
    for (one, two) in rivals.iter().filter_map(|rival| program.relation(rival.relation).symmetric) {
        for (tuple, days) in all.clone() {
            let mut reversed = tuple;
            reversed.swap(one, two);
            all.entry(reversed).or_insert(days);
        }
    }
    all.into_iter().collect()
}

fn case(program: &Program, individuals: Tuple, spells: Vec<Spell>) -> ComparedCase {
    let named = individuals.iter().map(|id| program.individual(*id));
    let labels: Vec<String> = named.clone().map(|individual| individual.display().to_owned()).collect();
    ComparedCase {
        names: named.map(|individual| individual.name.clone()).collect(),
        label: labels.join(", "),
        labels,
        individuals,
        spells,
    }
}

fn spells(bench: &Bench<'_, '_>, rivals: &[Rival], tuple: &Tuple, days: &IntervalSet, once: bool) -> Vec<Spell> {
    let timelines: Vec<Timeline<Verdict>> =
        rivals.iter().enumerate().map(|(place, rival)| bench.verdicts(place, rival, tuple)).collect();
    let joined = Timeline::zip_all(&timelines.iter().collect::<Vec<_>>(), |verdicts| {
        verdicts.iter().map(|verdict| **verdict).collect::<Vec<_>>()
    });
    let mut spells = Vec::new();
    for part in days.iter() {
        for (run, verdicts) in joined.runs() {
            if let Some(days) = Interval::new(run.first.max(part.first), run.last.min(part.last)) {
                let weight = if once { 1 } else { days.days() };
                spells.push(Spell { days, weight, verdicts: verdicts.clone() });
            }
        }
    }
    spells
}

fn years(bench: &Bench<'_, '_>, rivals: &[Rival], tuple: &Tuple, period: Interval, yearly: Yearly) -> Vec<Spell> {
    let mut by_year: BTreeMap<i16, Vec<Verdict>> = BTreeMap::new();
    for (place, rival) in rivals.iter().enumerate() {
        let question = Question { target: rival.target(), individuals: tuple.clone() };
        let stretches = explain::stretches(bench.of(place), &question, period);
        for (year, answer) in explain::by_year(&stretches, period, yearly) {
            let verdicts = by_year.entry(year).or_insert_with(|| vec![Verdict::NotApplicable; rivals.len()]);
            if let explain::Answer::Verdict(verdict) = answer {
                verdicts[place] = verdict;
            }
        }
    }
    by_year
        .into_iter()
        .filter_map(|(year, verdicts)| {
            let days = crate::time::Period::from_parts(year, None, None)?;
            let days = Interval::new(days.first.max(period.first), days.last.min(period.last))?;
            Some(Spell { days, weight: 1, verdicts })
        })
        .collect()
}
