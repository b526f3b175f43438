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

/// How the days of a row become one answer.
pub(super) fn of_days(grain: Grain) -> String {
    match grain {
        Grain::Years(YearRule::AnyDay) => {
            "met where it is met on any day of the year; else contested, undetermined or not met, whichever comes first".to_owned()
        }
        Grain::Years(YearRule::AllDays) => {
            "met where it is met on every day of the year on which the case arises; else not met, contested or undetermined, whichever comes first".to_owned()
        }
        Grain::Years(YearRule::On(month, day)) => format!("the verdict of {month:02}-{day:02} of the year"),
        Grain::Spells => "the same on every day of the spell".to_owned(),
    }
}

/// Likewise of a measure.
pub(super) fn of_values(grain: Grain) -> String {
    match grain {
        Grain::Years(YearRule::On(month, day)) => format!("the value on {month:02}-{day:02} of the year"),
        Grain::Years(_) => "the value on the last day of the year that has one".to_owned(),
        Grain::Spells => "the same on every day of the spell".to_owned(),
    }
}
