//! When a row holds.

use super::columns::Chosen;
use super::date_plans::DatePlan;
use super::dates::Told;
use crate::columns::{ROWS_AT_A_TIME, at_a_time};
use crate::evidence::{Packed, RowTime, RowTimes, StatementTime};
use crate::model::report::Report;
use crate::model::time::THROUGHOUT;
use crate::syntax::tree::{BoundForm, CellBound, CellDate, CellSpan, CellSpanKind, EndForm};
use crate::tables::{Bound, Column, Formula, RowOf, Symbol, Why};
use crate::text::Span;
use crate::time::Day;
use rustc_hash::FxHashMap;
use smallvec::SmallVec;

/// The year of a date.
pub(super) struct YearOf<'t> {
    pub(super) date: &'t DatePlan,
    pub(super) year: &'t Formula,
    /// Where this holds, the date is not asked for.
    pub(super) unless: Option<&'t Formula>,
    pub(super) is_end: bool,
    /// Whether it is an end and a beginning is told too.
    pub(super) follows: bool,
    /// Where it is told.
    pub(super) span: Span,
}

/// The condition under which an end is not asked for.
pub(super) struct OpenWhere<'t> {
    pub(super) condition: &'t Formula,
    pub(super) end: &'t DatePlan,
    /// Where the condition is written.
    pub(super) span: Span,
}

/// When an end is not asked for.
pub(super) struct Open<'t> {
    /// Behind `where`; without it, where the end is missing.
    pub(super) condition: Option<&'t Formula>,
    pub(super) end: &'t DatePlan,
    /// The whole stretch.
    pub(super) span: Span,
}

struct BoundPlan {
    form: BoundForm,
    date: DatePlan,
}

enum SpanPlan {
    Throughout,
    Between { from: Option<BoundPlan>, end: Option<(EndForm, BoundPlan)>, open: Option<Option<Formula>> },
    During(DatePlan, DatePlan),
}

/// What the texts of two columns tell, of which one alone tells the first day and the other the last.
struct TwoColumns {
    from: usize,
    until: usize,
    /// Of each text the first day, where it is exactly told, once the texts were looked at.
    firsts: Vec<Option<Day>>,
    /// Of each text the last day, or that there is none, likewise.
    lasts: Vec<Option<Option<Day>>>,
}

impl TwoColumns {
    fn of(plan: &SpanPlan) -> Option<TwoColumns> {
        let SpanPlan::Between { from: Some(from), end: Some((_, end)), open: None | Some(None) } = plan else {
            return None;
        };
        let (from, until) = (from.date.column()?, end.date.column()?);
        (from != until).then(|| TwoColumns { from, until, firsts: Vec::new(), lasts: Vec::new() })
    }

    /// Looks at all texts of both columns.
    fn learn(&mut self, plan: &SpanPlan, columns: &[Column]) {
        let SpanPlan::Between { from: Some(from), end: Some(end), open } = plan else { return };
        let mut symbols: Vec<Symbol> = vec![0; columns.len()];
        let mut each = |column: usize, use_it: &mut dyn FnMut(RowOf<'_>)| {
            for symbol in 0..columns[column].symbols() {
                symbols[column] = symbol as Symbol;
                use_it(RowOf { columns, symbols: &symbols });
            }
        };
        self.firsts.reserve(columns[self.from].symbols());
        self.lasts.reserve(columns[self.until].symbols());
        each(self.from, &mut |row| {
            let start = from.start(from.date.find(row)).ok();
            self.firsts.push(start.and_then(|(earliest, latest)| (earliest == latest).then_some(earliest)));
        });
        each(self.until, &mut |row| {
            let told = end.1.date.find(row);
            let end = end_of(end, open.as_ref().map(Option::as_ref), told, row).ok();
            self.lasts.push(end.and_then(|end| match end {
                None => Some(None),
                Some(End { earliest, latest, ended: false }) if earliest == latest => Some(Some(earliest)),
                Some(_) => None,
            }));
        });
    }

