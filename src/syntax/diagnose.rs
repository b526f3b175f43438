//! From the place where the grammar stopped to the mistake that was made.

use super::advice::{self, Around, DENIALS};
use super::build::Builder;
use super::dates;
use super::error::{Mistake, Placed, Wanted};
use super::grammar::Rule;
use super::habits;
use super::periods;
use super::quantifiers::{self, WrongQuantifier};
use super::scan::{self, Token, TokenKind};
use super::signs;
use super::sort::{NoItem, Sort};
use super::words::{self, ITEM_WORDS, RESERVED, Reservation};
use crate::diagnostic::did_you_mean;
use crate::text::{FileId, Span};
use crate::verdict::Verdict;
use pest::error::{ErrorVariant, InputLocation};

/// Where a reading stopped, and what is around it.
struct Stop<'text> {
    file: FileId,
    /// Where in the file the text begins.
    base: usize,
    text: &'text str,
    /// The token at which it stopped; none at the end.
    found: Option<Token>,
    /// The token before it.
    before: Option<Token>,
    /// The one before that.
    second_before: Option<Token>,
    /// The brackets that are open there.
    open: Vec<Token>,
    /// What the grammar would have taken.
    rules: Vec<Rule>,
}

impl<'text> Stop<'text> {
    fn new(file: FileId, base: usize, text: &'text str, at: usize, rules: Vec<Rule>) -> Self {
        let mut stop =
            Stop { file, base, text, found: None, before: None, second_before: None, open: Vec::new(), rules };
        let mut next = 0;
        while let Some(token) = scan::token(text, next, text.len()) {
            if token.start >= at {
                stop.found = Some(token);
                break;
            }
            next = token.end;
            match token.kind {
                TokenKind::Sign(b'(' | b'[' | b'{') => stop.open.push(token),
                TokenKind::Sign(b')' | b']' | b'}') => drop(stop.open.pop()),
                _ => {}
            }
            stop.second_before = stop.before.replace(token);
        }
        stop
    }

    fn span(&self, start: usize, end: usize) -> Span {
        Span::new(self.file, self.base + start, self.base + end)
    }

    fn of(&self, token: &Token) -> Span {
        self.span(token.start, token.end)
    }

    /// The token at which it stopped, or the last one where it stopped at the end.
    fn place(&self) -> Span {
        match (&self.found, &self.before) {
            (Some(token), _) | (None, Some(token)) => self.of(token),
            (None, None) => self.span(0, self.text.len()),
        }
    }

    fn expects(&self, wanted: fn(Rule) -> bool) -> bool {
        self.rules.iter().any(|rule| wanted(*rule))
    }

    fn expects_only(&self, wanted: fn(Rule) -> bool) -> bool {
        !self.rules.is_empty() && self.rules.iter().all(|rule| wanted(*rule))
    }
}

/// Why no item begins with a token.
pub(super) fn no_item(text: &str, file: FileId, token: &Token, end: usize, reason: NoItem) -> Placed {
    let rest = text.get(token.start..end).unwrap_or("");
    let stop = Stop::new(file, token.start, rest, 0, Vec::new());
    if let Some(mistake) = in_a_token(&stop) {
        return mistake;
    }
    let span = Span::new(file, token.start, token.end);
    let word = token.text(text).to_owned();
    match reason {
        NoItem::WithoutArguments => Mistake::HeadWithoutArguments { word }.at(span),
        NoItem::Capital if scan::is_called(text, token) => {
            Mistake::CapitalisedName { small: small(&word), word, wanted: Wanted::Called }.at(span)
        }
        NoItem::Reserved if word == "for" => Mistake::QuantifiedFact.at(span),
        NoItem::Reserved if scan::is_called(text, token) => {
            Mistake::ReservedWord { word, reservation: Reservation::Always }.at(span)
        }
        _ => {
            let near = did_you_mean(&word, ITEM_WORDS.iter().copied().chain(["not", "mutually", "state"]));
            Mistake::UnknownItem { near: near.map(str::to_owned), word }.at(span)
        }
    }
}

/// Where the grammar stopped.
pub(super) fn place(error: &pest::error::Error<Rule>) -> usize {
    match error.location {
        InputLocation::Pos(at) | InputLocation::Span((at, _)) => at,
    }
}

