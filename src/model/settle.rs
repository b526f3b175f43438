//! Conditions with the ids that they keep: constants, kinds of variables, domains of comparisons.

use super::condition::{
    Argument, ComparisonDomain, Condition, ConditionKind, Expression, ExpressionKind, MomentDate, Slot,
};
use super::conditions::SOUGHT;
use super::constants::Settled;
use super::program::{IndividualId, Variable};

/// What conditions refer to until they are settled, and what becomes of it.
pub(super) struct Settler<'s> {
    pub(super) constants: &'s [Option<Settled>],
    pub(super) domains: &'s [Option<ComparisonDomain>],
    /// Final ids of individuals.
    pub(super) ids: &'s [IndividualId],
}

/// The variables and constants of a part.
#[derive(Default)]
struct Named {
    free: Vec<Slot>,
    constants: Vec<IndividualId>,
}

impl Named {
    fn add(&mut self, argument: Argument) {
        match argument {
            Argument::Variable(slot) => self.free.push(slot),
            Argument::Individual(id) => self.constants.push(id),
        }
    }

    fn join(&mut self, condition: &Condition) {
        self.free.extend(&condition.free);
        self.constants.extend(&condition.constants);
    }

    fn without(&mut self, bindings: &[super::condition::Binding]) {
        self.free.retain(|slot| bindings.iter().all(|binding| binding.slot != *slot));
    }
}

impl Settler<'_> {
    /// A constant of a condition, with its final id.
    pub(super) fn argument(&self, argument: Argument) -> Option<Argument> {
        match argument {
            Argument::Variable(_) => Some(argument),
            Argument::Individual(pending) => match self.constants.get(pending.index()).copied().flatten()? {
                Settled::Individual(id) => Some(Argument::Individual(self.ids[id.index()])),
                Settled::Number(_) => None,
            },
        }
    }

    fn arguments(&self, arguments: &mut [Argument], named: &mut Named) -> Option<()> {
        for argument in arguments {
            *argument = self.argument(*argument)?;
            named.add(*argument);
        }
        Some(())
    }

    /// Settles a condition; none where a constant or a comparison in it was wrong, which has been reported.
    pub(super) fn condition(&self, condition: &mut Condition, variables: &[Variable]) -> Option<()> {
        let mut named = Named::default();
        match &mut condition.kind {
            ConditionKind::Atom(atom) => self.arguments(&mut atom.arguments, &mut named)?,
            ConditionKind::Not(inner)
            | ConditionKind::Shown(inner)
            | ConditionKind::Ever(inner)
            | ConditionKind::Always(inner)
            | ConditionKind::Within(inner, _)
            | ConditionKind::Throughout(inner, _) => self.inner(inner, variables, &mut named)?,
            ConditionKind::And(all, _) | ConditionKind::Or(all, _) | ConditionKind::Counted { conditions: all, .. } => {
                for inner in all {
                    self.inner(inner, variables, &mut named)?;
                }
            }
            ConditionKind::Whenever { then, given } => {
                self.inner(then, variables, &mut named)?;
                self.inner(given, variables, &mut named)?;
            }
            ConditionKind::Quantified { bindings, among, body, .. } => {
                for binding in bindings.iter_mut().filter(|binding| binding.kind == SOUGHT) {
                    binding.kind = variables[binding.slot].kind;
                }
                if let Some(among) = among {
                    self.inner(among, variables, &mut named)?;
                }
                self.inner(body, variables, &mut named)?;
                named.without(bindings);
            }
            ConditionKind::Comparison { left, right, domain, .. } => {
                if let ComparisonDomain::Level(at) = domain {
                    *domain = self.domains.get(at.index()).copied().flatten()?;
                }
                self.expression(left, variables, &mut named)?;
                self.expression(right, variables, &mut named)?;
            }
            ConditionKind::Moment { date: MomentDate::Argument(argument), .. } => {
                *argument = self.argument(*argument)?;
                named.add(*argument);
            }
            ConditionKind::Moment { .. } => {}
        }
        named.free.sort_unstable();
        named.free.dedup();
        named.constants.sort_unstable();
        named.constants.dedup();
        condition.free = named.free;
        condition.constants = named.constants;
        Some(())
    }

    fn inner(&self, inner: &mut Condition, variables: &[Variable], named: &mut Named) -> Option<()> {
        self.condition(inner, variables)?;
        named.join(inner);
        Some(())
    }

    /// Settles the value of a defined measure.
    pub(super) fn value(&self, expression: &mut Expression, variables: &[Variable]) -> Option<()> {
        self.expression(expression, variables, &mut Named::default())
    }

    fn expression(&self, expression: &mut Expression, variables: &[Variable], named: &mut Named) -> Option<()> {
        match &mut expression.kind {
            ExpressionKind::Number(_) | ExpressionKind::Parameter(_) => {}
            ExpressionKind::Argument(Argument::Individual(pending)) => {
                match self.constants.get(pending.index()).copied().flatten()? {
                    Settled::Number(number) => expression.kind = ExpressionKind::Number(number),
                    Settled::Individual(id) => {
                        let argument = Argument::Individual(self.ids[id.index()]);
                        named.add(argument);
                        expression.kind = ExpressionKind::Argument(argument);
                    }
                }
            }
            ExpressionKind::Argument(argument) => named.add(*argument),
            ExpressionKind::Measure(_, arguments) => self.arguments(arguments, named)?,
            ExpressionKind::Indicator(atom) => self.arguments(&mut atom.arguments, named)?,
            ExpressionKind::Negation(inner) => self.expression(inner, variables, named)?,
            ExpressionKind::Arithmetic { left, right, .. } => {
                self.expression(left, variables, named)?;
                self.expression(right, variables, named)?;
            }
            ExpressionKind::Count { bindings, among } => {
                let mut inside = Named::default();
                if let Some(among) = among {
                    self.inner(among, variables, &mut inside)?;
                }
                inside.without(bindings);
                named.free.extend(inside.free);
                named.constants.extend(inside.constants);
            }
            ExpressionKind::Aggregate { value, bindings, among, .. } => {
                let mut inside = Named::default();
                self.expression(value, variables, &mut inside)?;
                if let Some(among) = among {
                    self.inner(among, variables, &mut inside)?;
                }
                inside.without(bindings);
                named.free.extend(inside.free);
                named.constants.extend(inside.constants);
            }
        }
        Some(())
    }
}
