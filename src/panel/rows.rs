//! From the timelines of a case to its rows, which are handed on as they are made.

use super::clashes::{Clashes, Noted};
use super::lines::Line;
use super::request::Grain;
use super::value::Value;
use super::variables::{Variable, What};
use super::years::{Stretch, Years};
use super::{Block, Panel, Tally};
use crate::evidence::Tuple;
use crate::model::program::{IndividualId, Target};
use crate::sheet::{Cell, Failure, Sink};
use crate::time::{Day, Interval};
use crate::verdict::Verdict;
use std::collections::BTreeSet;
use std::ops::{Range, RangeInclusive};

/// What was written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Written {
    /// How many rows.
    pub rows: usize,
    /// How many cases have a row.
    pub cases: usize,
    /// For each scheme asked for, those in a row who have no code of it.
    pub without_code: Vec<BTreeSet<IndividualId>>,
    /// For each scheme asked for, the rows of years that have the same codes of it.
    pub clashes: Vec<Clashes>,
}

impl<'p> Panel<'p> {
    /// Makes the rows and hands them on. `progress` is told after each case how many are done.
    ///
    /// # Errors
    /// Where whoever takes them takes no more.
    pub fn write(
        &self,
        sink: &mut dyn Sink,
        mut tally: Option<&mut Tally>,
        progress: &mut dyn FnMut(usize),
    ) -> Result<Written, Failure> {
        let mut written =
            Written { without_code: vec![BTreeSet::new(); self.request.codes.len()], ..Written::default() };
        let mut done = 0;
        let mut noted: Vec<Noted> = self.request.codes.iter().map(|scheme| Noted::new(self.program, scheme)).collect();
        let wanted = &self.request.verdicts;
        let keeps = Verdict::ALL
            .map(|verdict| verdict != Verdict::NotApplicable && (wanted.is_empty() || wanted.contains(&verdict)));
        for (number, block) in self.blocks.iter().enumerate() {
            let mains = variables(block).filter(|(variable, _)| variable.is_main).map(|(_, lines)| *lines.start());
            let mut writer = Writer {
                panel: self,
                block,
                mains: mains.collect(),
                keeps_all: wanted.is_empty(),
                keeps,
                answers: Vec::new(),
                cells: Vec::new(),
                years: Vec::new(),
            };
            for case in block.cases.iter(&self.engine, &self.request.verdicts) {
                let rows = writer.case(&case, sink, tally.as_deref_mut())?;
                for noted in noted.iter_mut().filter(|noted| noted.concerns(&case)) {
                    writer.each_year(|year, days| noted.note(number, &case, year, days));
                }
                written.rows += rows;
                done += 1;
                if rows > 0 {
                    written.cases += 1;
                    self.note_codes(block, &case, &mut written.without_code);
                }
                progress(done);
            }
        }
        sink.finish()?;
        written.clashes = noted.into_iter().map(Noted::finish).collect();
        Ok(written)
    }

    /// The period of a case.
    pub(super) fn period_of(&self, block: &Block<'p>, case: &[IndividualId]) -> Interval {
        let own = || block.cases.period(case).unwrap_or_else(|| self.period());
        self.request.period.unwrap_or_else(own)
    }

    fn note_codes(&self, block: &Block<'p>, case: &[IndividualId], without: &mut [BTreeSet<IndividualId>]) {
        for (place, scheme) in self.request.codes.iter().enumerate() {
            for (role, individual) in block.roles.iter().zip(case) {
                let has_none = |(_, codes): &&(usize, super::columns::Codes)| {
                    codes.is_called(scheme) && codes.of(*individual).is_none()
                };
                if role.codes.iter().any(|code| has_none(&code)) {
                    without[place].insert(*individual);
                }
            }
        }
    }
}

struct Writer<'w, 'p> {
    panel: &'w Panel<'p>,
    block: &'w Block<'p>,
    /// The timelines of the criteria that say which rows there are.
    mains: Vec<usize>,
    /// Whether no verdict is asked for before others.
    keeps_all: bool,
    /// Of each verdict, whether it is kept.
    keeps: [bool; Verdict::ALL.len()],
    /// The answers of the years, for each timeline.
    answers: Vec<Vec<Stretch>>,
    cells: Vec<Cell<'w>>,
    /// The places of the years of the rows of the case.
    years: Vec<Range<usize>>,
}

impl Writer<'_, '_> {
    /// Hands on the rows of a case, and gives their number.
    fn case(&mut self, case: &Tuple, sink: &mut dyn Sink, tally: Option<&mut Tally>) -> Result<usize, Failure> {
        let lines = self.panel.lines(self.block, case);
        if !self.may_have_rows(&lines) {
            self.years.clear();
            return Ok(0);
        }
        let period = self.panel.period_of(self.block, case);
        self.cells.clear();
        self.cells.resize(self.panel.columns.len(), Cell::Missing);
        self.identify(case);
        match self.panel.request.grain {
            Grain::Years(rule) => self.years(case, &lines, period, rule, sink, tally),
            Grain::Spells => self.spells(case, &lines, period, sink, tally),
        }
    }

