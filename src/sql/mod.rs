//! A program's rules as SQL, for an engine that has the evidence: one moment of each year, no recursion, no look at other days.
//!
//! ```text
//! request.rs     what is asked
//! reach.rs       what the question builds on, and what of it SQL cannot say
//! refusal.rs     what is refused, and its wording
//! names.rs       names and literals
//! script.rs      the query while it is put together
//! people.rs      moments, and who lives at each
//! said.rs        what statements say of an atom at a moment
//! candidates.rs  for whom a condition may be other than settled
//! scope.rs       marks and joins of one select
//! conditions.rs  what a condition is worth for each row
//! numbers.rs     what an expression may be worth, as bounds.rs; aggregates.rs sums and counts
//! relations.rs   predicates and criteria; measures.rs measures and classifications
//! imports/       what the rows of tables say
//! question.rs    the view that answers
//! ```
//!
//! # How it is put together
//!
//! A standing is four columns: evidence for, evidence against, and each of them settled. What has no row in a table of standings
//! is not met, so that a record that is complete needs rows only where something is said.
//!
//! First come the *cases*: the rows for which each relation has to be worked out. Of a relation whose evidence is complete they
//! are joined from that evidence (`candidates.rs`); of any other they are those that whatever builds on it asks for. Then comes
//! what is known of them, from evidence up to the question. No step asks for anything that a later one works out, as nothing
//! here is recursive.

mod aggregates;
mod bounds;
mod candidates;
mod conditions;
mod imports;
mod measures;
mod names;
mod numbers;
mod people;
mod question;
mod reach;
mod refusal;
mod relations;
mod request;
mod said;
mod scope;
mod script;

pub use refusal::{CODES, Refusal};
pub use request::{Moment, Request, moments};

use crate::evidence::{Completeness, Record};
use crate::model::Program;
use crate::model::program::{KindId, MeasureId, RelationId, Target};
use crate::syntax::tree::File;
use crate::text::{Span, Texts};
use imports::TableImport;
use names::Names;
use script::{Script, Step};
use std::collections::{BTreeMap, BTreeSet};

/// The SQL that answers a request: a view for each criterion that is asked about.
///
/// # Errors
/// Everything in what the request builds on that SQL is not made for.
pub fn compile(program: &Program, files: &[File], texts: &Texts, request: &Request) -> Result<String, Vec<Refusal>> {
    let mut refusals = Vec::new();
    let mut views = Vec::new();
    let known_tables: Vec<String> = imports::files_read(files);
    for (given, _) in &request.tables {
        if !imports::is_read(&known_tables, given) {
            refusals.push(Refusal::UnknownTable { given: given.clone(), known: known_tables.clone() });
        }
    }
    let written = imports::without_tables(program, files);
    for relation in &request.relations {
        match reach::reached(program, *relation) {
            Ok(order) => {
                let record = Record::new(&written);
                let mut compiler = Compiler::new(&written, texts, &record, request, *relation);
                (compiler.imports, compiler.cell_places) = imports::imports(&written, files, texts, request);
                compiler.complete_tables = imports::completeness(program, files);
                compiler.answer(*relation, &order);
                refusals.append(&mut compiler.refusals);
                views.push(compiler.view(*relation));
            }
            Err(found) => refusals.extend(found),
        }
    }
    let mut told: Vec<Refusal> = Vec::new();
    refusals.retain(|refusal| {
        let is_new = !told.contains(refusal);
        told.push(refusal.clone());
        is_new
    });
    if refusals.is_empty() {
        Ok(question::heading(request) + &imports::called(&views) + "\n" + &views.join("\n"))
    } else {
        Err(refusals)
    }
}

/// A query while it is made.
struct Compiler<'p> {
    program: &'p Program,
    texts: &'p Texts,
    record: &'p Record<'p>,
    request: &'p Request,
    names: Names,
    script: Script,
    /// The name of the table of those who live, by kind.
    living: BTreeMap<KindId, String>,
    /// The name of the table of what is said, by target.
    said: BTreeMap<Target, String>,
    /// The name of the table of what is known, by target.
    known: BTreeMap<Target, String>,
    /// Of a relation whose cases are joined from evidence, their table; none where they have to be asked for.
    cases: BTreeMap<RelationId, Option<String>>,
    /// The name of the table of the cases of a measure of which a value may be missing, where somebody asks for it.
    gaps: BTreeMap<MeasureId, String>,
    /// Selects of the cases that others ask for.
    asked: BTreeMap<Target, Vec<String>>,
    /// What the program says of tables.
    imports: Vec<TableImport<'p>>,
    /// The places of cells that mean individuals.
    cell_places: BTreeSet<(u32, u32, u32)>,
    /// Statements of completeness within imports.
    complete_tables: Vec<Completeness>,
    /// The steps of what the rows say by a template: import, template, and value of its variable.
    rows: BTreeMap<(usize, usize, Option<usize>), String>,
    /// The steps of whom an import names, by outermost kind.
    named: BTreeMap<(usize, KindId), String>,
    /// What is known of the target at hand, so far.
    block: Vec<Step>,
    refusals: Vec<Refusal>,
}

impl<'p> Compiler<'p> {
    fn new(
        program: &'p Program,
        texts: &'p Texts,
        record: &'p Record<'p>,
        request: &'p Request,
        question: RelationId,
    ) -> Self {
        let mut names = Names::default();
        let view = names::view(&program.qualified_name(Target::Relation(question)));
        names.unique(&view);
        Compiler {
            program,
            texts,
            record,
            request,
            names,
            script: Script::default(),
            living: BTreeMap::new(),
            said: BTreeMap::new(),
            known: BTreeMap::new(),
            cases: BTreeMap::new(),
            gaps: BTreeMap::new(),
            asked: BTreeMap::new(),
            imports: Vec::new(),
            cell_places: BTreeSet::new(),
            complete_tables: Vec::new(),
            rows: BTreeMap::new(),
            named: BTreeMap::new(),
            block: Vec::new(),
            refusals: Vec::new(),
        }
    }

    /// The author's words, on one line.
    fn words(&self, span: Span) -> String {
        self.texts.slice(span).lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join(" ")
    }
}