/// Why an item cannot be read on.
pub(super) fn mistake(builder: &Builder, text: &str, sort: Option<Sort>, error: &pest::error::Error<Rule>) -> Placed {
    let at = place(error);
    let ErrorVariant::ParsingError { positives, .. } = &error.variant else {
        // The grammar's own limit of the stack, should the look ahead ever let something through.
        return Mistake::TooDeep.at(Span::new(builder.file, builder.base, builder.base + at));
    };
    let stop = Stop::new(builder.file, builder.base, text, at, positives.clone());
    said_twice(&stop)
        .or_else(|| in_a_period(&stop))
        .or_else(|| in_a_token(&stop))
        .or_else(|| in_a_quantifier(&stop, sort))
        .or_else(|| behind_each(&stop))
        .or_else(|| in_brackets(&stop))
        .or_else(|| in_a_name(&stop))
        .or_else(|| in_a_list(&stop))
        .or_else(|| in_a_rule(&stop, sort))
        .unwrap_or_else(|| unexpected(&stop, sort))
}

/// A word, or `up to`, that stands there twice on one line.
fn said_twice(stop: &Stop<'_>) -> Option<Placed> {
    let (found, before) = (stop.found?, stop.before?);
    let same = |one: &Token, other: &Token| {
        let is_word = one.kind == TokenKind::Word && other.kind == TokenKind::Word;
        is_word && !other.first_on_line && one.text(stop.text) == other.text(stop.text)
    };
    let (first, second) = if same(&before, &found) {
        (stop.of(&before), stop.of(&found))
    } else {
        let second_before = stop.second_before?;
        if same(&second_before, &before) {
            // The second of `as as` was taken for a name.
            (stop.of(&second_before), stop.of(&before))
        } else {
            let to = scan::token(stop.text, found.end, stop.text.len())?;
            let is_up_to = found.text(stop.text) == "up" && same(&second_before, &found) && same(&before, &to);
            is_up_to.then(|| (stop.span(second_before.start, before.end), stop.span(found.start, to.end)))?
        }
    };
    let words = stop.text[second.start as usize - stop.base..second.end as usize - stop.base].to_owned();
    Some(Mistake::RepeatedWord { words, first }.at(second))
}

/// Two dates that something else than `..` joins.
fn in_a_period(stop: &Stop<'_>) -> Option<Placed> {
    let place = stop.found.or(stop.before)?.start;
    let periods::WrongPeriod { range, suggestion } = periods::wrong_period(stop.text, place)?;
    let written = stop.text[range.clone()].to_owned();
    Some(Mistake::PeriodForm { written, suggestion }.at(stop.span(range.start, range.end)))
}

/// A quantifier as it is written elsewhere.
fn in_a_quantifier(stop: &Stop<'_>, sort: Option<Sort>) -> Option<Placed> {
    let found = stop.found?;
    let holds_conditions = |sort: Sort| matches!(sort.item, Rule::rule_item | Rule::import_item | Rule::prefer_item);
    if found.text(stop.text) == "for"
        && found.first_on_line
        && stop.open.is_empty()
        && !sort.is_some_and(holds_conditions)
    {
        return Some(Mistake::QuantifiedFact.at(stop.of(&found)));
    }
    let around = [stop.second_before, stop.before, stop.found];
    let WrongQuantifier { range, forms } = quantifiers::wrong_quantifier(stop.text, around, &stop.rules)?;
    let written = stop.text[range.clone()].split_whitespace().collect::<Vec<_>>().join(" ");
    Some(Mistake::QuantifierForm { written, forms }.at(stop.span(range.start, range.end)))
}

/// What stands behind `for K in` at the end of a template.
fn behind_each(stop: &Stop<'_>) -> Option<Placed> {
    let is_each = |rule| matches!(rule, Rule::each_values | Rule::each_years | Rule::open_set | Rule::whole_number);
    if !stop.expects_only(is_each) || stop.before.is_none_or(|before| before.text(stop.text) != "in") {
        return None;
    }
    let variable = stop.second_before.map_or("K", |token| token.text(stop.text)).to_owned();
    let mut names: Vec<String> = Vec::new();
    let mut next = stop.found.filter(|found| !found.first_on_line);
    let mut end = stop.before?.end;
    while let Some(token) = next {
        match token.kind {
            TokenKind::Sign(b',' | b';' | b'(' | b'[' | b')' | b']') => {}
            TokenKind::Word | TokenKind::Quotation(true) => names.push(token.text(stop.text).to_owned()),
            _ => break,
        }
        end = token.end;
        next = scan::token(stop.text, token.end, stop.text.len()).filter(|token| !token.first_on_line);
    }
    let start = stop.found.map_or(end, |found| found.start).min(end);
    let span = if names.is_empty() { stop.place() } else { stop.span(start, end) };
    Some(Mistake::EachForm { variable, names }.at(span))
}

