//! The same program in other words: other names, other order, other files, other spaces, other days.

use super::minimise::Files;
use symmachia::time::Day;

/// A piece of a program's text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Token {
    /// A name, a variable, a word of the language.
    Word(String),
    Number(String),
    /// With its era, where it has one.
    Date(String),
    /// In quotation marks.
    String(String),
    Sign(String),
    /// A `##` line.
    Documentation(String),
}

impl Token {
    pub fn text(&self) -> &str {
        match self {
            Token::Word(text)
            | Token::Number(text)
            | Token::Date(text)
            | Token::String(text)
            | Token::Sign(text)
            | Token::Documentation(text) => text,
        }
    }
}

/// The tokens of an item, each with whether white space stands before it.
pub fn tokens(item: &str) -> Vec<(bool, Token)> {
    let mut tokens: Vec<(bool, Token)> = Vec::new();
    let mut rest = item;
    loop {
        let trimmed = rest.trim_start();
        let is_apart = trimmed.len() < rest.len();
        rest = trimmed;
        let Some(first) = rest.chars().next() else { return tokens };
        let length_while = |test: &dyn Fn(char) -> bool| rest.find(|letter| !test(letter)).unwrap_or(rest.len());
        let (length, make): (usize, fn(String) -> Token) = match first {
            '#' => (rest.find('\n').unwrap_or(rest.len()), Token::Documentation),
            '"' => (rest[1..].find('"').map_or(rest.len(), |end| end + 2), Token::String),
            '0'..='9' => {
                let digits = length_while(&|letter| letter.is_ascii_digit());
                if digits == 4 {
                    let date = length_while(&|letter| letter.is_ascii_digit() || letter == '-');
                    (date + if rest[date..].starts_with(" BC") { 3 } else { 0 }, Token::Date)
                } else {
                    let decimals = &rest[digits..];
                    let has_decimals =
                        decimals.starts_with('.') && decimals[1..].starts_with(|letter: char| letter.is_ascii_digit());
                    let fraction = if has_decimals {
                        1 + decimals[1..].find(|letter: char| !letter.is_ascii_digit()).unwrap_or(decimals.len() - 1)
                    } else {
                        0
                    };
                    (digits + fraction, Token::Number)
                }
            }
            _ if first.is_alphabetic() || first == '_' => {
                (length_while(&|letter| letter.is_alphanumeric() || letter == '_'), Token::Word)
            }
            _ => {
                let double = [">=", "<=", "!=", ".."].iter().any(|sign| rest.starts_with(sign));
                (if double { 2 } else { first.len_utf8() }, Token::Sign)
            }
        };
        tokens.push((is_apart, make(rest[..length].to_owned())));
        rest = &rest[length..];
    }
}

fn spaced(tokens: &[(bool, Token)]) -> String {
    let mut text = String::new();
    for (place, (is_apart, token)) in tokens.iter().enumerate() {
        if place > 0 && matches!(tokens[place - 1].1, Token::Documentation(_)) {
            text.push('\n');
        } else if *is_apart {
            text.push(' ');
        }
        text.push_str(token.text());
    }
    text
}

/// Every token rewritten.
pub fn with_tokens(files: &Files, rewrite: impl Fn(&Token) -> String) -> Files {
    let rewrite = |(is_apart, token): (bool, Token)| {
        let text = rewrite(&token);
        (
            is_apart,
            if matches!(token, Token::Documentation(_)) { Token::Documentation(text) } else { Token::Sign(text) },
        )
    };
    let item = |item: &String| spaced(&tokens(item).into_iter().map(rewrite).collect::<Vec<_>>());
    files.iter().map(|(name, items)| (name.clone(), items.iter().map(item).collect())).collect()
}

/// The same with other spaces: empty lines, comments, Windows line ends. A name and its parenthesis, and a kind and the
/// individual it declares, stay on one line. `choices` are used up one by one.
pub fn with_noise(item: &str, choices: &mut impl FnMut(usize) -> usize) -> String {
    let spaces = [" ", "\n", "  ", "\t", "\r\n", " # a remark\n", "\n\n    ", " #\r\n"];
    let nothing = ["", "", "", " ", "\n", " # (\n"];
    let all = tokens(item);
    let mut text = String::new();
    for (place, (is_apart, token)) in all.iter().enumerate() {
        let before = place.checked_sub(1).map(|before| &all[before].1);
        let may_break = matches!(before, Some(Token::Sign(sign)) if ["(", ",", "{", "[", ")", "}"].contains(&sign.as_str()))
            || matches!(token, Token::Sign(sign) if [")", ",", "}", "]", "{"].contains(&sign.as_str()));
        match before {
            None => {}
            Some(Token::Documentation(_)) => text.push('\n'),
            // `state ava`, `state ava from …`
            Some(Token::Word(_)) if place == 1 && *is_apart => text.push_str([" ", "  ", "\t"][choices(3)]),
            Some(_) if *is_apart => text.push_str(spaces[choices(spaces.len())]),
            Some(_) if may_break => text.push_str(nothing[choices(nothing.len())]),
            Some(_) => {}
        }
        text.push_str(token.text());
    }
    text
}

/// A date of a whole year, a month or a day, as written, moved by whole cycles of 400 years.
pub fn moved_by_cycles(date: &str, cycles: i32) -> String {
    let (digits, era) = date.split_once(' ').map_or((date, ""), |(digits, _)| (digits, " BC"));
    let (year, rest) = digits.split_at(digits.find('-').unwrap_or(digits.len()));
    let year: i32 = year.parse().unwrap();
    let year = if era.is_empty() { year } else { 1 - year } + cycles * 400;
    if year > 0 { format!("{year:04}{rest}") } else { format!("{}{rest} BC", 1 - year) }
}

/// Days in 400 years.
pub const CYCLE: i32 = 146_097;

/// A date of one day, as written, moved by some days.
pub fn moved_by_days(date: &str, days: i32) -> String {
    let parts: Vec<i16> = date.split('-').map(|part| part.parse().unwrap()).collect();
    let day = Day::from_parts(parts[0], parts[1] as u8, parts[2] as u8).unwrap();
    Day::from_number(day.number() + days).to_string()
}
