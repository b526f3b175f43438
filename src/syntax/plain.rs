//! Plain facts, read without the grammar.
//!
//! Files of evidence hold hundreds of thousands of facts of a few simple shapes, and the
//! grammar takes twenty times as long for each. What is not of these shapes, or not
//! certainly right, is left to the grammar, which alone says what the language is and
//! what is wrong with a text; a test holds the two to the same trees.

use super::tree::{
    BoundForm, Citation, DateLiteral, EndForm, Fact, FactArgument, FactArgumentKind, FactValue, FactValueKind, Name,
    Polarity, QualifiedName, Quoted, Term, TermKind, TimeBound, TimeEnd, TimeSpan, TimeSpanKind,
};
use super::words::Reservation;
use super::{numbers, scan};
use crate::text::{FileId, Span};

/// The fact that begins at a place and where it ends, if it is a plain one and another item may follow it.
pub(super) fn fact(text: &str, file: FileId, start: usize) -> Option<(Fact, Span)> {
    let mut reader = Plain { text, bytes: text.as_bytes(), file, at: start, end: start };
    let fact = reader.fact()?;
    let end = reader.end;
    let ended = scan::token(text, end, text.len()).is_none_or(|next| scan::may_begin(text, &next));
    ended.then(|| (fact, Span::new(file, start, end)))
}

#[derive(Clone, Copy)]
struct Plain<'text> {
    text: &'text str,
    bytes: &'text [u8],
    file: FileId,
    at: usize,
    /// The end of the last token that belongs to the fact.
    end: usize,
}

impl<'text> Plain<'text> {
    fn span(&self, start: usize, end: usize) -> Span {
        Span::new(self.file, start, end)
    }

    fn peek(&self) -> u8 {
        self.bytes.get(self.at).copied().unwrap_or(0)
    }

    fn skip(&mut self) {
        while matches!(self.peek(), b' ' | b'\t' | b'\n' | b'\r') {
            self.at += 1;
        }
    }

    fn skip_blanks(&mut self) {
        while matches!(self.peek(), b' ' | b'\t') {
            self.at += 1;
        }
    }

    /// A sign, and the whitespace before it.
    fn sign(&mut self, sign: u8) -> Option<()> {
        self.skip();
        (self.peek() == sign).then(|| {
            self.at += 1;
            self.end = self.at;
        })
    }

    fn is_word(byte: u8) -> bool {
        byte.is_ascii_alphanumeric() || byte == b'_'
    }

    /// A word of plain letters that begins small, and the whitespace before it.
    fn word(&mut self) -> Option<(&'text str, usize)> {
        self.skip();
        let start = self.at;
        if !self.peek().is_ascii_lowercase() {
            return None;
        }
        while Self::is_word(self.peek()) {
            self.at += 1;
        }
        self.end = self.at;
        // Other letters, and spaces of another kind, are the grammar's business.
        self.peek().is_ascii().then(|| (&self.text[start..self.at], start))
    }

    /// A word that is not reserved.
    fn name(&mut self) -> Option<Name> {
        let (word, start) = self.word()?;
        let span = self.span(start, self.at);
        Reservation::of(word).is_none().then(|| Name { text: word.to_owned(), quoted: false, span })
    }

    /// A quotation without escapes.
    fn quotation(&mut self) -> Option<Quoted> {
        self.skip();
        let start = self.at;
        if self.peek() != b'"' {
            return None;
        }
        let inside = &self.bytes[start + 1..];
        let length = inside.iter().position(|byte| matches!(byte, b'"' | b'\\') || (*byte < b' ' && *byte != b'\t'))?;
        if inside[length] != b'"' {
            return None;
        }
        self.at = start + length + 2;
        self.end = self.at;
        Some(Quoted { text: self.text[start + 1..self.at - 1].to_owned(), span: self.span(start, self.at) })
    }

    fn fact(&mut self) -> Option<Fact> {
        let mut polarity = Polarity::For;
        let (mut word, mut start) = self.word()?;
        if matches!(word, "not" | "unknown") && self.peek() != b'(' {
            polarity = if word == "not" { Polarity::Against } else { Polarity::Unknown };
            (word, start) = self.word()?;
        }
        if Reservation::of(word).is_some() {
            return None;
        }
        let span = self.span(start, self.at);
        let name = Name { text: word.to_owned(), quoted: false, span };
        self.skip_blanks();
        if self.peek() != b'(' {
            return None;
        }
        let arguments = self.arguments()?;
        let mut fact = Fact {
            polarity,
            mutually: false,
            either_way: false,
            name: QualifiedName { framework: None, name, span },
            arguments,
            atom_span: self.span(start, self.at),
            value: None,
            spans: Vec::new(),
            citations: Vec::new(),
            note: None,
        };
        if self.sign(b'=').is_some() {
            fact.value = Some(self.value()?);
        }
        self.clauses(&mut fact)?;
        Some(fact)
    }

