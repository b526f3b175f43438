//! From text to tree.
//!
//! A file is read item by item: where an item begins, its first words tell its sort, and
//! the grammar's rule for that sort is called on the text from there on. So one mistake
//! costs one item, and memory is bounded by the longest item rather than by the file.

mod advice;
mod build;
mod cells;
mod conditions;
mod dates;
mod diagnose;
mod error;
mod evidence;
mod expressions;
mod grammar;
mod habits;
mod import;
mod items;
mod numbers;
mod periods;
mod plain;
mod quantifiers;
mod scan;
mod signs;
mod sort;
#[cfg(test)]
mod tests;
mod time;
pub mod tree;
mod words;

pub use error::CODES;

use crate::diagnostic::Diagnostic;
use crate::text::{FileId, Span, Texts};
use build::{Builder, Made};
use error::{Mistake, Placed};
use grammar::{Grammar, Pair, Rule};
use pest::Parser;
use sort::Sort;

/// How many steps deep a tree may be; later phases recurse over it.
pub const MAXIMUM_DEPTH: usize = 256;

/// What was read from a file: everything that could be read, and all the mistakes.
#[derive(Debug, Clone, PartialEq)]
pub struct Parsed {
    /// The items without a mistake.
    pub tree: tree::File,
    /// The mistakes, in the order of the text.
    pub diagnostics: Vec<Diagnostic>,
}

/// How often the progress is told, in bytes.
const PROGRESS_STEP: usize = 1 << 18;

/// How many mistakes are told where no item can be made out between them.
const MISTAKES_IN_A_ROW: usize = 16;

/// Reads a file. `progress` is told now and then how many bytes are read.
pub fn parse(texts: &Texts, file: FileId, progress: &mut dyn FnMut(usize)) -> Parsed {
    read(texts, file, true, progress)
}

/// Reads a file, its plain facts with or without the grammar.
fn read(texts: &Texts, file: FileId, plainly: bool, progress: &mut dyn FnMut(usize)) -> Parsed {
    let text = texts.get(file).content.as_str();
    let mut reader =
        Reader { text, file, line: 0, scanned: 0, stretch: scan::Stretch { end: 0, too_deep: None }, mistakes: 0 };
    let mut items = Vec::new();
    let mut mistakes = Vec::new();
    let mut at = 0;
    let mut told = 0;
    while let Some((token, documentation)) = reader.leading(at) {
        let indentation = reader.indentation(token.start);
        let plain = if plainly { reader.plain_fact(token) } else { None };
        match plain.map_or_else(|| reader.item(token, indentation), Ok) {
            Ok((kind, span)) => {
                at = span.end as usize;
                items.push(tree::Item { documentation, kind, span, indented: indentation > 0 });
            }
            Err(mistake) => {
                at = reader.recover(&mistake, &token, indentation);
                mistakes.push(mistake);
            }
        }
        if at - told >= PROGRESS_STEP {
            told = at;
            progress(at);
        }
    }
    progress(text.len());
    let diagnostics = mistakes.into_iter().map(|mistake| mistake.diagnostic(texts)).collect();
    Parsed { tree: tree::File { file, items }, diagnostics }
}

/// Reads the items of a file one after the other.
struct Reader<'text> {
    text: &'text str,
    file: FileId,
    /// Where the line of the last item begins, as far as lines were looked for.
    line: usize,
    scanned: usize,
    stretch: scan::Stretch,
    /// How many mistakes were found in the stretch.
    mistakes: usize,
}

impl<'text> Reader<'text> {
    /// The first token of the next item, and its documentation: `##` lines that reach to it without an empty line.
    fn leading(&self, at: usize) -> Option<(scan::Token, Vec<String>)> {
        let token = scan::token(self.text, at, self.text.len())?;
        let between = self.text.get(at..token.start).unwrap_or("");
        let mut documentation = Vec::new();
        if between.contains('#') {
            // The last part is the indentation of the item itself.
            let lines = between.rsplit_once('\n').map_or("", |(lines, _)| lines);
            for (index, line) in lines.split('\n').enumerate() {
                let line = line.trim();
                match line.strip_prefix("##") {
                    // What stands behind an item on its line is a remark on that one.
                    _ if index == 0 && at > 0 && !self.text[..at].ends_with('\n') => {}
                    Some(words) => documentation.push(words.trim().to_owned()),
                    None if line.is_empty() => documentation.clear(),
                    None => {}
                }
            }
        }
        Some((token, documentation))
    }

    fn indentation(&mut self, at: usize) -> usize {
        if let Some(newline) = self.text.get(self.scanned..at).and_then(|passed| passed.rfind('\n')) {
            self.line = self.scanned + newline + 1;
        }
        self.scanned = self.scanned.max(at);
        self.text[self.line..at].find(|letter: char| !letter.is_whitespace()).unwrap_or(at - self.line)
    }

    /// The item that begins with a token, if it is a plain fact.
    fn plain_fact(&self, token: scan::Token) -> Option<(tree::ItemKind, Span)> {
        plain::fact(self.text, self.file, token.start).map(|(fact, span)| (tree::ItemKind::Fact(fact), span))
    }

