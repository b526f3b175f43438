//! Individuals of whom it does not matter which they are: the rows that name any of them are taken together.

use super::{Days, Engine, Frame};
use crate::evidence::{TableAtoms, TableRows, Tuple};
use crate::model::condition::{Argument, Atom, Binding, Condition, ConditionKind};
use crate::model::program::{Program, Target};
use crate::time::{Day, Interval, IntervalSet};
use smallvec::SmallVec;

impl Engine<'_> {
    /// Whether it does not matter which member of a kind rows speak of: all exist at all times, and none is left out by what it is.
    pub(super) fn may_pool(&self, binding: Binding) -> bool {
        let kind = self.program.kind(binding.kind);
        kind.root != Program::STATE && kind.members.iter().all(|one| self.program.individual(*one).life.is_all())
    }

    /// Whether a condition is met, or is not, where one of some atoms is, each of which has a variable in its last place and nowhere else.
    pub(super) fn is_pool(&self, condition: &Condition, negated: bool, binding: Binding) -> bool {
        match (&condition.kind, negated) {
            (ConditionKind::Not(inner), _) => self.is_pool(inner, !negated, binding),
            (ConditionKind::Or(conditions, _), false) | (ConditionKind::And(conditions, _), true) => {
                conditions.iter().all(|one| self.is_pool(one, negated, binding))
            }
            (ConditionKind::Atom(atom), false) => {
                let is_it = |argument: &Argument| *argument == Argument::Variable(binding.slot);
                let is_last = |(last, others): (&Argument, &[Argument])| is_it(last) && !others.iter().any(is_it);
                let kind = self.program.relation(atom.relation).roles.last().map(|role| role.kind);
                atom.arguments.split_last().is_some_and(is_last) && kind == Some(binding.kind)
            }
            _ => false,
        }
    }

    /// Adds the days of all rows that say one of the atoms of a condition, whoever the last individual is.
    pub(super) fn add_pool(&self, condition: &Condition, frame: &Frame, days: &mut Days) -> Option<()> {
        match &condition.kind {
            ConditionKind::Not(inner) => self.add_pool(inner, frame, days),
            ConditionKind::And(conditions, _) | ConditionKind::Or(conditions, _) => {
                conditions.iter().try_for_each(|one| self.add_pool(one, frame, days))
            }
            ConditionKind::Atom(atom) => {
                let (individuals, atoms) = self.with_any_last(atom, frame)?;
                self.add_lived(&individuals, frame, atoms.rows(), days)
            }
            _ => None,
        }
    }

    /// The atoms of which only the last individual is not given, and the others.
    fn with_any_last(&self, atom: &Atom, frame: &Frame) -> Option<(Tuple, TableAtoms<'_>)> {
        let (_, given) = atom.arguments.split_last()?;
        let individuals: Tuple = frame.arguments(given)?;
        let atoms = self.record.table_atoms_with_any_last(Target::Relation(atom.relation), &individuals)?;
        Some((individuals, atoms))
    }

    /// Whether a condition is met where several atoms are, each of which has a variable in its last place and nowhere else.
    pub(super) fn is_shared(&self, condition: &Condition, binding: Binding) -> bool {
        match &condition.kind {
            ConditionKind::And(conditions, _) => {
                let is_atom = |one: &Condition| matches!(one.kind, ConditionKind::Atom(_));
                !conditions.is_empty() && conditions.iter().all(|one| is_atom(one) && self.is_pool(one, false, binding))
            }
            _ => false,
        }
    }

    /// Adds, for each individual of whom all atoms of such a condition are said, the days on which they are.
    pub(super) fn add_shared(&self, condition: &Condition, frame: &Frame, members: &mut Days) -> Option<()> {
        let ConditionKind::And(conditions, _) = &condition.kind else { return None };
        let mut sides: SmallVec<[(Tuple, TableAtoms<'_>); 2]> = SmallVec::new();
        for one in conditions {
            let ConditionKind::Atom(atom) = &one.kind else { return None };
            sides.push(self.with_any_last(atom, frame)?);
        }
        let all = sides.iter().flat_map(|(individuals, _)| individuals.iter().copied());
        let is_always = self.life(all.filter(|one| !frame.is_living(*one))).is_all();
        let mut said = Days::new();
        // The last of those who come first is the first of whom all may be said.
        while let Some(last) = sides.iter().map(|(_, atoms)| atoms.first()).max_by_key(|first| *first).flatten() {
            let mut is_of_all = true;
            for (_, atoms) in &mut sides {
                atoms.pass_to(last);
                match atoms.first() {
                    Some(first) => is_of_all &= first == last,
                    None => return Some(()),
                }
            }
            if !is_of_all {
                continue;
            }
            let rows: SmallVec<[TableRows<'_>; 2]> = sides.iter_mut().map(|(_, atoms)| atoms.take_first()).collect();
            // Most have one row each, and no set has to be made for them.
            if is_always && rows.iter().all(|one| one.places.len() == 1) {
                members.extend(shared_days(&rows)?);
                continue;
            }
            let mut all: Option<IntervalSet> = None;
            for ((individuals, _), rows) in sides.iter().zip(rows) {
                said.clear();
                self.add_lived(individuals, frame, rows, &mut said)?;
                let days = IntervalSet::from_unsorted(&mut said);
                all = Some(match all {
                    Some(all) => all.intersection(&days),
                    None => days,
                });
            }
            members.extend(all.iter().flat_map(IntervalSet::iter));
        }
        Some(())
    }
}

/// The days that some rows share, of each of which there is one.
fn shared_days(rows: &[TableRows<'_>]) -> Option<Option<Interval>> {
    let all = Interval { first: Day::FIRST, last: Day::LAST };
    rows.iter().try_fold(Some(all), |shared, one| {
        let days = one.statements.times.row(one.places.start).days(one.horizon)?;
        Some(shared.and_then(|shared| Interval::new(shared.first.max(days.first), shared.last.min(days.last))))
    })
}
