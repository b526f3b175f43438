//! Imports: what the rows of tables say, as statements.
//!
//! ```text
//! templates.rs  a template of an import, ready to be filled
//! kinds.rs      what imports say of the kinds of roles that nobody declared
//! columns.rs    a template filled column by column, where no row is left out
//! codes.rs      whom a cell means, by aliases.rs; parts.rs where that changes while the row holds
//! elsewhere.rs  who has a code in another scheme
//! schemes.rs    columns whose codes are of another scheme; newcomers.rs those whom tables bring in
//! times.rs      when a row holds; date_plans.rs what of a row tells a date; dates.rs what cells tell of a date; spells.rs where several rows are about the same
//! years.rs      years that seem to stand for something else; values.rs values that do; years_for_codes.rs years where states are wanted
//! never_equal.rs conditions that no cell can meet
//! open_ends.rs  rows that are taken as open though they have an end; endless.rs those that hold for good
//! left_out.rs   rows that are left out, counted by reason
//! twice.rs      imports that say once more what another one says
//! ```
//!
//! Codes, numbers and dates are looked at once for each distinct text, and not for each row.

mod aliases;
mod codes;
mod columns;
mod date_plans;
mod dates;
mod elsewhere;
mod endless;
mod kinds;
mod left_out;
mod never_equal;
mod newcomers;
mod open_ends;
mod parts;
mod schemes;
mod spells;
mod templates;
mod times;
mod twice;
mod values;
mod years;
mod years_for_codes;

use super::items::{self, Located};
use super::program::{IndividualId, KindId, Target};
use super::resolver::Resolver;
use super::time;
use crate::evidence::{CompleteArgument, Completeness, DraftRow, Polarity, RowTime, TableDraft};
use crate::syntax::tree::{Import, ItemKind};
use crate::tables::{RowOf, Symbol, Table, Value, Why};
use aliases::AliasIndex;
use codes::ArgumentKind;
use left_out::LeftOuts;
use parts::{Individuals, Meant};
use smallvec::SmallVec;
use std::collections::BTreeMap;
use templates::Template;

impl<'a> Resolver<'a> {
    /// Makes statements of the rows of all tables.
    pub(super) fn lower_imports(&mut self) {
        let files = self.files.clone();
        let mut index = None;
        self.doubt_repeated_imports(&files);
        let tables = std::mem::take(&mut self.tables);
        for located in items::each(&files) {
            let ItemKind::Import(import) = &located.item.kind else { continue };
            let Some(table) = tables.of(located.item.span) else {
                self.check_arguments(located, import);
                continue;
            };
            let index = index.get_or_insert_with(|| AliasIndex::new(&self.individuals));
            self.import(located, import, table, index);
        }
        if let Some(mut index) = index {
            self.tell_newcomers(&mut index);
        }
    }

    fn import(&mut self, located: Located<'a>, import: &'a Import, table: &Table, index: &mut AliasIndex) {
        let mut left_out = LeftOuts::new(import, table, self.texts, self.options.strict);
        left_out.note_table(table, import);
        let mut templates = self.templates(located, import, table);
        years::doubt_years(&templates, table, self.texts, &mut left_out);
        values::doubt_values(import, &templates, table, self.texts, &mut left_out);
        open_ends::doubt_open_ends(&templates, table, self.texts, &mut left_out);
        never_equal::doubt_comparisons(import, table, self.texts, &mut left_out);
        self.doubt_states(import, &templates, table, &mut left_out);
        endless::doubt_endless(&templates, table, self.texts, &self.sources, &mut left_out);
        // Row by row only where something of a row may have to be told.
        let mut others = Vec::new();
        for template in &mut templates {
            match self.columns(template, table, index) {
                Some(rows) => template.draft.fill(rows),
                None => others.push(template),
            }
        }
        if !others.is_empty() {
            let mut row: Vec<Symbol> = Vec::with_capacity(table.columns.len());
            for (place, line) in table.lines.iter().enumerate() {
                row.clear();
                row.extend(table.columns.iter().map(|column| column.at(place)));
                let of = RowOf { columns: &table.columns, symbols: &row };
                for template in &mut others {
                    self.fill(template, of, line, index, &mut left_out);
                }
            }
        }
        self.join_unknown_codes(&templates, table, index, &mut left_out);
        self.note_named(&templates, table, index);
        for fault in left_out.finish() {
            self.report.add(fault);
        }
        templates.iter_mut().for_each(spells::end_where_it_holds);
        for same in templates.chunk_by_mut(|one, other| one.written == other.written) {
            let Some(first) = same.first() else { continue };
            let pattern = &first.draft.pattern;
            let is_symmetric = self.target(pattern.target).symmetric.is_some();
            let swapped = if pattern.mutually { Some((0, 1)) } else { None };
            let swapped = swapped.or_else(|| self.pair_of(pattern.target).filter(|_| is_symmetric));
            spells::join(same, swapped.filter(|(_, two)| *two < pattern.arguments.len()));
        }
        let named: Vec<IndividualId> =
            templates.iter().flat_map(|template| &template.arguments).flat_map(|argument| argument.named()).collect();
        let drafts: Vec<TableDraft> = templates.into_iter().map(|template| template.draft).collect();
        self.complete_imports(import, &named, &drafts);
        self.table_drafts.extend(drafts.into_iter().filter(|draft| !draft.is_empty()));
    }

