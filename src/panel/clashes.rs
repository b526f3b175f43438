//! Rows of different cases that have the same codes and the same year.
//!
//! A code may belong to several individuals one after the other. In the year in which one follows on the other both have a row.

use super::columns::Codes;
use crate::evidence::Tuple;
use crate::model::program::{IndividualId, Program};
use crate::time::{Interval, IntervalSet};
use rustc_hash::FxHashMap;
use std::collections::{BTreeMap, BTreeSet};

/// A code that several individuals have in rows that are otherwise of the same case and year.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Clash {
    /// Who.
    pub individuals: BTreeSet<IndividualId>,
    /// When.
    pub years: BTreeSet<i16>,
}

/// The rows of a panel that clash by the codes of one scheme.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Clashes {
    /// How many rows have the codes and the year of an earlier one.
    pub rows: usize,
    /// By the code.
    pub codes: BTreeMap<String, Clash>,
}

/// Of individuals who share a code on some days, the first who has it, the code, and the days.
type Shared = FxHashMap<IndividualId, Vec<(IndividualId, String, IntervalSet)>>;

/// Where rows are noted: of those whose codes somebody shares.
pub(super) struct Noted {
    shared: Shared,
    /// The first case of each block of a panel, with these codes in this year.
    known: FxHashMap<(usize, Tuple, i16), Tuple>,
    found: Clashes,
}

/// The individuals who share the code of a scheme with others, each with the first of those. The code is what stands in the cell: all that one has then.
fn shared(program: &Program, scheme: &str) -> Shared {
    let codes = Codes::new(program, scheme);
    let mut holders: BTreeMap<String, Vec<(IndividualId, IntervalSet)>> = BTreeMap::new();
    for individual in (0..program.individuals.len() as u32).map(IndividualId) {
        let Some(code) = codes.of(individual) else { continue };
        let always = || vec![(code.to_string(), IntervalSet::all())];
        for (code, days) in codes.dated(individual).cloned().unwrap_or_else(always) {
            holders.entry(code).or_default().push((individual, days));
        }
    }
    holders.retain(|_, individuals| individuals.len() > 1);
    let mut shared = Shared::default();
    for (code, individuals) in holders {
        let Some(first) = individuals.first().map(|(first, _)| *first) else { continue };
        for (one, days) in individuals {
            shared.entry(one).or_default().push((first, code.clone(), days));
        }
    }
    shared
}

/// Whether each of some individuals has a code of a scheme that none of the others has.
#[must_use]
pub fn tells_apart(program: &Program, scheme: &str, individuals: &BTreeSet<IndividualId>) -> bool {
    let codes = Codes::new(program, scheme);
    let mut all: Vec<String> = Vec::new();
    for one in individuals {
        let Some(code) = codes.of(*one) else { return false };
        match codes.dated(*one) {
            Some(dated) => all.extend(dated.iter().map(|(code, _)| code.clone())),
            None => all.push(code.to_owned()),
        }
    }
    let distinct: BTreeSet<&String> = all.iter().collect();
    distinct.len() == all.len()
}

impl Noted {
    pub(super) fn new(program: &Program, scheme: &str) -> Noted {
        Noted { shared: shared(program, scheme), known: FxHashMap::default(), found: Clashes::default() }
    }

    /// Whether a case may clash with another.
    pub(super) fn concerns(&self, case: &[IndividualId]) -> bool {
        case.iter().any(|one| self.shared.contains_key(one))
    }

    /// The code that an individual shares on some days, with the first who has it.
    fn shared_in(&self, one: IndividualId, days: Interval) -> Option<&(IndividualId, String, IntervalSet)> {
        self.shared.get(&one)?.iter().find(|(_, _, had)| had.touches(days))
    }

    /// Notes the row of a case, which is of some days of a year.
    pub(super) fn note(&mut self, block: usize, case: &Tuple, year: i16, days: Interval) {
        let first = |one: &IndividualId| self.shared_in(*one, days).map_or(*one, |(first, _, _)| *first);
        let key: Tuple = case.iter().map(first).collect();
        let other = self.known.entry((block, key, year)).or_insert_with(|| case.clone()).clone();
        if other == *case {
            return;
        }
        self.found.rows += 1;
        for (one, other) in case.iter().zip(other.iter()).filter(|(one, other)| one != other) {
            if let Some(code) = self.shared_in(*one, days).map(|(_, code, _)| code.clone()) {
                let clash = self.found.codes.entry(code).or_default();
                clash.individuals.extend([*one, *other]);
                clash.years.insert(year);
            }
        }
    }

    pub(super) fn finish(self) -> Clashes {
        self.found
    }
}
