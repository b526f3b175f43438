//! Texts of cells that should be dates and are not: what may have been meant by them, and by texts that are no numbers as far as that
//! is the same.

use super::other_writing;
use crate::time::Day;

/// So many different texts are shown.
pub(super) const SHOWN: usize = 3;
/// So many are kept, to find out what may be meant by them.
pub(super) const KEPT: usize = 24;
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

pub(super) fn short(text: &str) -> String {
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// Whether a text may be a code for what is missing: a word, a sign, or one of the numbers that codebooks take for it.
pub(super) fn may_be_code(text: &str) -> bool {
    let digits = text.trim_start_matches('-');
    let is_number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    let is_repeated = |of: &str| {
        digits.starts_with(|first| of.contains(first)) && digits.bytes().all(|byte| byte == digits.as_bytes()[0])
    };
    let is_likely = if is_number {
        digits.len() < text.len() || is_repeated("0789")
    } else {
        !text.contains(|sign: char| sign.is_ascii_digit())
            || text.starts_with(|first: char| first.is_alphabetic() || first == '#')
    };
    // A number with words around it is a number.
    let is_phrase = text.contains(char::is_whitespace) && text.contains(|sign: char| sign.is_ascii_digit());
    let has_money = text.contains(other_writing::MONEY) && text.contains(|sign: char| sign.is_ascii_digit());
    is_likely && !is_phrase && !has_money && text.chars().count() <= LONGEST && !text.contains(['"', '\\'])
}

/// `missing "n.a.", ".."`, for those of some texts that may be codes for what is missing.
pub(super) fn as_missing<'t>(texts: impl Iterator<Item = &'t str>, what: &str) -> Option<String> {
    let codes: Vec<&str> = texts.filter(|text| may_be_code(text)).take(SHOWN).collect();
    let (stand, values) = match codes.as_slice() {
        [] => return None,
        [only] => (format!("`{only}` stands"), format!("a missing {what}")),
        _ => ("these stand".to_owned(), format!("missing {what}s")),
    };
    let codes: Vec<String> = codes.into_iter().map(|code| format!("\"{code}\"")).collect();
    Some(format!("if {stand} for {values}, write `missing {}`", codes.join(", ")))
}

