//! Numbers of which not everything is known: alternatives, each with bounds.

use super::standing::Standing;
use crate::model::condition::{ArithmeticOperator, ComparisonOperator};
use smallvec::{SmallVec, smallvec};

/// Bounds of a number, twice: by all the evidence, and by what is settled.
///
/// By all the evidence the lower bound may lie above the upper one: then one part of the
/// evidence shows a larger number than another part allows.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bounds {
    /// Shown to be at least this.
    pub lower: f64,
    /// Shown to be at most this.
    pub upper: f64,
    /// Settled to be at least this.
    pub settled_lower: f64,
    /// Settled to be at most this.
    pub settled_upper: f64,
}

impl Bounds {
    /// A number of which everything is known.
    #[must_use]
    pub fn exactly(number: f64) -> Bounds {
        Bounds::between(number, number)
    }

    /// A number between two others.
    #[must_use]
    pub fn between(lower: f64, upper: f64) -> Bounds {
        Bounds { lower, upper, settled_lower: lower, settled_upper: upper }
    }

    /// 1 where it holds and 0 where it does not.
    #[must_use]
    pub fn of_standing(standing: Standing) -> Bounds {
        let number = |is: bool| if is { 1.0 } else { 0.0 };
        Bounds {
            lower: number(standing.is_for()),
            upper: number(!standing.is_against()),
            settled_lower: number(standing.is_settled_for()),
            settled_upper: number(!standing.is_settled_against()),
        }
    }

    /// The number, where it is settled.
    #[must_use]
    pub fn settled(self) -> Option<f64> {
        (self.settled_lower == self.settled_upper).then_some(self.settled_lower)
    }

    fn negated(self) -> Bounds {
        Bounds {
            lower: -self.upper,
            upper: -self.lower,
            settled_lower: -self.settled_upper,
            settled_upper: -self.settled_lower,
        }
    }

    fn plus(self, other: Bounds) -> Bounds {
        Bounds {
            lower: add(self.lower, other.lower, f64::NEG_INFINITY),
            upper: add(self.upper, other.upper, f64::INFINITY),
            settled_lower: add(self.settled_lower, other.settled_lower, f64::NEG_INFINITY),
            settled_upper: add(self.settled_upper, other.settled_upper, f64::INFINITY),
        }
    }

    fn is_regular(self) -> bool {
        self.lower <= self.upper && self.settled_lower >= 0.0 && self.lower >= 0.0
    }

    fn is_in_order_and_not_negative(self, other: Bounds) -> bool {
        self.is_regular() && other.is_regular()
    }

    /// Smallest bounds that hold all products or quotients.
    fn hull(self, other: Bounds, operation: fn(f64, f64) -> f64) -> Bounds {
        let corners = [
            operation(self.settled_lower, other.settled_lower),
            operation(self.settled_lower, other.settled_upper),
            operation(self.settled_upper, other.settled_lower),
            operation(self.settled_upper, other.settled_upper),
        ];
        Bounds::between(
            corners.iter().copied().fold(f64::INFINITY, f64::min),
            corners.iter().copied().fold(f64::NEG_INFINITY, f64::max),
        )
    }

    fn times(self, other: Bounds) -> Bounds {
        if self.is_in_order_and_not_negative(other) {
            Bounds {
                lower: multiply(self.lower, other.lower),
                upper: multiply(self.upper, other.upper),
                settled_lower: multiply(self.settled_lower, other.settled_lower),
                settled_upper: multiply(self.settled_upper, other.settled_upper),
            }
        } else {
            self.hull(other, multiply)
        }
    }

    /// Each bound divided by a number of members.
    pub(super) fn shared_by(self, number: usize) -> Bounds {
        let number = number as f64;
        Bounds {
            lower: self.lower / number,
            upper: self.upper / number,
            settled_lower: self.settled_lower / number,
            settled_upper: self.settled_upper / number,
        }
    }

