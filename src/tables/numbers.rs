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
    use super::value;

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
}
