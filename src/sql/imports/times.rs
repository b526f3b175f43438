//! When a row holds: its earliest and latest first and last day.

use super::cells::{self, Columns, Formula};
use crate::sql::Refusal;
use crate::sql::names::date;
use crate::sql::scope::{and, or};
use crate::syntax::tree::{BoundForm, CellBound, CellDate, CellDateKind, CellSpan, CellSpanKind, DateLiteral, EndForm};
use crate::tables::Bound;
use crate::time::{Day, Period};

/// The parts of a date that a row tells, as expressions of SQL.
struct Parts {
    missing: String,
    year: String,
    month: String,
    day: String,
    /// Whether a part is missing that was to be told.
    imprecise: String,
}

/// What is selected to know the time of a row.
#[derive(Default)]
pub(super) struct Time {
    /// Columns of a select over the cells.
    pub(super) parts: Vec<String>,
    /// Columns of a select over that: the first and the last day of each date.
    pub(super) days: Vec<String>,
    /// Columns of a select over that.
    pub(super) earliest_start: String,
    pub(super) latest_start: String,
    pub(super) earliest_end: String,
    pub(super) latest_end: String,
    /// Whether it is said that it is over after the end.
    pub(super) ended: String,
    /// Whether no end is told, where that may be.
    pub(super) open_end: Option<String>,
    /// Which rows have a time.
    pub(super) is_told: String,
    /// Whether a day may be possible and not certain.
    pub(super) may_be_imprecise: bool,
}

/// A date of a row: expressions of SQL over the days.
struct Told {
    missing: String,
    first: String,
    last: String,
    imprecise: String,
}

/// The time of the rows of a template. `horizon` is the last day of which its sources can speak.
pub(super) fn time(
    span: Option<&CellSpan>,
    columns: &Columns,
    bound: Option<Bound<'_>>,
    horizon: Day,
) -> Result<Time, Refusal> {
    let mut time = Time { is_told: "true".to_owned(), ended: "false".to_owned(), ..Time::default() };
    let horizon = date(horizon);
    match span.map(|span| (&span.kind, span.span)) {
        None => {
            time.earliest_start = date(Day::FIRST);
            time.latest_start = date(Day::FIRST);
            time.earliest_end.clone_from(&horizon);
            time.latest_end = horizon;
            time.open_end = Some("true".to_owned());
        }
        Some((CellSpanKind::During(first, last), _)) => {
            let first = time.date(first, columns, bound)?;
            let last = time.date(last, columns, bound)?;
            time.need(&first, "true");
            time.need(&last, "true");
            time.is_told = and(&time.is_told, &format!("{} >= {}", last.last, first.first));
            time.earliest_start.clone_from(&first.first);
            time.latest_start = first.first;
            time.earliest_end.clone_from(&last.last);
            time.latest_end = last.last;
        }
        Some((CellSpanKind::Between { from, end, open }, _)) => {
            time.begin(from.as_ref(), columns, bound)?;
            let Some((form, end)) = end else {
                time.earliest_end.clone_from(&horizon);
                time.latest_end = horizon;
                time.open_end = Some("true".to_owned());
                return Ok(time);
            };
            let told = time.date(&end.date, columns, bound)?;
            let is_open = match open {
                None => "false".to_owned(),
                Some(None) => told.missing.clone(),
                Some(Some(condition)) => {
                    let holds = cells::holds(condition, columns, bound);
                    time.parts.push(format!("coalesce({holds}, false) as \"open_end\""));
                    "p.\"open_end\"".to_owned()
                }
            };
            time.need(&told, &format!("not ({is_open})"));
            let (earliest, latest) = match (end.form, form) {
                (BoundForm::Earliest, _) => (told.first.clone(), told.first.clone()),
                (BoundForm::Latest | BoundForm::Sometime, _) => (told.last.clone(), told.last.clone()),
                (BoundForm::Plain, EndForm::UpTo) => {
                    time.may_be_imprecise |= told.imprecise != "false";
                    let latest = format!("(case when {} then {} else {} end)", told.imprecise, told.last, told.first);
                    (told.first.clone(), latest)
                }
                (BoundForm::Plain, _) => {
                    time.may_be_imprecise |= told.imprecise != "false";
                    let earliest = format!("(case when {} then {} else {} end)", told.imprecise, told.first, told.last);
                    (earliest, told.last.clone())
                }
            };
            let before = if *form == EndForm::UpTo { " - 1" } else { "" };
            let ending = |end: &str| format!("(case when {is_open} then {horizon} else {end}{before} end)");
            let backwards = format!("({is_open} or {latest}{before} >= {})", time.earliest_start);
            time.is_told = and(&time.is_told, &backwards);
            time.open_end = (is_open != "false").then(|| is_open.clone());
            if *form == EndForm::Ended {
                time.ended = super::super::scope::not(&is_open);
            }
            time.earliest_end = ending(&earliest);
            time.latest_end = ending(&latest);
        }
    }
    Ok(time)
}

