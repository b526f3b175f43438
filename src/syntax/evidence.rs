//! Facts, completeness, assertions and cases.

use super::build::{Builder, Made, seek};
use super::conditions;
use super::error::{Clause, Mistake};
use super::grammar::{Pair, Rule};
use super::time;
use super::tree::{
    AssertedVerdict, Assertion, AssertionKind, Cases, Citation, Completeness, Fact, FactArgument, FactArgumentKind,
    FactValue, FactValueKind, Polarity, Preference, PreferenceScope, Quoted, Term, TimeSpan,
};
use crate::text::Span;
use crate::verdict::Verdict;

/// What may follow a statement in any order, each once.
#[derive(Default)]
struct Clauses {
    spans: Vec<TimeSpan>,
    citations: Vec<Citation>,
    note: Option<Quoted>,
    seen: Once,
}

/// Where each clause was first written, so that a second one can be refused.
#[derive(Default)]
pub(super) struct Once(Vec<(Clause, Span)>);

impl Once {
    /// Notes a clause; refuses it the second time.
    pub(super) fn note(&mut self, clause: Clause, span: Span) -> Made<()> {
        match self.0.iter().find(|(other, _)| *other == clause) {
            Some((_, first)) => Err(Mistake::DuplicateClause { clause, first: *first }.at(span)),
            None => {
                self.0.push((clause, span));
                Ok(())
            }
        }
    }
}

impl Clauses {
    fn add(&mut self, builder: &Builder, pair: &Pair<'_>) -> Made<()> {
        match pair.as_rule() {
            Rule::time_spans => {
                self.seen.note(Clause::Time, builder.extent(pair))?;
                self.spans = time::time_spans(builder, pair)?;
            }
            Rule::citations => {
                self.seen.note(Clause::Citations, builder.extent(pair))?;
                self.citations = citations(builder, pair)?;
            }
            Rule::note => {
                self.seen.note(Clause::Note, builder.extent(pair))?;
                self.note = Some(builder.string(pair)?);
            }
            _ => {}
        }
        Ok(())
    }
}

/// A statement of evidence.
pub(super) fn fact(builder: &Builder, pair: Pair<'_>) -> Made<Fact> {
    let whole = pair.clone();
    let mut polarity = None;
    let mut mutually: Option<Span> = None;
    let mut either_way = false;
    let mut name = None;
    let mut arguments = Vec::with_capacity(3);
    let mut atom_span = None;
    let mut value = None;
    let mut clauses = Clauses::default();
    for inner in pair.into_inner() {
        match inner.as_rule() {
            Rule::fact_sign => {
                let span = builder.extent(&inner);
                match inner.into_inner().next().map(|sign| sign.as_rule()) {
                    Some(Rule::word_mutually) => {
                        if let Some(first) = mutually.replace(span) {
                            return Err(Mistake::DuplicateClause { clause: Clause::Mutually, first }.at(span));
                        }
                    }
                    Some(Rule::either_way) => either_way = true,
                    sign => {
                        let new = if sign == Some(Rule::word_not) { Polarity::Against } else { Polarity::Unknown };
                        if let Some((_, first)) = polarity.replace((new, span)) {
                            return Err(Mistake::DuplicateClause { clause: Clause::Polarity, first }.at(span));
                        }
                    }
                }
            }
            Rule::callee => {
                let qualified = builder.qualified(&inner);
                atom_span = Some(qualified.span);
                name = Some(qualified);
            }
            Rule::argument => arguments.push(argument(builder, inner)?),
            Rule::close => atom_span = atom_span.map(|span| span.to(builder.span(&inner))),
            Rule::fact_value => value = Some(fact_value(builder, &inner)?),
            _ => clauses.add(builder, &inner)?,
        }
    }
    let (Some(name), Some(atom_span)) = (name, atom_span) else {
        return Err(Mistake::unread(builder.extent(&whole)));
    };
    arguments.shrink_to_fit();
    Ok(Fact {
        polarity: polarity.map_or(Polarity::For, |(polarity, _)| polarity),
        mutually: mutually.is_some(),
        either_way,
        name,
        arguments,
        atom_span,
        value,
        spans: clauses.spans,
        citations: clauses.citations,
        note: clauses.note,
    })
}

