//! Which relations depend on one another in a circle, and which circles have no meaning.

use super::condition::{Condition, ConditionKind, CountComparison, Expression, ExpressionKind, Quantifier};
use super::error::{RecursionError, Step};
use super::program::{MeasureDefinition, Program, RelationId, Target};
use super::report::Report;
use crate::text::Span;
use std::collections::VecDeque;

/// How a relation depends on another in one place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sign {
    /// More of the one gives more of the other.
    Monotone,
    /// Through a time form.
    Time(&'static str),
    /// Through something that is not monotone.
    Not(&'static str),
}

#[derive(Debug, Clone, Copy)]
struct Edge {
    to: usize,
    sign: Sign,
    span: Span,
}

struct Graph<'p> {
    program: &'p Program,
    edges: Vec<Vec<Edge>>,
}

/// Finds the circles, notes those that have a meaning in the program, and reports the others.
pub(super) fn check(program: &mut Program, report: &mut Report) {
    let graph = Graph::new(program);
    let components = graph.components();
    let mut recursive: Vec<Vec<RelationId>> = Vec::new();
    for component in &components {
        let is_circle = match component.as_slice() {
            [only] => graph.edges[*only].iter().any(|edge| edge.to == *only),
            _ => true,
        };
        if !is_circle {
            continue;
        }
        if let Some(mistake) = graph.mistake(component, report) {
            report.add(mistake);
            continue;
        }
        let relations: Vec<RelationId> = component.iter().map(|node| RelationId(*node as u32)).collect();
        recursive.push(relations);
    }
    for component in &mut recursive {
        component.sort_unstable();
    }
    recursive.sort_unstable();
    for (index, component) in recursive.iter().enumerate() {
        for relation in component {
            program.relations[relation.index()].component = Some(index);
        }
    }
    program.recursive_components = recursive;
}

impl<'p> Graph<'p> {
    fn new(program: &'p Program) -> Self {
        let count = program.relations.len() + program.measures.len();
        let mut graph = Graph { program, edges: vec![Vec::new(); count] };
        for rule in &program.rules {
            let from = rule.relation.index();
            graph.condition(from, &rule.body, Sign::Monotone);
            if let Some(applies_where) = &rule.applies_where {
                graph.condition(from, applies_where, Sign::Monotone);
            }
        }
        for (index, measure) in program.measures.iter().enumerate() {
            let from = program.relations.len() + index;
            match &measure.definition {
                MeasureDefinition::Recorded => {}
                MeasureDefinition::Defined { applies_where, value, .. } => {
                    graph.expression(from, value);
                    if let Some(applies_where) = applies_where {
                        graph.condition(from, applies_where, Sign::Not("a score"));
                    }
                }
                MeasureDefinition::Classification { applies_where, cases, .. } => {
                    for (_, condition) in cases {
                        graph.condition(from, condition, Sign::Not("`classify`"));
                    }
                    if let Some(applies_where) = applies_where {
                        graph.condition(from, applies_where, Sign::Not("`classify`"));
                    }
                }
            }
        }
        graph
    }

    fn node(&self, target: Target) -> usize {
        match target {
            Target::Relation(id) => id.index(),
            Target::Measure(id) => self.program.relations.len() + id.index(),
        }
    }

    fn name(&self, node: usize) -> String {
        let relations = self.program.relations.len();
        self.program.qualified_name(if node < relations {
            Target::Relation(RelationId(node as u32))
        } else {
            Target::Measure(super::program::MeasureId((node - relations) as u32))
        })
    }

    fn add(&mut self, from: usize, target: Target, sign: Sign, span: Span) {
        let to = self.node(target);
        self.edges[from].push(Edge { to, sign, span });
    }

