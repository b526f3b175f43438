//! From a program and its evidence to timelines.
//!
//! The definitions are in `docs/meaning.md`. A case is evaluated once for the whole calendar, when it is
//! first asked for, and kept; what no question needs is never computed.
//!
//! ```text
//! standing.rs     what is known of an atom on a day
//! quantity.rs     what is known of a number on a day
//! known.rs        answers that were found already; area.rs pairs that lie close together
//! frame.rs        the individuals that stand for variables while a condition is evaluated
//! cases.rs        predicates and criteria at their individuals
//! recorded.rs     what the rows of tables alone say
//! two_valued.rs   conditions on what tables cover wholly; pools.rs whoever the last individual is
//! recursion.rs    relations that depend on one another in a circle
//! closure.rs      chains of pairs, by one sweep over the days on which they change
//! conditions.rs   conditions in a frame; asking.rs which of several is asked first
//! twins.rs        individuals that nothing but their names tells apart
//! support.rs      for whom there can be evidence at all
//! joins.rs        combinations of individuals, joined
//! outside.rs      cases for which there is none
//! insiders.rs     of whom something is recorded with those that are given
//! outsiders.rs    where all others are refuted
//! witnesses.rs    the combinations that can bear a quantifier out
//! candidates.rs   the individuals that can matter to a quantifier
//! quantifiers.rs  every and some
//! scopes.rs       quantified variables, each over what names it
//! expressions.rs  numbers in a frame; measures and classifications at their individuals
//! aggregates.rs   counts, sums, means
//! tallies.rs      those of one measure, in one pass over the rows of tables
//! ```
//!
//! The engine knows nothing of text, of rendering or of the command line.

mod aggregates;
mod area;
mod asking;
mod candidates;
mod cases;
mod closure;
mod conditions;
mod expressions;
mod frame;
mod insiders;
mod joins;
mod known;
mod outside;
mod outsiders;
mod quantifiers;
mod quantity;
mod recorded;
mod recursion;
mod scopes;
mod standing;
mod support;
mod tallies;
mod twins;
mod two_valued;
mod witnesses;

pub use frame::{Frame, FrameDays};
pub use quantity::{Bounds, Quantity};
pub use standing::Standing;
pub use support::Support;

use crate::evidence::{Changes, Record, Tuple};
use crate::model::program::{IndividualId, RelationId, Target};
use crate::model::{BothWays, Program};
use crate::time::{IntervalSet, Timeline};
use known::Known;
use recursion::Components;
use rustc_hash::FxHashMap;
use std::cell::{Cell, OnceCell, RefCell};
use std::rc::Rc;

/// What was computed once.
type Kept<K, V> = RefCell<FxHashMap<K, Rc<V>>>;

/// How the engine goes about its work. No answer depends on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Plan {
    /// The combinations of a quantifier are joined for all cases once it has been asked of so many.
    pub joins_after: u32,
    /// Whether chains of pairs are found by a sweep over the days, and not by rounds over the cases.
    pub sweeps_chains: bool,
    /// Whether a pair whose answers are the same both ways, by the rules alone, is answered one way.
    pub turns_pairs: bool,
    /// Whether what the rows of a table alone say is read from them, and counts are compared without adding up.
    pub reads_rows: bool,
    /// Whether of individuals that nothing but their names tells apart only one is looked at.
    pub finds_twins: bool,
    /// The conditions of a conjunction or disjunction are put in the order of what they settle once they were asked so often.
    pub reorders_after: u32,
}

impl Default for Plan {
    fn default() -> Self {
        // For fewer cases a join over the whole record would cost more than it saves.
        Plan {
            joins_after: 64,
            sweeps_chains: true,
            turns_pairs: true,
            reads_rows: true,
            finds_twins: true,
            reorders_after: 64,
        }
    }
}

/// Answers questions about one program, over its evidence or over evidence as it would be.
///
/// Everything that it computed is kept for the next question.
pub struct Engine<'p> {
    program: &'p Program,
    record: Rc<Record<'p>>,
    changes: Changes,
    /// Whether anything is.
    is_changed: bool,
    /// Whether the rows of tables may be read as they stand: nothing is changed, and no source is preferred to another.
    reads_rows: bool,
    plan: Plan,
    /// The roles in which a relation's answers are the same both ways by its rules alone, made when first asked for.
    both_ways: OnceCell<Vec<Option<(usize, usize)>>>,
    cases: RefCell<Known<Rc<Timeline<Standing>>>>,
    values: RefCell<Known<Rc<Timeline<Quantity>>>>,
    aggregates: RefCell<aggregates::Kept>,
    /// By the measure, the kind that is gone through, and its place.
    grids: RefCell<tallies::Kept>,
    supports: RefCell<support::Supports>,
    witnesses: RefCell<witnesses::Kept>,
    /// By the place of a quantified condition and the individuals on which it depends.
    quantified: Kept<(usize, Tuple), Timeline<Standing>>,
    outside: RefCell<outside::Kept>,
    twins: OnceCell<twins::Twins>,
    closed: RefCell<twins::Closed>,
    not_refuted: Kept<(RelationId, usize, Tuple), Vec<IndividualId>>,
    two_valued: RefCell<two_valued::Kept>,
    asking: RefCell<asking::Kept>,
    /// How many conditions were looked at.
    steps: Cell<u64>,
    components: Components,
}