    /// No value where the divisor may be zero.
    fn divided_by(self, other: Bounds) -> Option<Bounds> {
        if other.settled_lower <= 0.0 && other.settled_upper >= 0.0 {
            return None;
        }
        Some(if self.is_in_order_and_not_negative(other) {
            Bounds {
                lower: divide(self.lower, other.upper),
                upper: divide(self.upper, other.lower),
                settled_lower: divide(self.settled_lower, other.settled_upper),
                settled_upper: divide(self.settled_upper, other.settled_lower),
            }
        } else {
            self.hull(other, divide)
        })
    }
}

/// Infinite bounds of opposite signs leave the bound open.
fn add(one: f64, two: f64, open: f64) -> f64 {
    let sum = one + two;
    if sum.is_nan() { open } else { sum }
}

/// Nothing of anything is nothing, even of what has no bound.
fn multiply(one: f64, two: f64) -> f64 {
    if one == 0.0 || two == 0.0 { 0.0 } else { one * two }
}

/// What has no bound, divided by what has none, lies between the other quotients.
fn divide(one: f64, two: f64) -> f64 {
    let quotient = one / two;
    if quotient.is_nan() { 0.0 } else { quotient }
}

/// What is known of a number on a day: an alternative for each rival value; none, where it has no value.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Quantity {
    alternatives: SmallVec<[Bounds; 1]>,
}

/// More alternatives than this are joined to one.
const MOST_ALTERNATIVES: usize = 64;

impl Quantity {
    /// No value.
    #[must_use]
    pub fn none() -> Quantity {
        Quantity::default()
    }

    /// One alternative.
    #[must_use]
    pub fn one(bounds: Bounds) -> Quantity {
        Quantity { alternatives: smallvec![bounds] }
    }

    /// A number of which everything is known.
    #[must_use]
    pub fn number(number: f64) -> Quantity {
        Quantity::one(Bounds::exactly(number))
    }

    /// Rival values: sorted, each once.
    #[must_use]
    pub fn rivals(values: impl IntoIterator<Item = f64>) -> Quantity {
        let mut values: SmallVec<[f64; 2]> = values.into_iter().collect();
        values.sort_by(f64::total_cmp);
        values.dedup();
        Quantity { alternatives: values.into_iter().map(Bounds::exactly).collect() }
    }

    /// The alternatives.
    #[must_use]
    pub fn alternatives(&self) -> &[Bounds] {
        &self.alternatives
    }

    /// The value, where there is one and it is settled.
    #[must_use]
    pub fn settled(&self) -> Option<f64> {
        match self.alternatives.as_slice() {
            [only] => only.settled(),
            _ => None,
        }
    }

    /// Settled bounds that hold all alternatives, with plain bounds that take the choice which shows most.
    #[must_use]
    pub fn joined(&self) -> Option<Bounds> {
        self.alternatives.iter().copied().reduce(|one, two| Bounds {
            lower: one.lower.max(two.lower),
            upper: one.upper.min(two.upper),
            settled_lower: one.settled_lower.min(two.settled_lower),
            settled_upper: one.settled_upper.max(two.settled_upper),
        })
    }

    fn each_with_each(&self, other: &Quantity, mut function: impl FnMut(Bounds, Bounds) -> Option<Bounds>) -> Quantity {
        if let ([one], [two]) = (self.alternatives(), other.alternatives()) {
            return function(*one, *two).map_or_else(Quantity::none, Quantity::one);
        }
        let mut alternatives: SmallVec<[Bounds; 1]> = SmallVec::new();
        for one in &self.alternatives {
            for two in &other.alternatives {
                match function(*one, *two) {
                    Some(bounds) if !alternatives.contains(&bounds) => alternatives.push(bounds),
                    Some(_) => {}
                    None => return Quantity::none(),
                }
            }
        }
        if alternatives.len() > MOST_ALTERNATIVES {
            let lower = alternatives.iter().map(|bounds| bounds.settled_lower).fold(f64::INFINITY, f64::min);
            let upper = alternatives.iter().map(|bounds| bounds.settled_upper).fold(f64::NEG_INFINITY, f64::max);
            return Quantity::one(Bounds::between(lower, upper));
        }
        Quantity { alternatives }
    }

