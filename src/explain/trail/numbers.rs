//! What numbers are made of: the values, and those who belong to a count or a sum.

use super::{Place, Side, Trail};
use crate::engine::Frame;
use crate::explain::members::{Member, Value, members};
use crate::model::condition::{
    AggregateFunction, Binding, ComparisonOperator, Condition, ConditionKind, Expression, ExpressionKind,
};
use crate::model::program::{IndividualId, MeasureDefinition, MeasureId, Target};
use crate::time::{Day, IntervalSet};
use crate::verdict::Verdict;

/// Members of a count or a sum that are followed.
const MOST_MEMBERS: usize = 200;

/// What a number is compared with, and how that comes out.
#[derive(Clone, Copy)]
pub(super) struct Compared {
    operator: ComparisonOperator,
    number: f64,
    verdict: Verdict,
}

impl Compared {
    /// Whether it is known that the number is large enough, or too large: then only what makes it so large matters.
    fn is_large(self) -> Option<bool> {
        use ComparisonOperator::{Greater, GreaterOrEqual, Less, LessOrEqual};
        match (self.operator, self.verdict) {
            (GreaterOrEqual | Greater, Verdict::Met) | (LessOrEqual | Less, Verdict::NotMet) => Some(true),
            (GreaterOrEqual | Greater, Verdict::NotMet) | (LessOrEqual | Less, Verdict::Met) => Some(false),
            _ => None,
        }
    }

    /// Whether a value makes the comparison come out as it does, were it compared alone.
    fn is_borne_out_by(self, value: f64) -> bool {
        let holds = self.operator.holds(value, self.number);
        holds == (self.verdict == Verdict::Met)
    }
}

