//! What a comparison of numbers would need.

use super::super::parts::{Place, Side};
use super::change::{Change, Number, with_changes};
use super::conditions::counted;
use super::search::Search;
use super::sets::{self, Options, Set};
use crate::engine::Frame;
use crate::evidence::{Pattern, Tuple};
use crate::model::condition::{
    Argument, Binding, ComparisonOperator, Condition, CountComparison, Expression, ExpressionKind,
};
use crate::model::program::{IndividualId, MeasureDefinition, MeasureId, Target};
use crate::time::{Interval, IntervalSet};

/// Ways to move a number that are tried together.
const MOST_MOVES: usize = 24;

/// A comparison of a number that can be moved with one that stands.
#[derive(Clone, Copy)]
pub(super) struct Wanted {
    pub operator: ComparisonOperator,
    pub number: f64,
    pub on: Interval,
    pub side: Side,
}

impl<'p> Search<'_, 'p> {
    pub(super) fn comparison(
        &mut self,
        place: &Place<'p>,
        left: &'p Expression,
        operator: ComparisonOperator,
        right: &'p Expression,
        on: Interval,
        side: Side,
    ) -> Options {
        let engine = self.engine;
        let value = |expression| engine.expression(expression, &mut place.frame.clone()).at(place.day).settled();
        let mut options = Vec::new();
        if let Some(number) = value(right) {
            options.push(self.moved(place, left, Wanted { operator, number, on, side }));
        }
        if let Some(number) = value(left) {
            options.push(self.moved(place, right, Wanted { operator: operator.mirrored(), number, on, side }));
        }
        let options = sets::any(options);
        let is_of_many = |number: &Expression| matches!(number.kind, ExpressionKind::Aggregate { .. });
        if options.is_empty() || is_of_many(left) || is_of_many(right) {
            // Of a sum a record may be complete.
            let tried = self.tried(place, [left, right], on, side);
            return sets::any([options, tried]);
        }
        options
    }

    fn moved(&mut self, place: &Place<'p>, expression: &'p Expression, wanted: Wanted) -> Options {
        match &expression.kind {
            ExpressionKind::Count { bindings, among } if wanted.number >= 0.0 => {
                self.count(place, bindings, among.as_deref(), wanted)
            }
            ExpressionKind::Aggregate { function, value, bindings, among } => {
                self.aggregate(place, *function, value, bindings, among.as_deref(), wanted)
            }
            ExpressionKind::Measure(measure, arguments) => match place.frame.arguments(arguments) {
                Some(individuals) => self.measure(*measure, &individuals, place, wanted),
                None => Options::new(),
            },
            _ => Options::new(),
        }
    }

    fn count(
        &mut self,
        place: &Place<'p>,
        bindings: &[Binding],
        among: Option<&'p Condition>,
        wanted: Wanted,
    ) -> Options {
        let Some(frames) = self.frames(bindings, place) else { return Options::new() };
        let program = self.engine.program();
        let mut refuted_unnamed = Vec::new();
        let (mut shown, mut refuted) = (Vec::new(), Vec::new());
        for frame in frames {
            let individuals = bindings.iter().filter_map(|binding| frame.get(binding.slot));
            let is_unnamed = individuals.into_iter().any(|individual| program.individual(individual).is_unnamed);
            let Some(among) = among else {
                // Whoever is of the kind counts.
                shown.push(sets::nothing());
                refuted.push(Options::new());
                continue;
            };
            let member = Place::new(among, frame, place.day);
            let out = self.place(&member, wanted.on, Side::Against);
            if is_unnamed {
                // It may stand for any number, and no fact speaks of it.
                refuted_unnamed.push(out);
            } else {
                refuted.push(out);
                shown.push(self.place(&member, wanted.on, Side::For));
            }
        }
        let (comparison, number, side) = counting(wanted.operator, wanted.number, wanted.side);
        let named = counted(comparison, number, &shown, &refuted, side);
        let needs_upper_bound = match (comparison, side) {
            (CountComparison::AtLeast, Side::Against)
            | (CountComparison::AtMost, Side::For)
            | (CountComparison::Exactly, Side::For) => true,
            (CountComparison::Exactly, Side::Against) => {
                let fewer = sets::at_least((refuted.len() + 1).saturating_sub(number), &refuted);
                let fewer = sets::all([fewer].into_iter().chain(refuted_unnamed));
                return sets::any([sets::at_least(number + 1, &shown), fewer]);
            }
            _ => false,
        };
        if needs_upper_bound { sets::all([named].into_iter().chain(refuted_unnamed)) } else { named }
    }

    fn measure(
        &mut self,
        measure: MeasureId,
        individuals: &[IndividualId],
        place: &Place<'p>,
        wanted: Wanted,
    ) -> Options {
        let engine = self.engine;
        let program = engine.program();
        let definition = program.measure(measure);
        match &definition.definition {
            MeasureDefinition::Recorded => {
                let levels = definition.levels.and_then(|kind| program.kind(kind).order.as_ref());
                let mut value = deciding_value(wanted.operator, wanted.number, wanted.side, levels.is_some());
                let is_unequal = matches!(wanted.operator, ComparisonOperator::Equal | ComparisonOperator::NotEqual);
                if is_unequal && levels.is_some_and(|levels| value >= levels.len() as f64) {
                    // The highest level differs from the one below it.
                    value = wanted.number - 1.0;
                }
                let exists = engine.domain(Target::Measure(measure), individuals).contains(place.day);
                let is_named = individuals.iter().all(|individual| !program.individual(*individual).is_unnamed);
                let is_level = levels.is_none_or(|levels| value >= 0.0 && value < levels.len() as f64);
                if !exists || !is_named || !is_level {
                    return Options::new();
                }
                self.one(Change::Value(measure, Tuple::from(individuals), Number(value), wanted.on))
            }
            MeasureDefinition::Classification { variables, cases, .. } => {
                // At least a level: one of the cases from the highest down to it.
                let rank = |level: IndividualId| f64::from(program.individual(level).rank.unwrap_or(0));
                let threshold = match wanted.operator {
                    ComparisonOperator::Greater | ComparisonOperator::LessOrEqual => wanted.number + 1.0,
                    _ => wanted.number,
                };
                let at_least = matches!(
                    wanted.operator,
                    ComparisonOperator::GreaterOrEqual | ComparisonOperator::Greater | ComparisonOperator::Equal
                );
                let side = if at_least { wanted.side } else { wanted.side.opposite() };
                let mut reaching = Vec::new();
                for (_, condition) in cases.iter().filter(|(level, _)| rank(*level) >= threshold) {
                    let frame = Frame::new(variables.len(), individuals, IntervalSet::all());
                    reaching.push(self.place(&Place::new(condition, frame, place.day), wanted.on, side));
                }
                if side == Side::For { sets::any(reaching) } else { sets::all(reaching) }
            }
            MeasureDefinition::Defined { .. } => Options::new(),
        }
    }

    /// Where a number is made of others: each part that can be moved is moved, by itself or with another, and what
    /// settles the comparison is kept.
    fn tried(&mut self, place: &Place<'p>, expressions: [&'p Expression; 2], on: Interval, side: Side) -> Options {
        let mut moves = Vec::new();
        for expression in expressions {
            self.add_moves(expression, &place.frame, place, on, &mut moves);
        }
        moves.truncate(MOST_MOVES);
        let settles = |search: &Self, set: &Set| {
            let changes = with_changes(search.engine, &search.changes(set));
            let engine = search.engine.with_changes(changes);
            side.is_settled(*engine.condition(place.condition, &mut place.frame.clone()).at(place.day))
        };
        let alone: Options =
            moves.iter().flatten().filter(|set| !set.is_empty() && settles(self, set)).cloned().collect();
        if !alone.is_empty() {
            return sets::any([alone]);
        }
        let mut together = Vec::new();
        for (place, one) in moves.iter().enumerate() {
            for other in &moves[place + 1..] {
                together.push(sets::all([one.clone(), other.clone()]));
            }
        }
        let pairs: Options = together.into_iter().flatten().filter(|set| settles(self, set)).collect();
        if !pairs.is_empty() {
            return sets::any([pairs]);
        }
        // All of one side at once, from which the needless is left out at the end.
        let sides = [0, 1].map(|first| sets::all(moves.iter().skip(first).step_by(2).cloned()));
        sets::any(sides.into_iter().map(|all| all.into_iter().filter(|set| settles(self, set)).collect()))
    }

    /// Towards *for* and towards *against* by turns.
    fn add_moves(
        &mut self,
        expression: &'p Expression,
        frame: &Frame,
        place: &Place<'p>,
        on: Interval,
        moves: &mut Vec<Options>,
    ) {
        let program = self.engine.program();
        match &expression.kind {
            ExpressionKind::Indicator(atom) => {
                for side in [Side::For, Side::Against] {
                    moves.push(self.atom(atom, frame, place.day, on, side));
                }
            }
            ExpressionKind::Negation(inner) => self.add_moves(inner, frame, place, on, moves),
            ExpressionKind::Arithmetic { left, right, .. } => {
                self.add_moves(left, frame, place, on, moves);
                self.add_moves(right, frame, place, on, moves);
            }
            ExpressionKind::Measure(measure, arguments) => {
                if let MeasureDefinition::Defined { variables, value, .. } = &program.measure(*measure).definition
                    && let Some(individuals) = frame.arguments(arguments)
                {
                    let domain = self.engine.domain(Target::Measure(*measure), &individuals);
                    self.add_moves(value, &Frame::new(variables.len(), &individuals, domain), place, on, moves);
                }
            }
            ExpressionKind::Aggregate { value, bindings, .. } => {
                // Nothing single closes a sum of which values may be missing.
                let mut patterns = Vec::new();
                add_patterns(value, bindings, frame, &mut patterns);
                for (measure, pattern) in patterns {
                    if matches!(program.measure(measure).definition, MeasureDefinition::Recorded) {
                        let complete = self.one(Change::Complete(Target::Measure(measure), pattern, on));
                        moves.extend([complete.clone(), complete]);
                    }
                }
            }
            _ => {}
        }
    }
}

