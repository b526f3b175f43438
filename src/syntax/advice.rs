//! What to write where something else had to stand, for mistakes that many make.

use super::grammar::Rule;
use super::scan::{self, Token, TokenKind};
use super::sort::Sort;
use super::words;

/// Words that deny in speech, and how it is said here.
pub(super) const DENIALS: &[(&str, &str)] = &[
    ("no", "`not`"),
    ("never", "`not`, or `not ever` for all time before too"),
    ("nor", "`and not`"),
    ("without", "`and not`"),
    ("unless", "`and not`, with parentheses around what is more than one condition"),
    ("except", "`and not`, with parentheses around what is more than one condition"),
];

/// Where a reading stopped.
pub(super) struct Around<'a> {
    pub text: &'a str,
    pub second_before: Option<Token>,
    pub before: Option<Token>,
    pub found: Option<Token>,
    /// The innermost bracket that is open.
    pub open: Option<Token>,
    pub rules: &'a [Rule],
    pub sort: Option<Sort>,
}

impl Around<'_> {
    pub(super) fn word(&self, token: Option<Token>) -> &str {
        token.map_or("", |token| token.text(self.text))
    }

    fn is_in(&self, rule: Rule) -> bool {
        self.sort.is_some_and(|sort| sort.item == rule)
    }
}

/// The advice, where there is any.
pub(super) fn advice(around: &Around<'_>) -> Option<String> {
    around
        .instead()
        .or_else(|| in_a_citation(around))
        .or_else(|| in_a_role(around))
        .or_else(|| among_members(around))
        .or_else(|| before_conditions(around))
        .or_else(|| in_a_title(around))
        .or_else(|| in_a_use(around))
        .or_else(|| in_an_expectation(around))
        .or_else(|| time_alone(around))
        .or_else(|| option_behind_the_row(around))
        .or_else(|| time_of_all_rows(around))
        .or_else(|| around_templates(around))
        .or_else(|| defined_by_a_sign(around))
}

/// `[mastny, p. 8]`, `[mastny p. 8]`
fn in_a_citation(around: &Around<'_>) -> Option<String> {
    let found = around.found.filter(|found| matches!(found.kind, TokenKind::Word | TokenKind::Number))?;
    if around.word(around.open) != "[" {
        return None;
    }
    let source = match around.word(around.before) {
        "," => around.word(around.second_before),
        _ => around.word(around.before),
    };
    let rest = around.text[found.start..].lines().next().unwrap_or("");
    let place = rest[..rest.find([']', ';']).unwrap_or(rest.len())].trim();
    let is_source = !source.is_empty() && source.chars().all(|letter| letter.is_alphanumeric() || letter == '_');
    (is_source && !place.contains('"'))
        .then(|| format!("a place within a source stands in quotation marks: `[{source}, \"{place}\"]`"))
}

/// `predicate pressure(by: state, domain)`
fn in_a_role(around: &Around<'_>) -> Option<String> {
    let is_declaration = around.is_in(Rule::predicate_item) || around.is_in(Rule::measure_item);
    let before = around.before.filter(|before| before.kind == TokenKind::Word)?;
    let wants_colon = !around.rules.is_empty() && around.rules.iter().all(|rule| *rule == Rule::colon);
    if !is_declaration || !wants_colon || around.word(around.open) != "(" {
        return None;
    }
    let role = before.text(around.text);
    Some(format!("a role has a name and a kind: `{role}: state`, or `in: {role}` where `{role}` is the kind"))
}

/// `kind pair in state = {russia, china}`
fn among_members(around: &Around<'_>) -> Option<String> {
    let found = around.found.filter(|found| found.kind == TokenKind::Sign(b'{') && around.is_in(Rule::kind_item))?;
    let line = around.text[..found.start].rfind('\n').map_or(0, |end| end + 1);
    let end = around.text[found.start..].find(['\n', '#']).map_or(around.text.len(), |end| found.start + end);
    let plain = around.text[line..end].replace(['{', '}'], "");
    Some(format!(
        "members stand without braces: `{}`; in the place of another kind its members are named one by one",
        plain.split_whitespace().collect::<Vec<_>>().join(" ")
    ))
}

