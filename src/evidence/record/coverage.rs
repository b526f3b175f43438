//! The days on which the record is complete, so that silence is evidence against.

use super::{Record, days_of};
use crate::evidence::Tuple;
use crate::evidence::changes::Changes;
use crate::evidence::{CompleteArgument, Completeness};
use crate::model::exchanged;
use crate::model::program::{IndividualId, Target};
use crate::time::IntervalSet;
use std::borrow::Cow;

impl<'p> Record<'p> {
    /// The days on which the record of every atom of a target is complete, as long as nothing is changed; none where some atoms
    /// are covered on other days than others.
    #[must_use]
    pub fn complete_alike(&self, target: Target) -> Option<&IntervalSet> {
        let rows = self.rows(target);
        let find = || {
            let mut days = IntervalSet::empty();
            for index in &rows.completeness {
                let arguments = &self.program.completeness[*index].arguments;
                if arguments.iter().any(|argument| !matches!(argument, CompleteArgument::Any)) {
                    return None;
                }
                days = days.union(&self.days_of_completeness(*index, &Changes::none()));
            }
            Some(days)
        };
        rows.complete_alike.get_or_init(find).as_ref()
    }

    /// The statements of completeness that speak of an atom, with their places in the program.
    pub fn completeness_of(
        &self,
        target: Target,
        individuals: &[IndividualId],
    ) -> impl Iterator<Item = (usize, &'p Completeness)> {
        let program = self.program;
        let symmetric = program.symmetric(target);
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
                || self.program.symmetric(target).is_some_and(|(one, two)| {
                    let mut reversed: Tuple = individuals.into();
                    reversed.swap(one, two);
                    found.covers(&reversed)
                })
        });
        self.completeness_of(target, individuals)
            .filter(|(index, _)| !changes.is_completeness_removed(*index))
            .fold(found, |days, (index, _)| days.union(&self.days_of_completeness(index, changes)))
    }

    /// The statements of completeness of a target, by their places in the program, with their days as long as nothing is changed.
    pub fn completeness_with_days(&self, target: Target) -> impl Iterator<Item = (usize, Cow<'_, IntervalSet>)> {
        let of_target = self.rows(target).completeness.iter();
        of_target.map(|index| (*index, self.days_of_completeness(*index, &Changes::none())))
    }

    /// The days of a statement of completeness, by its place in the program.
    fn days_of_completeness(&self, index: usize, changes: &Changes) -> Cow<'_, IntervalSet> {
        let completeness = &self.program.completeness[index];
        if !changes.sources.is_empty() {
            return Cow::Owned(self.completeness_days(completeness, changes));
        }
        let whole = || self.completeness_days(completeness, &Changes::none());
        Cow::Borrowed(self.complete[index].get_or_init(whole))
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

    /// The days which the record covers for every atom with the given individuals in their roles.
    #[must_use]
    pub fn days_complete_for_all(
        &self,
        target: Target,
        given: &[(usize, IndividualId)],
        changes: &Changes,
    ) -> IntervalSet {
        let rows = self.rows(target);
        let symmetric = self.program.symmetric(target);
        let covers = |index: usize, role_of: &dyn Fn(usize) -> usize| {
            let completeness = &self.program.completeness[index];
            completeness.arguments.iter().enumerate().all(|(own, argument)| {
                let CompleteArgument::These(these) = argument else { return true };
                let role = role_of(own);
                match given.iter().find(|(given_role, _)| *given_role == role) {
                    Some((_, individual)) => these.binary_search(individual).is_ok(),
                    None => self.names_all_of(index, own, role),
                }
            })
        };
        rows.completeness
            .iter()
            .filter(|index| !changes.is_completeness_removed(**index))
            .filter(|index| {
                covers(**index, &|role| role) || symmetric.is_some_and(|pair| covers(**index, &exchanged(pair)))
            })
            .fold(IntervalSet::empty(), |covered, index| covered.union(&self.days_of_completeness(*index, changes)))
    }

    /// Whether a statement of completeness names, in a role of its own, every member of the kind of a role.
    fn names_all_of(&self, completeness: usize, own: usize, role: usize) -> bool {
        *self.names_all[completeness][own].get_or_init(|| {
            let completeness = &self.program.completeness[completeness];
            let kind = self.program.kind(self.program.roles(completeness.target)[role].kind);
            match &completeness.arguments[own] {
                CompleteArgument::Any => true,
                CompleteArgument::These(these) => {
                    kind.members.iter().chain(&kind.unnamed).all(|member| these.binary_search(member).is_ok())
                }
            }
        })
    }
}

impl Completeness {
    /// Whether it speaks of an atom.
    #[must_use]
    pub fn covers(&self, individuals: &[IndividualId]) -> bool {
        self.arguments.iter().zip(individuals).all(|(argument, individual)| argument.covers(*individual))
    }
}

impl CompleteArgument {
    /// Whether it speaks of an individual.
    #[must_use]
    pub fn covers(&self, individual: IndividualId) -> bool {
        match self {
            CompleteArgument::Any => true,
            CompleteArgument::These(these) => these.binary_search(&individual).is_ok(),
        }
    }
}
