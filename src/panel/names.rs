//! Names of columns that R, Stata and spreadsheets all take.

use std::collections::BTreeSet;

/// Stata takes names of at most so many characters.
pub const LONGEST: usize = 32;

/// Words that Stata or R keeps for itself, apart from Stata's `str1` and its like.
const RESERVED: &[&str] = &[
    "break", "byte", "double", "else", "false", "float", "for", "function", "if", "in", "inf", "int", "long", "na",
    "nan", "next", "null", "repeat", "strl", "true", "using", "while", "with",
];

/// Gives each column a name of its own: letters, digits and underscores, at most [`LONGEST`], and no word that Stata
/// or R keeps. Names that differ only in capitals count as the same, for the sake of programs to which they are.
#[derive(Debug, Default)]
pub struct Names {
    taken: BTreeSet<String>,
}

impl Names {
    /// The name of a column that is called so in full, with an ending that is kept whole.
    pub fn name(&mut self, full: &str, ending: &str) -> String {
        let base = base(full);
        let with = |number: &str| {
            let room = LONGEST.saturating_sub(ending.len() + number.len());
            let cut = base.get(..base.len().min(room)).unwrap_or_default().trim_end_matches('_');
            format!("{cut}{number}{ending}")
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

fn is_reserved(name: &str) -> bool {
    let lower = name.to_lowercase();
    let is_string_type = lower.strip_prefix("str").is_some_and(|rest| rest.parse::<u32>().is_ok());
    is_string_type || RESERVED.contains(&lower.as_str())
}

/// Letters and digits of ASCII, with one underscore in the place of what stands between them.
fn base(full: &str) -> String {
    let mut base = String::new();
    for letter in full.chars() {
        if letter.is_ascii_alphanumeric() {
            base.push(letter);
        } else if !base.ends_with('_') {
            base.push('_');
        }
    }
    let base = base.trim_matches('_');
    match base.chars().next() {
        None => "column".to_owned(),
        Some(first) if first.is_ascii_digit() => format!("c{base}"),
        Some(_) => base.to_owned(),
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
            ("1816", ""),
            ("a_very_long_name_of_a_criterion_indeed", "_met"),
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
                "column",
                "c1816",
                "a_very_long_name_of_a_criter_met",
            ]
        );
        for name in &all {
            assert!(name.len() <= LONGEST && !is_reserved(name), "{name}");
            assert!(name.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '_'), "{name}");
        }
    }
}