/// `a`, `b` and `c`
pub(super) fn listed<'t>(texts: impl Iterator<Item = &'t str>) -> String {
    let all: Vec<String> = texts.map(|text| format!("`{}`", short(text))).collect();
    match all.as_slice() {
        [] => String::new(),
        [only] => only.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// What to do about texts that are no dates; `cell` is how the date is written in the import, and `is_most` whether most rows
/// are so: else those that are read would not be by a pattern for the others.
pub(super) fn date_help(texts: &[String], form: DateForm, cell: &str, is_most: bool) -> String {
    let is_date_like = |text: &str| text.bytes().filter(u8::is_ascii_digit).count() >= 4;
    let mut help = Vec::new();
    let is_counted =
        |text: &&str| other_writing::excel_day(text).is_some() || other_writing::day_before_excel(text).is_some();
    let (counts, others): (Vec<&str>, Vec<&str>) = texts.iter().map(String::as_str).partition(is_counted);
    help.extend(counted_help(&counts));
    let codes = others.iter().copied().filter(|text| !is_date_like(text));
    match form {
        DateForm::Parts => help.extend(parts_help(&others)),
        DateForm::Pattern => {
            let signs =
                "the pattern has to fit the whole cell: `%d` is a day, `%m` a month, `%b` its name, `%Y` a year";
            help.push(signs.to_owned());
            let like: Vec<&str> = others.iter().copied().filter(|text| is_date_like(text)).collect();
            let inner =
                cell.strip_prefix("date(").and_then(|cell| cell.rsplit_once(',')).map(|(inner, _)| inner.trim());
            help.extend(inner.filter(|_| is_most || !cell.contains('%')).and_then(|inner| pattern(&like, inner)));
            help.extend(as_missing(codes, "date"));
        }
        DateForm::Cell | DateForm::Computed => {
            let like: Vec<&str> = others.iter().copied().filter(|text| is_date_like(text)).collect();
            let pattern = pattern(&like, cell).filter(|_| form == DateForm::Cell && is_most);
            if let Some(before) = others.iter().find_map(|text| before_christ(text)) {
                help.push(before);
            } else if others.iter().any(|text| has_more_than_a_day(text)) {
                help.push(
                    "behind a day no more may stand than a time, or `BC`: put the rest into a column of its own"
                        .to_owned(),
                );
            } else if let Some(pattern) = pattern {
                help.push(pattern);
            } else if !others.is_empty() {
                help.push(if form == DateForm::Computed {
                    "a year is a whole number".to_owned()
                } else {
                    "dates are `1999-04-02`, `19990402`, `1999-04` or `1999`, of days that a calendar has".to_owned()
                });
            }
            help.extend(as_missing(codes, "date"));
        }
    }
    help.join("; ")
}

/// What to say of numbers that count days, as workbooks do.
fn counted_help(counts: &[&str]) -> Vec<String> {
    let mut help = Vec::new();
    let day = |of: fn(&str) -> Option<Day>| counts.iter().find_map(|text| Some((*text, of(text)?)));
    if let Some((text, day)) = day(other_writing::excel_day) {
        help.push(format!(
            "`{text}` looks like a day as Excel counts them, which is {day}: give the column the format of a date in the \
             workbook, and save the table again"
        ));
    }
    if let Some((text, day)) = day(other_writing::day_before_excel) {
        help.push(format!(
            "a workbook counts days from 1900 on, and `{text}` lies before that: if {day} is meant, write the date as a text in \
             the workbook"
        ));
        help.extend(as_missing(counts.iter().copied().filter(|text| text.len() <= 4), "date"));
    }
    help
}

/// What to say of a date that seems to be before Christ: `0433-05-01 B.C.`, `-0432-05-01`.
fn before_christ(text: &str) -> Option<String> {
    let signed = text.strip_prefix('-').and_then(|rest| rest.split_once('-')).map(|(year, _)| year);
    if let Some(year) = signed.and_then(whole).filter(|_| text.len() > 7) {
        let before = year + 1;
        return Some(format!(
            "`{}` is a day of {year} BC, or of {before} BC where years are counted with a year 0: write it with its era, as \
             `0433-05-01 BC`",
            short(text)
        ));
    }
    let letters: String = text.trim_start_matches(|sign: char| !sign.is_alphabetic()).to_lowercase();
    let era: String = letters.chars().filter(|sign| sign.is_alphabetic()).collect();
    let is_era = matches!(era.as_str(), "bc" | "bce" | "vchr" | "ac" | "avjc");
    (is_era && text.starts_with(|first: char| first.is_ascii_digit()))
        .then(|| "before Christ a day is `0433-05-01 BC`, and a year `433 BC` or `-433`".to_owned())
}

fn whole(digits: &str) -> Option<u32> {
    let is_number = digits.len() <= 6 && digits.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| digits.parse().ok())?
}

/// Whether words stand behind a day, `1999-04-02 (est.)`.
fn has_more_than_a_day(text: &str) -> bool {
    let Some((date, behind)) = text.split_once(' ') else { return false };
    let parts: Vec<&str> = date.split('-').collect();
    let is_day =
        matches!(parts.as_slice(), [year, month, day] if year.len() == 4 && month.len() <= 2 && day.len() <= 2);
    is_day
        && parts.into_iter().all(|part| whole(part).is_some())
        && !behind.starts_with(|first: char| first.is_ascii_digit())
}

/// What to do about days of which the parts stand in several cells.
fn parts_help(texts: &[&str]) -> Vec<String> {
    let outside: Vec<Outside<'_>> = texts.iter().flat_map(|text| outside(text)).collect();
    let mut help = Vec::new();
    if texts.iter().any(|text| before_christ(text).is_some()) {
        help.push("a year before Christ has a minus there: `-433`".to_owned());
    }
    let codes = outside.iter().map(|one| one.part).fold(Vec::new(), distinct);
    help.extend(as_missing(codes.into_iter(), "part"));
    let others = outside.iter().filter(|one| !may_be_code(one.part));
    let is_month = |one: &&Outside<'_>| one.place == 1;
    let (months, rest): (Vec<&Outside<'_>>, Vec<&Outside<'_>>) = others.partition(is_month);
    if let Some(first) = months.first() {
        let may_be_days = months.iter().all(|one| one.may_be_a_day) && rest.is_empty();
        let question = if may_be_days {
            ": is the day told before the month? `date` takes the year, the month and the day"
        } else {
            ""
        };
        help.push(format!("`{}` is no month{question}", first.part));
    }
    if let Some(first) = rest.iter().find(|one| one.place == 2) {
        let is_year = first.part.parse().is_ok_and(|number: i32| (1000..=2999).contains(&number));
        let question = if is_year {
            ": is the day told before the year? `date` takes the year, the month and the day"
        } else {
            ""
        };
        help.push(format!("`{}` is no day of a month{question}", first.part));
    }
    if help.is_empty() {
        help.push("no calendar has such a day; a month or a day that is not known is empty, or 0".to_owned());
    }
    help
}

fn distinct<'t>(mut all: Vec<&'t str>, one: &'t str) -> Vec<&'t str> {
    if !all.contains(&one) {
        all.push(one);
    }
    all
}

/// A part of a date that no month or day can be.
struct Outside<'t> {
    part: &'t str,
    /// 1 for a month, 2 for a day; 0 for a part that stands alone and is no number.
    place: usize,
    /// Whether it would be a day, and what stands for the day a month.
    may_be_a_day: bool,
}

