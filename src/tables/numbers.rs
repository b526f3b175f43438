//! Numbers as tables write them.

/// The number that a cell is: `4.5`, `1e6`, `12%`, `1,234.5`; with another sign before the decimals, `1.234,5`.
#[must_use]
pub(super) fn value(text: &str, decimal: Option<char>) -> Option<f64> {
    let (text, scale) = match text.strip_suffix('%') {
        Some(percent) => (percent.trim_end(), 0.01),
        None => (text, 1.0),
    };
    // `nan` and `inf` are words here.
    if !text.starts_with(|first: char| first.is_ascii_digit() || matches!(first, '-' | '+' | '.' | ',')) {
        return None;
    }
    let decimal = decimal.unwrap_or('.');
    let separator = if decimal == '.' { ',' } else { '.' };
    let plain = match (text.contains(separator), decimal) {
        (false, '.') => text.parse::<f64>().ok(),
        (false, _) => text.replace(decimal, ".").parse().ok(),
        (true, _) => in_thousands(text, decimal, separator)?.parse().ok(),
    };
    plain.filter(|number| number.is_finite()).map(|number| if scale == 1.0 { number } else { number * scale })
}

/// The same, where this sign may stand between thousands besides: a space for all sorts of spaces, or an apostrophe.
pub(super) fn value_in_thousands(text: &str, decimal: Option<char>, thousands: Option<char>) -> Option<f64> {
    match thousands.and_then(|sign| joined(text, decimal.unwrap_or('.'), sign)) {
        Some(plain) => value(&plain, decimal),
        None => value(text, decimal),
    }
}

/// `1 234 567.8` without the spaces, where they part thousands; none where there is none.
fn joined(text: &str, decimal: char, sign: char) -> Option<String> {
    let is_sign = |letter: char| if sign == ' ' { letter.is_whitespace() } else { matches!(letter, '\'' | '’') };
    let (whole, rest) = text.split_at(text.find([decimal, '%']).unwrap_or(text.len()));
    let mut groups = whole.trim_end().split(is_sign);
    let first = groups.next()?.trim_start_matches(['-', '+']);
    let others: Vec<&str> = groups.collect();
    let are_digits = |group: &str| group.bytes().all(|byte| byte.is_ascii_digit());
    let is_number = !others.is_empty()
        && (1..=3).contains(&first.len())
        && are_digits(first)
        && others.iter().all(|group| group.len() == 3 && are_digits(group));
    is_number.then(|| whole.trim_end().replace(is_sign, "") + rest)
}

/// `1,234,567.8` without the separators, where they part thousands.
fn in_thousands(text: &str, decimal: char, separator: char) -> Option<String> {
    let (whole, fraction) = text.split_once(decimal).map_or((text, None), |(whole, part)| (whole, Some(part)));
    let mut groups = whole.split(separator);
    let first = groups.next()?.trim_start_matches(['-', '+']);
    let well_formed = (1..=3).contains(&first.len())
        && first.bytes().all(|byte| byte.is_ascii_digit())
        && groups.all(|group| group.len() == 3 && group.bytes().all(|byte| byte.is_ascii_digit()));
    well_formed.then(|| {
        let mut plain = whole.replace(separator, "");
        if let Some(fraction) = fraction {
            plain.push('.');
            plain.push_str(fraction);
        }
        plain
    })
}

#[cfg(test)]
mod tests {
    use super::{value, value_in_thousands};

    #[test]
    fn numbers_are_read_as_tables_write_them() {
        for (text, number) in [
            ("4.5", 4.5),
            ("-9", -9.0),
            ("002", 2.0),
            ("1e6", 1e6),
            ("12%", 0.12),
            ("1,234.5", 1234.5),
            ("1,234,567", 1_234_567.0),
            (".5", 0.5),
        ] {
            assert_eq!(value(text, None), Some(number), "{text}");
        }
        for text in ["", "NA", "nan", "inf", "12a", "1,23", "1.2.3", "2001-02-03", "-", "1e999"] {
            assert_eq!(value(text, None), None, "{text}");
        }
        assert_eq!(value("1.234,5", Some(',')), Some(1234.5));
        assert_eq!(value("0,25", Some(',')), Some(0.25));
    }

    #[test]
    fn thousands_are_parted_as_is_told() {
        let spaced = |text| value_in_thousands(text, None, Some(' '));
        let of_comma = |text| value_in_thousands(text, Some(','), Some(' '));
        let apostrophes = |text| value_in_thousands(text, None, Some('\''));
        assert_eq!(spaced("1 234 567"), Some(1_234_567.0));
        assert_eq!(spaced("-1\u{202f}234\u{a0}567.5"), Some(-1_234_567.5));
        assert_eq!(spaced("1 234 %"), Some(12.34));
        assert_eq!((spaced("4.5"), spaced("1,234")), (Some(4.5), Some(1234.0)));
        assert_eq!(of_comma("1 234,5"), Some(1234.5));
        assert_eq!((apostrophes("1'234.5"), apostrophes("1’234")), (Some(1234.5), Some(1234.0)));
        for text in ["12 34", "1990 1991", "1 2345", "1  234", "200 220 x", "1 234 5", "1'234"] {
            assert_eq!(spaced(text), None, "{text}");
        }
        assert_eq!((value("1 234", None), apostrophes("1 234")), (None, None));
    }
}
