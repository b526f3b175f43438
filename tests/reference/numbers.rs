//! What an expression may be worth on one day: its alternatives, each with plain and settled bounds.

use super::conditions::{argument, arguments};
use super::marks::Marks;
use super::{Environment, Reference};
use symmachia::model::condition::{
    AggregateFunction, Argument, ArithmeticOperator, Binding, ComparisonDomain, ComparisonOperator, Condition,
    Expression, ExpressionKind,
};
use symmachia::model::program::{IndividualId, MeasureDefinition, MeasureId, Target, Value};

/// Lower and upper bound. Where evidence is contested the plain bounds may be out of order.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bounds {
    pub lower: f64,
    pub upper: f64,
}

/// One thing that a number may be.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Alternative {
    pub plain: Bounds,
    pub settled: Bounds,
}

/// Whether someone is in, and with which value.
type Member = (Marks, Alternative);

impl Bounds {
    fn exactly(number: f64) -> Bounds {
        Bounds { lower: number, upper: number }
    }

    fn map(self, function: impl Fn(f64) -> f64) -> Bounds {
        Bounds { lower: function(self.lower), upper: function(self.upper) }
    }

    fn holds_zero(self) -> bool {
        self.lower <= 0.0 && self.upper >= 0.0
    }

    /// Bounds of what is known to lie between some ends.
    fn of_ends(ends: impl Iterator<Item = f64>) -> Bounds {
        ends.fold(Bounds { lower: f64::INFINITY, upper: f64::NEG_INFINITY }, |bounds, end| Bounds {
            lower: bounds.lower.min(end),
            upper: bounds.upper.max(end),
        })
    }
}

impl Alternative {
    fn exactly(number: f64) -> Alternative {
        Alternative { plain: Bounds::exactly(number), settled: Bounds::exactly(number) }
    }

    fn between(lower: f64, upper: f64) -> Alternative {
        let bounds = Bounds { lower, upper };
        Alternative { plain: bounds, settled: bounds }
    }

    /// Each bound worked out from the marks: once for the plain ones, once for the settled ones.
    fn from_marks(marks: Marks, bounds: impl Fn(bool, bool) -> Bounds) -> Alternative {
        Alternative {
            plain: bounds(marks.is_for, marks.is_against),
            settled: bounds(marks.is_settled_for, marks.is_settled_against),
        }
    }

    fn plus(self, other: Alternative) -> Alternative {
        // Infinite ends of opposite signs leave the bound open.
        let end = |sum: f64, open: f64| if sum.is_nan() { open } else { sum };
        let sum = |one: Bounds, two: Bounds| Bounds {
            lower: end(one.lower + two.lower, f64::NEG_INFINITY),
            upper: end(one.upper + two.upper, f64::INFINITY),
        };
        Alternative { plain: sum(self.plain, other.plain), settled: sum(self.settled, other.settled) }
    }

    fn negated(self) -> Alternative {
        let negated = |bounds: Bounds| Bounds { lower: -bounds.upper, upper: -bounds.lower };
        Alternative { plain: negated(self.plain), settled: negated(self.settled) }
    }
}

