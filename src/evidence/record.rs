//! The record: what the statements say of each atom, found by its individuals.
//!
//! A relation of which nothing is recorded costs nothing here: only atoms of which some
//! statement speaks have a row, and completeness is kept as patterns.

use super::changes::Changes;
use super::{Citation, Completeness, Polarity, Statement, StatementId, StatementTime, StatementValue};
use crate::model::Program;
use crate::model::program::{IndividualId, SourceId, Target};
use crate::time::{Day, Interval, IntervalSet};
use rustc_hash::FxHashMap;
use smallvec::SmallVec;
use std::borrow::Cow;
use std::cell::OnceCell;

/// The individuals of an atom, in the order of its roles.
pub type Tuple = SmallVec<[IndividualId; 3]>;

/// What a statement says of one atom.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Entry {
    /// Which statement.
    pub statement: StatementId,
    /// On which side; a statement's `only` speaks against others than those it names.
    pub polarity: Polarity,
    /// Whether it speaks by `only`.
    pub by_only: bool,
    /// For a measure.
    pub value: Option<StatementValue>,
}

/// The days of a statement.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct StatementDays {
    /// It certainly holds.
    pub certain: IntervalSet,
    /// It may hold: between an imprecise bound's first and last day.
    pub open: IntervalSet,
    /// It certainly holds no more: after `ended`.
    pub after_end: IntervalSet,
    /// What it said of these days is not heard any more, so they are open, whatever completeness says.
    pub lost: IntervalSet,
}

impl StatementDays {
    /// The same statement, not heard.
    pub(super) fn lost(self) -> StatementDays {
        let lost = self.certain.union(&self.after_end).union(&self.lost);
        StatementDays { open: self.open, lost, ..StatementDays::default() }
    }
}

/// What the statements say of one atom, by days.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AtomDays {
    /// Evidence for.
    pub is_for: IntervalSet,
    /// Evidence against.
    pub against: IntervalSet,
    /// Days on which completeness may not speak.
    pub open: IntervalSet,
}

/// The rows of one relation or measure.
#[derive(Debug, Default)]
struct Rows {
    tuples: Vec<Tuple>,
    entries: Vec<SmallVec<[Entry; 1]>>,
    by_tuple: FxHashMap<Tuple, u32>,
    /// For each role, the rows of each individual; made when first asked for.
    by_role: Vec<OnceCell<FxHashMap<IndividualId, Vec<u32>>>>,
    completeness: Vec<usize>,
}

impl Rows {
    fn add(&mut self, tuple: Tuple, entry: Entry) {
        let next = self.tuples.len() as u32;
        let row = *self.by_tuple.entry(tuple.clone()).or_insert(next);
        if row == next {
            self.tuples.push(tuple);
            self.entries.push(SmallVec::new());
        }
        let entries = &mut self.entries[row as usize];
        if !entries.contains(&entry) {
            entries.push(entry);
        }
    }

    fn of(&self, role: usize, individual: IndividualId) -> &[u32] {
        let index = self.by_role[role].get_or_init(|| {
            let mut index: FxHashMap<IndividualId, Vec<u32>> = FxHashMap::default();
            for (row, tuple) in self.tuples.iter().enumerate() {
                index.entry(tuple[role]).or_default().push(row as u32);
            }
            index
        });
        index.get(&individual).map_or(&[], Vec::as_slice)
    }
}

/// All that is recorded, by atom.
#[derive(Debug)]
pub struct Record<'p> {
    program: &'p Program,
    relations: Vec<Rows>,
    measures: Vec<Rows>,
    /// Of each statement, by all its sources; made when first asked for.
    days: Vec<OnceCell<StatementDays>>,
}

impl<'p> Record<'p> {
    /// Lays out the statements of a program by atom.
    #[must_use]
    pub fn new(program: &'p Program) -> Self {
        let rows = |roles: usize| Rows { by_role: vec![OnceCell::new(); roles], ..Rows::default() };
        let mut record = Record {
            program,
            relations: program.relations.iter().map(|relation| rows(relation.roles.len())).collect(),
            measures: program.measures.iter().map(|measure| rows(measure.roles.len())).collect(),
            days: vec![OnceCell::new(); program.statements.len()],
        };
        for (index, statement) in program.statements.iter().enumerate() {
            record.add(StatementId(index as u32), statement);
        }
        for (index, completeness) in program.completeness.iter().enumerate() {
            record.rows_mut(completeness.target).completeness.push(index);
        }
        record
    }

