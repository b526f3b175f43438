//! Which names are used without being declared or defined: predicates of a first sketch.

use super::error::NameError;
use super::items::{self, SortedFile};
use super::names::{Lookup, Names, Sort};
use super::near;
use super::program::FrameworkId;
use super::report::Report;
use crate::syntax::tree::{
    Condition, ConditionKind, Expression, ExpressionKind, Fact, FactTemplate, Head, ItemKind, QualifiedName,
};
use crate::text::Span;
use rustc_hash::FxHashMap;

/// What the uses of an undeclared predicate say of it.
#[derive(Debug)]
pub(super) struct Sketch {
    /// Where it is first used.
    pub(super) span: Span,
    /// How many arguments it takes, and what says so: first a use with arguments.
    pub(super) arity: usize,
    pub(super) arity_span: Span,
    explicit: bool,
    conditions: usize,
    facts: usize,
}

/// The predicates that are only used, by name.
pub(super) type Sketches = FxHashMap<String, Sketch>;

struct Finder<'n> {
    names: &'n Names,
    sketches: Sketches,
}

/// Finds them and adds them to the names.
pub(super) fn find_sketches(files: &[SortedFile<'_>], names: &mut Names) -> Sketches {
    let mut finder = Finder { names, sketches: Sketches::default() };
    // What is inherited uses nothing that the original does not use.
    for located in items::each(files).filter(|located| !located.is_inherited) {
        let from = located.framework;
        match &located.item.kind {
            ItemKind::Rule(rule) => {
                finder.head(&rule.head, from);
                finder.condition(&rule.body, Some(&rule.head), from);
                for permitted in &rule.permits {
                    finder.condition(permitted, Some(&rule.head), from);
                }
            }
            ItemKind::Classification(classification) => {
                finder.head(&classification.head, from);
                for case in &classification.cases {
                    finder.condition(&case.condition, Some(&classification.head), from);
                }
            }
            ItemKind::DefinedMeasure(measure) => {
                finder.head(&measure.head, from);
                finder.expression(&measure.value, Some(&measure.head), from);
            }
            ItemKind::Fact(fact) => finder.fact(fact, from),
            ItemKind::Import(import) => import.templates.iter().for_each(|template| finder.template(template, from)),
            _ => {}
        }
    }
    let sketches = finder.sketches;
    for (name, sketch) in &sketches {
        names.add(None, name, Sort::Sketch, sketch.span);
    }
    sketches
}

impl Finder<'_> {
    fn head(&mut self, head: &Head, from: Option<FrameworkId>) {
        if let Some(condition) = &head.applies_where {
            self.condition(condition, Some(head), from);
        }
    }

    fn fact(&mut self, fact: &Fact, from: Option<FrameworkId>) {
        // A value belongs to a measure, and measures are declared.
        if fact.value.is_none() {
            self.recorded(&fact.name, fact.arguments.len(), from, fact.atom_span);
        }
    }

    /// What the rows of a table say counts as one fact.
    fn template(&mut self, template: &FactTemplate, from: Option<FrameworkId>) {
        if template.value.is_none() {
            self.recorded(&template.name, template.arguments.len(), from, template.atom_span);
        }
    }

    fn recorded(&mut self, name: &QualifiedName, arguments: usize, from: Option<FrameworkId>, span: Span) {
        if let Some(sketch) = self.used(name, Some(arguments), None, from, span) {
            sketch.facts += 1;
        }
    }

    fn condition(&mut self, condition: &Condition, head: Option<&Head>, from: Option<FrameworkId>) {
        match &condition.kind {
            ConditionKind::Bare(name) => {
                if let Some(sketch) = self.used(name, None, head, from, condition.span) {
                    sketch.conditions += 1;
                }
            }
            ConditionKind::Atom(atom) => {
                if let Some(sketch) = self.used(&atom.name, Some(atom.arguments.len()), None, from, atom.span) {
                    sketch.conditions += 1;
                }
            }
            ConditionKind::Mutually(inner)
            | ConditionKind::EitherWay(inner)
            | ConditionKind::Not(inner)
            | ConditionKind::Shown(inner)
            | ConditionKind::Ever(inner)
            | ConditionKind::Always(inner)
            | ConditionKind::Window { condition: inner, .. } => self.condition(inner, head, from),
            ConditionKind::And(all) | ConditionKind::Or(all) | ConditionKind::Counted { conditions: all, .. } => {
                for inner in all {
                    self.condition(inner, head, from);
                }
            }
            ConditionKind::Whenever { then, given } => {
                self.condition(then, head, from);
                self.condition(given, head, from);
            }
            ConditionKind::Quantified { among, body, .. } => {
                if let Some(among) = among {
                    self.condition(among, head, from);
                }
                self.condition(body, head, from);
            }
            ConditionKind::Comparison { left, right, .. } => {
                self.expression(left, head, from);
                self.expression(right, head, from);
            }
            ConditionKind::Moment { .. } => {}
        }
    }

    fn expression(&mut self, expression: &Expression, head: Option<&Head>, from: Option<FrameworkId>) {
        match &expression.kind {
            ExpressionKind::Negation(inner) => self.expression(inner, head, from),
            ExpressionKind::Arithmetic { left, right, .. } => {
                self.expression(left, head, from);
                self.expression(right, head, from);
            }
            ExpressionKind::Count { among: Some(among), .. } => self.condition(among, head, from),
            ExpressionKind::Aggregate { value, among, .. } => {
                self.expression(value, head, from);
                if let Some(among) = among {
                    self.condition(among, head, from);
                }
            }
            _ => {}
        }
    }

    /// Notes a use of a name that nothing defines.
    fn used(
        &mut self,
        name: &QualifiedName,
        arguments: Option<usize>,
        head: Option<&Head>,
        from: Option<FrameworkId>,
        span: Span,
    ) -> Option<&mut Sketch> {
        if name.framework.is_some() || !matches!(self.names.look_up(name, from), Lookup::Unknown) {
            return None;
        }
        let arity = arguments.or_else(|| head.map(|head| head.arguments.len()))?;
        let explicit = arguments.is_some();
        if !self.sketches.contains_key(&name.name.text) {
            let sketch = Sketch { span: name.name.span, arity, arity_span: span, explicit, conditions: 0, facts: 0 };
            self.sketches.insert(name.name.text.clone(), sketch);
        }
        let sketch = self.sketches.get_mut(&name.name.text)?;
        if explicit && !sketch.explicit {
            (sketch.arity, sketch.arity_span, sketch.explicit) = (arity, span, true);
        }
        Some(sketch)
    }
}

