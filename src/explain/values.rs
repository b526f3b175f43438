//! What is to be said of numbers: values, counts and sums, and whose values are missing.

use super::members::{Member, Value, members, named};
use super::texts::{self, Sense};
use crate::engine::{Bounds, Engine, Frame, Quantity};
use crate::model::condition::{AggregateFunction, Binding, Condition, Expression, ExpressionKind};
use crate::model::program::{IndividualId, KindId, MeasureDefinition, MeasureId, ParameterId, Target};
use crate::time::Day;

/// What is to be said of a number in its place; nothing of one that is written there.
pub(super) fn phrase(engine: &Engine<'_>, expression: &Expression, frame: &Frame, day: Day) -> String {
    let value = || engine.expression(expression, &mut frame.clone()).at(day).clone();
    match &expression.kind {
        ExpressionKind::Number(_) | ExpressionKind::Argument(_) => String::new(),
        ExpressionKind::Parameter(parameter) => parameter_phrase(engine, *parameter),
        ExpressionKind::Measure(measure, arguments) => match frame.arguments(arguments) {
            Some(individuals) => value_phrase(engine, *measure, &individuals, day),
            None => String::new(),
        },
        ExpressionKind::Count { bindings, among } => {
            let count = format!("the count is {}", quantity(engine, &value(), None));
            let who = among.as_deref().map(|among| who_counts(engine, bindings, among, frame, day)).unwrap_or_default();
            if who.is_empty() { count } else { format!("{count}: {who}") }
        }
        ExpressionKind::Aggregate { function, value: of, bindings, among } => {
            let what = match function {
                AggregateFunction::Sum => "sum",
                AggregateFunction::Mean => "mean",
                AggregateFunction::Minimum => "smallest",
                AggregateFunction::Maximum => "largest",
            };
            let value = value();
            let unit = if is_unbounded(&value) { String::new() } else { unit(engine, of) };
            let known = quantity(engine, &value, None);
            let all = members(engine, bindings, among.as_deref(), frame, day);
            let of_whom = all.map(|all| whose_values(engine, of, &all, day)).unwrap_or_default();
            format!("the {what} is {known}{unit}{of_whom}")
        }
        ExpressionKind::Indicator(_) => format!("the value is {}", quantity(engine, &value(), None)),
        ExpressionKind::Negation(_) | ExpressionKind::Arithmetic { .. } => {
            let mut parts = Vec::new();
            add_parts(engine, expression, frame, day, &mut parts);
            let value = format!("the value is {}", quantity(engine, &value(), None));
            if parts.is_empty() { value } else { format!("{value} ({})", parts.join("; ")) }
        }
    }
}

/// What is to be said of the measures and aggregates in arithmetic.
fn add_parts(engine: &Engine<'_>, expression: &Expression, frame: &Frame, day: Day, parts: &mut Vec<String>) {
    match &expression.kind {
        ExpressionKind::Negation(inner) => add_parts(engine, inner, frame, day, parts),
        ExpressionKind::Arithmetic { left, right, .. } => {
            add_parts(engine, left, frame, day, parts);
            add_parts(engine, right, frame, day, parts);
        }
        ExpressionKind::Indicator(_) => {}
        _ => {
            let words = phrase(engine, expression, frame, day);
            if !words.is_empty() && !parts.contains(&words) {
                parts.push(words);
            }
        }
    }
}

/// Whether nothing at all is known of a number.
fn is_unbounded(value: &Quantity) -> bool {
    value.joined().is_none_or(|bounds| bounds.settled_lower.is_infinite() && bounds.settled_upper.is_infinite())
}

/// ` million USD`, where the value is of one measure alone.
fn unit(engine: &Engine<'_>, expression: &Expression) -> String {
    match &expression.kind {
        ExpressionKind::Measure(measure, _) => {
            engine.program().measure(*measure).unit.as_deref().map(|unit| format!(" {unit}")).unwrap_or_default()
        }
        _ => String::new(),
    }
}

/// `b and c`, `b and c count, not settled for d`
fn who_counts(engine: &Engine<'_>, bindings: &[Binding], among: &Condition, frame: &Frame, day: Day) -> String {
    let Some(all) = members(engine, bindings, Some(among), frame, day) else { return String::new() };
    let (counted, others): (Vec<&Member<'_>>, Vec<&Member<'_>>) =
        all.iter().partition(|member| member.standing.is_settled_for());
    let open: Vec<&Member<'_>> = others.into_iter().filter(|member| !member.is_out()).collect();
    let counted = named(engine, counted.into_iter());
    if open.is_empty() {
        return counted;
    }
    let open = format!("not settled for {}", named(engine, open.into_iter()));
    if counted.is_empty() { open } else { format!("{counted}; {open}") }
}

