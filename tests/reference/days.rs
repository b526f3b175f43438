//! The days on which the reference evaluates.
//!
//! # Why a finite list of days is exact
//!
//! Facts, records, lives and dates of a program change only on finitely many days: its *change points*. What
//! a condition without a window is worth on a day depends on that day, or (for `ever` and `always`) on all
//! days so far, so that it changes on change points only. A window of at most L days carries a change
//! at most L days further. Windows do not stand in circles of rules, so that the sum M of the lengths
//! of all windows of the program bounds how far a change can travel. Hence nothing at all changes but within M days of
//! a change point. Every day within M + 1 days of one is evaluated by itself; of the days between, and of the infinite past and
//! future, one stands for all: the last one evaluated before them (the first day of the calendar for the
//! past). Windows that the ends of the calendar cut short hold, there, days that are all equal, so that the cut changes nothing.

use std::collections::BTreeSet;
use symmachia::model::Program;
use symmachia::model::condition::{Condition, ConditionKind, MomentDate};
use symmachia::model::program::{MeasureDefinition, Value};
use symmachia::time::{Day, Direction, Interval, IntervalSet, Period, Unit, Window};

use super::walk;

/// Days in order; each stands for all days until the next one.
pub struct Days {
    days: Vec<Day>,
    /// Whether a fact, a record or a life may change on it.
    changes: Vec<bool>,
}

impl Days {
    pub fn of(program: &Program) -> Days {
        let mut points = BTreeSet::new();
        let mut bounds = |first: Day, last: Day| {
            points.insert(first);
            points.insert(last.next());
        };
        let times = program.statements.iter().flat_map(|statement| &statement.times);
        for time in times.chain(program.completeness.iter().flat_map(|record| &record.times)) {
            bounds(time.earliest_start, time.earliest_end);
            bounds(time.latest_start, time.latest_end);
        }
        for preference in &program.preferences {
            preference.days.iter().for_each(|interval| bounds(interval.first, interval.last));
        }
        for horizon in program.sources.iter().filter_map(|source| source.horizon) {
            bounds(Day::FIRST, horizon);
        }
        for individual in &program.individuals {
            individual.life.iter().for_each(|interval| bounds(interval.first, interval.last));
            if let Some(Value::Date(period)) = &individual.value {
                bounds(period.first, period.last);
            }
        }
        let mut reach = 1;
        for condition in conditions_of(program) {
            walk::each_condition(condition, &mut |condition| match &condition.kind {
                ConditionKind::Within(_, window) | ConditionKind::Throughout(_, window) => {
                    reach += longest(program.window(window))
                }
                ConditionKind::Moment { date: MomentDate::Period(period), .. } => bounds(period.first, period.last),
                _ => {}
            });
        }
        let around = |point: &Day| Interval {
            first: Day::from_number(point.number().saturating_sub(reach)),
            last: Day::from_number(point.number().saturating_add(reach)),
        };
        let near: IntervalSet =
            points.iter().map(around).chain([Interval { first: Day::FIRST, last: Day::FIRST }]).collect();
        let days: Vec<Day> = near
            .iter()
            .flat_map(|interval| (interval.first.number()..=interval.last.number()).map(Day::from_number))
            .collect();
        let changes = days.iter().map(|day| points.contains(day)).collect();
        Days { days, changes }
    }

    pub fn len(&self) -> usize {
        self.days.len()
    }

    pub fn day(&self, place: usize) -> Day {
        self.days[place]
    }

    pub fn all(&self) -> &[Day] {
        &self.days
    }

    /// Whether facts and lives may differ from those of the day before in the list.
    pub fn changes(&self, place: usize) -> bool {
        place == 0 || self.changes[place]
    }

    /// Place of the day that stands for this one.
    pub fn place(&self, day: Day) -> usize {
        self.days.partition_point(|known| *known <= day) - 1
    }

    /// The days of a window as seen from a day.
    pub fn days_of_window(&self, window: Window, place: usize) -> Interval {
        let (first, last) = window_around(window, self.days[place]);
        Interval { first, last }
    }

    /// Places of the days that stand for the days of a window as seen from a day.
    pub fn window(&self, window: Window, place: usize) -> std::ops::RangeInclusive<usize> {
        self.window_of(self.days_of_window(window, place))
    }

    /// Places of the days that stand for those of an interval.
    pub fn window_of(&self, interval: Interval) -> std::ops::RangeInclusive<usize> {
        self.place(interval.first)..=self.place(interval.last)
    }
}

fn conditions_of(program: &Program) -> Vec<&Condition> {
    let mut conditions = Vec::new();
    for rule in &program.rules {
        conditions.push(&rule.body);
        conditions.extend(&rule.applies_where);
    }
    for measure in &program.measures {
        match &measure.definition {
            MeasureDefinition::Recorded => {}
            MeasureDefinition::Defined { applies_where, value, .. } => {
                conditions.extend(applies_where);
                walk::expression_conditions(value, &mut conditions);
            }
            MeasureDefinition::Classification { applies_where, cases, .. } => {
                conditions.extend(applies_where);
                conditions.extend(cases.iter().map(|(_, condition)| condition));
            }
        }
    }
    conditions.extend(program.assertions.iter().map(|assertion| &assertion.condition));
    conditions
}

fn longest(window: Window) -> i32 {
    let unit = match window.length.unit {
        Unit::Years => 366,
        Unit::Months => 31,
        Unit::Days => 1,
    };
    i32::try_from(window.length.number).map_or(i32::MAX / 8, |number| number.saturating_mul(unit).min(i32::MAX / 8))
}

/// "A window of N years ends on the day and begins the day after its date N years before."
fn window_around(window: Window, day: Day) -> (Day, Day) {
    match window.direction {
        Direction::Last => (moved(day, window, -1).map_or(Day::FIRST, Day::next), day),
        Direction::Next => (day, moved(day, window, 1).map_or(Day::LAST, Day::previous)),
    }
}

/// The same date some years or months away, 29 February becoming 28 February and 31 becoming 30 where
/// there is no such date; none beyond the calendar.
fn moved(day: Day, window: Window, sign: i64) -> Option<Day> {
    let number = i64::from(window.length.number) * sign;
    let date = day.date();
    let months = i64::from(date.year()) * 12 + i64::from(date.month()) - 1;
    let months = match window.length.unit {
        Unit::Days => {
            let number = i64::from(day.number()) + number;
            let calendar = i64::from(Day::FIRST.number())..=i64::from(Day::LAST.number());
            return calendar.contains(&number).then(|| Day::from_number(number as i32));
        }
        Unit::Months => months + number,
        Unit::Years => months + number * 12,
    };
    let (year, month) = (i16::try_from(months.div_euclid(12)).ok()?, u8::try_from(months.rem_euclid(12) + 1).ok()?);
    let last: Period = Period::from_parts(year, Some(month), None)?;
    Day::from_parts(year, month, date.day() as u8).or(Some(last.last))
}