impl Time {
    fn begin(&mut self, from: Option<&CellBound>, columns: &Columns, bound: Option<Bound<'_>>) -> Result<(), Refusal> {
        let Some(from) = from else {
            self.earliest_start = date(Day::FIRST);
            self.latest_start = date(Day::FIRST);
            return Ok(());
        };
        let told = self.date(&from.date, columns, bound)?;
        self.need(&told, "true");
        (self.earliest_start, self.latest_start) = match from.form {
            BoundForm::Latest => (told.last.clone(), told.last),
            BoundForm::Earliest | BoundForm::Sometime => (told.first.clone(), told.first),
            BoundForm::Plain => {
                self.may_be_imprecise |= told.imprecise != "false";
                let latest = format!("(case when {} then {} else {} end)", told.imprecise, told.last, told.first);
                (told.first, latest)
            }
        };
        Ok(())
    }

    /// A row without this date is left out, where it is wanted.
    fn need(&mut self, told: &Told, wanted: &str) {
        let has = and(&format!("(not {})", told.missing), &format!("({} is not null)", told.first));
        let needed = if wanted == "true" { has } else { format!("(not ({wanted}) or {has})") };
        self.is_told = and(&self.is_told, &needed);
    }

    fn date(&mut self, told: &CellDate, columns: &Columns, bound: Option<Bound<'_>>) -> Result<Told, Refusal> {
        let parts = match &told.kind {
            CellDateKind::Literal(literal) => {
                let Some(period) = period(*literal) else {
                    return Err(Refusal::Import { form: "this date".to_owned(), span: told.span });
                };
                return Ok(Told {
                    missing: "false".to_owned(),
                    first: date(period.first),
                    last: date(period.last),
                    imprecise: "false".to_owned(),
                });
            }
            CellDateKind::Parts(all) => {
                let all: Vec<Formula> = all.iter().map(|one| cells::value(one, columns, bound)).collect();
                of_parts(&all)
            }
            CellDateKind::Value(value) => of_value(&cells::value(value, columns, bound)),
            CellDateKind::Pattern(..) => {
                return Err(Refusal::Import { form: "a date by a pattern".to_owned(), span: told.span });
            }
        };
        let place = self.days.len();
        let name = |what: &str| format!("\"{what}{place}\"");
        for (what, column) in [
            ("missing", &parts.missing),
            ("year", &parts.year),
            ("month", &parts.month),
            ("day", &parts.day),
            ("imprecise", &parts.imprecise),
        ] {
            self.parts.push(format!("{column} as {}", name(what)));
        }
        let (year, month, day) = (name("year"), name("month"), name("day"));
        let text = |month: &str, day: &str| format!("symmachia_date({year}, {month}, {day})");
        let first = text(&format!("coalesce({month}, 1)"), &format!("coalesce({day}, 1)"));
        self.days.push(format!("{first} as {}", name("first")));
        self.days.push(format!(
            "case when {day} is not null then {first} when {month} is not null then last_day({first}) else {} end as {}",
            text("12", "31"),
            name("last"),
        ));
        let imprecise = if parts.imprecise == "false" { parts.imprecise } else { format!("p.{}", name("imprecise")) };
        Ok(Told {
            missing: format!("p.{}", name("missing")),
            first: format!("p.{}", name("first")),
            last: format!("p.{}", name("last")),
            imprecise,
        })
    }
}

/// A whole number of a part of a date.
fn whole(number: &str) -> String {
    format!("(case when abs({number}) < 100000e0 and {number} = floor({number}) then cast({number} as integer) end)")
}

