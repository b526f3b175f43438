//! Times that are no day and no period: what was given instead, and how it is written.

use super::{DAY_ADVICE, PERIOD_ADVICE};
use symmachia::time::{Interval, Period};

/// What a time on the command line may have been meant as.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum GivenTime {
    /// `1990..`, `since 1990`, `1990..now`
    WithoutEnd(String),
    /// `..1995`, `until 1995`
    WithoutBeginning(String),
    /// `1990 1995`
    TwoDates(String, String),
    /// `1990s`
    Decade(u16),
    /// `-433`
    Negative(String),
    /// `-433..-404`, as it is written.
    NegativePeriod(String),
    /// `12000`
    BeyondCalendar,
    /// `all`, `throughout`
    AllTime,
    /// `today`
    Today,
    /// `06-1990`: the year and the month.
    MonthFirst(String, String),
    /// Another one.
    Other,
}

/// An end that the clock would have to tell.
const NOW: &[&str] = &["now", "today", "present", "date", "the present"];

impl GivenTime {
    /// What may have been meant by words that are no time.
    #[must_use]
    pub fn of(given: &str) -> GivenTime {
        let given = given.trim();
        let lower = given.to_lowercase();
        if NOW.contains(&lower.as_str()) {
            return GivenTime::Today;
        }
        if matches!(lower.as_str(), "all" | "always" | "ever" | "throughout" | "everything" | "any" | "all time" | "*")
        {
            return GivenTime::AllTime;
        }
        let without_now = NOW.iter().find_map(|now| lower.strip_suffix(now)).map(str::len);
        let open = trimmed(&given[..without_now.unwrap_or(given.len())]);
        let after = |words: &[&str]| words.iter().find_map(|word| given.strip_prefix(word)).map(str::trim);
        if let Some(date) = open.filter(|date| is_date(date)) {
            return GivenTime::WithoutEnd(date.to_owned());
        }
        if let Some(date) = after(&["since ", "after ", "from "]).filter(|date| is_date(date)) {
            return GivenTime::WithoutEnd(date.to_owned());
        }
        if let Some(date) =
            after(&["...", "..", "until ", "till ", "to ", "before ", "up to "]).filter(|date| is_date(date))
        {
            return GivenTime::WithoutBeginning(date.to_owned());
        }
        if let Some(year) = given.strip_prefix('-').filter(|year| is_date(year)) {
            return GivenTime::Negative(year.to_owned());
        }
        if let Some(period) = before_christ(given) {
            return GivenTime::NegativePeriod(period);
        }
        if let Some((first, last)) = given.split_once(' ').map(|(first, last)| (first, last.trim()))
            && is_date(first)
            && is_date(last)
        {
            return GivenTime::TwoDates(first.to_owned(), last.to_owned());
        }
        if let Some(decade) = lower.strip_suffix("'s").or(lower.strip_suffix('s')).and_then(|year| year.parse().ok()) {
            return if decade % 10 == 0 { GivenTime::Decade(decade) } else { GivenTime::Other };
        }
        let years = || given.split("..").map(|part| part.parse::<u32>().ok());
        if years().all(|year| year.is_some()) && years().flatten().any(|year| year > 9999) {
            return GivenTime::BeyondCalendar;
        }
        if let Some((month, year)) = given.split_once(['-', '/', '.'])
            && month.parse().is_ok_and(|month: u8| (1..=12).contains(&month))
            && year.len() == 4
            && year.parse::<u16>().is_ok()
        {
            return GivenTime::MonthFirst(year.to_owned(), format!("{month:0>2}"));
        }
        GivenTime::Other
    }

