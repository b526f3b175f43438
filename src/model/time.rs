//! Dates and stretches of time, from what was written to days.

use super::error::TimeError;
use super::program::AssertionTime;
use super::report::Report;
use crate::evidence::StatementTime;
use crate::syntax::tree::{BoundForm, DateLiteral, EndForm, TimeBound, TimeEnd, TimeSpan, TimeSpanKind};
use crate::text::Span;
use crate::time::{Day, Interval, IntervalSet, Period};

/// The days that a date stands for.
pub(super) fn period(date: &DateLiteral, report: &mut Report) -> Option<Period> {
    let Some(year) = astronomical_year(date) else {
        report.add(TimeError::NoSuchYear { year: date.year, before_christ: date.before_christ, span: date.span });
        return None;
    };
    let period = Period::from_parts(year, date.month, date.day);
    if period.is_none() {
        let last_day = date
            .month
            .and_then(|month| Period::from_parts(year, Some(month), None))
            .map(|month| month.last.date().day().unsigned_abs());
        report.add(TimeError::NoSuchDay { date: written(date), month: date.month, last_day, span: date.span });
    }
    period
}

/// The year in which 1 BC is 0.
fn astronomical_year(date: &DateLiteral) -> Option<i16> {
    let year = i16::try_from(date.year).ok().filter(|year| *year != 0)?;
    if date.before_christ { (year <= 10_000).then_some(1 - year) } else { (year <= 9999).then_some(year) }
}

/// A date in the one form in which it names an individual of the kind `date`.
pub(super) fn written(date: &DateLiteral) -> String {
    let mut text = if date.before_christ { date.year.to_string() } else { format!("{:04}", date.year) };
    for part in [date.month, date.day].into_iter().flatten() {
        text.push_str(&format!("-{part:02}"));
    }
    if date.before_christ {
        text.push_str(" BC");
    }
    text
}

/// A bare year, which reads as a number where no date is expected.
pub(super) fn year(number: f64, span: Span) -> Option<DateLiteral> {
    (number.fract() == 0.0 && (0.0..=f64::from(u16::MAX)).contains(&number)).then_some(DateLiteral {
        year: number as u16,
        before_christ: false,
        month: None,
        day: None,
        span,
    })
}

/// First and last day that a bound may mean.
fn bound(bound: &TimeBound, report: &mut Report) -> Option<(Period, Period)> {
    let first = period(&bound.first, report)?;
    let last = if bound.last == bound.first { first } else { period(&bound.last, report)? };
    if last.last < first.first {
        report.add(TimeError::EndBeforeStart { span: bound.span, start: first.first, end: last.last });
        return None;
    }
    Some((first, last))
}

fn start(from: &TimeBound, report: &mut Report) -> Option<(Day, Day)> {
    let (first, last) = bound(from, report)?;
    Some(match from.form {
        BoundForm::Plain | BoundForm::Earliest => (first.first, first.first),
        BoundForm::Latest => (last.last, last.last),
        BoundForm::Sometime => (first.first, last.last),
    })
}

/// First and last day that may be the last one.
pub(super) fn end(end: &TimeEnd, report: &mut Report) -> Option<(Day, Day)> {
    let (first, last) = bound(&end.bound, report)?;
    let days = match (end.bound.form, end.form) {
        (BoundForm::Plain, EndForm::UpTo) | (BoundForm::Earliest, _) => (first.first, first.first),
        (BoundForm::Plain, _) | (BoundForm::Latest, _) => (last.last, last.last),
        (BoundForm::Sometime, _) => (first.first, last.last),
    };
    Some(match end.form {
        EndForm::UpTo => (days.0.previous(), days.1.previous()),
        EndForm::Until | EndForm::Ended => days,
    })
}

