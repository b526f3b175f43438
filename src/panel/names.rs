//! Names of columns that R, Stata and spreadsheets all take.

use std::collections::BTreeSet;

/// Stata takes names of at most so many characters.
pub const LONGEST: usize = 32;

/// Words that Stata or R keeps for itself, apart from Stata's `str1` and its like.
const RESERVED: &[&str] = &[
    "break", "byte", "double", "else", "false", "float", "for", "function", "if", "in", "inf", "int", "long", "na",
    "nan", "next", "null", "repeat", "strl", "true", "using", "while", "with",
];

/// Signs, and the words that stand for them in a name; longer ones before those with which they begin.
const SIGNS: &[(&str, &str)] = &[
    (">=", "ge"),
    ("<=", "le"),
    ("!=", "ne"),
    (">", "gt"),
    ("<", "lt"),
    ("=", "eq"),
    ("%", "pct"),
    ("+", "plus"),
    ("-", "minus"),
    ("*", "times"),
    ("/", "over"),
];

/// So many of them compare.
const COMPARISONS: usize = 6;

/// Gives each column a name of its own: letters, digits and underscores, at most [`LONGEST`], and no word that Stata
/// or R keeps. Names that differ only in capitals count as the same, for the sake of programs to which they are.
///
/// Signs become words, as in `trade_A_B_ge_5pct`; where a condition is too long for a name, its comparison is kept and what stands before
/// that is cut.
#[derive(Debug, Default)]
pub struct Names {
    taken: BTreeSet<String>,
}

impl Names {
    /// The name of a column that is called so in full, with an ending that is kept whole.
    pub fn name(&mut self, full: &str, ending: &str) -> String {
        let (left, comparison) = in_words(full);
        let whole = base(&format!("{left} {comparison}"));
        let comparison = letters(&comparison);
        let with = |number: &str| {
            let room = LONGEST.saturating_sub(ending.len() + number.len());
            let name = if whole.len() <= room || comparison.is_empty() {
                cut(&whole, room).to_owned()
            } else {
                let comparison = cut(&comparison, room / 2);
                format!("{}_{comparison}", cut(&base(&left), room - comparison.len() - 1))
            };
            format!("{name}{number}{ending}")
        };
        let mut name = with("");
        if is_reserved(&name) {
            name = with("_");
        }
        let mut number = 2;
        while !self.taken.insert(name.to_lowercase()) {
            name = with(&format!("_{number}"));
            number += 1;
        }
        name
    }
}

/// A text with words for its signs, as what stands before its last comparison, and the rest from the comparison on. Within quotation marks
/// signs are none.
fn in_words(full: &str) -> (String, String) {
    let (mut before, mut last) = (String::new(), String::new());
    let mut is_quoted = false;
    let mut rest = full;
    while let Some(letter) = rest.chars().next() {
        is_quoted ^= letter == '"';
        // A hyphen within a date or a name is no minus.
        let is_hyphen = letter == '-' && last.ends_with(char::is_alphanumeric);
        let is_text = is_quoted || is_hyphen;
        let sign = SIGNS.iter().enumerate().find(|(_, (sign, _))| !is_text && rest.starts_with(sign));
        if let Some((which, (sign, word))) = sign {
            if which < COMPARISONS {
                before.push_str(&last);
                last.clear();
            }
            // `5%` is one word.
            last.push_str(&if *word == "pct" { format!("{word} ") } else { format!(" {word} ") });
            rest = &rest[sign.len()..];
        } else {
            last.push(letter);
            rest = &rest[letter.len_utf8()..];
        }
    }
    if SIGNS[..COMPARISONS].iter().any(|(_, word)| last.strip_prefix(' ').is_some_and(|last| last.starts_with(word)))
        && !before.is_empty()
    {
        (before, last)
    } else {
        (before + &last, String::new())
    }
}

/// At most so many letters.
fn cut(name: &str, room: usize) -> &str {
    name.get(..name.len().min(room)).unwrap_or_default().trim_end_matches('_')
}

fn is_reserved(name: &str) -> bool {
    let lower = name.to_lowercase();
    let is_string_type = lower.strip_prefix("str").is_some_and(|rest| rest.parse::<u32>().is_ok());
    is_string_type || RESERVED.contains(&lower.as_str())
}

