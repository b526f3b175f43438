//! What a variable of a panel comes to on a day, or in a year.

use crate::verdict::Verdict;

/// An answer that costs nothing to keep.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Value {
    /// Of a predicate, a criterion or a condition.
    Verdict(Verdict),
    /// Of a measure.
    Number(f64),
    /// Of a measure whose values are levels: the rank, 0 the lowest.
    Level(u32),
    /// There are bounds, or rival values.
    Unsettled,
    /// A measure without a value.
    Absent,
    /// The case does not arise.
    Inapplicable,
    /// A verdict with the first condition that is the reason of it, by its place among the labels.
    Reason(Verdict, Option<u32>),
}

impl Value {
    /// The verdict, of what has one.
    #[must_use]
    pub fn verdict(self) -> Option<Verdict> {
        match self {
            Value::Verdict(verdict) | Value::Reason(verdict, _) => Some(verdict),
            _ => None,
        }
    }

    /// Whether a measure says something.
    #[must_use]
    pub fn is_present(self) -> bool {
        !matches!(self, Value::Absent | Value::Inapplicable)
    }

    /// Whether the case arises.
    #[must_use]
    pub fn arises(self) -> bool {
        !matches!(
            self,
            Value::Inapplicable | Value::Verdict(Verdict::NotApplicable) | Value::Reason(Verdict::NotApplicable, _)
        )
    }

    /// In words, for a complaint.
    #[must_use]
    pub fn words(self) -> String {
        match self {
            Value::Verdict(verdict) | Value::Reason(verdict, _) => verdict.name().to_owned(),
            Value::Number(number) => number.to_string(),
            Value::Level(rank) => format!("at rank {rank}"),
            Value::Unsettled => "not settled".to_owned(),
            Value::Absent => "without a value".to_owned(),
            Value::Inapplicable => Verdict::NotApplicable.name().to_owned(),
        }
    }
}