fn fact_value(builder: &Builder, pair: &Pair<'_>) -> Made<FactValue> {
    let mut inner = pair.clone().into_inner();
    inner.next();
    let value = inner.next().ok_or_else(|| Mistake::unread(builder.extent(pair)))?;
    let span = builder.extent(&value);
    let kind = match value.as_rule() {
        Rule::signed_number => FactValueKind::Number(builder.number(&value)?),
        _ => FactValueKind::Level(builder.name_or_string(value)?.text),
    };
    Ok(FactValue { kind, span })
}

/// An individual, a set of them, or `only` either.
pub(super) fn argument(builder: &Builder, pair: Pair<'_>) -> Made<FactArgument> {
    let span = builder.extent(&pair);
    let inner = pair.into_inner().next().ok_or(Mistake::unread(span))?;
    let kind = match inner.as_rule() {
        Rule::set => FactArgumentKind::Set(terms(builder, inner)?),
        Rule::only => {
            let mut only = inner.into_inner();
            only.next();
            let of = only.next().ok_or(Mistake::unread(span))?;
            FactArgumentKind::Only(match of.as_rule() {
                Rule::set => terms(builder, of)?,
                _ => vec![builder.term(of)?],
            })
        }
        _ => FactArgumentKind::One(builder.term(inner)?),
    };
    Ok(FactArgument { kind, span })
}

fn terms(builder: &Builder, set: Pair<'_>) -> Made<Vec<Term>> {
    set.into_inner()
        .filter(|inner| !matches!(inner.as_rule(), Rule::open_set | Rule::close_set | Rule::comma))
        .map(|inner| builder.term(inner))
        .collect()
}

pub(super) fn citations(builder: &Builder, pair: &Pair<'_>) -> Made<Vec<Citation>> {
    let mut citations = Vec::with_capacity(1);
    for inner in pair.clone().into_inner().filter(|inner| inner.as_rule() == Rule::citation) {
        let mut source = None;
        let mut locator = None;
        for part in inner.clone().into_inner() {
            match part.as_rule() {
                Rule::any_name => {
                    builder.free(&part)?;
                    source = Some(builder.name(&part));
                }
                Rule::string => locator = Some(builder.string(&part)?),
                _ => {}
            }
        }
        citations.push(Citation { source: source.ok_or_else(|| Mistake::unread(builder.extent(&inner)))?, locator });
    }
    Ok(citations)
}

/// `complete p(_, a) from D [source]`
pub(super) fn completeness(builder: &Builder, pair: Pair<'_>) -> Made<Completeness> {
    let whole = pair.clone();
    let mut name = None;
    let mut arguments: Option<Vec<FactArgument>> = None;
    let mut clauses = Clauses::default();
    for inner in pair.into_inner() {
        match inner.as_rule() {
            Rule::callee | Rule::qualified => name = Some(builder.qualified(&inner)),
            Rule::argument => arguments.get_or_insert_default().push(argument(builder, inner)?),
            _ => clauses.add(builder, &inner)?,
        }
    }
    Ok(Completeness {
        name: name.ok_or_else(|| Mistake::unread(builder.extent(&whole)))?,
        arguments,
        spans: clauses.spans,
        citations: clauses.citations,
        note: clauses.note,
    })
}