impl<'p> Trail<'_, 'p> {
    pub(super) fn comparison(&mut self, place: &Place<'p>, depth: usize) {
        let ConditionKind::Comparison { left, operator, right, .. } = &place.condition.kind else { return };
        let verdict = place.standing(self.engine).verdict();
        for (expression, operator, other) in [(left, *operator, right), (right, operator.mirrored(), left)] {
            let other = self.engine.expression(other, &mut place.frame.clone()).at(place.day).settled();
            let compared = other.map(|number| Compared { operator, number, verdict });
            self.expression(expression, &place.frame, place.day, depth, compared);
        }
    }

    /// What a number is made of; an atom in it bears by whichever side it has.
    fn expression(
        &mut self,
        expression: &'p Expression,
        frame: &Frame,
        day: Day,
        depth: usize,
        compared: Option<Compared>,
    ) {
        match &expression.kind {
            ExpressionKind::Measure(measure, arguments) => {
                if let Some(individuals) = frame.arguments(arguments) {
                    self.measure(*measure, &individuals, day, depth, compared);
                }
            }
            ExpressionKind::Indicator(atom) => {
                if let Some(individuals) = frame.arguments(&atom.arguments) {
                    let case = self.engine.case(atom.relation, &individuals);
                    let side = if case.at(day).is_for() { Side::For } else { Side::Against };
                    self.case(atom.relation, &individuals, day, side, depth);
                }
            }
            ExpressionKind::Negation(inner) => self.expression(inner, frame, day, depth, None),
            ExpressionKind::Arithmetic { left, right, .. } => {
                self.expression(left, frame, day, depth, None);
                self.expression(right, frame, day, depth, None);
            }
            ExpressionKind::Count { bindings, among: Some(among) } => {
                self.counted(bindings, among, frame, day, depth, compared);
            }
            ExpressionKind::Aggregate { function, value, bindings, among } => {
                let Some(all) = members(self.engine, bindings, among.as_deref(), frame, day) else { return };
                self.summed(*function, value, all, day, depth, compared);
            }
            _ => {}
        }
    }

    /// Those that count, where they are enough; those that do not, where too few are left; else all, and first those of whom it is open.
    fn counted(
        &mut self,
        bindings: &[Binding],
        among: &'p Condition,
        frame: &Frame,
        day: Day,
        depth: usize,
        compared: Option<Compared>,
    ) {
        let Some(mut all) = members(self.engine, bindings, Some(among), frame, day) else { return };
        let is_large = compared.and_then(Compared::is_large);
        all.retain(|member| match is_large {
            Some(true) => member.standing.is_for(),
            Some(false) => member.standing.is_against(),
            None => true,
        });
        all.sort_by_key(|member| member.standing.is_settled_for() || member.standing.is_settled_against());
        for among in all.into_iter().take(MOST_MEMBERS).filter_map(|member| member.among) {
            let side = match is_large {
                Some(true) => Side::For,
                Some(false) => Side::Against,
                None if among.standing(self.engine).is_against() => Side::Against,
                None => Side::For,
            };
            self.place(&among, side, depth);
        }
    }

    /// The values of those that belong, and what makes them belong; of the largest and smallest value those that alone decide.
    fn summed(
        &mut self,
        function: AggregateFunction,
        value: &'p Expression,
        all: Vec<Member<'p>>,
        day: Day,
        depth: usize,
        compared: Option<Compared>,
    ) {
        let decides_alone = match (function, compared.and_then(Compared::is_large)) {
            (AggregateFunction::Maximum, Some(true)) | (AggregateFunction::Minimum, Some(false)) => compared,
            _ => None,
        };
        let mut valued: Vec<(Option<f64>, Member<'p>)> = Vec::new();
        let mut out = Vec::new();
        for member in all {
            if member.is_out() {
                out.push(member);
                continue;
            }
            let size = match member.value(self.engine, value, day) {
                Value::Known(quantity) => quantity.joined().map(|bounds| bounds.settled_upper),
                Value::Missing | Value::None => None,
            };
            let matters = |compared: Compared| size.is_some_and(|size| compared.is_borne_out_by(size));
            if decides_alone.is_none_or(matters) {
                valued.push((size, member));
            }
        }
        // The weightiest first, and those without a value after all others.
        valued.sort_by(|(one, _), (other, _)| {
            let by_size = match function {
                AggregateFunction::Minimum => one.partial_cmp(other),
                _ => other.partial_cmp(one),
            };
            one.is_none().cmp(&other.is_none()).then(by_size.unwrap_or(std::cmp::Ordering::Equal))
        });
        for (_, member) in valued.into_iter().take(MOST_MEMBERS) {
            let before = std::mem::replace(&mut self.in_sum, true);
            self.expression(value, &member.frame, day, depth, None);
            self.in_sum = before;
            if let Some(among) = &member.among {
                self.occasion(|trail| trail.place(among, Side::For, depth));
            }
        }
        if decides_alone.is_none() {
            for among in out.iter().take(MOST_MEMBERS).filter_map(|member| member.among.as_ref()) {
                self.occasion(|trail| trail.place(among, Side::Against, depth));
            }
        }
    }

    pub(super) fn measure(
        &mut self,
        measure: MeasureId,
        individuals: &[IndividualId],
        day: Day,
        depth: usize,
        compared: Option<Compared>,
    ) {
        let target = Target::Measure(measure);
        let step = self.step(target, individuals, day, Side::For, depth);
        if self.steps.contains(&step) {
            return;
        }
        self.steps.push(step);
        let in_sum = std::mem::replace(&mut self.in_sum, false);
        let frame = |variables: usize| Frame::new(variables, individuals, IntervalSet::all());
        match &self.engine.program().measure(measure).definition {
            MeasureDefinition::Recorded => {}
            MeasureDefinition::Defined { variables, value, .. } => {
                self.expression(value, &frame(variables.len()), day, depth + 1, compared);
            }
            MeasureDefinition::Classification { variables, cases, .. } => {
                for (_, condition) in cases {
                    let place = Place::new(condition, frame(variables.len()), day);
                    let standing = place.standing(self.engine);
                    let side = if standing.is_for() { Side::For } else { Side::Against };
                    self.place(&place, side, depth + 1);
                    if standing.is_settled_for() {
                        break;
                    }
                }
            }
        }
        self.in_sum = in_sum;
    }
}
