//! Resolved conditions and expressions: variables are slots, names are ids.

use super::program::{IndividualId, KindId, MeasureId, ParameterId, RelationId};
use crate::text::Span;
use crate::time::{Direction, Period, Unit};
use std::collections::BTreeSet;

/// A variable's slot in its rule.
pub type Slot = usize;

/// A resolved condition.
#[derive(Debug, Clone)]
pub struct Condition {
    /// Its form.
    pub kind: ConditionKind,
    /// Its place.
    pub span: Span,
    /// The slots that occur in it and are not bound in it, sorted.
    pub free: Vec<Slot>,
    /// The individuals that are named in it as constants, sorted.
    pub constants: Vec<IndividualId>,
}

/// How a conjunction or disjunction was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wording {
    /// `and`, `or`
    Plain,
    /// `mutually p`, `either way p`: two atoms
    BothWays,
}

/// The forms of resolved conditions.
#[derive(Debug, Clone)]
pub enum ConditionKind {
    /// An atom of a predicate or criterion.
    Atom(Atom),
    /// `not c`
    Not(Box<Condition>),
    /// All of them.
    And(Vec<Condition>, Wording),
    /// At least one of them.
    Or(Vec<Condition>, Wording),
    /// `then whenever given`
    Whenever {
        /// What has to hold.
        then: Box<Condition>,
        /// Where this does.
        given: Box<Condition>,
    },
    /// Met where the condition is met, otherwise not met.
    Shown(Box<Condition>),
    /// On some day so far.
    Ever(Box<Condition>),
    /// On every day so far.
    Always(Box<Condition>),
    /// On some day of a window.
    Within(Box<Condition>, WindowOf),
    /// On every day of a window.
    Throughout(Box<Condition>, WindowOf),
    /// How many of them.
    Counted {
        /// How to compare.
        comparison: CountComparison,
        /// With what.
        number: CountNumber,
        /// What is counted.
        conditions: Vec<Condition>,
    },
    /// Every or some individual, of those that exist on the day.
    Quantified {
        /// Every or some.
        quantifier: Quantifier,
        /// Over what.
        bindings: Vec<Binding>,
        /// Among which.
        among: Option<Box<Condition>>,
        /// What holds of them.
        body: Box<Condition>,
        /// Whether the author wrote no quantifier: a variable of the body alone, or `_`.
        implicit: bool,
    },
    /// A comparison of numbers, levels, dates or individuals.
    Comparison {
        /// The left.
        left: Expression,
        /// The sign.
        operator: ComparisonOperator,
        /// The right.
        right: Expression,
        /// What is compared.
        domain: ComparisonDomain,
    },
    /// A condition on the moment itself.
    Moment {
        /// Since, before or after.
        relation: MomentRelation,
        /// What.
        date: MomentDate,
    },
}

/// What two sides of a comparison are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ComparisonDomain {
    /// Numbers.
    Number,
    /// Members of an ordered kind, by rank.
    Level(KindId),
    /// Dates, by day; an imprecise one carries bounds.
    Date,
    /// Individuals (or texts): only `=` and `!=`.
    Individual,
}

/// `at least`, `at most`, `exactly` (`none of` is at most 0)
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CountComparison {
    /// At least N.
    AtLeast,
    /// At most N.
    AtMost,
    /// Exactly N.
    Exactly,
}

/// A window of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WindowOf {
    /// Which way it looks.
    pub direction: Direction,
    /// Its length: a parameter's value was checked to be a whole number of at least 1.
    pub number: CountNumber,
    /// In what it is counted.
    pub unit: Unit,
}

/// N in a counting form, or in the length of a window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CountNumber {
    /// Written out.
    Constant(u32),
    /// A parameter, whose value was checked to be a whole number.
    Parameter(ParameterId),
}

/// `every` or `some`
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Quantifier {
    /// All of them.
    Every,
    /// At least one.
    Some,
}

/// A quantified variable.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Binding {
    /// Its slot.
    pub slot: Slot,
    /// What it ranges over.
    pub kind: KindId,
}

/// Signs of comparison.
pub use crate::syntax::tree::{AggregateFunction, ArithmeticOperator, ComparisonOperator, MomentRelation};

/// The date of a condition on the moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MomentDate {
    /// Written out.
    Period(Period),
    /// A variable or individual of the kind `date`.
    Argument(Argument),
}

/// An argument of an atom.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Argument {
    /// A variable.
    Variable(Slot),
    /// A constant.
    Individual(IndividualId),
}

/// A relation with arguments.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Atom {
    /// Which.
    pub relation: RelationId,
    /// One for each role.
    pub arguments: Vec<Argument>,
    /// Its place (of the bare name, where it was bare).
    pub span: Span,
}