    /// The cells that are the same in all rows of a case.
    fn identify(&mut self, case: &[IndividualId]) {
        let program = self.panel.program;
        if let Some((column, name)) = &self.block.title {
            self.cells[*column] = Cell::text(name.as_str());
        }
        for (role, individual) in self.block.roles.iter().zip(case) {
            self.cells[role.name] = Cell::text(program.individual(*individual).name.as_str());
            for (column, codes) in &role.codes {
                self.cells[*column] = codes.cell_of(*individual);
            }
        }
    }

    fn has_dated_codes(&self, case: &[IndividualId]) -> bool {
        let mut roles = self.block.roles.iter().zip(case);
        roles.any(|(role, individual)| role.codes.iter().any(|(_, codes)| codes.dated(*individual).is_some()))
    }

    /// Writes the codes of those who have one after another: the one of a row's days, or those where there are several.
    fn identify_in(&mut self, case: &[IndividualId], days: Interval) {
        for (role, individual) in self.block.roles.iter().zip(case) {
            for (column, codes) in &role.codes {
                let Some(dated) = codes.dated(*individual) else { continue };
                let then: Vec<&str> =
                    dated.iter().filter(|(_, had)| had.touches(days)).map(|(code, _)| code.as_str()).collect();
                self.cells[*column] = codes.cell(then.join(";"));
            }
        }
    }

    fn years(
        &mut self,
        case: &Tuple,
        lines: &[Line],
        period: Interval,
        rule: super::YearRule,
        sink: &mut dyn Sink,
        mut tally: Option<&mut Tally>,
    ) -> Result<usize, Failure> {
        let mut known = self.panel.years.borrow_mut();
        if known.as_ref().is_none_or(|(of, _)| *of != period) {
            *known = Some((period, Years::new(period, rule)));
        }
        let Some((_, years)) = known.as_ref() else { return Ok(0) };
        let mut answers = std::mem::take(&mut self.answers);
        answers.resize(lines.len(), Vec::new());
        for (line, answers) in lines.iter().zip(&mut answers) {
            years.stretches(line, answers);
        }
        self.years.clear();
        let has_dated_codes = self.has_dated_codes(case);
        let mut outcome = Ok(());
        Years::together(&answers, |places, values| {
            if outcome.is_err() || !self.is_kept(values) {
                return;
            }
            self.answer(values);
            self.years.push(places.clone());
            outcome = if has_dated_codes {
                places.into_iter().try_for_each(|place| {
                    self.identify_in(case, years.days(place));
                    self.rows_of_years(years.year(place)..=years.year(place), sink, tally.as_deref_mut())
                })
            } else {
                let (first, last) = (years.year(places.start), years.year(places.end - 1));
                self.rows_of_years(first..=last, sink, tally.as_deref_mut())
            };
        });
        self.answers = answers;
        outcome.map(|()| self.years.iter().map(Range::len).sum())
    }

    /// The years of the rows of the case that was written last, with their days.
    fn each_year(&self, mut use_it: impl FnMut(i16, Interval)) {
        let known = self.panel.years.borrow();
        let Some((_, years)) = known.as_ref() else { return };
        self.years.iter().cloned().flatten().for_each(|place| use_it(years.year(place), years.days(place)));
    }

    /// The rows of years that are alike but for the year.
    fn rows_of_years(
        &mut self,
        years: RangeInclusive<i16>,
        sink: &mut dyn Sink,
        tally: Option<&mut Tally>,
    ) -> Result<(), Failure> {
        let place = self.panel.time_columns().0;
        if let Some(tally) = tally {
            for year in years.clone() {
                self.cells[place] = Cell::Integer(i64::from(year));
                tally.add(&self.cells);
            }
        }
        sink.rows_counting(&mut self.cells, place, i64::from(*years.start())..=i64::from(*years.end()))
    }

    fn spells(
        &mut self,
        case: &Tuple,
        lines: &[Line],
        period: Interval,
        sink: &mut dyn Sink,
        mut tally: Option<&mut Tally>,
    ) -> Result<usize, Failure> {
        let mut rows = 0;
        let places = self.panel.time_columns();
        for (spell, values) in spells(lines, period) {
            let goes_on = spell.last == period.last
                && (spell.last == Day::LAST
                    || lines.iter().zip(&values).all(|(line, value)| line.at(spell.last.next()) == *value));
            if self.is_kept(&values) {
                let date = |day: Day| Cell::text(day.machine_date());
                self.cells[places.0] = if spell.first == Day::FIRST { Cell::Missing } else { date(spell.first) };
                self.cells[places.1] = if goes_on { Cell::Missing } else { date(spell.last) };
                self.identify_in(case, spell);
                self.answer(&values);
                if let Some(tally) = tally.as_deref_mut() {
                    tally.add(&self.cells);
                }
                sink.row(&self.cells)?;
                rows += 1;
            }
        }
        Ok(rows)
    }

