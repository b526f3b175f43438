//! A value for each day of the calendar, stored by the days on which it changes.

use super::{Day, Interval, IntervalSet};
use smallvec::{SmallVec, smallvec};

/// A value for each day. Neighbouring runs hold different values, so equal timelines are equal in memory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Timeline<T> {
    /// Each run's first day and value; the first run begins with the calendar.
    runs: SmallVec<[(Day, T); 3]>,
}

impl<T: Clone + PartialEq> Timeline<T> {
    /// The same value on every day.
    #[must_use]
    pub fn constant(value: T) -> Self {
        Timeline { runs: smallvec![(Day::FIRST, value)] }
    }

    /// One value on the days of a set, another on the others.
    #[must_use]
    pub fn from_set(set: &IntervalSet, inside: T, outside: T) -> Self {
        let mut timeline = Timeline { runs: SmallVec::new() };
        if set.first() != Some(Day::FIRST) {
            timeline.push(Day::FIRST, outside.clone());
        }
        for interval in set.iter() {
            timeline.push(interval.first, inside.clone());
            if interval.last < Day::LAST {
                timeline.push(interval.last.next(), outside.clone());
            }
        }
        timeline
    }

    /// On each day what a function makes of the sets that hold it: of the n-th set bit n is set. There are eight sets at most.
    #[must_use]
    pub fn from_sets(sets: &[&IntervalSet], mut function: impl FnMut(u8) -> T) -> Self {
        let mut timeline = Timeline { runs: SmallVec::new() };
        // The interval of each set that is not over yet.
        let mut places: SmallVec<[usize; 4]> = smallvec![0; sets.len()];
        let mut day = Day::FIRST;
        loop {
            let (mut held, mut next) = (0, None);
            for ((number, set), place) in sets.iter().enumerate().zip(&mut places) {
                let intervals = set.as_slice();
                while intervals.get(*place).is_some_and(|interval| interval.last < day) {
                    *place += 1;
                }
                let Some(interval) = intervals.get(*place) else { continue };
                let change = if interval.first > day {
                    interval.first
                } else {
                    held |= 1 << number;
                    if interval.last == Day::LAST {
                        continue;
                    }
                    interval.last.next()
                };
                next = Some(next.map_or(change, |next: Day| next.min(change)));
            }
            timeline.push(day, function(held));
            match next {
                Some(next) => day = next,
                None => return timeline,
            }
        }
    }

    /// What a function makes of the values whose spans hold a day, if no two spans share one; of none, where no span does.
    /// None where some do share a day. The spans are put in order.
    #[must_use]
    pub fn from_separate_spans<V: Copy>(
        spans: &mut [(Interval, V)],
        function: impl FnMut(Option<V>) -> T,
    ) -> Option<Self> {
        if !spans.is_sorted_by_key(|(interval, _)| interval.first) {
            spans.sort_unstable_by_key(|(interval, _)| interval.first);
        }
        let are_separate = spans.is_sorted_by(|(one, _), (next, _)| one.last < next.first);
        are_separate.then(|| Timeline::from_ordered_spans(spans, function))
    }

    /// What a function makes of the values of spans that hold a day, of none where no span does. The spans are in order, and no two of
    /// them share a day.
    #[must_use]
    pub fn from_ordered_spans<V: Copy>(spans: &[(Interval, V)], mut function: impl FnMut(Option<V>) -> T) -> Self {
        let mut timeline = Timeline { runs: SmallVec::new() };
        // The day after the last span; none where it is the calendar's last.
        let mut from = Some(Day::FIRST);
        for (interval, value) in spans {
            if let Some(first) = from.filter(|from| *from < interval.first) {
                timeline.push(first, function(None));
            }
            timeline.push(interval.first, function(Some(*value)));
            from = (interval.last < Day::LAST).then(|| interval.last.next());
        }
        if let Some(from) = from {
            timeline.push(from, function(None));
        }
        timeline
    }

