//! Conditions: the precedence of their words, counting, quantifiers and moments.
//!
//! The grammar gives each condition as a flat list of operands and signs. Chains are
//! walked with loops, so only what is written inside something else costs depth.

use super::MAXIMUM_DEPTH;
use super::build::{Builder, Made};
use super::error::Mistake;
use super::expressions::{self, Operand};
use super::grammar::{Pair, Rule};
use super::tree::{
    Atom, Binding, Condition, ConditionKind, CountComparison, CountNumber, MomentRelation, Quantifier, WindowDirection,
    WindowExtent, WindowLength, WindowUnit,
};
use crate::text::Span;

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

    /// How many of the parts from here on, up to the first that ends the stretch, are wanted.
    pub(super) fn count(&self, wanted: fn(Rule) -> bool, ends: fn(Rule) -> bool) -> usize {
        let rest = self.parts.get(self.at..).unwrap_or_default();
        rest.iter().map(Pair::as_rule).take_while(|rule| !ends(*rule)).filter(|rule| wanted(*rule)).count()
    }
}

/// `and`, `or`, `whenever`
pub(super) fn is_logical(rule: Rule) -> bool {
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

/// Refuses what lies deeper than the later phases, which recurse, should have to follow.
pub(super) fn within_depth(depth: usize, span: Span) -> Made<()> {
    if depth > MAXIMUM_DEPTH { Err(Mistake::TooDeep { span }) } else { Ok(()) }
}

/// A `condition` of the grammar that must be one.
pub(super) fn condition(builder: &Builder, pair: Pair<'_>, depth: usize) -> Made<Condition> {
    chain(builder, pair, depth)?.into_condition()
}

/// A `condition` of the grammar, whatever it is.
pub(super) fn chain(builder: &Builder, pair: Pair<'_>, depth: usize) -> Made<Operand> {
    let whole = builder.extent(&pair);
    within_depth(depth, whole)?;
    let mut parts = Parts::new(pair);
    let has = |parts: &Parts<'_>, sign: fn(Rule) -> bool| usize::from(parts.count(sign, |_| false) > 0);
    let below = depth
        + has(&parts, |rule| rule == Rule::word_and)
        + has(&parts, |rule| rule == Rule::word_or)
        + has(&parts, |rule| rule == Rule::word_whenever);
    let first = prefixed(builder, &mut parts, below)?;
    let mut signs: Vec<(Rule, Span)> = Vec::new();
    let mut operands = vec![first];
    while let Some(sign) = parts.next() {
        if !is_logical(sign.as_rule()) {
            // A sign of comparison or arithmetic after a whole condition.
            return Err(not_a_value(&operands, builder.span(&sign)));
        }
        signs.push((sign.as_rule(), builder.span(&sign)));
        operands.push(prefixed(builder, &mut parts, below)?);
    }
    if operands.len() == 1 {
        return operands.pop().ok_or(Mistake::unread(whole));
    }
    let operands: Vec<Condition> = operands.into_iter().map(Operand::into_condition).collect::<Made<_>>()?;
    if let Some(first) = signs.iter().position(|(rule, _)| *rule == Rule::word_whenever) {
        return whenever(operands, &signs, first).map(Operand::Condition);
    }
    disjunction(operands, &signs).map(Operand::Condition)
}

fn not_a_value(operands: &[Operand], sign: Span) -> Mistake {
    Mistake::NotAValue { span: operands.last().map_or(sign, Operand::span), sign: Some(sign) }
}

fn whenever(mut operands: Vec<Condition>, signs: &[(Rule, Span)], first: usize) -> Made<Condition> {
    if signs.len() > 1 {
        return Err(Mistake::WheneverNeedsParentheses {
            whenever: signs[first].1,
            operands: operands.iter().map(|operand| operand.span).collect(),
            signs: signs.iter().map(|(_, span)| *span).collect(),
            first,
        });
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
fn prefixed(builder: &Builder, parts: &mut Parts<'_>, depth: usize) -> Made<Operand> {
    let mut prefixes: Vec<(Rule, Span)> = Vec::new();
    while parts.peek().is_some_and(is_prefix) {
        prefixes.extend(parts.next().map(|part| (part.as_rule(), builder.extent(&part))));
    }
    let windows = parts.count(|rule| rule == Rule::window, is_logical);
    let below = depth + prefixes.len() + windows;
    if let Some((_, span)) = prefixes.get(MAXIMUM_DEPTH.saturating_sub(depth)) {
        return Err(Mistake::TooDeep { span: *span });
    }
    let pair_sign = prefixes.pop_if(|(rule, _)| is_pair_sign(*rule));
    if let Some((rule, span)) = prefixes.iter().find(|(rule, _)| is_pair_sign(*rule)) {
        return Err(Mistake::PairSignNeedsName { span: *span, mutually: *rule == Rule::word_mutually });
    }
    let mut operand = match pair_sign {
        None => expressions::comparison(builder, parts, below)?,
        Some((rule, span)) => match (parts.peek(), parts.next()) {
            (Some(Rule::atom | Rule::bare), Some(named)) => {
                Operand::Condition(paired(rule == Rule::word_mutually, span, simple(builder, named)?))
            }
            _ => return Err(Mistake::PairSignNeedsName { span, mutually: rule == Rule::word_mutually }),
        },
    };
    while parts.peek() == Some(Rule::window) {
        if let Some(part) = parts.next() {
            within_depth(below, builder.extent(&part))?;
            operand = Operand::Condition(window(builder, operand.into_condition()?, part)?);
        }
    }
    if prefixes.is_empty() {
        return Ok(operand);
    }
    let mut condition = operand.into_condition()?;
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
    Ok(Operand::Condition(condition))
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
                    return Err(Mistake::PairSignNeedsName { span, mutually });
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
    let mut number = 1;
    let mut unit = WindowUnit::Years;
    for inner in pair.into_inner() {
        match inner.as_rule() {
            Rule::word_throughout => extent = WindowExtent::Throughout,
            Rule::word_next => direction = WindowDirection::Next,
            Rule::whole_number => {
                let digits = inner.as_str().replace('_', "");
                number = digits.parse().map_err(|_| Mistake::NumberTooLarge {
                    span: builder.span(&inner),
                    written: inner.as_str().to_owned(),
                })?;
            }
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
pub(super) fn counted(builder: &Builder, pair: Pair<'_>, depth: usize) -> Made<Condition> {
    let span = builder.extent(&pair);
    within_depth(depth, span)?;
    let mut comparison = CountComparison::None;
    let mut number = None;
    let mut conditions = Vec::new();
    for inner in pair.into_inner() {
        match inner.as_rule() {
            Rule::word_least => comparison = CountComparison::AtLeast,
            Rule::word_most => comparison = CountComparison::AtMost,
            Rule::word_exactly => comparison = CountComparison::Exactly,
            Rule::number => number = Some(CountNumber::Number(builder.number(&inner)?, builder.span(&inner))),
            Rule::name => number = Some(CountNumber::Parameter(builder.name(&inner))),
            Rule::conditions => {
                for part in inner.into_inner().filter(|part| part.as_rule() == Rule::condition) {
                    conditions.push(condition(builder, part, depth + 1)?);
                }
            }
            _ => {}
        }
    }
    Ok(Condition { kind: ConditionKind::Counted { comparison, number, conditions }, span })
}

/// `for every X in kind where c: body`
pub(super) fn quantified(builder: &Builder, pair: Pair<'_>, depth: usize) -> Made<Condition> {
    let span = builder.extent(&pair);
    within_depth(depth, span)?;
    let mut quantifier = Quantifier::Some;
    let mut bindings = Vec::new();
    let mut among = None;
    let mut body = None;
    let mut after_colon = false;
    for inner in pair.into_inner() {
        match inner.as_rule() {
            Rule::word_every => quantifier = Quantifier::Every,
            Rule::bindings => bindings = self::bindings(builder, inner)?,
            Rule::colon => after_colon = true,
            Rule::condition if after_colon => body = Some(Box::new(condition(builder, inner, depth + 1)?)),
            Rule::condition => among = Some(Box::new(condition(builder, inner, depth + 1)?)),
            _ => {}
        }
    }
    let body = body.ok_or(Mistake::unread(span))?;
    Ok(Condition { kind: ConditionKind::Quantified { quantifier, bindings, among, body }, span })
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
