//! The query while it is put together.

use super::names::quoted;
use std::fmt::Write as _;

/// A step of the query: a table with a name.
#[derive(Debug)]
pub(super) struct Step {
    pub(super) name: String,
    /// What it is, line by line.
    pub(super) comment: String,
    pub(super) select: String,
    /// Whether it is a mere other writing of a table, which is not kept.
    pub(super) is_inline: bool,
}

impl Step {
    pub(super) fn new(name: String, comment: String, select: String) -> Step {
        Step { name, comment, select, is_inline: false }
    }
}

/// The steps, by what they may build on.
#[derive(Debug, Default)]
pub(super) struct Script {
    /// What rows of tables say.
    pub(super) tables: Vec<Step>,
    /// Moments, who lives.
    pub(super) ground: Vec<Step>,
    /// What is said.
    pub(super) evidence: Vec<Step>,
    /// Cases that are joined from evidence.
    pub(super) joined: Vec<Step>,
    /// Cases that others ask for, those who ask first.
    pub(super) asked: Vec<Step>,
    /// What is known, target by target, those who build on others first.
    pub(super) known: Vec<Vec<Step>>,
}

impl Script {
    /// All steps, each after those on which it builds.
    pub(super) fn with(&self) -> String {
        let known = self.known.iter().rev().flatten();
        let steps = self
            .tables
            .iter()
            .chain(&self.ground)
            .chain(&self.evidence)
            .chain(&self.joined)
            .chain(&self.asked)
            .chain(known);
        let mut text = String::new();
        for (place, step) in steps.enumerate() {
            let comma = if place == 0 { "with" } else { "," };
            let _ = writeln!(text, "{comma}");
            for line in step.comment.lines() {
                let _ = writeln!(text, "-- {line}");
            }
            let kept = if step.is_inline { "not " } else { "" };
            let _ = writeln!(text, "{} as {kept}materialized (\n  {}\n)", quoted(&step.name), step.select);
        }
        text
    }
}
