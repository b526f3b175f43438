//! Arithmetic and comparisons: from the tree to numbers, levels, dates and individuals.

use super::condition::{Argument, Atom, ComparisonDomain, Condition, ConditionKind, Expression, ExpressionKind};
use super::conditions::{Given, condition};
use super::error::{ExpressionError, NameError};
use super::inference::NodeId;
use super::names::{Referent, Sort};
use super::program::{KindId, Program, Target};
use super::scope::{Constant, Expectation, Scope};
use crate::syntax::tree::{self, AggregateFunction, ComparisonOperator, QualifiedName};
use crate::text::Span;

/// What an expression gives, as far as it can be told before kinds are known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Gives {
    /// Numbers.
    Number,
    /// Members of an ordered kind.
    Level(KindId),
    /// What the other side of the comparison is.
    Sought,
}

impl Scope<'_, '_> {
    pub(super) fn comparison(
        &mut self,
        left: &tree::Expression,
        operator: ComparisonOperator,
        right: &tree::Expression,
        span: Span,
    ) -> Option<Condition> {
        let node = self.resolver.inference.node();
        // A level may be called like something else; the other side decides.
        let (left_levels, right_levels) = (self.levels_of(left), self.levels_of(right));
        let numbers = [left, right].map(|side| match side.kind {
            tree::ExpressionKind::Number(number) => Some((number, side.span)),
            _ => None,
        });
        let one = self.side(left, node, right_levels);
        let two = self.side(right, node, left_levels);
        let (left, right) = (one?, two?);
        let at = self.resolver.comparisons.len() as u32;
        let number = numbers.into_iter().flatten().next();
        self.resolver.comparisons.push(super::types::ComparisonDraft {
            node,
            operator,
            span,
            sides: [left.span, right.span],
            muted: false,
            number,
        });
        // Until kinds are known the domain counts the comparisons.
        let domain = ComparisonDomain::Level(KindId(at));
        Some(condition(ConditionKind::Comparison { left, operator, right, domain }, span))
    }

    /// The ordered kind of a measure's values, where an expression is one.
    fn levels_of(&mut self, expression: &tree::Expression) -> Option<KindId> {
        let name = match &expression.kind {
            tree::ExpressionKind::Bare(name) => name,
            tree::ExpressionKind::Atom(atom) => &atom.name,
            tree::ExpressionKind::Aggregate {
                function: AggregateFunction::Minimum | AggregateFunction::Maximum,
                value,
                ..
            } => return self.levels_of(value),
            _ => return None,
        };
        let super::names::Lookup::Found(symbol) = self.resolver.names.look_up(name, self.framework) else {
            return None;
        };
        match self.resolver.names.symbols[symbol].referent {
            Referent::Measure(id) => self.resolver.measures[id.index()].levels,
            Referent::Parameter(id) => self.resolver.parameters[id.index()].levels,
            Referent::Relation(_) => None,
        }
    }

    /// One side of a comparison, whose kind is noted at its node.
    fn side(&mut self, tree: &tree::Expression, node: NodeId, other_levels: Option<KindId>) -> Option<Expression> {
        let constant = match &tree.kind {
            tree::ExpressionKind::Bare(name) if name.framework.is_none() => {
                let is_level =
                    other_levels.is_some_and(|kind| self.resolver.individuals.find(kind, &name.name.text).is_some());
                let is_name =
                    matches!(self.resolver.names.look_up(name, self.framework), super::names::Lookup::Unknown);
                (is_level || is_name).then(|| {
                    if name.name.quoted {
                        Constant::Quoted(name.name.text.clone())
                    } else {
                        Constant::Name(name.name.text.clone())
                    }
                })
            }
            tree::ExpressionKind::Quoted(text) => Some(Constant::Quoted(text.clone())),
            tree::ExpressionKind::Date(date) => Some(Constant::Date(*date)),
            tree::ExpressionKind::Number(number) => Some(Constant::Number(*number)),
            _ => None,
        };
        if let Some(constant) = constant {
            let expectation = match &constant {
                Constant::Number(_) => {
                    self.resolver.number_nodes.push(node);
                    Expectation::DateOrNumber(node)
                }
                _ => {
                    self.resolver.constrain_constant(&constant, tree.span, node);
                    Expectation::Node(node)
                }
            };
            let argument = self.constant(constant, tree.span, expectation);
            return Some(Expression { kind: ExpressionKind::Argument(argument), span: tree.span });
        }
        let (expression, gives) = self.expression(tree)?;
        let kind = match gives {
            Gives::Number => Some(Program::NUMBER),
            Gives::Level(kind) => Some(self.resolver.kinds.root(kind)),
            Gives::Sought => None,
        };
        let result = match (&expression.kind, kind) {
            (_, Some(kind)) => self.resolver.inference.assign(node, kind, tree.span),
            (ExpressionKind::Argument(Argument::Variable(slot)), None) => {
                let variable = self.variables[*slot].node;
                self.resolver.inference.join(node, variable)
            }
            _ => Ok(()),
        };
        if let Err(conflict) = result {
            self.poisoned = true;
            let kinds = &self.resolver.kinds;
            self.resolver.report.add(ExpressionError::Incomparable {
                one: kinds.name(conflict.has.0).to_owned(),
                first: conflict.has.1,
                two: kinds.name(conflict.wanted.0).to_owned(),
                span: tree.span,
            });
        }
        Some(expression)
    }

