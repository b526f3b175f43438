//! What cells tell of a date.

use crate::tables::{Formula, PlainDate, RowOf};
use crate::time::{Day, Period};
use rustc_hash::FxHashMap;
use smallvec::SmallVec;

/// What a cell or several tell of a date.
pub(super) enum Told {
    /// These days; imprecise where a part that was to be told is missing.
    Period(Period, bool),
    Missing,
    Wrong(String),
}

/// A part of a date: none where it is missing, or 0 where no such part is.
fn part(formula: &Formula, row: RowOf<'_>) -> Result<Option<i32>, String> {
    match formula.value(row).number() {
        Ok(None) => Ok(None),
        Ok(Some(number)) if number.fract() == 0.0 && number.abs() < 100_000.0 => Ok(Some(number as i32)),
        Ok(Some(number)) => Err(number.to_string()),
        Err(text) => Err(text.to_owned()),
    }
}

pub(super) fn of_parts(parts: &[Formula], row: RowOf<'_>) -> Told {
    let values: Result<Vec<Option<i32>>, String> = parts.iter().map(|one| part(one, row)).collect();
    let values = match values {
        Ok(values) => values,
        Err(text) => return Told::Wrong(text),
    };
    let written =
        || values.iter().map(|one| one.map_or("?".to_owned(), |one| one.to_string())).collect::<Vec<_>>().join("-");
    let Some(year) = values.first().copied().flatten().filter(|year| *year != 0) else { return Told::Missing };
    let Some(year) = astronomical(year) else { return Told::Wrong(written()) };
    let small = |place: usize| values.get(place).copied().flatten().filter(|one| *one != 0).map(u8::try_from);
    let (month, day) = match (small(1).transpose(), small(2).transpose()) {
        (Ok(month), Ok(day)) => (month, day.filter(|_| month.is_some())),
        _ => return Told::Wrong(written()),
    };
    let told = 1 + usize::from(month.is_some()) + usize::from(day.is_some());
    match Period::from_parts(year, month, day) {
        Some(period) => Told::Period(period, told < values.len()),
        None => Told::Wrong(written()),
    }
}

/// A year before Christ is written with a minus.
fn astronomical(year: i32) -> Option<i16> {
    let year = if year < 0 { year + 1 } else { year };
    i16::try_from(year).ok().filter(|year| (-9999..=9999).contains(year))
}

/// A year; or year, month and day without signs between them.
pub(super) fn of_number(number: f64) -> Told {
    let wrong = || Told::Wrong(number.to_string());
    if number.fract() != 0.0 || number.abs() > 99_991_231.0 {
        return wrong();
    }
    let number = number as i32;
    if (10_000_101..=99_991_231).contains(&number) {
        let (year, month, day) = (number / 10_000, (number / 100) % 100, number % 100);
        return of_triple(year, month, day).unwrap_or_else(wrong);
    }
    match astronomical(number).filter(|_| number != 0).and_then(|year| Period::from_parts(year, None, None)) {
        Some(period) => Told::Period(period, false),
        None => wrong(),
    }
}

/// A month or day of 0 is missing.
fn of_triple(year: i32, month: i32, day: i32) -> Option<Told> {
    let year = i16::try_from(year).ok()?;
    let some = |part: i32| if part == 0 { Ok(None) } else { u8::try_from(part).map(Some) };
    let (month, day) = (some(month).ok()?, some(day).ok()?);
    let day = day.filter(|_| month.is_some());
    let period = Period::from_parts(year, month, day)?;
    Some(Told::Period(period, day.is_none()))
}

/// The first and the last day of months, each looked for once: tables have many days in few months.
#[derive(Default)]
pub(super) struct Months(FxHashMap<(u16, u8), Option<Period>>);

impl Months {
    /// `1999-04-02`, as most dates are written; missing where all of it are noughts, and none where it is no date.
    pub(super) fn of_plain(&mut self, date: PlainDate) -> Option<Told> {
        let (year, month, day) = (date.year(), date.month(), date.day());
        if year == 0 || month == 0 || day == 0 {
            return of_our_era(&[i32::from(year), i32::from(month), i32::from(day)]);
        }
        let find = || Period::from_parts(i16::try_from(year).ok()?, Some(month), None);
        let days = (*self.0.entry((year, month)).or_insert_with(find))?;
        let day = Day::from_number(days.first.number() + i32::from(day) - 1);
        (day <= days.last).then_some(Told::Period(Period { first: day, last: day }, false))
    }
}

/// `1999-04-02`, `1999-04`, and what may stand behind a day: a time. `0433-05-01 BC` and `433 BC` are before Christ.
pub(super) fn of_text(text: &str) -> Told {
    let wrong = || Told::Wrong(text.to_owned());
    let (date, behind) = text.split_once(['T', ' ']).unwrap_or((text, ""));
    let Some(is_before_christ) = era(behind) else { return wrong() };
    let Some(numbers) = date.split(['-', '/']).map(digits).collect::<Option<SmallVec<[i32; 4]>>>() else {
        return wrong();
    };
    let digits_of_year = date.bytes().position(|byte| !byte.is_ascii_digit());
    match (is_before_christ, digits_of_year) {
        (true, None | Some(3 | 4)) => of_before_christ(&numbers).unwrap_or_else(wrong),
        (false, Some(4)) => of_our_era(&numbers).unwrap_or_else(wrong),
        _ => wrong(),
    }
}