/// `, of 5 values`; and for whom none is recorded, or whether they belong is not settled.
fn whose_values(engine: &Engine<'_>, value: &Expression, all: &[Member<'_>], day: Day) -> String {
    let (mut with, mut missing, mut unsettled) = (0, Vec::new(), Vec::new());
    for member in all.iter().filter(|member| !member.is_out()) {
        match member.value(engine, value, day) {
            Value::Known(_) => with += 1,
            Value::Missing => missing.push(member),
            Value::None => continue,
        }
        if !member.standing.is_settled_for() {
            unsettled.push(member);
        }
    }
    if with == 0 && missing.is_empty() {
        return ": none of them has a value".to_owned();
    }
    let values = if with == 1 { "one value".to_owned() } else { format!("{with} values") };
    let mut words = if missing.is_empty() { format!(", of {values}") } else { String::new() };
    if !missing.is_empty() {
        let of = with + missing.len();
        let whose = named(engine, missing.iter().copied());
        words.push_str(&format!(": no value is recorded for {} of {of}: {whose}", missing.len()));
    }
    if !unsettled.is_empty() {
        words.push_str(&format!("; whether it belongs is not settled for {}", named(engine, unsettled.into_iter())));
    }
    words
}

/// `recent is 10`
pub(super) fn parameter_phrase(engine: &Engine<'_>, parameter: ParameterId) -> String {
    let parameter = engine.program().parameter(parameter);
    let value = Quantity::number(parameter.value);
    format!("{} is {}", parameter.name, quantity(engine, &value, parameter.levels))
}

/// What is to be said of a measure; of one that is defined and not settled also why.
#[must_use]
pub fn value_phrase(engine: &Engine<'_>, measure: MeasureId, individuals: &[IndividualId], day: Day) -> String {
    let program = engine.program();
    let definition = program.measure(measure);
    let target = Target::Measure(measure);
    let value = engine.measure(measure, individuals).at(day).clone();
    let sentence = texts::sentence(program, target, individuals, Sense::Positive);
    let unit = definition.unit.as_deref().map(|unit| format!(" {unit}")).unwrap_or_default();
    let is_recorded = matches!(definition.definition, MeasureDefinition::Recorded);
    if value.alternatives().is_empty() {
        return if program.pairs_with_itself(target, individuals) {
            format!("no state is paired with itself, so there is no value: {sentence}")
        } else if let Some(dead) = individuals.iter().find(|one| !program.individual(**one).life.contains(day)) {
            format!("{} does not exist then, so there is no value: {sentence}", texts::name(program, *dead))
        } else if is_recorded {
            format!("no value is recorded: {sentence}")
        } else {
            format!("it has no value: {sentence}")
        };
    }
    let words = format!("{sentence}: {}{unit}", quantity(engine, &value, definition.levels));
    match &definition.definition {
        MeasureDefinition::Defined { variables, value: defined, .. } if value.settled().is_none() => {
            let frame = Frame::new(variables.len(), individuals, engine.domain(target, individuals));
            let mut parts = Vec::new();
            add_parts(engine, defined, &frame, day, &mut parts);
            if parts.is_empty() { words } else { format!("{words} ({})", parts.join("; ")) }
        }
        _ => words,
    }
}

/// A number of which perhaps not everything is known, in words.
#[must_use]
pub fn quantity(engine: &Engine<'_>, quantity: &Quantity, levels: Option<KindId>) -> String {
    let program = engine.program();
    let say = |value: f64| match levels.and_then(|kind| program.level(kind, value)) {
        Some(level) => texts::name(program, level).to_owned(),
        None => number(value),
    };
    let one = |bounds: &Bounds| match bounds.settled() {
        Some(value) => say(value),
        None if bounds.settled_upper.is_infinite() && bounds.settled_lower.is_infinite() => "not known".to_owned(),
        None if bounds.settled_upper.is_infinite() => format!("at least {}", say(bounds.settled_lower)),
        None if bounds.settled_lower.is_infinite() => format!("at most {}", say(bounds.settled_upper)),
        None => format!("between {} and {}", say(bounds.settled_lower), say(bounds.settled_upper)),
    };
    let all: Vec<String> = quantity.alternatives().iter().map(one).collect();
    if all.is_empty() { "not known".to_owned() } else { texts::listed(&all, "or") }
}

/// A number without needless decimals.
#[must_use]
pub fn number(value: f64) -> String {
    if value.is_infinite() {
        return if value > 0.0 { "without bound".to_owned() } else { "without lower bound".to_owned() };
    }
    let rounded = format!("{value:.6}");
    rounded.trim_end_matches('0').trim_end_matches('.').to_owned()
}
