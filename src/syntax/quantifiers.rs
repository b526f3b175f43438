//! Quantifiers in the manners of logic, of other languages and of speech, and how they are written here.

use super::grammar::Rule;
use super::scan::{self, Token, TokenKind};
use std::ops::Range;

/// A quantifier that is written otherwise.
pub(super) struct WrongQuantifier {
    /// Where it stands.
    pub range: Range<usize>,
    /// What can have been meant, as the language writes it.
    pub forms: Vec<String>,
}

/// What a word asks.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Asks {
    Every,
    Some,
    /// `for any` is said of both.
    Either,
    Nobody,
    Number,
}

fn asks(word: &str) -> Option<Asks> {
    match word {
        "every" | "all" | "each" | "forall" | "foreach" => Some(Asks::Every),
        "some" | "exists" | "exist" | "there" | "one" => Some(Asks::Some),
        "any" => Some(Asks::Either),
        "no" | "none" => Some(Asks::Nobody),
        "at" | "exactly" | "least" | "most" => Some(Asks::Number),
        _ => None,
    }
}

/// The quantifier at which a reading stopped, if it is one: `for K in treaty`, `forall K in treaty`, `there is a K in treaty`.
pub(super) fn wrong_quantifier(
    text: &str,
    [second_before, before, found]: [Option<Token>; 3],
    rules: &[Rule],
) -> Option<WrongQuantifier> {
    let found = found.filter(|found| found.kind == TokenKind::Word)?;
    let says = |token: Option<Token>, word: &str| token.is_some_and(|token| token.text(text) == word);
    let expects_only = |wanted: fn(&Rule) -> bool| !rules.is_empty() && rules.iter().all(wanted);
    if let Some(one) = over_a_kind(text, before, found) {
        return Some(one);
    }
    let counts_conditions = expects_only(|rule| matches!(rule, Rule::open | Rule::conditions | Rule::word_of));
    if let Some(one) = counts_conditions.then(|| counted_members(text, found)).flatten() {
        return Some(one);
    }
    if says(before, "for") && expects_only(|rule| matches!(rule, Rule::word_every | Rule::word_some)) {
        let asked = asks(found.text(text)).unwrap_or(Asks::Either);
        return Some(written(text, before?.start, found, asked));
    }
    let after_for = ["every", "some"].into_iter().find(|word| says(before, word) && says(second_before, "for"));
    if let Some(word) = after_for {
        // `for every treaty K`
        let next = scan::token(text, found.end, text.len())?;
        let is_turned = is_small(text, &found) && is_variable(text, &next) && next.first_on_line == found.first_on_line;
        let (variable, kind) = (next.text(text), found.text(text));
        return is_turned.then(|| WrongQuantifier {
            range: found.start..next.end,
            forms: vec![format!("for {word} {variable} in {kind}: …")],
        });
    }
    // `at least 2 of (coordinate(A, B, D) for D in domain)`
    if found.text(text) == "for"
        && scan::token(text, found.end, text.len()).is_some_and(|next| is_variable(text, &next))
    {
        return Some(written(text, found.start, scan::token(text, found.end, text.len())?, Asks::Number));
    }
    // The word was taken for a name, or is none.
    let start = if is_variable(text, &found) || says(before, "there") { before? } else { found };
    let asked = asks(start.text(text)).filter(|asked| *asked != Asks::Number)?;
    let next = if start == found { scan::token(text, found.end, text.len())? } else { found };
    let is_one =
        is_variable(text, &next) || (start.text(text) == "there" && matches!(next.text(text), "is" | "exists"));
    is_one.then(|| written(text, start.start, next, asked))
}

fn is_variable(text: &str, token: &Token) -> bool {
    token.kind == TokenKind::Word && scan::is_capital(token.text(text)) && !scan::is_called(text, token)
}

fn is_small(text: &str, token: &Token) -> bool {
    token.kind == TokenKind::Word && !scan::is_capital(token.text(text))
}

