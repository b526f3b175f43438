//! Comparisons, arithmetic and aggregates.

use super::MAXIMUM_DEPTH;
use super::build::{Builder, Made};
use super::conditions::{self, Inner, Parts, deeper};
use super::error::Mistake;
use super::grammar::{Pair, Rule};
use super::time;
use super::tree::{
    AggregateFunction, ArithmeticOperator, Atom, ComparisonOperator, Condition, ConditionKind, Expression,
    ExpressionKind, QualifiedName,
};
use crate::text::Span;

/// What stands between two signs, and how deep it is.
pub(super) struct Operand {
    kind: OperandKind,
    depth: usize,
    span: Span,
}

/// A name may turn out to be a condition or a value.
enum OperandKind {
    Bare(QualifiedName),
    Atom(Atom),
    Condition(ConditionKind),
    Expression(ExpressionKind),
}

impl Operand {
    pub(super) fn condition(condition: Condition, depth: usize) -> Operand {
        Operand { kind: OperandKind::Condition(condition.kind), depth, span: condition.span }
    }

    fn expression(expression: Expression, depth: usize) -> Operand {
        Operand { kind: OperandKind::Expression(expression.kind), depth, span: expression.span }
    }

    pub(super) fn span(&self) -> Span {
        self.span
    }

    /// As a condition, with its depth.
    pub(super) fn into_condition(self) -> Made<(Condition, usize)> {
        let kind = match self.kind {
            OperandKind::Bare(name) => ConditionKind::Bare(name),
            OperandKind::Atom(atom) => ConditionKind::Atom(atom),
            OperandKind::Condition(kind) => kind,
            OperandKind::Expression(_) => return Err(Mistake::NotACondition.at(self.span)),
        };
        Ok((Condition { kind, span: self.span }, self.depth))
    }

    /// As a value, with its depth.
    fn into_expression(self) -> Made<(Expression, usize)> {
        let kind = match self.kind {
            OperandKind::Bare(name) => ExpressionKind::Bare(name),
            OperandKind::Atom(atom) => ExpressionKind::Atom(atom),
            OperandKind::Condition(_) => return Err(Mistake::NotAValue { sign: None }.at(self.span)),
            OperandKind::Expression(kind) => kind,
        };
        Ok((Expression { kind, span: self.span }, self.depth))
    }
}

/// A `condition` of the grammar that must be a value.
pub(super) fn expression(builder: &Builder, pair: Pair<'_>) -> Made<Expression> {
    conditions::made(builder, pair)?.into_expression().map(|(expression, _)| expression)
}

pub(super) fn comparison_operator(rule: Rule) -> Option<ComparisonOperator> {
    Some(match rule {
        Rule::equal => ComparisonOperator::Equal,
        Rule::not_equal => ComparisonOperator::NotEqual,
        Rule::less => ComparisonOperator::Less,
        Rule::less_or_equal => ComparisonOperator::LessOrEqual,
        Rule::greater => ComparisonOperator::Greater,
        Rule::greater_or_equal => ComparisonOperator::GreaterOrEqual,
        _ => return None,
    })
}

pub(super) fn arithmetic_operator(rule: Rule) -> Option<ArithmeticOperator> {
    Some(match rule {
        Rule::plus => ArithmeticOperator::Add,
        Rule::minus => ArithmeticOperator::Subtract,
        Rule::times => ArithmeticOperator::Multiply,
        Rule::divided => ArithmeticOperator::Divide,
        _ => return None,
    })
}

/// A sum, or two of them with a sign of comparison between them.
pub(super) fn comparison(builder: &Builder, parts: &mut Parts<'_>, inner: &mut Inner) -> Made<Operand> {
    let left = sum(builder, parts, inner)?;
    let Some(operator) = parts.peek().and_then(comparison_operator) else { return Ok(left) };
    let sign = parts.next().map_or(left.span(), |sign| builder.span(&sign));
    let (left, depth) = left.into_expression()?;
    let (right, right_depth) = sum(builder, parts, inner)?.into_expression()?;
    if parts.peek().and_then(comparison_operator).is_some() {
        let second = parts.next().map_or(sign, |sign| builder.span(&sign));
        return Err(Mistake::ChainedComparison { first: sign, middle: right.span }.at(second));
    }
    let span = left.span.to(right.span);
    let depth = deeper(depth.max(right_depth), 1, span)?;
    Ok(Operand::condition(Condition { kind: ConditionKind::Comparison { left, operator, right }, span }, depth))
}

fn sum(builder: &Builder, parts: &mut Parts<'_>, inner: &mut Inner) -> Made<Operand> {
    let mut left = product(builder, parts, inner)?;
    while let Some(operator) = parts.peek().and_then(arithmetic_operator) {
        let sign = parts.next();
        let right = product(builder, parts, inner)?;
        left = combined(builder, left, operator, sign, right)?;
    }
    Ok(left)
}

