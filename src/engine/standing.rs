//! What is known of an atom or a condition on a day.

use crate::time::{IntervalSet, Timeline};
use crate::verdict::Verdict;

/// Evidence for and against, all of it and what is settled: Belnap's four values, twice.
///
/// The settled marks are what is left when everything contested is set aside (read as undetermined).
/// `not applicable` stands only on cases; conditions read it as not met.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Standing(u8);

const FOR: u8 = 1;
const SETTLED_FOR: u8 = 2;
const AGAINST: u8 = 4;
const SETTLED_AGAINST: u8 = 8;
const NOT_APPLICABLE: u8 = 16;
const BOTH_FOR: u8 = FOR | SETTLED_FOR;
const BOTH_AGAINST: u8 = AGAINST | SETTLED_AGAINST;

impl Standing {
    /// Nothing known.
    pub const UNDETERMINED: Standing = Standing(0);
    /// Settled for.
    pub const MET: Standing = Standing(BOTH_FOR);
    /// Settled against.
    pub const NOT_MET: Standing = Standing(BOTH_AGAINST);
    /// Evidence for and against, nothing settled.
    pub const CONTESTED: Standing = Standing(FOR | AGAINST);
    /// The case does not arise.
    pub const INAPPLICABLE: Standing = Standing(NOT_APPLICABLE | BOTH_AGAINST);

    /// From its marks.
    #[must_use]
    pub fn new(is_for: bool, settled_for: bool, against: bool, settled_against: bool) -> Standing {
        Standing(
            (u8::from(is_for) * FOR)
                | (u8::from(settled_for) * SETTLED_FOR)
                | (u8::from(against) * AGAINST)
                | (u8::from(settled_against) * SETTLED_AGAINST),
        )
    }

    /// Evidence for.
    #[must_use]
    pub fn is_for(self) -> bool {
        self.0 & FOR != 0
    }

    /// Evidence against.
    #[must_use]
    pub fn is_against(self) -> bool {
        self.0 & AGAINST != 0
    }

    /// Evidence for that is left when everything contested is set aside.
    #[must_use]
    pub fn is_settled_for(self) -> bool {
        self.0 & SETTLED_FOR != 0
    }

    /// Evidence against that is left when everything contested is set aside.
    #[must_use]
    pub fn is_settled_against(self) -> bool {
        self.0 & SETTLED_AGAINST != 0
    }

    /// Whether the case arises.
    #[must_use]
    pub fn is_applicable(self) -> bool {
        self.0 & NOT_APPLICABLE == 0
    }

    /// As a condition reads it: not applicable is not met.
    #[must_use]
    pub fn in_condition(self) -> Standing {
        Standing(self.0 & !NOT_APPLICABLE)
    }

    /// What is known of the opposite.
    #[must_use]
    pub fn negated(self) -> Standing {
        Standing((self.0 & BOTH_FOR) << 2 | (self.0 & BOTH_AGAINST) >> 2)
    }

    /// What is known of both holding.
    #[must_use]
    pub fn and(self, other: Standing) -> Standing {
        Standing(self.0 & other.0 & BOTH_FOR | (self.0 | other.0) & BOTH_AGAINST)
    }

    /// What is known of either holding.
    #[must_use]
    pub fn or(self, other: Standing) -> Standing {
        Standing((self.0 | other.0) & BOTH_FOR | self.0 & other.0 & BOTH_AGAINST)
    }

    /// With the contested set aside: where there is evidence for and against, nothing is settled.
    #[must_use]
    pub fn with_contested_unsettled(self) -> Standing {
        if self.0 & (FOR | AGAINST) == FOR | AGAINST {
            Standing(self.0 & !(SETTLED_FOR | SETTLED_AGAINST))
        } else {
            self
        }
    }