    pub(super) fn program(&self) -> &'p Program {
        self.program
    }

    fn rows(&self, target: Target) -> &Rows {
        match target {
            Target::Relation(id) => &self.relations[id.index()],
            Target::Measure(id) => &self.measures[id.index()],
        }
    }

    fn rows_mut(&mut self, target: Target) -> &mut Rows {
        match target {
            Target::Relation(id) => &mut self.relations[id.index()],
            Target::Measure(id) => &mut self.measures[id.index()],
        }
    }

    fn symmetric(&self, target: Target) -> Option<(usize, usize)> {
        self.program.symmetric(target)
    }

    fn add(&mut self, id: StatementId, statement: &Statement) {
        let program = self.program;
        let symmetric = self.symmetric(statement.target);
        for (tuple, by_only) in atoms_of(program, statement) {
            let polarity = if by_only { Polarity::Against } else { statement.polarity };
            let entry = Entry { statement: id, polarity, by_only, value: statement.value };
            // A symmetric relation's rows are kept both ways, so that each role's index is whole.
            if let Some((one, two)) = symmetric {
                let mut reversed = tuple.clone();
                reversed.swap(one, two);
                self.rows_mut(statement.target).add(reversed, entry);
            }
            self.rows_mut(statement.target).add(tuple, entry);
        }
    }

    /// What the statements say of an atom, statement by statement.
    #[must_use]
    pub fn entries(&self, target: Target, individuals: &[IndividualId]) -> &[Entry] {
        let rows = self.rows(target);
        rows.by_tuple.get(individuals).map_or(&[], |row| &rows.entries[*row as usize])
    }

    /// Whether no statement at all speaks of the target.
    #[must_use]
    pub fn is_silent(&self, target: Target) -> bool {
        self.rows(target).tuples.is_empty()
    }

    /// The individuals in one role of the atoms that some statement speaks of and that have the
    /// given individuals in other roles. In id order, each once.
    #[must_use]
    pub fn individuals_in(&self, target: Target, role: usize, given: &[(usize, IndividualId)]) -> Vec<IndividualId> {
        let rows = self.rows(target);
        let narrowest =
            given.iter().map(|(role, individual)| rows.of(*role, *individual)).min_by_key(|rows| rows.len());
        let fits = |tuple: &Tuple| given.iter().all(|(role, individual)| tuple[*role] == *individual);
        let mut found: Vec<IndividualId> = match narrowest {
            Some(narrowest) => narrowest
                .iter()
                .map(|row| &rows.tuples[*row as usize])
                .filter(|tuple| fits(tuple))
                .map(|tuple| tuple[role])
                .collect(),
            None => rows.tuples.iter().map(|tuple| tuple[role]).collect(),
        };
        found.sort_unstable();
        found.dedup();
        found
    }

    /// The days of a statement: each span cut by what its sources can speak of. With changes, what a
    /// removed source or statement said leaves its days open.
    #[must_use]
    pub fn days(&self, id: StatementId, changes: &Changes) -> Cow<'_, StatementDays> {
        self.days_without(id, changes, &[])
    }

    /// The same, with some sources set aside besides.
    pub(super) fn days_without(
        &self,
        id: StatementId,
        changes: &Changes,
        unheard: &[SourceId],
    ) -> Cow<'_, StatementDays> {
        let statement = &self.program.statements[id.index()];
        let whole =
            self.days[id.index()].get_or_init(|| days_of(&statement.times, self.horizon(statement.citations.iter())));
        if changes.sources.is_empty() && changes.statements.is_empty() && unheard.is_empty() {
            return Cow::Borrowed(whole);
        }
        let is_kept = |citation: &&Citation| changes.hears(citation) && !unheard.contains(&citation.source);
        let kept = statement.citations.iter().filter(is_kept).count();
        if changes.is_statement_removed(id) || (kept == 0 && !statement.citations.is_empty()) {
            return Cow::Owned(whole.clone().lost());
        }
        if kept == statement.citations.len() {
            return Cow::Borrowed(whole);
        }
        let mut rest = days_of(&statement.times, self.horizon(statement.citations.iter().filter(is_kept)));
        rest.lost = whole.certain.difference(&rest.certain).union(&whole.after_end.difference(&rest.after_end));
        Cow::Owned(rest)
    }

    /// The last day of which any of the sources can speak; the calendar's last where one of them has no horizon, or there is none.
    fn horizon<'c>(&self, citations: impl Iterator<Item = &'c Citation>) -> Day {
        let horizons: Option<Vec<Day>> =
            citations.map(|citation| self.program.source(citation.source).horizon).collect();
        horizons.and_then(|horizons| horizons.into_iter().max()).unwrap_or(Day::LAST)
    }

    /// What all statements together say of an atom.
    #[must_use]
    pub fn atom_days(&self, target: Target, individuals: &[IndividualId], changes: &Changes) -> AtomDays {
        let mut atom = AtomDays::default();
        let nothing = IntervalSet::empty();
        let set_aside = self.set_aside(target, individuals, changes);
        for entry in self.entries(target, individuals) {
            let days = self.entry_days(entry, individuals, changes, &set_aside);
            atom.open = atom.open.union(&days.lost);
            // What `only` says of others is said on its certain days alone.
            let (after_end, open) = if entry.by_only { (&nothing, &nothing) } else { (&days.after_end, &days.open) };
            let (same, opposite) = match entry.polarity {
                Polarity::For => (&mut atom.is_for, &mut atom.against),
                Polarity::Against => (&mut atom.against, &mut atom.is_for),
                Polarity::Unknown => {
                    atom.open = atom.open.union(&days.certain).union(open);
                    continue;
                }
            };
            *same = same.union(&days.certain);
            *opposite = opposite.union(after_end);
            atom.open = atom.open.union(open);
        }
        changes.apply(target, individuals, &mut atom);
        atom
    }

    /// The statements of completeness that speak of an atom, with their places in the program.
    pub fn completeness_of(
        &self,
        target: Target,
        individuals: &[IndividualId],
    ) -> impl Iterator<Item = (usize, &'p Completeness)> {
        let program = self.program;
        let symmetric = self.symmetric(target);
        self.rows(target).completeness.iter().map(move |index| (*index, &program.completeness[*index])).filter(
            move |(_, completeness)| {
                completeness.covers(individuals)
                    || symmetric.is_some_and(|(one, two)| {
                        let mut reversed: Tuple = individuals.into();
                        reversed.swap(one, two);
                        completeness.covers(&reversed)
                    })
            },
        )
    }

    /// The days on which the record of an atom is complete.
    #[must_use]
    pub fn complete_days(&self, target: Target, individuals: &[IndividualId], changes: &Changes) -> IntervalSet {
        let found = changes.found_complete(target, |found| {
            found.covers(individuals)
                || self.symmetric(target).is_some_and(|(one, two)| {
                    let mut reversed: Tuple = individuals.into();
                    reversed.swap(one, two);
                    found.covers(&reversed)
                })
        });
        self.completeness_of(target, individuals)
            .filter(|(index, _)| !changes.is_completeness_removed(*index))
            .fold(found, |days, (_, completeness)| days.union(&self.completeness_days(completeness, changes)))
    }

    /// The days of a statement of completeness; none where all its sources are removed.
    #[must_use]
    pub fn completeness_days(&self, completeness: &Completeness, changes: &Changes) -> IntervalSet {
        let mut heard = completeness.citations.iter().filter(|citation| changes.hears(citation)).peekable();
        if heard.peek().is_none() && !completeness.citations.is_empty() {
            return IntervalSet::empty();
        }
        let horizon = self.horizon(heard);
        days_of(&completeness.times, horizon).certain
    }

    /// Whether the record covers these days for every atom with the given individuals in their roles.
    #[must_use]
    pub fn is_complete_for_all(
        &self,
        target: Target,
        given: &[(usize, IndividualId)],
        days: &IntervalSet,
        changes: &Changes,
    ) -> bool {
        let covers = |completeness: &Completeness| {
            completeness.arguments.iter().enumerate().all(|(role, argument)| match argument {
                super::CompleteArgument::Any => true,
                super::CompleteArgument::These(these) => given
                    .iter()
                    .any(|(given_role, individual)| *given_role == role && these.binary_search(individual).is_ok()),
            })
        };
        let covered = self
            .rows(target)
            .completeness
            .iter()
            .filter(|index| !changes.is_completeness_removed(**index))
            .map(|index| &self.program.completeness[*index])
            .filter(|completeness| covers(completeness))
            .fold(IntervalSet::empty(), |covered, completeness| {
                covered.union(&self.completeness_days(completeness, changes))
            });
        days.is_subset(&covered)
    }
}