fn product(builder: &Builder, parts: &mut Parts<'_>, inner: &mut Inner) -> Made<Operand> {
    let mut left = factor(builder, parts, inner)?;
    while let Some(operator @ (ArithmeticOperator::Multiply | ArithmeticOperator::Divide)) =
        parts.peek().and_then(arithmetic_operator)
    {
        let sign = parts.next();
        let right = factor(builder, parts, inner)?;
        left = combined(builder, left, operator, sign, right)?;
    }
    Ok(left)
}

fn combined(
    builder: &Builder,
    left: Operand,
    operator: ArithmeticOperator,
    sign: Option<Pair<'_>>,
    right: Operand,
) -> Made<Operand> {
    let ((left, depth), (right, right_depth)) = (left.into_expression()?, right.into_expression()?);
    let span = left.span.to(right.span);
    let depth = deeper(depth.max(right_depth), 1, sign.map_or(span, |sign| builder.span(&sign)))?;
    let kind = ExpressionKind::Arithmetic { left: Box::new(left), operator, right: Box::new(right) };
    Ok(Operand::expression(Expression { kind, span }, depth))
}

/// An operand with the minus signs before it.
fn factor(builder: &Builder, parts: &mut Parts<'_>, inner: &mut Inner) -> Made<Operand> {
    let mut signs = Vec::new();
    while parts.peek() == Some(Rule::minus) {
        signs.extend(parts.next().map(|sign| builder.span(&sign)));
    }
    let Some(part) = parts.next() else {
        let nowhere = Span::new(builder.file, builder.base, builder.base);
        return Err(Mistake::unread(signs.last().copied().unwrap_or(nowhere)));
    };
    let operand = operand(builder, part, inner)?;
    if signs.is_empty() {
        return Ok(operand);
    }
    let (mut expression, inside) = operand.into_expression()?;
    if let Some(sign) = signs.get(MAXIMUM_DEPTH.saturating_sub(inside)) {
        return Err(Mistake::TooDeep.at(*sign));
    }
    let depth = inside + signs.len();
    for sign in signs.into_iter().rev() {
        let span = sign.to(expression.span);
        expression = Expression { kind: ExpressionKind::Negation(Box::new(expression)), span };
    }
    Ok(Operand::expression(expression, depth))
}

fn operand(builder: &Builder, pair: Pair<'_>, inner: &mut Inner) -> Made<Operand> {
    let span = builder.extent(&pair);
    let made = |kind| Ok(Operand { kind, depth: 1, span });
    let value = |kind| made(OperandKind::Expression(kind));
    match pair.as_rule() {
        Rule::parenthesised => {
            let held = pair.into_inner().find(|part| part.as_rule() == Rule::condition);
            Ok(Operand { span, ..inner.take(builder, &held.ok_or(Mistake::unread(span))?)? })
        }
        Rule::counted => conditions::counted(builder, pair, inner),
        Rule::quantified | Rule::quantified_within => conditions::quantified(builder, pair, inner),
        Rule::moment => conditions::moment(builder, pair).map(|moment| Operand::condition(moment, 1)),
        Rule::aggregate => aggregate(builder, pair, inner),
        Rule::atom => made(OperandKind::Atom(conditions::atom(builder, pair)?)),
        Rule::bare => made(OperandKind::Bare(conditions::bare(builder, &pair))),
        Rule::variable => value(ExpressionKind::Variable(pair.as_str().to_owned())),
        Rule::string => value(ExpressionKind::Quoted(builder.string(&pair)?.text)),
        Rule::dated => value(ExpressionKind::Date(time::date(builder, &pair))),
        Rule::number => value(ExpressionKind::Number(builder.number(&pair)?)),
        // A word that makes a condition, such as `not`, where a value belongs.
        _ => Err(Mistake::NotAValue { sign: None }.at(span)),
    }
}

/// `count of (X in kind where c)`, `sum of (m(X) over X in kind where c)`
fn aggregate(builder: &Builder, pair: Pair<'_>, inner: &mut Inner) -> Made<Operand> {
    let span = builder.extent(&pair);
    let mut function = None;
    let mut value = None;
    let mut bindings = Vec::new();
    let mut among = None;
    let mut filtered = false;
    let mut depth = 0;
    for part in pair.into_inner() {
        match part.as_rule() {
            Rule::word_sum => function = Some(AggregateFunction::Sum),
            Rule::word_mean => function = Some(AggregateFunction::Mean),
            Rule::word_min => function = Some(AggregateFunction::Minimum),
            Rule::word_max => function = Some(AggregateFunction::Maximum),
            Rule::bindings => bindings = conditions::bindings(builder, part)?,
            Rule::word_where => filtered = true,
            Rule::condition if filtered => {
                let (condition, inside) = inner.take(builder, &part)?.into_condition()?;
                depth = depth.max(inside);
                among = Some(Box::new(condition));
            }
            Rule::condition => {
                let (expression, inside) = inner.take(builder, &part)?.into_expression()?;
                depth = depth.max(inside);
                value = Some(Box::new(expression));
            }
            _ => {}
        }
    }
    let kind = match (function, value) {
        (Some(function), Some(value)) => ExpressionKind::Aggregate { function, value, bindings, among },
        _ => ExpressionKind::Count { bindings, among },
    };
    Ok(Operand::expression(Expression { kind, span }, deeper(depth, 1, span)?))
}
