//! Relations whose answers are the same both ways whatever the evidence, because their rules say the same both ways.
//!
//! All criteria and defined measures are taken to be so at first. One whose rules do not come out as they were when its first two
//! individuals change places is taken out, and again all that rest on it, until nothing changes: what is left is closed under the exchange,
//! and so are its answers, in circles of rules too; a criterion of chains is the same both ways where its links are. Nothing is found out about the others: they may still have the same answers.

use super::Program;
use super::chain::{self, Chain};
use super::condition::{
    Argument, ArithmeticOperator, Atom, Binding, ComparisonOperator, Condition, ConditionKind, Expression,
    ExpressionKind, MomentDate, Slot,
};
use super::program::{Guard, MeasureDefinition, MeasureId, RelationId, Rule, Target};
use std::collections::BTreeMap;

/// Which roles of a target may change places without a change of its answers.
pub struct BothWays<'p> {
    program: &'p Program,
    roles: BTreeMap<Target, (usize, usize)>,
}

impl<'p> BothWays<'p> {
    /// Looks at all rules of a program.
    #[must_use]
    pub fn of(program: &'p Program) -> Self {
        let relations = (0..program.relations.len() as u32).map(|id| Target::Relation(RelationId(id)));
        let measures = (0..program.measures.len() as u32).map(|id| Target::Measure(MeasureId(id)));
        let all = relations.chain(measures);
        let mut known = BothWays { program, roles: all.filter_map(|id| Some((id, candidate(program, id)?))).collect() };
        loop {
            let kept: BTreeMap<Target, (usize, usize)> =
                known.roles.iter().filter(|(target, _)| known.says_both(**target)).map(|(id, at)| (*id, *at)).collect();
            if kept.len() == known.roles.len() {
                return known;
            }
            known.roles = kept;
        }
    }

    /// Whether the rules of a target alone make its answers the same both ways in the two roles in which it is declared so.
    #[must_use]
    pub fn holds(&self, target: Target) -> bool {
        self.program.symmetric(target).is_some_and(|declared| self.roles(target) == Some(declared))
    }

    /// The roles in which the rules of a target make its answers the same both ways, whether or not it is declared so.
    #[must_use]
    pub fn roles(&self, target: Target) -> Option<(usize, usize)> {
        self.roles.get(&target).copied()
    }

    fn says_both(&self, target: Target) -> bool {
        let Some(&(one, two)) = self.roles.get(&target) else { return false };
        let as_is = |slot: Slot| slot;
        let turned = exchanged((one, two));
        self.text_of(target, &as_is) == self.text_of(target, &turned) || self.is_chain_both_ways(target)
    }

    /// Whether a target is a criterion of chains whose every link is the same both ways, so that each chain may be gone through from
    /// either end.
    fn is_chain_both_ways(&self, target: Target) -> bool {
        let Target::Relation(relation) = target else { return false };
        let Some(chain) = Chain::of(self.program, relation) else { return false };
        let links = |base: &Rule| [(0, 1), (1, 0)].map(|names| self.texts_of_link(&[&base.body], (0, 1), names));
        if chain.steps.is_empty() {
            return chain.bases.iter().map(|base| links(base)).all(|[here, there]| here == there);
        }
        // A chain begins or ends with a pair that is joined by the one rule; its other links have to be of the same form.
        let [base] = chain.bases.as_slice() else { return false };
        let [here, there] = links(base);
        here == there && chain.steps.iter().all(|step| self.texts_of_link(&step.conditions, step.ends, (0, 1)) == here)
    }

    /// Conditions on two neighbours in a chain, who are to be called by some names.
    fn texts_of_link(&self, conditions: &[&Condition], ends: (Slot, Slot), names: (usize, usize)) -> Vec<String> {
        let mut named = vec![None; ends.0.max(ends.1) + 1];
        (named[ends.0], named[ends.1]) = (Some(names.0), Some(names.1));
        let mut writer = Writer { known: self, names: named, bound: 2 };
        let mut parts = Vec::new();
        conditions.iter().for_each(|condition| chain::add_parts(condition, &mut parts));
        let mut texts: Vec<String> = parts.into_iter().map(|part| writer.condition(part)).collect();
        texts.sort();
        texts
    }