    fn arguments(&mut self) -> Option<Vec<FactArgument>> {
        let mut arguments = Vec::with_capacity(3);
        self.sign(b'(')?;
        loop {
            arguments.push(self.argument()?);
            if self.sign(b')').is_some() {
                arguments.shrink_to_fit();
                return Some(arguments);
            }
            self.sign(b',')?;
        }
    }

    fn argument(&mut self) -> Option<FactArgument> {
        self.skip();
        let start = self.at;
        let kind = match self.peek() {
            b'{' => FactArgumentKind::Set(self.set()?),
            b'"' => FactArgumentKind::One(self.term()?),
            _ => {
                let (word, start) = self.word()?;
                match word {
                    "only" => {
                        self.skip();
                        FactArgumentKind::Only(if self.peek() == b'{' { self.set()? } else { vec![self.term()?] })
                    }
                    word => FactArgumentKind::One(self.individual(word, start)?),
                }
            }
        };
        Some(FactArgument { kind, span: self.span(start, self.at) })
    }

    fn individual(&self, word: &str, start: usize) -> Option<Term> {
        let span = self.span(start, self.at);
        Reservation::of(word).is_none().then(|| Term { kind: TermKind::Name(word.to_owned()), span })
    }

    fn term(&mut self) -> Option<Term> {
        self.skip();
        if self.peek() == b'"' {
            let quoted = self.quotation()?;
            return Some(Term { kind: TermKind::Quoted(quoted.text), span: quoted.span });
        }
        let (word, start) = self.word()?;
        self.individual(word, start)
    }

    fn set(&mut self) -> Option<Vec<Term>> {
        let mut terms = Vec::with_capacity(4);
        self.sign(b'{')?;
        loop {
            terms.push(self.term()?);
            if self.sign(b'}').is_some() {
                return Some(terms);
            }
            self.sign(b',')?;
        }
    }

