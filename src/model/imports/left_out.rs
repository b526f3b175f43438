//! Rows that are left out, counted by reason, each reason told once.

use crate::diagnostic::Diagnostic;
use crate::model::report::Mistake;
use crate::syntax::tree::Import;
use crate::tables::{LeftOut, Table, Why};
use crate::text::Span;
use rustc_hash::FxHashMap;

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
pub(super) struct LeftOuts {
    table: String,
    strict: bool,
    faults: Vec<Fault>,
    /// By the part of the import, the sort of reason, and for codes the code.
    /// With the place of the fault, and the line that was counted last.
    known: FxHashMap<(Option<Span>, &'static str, String), (usize, u32)>,
}

impl LeftOuts {
    pub(super) fn new(table: &Table, strict: bool) -> Self {
        LeftOuts { table: table.name.clone(), strict, faults: Vec::new(), known: FxHashMap::default() }
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
            let why = Why::Repeated { of: repeated.of };
            self.push(why, repeated.count, repeated.line, place);
        }
        if table.rows() == 0 && table.rejected.is_empty() {
            self.push(Why::NoRows { chosen: table.total > 0 }, 0, 0, place);
        }
    }

    fn push(&mut self, why: Why, count: usize, line: u32, span: Span) {
        let (table, strict) = (self.table.clone(), self.strict);
        self.faults.push(Fault::LeftOut(LeftOut { table, why, count, line, span, strict }));
    }

    /// Counts a row.
    pub(super) fn add(&mut self, why: Why, line: u32, span: Span) {
        let (sort, detail) = match &why {
            Why::UnknownCode { scheme, code, kind, .. } => {
                // Once for all templates that read it.
                ("code", format!("{kind} {}:{code}", scheme.as_deref().unwrap_or("")))
            }
            Why::AmbiguousCode { code, .. } => ("ambiguous", code.clone()),
            Why::OtherKind { name, .. } => ("kind", name.clone()),
            Why::NoIndividual { .. } => ("individual", String::new()),
            Why::NotANumber { .. } => ("number", String::new()),
            Why::NotADate { .. } => ("date", String::new()),
            Why::NoDate { is_end: true } => ("end", String::new()),
            Why::NoDate { is_end: false } => ("start", String::new()),
            Why::EndBeforeStart { .. } => ("backwards", String::new()),
            Why::PairedWithItself { .. } => ("pair", String::new()),
            Why::Repeated { .. } | Why::NoRows { .. } => ("table", String::new()),
        };
        let place = if sort == "code" { None } else { Some(span) };
        match self.known.entry((place, sort, detail)) {
            std::collections::hash_map::Entry::Occupied(mut known) => {
                let (at, last) = known.get_mut();
                if *last != line
                    && let Some(Fault::LeftOut(one)) = self.faults.get_mut(*at)
                {
                    one.count += 1;
                    *last = line;
                }
            }
            std::collections::hash_map::Entry::Vacant(vacant) => {
                vacant.insert((self.faults.len(), line));
                self.push(why, 1, line, span);
            }
        }
    }

    pub(super) fn finish(self) -> Vec<Fault> {
        self.faults
    }
}
