//! A look ahead over the tokens of an item, before it is parsed.
//!
//! It finds where the item ends at the latest, how deep it is nested (the parser
//! recurses, so this must be known first), which sort of item it is, and where to go on
//! after a mistake. It goes over each byte once.

use super::MAXIMUM_DEPTH;
use super::advice::DENIALS;
use super::words::Reservation;
use std::ops::Range;

/// The sorts of tokens that matter here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TokenKind {
    Word,
    Number,
    /// Whether it is closed on its line.
    Quotation(bool),
    Sign(u8),
}

/// A token, without the whitespace and comments before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Token {
    pub kind: TokenKind,
    pub start: usize,
    pub end: usize,
    /// Whether it is the first on its line.
    pub first_on_line: bool,
}

impl Token {
    /// What it says.
    pub(super) fn text<'text>(&self, text: &'text str) -> &'text str {
        text.get(self.start..self.end).unwrap_or("")
    }
}

fn is_word_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || byte >= 0x80
}

/// The length of the whitespace character at a place, if there is one.
fn white(bytes: &[u8], at: usize) -> usize {
    match bytes[at] {
        b' ' | b'\t' | b'\r' | b'\n' => 1,
        0xC2 if bytes.get(at + 1) == Some(&0xA0) => 2,
        0xEF if bytes.get(at + 1..at + 3) == Some(&[0xBB, 0xBF]) => 3,
        _ => 0,
    }
}

/// Whether a word denies in speech what follows on its line.
fn denies(text: &str, token: &Token) -> bool {
    let word = token.text(text);
    DENIALS.iter().any(|(denial, _)| *denial == word)
        && self::token(text, token.end, text.len())
            .is_some_and(|next| next.kind == TokenKind::Word && !next.first_on_line)
}

/// The first token at or after a place, before `end`.
pub(super) fn token(text: &str, mut at: usize, end: usize) -> Option<Token> {
    let bytes = &text.as_bytes()[..end];
    let mut first_on_line = at == 0 || bytes.get(at.wrapping_sub(1)) == Some(&b'\n');
    loop {
        let byte = *bytes.get(at)?;
        if byte == b'\n' {
            first_on_line = true;
        }
        if byte == b'#' {
            at += bytes[at..].iter().position(|byte| *byte == b'\n').unwrap_or(bytes.len() - at);
            continue;
        }
        match white(bytes, at) {
            0 => break,
            length => at += length,
        }
    }
    let start = at;
    let kind = match bytes[at] {
        b'0'..=b'9' => {
            while at < end && is_word_byte(bytes[at]) {
                at += 1;
            }
            TokenKind::Number
        }
        b'"' => {
            at += 1;
            let mut closed = false;
            while at < end && bytes[at] != b'\n' {
                match bytes[at] {
                    b'"' => {
                        at += 1;
                        closed = true;
                        break;
                    }
                    b'\\' if bytes.get(at + 1..at + 3) == Some(b"\r\n") => at += 3,
                    b'\\' => at += 2,
                    _ => at += 1,
                }
            }
            at = at.min(end);
            while !text.is_char_boundary(at) {
                at += 1;
            }
            TokenKind::Quotation(closed)
        }
        byte if is_word_byte(byte) => {
            while at < end && is_word_byte(bytes[at]) && white(bytes, at) == 0 {
                at += 1;
            }
            TokenKind::Word
        }
        byte => {
            at += 1;
            TokenKind::Sign(byte)
        }
    };
    Some(Token { kind, start, end: at, first_on_line })
}

/// The sign or letter after the blanks at a place.
pub(super) fn after_blanks(text: &str, mut at: usize, end: usize) -> Option<u8> {
    let bytes = &text.as_bytes()[..end];
    while at < end && bytes[at] != b'\n' && bytes[at] != b'\r' {
        match white(bytes, at) {
            0 => return Some(bytes[at]),
            length => at += length,
        }
    }
    None
}

/// Whether a word stands before its parenthesis.
pub(super) fn is_called(text: &str, token: &Token) -> bool {
    after_blanks(text, token.end, text.len()) == Some(b'(')
}

/// Whether a word begins with a capital.
pub(super) fn is_capital(word: &str) -> bool {
    word.chars().next().is_some_and(char::is_uppercase)
}

/// The token after this one, if it is on the same line.
fn on_same_line(text: &str, token: &Token) -> Option<Token> {
    after_blanks(text, token.end, text.len())?;
    self::token(text, token.end, text.len()).filter(|next| !next.first_on_line)
}