    /// The opposite.
    #[must_use]
    pub fn negated(&self) -> Quantity {
        Quantity { alternatives: self.alternatives.iter().map(|bounds| bounds.negated()).collect() }
    }

    /// Arithmetic, each alternative with each.
    #[must_use]
    pub fn arithmetic(&self, operator: ArithmeticOperator, other: &Quantity) -> Quantity {
        self.each_with_each(other, |one, two| match operator {
            ArithmeticOperator::Add => Some(one.plus(two)),
            ArithmeticOperator::Subtract => Some(one.plus(two.negated())),
            ArithmeticOperator::Multiply => Some(one.times(two)),
            ArithmeticOperator::Divide => one.divided_by(two),
        })
    }

    /// What is known of a comparison.
    #[must_use]
    pub fn compare(&self, operator: ComparisonOperator, other: &Quantity) -> Standing {
        use ComparisonOperator as Operator;
        match operator {
            Operator::NotEqual => return self.compare(Operator::Equal, other).negated(),
            Operator::Less => return self.compare(Operator::GreaterOrEqual, other).negated(),
            Operator::LessOrEqual => return self.compare(Operator::Greater, other).negated(),
            Operator::Equal | Operator::Greater | Operator::GreaterOrEqual => {}
        }
        if self.alternatives.is_empty() || other.alternatives.is_empty() {
            return Standing::UNDETERMINED;
        }
        let (mut is_for, mut against, mut all_for, mut all_against) = (false, false, true, true);
        for one in &self.alternatives {
            for two in &other.alternatives {
                is_for |= shows(operator, (one.lower, one.upper), (two.lower, two.upper));
                against |= refutes(operator, (one.lower, one.upper), (two.lower, two.upper));
                let settled = (one.settled_lower, one.settled_upper);
                let other_settled = (two.settled_lower, two.settled_upper);
                all_for &= shows(operator, settled, other_settled);
                all_against &= refutes(operator, settled, other_settled);
            }
        }
        // Settled marks never go beyond the plain ones.
        Standing::new(is_for, all_for && is_for, against, all_against && against).with_contested_unsettled()
    }
}

type Pair = (f64, f64);

fn shows(operator: ComparisonOperator, one: Pair, two: Pair) -> bool {
    match operator {
        ComparisonOperator::GreaterOrEqual => one.0 >= two.1,
        ComparisonOperator::Greater => one.0 > two.1,
        _ => one.0 >= two.1 && two.0 >= one.1,
    }
}

fn refutes(operator: ComparisonOperator, one: Pair, two: Pair) -> bool {
    match operator {
        ComparisonOperator::GreaterOrEqual => one.1 < two.0,
        ComparisonOperator::Greater => one.1 <= two.0,
        _ => one.0 > two.1 || two.0 > one.1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rival_values_on_one_side_of_a_threshold_settle_it() {
        let rivals = Quantity::rivals([4.6, 4.5]);
        assert_eq!(rivals.compare(ComparisonOperator::GreaterOrEqual, &Quantity::number(4.0)), Standing::MET);
        assert_eq!(rivals.compare(ComparisonOperator::GreaterOrEqual, &Quantity::number(4.55)), Standing::CONTESTED);
        assert_eq!(rivals.compare(ComparisonOperator::Equal, &Quantity::number(5.0)), Standing::NOT_MET);
    }

    #[test]
    fn no_value_settles_nothing_and_division_by_zero_has_none() {
        let none = Quantity::number(1.0).arithmetic(ArithmeticOperator::Divide, &Quantity::number(0.0));
        assert_eq!(none, Quantity::none());
        assert_eq!(none.compare(ComparisonOperator::Equal, &Quantity::number(1.0)), Standing::UNDETERMINED);
    }
}
