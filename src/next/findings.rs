//! What may be found of an open question, in words and as the language writes it.

use super::collect::Key;
use super::{FoundAnswer, OpenCase};
use crate::explain::{self, Number, Sense};
use crate::model::Program;
use crate::model::program::{Question, Target};
use crate::time::{Day, Interval, IntervalSet};

/// A case with its names.
pub(super) fn open_case(program: &Program, question: &Question, days: IntervalSet) -> OpenCase {
    let labels: Vec<&str> = question.individuals.iter().map(|id| explain::name(program, *id)).collect();
    OpenCase {
        name: explain::formal(program, question.target, &question.individuals),
        label: labels.join(", "),
        question: question.clone(),
        days,
    }
}

/// `whether a treaty binds Borland and Corva`
pub(super) fn question(program: &Program, (target, individuals): &Key) -> String {
    let sentence = explain::sentence(program, *target, individuals, Sense::Positive);
    match target {
        Target::Relation(_) => format!("whether {sentence}"),
        Target::Measure(measure) if program.measure(*measure).levels.is_some() => format!("which level: {sentence}"),
        Target::Measure(_) => format!("which value: {sentence}"),
    }
}

/// An atom found to be so, or not so: in words, and as a fact.
pub(super) fn atom(
    program: &Program,
    (target, individuals): &Key,
    answer: &FoundAnswer,
    days: &IntervalSet,
) -> (String, String) {
    let (sense, not) = match answer {
        FoundAnswer::NotSo => (Sense::Negative, "not "),
        _ => (Sense::Positive, ""),
    };
    let sentence = explain::sentence(program, *target, individuals, sense);
    let fact = explain::as_written(program, *target, individuals);
    (sentence, format!("{not}{fact}{}", times(days)))
}

/// A value found of a measure: the value, the finding in words, and as a fact.
pub(super) fn value(
    program: &Program,
    (target, individuals): &Key,
    value: Number,
    days: &IntervalSet,
) -> (String, String, String) {
    let Target::Measure(measure) = target else { return (String::new(), String::new(), String::new()) };
    let definition = program.measure(*measure);
    let order = definition.levels.and_then(|kind| program.kind(kind).order.as_ref());
    let level = order.and_then(|order| order.get(value.0 as usize)).map(|level| program.individual(*level));
    let written = level.map_or_else(|| explain::number(value.0), |level| level.name.clone());
    let said = level.map_or_else(|| explain::number(value.0), |level| level.display().to_owned());
    let unit = definition.unit.as_deref().map(|unit| format!(" {unit}")).unwrap_or_default();
    let said = format!("{said}{unit}");
    let sentence = explain::sentence(program, *target, individuals, Sense::Positive);
    let fact = explain::as_written(program, *target, individuals);
    (said.clone(), format!("{sentence}: {said}"), format!("{fact} = {written}{}", times(days)))
}

/// ` on 1914-06-28`, ` from 1992-01-01 until 1999-12-31, from 2003-01-01`; nothing for all days.
fn times(days: &IntervalSet) -> String {
    if days.is_all() {
        return String::new();
    }
    let time = |interval: Interval| match (interval.first == Day::FIRST, interval.last == Day::LAST) {
        _ if interval.first == interval.last => format!("on {}", interval.first),
        (true, _) => format!("until {}", interval.last),
        (false, true) => format!("from {}", interval.first),
        (false, false) => format!("from {} until {}", interval.first, interval.last),
    };
    format!(" {}", days.iter().map(time).collect::<Vec<_>>().join(", "))
}