    /// The item that begins with a token.
    fn item(&mut self, token: scan::Token, indentation: usize) -> Made<(tree::ItemKind, Span)> {
        if token.start >= self.stretch.end {
            self.stretch = scan::stretch(self.text, token.start);
            self.mistakes = 0;
        }
        let (text, end) = (self.text, self.stretch.end);
        let sort =
            sort::of(text, &token, end).map_err(|reason| diagnose::no_item(text, self.file, &token, end, reason))?;
        if let Some(place) = &self.stretch.too_deep {
            return Err(Mistake::TooDeep.at(Span::new(self.file, place.start, place.end)));
        }
        let slice = &text[token.start..end];
        let builder = Builder { file: self.file, base: token.start };
        let pair = match first(sort.item, slice) {
            Ok(Some(pair)) => pair,
            Ok(None) => return Err(Mistake::unread(Span::new(self.file, token.start, token.end))),
            Err(error) => return Err(self.mistake(&builder, slice, sort, indentation, &error)),
        };
        let span = builder.extent(&pair);
        let rest = scan::token(text, span.end as usize, end);
        if rest.is_some_and(|rest| {
            !scan::may_begin(text, &rest)
                || sort.goes_on_with(text, &rest)
                || sort.is_denied(text, span.end as usize, &rest)
        }) {
            // What stands behind the item does not begin another: read again for what could have stood there.
            return match first(sort.whole, slice) {
                Err(error) => Err(self.mistake(&builder, slice, sort, indentation, &error)),
                Ok(_) => Err(Mistake::unread(span)),
            };
        }
        Ok((items::item(&builder, pair)?, span))
    }

    /// What was wrong where the grammar stopped.
    fn mistake(
        &mut self,
        builder: &Builder,
        slice: &str,
        sort: Sort,
        indentation: usize,
        error: &pest::error::Error<Rule>,
    ) -> Placed {
        // Where the line on which it stopped looks like another item, what was missing was missing before that line.
        let line = scan::line_of_an_item(slice, diagnose::place(error), indentation);
        let earlier = line.and_then(|line| Some((line, first(sort.whole, &slice[..line]).err()?)));
        match earlier {
            Some((line, earlier)) => {
                self.stretch.end = builder.base + line;
                diagnose::mistake(builder, &slice[..line], Some(sort), &earlier)
            }
            None => diagnose::mistake(builder, slice, Some(sort), error),
        }
    }

    /// Where to go on after a mistake in the item that begins with a token.
    fn recover(&mut self, mistake: &Placed, token: &scan::Token, indentation: usize) -> usize {
        self.mistakes += 1;
        let end = self.stretch.end;
        // Where so many mistakes follow one another without an item, more of them tell nothing.
        let hopeless = self.mistakes >= MISTAKES_IN_A_ROW || mistake.mistake == Mistake::TooDeep;
        let from = if hopeless { end } else { (mistake.span.end as usize).clamp(token.end.min(end), end) };
        // Without its own line break the end of the stretch would be passed over.
        let from = if self.text[..from].ends_with('\n') { from - 1 } else { from };
        scan::recover(self.text, from, end, indentation)
    }
}

/// The pair that a rule makes of the beginning of a text.
fn first(rule: Rule, text: &str) -> Result<Option<Pair<'_>>, Box<pest::error::Error<Rule>>> {
    Grammar::parse(rule, text).map(|mut pairs| pairs.next()).map_err(Box::new)
}

/// Reads a whole text as one thing: a condition, a statement, a time, a number.
fn only<T>(
    texts: &Texts,
    file: FileId,
    whole: Rule,
    wanted: &[Rule],
    make: fn(&Builder, Pair<'_>) -> Made<T>,
) -> Result<T, Vec<Diagnostic>> {
    let text = texts.get(file).content.as_str();
    let builder = Builder { file, base: 0 };
    let made = || {
        if let Some(place) = scan::stretch(text, 0).too_deep {
            return Err(Mistake::TooDeep.at(Span::new(file, place.start, place.end)));
        }
        let pair = first(whole, text).map_err(|error| diagnose::mistake(&builder, text, None, &error))?;
        let part = pair.and_then(|pair| pair.into_inner().find(|inner| wanted.contains(&inner.as_rule())));
        make(&builder, part.ok_or(Mistake::unread(Span::new(file, 0, text.len())))?)
    };
    made().map_err(|mistake| vec![mistake.diagnostic(texts)])
}

/// Reads a text that is one condition: `ally(russia, kazakhstan)`.
///
/// # Errors
/// What is wrong with it.
pub fn parse_condition(texts: &Texts, file: FileId) -> Result<tree::Condition, Vec<Diagnostic>> {
    only(texts, file, Rule::whole_condition, &[Rule::condition], conditions::condition)
}

/// Reads a text that is one statement of evidence: `not pressure(russia, kazakhstan, economic) from 1991`.
///
/// # Errors
/// What is wrong with it.
pub fn parse_fact(texts: &Texts, file: FileId) -> Result<tree::Fact, Vec<Diagnostic>> {
    only(texts, file, Rule::whole_fact, &[Rule::fact_item], evidence::fact)
}

/// Reads a text that is one stretch of time: `in 1992..2014`, `on 2014-01-12`.
///
/// # Errors
/// What is wrong with it.
pub fn parse_time_span(texts: &Texts, file: FileId) -> Result<tree::TimeSpan, Vec<Diagnostic>> {
    only(texts, file, Rule::whole_time_span, &[Rule::time_span], |builder, pair| time::time_span(builder, &pair))
}

/// Reads a text that is one number: `5%`.
///
/// # Errors
/// What is wrong with it.
pub fn parse_number(texts: &Texts, file: FileId) -> Result<f64, Vec<Diagnostic>> {
    only(texts, file, Rule::whole_number_text, &[Rule::signed_number], |builder, pair| builder.number(&pair))
}

/// Reads a text that is one value of a parameter: `5%`, `high`.
///
/// # Errors
/// What is wrong with it.
pub fn parse_parameter_value(texts: &Texts, file: FileId) -> Result<tree::ParameterValue, Vec<Diagnostic>> {
    only(texts, file, Rule::whole_parameter_value, &[Rule::signed_number, Rule::level], items::parameter_value)
}
