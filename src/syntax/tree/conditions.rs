//! Conditions and expressions.

use super::{DateLiteral, Name, QualifiedName};
use crate::text::Span;

/// A condition.
#[derive(Debug, Clone, PartialEq)]
pub struct Condition {
    /// Its form.
    pub kind: ConditionKind,
    /// Its place, with the parentheses around it where there are any.
    pub span: Span,
}

/// The forms of conditions.
#[derive(Debug, Clone, PartialEq)]
pub enum ConditionKind {
    /// A name alone, which takes the head's arguments.
    Bare(QualifiedName),
    /// A name with arguments.
    Atom(Atom),
    /// `mutually p`, `mutually p(A, B)`; the inner condition is `Bare` or `Atom`
    Mutually(Box<Condition>),
    /// `either way p`
    EitherWay(Box<Condition>),
    /// `not c`
    Not(Box<Condition>),
    /// At least two, flattened.
    And(Vec<Condition>),
    /// At least two, flattened.
    Or(Vec<Condition>),
    /// `then whenever given`
    Whenever {
        /// The left.
        then: Box<Condition>,
        /// The right.
        given: Box<Condition>,
    },
    /// `shown c`
    Shown(Box<Condition>),
    /// `ever c`
    Ever(Box<Condition>),
    /// `always c`
    Always(Box<Condition>),
    /// `c within the last 10 years`
    Window {
        /// What.
        condition: Box<Condition>,
        /// On one of the days or on all of them.
        extent: WindowExtent,
        /// Back or ahead.
        direction: WindowDirection,
        /// How far.
        length: WindowLength,
    },
    /// `at least 3 of (…)`
    Counted {
        /// How to compare.
        comparison: CountComparison,
        /// With what; absent for `none of`.
        number: Option<CountNumber>,
        /// What is counted.
        conditions: Vec<Condition>,
    },
    /// `for every X in kind where c: body`
    Quantified {
        /// Every or some.
        quantifier: Quantifier,
        /// Over what.
        bindings: Vec<Binding>,
        /// Among which.
        among: Option<Box<Condition>>,
        /// What holds of them.
        body: Box<Condition>,
    },
    /// `trade(A, B) >= 5%`
    Comparison {
        /// The left.
        left: Expression,
        /// The sign.
        operator: ComparisonOperator,
        /// The right.
        right: Expression,
    },
    /// `since 1991`
    Moment {
        /// Since, before or after.
        relation: MomentRelation,
        /// A date, or a variable that stands for one.
        date: Term,
    },
}

/// `within` or `throughout`
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WindowExtent {
    /// On at least one day.
    Within,
    /// On every day.
    Throughout,
}

/// `the last` or `the next`
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WindowDirection {
    /// Ends on the day.
    Last,
    /// Begins on the day.
    Next,
}

/// Length of a window.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WindowLength {
    /// How many.
    pub number: WindowNumber,
    /// Of what.
    pub unit: WindowUnit,
}

/// N in `the last N years`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WindowNumber {
    /// Written out, or 1 where nothing is written.
    Number(u32),
    /// The name of a parameter.
    Parameter(Name),
}

/// Units of a window's length.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WindowUnit {
    /// Calendar years.
    Years,
    /// Calendar months.
    Months,
    /// Days.
    Days,
}

/// `at least`, `at most`, `exactly`, `none`
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CountComparison {
    /// At least N.
    AtLeast,
    /// At most N.
    AtMost,
    /// Exactly N.
    Exactly,
    /// None: at most 0.
    None,
}

/// N in a counting form.
#[derive(Debug, Clone, PartialEq)]
pub enum CountNumber {
    /// Written out.
    Number(f64, Span),
    /// The name of a parameter.
    Parameter(Name),
}

/// `every` or `some`
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Quantifier {
    /// All of them.
    Every,
    /// At least one.
    Some,
}

/// `X in kind`
#[derive(Debug, Clone, PartialEq)]
pub struct Binding {
    /// The variable.
    pub variable: Name,
    /// Its kind.
    pub kind: Name,
}

/// Signs of comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ComparisonOperator {
    /// `=`
    Equal,
    /// `!=`
    NotEqual,
    /// `<`
    Less,
    /// `<=`
    LessOrEqual,
    /// `>`
    Greater,
    /// `>=`
    GreaterOrEqual,
}