    /// What is wrong with it, where a period is wanted.
    #[must_use]
    pub fn no_period(&self) -> &'static str {
        match self {
            GivenTime::WithoutEnd(_) => "the period has no end",
            GivenTime::WithoutBeginning(_) => "the period has no beginning",
            GivenTime::TwoDates(..) => "nothing joins the two dates",
            GivenTime::Decade(_) => "a decade is written by its years",
            GivenTime::Negative(_) | GivenTime::NegativePeriod(_) => "no year is negative",
            GivenTime::BeyondCalendar => "the calendar ends with the year 9999",
            GivenTime::AllTime | GivenTime::Today | GivenTime::MonthFirst(..) | GivenTime::Other => {
                "`--in` takes a period"
            }
        }
    }

    /// How it is written where a period is wanted.
    #[must_use]
    pub fn period_advice(&self) -> String {
        match self {
            GivenTime::WithoutEnd(first) => {
                format!("write both ends: `--in {first}..{}`", moved(first, 10).unwrap_or_else(|| "2014".to_owned()))
            }
            GivenTime::WithoutBeginning(last) => {
                format!("write both ends: `--in {}..{last}`", moved(last, -10).unwrap_or_else(|| "1900".to_owned()))
            }
            GivenTime::TwoDates(first, last) => format!("write `--in {first}..{last}`"),
            GivenTime::Decade(first) => format!("write `--in {first}..{}`", first + 9),
            GivenTime::Negative(year) => format!("before Christ write `--in \"{year} BC\"`"),
            GivenTime::NegativePeriod(period) => format!("before Christ write `--in \"{period}\"`"),
            GivenTime::BeyondCalendar => PERIOD_ADVICE.to_owned(),
            GivenTime::AllTime => "leave `--in` out to be shown all time on which something is known".to_owned(),
            GivenTime::Today => "no clock is read; write the last day: `--in 1992..2014-01-12`".to_owned(),
            GivenTime::MonthFirst(year, month) => format!("the year comes first: `--in {year}-{month}`"),
            GivenTime::Other => PERIOD_ADVICE.to_owned(),
        }
    }

    /// How it is written where a day is wanted.
    #[must_use]
    pub fn day_advice(&self) -> String {
        match self {
            GivenTime::WithoutEnd(date) | GivenTime::WithoutBeginning(date) => {
                format!("write one day, `--on {}`; for a period say `--in`, with both ends", first_day(date))
            }
            GivenTime::TwoDates(first, last) => format!("for a period say `--in {first}..{last}`"),
            GivenTime::Decade(first) => format!("for a decade say `--in {first}..{}`", first + 9),
            GivenTime::Negative(year) => format!("before Christ write `--on \"{} BC\"`", first_day(year)),
            GivenTime::NegativePeriod(period) => format!("for a period before Christ say `--in \"{period}\"`"),
            GivenTime::Today => format!("no clock is read; {DAY_ADVICE}"),
            GivenTime::MonthFirst(year, month) => {
                format!("write one day, `--on {year}-{month}-01`; for the whole month say `--in {year}-{month}`")
            }
            GivenTime::AllTime => "leave `--on` out to be shown all time on which something is known".to_owned(),
            GivenTime::BeyondCalendar | GivenTime::Other => DAY_ADVICE.to_owned(),
        }
    }
}

/// `433 BC..404 BC` for `-433..-404`.
fn before_christ(given: &str) -> Option<String> {
    let (first, last) = given.split_once("..")?;
    let with_era = |part: &str| match part.trim().strip_prefix(['-', '−']) {
        Some(year) => is_date(year).then(|| format!("{year} BC")),
        None => is_date(part.trim()).then(|| part.trim().to_owned()),
    };
    let period = format!("{}..{}", with_era(first)?, with_era(last)?);
    period.contains("BC").then_some(period)
}

/// A time of years without their century, such as `90..95`, with it: in the last century that begins before the record ends.
pub fn with_century(given: &str, recorded: Interval) -> Option<String> {
    let years: Vec<i16> = given.split("..").map(|year| year.trim().parse().ok()).collect::<Option<_>>()?;
    let (first, last) = (*years.first()?, *years.last()?);
    if years.len() > 2 || years.iter().any(|year| !(0..100).contains(year)) {
        return None;
    }
    let is_told = |century: &i16| {
        let days = |year: i16| Period::from_parts(century + year, None, None);
        days(first).is_some_and(|first| first.first <= recorded.last) && days(last).is_some()
    };
    let century = (1..=99).rev().map(|century| century * 100).find(is_told)?;
    let years: Vec<String> = years.iter().map(|year| (century + year).to_string()).collect();
    Some(years.join(".."))
}