/// `all of (a, b)`, `any of (a, b)`, `2 of (a, b)`
fn before_conditions(around: &Around<'_>) -> Option<String> {
    let of = around.found.filter(|found| found.text(around.text) == "of" && around.rules.contains(&Rule::word_and))?;
    let open = scan::token(around.text, of.end, around.text.len())?;
    let word = around.word(around.before);
    let is_number = around.before.is_some_and(|before| before.kind == TokenKind::Number);
    let number = if is_number { Some(word) } else { number_word(word) };
    match (word, number) {
        _ if open.kind != TokenKind::Sign(b'(') => None,
        ("all" | "both" | "each" | "every", _) => Some("write `and` between the conditions".to_owned()),
        ("any" | "either" | "some", _) => Some("write `or` between the conditions, or `at least 1 of (…)`".to_owned()),
        (_, Some(number)) => {
            Some(format!("write `at least {number} of (…)`, `exactly {number} of (…)` or `at most {number} of (…)`"))
        }
        ("most" | "majority" | "half" | "several" | "many", _) => Some("say how many: `at least 2 of (…)`".to_owned()),
        _ => None,
    }
}

/// A small number in a word.
fn number_word(word: &str) -> Option<&'static str> {
    const NUMBERS: &[(&str, &str)] =
        &[("one", "1"), ("two", "2"), ("three", "3"), ("four", "4"), ("five", "5"), ("six", "6")];
    NUMBERS.iter().find(|(written, _)| *written == word).map(|(_, number)| *number)
}

/// `source mastny [Mastny 2005]`, `source wto "Treaty", Warsaw`
fn in_a_title(around: &Around<'_>) -> Option<String> {
    let found = around.found.filter(|found| !found.first_on_line && around.is_in(Rule::source_item))?;
    let is_title = found.kind != TokenKind::Number && around.word(Some(found)) != "until";
    is_title.then(|| {
        "all of a title stands in one pair of quotation marks: `source cow \"Correlates of War, 2017\"`".to_owned()
    })
}

/// `use words.ally`
fn in_a_use(around: &Around<'_>) -> Option<String> {
    let found = around.found.filter(|found| found.kind != TokenKind::Sign(b'"') && around.is_in(Rule::use_item))?;
    let rest = around.text[found.start..].split_whitespace().next()?;
    let path = rest.trim_matches(['\'', '<', '>', '"']);
    Some(match around.word(around.before) {
        "library" => format!("write `use library \"{path}\"`"),
        _ => format!("write `use \"{path}\"`"),
    })
}

/// `party(russia, cst) 1992`
fn time_alone(around: &Around<'_>) -> Option<String> {
    let found = around.found.filter(|found| found.kind == TokenKind::Number && !found.first_on_line)?;
    if !around.rules.iter().any(|rule| words::is_time(*rule)) {
        return None;
    }
    let rest = &around.text[found.start..];
    let time =
        rest[..rest.find(|sign: char| sign.is_whitespace() || matches!(sign, '[' | ',')).unwrap_or(rest.len())].trim();
    let is_time = time.chars().all(|sign| sign.is_ascii_digit() || matches!(sign, '-' | '.'));
    let word = if time.contains("..") || time.matches('-').count() < 2 { "in" } else { "on" };
    let goes_on = if time.contains("..") { String::new() } else { format!(", or `from {time}` for what goes on") };
    is_time.then(|| format!("write `{word} {time}`{goes_on}"))
}

/// `import "pacts.csv" as row { delimiter ";" … }`, `import "pacts.csv" as row delimiter ";" { … }`
fn option_behind_the_row(around: &Around<'_>) -> Option<String> {
    let found = around.found.filter(|_| around.is_in(Rule::import_item))?;
    let option = found.text(around.text);
    let is_option = matches!(option, "delimiter" | "encoding" | "sheet" | "decimal" | "thousands");
    let value = scan::token(around.text, found.end, around.text.len())?;
    (is_option && value.kind == TokenKind::Quotation(true)).then(|| {
        let path = around.text.split('"').nth(1).unwrap_or("table.csv");
        let said = value.text(around.text);
        format!("how a table is written stands before `as`: `import \"{path}\" {option} {said} as …`")
    })
}

