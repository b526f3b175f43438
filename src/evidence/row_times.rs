//! When the rows of a table hold, eight bytes a row.

use super::StatementTime;
use super::packed::Packed;
use crate::columns::Narrow;
use crate::text::Span;
use crate::time::{Day, Interval};
use std::ops::Range;

/// When each row holds. Most rows say from which day to which, or from which day on, and nothing else: of those the days are kept
/// with the row; any other time is kept apart, once.
#[derive(Debug, Clone, Default)]
pub struct RowTimes {
    rows: Packed<RowTime>,
    others: Vec<StatementTime>,
    /// Where the time is written; none where none is.
    written: Option<Span>,
    /// How many rows will come.
    rows_to_come: usize,
    /// Whether the different times are few, in order, and no two of them share a day.
    is_separate: bool,
}

/// More different times are not put in order.
const MOST_IN_ORDER: usize = 1 << 12;

/// The time of one row, as [`RowTimes`] keeps it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RowTime {
    /// The number of the first day, or [`RowTime::OTHER`].
    first: i32,
    /// The number of the last day, or [`RowTime::OPEN`]; of another time its place.
    last: i32,
}

impl RowTime {
    /// The row is one of those whose time is kept apart.
    const OTHER: i32 = i32::MAX;
    /// No end is given.
    const OPEN: i32 = i32::MAX;

    /// A time that is kept apart, by its place.
    #[must_use]
    pub fn other(place: u32) -> RowTime {
        RowTime { first: RowTime::OTHER, last: place as i32 }
    }

    /// From one day on: to another one, or without an end.
    #[must_use]
    pub fn exact(first: Day, last: Option<Day>) -> RowTime {
        RowTime { first: first.number(), last: last.map_or(RowTime::OPEN, Day::number) }
    }

    /// A time, if it is no more than days that are exactly known.
    #[must_use]
    pub fn of(time: &StatementTime) -> Option<RowTime> {
        let is_exact = time.earliest_start == time.latest_start && time.earliest_end == time.latest_end && !time.ended;
        let is_plain = time.next_start.is_none() && (!time.open_end || time.latest_end == Day::LAST);
        let last = (!time.open_end).then_some(time.latest_end);
        (is_exact && is_plain).then(|| RowTime::exact(time.earliest_start, last))
    }

    /// The first day and the last, or none where no end is given, if they are exactly known.
    #[must_use]
    pub fn ends(self) -> Option<(Day, Option<Day>)> {
        let last = (self.last != RowTime::OPEN).then(|| Day::from_number(self.last));
        (self.first != RowTime::OTHER).then(|| (Day::from_number(self.first), last))
    }

    /// The days, where they are exactly known; a row without an end holds until `horizon`.
    #[must_use]
    #[inline]
    pub fn days(self, horizon: Day) -> Option<Interval> {
        if self.first == RowTime::OTHER {
            return None;
        }
        let last = if self.last == RowTime::OPEN { horizon } else { Day::from_number(self.last) };
        Interval::new(Day::from_number(self.first), last)
    }
}

impl RowTimes {
    /// None so far, of rows whose time is written at a place. So many will come.
    #[must_use]
    pub fn new(written: Option<Span>, rows_to_come: usize) -> RowTimes {
        RowTimes { written, rows_to_come, ..RowTimes::default() }
    }

    /// Adds the time of a row.
    #[inline]
    pub fn push(&mut self, time: RowTime) {
        self.rows.push(time, self.rows_to_come);
    }

    /// Takes the times of all rows, where none was added before.
    pub(super) fn fill(&mut self, rows: Packed<RowTime>) {
        self.rows = rows;
    }

    /// Gives a row another time.
    pub fn set(&mut self, row: usize, time: RowTime) {
        self.rows.set(row, time);
    }

    /// The times that are kept apart.
    #[must_use]
    pub fn others(&self) -> &[StatementTime] {
        &self.others
    }

    /// Keeps a time apart.
    pub fn add_other(&mut self, time: StatementTime) -> RowTime {
        self.others.push(time);
        RowTime::other(self.others.len() as u32 - 1)
    }

    /// As it is kept.
    #[must_use]
    #[inline]
    pub fn row(&self, row: usize) -> RowTime {
        self.rows.at(row)
    }

    /// The different times in order, and the number of each row among them, where they are few and no two of them share a day: those
    /// of a table with a row for each year.
    #[must_use]
    pub fn separate(&self) -> Option<(&[RowTime], &Narrow)> {
        match &self.rows {
            Packed::Few { values, rows, .. } if self.is_separate => Some((values, rows)),
            _ => None,
        }
    }

    /// The times that rows have, some perhaps more than once, where a row has the number of one; none where each row has its own.
    #[must_use]
    pub fn numbered(&self) -> Option<&[RowTime]> {
        match &self.rows {
            Packed::Each(_) => None,
            rows => Some(rows.values()),
        }
    }

    /// Hands out the numbers of rows that follow one another.
    #[inline]
    pub fn numbers_in(&self, rows: Range<usize>, mut use_it: impl FnMut(u32)) {
        match &self.rows {
            Packed::Few { rows: numbers, .. } => numbers.each_in(rows, use_it),
            _ => rows.for_each(|_| use_it(0)),
        }
    }

    /// The place of a time among those that are kept apart.
    #[must_use]
    pub fn other_place(&self, row: usize) -> Option<usize> {
        let time = self.rows.at(row);
        (time.first == RowTime::OTHER).then_some(time.last as usize)
    }

    /// Written out.
    #[must_use]
    pub fn statement_time(&self, time: RowTime) -> StatementTime {
        if time.first == RowTime::OTHER {
            return self.others[time.last as usize];
        }
        let first = Day::from_number(time.first);
        let open_end = time.last == RowTime::OPEN;
        let last = if open_end { Day::LAST } else { Day::from_number(time.last) };
        StatementTime {
            earliest_start: first,
            latest_start: first,
            earliest_end: last,
            latest_end: last,
            open_end,
            ended: false,
            next_start: None,
            span: self.written,
        }
    }

    /// The first and the last day that rows name, and those of the times that are kept apart.
    pub fn ends(&self) -> impl Iterator<Item = Day> + '_ {
        let is_exact = |time: &RowTime| time.first != RowTime::OTHER;
        let named = self.rows.values().iter().copied().filter(is_exact).flat_map(|time| [time.first, time.last]);
        // The ends of the calendar are named by nobody.
        let named = named.filter(|day| *day > Day::FIRST.number() && *day < Day::LAST.number());
        let ends = named.fold(None, |ends: Option<(i32, i32)>, day| {
            Some(ends.map_or((day, day), |(first, last)| (first.min(day), last.max(day))))
        });
        let exact = ends.into_iter().flat_map(|(first, last)| [first, last]).map(Day::from_number);
        let others = self.others.iter().flat_map(StatementTime::ends);
        exact.chain(others)
    }

    /// The rows in another order, if one is given; none is added after that.
    pub(super) fn finish(&mut self, order: Option<&[u32]>) {
        self.rows.finish(order);
        if self.others.is_empty() {
            self.rows.order_values(MOST_IN_ORDER);
        }
        self.is_separate = match &self.rows {
            Packed::Few { values, .. } if self.others.is_empty() => {
                values.len() <= MOST_IN_ORDER && values.is_sorted_by(|one, next| one.last < next.first)
            }
            _ => false,
        };
    }
}