impl Reference<'_> {
    pub(super) fn alternatives(
        &self,
        expression: &Expression,
        environment: &mut Environment,
        place: usize,
    ) -> Vec<Alternative> {
        match &expression.kind {
            ExpressionKind::Number(number) => vec![Alternative::exactly(*number)],
            ExpressionKind::Parameter(parameter) => {
                vec![Alternative::exactly(self.program.parameter(*parameter).value)]
            }
            ExpressionKind::Argument(each) => self.worth(*each, environment).into_iter().collect(),
            ExpressionKind::Measure(measure, each) => self.measure_at(*measure, &arguments(each, environment), place),
            ExpressionKind::Indicator(atom) => {
                let marks = self.marks_at(atom.relation, &arguments(&atom.arguments, environment), place);
                vec![Alternative::from_marks(marks, indicator)]
            }
            ExpressionKind::Negation(inner) => {
                self.alternatives(inner, environment, place).into_iter().map(Alternative::negated).collect()
            }
            ExpressionKind::Arithmetic { left, operator, right } => {
                let left = self.alternatives(left, environment, place);
                let right = self.alternatives(right, environment, place);
                each_with_each(&left, &right, *operator)
            }
            ExpressionKind::Count { bindings, among } => {
                vec![self.count(bindings, among.as_deref(), environment, place)]
            }
            ExpressionKind::Aggregate { function, value, bindings, among } => {
                self.aggregate(*function, value, bindings, among.as_deref(), environment, place)
            }
        }
    }

    /// A level's rank, a number's value, a date's first and last day.
    fn worth(&self, each: Argument, environment: &Environment) -> Option<Alternative> {
        let individual = self.program.individual(argument(each, environment));
        match (&individual.value, individual.rank) {
            (Some(Value::Number(number)), _) => Some(Alternative::exactly(*number)),
            (Some(Value::Date(period)), _) => {
                Some(Alternative::between(f64::from(period.first.number()), f64::from(period.last.number())))
            }
            (_, Some(rank)) => Some(Alternative::exactly(f64::from(rank))),
            _ => None,
        }
    }

    pub(super) fn measure_at(&self, id: MeasureId, individuals: &[IndividualId], place: usize) -> Vec<Alternative> {
        if !self.applies(id, individuals, place).is_settled_for {
            return Vec::new();
        }
        let environment = |slots: usize| {
            let mut environment: Environment = vec![None; slots];
            for (slot, individual) in individuals.iter().enumerate() {
                environment[slot] = Some(*individual);
            }
            environment
        };
        match &self.program.measure(id).definition {
            MeasureDefinition::Recorded => {
                let (values, _) = self.values(Target::Measure(id), individuals, self.days.day(place));
                values.into_iter().map(Alternative::exactly).collect()
            }
            MeasureDefinition::Defined { variables, value, .. } => {
                self.alternatives(value, &mut environment(variables.len()), place)
            }
            MeasureDefinition::Classification { variables, cases, otherwise, .. } => {
                let mut environment = environment(variables.len());
                let rank = |level: IndividualId| f64::from(self.program.individual(level).rank.unwrap_or(0));
                // Lowest level first, each with what is known of its being reached or surpassed.
                let mut reached = Vec::new();
                let mut any = Marks::NOT_MET;
                for (level, condition) in cases {
                    any = any.or(self.condition_at(condition, &mut environment, place));
                    reached.push((rank(*level), any));
                }
                let highest = |test: fn(&Marks) -> bool| {
                    let level = reached.iter().find(|(_, marks)| test(marks)).map(|(rank, _)| *rank);
                    level.unwrap_or(rank(*otherwise))
                };
                vec![Alternative {
                    plain: Bounds { lower: highest(|marks| marks.is_for), upper: highest(|marks| !marks.is_against) },
                    settled: Bounds {
                        lower: highest(|marks| marks.is_settled_for),
                        upper: highest(|marks| !marks.is_settled_against),
                    },
                }]
            }
        }
    }

    /// Whether a measure applies to someone: they exist and fit, and its head's `where` is met.
    fn applies(&self, id: MeasureId, individuals: &[IndividualId], place: usize) -> Marks {
        if !self.is_applicable(Target::Measure(id), individuals, place) {
            return Marks::NOT_MET;
        }
        let (MeasureDefinition::Defined { variables, applies_where: Some(applies), .. }
        | MeasureDefinition::Classification { variables, applies_where: Some(applies), .. }) =
            &self.program.measure(id).definition
        else {
            return Marks::MET;
        };
        let mut environment: Environment = vec![None; variables.len()];
        for (slot, individual) in individuals.iter().enumerate() {
            environment[slot] = Some(*individual);
        }
        self.condition_at(applies, &mut environment, place)
    }

    fn count(
        &self,
        bindings: &[Binding],
        among: Option<&Condition>,
        environment: &mut Environment,
        place: usize,
    ) -> Alternative {
        let mut count = Alternative::exactly(0.0);
        self.for_each_combination(bindings, environment, place, &mut |environment| {
            let is_unnamed = self.binds_unnamed(bindings, environment);
            let marks = among.map_or(Marks::MET, |among| self.condition_at(among, environment, place));
            count =
                count.plus(Alternative::from_marks(marks, |is_for, is_against| match indicator(is_for, is_against) {
                    bounds if is_unnamed && !is_against => Bounds { upper: f64::INFINITY, ..bounds },
                    bounds => bounds,
                }));
        });
        count
    }

    fn binds_unnamed(&self, bindings: &[Binding], environment: &Environment) -> bool {
        let is_unnamed = |individual: IndividualId| self.program.individual(individual).is_unnamed;
        bindings.iter().any(|binding| environment[binding.slot].is_some_and(is_unnamed))
    }

    fn aggregate(
        &self,
        function: AggregateFunction,
        value: &Expression,
        bindings: &[Binding],
        among: Option<&Condition>,
        environment: &mut Environment,
        place: usize,
    ) -> Vec<Alternative> {
        let mut members: Vec<Member> = Vec::new();
        self.for_each_combination(bindings, environment, place, &mut |environment| {
            let marks = among.map_or(Marks::MET, |among| self.condition_at(among, environment, place));
            match self.alternatives(value, environment, place).as_slice() {
                [] if self.is_unrecorded(value, environment, place) => {
                    members.push((marks, Alternative::between(f64::NEG_INFINITY, f64::INFINITY)));
                }
                [] => {}
                values => members.push((marks, rival(values))),
            }
        });
        members.retain(|(marks, _)| !marks.is_settled_against);
        match function {
            AggregateFunction::Sum => vec![joined(&members, 0.0, |one, other| one + other)],
            AggregateFunction::Minimum => smallest(&members).into_iter().collect(),
            AggregateFunction::Maximum => largest(&members).into_iter().collect(),
            AggregateFunction::Mean => mean(&members).into_iter().collect(),
        }
    }

    /// Whether a value that is missing is not recorded, though it might be: some measure in it has none, applies, and
    /// no complete record says that it has none.
    fn is_unrecorded(&self, value: &Expression, environment: &Environment, place: usize) -> bool {
        match &value.kind {
            ExpressionKind::Measure(id, each) => {
                let individuals = arguments(each, environment);
                let (target, day) = (Target::Measure(*id), self.days.day(place));
                let is_complete =
                    self.is_recorded_completely(target, &individuals, day) && !self.values(target, &individuals, day).1;
                self.measure_at(*id, &individuals, place).is_empty()
                    && !self.applies(*id, &individuals, place).is_settled_against
                    && !is_complete
            }
            ExpressionKind::Negation(inner) => self.is_unrecorded(inner, environment, place),
            ExpressionKind::Arithmetic { left, right, .. } => {
                self.is_unrecorded(left, environment, place) || self.is_unrecorded(right, environment, place)
            }
            _ => false,
        }
    }

    pub(super) fn comparison(
        &self,
        left: &Expression,
        operator: ComparisonOperator,
        right: &Expression,
        domain: ComparisonDomain,
        environment: &mut Environment,
        place: usize,
    ) -> Marks {
        if domain == ComparisonDomain::Individual
            && let (ExpressionKind::Argument(left), ExpressionKind::Argument(right)) = (&left.kind, &right.kind)
        {
            let is_same = argument(*left, environment) == argument(*right, environment);
            return Marks::certain(is_same == (operator == ComparisonOperator::Equal));
        }
        let left = self.alternatives(left, environment, place);
        let right = self.alternatives(right, environment, place);
        let pairs = || left.iter().flat_map(|one| right.iter().map(move |two| (*one, *two)));
        let has_value = pairs().next().is_some();
        let opposite = opposite(operator);
        Marks {
            is_for: pairs().any(|(one, two)| is_sure(one.plain, operator, two.plain)),
            is_against: pairs().any(|(one, two)| is_sure(one.plain, opposite, two.plain)),
            is_settled_for: has_value && pairs().all(|(one, two)| is_sure(one.settled, operator, two.settled)),
            is_settled_against: has_value && pairs().all(|(one, two)| is_sure(one.settled, opposite, two.settled)),
            is_not_applicable: false,
        }
    }
}

