//! Texts of cells that should be numbers or dates and are not: what may have been meant by them.

use super::numbers;

/// So many different texts are shown.
pub(super) const SHOWN: usize = 3;
/// A longer text is no code for something that is missing, and is shown in part.
const LONGEST: usize = 24;

/// How a date is put together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateForm {
    /// One cell.
    Cell,
    /// Something computed.
    Computed,
    /// `date(row.y, row.m, row.d)`
    Parts,
    /// `date(row.start, "%d/%m/%Y")`
    Pattern,
}

/// Some of the texts, as they are shown.
pub(super) fn shown(texts: &[String]) -> String {
    let mut shown: Vec<String> = texts.iter().take(SHOWN).map(|text| format!("`{}`", short(text))).collect();
    if texts.len() > SHOWN {
        shown.push("…".to_owned());
    }
    shown.join(", ")
}

fn short(text: &str) -> String {
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// `missing "n.a.", ".."`, for texts that may be codes for what is missing.
fn as_missing<'t>(texts: impl Iterator<Item = &'t str>, what: &str) -> Option<String> {
    let may_be = |text: &&str| text.chars().count() <= LONGEST && !text.contains(['"', '\\']);
    let codes: Vec<&str> = texts.filter(may_be).take(SHOWN).collect();
    let (stand, values) = match codes.as_slice() {
        [] => return None,
        [only] => (format!("`{only}` stands"), format!("a missing {what}")),
        _ => ("these stand".to_owned(), format!("missing {what}s")),
    };
    let codes: Vec<String> = codes.into_iter().map(|code| format!("\"{code}\"")).collect();
    Some(format!("if {stand} for {values}, write `missing {}`", codes.join(", ")))
}

/// What to do about texts that are no numbers.
pub(super) fn number_help(texts: &[String]) -> String {
    let by = |decimal: Option<char>| texts.iter().all(|text| numbers::value(text, decimal).is_some());
    if by(Some(',')) {
        return "if the comma stands before the decimals, write `decimal \",\"` after the name of the table".to_owned();
    }
    if by(None) {
        return "these are numbers with a point before the decimals: is `decimal \",\"` right for this table?"
            .to_owned();
    }
    as_missing(texts.iter().map(String::as_str), "value")
        .unwrap_or_else(|| "correct them in the table, or leave such rows out with `where`".to_owned())
}

/// What to do about texts that are no dates; `cell` is how the date is written in the import, and `is_most` whether most rows
/// are so: else those that are read would not be by a pattern for the others.
pub(super) fn date_help(texts: &[String], form: DateForm, cell: &str, is_most: bool) -> String {
    let is_date_like = |text: &&String| text.bytes().filter(u8::is_ascii_digit).count() >= 4;
    let codes = || texts.iter().filter(|text| !is_date_like(text)).map(String::as_str);
    let mut help = Vec::new();
    match form {
        DateForm::Parts => {
            let outside: Vec<&str> = texts.iter().flat_map(|text| outside(text)).collect();
            match as_missing(outside.into_iter().fold(Vec::new(), distinct).into_iter(), "part") {
                Some(missing) => help.push(missing),
                None => help
                    .push("no calendar has such a day; a month or a day that is not known is empty, or 0".to_owned()),
            }
        }
        DateForm::Pattern => {
            help.push("the pattern has to fit the whole cell: `%d` is a day, `%m` a month, `%Y` a year".to_owned());
            help.extend(as_missing(codes(), "date"));
        }
        DateForm::Cell | DateForm::Computed => {
            let like: Vec<&String> = texts.iter().filter(is_date_like).collect();
            let pattern = pattern(&like, cell).filter(|_| form == DateForm::Cell && is_most);
            help.push(match pattern {
                Some(pattern) => pattern,
                None if form == DateForm::Computed => "a year is a whole number".to_owned(),
                None => {
                    "dates are `1999-04-02`, `19990402`, `1999-04` or `1999`, of days that a calendar has".to_owned()
                }
            });
            help.extend(as_missing(codes(), "date"));
        }
    }
    help.join("; ")
}

fn distinct<'t>(mut all: Vec<&'t str>, one: &'t str) -> Vec<&'t str> {
    if !all.contains(&one) {
        all.push(one);
    }
    all
}