    /// The definition of a target, so that two that say the same in another order are the same.
    fn text_of(&self, target: Target, place: &dyn Fn(Slot) -> Slot) -> Vec<String> {
        let arity = self.program.roles(target).len();
        let mut writer =
            Writer { known: self, names: (0..arity).map(|slot| Some(place(slot))).collect(), bound: arity };
        let mut texts = Vec::new();
        match target {
            Target::Relation(relation) if self.program.relation(relation).is_criterion => {
                for rule in self.program.relation(relation).rules.iter().map(|rule| self.program.rule(*rule)) {
                    let mut guards: Vec<String> = rule
                        .guards
                        .iter()
                        .map(|guard| match guard {
                            Guard::Is(at, individual) => format!("{}={individual:?}", place(*at)),
                            Guard::Same(one, two) => {
                                let (one, two) = (place(*one), place(*two));
                                format!("{}~{}", one.min(two), one.max(two))
                            }
                        })
                        .collect();
                    guards.sort();
                    let applies = rule.applies_where.as_ref().map(|condition| writer.condition(condition));
                    texts.push(format!("{:?} {guards:?} {applies:?} {}", rule.form, writer.condition(&rule.body)));
                }
                texts.sort();
            }
            // Facts and bridges of what is declared symmetric are heard both ways.
            Target::Relation(_) => {}
            Target::Measure(measure) => match &self.program.measure(measure).definition {
                MeasureDefinition::Recorded => {}
                MeasureDefinition::Defined { applies_where, value, .. } => {
                    texts.extend(applies_where.iter().map(|condition| writer.condition(condition)));
                    texts.push(writer.expression(value));
                }
                MeasureDefinition::Classification { applies_where, cases, .. } => {
                    texts.extend(applies_where.iter().map(|condition| writer.condition(condition)));
                    texts.extend(cases.iter().map(|(level, case)| format!("{level:?} {}", writer.condition(case))));
                }
            },
        }
        texts
    }
}

/// Two places exchanged, and every other one left as it is.
pub fn exchanged((one, two): (usize, usize)) -> impl Fn(usize) -> usize {
    move |place| match place {
        place if place == one => two,
        place if place == two => one,
        place => place,
    }
}

/// The roles in which a target might be the same both ways: those in which it is declared so, or else its first two, if they are of one kind.
fn candidate(program: &Program, target: Target) -> Option<(usize, usize)> {
    let is_defined = match target {
        Target::Relation(relation) => program.relation(relation).is_criterion,
        Target::Measure(measure) => !matches!(program.measure(measure).definition, MeasureDefinition::Recorded),
    };
    let roles = program.roles(target);
    let first_two = (is_defined && roles.len() >= 2).then_some((0, 1));
    program.symmetric(target).or(first_two).filter(|(one, two)| roles[*one].kind == roles[*two].kind)
}

/// Writes conditions so that those which say the same in another order, or with other variables, are written alike.
struct Writer<'w, 'p> {
    known: &'w BothWays<'p>,
    /// What the variable in each slot is called.
    names: Vec<Option<usize>>,
    /// What the next variable that is bound is called.
    bound: usize,
}

impl Writer<'_, '_> {
    fn argument(&self, argument: Argument) -> String {
        match argument {
            Argument::Variable(slot) => format!("v{:?}", self.names.get(slot).copied().flatten()),
            Argument::Individual(individual) => format!("{individual:?}"),
        }
    }

    fn applied(&self, target: Target, arguments: &[Argument]) -> String {
        let mut arguments: Vec<String> = arguments.iter().map(|argument| self.argument(*argument)).collect();
        if let Some((one, two)) = self.known.roles.get(&target)
            && arguments[*one] > arguments[*two]
        {
            arguments.swap(*one, *two);
        }
        format!("{target:?}({})", arguments.join(", "))
    }

    fn atom(&self, atom: &Atom) -> String {
        self.applied(Target::Relation(atom.relation), &atom.arguments)
    }

    fn sorted(&mut self, conditions: &[Condition]) -> String {
        let mut texts: Vec<String> = conditions.iter().map(|condition| self.condition(condition)).collect();
        texts.sort();
        texts.join("; ")
    }