    #[inline]
    fn known(&self, from: Symbol, until: Symbol) -> Option<RowTime> {
        let first = (*self.firsts.get(from as usize)?)?;
        let last = (*self.lasts.get(until as usize)?)?;
        // An end before the start is told of elsewhere.
        last.is_none_or(|last| first <= last).then(|| RowTime::exact(first, last))
    }
}

/// The times of a template's rows.
pub(super) struct Times {
    plan: SpanPlan,
    /// The columns that decide.
    columns: Vec<usize>,
    /// Where one column decides, the time of each of its texts, as far as it was looked for and is one.
    by_symbol: Vec<Option<RowTime>>,
    two_columns: Option<TwoColumns>,
    /// Where more than two columns decide, the time of each combination of their texts.
    known: FxHashMap<SmallVec<[Symbol; 8]>, Result<RowTime, Why>>,
    /// Those that are more than two days.
    others: FxHashMap<StatementTime, RowTime>,
    /// Where the condition behind `or open where` is written.
    open_span: Option<Span>,
    pub(super) span: Span,
}

impl Times {
    /// No time: throughout.
    pub(super) fn throughout() -> Times {
        Times {
            plan: SpanPlan::Throughout,
            columns: Vec::new(),
            by_symbol: Vec::new(),
            two_columns: None,
            known: FxHashMap::default(),
            others: FxHashMap::default(),
            open_span: None,
            span: Span::new(crate::text::FileId(0), 0, 0),
        }
    }

    /// The times of rows by a stretch of time of an import; none where a date in it is no date.
    pub(super) fn new(
        span: &CellSpan,
        columns: &[Column],
        bound: Option<Bound<'_>>,
        report: &mut Report,
    ) -> Option<Times> {
        let mut plan = Planner { columns, bound, report };
        let kind = match &span.kind {
            CellSpanKind::Between { from, end, open } => {
                let from = from.as_ref().map(|from| plan.bound(from));
                let end = end.as_ref().map(|(form, end)| Some((*form, plan.bound(end)?)));
                let open = open
                    .as_ref()
                    .map(|open| open.as_ref().map(|open| Formula::compile(open, plan.columns, plan.bound)));
                SpanPlan::Between { from: transposed(from)?, end: transposed(end)?, open }
            }
            CellSpanKind::During(first, last) => {
                let (first, last) = (plan.date(first), plan.date(last));
                SpanPlan::During(first?, last?)
            }
        };
        let mut of = Vec::new();
        span.each_column(columns, bound, &mut of);
        of.sort_unstable();
        of.dedup();
        let two_columns = TwoColumns::of(&kind);
        let open_span = match &span.kind {
            CellSpanKind::Between { open: Some(Some(open)), .. } => Some(open.span),
            _ => None,
        };
        Some(Times { plan: kind, two_columns, columns: of, open_span, span: span.span, ..Times::throughout() })
    }

    /// Where the times are written; none where they are throughout.
    pub(super) fn written(&self) -> Option<Span> {
        (!matches!(self.plan, SpanPlan::Throughout)).then_some(self.span)
    }