    /// What a function makes of this timeline's values and those of spans that hold a day; another value where no span does. The spans are
    /// in order, and no two of them share a day.
    #[must_use]
    pub fn on_ordered_spans<V: Copy, U: Clone + PartialEq>(
        &self,
        spans: &[(Interval, V)],
        elsewhere: U,
        mut function: impl FnMut(V, &T) -> U,
    ) -> Timeline<U> {
        let mut timeline = Timeline { runs: SmallVec::new() };
        let (mut run, mut from) = (0, Some(Day::FIRST));
        for (interval, value) in spans {
            if let Some(first) = from.filter(|from| *from < interval.first) {
                timeline.push(first, elsewhere.clone());
            }
            let mut first = interval.first;
            while let Some((next, _)) = self.runs.get(run + 1).filter(|(next, _)| *next <= interval.last) {
                if *next > first {
                    timeline.push(first, function(*value, &self.runs[run].1));
                    first = *next;
                }
                run += 1;
            }
            timeline.push(first, function(*value, &self.runs[run].1));
            from = (interval.last < Day::LAST).then(|| interval.last.next());
        }
        if let Some(from) = from {
            timeline.push(from, elsewhere);
        }
        timeline
    }

    /// A value from the calendar's first day on, and others from later days on, in order.
    #[must_use]
    pub fn from_changes(first: T, changes: impl IntoIterator<Item = (Day, T)>) -> Self {
        let mut timeline = Timeline { runs: SmallVec::new() };
        let mut changes = changes.into_iter().peekable();
        timeline.runs.reserve(changes.size_hint().0 + 1);
        if changes.peek().is_none_or(|(day, _)| *day > Day::FIRST) {
            timeline.push(Day::FIRST, first);
        }
        for (day, value) in changes {
            timeline.push(day, value);
        }
        timeline
    }

    fn push(&mut self, from: Day, value: T) {
        if self.runs.last().is_none_or(|(_, last)| *last != value) {
            self.runs.push((from, value));
        }
    }

    /// The runs of equal values, in order, covering the calendar.
    pub fn runs(&self) -> impl Iterator<Item = (Interval, &T)> {
        self.runs.iter().enumerate().map(|(index, (first, value))| {
            let last = self.runs.get(index + 1).map_or(Day::LAST, |(next, _)| next.previous());
            (Interval { first: *first, last }, value)
        })
    }

    /// The values of the runs, in order.
    pub fn values(&self) -> impl Iterator<Item = &T> {
        self.runs.iter().map(|(_, value)| value)
    }

    /// The value on a day.
    #[must_use]
    pub fn at(&self, day: Day) -> &T {
        let after = self.runs.partition_point(|(first, _)| *first <= day);
        &self.runs[after - 1].1
    }

    /// The value, where it never changes.
    #[must_use]
    pub fn as_constant(&self) -> Option<&T> {
        match self.runs.as_slice() {
            [(_, value)] => Some(value),
            _ => None,
        }
    }

    /// The days on which the value passes a test.
    pub fn days_where(&self, mut test: impl FnMut(&T) -> bool) -> IntervalSet {
        IntervalSet::from_ordered(self.runs().filter(|(_, value)| test(value)).map(|(interval, _)| interval))
    }

    /// Each day's value turned into another.
    pub fn map<U: Clone + PartialEq>(&self, mut function: impl FnMut(&T) -> U) -> Timeline<U> {
        let mut result = Timeline { runs: SmallVec::with_capacity(self.runs.len()) };
        for (first, value) in &self.runs {
            result.push(*first, function(value));
        }
        result
    }

    /// Each day's value turned into another of the sort, which for most timelines is the same.
    #[must_use]
    pub fn revised(self, mut function: impl FnMut(&T) -> T) -> Self {
        if self.runs.iter().all(|(_, value)| function(value) == *value) { self } else { self.map(function) }
    }

