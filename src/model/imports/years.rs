//! Years that lie far from all others of their date, so that they seem to stand for something else.

use super::columns::Chosen;
use super::left_out::LeftOuts;
use super::templates::Template;
use super::times::YearOf;
use crate::syntax::tree::ComparisonOperator;
use crate::tables::{DoubtfulYears, Formula, RowOf, Symbol, Table, ToldLines, Why};
use crate::text::{Span, Texts};
use crate::time::{Interval, Period};
use std::collections::{BTreeMap, BTreeSet};

/// A year of our time is not before the first and not after the second; nor may those beside it be much older.
const OUR_TIME: std::ops::RangeInclusive<i32> = 1000..=2999;
/// Where a column goes back further than this, years before it are no surprise.
const NOT_OLD: i32 = 1400;
/// So many different ones are doubtful however few the others are.
const FEW: usize = 3;

/// Doubtful years of one place of an import.
struct Doubt {
    span: Span,
    lines: BTreeSet<u32>,
    years: BTreeSet<(i32, String)>,
    others: Option<(i32, i32)>,
    is_end: bool,
}

/// Tells of each date of some templates which of its years seem to be none.
pub(super) fn doubt_years(templates: &[Template], table: &Table, texts: &Texts, left_out: &mut LeftOuts<'_>) {
    let mut doubts: BTreeMap<String, Doubt> = BTreeMap::new();
    for template in templates {
        let among = template.among.as_ref();
        for date in template.times.years() {
            let Some(found) = doubt(&date, among, table) else { continue };
            let known = doubts.entry(texts.slice(date.span).to_owned());
            let known = known.or_insert_with(|| Doubt { lines: BTreeSet::new(), years: BTreeSet::new(), ..found });
            known.lines.extend(found.lines);
            known.years.extend(found.years);
        }
    }
    for doubt in doubts.into_values() {
        let mut lines = ToldLines::default();
        doubt.lines.iter().for_each(|line| lines.add(*line));
        let years = doubt.years.into_iter().map(|(year, text)| (text, year)).collect();
        let why = DoubtfulYears { years, others: doubt.others, is_end: doubt.is_end };
        left_out.push(Why::DoubtfulYears(Box::new(why)), lines, doubt.span);
    }
}

/// The doubtful years of a date, in the rows that a template takes.
fn doubt(date: &YearOf<'_>, among: Option<&Formula>, table: &Table) -> Option<Doubt> {
    let columns = date.year.columns();
    let &[column] = columns.as_slice() else { return None };
    let mut symbols: Vec<Symbol> = vec![0; table.columns.len()];
    let mut each = |use_it: &mut dyn FnMut(RowOf<'_>) -> bool| {
        (0..table.columns[column].symbols()).all(|symbol| {
            symbols[column] = symbol as Symbol;
            use_it(RowOf { columns: &table.columns, symbols: &symbols })
        })
    };
    // Most tables have none that is doubtful, which is found at once.
    let our_days = our_days()?;
    if each(&mut |row| is_of_our_time(date, row, our_days)) {
        return None;
    }
    let mut told: Vec<Option<Told>> = Vec::new();
    each(&mut |row| {
        told.push(told_year(date, row));
        true
    });
    // An end long before its beginning leaves the row out, which is told by itself.
    let is_far = |told: &Option<Told>| {
        told.as_ref().is_some_and(|told| {
            let is_old = if told.is_whole { (1..=99).contains(&told.year) } else { told.year < *OUR_TIME.start() };
            told.year > *OUR_TIME.end() || (is_old && !date.follows)
        })
    };
    if !told.iter().any(is_far) {
        return None;
    }
    let rows = Chosen::new(table, among);
    let numbers = rows.column(column);
    let mut is_used = vec![false; told.len()];
    let mut far: Vec<usize> = Vec::new();
    for row in 0..rows.len() {
        let symbol = numbers.at(row) as usize;
        let is_open = || date.unless.is_some_and(|open| rows.with(row, |row| open.holds(row) == Some(true)));
        if is_used[symbol] && !is_far(&told[symbol]) || is_open() {
            continue;
        }
        is_used[symbol] = true;
        if is_far(&told[symbol]) {
            far.push(row);
        }
    }
    let (mut strange, mut others) = (BTreeSet::new(), BTreeSet::new());
    for symbol in (0..told.len()).filter(|symbol| is_used[*symbol]) {
        match &told[symbol] {
            one @ Some(Told { year, .. }) if is_far(one) => {
                strange.insert((*year, table.columns[column].text(symbol as Symbol).to_owned()));
            }
            Some(Told { year, .. }) if OUR_TIME.contains(year) => {
                others.insert(*year);
            }
            _ => {}
        }
    }
    let (first, last) = (others.first().copied(), others.last().copied());
    let ancient = strange.iter().filter(|(year, _)| year < OUR_TIME.start()).count();
    let stand_out = first.is_some_and(|first| first >= NOT_OLD) && ancient <= others.len().max(FEW);
    // `50`, `62` and nothing else are the years of a century that is not told.
    let are_short = others.is_empty() && strange.iter().all(|(year, _)| (1..=99).contains(year));
    if !stand_out && !are_short {
        return None;
    }
    let is_meant = |year: i32| among.is_some_and(|among| bounds(among, column, year));
    strange.retain(|(year, _)| !is_meant(*year));
    far.retain(|row| told[numbers.at(*row) as usize].as_ref().is_some_and(|told| !is_meant(told.year)));
    if far.is_empty() {
        return None;
    }
    let lines = rows.lines();
    Some(Doubt {
        span: date.span,
        lines: far.into_iter().map(|row| lines.at(row)).collect(),
        years: strange,
        others: first.zip(last),
        is_end: date.is_end,
    })
}

