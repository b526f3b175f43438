//! Which sort of item begins at a place, told by its first words.

use super::advice::DENIALS;
use super::grammar::Rule;
use super::scan::{self, Token, TokenKind};
use super::words::Reservation;

/// The rule for one item, and the same up to the end of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Sort {
    pub item: Rule,
    pub whole: Rule,
}

/// Why no item begins at a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum NoItem {
    /// Not with this token.
    Unknown,
    /// With a word of conditions.
    Reserved,
    /// With a capital: a variable, or a word of the language in capitals.
    Capital,
    /// With the name of a criterion whose variables are missing.
    WithoutArguments,
}

impl Sort {
    fn new(item: Rule, whole: Rule) -> Self {
        Sort { item, whole }
    }

    pub(super) fn rule() -> Self {
        Sort::new(Rule::rule_item, Rule::whole_rule)
    }

    fn fact() -> Self {
        Sort::new(Rule::fact_item, Rule::whole_fact)
    }

    fn individual() -> Self {
        Sort::new(Rule::individual_item, Rule::whole_individual)
    }

    fn classification() -> Self {
        Sort::new(Rule::classify_item, Rule::whole_classify)
    }

    fn measure(defined: bool) -> Self {
        if defined {
            Sort::new(Rule::defined_measure_item, Rule::whole_defined_measure)
        } else {
            Sort::new(Rule::measure_item, Rule::whole_measure)
        }
    }
}

impl Sort {
    /// Whether a token is read as a slip in this item rather than as the first word of another: in `a adn b` and
    /// `a unless b` the two words behind a condition are hardly the kind and the name of an individual.
    pub(super) fn goes_on_with(self, text: &str, token: &Token) -> bool {
        let ends_in_a_condition =
            matches!(self.item, Rule::rule_item | Rule::defined_measure_item | Rule::expect_item | Rule::claim_item);
        ends_in_a_condition
            && !token.first_on_line
            && token.text(text) != "state"
            && Reservation::of(token.text(text)).is_none()
            && scan::begins_with_two_words(text, token)
            && !scan::is_called(text, token)
    }

    /// Whether a token on the same line goes on after a word that denies in speech: `a and no b(A, B)`.
    pub(super) fn is_denied(self, text: &str, end: usize, token: &Token) -> bool {
        let word = text[..end].rsplit(|letter: char| !letter.is_alphanumeric() && letter != '_').next();
        self.item == Rule::rule_item
            && !token.first_on_line
            && word.is_some_and(|word| DENIALS.iter().any(|(denial, _)| *denial == word))
    }
}

/// The sort of the item whose first token this is; `end` is where it ends at the latest.
pub(super) fn of(text: &str, token: &Token, end: usize) -> Result<Sort, NoItem> {
    if token.kind != TokenKind::Word {
        return Err(NoItem::Unknown);
    }
    let word = token.text(text);
    let called = scan::is_called(text, token);
    // `claim (a or b)`: what is asserted may begin with a parenthesis, where a space sets it apart.
    let asserts = matches!(word, "expect" | "claim") && text[token.end..].starts_with(char::is_whitespace);
    match Reservation::of(word) {
        Some(Reservation::Item) if !called || asserts => Ok(keyword(text, token, word, end)),
        Some(Reservation::Always) if matches!(word, "not" | "mutually" | "either") => Ok(Sort::fact()),
        Some(Reservation::Always) => Err(NoItem::Reserved),
        _ if scan::is_capital(word) => Err(NoItem::Capital),
        _ if called => Ok(statement(text, token.end, end)),
        _ => other(text, token, end),
    }
}

fn keyword(text: &str, token: &Token, word: &str, end: usize) -> Sort {
    match word {
        "framework" => Sort::new(Rule::framework_item, Rule::whole_framework),
        "use" => Sort::new(Rule::use_item, Rule::whole_use),
        "kind" | "open" => Sort::new(Rule::kind_item, Rule::whole_kind),
        "source" => Sort::new(Rule::source_item, Rule::whole_source),
        "predicate" => Sort::new(Rule::predicate_item, Rule::whole_predicate),
        "measure" => Sort::measure(is_defined(text, token.end, end)),
        "parameter" => Sort::new(Rule::parameter_item, Rule::whole_parameter),
        "classify" => Sort::classification(),
        "import" => Sort::new(Rule::import_item, Rule::whole_import),
        "complete" => Sort::new(Rule::complete_item, Rule::whole_complete),
        "expect" => Sort::new(Rule::expect_item, Rule::whole_expect),
        "claim" => Sort::new(Rule::claim_item, Rule::whole_claim),
        "cases" => Sort::new(Rule::cases_item, Rule::whole_cases),
        "symmetric" | "reflexive" => modified(text, token.end, end),
        "redefine" => redefined(text, token.end, end),
        "prefer" => Sort::new(Rule::prefer_item, Rule::whole_prefer),
        _ => Sort::fact(),
    }
}