fn of_parts(all: &[Formula]) -> Parts {
    let none = || "cast(null as integer)".to_owned();
    let part = |place: usize| all.get(place).map_or_else(none, |formula| whole(&formula.number));
    let wrong = all.iter().fold("false".to_owned(), |any, formula| {
        or(&any, &format!("(not {} and {} is null)", formula.missing, whole(&formula.number)))
    });
    let year = part(0);
    let no_year = all.first().map_or("true".to_owned(), |formula| format!("({} or {year} = 0)", formula.missing));
    let month = format!("nullif({}, 0)", part(1));
    let day = format!("(case when {month} is not null then nullif({}, 0) end)", part(2));
    let imprecise = match all.len() {
        0 | 1 => "false".to_owned(),
        2 => format!("({month} is null)"),
        _ => format!("({day} is null)"),
    };
    Parts {
        missing: format!("(not {wrong} and {no_year})"),
        year: format!("(case when {wrong} then null when {year} < 0 then {year} + 1 else {year} end)"),
        month,
        day,
        imprecise,
    }
}

/// A year; year, month and day without signs between them; or `1999-04-02` and `1999-04`, with a time and an era behind it perhaps.
fn of_value(value: &Formula) -> Parts {
    let number = &value.number;
    let whole = format!(
        "(case when abs({number}) <= 99991231e0 and {number} = floor({number}) then cast({number} as integer) end)"
    );
    let is_triple = format!("({whole} between 10000101 and 99991231)");
    let of_year = format!("(case when {whole} < 0 then {whole} + 1 else nullif({whole}, 0) end)");
    let mut parts = Parts {
        missing: value.missing.clone(),
        year: format!("(case when {is_triple} then {whole} // 10000 else {of_year} end)"),
        month: format!("(case when {is_triple} then nullif(({whole} // 100) % 100, 0) end)"),
        day: format!("(case when {is_triple} and ({whole} // 100) % 100 <> 0 then nullif({whole} % 100, 0) end)"),
        imprecise: format!("coalesce({is_triple} and (({whole} // 100) % 100 = 0 or {whole} % 100 = 0), false)"),
    };
    if let Some(text) = &value.text {
        let date = format!("replace(split_part(split_part({text}, 'T', 1), ' ', 1), '/', '-')");
        let is_number = format!("({number} is not null and (not contains({text}, '-') or starts_with({text}, '-')))");
        // Behind a day may stand a time and an era, and nothing else.
        let behind = "[^T ]*([T ]\\s*([0-9].*|([0-9].*\\s)?(BC|BCE|AD|CE)|))?";
        let is_date = format!("regexp_full_match({text}, '{behind}')");
        let is_before_christ = format!("regexp_full_match({text}, '[^T ]*[T ]\\s*([0-9].*\\s)?(BC|BCE)')");
        let has_form = |rest: &str| {
            format!(
                "({is_date} and (regexp_full_match({date}, '[0-9]{{4}}{rest}') or ({is_before_christ} and regexp_full_match({date}, '[0-9]{{3,4}}{rest}'))))"
            )
        };
        let is_day = has_form("-[0-9]{1,4}-[0-9]{1,4}");
        let is_month = has_form("-[0-9]{1,4}");
        let is_year = format!("({is_before_christ} and regexp_full_match({date}, '[0-9]{{1,5}}'))");
        let is_zero =
            format!("({is_date} and not {is_before_christ} and regexp_full_match({date}, '0000(-0{{1,4}}){{1,2}}'))");
        parts.missing = or(&parts.missing, &is_zero);
        let part = |place: usize| format!("try_cast(split_part({date}, '-', {place}) as integer)");
        // A month of 0 in `1999-00` is none.
        parts.year = format!(
            "(case when {is_number} then {} when {is_day} or ({is_month} and {} > 0) or {is_year} \
             then (case when {is_before_christ} then 1 - nullif({year}, 0) else nullif({year}, 0) end) end)",
            parts.year,
            part(2),
            year = part(1)
        );
        parts.month = format!("(case when {is_number} then {} else nullif({}, 0) end)", parts.month, part(2));
        parts.day =
            format!("(case when {is_number} then {} when {} <> 0 then nullif({}, 0) end)", parts.day, part(2), part(3));
        parts.imprecise = format!(
            "(case when {is_number} then {} else coalesce({is_day} and ({} = 0 or {} = 0), false) end)",
            parts.imprecise,
            part(2),
            part(3)
        );
    }
    parts
}

fn period(literal: DateLiteral) -> Option<Period> {
    let year = i16::try_from(literal.year).ok()?;
    Period::from_parts(if literal.before_christ { 1 - year } else { year }, literal.month, literal.day)
}
