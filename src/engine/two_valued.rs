//! Conditions on nothing but what tables say and cover wholly: on every day they are met or not met, and nothing else. A set of days says
//! all of such a condition, and many rows at once make one.
//!
//! Nothing here answers what the rest of the engine would not, as in `recorded.rs`.

use super::quantifiers::Literal;
use super::witnesses::Witnesses;
use super::{Engine, Frame, Standing};
use crate::evidence::{Polarity, TableRows};
use crate::model::condition::{Atom, Binding, Condition, ConditionKind, CountComparison, Quantifier};
use crate::model::program::{IndividualId, RelationId, Target};
use crate::time::{Day, Interval, IntervalSet, Timeline};
use rustc_hash::FxHashMap;
use smallvec::SmallVec;

mod pools;

/// Kinds with more members are gone through by whoever of them matters, not one by one.
const MOST_MEMBERS: usize = 64;

/// Days in any order, some perhaps twice.
type Days = SmallVec<[Interval; 16]>;

/// Which conditions are two-valued, by their places in the program.
pub(super) type Kept = FxHashMap<*const Condition, bool>;

impl Engine<'_> {
    /// What is known of a condition, if it is two-valued.
    pub(super) fn two_valued(&self, condition: &Condition, frame: &mut Frame) -> Option<Timeline<Standing>> {
        if !self.is_two_valued(condition) {
            return None;
        }
        let days = self.days_met(condition, false, frame)?;
        Some(Timeline::from_set(&days, Standing::MET, Standing::NOT_MET))
    }

    /// A count of two-valued cases, compared.
    pub(super) fn two_valued_count(
        &self,
        bindings: &[Binding],
        among: &Condition,
        comparison: CountComparison,
        number: usize,
        frame: &mut Frame,
    ) -> Option<Timeline<Standing>> {
        if !self.are_few(bindings) || !self.is_two_valued(among) {
            return None;
        }
        let mut members = Days::new();
        match bindings {
            [only] if self.may_pool(*only) && self.is_shared(among, *only) => {
                self.add_shared(among, frame, &mut members)?;
            }
            _ => self.each_member(bindings, frame, &mut |engine, frame| {
                members.extend(engine.days_met(among, false, frame)?.iter());
                Some(())
            })?,
        }
        let days = days_counted(&members, comparison, number);
        Some(Timeline::from_set(&days, Standing::MET, Standing::NOT_MET))
    }

    /// Some combination of individuals of which all literals hold, where only these combinations can bear it out and all is two-valued.
    pub(super) fn two_valued_witnesses(
        &self,
        witnesses: &Witnesses,
        bindings: &[Binding],
        literals: &[Literal<'_>],
        frame: &mut Frame,
    ) -> Option<Timeline<Standing>> {
        if !literals.iter().all(|literal| self.is_two_valued(literal.condition)) {
            return None;
        }
        let mut days = Days::new();
        let mut found = Some(());
        for individuals in witnesses.of(frame, bindings.len()) {
            for (binding, individual) in bindings.iter().zip(individuals) {
                frame.set(binding.slot, Some(*individual));
            }
            let mut all = self.life(individuals.iter().copied());
            found = literals.iter().try_for_each(|literal| {
                if !all.is_empty() {
                    all = all.intersection(&self.days_met(literal.condition, literal.negated, frame)?);
                }
                Some(())
            });
            if found.is_none() {
                break;
            }
            days.extend(all.iter());
        }
        for binding in bindings {
            frame.set(binding.slot, None);
        }
        found?;
        Some(Timeline::from_set(&IntervalSet::from_unsorted(&mut days), Standing::MET, Standing::NOT_MET))
    }

    fn is_two_valued(&self, condition: &Condition) -> bool {
        if !self.reads_rows {
            return false;
        }
        if let Some(known) = self.two_valued.borrow().get(&std::ptr::from_ref(condition)) {
            return *known;
        }
        let all = |conditions: &[Condition]| conditions.iter().all(|one| self.is_two_valued(one));
        let is_two_valued = match &condition.kind {
            ConditionKind::Atom(atom) => self.is_covered(atom.relation),
            ConditionKind::Not(inner) | ConditionKind::Shown(inner) => self.is_two_valued(inner),
            ConditionKind::And(conditions, _) | ConditionKind::Or(conditions, _) => all(conditions),
            ConditionKind::Counted { conditions, .. } => all(conditions),
            ConditionKind::Whenever { then, given } => self.is_two_valued(then) && self.is_two_valued(given),
            ConditionKind::Quantified { bindings, among, body, .. } => {
                self.are_few(bindings)
                    && among.as_ref().is_none_or(|among| self.is_two_valued(among))
                    && self.is_two_valued(body)
            }
            _ => false,
        };
        self.two_valued.borrow_mut().insert(condition, is_two_valued);
        is_two_valued
    }

    /// Whether the rows of one table say all of a relation, each of them for, on days that are exactly known, and its record is complete
    /// on every day.
    fn is_covered(&self, relation: RelationId) -> bool {
        let definition = self.program.relation(relation);
        let target = Target::Relation(relation);
        !definition.is_criterion
            && definition.rules.is_empty()
            && self.record.complete_alike(target).is_some_and(IntervalSet::is_all)
            && self.record.table_of(target).is_some_and(|table| {
                table.times.others().is_empty() && table.polarities.values().iter().all(|side| *side == Polarity::For)
            })
    }

    /// Whether there are so few combinations that each may be looked at.
    fn are_few(&self, bindings: &[Binding]) -> bool {
        let members = bindings.iter().map(|binding| self.program.kind(binding.kind));
        members.clone().all(|kind| kind.unnamed.is_none())
            && members
                .map(|kind| kind.members.len())
                .try_fold(1, usize::checked_mul)
                .is_some_and(|all| all <= MOST_MEMBERS)
    }

    /// The days on which a condition is met, or is not; none where a variable is not bound.
    fn days_met(&self, condition: &Condition, negated: bool, frame: &mut Frame) -> Option<IntervalSet> {
        let mut days = Days::new();
        self.add_days(condition, negated, frame, &mut days)?;
        Some(IntervalSet::from_unsorted(&mut days))
    }

    fn add_days(&self, condition: &Condition, negated: bool, frame: &mut Frame, days: &mut Days) -> Option<()> {
        self.steps.set(self.steps.get() + 1);
        match &condition.kind {
            ConditionKind::Not(inner) => self.add_days(inner, !negated, frame, days)?,
            ConditionKind::Shown(inner) => self.add_days(inner, negated, frame, days)?,
            ConditionKind::Or(conditions, _) if !negated => {
                conditions.iter().try_for_each(|one| self.add_days(one, false, frame, days))?;
            }
            ConditionKind::And(conditions, _) if negated => {
                conditions.iter().try_for_each(|one| self.add_days(one, true, frame, days))?;
            }
            ConditionKind::And(conditions, _) | ConditionKind::Or(conditions, _) => {
                let mut parts = conditions.iter();
                let mut all = match parts.next() {
                    Some(first) => self.days_met(first, negated, frame)?,
                    None => IntervalSet::all(),
                };
                for part in parts {
                    if all.is_empty() {
                        break;
                    }
                    all = all.intersection(&self.days_met(part, negated, frame)?);
                }
                days.extend(all.iter());
            }
            ConditionKind::Whenever { then, given } => {
                let (then, not_given) = (self.days_met(then, negated, frame)?, self.days_met(given, !negated, frame)?);
                let all = if negated { then.intersection(&not_given) } else { then.union(&not_given) };
                days.extend(all.iter());
            }
            ConditionKind::Quantified { quantifier, bindings, among, body, .. } => {
                let is_every = *quantifier == Quantifier::Every;
                let mut some = Days::new();
                self.add_some(bindings, among.as_deref(), body, is_every, frame, &mut some)?;
                if is_every == negated {
                    days.append(&mut some);
                } else {
                    days.extend(IntervalSet::from_unsorted(&mut some).complement().iter());
                }
            }
            ConditionKind::Counted { comparison, number, conditions } => {
                let mut members = Days::new();
                for one in conditions {
                    members.extend(self.days_met(one, false, frame)?.iter());
                }
                let all = days_counted(&members, *comparison, self.count_number(*number));
                days.extend(if negated { all.complement() } else { all }.iter());
            }
            ConditionKind::Atom(atom) if negated => {
                let mut said = Days::new();
                self.add_rows(atom, frame, &mut said)?;
                days.extend(IntervalSet::from_unsorted(&mut said).complement().iter());
            }
            ConditionKind::Atom(atom) => self.add_rows(atom, frame, days)?,
            _ => return None,
        }
        Some(())
    }

    /// Adds the days on which the body, or its opposite, is met of some combination of individuals.
    fn add_some(
        &self,
        bindings: &[Binding],
        among: Option<&Condition>,
        body: &Condition,
        negated: bool,
        frame: &mut Frame,
        days: &mut Days,
    ) -> Option<()> {
        if let ([binding], None) = (bindings, among)
            && self.may_pool(*binding)
            && self.is_pool(body, negated, *binding)
        {
            return self.add_pool(body, frame, days);
        }
        self.each_member(bindings, frame, &mut |engine, frame| {
            match among {
                None => engine.add_days(body, negated, frame, days)?,
                Some(among) => {
                    let among = engine.days_met(among, false, frame)?;
                    if !among.is_empty() {
                        days.extend(among.intersection(&engine.days_met(body, negated, frame)?).iter());
                    }
                }
            }
            Some(())
        })
    }

    /// Does something for each combination of individuals; none where some of them does not exist at all times.
    fn each_member(
        &self,
        bindings: &[Binding],
        frame: &mut Frame,
        use_it: &mut dyn FnMut(&Self, &mut Frame) -> Option<()>,
    ) -> Option<()> {
        let Some((binding, rest)) = bindings.split_first() else { return use_it(self, frame) };
        let mut done = Some(());
        for individual in &self.program.kind(binding.kind).members {
            frame.set(binding.slot, Some(*individual));
            done = self.program.individual(*individual).life.is_all().then_some(());
            done = done.and_then(|()| self.each_member(rest, frame, use_it));
            if done.is_none() {
                break;
            }
        }
        frame.set(binding.slot, None);
        done
    }

    /// Adds the days of the rows that say an atom.
    fn add_rows(&self, atom: &Atom, frame: &Frame, days: &mut Days) -> Option<()> {
        let individuals = frame.arguments(&atom.arguments)?;
        let rows = self.record.table_rows(Target::Relation(atom.relation), &individuals)?;
        self.add_lived(&individuals, frame, rows, days)
    }

    /// Adds the days of some rows on which those individuals exist of which the frame does not know it.
    fn add_lived(
        &self,
        individuals: &[IndividualId],
        frame: &Frame,
        rows: TableRows<'_>,
        days: &mut Days,
    ) -> Option<()> {
        let Some((first, last)) = frame.domain().first().zip(frame.domain().last()) else { return Some(()) };
        let life = self.life(individuals.iter().copied().filter(|one| !frame.is_living(*one)));
        for place in rows.places {
            let row = rows.statements.times.row(place).days(rows.horizon)?;
            if row.last < first || row.first > last {
                continue;
            }
            if life.is_all() {
                days.push(row);
            } else {
                days.extend(life.intersection(&row.into()).iter());
            }
        }
        Some(())
    }
}