/// A resolved expression.
#[derive(Debug, Clone)]
pub struct Expression {
    /// Its form.
    pub kind: ExpressionKind,
    /// Its place.
    pub span: Span,
}

/// The forms of resolved expressions.
#[derive(Debug, Clone)]
pub enum ExpressionKind {
    /// A number.
    Number(f64),
    /// A parameter.
    Parameter(ParameterId),
    /// An individual or a variable: of an ordered kind its rank, of `number` or `date` its value.
    Argument(Argument),
    /// A measure or classification.
    Measure(MeasureId, Vec<Argument>),
    /// 1 where the atom is met, 0 where it is not, bounds where that is not settled.
    Indicator(Atom),
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
    /// How many individuals (or combinations) there are.
    Count {
        /// Over what.
        bindings: Vec<Binding>,
        /// Among which.
        among: Option<Box<Condition>>,
    },
    /// Sum, mean, smallest or largest value.
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

impl Expression {
    /// Adds the slots that occur in it and are not bound in it.
    pub fn add_free(&self, free: &mut Vec<Slot>) {
        let mut add_arguments = |arguments: &[Argument]| {
            free.extend(arguments.iter().filter_map(|argument| match argument {
                Argument::Variable(slot) => Some(*slot),
                Argument::Individual(_) => None,
            }));
        };
        match &self.kind {
            ExpressionKind::Number(_) | ExpressionKind::Parameter(_) => {}
            ExpressionKind::Argument(argument) => add_arguments(&[*argument]),
            ExpressionKind::Measure(_, arguments) => add_arguments(arguments),
            ExpressionKind::Indicator(atom) => add_arguments(&atom.arguments),
            ExpressionKind::Negation(inner) => inner.add_free(free),
            ExpressionKind::Arithmetic { left, right, .. } => {
                left.add_free(free);
                right.add_free(free);
            }
            ExpressionKind::Count { bindings, among } => {
                let mut inner = among.as_ref().map(|among| among.free.clone()).unwrap_or_default();
                inner.retain(|slot| !bindings.iter().any(|binding| binding.slot == *slot));
                free.extend(inner);
            }
            ExpressionKind::Aggregate { value, bindings, among, .. } => {
                let mut inner = among.as_ref().map(|among| among.free.clone()).unwrap_or_default();
                value.add_free(&mut inner);
                inner.retain(|slot| !bindings.iter().any(|binding| binding.slot == *slot));
                free.extend(inner);
            }
        }
    }
}

impl Condition {
    /// Whether it joins other conditions, or one of several individuals.
    #[must_use]
    pub fn has_parts(&self) -> bool {
        matches!(
            self.kind,
            ConditionKind::And(..)
                | ConditionKind::Or(..)
                | ConditionKind::Whenever { .. }
                | ConditionKind::Counted { .. }
                | ConditionKind::Quantified { .. }
        )
    }

    /// Adds the relations that are named in it.
    pub fn add_relations(&self, relations: &mut BTreeSet<RelationId>) {
        match &self.kind {
            ConditionKind::Atom(atom) => {
                relations.insert(atom.relation);
            }
            ConditionKind::Not(inner)
            | ConditionKind::Shown(inner)
            | ConditionKind::Ever(inner)
            | ConditionKind::Always(inner)
            | ConditionKind::Within(inner, _)
            | ConditionKind::Throughout(inner, _) => inner.add_relations(relations),
            ConditionKind::And(conditions, _)
            | ConditionKind::Or(conditions, _)
            | ConditionKind::Counted { conditions, .. } => {
                for condition in conditions {
                    condition.add_relations(relations);
                }
            }
            ConditionKind::Whenever { then, given } => {
                then.add_relations(relations);
                given.add_relations(relations);
            }
            ConditionKind::Quantified { among, body, .. } => {
                for condition in among.iter().chain([body]) {
                    condition.add_relations(relations);
                }
            }
            ConditionKind::Comparison { left, right, .. } => {
                left.add_relations(relations);
                right.add_relations(relations);
            }
            ConditionKind::Moment { .. } => {}
        }
    }
}

impl Expression {
    /// Adds the relations that are named in it.
    pub fn add_relations(&self, relations: &mut BTreeSet<RelationId>) {
        match &self.kind {
            ExpressionKind::Indicator(atom) => {
                relations.insert(atom.relation);
            }
            ExpressionKind::Negation(inner) => inner.add_relations(relations),
            ExpressionKind::Arithmetic { left, right, .. } => {
                left.add_relations(relations);
                right.add_relations(relations);
            }
            ExpressionKind::Count { among: Some(among), .. } => among.add_relations(relations),
            ExpressionKind::Aggregate { value, among, .. } => {
                value.add_relations(relations);
                if let Some(among) = among {
                    among.add_relations(relations);
                }
            }
            _ => {}
        }
    }
}