/// What stands before a token, as far as it decides whether an item may begin.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Before {
    /// A finished name, number, string or parenthesis.
    Finished,
    /// `symmetric`, `reflexive`, `open`: an item word may follow.
    Modifier,
    /// Anything after which something must follow.
    Unfinished,
}

/// Words that may begin a line inside an item and are followed by a name there.
const CONTINUING: &[&str] = &[
    "alias", "as", "at", "exactly", "extends", "last", "least", "max", "mean", "min", "most", "next", "none", "on",
    "over", "sum", "the", "to", "up",
];

/// The words after a head without arguments.
const FORMS: &[&str] = &["requires", "if", "only", "where"];

/// Whether a word stands as a whole item begins. The second word must be on the same line.
pub(super) fn begins_with_two_words(text: &str, token: &Token) -> bool {
    let word = token.text(text);
    // A capital is a mistake in either case: of a new item at the beginning of a line, of this one elsewhere.
    let name = word.starts_with(char::is_alphabetic) && (token.first_on_line || !is_capital(word));
    if !name || Reservation::of(word).is_some() || CONTINUING.contains(&word) {
        return false;
    }
    on_same_line(text, token).is_some_and(|next| match next.kind {
        TokenKind::Quotation(_) => true,
        TokenKind::Word => {
            let next = next.text(text);
            FORMS.contains(&next) || (Reservation::of(next).is_none() && !CONTINUING.contains(&next))
        }
        _ => false,
    })
}

/// Whether an item may begin with a word, as far as the word and what follows it can tell.
pub(super) fn may_begin(text: &str, token: &Token) -> bool {
    if token.kind != TokenKind::Word {
        return false;
    }
    let word = token.text(text);
    match Reservation::of(word) {
        Some(Reservation::Item) => after_blanks(text, token.end, text.len()) != Some(b':'),
        Some(Reservation::Always) => matches!(word, "not" | "mutually" | "either") && begins_a_fact(text, *token),
        None => is_called(text, token) || begins_with_two_words(text, token) || names_a_framework(text, token),
    }
}

/// `not p(`, `mutually p(`, `either way p(`
fn begins_a_fact(text: &str, mut token: Token) -> bool {
    // `not either way p(` is the longest of them.
    for _ in 0..3 {
        if !matches!(token.text(text), "not" | "mutually" | "either" | "way") {
            break;
        }
        match self::token(text, token.end, text.len()) {
            Some(next) if next.kind == TokenKind::Word => token = next,
            _ => return false,
        }
    }
    Reservation::of(token.text(text)) != Some(Reservation::Always)
        && (is_called(text, &token) || names_a_framework(text, &token))
}

/// What a window is counted in.
fn is_unit(word: &str) -> bool {
    matches!(word, "year" | "years" | "month" | "months" | "day" | "days")
}

/// `framework.criterion(`
fn names_a_framework(text: &str, token: &Token) -> bool {
    text.as_bytes().get(token.end) == Some(&b'.')
        && self::token(text, token.end + 1, text.len())
            .is_some_and(|next| next.start == token.end + 1 && next.kind == TokenKind::Word && is_called(text, &next))
}

/// Where an item ends at the latest, and whether it is nested too deep.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Stretch {
    /// Nothing of the item lies at or after this place.
    pub end: usize,
    /// The place from which on it is too deep.
    pub too_deep: Option<Range<usize>>,
}

/// Nesting inside one pair of parentheses.
#[derive(Default)]
struct Frame {
    /// Quantifiers whose bodies are not finished.
    quantifiers: usize,
    /// Those of them whose colon has not come.
    headers: usize,
}

