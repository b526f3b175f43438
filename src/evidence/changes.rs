//! Evidence as it would be: with something taken away, or something found; of facts, of values, of completeness.

use super::record::AtomDays;
use super::tuple::Tuple;
use super::{Citation, Polarity, StatementId};
use crate::model::program::{IndividualId, MeasureId, SourceId, Target};
use crate::time::IntervalSet;
use smallvec::SmallVec;
use std::collections::{BTreeMap, BTreeSet};

/// For whom a record is found to be complete: an individual in each role, or all, the unnamed included.
pub type Pattern = SmallVec<[Option<IndividualId>; 3]>;

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

/// A record that is found to be complete on some days.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct FoundComplete {
    target: Target,
    pattern: Pattern,
    days: IntervalSet,
}

impl FoundComplete {
    /// Whether it speaks of an atom.
    pub(super) fn covers(&self, individuals: &[IndividualId]) -> bool {
        self.pattern.iter().zip(individuals).all(|(one, individual)| one.is_none_or(|one| one == *individual))
    }
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
    /// Statements of completeness that are not heard, by their place in the program.
    pub completeness: BTreeSet<usize>,
    /// What is found.
    findings: BTreeMap<(Target, Tuple), Vec<(Polarity, IntervalSet)>>,
    /// What is found of measures.
    values: BTreeMap<(MeasureId, Tuple), Vec<(f64, IntervalSet)>>,
    /// Records that are found to be complete.
    complete: Vec<FoundComplete>,
}

impl Changes {
    /// Nothing is different.
    #[must_use]
    pub fn none() -> Self {
        Self::default()
    }

    /// Whether nothing is different.
    #[must_use]
    pub fn are_none(&self) -> bool {
        *self == Self::default()
    }

    /// Adds a finding.
    pub fn find(&mut self, finding: Finding) {
        self.findings.entry((finding.target, finding.individuals)).or_default().push((finding.polarity, finding.days));
    }

    /// Adds a value that takes the place of what was known of a measure.
    pub fn find_value(&mut self, measure: MeasureId, individuals: Tuple, value: f64, days: IntervalSet) {
        self.values.entry((measure, individuals)).or_default().push((value, days));
    }

    /// Adds that a record is complete: silence is evidence against, and without a value there is none.
    pub fn find_complete(&mut self, target: Target, pattern: Pattern, days: IntervalSet) {
        self.complete.push(FoundComplete { target, pattern, days });
    }

    /// The days on which a record is found to be complete for whatever passes the test.
    pub(super) fn found_complete(&self, target: Target, covers: impl Fn(&FoundComplete) -> bool) -> IntervalSet {
        let found = self.complete.iter().filter(|found| found.target == target && covers(found));
        found.fold(IntervalSet::empty(), |days, found| days.union(&found.days))
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

    /// Whether a statement of completeness is not heard.
    #[must_use]
    pub fn is_completeness_removed(&self, index: usize) -> bool {
        self.completeness.contains(&index)
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

    /// Whether something is found of an atom on some of these days.
    pub(super) fn finds_on(&self, target: Target, individuals: &[IndividualId], days: &IntervalSet) -> bool {
        let found = self.findings.get(&(target, Tuple::from(individuals)));
        found.is_some_and(|found| found.iter().any(|(_, found)| !found.intersection(days).is_empty()))
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
