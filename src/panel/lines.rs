//! The timelines of a case: one for each answer that its rows give.

use super::request::Joining;
use super::value::Value;
use super::variables::{Variable, What};
use super::{Block, Panel};
use crate::engine::{Engine, Quantity, Standing};
use crate::evidence::Tuple;
use crate::model::program::{IndividualId, MeasureId, Target};
use crate::time::{Day, Interval, Timeline};
use std::rc::Rc;

/// What an answer comes to on every day.
#[derive(Debug, Clone)]
pub(super) enum Line {
    /// The verdicts of a case, which the engine keeps.
    Case(Rc<Timeline<Standing>>),
    /// Values that were made for the panel.
    Values(Timeline<Value>),
}

impl Line {
    /// Hands out the stretches of days on which it does not change. Two that follow one another may have the same value.
    #[inline]
    pub(super) fn each_run(&self, mut use_it: impl FnMut(Interval, Value)) {
        match self {
            Line::Case(case) => case.runs().for_each(|(days, standing)| use_it(days, verdict(standing))),
            Line::Values(values) => values.runs().for_each(|(days, value)| use_it(days, *value)),
        }
    }

    /// Whether some value passes a test.
    #[inline]
    pub(super) fn has(&self, mut test: impl FnMut(Value) -> bool) -> bool {
        match self {
            Line::Case(case) => case.values().any(|standing| test(verdict(standing))),
            Line::Values(values) => values.values().any(|value| test(*value)),
        }
    }

    /// The value on a day.
    pub(super) fn at(&self, day: Day) -> Value {
        match self {
            Line::Case(case) => verdict(case.at(day)),
            Line::Values(values) => *values.at(day),
        }
    }

    /// The days from which on it has another value than before, the calendar's first among them.
    pub(super) fn changes(&self) -> Vec<Day> {
        let (mut before, mut changes) = (None, Vec::new());
        self.each_run(|days, value| changes.extend((before.replace(value) != Some(value)).then_some(days.first)));
        changes
    }
}

fn verdict(standing: &Standing) -> Value {
    Value::Verdict(standing.verdict())
}

impl Panel<'_> {
    /// The timelines of a case, those of the first variable first.
    pub(super) fn lines(&self, block: &Block<'_>, individuals: &[IndividualId]) -> Vec<Line> {
        let mut lines = Vec::with_capacity(block.variables.len());
        for variable in &block.variables {
            let turned = turned(individuals, block.pair.filter(|_| variable.reversed));
            self.add_lines(block, variable, &turned, &mut lines);
        }
        lines
    }

    fn add_lines(&self, block: &Block<'_>, variable: &Variable<'_>, case: &[IndividualId], lines: &mut Vec<Line>) {
        match &variable.what {
            What::Target { target, places, joining } => {
                let own: Tuple = places.iter().map(|place| case[*place]).collect();
                let joining = joining.filter(|joining| *joining != Joining::Same).zip(block.pair);
                lines.push(match joining {
                    Some((joining, pair)) => self.joined(*target, &own, &turned(&own, Some(pair)), joining),
                    None => line(&self.engine, *target, &own),
                });
            }
            What::Conditions(reasons) => {
                lines.extend(reasons.conditions(&self.engine, case).into_iter().map(Line::Values));
            }
            What::Deciding(reasons) => lines.push(Line::Values(reasons.deciding(&self.engine, case))),
        }
    }

    /// Both directions as one, day by day. A direction that is not applicable where the other one is counts as not met.
    fn joined(&self, target: Target, here: &[IndividualId], there: &[IndividualId], joining: Joining) -> Line {
        let Target::Relation(relation) = target else { return line(&self.engine, target, here) };
        let (here, there) = (self.engine.case(relation, here), self.engine.case(relation, there));
        Line::Values(here.zip(&there, |here, there| {
            if !here.is_applicable() && !there.is_applicable() {
                return Value::Verdict(here.verdict());
            }
            let (here, there) = (here.in_condition(), there.in_condition());
            let both = if joining == Joining::Both { here.and(there) } else { here.or(there) };
            Value::Verdict(both.verdict())
        }))
    }
}

/// The case with its pair turned round.
pub(super) fn turned(individuals: &[IndividualId], pair: Option<(usize, usize)>) -> Tuple {
    let mut turned = Tuple::from(individuals);
    if let Some((one, two)) = pair {
        turned.swap(one, two);
    }
    turned
}

/// What a relation or measure comes to on every day.
pub(super) fn line(engine: &Engine<'_>, target: Target, individuals: &[IndividualId]) -> Line {
    match target {
        Target::Relation(relation) => Line::Case(engine.case(relation, individuals)),
        Target::Measure(measure) => Line::Values(measure_line(engine, measure, individuals)),
    }
}

fn measure_line(engine: &Engine<'_>, measure: MeasureId, individuals: &[IndividualId]) -> Timeline<Value> {
    let has_levels = engine.program().measure(measure).levels.is_some();
    let value = |quantity: &Quantity| match quantity.settled() {
        Some(rank) if has_levels && rank >= 0.0 => Value::Level(rank as u32),
        Some(number) => Value::Number(number),
        None if quantity
            .alternatives()
            .iter()
            .all(|bounds| bounds.settled_lower == f64::NEG_INFINITY && bounds.settled_upper == f64::INFINITY) =>
        {
            Value::Absent
        }
        None => Value::Unsettled,
    };
    let domain = engine.domain(Target::Measure(measure), individuals);
    engine.measure(measure, individuals).map(value).within(&domain, &Value::Inapplicable)
}
