//! What the rows of one table alone say, read from them without a set for each; and counts, compared without adding up.
//!
//! Nothing here answers what the rest of the engine would not: it is the common case, made quick. Where the evidence is
//! changed, sources are preferred, or other statements speak of the same, there is no answer here.

use super::conditions::counted;
use super::{Engine, Frame, Quantity, Standing};
use crate::columns::Ones;
use crate::evidence::{Polarity, RowValues, TableRows};
use crate::model::condition::{
    Argument, ArithmeticOperator, Binding, ComparisonOperator, Condition, CountComparison, Expression, ExpressionKind,
};
use crate::model::program::{IndividualId, MeasureDefinition, MeasureId, RelationId, Target};
use crate::time::{Interval, IntervalSet, Timeline};
use smallvec::SmallVec;
use std::borrow::Cow;

type Line = Timeline<Standing>;

/// Days with a value each.
type Values = Vec<(Interval, f64)>;

impl Engine<'_> {
    /// An atom of a predicate in a condition, on the days that matter to the frame.
    pub(super) fn recorded_atom(
        &self,
        relation: RelationId,
        individuals: &[IndividualId],
        frame: &Frame,
    ) -> Option<Line> {
        let definition = self.program.relation(relation);
        if !self.reads_rows || definition.is_criterion || !definition.rules.is_empty() {
            return None;
        }
        let target = Target::Relation(relation);
        let rows = self.record.table_rows(target, individuals)?;
        let complete = match self.record.complete_alike(target) {
            Some(days) => Cow::Borrowed(days),
            None => Cow::Owned(self.record.complete_days(target, individuals, &self.changes)),
        };
        let mut days: SmallVec<[Interval; 8]> = SmallVec::new();
        for place in rows.places {
            if rows.statements.polarities.at(place) != Polarity::For {
                return None;
            }
            days.push(rows.statements.times.row(place).days(rows.horizon)?);
        }
        if days.is_empty() && !self.fits(target, individuals) {
            return Some(Timeline::constant(Standing::NOT_MET));
        }
        let silent = |is_complete| if is_complete { Standing::NOT_MET } else { Standing::UNDETERMINED };
        let said = if days.is_empty() {
            Timeline::from_set(&complete, silent(true), silent(false))
        } else {
            let sets = [&IntervalSet::from_intervals(days), &*complete];
            Timeline::from_sets(&sets, |held| if held & 1 != 0 { Standing::MET } else { silent(held & 2 != 0) })
        };
        Some(self.while_living(individuals, frame, said, &Standing::NOT_MET))
    }

    fn fits(&self, target: Target, individuals: &[IndividualId]) -> bool {
        let roles = self.program.roles(target);
        individuals.iter().zip(roles).all(|(one, role)| self.program.is_member(*one, role.kind))
            && !self.program.pairs_with_itself(target, individuals)
    }

    /// A timeline on the days on which those individuals exist of which the frame does not know it; another value elsewhere.
    fn while_living<T: Clone + PartialEq>(
        &self,
        individuals: &[IndividualId],
        frame: &Frame,
        line: Timeline<T>,
        elsewhere: &T,
    ) -> Timeline<T> {
        individuals.iter().filter(|one| !frame.is_living(**one)).fold(line, |line, one| {
            let life = &self.program.individual(*one).life;
            if life.is_all() { line } else { line.within(life, elsewhere) }
        })
    }

    /// A comparison of a measure or a count with a number, on the days that matter to the frame.
    pub(super) fn quick_comparison(
        &self,
        left: &Expression,
        operator: ComparisonOperator,
        right: &Expression,
        frame: &mut Frame,
    ) -> Option<Line> {
        if !self.plan.reads_rows {
            return None;
        }
        match (self.constant(left), self.constant(right)) {
            (None, Some(number)) => self.compared(left, operator, number, frame),
            (Some(number), None) => self.compared(right, operator.mirrored(), number, frame),
            _ => None,
        }
    }

    fn constant(&self, expression: &Expression) -> Option<f64> {
        match expression.kind {
            ExpressionKind::Number(number) => Some(number),
            ExpressionKind::Parameter(parameter) => Some(self.program.parameter(parameter).value),
            _ => None,
        }
    }

    fn compared(
        &self,
        expression: &Expression,
        operator: ComparisonOperator,
        number: f64,
        frame: &mut Frame,
    ) -> Option<Line> {
        match &expression.kind {
            ExpressionKind::Measure(measure, arguments) => {
                self.compared_measure(*measure, arguments, operator, number, frame)
            }
            ExpressionKind::Arithmetic { left, operator: arithmetic, right } => {
                self.compared_arithmetic((left, *arithmetic, right), operator, number, frame)
            }
            ExpressionKind::Count { bindings, among: Some(among) } => {
                self.compared_count(bindings, among, operator, number, frame)
            }
            _ => None,
        }
    }

    fn compared_measure(
        &self,
        measure: MeasureId,
        arguments: &[Argument],
        operator: ComparisonOperator,
        number: f64,
        frame: &Frame,
    ) -> Option<Line> {
        let individuals = frame.arguments(arguments)?;
        let spans = self.recorded_values(measure, &individuals, hull(frame)?)?;
        let line =
            Timeline::from_ordered_spans(&spans, |value| match value.map(|value| operator.holds(value, number)) {
                Some(true) => Standing::MET,
                Some(false) => Standing::NOT_MET,
                None => Standing::UNDETERMINED,
            });
        Some(self.while_living(&individuals, frame, line, &Standing::UNDETERMINED))
    }

    /// A measure joined with another number, compared with a number.
    fn compared_arithmetic(
        &self,
        (left, arithmetic, right): (&Expression, ArithmeticOperator, &Expression),
        operator: ComparisonOperator,
        number: f64,
        frame: &mut Frame,
    ) -> Option<Line> {
        let (measure, arguments, other, is_left) = match (&left.kind, &right.kind) {
            (ExpressionKind::Measure(measure, arguments), _) => (*measure, arguments, right, true),
            (_, ExpressionKind::Measure(measure, arguments)) => (*measure, arguments, left, false),
            _ => return None,
        };
        let individuals = frame.arguments(arguments)?;
        let spans = self.recorded_values(measure, &individuals, hull(frame)?)?;
        if spans.is_empty() {
            return Some(Timeline::constant(Standing::UNDETERMINED));
        }
        let other = self.expression(other, frame);
        let number = Quantity::number(number);
        let joined = other.on_ordered_spans(&spans, Standing::UNDETERMINED, |value, other| {
            let value = Quantity::number(value);
            let (left, right) = if is_left { (&value, other) } else { (other, &value) };
            left.arithmetic(arithmetic, right).compare(operator, &number)
        });
        Some(self.while_living(&individuals, frame, joined, &Standing::UNDETERMINED))
    }

    /// The values of a measure that the rows of one table give, with their days, in order, where no two share a day. The individuals
    /// need not exist on all of them. What does not reach into some days may be left out.
    pub(super) fn recorded_values(
        &self,
        measure: MeasureId,
        individuals: &[IndividualId],
        among: Interval,
    ) -> Option<Values> {
        if !self.reads_rows || !matches!(self.program.measure(measure).definition, MeasureDefinition::Recorded) {
            return None;
        }
        let target = Target::Measure(measure);
        let rows = self.record.table_rows(target, individuals)?;
        if !matches!(rows.statements.values, RowValues::Numbers(_)) {
            return None;
        }
        if !rows.places.is_empty() && !self.fits(target, individuals) {
            return None;
        }
        if let Some(spans) = in_order(&rows, among) {
            return Some(spans);
        }
        let mut spans = Values::new();
        for place in rows.places.clone() {
            let (days, value) =
                (rows.statements.times.row(place).days(rows.horizon)?, rows.statements.number_of(place));
            if !value.is_nan() {
                spans.push((days, value));
            }
        }
        if !spans.is_sorted_by_key(|(days, _)| days.first) {
            spans.sort_unstable_by_key(|(days, _)| days.first);
        }
        spans.is_sorted_by(|(one, _), (next, _)| one.last < next.first).then_some(spans)
    }

    /// A count against a whole number is what a counting form is.
    fn compared_count(
        &self,
        bindings: &[Binding],
        among: &Condition,
        operator: ComparisonOperator,
        number: f64,
        frame: &mut Frame,
    ) -> Option<Line> {
        if number.fract() != 0.0 || !(1.0..=1e9).contains(&number) {
            return None;
        }
        let whole = number as usize;
        let (comparison, number) = match operator {
            ComparisonOperator::GreaterOrEqual => (CountComparison::AtLeast, whole),
            ComparisonOperator::Greater => (CountComparison::AtLeast, whole + 1),
            ComparisonOperator::LessOrEqual => (CountComparison::AtMost, whole),
            ComparisonOperator::Less => (CountComparison::AtMost, whole - 1),
            ComparisonOperator::Equal => (CountComparison::Exactly, whole),
            ComparisonOperator::NotEqual => return None,
        };
        // A count that does not hang on all that is given is kept for others to ask, which is more than this would save.
        let is_shared = super::quantifiers::free_of(bindings, Some(among), None).len() < frame.bound();
        if is_shared || bindings.iter().any(|binding| self.program.kind(binding.kind).unnamed.is_some()) {
            return None;
        }
        if let Some(line) = self.two_valued_count(bindings, among, comparison, number, frame) {
            return Some(line);
        }
        let mut members = Vec::new();
        let mut times = Vec::new();
        self.add_members(bindings, among, 1, frame, &mut members, &mut times);
        let members: Vec<&Line> = members.iter().collect();
        Some(Timeline::zip_all(&members, |standings| {
            let standings = standings.iter().map(|standing| **standing).zip(times.iter().copied());
            counted(comparison, number, standings).with_contested_unsettled()
        }))
    }

    /// Adds what is known of each combination that may belong, and for how many it stands.
    fn add_members(
        &self,
        bindings: &[Binding],
        among: &Condition,
        number: usize,
        frame: &mut Frame,
        members: &mut Vec<Line>,
        times: &mut Vec<usize>,
    ) {
        let Some((binding, rest)) = bindings.split_first() else {
            let member = self.condition(among, frame);
            if member.as_constant() != Some(&Standing::NOT_MET) {
                members.push(member);
                times.push(number);
            }
            return;
        };
        for (individual, alike) in self.members_to_count(*binding, rest, Some(among), frame) {
            frame.set(binding.slot, Some(individual));
            let from = members.len();
            self.add_members(rest, among, number * alike, frame, members, times);
            let life = &self.program.individual(individual).life;
            if !life.is_all() {
                for member in &mut members[from..] {
                    *member = member.clone().within(life, &Standing::NOT_MET);
                }
            }
        }
        frame.set(binding.slot, None);
    }
}

