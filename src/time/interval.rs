//! Sets of days, as sorted intervals that neither overlap nor touch.

use super::Day;
use smallvec::SmallVec;

/// The days from `first` to `last`, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Interval {
    /// First day.
    pub first: Day,
    /// Last day.
    pub last: Day,
}

impl Interval {
    /// All days of the calendar.
    pub const ALL: Interval = Interval { first: Day::FIRST, last: Day::LAST };

    /// The days from `first` to `last`; none where `last` is earlier.
    #[must_use]
    pub fn new(first: Day, last: Day) -> Option<Interval> {
        (first <= last).then_some(Interval { first, last })
    }

    /// How many days.
    #[must_use]
    pub fn days(self) -> u64 {
        (self.last.number() - self.first.number()) as u64 + 1
    }

    /// Whether a day lies in it.
    #[must_use]
    pub fn contains(self, day: Day) -> bool {
        self.first <= day && day <= self.last
    }
}

/// A set of days.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct IntervalSet {
    intervals: SmallVec<[Interval; 2]>,
}

impl IntervalSet {
    /// No day.
    #[must_use]
    pub fn empty() -> Self {
        Self::default()
    }

    /// Every day of the calendar.
    #[must_use]
    pub fn all() -> Self {
        Interval::ALL.into()
    }

    /// The days of some intervals, in any order.
    #[must_use]
    pub fn from_intervals(intervals: impl IntoIterator<Item = Interval>) -> Self {
        let mut sorted: SmallVec<[Interval; 8]> = intervals.into_iter().collect();
        IntervalSet::from_unsorted(&mut sorted)
    }

    /// The same, of intervals that may be put in order.
    #[must_use]
    pub fn from_unsorted(intervals: &mut [Interval]) -> Self {
        intervals.sort_unstable();
        IntervalSet::from_ordered(intervals.iter().copied())
    }

    /// The days of intervals that come in the order of their first days.
    #[must_use]
    pub fn from_ordered(intervals: impl IntoIterator<Item = Interval>) -> Self {
        let mut set = IntervalSet::empty();
        intervals.into_iter().for_each(|interval| set.push(interval));
        set
    }

    /// Adds an interval that begins no earlier than the last one.
    fn push(&mut self, interval: Interval) {
        match self.intervals.last_mut() {
            Some(last) if interval.first <= last.last.next() => last.last = last.last.max(interval.last),
            _ => self.intervals.push(interval),
        }
    }

