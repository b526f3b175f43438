//! "The last 10 years", as seen from a day.

use super::{Day, Interval, IntervalSet};
use jiff::{Span, ToSpan};

/// Which way a window looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Direction {
    /// It ends on the day.
    Last,
    /// It begins on the day.
    Next,
}

/// What a window's length is counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Unit {
    /// Calendar years.
    Years,
    /// Calendar months.
    Months,
    /// Days.
    Days,
}

/// How long a window is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Length {
    /// At least 1.
    pub number: u32,
    /// Of what.
    pub unit: Unit,
}

/// A window of fixed length that moves with the day.
///
/// A window of N years back ends on the day, and begins the day after its date N years
/// before; 29 February stands for 28 February in years that have none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Window {
    /// Which way it looks.
    pub direction: Direction,
    /// How far.
    pub length: Length,
}

impl Window {
    fn span(self) -> Span {
        let number = i64::from(self.length.number);
        let span = match self.length.unit {
            Unit::Years => Span::new().try_years(number),
            Unit::Months => Span::new().try_months(number),
            Unit::Days => Span::new().try_days(number),
        };
        // A length beyond what the calendar holds reaches its end in any case.
        span.unwrap_or_else(|_| 19_998.years())
    }

    /// The days of the window as seen from a day, cut to the calendar.
    #[must_use]
    pub fn around(self, day: Day) -> Interval {
        match self.direction {
            Direction::Last => {
                let before = day.date().checked_sub(self.span()).map_or(None, |date| Some(Day::from_date(date)));
                Interval { first: before.map_or(Day::FIRST, Day::next), last: day }
            }
            Direction::Next => {
                let after = day.date().checked_add(self.span()).map_or(None, |date| Some(Day::from_date(date)));
                Interval { first: day, last: after.map_or(Day::LAST, Day::previous) }
            }
        }
    }

    /// The days from which the window is seen to hold at least one day of the set.
    #[must_use]
    pub fn touching(self, set: &IntervalSet) -> IntervalSet {
        set.iter()
            .filter_map(|interval| match self.direction {
                Direction::Last => {
                    Interval::new(interval.first, last_day(|day| self.around(day).first <= interval.last)?)
                }
                Direction::Next => {
                    Interval::new(first_day(|day| self.around(day).last >= interval.first)?, interval.last)
                }
            })
            .collect()
    }

    /// The days from which the window is seen to lie wholly in the set.
    #[must_use]
    pub fn inside(self, set: &IntervalSet) -> IntervalSet {
        set.iter()
            .filter_map(|interval| match self.direction {
                Direction::Last => {
                    Interval::new(first_day(|day| self.around(day).first >= interval.first)?, interval.last)
                }
                Direction::Next => {
                    Interval::new(interval.first, last_day(|day| self.around(day).last <= interval.last)?)
                }
            })
            .collect()
    }
}

/// The first day that passes a test which, once passed, is passed by all later days.
fn first_day(test: impl Fn(Day) -> bool) -> Option<Day> {
    let (mut low, mut high) = (Day::FIRST.number(), Day::LAST.number() + 1);
    while low < high {
        let middle = low + (high - low) / 2;
        if test(Day::from_number(middle)) { high = middle } else { low = middle + 1 }
    }
    (low <= Day::LAST.number()).then(|| Day::from_number(low))
}

/// The last day that passes a test which, once failed, is failed by all later days.
fn last_day(test: impl Fn(Day) -> bool) -> Option<Day> {
    match first_day(|day| !test(day)) {
        None => Some(Day::LAST),
        Some(Day::FIRST) => None,
        Some(day) => Some(day.previous()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(year: i16, month: u8, day: u8) -> Day {
        Day::from_parts(year, month, day).unwrap_or(Day::FIRST)
    }

    fn years(number: u32, direction: Direction) -> Window {
        Window { direction, length: Length { number, unit: Unit::Years } }
    }

    #[test]
    fn ten_years_back_begin_the_day_after_the_date_ten_years_before() {
        let window = years(10, Direction::Last).around(day(2014, 1, 12));
        assert_eq!(window, Interval { first: day(2004, 1, 13), last: day(2014, 1, 12) });
        let ahead = years(10, Direction::Next).around(day(2004, 1, 13));
        assert_eq!(ahead, Interval { first: day(2004, 1, 13), last: day(2014, 1, 12) });
    }

    #[test]
    fn windows_stop_at_the_ends_of_the_calendar() {
        assert_eq!(years(20_000, Direction::Last).around(day(2014, 1, 1)).first, Day::FIRST);
        assert_eq!(years(5, Direction::Next).around(Day::LAST), Interval { first: Day::LAST, last: Day::LAST });
    }

    proptest! {
        #[test]
        fn touching_and_inside_agree_with_each_day(
            starts in proptest::collection::vec((0..900i32, 0..400i32), 0..4),
            number in 1..3u32,
            unit in prop_oneof![Just(Unit::Years), Just(Unit::Months), Just(Unit::Days)],
            direction in prop_oneof![Just(Direction::Last), Just(Direction::Next)],
        ) {
            let origin = day(1999, 6, 1).number();
            let set: IntervalSet = starts
                .iter()
                .filter_map(|(first, length)| {
                    Interval::new(Day::from_number(origin + first), Day::from_number(origin + first + length))
                })
                .collect();
            let window = Window { direction, length: Length { number, unit } };
            let (touching, inside) = (window.touching(&set), window.inside(&set));
            for number in (origin - 900)..(origin + 2200) {
                let today = Day::from_number(number);
                let seen: IntervalSet = window.around(today).into();
                prop_assert_eq!(touching.contains(today), !seen.intersection(&set).is_empty());
                prop_assert_eq!(inside.contains(today), seen.is_subset(&set));
            }
        }
    }
}
