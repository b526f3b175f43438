//! Who reaches whom, on a day, in a graph kept as rows of bits.

use super::Turn;
use super::bits::{BITS, Bits, Matrix, ones};
use crate::time::Day;

/// The pairs that are joined on a day, and how far the turns of the days have been taken.
#[derive(Debug)]
struct Joined {
    turns: Vec<Turn>,
    next: usize,
    matrix: Matrix,
}

impl Joined {
    fn new(size: usize, turns: Vec<Turn>) -> Joined {
        Joined { turns, next: 0, matrix: Matrix::new(size) }
    }

    /// The turns of a day, which are taken. Those of a pair that ends and begins anew on one day do not come here.
    fn advance(&mut self, day: Day) -> std::ops::Range<usize> {
        let first = self.next;
        while let Some(turn) = self.turns.get(self.next).filter(|turn| turn.day == day) {
            self.matrix.set(turn.pair, turn.is_joined);
            self.next += 1;
        }
        first..self.next
    }
}

/// Chains over the pairs of a day: any number of steps and then one pair of the base.
#[derive(Debug)]
pub(super) struct Reach {
    size: usize,
    steps: Joined,
    /// The steps the other way round.
    back: Matrix,
    /// The pairs with which a chain may end; none where they are the steps.
    base: Option<Joined>,
    /// For each node the group of those that reach one another.
    group: Vec<u32>,
    /// The nodes of each group, one group behind the other, and where each ends.
    members: Vec<u32>,
    ends: Vec<usize>,
    /// For each group whom its members reach.
    rows: Matrix,
    is_stale: bool,
    /// Kept for the next search.
    seen: Bits,
    frontier: Vec<u32>,
}

impl Reach {
    pub(super) fn new(size: usize, base: Vec<Turn>, steps: Vec<Turn>) -> Reach {
        let base = (base != steps).then(|| Joined::new(size, base));
        Reach {
            size,
            steps: Joined::new(size, steps),
            back: Matrix::new(size),
            base,
            group: vec![0; size],
            members: Vec::new(),
            ends: Vec::new(),
            rows: Matrix::new(size),
            is_stale: false,
            seen: Bits::new(size),
            frontier: Vec::new(),
        }
    }

    /// How many nodes there are.
    pub(super) fn size(&self) -> usize {
        self.size
    }

    /// The next day on which a pair turns.
    pub(super) fn next_day(&self) -> Option<Day> {
        let next = |joined: &Joined| joined.turns.get(joined.next).map(|turn| turn.day);
        let days = [next(&self.steps), self.base.as_ref().and_then(next)];
        days.into_iter().flatten().min()
    }

    /// Takes the turns of a day; whether anybody may reach others than before.
    pub(super) fn advance(&mut self, day: Day) -> bool {
        let of_day = self.steps.advance(day);
        for place in of_day.clone() {
            let turn = self.steps.turns[place];
            self.back.set(turn.pair.turned(), turn.is_joined);
        }
        let base_turns = self.base.as_mut().map_or(0, |base| base.advance(day).len());
        if self.is_stale || base_turns > 0 || (self.base.is_some() && !of_day.is_empty()) {
            self.is_stale = true;
        } else {
            self.is_stale = of_day.into_iter().any(|place| self.changes_anything(self.steps.turns[place]));
        }
        self.is_stale
    }

    /// Whether a turn makes a difference: a pair that is joined was not reached before, or one that is apart is reached no more.
    fn changes_anything(&mut self, turn: Turn) -> bool {
        let (from, to) = (turn.pair.first as usize, turn.pair.second as usize);
        if turn.is_joined {
            return self.row(from)[to / BITS] >> (to % BITS) & 1 == 0;
        }
        !self.finds(from, to)
    }

    /// Whether some steps lead from one node to another.
    fn finds(&mut self, from: usize, to: usize) -> bool {
        self.seen.clear();
        self.frontier.clear();
        self.frontier.push(from as u32);
        while let Some(node) = self.frontier.pop() {
            let row = self.steps.matrix.row(node as usize);
            if row[to / BITS] >> (to % BITS) & 1 == 1 {
                return true;
            }
            for (word, (bits, seen)) in row.iter().zip(&mut self.seen.0).enumerate() {
                let new = bits & !*seen;
                *seen |= new;
                self.frontier.extend(ones(word, new));
            }
        }
        false
    }

    /// Whether every step is also a pair with which a chain may end, so that no chain needs to go through its own end.
    pub(super) fn steps_are_bases(&self) -> bool {
        self.base.as_ref().is_none_or(|base| self.steps.matrix.is_part_of(&base.matrix))
    }

    /// Whom a node reaches, as it was found last.
    pub(super) fn row(&self, node: usize) -> &[u64] {
        self.rows.row(self.group[node] as usize)
    }

    /// Finds again who reaches whom, if that has changed: the groups of nodes that reach one another, and from the last group to the
    /// first whom each reaches.
    pub(super) fn find(&mut self) {
        if !std::mem::take(&mut self.is_stale) {
            return;
        }
        // Where each step leads back as well, one search finds a group, and none leads to another.
        let is_mutual = self.steps.matrix == self.back;
        let order = if is_mutual { (0..self.size as u32).collect() } else { self.finishing_order() };
        self.find_groups(order);
        let base = self.base.as_ref().map_or(&self.steps.matrix, |base| &base.matrix);
        let (mut row, mut leads_to) = (Bits::new(self.size), Bits::new(self.size));
        // A group comes before those that it leads to.
        for group in (0..self.ends.len()).rev() {
            let first = group.checked_sub(1).map_or(0, |before| self.ends[before]);
            let of_group = &self.members[first..self.ends[group]];
            row.clear();
            of_group.iter().for_each(|node| row.add(base.row(*node as usize)));
            if !is_mutual {
                leads_to.clear();
                of_group.iter().for_each(|node| leads_to.add(self.steps.matrix.row(*node as usize)));
                for other in leads_to.ones().map(|node| self.group[node as usize] as usize) {
                    if other != group && !row.has_all(self.rows.row(other)) {
                        row.add(self.rows.row(other));
                    }
                }
            }
            self.rows.row_mut(group).copy_from_slice(&row.0);
        }
    }