    /// Two timelines joined day by day.
    pub fn zip<U: Clone + PartialEq, V: Clone + PartialEq>(
        &self,
        other: &Timeline<U>,
        mut function: impl FnMut(&T, &U) -> V,
    ) -> Timeline<V> {
        let mut result = Timeline { runs: SmallVec::new() };
        let (mut left, mut right) = (0, 0);
        let mut from = Day::FIRST;
        loop {
            result.push(from, function(&self.runs[left].1, &other.runs[right].1));
            let next_left = self.runs.get(left + 1).map(|(day, _)| *day);
            let next_right = other.runs.get(right + 1).map(|(day, _)| *day);
            from = match (next_left, next_right) {
                (None, None) => return result,
                (Some(day), None) | (None, Some(day)) => day,
                (Some(one), Some(two)) => one.min(two),
            };
            left += usize::from(next_left == Some(from));
            right += usize::from(next_right == Some(from));
        }
    }

    /// Many timelines joined day by day, in one sweep over the days on which any of them changes.
    /// The slice holds their values in order; with no timeline at all it is empty.
    pub fn zip_all<V: Clone + PartialEq>(
        timelines: &[&Timeline<T>],
        mut function: impl FnMut(&[&T]) -> V,
    ) -> Timeline<V> {
        let mut changes: Vec<(Day, usize, usize)> = Vec::new();
        for (which, timeline) in timelines.iter().enumerate() {
            changes.extend(timeline.runs.iter().enumerate().skip(1).map(|(run, (day, _))| (*day, which, run)));
        }
        changes.sort_unstable();
        let mut values: Vec<&T> = timelines.iter().map(|timeline| &timeline.runs[0].1).collect();
        let mut result = Timeline { runs: smallvec![(Day::FIRST, function(&values))] };
        let mut changes = changes.into_iter().peekable();
        while let Some((day, which, run)) = changes.next() {
            values[which] = &timelines[which].runs[run].1;
            if changes.peek().is_none_or(|(next, _, _)| *next != day) {
                result.push(day, function(&values));
            }
        }
        result
    }

    /// On each day what a function makes of the values whose spans hold it, in any order; of none, where no span does.
    #[must_use]
    pub fn from_spans<V: Copy>(spans: &[(Interval, V)], mut function: impl FnMut(&[V]) -> T) -> Self {
        let mut begins: Vec<usize> = (0..spans.len()).collect();
        begins.sort_unstable_by_key(|place| spans[*place].0.first);
        let mut result = Timeline { runs: SmallVec::new() };
        let mut current: SmallVec<[(Day, V); 2]> = SmallVec::new();
        let mut values: SmallVec<[V; 2]> = SmallVec::new();
        let mut day = Day::FIRST;
        let mut next = 0;
        loop {
            while let Some((interval, value)) =
                begins.get(next).map(|place| spans[*place]).filter(|(one, _)| one.first <= day)
            {
                current.push((interval.last, value));
                next += 1;
            }
            values.clear();
            values.extend(current.iter().map(|(_, value)| *value));
            result.push(day, function(&values));
            let ends = current.iter().map(|(last, _)| *last).min().filter(|last| *last < Day::LAST).map(Day::next);
            let begin = begins.get(next).map(|place| spans[*place].0.first);
            day = match (ends, begin) {
                (Some(ends), Some(begin)) => ends.min(begin),
                (Some(day), None) | (None, Some(day)) => day,
                (None, None) => return result,
            };
            current.retain(|(last, _)| *last >= day);
        }
    }

