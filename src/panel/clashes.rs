//! Rows of different cases that have the same codes and the same year.
//!
//! A code may belong to several individuals one after the other. In the year in which one follows on the other both have a row.

use super::columns::Codes;
use crate::evidence::Tuple;
use crate::model::program::{IndividualId, Program};
use rustc_hash::FxHashMap;
use std::borrow::Cow;
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

/// Where rows are noted: of those whose codes somebody shares.
pub(super) struct Noted {
    /// Of individuals who share a code, the first who has it, and the code.
    shared: FxHashMap<IndividualId, (IndividualId, String)>,
    /// The first case of each block of a panel, with these codes in this year.
    known: FxHashMap<(usize, Tuple, i16), Tuple>,
    found: Clashes,
}

/// The individuals who share the code of a scheme with others, each with the first of those. The code is what stands in the cell: all that one has.
fn shared(program: &Program, scheme: &str) -> FxHashMap<IndividualId, (IndividualId, String)> {
    let codes = Codes::new(program, scheme);
    let mut holders: BTreeMap<Cow<'_, str>, Vec<IndividualId>> = BTreeMap::new();
    for individual in (0..program.individuals.len() as u32).map(IndividualId) {
        if let Some(code) = codes.of(program, individual) {
            holders.entry(code).or_default().push(individual);
        }
    }
    holders.retain(|_, individuals| individuals.len() > 1);
    let of_code = |(code, individuals): (Cow<'_, str>, Vec<IndividualId>)| {
        let first = individuals[0];
        individuals.into_iter().map(move |one| (one, (first, code.to_string()))).collect::<Vec<_>>()
    };
    holders.into_iter().flat_map(of_code).collect()
}

/// Whether nobody shares a code of a scheme with another.
#[must_use]
pub fn no_code_twice(program: &Program, scheme: &str) -> bool {
    shared(program, scheme).is_empty()
}

impl Noted {
    pub(super) fn new(program: &Program, scheme: &str) -> Noted {
        Noted { shared: shared(program, scheme), known: FxHashMap::default(), found: Clashes::default() }
    }

    /// Whether a case may clash with another.
    pub(super) fn concerns(&self, case: &[IndividualId]) -> bool {
        case.iter().any(|one| self.shared.contains_key(one))
    }

    /// Notes the row of a case.
    pub(super) fn note(&mut self, block: usize, case: &Tuple, year: i16) {
        let first = |one: &IndividualId| self.shared.get(one).map_or(*one, |(first, _)| *first);
        let key: Tuple = case.iter().map(first).collect();
        let other = self.known.entry((block, key, year)).or_insert_with(|| case.clone());
        if other == case {
            return;
        }
        self.found.rows += 1;
        for (one, other) in case.iter().zip(other.iter()).filter(|(one, other)| one != other) {
            if let Some((_, code)) = self.shared.get(one) {
                let clash = self.found.codes.entry(code.clone()).or_default();
                clash.individuals.extend([*one, *other]);
                clash.years.insert(year);
            }
        }
    }

    pub(super) fn finish(self) -> Clashes {
        self.found
    }
}