/// `prefer s over t for p(a, _) from D "note"`
pub(super) fn preference(builder: &Builder, pair: Pair<'_>) -> Made<Preference> {
    let whole = builder.extent(&pair);
    let (mut preferred, mut over, mut about) = (None, None, None);
    let mut clauses = Clauses::default();
    for inner in pair.into_inner() {
        match inner.as_rule() {
            Rule::name if preferred.is_none() => preferred = Some(builder.name(&inner)),
            Rule::name => over = Some(builder.name(&inner)),
            Rule::preferred => {
                clauses.seen.note(Clause::Preferred, builder.extent(&inner))?;
                about = Some(preference_scope(builder, inner)?);
            }
            _ => clauses.add(builder, &inner)?,
        }
    }
    Ok(Preference {
        preferred: preferred.ok_or(Mistake::unread(whole))?,
        over: over.ok_or(Mistake::unread(whole))?,
        about,
        spans: clauses.spans,
        note: clauses.note,
    })
}

fn preference_scope(builder: &Builder, pair: Pair<'_>) -> Made<PreferenceScope> {
    let whole = builder.extent(&pair);
    let mut name = None;
    let mut arguments: Option<Vec<FactArgument>> = None;
    for inner in pair.into_inner() {
        match inner.as_rule() {
            Rule::callee | Rule::qualified => name = Some(builder.qualified(&inner)),
            Rule::argument => arguments.get_or_insert_default().push(argument(builder, inner)?),
            _ => {}
        }
    }
    Ok(PreferenceScope { name: name.ok_or(Mistake::unread(whole))?, arguments })
}

/// `expect …` or `claim …`
pub(super) fn assertion(builder: &Builder, pair: Pair<'_>) -> Made<Assertion> {
    let whole = pair.clone();
    let claim = pair.as_rule() == Rule::claim_item;
    let mut condition = None;
    let mut time = None;
    let mut verdict = None;
    let mut failing = Vec::new();
    let mut by = Vec::new();
    let mut clauses = Clauses::default();
    for inner in pair.into_inner() {
        let named = || {
            seek(&mut inner.clone().into_inner(), Rule::named)
                .ok_or_else(|| Mistake::unread(builder.extent(&inner)))
                .and_then(|named| conditions::named(builder, &named))
        };
        match inner.as_rule() {
            Rule::condition => condition = Some(conditions::condition(builder, inner)?),
            Rule::time_span => {
                clauses.seen.note(Clause::Time, builder.extent(&inner))?;
                time = Some(time::time_span(builder, &inner)?);
            }
            Rule::verdict_clause => {
                clauses.seen.note(Clause::Verdict, builder.extent(&inner))?;
                verdict = self::verdict(builder, &inner);
            }
            Rule::failing => failing.push(named()?),
            Rule::by => by.push(named()?),
            _ => clauses.add(builder, &inner)?,
        }
    }
    Ok(Assertion {
        kind: if claim { AssertionKind::Claim(clauses.citations) } else { AssertionKind::Expect },
        condition: condition.ok_or_else(|| Mistake::unread(builder.extent(&whole)))?,
        time,
        verdict,
        failing,
        by,
        note: clauses.note,
    })
}

fn verdict(builder: &Builder, pair: &Pair<'_>) -> Option<AssertedVerdict> {
    let pair = seek(&mut pair.clone().into_inner(), Rule::verdict)?;
    let verdict = match pair.clone().into_inner().next()?.as_rule() {
        Rule::met => Verdict::Met,
        Rule::undetermined => Verdict::Undetermined,
        Rule::contested => Verdict::Contested,
        Rule::not_met => Verdict::NotMet,
        _ => Verdict::NotApplicable,
    };
    Some(AssertedVerdict { verdict, span: builder.extent(&pair) })
}

/// `cases ally over russia, stans in 1992..2014`
pub(super) fn cases(builder: &Builder, pair: Pair<'_>) -> Made<Cases> {
    let whole = pair.clone();
    let mut name = None;
    let mut over = Vec::new();
    let mut time = None;
    for inner in pair.into_inner() {
        match inner.as_rule() {
            Rule::qualified => name = Some(builder.qualified(&inner)),
            Rule::argument => over.push(argument(builder, inner)?),
            Rule::time_span => time = Some(time::time_span(builder, &inner)?),
            _ => {}
        }
    }
    Ok(Cases { name: name.ok_or_else(|| Mistake::unread(builder.extent(&whole)))?, over, time })
}
