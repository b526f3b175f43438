//! Columns of which most codes are nobody's: of another scheme than the one that is named, perhaps.

use super::aliases::AliasIndex;
use super::codes::{ArgumentKind, CodeCell};
use super::left_out::{FEW, LeftOuts};
use super::templates::Template;
use crate::model::program::KindId;
use crate::model::resolver::Resolver;
use crate::tables::{Column, StrangeCodes, Symbol, Table, Why};
use crate::text::Span;
use rustc_hash::FxHashSet;

/// From fewer codes nothing can be said of a scheme, unless all of them are of another one.
const TELLING: usize = 3;

/// Columns that are read by a scheme in which most of their codes are nobody's.
struct Strangers<'t> {
    role: KindId,
    scheme: Option<String>,
    /// The schemes in which most are somebody's, none for names, with those that are.
    fitting: Vec<(Option<String>, FxHashSet<&'t str>)>,
    headers: Vec<&'t str>,
    spans: Vec<Span>,
    codes: FxHashSet<&'t str>,
    unknown: FxHashSet<&'t str>,
}

impl Resolver<'_> {
    /// Says once of a column that its codes are of another scheme, or nobody's, in place of saying it of each code.
    pub(super) fn join_unknown_codes(
        &self,
        templates: &[Template],
        table: &Table,
        index: &AliasIndex,
        left_out: &mut LeftOuts<'_>,
    ) {
        if left_out.unknown_codes() == 0 {
            return;
        }
        let mut looked_at = FxHashSet::default();
        let mut all: Vec<Strangers<'_>> = Vec::new();
        for argument in templates.iter().flat_map(|template| &template.arguments) {
            let ArgumentKind::Cell(CodeCell { column, role, scheme, .. }) = &argument.kind else { continue };
            if !looked_at.insert((*column, *role, scheme.clone())) {
                continue;
            }
            let Some(found) = self.strangers(table, *column, *role, scheme.as_deref(), argument.span, index) else {
                continue;
            };
            let is_alike = |one: &&mut Strangers<'_>| {
                let both_fit = one.fitting.iter().any(|(scheme, _)| found.fits(scheme));
                let none_fits = one.fitting.is_empty() && found.fitting.is_empty();
                (one.role, &one.scheme) == (found.role, &found.scheme) && (both_fit || none_fits)
            };
            match all.iter_mut().find(is_alike) {
                Some(one) => one.join(found),
                None => all.push(found),
            }
        }
        for one in all {
            let kind = self.kinds.name(one.role);
            let is_it = |code: &str| one.unknown.contains(code);
            let Some(taken) = left_out.take_codes(kind, one.scheme.as_deref(), is_it) else { continue };
            let Some((first, others)) = one.spans.split_first() else { continue };
            let strange = StrangeCodes {
                scheme: one.scheme,
                kind: kind.to_owned(),
                closed: taken.closed,
                headers: one.headers.into_iter().map(str::to_owned).collect(),
                codes: one.codes.len(),
                unknown: one.unknown.len(),
                examples: taken.examples,
                known_there: one.fitting.iter().map(|(_, known)| known.len()).max().unwrap_or_default(),
                fitting: one.fitting.into_iter().map(|(scheme, _)| scheme).collect(),
                others: others.to_vec(),
            };
            left_out.push(Why::StrangeCodes(Box::new(strange)), taken.lines, *first);
        }
    }

    /// Whether somebody who is known without tables is called so, and not only by a code.
    fn is_name(&self, root: KindId, text: &str, index: &AliasIndex) -> bool {
        self.by_name_or_label(root, text, index).is_some_and(|known| {
            let is_code = |(_, code, _): &(String, String, Span)| code == text;
            known.index() < index.known_before && !self.individuals.get(known).aliases.iter().any(is_code)
        })
    }

    fn strangers<'t>(
        &self,
        table: &'t Table,
        column: usize,
        role: KindId,
        scheme: Option<&str>,
        span: Span,
        index: &AliasIndex,
    ) -> Option<Strangers<'t>> {
        let (root, column) = (self.kinds.root(role), &table.columns[column]);
        let is_known = |scheme: Option<&str>, symbol: Symbol| match scheme {
            Some(scheme) => index.find(root, scheme, column.text(symbol), column.number(symbol)).is_some(),
            None => self.is_name(root, column.text(symbol), index),
        };
        let codes: Vec<Symbol> =
            used(column, table.rows()).into_iter().filter(|symbol| !column.is_missing(*symbol)).collect();
        let unknown: Vec<Symbol> = codes.iter().copied().filter(|symbol| !is_known(scheme, *symbol)).collect();
        let is_few = unknown.len() < TELLING;
        if 2 * unknown.len() <= codes.len() || (is_few && unknown.len() < codes.len()) {
            return None;
        }
        let others = index.schemes(root).into_iter().map(Some).chain([None]).filter(|other| *other != scheme);
        let text = |symbol: Symbol| column.text(symbol);
        let known_by = |other: Option<&str>| {
            let known = unknown.iter().copied().filter(|symbol| is_known(other, *symbol)).map(text).collect();
            (other.map(str::to_owned), known)
        };
        let mut fitting: Vec<(Option<String>, FxHashSet<&str>)> = others.map(known_by).collect();
        fitting.retain(|(_, known)| 2 * known.len() > unknown.len());
        keep_best(&mut fitting);
        if is_few {
            fitting.retain(|(_, known)| known.len() == unknown.len());
        }
        if fitting.is_empty() && unknown.len() <= FEW {
            return None;
        }
        Some(Strangers {
            role,
            scheme: scheme.map(str::to_owned),
            headers: vec![&column.header],
            spans: vec![span],
            codes: codes.into_iter().map(text).collect(),
            unknown: unknown.into_iter().map(text).collect(),
            fitting,
        })
    }
}

impl<'t> Strangers<'t> {
    fn fits(&self, scheme: &Option<String>) -> bool {
        self.fitting.iter().any(|(one, _)| one == scheme)
    }

    /// Takes in another column, which some of the same schemes fit.
    fn join(&mut self, other: Strangers<'t>) {
        self.fitting.retain(|(scheme, _)| other.fits(scheme));
        for (scheme, known) in other.fitting {
            if let Some((_, all)) = self.fitting.iter_mut().find(|(one, _)| *one == scheme) {
                all.extend(known);
            }
        }
        keep_best(&mut self.fitting);
        self.headers.extend(other.headers);
        self.spans.extend(other.spans);
        self.codes.extend(other.codes);
        self.unknown.extend(other.unknown);
    }
}

/// Keeps the schemes in which most are known.
fn keep_best(fitting: &mut Vec<(Option<String>, FxHashSet<&str>)>) {
    let best = fitting.iter().map(|(_, known)| known.len()).max();
    fitting.retain(|(_, known)| Some(known.len()) == best);
}

/// The distinct texts that stand in kept rows.
fn used(column: &Column, rows: usize) -> Vec<Symbol> {
    let mut is_used = vec![false; column.symbols()];
    (0..rows).for_each(|row| is_used[column.at(row) as usize] = true);
    (0..column.symbols() as Symbol).filter(|symbol| is_used[*symbol as usize]).collect()
}
