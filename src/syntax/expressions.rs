//! Comparisons, arithmetic and aggregates.

use super::build::{Builder, Made};
use super::conditions::{self, Parts, within_depth};
use super::error::Mistake;
use super::grammar::{Pair, Rule};
use super::time;
use super::tree::{
    AggregateFunction, ArithmeticOperator, Atom, ComparisonOperator, Condition, ConditionKind, Expression,
    ExpressionKind, QualifiedName,
};
use crate::text::Span;

/// What stands between two signs: a name may turn out to be either.
pub(super) enum Operand {
    /// A name alone.
    Bare(QualifiedName, Span),
    /// A name with arguments.
    Atom(Atom, Span),
    /// Nothing else than a condition.
    Condition(Condition),
    /// Nothing else than a value.
    Expression(Expression),
}

impl Operand {
    pub(super) fn span(&self) -> Span {
        match self {
            Operand::Bare(_, span) | Operand::Atom(_, span) => *span,
            Operand::Condition(condition) => condition.span,
            Operand::Expression(expression) => expression.span,
        }
    }

    /// With the parentheses around it.
    fn widened(mut self, to: Span) -> Operand {
        match &mut self {
            Operand::Bare(_, span) | Operand::Atom(_, span) => *span = to,
            Operand::Condition(condition) => condition.span = to,
            Operand::Expression(expression) => expression.span = to,
        }
        self
    }

    pub(super) fn into_condition(self) -> Made<Condition> {
        match self {
            Operand::Bare(name, span) => Ok(Condition { kind: ConditionKind::Bare(name), span }),
            Operand::Atom(atom, span) => Ok(Condition { kind: ConditionKind::Atom(atom), span }),
            Operand::Condition(condition) => Ok(condition),
            Operand::Expression(expression) => Err(Mistake::NotACondition { span: expression.span }),
        }
    }

    pub(super) fn into_expression(self) -> Made<Expression> {
        match self {
            Operand::Bare(name, span) => Ok(Expression { kind: ExpressionKind::Bare(name), span }),
            Operand::Atom(atom, span) => Ok(Expression { kind: ExpressionKind::Atom(atom), span }),
            Operand::Condition(condition) => Err(Mistake::NotAValue { span: condition.span, sign: None }),
            Operand::Expression(expression) => Ok(expression),
        }
    }
}

/// A `condition` of the grammar that must be a value.
pub(super) fn expression(builder: &Builder, pair: Pair<'_>, depth: usize) -> Made<Expression> {
    conditions::chain(builder, pair, depth)?.into_expression()
}

