//! Stretches of time and dates, as written.

use crate::text::Span;

/// One stretch of time, as written.
#[derive(Debug, Clone, PartialEq)]
pub struct TimeSpan {
    /// Its form.
    pub kind: TimeSpanKind,
    /// Its place.
    pub span: Span,
}

/// The forms of a stretch of time.
#[derive(Debug, Clone, PartialEq)]
pub enum TimeSpanKind {
    /// `from D until D`, either absent but not both
    Between {
        /// After `from`.
        from: Option<TimeBound>,
        /// After `until`, `ended` or `up to`.
        end: Option<TimeEnd>,
    },
    /// `in 1999` (both the same), `in 1991..2014`, `on 1999-04-02` (both the same)
    During(DateLiteral, DateLiteral),
    /// `sometime in 1991..2014` (both the same where one date stands)
    Sometime(DateLiteral, DateLiteral),
}

/// A bound and what it says of the time after.
#[derive(Debug, Clone, PartialEq)]
pub struct TimeEnd {
    /// Until, ended or up to.
    pub form: EndForm,
    /// When.
    pub bound: TimeBound,
}

/// Forms of an end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EndForm {
    /// Known to hold so far; that day included.
    Until,
    /// So far and no further; that day included.
    Ended,
    /// That day excluded; nothing said after.
    UpTo,
}

/// A date that may be imprecise.
#[derive(Debug, Clone, PartialEq)]
pub struct TimeBound {
    /// How it is meant.
    pub form: BoundForm,
    /// The date, or the first of a range.
    pub first: DateLiteral,
    /// The same date, or the last of a range.
    pub last: DateLiteral,
    /// Its place.
    pub span: Span,
}

/// How an imprecise date is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BoundForm {
    /// As it stands: for `from` its first day, for an end its last.
    Plain,
    /// `sometime in D` or `sometime in D..D`: nothing is settled between its first and last day.
    Sometime,
    /// `earliest D`: its first day is adopted.
    Earliest,
    /// `latest D`: its last day is adopted.
    Latest,
}

/// A date as written: a year, a month or a day. Numbers are as written and not yet checked against the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DateLiteral {
    /// As written, without the era.
    pub year: u16,
    /// Whether `BC` stood behind it.
    pub before_christ: bool,
    /// 1 to 12, unless mistaken.
    pub month: Option<u8>,
    /// 1 to 31, unless mistaken.
    pub day: Option<u8>,
    /// Its place.
    pub span: Span,
}
