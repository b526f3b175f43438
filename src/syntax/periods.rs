//! Periods as they are written elsewhere: `1816-2018`, `1990 to 1995`.

use super::scan::{self, TokenKind};
use std::ops::Range;

/// Signs and words that part two dates elsewhere, longer ones before those with which they begin.
const JOINTS: &[&str] = &[
    "through", "until", "till", "and", "to", "...", "…", "..", "--", "-", "–", "—", "−", "~", ":", ";", ",", "/", ".",
];

/// A period in another form.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct WrongPeriod {
    /// From its first date to its last one.
    pub(super) range: Range<usize>,
    /// As it is written here.
    pub(super) suggestion: String,
}

/// A date at the beginning of a text.
struct Date<'text> {
    written: &'text str,
    /// The digits of its year.
    year: &'text str,
    has_era: bool,
}

/// A period in another form whose words hold the place at which reading stopped.
pub(super) fn wrong_period(text: &str, place: usize) -> Option<WrongPeriod> {
    let mut at = 0;
    while let Some(token) = scan::token(text, at, text.len()).filter(|token| token.start <= place) {
        at = token.end;
        if token.kind != TokenKind::Word {
            continue;
        }
        let word = token.text(text);
        let found =
            if matches!(word, "in" | "on" | "from") { two_dates(text, token.end, word == "from") } else { None };
        if found.as_ref().is_some_and(|found| found.range.contains(&place)) {
            return found;
        }
    }
    None
}

fn two_dates(text: &str, at: usize, is_from: bool) -> Option<WrongPeriod> {
    let blanks = |text: &str| text.len() - text.trim_start_matches([' ', '\t']).len();
    let start = at + blanks(&text[at..]);
    let first = date(&text[start..])?;
    let mut next = start + first.written.len();
    next += blanks(&text[next..]);
    let joint = JOINTS.iter().find(|joint| text[next..].starts_with(**joint))?;
    // As it is written here.
    if *joint == if is_from { "until" } else { ".." } {
        return None;
    }
    next += joint.len();
    // After a comma and a blank another time may begin.
    if *joint != "," {
        next += blanks(&text[next..]);
    }
    let last = date(&text[next..])?;
    let end = next + last.written.len();
    let mut rest = text[end..].chars();
    let is_over = match (rest.next(), rest.next()) {
        (Some('-' | '_'), _) => false,
        (Some(',' | '.' | ':' | '/'), Some(next)) if next.is_ascii_digit() => false,
        (Some(next), _) => !next.is_alphanumeric(),
        (None, _) => true,
    };
    let looks_like_years = first.year.len() > 2 || (first.has_era && last.has_era);
    if !is_over || !looks_like_years {
        return None;
    }
    let later = full(&first, &last)?;
    // Backwards it is one before Christ.
    let is_before_christ = !first.has_era && !last.has_era && backwards(first.written, &later);
    let era = if is_before_christ { " BC" } else { "" };
    let (first, last) = (format!("{}{era}", first.written), format!("{later}{era}"));
    let suggestion = if is_from { format!("from {first} until {last}") } else { format!("{first}..{last}") };
    Some(WrongPeriod { range: start..end, suggestion })
}

/// Whether of two years without month and day the second comes before the first.
fn backwards(first: &str, last: &str) -> bool {
    matches!((first.parse::<u16>(), last.parse::<u16>()), (Ok(first), Ok(last)) if last < first)
}

/// The last date with its century: `1990` to `95` is until `1995`. None where it may be a month.
fn full(first: &Date<'_>, last: &Date<'_>) -> Option<String> {
    if last.year.len() > 2 || last.has_era {
        return Some(last.written.to_owned());
    }
    let number: u32 = last.year.parse().ok()?;
    let (century, of_first) = first.year.split_at(first.year.len() - last.year.len());
    let is_year = number > 12 && last.year.len() == 2 && last.written == last.year && !first.has_era;
    (is_year && of_first < last.year).then(|| format!("{century}{}", last.year))
}

/// The date with which a text begins; its parts are as many as have two digits each.
fn date(text: &str) -> Option<Date<'_>> {
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let length = digits(text);
    let year = text.get(..length).filter(|year| (1..=4).contains(&year.len()))?;
    let mut end = length;
    for _ in 0..2 {
        match text[end..].strip_prefix('-') {
            Some(part) if digits(part) == 2 => end += 3,
            _ => break,
        }
    }
    let has_era = text[end..].starts_with(" BC");
    if has_era {
        end += " BC".len();
    }
    Some(Date { written: &text[..end], year, has_era })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_are_known_by_their_two_dates() {
        for (text, suggestion) in [
            ("in 1816-2018", Some("1816..2018")),
            ("in 1816:2018", Some("1816..2018")),
            ("in 1816,2018", Some("1816..2018")),
            ("in 1816, 2018", None),
            ("in 1816 to 2018", Some("1816..2018")),
            ("in 1816–2018", Some("1816..2018")),
            ("in 1816...2018", Some("1816..2018")),
            ("in 1816.2018", Some("1816..2018")),
            ("in 1990/95", Some("1990..1995")),
            ("in 1990-01-1991-12", Some("1990-01..1991-12")),
            ("in 1990-01-02 - 1991-12-31", Some("1990-01-02..1991-12-31")),
            ("in 433-431", Some("433 BC..431 BC")),
            ("from 433 to 431", Some("from 433 BC until 431 BC")),
            ("in 433 BC - 431 BC", Some("433 BC..431 BC")),
            ("on 1990:1995", Some("1990..1995")),
            ("from 1990 to 1995", Some("from 1990 until 1995")),
            ("from 1990..1995", Some("from 1990 until 1995")),
            ("from 1990 until 1995", None),
            ("in 1990..1995", None),
            ("in 1816-12", None),
            ("in 1999/04", None),
            ("in 1999/04/02", None),
            ("in 12.01.2014", None),
            ("in 1990,1995,2000", None),
            ("in 1816 to date", None),
            ("in stans, baltics", None),
        ] {
            let found = (0..text.len()).find_map(|place| wrong_period(text, place));
            assert_eq!(found.map(|found| found.suggestion).as_deref(), suggestion, "{text}");
        }
    }
}
