//! From the answers of days to the answer of a year.

use super::lines::Line;
use super::value::Value;
use crate::time::{Day, Interval, Period};
use crate::verdict::Verdict;

/// How a year gets its answer from its days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum YearRule {
    /// Met where it is met on any day of it.
    AnyDay,
    /// Met where it is met on every day of it on which the case arises.
    AllDays,
    /// As on this day of it: month and day; 29 February is 28 February in years that have none.
    On(u8, u8),
}

/// The years of a period, which follow one on the other.
#[derive(Debug, Clone)]
pub struct Years {
    rule: YearRule,
    first: i16,
    /// Of each the days that count: those of the period, or the one that is asked about.
    days: Vec<Interval>,
}

/// Years that have the same answer: those from the end of the stretch before.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Stretch {
    /// The place of the year after the last one.
    pub end: usize,
    /// Their answer.
    pub value: Value,
}

/// Adds years up to a place, if there are any.
fn add(stretches: &mut Vec<Stretch>, end: usize, value: Value) {
    match stretches.last_mut() {
        Some(last) if last.value == value => last.end = end,
        Some(last) if last.end == end => {}
        _ => stretches.push(Stretch { end, value }),
    }
}

impl Years {
    /// Those of a period. A year of which no day counts is not among them.
    #[must_use]
    pub fn new(period: Interval, rule: YearRule) -> Years {
        let days = |year: i16| match rule {
            YearRule::On(month, day) => {
                let day = Day::from_parts(year, month, day).or_else(|| Day::from_parts(year, month, day - 1))?;
                period.contains(day).then_some(Interval { first: day, last: day })
            }
            YearRule::AnyDay | YearRule::AllDays => {
                let year = Period::from_parts(year, None, None)?;
                Interval::new(year.first.max(period.first), year.last.min(period.last))
            }
        };
        let mut years =
            (period.first.year()..=period.last.year()).filter_map(|year| Some((year, days(year)?))).peekable();
        let first = years.peek().map_or(0, |(year, _)| *year);
        Years { rule, first, days: years.map(|(_, days)| days).collect() }
    }

    /// The answers of the years, in their order: one sweep over the runs, whose cost is theirs and not the years'.
    pub fn stretches(&self, line: &Line, stretches: &mut Vec<Stretch>) {
        stretches.clear();
        // The first year some of whose days are still to come, and what its earlier days came to.
        let mut next = 0;
        let mut earlier: Option<Value> = None;
        line.each_run(|run, value| {
            let begun = self.begun_by(run.last);
            if begun <= next {
                return;
            }
            let is_over = self.days[begun - 1].last <= run.last;
            let over = if is_over { begun } else { begun - 1 };
            let first = earlier.map_or(value, |earlier| self.of_two(earlier, value));
            if next < over {
                add(stretches, next + 1, first);
                add(stretches, over, value);
            }
            earlier = (over < begun).then_some(if over == next { first } else { value });
            next = over;
        });
    }

    /// The stretches of years in which none of some answers changes: the places of the first year and of the year after the
    /// last, with the answers.
    pub fn together(answers: &[Vec<Stretch>], mut each: impl FnMut(std::ops::Range<usize>, &[Value])) {
        let mut places = vec![0; answers.len()];
        let mut values = Vec::with_capacity(answers.len());
        let mut first = 0;
        loop {
            values.clear();
            let current = || answers.iter().zip(&places).map(|(stretches, place)| stretches.get(*place));
            let Some(end) = current().flatten().map(|stretch| stretch.end).min() else { return };
            values.extend(current().map(|stretch| stretch.map_or(Value::Inapplicable, |stretch| stretch.value)));
            each(first..end, &values);
            for (stretches, place) in answers.iter().zip(&mut places) {
                *place += usize::from(stretches.get(*place).is_some_and(|stretch| stretch.end == end));
            }
            first = end;
        }
    }

    /// The year at a place.
    #[must_use]
    pub fn year(&self, place: usize) -> i16 {
        self.first.saturating_add(place as i16)
    }

    /// The days of it that count.
    #[must_use]
    pub fn days(&self, place: usize) -> Interval {
        self.days[place]
    }

