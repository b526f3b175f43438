//! What all makers of trees share: places, names, strings and numbers.

use super::error::{Mistake, Placed};
use super::grammar::{Pair, Pairs, Rule};
use super::tree::{Name, QualifiedName, Quoted, Term, TermKind};
use super::{numbers, time, words};
use crate::text::{FileId, Span};

/// The first mistake in an item ends the making of it.
pub(super) type Made<T> = Result<T, Placed>;

/// Turns the pairs of one item into its tree.
#[derive(Clone, Copy)]
pub(super) struct Builder {
    /// The text that is read.
    pub file: FileId,
    /// Where in it the slice begins that pest was given.
    pub base: usize,
}

impl Builder {
    /// The place of a token.
    pub(super) fn span(&self, pair: &Pair<'_>) -> Span {
        let span = pair.as_span();
        Span::new(self.file, self.base + span.start(), self.base + span.end())
    }

    /// The place of a compound without the whitespace that pest counts to it at its end.
    pub(super) fn extent(&self, pair: &Pair<'_>) -> Span {
        let mut last = pair.clone();
        while let Some(inner) = last.clone().into_inner().next_back() {
            last = inner;
        }
        let start = self.base + pair.as_span().start();
        Span::new(self.file, start, (self.base + last.as_span().end()).max(start))
    }

    /// A name where no parenthesis follows.
    pub(super) fn name(&self, pair: &Pair<'_>) -> Name {
        Name { text: pair.as_str().to_owned(), quoted: false, span: self.span(pair) }
    }

    /// A name, or a string that stands for one.
    pub(super) fn name_or_string(&self, pair: Pair<'_>) -> Made<Name> {
        let token = match pair.as_rule() {
            Rule::name | Rule::string | Rule::any_name | Rule::any_individual => pair,
            _ => match pair.clone().into_inner().next() {
                Some(inner) => inner,
                None => pair,
            },
        };
        if token.as_str().starts_with('"') {
            let quoted = self.string(&token)?;
            return Ok(Name { text: quoted.text, quoted: true, span: quoted.span });
        }
        self.free(&token)?;
        Ok(self.name(&token))
    }

    /// Refuses a reserved word where the grammar took any word for speed.
    pub(super) fn free(&self, token: &Pair<'_>) -> Made<()> {
        match words::Reservation::of(token.as_str()) {
            Some(reservation) if matches!(token.as_rule(), Rule::any_name | Rule::any_individual) => {
                Err(Mistake::ReservedWord { word: token.as_str().to_owned(), reservation }.at(self.span(token)))
            }
            _ => Ok(()),
        }
    }

    /// `qualified` or `callee`.
    pub(super) fn qualified(&self, pair: &Pair<'_>) -> QualifiedName {
        let mut inner = pair.clone().into_inner();
        let first = inner.next().unwrap_or_else(|| pair.clone());
        match inner.next() {
            Some(second) => {
                let framework = self.name(&first);
                let name = self.name(&second);
                let span = framework.span.to(name.span);
                QualifiedName { framework: Some(framework), name, span }
            }
            None => {
                let name = self.name(&first);
                let span = name.span;
                QualifiedName { framework: None, name, span }
            }
        }
    }

    /// A string, or a `label`, `note` that holds one.
    pub(super) fn string(&self, pair: &Pair<'_>) -> Made<Quoted> {
        let token = match pair.as_rule() {
            Rule::label | Rule::note => pair.clone().into_inner().next().unwrap_or_else(|| pair.clone()),
            _ => pair.clone(),
        };
        let span = self.span(&token);
        let written = token.as_str();
        let inside = written.get(1..written.len().saturating_sub(1)).unwrap_or("");
        if !inside.contains('\\') {
            return Ok(Quoted { text: inside.to_owned(), span });
        }
        let mut text = String::with_capacity(inside.len());
        let mut rest = inside;
        while let Some(at) = rest.find('\\') {
            text.push_str(&rest[..at]);
            let after = &rest[at + 1..];
            let place = span.start as usize + 1 + (inside.len() - rest.len()) + at;
            let (means, used) = match after.chars().next() {
                Some(mark @ ('"' | '\\')) => (mark, 1),
                Some('n') => ('\n', 1),
                Some('t') => ('\t', 1),
                // A string goes on after a line that ends in a backslash; the indentation is not part of it.
                Some('\n' | '\r') => {
                    rest = after.trim_start();
                    continue;
                }
                other => {
                    let length = 1 + other.map_or(0, char::len_utf8);
                    let span = Span::new(self.file, place, place + length);
                    return Err(Mistake::UnknownEscape { written: other }.at(span));
                }
            };
            text.push(means);
            rest = &after[used..];
        }
        text.push_str(rest);
        Ok(Quoted { text, span })
    }

    /// `number`, `signed_number` or `whole_number`.
    pub(super) fn number(&self, pair: &Pair<'_>) -> Made<f64> {
        numbers::value(pair.as_str())
            .ok_or_else(|| Mistake::NumberTooLarge { written: pair.as_str().to_owned() }.at(self.span(pair)))
    }

    /// An argument.
    pub(super) fn term(&self, pair: Pair<'_>) -> Made<Term> {
        let token = match pair.as_rule() {
            Rule::term => match pair.clone().into_inner().next() {
                Some(inner) => inner,
                None => pair,
            },
            _ => pair,
        };
        let span = self.span(&token);
        let kind = match token.as_rule() {
            Rule::variable => TermKind::Variable(token.as_str().to_owned()),
            Rule::wildcard => TermKind::Wildcard,
            Rule::string => TermKind::Quoted(self.string(&token)?.text),
            Rule::dated | Rule::date => {
                let date = time::date(self, &token);
                if date.month.is_none() && !date.before_christ {
                    TermKind::Number(f64::from(date.year))
                } else {
                    TermKind::Date(date)
                }
            }
            Rule::signed_number => TermKind::Number(self.number(&token)?),
            _ => {
                self.free(&token)?;
                TermKind::Name(token.as_str().to_owned())
            }
        };
        Ok(Term { kind, span })
    }
}

/// The first pair of a rule at or after the next.
pub(super) fn seek<'text>(pairs: &mut Pairs<'text>, rule: Rule) -> Option<Pair<'text>> {
    pairs.by_ref().find(|pair| pair.as_rule() == rule)
}
