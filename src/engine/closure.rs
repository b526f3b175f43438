//! Chains: a criterion that holds of the ends of every chain of pairs, `bloc(A, C) if tie(A, B) and bloc(B, C)`.
//!
//! Recursion looks at one day at a time (a circle through a time window is an error), so the relation is a reachability
//! in a graph that changes on some days. One sweep over those days keeps the graph as rows of bits, finds again who reaches
//! whom, and writes down only what changed: the work grows with the days on which a pair changes, not with chains.
//!
//! The answer is that of the rounds of `recursion.rs`; where evidence stands against evidence, those are run instead.

use super::{Engine, Frame, Standing};
use crate::evidence::Tuple;
use crate::model::Chain;
use crate::model::condition::{Argument, Condition, ConditionKind, Slot};
use crate::model::program::{IndividualId, Rule, Target};
use crate::time::{Day, IntervalSet, Timeline};
use rustc_hash::FxHashMap;
use std::rc::Rc;

mod bits;
mod reach;
mod sweep;

use sweep::Graphs;

/// Two nodes, by their places.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Pair {
    first: u32,
    second: u32,
}

impl Pair {
    /// The other way round.
    fn turned(self) -> Pair {
        Pair { first: self.second, second: self.first }
    }
}

/// A pair that is joined from a day on, or is so no more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Turn {
    day: Day,
    pair: Pair,
    is_joined: bool,
}

impl Engine<'_> {
    /// Finds and keeps the cases of a component that is a chain, apart from those that are not met on all days of their domain;
    /// none where it is no chain, or where its evidence is contested. Where they are the same both ways they are kept one way.
    pub(super) fn keep_chain(&self, component: usize) -> Option<()> {
        if !self.plan.sweeps_chains {
            return None;
        }
        let [relation] = self.program.recursive_components[component].as_slice() else { return None };
        let chain = Chain::of(self.program, *relation)?;
        let nodes: Vec<IndividualId> = self.individuals_of(chain.kind).collect();
        let place: FxHashMap<IndividualId, usize> =
            nodes.iter().enumerate().map(|(place, node)| (*node, place)).collect();
        let is_reflexive = !self.program.pairs_with_itself(Target::Relation(*relation), &[*nodes.first()?; 2]);
        let mut graphs = Graphs::new(nodes.len(), is_reflexive);
        for rule in &chain.bases {
            graphs.base.begin_rule();
            let conditions: Vec<&Condition> = vec![&rule.body];
            self.each_pair(&nodes, &place, rule, &conditions, (0, 1), |pair, line| {
                let pair = if chain.steps_at_end { pair.turned() } else { pair };
                graphs.base.add(pair, line)
            })?;
        }
        for step in &chain.steps {
            graphs.steps.begin_rule();
            self.each_pair(&nodes, &place, step.rule, &step.conditions, step.ends, |pair, line| {
                let pair = if chain.steps_at_end { pair.turned() } else { pair };
                graphs.steps.add(pair, line)
            })?;
        }
        let is_once = self.plan.turns_pairs && !self.is_changed && self.roles_both_ways(*relation).is_some();
        let changes = graphs.sweep(chain.steps.is_empty(), is_once)?;
        let mut cases = self.cases.borrow_mut();
        for of_pair in changes.chunk_by(|one, two| one.pair == two.pair) {
            let pair = if chain.steps_at_end { of_pair[0].pair.turned() } else { of_pair[0].pair };
            let mut individuals = [nodes[pair.first as usize], nodes[pair.second as usize]];
            if is_once {
                individuals.sort_unstable();
            }
            let runs = of_pair.iter().map(|change| (change.day, change.standing));
            let case = Timeline::from_changes(Standing::NOT_MET, runs)
                .within(&self.life(individuals), &Standing::INAPPLICABLE);
            cases.insert(relation.index(), &individuals, Rc::new(case));
        }
        Some(())
    }

    /// Hands on what is known of some conditions for each pair for which it is not always *not met*.
    fn each_pair(
        &self,
        nodes: &[IndividualId],
        place: &FxHashMap<IndividualId, usize>,
        rule: &Rule,
        conditions: &[&Condition],
        ends: (Slot, Slot),
        mut take: impl FnMut(Pair, &Timeline<Standing>) -> Option<()>,
    ) -> Option<()> {
        let is_mutual = self.are_mutual(conditions, ends);
        let mut one = |first: IndividualId, second: IndividualId| {
            if is_mutual && first > second {
                return Some(());
            }
            let (Some(one), Some(two)) = (place.get(&first), place.get(&second)) else { return Some(()) };
            let domain = self.life([first, second]);
            if domain.is_empty() {
                return Some(());
            }
            let mut frame = Frame::new(rule.variables.len(), &[], domain.clone());
            frame.set(ends.0, Some(first));
            frame.set(ends.1, Some(second));
            let mut all = Timeline::constant(Standing::MET);
            for condition in conditions {
                let line = self.condition(condition, &mut frame);
                all = all.zip(&line, |all, one| all.and(*one));
                if all.as_constant() == Some(&Standing::NOT_MET) {
                    return Some(());
                }
            }
            let pair = Pair { first: *one as u32, second: *two as u32 };
            let line = all.within(&domain, &Standing::NOT_MET);
            take(pair, &line)?;
            if is_mutual && first != second { take(pair.turned(), &line) } else { Some(()) }
        };
        match self.pairs_that_matter(nodes, conditions, ends) {
            Some(pairs) => pairs.iter().try_for_each(|pair| one(pair[0], pair[1])),
            None => nodes.iter().try_for_each(|first| nodes.iter().try_for_each(|second| one(*first, *second))),
        }
    }

    /// Whether conditions say the same of a pair and of its reverse: each of them is an atom of the two, whose rules make it so. Chains
    /// of chains do so only once these were asked about, which matters to nothing but the time it takes.
    fn are_mutual(&self, conditions: &[&Condition], ends: (Slot, Slot)) -> bool {
        let both = [ends, (ends.1, ends.0)].map(|(one, two)| [Argument::Variable(one), Argument::Variable(two)]);
        conditions.iter().all(|condition| match &condition.kind {
            ConditionKind::Atom(atom) => {
                both.iter().any(|pair| atom.arguments == *pair) && self.turned_roles(atom.relation) == Some((0, 1))
            }
            _ => false,
        })
    }

    /// The pairs beside which all are not met while they live; none where that cannot be told.
    fn pairs_that_matter(
        &self,
        nodes: &[IndividualId],
        conditions: &[&Condition],
        ends: (Slot, Slot),
    ) -> Option<Vec<Tuple>> {
        let closed = self.closed_all(conditions, &[])?;
        let is_closed = |node: &IndividualId| self.program.individual(*node).life.is_subset(&closed);
        if !closed.is_all() && !nodes.iter().all(is_closed) {
            return None;
        }
        Some(self.rows_of_all(conditions)?.projected(&[ends.0, ends.1])?.into_sorted())
    }
}

/// The days after which something is different, for a set of days.
fn turns(days: &IntervalSet) -> impl Iterator<Item = (Day, bool)> + '_ {
    days.iter().flat_map(|interval| {
        let after = (interval.last < Day::LAST).then(|| (interval.last.next(), false));
        [Some((interval.first, true)), after].into_iter().flatten()
    })
}
