//! Bounds of a number: those of all evidence, and those that are settled.

use super::names::INFINITY;
use super::scope::Marks;
use crate::model::condition::ComparisonOperator;

/// Bounds, as expressions of SQL; null where there is no value.
#[derive(Debug, Clone)]
pub(super) struct Bounds {
    pub(super) least: String,
    pub(super) most: String,
    pub(super) settled_least: String,
    pub(super) settled_most: String,
}

impl Bounds {
    pub(super) fn exactly(value: &str) -> Bounds {
        Bounds::between(value, value)
    }

    pub(super) fn between(least: &str, most: &str) -> Bounds {
        let (least, most) = (least.to_owned(), most.to_owned());
        Bounds { settled_least: least.clone(), settled_most: most.clone(), least, most }
    }

    /// The columns of a table that was joined.
    pub(super) fn joined(alias: &str) -> Bounds {
        Bounds {
            least: format!("{alias}.\"least\""),
            most: format!("{alias}.\"most\""),
            settled_least: format!("{alias}.\"settled_least\""),
            settled_most: format!("{alias}.\"settled_most\""),
        }
    }

    pub(super) fn each(&self, apply: impl Fn(&str) -> String) -> Bounds {
        Bounds {
            least: apply(&self.least),
            most: apply(&self.most),
            settled_least: apply(&self.settled_least),
            settled_most: apply(&self.settled_most),
        }
    }

    /// As columns of a select.
    pub(super) fn columns(&self) -> String {
        format!(
            "{} as \"least\",\n    {} as \"most\",\n    {} as \"settled_least\",\n    {} as \"settled_most\"",
            self.least, self.most, self.settled_least, self.settled_most
        )
    }

    /// As columns with a letter and a number.
    pub(super) fn lettered(&self, letter: &str) -> String {
        format!(
            "{} as \"{letter}1\", {} as \"{letter}2\", {} as \"{letter}3\", {} as \"{letter}4\"",
            self.least, self.most, self.settled_least, self.settled_most
        )
    }
}

fn column(name: &str) -> String {
    format!("p.\"{name}\"")
}

/// Infinite ends of opposite signs leave the bound open.
pub(super) fn sum(pairs: [(&str, &str); 4], sign: &str) -> Bounds {
    let end = |place: usize, open: &str| {
        let (one, other) = (column(pairs[place].0), column(pairs[place].1));
        format!("(case when isnan({one} {sign} {other}) then {open} else {one} {sign} {other} end)")
    };
    let lowest = format!("-{INFINITY}");
    Bounds {
        least: end(0, &lowest),
        most: end(1, INFINITY),
        settled_least: end(2, &lowest),
        settled_most: end(3, INFINITY),
    }
}

/// Nothing times whatever is nothing.
pub(super) fn product(one: &str, other: &str) -> String {
    format!("(case when {one} = 0e0 or {other} = 0e0 then 0e0 else {one} * {other} end)")
}

/// An infinite number of parts of an infinite number may be any size.
pub(super) fn quotient(one: &str, other: &str) -> String {
    format!("(case when isinf({one}) and isinf({other}) then 0e0 else {one} / {other} end)")
}

/// Bound by bound where nothing is negative and all is in order, otherwise the smallest interval that holds all.
pub(super) fn scaled(apply: fn(&str, &str) -> String, partners: [&str; 4]) -> Bounds {
    let in_order = "least(p.\"a1\", p.\"a3\", p.\"b1\", p.\"b3\") >= 0e0 and p.\"a1\" <= p.\"a2\" and p.\"a3\" <= p.\"a4\" \
                    and p.\"b1\" <= p.\"b2\" and p.\"b3\" <= p.\"b4\"";
    let corners: Vec<String> = ["a3", "a4"]
        .iter()
        .flat_map(|one| ["b3", "b4"].iter().map(move |other| apply(&column(one), &column(other))))
        .collect();
    let hull = |function: &str| format!("{function}({})", corners.join(", "));
    let bound = |place: usize, hull: &str| {
        let by_bound = apply(&column(["a1", "a2", "a3", "a4"][place]), &column(partners[place]));
        format!("(case when {in_order} then {by_bound} else {hull} end)")
    };
    let (least, most) = (hull("least"), hull("greatest"));
    Bounds {
        least: bound(0, &least),
        most: bound(1, &most),
        settled_least: bound(2, &least),
        settled_most: bound(3, &most),
    }
}

pub(super) fn compared(left: &Bounds, operator: ComparisonOperator, right: &Bounds) -> Marks {
    let opposite = match operator {
        ComparisonOperator::Equal => ComparisonOperator::NotEqual,
        ComparisonOperator::NotEqual => ComparisonOperator::Equal,
        ComparisonOperator::Less => ComparisonOperator::GreaterOrEqual,
        ComparisonOperator::LessOrEqual => ComparisonOperator::Greater,
        ComparisonOperator::Greater => ComparisonOperator::LessOrEqual,
        ComparisonOperator::GreaterOrEqual => ComparisonOperator::Less,
    };
    let plain = |operator| sure((&left.least, &left.most), operator, (&right.least, &right.most));
    let settled = |operator| {
        let (left, right) = ((&left.settled_least, &left.settled_most), (&right.settled_least, &right.settled_most));
        sure((left.0, left.1), operator, (right.0, right.1))
    };
    Marks {
        is_for: plain(operator),
        settled_for: settled(operator),
        against: plain(opposite),
        settled_against: settled(opposite),
    }
}

/// Whether bounds make a comparison hold whatever lies between them.
fn sure(one: (&String, &String), operator: ComparisonOperator, two: (&String, &String)) -> String {
    match operator {
        ComparisonOperator::Equal => format!("({} >= {} and {} >= {})", one.0, two.1, two.0, one.1),
        ComparisonOperator::NotEqual => format!("({} > {} or {} > {})", one.0, two.1, two.0, one.1),
        ComparisonOperator::Less => format!("({} < {})", one.1, two.0),
        ComparisonOperator::LessOrEqual => format!("({} <= {})", one.1, two.0),
        ComparisonOperator::Greater => format!("({} > {})", one.0, two.1),
        ComparisonOperator::GreaterOrEqual => format!("({} >= {})", one.0, two.1),
    }
}