/// The recorded measures of an aggregate's value, for whom it ranges over.
fn add_patterns(
    expression: &Expression,
    bindings: &[Binding],
    frame: &Frame,
    patterns: &mut Vec<(MeasureId, Pattern)>,
) {
    match &expression.kind {
        ExpressionKind::Measure(measure, arguments) => {
            let is_bound = |argument: &Argument| matches!(argument, Argument::Variable(slot) if bindings.iter().any(|binding| binding.slot == *slot));
            let one = |argument: &Argument| if is_bound(argument) { None } else { frame.argument(*argument) };
            patterns.push((*measure, arguments.iter().map(one).collect()));
        }
        ExpressionKind::Negation(inner) => add_patterns(inner, bindings, frame, patterns),
        ExpressionKind::Arithmetic { left, right, .. } => {
            add_patterns(left, bindings, frame, patterns);
            add_patterns(right, bindings, frame, patterns);
        }
        _ => {}
    }
}

/// A value that makes a comparison with a number come out on a side, as near to the number as may be.
pub(super) fn deciding_value(operator: ComparisonOperator, number: f64, side: Side, is_level: bool) -> f64 {
    let step = if is_level || (number.fract() == 0.0 && number.abs() < 1e9) { 1.0 } else { number.abs() / 1000.0 };
    let (above, below) = (number + step, number - step);
    match (operator, side) {
        (
            ComparisonOperator::GreaterOrEqual | ComparisonOperator::LessOrEqual | ComparisonOperator::Equal,
            Side::For,
        )
        | (ComparisonOperator::Greater | ComparisonOperator::Less | ComparisonOperator::NotEqual, Side::Against) => {
            number
        }
        (ComparisonOperator::GreaterOrEqual, Side::Against) | (ComparisonOperator::Less, Side::For) => below,
        _ => above,
    }
}

/// A comparison of a count with a number, as a counting form and the side on which it has to come out.
fn counting(operator: ComparisonOperator, number: f64, side: Side) -> (CountComparison, usize, Side) {
    let (floor, ceiling) = (number.floor() as usize, number.ceil() as usize);
    match operator {
        ComparisonOperator::GreaterOrEqual => (CountComparison::AtLeast, ceiling, side),
        ComparisonOperator::Greater => (CountComparison::AtLeast, floor + 1, side),
        ComparisonOperator::LessOrEqual => (CountComparison::AtMost, floor, side),
        ComparisonOperator::Less => (CountComparison::AtLeast, ceiling, side.opposite()),
        ComparisonOperator::Equal => (CountComparison::Exactly, floor, side),
        ComparisonOperator::NotEqual => (CountComparison::Exactly, floor, side.opposite()),
    }
}