fn indicator(is_for: bool, is_against: bool) -> Bounds {
    Bounds { lower: f64::from(u8::from(is_for)), upper: f64::from(u8::from(!is_against)) }
}

/// Several values of one member of an aggregate, as one.
fn rival(values: &[Alternative]) -> Alternative {
    Alternative {
        plain: Bounds {
            lower: values.iter().map(|value| value.plain.lower).fold(f64::NEG_INFINITY, f64::max),
            upper: values.iter().map(|value| value.plain.upper).fold(f64::INFINITY, f64::min),
        },
        settled: Bounds {
            lower: values.iter().map(|value| value.settled.lower).fold(f64::INFINITY, f64::min),
            upper: values.iter().map(|value| value.settled.upper).fold(f64::NEG_INFINITY, f64::max),
        },
    }
}

/// Members joined; someone who is not in adds what nobody adds: 0 to a sum, nothing to the smallest or the largest.
fn joined(members: &[Member], nobody: f64, join: impl Fn(f64, f64) -> f64) -> Alternative {
    let share = |is_for: bool, is_against: bool, value: Bounds| match (is_for, is_against) {
        (true, false) => value,
        (false, true) => Bounds::exactly(nobody),
        (false, false) => Bounds { lower: value.lower.min(nobody), upper: value.upper.max(nobody) },
        (true, true) => Bounds { lower: value.lower.max(nobody), upper: value.upper.min(nobody) },
    };
    members.iter().fold(Alternative::exactly(nobody), |total, (marks, value)| {
        let plain = share(marks.is_for, marks.is_against, value.plain);
        let settled = share(marks.is_settled_for, marks.is_settled_against, value.settled);
        let join =
            |one: Bounds, two: Bounds| Bounds { lower: join(one.lower, two.lower), upper: join(one.upper, two.upper) };
        Alternative { plain: join(total.plain, plain), settled: join(total.settled, settled) }
    })
}