impl Completeness {
    /// Whether it speaks of an atom.
    #[must_use]
    pub fn covers(&self, individuals: &[IndividualId]) -> bool {
        self.arguments.iter().zip(individuals).all(|(argument, individual)| match argument {
            super::CompleteArgument::Any => true,
            super::CompleteArgument::These(these) => these.binary_search(individual).is_ok(),
        })
    }
}

pub(super) fn days_of(times: &[StatementTime], horizon: Day) -> StatementDays {
    let mut days = StatementDays::default();
    for (index, time) in times.iter().enumerate() {
        let (earliest_end, latest_end) =
            if time.open_end { (horizon, horizon) } else { (time.earliest_end, time.latest_end) };
        let set = |first, last| IntervalSet::from_intervals(Interval::new(first, last));
        let certain = set(time.latest_start, earliest_end);
        let possible = set(time.earliest_start, latest_end);
        days.open = days.open.union(&possible.difference(&certain));
        days.certain = days.certain.union(&certain);
        if time.ended && latest_end < Day::LAST {
            let until = times[index + 1..]
                .iter()
                .map(|later| later.earliest_start)
                .filter(|start| *start > latest_end)
                .min()
                .map_or(horizon, Day::previous);
            days.after_end = days.after_end.union(&set(latest_end.next(), until));
        }
    }
    days.open = days.open.difference(&days.certain);
    days.after_end = days.after_end.difference(&days.certain).difference(&days.open);
    days
}

