//! Rows that are left out, counted by reason, each reason told once.

use super::never_equal;
use crate::diagnostic::{Diagnostic, Severity};
use crate::model::report::Mistake;
use crate::syntax::tree::{Import, ImportOption};
use crate::tables::{Column, LeftOut, Table, ToldLines, Unusable, Why};
use crate::text::{Span, Texts};
use rustc_hash::FxHashMap;
use std::collections::hash_map::Entry;

/// So many of one sort are told one by one.
pub(super) const FEW: usize = 20;

/// What is to be said of an import's rows.
pub(super) enum Fault {
    LeftOut(LeftOut),
    /// With what is the same in all imports that have this to tell.
    Unusable(Diagnostic, String),
}

impl Mistake for Fault {
    fn repetition(&self) -> Option<String> {
        match self {
            Fault::LeftOut(_) => None,
            Fault::Unusable(_, same) => Some(same.clone()),
        }
    }

    fn into_diagnostic(self) -> Diagnostic {
        match self {
            Fault::LeftOut(one) => one.diagnostic(),
            Fault::Unusable(diagnostic, _) => diagnostic,
        }
    }
}

/// Collects them.
pub(super) struct LeftOuts<'t> {
    texts: &'t Texts,
    table: String,
    /// How many rows there are.
    of: usize,
    decimal: Option<char>,
    strict: bool,
    /// Where the import says that it is complete, if it says what holds, and not only values.
    complete: Option<Span>,
    faults: Vec<Fault>,
    /// By the sort of reason, the words of the import that it is about, and for codes the code: what several templates read is one fault.
    known: FxHashMap<(&'static str, String), usize>,
    /// The rows with unknown codes, by kind and scheme: each once, whatever codes it has.
    unknown_codes: FxHashMap<String, ToldLines>,
}

/// What was said of codes that are nobody's.
pub(super) struct Taken {
    pub(super) lines: ToldLines,
    /// The first few of the codes.
    pub(super) examples: Vec<String>,
    /// The kind that lists its members, where it does.
    pub(super) closed: Option<Box<str>>,
}

impl<'t> LeftOuts<'t> {
    pub(super) fn new(import: &Import, table: &Table, texts: &'t Texts, strict: bool) -> Self {
        let says_what_holds = import.templates.iter().any(|template| template.value.is_none());
        LeftOuts {
            texts,
            table: table.name.clone(),
            of: table.rows(),
            decimal: table.columns.first().and_then(Column::decimal),
            strict,
            complete: import.complete.first().map(|complete| complete.span).filter(|_| says_what_holds),
            faults: Vec::new(),
            known: FxHashMap::default(),
            unknown_codes: FxHashMap::default(),
        }
    }

    /// What reading the table left out.
    pub(super) fn note_table(&mut self, table: &Table, import: &Import) {
        let place = import.path.span;
        for rejected in &table.rejected {
            let diagnostic = rejected.diagnostic(table, place);
            // Several imports of one table have the same to tell of it, whatever columns they read.
            let same = match rejected.first.what {
                Unusable::Undecodable { .. } => table.name.clone(),
                _ => diagnostic.message.clone(),
            };
            self.unusable(diagnostic, same);
        }
        if let Some(doubt) = &table.encoding_doubt {
            let option = import.options.iter().find(|(option, _)| *option == ImportOption::Encoding);
            let place = option.map_or(place, |(_, encoding)| encoding.span);
            self.unusable(doubt.diagnostic(&table.name, place), format!("{} {:?}", table.name, doubt.told));
        }
        if let Some(repeated) = table.repeated {
            let why = Why::Repeated { rows: repeated.count, line: repeated.line, first_line: repeated.of };
            self.push(why, ToldLines::default(), place);
        }
        if table.rows() == 0 && table.rejected.is_empty() {
            let never = never_equal::of_no_row(import, table, self.texts);
            self.push(Why::NoRows { chosen: table.total > 0, never }, ToldLines::default(), place);
        }
    }

    /// What is to be said of the table, once for all imports of which `same` is the same.
    fn unusable(&mut self, mut diagnostic: Diagnostic, same: String) {
        if self.strict {
            diagnostic.severity = Severity::Error;
        }
        self.faults.push(Fault::Unusable(diagnostic, same));
    }

