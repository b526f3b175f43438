//! Evidence as it would be: with something taken away, or something found.

use super::record::{AtomDays, Tuple};
use super::{Citation, Polarity, StatementId};
use crate::model::program::{IndividualId, MeasureId, SourceId, Target};
use crate::time::IntervalSet;
use std::collections::{BTreeMap, BTreeSet};

/// A finding that is tried out: on these days the evidence on an atom is on one side and no other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Of what.
    pub target: Target,
    /// Of whom.
    pub individuals: Tuple,
    /// For or against.
    pub polarity: Polarity,
    /// When.
    pub days: IntervalSet,
}

/// What is different from the evidence as it stands. What is removed leaves its days open, whatever
/// completeness says; a finding replaces what was known on its days.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Changes {
    /// Sources that are not heard; what only they call complete is not, either.
    pub sources: BTreeSet<SourceId>,
    /// Whole statements that are not heard.
    pub statements: BTreeSet<StatementId>,
    /// Single facts of statements that are not heard.
    pub facts: BTreeSet<(StatementId, Tuple)>,
    /// What is found.
    findings: BTreeMap<(Target, Tuple), Vec<(Polarity, IntervalSet)>>,
    /// What is found of measures.
    values: BTreeMap<(MeasureId, Tuple), Vec<(f64, IntervalSet)>>,
}

impl Changes {
    /// Nothing is different.
    #[must_use]
    pub fn none() -> Self {
        Self::default()
    }

    /// Adds a finding.
    pub fn find(&mut self, finding: Finding) {
        self.findings.entry((finding.target, finding.individuals)).or_default().push((finding.polarity, finding.days));
    }

    /// Adds a value that takes the place of what was known of a measure.
    pub fn find_value(&mut self, measure: MeasureId, individuals: Tuple, value: f64, days: IntervalSet) {
        self.values.entry((measure, individuals)).or_default().push((value, days));
    }

    /// The values that are found of a measure.
    #[must_use]
    pub fn values_of(&self, measure: MeasureId, individuals: &[IndividualId]) -> &[(f64, IntervalSet)] {
        if self.values.is_empty() {
            return &[];
        }
        self.values.get(&(measure, Tuple::from(individuals))).map_or(&[], Vec::as_slice)
    }

    /// Whether any value of a measure is found.
    #[must_use]
    pub fn has_values(&self, measure: MeasureId) -> bool {
        self.values.keys().any(|(of, _)| *of == measure)
    }

    /// Whether a source is not heard.
    #[must_use]
    pub fn is_source_removed(&self, source: SourceId) -> bool {
        self.sources.contains(&source)
    }

    /// Whether a citation's source is heard.
    #[must_use]
    pub fn hears(&self, citation: &Citation) -> bool {
        !self.is_source_removed(citation.source)
    }

    /// Whether a statement is not heard.
    #[must_use]
    pub fn is_statement_removed(&self, statement: StatementId) -> bool {
        self.statements.contains(&statement)
    }

    /// Whether a single fact is not heard.
    #[must_use]
    pub fn is_fact_removed(&self, statement: StatementId, individuals: &[IndividualId]) -> bool {
        !self.facts.is_empty() && self.facts.contains(&(statement, Tuple::from(individuals)))
    }

    /// The atoms of which something is found.
    pub fn found_atoms(&self) -> impl Iterator<Item = (Target, &Tuple)> {
        self.findings.keys().map(|(target, tuple)| (*target, tuple))
    }

    /// What is found of an atom takes the place of what was known.
    pub(super) fn apply(&self, target: Target, individuals: &[IndividualId], atom: &mut AtomDays) {
        if self.findings.is_empty() {
            return;
        }
        let Some(found) = self.findings.get(&(target, Tuple::from(individuals))) else { return };
        for (polarity, days) in found {
            atom.is_for = atom.is_for.difference(days);
            atom.against = atom.against.difference(days);
            atom.open = atom.open.difference(days);
            match polarity {
                Polarity::For => atom.is_for = atom.is_for.union(days),
                Polarity::Against => atom.against = atom.against.union(days),
                Polarity::Unknown => atom.open = atom.open.union(days),
            }
        }
    }
}