    fn digits(&mut self) -> &'text str {
        let start = self.at;
        while self.peek().is_ascii_digit() {
            self.at += 1;
        }
        &self.text[start..self.at]
    }

    /// Whether neither a word nor a letter beyond the plain ones goes on here.
    fn ends_word(&self) -> bool {
        self.peek().is_ascii() && !Self::is_word(self.peek())
    }

    fn value(&mut self) -> Option<FactValue> {
        self.skip();
        let start = self.at;
        if self.peek().is_ascii_lowercase() {
            let level = self.name()?;
            return Some(FactValue { kind: FactValueKind::Level(level.text), span: level.span });
        }
        if self.peek() == b'-' {
            self.at += 1;
        }
        if self.digits().is_empty() {
            return None;
        }
        if self.peek() == b'.' {
            self.at += 1;
            if self.digits().is_empty() {
                return None;
            }
        }
        self.end = self.at;
        if !self.ends_word() {
            return None;
        }
        self.skip_blanks();
        if self.peek().is_ascii_lowercase() {
            match self.peek_word() {
                "" => return None,
                "thousand" | "million" | "billion" | "trillion" => {
                    self.word()?;
                    if scan::after_blanks(self.text, self.at, self.text.len()) == Some(b'(') {
                        return None;
                    }
                }
                _ => {}
            }
        } else if matches!(self.peek(), b'-' | b'%') || !self.peek().is_ascii() {
            return None;
        }
        self.at = self.end;
        let number = numbers::value(&self.text[start..self.at])?;
        Some(FactValue { kind: FactValueKind::Number(number), span: self.span(start, self.at) })
    }

    /// Time, sources and a note, each once.
    fn clauses(&mut self, fact: &mut Fact) -> Option<()> {
        loop {
            self.skip();
            match self.peek() {
                b'[' if fact.citations.is_empty() => fact.citations = self.citations()?,
                b'"' if fact.note.is_none() => fact.note = Some(self.quotation()?),
                b'[' | b'"' => return None,
                b'f' | b'u' | b'e' | b'i' | b'o' | b's' => {
                    let end = self.end;
                    let (word, start) = self.word()?;
                    if !matches!(word, "from" | "until" | "ended" | "up" | "in" | "on" | "sometime") {
                        (self.at, self.end) = (start, end);
                        return Some(());
                    }
                    if !fact.spans.is_empty() {
                        return None;
                    }
                    fact.spans = self.time_spans(word, start)?;
                }
                _ => return Some(()),
            }
        }
    }

    fn citations(&mut self) -> Option<Vec<Citation>> {
        let mut citations = Vec::with_capacity(1);
        self.sign(b'[')?;
        loop {
            let source = self.name()?;
            let locator = if self.sign(b',').is_some() { Some(self.quotation()?) } else { None };
            citations.push(Citation { source, locator });
            if self.sign(b']').is_some() {
                return Some(citations);
            }
            self.sign(b';')?;
        }
    }

    fn time_spans(&mut self, word: &str, start: usize) -> Option<Vec<TimeSpan>> {
        let mut spans = Vec::with_capacity(1);
        spans.push(self.time_span(word, start)?);
        while self.sign(b',').is_some() {
            let (word, start) = self.word()?;
            spans.push(self.time_span(word, start)?);
        }
        Some(spans)
    }

    fn time_span(&mut self, word: &str, start: usize) -> Option<TimeSpan> {
        let kind = match word {
            "from" => {
                let from = Some(self.bound()?);
                let end = match self.peek_word() {
                    "until" | "ended" | "up" => {
                        let (word, _) = self.word()?;
                        Some(self.ending(word)?)
                    }
                    _ => None,
                };
                TimeSpanKind::Between { from, end }
            }
            "until" | "ended" | "up" => TimeSpanKind::Between { from: None, end: Some(self.ending(word)?) },
            "in" => {
                let (first, last) = self.range()?;
                TimeSpanKind::During(first, last)
            }
            "on" => {
                let day = self.date()?;
                TimeSpanKind::During(day, day)
            }
            "sometime" => {
                let (word, _) = self.word()?;
                if word != "in" {
                    return None;
                }
                let (first, last) = self.range()?;
                TimeSpanKind::Sometime(first, last)
            }
            _ => return None,
        };
        Some(TimeSpan { kind, span: self.span(start, self.end) })
    }

    /// The next word, without reading it; empty where there is none that is plain.
    fn peek_word(&self) -> &'text str {
        let mut ahead = *self;
        ahead.word().map_or("", |(word, _)| word)
    }

    fn ending(&mut self, word: &str) -> Option<TimeEnd> {
        let form = match word {
            "until" => EndForm::Until,
            "ended" => EndForm::Ended,
            _ => {
                let (word, _) = self.word()?;
                if word != "to" {
                    return None;
                }
                EndForm::UpTo
            }
        };
        Some(TimeEnd { form, bound: self.bound()? })
    }

    fn bound(&mut self) -> Option<TimeBound> {
        self.skip();
        let start = self.at;
        let mut form = BoundForm::Plain;
        if !self.peek().is_ascii_digit() {
            form = match self.word()?.0 {
                "earliest" => BoundForm::Earliest,
                "latest" => BoundForm::Latest,
                "sometime" if self.word()?.0 == "in" => BoundForm::Sometime,
                _ => return None,
            };
        }
        let (first, last) = if form == BoundForm::Sometime {
            self.range()?
        } else {
            let date = self.date()?;
            (date, date)
        };
        Some(TimeBound { form, first, last, span: self.span(start, self.end) })
    }

    fn range(&mut self) -> Option<(DateLiteral, DateLiteral)> {
        let first = self.date()?;
        self.skip();
        if !self.bytes[self.at..].starts_with(b"..") {
            return Some((first, first));
        }
        self.at += 2;
        Some((first, self.date()?))
    }

    fn date(&mut self) -> Option<DateLiteral> {
        self.skip();
        let start = self.at;
        let year = self.digits();
        if !(1..=4).contains(&year.len()) {
            return None;
        }
        let year = year.parse().ok()?;
        let mut parts = [None, None];
        for part in &mut parts {
            if self.peek() != b'-' {
                break;
            }
            self.at += 1;
            let number = self.digits();
            if number.len() != 2 {
                return None;
            }
            *part = number.parse().ok();
        }
        self.end = self.at;
        if !self.ends_word() || self.peek() == b'-' {
            return None;
        }
        self.skip_blanks();
        // An era, or a kind of space that the grammar knows better.
        if self.peek() == b'B' || !self.peek().is_ascii() {
            return None;
        }
        self.at = self.end;
        let [month, day] = parts;
        Some(DateLiteral { year, before_christ: false, month, day, span: self.span(start, self.end) })
    }
}
