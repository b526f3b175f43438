//! Values and conditions on the cells of a row, and the dates made of them.

use super::MAXIMUM_DEPTH;
use super::build::{Builder, Made, seek};
use super::error::Mistake;
use super::expressions::{arithmetic_operator, comparison_operator};
use super::grammar::{Pair, Rule};
use super::time;
use super::tree::{
    ArithmeticOperator, BoundForm, Cell, CellBound, CellDate, CellDateKind, CellSpan, CellSpanKind, Cells, CellsKind,
    EndForm, Name,
};
use crate::text::Span;
use std::iter::Peekable;
use std::vec::IntoIter;

type Parts<'text> = Peekable<IntoIter<Pair<'text>>>;

/// `row.column`
pub(super) fn cell(builder: &Builder, pair: &Pair<'_>) -> Made<Cell> {
    let span = builder.extent(pair);
    let mut inner = pair.clone().into_inner();
    let unread = || Mistake::unread(span);
    let row = builder.name(&inner.next().ok_or_else(unread)?);
    let column = inner.next().and_then(|column| column.into_inner().next()).ok_or_else(unread)?;
    let column = match column.as_rule() {
        Rule::string => {
            let quoted = builder.string(&column)?;
            Name { text: quoted.text, quoted: true, span: quoted.span }
        }
        _ => builder.name(&column),
    };
    Ok(Cell { row, column, span })
}

/// A `cell_condition` of the grammar that must be a condition.
pub(super) fn condition(builder: &Builder, pair: Pair<'_>) -> Made<Cells> {
    let text = pair.as_span().get_input();
    flat(builder, pair, 0).and_then(as_condition).map_err(|mut placed| {
        if let Mistake::CellNotACondition { instead } = &mut placed.mistake {
            let place = |at: u32| (at as usize).saturating_sub(builder.base);
            let (start, end) = (place(placed.span.start), place(placed.span.end));
            *instead =
                text.get(start..end).zip(text.get(end..)).and_then(|(value, behind)| comparison_meant(value, behind));
        }
        placed
    })
}

/// `row.x = 1`, where `row.x is 1` is written; `behind` is what follows the value.
fn comparison_meant(value: &str, behind: &str) -> Option<String> {
    let mut words = behind.lines().next()?.split_whitespace();
    let is_meant = words.next().is_some_and(|word| word == "is");
    match (is_meant.then(|| words.next())??, words.next()) {
        ("missing", _) => Some(format!("missing({value})")),
        ("not", Some("missing")) => Some(format!("not missing({value})")),
        ("not", Some(other)) => Some(format!("{value} != {other}")),
        (other, _) => Some(format!("{value} = {other}")),
    }
}

/// A `cell_sum` of the grammar that must be a value.
pub(super) fn value(builder: &Builder, pair: Pair<'_>) -> Made<Cells> {
    let cells = flat(builder, pair, 0)?;
    as_value(cells)
}

fn is_condition(kind: &CellsKind) -> bool {
    matches!(
        kind,
        CellsKind::Missing(_)
            | CellsKind::Not(_)
            | CellsKind::And(_)
            | CellsKind::Or(_)
            | CellsKind::In(..)
            | CellsKind::Comparison(..)
    )
}

fn as_value(cells: Cells) -> Made<Cells> {
    if is_condition(&cells.kind) { Err(Mistake::NotAValue { sign: None }.at(cells.span)) } else { Ok(cells) }
}

fn as_condition(cells: Cells) -> Made<Cells> {
    if is_condition(&cells.kind) { Ok(cells) } else { Err(Mistake::CellNotACondition { instead: None }.at(cells.span)) }
}

