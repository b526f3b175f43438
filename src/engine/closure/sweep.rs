//! From one day of change to the next, writing down the pairs whose standing is another than before.

use super::bits::{BITS, Matrix, ones};
use super::reach::Reach;
use super::{Pair, Turn};
use crate::engine::Standing;
use crate::time::{Day, IntervalSet, Timeline};

/// How a pair stands from a day on.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Change {
    pub pair: Pair,
    pub day: Day,
    pub standing: Standing,
}

/// What is known of pairs.
#[derive(Debug, Default)]
pub(super) struct Pairs {
    all: Vec<OfPair>,
    /// How many rules they come from: a pair is there once for each at most.
    rules: usize,
}

/// On which days a pair is joined, and on which it may be, if these are others.
#[derive(Debug)]
struct OfPair {
    pair: Pair,
    certain: IntervalSet,
    possible: Option<Box<IntervalSet>>,
}

impl OfPair {
    fn certain(&self) -> &IntervalSet {
        &self.certain
    }

    fn possible(&self) -> &IntervalSet {
        self.possible.as_deref().unwrap_or(&self.certain)
    }
}

impl Pairs {
    /// Those of another rule come now.
    pub(super) fn begin_rule(&mut self) {
        self.rules += 1;
    }

    /// Adds what is known of a pair; none where evidence stands against evidence.
    pub(super) fn add(&mut self, pair: Pair, line: &Timeline<Standing>) -> Option<()> {
        let is_plain = |standing: &Standing| {
            standing.is_for() == standing.is_settled_for()
                && standing.is_against() == standing.is_settled_against()
                && !(standing.is_for() && standing.is_against())
        };
        let mut is_open = false;
        for (_, standing) in line.runs() {
            if !is_plain(standing) {
                return None;
            }
            is_open |= !standing.is_for() && !standing.is_against();
        }
        let certain = line.days_where(|standing| standing.is_for());
        let possible = is_open.then(|| Box::new(line.days_where(|standing| !standing.is_against())));
        self.all.push(OfPair { pair, certain, possible });
        Some(())
    }

    fn has_open(&self) -> bool {
        self.all.iter().any(|of_pair| of_pair.possible.is_some())
    }

    /// Puts those of a pair next to one another.
    fn put_in_order(&mut self) {
        if self.rules > 1 {
            self.all.sort_by_key(|of_pair| of_pair.pair);
        }
    }

    fn turns<'s>(&'s self, days_of: impl Fn(&'s OfPair) -> &'s IntervalSet) -> Vec<Turn> {
        // Most pairs are joined for one stretch of days.
        let mut turns = Vec::with_capacity(2 * self.all.len());
        for of_pair in self.all.chunk_by(|one, two| one.pair == two.pair) {
            let pair = of_pair[0].pair;
            let add = |days: &IntervalSet, turns: &mut Vec<Turn>| {
                turns.extend(super::turns(days).map(|(day, is_joined)| Turn { day, pair, is_joined }));
            };
            match of_pair {
                [only] => add(days_of(only), &mut turns),
                several => {
                    add(&IntervalSet::from_intervals(several.iter().flat_map(|one| days_of(one).iter())), &mut turns);
                }
            }
        }
        // It does not matter what comes first on a day.
        turns.sort_unstable_by_key(|turn| turn.day);
        turns
    }
}

/// The pairs with which a chain may end and those by which it goes on.
pub(super) struct Graphs {
    /// How many nodes there are.
    size: usize,
    /// Whether a node can stand in the relation to itself.
    is_reflexive: bool,
    pub base: Pairs,
    pub steps: Pairs,
}

impl Graphs {
    pub(super) fn new(size: usize, is_reflexive: bool) -> Graphs {
        Graphs { size, is_reflexive, base: Pairs::default(), steps: Pairs::default() }
    }

