//! Texts of cells that should be numbers and are not: what may have been meant by them.

use super::other_writing::{self, Amount};
use super::unread::{SHOWN, as_missing, listed, may_be_code, short};
use super::{numbers, other_writing::with_decimal};

/// What to do about texts that are no numbers, in a table whose numbers have this sign before the decimals.
pub(super) fn help(texts: &[String], decimal: Option<char>) -> String {
    let (mut commas, mut points, mut otherwise, mut parted) = (vec![], vec![], vec![], vec![]);
    let (mut amounts, mut worded, mut codes, mut odd) = (vec![], vec![], vec![], vec![]);
    for text in texts.iter().map(String::as_str) {
        if numbers::value(text, Some(',')).is_some() {
            commas.push(text);
        } else if numbers::value(text, None).is_some() {
            points.push(text);
        } else if let Some(sign) = [' ', '\''].into_iter().find(|sign| is_parted(text, decimal, *sign)) {
            parted.push((text, sign));
        } else if let Some(plain) = other_writing::number(text) {
            otherwise.push((text, with_decimal(&plain, decimal)));
        } else if let Some(amount) = other_writing::amount(text, decimal) {
            amounts.push((text, amount));
        } else if may_be_code(text) {
            codes.push(text);
        } else if let Some(number) = other_writing::only_number(text) {
            worded.push((text, number));
        } else {
            odd.push(text);
        }
    }
    let mut help = Vec::new();
    if let Some(first) = commas.first() {
        let which = if commas.len() == texts.len() { String::new() } else { format!(" in `{first}`") };
        help.push(format!(
            "if the comma{which} stands before the decimals, write `decimal \",\"` after the name of the table"
        ));
    }
    if let Some(first) = points.first() {
        help.push(if points.len() == texts.len() {
            "these are numbers with a point before the decimals: is `decimal \",\"` right for this table?".to_owned()
        } else {
            format!(
                "`{}` is a number with a point before the decimals: is `decimal \",\"` right for this table?",
                short(first)
            )
        });
    }
    help.extend([' ', '\''].into_iter().filter_map(|sign| parted_help(&parted, sign, decimal)));
    otherwise.truncate(SHOWN);
    let written = listed(otherwise.iter().map(|(text, _)| *text));
    let plain = listed(otherwise.iter().map(|(_, plain)| plain.as_str()));
    match otherwise.len() {
        0 => {}
        1 => help.push(format!("{written} is a number in another writing: change it to {plain} in the table")),
        _ => help.push(format!("{written} are numbers in another writing: change them to {plain} in the table")),
    }
    help.extend(amount_help(&amounts));
    if let Some((text, number)) = worded.first() {
        let text = short(text);
        help.push(format!(
            "`{text}` is more than a number: leave `{number}` there, and put the rest into a column of its own"
        ));
    }
    help.extend(as_missing(codes.iter().copied(), "value"));
    if help.is_empty() {
        help.push("correct them in the table, or leave such rows out with `where`".to_owned());
    } else if !odd.is_empty() {
        odd.truncate(SHOWN);
        help.push(format!("correct {} in the table, or leave such rows out with `where`", listed(odd.into_iter())));
    }
    help.join("; ")
}

/// Whether texts are several words, and not one or two that stand for missing values.
pub(super) fn are_words(texts: &[String]) -> bool {
    let is_word = |text: &String| text.chars().filter(|letter| letter.is_alphabetic()).count() > 1;
    texts.len() > 2 && texts.iter().all(|text| is_word(text) && !text.contains(|letter: char| letter.is_ascii_digit()))
}

/// Whether a text is a number with this sign between thousands, and perhaps a comma before the decimals.
fn is_parted(text: &str, decimal: Option<char>, sign: char) -> bool {
    let is_number = |decimal| numbers::value_in_thousands(text, decimal, Some(sign)).is_some();
    is_number(decimal) || (decimal.is_none() && is_number(Some(',')))
}

/// What to write so that numbers with this sign between thousands are read.
fn parted_help(all: &[(&str, char)], sign: char, decimal: Option<char>) -> Option<String> {
    let texts: Vec<&str> = all.iter().filter(|(_, of)| *of == sign).map(|(text, _)| *text).collect();
    let signs = if sign == ' ' { "spaces" } else { "apostrophes" };
    let is_read = |text: &&&str| numbers::value_in_thousands(text, decimal, Some(sign)).is_some();
    let of_comma = texts.iter().find(|text| !is_read(text));
    match (of_comma, texts.as_slice()) {
        (_, []) => None,
        (Some(first), _) => Some(format!(
            "`{}` has {signs} between thousands and a comma before the decimals: write `thousands \"{sign}\" decimal \",\"` after the \
             name of the table",
            short(first)
        )),
        (None, some) => {
            let some = &some[..some.len().min(SHOWN)];
            let have = if some.len() == 1 { "has" } else { "have" };
            let listed = listed(some.iter().copied());
            Some(format!(
                "{listed} {have} {signs} between thousands: write `thousands \"{sign}\"` after the name of the table"
            ))
        }
    }
}

