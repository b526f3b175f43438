//! Dates and numbers as they are written elsewhere.

use super::scan::{Token, TokenKind};
use std::ops::Range;

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// The digits and points, strokes or hyphens around a token.
fn run(text: &str, token: &Token, signs: &[u8]) -> Range<usize> {
    let bytes = text.as_bytes();
    let belongs = |byte: u8| byte.is_ascii_digit() || signs.contains(&byte);
    let mut start = token.start;
    while start > 0 && belongs(bytes[start - 1]) {
        start -= 1;
    }
    let mut end = token.start;
    while end < bytes.len() && belongs(bytes[end]) {
        end += 1;
    }
    start..end
}

/// A date in another form at a token, and how it is written here, where that is certain.
pub(super) fn wrong_date(text: &str, token: &Token) -> Option<(Range<usize>, Option<String>)> {
    if token.kind == TokenKind::Word {
        return with_month(text, token);
    }
    let range = run(text, token, b"./-");
    let written = &text[range.clone()];
    let parts: Vec<&str> = written.split(['.', '/', '-']).collect();
    let numbers: Vec<u32> = parts.iter().map(|part| part.parse()).collect::<Result<_, _>>().ok()?;
    let long = parts.iter().position(|part| part.len() == 4);
    let short = parts.iter().filter(|part| part.len() <= 2).count();
    if long.is_none() || short + 1 != parts.len() || !(2..=3).contains(&parts.len()) {
        return None;
    }
    let month = |month: u32| (1..=12).contains(&month);
    let day = |day: u32| (1..=31).contains(&day);
    let suggestion = match (long, numbers.as_slice()) {
        (Some(0), [y, m]) if month(*m) => Some(format!("{y:04}-{m:02}")),
        (Some(1), [m, y]) if month(*m) => Some(format!("{y:04}-{m:02}")),
        (Some(0), [y, m, d]) if month(*m) && day(*d) => Some(format!("{y:04}-{m:02}-{d:02}")),
        // Which of the two is the month is certain where the other cannot be one, or where points part them.
        (Some(2), [d, m, y]) if month(*m) && day(*d) && (*d > 12 || d == m || written.contains('.')) => {
            Some(format!("{y:04}-{m:02}-{d:02}"))
        }
        (Some(2), [m, d, y]) if month(*m) && day(*d) && *d > 12 => Some(format!("{y:04}-{m:02}-{d:02}")),
        _ => None,
    };
    // As it stands it may be a date or a subtraction that is only misplaced.
    if suggestion.as_deref() == Some(written) || long == Some(1) {
        return None;
    }
    Some((range, suggestion))
}

/// `15 May 1992`, `May 1992`, `May 15, 1992`
fn with_month(text: &str, token: &Token) -> Option<(Range<usize>, Option<String>)> {
    let name = token.text(text).to_lowercase();
    if !token.text(text).starts_with(|letter: char| letter.is_uppercase()) || name.len() < 3 {
        return None;
    }
    let month = 1 + MONTHS.iter().position(|month| month.starts_with(&name))?;
    let after = text[token.end..].trim_start_matches(['.', ' ']);
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let mut end = text.len() - after.len();
    let mut day = None;
    let mut year = after.get(..digits(after)).unwrap_or("");
    end += year.len();
    if (1..=2).contains(&year.len()) {
        let rest = after[year.len()..].trim_start_matches([',', ' ']);
        let next = rest.get(..digits(rest)).unwrap_or("");
        if next.len() == 4 {
            day = year.parse::<u32>().ok();
            end = text.len() - rest.len() + 4;
            year = next;
        }
    }
    if year.len() != 4 {
        return None;
    }
    let before = text[..token.start].trim_end_matches(' ');
    let length = before.bytes().rev().take_while(u8::is_ascii_digit).count();
    let mut start = token.start;
    if day.is_none() && (1..=2).contains(&length) {
        start = before.len() - length;
        day = before[start..].parse().ok();
    }
    let suggestion = match day {
        Some(day) => format!("{year}-{month:02}-{day:02}"),
        None => format!("{year}-{month:02}"),
    };
    Some((start..end, Some(suggestion)))
}

/// A number with separators between its thousands.
pub(super) fn wrong_number(text: &str, token: &Token) -> Option<(Range<usize>, Option<String>)> {
    let bytes = text.as_bytes();
    if token.kind != TokenKind::Sign(b',') && token.kind != TokenKind::Sign(b'.') {
        return None;
    }
    let adjacent = token.start > 0
        && bytes[token.start - 1].is_ascii_digit()
        && bytes.get(token.end).is_some_and(u8::is_ascii_digit);
    if !adjacent {
        return None;
    }
    let range = run(text, token, b".,");
    let written = &text[range.clone()];
    let mut parts = written.split([',', '.']);
    let first = parts.next().unwrap_or("");
    let thousands = (1..=3).contains(&first.len()) && parts.clone().count() > 0 && parts.all(|part| part.len() == 3);
    let suggestion = if thousands {
        Some(written.chars().filter(char::is_ascii_digit).collect())
    } else {
        written
            .split_once(',')
            .filter(|(_, rest)| !rest.contains([',', '.']))
            .map(|(whole, part)| format!("{whole}.{part}"))
    };
    Some((range, suggestion))
}