    /// Adds what a row says by a template.
    fn fill(
        &mut self,
        template: &mut Template,
        row: RowOf<'_>,
        line: u32,
        index: &mut AliasIndex,
        left_out: &mut LeftOuts<'_>,
    ) {
        if template.among.as_ref().is_some_and(|among| among.holds(row) != Some(true)) {
            return;
        }
        let time = match template.times.time(row, &mut template.draft.times) {
            Ok(time) => time,
            Err(why) => return left_out.add(why, line, template.times.span),
        };
        let written = || template.draft.times.statement_time(time);
        let mut meant: SmallVec<[Meant; 4]> = SmallVec::new();
        for argument in &mut template.arguments {
            match self.argument(argument, row, &written, index) {
                Ok(one) => meant.push(one),
                Err(why) => return left_out.add(why, line, argument.span),
            }
        }
        let only: Option<Individuals> = meant
            .iter()
            .map(|one| match one {
                Meant::One(one) => Some(*one),
                Meant::Several(_) => None,
            })
            .collect();
        let mut said: SmallVec<[(Individuals, RowTime); 1]> = SmallVec::new();
        match only {
            Some(only) => said.push((only, time)),
            None => {
                let parts = self.parts(&meant, &written());
                said.extend(
                    parts
                        .into_iter()
                        .map(|part| (part.individuals, template.times.place(part.time, &mut template.draft.times))),
                );
            }
        }
        if template.refuses_pairs {
            let paired = said.first().and_then(|(individuals, _)| self.paired_with_itself(individuals));
            said.retain(|(individuals, _)| self.paired_with_itself(individuals).is_none());
            if let Some(one) = paired.filter(|_| said.is_empty()) {
                let name = self.individuals.get(one).name.clone();
                return left_out.add(Why::PairedWithItself { name }, line, template.draft.pattern.atom_span);
            }
        }
        let mut polarity = match template.is.as_ref().map(|is| is.holds(row)) {
            None | Some(Some(true)) => template.polarity,
            Some(Some(false)) => template.otherwise(),
            Some(None) => Polarity::Unknown,
        };
        let (mut number, mut level) = (f64::NAN, None);
        if let Some((formula, levels)) = &template.value {
            match (formula.value(row), levels) {
                (Value::Missing, _) => polarity = Polarity::Unknown,
                (Value::Written(text, _), Some(kind)) => {
                    level = self.individuals.find(self.kinds.root(*kind), text);
                    if level.is_none() {
                        return left_out.add(self.unknown_level(*kind, text), line, template.value_span);
                    }
                }
                (value, _) => match value.number() {
                    Ok(found) => number = found.unwrap_or(f64::NAN),
                    Err(text) => {
                        let why = Why::NotANumber { texts: vec![text.to_owned()] };
                        return left_out.add(why, line, template.value_span);
                    }
                },
            }
        }
        for (argument, meant) in template.arguments.iter_mut().zip(&meant) {
            if let (ArgumentKind::Cell(cell), Meant::Several(holders)) = (&mut argument.kind, meant) {
                cell.passing.extend(holders);
            }
        }
        for (individuals, time) in &said {
            template.draft.push(&DraftRow { individuals, polarity, time: *time, number, level, line });
        }
    }

    /// The state that stands in two roles.
    fn paired_with_itself(&self, individuals: &[IndividualId]) -> Option<IndividualId> {
        let is_twice = |(place, one): &(usize, &IndividualId)| individuals[..*place].contains(one);
        let twice = individuals.iter().enumerate().find(is_twice).map(|(_, one)| *one);
        twice.filter(|one| self.individuals.get(*one).root == super::program::Program::STATE)
    }

    /// `complete from D until D` inside an import covers its predicates for the individuals that it names.
    fn complete_imports(&mut self, import: &'a Import, by_template: &[IndividualId], drafts: &[TableDraft]) {
        if import.complete.is_empty() {
            return;
        }
        // Whoever the import names, in whatever role of the kind: in a row, or by itself, whether a row is about them or not.
        let mut named: BTreeMap<KindId, Vec<IndividualId>> = BTreeMap::new();
        for one in by_template {
            named.entry(self.individuals.get(*one).root).or_default().push(*one);
        }
        let mut targets: Vec<Target> = Vec::new();
        for one in drafts {
            targets.push(one.pattern.target);
            for role in 0..one.pattern.arguments.len() {
                let Some(kind) = self.role_kind(one.pattern.target, role) else { continue };
                let individuals = named.entry(self.kinds.root(kind)).or_default();
                individuals.extend(one.distinct_in(role));
            }
        }
        for individuals in named.values_mut() {
            individuals.sort_unstable();
            individuals.dedup();
        }
        targets.sort_unstable();
        targets.dedup();
        let citations = self.citations(&import.citations);
        for complete in &import.complete {
            let Some(times) = time::statement_times(&complete.spans, &mut self.report) else { continue };
            let times: Vec<_> = times.into_iter().filter_map(|time| self.narrowest(time)).collect();
            if times.is_empty() {
                continue;
            }
            for target in &targets {
                let roles = self.target(*target).roles.len();
                let arguments = (0..roles).map(|role| {
                    let kind = self.role_kind(*target, role)?;
                    let named = named.get(&self.kinds.root(kind))?;
                    let fits = |one: &&IndividualId| self.individuals.is_member(&self.kinds, **one, kind);
                    Some(CompleteArgument::These(named.iter().filter(fits).copied().collect()))
                });
                let Some(arguments) = arguments.collect::<Option<Vec<_>>>() else { continue };
                self.completeness.push(Completeness {
                    target: *target,
                    arguments,
                    times: times.clone(),
                    citations: citations.clone(),
                    note: None,
                    span: complete.span,
                });
            }
        }
    }
}