impl ComparisonOperator {
    /// Whether it holds between two numbers.
    #[must_use]
    pub fn holds(self, one: f64, other: f64) -> bool {
        match self {
            ComparisonOperator::Equal => one == other,
            ComparisonOperator::NotEqual => one != other,
            ComparisonOperator::Less => one < other,
            ComparisonOperator::LessOrEqual => one <= other,
            ComparisonOperator::Greater => one > other,
            ComparisonOperator::GreaterOrEqual => one >= other,
        }
    }

    /// The one that says the same with its sides exchanged.
    #[must_use]
    pub fn mirrored(self) -> ComparisonOperator {
        match self {
            ComparisonOperator::Less => ComparisonOperator::Greater,
            ComparisonOperator::LessOrEqual => ComparisonOperator::GreaterOrEqual,
            ComparisonOperator::Greater => ComparisonOperator::Less,
            ComparisonOperator::GreaterOrEqual => ComparisonOperator::LessOrEqual,
            ComparisonOperator::Equal | ComparisonOperator::NotEqual => self,
        }
    }
}

/// `since` (that day and later), `before` (earlier), `after` (later)
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MomentRelation {
    /// From its first day on.
    Since,
    /// Before its first day.
    Before,
    /// After its last day.
    After,
}

/// A name with arguments.
#[derive(Debug, Clone, PartialEq)]
pub struct Atom {
    /// The name.
    pub name: QualifiedName,
    /// The arguments.
    pub arguments: Vec<Term>,
    /// From the name to the closing parenthesis.
    pub span: Span,
}

/// An argument.
#[derive(Debug, Clone, PartialEq)]
pub struct Term {
    /// Its form.
    pub kind: TermKind,
    /// Its place.
    pub span: Span,
}

/// The forms of arguments.
#[derive(Debug, Clone, PartialEq)]
pub enum TermKind {
    /// Begins with a capital.
    Variable(String),
    /// `_`
    Wildcard,
    /// An individual, by its name.
    Name(String),
    /// A quoted individual, or a text where the role's kind is `text`.
    Quoted(String),
    /// A number.
    Number(f64),
    /// A date with a month or a day or an era. A bare year reads as a number; the role's kind decides.
    Date(DateLiteral),
}

/// An arithmetic expression or another operand of a comparison.
#[derive(Debug, Clone, PartialEq)]
pub struct Expression {
    /// Its form.
    pub kind: ExpressionKind,
    /// Its place.
    pub span: Span,
}

/// The forms of expressions.
#[derive(Debug, Clone, PartialEq)]
pub enum ExpressionKind {
    /// `10%`, `2.5 million`, and a bare year
    Number(f64),
    /// A string: a quoted individual or a text.
    Quoted(String),
    /// A date with a month or a day or an era.
    Date(DateLiteral),
    /// Begins with a capital.
    Variable(String),
    /// A parameter, an individual, or a measure or criterion applied to the head's arguments.
    Bare(QualifiedName),
    /// A measure, a classification or a criterion with arguments.
    Atom(Atom),
    /// `-x`
    Negation(Box<Expression>),
    /// `x + y`
    Arithmetic {
        /// The left.
        left: Box<Expression>,
        /// The sign.
        operator: ArithmeticOperator,
        /// The right.
        right: Box<Expression>,
    },
    /// `count of (X in kind where c)`
    Count {
        /// Over what.
        bindings: Vec<Binding>,
        /// Among which.
        among: Option<Box<Condition>>,
    },
    /// `sum of (m(X) over X in kind where c)`
    Aggregate {
        /// Which.
        function: AggregateFunction,
        /// Of what.
        value: Box<Expression>,
        /// Over what.
        bindings: Vec<Binding>,
        /// Among which.
        among: Option<Box<Condition>>,
    },
}

/// Signs of arithmetic.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ArithmeticOperator {
    /// `+`
    Add,
    /// `-`
    Subtract,
    /// `*`
    Multiply,
    /// `/`
    Divide,
}

/// `sum`, `mean`, `min`, `max`
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AggregateFunction {
    /// Sum; 0 of nothing.
    Sum,
    /// Arithmetic mean; no value of nothing.
    Mean,
    /// Smallest; no value of nothing.
    Minimum,
    /// Largest; no value of nothing.
    Maximum,
}