    pub(super) fn push(&mut self, why: Why, lines: ToldLines, span: Span) {
        self.faults.push(Fault::LeftOut(LeftOut {
            table: self.table.clone(),
            why,
            lines,
            of: self.of,
            decimal: self.decimal,
            span,
            words: self.texts.slice(span).to_owned(),
            strict: self.strict,
            complete: self.complete,
        }));
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
                let of = kind_and_scheme(kind, scheme.as_deref());
                let about = format!("{of}{code}");
                self.unknown_codes.entry(of).or_default().add(line);
                ("code", about)
            }
            Why::AmbiguousCode { code, .. } => ("ambiguous", format!("{words} {code}")),
            Why::OtherKind { name, kind, .. } => ("kind", format!("{words} {name} {kind}")),
            Why::NoIndividual { .. } => ("individual", words.to_owned()),
            Why::NotANumber { .. } => ("number", words.to_owned()),
            Why::NotADate { .. } => ("date", words.to_owned()),
            Why::NoDate { is_end: true, .. } => ("end", words.to_owned()),
            Why::NoDate { is_end: false, .. } => ("start", words.to_owned()),
            Why::EndBeforeStart { .. } => ("backwards", words.to_owned()),
            Why::PairedWithItself { .. } => ("pair", words.to_owned()),
            Why::StrangeCodes(_)
            | Why::DoubtfulYears(_)
            | Why::DoubtfulValues(_)
            | Why::OpenWithEnd(_)
            | Why::Endless { .. }
            | Why::Repeated { .. }
            | Why::NeverEqual(_)
            | Why::YearsForCodes(_)
            | Why::NoRows { .. } => ("table", String::new()),
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
                let mut lines = ToldLines::default();
                lines.add(line);
                self.push(why, lines, span);
            }
        }
    }

    /// How many unknown codes there are.
    pub(super) fn unknown_codes(&self) -> usize {
        let is_code = |fault: &&Fault| matches!(fault, Fault::LeftOut(LeftOut { why: Why::UnknownCode { .. }, .. }));
        self.faults.iter().filter(is_code).count()
    }

    /// Takes back what was said of some unknown codes of a kind and scheme; none where nothing was. No row is counted afterwards.
    pub(super) fn take_codes(
        &mut self,
        kind: &str,
        scheme: Option<&str>,
        is_it: impl Fn(&str) -> bool,
    ) -> Option<Taken> {
        const SHOWN: usize = 3;
        let mut taken = Taken { lines: ToldLines::default(), examples: Vec::new(), closed: None };
        let mut is_rest = false;
        self.faults.retain(|fault| match fault {
            Fault::LeftOut(LeftOut {
                why: Why::UnknownCode { scheme: of, code, kind: named, closed, .. },
                lines,
                ..
            }) if named == kind && of.as_deref() == scheme => {
                if !is_it(code) {
                    is_rest = true;
                    return true;
                }
                taken.lines.join(lines);
                taken.closed.clone_from(closed);
                if taken.examples.len() < SHOWN {
                    taken.examples.push(code.to_string());
                }
                false
            }
            _ => true,
        });
        if taken.examples.is_empty() {
            return None;
        }
        match self.unknown_codes.remove(&kind_and_scheme(kind, scheme)) {
            // A row of which several templates do not know a code is one row.
            Some(all) if !is_rest => taken.lines = all,
            _ => {}
        }
        Some(taken)
    }

    /// Says at once of many individuals that they are of another kind than an argument.
    fn join_other_kinds(&mut self) {
        let mut joined: FxHashMap<(Span, String), LeftOut> = FxHashMap::default();
        for fault in &self.faults {
            let Fault::LeftOut(one) = fault else { continue };
            let Why::OtherKind { kind, .. } = &one.why else { continue };
            match joined.entry((one.span, kind.clone())) {
                Entry::Vacant(vacant) => drop(vacant.insert(one.clone())),
                Entry::Occupied(mut known) => {
                    let known = known.get_mut();
                    known.lines.join(&one.lines);
                    if let Why::OtherKind { others, .. } = &mut known.why {
                        *others += 1;
                    }
                }
            }
        }
        joined.retain(|_, one| matches!(one.why, Why::OtherKind { others, .. } if others >= FEW));
        self.faults.retain(|fault| match fault {
            Fault::LeftOut(LeftOut { why: Why::OtherKind { kind, .. }, span, .. }) => {
                !joined.contains_key(&(*span, kind.clone()))
            }
            _ => true,
        });
        self.faults.extend(joined.into_values().map(Fault::LeftOut));
    }

    /// Keeps silent of years that seem to be none where their dates are told to be none.
    fn drop_years_of_no_dates(&mut self) {
        let no_dates: Vec<(Span, usize)> = self.faults.iter().filter_map(no_dates).collect();
        self.faults.retain(|fault| match fault {
            Fault::LeftOut(LeftOut { why: Why::DoubtfulYears(_), span, lines, .. }) => {
                let is_told = |(date, rows): &(Span, usize)| {
                    date.start <= span.start && span.end <= date.end && *rows >= lines.count()
                };
                !no_dates.iter().any(is_told)
            }
            _ => true,
        });
    }

    pub(super) fn finish(mut self) -> Vec<Fault> {
        self.drop_years_of_no_dates();
        self.join_other_kinds();
        self.faults
    }
}

fn kind_and_scheme(kind: &str, scheme: Option<&str>) -> String {
    format!("{kind} {}:", scheme.unwrap_or(""))
}

/// The place of dates that are none, and in how many rows.
fn no_dates(fault: &Fault) -> Option<(Span, usize)> {
    match fault {
        Fault::LeftOut(LeftOut { why: Why::NotADate { .. }, span, lines, .. }) => Some((*span, lines.count())),
        _ => None,
    }
}