/// The parts of a date, written `1951-99-4`, that no month or day can be; a part that is no number stands alone.
fn outside(text: &str) -> Vec<Outside<'_>> {
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
        return vec![Outside { part: only, place: 0, may_be_a_day: false }];
    }
    let number = |place: usize| parts.get(place).and_then(|part: &&str| part.parse::<i32>().ok());
    let swapped = matches!((number(1), number(2)), (Some(13..=31), Some(1..=12)));
    let is_outside = |(place, _): &(usize, &&str)| {
        let most = if *place == 1 { 12 } else { 31 };
        *place > 0 && number(*place).is_some_and(|number| !(0..=most).contains(&number))
    };
    let outside = parts.iter().enumerate().filter(is_outside);
    outside.map(|(place, part)| Outside { part, place, may_be_a_day: swapped && place == 1 }).collect()
}

/// The pattern by which texts such as `31dec1951` or `31 Dec 1951` are read, which Stata writes and others do.
fn pattern_with_month(text: &str) -> Option<String> {
    let begin = text.find(|letter: char| letter.is_ascii_alphabetic())?;
    let end = begin + text[begin..].find(|letter: char| !letter.is_ascii_alphabetic())?;
    let (day, year) = (&text[..begin], &text[end..]);
    let is_day = |digits: &str| matches!(digits.parse(), Ok(1..=31_u8)) && digits.len() <= 2;
    let is_year = |digits: &str| digits.len() == 4 && digits.bytes().all(|digit| digit.is_ascii_digit());
    let parted = ["", " ", "-", "/", "."]
        .into_iter()
        .find(|sign| day.strip_suffix(sign).is_some_and(is_day) && year.strip_prefix(sign).is_some_and(is_year));
    let name = if end - begin == 3 { "%b" } else { "%B" };
    parted.map(|sign| format!("%d{sign}{name}{sign}%Y"))
}

