//! Whom each rival hears.

use super::rivals::Rival;
use crate::engine::Engine;
use crate::model::Program;
use crate::time::Timeline;
use crate::verdict::Verdict;
use std::rc::Rc;

/// An engine for each rival that hears one source alone, and one for all others.
pub(super) struct Bench<'e, 'p> {
    shared: &'e Engine<'p>,
    own: Vec<Option<Engine<'p>>>,
}

impl<'e, 'p> Bench<'e, 'p> {
    /// Of all sources that the engine hears, a rival that has one of them hears this and what is said without a source.
    pub fn new(shared: &'e Engine<'p>, rivals: &[Rival]) -> Self {
        let own = |rival: &Rival| {
            let source = rival.source?;
            let mut changes = shared.changes().clone();
            let all = (0..shared.program().sources.len() as u32).map(crate::model::program::SourceId);
            changes.sources.extend(all.filter(|other| *other != source));
            Some(shared.with_changes(changes))
        };
        Bench { shared, own: rivals.iter().map(own).collect() }
    }

    /// The engine of the rival at a place.
    pub fn of(&self, place: usize) -> &Engine<'p> {
        self.own.get(place).and_then(Option::as_ref).unwrap_or(self.shared)
    }

    pub fn program(&self) -> &'p Program {
        self.shared.program()
    }

    /// The verdicts of a rival over all time.
    pub fn verdicts(
        &self,
        place: usize,
        rival: &Rival,
        individuals: &[crate::model::program::IndividualId],
    ) -> Timeline<Verdict> {
        let timeline: Rc<Timeline<_>> = self.of(place).case(rival.relation, individuals);
        timeline.map(|standing| standing.verdict())
    }
}