/// Of nothing there is no smallest; and where nobody is surely in there may be none, so that nothing is known of it.
fn extreme(members: &[Member], nobody: f64, join: impl Fn(f64, f64) -> f64) -> Option<Alternative> {
    if members.is_empty() {
        return None;
    }
    let anything = Bounds { lower: f64::NEG_INFINITY, upper: f64::INFINITY };
    let mut extreme = joined(members, nobody, join);
    if !members.iter().any(|(marks, _)| marks.is_for) {
        extreme.plain = anything;
    }
    if !members.iter().any(|(marks, _)| marks.is_settled_for) {
        extreme.settled = anything;
    }
    Some(extreme)
}

fn smallest(members: &[Member]) -> Option<Alternative> {
    extreme(members, f64::INFINITY, f64::min)
}

fn largest(members: &[Member]) -> Option<Alternative> {
    extreme(members, f64::NEG_INFINITY, f64::max)
}

fn mean(members: &[Member]) -> Option<Alternative> {
    let is_settled = members.iter().all(|(marks, value)| {
        marks.is_settled_for && value.settled.lower.is_finite() && value.settled.upper.is_finite()
    });
    if !is_settled || members.is_empty() {
        let (smallest, largest) = (smallest(members)?, largest(members)?);
        return Some(Alternative::between(smallest.settled.lower, largest.settled.upper));
    }
    let sum = joined(members, 0.0, |one, other| one + other);
    let mean = |bounds: Bounds| bounds.map(|end| end / members.len() as f64);
    Some(Alternative { plain: mean(sum.plain), settled: mean(sum.settled) })
}

