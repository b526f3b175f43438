//! Forms of time followed to the days that decide.

use super::{Place, Side, Trail};
use crate::explain::leaves::Leaf;
use crate::model::condition::ConditionKind;
use crate::model::program::Target;
use crate::time::{Day, Interval, IntervalSet};

/// Where all days count, further stretches of them that are carried by something else, in either direction.
const MOST_STRETCHES: usize = 12;

/// Whether all days that a form looks at have to be on a side for the whole to be.
fn needs_all_days(form: &ConditionKind, side: Side) -> bool {
    match form {
        ConditionKind::Always(_) | ConditionKind::Throughout(..) => side == Side::For,
        _ => side == Side::Against,
    }
}

impl<'p> Trail<'_, 'p> {
    /// Follows a form of time: the day that decides, and of several the one nearest to the day asked about. Where all days count, also
    /// those that something else carries.
    pub(super) fn other_days(
        &mut self,
        form: &Place<'p>,
        part: &Place<'p>,
        days: &IntervalSet,
        (side, on_side): (Side, bool),
        depth: usize,
    ) {
        let line = self.engine.condition(part.condition, &mut part.frame.clone());
        let with = line.days_where(|standing| self.on_side(*standing, side) == on_side).intersection(days);
        // What is open, or contested, is so for the days on which the part is.
        let whole = form.standing(self.engine).verdict();
        let alike = line.days_where(|standing| standing.verdict() == whole).intersection(&with);
        let with = if alike.is_empty() { with } else { alike };
        let before = last_until(&with, part.day);
        // Where it is on no day by itself, a statement may say it of one of several.
        let occasion = || {
            let occasions = self.engine.occasions(part.condition, &part.frame);
            let seen = |of: &Interval| IntervalSet::from(*of).is_subset(days);
            occasions.iter().rfind(|(_, days, standing)| seen(days) && side.has(*standing)).map(|one| one.1.last)
        };
        let Some(nearest) = before.or(with.first()).or_else(occasion) else { return };
        let Some(carried) = self.on_day(part, nearest, side, depth) else { return };
        if !on_side || !needs_all_days(&form.condition.kind, side) {
            return;
        }
        let mut reached = carried;
        for _ in 0..MOST_STRETCHES {
            let earlier = (reached.first > Day::FIRST).then(|| last_until(&with, reached.first.previous())).flatten();
            match earlier.and_then(|day| self.on_day(part, day, side, depth)) {
                Some(carried) => reached = carried,
                None => break,
            }
        }
        let mut reached = carried;
        for _ in 0..MOST_STRETCHES {
            let later = (reached.last < Day::LAST).then(|| first_from(&with, reached.last.next())).flatten();
            match later.and_then(|day| self.on_day(part, day, side, depth)) {
                Some(carried) => reached = carried,
                None => break,
            }
        }
    }

    /// Follows a part on a day, and tells on which days around it the same carries it; none where nothing new was met.
    fn on_day(&mut self, part: &Place<'p>, day: Day, side: Side, depth: usize) -> Option<Interval> {
        let from = self.steps.len();
        self.place(&Place::new(part.condition, part.frame.clone(), day), side, depth);
        let (engine, program) = (self.engine, self.engine.program());
        let mut carried: Option<Interval> = None;
        let mut cut = |days: Interval| {
            let before = carried.unwrap_or(Interval::ALL);
            carried = Interval::new(before.first.max(days.first), before.last.min(days.last)).or(carried);
        };
        for step in self.steps[from..].iter().filter(|step| step.day == day) {
            match step.target {
                Target::Relation(relation) if program.relation(relation).is_criterion => {}
                Target::Relation(relation) => {
                    let leaf = Leaf::of(engine, relation, &step.individuals, day);
                    leaf.deciding().filter_map(|evidence| evidence.days).for_each(&mut cut);
                    for index in &leaf.silent {
                        let days = engine.record().completeness_days(&program.completeness[*index], engine.changes());
                        days.interval_at(day).into_iter().for_each(&mut cut);
                    }
                    let case = engine.case(relation, &step.individuals);
                    case.runs().find(|(run, _)| run.contains(day)).into_iter().for_each(|(run, _)| cut(run));
                }
                Target::Measure(measure) => {
                    let values = engine.measure(measure, &step.individuals);
                    values.runs().find(|(run, _)| run.contains(day)).into_iter().for_each(|(run, _)| cut(run));
                }
            }
        }
        carried
    }
}

/// The last day of some days up to one.
fn last_until(days: &IntervalSet, day: Day) -> Option<Day> {
    days.iter().rfind(|interval| interval.first <= day).map(|interval| interval.last.min(day))
}

/// The first day of some days from one on.
fn first_from(days: &IntervalSet, day: Day) -> Option<Day> {
    days.iter().find(|interval| interval.last >= day).map(|interval| interval.first.max(day))
}
