//! Rows that are left out, counted by reason, each reason told once.

use crate::diagnostic::Diagnostic;
use crate::model::report::Mistake;
use crate::syntax::tree::Import;
use crate::tables::{LeftOut, Lines, Table, Why};
use crate::text::{Span, Texts};
use rustc_hash::FxHashMap;
use std::collections::hash_map::Entry;

/// What is to be said of an import's rows.
pub(super) enum Fault {
    LeftOut(LeftOut),
    Unusable(Diagnostic),
}

impl Mistake for Fault {
    fn into_diagnostic(self) -> Diagnostic {
        match self {
            Fault::LeftOut(one) => one.diagnostic(),
            Fault::Unusable(diagnostic) => diagnostic,
        }
    }
}

/// Collects them.
pub(super) struct LeftOuts<'t> {
    texts: &'t Texts,
    table: String,
    /// How many rows there are.
    of: usize,
    strict: bool,
    faults: Vec<Fault>,
    /// By the sort of reason, the words of the import that it is about, and for codes the code: what several templates read is one fault.
    known: FxHashMap<(&'static str, String), usize>,
}

impl<'t> LeftOuts<'t> {
    pub(super) fn new(table: &Table, texts: &'t Texts, strict: bool) -> Self {
        LeftOuts {
            texts,
            table: table.name.clone(),
            of: table.rows(),
            strict,
            faults: Vec::new(),
            known: FxHashMap::default(),
        }
    }

    /// What reading the table left out.
    pub(super) fn note_table(&mut self, table: &Table, import: &Import) {
        let place = import.path.span;
        for rejected in &table.rejected {
            let mut diagnostic = rejected.diagnostic(&table.name, &table.headers, place);
            if self.strict {
                diagnostic.severity = crate::diagnostic::Severity::Error;
            }
            self.faults.push(Fault::Unusable(diagnostic));
        }
        if let Some(repeated) = table.repeated {
            let why = Why::Repeated { rows: repeated.count, line: repeated.line, first_line: repeated.of };
            self.push(why, Lines::default(), place);
        }
        if table.rows() == 0 && table.rejected.is_empty() {
            self.push(Why::NoRows { chosen: table.total > 0 }, Lines::default(), place);
        }
    }

    fn push(&mut self, why: Why, lines: Lines, span: Span) {
        let (table, of, strict) = (self.table.clone(), self.of, self.strict);
        let words = self.texts.slice(span).to_owned();
        self.faults.push(Fault::LeftOut(LeftOut { table, why, lines, of, span, words, strict }));
    }

    /// Counts a row.
    pub(super) fn add(&mut self, why: Why, line: u32, span: Span) {
        let span = match why {
            Why::NotADate { date: Some(date), .. } => date,
            _ => span,
        };
        let words = self.texts.slice(span);
        let (sort, about) = match &why {
            // Whatever the column.
            Why::UnknownCode { scheme, code, kind, .. } => {
                ("code", format!("{kind} {}:{code}", scheme.as_deref().unwrap_or("")))
            }
            Why::AmbiguousCode { code, .. } => ("ambiguous", format!("{words} {code}")),
            Why::OtherKind { name, kind } => ("kind", format!("{words} {name} {kind}")),
            Why::NoIndividual { .. } => ("individual", words.to_owned()),
            Why::NotANumber { .. } => ("number", words.to_owned()),
            Why::NotADate { .. } => ("date", words.to_owned()),
            Why::NoDate { is_end: true } => ("end", words.to_owned()),
            Why::NoDate { is_end: false } => ("start", words.to_owned()),
            Why::EndBeforeStart { .. } => ("backwards", words.to_owned()),
            Why::PairedWithItself { .. } => ("pair", words.to_owned()),
            Why::Repeated { .. } | Why::NoRows { .. } => ("table", String::new()),
        };
        match self.known.entry((sort, about)) {
            Entry::Occupied(known) => {
                if let Some(Fault::LeftOut(one)) = self.faults.get_mut(*known.get()) {
                    one.lines.add(line);
                    one.why.join(why);
                }
            }
            Entry::Vacant(vacant) => {
                vacant.insert(self.faults.len());
                let mut lines = Lines::default();
                lines.add(line);
                self.push(why, lines, span);
            }
        }
    }

    pub(super) fn finish(self) -> Vec<Fault> {
        self.faults
    }
}
