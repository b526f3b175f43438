//! A naive evaluator to hold the engine against.
//!
//! It follows the definitions of `docs/meaning.md` to the letter: day by day, over all individuals, with tables of marks
//! and plain recursion, and shares no code with the engine. Speed is nothing to it, with two exceptions that need no
//! faith: a day on which nothing that a relation reads differs from the day before gets the same marks, and what is inside a
//! time form is worked out once for each day and choice of individuals.
//!
//! ```text
//! days.rs        which days are looked at, and why these are enough
//! evidence.rs    what statements and records say of an atom on a day
//! conditions.rs  what a condition is worth on a day
//! occasions.rs  what is certain on one of several days, and on none of them
//! numbers.rs     what an expression may be worth on a day
//! relations.rs   marks of predicates and criteria, by sweeping until nothing changes
//! assertions.rs  whether an `expect` holds
//! ```
#![allow(dead_code, reason = "each test binary uses a part of it")]

mod assertions;
mod conditions;
mod days;
mod evidence;
mod marks;
mod numbers;
mod occasions;
mod relations;
mod walk;

#[allow(unused_imports)]
pub use assertions::Outcome;
pub use marks::Marks;
pub use numbers::Alternative;
#[allow(unused_imports)]
pub use walk::{Names, each_condition};

use conditions::OnDays;
use days::Days;
use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap};
use std::rc::Rc;
use symmachia::model::Program;
use symmachia::model::condition::Condition;
use symmachia::model::program::{IndividualId, MeasureDefinition, MeasureId, RelationId, Target};
use symmachia::time::Day;
use symmachia::verdict::Verdict;

/// Who stands in each slot of a rule.
pub type Environment = Vec<Option<IndividualId>>;

/// Marks of all atoms of a relation, on each day that is looked at.
#[derive(Default)]
struct Table {
    tuples: Vec<Vec<IndividualId>>,
    places: HashMap<Vec<IndividualId>, usize>,
    by_day: Vec<Vec<Marks>>,
}

impl Table {
    fn new(tuples: Vec<Vec<IndividualId>>) -> Table {
        let places = tuples.iter().enumerate().map(|(place, tuple)| (tuple.clone(), place)).collect();
        Table { tuples, places, by_day: Vec::new() }
    }
}

/// Condition (by its address) and individuals, with its marks on each day on which these exist.
type Known = HashMap<(usize, Environment), Rc<OnDays>>;

/// A program with the marks of all its atoms.
pub struct Reference<'p> {
    program: &'p Program,
    days: Days,
    tables: Vec<Table>,
    on_days: RefCell<Known>,
}

impl<'p> Reference<'p> {
    /// Evaluates everything.
    pub fn new(program: &'p Program) -> Self {
        let tables = program.relations.iter().map(|_| Table::default()).collect();
        let days = Days::of(program);
        let mut reference = Reference { program, days, tables, on_days: RefCell::default() };
        let dependencies = Dependencies::of(program);
        for component in dependencies.components() {
            let reads = dependencies.reads(&component);
            let looks_at_time = dependencies.looks_at_time(&component);
            reference.evaluate_component(&component, |reference, place| {
                !looks_at_time
                    && !reference.days.changes(place)
                    && reads.iter().all(|relation| {
                        let days = &reference.tables[relation.index()].by_day;
                        days[place] == days[place - 1]
                    })
            });
        }
        reference
    }

    /// Days on which anything may change, with those between them; nothing changes from one of them until the next.
    pub fn days(&self) -> &[Day] {
        self.days.all()
    }

    /// Marks of an atom on a day.
    pub fn marks(&self, relation: RelationId, individuals: &[IndividualId], day: Day) -> Marks {
        self.marks_at(relation, individuals, self.days.place(day))
    }

    /// Marks of an atom on each of [`Reference::days`].
    pub fn marks_by_day(&self, relation: RelationId, individuals: &[IndividualId]) -> Vec<Marks> {
        (0..self.days.len()).map(|place| self.marks_at(relation, individuals, place)).collect()
    }

    /// What is to be said of an atom on a day.
    pub fn verdict(&self, relation: RelationId, individuals: &[IndividualId], day: Day) -> Verdict {
        self.marks(relation, individuals, day).verdict()
    }

    /// Marks of a condition on a day, its variables bound by slot.
    pub fn condition(&self, condition: &Condition, environment: &Environment, day: Day) -> Marks {
        self.condition_at(condition, &mut environment.clone(), self.days.place(day))
    }