    /// Whether there is a day on which the case is kept: of many cases there is none.
    fn may_have_rows(&self, lines: &[Line]) -> bool {
        self.keeps_all || self.mains.iter().any(|line| lines[*line].has(|value| self.is_kept_value(value)))
    }

    fn is_kept_value(&self, value: Value) -> bool {
        value.verdict().is_some_and(|verdict| self.keeps[verdict as usize])
    }

    /// Whether the case arises for one of the criteria, with one of the verdicts that are kept.
    fn is_kept(&self, values: &[Value]) -> bool {
        let mut mains = self.mains.iter().map(|line| values[*line]);
        if self.keeps_all {
            return mains.any(Value::arises);
        }
        mains.any(|value| self.is_kept_value(value))
    }

    /// The cells of the answers.
    fn answer(&mut self, values: &[Value]) {
        for (variable, lines) in variables(self.block) {
            match &variable.what {
                What::Target { target, .. } => self.target_cells(*target, &variable.columns, values[*lines.start()]),
                What::Conditions(_) => {
                    for (column, line) in variable.columns.iter().zip(lines) {
                        self.cells[*column] =
                            values[line].verdict().map_or(Cell::Missing, |one| Cell::text(one.name()));
                    }
                }
                What::Deciding(reasons) => {
                    let label = match values[*lines.start()] {
                        Value::Reason(_, Some(label)) => reasons.labels.get(label as usize),
                        _ => None,
                    };
                    for column in &variable.columns {
                        self.cells[*column] = label.map_or(Cell::Missing, |label| Cell::text(label.text.as_str()));
                    }
                }
            }
        }
    }

    /// A verdict and its number, a level and its rank, or a value alone.
    fn target_cells(&mut self, target: Target, columns: &[usize], value: Value) {
        let program = self.panel.program;
        let (word, figure) = match value {
            Value::Verdict(verdict) | Value::Reason(verdict, _) => {
                let figure = match verdict {
                    Verdict::Met => Cell::Integer(1),
                    Verdict::NotMet => Cell::Integer(0),
                    _ => Cell::Missing,
                };
                (Cell::text(verdict.name()), figure)
            }
            Value::Number(number) => (Cell::Missing, Cell::Number(number)),
            Value::Level(rank) => {
                let levels = match target {
                    Target::Measure(measure) => program.measure(measure).levels,
                    Target::Relation(_) => None,
                };
                let level = levels.and_then(|kind| program.kind(kind).order.as_ref()?.get(rank as usize).copied());
                let name = level.map_or(Cell::Missing, |level| Cell::text(program.individual(level).name.as_str()));
                (name, Cell::Integer(i64::from(rank)))
            }
            Value::Unsettled | Value::Absent | Value::Inapplicable => (Cell::Missing, Cell::Missing),
        };
        match columns {
            [one, two] => {
                self.cells[*one] = word;
                self.cells[*two] = figure;
            }
            [one] => self.cells[*one] = figure,
            _ => {}
        }
    }
}

/// The variables of a block, each with the places of its timelines.
fn variables<'w, 'p>(
    block: &'w Block<'p>,
) -> impl Iterator<Item = (&'w Variable<'p>, RangeInclusive<usize>)> + use<'w, 'p> {
    let mut next = 0;
    block.variables.iter().filter_map(move |variable| {
        let count = match &variable.what {
            What::Conditions(reasons) => reasons.leaves.len(),
            What::Target { .. } | What::Deciding(_) => 1,
        };
        let first = next;
        next += count;
        (count > 0).then(|| (variable, first..=next - 1))
    })
}

/// The stretches of a period on which none of some timelines changes.
pub(super) fn spells(lines: &[Line], period: Interval) -> Vec<(Interval, Vec<Value>)> {
    let mut changes: Vec<Day> =
        lines.iter().flat_map(Line::changes).filter(|day| *day > period.first && *day <= period.last).collect();
    changes.sort_unstable();
    changes.dedup();
    let firsts: Vec<Day> = std::iter::once(period.first).chain(changes).collect();
    let lasts = firsts.iter().skip(1).map(|day| day.previous()).chain([period.last]);
    firsts
        .iter()
        .zip(lasts)
        .map(|(first, last)| {
            let values = lines.iter().map(|line| line.at(*first)).collect();
            (Interval { first: *first, last }, values)
        })
        .collect()
}
