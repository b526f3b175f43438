//! The record: what the statements say of each atom, found by its individuals.
//!
//! A relation of which nothing is recorded costs nothing here: only atoms of which some
//! statement speaks have a row, and completeness is kept as patterns.

mod coverage;
mod exactness;

use super::changes::Changes;
use super::rows::{Entries, Rows, TableAtoms, TableRows};
use super::tuple::Tuple;
use super::{Citation, Polarity, Statement, StatementId, StatementTime, StatementValue, TableStatements};
use crate::model::Program;
use crate::model::program::{IndividualId, SourceId, Target};
use crate::time::{Day, Interval, IntervalSet};
use smallvec::SmallVec;
use std::borrow::Cow;
use std::cell::OnceCell;
use std::ops::Range;

/// Days in any order, on their way to a set.
type Spans = SmallVec<[Interval; 8]>;

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

/// All that is recorded, by atom.
#[derive(Debug)]
pub struct Record<'p> {
    program: &'p Program,
    relations: Vec<Rows<'p>>,
    measures: Vec<Rows<'p>>,
    /// Of each statement that a person wrote, by all its sources; made when first asked for.
    days: Vec<OnceCell<StatementDays>>,
    /// Of each time of the statements of a table that is more than two days; made when first asked for.
    table_days: Vec<OnceCell<Vec<OnceCell<StatementDays>>>>,
    /// Of each table the last day of which its sources can speak.
    table_horizons: Vec<Day>,
    /// The days of each statement of completeness, by all its sources.
    complete: Vec<OnceCell<IntervalSet>>,
    /// Of each statement of completeness and each of its roles, whether it names every member of the role's kind.
    names_all: Vec<Vec<OnceCell<bool>>>,
    /// Of each relation, and then of each measure, whether its days are exactly known; found when first asked for.
    has_exact_times: Vec<OnceCell<bool>>,
}

impl<'p> Record<'p> {
    /// Lays out the statements of a program by atom.
    #[must_use]
    pub fn new(program: &'p Program) -> Self {
        let (relations, measures) = super::layout::of(program);
        let mut record = Record {
            program,
            relations,
            measures,
            days: vec![OnceCell::new(); program.statements.len()],
            table_days: vec![OnceCell::new(); program.table_statements.len()],
            table_horizons: Vec::new(),
            complete: vec![OnceCell::new(); program.completeness.len()],
            has_exact_times: vec![OnceCell::new(); program.relations.len() + program.measures.len()],
            names_all: program
                .completeness
                .iter()
                .map(|completeness| vec![OnceCell::new(); completeness.arguments.len()])
                .collect(),
        };
        record.table_horizons =
            program.table_statements.iter().map(|table| record.horizon(table.pattern.citations.iter())).collect();
        for (index, completeness) in program.completeness.iter().enumerate() {
            record.rows_mut(completeness.target).completeness.push(index);
        }
        record
    }

