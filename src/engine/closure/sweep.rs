//! From one day of change to the next, writing down the pairs whose standing is another than before.

use super::bits::{BITS, Bits, Matrix, ones};
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

/// The pairs with which a chain may end and those by which it goes on, of nodes that live on some days.
pub(super) struct Graphs<'l> {
    lives: &'l [&'l IntervalSet],
    /// Whether a node can stand in the relation to itself.
    is_reflexive: bool,
    pub base: Pairs,
    pub steps: Pairs,
}

impl<'l> Graphs<'l> {
    pub(super) fn new(lives: &'l [&'l IntervalSet], is_reflexive: bool) -> Graphs<'l> {
        Graphs { lives, is_reflexive, base: Pairs::default(), steps: Pairs::default() }
    }

    /// The changes of every pair, by pair and day; with `is_once`, of each pair and its reverse only one. None where a chain could
    /// have to go through its own end.
    pub(super) fn sweep(mut self, steps_are_base: bool, is_once: bool) -> Option<Vec<Change>> {
        let size = self.lives.len();
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
        let lives = self.lives.iter().enumerate();
        let mut births: Vec<(Day, usize, bool)> =
            lives.flat_map(|(node, life)| super::turns(life).map(move |(day, lives)| (day, node, lives))).collect();
        births.sort_unstable();
        let mut births = births.into_iter().peekable();
        let mut world = World::new(size, self.is_reflexive);
        // By first node; within a pair they are in the order of their days.
        let mut changes: Vec<Vec<Change>> = vec![Vec::new(); size];
        loop {
            let next_possible = possible.as_ref().and_then(Reach::next_day);
            let days = [births.peek().map(|birth| birth.0), certain.next_day(), next_possible];
            let Some(day) = days.into_iter().flatten().min() else { break };
            let mut is_changed = false;
            while let Some((_, node, lives)) = births.next_if(|birth| birth.0 == day) {
                world.living.set(node, lives);
                is_changed = true;
            }
            is_changed |= certain.advance(day);
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

/// How every pair stood when it was last looked at.
struct World {
    is_reflexive: bool,
    living: Bits,
    applicable: Matrix,
    certain: Matrix,
    possible: Matrix,
}

impl World {
    fn new(size: usize, is_reflexive: bool) -> World {
        let matrix = || Matrix::new(size);
        World { is_reflexive, living: Bits::new(size), applicable: matrix(), certain: matrix(), possible: matrix() }
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
            let lives = self.living.has(first);
            let (certain_row, possible_row) = (certain.row(first), possible.unwrap_or(certain).row(first));
            let mut kept =
                [&mut self.applicable, &mut self.certain, &mut self.possible].map(|matrix| matrix.row_mut(first));
            let from = if is_once { first / BITS } else { 0 };
            for (word, living) in self.living.0.iter().enumerate().skip(from) {
                let mut applicable = if lives { *living } else { 0 };
                if !self.is_reflexive && first / BITS == word {
                    applicable &= !(1 << (first % BITS));
                }
                let now = [applicable, certain_row[word] & applicable, possible_row[word] & applicable];
                let changed = now.iter().zip(&kept).fold(0, |changed, (now, kept)| changed | (now ^ kept[word]));
                if changed == 0 {
                    continue;
                }
                kept.iter_mut().zip(now).for_each(|(kept, now)| kept[word] = now);
                for second in ones(word, changed).filter(|second| !is_once || *second as usize >= first) {
                    let has = |bits: u64| bits >> (second as usize % BITS) & 1 == 1;
                    let standing = match now.map(has) {
                        [false, _, _] => Standing::INAPPLICABLE,
                        [true, true, _] => Standing::MET,
                        [true, false, true] => Standing::UNDETERMINED,
                        [true, false, false] => Standing::NOT_MET,
                    };
                    take(Pair { first: first as u32, second }, standing);
                }
            }
        }
    }
}