/// What stands before the sign or word of a period without an end.
fn trimmed(given: &str) -> Option<&str> {
    let shorter = given.trim_end_matches(['.', '-', ':', '+', '–', '—', '~', '/', ' ']);
    let shorter = ["to", "until", "through", "on", "onward", "onwards"]
        .iter()
        .find_map(|word| shorter.strip_suffix(word).and_then(|rest| rest.strip_suffix(' ')))
        .unwrap_or(shorter);
    let shorter = shorter.strip_prefix("from ").unwrap_or(shorter).trim_end();
    (shorter.len() < given.len()).then_some(shorter)
}

/// Whether a text is a year, a month or a day.
fn is_date(text: &str) -> bool {
    let mut parts = text.split('-');
    let is_number =
        |part: &str, most: usize| (1..=most).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
    parts.next().is_some_and(|year| is_number(year, 4))
        && parts.clone().count() < 3
        && parts.all(|part| is_number(part, 2))
}

/// The year of a date, so many years later.
fn moved(date: &str, years: i32) -> Option<String> {
    let year: i32 = date.split('-').next()?.parse().ok()?;
    let moved = year + years;
    (1..=9999).contains(&moved).then(|| moved.to_string())
}

/// How a day is written, with one of the year or month that was given where it is one.
pub(super) fn day_within(given: &str) -> String {
    match is_date(given) {
        true => format!("a day is written `--on {}`", first_day(given)),
        false => DAY_ADVICE.to_owned(),
    }
}

/// The first day of a year or month, or the day.
fn first_day(date: &str) -> String {
    match date.split('-').count() {
        1 => format!("{date}-01-01"),
        2 => format!("{date}-01"),
        _ => date.to_owned(),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn each_mistake_has_its_own_advice() {
        for (given, period, day) in [
            ("1990..", "`--in 1990..2000`", "`--on 1990-01-01`"),
            ("1990-", "`--in 1990..2000`", "`--on 1990-01-01`"),
            ("1990-06..", "`--in 1990-06..2000`", "`--on 1990-06-01`"),
            ("1990..now", "`--in 1990..2000`", "`--on 1990-01-01`"),
            ("from 1990 onwards", "`--in 1990..2000`", "`--on 1990-01-01`"),
            ("since 1990", "`--in 1990..2000`", "`--on 1990-01-01`"),
            ("..1995", "`--in 1985..1995`", "`--on 1995-01-01`"),
            ("until 1995", "`--in 1985..1995`", "`--on 1995-01-01`"),
            ("1990 1995", "`--in 1990..1995`", "`--in 1990..1995`"),
            ("1990s", "`--in 1990..1999`", "`--in 1990..1999`"),
            ("-433", "`--in \"433 BC\"`", "BC"),
            ("-433..-404", "`--in \"433 BC..404 BC\"`", "`--in \"433 BC..404 BC\"`"),
            ("-20..14", "`--in \"20 BC..14\"`", "`--in \"20 BC..14\"`"),
            ("12000", "1992..2014", "2014-01-12"),
            ("all", "leave `--in` out", "leave `--on` out"),
            ("today", "no clock", "no clock"),
            ("6-1990", "`--in 1990-06`", "`--on 1990-06-01`"),
            ("1990..1995..2000", "1992..2014", "2014-01-12"),
            ("whenever", "1992..2014", "2014-01-12"),
        ] {
            let time = GivenTime::of(given);
            assert!(time.period_advice().contains(period), "{given}: {}", time.period_advice());
            assert!(time.day_advice().contains(day), "{given}: {}", time.day_advice());
        }
    }

    #[test]
    fn a_century_that_is_left_out_is_the_last_one_of_the_record() {
        let year = |year| Period::from_parts(year, None, None).unwrap();
        let recorded = Interval { first: year(1816).first, last: year(2012).last };
        let meant = |given| with_century(given, recorded);
        assert_eq!(meant("90..95").as_deref(), Some("1990..1995"));
        assert_eq!(meant("10").as_deref(), Some("2010"));
        assert_eq!(meant("20..30").as_deref(), Some("1920..1930"));
        assert_eq!((meant("1700..1750"), meant("90-01..95"), meant("433 BC")), (None, None, None));
    }
}
