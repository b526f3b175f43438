//! Numbers and days in another writing than the program reads: what they would be.

use super::numbers;
use crate::time::Day;

/// Signs of money, which may stand on either side of a number.
const MONEY: &[char] = &['$', '€', '£', '¥', '₹', '₽', '₩'];
/// The day of which Excel counts the next one as 0: with it all of its days from March 1900 on are right.
const EXCEL_BEGINS: (i16, u8, u8) = (1899, 12, 30);

/// A number as the program would read it, which is written with a sign of money, with spaces or apostrophes between thousands, with a
/// dash for a minus, or in parentheses for one.
pub(super) fn number(text: &str) -> Option<String> {
    let is_negative = text.starts_with('(') && text.ends_with(')');
    let text = text.trim_matches(['(', ')']).trim();
    let text = text.trim_matches(MONEY).trim();
    let (minus, digits) = match text.strip_prefix(['-', '−', '–', '—', '‑']) {
        Some(rest) => ("-", rest.trim_start().trim_start_matches(MONEY)),
        None => ("", text),
    };
    let minus = if is_negative { "-" } else { minus };
    if !digits.starts_with(|first: char| first.is_ascii_digit()) {
        return None;
    }
    let is_space = |sign: char| sign.is_whitespace() || matches!(sign, '\'' | '’');
    let (whole, rest) = digits.split_at(digits.find(['.', ',', '%']).unwrap_or(digits.len()));
    let groups: Vec<&str> = whole.trim_end().split(is_space).collect();
    let is_grouped = groups.iter().skip(1).all(|group| group.len() == 3) && groups[0].len() <= 3;
    if groups.len() > 1 && !is_grouped {
        return None;
    }
    let plain = format!("{minus}{}{}", groups.concat(), rest);
    let is_number = [None, Some(',')].into_iter().any(|decimal| numbers::value(&plain, decimal).is_some());
    is_number.then_some(plain)
}

/// The day that a number would be as Excel counts days, where it may be one of the last or the next hundred years.
pub(super) fn excel_day(text: &str) -> Option<Day> {
    let count = text.parse::<f64>().ok().filter(|count| (9_000.0..80_000.0).contains(count))?;
    counted(count)
}

/// The day that a negative count would be, as programs count that go on before Excel begins.
pub(super) fn day_before_excel(text: &str) -> Option<Day> {
    let count = text.parse::<f64>().ok().filter(|count| (-200_000.0..0.0).contains(count))?;
    counted(count)
}

fn counted(count: f64) -> Option<Day> {
    let (year, month, day) = EXCEL_BEGINS;
    Some(Day::from_number(Day::from_parts(year, month, day)?.number() + count.floor() as i32))
}

#[cfg(test)]
mod tests {
    use super::{day_before_excel, excel_day, number};

    #[test]
    fn numbers_in_another_writing_are_known() {
        for (text, plain) in [
            ("$5", "5"),
            ("5 €", "5"),
            ("1 234", "1234"),
            ("1\u{202f}234\u{a0}567", "1234567"),
            ("1'234.5", "1234.5"),
            ("1 234,5", "1234,5"),
            ("−5", "-5"),
            ("–0.5", "-0.5"),
            ("-$5", "-5"),
            ("(5)", "-5"),
            ("($1,234)", "-1,234"),
            ("− 12 %", "-12%"),
        ] {
            assert_eq!(number(text).as_deref(), Some(plain), "{text}");
        }
        for text in ["", "()", "$", "n.a.", "0x10", "12 34", "1999 2000", "5 (est.)", "5*", "<5", "−", "1-2"] {
            assert_eq!(number(text), None, "{text}");
        }
    }

    #[test]
    fn days_are_counted_as_excel_does() {
        let day = |text: &str| excel_day(text).map(|day| day.to_string());
        assert_eq!(day("18264").as_deref(), Some("1950-01-01"));
        assert_eq!(day("18264.75").as_deref(), Some("1950-01-01"));
        assert_eq!((day("1990"), day("199004"), day("x")), (None, None, None));
        assert_eq!(day_before_excel("-30889").map(|day| day.to_string()).as_deref(), Some("1815-06-05"));
    }
}