/// A year that a text of the table tells.
struct Told {
    year: i32,
    /// Whether it stands in a date with month or day. Years before our time that are so written are meant, but for the first ones, which
    /// programs write where there is no date.
    is_whole: bool,
}

/// Whether a text tells a date of our time, or none. It does not take the year of a day.
fn is_of_our_time(date: &YearOf<'_>, row: RowOf<'_>, our_days: Interval) -> bool {
    // Most are dates, and show it by their form.
    let plain = date.year.as_column().and_then(|column| row.columns[column].date(row.symbols[column]));
    if plain.is_some_and(|date| (1_000..3_000).contains(&date.year())) {
        return true;
    }
    match date.year.value(row).number() {
        Ok(Some(number)) => (f64::from(*OUR_TIME.start())..=f64::from(*OUR_TIME.end())).contains(&number),
        Ok(None) => true,
        Err(_) => date.date.first_day(row).is_none_or(|day| our_days.contains(day)),
    }
}

/// The days of our time.
fn our_days() -> Option<Interval> {
    let year = |year: i32| Period::from_parts(i16::try_from(year).ok()?, None, None);
    Interval::new(year(*OUR_TIME.start())?.first, year(*OUR_TIME.end())?.last)
}

/// The year that a number alone tells, as it is written, or that of a whole date.
fn told_year(date: &YearOf<'_>, row: RowOf<'_>) -> Option<Told> {
    let Some(number) = date.year.value(row).number().ok().flatten() else {
        return date.date.year(row).map(|year| Told { year, is_whole: true });
    };
    let is_year = number.fract() == 0.0 && number != 0.0 && number.abs() < 10_000.0;
    let year = is_year.then_some(number as i32).filter(|_| !date.date.is_no_day(row))?;
    Some(Told { year, is_whole: false })
}

/// Whether a condition says from which year on, or up to which, the years of a column are meant, and this one is beyond what goes
/// without saying. `> 0` says only that a year is told.
fn bounds(among: &Formula, column: usize, year: i32) -> bool {
    let is_it = |formula: &Formula| formula.columns() == [column];
    let says = |operator: ComparisonOperator, bound: f64| match operator {
        ComparisonOperator::Greater | ComparisonOperator::GreaterOrEqual => {
            bound != 0.0 && bound < 1000.0 && year < *OUR_TIME.start()
        }
        ComparisonOperator::Less | ComparisonOperator::LessOrEqual => bound >= 3000.0 && year > *OUR_TIME.end(),
        _ => false,
    };
    match among {
        Formula::And(all) | Formula::Or(all) => all.iter().any(|one| bounds(one, column, year)),
        Formula::Comparison(left, operator, right) => {
            let (left_is, right_is) = (is_it(left), is_it(right));
            match (left.as_number(), right.as_number()) {
                (None, Some(bound)) => left_is && says(*operator, bound),
                (Some(bound), None) => right_is && says(operator.mirrored(), bound),
                _ => false,
            }
        }
        _ => false,
    }
}