/// The atoms of which a statement speaks, and whether by `only`. An individual is paired with itself
/// only where both places name it alone.
#[must_use]
pub fn atoms_of(program: &Program, statement: &Statement) -> Vec<(Tuple, bool)> {
    let mut atoms = Vec::new();
    let roles = program.roles(statement.target);
    let named: Vec<Vec<IndividualId>> =
        statement.arguments.iter().map(|argument| argument.individuals.clone()).collect();
    let mut combine = |choices: &[Vec<IndividualId>], by_only: bool| {
        let mut tuple = Tuple::new();
        each_combination(choices, &mut tuple, &mut |tuple| {
            let repeats = tuple.iter().enumerate().any(|(place, individual)| {
                tuple[..place].iter().enumerate().any(|(other, earlier)| {
                    earlier == individual && (statement.arguments[place].is_set || statement.arguments[other].is_set)
                })
            });
            if repeats {
                return;
            }
            atoms.push((Tuple::from(tuple), by_only));
            if statement.mutually && tuple.len() >= 2 {
                let mut reversed = Tuple::from(tuple);
                reversed.swap(0, 1);
                atoms.push((reversed, by_only));
            }
        });
    };
    combine(&named, false);
    for (role, argument) in statement.arguments.iter().enumerate().filter(|(_, argument)| argument.only) {
        let kind = program.kind(roles[role].kind);
        let mut others = named.clone();
        others[role] = kind
            .members
            .iter()
            .chain(&kind.unnamed)
            .copied()
            .filter(|member| argument.individuals.binary_search(member).is_err())
            .collect();
        combine(&others, true);
    }
    atoms
}

fn each_combination(choices: &[Vec<IndividualId>], tuple: &mut Tuple, use_it: &mut impl FnMut(&[IndividualId])) {
    match choices.get(tuple.len()) {
        None => use_it(tuple),
        Some(individuals) => {
            for individual in individuals {
                tuple.push(*individual);
                each_combination(choices, tuple, use_it);
                tuple.pop();
            }
        }
    }
}
