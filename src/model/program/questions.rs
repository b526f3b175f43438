//! What is asked of the answers: assertions, cases, questions.

use super::{IndividualId, MeasureId, RelationId, Variable};
use crate::model::condition::Condition;
use crate::text::Span;
use crate::time::Interval;
use crate::verdict::Verdict;

/// What an assertion wants of its time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AssertionTime {
    /// Every day on which the case applies.
    Always,
    /// Every day of these on which the case applies.
    Every(Interval),
    /// At least one of these.
    Sometime(Interval),
}

/// A reason that an assertion expects among those that `explain` lists.
#[derive(Debug, Clone)]
pub struct Reason {
    /// The condition's relation.
    pub relation: RelationId,
    /// Its individuals, where they were given.
    pub arguments: Option<Vec<IndividualId>>,
    /// Its place.
    pub span: Span,
}

/// An `expect` or a `claim`.
#[derive(Debug, Clone)]
pub struct Assertion {
    /// The citations of a claim; none for an `expect`.
    pub claim: Option<Vec<crate::evidence::Citation>>,
    /// Of what; without free variables.
    pub condition: Condition,
    /// Slots of the condition's own variables.
    pub variables: Vec<Variable>,
    /// When.
    pub time: AssertionTime,
    /// What it should be.
    pub verdict: Verdict,
    /// Conditions expected among the blockers.
    pub failing: Vec<Reason>,
    /// Conditions expected among those that carry the verdict.
    pub by: Vec<Reason>,
    /// A note.
    pub note: Option<String>,
    /// From `##`.
    pub documentation: Vec<String>,
    /// The whole.
    pub span: Span,
}

/// What a list of cases, or a question, is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Target {
    /// A predicate or criterion.
    Relation(RelationId),
    /// A measure or classification.
    Measure(MeasureId),
}

/// What `eval` ranges over unless told.
#[derive(Debug, Clone)]
pub struct Cases {
    /// Of what.
    pub target: Target,
    /// For each role, in id order, without repetition.
    pub over: Vec<Vec<IndividualId>>,
    /// The period.
    pub period: Option<Interval>,
    /// The whole.
    pub span: Span,
}

/// A question about one case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// Of what.
    pub target: Target,
    /// Of whom.
    pub individuals: Vec<IndividualId>,
}