    /// What a measure may be worth on a day; empty where it has no value.
    pub fn measure(&self, measure: MeasureId, individuals: &[IndividualId], day: Day) -> Vec<Alternative> {
        self.measure_at(measure, individuals, self.days.place(day))
    }
}

/// Which relations and measures each one reads, directly or through others.
struct Dependencies<'p> {
    program: &'p Program,
    reached: HashMap<Target, BTreeSet<Target>>,
}

impl<'p> Dependencies<'p> {
    fn of(program: &'p Program) -> Self {
        let relations = (0..program.relations.len()).map(|id| Target::Relation(RelationId(id as u32)));
        let measures = (0..program.measures.len()).map(|id| Target::Measure(MeasureId(id as u32)));
        let direct: HashMap<Target, BTreeSet<Target>> =
            relations.chain(measures).map(|target| (target, direct(program, target))).collect();
        let mut reached = direct.clone();
        loop {
            let further: HashMap<Target, BTreeSet<Target>> = reached
                .iter()
                .map(|(target, found)| {
                    let next = found.iter().flat_map(|each| direct[each].iter()).copied();
                    (*target, found.iter().copied().chain(next).collect())
                })
                .collect();
            if further == reached {
                return Dependencies { program, reached };
            }
            reached = further;
        }
    }

    /// Groups of relations in a circle and single ones, each after those it depends on: it reaches more than they do.
    fn components(&self) -> Vec<Vec<RelationId>> {
        let reaches =
            |one: RelationId, two: RelationId| self.reached[&Target::Relation(one)].contains(&Target::Relation(two));
        let all: Vec<RelationId> = (0..self.program.relations.len()).map(|id| RelationId(id as u32)).collect();
        let mut components: Vec<Vec<RelationId>> = Vec::new();
        for relation in &all {
            match components.iter_mut().find(|group| reaches(*relation, group[0]) && reaches(group[0], *relation)) {
                Some(group) => group.push(*relation),
                None => components.push(vec![*relation]),
            }
        }
        // A group in a circle reaches itself: count it out.
        components.sort_by_key(|group| {
            self.reached[&Target::Relation(group[0])]
                .iter()
                .filter(|target| !group.iter().any(|relation| **target == Target::Relation(*relation)))
                .count()
        });
        components
    }

    /// The relations outside the group that it depends on.
    fn reads(&self, component: &[RelationId]) -> Vec<RelationId> {
        let reached = component.iter().flat_map(|relation| &self.reached[&Target::Relation(*relation)]);
        let relations: BTreeSet<RelationId> = reached
            .filter_map(|target| match target {
                Target::Relation(relation) => Some(*relation),
                Target::Measure(_) => None,
            })
            .filter(|relation| !component.contains(relation))
            .collect();
        relations.into_iter().collect()
    }

    /// Whether the group's own rules, or the measures that it depends on, look at other days or at the date.
    fn looks_at_time(&self, component: &[RelationId]) -> bool {
        let own = component.iter().map(|relation| Target::Relation(*relation));
        let measures = component
            .iter()
            .flat_map(|relation| &self.reached[&Target::Relation(*relation)])
            .filter(|target| matches!(target, Target::Measure(_)))
            .copied();
        own.chain(measures).any(|target| conditions(self.program, target).into_iter().any(walk::looks_at_time))
    }
}

/// The conditions that define a relation or measure, those in a measure's expression included.
fn conditions(program: &Program, target: Target) -> Vec<&Condition> {
    let mut found = Vec::new();
    match target {
        Target::Relation(id) => {
            for rule in &program.relation(id).rules {
                let rule = program.rule(*rule);
                found.push(&rule.body);
                found.extend(&rule.applies_where);
            }
        }
        Target::Measure(id) => match &program.measure(id).definition {
            MeasureDefinition::Recorded => {}
            MeasureDefinition::Defined { applies_where, value, .. } => {
                found.extend(applies_where);
                walk::expression_conditions(value, &mut found);
            }
            MeasureDefinition::Classification { applies_where, cases, .. } => {
                found.extend(applies_where);
                found.extend(cases.iter().map(|(_, condition)| condition));
            }
        },
    }
    found
}

fn direct(program: &Program, target: Target) -> BTreeSet<Target> {
    let mut found = BTreeSet::new();
    for condition in conditions(program, target) {
        walk::targets_of_condition(condition, &mut found);
    }
    if let Target::Measure(id) = target
        && let MeasureDefinition::Defined { value, .. } = &program.measure(id).definition
    {
        walk::targets_of_expression(value, &mut found);
    }
    found
}
