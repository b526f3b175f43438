//! How each of several rivals stands in the cases in which not all of them agree, and through what.

use super::bench::Bench;
use super::cases::{ComparedCase, Undetermined};
use super::partings::{Parting, PartingSpell, day_of};
use super::rivals::Rival;
use super::sentences;
use crate::explain::{Deciding, deciding};
use crate::time::{Day, Interval};
use crate::verdict::Verdict;

/// A case in which not all rivals agree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseApart {
    /// Its place among the cases.
    pub case: usize,
    /// Weight of what at least two of them are compared over.
    pub compared: u64,
    /// Weight of what not all agree on.
    pub weight: u64,
    /// In order of time.
    pub spells: Vec<SpellApart>,
}

/// A time during which no rival changes its verdict, and not all give the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SpellApart {
    /// Its days.
    pub days: Interval,
    /// How much of the case it makes up.
    pub weight: u64,
    /// One for each rival.
    pub verdicts: Vec<Verdict>,
    /// Why, for each rival, as it stands on the last day; empty where the cases are too many to be asked one by one.
    pub standings: Vec<Standing>,
}

impl SpellApart {
    /// How one of the rivals stands.
    #[must_use]
    pub fn standing(&self, rival: usize) -> Option<&Standing> {
        self.standings.iter().find(|standing| standing.rival == rival)
    }
}

/// What one rival says of a case, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// Its place among the rivals.
    pub rival: usize,
    /// As it stands on this day.
    pub day: Day,
    /// A sentence that may be quoted.
    pub sentence: String,
    /// The condition that decides, and its evidence.
    pub deciding: Option<Deciding>,
}

/// Spells that are looked into; each asks the engine for an explanation by each rival.
const MOST_SPELLS: usize = 500;

/// Where the only two rivals part, told of each by itself.
pub(super) fn of_two(partings: &[Parting]) -> Vec<CaseApart> {
    let spell = |spell: &PartingSpell| SpellApart {
        days: spell.days,
        weight: spell.weight,
        verdicts: vec![spell.left, spell.right],
        standings: spell.reason.iter().flat_map(|reason| reason.standings.clone()).collect(),
    };
    partings
        .iter()
        .map(|parting| CaseApart {
            case: parting.case,
            compared: parting.compared,
            weight: parting.weight,
            spells: parting.spells.iter().map(spell).collect(),
        })
        .collect()
}

/// Where not all of several rivals agree.
pub(super) fn apart(
    bench: &Bench<'_, '_>,
    rivals: &[Rival],
    cases: &[ComparedCase],
    undetermined: Undetermined,
) -> Vec<CaseApart> {
    let mut all = Vec::new();
    let mut looked_into = 0;
    for (place, case) in cases.iter().enumerate() {
        let mut apart = CaseApart { case: place, compared: 0, weight: 0, spells: Vec::new() };
        for spell in &case.spells {
            let mut rated: Vec<Verdict> =
                spell.verdicts.iter().filter_map(|verdict| undetermined.rating(*verdict)).collect();
            apart.compared += if rated.len() > 1 { spell.weight } else { 0 };
            rated.sort_unstable();
            rated.dedup();
            if rated.len() < 2 {
                continue;
            }
            apart.weight += spell.weight;
            match apart.spells.last_mut() {
                // Years that follow one another.
                Some(last)
                    if last.verdicts == spell.verdicts
                        && last.days.last < spell.days.first
                        && last.days.last.next() == spell.days.first =>
                {
                    last.days.last = spell.days.last;
                    last.weight += spell.weight;
                }
                _ => apart.spells.push(SpellApart {
                    days: spell.days,
                    weight: spell.weight,
                    verdicts: spell.verdicts.clone(),
                    standings: Vec::new(),
                }),
            }
        }
        for spell in &mut apart.spells {
            if looked_into < MOST_SPELLS {
                looked_into += 1;
                spell.standings = standings(bench, rivals, case, spell);
            }
        }
        if !apart.spells.is_empty() {
            all.push(apart);
        }
    }
    all
}

fn standings(bench: &Bench<'_, '_>, rivals: &[Rival], case: &ComparedCase, spell: &SpellApart) -> Vec<Standing> {
    let individuals = &case.individuals;
    let on = |place: usize, day| bench.of(place).case(rivals[place].relation, individuals).at(day).verdict();
    // Of a year, a day of it on which the verdicts are those of the year; perhaps a different one for each.
    rivals
        .iter()
        .enumerate()
        .filter_map(|(place, rival)| {
            let verdict = spell.verdicts[place];
            let day = day_of(spell.days, |day| on(place, day) == verdict)?;
            let deciding = deciding(bench.of(place), rival.relation, individuals, day);
            let sentence = sentences::standing(bench.program(), individuals, (rival, verdict, deciding.as_ref()));
            Some(Standing { rival: place, day, sentence, deciding })
        })
        .collect()
}
