//! `for some` around the narrowest condition that holds all uses of a variable that stands only in the body.

use super::condition::{
    Argument, Binding, Condition, ConditionKind, CountComparison, Expression, ExpressionKind, MomentDate, Quantifier,
    Slot, Wording,
};
use super::conditions::{SOUGHT, condition};
use super::inference::NodeId;
use super::scope::Scope;
use crate::text::Span;

/// A variable that no positive atom binds; reported when its kind is known.
#[derive(Debug)]
pub(super) struct UnsafeDraft {
    pub(super) name: String,
    pub(super) node: NodeId,
    pub(super) span: Span,
    pub(super) place: UnsafePlace,
}

/// Where such a variable stands, with what the explicit forms are made of.
#[derive(Debug, Clone)]
pub(super) enum UnsafePlace {
    /// Under `not`: the inner condition.
    Not(String),
    /// To the right of `whenever`: both sides.
    Whenever(String, String),
    /// Under another form that is not monotone: the inner condition.
    Other(String),
    /// Only in a comparison, or in conditions that do not bind it: the condition.
    Unbound(String),
}

impl Scope<'_, '_> {
    /// Binds each variable that nothing else binds.
    pub(super) fn quantify(&mut self, mut condition: Condition) -> Option<Condition> {
        let mut sound = true;
        for slot in self.implicit.clone() {
            let mut negative = None;
            let mut unbound = None;
            condition = place(condition, slot, &mut negative, &mut unbound);
            let texts = self.resolver.texts;
            let words = |span: Span| texts.slice(span).to_owned();
            let found = match (negative, unbound) {
                (Some(Negative::Not(inner)), _) => Some(UnsafePlace::Not(words(inner))),
                (Some(Negative::Given(then, given)), _) => Some(UnsafePlace::Whenever(words(then), words(given))),
                (Some(Negative::Other(inner)), _) => Some(UnsafePlace::Other(words(inner))),
                (None, Some(around)) => Some(UnsafePlace::Unbound(words(around))),
                (None, None) => None,
            };
            if let Some(found) = found {
                sound = false;
                let variable = &self.variables[slot];
                self.resolver.unsafe_variables.push(UnsafeDraft {
                    name: variable.name.clone(),
                    node: variable.node,
                    span: variable.span,
                    place: found,
                });
            }
        }
        sound.then_some(condition)
    }
}

/// The outermost form under which all uses stand and which is not monotone.
#[derive(Debug, Clone, Copy)]
enum Negative {
    Not(Span),
    Given(Span, Span),
    Other(Span),
}