/// One stretch of time of a statement.
pub(super) fn statement_time(time: &TimeSpan, report: &mut Report) -> Option<StatementTime> {
    let result = match &time.kind {
        TimeSpanKind::Between { from, end: until } => {
            let starts = match from {
                Some(from) => start(from, report),
                None => Some((Day::FIRST, Day::FIRST)),
            };
            let ends = match until {
                Some(until) => end(until, report),
                None => Some((Day::LAST, Day::LAST)),
            };
            let ((earliest_start, latest_start), (earliest_end, latest_end)) = (starts?, ends?);
            StatementTime {
                earliest_start,
                latest_start,
                earliest_end,
                latest_end,
                open_end: until.is_none(),
                ended: until.as_ref().is_some_and(|until| until.form == EndForm::Ended),
                next_start: None,
                span: Some(time.span),
            }
        }
        TimeSpanKind::During(first, last) => {
            let (first, last) = range(first, last, report)?;
            StatementTime {
                earliest_start: first.first,
                latest_start: first.first,
                earliest_end: last.last,
                latest_end: last.last,
                open_end: false,
                ended: false,
                next_start: None,
                span: Some(time.span),
            }
        }
        TimeSpanKind::Sometime(first, last) => {
            let (first, last) = range(first, last, report)?;
            StatementTime {
                earliest_start: first.first,
                latest_start: last.last,
                earliest_end: first.first,
                latest_end: last.last,
                open_end: false,
                ended: false,
                next_start: None,
                span: Some(time.span),
            }
        }
    };
    if result.latest_end < result.earliest_start {
        report.add(TimeError::EndBeforeStart { span: time.span, start: result.earliest_start, end: result.latest_end });
        return None;
    }
    Some(result)
}

fn range(first: &DateLiteral, last: &DateLiteral, report: &mut Report) -> Option<(Period, Period)> {
    let start = period(first, report)?;
    Some((start, if first == last { start } else { period(last, report)? }))
}

/// Throughout: no time was written.
pub(super) const THROUGHOUT: StatementTime = StatementTime {
    earliest_start: Day::FIRST,
    latest_start: Day::FIRST,
    earliest_end: Day::LAST,
    latest_end: Day::LAST,
    open_end: true,
    ended: false,
    next_start: None,
    span: None,
};

/// The times of a statement, in order; none where one of them is no time. Stretches that overlap are doubted.
pub(super) fn statement_times(spans: &[TimeSpan], report: &mut Report) -> Option<Vec<StatementTime>> {
    if spans.is_empty() {
        return Some(vec![THROUGHOUT]);
    }
    let times: Vec<Option<StatementTime>> = spans.iter().map(|span| statement_time(span, report)).collect();
    let mut times: Vec<StatementTime> = times.into_iter().collect::<Option<_>>()?;
    times.sort_by_key(|time| (time.earliest_start, time.latest_start, time.earliest_end, time.latest_end));
    for pair in times.windows(2) {
        if let [one, two] = pair
            && one.earliest_end >= two.latest_start
            && !share_a_period(one.earliest_end, two.latest_start)
            && let (Some(first), Some(span)) = (one.span, two.span)
        {
            report.add(TimeError::Overlap { span, first, open: one.open_end });
        }
    }
    Some(times)
}

/// Whether one stretch ends and the next begins in the same year or month, of which nothing finer is said:
/// `until 1999, from 1999`.
fn share_a_period(end: Day, start: Day) -> bool {
    let date = end.date();
    let month = u8::try_from(date.month()).ok();
    [Period::from_parts(date.year(), None, None), Period::from_parts(date.year(), month, None)]
        .into_iter()
        .flatten()
        .any(|period| period.first == start && period.last == end)
}

/// The days of a life: imprecise bounds are taken at their widest.
pub(super) fn life(spans: &[TimeSpan], report: &mut Report) -> Option<IntervalSet> {
    let times = statement_times(spans, report)?;
    Some(times.iter().filter_map(|time| Interval::new(time.earliest_start, time.latest_end)).collect())
}

/// The last day of which a source can speak for sure.
pub(super) fn horizon(until: &TimeEnd, report: &mut Report) -> Option<Day> {
    end(until, report).map(|(earliest, _)| earliest)
}

/// The days that are certainly meant; a diagnostic where there are none.
pub(super) fn certain(time: &TimeSpan, report: &mut Report) -> Option<Interval> {
    let resolved = statement_time(time, report)?;
    let interval = Interval::new(resolved.latest_start, resolved.earliest_end);
    if interval.is_none() {
        report.add(TimeError::NoCertainDay { span: time.span });
    }
    interval
}

/// What an assertion wants of its time.
pub(super) fn assertion_time(time: Option<&TimeSpan>, report: &mut Report) -> Option<AssertionTime> {
    match time {
        None => Some(AssertionTime::Always),
        Some(span) if matches!(span.kind, TimeSpanKind::Sometime(..)) => {
            let time = statement_time(span, report)?;
            Interval::new(time.earliest_start, time.latest_end).map(AssertionTime::Sometime)
        }
        Some(span) => certain(span, report).map(AssertionTime::Every),
    }
}
