//! Numbers and days in another writing than the program reads: what they would be.

use super::numbers;
use crate::time::Day;

/// Signs of money, which may stand on either side of a number.
pub(super) const MONEY: &[char] = &['$', '€', '£', '¥', '₹', '₽', '₩'];
/// Signs that may stand for a minus.
const MINUS: &[char] = &['-', '−', '–', '—', '‑'];
/// The day of which Excel counts the next one as 0: with it all of its days from March 1900 on are right.
const EXCEL_BEGINS: (i16, u8, u8) = (1899, 12, 30);

/// A number as the program would read it, which is written with a sign of money, with spaces or apostrophes between thousands, with a
/// dash for a minus, or in parentheses for one.
pub(super) fn number(text: &str) -> Option<String> {
    let is_negative = text.starts_with('(') && text.ends_with(')');
    let text = text.trim_matches(['(', ')']).trim();
    let text = text.trim_matches(MONEY).trim();
    let (minus, digits) = match text.strip_prefix(MINUS) {
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

/// A number in the writing of a table whose numbers have this sign before the decimals.
pub(super) fn with_decimal(plain: &str, decimal: Option<char>) -> String {
    if numbers::value(plain, decimal).is_some() {
        return plain.to_owned();
    }
    let swapped = |sign: char| match sign {
        ',' => '.',
        '.' => ',',
        other => other,
    };
    plain.chars().map(swapped).collect()
}

/// An amount, told with the unit or in thousands, millions or more.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Amount {
    /// The number as the table would have it.
    pub(super) number: String,
    /// What it is an amount of, where that is told.
    pub(super) unit: Option<String>,
}

/// The amount that `US$ 5m`, `EUR 2,000` or `3.5 billion` is.
pub(super) fn amount(text: &str, decimal: Option<char>) -> Option<Amount> {
    let is_negative = text.starts_with(MINUS) || (text.starts_with('(') && text.ends_with(')'));
    let text = if is_negative { text.trim_start_matches(MINUS).trim_matches(['(', ')']) } else { text };
    let (before, number, behind) = around_number(text)?;
    let is_currency = |word: &str| {
        let letters: String = word.chars().filter(|sign| !MONEY.contains(sign)).collect();
        let is_code = letters.len() == 3 && letters.len() == word.len();
        letters.bytes().all(|byte| byte.is_ascii_uppercase())
            && (is_code || letters.chars().count() < word.chars().count())
    };
    let mut unit = Some(before.trim()).filter(|before| !before.is_empty());
    if unit.is_some_and(|unit| !is_currency(unit)) {
        return None;
    }
    let mut scale = 1.0;
    let is_joined = !behind.starts_with(char::is_whitespace);
    for (place, word) in behind.split_whitespace().enumerate() {
        match multiplier(word) {
            // `5 m` may be metres.
            Some(factor) if scale == 1.0 && (word.len() > 1 || (place == 0 && is_joined)) => scale = factor,
            _ if is_currency(word) && unit.is_none() => unit = Some(word),
            _ => return None,
        }
    }
    if unit.is_none() && scale == 1.0 {
        return None;
    }
    let plain = self::number(number).or_else(|| numbers::value(number, None).map(|_| number.to_owned()))?;
    let value = numbers::value(&plain, decimal).or_else(|| numbers::value(&plain, Some(',')))? * scale;
    // 1.1 million is a whole number, whatever the product of the two is.
    let value = if (value - value.round()).abs() < 1e-6 { value.round() } else { value };
    let number = with_decimal(&if is_negative { -value } else { value }.to_string(), decimal);
    Some(Amount { number, unit: unit.map(str::to_owned) })
}

/// The number that stands between words, where it is the only one.
pub(super) fn only_number(text: &str) -> Option<&str> {
    let (before, number, behind) = around_number(text)?;
    if before.ends_with(MINUS) || behind.starts_with('%') {
        return None;
    }
    let has_words = [before, behind].into_iter().any(|words| words.contains(char::is_alphabetic));
    let is_one = !behind.contains(|sign: char| sign.is_ascii_digit());
    (has_words && is_one && numbers::value(number, None).is_some()).then_some(number)
}

/// A text from its first digit on to the last of that number, and what stands before and behind it.
fn around_number(text: &str) -> Option<(&str, &str, &str)> {
    let start = text.find(|sign: char| sign.is_ascii_digit())?;
    let is_part = |sign: char| sign.is_ascii_digit() || sign.is_whitespace() || matches!(sign, '.' | ',' | '\'' | '’');
    let rest = &text[start..];
    let end = rest.find(|sign: char| !is_part(sign)).unwrap_or(rest.len());
    let number = rest[..end].trim_end_matches(|sign: char| !sign.is_ascii_digit());
    Some((&text[..start], number, &rest[number.len()..]))
}

fn multiplier(word: &str) -> Option<f64> {
    match word.trim_end_matches('.').to_lowercase().as_str() {
        "k" | "thousand" | "tsd" => Some(1e3),
        "m" | "mn" | "mln" | "mio" | "mill" | "million" | "millions" => Some(1e6),
        "b" | "bn" | "bln" | "mrd" | "billion" | "billions" => Some(1e9),
        "tn" | "trn" | "trillion" | "trillions" => Some(1e12),
        _ => None,
    }
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
    use super::{amount, day_before_excel, excel_day, number, only_number};

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
    fn amounts_are_known() {
        let told = |text: &str| amount(text, None).map(|amount| format!("{} {:?}", amount.number, amount.unit));
        for (text, told_as) in [
            ("US$ 5m", "5000000 Some(\"US$\")"),
            ("US$5", "5 Some(\"US$\")"),
            ("EUR 2,000", "2000 Some(\"EUR\")"),
            ("1.1 million", "1100000 None"),
            ("$1.5bn", "1500000000 Some(\"$\")"),
            ("-A$ 3k", "-3000 Some(\"A$\")"),
            ("12 345,5 CHF", "12345.5 Some(\"CHF\")"),
        ] {
            assert_eq!(told(text).as_deref(), Some(told_as), "{text}");
        }
        for text in ["5 km", "5 m", "about 300", "300", "$", "Q4", "5 m 20", "3 men", "NATO 5"] {
            assert_eq!(told(text), None, "{text}");
        }
        let words = ["about 300", "300 (est.)", "5 km", "about -5", "12% or so", "3 of 4", "<5"];
        let numbers = words.map(|text| only_number(text).unwrap_or_default());
        assert_eq!(numbers, ["300", "300", "5", "", "", "", ""]);
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
