//! The smallest changes of evidence that would give another verdict.
//!
//! A search over the rules finds sets of changes; each is then applied and evaluated, and what the verdict
//! does not need is left out again. What is reported does turn the verdict, and no part of it does.
//!
//! ```text
//! change.rs   one change, and the evidence once it is made
//! sets.rs     sets of changes: any of them, all of them, so many of them
//! search.rs   cases and rules; rules in circles
//! conditions.rs  conditions
//! days.rs     time forms
//! numbers.rs  comparisons
//! aggregates.rs  sums and their like
//! ```

mod aggregates;
mod change;
mod conditions;
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

/// What a search for repairs came to.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Repairs {
    /// Those that were found, the smallest first.
    pub found: Vec<Repair>,
    /// Whether the search stopped after [`MOST_STEPS`]: then smaller ones, or further ones, may not have been found.
    pub has_stopped: bool,
}

type Set = BTreeSet<Change>;

/// Conditions at which a search for repairs looks, each with its individuals on a day, before it stops.
pub const MOST_STEPS: usize = 500_000;
/// Likewise where only the number of changes is asked.
const MOST_STEPS_OF_DISTANCES: usize = 100_000;

/// Alternatives that are reported.
const REPORTED: usize = 3;
/// A change may take away what another one relied on. From what turned out not to be enough the search goes on, so often.
const ROUNDS: usize = 3;
/// Sets from which it goes on.
const BEGUN: usize = 8;
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
) -> Repairs {
    let side = match verdict {
        Verdict::Met => Side::For,
        Verdict::NotMet => Side::Against,
        _ => return Repairs::default(),
    };
    let turns = |set: &Set| verdict_with(engine, relation, individuals, day, set) == verdict;
    let mut found: Vec<Repair> = Vec::new();
    let mut begun = vec![Set::new()];
    let mut steps_left = MOST_STEPS;
    for round in 0..ROUNDS {
        let mut not_enough: Vec<Set> = Vec::new();
        for base in begun {
            let changed = engine.with_changes(change::with_changes(engine, &base));
            let mut search = Search::new(if base.is_empty() { engine } else { &changed }, steps_left);
            let asked = search.asked(relation, individuals, day, side);
            steps_left = search.steps_left();
            for set in asked {
                let set: Set = base.union(&search.changes(&set)).cloned().collect();
                let least = found.iter().map(|repair| repair.changes.len()).min();
                let is_too_large = least.is_some_and(|least| set.len() > FEW || (round > 0 && set.len() > least));
                if set.len() == base.len() || is_too_large || change::contradicts_itself(&set) {
                    continue;
                }
                if !turns(&set) {
                    not_enough.push(set);
                    continue;
                }
                let changes: Vec<Change> = irreducible(set, &turns).into_iter().collect();
                let repair = Repair { verdict, changes };
                if !found.contains(&repair) {
                    found.push(repair);
                }
            }
        }
        let least = found.iter().map(|repair| repair.changes.len()).min().unwrap_or(usize::MAX);
        not_enough.retain(|set| set.len() < least);
        not_enough.sort_by_key(BTreeSet::len);
        not_enough.dedup();
        not_enough.truncate(BEGUN);
        begun = not_enough;
    }
    let reversals = |repair: &Repair| repair.changes.iter().filter(|change| !is_open(engine, change)).count();
    found.sort_by_cached_key(|repair| (repair.changes.len(), reversals(repair)));
    let smallest = found.first().map_or(0, |repair| repair.changes.len());
    // Besides the smallest, the smallest that only settles what is open: nothing that is recorded need be wrong.
    let settles = |repair: &Repair| repair.changes.iter().all(|change| is_open(engine, change));
    let settling =
        found.iter().find(|repair| settles(repair)).filter(|repair| repair.changes.len() > smallest).cloned();
    found.retain(|repair| repair.changes.len() == smallest);
    found.truncate(REPORTED);
    found.extend(settling);
    Repairs { found, has_stopped: steps_left == 0 }
}

/// How many changes would settle conditions, by the search alone.
pub struct Distances<'e, 'p>(Search<'e, 'p>);

impl<'e, 'p> Distances<'e, 'p> {
    /// Over the evidence of an engine. What was found for one condition is kept for the next.
    #[must_use]
    pub fn new(engine: &'e Engine<'p>) -> Self {
        Distances(Search::new(engine, MOST_STEPS_OF_DISTANCES))
    }

    /// How many changes would settle a condition; none where there is no way, or none was found.
    #[must_use]
    pub fn to(&mut self, place: &Place<'p>, side: Side) -> Option<usize> {
        let on = Interval { first: place.day, last: place.day };
        let least = self.0.place(place, on, side).first().map(Vec::len);
        // Fewer than one cannot do. Of more it is not known, where the search stopped.
        least.filter(|least| !self.0.has_stopped() || (side == Side::For && *least <= 1))
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
