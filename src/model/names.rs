//! What the names of predicates, criteria, measures and parameters mean, and from where they can be seen.

use super::error::DeclarationError;
use super::items::{self, SortedFile};
use super::near::nearest;
use super::program::{Framework, FrameworkId, MeasureId, ParameterId, RelationId, Target};
use super::report::Report;
use crate::syntax::tree::{ItemKind, Name, QualifiedName};
use crate::text::Span;
use rustc_hash::FxHashMap;
use smallvec::SmallVec;

/// What a name stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sort {
    Predicate,
    Criterion,
    /// Only used: a predicate whose roles follow from its use.
    Sketch,
    Measure,
    DefinedMeasure,
    Classification,
    Parameter,
}

impl Sort {
    /// How a reader is told of it.
    pub(super) fn noun(self) -> &'static str {
        match self {
            Sort::Predicate | Sort::Sketch => "predicate",
            Sort::Criterion => "criterion",
            Sort::Measure | Sort::DefinedMeasure => "measure",
            Sort::Classification => "classification",
            Sort::Parameter => "parameter",
        }
    }

    /// Whether its atoms are met or not.
    pub(super) fn is_relation(self) -> bool {
        matches!(self, Sort::Predicate | Sort::Criterion | Sort::Sketch)
    }
}

/// Something that conditions or expressions refer to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Referent {
    Relation(RelationId),
    Measure(MeasureId),
    Parameter(ParameterId),
}

impl Referent {
    pub(super) fn target(self) -> Option<Target> {
        match self {
            Referent::Relation(id) => Some(Target::Relation(id)),
            Referent::Measure(id) => Some(Target::Measure(id)),
            Referent::Parameter(_) => None,
        }
    }
}

/// A name that means something.
#[derive(Debug, Clone)]
pub(super) struct Symbol {
    pub(super) framework: Option<FrameworkId>,
    pub(super) name: String,
    pub(super) sort: Sort,
    /// Where it is declared, first defined, or first used.
    pub(super) span: Span,
    pub(super) referent: Referent,
}

/// What looking up a name gives.
#[derive(Debug, Clone)]
pub(super) enum Lookup {
    Found(usize),
    /// Several frameworks have it.
    Ambiguous(SmallVec<[usize; 2]>),
    /// The framework that is named does not exist.
    NoFramework,
    Unknown,
}

/// All names.
#[derive(Debug, Default)]
pub(super) struct Names {
    pub(super) symbols: Vec<Symbol>,
    by_name: FxHashMap<String, SmallVec<[usize; 1]>>,
    pub(super) frameworks: Vec<Framework>,
    pub(super) relation_count: usize,
    pub(super) measure_count: usize,
}