/// Operands and signs in one list, from the loosest sign to the tightest.
fn flat(builder: &Builder, pair: Pair<'_>, depth: usize) -> Made<Cells> {
    let whole = builder.extent(&pair);
    if depth > MAXIMUM_DEPTH {
        return Err(Mistake::TooDeep.at(whole));
    }
    let parts: Vec<Pair<'_>> = pair.into_inner().collect();
    // A chain of sums nests as deep as it is long.
    if parts.len() > 2 * MAXIMUM_DEPTH {
        return Err(Mistake::TooDeep.at(whole));
    }
    let mut parts = parts.into_iter().peekable();
    alternatives(builder, &mut parts, depth)
}

fn next_is(parts: &mut Parts<'_>, rule: Rule) -> bool {
    parts.next_if(|part| part.as_rule() == rule).is_some()
}

fn alternatives(builder: &Builder, parts: &mut Parts<'_>, depth: usize) -> Made<Cells> {
    let first = conjunction(builder, parts, depth)?;
    let mut all = vec![first];
    while next_is(parts, Rule::word_or) {
        all.push(conjunction(builder, parts, depth)?);
    }
    joined(all, CellsKind::Or)
}

fn conjunction(builder: &Builder, parts: &mut Parts<'_>, depth: usize) -> Made<Cells> {
    let mut all = vec![negated(builder, parts, depth)?];
    while next_is(parts, Rule::word_and) {
        all.push(negated(builder, parts, depth)?);
    }
    joined(all, CellsKind::And)
}

fn joined(mut all: Vec<Cells>, kind: fn(Vec<Cells>) -> CellsKind) -> Made<Cells> {
    match (all.pop(), all.is_empty()) {
        (Some(only), true) => Ok(only),
        (Some(last), false) => {
            all.push(last);
            let all: Vec<Cells> = all.into_iter().map(as_condition).collect::<Made<_>>()?;
            let span = all[0].span.to(all[all.len() - 1].span);
            Ok(Cells { kind: kind(all), span })
        }
        (None, _) => Err(Mistake::unread(Span::new(crate::text::FileId(0), 0, 0))),
    }
}

fn negated(builder: &Builder, parts: &mut Parts<'_>, depth: usize) -> Made<Cells> {
    let Some(sign) = parts.next_if(|part| part.as_rule() == Rule::word_not) else {
        return comparison(builder, parts, depth);
    };
    let inner = as_condition(negated(builder, parts, depth)?)?;
    let span = builder.span(&sign).to(inner.span);
    Ok(Cells { kind: CellsKind::Not(Box::new(inner)), span })
}

fn comparison(builder: &Builder, parts: &mut Parts<'_>, depth: usize) -> Made<Cells> {
    let left = sum(builder, parts, depth)?;
    if let Some(membership) = parts.next_if(|part| part.as_rule() == Rule::membership) {
        let left = as_value(left)?;
        let span = left.span.to(builder.extent(&membership));
        let mut members = Vec::new();
        for literal in membership.into_inner().filter(|part| part.as_rule() == Rule::each_literal) {
            let inner = literal.into_inner().next();
            members.push(operand(builder, inner.ok_or_else(|| Mistake::unread(span))?, depth)?);
        }
        return Ok(Cells { kind: CellsKind::In(Box::new(left), members), span });
    }
    let Some(operator) = parts.peek().and_then(|part| comparison_operator(part.as_rule())) else { return Ok(left) };
    let sign = parts.next().map_or(left.span, |sign| builder.span(&sign));
    let (left, right) = (as_value(left)?, as_value(sum(builder, parts, depth)?)?);
    if parts.peek().and_then(|part| comparison_operator(part.as_rule())).is_some() {
        let second = parts.next().map_or(sign, |sign| builder.span(&sign));
        return Err(Mistake::ChainedComparison { first: sign, middle: right.span }.at(second));
    }
    let span = left.span.to(right.span);
    Ok(Cells { kind: CellsKind::Comparison(Box::new(left), operator, Box::new(right)), span })
}