    /// How many of the years have a day that counts by then.
    fn begun_by(&self, day: Day) -> usize {
        /// Days of four centuries.
        const FOUR_CENTURIES: i64 = 146_097;
        let Some(first) = self.days.first().map(|days| days.first).filter(|first| *first <= day) else { return 0 };
        // A year off at most, which is mended.
        let passed = i64::from(day.number()) - i64::from(first.number());
        let mut begun = self.days.len().min(1 + (passed * 400 / FOUR_CENTURIES) as usize);
        while self.days.get(begun).is_some_and(|days| days.first <= day) {
            begun += 1;
        }
        while self.days[begun - 1].first > day {
            begun -= 1;
        }
        begun
    }

    /// Of the answers of earlier and later days, the one that is the year's.
    fn of_two(&self, earlier: Value, later: Value) -> Value {
        match (earlier.verdict(), later.verdict()) {
            (Some(one), Some(two)) => {
                if self.rank(two) < self.rank(one) {
                    later
                } else {
                    earlier
                }
            }
            // Of the values of a measure the last one.
            _ if later.is_present() || !earlier.is_present() => later,
            _ => earlier,
        }
    }

    fn rank(&self, verdict: Verdict) -> usize {
        use Verdict::{Contested, Met, NotApplicable, NotMet, Undetermined};
        let order = match self.rule {
            YearRule::AllDays => [NotMet, Contested, Undetermined, Met, NotApplicable],
            _ => [Met, Contested, Undetermined, NotMet, NotApplicable],
        };
        order.iter().position(|one| *one == verdict).unwrap_or(order.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::explain::{self, Answer};
    use crate::time::{IntervalSet, Timeline};
    use proptest::prelude::*;

    fn lines() -> impl Strategy<Value = Timeline<Verdict>> {
        let all = Verdict::ALL;
        proptest::collection::vec((0..2000i32, 1..500i32, 0..all.len()), 0..8).prop_map(move |spans| {
            spans.iter().fold(Timeline::constant(Verdict::Undetermined), |line, (first, length, which)| {
                let days = Interval::new(Day::from_number(*first), Day::from_number(first + length));
                let set: IntervalSet = days.into_iter().collect();
                line.zip(&Timeline::from_set(&set, true, false), |old, inside| if *inside { all[*which] } else { *old })
            })
        })
    }

    proptest! {
        #[test]
        fn a_year_s_answer_is_that_of_the_results_drawn(
            line in lines(), first in 0..900i32, length in 0..1500i32, rule in 0..3usize, month in 1..=12u8, day in 1..=28u8,
        ) {
            let period = Interval { first: Day::from_number(first), last: Day::from_number(first + length) };
            let (rule, drawn) = [
                (YearRule::AnyDay, explain::Yearly::AnyDay),
                (YearRule::AllDays, explain::Yearly::AllDays),
                (YearRule::On(month, day), explain::Yearly::On(month, day)),
            ][rule];
            let stretches: Vec<(Interval, Answer)> = line
                .runs()
                .filter_map(|(run, verdict)| {
                    let run = Interval::new(run.first.max(period.first), run.last.min(period.last))?;
                    Some((run, Answer::Verdict(*verdict)))
                })
                .collect();
            let expected = explain::by_year(&stretches, period, drawn);
            let years = Years::new(period, rule);
            let mut answers = [Vec::new(), Vec::new()];
            years.stretches(&Line::Values(line.map(|verdict| Value::Verdict(*verdict))), &mut answers[0]);
            years.stretches(&Line::Values(Timeline::constant(Value::Absent)), &mut answers[1]);
            prop_assert!(answers[0].windows(2).all(|pair| pair[0].end < pair[1].end && pair[0].value != pair[1].value));
            let mut found: Vec<(i16, Answer)> = Vec::new();
            Years::together(&answers, |places, values| {
                let answer = values[0].verdict().map(Answer::Verdict);
                found.extend(places.filter_map(|place| Some((years.year(place), answer.clone()?))));
            });
            prop_assert_eq!(found, expected);
        }
    }
}
