//! Individuals of whom it does not matter which they are: the rows that name any of them are taken together.

use super::{Days, Engine, Frame};
use crate::evidence::{TableAtoms, TableRows, Tuple};
use crate::model::condition::{Argument, Atom, Binding, Condition, ConditionKind};
use crate::model::program::{Program, Target};
use crate::time::{Interval, IntervalSet};
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
        let life = self.life(all.filter(|one| !frame.is_living(*one)));
        let Some((first, last)) = frame.domain().first().zip(frame.domain().last()) else { return Some(()) };
        let mut left = Days::new();
        // The last of those who come first is the first of whom all may be said.
        while let Some(last_of_firsts) =
            sides.iter().map(|(_, atoms)| atoms.first()).max_by_key(|first| *first).flatten()
        {
            let mut is_of_all = true;
            for (_, atoms) in &mut sides {
                atoms.pass_to(last_of_firsts);
                match atoms.first() {
                    Some(one) => is_of_all &= one == last_of_firsts,
                    None => return Some(()),
                }
            }
            if !is_of_all {
                continue;
            }
            let rows: SmallVec<[TableRows<'_>; 2]> = sides.iter_mut().map(|(_, atoms)| atoms.take_first()).collect();
            left.clear();
            left.push(Interval { first, last });
            rows.iter().try_for_each(|one| keep_shared(&mut left, one))?;
            // Most share no more than one stretch, and no set has to be made for them.
            match left.as_slice() {
                [] => {}
                [only] if life.is_all() => members.push(*only),
                _ => members.extend(life.intersection(&IntervalSet::from_unsorted(&mut left)).iter()),
            }
        }
        Some(())
    }
}

/// Leaves of some days those on which one of some rows is said; a day may be among them twice then.
fn keep_shared(days: &mut Days, rows: &TableRows<'_>) -> Option<()> {
    /// More pairs are not gone through one by one.
    const FEW_PAIRS: usize = 32;
    let days_of_rows = rows.places.clone().map(|place| rows.statements.times.row(place).days(rows.horizon));
    let mut before = std::mem::take(days);
    if before.len() * rows.places.len() > FEW_PAIRS {
        let said = IntervalSet::from_intervals(days_of_rows.collect::<Option<Days>>()?);
        days.extend(IntervalSet::from_unsorted(&mut before).intersection(&said).iter());
        return Some(());
    }
    for row in days_of_rows {
        let row = row?;
        days.extend(before.iter().filter_map(|one| Interval::new(one.first.max(row.first), one.last.min(row.last))));
    }
    Some(())
}