fn comparison_operator(rule: Rule) -> Option<ComparisonOperator> {
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

fn arithmetic_operator(rule: Rule) -> Option<ArithmeticOperator> {
    Some(match rule {
        Rule::plus => ArithmeticOperator::Add,
        Rule::minus => ArithmeticOperator::Subtract,
        Rule::times => ArithmeticOperator::Multiply,
        Rule::divided => ArithmeticOperator::Divide,
        _ => return None,
    })
}

/// `sum`, or two of them with a sign of comparison between them.
pub(super) fn comparison(builder: &Builder, parts: &mut Parts<'_>, depth: usize) -> Made<Operand> {
    let left = sum(builder, parts, depth)?;
    let Some(operator) = parts.peek().and_then(comparison_operator) else { return Ok(left) };
    let sign = parts.next().map_or(left.span(), |sign| builder.span(&sign));
    let left = left.into_expression()?;
    let right = sum(builder, parts, depth + 1)?.into_expression()?;
    if parts.peek().and_then(comparison_operator).is_some() {
        let second = parts.next().map_or(sign, |sign| builder.span(&sign));
        return Err(Mistake::ChainedComparison { first: sign, second, middle: right.span });
    }
    let span = left.span.to(right.span);
    Ok(Operand::Condition(Condition { kind: ConditionKind::Comparison { left, operator, right }, span }))
}

fn sum(builder: &Builder, parts: &mut Parts<'_>, depth: usize) -> Made<Operand> {
    // The tree of a chain leans to the left, so each sign of it, and each minus before a value, is a step down.
    let signs = parts.count(
        |rule| arithmetic_operator(rule).is_some(),
        |rule| conditions::is_logical(rule) || comparison_operator(rule).is_some(),
    );
    let below = depth + signs;
    let mut left = product(builder, parts, below)?;
    while let Some(operator) = parts.peek().and_then(arithmetic_operator) {
        parts.next();
        let right = product(builder, parts, below)?;
        left = combined(left, operator, right)?;
    }
    Ok(left)
}

fn product(builder: &Builder, parts: &mut Parts<'_>, depth: usize) -> Made<Operand> {
    let mut left = factor(builder, parts, depth)?;
    while let Some(operator @ (ArithmeticOperator::Multiply | ArithmeticOperator::Divide)) =
        parts.peek().and_then(arithmetic_operator)
    {
        parts.next();
        let right = factor(builder, parts, depth)?;
        left = combined(left, operator, right)?;
    }
    Ok(left)
}

fn combined(left: Operand, operator: ArithmeticOperator, right: Operand) -> Made<Operand> {
    let (left, right) = (Box::new(left.into_expression()?), Box::new(right.into_expression()?));
    let span = left.span.to(right.span);
    Ok(Operand::Expression(Expression { kind: ExpressionKind::Arithmetic { left, operator, right }, span }))
}

/// An operand with the minus signs before it.
fn factor(builder: &Builder, parts: &mut Parts<'_>, depth: usize) -> Made<Operand> {
    let mut signs = Vec::new();
    while parts.peek() == Some(Rule::minus) {
        signs.extend(parts.next().map(|sign| builder.span(&sign)));
    }
    let Some(part) = parts.next() else {
        return Err(Mistake::unread(signs.last().copied().unwrap_or(Span::new(
            builder.file,
            builder.base,
            builder.base,
        ))));
    };
    within_depth(depth, builder.span(&part))?;
    let operand = operand(builder, part, depth)?;
    if signs.is_empty() {
        return Ok(operand);
    }
    let mut expression = operand.into_expression()?;
    for sign in signs.into_iter().rev() {
        let span = sign.to(expression.span);
        expression = Expression { kind: ExpressionKind::Negation(Box::new(expression)), span };
    }
    Ok(Operand::Expression(expression))
}

fn operand(builder: &Builder, pair: Pair<'_>, depth: usize) -> Made<Operand> {
    let span = builder.extent(&pair);
    let value = |kind| Ok(Operand::Expression(Expression { kind, span }));
    match pair.as_rule() {
        Rule::parenthesised => {
            let inner = pair.into_inner().find(|inner| inner.as_rule() == Rule::condition);
            Ok(conditions::chain(builder, inner.ok_or(Mistake::unread(span))?, depth + 1)?.widened(span))
        }
        Rule::counted => conditions::counted(builder, pair, depth).map(Operand::Condition),
        Rule::quantified => conditions::quantified(builder, pair, depth).map(Operand::Condition),
        Rule::moment => conditions::moment(builder, pair).map(Operand::Condition),
        Rule::aggregate => aggregate(builder, pair, depth).map(Operand::Expression),
        Rule::atom => conditions::atom(builder, pair).map(|atom| Operand::Atom(atom, span)),
        Rule::bare => Ok(Operand::Bare(conditions::bare(builder, &pair), span)),
        Rule::variable => value(ExpressionKind::Variable(pair.as_str().to_owned())),
        Rule::string => value(ExpressionKind::Quoted(builder.string(&pair)?.text)),
        Rule::dated => value(ExpressionKind::Date(time::date(builder, &pair))),
        Rule::number => value(ExpressionKind::Number(builder.number(&pair)?)),
        // A word that makes a condition, such as `not`, where a value belongs.
        _ => Err(Mistake::NotAValue { span, sign: None }),
    }
}

/// `count of (X in kind where c)`, `sum of (m(X) over X in kind where c)`
fn aggregate(builder: &Builder, pair: Pair<'_>, depth: usize) -> Made<Expression> {
    let span = builder.extent(&pair);
    within_depth(depth, span)?;
    let mut function = None;
    let mut value = None;
    let mut bindings = Vec::new();
    let mut among = None;
    let mut filtered = false;
    for inner in pair.into_inner() {
        match inner.as_rule() {
            Rule::word_sum => function = Some(AggregateFunction::Sum),
            Rule::word_mean => function = Some(AggregateFunction::Mean),
            Rule::word_min => function = Some(AggregateFunction::Minimum),
            Rule::word_max => function = Some(AggregateFunction::Maximum),
            Rule::bindings => bindings = conditions::bindings(builder, inner)?,
            Rule::word_where => filtered = true,
            Rule::condition if filtered => among = Some(Box::new(conditions::condition(builder, inner, depth + 1)?)),
            Rule::condition => value = Some(Box::new(expression(builder, inner, depth + 1)?)),
            _ => {}
        }
    }
    let kind = match (function, value) {
        (Some(function), Some(value)) => ExpressionKind::Aggregate { function, value, bindings, among },
        _ => ExpressionKind::Count { bindings, among },
    };
    Ok(Expression { kind, span })
}
