//! Dates, bounds and stretches of time.

use super::build::{Builder, Made, seek};
use super::error::Mistake;
use super::grammar::{Pair, Rule};
use super::tree::{BoundForm, DateLiteral, EndForm, TimeBound, TimeEnd, TimeSpan, TimeSpanKind};

/// `1999`, `1999-04`, `1999-04-02`, each perhaps with an era. The grammar bounds the digits.
pub(super) fn date(builder: &Builder, pair: &Pair<'_>) -> DateLiteral {
    let mut parts = pair.as_str().split([' ', '\t', '\u{a0}']);
    let mut numbers = parts.next().unwrap_or("").split('-');
    DateLiteral {
        year: numbers.next().and_then(|year| year.parse().ok()).unwrap_or(0),
        month: numbers.next().and_then(|month| month.parse().ok()),
        day: numbers.next().and_then(|day| day.parse().ok()),
        before_christ: parts.next().is_some(),
        span: builder.span(pair),
    }
}

/// `D` or `D..D`, as the two dates.
fn range(builder: &Builder, pair: &Pair<'_>) -> Made<(DateLiteral, DateLiteral)> {
    let mut dates = pair.clone().into_inner().filter(|inner| inner.as_rule() == Rule::date);
    match (dates.next(), dates.next()) {
        (Some(first), Some(last)) => Ok((date(builder, &first), date(builder, &last))),
        (Some(only), None) => {
            let only = date(builder, &only);
            Ok((only, only))
        }
        _ => Err(Mistake::unread(builder.extent(pair))),
    }
}

/// What stands after `from`, `until`, `ended` or `up to`.
pub(super) fn bound(builder: &Builder, pair: &Pair<'_>) -> Made<TimeBound> {
    let mut form = BoundForm::Plain;
    for inner in pair.clone().into_inner() {
        match inner.as_rule() {
            Rule::word_sometime => form = BoundForm::Sometime,
            Rule::word_earliest => form = BoundForm::Earliest,
            Rule::word_latest => form = BoundForm::Latest,
            Rule::date => {
                let date = date(builder, &inner);
                return Ok(TimeBound { form, first: date, last: date, span: builder.extent(pair) });
            }
            Rule::date_range => {
                let (first, last) = range(builder, &inner)?;
                return Ok(TimeBound { form, first, last, span: builder.extent(pair) });
            }
            _ => {}
        }
    }
    Err(Mistake::unread(builder.extent(pair)))
}

/// `until D`, `ended D`, `up to D`
pub(super) fn ending(builder: &Builder, pair: &Pair<'_>) -> Made<TimeEnd> {
    let mut form = EndForm::Until;
    for inner in pair.clone().into_inner() {
        match inner.as_rule() {
            Rule::word_ended => form = EndForm::Ended,
            Rule::up_to => form = EndForm::UpTo,
            Rule::bound => return Ok(TimeEnd { form, bound: bound(builder, &inner)? }),
            _ => {}
        }
    }
    Err(Mistake::unread(builder.extent(pair)))
}

/// One stretch of time.
pub(super) fn time_span(builder: &Builder, pair: &Pair<'_>) -> Made<TimeSpan> {
    let span = builder.extent(pair);
    let unread = || Mistake::unread(span);
    let mut from = None;
    let mut end = None;
    for inner in pair.clone().into_inner() {
        let mut parts = inner.clone().into_inner();
        match inner.as_rule() {
            Rule::beginning => {
                from = Some(bound(builder, &seek(&mut parts, Rule::bound).ok_or_else(unread)?)?);
            }
            Rule::ending => end = Some(ending(builder, &inner)?),
            Rule::during => {
                let (first, last) = range(builder, &seek(&mut parts, Rule::date_range).ok_or_else(unread)?)?;
                return Ok(TimeSpan { kind: TimeSpanKind::During(first, last), span });
            }
            Rule::on_day => {
                let day = date(builder, &seek(&mut parts, Rule::date).ok_or_else(unread)?);
                return Ok(TimeSpan { kind: TimeSpanKind::During(day, day), span });
            }
            Rule::undated => {
                let (first, last) = range(builder, &seek(&mut parts, Rule::date_range).ok_or_else(unread)?)?;
                return Ok(TimeSpan { kind: TimeSpanKind::Sometime(first, last), span });
            }
            _ => {}
        }
    }
    Ok(TimeSpan { kind: TimeSpanKind::Between { from, end }, span })
}

/// Stretches of time with commas between them.
pub(super) fn time_spans(builder: &Builder, pair: &Pair<'_>) -> Made<Vec<TimeSpan>> {
    let mut spans = Vec::with_capacity(1);
    for inner in pair.clone().into_inner() {
        if inner.as_rule() == Rule::time_span {
            spans.push(time_span(builder, &inner)?);
        }
    }
    Ok(spans)
}