    /// This timeline on the days of a set, another value elsewhere.
    #[must_use]
    pub fn within(self, set: &IntervalSet, elsewhere: &T) -> Self {
        if set.is_all() {
            return self;
        }
        let mut result = Timeline { runs: SmallVec::new() };
        let intervals = set.as_slice();
        let (mut run, mut place, mut from) = (0, 0, Day::FIRST);
        loop {
            let interval = intervals.get(place);
            let is_inside = interval.is_some_and(|interval| interval.first <= from);
            result.push(from, if is_inside { self.runs[run].1.clone() } else { elsewhere.clone() });
            let next_run = self.runs.get(run + 1).map(|(day, _)| *day);
            let edge = match interval {
                Some(interval) if !is_inside => Some(interval.first),
                Some(interval) if interval.last < Day::LAST => Some(interval.last.next()),
                _ => None,
            };
            from = match (next_run, edge) {
                (None, None) => return result,
                (Some(day), None) | (None, Some(day)) => day,
                (Some(one), Some(two)) => one.min(two),
            };
            run += usize::from(next_run == Some(from));
            place += usize::from(is_inside && edge == Some(from));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn timelines() -> impl Strategy<Value = Timeline<u8>> {
        proptest::collection::vec((0..30i32, 0..3u8), 0..6).prop_map(|changes| {
            let set = |wanted: u8| -> IntervalSet {
                changes
                    .iter()
                    .filter(|(_, value)| *value == wanted)
                    .filter_map(|(day, _)| Interval::new(Day::from_number(*day), Day::from_number(day + 3)))
                    .collect()
            };
            Timeline::from_set(&set(1), 1, 0).zip(&Timeline::from_set(&set(2), 2, 0), |one, two| one + two)
        })
    }

    proptest! {
        #[test]
        fn joined_day_by_day(left in timelines(), right in timelines(), third in timelines()) {
            let two = left.zip(&right, |one, two| one * 4 + two);
            let three = Timeline::zip_all(&[&left, &right, &third], |values| values.iter().fold(0u8, |sum, value| sum * 4 + **value));
            for number in -2..40 {
                let day = Day::from_number(number);
                prop_assert_eq!(*two.at(day), left.at(day) * 4 + right.at(day));
                prop_assert_eq!(*three.at(day), (left.at(day) * 4 + right.at(day)) * 4 + third.at(day));
            }
            prop_assert!(three.runs.windows(2).all(|pair| pair[0].0 < pair[1].0 && pair[0].1 != pair[1].1));
            let sets = [left.days_where(|value| *value == 1), right.days_where(|value| *value > 0), third.days_where(|value| *value == 2)];
            let held = Timeline::from_sets(&sets.each_ref(), |held| held);
            let within = left.clone().within(&sets[1], &7);
            for number in -2..40 {
                let day = Day::from_number(number);
                let expected = sets.iter().rev().fold(0, |held, set| held * 2 + u8::from(set.contains(day)));
                prop_assert_eq!(*held.at(day), expected);
                prop_assert_eq!(*within.at(day), if sets[1].contains(day) { *left.at(day) } else { 7 });
            }
            prop_assert_eq!(&within, &left.zip(&Timeline::from_set(&sets[1], true, false), |value, inside| if *inside { *value } else { 7 }));
            let mut spans: Vec<(Interval, u8)> = left.runs().filter(|(_, value)| **value > 0).map(|(run, value)| (run, *value)).collect();
            spans.reverse();
            prop_assert_eq!(Timeline::from_separate_spans(&mut spans, |value| value.unwrap_or(0)), Some(left.clone()));
            let joined = right.on_ordered_spans(&spans, 9, |value, other| value * 3 + other);
            prop_assert_eq!(joined, left.zip(&right, |value, other| if *value > 0 { value * 3 + other } else { 9 }));
            let mut twice = [spans.clone(), spans.clone()].concat();
            prop_assert_eq!(Timeline::from_separate_spans(&mut twice, |value| value.unwrap_or(0)).is_none(), !spans.is_empty());
            prop_assert_eq!(left.clone().revised(|value| *value), left.clone());
            prop_assert_eq!(left.clone().revised(|value| value / 2), left.map(|value| value / 2));
            prop_assert_eq!(Timeline::from_set(&left.days_where(|value| *value == 1), 1, 0), left.map(|value| u8::from(*value == 1)));
        }
    }
}
