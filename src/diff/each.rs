//! Which verdicts each change turns.

use super::cases::{self, AskedCase, Turn};
use super::variations::Variation;
use crate::engine::Engine;
use std::collections::BTreeSet;

/// Changes that are tried; of more, the first.
const MOST_TRIED: usize = 5_000;

/// A change, and what it turns.
#[derive(Debug, Clone, PartialEq)]
pub struct Tried {
    /// The change.
    pub variation: Variation,
    /// In the order of the cases and of time.
    pub turns: Vec<Turn>,
}

impl Tried {
    /// How many cases have another answer on some day.
    #[must_use]
    pub fn turned(&self) -> usize {
        self.turns.iter().map(|turn| turn.case).collect::<BTreeSet<_>>().len()
    }
}

/// How far answers hang on single parts of a program and its evidence.
#[derive(Debug, Clone)]
pub struct Robustness {
    /// The cases that were asked about.
    pub cases: Vec<AskedCase>,
    /// In the order of the program.
    pub tried: Vec<Tried>,
    /// How many changes were not tried, being too many.
    pub not_tried: usize,
}

/// Makes each change alone, and asks about all cases again. `tell` hears how much of the work is done.
#[must_use]
pub fn each(
    engine: &Engine<'_>,
    cases: Vec<AskedCase>,
    variations: Vec<Variation>,
    tell: &mut dyn FnMut(usize, usize),
) -> Robustness {
    let asked: Vec<&AskedCase> = cases.iter().collect();
    let before = cases::answers(engine, &asked);
    let not_tried = variations.len().saturating_sub(MOST_TRIED);
    let total = variations.len() - not_tried;
    let mut tried = Vec::new();
    for (done, variation) in variations.into_iter().take(MOST_TRIED).enumerate() {
        tell(done, total);
        let after = match variation.how.changes(engine.changes()) {
            Some(changes) => cases::answers(&engine.with_changes(changes), &asked),
            None => {
                let program = variation.how.program(engine.program());
                cases::answers(&Engine::new(&program).with_changes(engine.changes().clone()), &asked)
            }
        };
        let turns = before
            .iter()
            .zip(&after)
            .enumerate()
            .filter_map(|(case, (before, after))| Some(cases::turns(case, before.as_ref()?, after.as_ref()?)))
            .flatten()
            .collect();
        tried.push(Tried { variation, turns });
    }
    Robustness { cases, tried, not_tried }
}