impl Names {
    /// The names that items declare or define.
    pub(super) fn collect(files: &[SortedFile<'_>], frameworks: Vec<Framework>, report: &mut Report) -> Self {
        let mut names = Names { frameworks, ..Names::default() };
        let mut criteria: Vec<(Option<FrameworkId>, &Name)> = Vec::new();
        for located in items::each(files) {
            let (framework, name, sort) = match &located.item.kind {
                ItemKind::Predicate(predicate) => (None, &predicate.name, Sort::Predicate),
                ItemKind::Measure(measure) => (None, &measure.name, Sort::Measure),
                ItemKind::Parameter(parameter) => (None, &parameter.name, Sort::Parameter),
                ItemKind::DefinedMeasure(measure) => (located.framework, &measure.head.name, Sort::DefinedMeasure),
                ItemKind::Classification(classification) => {
                    (located.framework, &classification.head.name, Sort::Classification)
                }
                ItemKind::Rule(rule) => {
                    criteria.push((located.framework, &rule.head.name));
                    continue;
                }
                _ => continue,
            };
            if let Some(first) = names.at(framework, &name.text) {
                // The kinds have reported a classification that is defined twice.
                if !(sort == Sort::Classification && names.symbols[first].sort == sort) {
                    report.add(DeclarationError::Duplicate {
                        sort: sort.noun(),
                        name: name.text.clone(),
                        span: name.span,
                        first: names.symbols[first].span,
                    });
                }
                continue;
            }
            names.add(framework, &name.text, sort, name.span);
        }
        for (framework, name) in criteria {
            if names.is_bridge(&name.text) {
                continue;
            }
            match names.at(framework, &name.text) {
                Some(first) if names.symbols[first].sort == Sort::Criterion => {}
                Some(first) => report.add(DeclarationError::Duplicate {
                    sort: Sort::Criterion.noun(),
                    name: name.text.clone(),
                    span: name.span,
                    first: names.symbols[first].span,
                }),
                None => names.add(framework, &name.text, Sort::Criterion, name.span),
            }
        }
        names
    }

    pub(super) fn add(&mut self, framework: Option<FrameworkId>, name: &str, sort: Sort, span: Span) {
        self.by_name.entry(name.to_owned()).or_default().push(self.symbols.len());
        let referent = Referent::Relation(RelationId(u32::MAX));
        self.symbols.push(Symbol { framework, name: name.to_owned(), sort, span, referent });
    }

    /// Gives ids in the order of (framework, name), once nothing more is added.
    pub(super) fn assign_ids(&mut self) {
        let mut order: Vec<usize> = (0..self.symbols.len()).collect();
        order.sort_by(|one, two| {
            let key = |at: &usize| (self.symbols[*at].framework, self.symbols[*at].name.as_str());
            key(one).cmp(&key(two))
        });
        let (mut relations, mut measures, mut parameters) = (0, 0, 0);
        for at in order {
            let symbol = &mut self.symbols[at];
            let next = |counter: &mut u32| {
                *counter += 1;
                *counter - 1
            };
            symbol.referent = match symbol.sort {
                Sort::Predicate | Sort::Criterion | Sort::Sketch => {
                    Referent::Relation(RelationId(next(&mut relations)))
                }
                Sort::Measure | Sort::DefinedMeasure | Sort::Classification => {
                    Referent::Measure(MeasureId(next(&mut measures)))
                }
                Sort::Parameter => Referent::Parameter(ParameterId(next(&mut parameters))),
            };
        }
        (self.relation_count, self.measure_count) = (relations as usize, measures as usize);
    }

    /// The symbol of exactly this framework.
    pub(super) fn at(&self, framework: Option<FrameworkId>, name: &str) -> Option<usize> {
        let found = self.by_name.get(name)?;
        found.iter().copied().find(|symbol| self.symbols[*symbol].framework == framework)
    }

    /// Whether a rule about this name adds evidence to a declared predicate.
    pub(super) fn is_bridge(&self, name: &str) -> bool {
        self.at(None, name).is_some_and(|symbol| self.symbols[symbol].sort == Sort::Predicate)
    }

    /// The symbol that a rule's head defines.
    pub(super) fn of_head(&self, framework: Option<FrameworkId>, name: &str) -> Option<usize> {
        if self.is_bridge(name) { self.at(None, name) } else { self.at(framework, name) }
    }

    /// Looks a name up as seen from a framework: its own first, then what all share, then the only framework that has it.
    pub(super) fn look_up(&self, name: &QualifiedName, from: Option<FrameworkId>) -> Lookup {
        if let Some(framework) = &name.framework {
            let Some(framework) = self.framework(&framework.text) else { return Lookup::NoFramework };
            return self.at(Some(framework), &name.name.text).map_or(Lookup::Unknown, Lookup::Found);
        }
        let Some(found) = self.by_name.get(&name.name.text) else { return Lookup::Unknown };
        let at = |framework| found.iter().copied().find(|symbol| self.symbols[*symbol].framework == framework);
        if let Some(symbol) = at(from).or_else(|| at(None)) {
            return Lookup::Found(symbol);
        }
        match found.as_slice() {
            [only] => Lookup::Found(*only),
            _ => {
                let mut candidates: SmallVec<[usize; 2]> = found.iter().copied().collect();
                candidates.sort_by_key(|symbol| self.symbols[*symbol].framework);
                Lookup::Ambiguous(candidates)
            }
        }
    }

    pub(super) fn framework(&self, name: &str) -> Option<FrameworkId> {
        self.frameworks
            .binary_search_by(|framework| framework.name.as_str().cmp(name))
            .ok()
            .map(|index| FrameworkId(index as u32))
    }

    /// `framework.name`, or the name alone.
    pub(super) fn qualified(&self, symbol: usize) -> String {
        let symbol = &self.symbols[symbol];
        match symbol.framework {
            Some(framework) => format!("{}.{}", self.frameworks[framework.index()].name, symbol.name),
            None => symbol.name.clone(),
        }
    }

    /// The nearest name among those of some sorts.
    pub(super) fn nearest(&self, word: &str, wanted: impl Fn(&Symbol) -> bool) -> Option<String> {
        let candidates = self.symbols.iter().filter(|symbol| wanted(symbol)).map(|symbol| symbol.name.as_str());
        nearest(word, candidates)
    }
}
