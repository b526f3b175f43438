//! Preferences between sources.

use super::error::TimeError;
use super::items::Located;
use super::near::nearest;
use super::program::{IndividualId, Program, SourceId};
use super::report::Report;
use super::resolver::Resolver;
use super::time;
use crate::evidence::error::{EvidenceError, PreferenceError, Refused};
use crate::evidence::{CompleteArgument, Preference};
use crate::syntax::tree::{self, Name};
use crate::time::{Interval, IntervalSet};
use rustc_hash::FxHashSet;

impl<'a> Resolver<'a> {
    pub(super) fn preference(&mut self, located: Located<'a>, tree: &'a tree::Preference) -> Option<Preference> {
        let days = self.preference_days(&tree.spans);
        let preferred = self.preferred_source(&tree.preferred);
        let over = self.preferred_source(&tree.over);
        let about = match &tree.about {
            None => None,
            Some(scope) => {
                let target = self.subject(located, &scope.name, scope.name.span, false)?;
                let (arguments, waiting) = match &scope.arguments {
                    None => (vec![CompleteArgument::Any; self.target(target).roles.len()], Vec::new()),
                    Some(arguments) => {
                        self.complete_arguments(target, arguments, scope.name.span, Refused::OnlyInPreference)?
                    }
                };
                let at = self.preferences.len();
                self.waiting_preferences.extend(waiting.into_iter().map(|(argument, kinds)| (at, argument, kinds)));
                Some((target, arguments))
            }
        };
        let (preferred, over, days) = (preferred?, over?, days?);
        if preferred == over {
            let name = tree.over.text.clone();
            self.report.add(PreferenceError::Circle { steps: vec![(name.clone(), name, located.item.span)] });
            return None;
        }
        Some(Preference {
            preferred,
            over,
            about,
            days,
            note: tree.note.as_ref().map(|note| note.text.clone()),
            documentation: located.item.documentation.clone(),
            span: located.item.span,
        })
    }

    /// The days that certainly lie in the time of a preference.
    fn preference_days(&mut self, spans: &[tree::TimeSpan]) -> Option<IntervalSet> {
        let mut days = IntervalSet::empty();
        for time in time::statement_times(spans, &mut self.report)? {
            match (Interval::new(time.latest_start, time.earliest_end), time.span) {
                (Some(certain), _) => days = days.union(&IntervalSet::from(certain)),
                (None, Some(span)) => self.report.add(TimeError::NoCertainDay { span }),
                (None, None) => {}
            }
        }
        (!days.is_empty()).then_some(days)
    }

    fn preferred_source(&mut self, name: &Name) -> Option<SourceId> {
        let found = self.source_ids.get(&name.text).copied();
        if found.is_none() {
            let known = self.sources.iter().map(|source| source.name.as_str());
            let near = nearest(&name.text, known);
            self.report.add(EvidenceError::UnknownSource { name: name.text.clone(), span: name.span, near });
        }
        found
    }
}

/// What several preferences speak of together.
#[derive(Clone)]
struct Shared<'p> {
    about: Option<(super::program::Target, Vec<Option<Vec<IndividualId>>>)>,
    days: IntervalSet,
    path: Vec<&'p Preference>,
}

/// Reports preferences that go in a circle where all of them bear: there, none of the sources would be heard.
pub(super) fn check(program: &Program, report: &mut Report) {
    let mut told: FxHashSet<Vec<u32>> = FxHashSet::default();
    for first in &program.preferences {
        // Only what leads back can be part of a circle.
        let mut waiting: Vec<Shared<'_>> = patterns(program, first)
            .into_iter()
            .map(|about| Shared { about, days: first.days.clone(), path: vec![first] })
            .collect();
        while let Some(shared) = waiting.pop() {
            let Some(last) = shared.path.last() else { continue };
            for next in program.preferences.iter().filter(|next| next.preferred == last.over) {
                let closes = next.over == first.preferred;
                let passed = shared.path.iter().any(|step| step.over == next.over);
                if passed || !leads_to(program, next.over, first.preferred) {
                    continue;
                }
                let found: Vec<Shared<'_>> =
                    patterns(program, next).into_iter().filter_map(|about| shared.with(next, about)).collect();
                if !closes {
                    waiting.extend(found);
                    continue;
                }
                let Some(circle) = found.into_iter().next() else { continue };
                let mut key: Vec<u32> = circle.path.iter().map(|step| step.preferred.0).collect();
                key.sort_unstable();
                if told.insert(key) {
                    let name = |source: SourceId| program.source(source).name.clone();
                    let steps = circle.path.iter().map(|step| (name(step.preferred), name(step.over), step.span));
                    report.add(PreferenceError::Circle { steps: steps.collect() });
                }
            }
        }
    }
}

/// Whether preferences lead from a source to another one.
fn leads_to(program: &Program, from: SourceId, to: SourceId) -> bool {
    let mut reached: FxHashSet<SourceId> = FxHashSet::from_iter([from]);
    let mut waiting = vec![from];
    while let Some(at) = waiting.pop() {
        if at == to {
            return true;
        }
        let next = program.preferences.iter().filter(|step| step.preferred == at).map(|step| step.over);
        waiting.extend(next.filter(|source| reached.insert(*source)));
    }
    false
}

type Pattern = Option<(super::program::Target, Vec<Option<Vec<IndividualId>>>)>;

/// What a preference is about; of a target that holds both ways, said either way.
fn patterns(program: &Program, preference: &Preference) -> Vec<Pattern> {
    let Some((target, arguments)) = &preference.about else { return vec![None] };
    let pattern: Vec<Option<Vec<IndividualId>>> = arguments
        .iter()
        .map(|argument| match argument {
            CompleteArgument::Any => None,
            CompleteArgument::These(these) => Some(these.clone()),
        })
        .collect();
    let mut patterns = vec![Some((*target, pattern.clone()))];
    if let Some((one, two)) = program.symmetric(*target) {
        let mut turned = pattern;
        turned.swap(one, two);
        patterns.push(Some((*target, turned)));
    }
    patterns
}

impl<'p> Shared<'p> {
    /// What is shared with a further preference, if anything is.
    fn with(&self, next: &'p Preference, pattern: Pattern) -> Option<Shared<'p>> {
        let days = self.days.intersection(&next.days);
        let about = match (&self.about, pattern) {
            (None, other) => other,
            (Some(known), None) => Some(known.clone()),
            (Some((target, known)), Some((other, arguments))) => {
                let both: Option<Vec<_>> = known.iter().zip(arguments).map(|(one, two)| shared(one, two)).collect();
                Some((*target, both.filter(|_| *target == other)?))
            }
        };
        let path = self.path.iter().copied().chain([next]).collect();
        (!days.is_empty()).then_some(Shared { about, days, path })
    }
}

/// Whom two arguments share; none where nobody.
fn shared(one: &Option<Vec<IndividualId>>, two: Option<Vec<IndividualId>>) -> Option<Option<Vec<IndividualId>>> {
    match (one, two) {
        (None, two) => Some(two),
        (one, None) => Some(one.clone()),
        (Some(one), Some(mut two)) => {
            two.retain(|individual| one.contains(individual));
            (!two.is_empty()).then_some(Some(two))
        }
    }
}
