//! Collects what is wrong, so that one run says everything once.

use crate::diagnostic::Diagnostic;
use crate::text::{Span, Texts};
use rustc_hash::{FxHashMap, FxHashSet};

/// A mistake that knows its wording.
pub(crate) trait Mistake {
    /// What it is about, where the same mistake in other places is to be counted and not repeated.
    fn repetition(&self) -> Option<String> {
        None
    }

    /// Puts it into words.
    fn into_diagnostic(self) -> Diagnostic;
}

/// The order of files and places: by file name, so that the order of reading does not matter.
#[derive(Debug, Default)]
pub(super) struct Places {
    ranks: Vec<u32>,
}

impl Places {
    pub(super) fn new(texts: &Texts) -> Self {
        let mut order: Vec<(&str, u32)> = texts.iter().map(|(file, text)| (text.name.as_str(), file.0)).collect();
        order.sort_unstable();
        let mut ranks = vec![0; order.len()];
        for (rank, (_, file)) in order.into_iter().enumerate() {
            ranks[file as usize] = rank as u32;
        }
        Places { ranks }
    }

    /// Sorts places.
    pub(super) fn key(&self, span: Span) -> (u32, u32, u32) {
        (self.ranks.get(span.file.0 as usize).copied().unwrap_or(u32::MAX), span.start, span.end)
    }
}

struct Entry {
    diagnostic: Diagnostic,
    count: usize,
}

/// What was found wrong so far.
#[derive(Default)]
pub(super) struct Report {
    entries: Vec<Entry>,
    repeated: FxHashMap<(&'static str, String), usize>,
    /// Places where a mistake that is counted was found: what several frameworks inherit is read several times.
    counted: FxHashSet<(&'static str, String, Span)>,
    places: Places,
}

impl Report {
    pub(super) fn new(texts: &Texts) -> Self {
        Report { places: Places::new(texts), ..Report::default() }
    }

    pub(super) fn places(&self) -> &Places {
        &self.places
    }

    /// Notes a mistake.
    pub(super) fn add(&mut self, mistake: impl Mistake) {
        let repetition = mistake.repetition();
        let diagnostic = mistake.into_diagnostic();
        let Some(repetition) = repetition else {
            self.entries.push(Entry { diagnostic, count: 1 });
            return;
        };
        let place = diagnostic.labels.first().map(|label| label.span);
        if place.is_some_and(|place| !self.counted.insert((diagnostic.code, repetition.clone(), place))) {
            return;
        }
        match self.repeated.entry((diagnostic.code, repetition)) {
            std::collections::hash_map::Entry::Vacant(vacant) => {
                vacant.insert(self.entries.len());
                self.entries.push(Entry { diagnostic, count: 1 });
            }
            std::collections::hash_map::Entry::Occupied(occupied) => {
                let entry = &mut self.entries[*occupied.get()];
                entry.count += 1;
                if first_place(&self.places, &diagnostic) < first_place(&self.places, &entry.diagnostic) {
                    entry.diagnostic = diagnostic;
                }
            }
        }
    }

    /// Counts a mistake in another place, where it is one that has been noted.
    pub(super) fn again(&mut self, code: &'static str, repetition: &str, span: Span) -> bool {
        let Some(entry) = self.repeated.get(&(code, repetition.to_owned())) else { return false };
        if !self.counted.insert((code, repetition.to_owned(), span)) {
            return true;
        }
        let entry = &mut self.entries[*entry];
        entry.count += 1;
        if let Some(label) = entry.diagnostic.labels.first_mut()
            && self.places.key(span) < self.places.key(label.span)
        {
            label.span = span;
        }
        true
    }

    /// All of it, by place.
    pub(super) fn finish(self) -> Vec<Diagnostic> {
        let places = self.places;
        let mut diagnostics: Vec<Diagnostic> = self.entries.into_iter().map(Entry::finish).collect();
        diagnostics.sort_by(|one, two| {
            (first_place(&places, one), one.code, &one.message).cmp(&(
                first_place(&places, two),
                two.code,
                &two.message,
            ))
        });
        diagnostics.dedup();
        diagnostics
    }
}

fn first_place(places: &Places, diagnostic: &Diagnostic) -> Option<(u32, u32, u32)> {
    diagnostic.labels.first().map(|label| places.key(label.span))
}

impl Entry {
    fn finish(mut self) -> Diagnostic {
        if self.count > 1
            && let Some(label) = self.diagnostic.labels.first_mut()
        {
            let others = self.count - 1;
            let places = if others == 1 { "place" } else { "places" };
            let separator = if label.text.is_empty() { "here" } else { "" };
            label.text.push_str(&format!("{separator}, and in {others} other {places}"));
        }
        self.diagnostic
    }
}