fn place(tree: Condition, slot: Slot, negative: &mut Option<Negative>, unbound: &mut Option<Span>) -> Condition {
    let Condition { kind, span, free, constants } = tree;
    let span_of_whole = span;
    let mut inside = |inner: Box<Condition>, form: Option<Negative>| {
        if negative.is_none() {
            *negative = form;
        }
        Box::new(place(*inner, slot, negative, unbound))
    };
    let kind = match kind {
        ConditionKind::Not(inner) => {
            let form = Negative::Not(inner.span);
            ConditionKind::Not(inside(inner, Some(form)))
        }
        ConditionKind::Shown(inner) => ConditionKind::Shown(inside(inner, None)),
        ConditionKind::Ever(inner) => ConditionKind::Ever(inside(inner, None)),
        ConditionKind::Always(inner) => ConditionKind::Always(inside(inner, None)),
        ConditionKind::Within(inner, window) => ConditionKind::Within(inside(inner, None), window),
        ConditionKind::Throughout(inner, window) => ConditionKind::Throughout(inside(inner, None), window),
        ConditionKind::Whenever { then, given } => match (uses(&then, slot), uses(&given, slot)) {
            (true, false) => ConditionKind::Whenever { then: inside(then, None), given },
            (false, true) => {
                let form = Negative::Given(then.span, given.span);
                ConditionKind::Whenever { then, given: inside(given, Some(form)) }
            }
            _ => {
                return wrap(
                    Condition { kind: ConditionKind::Whenever { then, given }, span, free, constants },
                    slot,
                    unbound,
                );
            }
        },
        ConditionKind::And(all, wording) => match among(all, slot, negative, unbound) {
            Among::Inside(all) => ConditionKind::And(all, wording),
            Among::Around { using, others, at } => {
                let using = if wording == Wording::Plain {
                    merged(using)
                } else {
                    Joined { parts: using, bindings: Vec::new() }
                };
                let span = using.span();
                let mut wrapped = wrap(condition(ConditionKind::And(using.parts, wording), span), slot, unbound);
                bind(&mut wrapped, using.bindings);
                return beside(wrapped, others, at, span_of_whole, |all| ConditionKind::And(all, wording));
            }
        },
        ConditionKind::Or(all, wording) => match among(all, slot, negative, unbound) {
            Among::Inside(all) => ConditionKind::Or(all, wording),
            Among::Around { using, others, at } => {
                let using = Joined { parts: using, bindings: Vec::new() };
                let span = using.span();
                let wrapped = wrap(condition(ConditionKind::Or(using.parts, wording), span), slot, unbound);
                return beside(wrapped, others, at, span_of_whole, |all| ConditionKind::Or(all, wording));
            }
        },
        ConditionKind::Counted { comparison, number, mut conditions } => {
            let users: Vec<usize> = (0..conditions.len()).filter(|index| uses(&conditions[*index], slot)).collect();
            match users.as_slice() {
                [only] => {
                    let inner = conditions.remove(*only);
                    let form = (comparison != CountComparison::AtLeast).then_some(Negative::Other(inner.span));
                    conditions.insert(*only, *inside(Box::new(inner), form));
                    ConditionKind::Counted { comparison, number, conditions }
                }
                _ => {
                    let kind = ConditionKind::Counted { comparison, number, conditions };
                    return wrap(Condition { kind, span, free, constants }, slot, unbound);
                }
            }
        }
        ConditionKind::Quantified { quantifier, mut bindings, among, body, implicit } => {
            match (among.as_deref().is_some_and(|among| uses(among, slot)), uses(&body, slot)) {
                (false, _) => {
                    let mut body = inside(body, None);
                    // Two variables around one condition need one `for some`.
                    if implicit
                        && among.is_none()
                        && let ConditionKind::Quantified { implicit: true, .. } = &body.kind
                    {
                        let Condition { kind, span, free, constants } = *body;
                        let ConditionKind::Quantified { bindings: more, body: inner, .. } = kind else {
                            return Condition { kind, span, free, constants };
                        };
                        bindings.extend(more);
                        bindings.sort_by_key(|binding| binding.slot);
                        body = inner;
                    }
                    ConditionKind::Quantified { quantifier, bindings, among, body, implicit }
                }
                (true, false) => {
                    let among = among.map(|among| {
                        let form = (quantifier == Quantifier::Every).then_some(Negative::Other(among.span));
                        inside(among, form)
                    });
                    ConditionKind::Quantified { quantifier, bindings, among, body, implicit }
                }
                (true, true) => {
                    let kind = ConditionKind::Quantified { quantifier, bindings, among, body, implicit };
                    return wrap(Condition { kind, span, free, constants }, slot, unbound);
                }
            }
        }
        ConditionKind::Comparison { mut left, operator, mut right, domain } => {
            let mut nested: Vec<&mut Condition> = Vec::new();
            let in_left = collect_nested(&mut left, slot, &mut nested);
            let in_right = collect_nested(&mut right, slot, &mut nested);
            let direct = in_left || in_right;
            nested.retain(|condition| uses(condition, slot));
            match nested.as_mut_slice() {
                [only] if !direct => {
                    let hole = condition(ConditionKind::And(Vec::new(), Wording::Plain), only.span);
                    let inner = std::mem::replace(*only, hole);
                    **only = *inside(Box::new(inner), None);
                    ConditionKind::Comparison { left, operator, right, domain }
                }
                _ => {
                    let kind = ConditionKind::Comparison { left, operator, right, domain };
                    return wrap(Condition { kind, span, free, constants }, slot, unbound);
                }
            }
        }
        leaf @ (ConditionKind::Atom(_) | ConditionKind::Moment { .. }) => {
            return wrap(Condition { kind: leaf, span, free, constants }, slot, unbound);
        }
    };
    Condition { kind, span, free, constants }
}