    pub(super) fn program(&self) -> &'p Program {
        self.program
    }

    fn rows(&self, target: Target) -> &Rows<'p> {
        match target {
            Target::Relation(id) => &self.relations[id.index()],
            Target::Measure(id) => &self.measures[id.index()],
        }
    }

    fn rows_mut(&mut self, target: Target) -> &mut Rows<'p> {
        match target {
            Target::Relation(id) => &mut self.relations[id.index()],
            Target::Measure(id) => &mut self.measures[id.index()],
        }
    }

    /// What the statements say of an atom, statement by statement.
    #[must_use]
    pub fn entries(&self, target: Target, individuals: &[IndividualId]) -> Entries<'_> {
        self.rows(target).entries(individuals)
    }

    /// The value that a statement gives a measure.
    #[must_use]
    pub fn value(&self, statement: StatementId) -> Option<StatementValue> {
        match self.program.table_of(statement) {
            Some((table, place)) => self.program.table_statements[table].value_of(place),
            None => self.program.statements[statement.index()].value,
        }
    }

    /// The times of a statement.
    pub(super) fn times_of(&self, statement: StatementId) -> Cow<'p, [StatementTime]> {
        match self.program.table_of(statement) {
            Some((table, place)) => Cow::Owned(vec![self.program.table_statements[table].time_of(place)]),
            None => Cow::Borrowed(&self.program.statements[statement.index()].times),
        }
    }

    /// Whether no statement at all speaks of the target.
    #[must_use]
    pub fn is_silent(&self, target: Target) -> bool {
        self.rows(target).is_empty()
    }

    /// The atoms of which some statement speaks and that have the given individuals in their roles, in order.
    pub fn atoms<'r>(
        &'r self,
        target: Target,
        given: &'r [(usize, IndividualId)],
    ) -> impl Iterator<Item = &'r [IndividualId]> + 'r {
        let rows = self.rows(target);
        rows.matching(given).map(|row| rows.atom(row))
    }

    /// How many atoms some statement speaks of.
    #[must_use]
    pub fn atom_count(&self, target: Target) -> usize {
        self.rows(target).len()
    }

    /// The individuals in one role of the atoms that some statement speaks of and that have the
    /// given individuals in other roles. In id order, each once.
    #[must_use]
    pub fn individuals_in(&self, target: Target, role: usize, given: &[(usize, IndividualId)]) -> Vec<IndividualId> {
        let mut found: Vec<IndividualId> = self.atoms(target, given).map(|atom| atom[role]).collect();
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
        let citations = self.program.citations_of(id);
        let whole = self.whole_days(id, citations);
        if changes.sources.is_empty() && changes.statements.is_empty() && unheard.is_empty() {
            return whole;
        }
        let is_kept = |citation: &&Citation| changes.hears(citation) && !unheard.contains(&citation.source);
        let kept = citations.iter().filter(is_kept).count();
        if changes.is_statement_removed(id) || (kept == 0 && !citations.is_empty()) {
            return Cow::Owned(whole.into_owned().lost());
        }
        if kept == citations.len() {
            return whole;
        }
        let mut rest = days_of(&self.times_of(id), self.horizon(citations.iter().filter(is_kept)));
        rest.lost = whole.certain.difference(&rest.certain).union(&whole.after_end.difference(&rest.after_end));
        Cow::Owned(rest)
    }

    /// The days of a statement by all its sources.
    fn whole_days(&self, id: StatementId, citations: &[Citation]) -> Cow<'_, StatementDays> {
        let Some((table, place)) = self.program.table_of(id) else {
            let times = &self.program.statements[id.index()].times;
            let days = &self.days[id.index()];
            return Cow::Borrowed(days.get_or_init(|| days_of(times, self.horizon(citations.iter()))));
        };
        let (times, horizon) = (&self.program.table_statements[table].times, self.table_horizons[table]);
        match times.other_place(place) {
            Some(other) => {
                let of_table = self.table_days[table].get_or_init(|| vec![OnceCell::new(); times.others().len()]);
                Cow::Borrowed(of_table[other].get_or_init(|| days_of(&times.others()[other..=other], horizon)))
            }
            None => {
                let certain = IntervalSet::from_intervals(times.row(place).days(horizon));
                Cow::Owned(StatementDays { certain, ..StatementDays::default() })
            }
        }
    }

    /// The rows of a table that speak of an atom; none where something else than the rows of tables speaks of the target, or more tables
    /// than one of the atom.
    #[must_use]
    pub fn table_rows(&self, target: Target, individuals: &[IndividualId]) -> Option<TableRows<'_>> {
        self.rows(target).table_rows(individuals, &self.table_horizons)
    }

    /// The tables that say all that is said of a target, with the last days of which their sources can speak; none where something else
    /// speaks of it.
    #[must_use]
    pub fn tables_of(&self, target: Target) -> Option<SmallVec<[(&'p TableStatements, Day); 2]>> {
        self.rows(target).tables(&self.table_horizons)
    }

    /// The atoms of tables with given individuals in their roles, in order, each with the statements of every table that speaks of it and
    /// the place of the table among [`Record::tables_of`]; nothing where there are no such tables.
    pub fn each_with_rows(
        &self,
        target: Target,
        given: &[(usize, IndividualId)],
        use_it: impl FnMut(&[IndividualId], usize, Range<usize>),
    ) {
        self.rows(target).each_with_rows(given, use_it);
    }

    /// The atoms of a table with these individuals and any other in the last place; none where other statements than those of one
    /// table speak of the target.
    #[must_use]
    pub fn table_atoms_with_any_last(&self, target: Target, individuals: &[IndividualId]) -> Option<TableAtoms<'_>> {
        self.rows(target).table_atoms_with_any_last(individuals, &self.table_horizons)
    }

    /// The statements of a table, if no others speak of the target, and of each atom one way.
    #[must_use]
    pub fn table_of(&self, target: Target) -> Option<&TableStatements> {
        self.rows(target).table()
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
        let entries = self.entries(target, individuals);
        if !entries.is_empty() {
            let set_aside = self.set_aside(target, individuals, changes);
            let (mut is_for, mut against, mut open) = (Spans::new(), Spans::new(), Spans::new());
            for entry in entries {
                if let Some(days) = self.exact_days(&entry, changes).filter(|_| set_aside.is_empty()) {
                    match entry.polarity {
                        Polarity::For => is_for.push(days),
                        Polarity::Against => against.push(days),
                        Polarity::Unknown => open.push(days),
                    }
                    continue;
                }
                let days = self.entry_days(&entry, individuals, changes, &set_aside);
                open.extend(days.lost.iter());
                let (same, opposite) = match entry.polarity {
                    Polarity::For => (&mut is_for, &mut against),
                    Polarity::Against => (&mut against, &mut is_for),
                    Polarity::Unknown => {
                        open.extend(days.certain.iter());
                        if !entry.by_only {
                            open.extend(days.open.iter());
                        }
                        continue;
                    }
                };
                same.extend(days.certain.iter());
                // What `only` says of others is said on its certain days alone.
                if !entry.by_only {
                    opposite.extend(days.after_end.iter());
                    open.extend(days.open.iter());
                }
            }
            atom.is_for = IntervalSet::from_intervals(is_for);
            atom.against = IntervalSet::from_intervals(against);
            atom.open = IntervalSet::from_intervals(open);
        }
        changes.apply(target, individuals, &mut atom);
        atom
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
                .chain(time.next_start)
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
