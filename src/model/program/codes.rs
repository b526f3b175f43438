//! Which of its codes an individual has when.

use super::{IndividualId, Program};
use crate::time::{Interval, IntervalSet};
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;

/// Codes, joined by semicolons, and the days on which an individual has these and no others.
pub type DatedCodes = Vec<(String, IntervalSet)>;

impl Program {
    /// Of a scheme, the individuals who have one code in one part of their life and another one in another.
    ///
    /// Aliases have no dates; but a code that passes from one individual to another on a day when a life ends and the next begins is the code of
    /// that part of a life, and the other parts have the others. Where this does not tell of each code when it is had, all are had always.
    #[must_use]
    pub fn dated_codes(&self, scheme: &str) -> BTreeMap<IndividualId, DatedCodes> {
        let ids = || (0..self.individuals.len() as u32).map(IndividualId);
        let mut holders: FxHashMap<&str, Vec<IndividualId>> = FxHashMap::default();
        for id in ids() {
            self.codes(id, scheme).for_each(|code| holders.entry(code).or_default().push(id));
        }
        let dated = |id: IndividualId| Some((id, self.codes_in_parts(id, scheme, &holders)?));
        ids().filter_map(dated).collect()
    }

    /// The codes of an individual in a scheme.
    pub fn codes<'p>(&'p self, individual: IndividualId, scheme: &str) -> impl Iterator<Item = &'p str> {
        let aliases = self.individual(individual).aliases.iter();
        aliases.filter(move |(of, _)| of == scheme).map(|(_, code)| code.as_str())
    }

    fn codes_in_parts(
        &self,
        id: IndividualId,
        scheme: &str,
        holders: &FxHashMap<&str, Vec<IndividualId>>,
    ) -> Option<DatedCodes> {
        let codes: Vec<&str> = self.codes(id, scheme).collect();
        let life = &self.individual(id).life;
        if codes.len() < 2 || life.iter().len() < 2 {
            return None;
        }
        let passes = |code: &str, part: Interval| {
            let others = holders.get(code).into_iter().flatten().filter(|other| **other != id);
            let same_kind = others.filter(|other| self.individual(**other).kind == self.individual(id).kind);
            same_kind.flat_map(|other| self.individual(*other).life.iter()).any(|other| {
                (other.last < part.first && other.last.next() == part.first)
                    || (part.last < other.first && part.last.next() == other.first)
            })
        };
        let of_part = |part: Interval| codes.iter().copied().filter(|code| passes(code, part)).collect::<Vec<_>>();
        let parts: Vec<(Interval, Vec<&str>)> = life.iter().map(|part| (part, of_part(part))).collect();
        let others: Vec<&str> =
            codes.iter().copied().filter(|code| !parts.iter().any(|(_, passed)| passed.contains(code))).collect();
        let has_plain_part = parts.iter().any(|(_, passed)| passed.is_empty());
        if others.is_empty() == has_plain_part || parts.iter().all(|(_, passed)| passed.is_empty()) {
            return None;
        }
        let mut dated: BTreeMap<String, Vec<Interval>> = BTreeMap::new();
        for (part, passed) in parts {
            let had = if passed.is_empty() { &others } else { &passed };
            dated.entry(had.join(";")).or_default().push(part);
        }
        Some(dated.into_iter().map(|(codes, parts)| (codes, IntervalSet::from_intervals(parts))).collect())
    }
}