fn sum(builder: &Builder, parts: &mut Parts<'_>, depth: usize) -> Made<Cells> {
    let mut left = product(builder, parts, depth)?;
    while let Some(sign) = parts.next_if(|part| matches!(part.as_rule(), Rule::plus | Rule::minus)) {
        left = arithmetic(left, sign.as_rule(), product(builder, parts, depth)?)?;
    }
    Ok(left)
}

fn product(builder: &Builder, parts: &mut Parts<'_>, depth: usize) -> Made<Cells> {
    let mut left = factor(builder, parts, depth)?;
    while let Some(sign) = parts.next_if(|part| matches!(part.as_rule(), Rule::times | Rule::divided)) {
        left = arithmetic(left, sign.as_rule(), factor(builder, parts, depth)?)?;
    }
    Ok(left)
}

fn arithmetic(left: Cells, sign: Rule, right: Cells) -> Made<Cells> {
    let span = left.span.to(right.span);
    let operator = arithmetic_operator(sign).ok_or_else(|| Mistake::unread(span))?;
    let (left, right) = (as_value(left)?, as_value(right)?);
    Ok(Cells { kind: CellsKind::Arithmetic(Box::new(left), operator, Box::new(right)), span })
}

fn factor(builder: &Builder, parts: &mut Parts<'_>, depth: usize) -> Made<Cells> {
    let mut signs: Vec<Span> = Vec::new();
    while let Some(sign) = parts.next_if(|part| part.as_rule() == Rule::minus) {
        signs.push(builder.span(&sign));
    }
    let next = parts.next().ok_or_else(|| Mistake::unread(Span::new(builder.file, builder.base, builder.base)))?;
    let mut made = operand(builder, next, depth)?;
    for sign in signs.into_iter().rev() {
        let span = sign.to(made.span);
        made = Cells { kind: CellsKind::Negation(Box::new(as_value(made)?)), span };
    }
    Ok(made)
}

fn operand(builder: &Builder, pair: Pair<'_>, depth: usize) -> Made<Cells> {
    let span = builder.extent(&pair);
    let kind = match pair.as_rule() {
        Rule::cell_parenthesised => {
            let inner = seek(&mut pair.into_inner(), Rule::cell_condition).ok_or_else(|| Mistake::unread(span))?;
            let inner = flat(builder, inner, depth + 1)?;
            return Ok(Cells { kind: inner.kind, span });
        }
        Rule::cell_missing => {
            let inner = seek(&mut pair.into_inner(), Rule::cell).ok_or_else(|| Mistake::unread(span))?;
            CellsKind::Missing(cell(builder, &inner)?)
        }
        Rule::cell => CellsKind::Cell(cell(builder, &pair)?),
        Rule::variable => CellsKind::Variable(pair.as_str().to_owned()),
        Rule::string => CellsKind::Text(builder.string(&pair)?.text),
        Rule::number | Rule::signed_number => CellsKind::Number(builder.number(&pair)?),
        _ => return Err(Mistake::unread(span)),
    };
    Ok(Cells { kind, span })
}

/// A stretch of time; after `spell` also without `from`.
pub(super) fn span(builder: &Builder, pair: Pair<'_>) -> Made<CellSpan> {
    let place = builder.extent(&pair);
    let unread = || Mistake::unread(place);
    let (mut from, mut end, mut open) = (None, None, None);
    for inner in pair.into_inner() {
        match inner.as_rule() {
            Rule::cell_bound => from = Some(bound(builder, inner)?),
            Rule::cell_beginning => {
                from = Some(bound(builder, seek(&mut inner.into_inner(), Rule::cell_bound).ok_or_else(unread)?)?);
            }
            Rule::cell_ending => end = Some(ending(builder, inner)?),
            Rule::cell_open => {
                let condition = seek(&mut inner.into_inner(), Rule::cell_condition);
                open = Some(condition.map(|condition| self::condition(builder, condition)).transpose()?);
            }
            Rule::cell_during | Rule::cell_on_day => {
                let mut dates = inner.into_inner().filter(|part| part.as_rule() == Rule::cell_date);
                let first = date(builder, dates.next().ok_or_else(unread)?)?;
                let last = dates.next().map(|last| date(builder, last)).transpose()?;
                let last = last.unwrap_or_else(|| first.clone());
                return Ok(CellSpan { kind: CellSpanKind::During(first, last), span: place });
            }
            _ => {}
        }
    }
    Ok(CellSpan { kind: CellSpanKind::Between { from, end, open }, span: place })
}

