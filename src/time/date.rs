//! A day of the proleptic Gregorian calendar.

use jiff::civil::Date;
use std::fmt;

/// A day, as its distance from 1 January 1970.
///
/// The calendar runs from 1 January 10000 BC, written `-9999`, to 31 December 9999.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(i32);

const EPOCH: Date = jiff::civil::date(1970, 1, 1);

impl Day {
    /// The first day of the calendar.
    pub const FIRST: Day = Day(-4_371_587);
    /// The last day of the calendar.
    pub const LAST: Day = Day(2_932_896);

    /// The day of a date.
    #[must_use]
    pub fn from_date(date: Date) -> Day {
        Day((EPOCH.duration_until(date).as_hours() / 24) as i32)
    }

    /// The date of a day.
    #[must_use]
    pub fn date(self) -> Date {
        use jiff::ToSpan;
        EPOCH.checked_add(self.0.days()).unwrap_or(if self.0 < 0 { Date::MIN } else { Date::MAX })
    }

    /// The day of a year (astronomical: 0 is 1 BC), month and day, where the calendar has it.
    #[must_use]
    pub fn from_parts(year: i16, month: u8, day: u8) -> Option<Day> {
        Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok().map(Day::from_date)
    }

    /// Distance from 1 January 1970.
    #[must_use]
    pub fn number(self) -> i32 {
        self.0
    }

    /// The day at a distance from 1 January 1970, held within the calendar.
    #[must_use]
    pub fn from_number(number: i32) -> Day {
        Day(number.clamp(Day::FIRST.0, Day::LAST.0))
    }

    /// The day after, or the last of the calendar.
    #[must_use]
    pub fn next(self) -> Day {
        Day::from_number(self.0.saturating_add(1))
    }

    /// The day before, or the first of the calendar.
    #[must_use]
    pub fn previous(self) -> Day {
        Day::from_number(self.0.saturating_sub(1))
    }

    /// The date for machines: ISO 8601 with astronomical years, so that 433 BC is `-0432`.
    #[must_use]
    pub fn machine_date(self) -> String {
        let date = self.date();
        if date.year() < 0 {
            // The library writes such years with six digits.
            return format!("-{:04}-{:02}-{:02}", date.year().unsigned_abs(), date.month(), date.day());
        }
        jiff::fmt::temporal::DateTimePrinter::new().date_to_string(&date)
    }

    /// The astronomical year: 0 is 1 BC.
    #[must_use]
    pub fn year(self) -> i16 {
        self.date().year()
    }
}

/// As the language writes it: `1999-04-02`, `433-08-01 BC`.
impl fmt::Display for Day {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let date = self.date();
        let text = if date.year() > 0 {
            format!("{:04}-{:02}-{:02}", date.year(), date.month(), date.day())
        } else {
            format!("{}-{:02}-{:02} BC", 1 - i32::from(date.year()), date.month(), date.day())
        };
        formatter.pad(&text)
    }
}

/// The days of a year, a month or a day: what a date of that precision may stand for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Period {
    /// Its first day.
    pub first: Day,
    /// Its last day.
    pub last: Day,
}

impl Period {
    /// The days of a year (astronomical), of a month of it, or a day of that month; none where the calendar has no such date.
    #[must_use]
    pub fn from_parts(year: i16, month: Option<u8>, day: Option<u8>) -> Option<Period> {
        match (month, day) {
            (Some(month), Some(day)) => Day::from_parts(year, month, day).map(|day| Period { first: day, last: day }),
            (Some(month), None) => {
                let first = Day::from_parts(year, month, 1)?;
                Some(Period { first, last: Day::from_date(first.date().last_of_month()) })
            }
            _ => Some(Period { first: Day::from_parts(year, 1, 1)?, last: Day::from_parts(year, 12, 31)? }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ends_of_the_calendar_are_the_library_s() {
        assert_eq!(Day::from_date(Date::MIN), Day::FIRST);
        assert_eq!(Day::from_date(Date::MAX), Day::LAST);
    }

    #[test]
    fn days_and_dates_agree() {
        for number in (Day::FIRST.0..Day::LAST.0).step_by(1009) {
            assert_eq!(Day::from_date(Day(number).date()), Day(number));
        }
    }

    #[test]
    fn years_before_christ_are_written_with_their_era() {
        assert_eq!(
            Period::from_parts(-432, None, None).map(|year| year.first.to_string()).as_deref(),
            Some("433-01-01 BC")
        );
        assert_eq!(Day::from_parts(0, 12, 31).map(Day::next), Day::from_parts(1, 1, 1));
    }

    #[test]
    fn the_thirtieth_of_february_is_no_day() {
        assert_eq!(Day::from_parts(1999, 2, 30), None);
        assert_eq!(Day::from_parts(1900, 2, 29), None);
        assert!(Day::from_parts(2000, 2, 29).is_some());
    }
}