    /// The changes of every pair that is ever reached, by pair and day: it is not before the first. With `is_once`, of each pair and its
    /// reverse only one. None where a chain could have to go through its own end.
    pub(super) fn sweep(mut self, steps_are_base: bool, is_once: bool) -> Option<Vec<Change>> {
        let size = self.size;
        self.base.put_in_order();
        self.steps.put_in_order();
        let has_open = self.base.has_open() || self.steps.has_open();
        let reach = |days_of: fn(&OfPair) -> &IntervalSet| {
            let base = self.base.turns(days_of);
            let steps = if steps_are_base { base.clone() } else { self.steps.turns(days_of) };
            Reach::new(size, base, steps)
        };
        let mut certain = reach(OfPair::certain);
        let mut possible = has_open.then(|| reach(OfPair::possible));
        let mut world = World::new(size, self.is_reflexive, has_open);
        // By first node; within a pair they are in the order of their days.
        let mut changes: Vec<Vec<Change>> = vec![Vec::new(); size];
        loop {
            let days = [certain.next_day(), possible.as_ref().and_then(Reach::next_day)];
            let Some(day) = days.into_iter().flatten().min() else { break };
            let mut is_changed = certain.advance(day);
            is_changed |= possible.as_mut().is_some_and(|possible| possible.advance(day));
            if !is_changed {
                continue;
            }
            let is_sound = |reach: &Reach| self.is_reflexive || reach.steps_are_bases();
            if !is_sound(&certain) || !possible.as_ref().is_none_or(is_sound) {
                return None;
            }
            certain.find();
            if let Some(possible) = possible.as_mut() {
                possible.find();
            }
            world.compare(&certain, possible.as_ref(), is_once, |pair, standing| {
                changes[pair.first as usize].push(Change { pair, day, standing });
            });
        }
        Some(by_second(&changes, size))
    }
}

/// The changes of each first node, one behind the other, in the order of the second ones; those of a pair stay as they are. The second
/// nodes are so few that they are counted.
fn by_second(changes: &[Vec<Change>], size: usize) -> Vec<Change> {
    let mut ordered = Vec::with_capacity(changes.iter().map(Vec::len).sum());
    let mut places: Vec<usize> = Vec::with_capacity(size + 1);
    for of_first in changes.iter().filter(|of_first| !of_first.is_empty()) {
        places.clear();
        places.resize(size + 1, 0);
        of_first.iter().for_each(|change| places[change.pair.second as usize + 1] += 1);
        places[0] = ordered.len();
        (0..size).for_each(|node| places[node + 1] += places[node]);
        ordered.resize(ordered.len() + of_first.len(), of_first[0]);
        for change in of_first {
            let place = &mut places[change.pair.second as usize];
            ordered[*place] = *change;
            *place += 1;
        }
    }
    ordered
}

/// Who reached whom when it was last looked at.
struct World {
    is_reflexive: bool,
    certain: Matrix,
    /// Where that is not the same.
    possible: Option<Matrix>,
}

impl World {
    fn new(size: usize, is_reflexive: bool, has_open: bool) -> World {
        World { is_reflexive, certain: Matrix::new(size), possible: has_open.then(|| Matrix::new(size)) }
    }

    /// Hands on the pairs that stand otherwise than before, and how; with `is_once` those whose first node is not after the second.
    fn compare(
        &mut self,
        certain: &Reach,
        possible: Option<&Reach>,
        is_once: bool,
        mut take: impl FnMut(Pair, Standing),
    ) {
        for first in 0..certain.size() {
            let now = [certain.row(first), possible.unwrap_or(certain).row(first)];
            let kept_certain = self.certain.row_mut(first);
            let mut kept_possible = self.possible.as_mut().map(|possible| possible.row_mut(first));
            let from = if is_once { first / BITS } else { 0 };
            for word in from..kept_certain.len() {
                let itself = if !self.is_reflexive && first / BITS == word { 1 << (first % BITS) } else { 0 };
                let [certain, possible] = now.map(|row| row[word] & !itself);
                let mut changed = kept_certain[word] ^ certain;
                kept_certain[word] = certain;
                if let Some(kept) = kept_possible.as_deref_mut() {
                    changed |= kept[word] ^ possible;
                    kept[word] = possible;
                }
                for second in ones(word, changed).filter(|second| !is_once || *second as usize >= first) {
                    let has = |bits: u64| bits >> (second as usize % BITS) & 1 == 1;
                    let standing = match [certain, possible].map(has) {
                        [true, _] => Standing::MET,
                        [false, true] => Standing::UNDETERMINED,
                        [false, false] => Standing::NOT_MET,
                    };
                    take(Pair { first: first as u32, second }, standing);
                }
            }
        }
    }
}
