//! What is known of an atom or a condition on one day.

use std::ops::Not;
use symmachia::verdict::Verdict;

/// The four marks, and whether the case arises at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Marks {
    pub is_for: bool,
    pub is_against: bool,
    pub is_settled_for: bool,
    pub is_settled_against: bool,
    pub is_not_applicable: bool,
}

impl Marks {
    /// Nothing is known.
    pub const OPEN: Marks = Marks {
        is_for: false,
        is_against: false,
        is_settled_for: false,
        is_settled_against: false,
        is_not_applicable: false,
    };
    pub const MET: Marks = Marks { is_for: true, is_settled_for: true, ..Marks::OPEN };
    pub const NOT_MET: Marks = Marks { is_against: true, is_settled_against: true, ..Marks::OPEN };
    /// Inside a condition this is as good as not met.
    pub const NOT_APPLICABLE: Marks = Marks { is_not_applicable: true, ..Marks::NOT_MET };

    /// Met or not met, beyond dispute.
    pub fn certain(holds: bool) -> Marks {
        if holds { Marks::MET } else { Marks::NOT_MET }
    }

    pub fn and(self, other: Marks) -> Marks {
        Marks {
            is_for: self.is_for && other.is_for,
            is_against: self.is_against || other.is_against,
            is_settled_for: self.is_settled_for && other.is_settled_for,
            is_settled_against: self.is_settled_against || other.is_settled_against,
            is_not_applicable: false,
        }
    }

    pub fn or(self, other: Marks) -> Marks {
        !((!self).and(!other))
    }

    /// As seen from inside a condition.
    pub fn inside(self) -> Marks {
        Marks { is_not_applicable: false, ..self }
    }

    pub fn verdict(self) -> Verdict {
        if self.is_not_applicable {
            Verdict::NotApplicable
        } else if self.is_settled_for {
            Verdict::Met
        } else if self.is_settled_against {
            Verdict::NotMet
        } else if self.is_for || self.is_against {
            Verdict::Contested
        } else {
            Verdict::Undetermined
        }
    }

    /// What always holds of marks: settled ones are among the plain ones, and settled on one side only.
    pub fn is_sound(self) -> bool {
        (self.is_for || !self.is_settled_for)
            && (self.is_against || !self.is_settled_against)
            && !(self.is_settled_for && self.is_against)
            && !(self.is_settled_against && self.is_for)
    }
}

impl Not for Marks {
    type Output = Marks;

    fn not(self) -> Marks {
        Marks {
            is_for: self.is_against,
            is_against: self.is_for,
            is_settled_for: self.is_settled_against,
            is_settled_against: self.is_settled_for,
            is_not_applicable: false,
        }
    }
}

/// `F` for, `A` against, in capitals where settled; `-` nothing, `x` not applicable.
impl std::fmt::Display for Marks {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.is_not_applicable {
            return formatter.write_str("x");
        }
        let sides = match (self.is_for, self.is_settled_for) {
            (_, true) => "F",
            (true, false) => "f",
            _ => "",
        };
        let other = match (self.is_against, self.is_settled_against) {
            (_, true) => "A",
            (true, false) => "a",
            _ => "",
        };
        if sides.is_empty() && other.is_empty() {
            formatter.write_str("-")
        } else {
            write!(formatter, "{sides}{other}")
        }
    }
}
