//! Individuals that nothing but their names tells apart, so that what is known of one is known of the others.
//!
//! Of thousands of disputes two states had a part in a few. The others live as long, are of the same kinds and are named by the same
//! statements of completeness: one of them is looked at in the place of all.

use super::{Engine, Frame};
use crate::evidence::CompleteArgument;
use crate::model::Program;
use crate::model::condition::{Binding, Condition};
use crate::model::program::{IndividualId, KindId, RelationId};
use crate::time::IntervalSet;
use rustc_hash::FxHashMap;
use smallvec::SmallVec;
use std::cell::OnceCell;
use std::hash::Hash;
use std::rc::Rc;

/// Among so few members nobody is looked for who is like another.
const FEW_MEMBERS: usize = 8;

/// Classes of individuals, by number.
#[derive(Debug, Clone)]
struct Classes {
    class_of: Vec<u32>,
    next: u32,
}

impl Classes {
    /// Tells individuals from those of their class that are not among them, and from each other where their keys differ.
    fn split<K: Hash + Eq>(&mut self, individuals: impl IntoIterator<Item = (IndividualId, K)>) {
        let mut new: FxHashMap<(u32, K), u32> = FxHashMap::default();
        for (individual, key) in individuals {
            let class = &mut self.class_of[individual.index()];
            *class = *new.entry((*class, key)).or_insert_with(|| {
                self.next += 1;
                self.next
            });
        }
    }
}

/// The classes of a program's individuals.
#[derive(Debug)]
pub(super) struct Twins {
    /// Those of a class are named by the same statements of completeness.
    coverage: Classes,
    /// Those of a class live on the same days and are of the same kinds besides.
    alike: OnceCell<Classes>,
    /// For each kind its members by class; nothing where most have a class of their own.
    groups: Vec<OnceCell<Option<Vec<Vec<IndividualId>>>>>,
}

/// What is not met on closed days, outside of its support.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Closing {
    /// A relation's.
    Relation(RelationId),
    /// That of what a quantified condition asks, which stays at its place while the program lives.
    Quantified(usize),
}

/// Days that are closed, for the roles or variables that are given with the classes of their individuals.
pub(super) type Closed = FxHashMap<(Closing, SmallVec<[(usize, u32); 4]>), Rc<IntervalSet>>;

impl Twins {
    fn new(program: &Program) -> Twins {
        let mut coverage = Classes { class_of: vec![0; program.individuals.len()], next: 0 };
        for argument in program.completeness.iter().flat_map(|completeness| &completeness.arguments) {
            if let CompleteArgument::These(these) = argument {
                coverage.split(these.iter().map(|individual| (*individual, ())));
            }
        }
        Twins { coverage, alike: OnceCell::new(), groups: vec![OnceCell::new(); program.kinds.len()] }
    }

    fn alike(&self, program: &Program) -> &Classes {
        self.alike.get_or_init(|| {
            let mut classes = self.coverage.clone();
            for kind in &program.kinds {
                classes.split(kind.members.iter().map(|member| (*member, ())));
            }
            let all = || program.individuals.iter().zip((0..).map(IndividualId));
            classes.split(all().filter(|(one, _)| !one.life.is_all()).map(|(one, id)| (id, &one.life)));
            // A number, a date or a level counts by what it is, and an unnamed member stands for many.
            let counts = all().filter(|(one, _)| one.value.is_some() || one.rank.is_some() || one.is_unnamed);
            classes.split(counts.map(|(_, id)| (id, id)));
            classes
        })
    }

    /// The members of a kind by class, those of each in order.
    fn groups(&self, program: &Program, kind: KindId, at_least: usize) -> Option<&[Vec<IndividualId>]> {
        let find = || {
            let kind = program.kind(kind);
            let members = || kind.members.iter().chain(&kind.unnamed).copied();
            if members().count() < at_least {
                return None;
            }
            let classes = self.alike(program);
            let mut places: FxHashMap<u32, usize> = FxHashMap::default();
            let mut groups: Vec<Vec<IndividualId>> = Vec::new();
            for member in members() {
                let place = *places.entry(classes.class_of[member.index()]).or_insert(groups.len());
                match groups.get_mut(place) {
                    Some(group) => group.push(member),
                    None => groups.push(vec![member]),
                }
            }
            (at_least == 0 || groups.len() * 2 <= members().count()).then_some(groups)
        };
        self.groups[kind.index()].get_or_init(find).as_deref()
    }
}

/// Those who stand for all members of a kind.
pub(super) struct Representatives {
    /// Members who may be like no one else, in order; individuals of other kinds may be among them.
    pub own: Vec<IndividualId>,
    /// Others, each with the number of those that are like it, itself included.
    pub others: Vec<(IndividualId, usize)>,
}

impl Engine<'_> {
    fn twins(&self) -> &Twins {
        self.twins.get_or_init(|| Twins::new(self.program))
    }

    /// Those who stand for all members of a kind where conditions are asked of each of them in a frame; none where it is not worth
    /// while, or cannot be told.
    pub(super) fn representatives(
        &self,
        binding: Binding,
        rest: &[Binding],
        conditions: &mut dyn Iterator<Item = &Condition>,
        frame: &Frame,
    ) -> Option<Representatives> {
        // What is found to be complete is so for some and not for others.
        if self.is_changed || !self.plan.finds_twins {
            return None;
        }
        let at_least = if self.plan.joins_after == 0 { 0 } else { FEW_MEMBERS };
        let groups = self.twins().groups(self.program, binding.kind, at_least)?;
        let own = self.who_may_differ(binding, rest, conditions, frame)?;
        let class_of = |one: &IndividualId| self.twins().alike(self.program).class_of[one.index()];
        let mut differ: Vec<u32> = own.iter().map(class_of).collect();
        differ.sort_unstable();
        let others = groups
            .iter()
            .filter_map(|group| {
                let first = *group.iter().find(|one| own.binary_search(one).is_err())?;
                let class = class_of(&first);
                let from = differ.partition_point(|one| *one < class);
                let number = differ[from..].partition_point(|one| *one == class);
                Some((first, group.len() - number))
            })
            .collect();
        Some(Representatives { own, others })
    }

    /// The members of a kind that have to be looked at to count those for which a condition holds, each with the number of those that
    /// are like it.
    pub(super) fn members_to_count(
        &self,
        binding: Binding,
        rest: &[Binding],
        among: Option<&Condition>,
        frame: &Frame,
    ) -> Vec<(IndividualId, usize)> {
        match self.representatives(binding, rest, &mut among.into_iter(), frame) {
            Some(these) => {
                let own = these.own.into_iter().filter(|one| self.program.is_member(*one, binding.kind));
                own.map(|one| (one, 1)).chain(these.others).collect()
            }
            None => self.individuals_of(binding.kind).map(|one| (one, 1)).collect(),
        }
    }

    /// Closed days with individuals given, found once for all that are named by the same statements of completeness.
    pub(super) fn closed_alike(
        &self,
        closing: Closing,
        given: &[(usize, IndividualId)],
        find: impl FnOnce() -> IntervalSet,
    ) -> Rc<IntervalSet> {
        // What is found to be complete is so for some and not for others.
        if self.is_changed {
            return Rc::new(find());
        }
        let coverage = &self.twins().coverage;
        let key = (closing, given.iter().map(|(place, one)| (*place, coverage.class_of[one.index()])).collect());
        if let Some(known) = self.closed.borrow().get(&key) {
            return Rc::clone(known);
        }
        let days = Rc::new(find());
        self.closed.borrow_mut().insert(key, Rc::clone(&days));
        days
    }
}