    /// Its intervals, in order.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = Interval> + ExactSizeIterator + '_ {
        self.intervals.iter().copied()
    }

    /// Its intervals, in order.
    #[must_use]
    pub fn as_slice(&self) -> &[Interval] {
        &self.intervals
    }

    /// Whether it has no day.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.intervals.is_empty()
    }

    /// Whether it has every day of the calendar.
    #[must_use]
    pub fn is_all(&self) -> bool {
        self.intervals.as_slice() == [Interval::ALL]
    }

    /// How many days.
    #[must_use]
    pub fn days(&self) -> u64 {
        self.iter().map(Interval::days).sum()
    }

    /// Whether a day is in it.
    #[must_use]
    pub fn contains(&self, day: Day) -> bool {
        let after = self.intervals.partition_point(|interval| interval.first <= day);
        after > 0 && self.intervals[after - 1].contains(day)
    }

    /// The interval that holds a day.
    #[must_use]
    pub fn interval_at(&self, day: Day) -> Option<Interval> {
        let after = self.intervals.partition_point(|interval| interval.first <= day);
        self.intervals.get(after.checked_sub(1)?).copied().filter(|interval| interval.contains(day))
    }

    /// Whether a day of an interval is in it.
    #[must_use]
    pub fn touches(&self, interval: Interval) -> bool {
        let after = self.intervals.partition_point(|own| own.last < interval.first);
        self.intervals.get(after).is_some_and(|own| own.first <= interval.last)
    }

    /// The earliest day.
    #[must_use]
    pub fn first(&self) -> Option<Day> {
        self.intervals.first().map(|interval| interval.first)
    }

    /// The latest day.
    #[must_use]
    pub fn last(&self) -> Option<Day> {
        self.intervals.last().map(|interval| interval.last)
    }

    /// The days of either.
    #[must_use]
    pub fn union(&self, other: &IntervalSet) -> IntervalSet {
        if self.is_empty() {
            return other.clone();
        }
        if other.is_empty() {
            return self.clone();
        }
        let mut set = IntervalSet::empty();
        let (mut left, mut right) = (self.iter().peekable(), other.iter().peekable());
        loop {
            let next = match (left.peek(), right.peek()) {
                (Some(one), Some(two)) if one.first <= two.first => left.next(),
                (_, Some(_)) => right.next(),
                (Some(_), None) => left.next(),
                (None, None) => return set,
            };
            if let Some(interval) = next {
                set.push(interval);
            }
        }
    }

    /// The days of both.
    #[must_use]
    pub fn intersection(&self, other: &IntervalSet) -> IntervalSet {
        let mut set = IntervalSet::empty();
        let (mut left, mut right) = (0, 0);
        while let (Some(one), Some(two)) = (self.intervals.get(left), other.intervals.get(right)) {
            if let Some(shared) = Interval::new(one.first.max(two.first), one.last.min(two.last)) {
                set.intervals.push(shared);
            }
            if one.last < two.last { left += 1 } else { right += 1 }
        }
        set
    }

    /// The days of the calendar that are not in it.
    #[must_use]
    pub fn complement(&self) -> IntervalSet {
        let mut set = IntervalSet::empty();
        let mut from = Some(Day::FIRST);
        for interval in self.iter() {
            if let Some(first) = from
                && first < interval.first
            {
                set.intervals.push(Interval { first, last: interval.first.previous() });
            }
            from = (interval.last < Day::LAST).then(|| interval.last.next());
        }
        if let Some(first) = from {
            set.intervals.push(Interval { first, last: Day::LAST });
        }
        set
    }

    /// The days of this one that the other has not.
    #[must_use]
    pub fn difference(&self, other: &IntervalSet) -> IntervalSet {
        if other.is_empty() { self.clone() } else { self.intersection(&other.complement()) }
    }

    /// Whether every day of it is in the other.
    #[must_use]
    pub fn is_subset(&self, other: &IntervalSet) -> bool {
        self.difference(other).is_empty()
    }
}

impl From<Interval> for IntervalSet {
    fn from(interval: Interval) -> Self {
        IntervalSet { intervals: smallvec::smallvec![interval] }
    }
}

impl FromIterator<Interval> for IntervalSet {
    fn from_iter<I: IntoIterator<Item = Interval>>(intervals: I) -> Self {
        IntervalSet::from_intervals(intervals)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn sets() -> impl Strategy<Value = IntervalSet> {
        proptest::collection::vec((0..40i32, 0..8i32), 0..6).prop_map(|pairs| {
            pairs
                .into_iter()
                .filter_map(|(first, length)| Interval::new(Day::from_number(first), Day::from_number(first + length)))
                .collect()
        })
    }

    proptest! {
        #[test]
        fn operations_agree_with_membership(left in sets(), right in sets()) {
            for number in -2..52 {
                let day = Day::from_number(number);
                let (one, two) = (left.contains(day), right.contains(day));
                prop_assert_eq!(left.union(&right).contains(day), one || two);
                prop_assert_eq!(left.intersection(&right).contains(day), one && two);
                prop_assert_eq!(left.difference(&right).contains(day), one && !two);
                prop_assert_eq!(left.complement().contains(day), !one);
                let ten = Interval { first: day, last: Day::from_number(number + 10) };
                prop_assert_eq!(left.touches(ten), (number..=number + 10).any(|day| left.contains(Day::from_number(day))));
            }
            prop_assert_eq!(left.complement().complement(), left);
        }
    }

    #[test]
    fn the_calendar_and_nothing_are_each_other_s_complement() {
        assert_eq!(IntervalSet::all().complement(), IntervalSet::empty());
        assert_eq!(IntervalSet::empty().complement(), IntervalSet::all());
    }
}