    /// What is said with some variables bound.
    fn within(&mut self, bindings: &[Binding], say: impl FnOnce(&mut Self) -> String) -> String {
        let (names, bound) = (self.names.clone(), self.bound);
        let mut kinds = Vec::new();
        for binding in bindings {
            if binding.slot >= self.names.len() {
                self.names.resize(binding.slot + 1, None);
            }
            self.names[binding.slot] = Some(self.bound);
            self.bound += 1;
            kinds.push(binding.kind);
        }
        let said = say(self);
        (self.names, self.bound) = (names, bound);
        format!("{kinds:?}: {said}")
    }

    fn optional(&mut self, condition: Option<&Condition>) -> String {
        condition.map_or_else(String::new, |condition| self.condition(condition))
    }

    fn condition(&mut self, condition: &Condition) -> String {
        match &condition.kind {
            ConditionKind::Atom(atom) => self.atom(atom),
            ConditionKind::Not(inner) => format!("not({})", self.condition(inner)),
            ConditionKind::Shown(inner) => format!("shown({})", self.condition(inner)),
            ConditionKind::Ever(inner) => format!("ever({})", self.condition(inner)),
            ConditionKind::Always(inner) => format!("always({})", self.condition(inner)),
            ConditionKind::Within(inner, window) => format!("within({}, {window:?})", self.condition(inner)),
            ConditionKind::Throughout(inner, window) => format!("throughout({}, {window:?})", self.condition(inner)),
            ConditionKind::And(conditions, _) => format!("and({})", self.sorted(conditions)),
            ConditionKind::Or(conditions, _) => format!("or({})", self.sorted(conditions)),
            ConditionKind::Counted { comparison, number, conditions } => {
                format!("{comparison:?} {number:?} of ({})", self.sorted(conditions))
            }
            ConditionKind::Whenever { then, given } => {
                format!("whenever({}; {})", self.condition(then), self.condition(given))
            }
            ConditionKind::Quantified { quantifier, bindings, among, body, .. } => {
                let said = self.within(bindings, |writer| {
                    format!("({}) {}", writer.optional(among.as_deref()), writer.condition(body))
                });
                format!("{quantifier:?} {said}")
            }
            ConditionKind::Comparison { left, operator, right, domain } => {
                let mut sides = [self.expression(left), self.expression(right)];
                if matches!(operator, ComparisonOperator::Equal | ComparisonOperator::NotEqual) {
                    sides.sort();
                }
                format!("{operator:?} {domain:?} {sides:?}")
            }
            ConditionKind::Moment { relation, date } => match date {
                MomentDate::Period(period) => format!("{relation:?} {period:?}"),
                MomentDate::Argument(argument) => format!("{relation:?} {}", self.argument(*argument)),
            },
        }
    }

    fn expression(&mut self, expression: &Expression) -> String {
        match &expression.kind {
            ExpressionKind::Number(number) => format!("{number}"),
            ExpressionKind::Parameter(parameter) => format!("{parameter:?}"),
            ExpressionKind::Argument(argument) => self.argument(*argument),
            ExpressionKind::Measure(measure, arguments) => self.applied(Target::Measure(*measure), arguments),
            ExpressionKind::Indicator(atom) => format!("indicator({})", self.atom(atom)),
            ExpressionKind::Negation(inner) => format!("-({})", self.expression(inner)),
            ExpressionKind::Arithmetic { left, operator, right } => {
                let mut sides = [self.expression(left), self.expression(right)];
                if matches!(operator, ArithmeticOperator::Add | ArithmeticOperator::Multiply) {
                    sides.sort();
                }
                format!("{operator:?} {sides:?}")
            }
            ExpressionKind::Count { bindings, among } => {
                let said = self.within(bindings, |writer| writer.optional(among.as_deref()));
                format!("count {said}")
            }
            ExpressionKind::Aggregate { function, value, bindings, among } => {
                let said = self.within(bindings, |writer| {
                    format!("{} ({})", writer.expression(value), writer.optional(among.as_deref()))
                });
                format!("{function:?} {said}")
            }
        }
    }
}
