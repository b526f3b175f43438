//! Conditions: the precedence of their words, counting, quantifiers and moments.
//!
//! The grammar gives each condition as a flat list of operands and signs. Inner conditions
//! are made before the ones around them and wait in a table, so nothing here recurses,
//! and what would be too deep for the later phases, which do, is refused.

use super::MAXIMUM_DEPTH;
use super::build::{Builder, Made};
use super::error::{Mistake, Placed};
use super::expressions::{self, Operand};
use super::grammar::{Pair, Rule};
use super::tree::{
    Atom, Binding, Condition, ConditionKind, CountComparison, CountNumber, MomentRelation, Quantifier, WindowDirection,
    WindowExtent, WindowLength, WindowNumber, WindowUnit,
};
use crate::text::Span;
use rustc_hash::FxHashMap;

/// The parts of one condition, and how far they are read.
pub(super) struct Parts<'text> {
    parts: Vec<Pair<'text>>,
    at: usize,
}

impl<'text> Parts<'text> {
    pub(super) fn new(pair: Pair<'text>) -> Self {
        Parts { parts: pair.into_inner().collect(), at: 0 }
    }

    /// The rule of the next part.
    pub(super) fn peek(&self) -> Option<Rule> {
        self.parts.get(self.at).map(Pair::as_rule)
    }

    /// The next part.
    pub(super) fn next(&mut self) -> Option<Pair<'text>> {
        let part = self.parts.get(self.at).cloned();
        self.at += 1;
        part
    }
}

/// `and`, `or`, `whenever`
fn is_logical(rule: Rule) -> bool {
    matches!(rule, Rule::word_and | Rule::word_or | Rule::word_whenever)
}

fn is_prefix(rule: Rule) -> bool {
    matches!(
        rule,
        Rule::word_not
            | Rule::word_ever
            | Rule::word_always
            | Rule::word_shown
            | Rule::word_mutually
            | Rule::either_way
    )
}

/// The conditions inside the one that is being made, by the place where each begins.
#[derive(Default)]
pub(super) struct Inner(FxHashMap<usize, Operand>);

impl Inner {
    /// Hands over a condition that was made before.
    pub(super) fn take(&mut self, builder: &Builder, pair: &Pair<'_>) -> Made<Operand> {
        self.0.remove(&pair.as_span().start()).ok_or_else(|| Mistake::unread(builder.extent(pair)))
    }
}

/// A `condition` of the grammar that must be one.
pub(super) fn condition(builder: &Builder, pair: Pair<'_>) -> Made<Condition> {
    made(builder, pair)?.into_condition().map(|(condition, _)| condition)
}

/// A `condition` of the grammar, whatever it is. Of several mistakes the first in the text is told.
pub(super) fn made(builder: &Builder, pair: Pair<'_>) -> Made<Operand> {
    let mut inner = Inner::default();
    let mut mistake: Option<(usize, Placed)> = None;
    let nested: Vec<Pair<'_>> = pair.clone().into_inner().flatten().filter(|part| is_whole(part.as_rule())).collect();
    // Backwards, every condition comes before the one that holds it.
    for part in nested.into_iter().rev() {
        let (start, end) = (part.as_span().start(), part.as_span().end());
        if mistake.as_ref().is_some_and(|(place, _)| *place < end) {
            continue;
        }
        match chain(builder, part, &mut inner) {
            Ok(operand) => drop(inner.0.insert(start, operand)),
            Err(new) => mistake = Some((start, new)),
        }
    }
    match mistake {
        Some((_, mistake)) => Err(mistake),
        None => chain(builder, pair, &mut inner),
    }
}

/// A condition of its own, or what stands behind the colon of a quantifier.
fn is_whole(rule: Rule) -> bool {
    matches!(rule, Rule::condition | Rule::within_colon)
}

/// One more step of depth than what lies inside, if that is not too deep.
pub(super) fn deeper(inside: usize, steps: usize, span: Span) -> Made<usize> {
    if inside + steps > MAXIMUM_DEPTH { Err(Mistake::TooDeep.at(span)) } else { Ok(inside + steps) }
}