    /// Under which condition an end is not asked for.
    pub(super) fn open_where(&self) -> Option<OpenWhere<'_>> {
        match &self.plan {
            SpanPlan::Between { end: Some((_, end)), open: Some(Some(condition)), .. } => {
                Some(OpenWhere { condition, end: &end.date, span: self.open_span? })
            }
            _ => None,
        }
    }

    /// When an end is not asked for, if ever.
    pub(super) fn open(&self) -> Option<Open<'_>> {
        match &self.plan {
            SpanPlan::Between { end: Some((_, end)), open: Some(condition), .. } => {
                Some(Open { condition: condition.as_ref(), end: &end.date, span: self.span })
            }
            _ => None,
        }
    }

    /// The years of its dates, as far as cells tell them as numbers.
    pub(super) fn years(&self) -> Vec<YearOf<'_>> {
        let mut dates: Vec<(&DatePlan, bool)> = Vec::new();
        let (mut unless, mut has_start) = (None, false);
        match &self.plan {
            SpanPlan::Throughout => {}
            SpanPlan::During(first, last) => {
                dates.push((first, false));
                dates.extend((first.span != last.span).then_some((last, false)));
            }
            SpanPlan::Between { from, end, open } => {
                dates.extend(from.iter().map(|from| (&from.date, false)));
                dates.extend(end.iter().map(|(_, end)| (&end.date, true)));
                has_start = from.is_some();
                unless = open.as_ref().and_then(Option::as_ref);
            }
        }
        let years = dates.into_iter().filter_map(|(date, is_end)| {
            let year = date.year_formula()?;
            let (unless, follows) = (unless.filter(|_| is_end), is_end && has_start);
            Some(YearOf { date, year, unless, is_end, follows, span: date.year_span })
        });
        years.collect()
    }

    /// The time of a row. One that is more than two days is kept in `kept`.
    pub(super) fn time(&mut self, row: RowOf<'_>, kept: &mut RowTimes) -> Result<RowTime, Why> {
        match *self.columns.as_slice() {
            [only] => {
                let symbol = row.symbols[only] as usize;
                if let Some(Some(known)) = self.by_symbol.get(symbol) {
                    return Ok(*known);
                }
                let time = self.find(row, kept)?;
                self.by_symbol.resize(row.columns[only].symbols(), None);
                self.by_symbol[symbol] = Some(time);
                Ok(time)
            }
            // What each date tells is quickly found, and two are as quickly put together as looked up.
            [] | [_, _] => self.find(row, kept),
            _ => {
                let key: SmallVec<[Symbol; 8]> = self.columns.iter().map(|column| row.symbols[*column]).collect();
                if let Some(known) = self.known.get(&key) {
                    return known.clone();
                }
                let time = self.find(row, kept);
                self.known.insert(key, time.clone());
                time
            }
        }
    }

    /// The times of some rows of a table; none where one of them has no time.
    pub(super) fn of_rows(&mut self, rows: &Chosen<'_>, kept: &mut RowTimes) -> Option<Packed<RowTime>> {
        if let Some(two) = self.two_columns.take() {
            return self.of_two_columns(two, rows, kept);
        }
        let columns = self.columns.clone();
        rows.each_value(&columns, |row| self.time(row, kept).ok())
    }

    fn of_two_columns(
        &mut self,
        mut two: TwoColumns,
        rows: &Chosen<'_>,
        kept: &mut RowTimes,
    ) -> Option<Packed<RowTime>> {
        two.learn(&self.plan, rows.columns());
        let (froms, untils) = (rows.column(two.from), rows.column(two.until));
        let mut times = Vec::with_capacity(rows.len());
        for some in at_a_time(rows.len()) {
            let mut cells: [(Symbol, Symbol); ROWS_AT_A_TIME] = [(0, 0); ROWS_AT_A_TIME];
            froms.each_beside(some.clone(), &mut cells, |(from, _), symbol| *from = symbol);
            untils.each_beside(some.clone(), &mut cells, |(_, until), symbol| *until = symbol);
            for (row, (from, until)) in some.zip(cells) {
                times.push(match two.known(from, until) {
                    Some(known) => known,
                    None => rows.with(row, |row| self.time(row, kept)).ok()?,
                });
            }
        }
        Some(Packed::of_each(times))
    }

    fn find(&mut self, row: RowOf<'_>, kept: &mut RowTimes) -> Result<RowTime, Why> {
        let time = self.plan.time(row, self.span)?;
        Ok(self.place(time, kept))
    }

    /// A time as rows keep it.
    pub(super) fn place(&mut self, time: StatementTime, kept: &mut RowTimes) -> RowTime {
        RowTime::of(&time).unwrap_or_else(|| *self.others.entry(time).or_insert_with(|| kept.add_other(time)))
    }
}

fn transposed<T>(made: Option<Option<T>>) -> Option<Option<T>> {
    match made {
        None => Some(None),
        Some(None) => None,
        Some(made) => Some(made),
    }
}

struct Planner<'p> {
    columns: &'p [Column],
    bound: Option<Bound<'p>>,
    report: &'p mut Report,
}

impl Planner<'_> {
    fn bound(&mut self, bound: &CellBound) -> Option<BoundPlan> {
        Some(BoundPlan { form: bound.form, date: self.date(&bound.date)? })
    }

    fn date(&mut self, date: &CellDate) -> Option<DatePlan> {
        let (columns, bound) = (self.columns, self.bound);
        DatePlan::new(date, |cells| Formula::compile(cells, columns, bound), self.report)
    }
}