/// From the first to the last day that matters to a frame.
fn hull(frame: &Frame) -> Option<Interval> {
    Interval::new(frame.domain().first()?, frame.domain().last()?)
}

/// The days and values of some rows in the order of the days, where each of their times is one of few that share no day; none where two
/// rows have the same. One who was asked and not answered gives no value. What does not reach into some days is left out.
fn in_order(rows: &TableRows<'_>, among: Interval) -> Option<Values> {
    let (times, numbers) = rows.statements.times.separate()?;
    let RowValues::Numbers(values) = &rows.statements.values else { return None };
    // What has no days is the last one, which is open.
    let from = times.partition_point(|time| time.days(rows.horizon).is_some_and(|days| days.last < among.first));
    let to = times.partition_point(|time| time.days(rows.horizon).is_none_or(|days| days.first <= among.last));
    let times = times.get(from..to).unwrap_or_default();
    let mut of_rows: SmallVec<[u32; 256]> = SmallVec::with_capacity(rows.places.len());
    numbers.each_in(rows.places.clone(), |number| of_rows.push(number));
    let mut spans = Values::with_capacity(rows.places.len());
    let mut are_days = true;
    let mut take = |place: usize, value: f64| {
        if let Some(time) = times.get(place).filter(|_| !value.is_nan()) {
            match time.days(rows.horizon) {
                Some(days) => spans.push((days, value)),
                None => are_days = false,
            }
        }
    };
    let mut places = of_rows.iter().map(|number| (*number as usize).wrapping_sub(from));
    if of_rows.is_sorted_by(|one, next| one < next) {
        values.each_in(rows.places.clone(), |value| {
            if let Some(place) = places.next() {
                take(place, f64::from_bits(value));
            }
        });
        return are_days.then_some(spans);
    }
    // Each has a place, which is found without a comparison.
    let mut by_time: SmallVec<[f64; 256]> = SmallVec::from_elem(0.0, times.len());
    let mut has_row: SmallVec<[u64; 8]> = SmallVec::from_elem(0, times.len().div_ceil(64));
    let (by_time, has_row) = (by_time.as_mut_slice(), has_row.as_mut_slice());
    let mut is_twice = false;
    values.each_in(rows.places.clone(), |value| {
        let Some(place) = places.next() else { return };
        let Some(of_time) = by_time.get_mut(place) else { return };
        *of_time = f64::from_bits(value);
        let (word, bit) = (&mut has_row[place / 64], 1 << (place % 64));
        is_twice |= *word & bit != 0;
        *word |= bit;
    });
    let with_rows = has_row.iter().enumerate().flat_map(|(word, bits)| Ones(*bits).map(move |place| 64 * word + place));
    with_rows.for_each(|place| take(place, by_time[place]));
    (!is_twice && are_days).then_some(spans)
}