    /// Finds who can be reached from each node by steps the other way round, of those who are in no group yet.
    fn find_groups(&mut self, order: Vec<u32>) {
        let mut is_free = Bits::full(self.size);
        self.members.clear();
        self.ends.clear();
        for root in order.into_iter().rev() {
            if !is_free.has(root as usize) {
                continue;
            }
            let mut next = self.members.len();
            self.members.push(root);
            is_free.set(root as usize, false);
            while let Some(node) = self.members.get(next).copied() {
                next += 1;
                self.group[node as usize] = self.ends.len() as u32;
                for (word, (bits, free)) in self.back.row(node as usize).iter().zip(&mut is_free.0).enumerate() {
                    let new = bits & *free;
                    *free &= !new;
                    self.members.extend(ones(word, new));
                }
            }
            self.ends.push(self.members.len());
        }
    }

    /// The nodes in the order in which a search through the steps leaves them.
    fn finishing_order(&self) -> Vec<u32> {
        let mut is_new = Bits::full(self.size);
        let mut order: Vec<u32> = Vec::with_capacity(self.size);
        let mut path: Vec<u32> = Vec::new();
        for root in 0..self.size {
            if !is_new.has(root) {
                continue;
            }
            is_new.set(root, false);
            path.push(root as u32);
            while let Some(node) = path.last().copied() {
                let row = self.steps.matrix.row(node as usize);
                let step =
                    row.iter().zip(&is_new.0).enumerate().find_map(|(word, (bits, new))| ones(word, bits & new).next());
                match step {
                    Some(next) => {
                        is_new.set(next as usize, false);
                        path.push(next);
                    }
                    None => {
                        order.push(node);
                        path.pop();
                    }
                }
            }
        }
        order
    }
}

#[cfg(test)]
mod tests {
    use super::super::Pair;
    use super::*;
    use proptest::prelude::*;

    const SIZE: usize = 70;

    /// Turns of pairs on days, each pair joined and apart in alternation.
    fn turns() -> impl Strategy<Value = Vec<Turn>> {
        proptest::collection::vec((0..12i32, 0..SIZE as u32, 0..SIZE as u32), 0..160).prop_map(|all| {
            let mut joined = std::collections::BTreeSet::new();
            let mut seen = std::collections::BTreeSet::new();
            let mut sorted = all;
            // Close together, so that chains are long and are broken.
            sorted.iter_mut().for_each(|(_, first, second)| *second = (*first + *second % 4) % SIZE as u32);
            sorted.sort_unstable();
            let mut turns = Vec::new();
            for (day, first, second) in sorted {
                let pair = Pair { first, second };
                if first == second || !seen.insert((day, pair)) {
                    continue;
                }
                let is_joined = joined.insert(pair) || !joined.remove(&pair);
                turns.push(Turn { day: Day::from_number(day), pair, is_joined });
            }
            turns
        })
    }

    /// Of pairs whose first node is before the second, each in both directions.
    fn both_ways(turns: &[Turn]) -> Vec<Turn> {
        let rising = turns.iter().filter(|turn| turn.pair.first < turn.pair.second);
        rising.flat_map(|turn| [*turn, Turn { pair: turn.pair.turned(), ..*turn }]).collect()
    }

    /// By steps one after another until nobody reaches anyone new.
    fn plainly(base: &[Turn], steps: &[Turn], day: Day) -> Vec<Vec<bool>> {
        let on = |turns: &[Turn]| {
            let mut matrix = vec![vec![false; SIZE]; SIZE];
            for turn in turns.iter().filter(|turn| turn.day <= day) {
                matrix[turn.pair.first as usize][turn.pair.second as usize] = turn.is_joined;
            }
            matrix
        };
        let (mut reached, steps) = (on(base), on(steps));
        loop {
            let mut more = reached.clone();
            for from in 0..SIZE {
                for middle in (0..SIZE).filter(|middle| steps[from][*middle]) {
                    for to in 0..SIZE {
                        more[from][to] |= reached[middle][to];
                    }
                }
            }
            if more == reached {
                return reached;
            }
            reached = more;
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(60))]
        #[test]
        fn as_step_by_step(base in turns(), steps in turns(), are_same in any::<bool>(), are_mutual in any::<bool>()) {
            let steps = if are_mutual { both_ways(&steps) } else { steps };
            let base = if are_same { steps.clone() } else { base };
            let mut reach = Reach::new(SIZE, base.clone(), steps.clone());
            while let Some(day) = reach.next_day() {
                reach.advance(day);
                reach.find();
                let expected = plainly(&base, &steps, day);
                for (from, row) in expected.iter().enumerate() {
                    for (to, is_reached) in row.iter().enumerate() {
                        let found = reach.row(from)[to / BITS] >> (to % BITS) & 1 == 1;
                        prop_assert_eq!(found, *is_reached, "{} to {} on {:?}", from, to, day);
                    }
                }
            }
        }
    }
}