fn ending(builder: &Builder, pair: Pair<'_>) -> Made<(EndForm, CellBound)> {
    let place = builder.extent(&pair);
    let mut form = EndForm::Until;
    for inner in pair.into_inner() {
        match inner.as_rule() {
            Rule::word_ended => form = EndForm::Ended,
            Rule::up_to => form = EndForm::UpTo,
            Rule::cell_bound => return Ok((form, bound(builder, inner)?)),
            _ => {}
        }
    }
    Err(Mistake::unread(place))
}

fn bound(builder: &Builder, pair: Pair<'_>) -> Made<CellBound> {
    let place = builder.extent(&pair);
    let mut form = BoundForm::Plain;
    for inner in pair.into_inner() {
        match inner.as_rule() {
            Rule::word_earliest => form = BoundForm::Earliest,
            Rule::word_latest => form = BoundForm::Latest,
            Rule::cell_date => return Ok(CellBound { form, date: date(builder, inner)? }),
            _ => {}
        }
    }
    Err(Mistake::unread(place))
}

fn date(builder: &Builder, pair: Pair<'_>) -> Made<CellDate> {
    let place = builder.extent(&pair);
    let inner = pair.into_inner().next().ok_or_else(|| Mistake::unread(place))?;
    let kind = match inner.as_rule() {
        Rule::dated => CellDateKind::Literal(time::date(builder, &inner)),
        Rule::date_call => {
            let mut parts = inner
                .into_inner()
                .filter(|part| part.as_rule() == Rule::cell_sum)
                .map(|part| value(builder, part))
                .collect::<Made<Vec<Cells>>>()?;
            match parts.as_slice() {
                [_, Cells { kind: CellsKind::Text(pattern), span }] => {
                    let pattern = super::tree::Quoted { text: pattern.clone(), span: *span };
                    CellDateKind::Pattern(Box::new(parts.swap_remove(0)), pattern)
                }
                [_] | [_, _] | [_, _, _] => CellDateKind::Parts(parts),
                _ => return Err(Mistake::DateParts { number: parts.len() }.at(place)),
            }
        }
        _ => {
            let text = inner.as_span().get_input();
            let value = value(builder, inner)?;
            if let Some(parts) = reckoned_parts(&value) {
                let place = |at: u32| (at as usize).saturating_sub(builder.base);
                let words = |span: &Span| text.get(place(span.start)..place(span.end)).unwrap_or_default().to_owned();
                return Err(Mistake::DateReckoned { parts: parts.iter().map(words).collect() }.at(value.span));
            }
            CellDateKind::Value(Box::new(value))
        }
    };
    Ok(CellDate { kind, span: place })
}

/// The three cells of `row.year - row.month - row.day` or `row.day / row.month / row.year`, in which a date is meant: a year is
/// reckoned with a number, or perhaps with one other cell.
fn reckoned_parts(value: &Cells) -> Option<Vec<Span>> {
    let CellsKind::Arithmetic(left, outer, third) = &value.kind else { return None };
    let CellsKind::Arithmetic(first, inner, second) = &left.kind else { return None };
    let is_meant = outer == inner && matches!(outer, ArithmeticOperator::Subtract | ArithmeticOperator::Divide);
    let parts = [first, second, third];
    let are_cells = parts.iter().all(|part| matches!(part.kind, CellsKind::Cell(_)));
    (is_meant && are_cells).then(|| parts.iter().map(|part| part.span).collect())
}