/// Where a variable goes among the parts of an `and` or `or`.
enum Among {
    /// Inside the only one that uses it.
    Inside(Vec<Condition>),
    /// Around those that use it, in the place of the first.
    Around { using: Vec<Condition>, others: Vec<Condition>, at: usize },
}

fn among(mut parts: Vec<Condition>, slot: Slot, negative: &mut Option<Negative>, unbound: &mut Option<Span>) -> Among {
    let users: Vec<usize> = (0..parts.len()).filter(|index| uses(&parts[*index], slot)).collect();
    match users.as_slice() {
        [] => Among::Inside(parts),
        [only] => {
            let inner = parts.remove(*only);
            parts.insert(*only, place(inner, slot, negative, unbound));
            Among::Inside(parts)
        }
        [at, ..] => {
            let (using, others) = parts.into_iter().partition(|part| uses(part, slot));
            Among::Around { using, others, at: *at }
        }
    }
}

/// The parts of an `and`, and the variables that are bound around all of them.
struct Joined {
    parts: Vec<Condition>,
    bindings: Vec<Binding>,
}

impl Joined {
    fn span(&self) -> Span {
        let spans = self.parts.iter().map(|part| part.span);
        spans.reduce(Span::to).unwrap_or(Span::new(crate::text::FileId(0), 0, 0))
    }
}

/// Puts the parts of an inner `for some` beside the others, so that variables that are used together are bound
/// together: `for some S, T: a(S) and b(S, T) and c(T)`.
fn merged(parts: Vec<Condition>) -> Joined {
    let mut joined = Joined { parts: Vec::new(), bindings: Vec::new() };
    for part in parts {
        match part.kind {
            ConditionKind::Quantified { quantifier: Quantifier::Some, bindings, among: None, body, implicit: true }
                if matches!(body.kind, ConditionKind::And(_, Wording::Plain)) =>
            {
                joined.bindings.extend(bindings);
                if let ConditionKind::And(inner, _) = body.kind {
                    joined.parts.extend(inner);
                }
            }
            kind => joined.parts.push(Condition { kind, ..part }),
        }
    }
    joined.parts.sort_by_key(|part| (part.span.start, part.span.end));
    joined
}

/// Adds variables to a `for some`.
fn bind(quantified: &mut Condition, more: Vec<Binding>) {
    if let ConditionKind::Quantified { bindings, .. } = &mut quantified.kind {
        bindings.extend(more);
        bindings.sort_by_key(|binding| binding.slot);
    }
}

fn beside(
    wrapped: Condition,
    mut others: Vec<Condition>,
    at: usize,
    span: Span,
    join: impl FnOnce(Vec<Condition>) -> ConditionKind,
) -> Condition {
    if others.is_empty() {
        return wrapped;
    }
    others.insert(at, wrapped);
    condition(join(others), span)
}

fn wrap(tree: Condition, slot: Slot, unbound: &mut Option<Span>) -> Condition {
    if !binds(&tree, slot) {
        *unbound = Some(tree.span);
    }
    let span = tree.span;
    condition(
        ConditionKind::Quantified {
            quantifier: Quantifier::Some,
            bindings: vec![Binding { slot, kind: SOUGHT }],
            among: None,
            body: Box::new(tree),
            implicit: true,
        },
        span,
    )
}

