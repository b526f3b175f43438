//! Values that would move a sum or its like across a number.

use super::super::members::{Value, members};
use super::super::parts::{Place, Side};
use super::change::{Change, Number};
use super::numbers::{Wanted, deciding_value};
use super::search::Search;
use super::sets::{self, Options};
use crate::evidence::Tuple;
use crate::model::condition::{AggregateFunction, Binding, ComparisonOperator, Condition, Expression, ExpressionKind};
use crate::model::program::{IndividualId, MeasureDefinition, MeasureId, Target};

/// Members whose values are moved.
const MOST_MOVED: usize = 100;

/// One who certainly belongs, with the value where there is one.
struct Summed {
    individuals: Vec<IndividualId>,
    value: Option<f64>,
    /// There may be a value that is not recorded; else one that has none is passed over.
    is_missing: bool,
}

impl<'p> Search<'_, 'p> {
    /// Single values that suffice, or of the largest and smallest also several at once. Where values are missing, a sum has none.
    pub(super) fn aggregate(
        &mut self,
        place: &Place<'p>,
        function: AggregateFunction,
        value: &'p Expression,
        bindings: &[Binding],
        among: Option<&'p Condition>,
        wanted: Wanted,
    ) -> Options {
        let ExpressionKind::Measure(measure, _) = &value.kind else { return Options::new() };
        let is_recorded = matches!(self.engine.program().measure(*measure).definition, MeasureDefinition::Recorded);
        let Some(mut summed) = self.summed(place, value, bindings, among).filter(|_| is_recorded) else {
            return Options::new();
        };
        let deciding = deciding_value(wanted.operator, wanted.number, wanted.side, false);
        let known: f64 = summed.iter().filter_map(|one| one.value).sum();
        let missing = summed.iter().filter(|one| one.is_missing).count();
        let is_large = match wanted.operator {
            ComparisonOperator::GreaterOrEqual | ComparisonOperator::Greater => wanted.side == Side::For,
            ComparisonOperator::LessOrEqual | ComparisonOperator::Less => wanted.side == Side::Against,
            ComparisonOperator::Equal | ComparisonOperator::NotEqual => return Options::new(),
        };
        let any_will_do = match function {
            AggregateFunction::Sum | AggregateFunction::Mean => false,
            AggregateFunction::Maximum => is_large,
            AggregateFunction::Minimum => !is_large,
        };
        if any_will_do {
            let options: Vec<Options> = summed.iter().map(|one| self.value(*measure, one, deciding, wanted)).collect();
            return sets::any(options);
        }
        if function != AggregateFunction::Sum {
            summed.retain(|one| one.value.is_some() || one.is_missing);
        }
        let total = match function {
            AggregateFunction::Sum => deciding,
            AggregateFunction::Mean => deciding * summed.len() as f64,
            AggregateFunction::Maximum | AggregateFunction::Minimum => {
                let stands = |value: f64| if is_large { value >= deciding } else { value <= deciding };
                let wrong: Vec<&Summed> = summed.iter().filter(|one| !one.value.is_some_and(stands)).collect();
                let changes: Vec<Options> =
                    wrong.into_iter().map(|one| self.value(*measure, one, deciding, wanted)).collect();
                return sets::all(changes);
            }
        };
        // Nobody is told to find less than nothing where nothing is below it.
        let least = if summed.iter().all(|one| one.value.is_none_or(|value| value >= 0.0)) { 0.0 } else { f64::MIN };
        let mut options = Vec::new();
        for one in &summed {
            let others_are_known = missing == usize::from(one.is_missing);
            let needed = total - (known - one.value.unwrap_or(0.0));
            if others_are_known && needed >= least {
                options.push(self.value(*measure, one, needed, wanted));
            }
        }
        sets::any(options)
    }

    /// None where somebody's belonging is open, or where there are too many.
    fn summed(
        &self,
        place: &Place<'p>,
        value: &'p Expression,
        bindings: &[Binding],
        among: Option<&'p Condition>,
    ) -> Option<Vec<Summed>> {
        let engine = self.engine;
        let ExpressionKind::Measure(_, arguments) = &value.kind else { return None };
        let mut summed = Vec::new();
        for member in members(engine, bindings, among, &place.frame, place.day)? {
            if member.is_out() {
                continue;
            }
            let (value, is_missing) = match member.value(engine, value, place.day) {
                Value::Known(value) => (Some(value.settled()?), false),
                Value::Missing => (None, true),
                Value::None => (None, false),
            };
            if !member.standing.is_settled_for() || summed.len() >= MOST_MOVED {
                return None;
            }
            summed.push(Summed { individuals: member.frame.arguments(arguments)?.to_vec(), value, is_missing });
        }
        Some(summed)
    }

    fn value(&mut self, measure: MeasureId, of: &Summed, value: f64, wanted: Wanted) -> Options {
        let program = self.engine.program();
        let is_named = of.individuals.iter().all(|individual| !program.individual(*individual).is_unnamed);
        let exists = self.engine.domain(Target::Measure(measure), &of.individuals).contains(wanted.on.first);
        if !is_named || !exists {
            return Options::new();
        }
        self.one(Change::Value(measure, Tuple::from(of.individuals.as_slice()), Number(value), wanted.on))
    }
}
