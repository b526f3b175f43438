//! The steps from trees to a program, in order, and what they hand to one another.

use super::assertions::{AssertionDraft, CasesDraft};
use super::error::RuleError;
use super::individuals::Individuals;
use super::inference::{Inference, NodeId};
use super::items::{self, SortedFile};
use super::kinds::Kinds;
use super::names::Names;
use super::program::{Parameter, Source, SourceId};
use super::quantify::UnsafeDraft;
use super::report::Report;
use super::rules::{MeasureDraft, RuleDraft};
use super::scope::Pending;
use super::sets::WaitingSet;
use super::targets::TargetDraft;
use super::types::ComparisonDraft;
use super::uses::{self, Sketches};
use super::{Options, Resolution, lints, preferences, strata};
use crate::evidence::{Completeness, Preference, Statement, TableDraft};
use crate::syntax::tree;
use crate::tables::Tables;
use crate::text::{FileId, Span, Texts};
use rustc_hash::{FxHashMap, FxHashSet};

/// Everything that is known while a program is resolved.
pub(super) struct Resolver<'a> {
    pub(super) texts: &'a Texts,
    pub(super) tables: Tables,
    pub(super) options: &'a Options,
    pub(super) files: Vec<SortedFile<'a>>,
    pub(super) report: Report,
    pub(super) kinds: Kinds<'a>,
    pub(super) individuals: Individuals,
    pub(super) names: Names,
    pub(super) sketches: Sketches,
    pub(super) parameters: Vec<Parameter>,
    /// Those whose declarations are wrong, which has been reported; whatever names one is passed over.
    pub(super) unusable_parameters: FxHashSet<String>,
    pub(super) sources: Vec<Source>,
    pub(super) source_ids: FxHashMap<String, SourceId>,
    pub(super) relations: Vec<TargetDraft<'a>>,
    pub(super) measures: Vec<TargetDraft<'a>>,
    pub(super) inference: Inference,
    /// The place that is given for kinds that nothing in the text fixes.
    pub(super) origin: Span,
    /// Constants in conditions that wait for their kinds.
    pub(super) pending: Vec<Pending>,
    /// Names of individuals in places whose kinds are sought.
    pub(super) named_places: Vec<(String, NodeId, Span)>,
    /// Places that are compared with a number, and are numbers where nothing says otherwise.
    pub(super) number_nodes: Vec<NodeId>,
    pub(super) comparisons: Vec<ComparisonDraft>,
    pub(super) unsafe_variables: Vec<UnsafeDraft>,
    pub(super) rules: Vec<RuleDraft<'a>>,
    pub(super) measure_bodies: Vec<MeasureDraft<'a>>,
    pub(super) assertions: Vec<AssertionDraft<'a>>,
    pub(super) cases: Vec<CasesDraft>,
    pub(super) statements: Vec<Statement>,
    pub(super) table_drafts: Vec<TableDraft>,
    pub(super) completeness: Vec<Completeness>,
    pub(super) preferences: Vec<Preference>,
    pub(super) waiting_sets: Vec<WaitingSet>,
    pub(super) waiting_complete: Vec<WaitingSet>,
    pub(super) waiting_preferences: Vec<WaitingSet>,
}

/// Resolves the items of all files, none of which imports a table. With errors the program may be partial.
#[must_use]
pub fn resolve(texts: &Texts, files: &[tree::File], options: &Options) -> Resolution {
    resolve_with_tables(texts, files, Tables::default(), options)
}

/// Resolves the items of all files, with the tables that they import. With errors the program may be partial.
///
/// Once its statements are made, a table is given back where nobody else has it: what puts statements in order may need the room.
#[must_use]
pub fn resolve_with_tables(texts: &Texts, files: &[tree::File], tables: Tables, options: &Options) -> Resolution {
    let mut report = Report::new(texts);
    let (files, frameworks) = items::sort(files, &mut report);
    let kinds = Kinds::collect(&files, &mut report);
    let individuals = Individuals::collect(&kinds, &files, &mut report);
    let mut names = Names::collect(&files, frameworks, &mut report);
    let sketches = uses::find_sketches(&files, &mut names);
    names.assign_ids();
    uses::check_sketches(&sketches, &names, options.strict, &mut report);
    let mut resolver = Resolver {
        texts,
        tables,
        options,
        files,
        report,
        kinds,
        individuals,
        names,
        sketches,
        parameters: Vec::new(),
        unusable_parameters: FxHashSet::default(),
        sources: Vec::new(),
        source_ids: FxHashMap::default(),
        relations: Vec::new(),
        measures: Vec::new(),
        inference: Inference::default(),
        origin: Span::new(FileId(0), 0, 0),
        pending: Vec::new(),
        named_places: Vec::new(),
        number_nodes: Vec::new(),
        comparisons: Vec::new(),
        unsafe_variables: Vec::new(),
        rules: Vec::new(),
        measure_bodies: Vec::new(),
        assertions: Vec::new(),
        cases: Vec::new(),
        statements: Vec::new(),
        table_drafts: Vec::new(),
        completeness: Vec::new(),
        preferences: Vec::new(),
        waiting_sets: Vec::new(),
        waiting_complete: Vec::new(),
        waiting_preferences: Vec::new(),
    };
    resolver.collect_parameters();
    resolver.collect_sources();
    resolver.collect_targets();
    resolver.lower_rules();
    resolver.lower_assertions();
    resolver.constrain_by_evidence();
    resolver.constrain_by_imports();
    resolver.join_by_individuals();
    resolver.constrain_by_cells();
    resolver.settle_roles();
    resolver.report_unsafe_variables();
    let domains = resolver.comparison_domains();
    let constants = resolver.settle_constants();
    resolver.lower_evidence();
    resolver.lower_imports();
    resolver.lower_reasons();
    resolver.lower_cases();
    resolver.check_new_individuals();
    let (mut program, mut report) = resolver.finish(&constants, &domains);
    strata::check(&mut program, &mut report);
    preferences::check(&program, &mut report);
    lints::check(&program, &mut report);
    Resolution { program, diagnostics: report.finish() }
}

impl Resolver<'_> {
    /// Reports variables that nothing binds, now that it can be said what they would range over.
    fn report_unsafe_variables(&mut self) {
        for draft in std::mem::take(&mut self.unsafe_variables) {
            let kind = self.inference.kind(draft.node).map(|kind| self.kinds.name(kind).to_owned());
            self.report.add(RuleError::UnsafeVariable { name: draft.name, kind, span: draft.span, place: draft.place });
        }
    }
}