/// Letters and digits of ASCII, those of other alphabets transliterated, with one underscore in the place of what stands between them.
fn letters(full: &str) -> String {
    let mut name = String::new();
    for letter in full.chars() {
        if letter.is_ascii_alphanumeric() {
            name.push(letter);
        } else if let Some(written) = in_ascii(letter) {
            name.extend(written.chars().filter(char::is_ascii_alphanumeric));
        } else if !name.ends_with('_') {
            name.push('_');
        }
    }
    name.trim_matches('_').to_owned()
}

/// A letter of another alphabet in letters of ASCII: none for `ь`, nor for an accent that stands by itself.
fn in_ascii(letter: char) -> Option<&'static str> {
    let written = deunicode::deunicode_char(letter).filter(|_| !letter.is_ascii())?;
    (letter.is_alphanumeric() || written.is_empty()).then_some(written)
}

/// The same, such that a name may begin with it.
fn base(full: &str) -> String {
    let name = letters(full);
    match name.chars().next() {
        None => "column".to_owned(),
        Some(first) if first.is_ascii_digit() => format!("c{name}"),
        Some(_) => name,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_what_stata_takes() {
        let mut names = Names::default();
        let all = [
            ("true_alliance.ally", ""),
            ("true_alliance.ally", "_met"),
            ("for every D in domain: not pressure(A, B, D)", ""),
            ("for every D in domain: not pressure(A, B, E)", ""),
            ("in", ""),
            ("str12", ""),
            ("A", ""),
            ("a", ""),
            ("союз", ""),
            ("большой союз", ""),
            ("alliée", ""),
            ("allie\u{301}e", ""),
            ("größe(A, \"Łódź\") >= 5%", ""),
            ("συμμαχία", ""),
            ("—", ""),
            ("1816", ""),
            ("a_very_long_name_of_a_criterion_indeed", "_met"),
            ("A != B", ""),
            ("A = B", ""),
            ("trade(A, B) >= 5%", ""),
            ("trade(A, B) < 5%", ""),
            ("trade(A, B) >= 5", "_reversed"),
            ("2 * trade(A, B) - trade(B, A) > 2.5 million", ""),
            ("exports_of_manufactures_and_fuel(A, B) >= 5%", ""),
            ("exports_of_manufactures_and_fuel(A, B) < 5%", ""),
            ("exports_of_manufactures_and_fuel(B, A) >= 5%", ""),
            ("count of (T in treaty where party(A, T)) <= mean of (trade(A, C) over C in state)", ""),
            ("party(A, \"Treaty of A = B\")", ""),
            ("t(A, B) > -2.5", ""),
            ("t(A, B) <-2.5", ""),
            ("t(A, B) - 5 < -g(A)", ""),
            ("since 1990-01-02", ""),
        ]
        .map(|(full, ending)| names.name(full, ending));
        assert_eq!(
            all,
            [
                "true_alliance_ally",
                "true_alliance_ally_met",
                "for_every_D_in_domain_not_pressu",
                "for_every_D_in_domain_not_pres_2",
                "in_",
                "str12_",
                "A",
                "a_2",
                "soiuz",
                "bolshoi_soiuz",
                "alliee",
                "alliee_2",
                "grosse_A_Lodz_ge_5pct",
                "summakhia",
                "column",
                "c1816",
                "a_very_long_name_of_a_criter_met",
                "A_ne_B",
                "A_eq_B",
                "trade_A_B_ge_5pct",
                "trade_A_B_lt_5pct",
                "trade_A_B_ge_5_reversed",
                "c2_times_trade_A_gt_2_5_million",
                "exports_of_manufactures_ge_5pct",
                "exports_of_manufactures_lt_5pct",
                "exports_of_manufacture_ge_5pct_2",
                "count_of_T_in_t_le_mean_of_trade",
                "party_A_Treaty_of_A_B",
                "t_A_B_gt_minus_2_5",
                "t_A_B_lt_minus_2_5",
                "t_A_B_minus_5_lt_minus_g_A",
                "since_1990_01_02",
            ]
        );
        for name in &all {
            assert!(name.len() <= LONGEST && !is_reserved(name), "{name}");
            assert!(name.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '_'), "{name}");
        }
    }
}