/// Doubts names that are near others; without sketches, refuses them all.
pub(super) fn check_sketches(sketches: &Sketches, names: &Names, strict: bool, report: &mut Report) {
    for (name, sketch) in sketches {
        // A name that has facts and is also asked for is meant.
        let is_meant = sketch.conditions > 0 && sketch.facts > 0;
        let others = names
            .symbols
            .iter()
            .filter(|other| other.sort != Sort::Parameter && other.name != *name)
            // Of two sketches that are near each other the one with fewer uses is doubted.
            .filter(|other| {
                sketches.get(&other.name).is_none_or(|known| {
                    (known.conditions + known.facts, name) > (sketch.conditions + sketch.facts, &other.name)
                })
            });
        let near = near::slip_among(name, others.map(|other| other.name.as_str())).map(str::to_owned);
        let uses = sketch.conditions + sketch.facts;
        if strict {
            report.add(NameError::UndeclaredPredicate {
                name: name.clone(),
                span: sketch.span,
                near,
                arity: sketch.arity,
                uses,
            });
        } else if let Some(near) = near
            && !is_meant
        {
            let known = names.symbols.iter().find(|symbol| symbol.name == near).map(|symbol| symbol.span);
            report.add(NameError::NearPredicate { name: name.clone(), span: sketch.span, near, known });
        }
    }
}