fn chain(builder: &Builder, pair: Pair<'_>, inner: &mut Inner) -> Made<Operand> {
    let whole = builder.extent(&pair);
    let mut parts = Parts::new(pair);
    let mut signs: Vec<(Rule, Span)> = Vec::new();
    let mut operands = vec![prefixed(builder, &mut parts, inner)?];
    while let Some(sign) = parts.next() {
        if !is_logical(sign.as_rule()) {
            // A sign of comparison or arithmetic after a whole condition.
            return Err(not_a_value(&operands, builder.span(&sign)));
        }
        signs.push((sign.as_rule(), builder.span(&sign)));
        operands.push(prefixed(builder, &mut parts, inner)?);
    }
    if operands.len() == 1 {
        return operands.pop().ok_or(Mistake::unread(whole));
    }
    let mut depth = 0;
    let mut conditions = Vec::with_capacity(operands.len());
    for operand in operands {
        let (condition, inside) = operand.into_condition()?;
        depth = depth.max(inside);
        conditions.push(condition);
    }
    let mixed = signs.iter().any(|(rule, _)| *rule != signs[0].0);
    let depth = deeper(depth, 1 + usize::from(mixed), whole)?;
    let condition = match signs.iter().position(|(rule, _)| *rule == Rule::word_whenever) {
        Some(first) => whenever(conditions, &signs, first)?,
        None => disjunction(conditions, &signs)?,
    };
    Ok(Operand::condition(condition, depth))
}

fn not_a_value(operands: &[Operand], sign: Span) -> Placed {
    Mistake::NotAValue { sign: Some(sign) }.at(operands.last().map_or(sign, Operand::span))
}

fn whenever(mut operands: Vec<Condition>, signs: &[(Rule, Span)], first: usize) -> Made<Condition> {
    if signs.len() > 1 {
        return Err(Mistake::WheneverNeedsParentheses {
            operands: operands.iter().map(|operand| operand.span).collect(),
            signs: signs.iter().map(|(_, span)| *span).collect(),
            first,
        }
        .at(signs[first].1));
    }
    let spans = (operands.first().map(|then| then.span), operands.last().map(|given| given.span));
    match (operands.pop(), operands.pop(), spans) {
        (Some(given), Some(then), (Some(from), Some(to))) => Ok(Condition {
            kind: ConditionKind::Whenever { then: Box::new(then), given: Box::new(given) },
            span: from.to(to),
        }),
        _ => Err(Mistake::unread(signs[first].1)),
    }
}

/// `and` binds tighter than `or`; each is kept as one list.
fn disjunction(operands: Vec<Condition>, signs: &[(Rule, Span)]) -> Made<Condition> {
    let mut alternatives = Vec::new();
    let mut together = Vec::new();
    for (index, operand) in operands.into_iter().enumerate() {
        if index > 0 && signs[index - 1].0 == Rule::word_or {
            alternatives.push(joined(std::mem::take(&mut together), ConditionKind::And)?);
        }
        together.push(operand);
    }
    alternatives.push(joined(together, ConditionKind::And)?);
    joined(alternatives, ConditionKind::Or)
}

/// Several conditions as one; one alone as it is.
fn joined(mut conditions: Vec<Condition>, kind: fn(Vec<Condition>) -> ConditionKind) -> Made<Condition> {
    let nowhere = Span::new(crate::text::FileId(0), 0, 0);
    let last = conditions.pop().ok_or(Mistake::unread(nowhere))?;
    let Some(first) = conditions.first() else { return Ok(last) };
    let span = first.span.to(last.span);
    conditions.push(last);
    Ok(Condition { kind: kind(conditions), span })
}

/// Prefixes, a comparison or something simpler, and windows.
fn prefixed(builder: &Builder, parts: &mut Parts<'_>, inner: &mut Inner) -> Made<Operand> {
    let mut prefixes: Vec<(Rule, Span)> = Vec::new();
    while parts.peek().is_some_and(is_prefix) {
        prefixes.extend(parts.next().map(|part| (part.as_rule(), builder.extent(&part))));
    }
    let pair_sign = prefixes.pop_if(|(rule, _)| is_pair_sign(*rule));
    if let Some((rule, span)) = prefixes.iter().find(|(rule, _)| is_pair_sign(*rule)) {
        return Err(Mistake::PairSignNeedsName { mutually: *rule == Rule::word_mutually }.at(*span));
    }
    let mut operand = match pair_sign {
        None => expressions::comparison(builder, parts, inner)?,
        Some((rule, span)) => match (parts.peek(), parts.next()) {
            (Some(Rule::atom | Rule::bare), Some(named)) => {
                Operand::condition(paired(rule == Rule::word_mutually, span, simple(builder, named)?), 1)
            }
            _ => return Err(Mistake::PairSignNeedsName { mutually: rule == Rule::word_mutually }.at(span)),
        },
    };
    while parts.peek() == Some(Rule::window) {
        if let Some(part) = parts.next() {
            let (condition, inside) = operand.into_condition()?;
            let depth = deeper(inside, 1, builder.extent(&part))?;
            operand = Operand::condition(window(builder, condition, part)?, depth);
        }
    }
    if prefixes.is_empty() {
        return Ok(operand);
    }
    let (mut condition, inside) = operand.into_condition()?;
    if let Some((_, span)) = prefixes.get(MAXIMUM_DEPTH.saturating_sub(inside)) {
        return Err(Mistake::TooDeep.at(*span));
    }
    let depth = inside + prefixes.len();
    for (rule, span) in prefixes.into_iter().rev() {
        let span = span.to(condition.span);
        let inner = Box::new(condition);
        let kind = match rule {
            Rule::word_ever => ConditionKind::Ever(inner),
            Rule::word_always => ConditionKind::Always(inner),
            Rule::word_shown => ConditionKind::Shown(inner),
            _ => ConditionKind::Not(inner),
        };
        condition = Condition { kind, span };
    }
    Ok(Operand::condition(condition, depth))
}