/// Looks at the item that begins at a place.
pub(super) fn stretch(text: &str, start: usize) -> Stretch {
    let mut frames = vec![Frame::default()];
    let mut depth = 0;
    let mut too_deep = None;
    let mut before = Before::Unfinished;
    let mut begins_window = false;
    let mut at = start;
    // The clauses of an import look like items and end with its brace.
    let holds_clauses = self::token(text, start, text.len())
        .is_some_and(|first| first.text(text) == "import" && !is_called(text, &first));
    while let Some(token) = token(text, at, text.len()) {
        at = token.end;
        let is_window = std::mem::replace(&mut begins_window, matches!(token.text(text), "last" | "next"));
        let inner = frames.len() > 1;
        match token.kind {
            TokenKind::Word => {
                let word = token.text(text);
                let reservation = Reservation::of(word);
                let is_clause = holds_clauses && inner;
                if token.start > start && !is_clause && begins(text, &token, reservation, before) {
                    return Stretch { end: token.start, too_deep };
                }
                before = match reservation {
                    // `the last recent` goes on like `the last 10`.
                    None if is_window && !is_unit(word) => Before::Unfinished,
                    // `a and no b(A, B)`
                    None if denies(text, &token) => Before::Unfinished,
                    None => Before::Finished,
                    Some(Reservation::Item) if matches!(word, "symmetric" | "reflexive" | "open") => Before::Modifier,
                    Some(_) => Before::Unfinished,
                };
                if let ("for", Some(frame)) = (word, frames.last_mut()) {
                    frame.quantifiers += 1;
                    frame.headers += 1;
                    depth += 1;
                }
            }
            // `the last 10` goes on, on whatever line `years` stands.
            TokenKind::Number if is_window => before = Before::Unfinished,
            TokenKind::Number | TokenKind::Quotation(_) | TokenKind::Sign(b'%') => before = Before::Finished,
            TokenKind::Sign(b'(' | b'[' | b'{') => {
                frames.push(Frame::default());
                depth += 1;
                before = Before::Unfinished;
            }
            TokenKind::Sign(b')' | b']' | b'}') => {
                if let Some(frame) = frames.pop_if(|_| inner) {
                    depth -= 1 + frame.quantifiers;
                }
                before = Before::Finished;
            }
            TokenKind::Sign(sign) => {
                if let Some(frame) = frames.last_mut() {
                    match sign {
                        b':' => frame.headers = frame.headers.saturating_sub(1),
                        b',' if frame.headers == 0 => {
                            depth -= frame.quantifiers;
                            frame.quantifiers = 0;
                        }
                        _ => {}
                    }
                }
                before = Before::Unfinished;
            }
        }
        if depth > MAXIMUM_DEPTH && too_deep.is_none() {
            too_deep = Some(token.start..token.end);
        }
    }
    Stretch { end: text.len(), too_deep }
}

/// Whether another item begins with this word, inside what was taken for one item.
fn begins(text: &str, token: &Token, reservation: Option<Reservation>, before: Before) -> bool {
    match reservation {
        Some(Reservation::Item) => {
            let follows = after_blanks(text, token.end, text.len());
            follows != Some(b':')
                && before != Before::Modifier
                && (before == Before::Finished || (token.first_on_line && follows != Some(b'(')))
        }
        Some(Reservation::Always) => before == Before::Finished && token.first_on_line && begins_a_fact(text, *token),
        None if before != Before::Finished => false,
        None => {
            is_called(text, token)
                || names_a_framework(text, token)
                || (token.first_on_line && begins_with_two_words(text, token))
        }
    }
}

/// Where to go on after a mistake at `mistake` in an item that is indented by `indentation` and ends at `end` at the
/// latest: on another line, so that the rest of a line that went wrong is not told as further mistakes.
pub(super) fn recover(text: &str, mistake: usize, end: usize, indentation: usize) -> usize {
    let mut at = mistake;
    while let Some(length) = text.as_bytes()[at..].iter().position(|byte| *byte == b'\n') {
        let Some(token) = token(text, at + length + 1, text.len()) else { break };
        at = token.start;
        if at >= end || (self::indentation(text, at) <= indentation && may_begin(text, &token)) {
            return at;
        }
    }
    text.len()
}

/// The first token on the line of a place in an item, if that is not the item's own first line and another item could
/// begin there.
pub(super) fn line_of_an_item(item: &str, at: usize, indentation: usize) -> Option<usize> {
    let line = item.get(..at)?.rfind('\n')? + 1;
    let token = token(item, line, item.len()).filter(|token| token.start <= at)?;
    (token.start - line <= indentation && may_begin(item, &token)).then_some(token.start)
}

/// How far the line of a place is indented, in bytes.
pub(super) fn indentation(text: &str, at: usize) -> usize {
    let bytes = text.as_bytes();
    let line = bytes[..at].iter().rposition(|byte| *byte == b'\n').map_or(0, |newline| newline + 1);
    let mut first = line;
    while first < at {
        match white(bytes, first) {
            0 => break,
            length => first += length,
        }
    }
    first - line
}