    /// An expression and what it gives.
    fn expression(&mut self, tree: &tree::Expression) -> Option<(Expression, Gives)> {
        let (kind, gives) = match &tree.kind {
            tree::ExpressionKind::Number(number) => (ExpressionKind::Number(*number), Gives::Number),
            tree::ExpressionKind::Variable(name) => {
                let slot = self.variable(name, tree.span);
                (ExpressionKind::Argument(Argument::Variable(slot)), Gives::Sought)
            }
            tree::ExpressionKind::Bare(name) => self.named(name, Given::Nothing, tree.span)?,
            tree::ExpressionKind::Atom(atom) => self.named(&atom.name, Given::Terms(&atom.arguments), tree.span)?,
            tree::ExpressionKind::Quoted(_) | tree::ExpressionKind::Date(_) => {
                self.resolver.report.add(ExpressionError::NotANumber {
                    what: self.resolver.texts.slice(tree.span).to_owned(),
                    noun: if matches!(tree.kind, tree::ExpressionKind::Date(_)) { "date" } else { "text" }.to_owned(),
                    span: tree.span,
                });
                return None;
            }
            tree::ExpressionKind::Negation(inner) => {
                (ExpressionKind::Negation(Box::new(self.number(inner)?)), Gives::Number)
            }
            tree::ExpressionKind::Arithmetic { left, operator, right } => {
                let (one, two) = (self.number(left), self.number(right));
                let (left, right) = (Box::new(one?), Box::new(two?));
                (ExpressionKind::Arithmetic { left, operator: *operator, right }, Gives::Number)
            }
            tree::ExpressionKind::Count { bindings, among } => {
                let (bound, among) = self.bound(bindings, |scope| among.as_deref().map(|among| scope.condition(among)));
                let among = match among {
                    None => None,
                    Some(among) => Some(Box::new(among?)),
                };
                (ExpressionKind::Count { bindings: bound?, among }, Gives::Number)
            }
            tree::ExpressionKind::Aggregate { function, value, bindings, among } => {
                let (bound, (value, among)) = self.bound(bindings, |scope| {
                    let value = scope.aggregated(*function, value);
                    (value, among.as_deref().map(|among| scope.condition(among)))
                });
                let among = match among {
                    None => None,
                    Some(among) => Some(Box::new(among?)),
                };
                let (value, gives) = value?;
                let kind =
                    ExpressionKind::Aggregate { function: *function, value: Box::new(value), bindings: bound?, among };
                (kind, gives)
            }
        };
        Some((Expression { kind, span: tree.span }, gives))
    }

    /// What is summed up: numbers, or levels for the smallest and the largest.
    fn aggregated(&mut self, function: AggregateFunction, tree: &tree::Expression) -> Option<(Expression, Gives)> {
        if matches!(function, AggregateFunction::Minimum | AggregateFunction::Maximum) && self.levels_of(tree).is_some()
        {
            return self.expression(tree);
        }
        Some((self.number(tree)?, Gives::Number))
    }

    /// An expression that must give numbers.
    pub(super) fn number(&mut self, tree: &tree::Expression) -> Option<Expression> {
        let (expression, gives) = self.expression(tree)?;
        match (gives, &expression.kind) {
            (Gives::Number, _) => Some(expression),
            (Gives::Sought, ExpressionKind::Argument(Argument::Variable(slot))) => {
                let node = self.variables[*slot].node;
                if let Err(conflict) = self.resolver.inference.assign(node, Program::NUMBER, tree.span) {
                    self.resolver.report.add(ExpressionError::NotANumber {
                        what: self.variables[*slot].name.clone(),
                        noun: format!("`{}`", self.resolver.kinds.name(conflict.has.0)),
                        span: tree.span,
                    });
                    return None;
                }
                Some(expression)
            }
            _ => {
                self.resolver.report.add(ExpressionError::NotANumber {
                    what: self.resolver.texts.slice(tree.span).to_owned(),
                    noun: "level of an ordered kind".to_owned(),
                    span: tree.span,
                });
                None
            }
        }
    }

    /// A parameter, measure, classification, criterion or predicate.
    fn named(&mut self, name: &QualifiedName, given: Given<'_>, span: Span) -> Option<(ExpressionKind, Gives)> {
        let Some((_, symbol)) = self.look_up(name).ok()? else {
            let near = self.resolver.names.nearest(&name.name.text, |_| true);
            self.resolver.report.add(NameError::UnknownMeasure {
                name: name.name.text.clone(),
                has_arguments: matches!(given, Given::Terms(_)),
                near,
                span: name.span,
            });
            return None;
        };
        match symbol.referent {
            Referent::Parameter(id) => {
                if matches!(given, Given::Terms(_)) {
                    self.resolver.report.add(NameError::ParameterWithArguments {
                        name: name.name.text.clone(),
                        span,
                        declared: symbol.span,
                    });
                    return None;
                }
                if self.resolver.unusable_parameters.contains(&name.name.text) {
                    return None;
                }
                let gives = self.resolver.parameters[id.index()].levels.map_or(Gives::Number, Gives::Level);
                Some((ExpressionKind::Parameter(id), gives))
            }
            Referent::Measure(id) => {
                let arguments = self.arguments(Target::Measure(id), name, given, false, span, None)?;
                let gives = self.resolver.measures[id.index()].levels.map_or(Gives::Number, Gives::Level);
                Some((ExpressionKind::Measure(id, arguments), gives))
            }
            Referent::Relation(relation) => {
                debug_assert!(symbol.sort != Sort::Measure);
                let arguments = self.arguments(Target::Relation(relation), name, given, false, span, None)?;
                Some((ExpressionKind::Indicator(Atom { relation, arguments, span }), Gives::Number))
            }
        }
    }
}