/// How a quantifier is written whose variable and kind come from a word on, on its line.
fn written(text: &str, start: usize, from: Token, asked: Asks) -> WrongQuantifier {
    let mut tokens = Vec::new();
    let mut next = Some(from);
    while let Some(token) = next.filter(|token| tokens.is_empty() || !token.first_on_line).filter(|_| tokens.len() < 7)
    {
        tokens.push(token);
        next = scan::token(text, token.end, text.len());
    }
    let at = tokens.iter().position(|token| is_variable(text, token));
    let variable = at.map_or("X", |at| tokens[at].text(text));
    let behind = |by: usize| at.and_then(|at| tokens.get(at + by)).filter(|token| token.kind == TokenKind::Word);
    let kind = match behind(1).map(|token| token.text(text)) {
        Some("in" | "of") => behind(2).filter(|token| is_small(text, token)).map_or("state", |token| token.text(text)),
        _ => "state",
    };
    let end = at.map_or(from.end, |at| tokens[at].end);
    WrongQuantifier { range: start..end, forms: forms(asked, variable, kind) }
}

/// How it is written here.
fn forms(asked: Asks, variable: &str, kind: &str) -> Vec<String> {
    let every = format!("for every {variable} in {kind}: …");
    let some = format!("for some {variable} in {kind}: …");
    match asked {
        Asks::Every => vec![every],
        Asks::Some => vec![some],
        Asks::Either => vec![every, some],
        Asks::Nobody => vec![format!("for every {variable} in {kind}: not …")],
        Asks::Number => vec![format!("count of ({variable} in {kind} where …) >= 2")],
    }
}

/// A variable for the members of a kind that the text does not have yet.
fn variable_of(text: &str, kind: &str) -> String {
    let initial: String = kind.chars().take(1).flat_map(char::to_uppercase).collect();
    let is_taken = text.split(|letter: char| !letter.is_alphanumeric() && letter != '_').any(|word| word == initial);
    if is_taken { "X".to_owned() } else { initial }
}

/// `all domain: …`, `in every domain: …`, `for all domain: …`
fn over_a_kind(text: &str, before: Option<Token>, found: Token) -> Option<WrongQuantifier> {
    let after = |token: Token| scan::token(text, token.end, text.len());
    before.into_iter().chain([found]).find_map(|start| {
        let word = match start.text(text) {
            "for" | "in" | "over" => after(start)?,
            _ => start,
        };
        let asked = asks(word.text(text)).filter(|asked| *asked != Asks::Number)?;
        let kind = after(word).filter(|kind| is_small(text, kind) && kind.text(text) != "of")?;
        after(kind).filter(|colon| colon.text(text) == ":")?;
        let variable = variable_of(text, kind.text(text));
        Some(WrongQuantifier { range: start.start..kind.end, forms: forms(asked, &variable, kind.text(text)) })
    })
}

/// `at least 2 of domain: …`, `at least 2 of D in domain`, `at least 2 D in domain`
fn counted_members(text: &str, found: Token) -> Option<WrongQuantifier> {
    let after = |token: Token| scan::token(text, token.end, text.len());
    let tokens = std::iter::successors(scan::token(text, 0, text.len()), |token| after(*token));
    let mut words: Vec<Token> = tokens.take_while(|token| token.start < found.start).collect();
    words.pop_if(|last| last.text(text) == "of");
    let last: Vec<&str> = words.iter().map(|word| word.text(text)).collect();
    let (length, sign, number) = match last.as_slice() {
        [.., "at", "least", number] => (3, ">=", Some(*number)),
        [.., "at", "most", number] => (3, "<=", Some(*number)),
        [.., "exactly", number] => (2, "=", Some(*number)),
        [.., "none"] => (1, "", None),
        _ => return None,
    };
    let start = words[words.len() - length].start;
    let next = after(found);
    let (variable, kind, end) = if is_variable(text, &found) {
        let kind = next.filter(|next| next.text(text) == "in").and_then(after).filter(|kind| is_small(text, kind))?;
        (found.text(text).to_owned(), kind.text(text), kind.end)
    } else {
        // Conditions without parentheses are another mistake.
        let is_list = next.is_some_and(|next| matches!(next.text(text), "(" | "," | "and" | "or" | "."));
        if is_list || !is_small(text, &found) {
            return None;
        }
        (variable_of(text, found.text(text)), found.text(text), found.end)
    };
    let form = match number {
        Some(number) => format!("count of ({variable} in {kind} where …) {sign} {number}"),
        None => format!("for every {variable} in {kind}: not …"),
    };
    Some(WrongQuantifier { range: start..end, forms: vec![form] })
}