impl<'p> Engine<'p> {
    /// An engine over the evidence of a program.
    #[must_use]
    pub fn new(program: &'p Program) -> Self {
        Engine::with_plan(program, Plan::default())
    }

    /// The same, going about it in another way.
    #[must_use]
    pub fn with_plan(program: &'p Program, plan: Plan) -> Self {
        Engine::over(program, Rc::new(Record::new(program)), Changes::none(), plan)
    }

    /// An engine over the same evidence, changed. It shares the record and nothing that was computed.
    #[must_use]
    pub fn with_changes(&self, changes: Changes) -> Engine<'p> {
        Engine::over(self.program, Rc::clone(&self.record), changes, self.plan)
    }

    fn over(program: &'p Program, record: Rc<Record<'p>>, changes: Changes, plan: Plan) -> Self {
        Engine {
            program,
            record,
            is_changed: !changes.are_none(),
            reads_rows: plan.reads_rows && changes.are_none() && program.preferences.is_empty(),
            changes,
            plan,
            both_ways: OnceCell::new(),
            cases: RefCell::new(Known::nothing(program.relations.len())),
            values: RefCell::new(Known::nothing(program.measures.len())),
            aggregates: RefCell::default(),
            grids: RefCell::default(),
            supports: RefCell::default(),
            witnesses: RefCell::default(),
            quantified: RefCell::default(),
            outside: RefCell::default(),
            twins: OnceCell::new(),
            closed: RefCell::default(),
            not_refuted: RefCell::default(),
            two_valued: RefCell::default(),
            asking: RefCell::default(),
            steps: Cell::new(0),
            components: Components::new(program.recursive_components.len()),
        }
    }

    /// The roles in which the answers of a criterion are the same both ways by its rules alone, if they may be turned here: what
    /// is changed may be changed one way only, and what is not found yet in a circle of rules is not the same both ways.
    pub(super) fn turned_roles(&self, relation: RelationId) -> Option<(usize, usize)> {
        let definition = self.program.relation(relation);
        if !self.plan.turns_pairs
            || self.is_changed
            || !definition.is_criterion
            || (definition.component.is_some() && !self.is_swept(relation))
        {
            return None;
        }
        self.roles_both_ways(relation)
    }

    /// The roles in which the answers of a relation are the same both ways by its rules alone, if nothing is changed.
    fn roles_both_ways(&self, relation: RelationId) -> Option<(usize, usize)> {
        let find = || {
            let both_ways = BothWays::of(self.program);
            let roles = |id| both_ways.roles(Target::Relation(RelationId(id)));
            (0..self.program.relations.len() as u32).map(roles).collect()
        };
        self.both_ways.get_or_init(find)[relation.index()]
    }

    /// The program.
    #[must_use]
    pub fn program(&self) -> &'p Program {
        self.program
    }

    /// The record, for the origins of an answer.
    #[must_use]
    pub fn record(&self) -> &Record<'p> {
        &self.record
    }

    /// How the evidence is changed.
    #[must_use]
    pub fn changes(&self) -> &Changes {
        &self.changes
    }

    /// The days on which all of some individuals exist.
    #[must_use]
    pub fn life(&self, individuals: impl IntoIterator<Item = IndividualId>) -> IntervalSet {
        individuals.into_iter().fold(IntervalSet::all(), |days, individual| {
            let life = &self.program.individual(individual).life;
            if life.is_all() { days } else { days.intersection(life) }
        })
    }

    /// The days on which a case may arise by its individuals: they exist, are of the kinds of their
    /// roles, and no state is paired with itself.
    #[must_use]
    pub fn domain(&self, target: Target, individuals: &[IndividualId]) -> IntervalSet {
        let roles = self.program.roles(target);
        let fits =
            individuals.iter().zip(roles).all(|(individual, role)| self.program.is_member(*individual, role.kind));
        if !fits || self.program.pairs_with_itself(target, individuals) {
            return IntervalSet::empty();
        }
        self.life(individuals.iter().copied())
    }
}