/// The pattern by which texts such as `04/02/1951` are read.
fn pattern(texts: &[&str], cell: &str) -> Option<String> {
    if let Some(of_first) = texts.first().and_then(|first| pattern_with_month(first)) {
        let is_of_all = texts.iter().all(|text| pattern_with_month(text).as_ref() == Some(&of_first));
        return is_of_all.then(|| format!("write `date({cell}, \"{of_first}\")`"));
    }
    let parts = |text: &str| -> Option<(char, u32, u32)> {
        let sign = text.chars().find(|sign| !sign.is_ascii_digit()).filter(|sign| matches!(sign, '/' | '.' | '-'))?;
        let mut parts = text.split(sign);
        let (first, second, year) = (parts.next()?, parts.next()?, parts.next()?);
        let is_it = first.len() <= 2 && second.len() <= 2 && year.len() == 4 && parts.next().is_none();
        is_it.then_some(())?;
        Some((sign, first.parse().ok()?, second.parse().ok()?))
    };
    // A pattern that fits only some of them would be right for no column.
    let all: Vec<(char, u32, u32)> = texts.iter().map(|text| parts(text)).collect::<Option<_>>()?;
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
    use super::{DateForm, date_help};

    #[test]
    fn what_may_be_meant_by_texts_that_are_no_dates() {
        let help = |texts: &[&str], form| {
            date_help(&texts.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>(), form, "row.start", true)
        };
        let both =
            "write `date(row.start, \"%d/%m/%Y\")` where the day stands first, and `\"%m/%d/%Y\"` where the month does";
        assert_eq!(help(&["04/02/1951"], DateForm::Cell), both);
        let other = |texts: &[&str], cell: &str, is_most| {
            let texts: Vec<String> = texts.iter().map(|text| (*text).to_owned()).collect();
            date_help(&texts, DateForm::Pattern, cell, is_most)
        };
        let signs = "the pattern has to fit the whole cell: `%d` is a day, `%m` a month, `%b` its name, `%Y` a year";
        let month_first = format!("{signs}; write `date(row.end, \"%m/%d/%Y\")`");
        assert_eq!(other(&["12/31/1990"], "date(row.end, \"mm/dd/yyyy\")", false), month_first);
        assert_eq!(other(&["12/31/1990"], "date(row.end, \"%d/%m/%Y\")", true), month_first);
        // The others fit, and would not by another pattern.
        assert_eq!(other(&["12/31/1990"], "date(row.end, \"%d/%m/%Y\")", false), signs);
        assert_eq!(help(&["31dec1951", "1jan1952"], DateForm::Cell), "write `date(row.start, \"%d%b%Y\")`");
        assert_eq!(help(&["31 Dec 1951"], DateForm::Cell), "write `date(row.start, \"%d %b %Y\")`");
        assert_eq!(
            help(&["1950-13-01", "13/01/1950"], DateForm::Cell),
            "dates are `1999-04-02`, `19990402`, `1999-04` or `1999`, of days that a calendar has"
        );
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
        assert_eq!(
            help(&["1951-13-2", "1952-31-12"], DateForm::Parts),
            "`13` is no month: is the day told before the month? `date` takes the year, the month and the day"
        );
        assert_eq!(
            help(&["1951-13-2", "1952-1-32", "1953-99-1"], DateForm::Parts),
            "if `99` stands for a missing part, write `missing \"99\"`; `13` is no month; `32` is no day of a month"
        );
        let counted = "`18264` looks like a day as Excel counts them, which is 1950-01-01: give the column the format of a date in the \
                       workbook, and save the table again";
        assert_eq!(help(&["18264", "33000.5"], DateForm::Cell), counted);
        assert_eq!(
            help(&["-9", "-30889"], DateForm::Cell),
            "a workbook counts days from 1900 on, and `-9` lies before that: if 1899-12-21 is meant, write the date as a text in the \
             workbook; if `-9` stands for a missing date, write `missing \"-9\"`"
        );
        let before = "before Christ a day is `0433-05-01 BC`, and a year `433 BC` or `-433`";
        assert_eq!(help(&["0431-05-01 B.C."], DateForm::Cell), before);
        assert_eq!(help(&["431 v. Chr."], DateForm::Cell), before);
        assert_eq!(
            help(&["-0432-05-01"], DateForm::Cell),
            "`-0432-05-01` is a day of 432 BC, or of 433 BC where years are counted with a year 0: write it with its era, as \
             `0433-05-01 BC`"
        );
        assert_eq!(
            help(&["1999-04-02 (est.)"], DateForm::Cell),
            "behind a day no more may stand than a time, or `BC`: put the rest into a column of its own"
        );
        assert_eq!(help(&["433 BC"], DateForm::Parts), "a year before Christ has a minus there: `-433`");
        assert_eq!(help(&["?"], DateForm::Parts), "if `?` stands for a missing part, write `missing \"?\"`");
    }
}
