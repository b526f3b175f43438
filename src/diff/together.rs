//! Verdicts that no change turns alone: the smallest sets of changes that turn them together.

use super::cases::{self, AskedCase, Line};
use super::through::ChangedVerdict;
use super::version::{Change, Version};
use crate::engine::Engine;
use crate::time::Interval;
use std::collections::BTreeMap;

/// Sets of changes that are taken back, each at the price of reading the program and asking all differing cases again.
const MOST_SETS: usize = 400;
/// Sets of a size that are named for one verdict.
const MOST_NAMED: usize = 12;

/// What taking back sets of changes gives, each set once.
struct Trials<'a> {
    version: &'a Version,
    changes: &'a [Change],
    asked: &'a [&'a AskedCase],
    known: BTreeMap<Vec<usize>, Option<Vec<Option<Line>>>>,
    budget: usize,
}

impl Trials<'_> {
    /// The answers without some changes; nothing where no sound program is left, or too many sets were tried.
    fn without(&mut self, set: &[usize]) -> Option<&[Option<Line>]> {
        if !self.known.contains_key(set) {
            self.budget = self.budget.checked_sub(1)?;
            let taken: Vec<&Change> = set.iter().map(|at| &self.changes[*at]).collect();
            let answers = self
                .version
                .without_all(&taken)
                .program()
                .map(|(program, changes)| cases::answers(&Engine::new(&program).with_changes(changes), self.asked));
            self.known.insert(set.to_vec(), answers);
        }
        self.known.get(set)?.as_deref()
    }
}

/// Names for each verdict through which no single change goes the smallest sets that do; divides it where other sets do on other days. `asked` are the
/// cases that differ, `place` finds a case among them. Gives the verdicts, how many sets were tried, and whether more would have been.
pub(super) fn together(
    (version, changes): (&Version, &[Change]),
    asked: &[&AskedCase],
    place: &BTreeMap<usize, usize>,
    changed: Vec<ChangedVerdict>,
    tell: &mut dyn FnMut(usize, usize),
) -> (Vec<ChangedVerdict>, usize, bool) {
    if changed.iter().all(|one| !one.through.is_empty()) || changes.len() < 2 {
        return (changed, 0, false);
    }
    let mut trials = Trials { version, changes, asked, known: BTreeMap::new(), budget: MOST_SETS };
    let mut verdicts = changed;
    let mut size = 2;
    while size <= changes.len() && sets(changes.len(), size) <= trials.budget {
        let is_open = |one: &ChangedVerdict| one.through.is_empty() && one.together.is_empty();
        if !verdicts.iter().any(is_open) {
            break;
        }
        for set in combinations(changes.len(), size) {
            tell(MOST_SETS - trials.budget, MOST_SETS);
            let Some(answers) = trials.without(&set) else { continue };
            verdicts = divided(verdicts, answers, place, &set, size);
        }
        size += 1;
    }
    let mut is_cut_short = false;
    for verdict in &mut verdicts {
        if verdict.through.is_empty() && verdict.together.is_empty() && size <= changes.len() {
            is_cut_short = true;
            if let Some(set) = reduced(&mut trials, verdict, place, tell) {
                verdict.together = vec![set];
                verdict.is_smallest = false;
            }
        }
    }
    let tried = MOST_SETS - trials.budget;
    (verdicts, tried, is_cut_short)
}

/// The verdicts, those that a set of changes of this size turns divided where it begins and ceases to.
fn divided(
    verdicts: Vec<ChangedVerdict>,
    answers: &[Option<Line>],
    place: &BTreeMap<usize, usize>,
    set: &[usize],
    size: usize,
) -> Vec<ChangedVerdict> {
    let mut all = Vec::new();
    for one in verdicts {
        let is_asked = one.through.is_empty()
            && one.together.first().is_none_or(|known| known.len() == size)
            && one.together.len() < MOST_NAMED;
        let line = place.get(&one.case).and_then(|at| answers.get(*at)).and_then(Option::as_ref);
        let (true, Some(line)) = (is_asked, line) else {
            all.push(one);
            continue;
        };
        let whole = vec![(one.days, one.after.clone())];
        let mut parts: Vec<ChangedVerdict> = Vec::new();
        let pieces = cases::pieces([&whole, line]).into_iter();
        for days in
            pieces.filter_map(|days| Interval::new(days.first.max(one.days.first), days.last.min(one.days.last)))
        {
            let mut part = ChangedVerdict { days, ..one.clone() };
            if cases::at(line, days) == Some(&one.before) {
                part.together.push(set.to_vec());
            }
            match parts.last_mut() {
                Some(last) if last.together == part.together => last.days.last = days.last,
                _ => parts.push(part),
            }
        }
        all.extend(parts);
    }
    all
}

/// A set of changes that turns a verdict, and of which none can be left out: all of them, without ever smaller parts that are not needed.
fn reduced(
    trials: &mut Trials<'_>,
    verdict: &ChangedVerdict,
    place: &BTreeMap<usize, usize>,
    tell: &mut dyn FnMut(usize, usize),
) -> Option<Vec<usize>> {
    let at = *place.get(&verdict.case)?;
    let mut set: Vec<usize> = (0..trials.changes.len()).collect();
    let mut turns = |set: &[usize]| {
        tell(MOST_SETS - trials.budget, MOST_SETS);
        let line = trials.without(set).and_then(|answers| answers.get(at)?.as_ref());
        line.is_some_and(|line| goes_back(line, verdict))
    };
    if !turns(&set) {
        return None;
    }
    let mut part = set.len().div_ceil(2);
    loop {
        let mut from = 0;
        while from < set.len() {
            let to = (from + part).min(set.len());
            let rest = [&set[..from], &set[to..]].concat();
            if !rest.is_empty() && turns(&rest) {
                set = rest;
            } else {
                from = to;
            }
        }
        if part == 1 {
            return Some(set);
        }
        part = part.div_ceil(2);
    }
}

/// On all of its days.
fn goes_back(line: &Line, verdict: &ChangedVerdict) -> bool {
    let whole = vec![(verdict.days, verdict.after.clone())];
    let mut pieces = cases::pieces([&whole, line]).into_iter().filter(|days| verdict.days.contains(days.first));
    pieces.all(|days| cases::at(line, days) == Some(&verdict.before))
}

/// How many sets of a size there are.
fn sets(of: usize, size: usize) -> usize {
    (0..size).fold(1_usize, |number, at| number.saturating_mul(of - at) / (at + 1))
}

/// All sets of a size, in order.
fn combinations(of: usize, size: usize) -> Vec<Vec<usize>> {
    let mut all: Vec<Vec<usize>> = vec![Vec::new()];
    for _ in 0..size {
        all = all
            .into_iter()
            .flat_map(|set| {
                let next = set.last().map_or(0, |last| last + 1);
                (next..of).map(move |one| set.iter().copied().chain([one]).collect())
            })
            .collect();
    }
    all
}

#[cfg(test)]
mod tests {
    use super::{combinations, sets};

    #[test]
    fn sets_are_counted_as_they_are_made() {
        for (of, size) in [(2, 2), (5, 2), (5, 3), (4, 4)] {
            assert_eq!(combinations(of, size).len(), sets(of, size));
        }
        assert_eq!(combinations(3, 2), [[0, 1], [0, 2], [1, 2]]);
    }
}
