//! What is said of days that are exactly known.

use super::Record;
use crate::evidence::rows::Entry;
use crate::evidence::{Changes, Polarity};
use crate::model::program::{IndividualId, Target};
use crate::time::{Interval, IntervalSet};

impl Record<'_> {
    /// The days of a row of a table, where they are exactly known and nothing is changed: no set is needed for them.
    #[must_use]
    pub fn exact_days(&self, entry: &Entry, changes: &Changes) -> Option<Interval> {
        if !changes.sources.is_empty() || !changes.statements.is_empty() || !changes.facts.is_empty() {
            return None;
        }
        let (table, place) = self.program.table_of(entry.statement)?;
        self.program.table_statements[table].times.row(place).days(self.table_horizons[table])
    }

    /// The days of an atom that its statements leave open, whatever completeness says: those of which it was sought and not found, or
    /// on which it may have begun or ended. The same as [`Record::atom_days`] has.
    #[must_use]
    pub fn open_days(&self, target: Target, individuals: &[IndividualId], changes: &Changes) -> IntervalSet {
        if !changes.are_none() || !self.has_exact_times(target) {
            return self.atom_days(target, individuals, changes).open;
        }
        let unknown = self.entries(target, individuals).filter(|entry| entry.polarity == Polarity::Unknown);
        IntervalSet::from_intervals(unknown.filter_map(|entry| self.exact_days(&entry, changes)))
    }

    /// Whether rows of tables alone speak of a target, of days that are exactly known, and no source is preferred to another.
    fn has_exact_times(&self, target: Target) -> bool {
        let place = match target {
            Target::Relation(relation) => relation.index(),
            Target::Measure(measure) => self.relations.len() + measure.index(),
        };
        *self.has_exact_times[place].get_or_init(|| {
            let program = self.program();
            let mut tables = program.table_statements.iter().filter(|table| table.pattern.target == target);
            program.preferences.is_empty()
                && program.statements.iter().all(|statement| statement.target != target)
                && tables.all(|table| table.times.others().is_empty())
        })
    }
}
