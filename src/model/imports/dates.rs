//! What cells tell of a date.

use crate::tables::{Formula, RowOf};
use crate::time::Period;
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

/// `1999-04-02`, `1999-04`, and what may stand behind a day: a time.
pub(super) fn of_text(text: &str) -> Told {
    let wrong = || Told::Wrong(text.to_owned());
    // Most texts are a day and nothing else.
    if let [y0, y1, y2, y3, b'-', m0, m1, b'-', d0, d1] = text.as_bytes()
        && [y0, y1, y2, y3, m0, m1, d0, d1].into_iter().all(u8::is_ascii_digit)
    {
        let two = |tens: &u8, ones: &u8| i32::from(tens - b'0') * 10 + i32::from(ones - b'0');
        return of_triple(two(y0, y1) * 100 + two(y2, y3), two(m0, m1), two(d0, d1)).unwrap_or_else(wrong);
    }
    let date = text.split(['T', ' ']).next().unwrap_or(text);
    let is_year_first = date.bytes().position(|byte| !byte.is_ascii_digit()) == Some(4);
    let numbers: Option<SmallVec<[i32; 4]>> = date.split(['-', '/']).map(digits).collect();
    match numbers.as_deref().filter(|_| is_year_first) {
        Some([year, month, day]) => of_triple(*year, *month, *day).unwrap_or_else(wrong),
        Some([year, month]) => match (i16::try_from(*year), u8::try_from(*month)) {
            (Ok(year), Ok(month)) => {
                Period::from_parts(year, Some(month), None).map_or_else(wrong, |period| Told::Period(period, false))
            }
            _ => wrong(),
        },
        _ => wrong(),
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