/// Whether what stands behind a date says that it lies before Christ; none where it is neither a time nor an era.
fn era(behind: &str) -> Option<bool> {
    let behind = behind.trim();
    let last = behind.rsplit(char::is_whitespace).next().unwrap_or_default();
    let (time, is_before_christ) = match last {
        "BC" | "BCE" => (&behind[..behind.len() - last.len()], true),
        "AD" | "CE" => (&behind[..behind.len() - last.len()], false),
        _ => (behind, false),
    };
    let is_time = time.is_empty() || time.starts_with(|first: char| first.is_ascii_digit());
    is_time.then_some(is_before_christ)
}

/// A day or a month of our era. Zeros alone, `0000-00-00`, are what databases write where there is no date.
fn of_our_era(numbers: &[i32]) -> Option<Told> {
    match *numbers {
        [0, ..] => numbers.iter().all(|number| *number == 0).then_some(Told::Missing),
        _ => of_numbers(numbers),
    }
}

/// A day, a month or a year before Christ. There is no year 0.
fn of_before_christ(numbers: &[i32]) -> Option<Told> {
    let (year, rest) = numbers.split_first()?;
    let mut astronomical: SmallVec<[i32; 4]> = SmallVec::new();
    astronomical.push(1 - Some(*year).filter(|year| *year > 0)?);
    astronomical.extend_from_slice(rest);
    of_numbers(&astronomical)
}

/// An astronomical year, with a month and a day perhaps.
fn of_numbers(numbers: &[i32]) -> Option<Told> {
    match *numbers {
        [year, month, day] => of_triple(year, month, day),
        [year, month] => {
            let period = Period::from_parts(i16::try_from(year).ok()?, Some(u8::try_from(month).ok()?), None)?;
            Some(Told::Period(period, false))
        }
        [year] => Some(Told::Period(Period::from_parts(i16::try_from(year).ok()?, None, None)?, false)),
        _ => None,
    }
}

/// A number of digits alone.
fn digits(text: &str) -> Option<i32> {
    let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| text.parse().ok())?
}

/// By a pattern of `strftime`; without a day the date is a month, without a month a year.
pub(super) fn of_pattern(pattern: &str, text: &str) -> Told {
    let wrong = || Told::Wrong(text.to_owned());
    let Ok(broken) = jiff::fmt::strtime::parse(pattern, text) else { return wrong() };
    let small = |part: Option<i8>| part.and_then(|part| u8::try_from(part).ok());
    let Some(year) = broken.year() else { return wrong() };
    match Period::from_parts(year, small(broken.month()), small(broken.day())) {
        Some(period) => Told::Period(period, false),
        None => wrong(),
    }
}

#[cfg(test)]
mod tests {
    use super::{Told, of_text};

    #[test]
    fn texts_tell_dates_of_both_eras() {
        let told = |text: &str| match of_text(text) {
            Told::Period(period, is_imprecise) => {
                format!("{} to {}{}", period.first, period.last, if is_imprecise { ", imprecise" } else { "" })
            }
            Told::Missing => "missing".to_owned(),
            Told::Wrong(_) => "wrong".to_owned(),
        };
        for (text, date) in [
            ("0433-05-01 BC", "433-05-01 BC to 433-05-01 BC"),
            ("0433-05-01 12:30:00 BC", "433-05-01 BC to 433-05-01 BC"),
            ("433-05-01 BCE", "433-05-01 BC to 433-05-01 BC"),
            ("0001-12-31 BC", "1-12-31 BC to 1-12-31 BC"),
            ("0433-05-00 BC", "433-05-01 BC to 433-05-31 BC, imprecise"),
            ("0433-05 BC", "433-05-01 BC to 433-05-31 BC"),
            ("433 BC", "433-01-01 BC to 433-12-31 BC"),
            ("1999-04-02 12:30 PM", "1999-04-02 to 1999-04-02"),
            ("1999-04-02T12:30", "1999-04-02 to 1999-04-02"),
            ("0433-05-01 AD", "0433-05-01 to 0433-05-01"),
            ("0000-00-00", "missing"),
            ("0000-00-00 00:00:00", "missing"),
        ] {
            assert_eq!(told(text), date, "{text}");
        }
        let strange =
            ["0433-05-01 B.C.", "0433-05-01 v. Chr.", "0433-05-01BC", "-0432-05-01", "01-05-433 BC", "12-05-11 BC"];
        for text in strange.into_iter().chain(["0000-05-01", "0000-05-01 BC", "0 BC", "1999-04-02 (est.)", "433", "BC"])
        {
            assert_eq!(told(text), "wrong", "{text}");
        }
    }
}