/// Whether a positive atom in it has the variable.
fn binds(tree: &Condition, slot: Slot) -> bool {
    match &tree.kind {
        ConditionKind::Atom(atom) => atom.arguments.contains(&Argument::Variable(slot)),
        ConditionKind::And(all, _)
        | ConditionKind::Or(all, _)
        | ConditionKind::Counted { comparison: CountComparison::AtLeast, conditions: all, .. } => {
            all.iter().any(|part| binds(part, slot))
        }
        ConditionKind::Whenever { then, .. } => binds(then, slot),
        ConditionKind::Shown(inner)
        | ConditionKind::Ever(inner)
        | ConditionKind::Always(inner)
        | ConditionKind::Within(inner, _)
        | ConditionKind::Throughout(inner, _) => binds(inner, slot),
        ConditionKind::Quantified { quantifier, among, body, .. } => {
            binds(body, slot)
                || (*quantifier == Quantifier::Some && among.as_deref().is_some_and(|among| binds(among, slot)))
        }
        ConditionKind::Not(_)
        | ConditionKind::Counted { .. }
        | ConditionKind::Comparison { .. }
        | ConditionKind::Moment { .. } => false,
    }
}

/// Whether a condition names a variable.
pub(super) fn uses(tree: &Condition, slot: Slot) -> bool {
    match &tree.kind {
        ConditionKind::Atom(atom) => atom.arguments.contains(&Argument::Variable(slot)),
        ConditionKind::And(all, _) | ConditionKind::Or(all, _) | ConditionKind::Counted { conditions: all, .. } => {
            all.iter().any(|part| uses(part, slot))
        }
        ConditionKind::Whenever { then, given } => uses(then, slot) || uses(given, slot),
        ConditionKind::Not(inner)
        | ConditionKind::Shown(inner)
        | ConditionKind::Ever(inner)
        | ConditionKind::Always(inner)
        | ConditionKind::Within(inner, _)
        | ConditionKind::Throughout(inner, _) => uses(inner, slot),
        ConditionKind::Quantified { among, body, .. } => {
            among.as_deref().is_some_and(|among| uses(among, slot)) || uses(body, slot)
        }
        ConditionKind::Comparison { left, right, .. } => expression_uses(left, slot) || expression_uses(right, slot),
        ConditionKind::Moment { date, .. } => *date == MomentDate::Argument(Argument::Variable(slot)),
    }
}

fn expression_uses(expression: &Expression, slot: Slot) -> bool {
    let variable = Argument::Variable(slot);
    match &expression.kind {
        ExpressionKind::Number(_) | ExpressionKind::Parameter(_) => false,
        ExpressionKind::Argument(argument) => *argument == variable,
        ExpressionKind::Measure(_, arguments) => arguments.contains(&variable),
        ExpressionKind::Indicator(atom) => atom.arguments.contains(&variable),
        ExpressionKind::Negation(inner) => expression_uses(inner, slot),
        ExpressionKind::Arithmetic { left, right, .. } => expression_uses(left, slot) || expression_uses(right, slot),
        ExpressionKind::Count { among, .. } => among.as_deref().is_some_and(|among| uses(among, slot)),
        ExpressionKind::Aggregate { value, among, .. } => {
            expression_uses(value, slot) || among.as_deref().is_some_and(|among| uses(among, slot))
        }
    }
}

/// Collects the conditions inside an expression; says whether it uses the variable outside of them.
fn collect_nested<'c>(expression: &'c mut Expression, slot: Slot, nested: &mut Vec<&'c mut Condition>) -> bool {
    let variable = Argument::Variable(slot);
    match &mut expression.kind {
        ExpressionKind::Number(_) | ExpressionKind::Parameter(_) => false,
        ExpressionKind::Argument(argument) => *argument == variable,
        ExpressionKind::Measure(_, arguments) => arguments.contains(&variable),
        ExpressionKind::Indicator(atom) => atom.arguments.contains(&variable),
        ExpressionKind::Negation(inner) => collect_nested(inner, slot, nested),
        ExpressionKind::Arithmetic { left, right, .. } => {
            let left = collect_nested(left, slot, nested);
            collect_nested(right, slot, nested) || left
        }
        ExpressionKind::Count { among, .. } => {
            nested.extend(among.as_deref_mut());
            false
        }
        ExpressionKind::Aggregate { value, among, .. } => {
            // The value is taken for each combination that the condition lets in: one place, not two.
            let in_value = expression_uses(value, slot);
            if in_value {
                return true;
            }
            nested.extend(among.as_deref_mut());
            false
        }
    }
}
