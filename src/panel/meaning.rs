//! What a column means, in words.

use super::request::{Grain, Joining};
use super::years::YearRule;
use crate::model::Program;
use crate::model::program::{Gloss, GlossPart, Target};

/// What a target says of the individuals in the columns of some roles, by its gloss, or by its name where it has none.
pub(super) fn sentence(program: &Program, target: Target, roles: &[&str]) -> String {
    let gloss = match target {
        Target::Relation(id) => &program.relation(id).gloss,
        Target::Measure(id) => &program.measure(id).gloss,
    };
    let formal = || format!("`{}({})`", program.qualified_name(target), roles.join(", "));
    match gloss {
        Some(Gloss { positive, .. }) => {
            let text: String = positive
                .iter()
                .map(|part| match part {
                    GlossPart::Words(words) => words.as_str(),
                    GlossPart::Role(role) => roles.get(*role).copied().unwrap_or_default(),
                })
                .collect();
            format!("{text}: {}", formal())
        }
        None => formal(),
    }
}

/// How the two directions of a pair are one.
pub(super) fn joining(joining: Joining) -> &'static str {
    match joining {
        Joining::Same => "",
        Joining::Both => ", in both directions",
        Joining::Either => ", in either direction",
    }
}

/// How the days of a row become one verdict, and one value, in sentences.
#[must_use]
pub fn of_days(grain: Grain) -> Vec<String> {
    let last = "A measure has the value of the last day of the year that has one; the field is empty where no day has one, and where rival values or bounds leave that of the last one open.";
    let sentences = match grain {
        Grain::Years(YearRule::AnyDay) => vec![
            "A year is met where it is met on any day of the year; otherwise contested where any day is; otherwise undetermined where any day is; otherwise not met.",
            last,
        ],
        Grain::Years(YearRule::AllDays) => vec![
            "A year is met where it is met on every day of it on which the case arises; it is not met where any day is not met; otherwise contested where any day is; otherwise undetermined.",
            last,
        ],
        Grain::Years(YearRule::On(month, day)) => {
            let common = if (month, day) == (2, 29) { ", in a year that has none of its day 02-28" } else { "" };
            return vec![format!("A year has the verdict and the values of its day {month:02}-{day:02}{common}.")];
        }
        Grain::Spells => vec!["Verdicts and values are the same on every day of a spell."],
    };
    sentences.into_iter().map(str::to_owned).collect()
}