    fn condition(&mut self, from: usize, condition: &Condition, sign: Sign) {
        let not = |word: &'static str| match sign {
            Sign::Not(_) => sign,
            _ => Sign::Not(word),
        };
        let time = |word: &'static str| match sign {
            Sign::Monotone => Sign::Time(word),
            _ => sign,
        };
        match &condition.kind {
            ConditionKind::Atom(atom) => self.add(from, Target::Relation(atom.relation), sign, atom.span),
            ConditionKind::Not(inner) => self.condition(from, inner, not("`not`")),
            ConditionKind::And(all, _) | ConditionKind::Or(all, _) => {
                for inner in all {
                    self.condition(from, inner, sign);
                }
            }
            ConditionKind::Whenever { then, given } => {
                self.condition(from, then, sign);
                self.condition(from, given, not("the right of `whenever`"));
            }
            ConditionKind::Shown(inner) => self.condition(from, inner, not("`shown`")),
            ConditionKind::Ever(inner) => self.condition(from, inner, time("`ever`")),
            ConditionKind::Always(inner) => self.condition(from, inner, time("`always`")),
            ConditionKind::Within(inner, _) => self.condition(from, inner, time("`within`")),
            ConditionKind::Throughout(inner, _) => self.condition(from, inner, time("`throughout`")),
            ConditionKind::Counted { comparison, conditions, .. } => {
                let sign = match comparison {
                    CountComparison::AtLeast => sign,
                    CountComparison::AtMost => not("`at most`"),
                    CountComparison::Exactly => not("`exactly`"),
                };
                for inner in conditions {
                    self.condition(from, inner, sign);
                }
            }
            ConditionKind::Quantified { quantifier, among, body, .. } => {
                if let Some(among) = among {
                    let sign = match quantifier {
                        Quantifier::Every => not("the `where` of `for every`"),
                        Quantifier::Some => sign,
                    };
                    self.condition(from, among, sign);
                }
                self.condition(from, body, sign);
            }
            ConditionKind::Comparison { left, right, .. } => {
                self.expression(from, left);
                self.expression(from, right);
            }
            ConditionKind::Moment { .. } => {}
        }
    }

    fn expression(&mut self, from: usize, expression: &Expression) {
        match &expression.kind {
            ExpressionKind::Number(_) | ExpressionKind::Parameter(_) | ExpressionKind::Argument(_) => {}
            ExpressionKind::Measure(id, _) => {
                let word = match self.program.measure(*id).definition {
                    MeasureDefinition::Classification { .. } => "a classification",
                    _ => "a measure",
                };
                self.add(from, Target::Measure(*id), Sign::Not(word), expression.span);
            }
            ExpressionKind::Indicator(atom) => {
                self.add(from, Target::Relation(atom.relation), Sign::Not("a score"), atom.span);
            }
            ExpressionKind::Negation(inner) => self.expression(from, inner),
            ExpressionKind::Arithmetic { left, right, .. } => {
                self.expression(from, left);
                self.expression(from, right);
            }
            ExpressionKind::Count { among, .. } => {
                if let Some(among) = among {
                    self.condition(from, among, Sign::Not("a count"));
                }
            }
            ExpressionKind::Aggregate { value, among, .. } => {
                self.expression(from, value);
                if let Some(among) = among {
                    self.condition(from, among, Sign::Not("an aggregate"));
                }
            }
        }
    }

    /// The circles, by Tarjan's algorithm without recursion.
    fn components(&self) -> Vec<Vec<usize>> {
        const NEW: usize = usize::MAX;
        let count = self.edges.len();
        let (mut number, mut low, mut on_stack) = (vec![NEW; count], vec![0; count], vec![false; count]);
        let (mut stack, mut components, mut next) = (Vec::new(), Vec::new(), 0);
        for start in 0..count {
            if number[start] != NEW {
                continue;
            }
            let mut calls: Vec<(usize, usize)> = vec![(start, 0)];
            while let Some((node, edge)) = calls.pop() {
                if edge == 0 {
                    (number[node], low[node], on_stack[node]) = (next, next, true);
                    next += 1;
                    stack.push(node);
                }
                if let Some(to) = self.edges[node].get(edge).map(|edge| edge.to) {
                    calls.push((node, edge + 1));
                    if number[to] == NEW {
                        calls.push((to, 0));
                    } else if on_stack[to] {
                        low[node] = low[node].min(number[to]);
                    }
                    continue;
                }
                if let Some((above, _)) = calls.last() {
                    low[*above] = low[*above].min(low[node]);
                }
                if low[node] == number[node] {
                    let mut component = Vec::new();
                    while let Some(member) = stack.pop() {
                        on_stack[member] = false;
                        component.push(member);
                        if member == node {
                            break;
                        }
                    }
                    component.sort_unstable();
                    components.push(component);
                }
            }
        }
        components
    }

    /// What is wrong with a circle, shown from the first place that is not monotone.
    fn mistake(&self, component: &[usize], report: &Report) -> Option<RecursionError> {
        let inside = |node: usize| component.binary_search(&node).is_ok();
        let worst = |wanted: fn(Sign) -> bool| {
            component
                .iter()
                .flat_map(|node| self.edges[*node].iter().map(move |edge| (*node, edge)))
                .filter(|(_, edge)| inside(edge.to) && wanted(edge.sign))
                .min_by_key(|(_, edge)| report.places().key(edge.span))
        };
        if let Some((from, edge)) = worst(|sign| matches!(sign, Sign::Not(_))) {
            return Some(RecursionError::Negation { steps: self.steps(from, *edge, component) });
        }
        let (from, edge) = worst(|sign| matches!(sign, Sign::Time(_)))?;
        Some(RecursionError::Time { steps: self.steps(from, *edge, component) })
    }

    /// A step, and the shortest way back from where it leads.
    fn steps(&self, from: usize, edge: Edge, component: &[usize]) -> Vec<Step> {
        let mut came: Vec<Option<(usize, Edge)>> = vec![None; self.edges.len()];
        let mut waiting = VecDeque::from([edge.to]);
        while let Some(node) = waiting.pop_front() {
            if node == from {
                break;
            }
            for next in &self.edges[node] {
                let is_new = next.to != edge.to && came[next.to].is_none();
                if is_new && component.binary_search(&next.to).is_ok() {
                    came[next.to] = Some((node, *next));
                    waiting.push_back(next.to);
                }
            }
        }
        let mut back = Vec::new();
        let mut at = from;
        while at != edge.to {
            let Some((before, step)) = came[at] else { break };
            back.push((before, step));
            at = before;
        }
        back.push((from, edge));
        back.reverse();
        back.into_iter()
            .map(|(from, edge)| Step {
                from: self.name(from),
                to: self.name(edge.to),
                span: edge.span,
                through: match edge.sign {
                    Sign::Monotone => None,
                    Sign::Time(word) | Sign::Not(word) => Some(word),
                },
            })
            .collect()
    }
}