impl BoundPlan {
    /// The earliest and the latest first day.
    fn start(&self, told: Told) -> Result<(Day, Day), Why> {
        let (days, imprecise) = self.date.needed(told, false)?;
        Ok(match (self.form, imprecise) {
            (BoundForm::Latest, _) => (days.last, days.last),
            (BoundForm::Plain, true) => (days.first, days.last),
            _ => (days.first, days.first),
        })
    }
}

/// An end that is told.
struct End {
    earliest: Day,
    latest: Day,
    ended: bool,
}

impl End {
    const NONE: End = End { earliest: Day::LAST, latest: Day::LAST, ended: false };
}

/// The end that a row tells by its date; none where it is open: the date is missing, or the condition for that holds.
fn end_of(
    (form, end): &(EndForm, BoundPlan),
    open: Option<Option<&Formula>>,
    told: Told,
    row: RowOf<'_>,
) -> Result<Option<End>, Why> {
    let is_open = match open {
        Some(None) => matches!(told, Told::Missing),
        Some(Some(condition)) => condition.holds(row) == Some(true),
        None => false,
    };
    if is_open {
        return Ok(None);
    }
    let needed = end.date.needed(told, true).map_err(|why| match why {
        Why::NoDate { is_end, .. } => Why::NoDate { is_end, has_condition: matches!(open, Some(Some(_))) },
        why => why,
    });
    let (days, imprecise) = needed?;
    let (earliest, latest) = match (end.form, imprecise, form) {
        (BoundForm::Plain, true, _) => (days.first, days.last),
        (BoundForm::Earliest, ..) | (BoundForm::Plain, false, EndForm::UpTo) => (days.first, days.first),
        _ => (days.last, days.last),
    };
    let (earliest, latest) = match form {
        EndForm::UpTo => (earliest.previous(), latest.previous()),
        EndForm::Until | EndForm::Ended => (earliest, latest),
    };
    Ok(Some(End { earliest, latest, ended: *form == EndForm::Ended }))
}

impl SpanPlan {
    fn time(&self, row: RowOf<'_>, span: Span) -> Result<StatementTime, Why> {
        let time = match self {
            SpanPlan::Throughout => THROUGHOUT,
            SpanPlan::During(first, last) => {
                let (first, last) = (first.needed(first.told(row), false)?.0, last.needed(last.told(row), false)?.0);
                StatementTime {
                    earliest_start: first.first,
                    latest_start: first.first,
                    earliest_end: last.last,
                    latest_end: last.last,
                    open_end: false,
                    ended: false,
                    next_start: None,
                    span: Some(span),
                }
            }
            SpanPlan::Between { from, end, open } => {
                let (earliest_start, latest_start) = match from {
                    None => (Day::FIRST, Day::FIRST),
                    Some(from) => from.start(from.date.told(row))?,
                };
                let end = match end {
                    None => None,
                    Some(end) => end_of(end, open.as_ref().map(Option::as_ref), end.1.date.told(row), row)?,
                };
                let is_open = end.is_none();
                let End { earliest: earliest_end, latest: latest_end, ended } = end.unwrap_or(End::NONE);
                StatementTime {
                    earliest_start,
                    latest_start,
                    earliest_end,
                    latest_end,
                    open_end: is_open,
                    ended,
                    next_start: None,
                    span: Some(span),
                }
            }
        };
        if time.latest_end < time.earliest_start {
            return Err(Why::EndBeforeStart {
                start: time.earliest_start.to_string(),
                end: time.latest_end.to_string(),
            });
        }
        Ok(time)
    }
}

impl CellSpan {
    /// The places of the columns that it names.
    fn each_column(&self, columns: &[Column], bound: Option<Bound<'_>>, of: &mut Vec<usize>) {
        self.each_cell(&mut |cell| {
            let header = crate::tables::header_of(cell, bound);
            of.extend(columns.iter().position(|column| column.header == header));
        });
    }
}
