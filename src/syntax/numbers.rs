//! Numbers as they are written: `10%`, `2.5 million`, `1_000`, `-3`.

/// The value of a number as the grammar allows it; none where it is too large for one.
pub(super) fn value(written: &str) -> Option<f64> {
    let (negative, unsigned) = match written.strip_prefix('-') {
        Some(rest) => (true, rest.trim_start()),
        None => (false, written),
    };
    let end = unsigned
        .char_indices()
        .find(|(at, letter)| {
            let sign_of_exponent = matches!(letter, '+' | '-') && unsigned[..*at].ends_with(['e', 'E']);
            !(letter.is_ascii_digit() || matches!(letter, '.' | '_' | 'e' | 'E') || sign_of_exponent)
        })
        .map_or(unsigned.len(), |(at, _)| at);
    let (mantissa, scale) = unsigned.split_at(end);
    let mut exponent = 0;
    for word in scale.split_whitespace() {
        exponent += match word.trim_start_matches('%') {
            "thousand" => 3,
            "million" => 6,
            "billion" => 9,
            "trillion" => 12,
            _ => 0,
        };
        exponent -= if word.starts_with('%') { 2 } else { 0 };
    }
    let digits: String = mantissa.chars().filter(|letter| *letter != '_').collect();
    // The power of ten is read together with the digits, so that `10%` is exactly the number nearest to 0.1.
    let number: f64 = match digits.split_once(['e', 'E']) {
        Some((digits, power)) => {
            format!("{digits}e{}", power.parse::<i64>().ok()?.checked_add(exponent)?).parse().ok()?
        }
        None if exponent == 0 => digits.parse().ok()?,
        None => format!("{digits}e{exponent}").parse().ok()?,
    };
    number.is_finite().then_some(if negative { -number } else { number })
}

#[cfg(test)]
mod tests {
    use super::value;

    #[test]
    fn numbers_are_read_as_written() {
        for (written, expected) in [
            ("10%", 0.1),
            ("2 %", 0.02),
            ("2.5 million", 2_500_000.0),
            ("3 thousand", 3000.0),
            ("1 billion", 1e9),
            ("1_000", 1000.0),
            ("-3", -3.0),
            ("- 0.5", -0.5),
            ("1.5e6", 1_500_000.0),
            ("1e-3", 0.001),
            ("50% million", 500_000.0),
        ] {
            assert_eq!(value(written), Some(expected), "{written}");
        }
        assert_eq!(value(&"9".repeat(400)), None);
        assert_eq!(value("1e99999999999999999999"), None);
    }
}
