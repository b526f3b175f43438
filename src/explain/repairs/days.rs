//! What a time form would need: findings on this day, on another one, or on all that count.

use super::super::parts::{Composition, Place, Side};
use super::change::{Change, is_open};
use super::search::Search;
use super::sets::{self, Options};
use crate::evidence::Tuple;
use crate::model::condition::{Condition, ConditionKind};
use crate::model::program::RelationId;
use crate::time::{Day, Interval, IntervalSet};
use std::collections::BTreeSet;

/// Stretches of time that are told apart.
const MOST_STRETCHES: usize = 300;
/// Other days that are tried, the nearest first.
const MOST_OTHER_DAYS: usize = 40;
/// Individuals of a quantifier whose changes in time are looked at.
const MOST_INDIVIDUALS: usize = 50;

impl<'p> Search<'_, 'p> {
    pub(super) fn other_days(&mut self, place: &Place<'p>, on: Interval, side: Side) -> Options {
        let Composition::OtherDays(part, days) = place.composition(self.engine) else { return Options::new() };
        let any_day_suffices = matches!(
            (&place.condition.kind, side),
            (ConditionKind::Ever(_) | ConditionKind::Within(..), Side::For)
                | (ConditionKind::Always(_) | ConditionKind::Throughout(..), Side::Against)
        );
        let mut cuts = BTreeSet::new();
        self.add_cuts(&part, &mut cuts, &mut BTreeSet::new());
        let at = |day: Day| Place::new(part.condition, part.frame.clone(), day);
        if any_day_suffices {
            let today = if days.contains(on.first) { self.place(&at(on.first), on, side) } else { Options::new() };
            let least = today.first().map_or((usize::MAX, 0), |set| sets::size(set));
            if least <= (1, 0) || on.first != on.last {
                return today;
            }
            let mut others: Vec<Day> = days
                .iter()
                .flat_map(|interval| split(interval, &cuts))
                .flat_map(|stretch| [stretch.first, stretch.last])
                .filter(|day| *day != on.first)
                .collect();
            others.sort_by_key(|day| (day.number() - on.first.number()).abs());
            others.dedup();
            others.truncate(MOST_OTHER_DAYS);
            let mut options = vec![today];
            for day in others {
                let found = self.place(&at(day), Interval { first: day, last: day }, side);
                // Another day is worth a word only where it takes less, or less of what is recorded.
                let found: Options = found.into_iter().filter(|set| sets::size(set) < least).collect();
                // Where one open finding would do, the nearest day is all that need be told.
                if found.first().is_some_and(|set| sets::size(set) <= (1, 0)) {
                    return found;
                }
                options.push(found);
            }
            return sets::any(options);
        }
        let line = self.engine.condition(part.condition, &mut part.frame.clone());
        let wrong = line.days_where(|standing| !side.is_settled(*standing)).intersection(&days);
        if cuts.len() > MOST_STRETCHES {
            cuts.clear();
        }
        cuts.extend(line.runs().map(|(run, _)| run.first));
        let stretches: Vec<Interval> = wrong.iter().flat_map(|interval| split(interval, &cuts)).collect();
        if stretches.len() > MOST_STRETCHES {
            return Options::new();
        }
        let needed: Vec<Options> =
            stretches.into_iter().map(|stretch| self.place(&at(stretch.last), stretch, side)).collect();
        let together = sets::all(needed);
        let joined: Vec<Options> = together.into_iter().map(|set| self.joined(&set)).collect();
        sets::any(joined)
    }

    /// Findings about the same atom on days that follow one another are one finding.
    fn joined(&mut self, set: &super::sets::Set) -> Options {
        let mut joined: Vec<Change> = Vec::new();
        for change in self.changes(set) {
            if let (
                Some(Change::Atom(relation, tuple, side, before)),
                Change::Atom(next_relation, next_tuple, next_side, next),
            ) = (joined.last(), &change)
                && (relation, tuple, side) == (next_relation, next_tuple, next_side)
                && before.last < Day::LAST
                && before.last.next() == next.first
                && joined.last().is_some_and(|last| is_open(self.engine, last)) == is_open(self.engine, &change)
            {
                let whole = Interval { first: before.first, last: next.last };
                let whole = Change::Atom(*relation, tuple.clone(), *side, whole);
                joined.pop();
                joined.push(whole);
                continue;
            }
            joined.push(change);
        }
        let numbers: Vec<Options> = joined.into_iter().map(|change| self.one(change)).collect();
        sets::all(numbers)
    }

    /// The days on which what a condition is made of changes.
    fn add_cuts(&self, place: &Place<'p>, cuts: &mut BTreeSet<Day>, seen: &mut BTreeSet<(RelationId, Tuple)>) {
        let engine = self.engine;
        let part = |condition: &'p Condition| Place::new(condition, place.frame.clone(), place.day);
        match &place.condition.kind {
            ConditionKind::Atom(atom) => {
                let Some(individuals) = place.frame.arguments(&atom.arguments) else { return };
                cuts.extend(engine.case(atom.relation, &individuals).runs().map(|(run, _)| run.first));
                if !seen.insert((atom.relation, individuals.clone())) {
                    return;
                }
                for rule in &engine.program().relation(atom.relation).rules {
                    let rule = engine.program().rule(*rule);
                    for condition in rule.applies_where.iter().chain([&rule.body]) {
                        let place = self.place_of(rule, condition, &individuals, place.day);
                        self.add_cuts(&place, cuts, seen);
                    }
                }
            }
            ConditionKind::Not(inner) | ConditionKind::Shown(inner) => self.add_cuts(&part(inner), cuts, seen),
            ConditionKind::And(parts, _)
            | ConditionKind::Or(parts, _)
            | ConditionKind::Counted { conditions: parts, .. } => {
                for one in parts {
                    self.add_cuts(&part(one), cuts, seen);
                }
            }
            ConditionKind::Whenever { then, given } => {
                self.add_cuts(&part(then), cuts, seen);
                self.add_cuts(&part(given), cuts, seen);
            }
            ConditionKind::Quantified { bindings, among, body, .. } => {
                for frame in self.frames(bindings, place).unwrap_or_default().into_iter().take(MOST_INDIVIDUALS) {
                    for condition in among.as_deref().into_iter().chain([&**body]) {
                        self.add_cuts(&Place::new(condition, frame.clone(), place.day), cuts, seen);
                    }
                }
            }
            _ => {
                let line = engine.condition(place.condition, &mut place.frame.clone());
                cuts.extend(line.runs().map(|(run, _)| run.first));
            }
        }
    }
}

/// An interval in pieces, each of which begins at its beginning or at a cut.
fn split(interval: Interval, cuts: &BTreeSet<Day>) -> Vec<Interval> {
    let mut pieces = IntervalSet::from(interval).iter().collect::<Vec<_>>();
    for cut in cuts.range(interval.first..=interval.last).filter(|cut| **cut > interval.first) {
        if let Some(last) = pieces.last_mut() {
            last.last = cut.previous();
            pieces.push(Interval { first: *cut, last: interval.last });
        }
    }
    pieces
}