/// The days on which so many of some sets are met, whose days are given one behind the other.
fn days_counted(members: &[Interval], comparison: CountComparison, number: usize) -> IntervalSet {
    // One more from a day on, or one less.
    let mut turns: SmallVec<[(Day, i32); 32]> = SmallVec::new();
    for days in members {
        turns.push((days.first, 1));
        if days.last < Day::LAST {
            turns.push((days.last.next(), -1));
        }
    }
    turns.sort_unstable();
    let holds = |count: i32| {
        let count = count.unsigned_abs() as usize;
        match comparison {
            CountComparison::AtLeast => count >= number,
            CountComparison::AtMost => count <= number,
            CountComparison::Exactly => count == number,
        }
    };
    let (mut count, mut since) = (0, holds(0).then_some(Day::FIRST));
    let mut days = Days::new();
    for of_day in turns.chunk_by(|one, other| one.0 == other.0) {
        count += of_day.iter().map(|(_, change)| change).sum::<i32>();
        match (since, holds(count)) {
            (None, true) => since = Some(of_day[0].0),
            (Some(first), false) => {
                // Nothing is before the calendar's first day.
                days.extend((first < of_day[0].0).then(|| Interval { first, last: of_day[0].0.previous() }));
                since = None;
            }
            _ => {}
        }
    }
    days.extend(since.map(|first| Interval { first, last: Day::LAST }));
    IntervalSet::from_unsorted(&mut days)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn days_are_counted_one_by_one(
            sets in proptest::collection::vec(proptest::collection::vec((0..30i32, 0..9i32), 0..4), 0..5), number in 0..4usize, is_one_always: bool,
        ) {
            let day = Day::from_number;
            let always = is_one_always.then(IntervalSet::all);
            let sets: Vec<IntervalSet> = sets
                .iter()
                .map(|days| days.iter().filter_map(|(first, more)| Interval::new(day(*first), day(first + more))).collect())
                .chain(always)
                .collect();
            let members: Vec<Interval> = sets.iter().flat_map(IntervalSet::iter).collect();
            for comparison in [CountComparison::AtLeast, CountComparison::AtMost, CountComparison::Exactly] {
                let found = days_counted(&members, comparison, number);
                for one in (-2..45).map(day).chain([Day::FIRST, Day::LAST]) {
                    let count = sets.iter().filter(|set| set.contains(one)).count();
                    let expected = match comparison {
                        CountComparison::AtLeast => count >= number,
                        CountComparison::AtMost => count <= number,
                        CountComparison::Exactly => count == number,
                    };
                    prop_assert_eq!(found.contains(one), expected, "{:?} {} on {}", comparison, number, one);
                }
            }
        }
    }
}