/// What is wrong with the token itself, wherever it stands.
fn in_a_token(stop: &Stop<'_>) -> Option<Placed> {
    let token = stop.found?;
    let word = token.text(stop.text);
    if token.kind == TokenKind::Quotation(false) {
        let line = Span::new(stop.file, stop.base + token.end, stop.base + token.end);
        return Some(Mistake::UnclosedString { line }.at(stop.span(token.start, token.start + 1)));
    }
    if let Some(open) = stray_quotation(stop) {
        return Some(open);
    }
    if let Some(mark) = signs::quotation_mark(word) {
        let span = stop.span(token.start, token.start + mark.len_utf8());
        return Some(Mistake::QuotationMark { mark: mark.to_string() }.at(span));
    }
    if let Some((range, suggestion)) = dates::wrong_date(stop.text, &token) {
        let written = stop.text[range.clone()].to_owned();
        return Some(Mistake::DateForm { written, suggestion }.at(stop.span(range.start, range.end)));
    }
    if let Some((range, suggestion)) = dates::wrong_number(stop.text, &token) {
        let written = stop.text[range.clone()].to_owned();
        return Some(Mistake::NumberForm { written, suggestion }.at(stop.span(range.start, range.end)));
    }
    if let Some((written, instead)) = signs::foreign(&stop.text[token.start..]) {
        let span = stop.span(token.start, token.start + written.len());
        let instead = habits::before_a_value(written, &stop.rules).unwrap_or(instead);
        return Some(Mistake::ForeignSign { written: written.to_owned(), instead }.at(span));
    }
    let lower = word.to_lowercase();
    let is_word = RESERVED.contains(&lower.as_str()) || ITEM_WORDS.contains(&lower.as_str());
    if lower != word && is_word {
        return Some(Mistake::CapitalWord { written: word.to_owned() }.at(stop.of(&token)));
    }
    None
}

/// A quotation that ended too soon, so that the last mark on its line opens another that never ends.
fn stray_quotation(stop: &Stop<'_>) -> Option<Placed> {
    stop.before.filter(|before| matches!(before.kind, TokenKind::Quotation(_)))?;
    let mut next = stop.found;
    while let Some(token) = next.filter(|token| !token.first_on_line) {
        if token.kind == TokenKind::Quotation(false) {
            let line = stop.span(token.end, token.end);
            return Some(Mistake::UnclosedString { line }.at(stop.span(token.start, token.start + 1)));
        }
        next = scan::token(stop.text, token.end, stop.text.len());
    }
    None
}

fn bracket(token: &Token) -> char {
    match token.kind {
        TokenKind::Sign(sign) => char::from(sign),
        _ => '(',
    }
}

fn in_brackets(stop: &Stop<'_>) -> Option<Placed> {
    let Some(found) = stop.found else {
        let open = stop.open.last()?;
        let end = stop.before.map_or(stop.text.len(), |before| before.end);
        return Some(Mistake::Unclosed { open: stop.of(open), mark: bracket(open) }.at(stop.span(end, end)));
    };
    let TokenKind::Sign(sign) = found.kind else { return None };
    match (sign, stop.open.last()) {
        (b')' | b']' | b'}', None) => Some(Mistake::StrayClosing { mark: char::from(sign) }.at(stop.of(&found))),
        (b')', Some(open)) if stop.before == Some(*open) && bracket(open) == '(' => {
            let word = stop.second_before.filter(|word| word.kind == TokenKind::Word)?;
            let span = stop.of(&word).to(stop.of(&found));
            Some(Mistake::NoArguments { word: word.text(stop.text).to_owned() }.at(span))
        }
        (b')' | b']' | b'}', Some(open))
            if !matches!((bracket(open), sign), ('(', b')') | ('[', b']') | ('{', b'}')) =>
        {
            let at = stop.span(found.start, found.start);
            Some(Mistake::Unclosed { open: stop.of(open), mark: bracket(open) }.at(at))
        }
        (b'{', _)
            if words::is_operand(&stop.rules)
                || stop.expects(|rule| matches!(rule, Rule::term | Rule::head_argument)) =>
        {
            Some(Mistake::SetInRule.at(stop.of(&found)))
        }
        _ => None,
    }
}