fn each_with_each(left: &[Alternative], right: &[Alternative], operator: ArithmeticOperator) -> Vec<Alternative> {
    let pairs = left.iter().flat_map(|one| right.iter().map(move |two| (*one, *two)));
    if operator == ArithmeticOperator::Divide && right.iter().any(|divisor| divisor.settled.holds_zero()) {
        return Vec::new();
    }
    let all: Vec<Alternative> = pairs
        .map(|(one, two)| match operator {
            ArithmeticOperator::Add => one.plus(two),
            ArithmeticOperator::Subtract => one.plus(two.negated()),
            ArithmeticOperator::Multiply => scaled(one, two, product, |bounds| bounds),
            ArithmeticOperator::Divide => {
                scaled(one, two, quotient, |bounds| Bounds { lower: bounds.upper, upper: bounds.lower })
            }
        })
        .collect();
    if all.len() <= 64 {
        return all;
    }
    let ends = all.iter().flat_map(|each| [each.plain, each.settled]).flat_map(|bounds| [bounds.lower, bounds.upper]);
    let bounds = Bounds::of_ends(ends);
    vec![Alternative { plain: bounds, settled: bounds }]
}

/// A product or a quotient: bound by bound where nothing is negative and all is in order, otherwise the smallest interval that holds all.
fn scaled(
    one: Alternative,
    two: Alternative,
    apply: fn(f64, f64) -> f64,
    partner: fn(Bounds) -> Bounds,
) -> Alternative {
    let all = [one.plain, one.settled, two.plain, two.settled];
    if all.iter().all(|bounds| bounds.lower >= 0.0 && bounds.upper >= 0.0 && bounds.lower <= bounds.upper) {
        let by_bound = |one: Bounds, two: Bounds| {
            let partner = partner(two);
            Bounds { lower: apply(one.lower, partner.lower), upper: apply(one.upper, partner.upper) }
        };
        return Alternative { plain: by_bound(one.plain, two.plain), settled: by_bound(one.settled, two.settled) };
    }
    let (one, two) = (one.settled, two.settled);
    let ends = [one.lower, one.upper].into_iter().flat_map(|one| [apply(one, two.lower), apply(one, two.upper)]);
    let bounds = Bounds::of_ends(ends);
    Alternative { plain: bounds, settled: bounds }
}

/// Nothing times whatever is nothing.
fn product(one: f64, two: f64) -> f64 {
    if one == 0.0 || two == 0.0 { 0.0 } else { one * two }
}

/// An infinite number of parts of an infinite number may be any size.
fn quotient(one: f64, two: f64) -> f64 {
    if one.is_infinite() && two.is_infinite() { 0.0 } else { one / two }
}

fn opposite(operator: ComparisonOperator) -> ComparisonOperator {
    match operator {
        ComparisonOperator::Equal => ComparisonOperator::NotEqual,
        ComparisonOperator::NotEqual => ComparisonOperator::Equal,
        ComparisonOperator::Less => ComparisonOperator::GreaterOrEqual,
        ComparisonOperator::LessOrEqual => ComparisonOperator::Greater,
        ComparisonOperator::Greater => ComparisonOperator::LessOrEqual,
        ComparisonOperator::GreaterOrEqual => ComparisonOperator::Less,
    }
}

/// Whether bounds make a comparison hold whatever lies between them.
fn is_sure(one: Bounds, operator: ComparisonOperator, two: Bounds) -> bool {
    match operator {
        ComparisonOperator::Equal => one.lower >= two.upper && two.lower >= one.upper,
        ComparisonOperator::NotEqual => one.lower > two.upper || two.lower > one.upper,
        ComparisonOperator::Less => one.upper < two.lower,
        ComparisonOperator::LessOrEqual => one.upper <= two.lower,
        ComparisonOperator::Greater => one.lower > two.upper,
        ComparisonOperator::GreaterOrEqual => one.lower >= two.upper,
    }
}