fn is_pair_sign(rule: Rule) -> bool {
    matches!(rule, Rule::word_mutually | Rule::either_way)
}

fn paired(mutually: bool, sign: Span, condition: Condition) -> Condition {
    let span = sign.to(condition.span);
    let inner = Box::new(condition);
    Condition { kind: if mutually { ConditionKind::Mutually(inner) } else { ConditionKind::EitherWay(inner) }, span }
}

/// `atom` or `bare`, as a condition.
fn simple(builder: &Builder, pair: Pair<'_>) -> Made<Condition> {
    if pair.as_rule() == Rule::atom {
        let atom = atom(builder, pair)?;
        let span = atom.span;
        return Ok(Condition { kind: ConditionKind::Atom(atom), span });
    }
    let name = bare(builder, &pair);
    let span = name.span;
    Ok(Condition { kind: ConditionKind::Bare(name), span })
}

pub(super) fn bare(builder: &Builder, pair: &Pair<'_>) -> super::tree::QualifiedName {
    match pair.clone().into_inner().next() {
        Some(qualified) => builder.qualified(&qualified),
        None => builder.qualified(pair),
    }
}

/// A name with arguments.
pub(super) fn atom(builder: &Builder, pair: Pair<'_>) -> Made<Atom> {
    let span = builder.extent(&pair);
    let mut name = None;
    let mut arguments = Vec::new();
    for inner in pair.into_inner() {
        match inner.as_rule() {
            Rule::callee => name = Some(builder.qualified(&inner)),
            Rule::term => arguments.push(builder.term(inner)?),
            _ => {}
        }
    }
    Ok(Atom { name: name.ok_or(Mistake::unread(span))?, arguments, span })
}

/// What `permits`, `failing` and `by` take: a name or an atom, perhaps with `mutually`.
pub(super) fn named(builder: &Builder, pair: &Pair<'_>) -> Made<Condition> {
    let mut sign: Option<(bool, Span)> = None;
    for inner in pair.clone().into_inner() {
        match inner.as_rule() {
            Rule::word_mutually | Rule::either_way => {
                let mutually = inner.as_rule() == Rule::word_mutually;
                if let Some((mutually, span)) = sign.replace((mutually, builder.extent(&inner))) {
                    return Err(Mistake::PairSignNeedsName { mutually }.at(span));
                }
            }
            _ => {
                let condition = simple(builder, inner)?;
                return Ok(match sign {
                    Some((mutually, span)) => paired(mutually, span, condition),
                    None => condition,
                });
            }
        }
    }
    Err(Mistake::unread(builder.extent(pair)))
}

fn window(builder: &Builder, condition: Condition, pair: Pair<'_>) -> Made<Condition> {
    let place = builder.extent(&pair);
    let mut extent = WindowExtent::Within;
    let mut direction = WindowDirection::Last;
    let mut number = WindowNumber::Number(1);
    let mut unit = WindowUnit::Years;
    for inner in pair.into_inner() {
        match inner.as_rule() {
            Rule::word_throughout => extent = WindowExtent::Throughout,
            Rule::word_next => direction = WindowDirection::Next,
            Rule::whole_number => {
                let digits = inner.as_str().replace('_', "");
                let digits = digits.parse().map_err(|_| {
                    Mistake::NumberTooLarge { written: inner.as_str().to_owned() }.at(builder.span(&inner))
                })?;
                number = WindowNumber::Number(digits);
            }
            Rule::window_parameter => number = WindowNumber::Parameter(builder.name(&inner)),
            Rule::unit => {
                unit = match inner.as_str().as_bytes().first() {
                    Some(b'd') => WindowUnit::Days,
                    Some(b'm') => WindowUnit::Months,
                    _ => WindowUnit::Years,
                }
            }
            _ => {}
        }
    }
    let span = condition.span.to(place);
    let length = WindowLength { number, unit };
    Ok(Condition { kind: ConditionKind::Window { condition: Box::new(condition), extent, direction, length }, span })
}

