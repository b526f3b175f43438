//! Sources and citations.

use super::error::DeclarationError;
use super::items;
use super::near::nearest;
use super::program::{Source, SourceId};
use super::resolver::Resolver;
use super::time;
use crate::evidence::Citation;
use crate::evidence::error::EvidenceError;
use crate::syntax::tree::{self, AssertionKind, ItemKind};
use crate::text::Span;
use rustc_hash::FxHashMap;

impl Resolver<'_> {
    /// All sources, declared ones and those that are only cited, in the order of names.
    pub(super) fn collect_sources(&mut self) {
        let files = self.files.clone();
        let mut declared: FxHashMap<&str, Source> = FxHashMap::default();
        for located in items::each(&files) {
            let ItemKind::Source(source) = &located.item.kind else { continue };
            let horizon = source.horizon.as_ref().and_then(|until| time::horizon(until, &mut self.report));
            let name = &source.name;
            if let Some(first) = declared.get(name.text.as_str()) {
                self.report.add(DeclarationError::Duplicate {
                    sort: "source",
                    name: name.text.clone(),
                    span: name.span,
                    first: first.span,
                });
                continue;
            }
            declared.insert(
                &name.text,
                Source {
                    name: name.text.clone(),
                    citation: source.citation.as_ref().map(|citation| citation.text.clone()),
                    horizon,
                    documentation: located.item.documentation.clone(),
                    span: name.span,
                },
            );
        }
        let mut cited: FxHashMap<&str, (Span, usize)> = FxHashMap::default();
        for located in items::each(&files) {
            let citations = match &located.item.kind {
                ItemKind::Fact(fact) => &fact.citations,
                ItemKind::Completeness(complete) => &complete.citations,
                ItemKind::Assertion(assertion) => match &assertion.kind {
                    AssertionKind::Claim(citations) => citations,
                    AssertionKind::Expect => continue,
                },
                _ => continue,
            };
            for citation in citations {
                if !declared.contains_key(citation.source.text.as_str()) {
                    cited.entry(&citation.source.text).or_insert((citation.source.span, 0)).1 += 1;
                }
            }
        }
        let known: Vec<&str> = declared.keys().copied().collect();
        for (name, (span, count)) in &cited {
            self.report.add(EvidenceError::UndeclaredSource {
                name: (*name).to_owned(),
                span: *span,
                count: *count,
                near: nearest(name, known.iter().copied()),
                strict: self.options.strict,
            });
        }
        let mut sources: Vec<Source> = declared.into_values().collect();
        sources.extend(cited.into_iter().map(|(name, (span, _))| Source {
            name: name.to_owned(),
            citation: None,
            horizon: None,
            documentation: Vec::new(),
            span,
        }));
        sources.sort_by(|one, two| one.name.cmp(&two.name));
        self.source_ids =
            sources.iter().enumerate().map(|(index, source)| (source.name.clone(), SourceId(index as u32))).collect();
        self.sources = sources;
    }

    /// Citations; every source that is cited has been collected.
    pub(super) fn citations(&self, citations: &[tree::Citation]) -> Vec<Citation> {
        citations
            .iter()
            .filter_map(|citation| {
                let locator = citation.locator.as_ref();
                Some(Citation {
                    source: *self.source_ids.get(&citation.source.text)?,
                    locator: locator.map(|locator| locator.text.clone()),
                    span: locator.map_or(citation.source.span, |locator| citation.source.span.to(locator.span)),
                })
            })
            .collect()
    }
}
