//! `--on`, `--in`, `--by`.

use super::arguments::{Step, TimeOptions};
use super::fault::{Fault, GivenTime, NoDay};
use symmachia::diagnostic::Diagnostic;
use symmachia::syntax;
use symmachia::syntax::tree::{BoundForm, DateLiteral, EndForm, TimeSpanKind};
use symmachia::text::{Span, Texts};
use symmachia::time::{Day, Interval, Period};

/// What a question asks about time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct When {
    /// On this day alone.
    pub day: Option<Day>,
    /// Within these days.
    pub period: Option<Interval>,
    /// A verdict for each year.
    pub yearly: Option<Yearly>,
}

/// How a year gets its verdict.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Yearly {
    /// Met where it is met on any day of it.
    AnyDay,
    /// Met where it is met on every day of it.
    AllDays,
    /// As on this day of it.
    On {
        /// 1 to 12
        month: u8,
        /// 1 to 31; 29 February is 28 February in years that have none.
        day: u8,
    },
}

impl When {
    /// Reads the options.
    ///
    /// # Errors
    /// What is wrong with them, with places in texts named for the options.
    pub fn read(options: &TimeOptions, texts: &mut Texts) -> Result<When, Vec<Diagnostic>> {
        let mut when = When::default();
        let mut problems = Vec::new();
        if options.by == Some(Step::Year) {
            when.yearly = Some(if options.all_days { Yearly::AllDays } else { Yearly::AnyDay });
        }
        if options.all_days && when.yearly.is_none() {
            problems.push(Fault::AllDaysOfNoYear.diagnostic());
        }
        match (&options.on, when.yearly) {
            (Some(given), Some(_)) if month_and_day(given).is_some() => {
                when.yearly = month_and_day(given).map(|(month, day)| Yearly::On { month, day });
            }
            (Some(given), Some(_)) => {
                let file = texts.add("--on", given.as_str());
                let place = Span::new(file, 0, given.len());
                problems.push(Fault::DayOfYearWanted { place }.diagnostic());
            }
            (Some(given), None) => match read_period(given, "on", texts) {
                Ok((period, _)) if period.first == period.last => when.day = Some(period.first),
                Ok((_, place)) => {
                    let why = if month_and_day(given).is_some() { NoDay::OfEveryYear } else { NoDay::Period };
                    problems.push(Fault::DayWanted { place, given: given.clone(), why }.diagnostic());
                }
                Err(problem) => problems.extend(problem),
            },
            (None, _) => {}
        }
        if let Some(given) = &options.period {
            match read_period(given, "in", texts) {
                Ok((period, _)) => when.period = Some(period),
                Err(problem) => problems.extend(problem),
            }
        }
        if problems.is_empty() { Ok(when) } else { Err(problems) }
    }
}

/// `01-12`: a day of every year.
fn month_and_day(given: &str) -> Option<(u8, u8)> {
    let (month, day) = given.split_once('-')?;
    let (month, day) = (month.parse().ok()?, day.parse().ok()?);
    // A leap year has all days that any year has.
    Day::from_parts(2000, month, day).map(|_| (month, day))
}

fn read_period(given: &str, word: &str, texts: &mut Texts) -> Result<(Interval, Span), Vec<Diagnostic>> {
    // `--in "from 1991 until 2014"` says itself what it is.
    let words = ["from", "in", "on", "sometime", "until", "ended"];
    let is_whole = given.split_whitespace().next().is_some_and(|first| words.contains(&first));
    let prefix = if is_whole { String::new() } else { format!("{word} ") };
    let file = texts.add(format!("--{word}"), format!("{prefix}{given}"));
    let place = Span::new(file, prefix.len(), prefix.len() + given.len());
    let parsed = syntax::parse_time_span(texts, file).map_err(|problems| told(problems, given, word, place))?;
    let wanted = || vec![Fault::PeriodWanted { place, given: GivenTime::of(given) }.diagnostic()];
    let (first, last) = ends(&parsed.kind).ok_or_else(wanted)?;
    let days = |literal: DateLiteral| {
        let fault = || Fault::NoSuchDay {
            place: literal.span,
            period: abbreviated_period(literal),
            last: last_of_month(literal),
        };
        period_of(literal).ok_or_else(|| vec![fault().diagnostic()])
    };
    let (first_days, last_days) = (days(first)?, days(last)?);
    let interval = Interval::new(first_days.first, last_days.last);
    let backwards = || Fault::PeriodBackwards { place, meant: forwards(first, last, texts) };
    interval.map(|interval| (interval, place)).ok_or_else(|| vec![backwards().diagnostic()])
}

/// A period that is written backwards as it may have been meant: turned round, or `1990..95` with its century.
fn forwards(first: DateLiteral, last: DateLiteral, texts: &Texts) -> Option<String> {
    let [from, until] = [first.span, last.span].map(|span| texts.slice(span).trim());
    if first.before_christ || last.before_christ {
        return None;
    }
    let is_abbreviated = last.month.is_none() && last.year < 100 && first.year >= 100 && first.year % 100 < last.year;
    let early = first.year < 800 && first.month.is_none() && last.month.is_none();
    Some(match (is_abbreviated, early) {
        (true, _) => format!("{from}..{}", first.year - first.year % 100 + last.year),
        (false, true) => format!("\"{from} BC..{until} BC\""),
        (false, false) => format!("{until}..{from}"),
    })
}

/// The last day of a date's month, where the date would be later.
fn last_of_month(literal: DateLiteral) -> Option<u8> {
    let month = period_of(DateLiteral { day: None, ..literal })?;
    let last = u8::try_from(month.last.date().day()).ok()?;
    (literal.day? > last).then_some(last)
}

/// The first and the last date of a period; none where it has not both, or where one of them is imprecise.
fn ends(kind: &TimeSpanKind) -> Option<(DateLiteral, DateLiteral)> {
    match kind {
        TimeSpanKind::During(first, last) => Some((*first, *last)),
        TimeSpanKind::Between { from: Some(from), end: Some(end) }
            if from.form == BoundForm::Plain && end.bound.form == BoundForm::Plain && end.form != EndForm::UpTo =>
        {
            Some((from.first, end.bound.last))
        }
        _ => None,
    }
}

/// What is wrong with words that are no time. What has advice of its own keeps it.
fn told(problems: Vec<Diagnostic>, given: &str, word: &str, place: Span) -> Vec<Diagnostic> {
    if problems.iter().all(|problem| problem.help.is_some()) {
        return problems;
    }
    let time = GivenTime::of(given);
    let is_period = given.contains("..") && time == GivenTime::Other;
    let fault = match word {
        "on" if is_period => Fault::DayWanted { place, given: given.to_owned(), why: NoDay::Period },
        "on" => Fault::DayWanted { place, given: given.to_owned(), why: NoDay::NoTime(time) },
        _ => Fault::PeriodWanted { place, given: time },
    };
    vec![fault.diagnostic()]
}

/// The years that `1816-18` may have been meant as.
fn abbreviated_period(literal: DateLiteral) -> Option<String> {
    let (first, last) = (literal.year, u16::from(literal.month?));
    let is_abbreviated = literal.day.is_none() && !literal.before_christ && first >= 100 && first % 100 < last;
    is_abbreviated.then(|| format!("{first}..{}", first - first % 100 + last))
}

/// The days of a date as written.
fn period_of(literal: DateLiteral) -> Option<Period> {
    let year = i16::try_from(literal.year).ok()?;
    Period::from_parts(if literal.before_christ { 1 - year } else { year }, literal.month, literal.day)
}
