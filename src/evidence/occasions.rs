//! What a statement says of some day without saying of which: `sometime in 1992` is certain on no day, and certain on one of them.

use super::changes::Changes;
use super::record::Record;
use super::{Polarity, StatementId};
use crate::model::program::{IndividualId, Target};
use crate::time::{Interval, IntervalSet};

/// Days on at least one of which a statement certainly holds, though on none of them by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Occasion {
    /// Which statement.
    pub statement: StatementId,
    /// On which side; never `Unknown`.
    pub polarity: Polarity,
    /// From the first day on which it may have begun to the day by which it has.
    pub days: Interval,
}

impl Record<'_> {
    /// The occasions that statements give an atom. One that is found to be otherwise on all of its days is none.
    #[must_use]
    pub fn occasions(&self, target: Target, individuals: &[IndividualId], changes: &Changes) -> Vec<Occasion> {
        let mut occasions = Vec::new();
        for entry in self.entries(target, individuals) {
            let citations = self.program().citations_of(entry.statement);
            let is_unheard = changes.is_statement_removed(entry.statement)
                || changes.is_fact_removed(entry.statement, individuals)
                || (!citations.is_empty()
                    && citations.iter().all(|citation| changes.is_source_removed(citation.source)));
            if entry.by_only || entry.polarity == Polarity::Unknown || is_unheard {
                continue;
            }
            for time in self.times_of(entry.statement).iter() {
                let last = time.latest_start.min(time.latest_end);
                let is_certain_somewhere = time.latest_start <= time.earliest_end;
                if let Some(days) = Interval::new(time.earliest_start, last)
                    && !time.open_end
                    && !is_certain_somewhere
                {
                    occasions.push(Occasion { statement: entry.statement, polarity: entry.polarity, days });
                }
            }
        }
        occasions.retain(|occasion| {
            let days = IntervalSet::from(occasion.days);
            if !changes.finds_on(target, individuals, &days) {
                return true;
            }
            let atom = self.atom_days(target, individuals, changes);
            !days.is_subset(if occasion.polarity == Polarity::For { &atom.against } else { &atom.is_for })
        });
        occasions
    }
}
