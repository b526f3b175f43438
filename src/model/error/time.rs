//! Mistakes in dates.

use super::{error, warning};
use crate::diagnostic::Diagnostic;
use crate::model::Mistake;
use crate::text::Span;
use crate::time::Day;

#[derive(Debug)]
pub(in crate::model) enum TimeError {
    NoSuchYear {
        year: u16,
        before_christ: bool,
        span: Span,
    },
    NoSuchDay {
        date: String,
        month: Option<u8>,
        last_day: Option<u8>,
        span: Span,
    },
    EndBeforeStart {
        span: Span,
        start: Day,
        end: Day,
    },
    /// Two stretches of one statement overlap; `open` where the first has no end.
    Overlap {
        span: Span,
        first: Span,
        open: bool,
    },
    /// A time of which no day is certain, where days are needed.
    NoCertainDay {
        span: Span,
    },
}

impl Mistake for TimeError {
    fn into_diagnostic(self) -> Diagnostic {
        match self {
            Self::NoSuchYear { year, before_christ, span } => {
                let era = if before_christ { " BC" } else { "" };
                error("symmachia::model::no_such_year", format!("the calendar has no year {year}{era}"))
                    .at(span, "")
                    .help(if year == 0 {
                        "the year before 1 is `1 BC`"
                    } else {
                        "years go from `10000 BC` to `9999`"
                    })
            }
            Self::NoSuchDay { date, month, last_day, span } => {
                let diagnostic =
                    error("symmachia::model::no_such_day", format!("the calendar has no `{date}`")).at(span, "");
                match (month, last_day) {
                    (_, Some(last)) => diagnostic.help(format!("that month has {last} days")),
                    (Some(_), None) => diagnostic.help("a year has months 1 to 12: `1999-04-02` is 2 April 1999"),
                    (None, None) => diagnostic,
                }
            }
            Self::EndBeforeStart { span, start, end } => {
                error("symmachia::model::end_before_start", format!("this ends on {end}, before it begins on {start}"))
                    .at(span, "")
                    .help("exchange the two dates, or correct one of them")
            }
            Self::Overlap { span, first, open } => {
                warning("symmachia::model::overlapping_times", "two stretches of time overlap")
                    .at(span, "begins before the other one is over")
                    .at(first, if open { "has no end" } else { "the other one" })
                    .help(if open {
                        "say how the first one ends: `ended D` (and no longer), or `until D` (known so far)"
                    } else {
                        "write them as one, or correct a date"
                    })
            }
            Self::NoCertainDay { span } => {
                error("symmachia::model::no_certain_day", "no day is certain to lie in this time").at(span, "").help(
                    "give days: `in 1999`, `in 1991..2014`, `from D until D`; `earliest` and `latest` adopt one bound of an imprecise date",
                )
            }
        }
    }
}