/// `during row.year`, `year = row.year` or `from row.start` in the braces of an import: in a line of their own, or behind a template.
fn time_of_all_rows(around: &Around<'_>) -> Option<String> {
    let found =
        around.found.filter(|_| around.is_in(Rule::import_item) && around.rules.contains(&Rule::import_fact))?;
    let rest = &around.text[found.end..];
    let rest = rest[..rest.find(['\n', '#', '}']).unwrap_or(rest.len())].trim();
    let date = rest.trim_start_matches([':', '=']).trim();
    let time = match found.text(around.text) {
        word @ ("in" | "on" | "from" | "until" | "up") => format!("{word} {rest}"),
        "during" | "at" | "when" | "year" | "years" | "date" | "time" | "period" => format!("in {date}"),
        "since" | "after" | "start" | "begin" => format!("from {date}"),
        "end" | "till" => format!("until {date}"),
        "between" => {
            let (first, last) = date.split_once(" and ")?;
            format!("from {} until {}", first.trim(), last.trim())
        }
        _ => return None,
    };
    (!date.is_empty()).then(|| match found.first_on_line {
        true => format!("the time of all that an import says begins with `spell`: `spell {time}`"),
        false => format!("write `{time}`"),
    })
}

/// `import "pacts.csv" as row [s]` without braces, and what stands in the next line.
fn around_templates(around: &Around<'_>) -> Option<String> {
    if around.is_in(Rule::import_item) && around.rules.contains(&Rule::open_set) && !around.text.contains('{') {
        return Some(
            "what each row says stands behind it in braces: `{ party(row.member, row.pact) in row.year }`".to_owned(),
        );
    }
    let is_point = around.word(around.found) == "." && around.is_in(Rule::fact_item);
    let is_cell = is_point
        && around.before.is_some_and(|before| {
            before.kind == TokenKind::Word && around.found.is_some_and(|found| before.end == found.start)
        });
    is_cell.then(|| {
        let column = around.found.and_then(|point| scan::token(around.text, point.end, around.text.len()));
        format!(
            "cells such as `{}.{}` are read within the braces of an import: `import \"table.csv\" as row {{ … }}`",
            around.word(around.before),
            around.word(column)
        )
    })
}

/// `expect p(a, b) in 1999 met`, `expect p(a, b) in 1999 = met`
fn in_an_expectation(around: &Around<'_>) -> Option<String> {
    let found = around.found.filter(|_| around.is_in(Rule::expect_item) || around.is_in(Rule::claim_item))?;
    let verdict = match found.text(around.text) {
        "=" | ":" => scan::token(around.text, found.end, around.text.len())?,
        _ => found,
    };
    let rest = &around.text[verdict.start..];
    let verdicts = ["met", "not met", "undetermined", "contested", "not applicable"];
    let written = verdicts.into_iter().find(|verdict| rest.starts_with(verdict))?;
    around.rules.contains(&Rule::word_is).then(|| format!("write `is {written}`"))
}

/// `ally(A, B) = party(A, T)`, `ally(A, B): party(A, T)`
fn defined_by_a_sign(around: &Around<'_>) -> Option<String> {
    let sign = around.text.find(')').map(|close| close + 1)?;
    let head = around.text[..sign].trim_start();
    let next = scan::token(around.text, sign, around.text.len())?;
    let is_sign = matches!(next.text(around.text), "=" | ":" | "-");
    let arguments = head.split_once('(')?.1;
    let has_variable = arguments.split([',', ')']).any(|argument| scan::is_capital(argument.trim()));
    let in_time = around.found.is_some_and(|found| found.start >= next.start);
    (around.is_in(Rule::fact_item) && is_sign && has_variable && in_time)
        .then(|| format!("a criterion is defined by `requires`, or by `if`: `{head} requires …`; a measure is declared: `measure {head} = …`"))
}