/// Amounts such as `US$ 5m`.
fn amount_help(all: &[(&str, Amount)]) -> Option<String> {
    let (_, first) = all.first()?;
    let some = &all[..all.len().min(SHOWN)];
    let (written, plain) =
        (listed(some.iter().map(|(text, _)| *text)), listed(some.iter().map(|(_, amount)| amount.number.as_str())));
    let (seem, them) = if some.len() == 1 { ("seems to be an amount", "it") } else { ("seem to be amounts", "them") };
    let unit = first
        .unit
        .as_ref()
        .map_or(String::new(), |unit| format!(", and say the unit where the measure is declared, `in \"{unit}\"`"));
    Some(format!("{written} {seem}: change {them} to {plain} in the table{unit}"))
}

#[cfg(test)]
mod tests {
    use super::{are_words, help};

    #[test]
    fn what_may_be_meant_by_texts_that_are_no_numbers() {
        let help = |texts: &[&str]| help(&texts.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>(), None);
        let comma = "if the comma stands before the decimals, write `decimal \",\"` after the name of the table";
        assert_eq!(help(&["4,5", "1.234,5"]), comma);
        assert_eq!(help(&["n.a."]), "if `n.a.` stands for a missing value, write `missing \"n.a.\"`");
        assert_eq!(help(&["NA", ".."]), "if these stand for missing values, write `missing \"NA\", \"..\"`");
        assert_eq!(help(&["\"x\""]), "correct them in the table, or leave such rows out with `where`");
        assert_eq!(
            help(&["1,5", "0x10", "n.a."]),
            "if the comma in `1,5` stands before the decimals, write `decimal \",\"` after the name of the table; if `n.a.` stands \
             for a missing value, write `missing \"n.a.\"`; correct `0x10` in the table, or leave such rows out with `where`"
        );
        assert_eq!(
            help(&["$5", "−5", "(5)"]),
            "`$5`, `−5` and `(5)` are numbers in another writing: change them to `5`, `-5` and `-5` in the table"
        );
        assert_eq!(
            help(&["1 234", "1'234", "1\u{202f}234\u{202f}567"]),
            "`1 234` and `1\u{202f}234\u{202f}567` have spaces between thousands: write `thousands \" \"` after the name of the table; \
             `1'234` has apostrophes between thousands: write `thousands \"'\"` after the name of the table"
        );
        assert_eq!(
            help(&["(5)", "-"]),
            "`(5)` is a number in another writing: change it to `-5` in the table; if `-` stands for a missing value, write \
             `missing \"-\"`"
        );
    }

    #[test]
    fn names_of_states_are_words_and_codes_of_missing_values_are_none() {
        let are = |texts: &[&str]| are_words(&texts.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>());
        assert!(are(&["USA", "CAN", "BHS"]) && are(&["Arden", "Côte d'Ivoire", "Corvia"]));
        assert!(!are(&["NA", "n.a."]) && !are(&["NA", "..", "."]) && !are(&["about 300", "few", "many"]));
    }

    #[test]
    fn amounts_and_numbers_among_words_are_no_codes() {
        let help =
            |texts: &[&str], decimal| help(&texts.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>(), decimal);
        assert_eq!(
            help(&["US$ 5m"], None),
            "`US$ 5m` seems to be an amount: change it to `5000000` in the table, and say the unit where the measure is declared, \
             `in \"US$\"`"
        );
        assert_eq!(
            help(&["2.5 bn EUR", "3k"], None),
            "`2.5 bn EUR` and `3k` seem to be amounts: change them to `2500000000` and `3000` in the table, and say the unit where \
             the measure is declared, `in \"EUR\"`"
        );
        assert_eq!(
            help(&["1 234,5"], None),
            "`1 234,5` has spaces between thousands and a comma before the decimals: write `thousands \" \" decimal \",\"` after the \
             name of the table"
        );
        assert_eq!(
            help(&["1 234,5"], Some(',')),
            "`1 234,5` has spaces between thousands: write `thousands \" \"` after the name of the table"
        );
        assert_eq!(
            help(&["about 300", "300 (est.)"], None),
            "`about 300` is more than a number: leave `300` there, and put the rest into a column of its own"
        );
        assert_eq!(help(&["5-10"], None), "correct them in the table, or leave such rows out with `where`");
    }
}