/// `at least 3 of (…)`, `none of (…)`
pub(super) fn counted(builder: &Builder, pair: Pair<'_>, inner: &mut Inner) -> Made<Operand> {
    let span = builder.extent(&pair);
    let mut depth = 0;
    let mut comparison = CountComparison::None;
    let mut number = None;
    let mut conditions = Vec::new();
    for part in pair.into_inner() {
        match part.as_rule() {
            Rule::word_least => comparison = CountComparison::AtLeast,
            Rule::word_most => comparison = CountComparison::AtMost,
            Rule::word_exactly => comparison = CountComparison::Exactly,
            Rule::number => number = Some(CountNumber::Number(builder.number(&part)?, builder.span(&part))),
            Rule::name => number = Some(CountNumber::Parameter(builder.name(&part))),
            Rule::conditions => {
                for part in part.into_inner().filter(|part| part.as_rule() == Rule::condition) {
                    let (condition, inside) = inner.take(builder, &part)?.into_condition()?;
                    depth = depth.max(inside);
                    conditions.push(condition);
                }
            }
            _ => {}
        }
    }
    let kind = ConditionKind::Counted { comparison, number, conditions };
    Ok(Operand::condition(Condition { kind, span }, deeper(depth, 1, span)?))
}

/// `for every X in kind where c: body`
pub(super) fn quantified(builder: &Builder, pair: Pair<'_>, inner: &mut Inner) -> Made<Operand> {
    let mut span = builder.extent(&pair);
    let mut quantifier = Quantifier::Some;
    let mut bindings = Vec::new();
    let mut among = None;
    let mut body = None;
    let mut depth = 0;
    for part in pair.into_inner() {
        match part.as_rule() {
            Rule::word_every => quantifier = Quantifier::Every,
            Rule::bindings => bindings = self::bindings(builder, part)?,
            // What stood before the colon was the filter.
            Rule::colon => among = body.take(),
            rule if is_whole(rule) => {
                // The comma that closes it is no part of it.
                span.end = builder.extent(&part).end;
                let (condition, inside) = inner.take(builder, &part)?.into_condition()?;
                depth = depth.max(inside);
                body = Some(Box::new(condition));
            }
            _ => {}
        }
    }
    let body = body.ok_or(Mistake::unread(span))?;
    let kind = ConditionKind::Quantified { quantifier, bindings, among, body };
    Ok(Operand::condition(Condition { kind, span }, deeper(depth, 1, span)?))
}

/// `X in kind, Y in kind`
pub(super) fn bindings(builder: &Builder, pair: Pair<'_>) -> Made<Vec<Binding>> {
    let mut bindings = Vec::new();
    for binding in pair.into_inner().filter(|inner| inner.as_rule() == Rule::binding) {
        let span = builder.extent(&binding);
        let (mut variable, mut kind) = (None, None);
        for inner in binding.into_inner() {
            match inner.as_rule() {
                Rule::variable => variable = Some(builder.name(&inner)),
                Rule::kind_name => kind = Some(builder.name(&inner)),
                _ => {}
            }
        }
        match (variable, kind) {
            (Some(variable), Some(kind)) => bindings.push(Binding { variable, kind }),
            _ => return Err(Mistake::unread(span)),
        }
    }
    Ok(bindings)
}

/// `since D`, `before D`, `after D`
pub(super) fn moment(builder: &Builder, pair: Pair<'_>) -> Made<Condition> {
    let span = builder.extent(&pair);
    let mut relation = MomentRelation::Since;
    for inner in pair.into_inner() {
        match inner.as_rule() {
            Rule::word_since => {}
            Rule::word_before => relation = MomentRelation::Before,
            Rule::word_after => relation = MomentRelation::After,
            _ => {
                let date = builder.term(inner)?;
                return Ok(Condition { kind: ConditionKind::Moment { relation, date }, span });
            }
        }
    }
    Err(Mistake::unread(span))
}