/// What follows `redefine`: a definition of any sort.
fn redefined(text: &str, at: usize, end: usize) -> Sort {
    match scan::token(text, at, end).filter(|next| !scan::is_called(text, next)).map(|next| next.text(text)) {
        Some("classify") => Sort::classification(),
        Some("measure") => Sort::measure(true),
        _ => Sort::rule(),
    }
}

/// What follows `symmetric` and `reflexive`.
fn modified(text: &str, mut at: usize, end: usize) -> Sort {
    while let Some(token) = scan::token(text, at, end) {
        at = token.end;
        if token.kind == TokenKind::Word && !scan::is_called(text, &token) {
            match token.text(text) {
                "symmetric" | "reflexive" => continue,
                "predicate" => return Sort::new(Rule::predicate_item, Rule::whole_predicate),
                "measure" => return Sort::measure(false),
                _ => {}
            }
        }
        break;
    }
    Sort::rule()
}

/// Whether a measure's parentheses hold variables: then it is defined, not declared.
fn is_defined(text: &str, at: usize, end: usize) -> bool {
    let mut tokens = Tokens { text, at, end };
    let open = tokens.find(|token| token.kind == TokenKind::Sign(b'('));
    open.is_some() && tokens.next().is_some_and(|token| scan::is_capital(token.text(text)) || token.text(text) == "_")
}

/// A rule or a fact: what stands after the parentheses decides, and whether variables stand in them.
fn statement(text: &str, at: usize, end: usize) -> Sort {
    let mut tokens = Tokens { text, at, end };
    let mut depth = 0_usize;
    let mut variables = false;
    for token in tokens.by_ref() {
        match token.kind {
            TokenKind::Sign(b'(') => depth += 1,
            TokenKind::Sign(b')') => depth = depth.saturating_sub(1),
            TokenKind::Word => variables |= scan::is_capital(token.text(text)),
            _ => {}
        }
        if depth == 0 {
            break;
        }
    }
    let next = tokens.find(|token| !matches!(token.kind, TokenKind::Quotation(_) | TokenKind::Sign(b'/')));
    let is_rule = match next {
        None => false,
        Some(next) => match next.kind {
            TokenKind::Word => match next.text(text) {
                "requires" | "if" | "only" | "where" => true,
                "from" | "in" | "on" | "until" | "ended" | "sometime" | "up" => false,
                // A misspelt `requires`, perhaps.
                _ => variables && !next.first_on_line,
            },
            TokenKind::Sign(b':' | b'<' | b'-' | b'>') => true,
            TokenKind::Sign(b'=') => text.as_bytes().get(next.end) == Some(&b'>'),
            _ => false,
        },
    };
    if is_rule { Sort::rule() } else { Sort::fact() }
}

/// A name that no parenthesis follows.
fn other(text: &str, token: &Token, end: usize) -> Result<Sort, NoItem> {
    let next = scan::token(text, token.end, end).filter(|next| !next.first_on_line);
    match next {
        Some(next) => match (next.kind, next.text(text)) {
            (TokenKind::Quotation(_), _) => Ok(Sort::individual()),
            (TokenKind::Word, "requires" | "if" | "only" | "where") => Err(NoItem::WithoutArguments),
            (TokenKind::Word, word) if Reservation::of(word) != Some(Reservation::Always) => {
                if scan::is_called(text, &next) { Err(NoItem::Unknown) } else { Ok(Sort::individual()) }
            }
            (TokenKind::Sign(b'.'), _) if scan::may_begin(text, token) => {
                let called = scan::token(text, next.end, end).map_or(next.end, |called| called.end);
                Ok(statement(text, called, end))
            }
            _ => Err(NoItem::Unknown),
        },
        None => Err(NoItem::Unknown),
    }
}

/// The tokens from a place on.
struct Tokens<'text> {
    text: &'text str,
    at: usize,
    end: usize,
}

impl Iterator for Tokens<'_> {
    type Item = Token;

    fn next(&mut self) -> Option<Token> {
        let token = scan::token(self.text, self.at, self.end)?;
        self.at = token.end;
        Some(token)
    }
}