/// The parts of a date, written `1951-99-4`, that no month or day can be; a part that is no number stands alone.
fn outside(text: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut rest = text;
    loop {
        let sign = usize::from(rest.starts_with('-'));
        let end = rest[sign..].find('-').map_or(rest.len(), |end| end + sign);
        parts.push(&rest[..end]);
        match rest.get(end + 1..) {
            Some(behind) => rest = behind,
            None => break,
        }
    }
    if let [only] = parts.as_slice() {
        return vec![only];
    }
    let is_outside = |(place, part): &(usize, &str)| {
        let most = if *place == 1 { 12 } else { 31 };
        *place > 0 && part.parse::<i32>().is_ok_and(|number| !(0..=most).contains(&number))
    };
    parts.into_iter().enumerate().filter(is_outside).map(|(_, part)| part).collect()
}

/// The pattern by which texts such as `04/02/1951` are read.
fn pattern(texts: &[&String], cell: &str) -> Option<String> {
    let parts = |text: &str| -> Option<(char, u32, u32)> {
        let sign = text.chars().find(|sign| !sign.is_ascii_digit()).filter(|sign| matches!(sign, '/' | '.' | '-'))?;
        let mut parts = text.split(sign);
        let (first, second, year) = (parts.next()?, parts.next()?, parts.next()?);
        let is_it = first.len() <= 2 && second.len() <= 2 && year.len() == 4 && parts.next().is_none();
        is_it.then_some(())?;
        Some((sign, first.parse().ok()?, second.parse().ok()?))
    };
    let all: Vec<(char, u32, u32)> = texts.iter().filter_map(|text| parts(text)).collect();
    let sign = all.first()?.0;
    let day_first = format!("%d{sign}%m{sign}%Y");
    let month_first = format!("%m{sign}%d{sign}%Y");
    let read_by = |pattern: &str| format!("write `date({cell}, \"{pattern}\")`");
    Some(if all.iter().any(|(_, first, _)| *first > 12) {
        read_by(&day_first)
    } else if all.iter().any(|(_, _, second)| *second > 12) {
        read_by(&month_first)
    } else {
        format!("{} where the day stands first, and `\"{month_first}\"` where the month does", read_by(&day_first))
    })
}

#[cfg(test)]
mod tests {
    use super::{DateForm, date_help, number_help};

    #[test]
    fn what_may_be_meant_by_texts_that_are_no_numbers() {
        let help = |texts: &[&str]| number_help(&texts.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>());
        let comma = "if the comma stands before the decimals, write `decimal \",\"` after the name of the table";
        assert_eq!(help(&["4,5", "1.234,5"]), comma);
        assert_eq!(help(&["n.a."]), "if `n.a.` stands for a missing value, write `missing \"n.a.\"`");
        assert_eq!(help(&["NA", ".."]), "if these stand for missing values, write `missing \"NA\", \"..\"`");
        assert_eq!(help(&["\"x\""]), "correct them in the table, or leave such rows out with `where`");
    }

    #[test]
    fn what_may_be_meant_by_texts_that_are_no_dates() {
        let help = |texts: &[&str], form| {
            date_help(&texts.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>(), form, "row.start", true)
        };
        let both =
            "write `date(row.start, \"%d/%m/%Y\")` where the day stands first, and `\"%m/%d/%Y\"` where the month does";
        assert_eq!(help(&["04/02/1951"], DateForm::Cell), both);
        assert_eq!(help(&["04/02/1951", "4/13/1951"], DateForm::Cell), "write `date(row.start, \"%m/%d/%Y\")`");
        let day_first =
            "write `date(row.start, \"%d.%m.%Y\")`; if `soon` stands for a missing date, write `missing \"soon\"`";
        assert_eq!(help(&["13.2.1951", "soon"], DateForm::Cell), day_first);
        assert_eq!(
            help(&["1951--9-4", "1951-2-99", "1952--9--9"], DateForm::Parts),
            "if these stand for missing parts, write `missing \"-9\", \"99\"`"
        );
        let no_day = "no calendar has such a day; a month or a day that is not known is empty, or 0";
        assert_eq!(help(&["1951-2-30"], DateForm::Parts), no_day);
        assert_eq!(help(&["?"], DateForm::Parts), "if `?` stands for a missing part, write `missing \"?\"`");
    }
}
