//! The smallest changes of evidence that would give another verdict.
//!
//! A search over the rules finds sets of changes; each is then applied and evaluated, and what the verdict
//! does not need is left out again. What is reported does turn the verdict, and no part of it does.
//!
//! ```text
//! change.rs   one change, and the evidence once it is made
//! sets.rs     sets of changes: any of them, all of them, so many of them
//! search.rs   cases, rules, conditions; rules in circles
//! days.rs     time forms
//! numbers.rs  comparisons
//! ```

mod change;
mod days;
mod numbers;
mod search;
mod sets;

pub use change::{Change, Number, is_open};

use super::parts::{Place, Side};
use crate::engine::{Engine, Standing};
use crate::model::program::{IndividualId, RelationId};
use crate::time::{Day, Interval};
use crate::verdict::Verdict;
use search::Search;
use std::collections::BTreeSet;

/// Changes that together turn a verdict, none of which can be spared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repair {
    /// What the verdict becomes.
    pub verdict: Verdict,
    /// What has to be found.
    pub changes: Vec<Change>,
}

type Set = BTreeSet<Change>;

/// Alternatives that are reported.
const REPORTED: usize = 3;
/// Larger sets are made irreducible by leaving out one change at a time only.
const TRY_ALL_SUBSETS: usize = 6;
/// A set of more changes than this is looked at only where there is no smaller one.
const FEW: usize = 30;

/// The smallest repairs of a case towards a verdict, the smallest first.
#[must_use]
pub fn repairs(
    engine: &Engine<'_>,
    relation: RelationId,
    individuals: &[IndividualId],
    day: Day,
    verdict: Verdict,
) -> Vec<Repair> {
    let side = match verdict {
        Verdict::Met => Side::For,
        Verdict::NotMet => Side::Against,
        _ => return Vec::new(),
    };
    let mut search = Search::new(engine);
    let mut found: Vec<Repair> = Vec::new();
    for set in search.asked(relation, individuals, day, side) {
        let set = search.changes(&set);
        let turns = |set: &Set| verdict_with(engine, relation, individuals, day, set) == verdict;
        let is_too_large = set.len() > FEW && !found.is_empty();
        if set.is_empty() || is_too_large || !turns(&set) {
            continue;
        }
        let changes: Vec<Change> = irreducible(set, &turns).into_iter().collect();
        let repair = Repair { verdict, changes };
        if !found.contains(&repair) {
            found.push(repair);
        }
    }
    found.sort_by_key(|repair| repair.changes.len());
    let smallest = found.first().map_or(0, |repair| repair.changes.len());
    // Besides the smallest, the smallest that only settles what is open: nothing that is recorded need be wrong.
    let settles = |repair: &Repair| repair.changes.iter().all(|change| is_open(engine, change));
    let settling =
        found.iter().find(|repair| settles(repair)).filter(|repair| repair.changes.len() > smallest).cloned();
    found.retain(|repair| repair.changes.len() == smallest);
    found.truncate(REPORTED);
    found.extend(settling);
    found
}

/// How many changes would settle conditions, by the search alone.
pub struct Distances<'e, 'p>(Search<'e, 'p>);

impl<'e, 'p> Distances<'e, 'p> {
    /// Over the evidence of an engine. What was found for one condition is kept for the next.
    #[must_use]
    pub fn new(engine: &'e Engine<'p>) -> Self {
        Distances(Search::new(engine))
    }

    /// How many changes would settle a condition; none where there is no way.
    #[must_use]
    pub fn to(&mut self, place: &Place<'p>, side: Side) -> Option<usize> {
        let on = Interval { first: place.day, last: place.day };
        self.0.place(place, on, side).first().map(Vec::len)
    }
}

/// The verdict of a case once changes are made.
#[must_use]
pub fn verdict_with(
    engine: &Engine<'_>,
    relation: RelationId,
    individuals: &[IndividualId],
    day: Day,
    changes: &BTreeSet<Change>,
) -> Verdict {
    let changed = change::with_changes(engine, changes);
    engine.with_changes(changed).case(relation, individuals).at(day).verdict()
}

fn irreducible(mut set: Set, turns: &impl Fn(&Set) -> bool) -> Set {
    if set.len() <= TRY_ALL_SUBSETS {
        let members: Vec<Change> = set.iter().cloned().collect();
        let mut subsets: Vec<Set> = (1..1u32 << members.len())
            .map(|mask| {
                members.iter().enumerate().filter(|(at, _)| mask & (1 << at) != 0).map(|(_, one)| one.clone()).collect()
            })
            .collect();
        subsets.sort_by_key(BTreeSet::len);
        return subsets.into_iter().find(|subset| turns(subset)).unwrap_or(set);
    }
    for change in set.clone() {
        let mut without = set.clone();
        without.remove(&change);
        if turns(&without) {
            set = without;
        }
    }
    if set.len() <= TRY_ALL_SUBSETS { irreducible(set, turns) } else { set }
}

/// What a standing would have to become to be turned.
#[must_use]
pub fn turned(standing: Standing) -> &'static [Verdict] {
    match standing.verdict() {
        Verdict::Met => &[Verdict::NotMet],
        Verdict::NotMet => &[Verdict::Met],
        Verdict::Undetermined | Verdict::Contested => &[Verdict::Met, Verdict::NotMet],
        Verdict::NotApplicable => &[],
    }
}
