//! What is written out of the habit of other languages or of plain speech, and how it is said here.

use super::advice::Around;
use super::grammar::Rule;
use super::scan::{self, Token, TokenKind};
use super::words;

const ANOTHER_DAY: &str = "a condition has the values of its own day alone; ask whether a comparison held on another one: \
                           `trade(A, B) < 5 within the last 10 years`";
const BOTH_ORDERS: &str = "there is no sign for the size of a difference: write both orders, `x - y > 1 or y - x > 1`";

impl Around<'_> {
    fn after(&self, token: Option<Token>) -> Option<Token> {
        scan::token(self.text, token?.end, self.text.len())
    }

    /// What to write instead, where it is a habit.
    pub(super) fn instead(&self) -> Option<String> {
        self.window().or_else(|| self.function()).or_else(|| self.measure()).or_else(|| self.cell())
    }

    /// `within 10 years`, `in the last 10 years`, `for 10 years`, `10 years ago`
    fn window(&self) -> Option<String> {
        let (found, before) = (self.word(self.found), self.word(self.before));
        let second = self.after(self.found);
        let third = self.after(second);
        let is_length = |number: Option<Token>, unit: Option<Token>| {
            number.is_some_and(|number| number.kind == TokenKind::Number) && is_unit(self.word(unit))
        };
        if matches!(before, "within" | "throughout") {
            let (which, number, unit) = match found {
                "last" | "next" | "past" => (found, second, third),
                _ => ("last", self.found, second),
            };
            let which = if which == "past" { "last" } else { which };
            let other = if which == "last" { "next" } else { "last" };
            return is_length(number, unit).then(|| {
                let length = format!("{} {}", self.word(number), self.word(unit));
                format!("write `{before} the {which} {length}`, or `{before} the {other} {length}`")
            });
        }
        if !self.rules.contains(&Rule::word_and) {
            return None;
        }
        let fourth = self.after(third);
        let is_spoken = matches!(found, "in" | "during" | "over" | "for") && self.word(second) == "the";
        if is_spoken && matches!(self.word(third), "last" | "next" | "past") {
            let (number, unit) = (fourth, self.after(fourth));
            let which = if self.word(third) == "next" { "next" } else { "last" };
            return is_length(number, unit).then(|| some_or_every_day(which, self.word(number), self.word(unit)));
        }
        if matches!(found, "in" | "for" | "during") && is_length(second, third) {
            return Some(some_or_every_day("last", self.word(second), self.word(third)));
        }
        let is_ago = is_length(self.found, second) && matches!(self.word(third), "ago" | "before" | "earlier");
        is_ago.then(|| ANOTHER_DAY.to_owned())
    }

    /// `abs(…)`, `max(…)`
    fn function(&self) -> Option<String> {
        let open = self.open.filter(|open| open.kind == TokenKind::Sign(b'('))?;
        let name = self.text[..open.start].rsplit(|letter: char| !letter.is_alphanumeric() && letter != '_').next()?;
        match name {
            "abs" => Some(BOTH_ORDERS.to_owned()),
            "max" | "min" | "sum" | "mean" | "avg" => {
                let name = if name == "avg" { "mean" } else { name };
                Some(format!("over individuals it is `{name} of (trade(A, X) over X in state)`"))
            }
            _ => None,
        }
    }

    /// `allies(A) = count of (…)`
    fn measure(&self) -> Option<String> {
        let is_aggregate = matches!(self.word(self.before), "count" | "sum" | "mean" | "min" | "max");
        let is_value = is_aggregate && self.word(self.found) == "of" && self.word(self.second_before) == "=";
        let head = self.text.split('=').next()?.trim();
        (is_value && !head.is_empty()).then(|| {
            format!("what is computed is a measure, and says so: `measure {head} = {} of …`", self.word(self.before))
        })
    }

    /// `p(ccode by cow)`, `row.QO%All`
    fn cell(&self) -> Option<String> {
        if self.word(scan::token(self.text, 0, self.text.len())) != "import" {
            return None;
        }
        let (word, before) = (self.word(self.before), self.before.filter(|before| before.kind == TokenKind::Word)?);
        let is_glued =
            self.found.is_some_and(|found| before.end == found.start) && self.word(self.second_before) == ".";
        if is_glued {
            let rest = &self.text[before.start..];
            let header =
                rest.split(|letter: char| letter.is_whitespace() || matches!(letter, ',' | ')' | '}')).next()?;
            return Some(format!(
                "a column whose name has other signs than letters, digits and `_` stands in quotation marks: `.\"{header}\"`"
            ));
        }
        let is_bare = matches!(self.word(self.second_before), "(" | ",");
        if is_bare && self.word(self.found) == "by" {
            let (head, _) = self.text.split_once('{')?;
            let row = head.rsplit_once(" as ")?.1.split_whitespace().next()?;
            return Some(format!("a cell of a row is written `{row}.{word} by …`"));
        }
        None
    }
}

fn is_unit(word: &str) -> bool {
    matches!(word, "year" | "years" | "month" | "months" | "day" | "days")
}

fn some_or_every_day(which: &str, number: &str, unit: &str) -> String {
    format!(
        "write `within the {which} {number} {unit}` for some day of them, `throughout the {which} {number} {unit}` for every one"
    )
}

/// What to write in the place of a sign that is none here and stands where a value begins.
pub(super) fn before_a_value(sign: &str, rules: &[Rule]) -> Option<&'static str> {
    (sign == "|" && words::is_operand(rules)).then_some("both orders of a difference: `x - y > 1 or y - x > 1`")
}