    /// The marks for of one, the marks against of another.
    #[must_use]
    pub fn of_sides(side_for: Standing, side_against: Standing) -> Standing {
        Standing(side_for.0 & BOTH_FOR | side_against.0 & BOTH_AGAINST)
    }

    /// What is to be said of it.
    #[must_use]
    pub fn verdict(self) -> Verdict {
        if !self.is_applicable() {
            Verdict::NotApplicable
        } else if self.is_settled_for() {
            Verdict::Met
        } else if self.is_settled_against() {
            Verdict::NotMet
        } else if self.0 & (FOR | AGAINST) != 0 {
            Verdict::Contested
        } else {
            Verdict::Undetermined
        }
    }
}

/// The four sets of days of a timeline of standings: for the time forms, which move each of them.
pub(super) struct Sides {
    pub is_for: IntervalSet,
    pub settled_for: IntervalSet,
    pub against: IntervalSet,
    pub settled_against: IntervalSet,
}

impl Sides {
    pub fn of(timeline: &Timeline<Standing>) -> Sides {
        Sides {
            is_for: timeline.days_where(|standing| standing.is_for()),
            settled_for: timeline.days_where(|standing| standing.is_settled_for()),
            against: timeline.days_where(|standing| standing.is_against()),
            settled_against: timeline.days_where(|standing| standing.is_settled_against()),
        }
    }

    pub fn timeline(&self) -> Timeline<Standing> {
        // The n-th bit of what a day has is the n-th of these.
        const MARKS: [u8; 4] = [FOR, SETTLED_FOR, AGAINST, SETTLED_AGAINST];
        let sets = [&self.is_for, &self.settled_for, &self.against, &self.settled_against];
        Timeline::from_sets(&sets, |held| {
            let marks = MARKS.iter().enumerate().filter(|(number, _)| held & 1 << number != 0);
            Standing(marks.fold(0, |sum, (_, mark)| sum | mark))
        })
    }

    /// With one more part, joined by `or` or by `and` on these days alone.
    pub fn with_one_more(self, days: &IntervalSet, standing: Standing, joined_by_or: bool) -> Sides {
        let join = |set: IntervalSet, has: bool, adds: bool| match (has, adds) {
            (true, true) => set.union(days),
            (false, false) => set.difference(days),
            _ => set,
        };
        Sides {
            is_for: join(self.is_for, standing.is_for(), joined_by_or),
            settled_for: join(self.settled_for, standing.is_settled_for(), joined_by_or),
            against: join(self.against, standing.is_against(), !joined_by_or),
            settled_against: join(self.settled_against, standing.is_settled_against(), !joined_by_or),
        }
    }

    /// Each set of days moved by a function; those for by one, those against by another.
    pub fn moved(
        &self,
        side_for: impl Fn(&IntervalSet) -> IntervalSet,
        side_against: impl Fn(&IntervalSet) -> IntervalSet,
    ) -> Sides {
        Sides {
            is_for: side_for(&self.is_for),
            settled_for: side_for(&self.settled_for),
            against: side_against(&self.against),
            settled_against: side_against(&self.settled_against),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FOUR: [Standing; 4] = [Standing::UNDETERMINED, Standing::MET, Standing::NOT_MET, Standing::CONTESTED];

    #[test]
    fn de_morgan_holds_of_all_four() {
        for one in FOUR {
            for two in FOUR {
                assert_eq!(one.and(two).negated(), one.negated().or(two.negated()));
            }
            assert_eq!(one.negated().negated(), one);
        }
    }

    #[test]
    fn what_only_a_contested_fact_decides_is_contested() {
        let with_open = Standing::CONTESTED.and(Standing::UNDETERMINED);
        assert_eq!(with_open.verdict(), Verdict::Contested);
        assert_eq!(Standing::CONTESTED.or(Standing::MET).verdict(), Verdict::Met);
        assert_eq!(Standing::CONTESTED.and(Standing::NOT_MET).verdict(), Verdict::NotMet);
    }
}
