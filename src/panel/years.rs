//! From the answers of days to the answer of a year.

use super::value::Value;
use crate::time::{Day, Interval, Period, Timeline};
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

/// The years of a period.
#[derive(Debug, Clone)]
pub struct Years {
    rule: YearRule,
    /// Each with the days that count: those of the period, or the one that is asked about.
    years: Vec<(i16, Interval)>,
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
        let years = period.first.year()..=period.last.year();
        Years { rule, years: years.filter_map(|year| days(year).map(|days| (year, days))).collect() }
    }

    /// Each with its days.
    pub fn iter(&self) -> impl Iterator<Item = (i16, Interval)> + '_ {
        self.years.iter().copied()
    }

    /// The answer of each year, in their order: one sweep over the runs and the years.
    pub fn collapse(&self, line: &Timeline<Value>, answers: &mut Vec<Value>) {
        answers.clear();
        let mut runs = line.runs().peekable();
        for (_, days) in &self.years {
            while runs.peek().is_some_and(|(run, _)| run.last < days.first) {
                runs.next();
            }
            let mut answer: Option<Value> = None;
            while let Some((run, value)) = runs.peek() {
                if run.first > days.last {
                    break;
                }
                answer = Some(answer.map_or(**value, |so_far| self.of_two(so_far, **value)));
                // The run that reaches into the next year is looked at again.
                if run.last > days.last {
                    break;
                }
                runs.next();
            }
            answers.push(answer.unwrap_or(Value::Inapplicable));
        }
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
    use crate::time::IntervalSet;
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
            let mut answers = Vec::new();
            years.collapse(&line.map(|verdict| Value::Verdict(*verdict)), &mut answers);
            let found: Vec<(i16, Answer)> = years
                .iter()
                .zip(&answers)
                .filter_map(|((year, _), value)| Some((year, Answer::Verdict(value.verdict()?))))
                .collect();
            prop_assert_eq!(found, expected);
        }
    }
}
