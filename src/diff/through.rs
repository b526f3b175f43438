//! The verdicts that two versions give differently, and the changes on which each of these hangs.

use super::cases::{self, AskedCase, Line};
use super::together::together;
use super::version::{Change, Version};
use crate::engine::Engine;
use crate::evidence::Changes;
use crate::explain::Answer;
use crate::model::Program;
use crate::time::Interval;

/// Changes that are undone one by one; of more, the first.
const MOST_UNDONE: usize = 300;

/// Days on which the versions answer differently.
#[derive(Debug, Clone, PartialEq)]
pub struct ChangedVerdict {
    /// The case, by its place among those that were asked about.
    pub case: usize,
    /// The days.
    pub days: Interval,
    /// What the first version says.
    pub before: Answer,
    /// What the second one says.
    pub after: Answer,
    /// The changes without any one of which it would be as before, by their places; none where only several together make the difference.
    pub through: Vec<usize>,
    /// Where there is none: the smallest sets of changes without all of which it would be as before.
    pub together: Vec<Vec<usize>>,
    /// Whether no smaller sets do; where too many would have to be tried, one is named of which none can be left out.
    pub is_smallest: bool,
}

impl ChangedVerdict {
    /// All changes that are named for it.
    pub fn named(&self) -> impl Iterator<Item = usize> {
        self.through.iter().chain(self.together.iter().flatten()).copied()
    }
}

/// How two versions differ.
#[derive(Debug, Clone)]
pub struct Difference {
    /// The cases that were asked about.
    pub cases: Vec<AskedCase>,
    /// In the order of the cases and of time.
    pub changed: Vec<ChangedVerdict>,
    /// In what the versions differ.
    pub changes: Vec<Change>,
    /// Whether each change can be taken back alone, so that a sound program is left.
    pub can_be_undone: Vec<bool>,
    /// How many changes were not taken back, being too many.
    pub not_tried: usize,
    /// How many sets of several changes were taken back together.
    pub sets_tried: usize,
    /// Whether more of them would have to be tried to be sure of the smallest.
    pub is_cut_short: bool,
    /// The cases that only the first version has, by their places.
    pub only_before: Vec<usize>,
    /// The cases that only the second version has.
    pub only_after: Vec<usize>,
}

/// What one version says: a program, and which of its sources are not heard.
pub type Resolved<'p> = (&'p Program, Changes);

/// Compares two versions over some cases. Each change is taken back alone from the second one, and the cases whose answers
/// differ are asked about again. `tell` hears how much of the work is done.
#[must_use]
pub fn diff(
    (before, before_changes): Resolved<'_>,
    (after, after_changes): Resolved<'_>,
    version: &Version,
    changes: Vec<Change>,
    asked: Vec<AskedCase>,
    tell: &mut dyn FnMut(usize, usize),
) -> Difference {
    let all: Vec<&AskedCase> = asked.iter().collect();
    let old = cases::answers(&Engine::new(before).with_changes(before_changes), &all);
    let new = cases::answers(&Engine::new(after).with_changes(after_changes), &all);
    let (mut only_before, mut only_after) = (Vec::new(), Vec::new());
    let mut differing: Vec<(usize, &Line, &Line)> = Vec::new();
    for (place, lines) in old.iter().zip(&new).enumerate() {
        match lines {
            (Some(old), Some(new)) if old != new => differing.push((place, old, new)),
            (Some(_), None) => only_before.push(place),
            (None, Some(_)) => only_after.push(place),
            _ => {}
        }
    }
    let asked_again: Vec<&AskedCase> = differing.iter().map(|(place, ..)| &asked[*place]).collect();
    let mut undone: Vec<Option<Vec<Option<Line>>>> = Vec::new();
    let total = changes.len().min(MOST_UNDONE);
    for (done, change) in changes.iter().enumerate().take(MOST_UNDONE) {
        tell(done, total);
        let resolved = (!asked_again.is_empty()).then(|| version.without(change).program()).flatten();
        undone.push(
            resolved
                .map(|(program, changes)| cases::answers(&Engine::new(&program).with_changes(changes), &asked_again)),
        );
    }
    let mut changed = Vec::new();
    for (at, (case, old, new)) in differing.iter().enumerate() {
        let lines: Vec<Option<&Line>> =
            undone.iter().map(|answers| answers.as_ref().and_then(|answers| answers[at].as_ref())).collect();
        changed.extend(changed_verdicts(*case, old, new, &lines));
    }
    let place = differing.iter().enumerate().map(|(at, (case, ..))| (*case, at)).collect();
    let alone = changes.get(..MOST_UNDONE).unwrap_or(&changes);
    let (changed, sets_tried, is_cut_short) = together((version, alone), &asked_again, &place, changed, tell);
    Difference {
        sets_tried,
        is_cut_short,
        can_be_undone: undone.iter().map(Option::is_some).collect(),
        not_tried: changes.len().saturating_sub(MOST_UNDONE),
        cases: asked,
        changed,
        changes,
        only_before,
        only_after,
    }
}

/// The stretches on which the answers differ, divided where they come to hang on other changes.
fn changed_verdicts(case: usize, old: &Line, new: &Line, undone: &[Option<&Line>]) -> Vec<ChangedVerdict> {
    let mut changed: Vec<ChangedVerdict> = Vec::new();
    for days in cases::pieces([old, new].into_iter().chain(undone.iter().copied().flatten())) {
        let (Some(before), Some(after)) = (cases::at(old, days), cases::at(new, days)) else { continue };
        if before == after {
            continue;
        }
        let goes_back = |line: &Option<&Line>| line.is_some_and(|line| cases::at(line, days) == Some(before));
        let through: Vec<usize> =
            undone.iter().enumerate().filter(|(_, line)| goes_back(line)).map(|(place, _)| place).collect();
        match changed.last_mut() {
            Some(last)
                if last.days.last.next() == days.first
                    && last.before == *before
                    && last.after == *after
                    && last.through == through =>
            {
                last.days.last = days.last;
            }
            _ => changed.push(ChangedVerdict {
                case,
                days,
                before: before.clone(),
                after: after.clone(),
                through,
                together: Vec::new(),
                is_smallest: true,
            }),
        }
    }
    changed
}