/// With a small letter at its beginning; a word of capitals all small.
fn small(word: &str) -> String {
    if word.chars().all(|letter| !letter.is_lowercase()) {
        return word.to_lowercase();
    }
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

/// With a capital at its beginning.
fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

fn in_a_name(stop: &Stop<'_>) -> Option<Placed> {
    let found = stop.found?;
    if found.kind == TokenKind::Sign(b'(') {
        // A variable was read, and only the parenthesis tells that it was meant as a name.
        let before = stop.before.filter(|before| before.kind == TokenKind::Word)?;
        let word = before.text(stop.text).to_owned();
        let capitalised = scan::is_capital(&word) && before.end <= found.start;
        return capitalised.then(|| {
            Mistake::CapitalisedName { small: small(&word), word, wanted: Wanted::Called }.at(stop.of(&before))
        });
    }
    if found.kind != TokenKind::Word {
        return None;
    }
    let span = stop.of(&found);
    let word = found.text(stop.text).to_owned();
    let names = stop.expects_only(|rule| words::is_name(rule) || matches!(rule, Rule::string | Rule::signed_number));
    let arguments = stop.expects_only(words::is_argument);
    if let Some(reservation) = Reservation::of(&word) {
        let misplaced = reservation == Reservation::Item && !found.first_on_line && words::is_operand(&stop.rules);
        return (names || arguments || misplaced).then_some(Mistake::ReservedWord { word, reservation }.at(span));
    }
    if scan::is_capital(&word) {
        let called = scan::is_called(stop.text, &found);
        let end = if called { found.end } else { end_of_a_proper_name(stop, found) };
        let word = stop.text[found.start..end].to_owned();
        // `pressureOn` keeps its inner capital; of a name in several words one word is made.
        let small = word.split_whitespace().map(small).collect::<Vec<_>>().join("_");
        let wanted = match called {
            true => Wanted::Called,
            false if stop.expects_only(|rule| rule == Rule::scheme) => Wanted::Scheme,
            false if stop.expects_only(|rule| matches!(rule, Rule::name | Rule::citation)) => Wanted::Declared,
            false => Wanted::Other,
        };
        let mistake = Mistake::CapitalisedName { small, word, wanted };
        return (names || called).then(|| mistake.at(stop.span(found.start, end)));
    }
    let variables = stop.expects_only(|rule| matches!(rule, Rule::variable | Rule::binding | Rule::bindings));
    variables.then(|| Mistake::VariableExpected { capital: capital(&word), word }.at(span))
}

/// The end of `Burkina Faso`: of all the words with capitals that follow one another on a line.
fn end_of_a_proper_name(stop: &Stop<'_>, mut last: Token) -> usize {
    while let Some(next) = scan::token(stop.text, last.end, stop.text.len()) {
        if next.first_on_line || next.kind != TokenKind::Word || !scan::is_capital(next.text(stop.text)) {
            break;
        }
        last = next;
    }
    last.end
}

fn in_a_list(stop: &Stop<'_>) -> Option<Placed> {
    if stop.expects_only(|rule| {
        matches!(
            rule,
            Rule::verdict | Rule::met | Rule::undetermined | Rule::contested | Rule::not_met | Rule::not_applicable
        )
    }) {
        let written = stop.found.filter(|found| !found.first_on_line).map(|found| {
            let next = scan::token(stop.text, found.end, stop.text.len());
            let end = next
                .filter(|next| found.text(stop.text) == "not" && next.kind == TokenKind::Word && !next.first_on_line);
            (found.start, end.map_or(found.end, |next| next.end))
        });
        let found = written.map(|(start, end)| stop.text[start..end].to_owned());
        let near = found.as_deref().and_then(|found| {
            let manner = words::VERDICTS.iter().find(|(written, _)| *written == found).map(|(_, meant)| *meant);
            manner.or_else(|| did_you_mean(found, Verdict::ALL.map(Verdict::name)))
        });
        let span = written.map_or_else(
            || stop.before.map_or(stop.place(), |before| stop.of(&before)),
            |(start, end)| stop.span(start, end),
        );
        return Some(Mistake::UnknownVerdict { found, near }.at(span));
    }
    let found = stop.found?;
    let joins = stop.expects(|rule| rule == Rule::word_and);
    (found.kind == TokenKind::Sign(b',') && joins && !stop.expects(|rule| rule == Rule::comma))
        .then(|| Mistake::CommaForAnd.at(stop.of(&found)))
}

/// What stands behind a finished body.
fn in_a_rule(stop: &Stop<'_>, sort: Option<Sort>) -> Option<Placed> {
    let found = stop.found?;
    let word = found.text(stop.text);
    let denial = |token: &Token| DENIALS.iter().find(|(written, _)| *written == token.text(stop.text));
    let denies = |token: &Token| denial(token).map(|(written, instead)| (*token, *written, *instead));
    let joins = stop.expects(|rule| rule == Rule::word_and);
    if let Some((token, written, instead)) =
        denies(&found).or_else(|| stop.before.as_ref().and_then(denies)).filter(|_| joins)
    {
        return Some(Mistake::ForeignSign { written: written.to_owned(), instead }.at(stop.of(&token)));
    }
    let condition = match found.kind {
        TokenKind::Word => {
            !scan::is_capital(word)
                && (Reservation::of(word).is_none()
                    || matches!(word, "not" | "mutually" | "either" | "for" | "ever" | "always" | "shown"))
                && near_keyword(stop, word).is_none()
        }
        TokenKind::Sign(b'(') => true,
        _ => false,
    };
    (condition && joins && sort.is_some()).then(|| Mistake::ForgottenAnd { word: word.to_owned() }.at(stop.of(&found)))
}

/// The word of the language that was expected here and looks like what was found.
fn near_keyword(stop: &Stop<'_>, word: &str) -> Option<&'static str> {
    if stop.expects(words::is_time) {
        let meant = words::TIMES.iter().find(|(written, _)| *written == word);
        let near = || did_you_mean(word, words::TIMES.iter().map(|(_, meant)| *meant));
        if let Some(near) = meant.map(|(_, meant)| *meant).or_else(near) {
            return Some(near);
        }
    }
    let expected = || stop.rules.iter().filter_map(|rule| words::keyword(*rule)).chain(forms(stop).iter().copied());
    let meant =
        words::MANNERS.iter().find(|(written, meant)| *written == word && expected().any(|word| word == *meant));
    if let Some((_, meant)) = meant {
        return Some(meant);
    }
    did_you_mean(word, expected())
}

/// The words of a `form`, which is one rule.
fn forms(stop: &Stop<'_>) -> &'static [&'static str] {
    if stop.expects(|rule| rule == Rule::form) { &["requires", "if", "only if"] } else { &[] }
}

fn unexpected(stop: &Stop<'_>, sort: Option<Sort>) -> Placed {
    let after = stop.before.map(|before| before.text(stop.text).to_owned());
    let after_sign = stop
        .before
        .is_some_and(|before| matches!(before.kind, TokenKind::Sign(b'<' | b'>' | b'=' | b'+' | b'-' | b'*' | b'/')));
    let found = stop.found.map(|found| found.text(stop.text).to_owned());
    let near = stop.found.filter(|found| found.kind == TokenKind::Word).and_then(|found| match found.text(stop.text) {
        // In a condition on the cells of a row.
        "is" if stop.expects(|rule| matches!(rule, Rule::membership | Rule::word_in | Rule::equal)) => {
            let next = scan::token(stop.text, found.end, stop.text.len());
            let is_missing = next.is_some_and(|next| next.text(stop.text) == "missing");
            Some(if is_missing { "missing(…)" } else { "=" })
        }
        word => near_keyword(stop, word),
    });
    // `row.x is missing`
    let is_bare = |before: &Token| before.text(stop.text) == "missing" && stop.expects_only(|rule| rule == Rule::open);
    let near = if stop.before.as_ref().is_some_and(is_bare) { Some("missing(…)") } else { near };
    let around = Around {
        text: stop.text,
        second_before: stop.second_before,
        before: stop.before,
        found: stop.found,
        open: stop.open.last().copied(),
        rules: &stop.rules,
        sort,
    };
    let advice = advice::advice(&around).or_else(|| near.map(|near| format!("did you mean `{near}`?")));
    Mistake::Unexpected {
        found,
        expected: words::expected(&stop.rules, after_sign),
        after: after.filter(|after| after.chars().count() <= 40),
        advice: advice.map(String::into_boxed_str),
    }
    .at(stop.place())
}
