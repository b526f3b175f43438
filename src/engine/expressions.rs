//! Numbers in a frame; measures and classifications at their individuals.

use super::{Bounds, Engine, Frame, Quantity, Standing};
use crate::evidence::StatementValue;
use crate::model::condition::{Argument, Condition, Expression, ExpressionKind};
use crate::model::program::{IndividualId, MeasureDefinition, MeasureId, Target, Value};
use crate::time::{Day, Interval, IntervalSet, Timeline};
use std::rc::Rc;

type Values = Timeline<Quantity>;

impl Engine<'_> {
    /// What is known of a number on every day, for the individuals of a frame.
    pub fn expression(&self, expression: &Expression, frame: &mut Frame) -> Rc<Values> {
        Rc::new(match &expression.kind {
            ExpressionKind::Number(number) => Timeline::constant(Quantity::number(*number)),
            ExpressionKind::Parameter(parameter) => {
                Timeline::constant(Quantity::number(self.program.parameter(*parameter).value))
            }
            ExpressionKind::Argument(argument) => Timeline::constant(self.value_of(*argument, frame)),
            ExpressionKind::Measure(measure, arguments) => match frame.arguments(arguments) {
                Some(individuals) => return self.measure(*measure, &individuals),
                None => Timeline::constant(Quantity::none()),
            },
            ExpressionKind::Indicator(atom) => {
                self.atom(atom, frame).map(|standing| Quantity::one(Bounds::of_standing(*standing)))
            }
            ExpressionKind::Negation(inner) => self.expression(inner, frame).map(Quantity::negated),
            ExpressionKind::Arithmetic { left, operator, right } => {
                let left = self.expression(left, frame);
                // Nothing comes of no value, whatever the other is.
                if left.as_constant().is_some_and(|value| value.alternatives().is_empty()) {
                    return left;
                }
                let right = self.expression(right, frame);
                left.zip(&right, |one, two| one.arithmetic(*operator, two))
            }
            ExpressionKind::Count { bindings, among } => {
                return self.count(expression, bindings, among.as_deref(), frame);
            }
            ExpressionKind::Aggregate { function, value, bindings, among } => {
                return self.aggregate(expression, *function, value, bindings, among.as_deref(), frame);
            }
        })
    }

    fn value_of(&self, argument: Argument, frame: &Frame) -> Quantity {
        let Some(individual) = frame.argument(argument).map(|individual| self.program.individual(individual)) else {
            return Quantity::none();
        };
        match (&individual.value, individual.rank) {
            (Some(Value::Number(number)), _) => Quantity::number(*number),
            (Some(Value::Date(period)), _) => {
                Quantity::one(Bounds::between(f64::from(period.first.number()), f64::from(period.last.number())))
            }
            (_, Some(rank)) => Quantity::number(f64::from(rank)),
            _ => Quantity::none(),
        }
    }

    /// What is known of a measure or classification on every day.
    pub fn measure(&self, measure: MeasureId, individuals: &[IndividualId]) -> Rc<Values> {
        // The record has it: found again as quickly, and kept at a greater cost than that.
        if matches!(self.program.measure(measure).definition, MeasureDefinition::Recorded) {
            return Rc::new(self.evaluate_measure(measure, individuals));
        }
        if let Some(known) = self.values.borrow().get(measure.index(), individuals) {
            return known;
        }
        let values = Rc::new(self.evaluate_measure(measure, individuals));
        self.values.borrow_mut().insert(measure.index(), individuals, Rc::clone(&values));
        values
    }

    fn evaluate_measure(&self, measure: MeasureId, individuals: &[IndividualId]) -> Values {
        let domain = self.domain(Target::Measure(measure), individuals);
        if domain.is_empty() {
            return Timeline::constant(Quantity::none());
        }
        let (values, applies) = match &self.program.measure(measure).definition {
            MeasureDefinition::Recorded => (self.recorded(measure, individuals), None),
            MeasureDefinition::Defined { variables, applies_where, value } => {
                let mut frame = Frame::of_living(variables.len(), individuals, domain.clone());
                let value = Rc::unwrap_or_clone(self.expression(value, &mut frame));
                (value, applies_where.as_ref().map(|applies| (applies, frame)))
            }
            MeasureDefinition::Classification { variables, applies_where, cases, otherwise } => {
                let mut frame = Frame::of_living(variables.len(), individuals, domain.clone());
                (
                    self.classification(cases, *otherwise, &mut frame),
                    applies_where.as_ref().map(|applies| (applies, frame)),
                )
            }
        };
        let values = match applies {
            None => values,
            Some((applies, mut frame)) => {
                let applies = self.condition(applies, &mut frame).days_where(|standing| standing.is_settled_for());
                values.within(&applies, &Quantity::none())
            }
        };
        values.within(&domain, &Quantity::none())
    }

    fn recorded(&self, measure: MeasureId, individuals: &[IndividualId]) -> Values {
        let target = Target::Measure(measure);
        if let Some(spans) = self.recorded_values(measure, individuals, Interval::ALL) {
            return Timeline::from_ordered_spans(&spans, |value| value.map_or_else(Quantity::none, Quantity::number));
        }
        let entries = self.record.entries(target, individuals);
        let set_aside = self.record.set_aside(target, individuals, &self.changes);
        let mut spans: Vec<(Interval, f64)> = Vec::with_capacity(entries.len());
        for entry in entries {
            let value = match self.record.value(entry.statement) {
                Some(StatementValue::Number(number)) => number,
                Some(StatementValue::Level(level)) => match self.program.individual(level).rank {
                    Some(rank) => f64::from(rank),
                    None => continue,
                },
                None => continue,
            };
            if let Some(days) = self.record.exact_days(&entry, &self.changes).filter(|_| set_aside.is_empty()) {
                spans.push((days, value));
                continue;
            }
            let days = self.record.entry_days(&entry, individuals, &self.changes, &set_aside);
            spans.extend(days.certain.iter().map(|interval| (interval, value)));
        }
        let of_one = |value: Option<f64>| value.map_or_else(Quantity::none, Quantity::number);
        let recorded = Timeline::from_separate_spans(&mut spans, of_one)
            .unwrap_or_else(|| Timeline::from_spans(&spans, |values| Quantity::rivals(values.iter().copied())));
        self.changes
            .values_of(measure, individuals)
            .iter()
            .fold(recorded, |recorded, (value, days)| recorded.within(&days.complement(), &Quantity::number(*value)))
    }

    fn classification(
        &self,
        cases: &[(IndividualId, Condition)],
        otherwise: IndividualId,
        frame: &mut Frame,
    ) -> Values {
        let rank = |level: IndividualId| f64::from(self.program.individual(level).rank.unwrap_or(0));
        let ranks: Vec<f64> = cases.iter().map(|(level, _)| rank(*level)).collect();
        let lowest = rank(otherwise);
        let lines: Vec<Timeline<Standing>> =
            cases.iter().map(|(_, condition)| self.condition(condition, frame)).collect();
        let lines: Vec<&Timeline<Standing>> = lines.iter().collect();
        Timeline::zip_all(&lines, |standings| {
            // At least a level: one of the cases from the highest down to it.
            let highest = |shown: fn(Standing) -> bool| {
                let mut so_far = Standing::NOT_MET;
                for (standing, rank) in standings.iter().zip(&ranks) {
                    so_far = so_far.or(**standing);
                    if shown(so_far) {
                        return *rank;
                    }
                }
                lowest
            };
            Quantity::one(Bounds {
                lower: highest(Standing::is_for),
                upper: highest(|standing| !standing.is_against()),
                settled_lower: highest(Standing::is_settled_for),
                settled_upper: highest(|standing| !standing.is_settled_against()),
            })
        })
    }

    /// The days on which a measure may have a value: its individuals exist and fit, and its `where` is not refuted.
    fn possible_days(&self, measure: MeasureId, individuals: &[IndividualId]) -> IntervalSet {
        let domain = self.domain(Target::Measure(measure), individuals);
        let (MeasureDefinition::Defined { variables, applies_where: Some(applies), .. }
        | MeasureDefinition::Classification { variables, applies_where: Some(applies), .. }) =
            &self.program.measure(measure).definition
        else {
            return domain;
        };
        let mut frame = Frame::new(variables.len(), individuals, domain.clone());
        let refuted = self.condition(applies, &mut frame).days_where(|standing| standing.is_settled_against());
        domain.difference(&refuted)
    }

    /// Whether a number has no value on a day because one of its measures is not recorded, where it could be.
    #[must_use]
    pub fn is_unrecorded(&self, expression: &Expression, frame: &mut Frame, day: Day) -> bool {
        self.unrecorded_days(expression, None, frame).contains(day)
    }

    /// The days on which a number has no value because one of its measures is not recorded, where it could be. Its values need not
    /// be found again where they are known.
    pub(super) fn unrecorded_days(
        &self,
        expression: &Expression,
        known: Option<&Values>,
        frame: &mut Frame,
    ) -> IntervalSet {
        match &expression.kind {
            ExpressionKind::Measure(measure, arguments) => {
                let Some(individuals) = frame.arguments(arguments) else { return IntervalSet::all() };
                let target = Target::Measure(*measure);
                let has_none = |value: &Quantity| value.alternatives().is_empty();
                let without = match known {
                    Some(values) => values.days_where(has_none),
                    None => self.measure(*measure, &individuals).days_where(has_none),
                };
                if without.is_empty() {
                    return without;
                }
                // No record speaks where a value may have been, or was sought and not found.
                let open = self.record.open_days(target, &individuals, &self.changes);
                let complete = self.record.complete_days(target, &individuals, &self.changes).difference(&open);
                without.intersection(&self.possible_days(*measure, &individuals)).difference(&complete)
            }
            ExpressionKind::Negation(inner) => self.unrecorded_days(inner, None, frame),
            ExpressionKind::Arithmetic { left, right, .. } => {
                self.unrecorded_days(left, None, frame).union(&self.unrecorded_days(right, None, frame))
            }
            _ => IntervalSet::empty(),
        }
    }
}
