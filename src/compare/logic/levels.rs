//! Levels of classifications as propositions: with complete evidence each case of one is met or not, and the first that is met gives the level.

use super::gates::Bit;
use super::ground::{Frame, Ground, argument};
use crate::compare::CompareError;
use crate::model::condition::{ComparisonOperator, Expression, ExpressionKind};
use crate::model::program::{IndividualId, MeasureDefinition, Target};
use crate::text::Span;

impl Ground<'_> {
    /// `alliance_type(A, B) >= entente`; nothing where it is no comparison of a classification with a level.
    pub(super) fn level(
        &mut self,
        span: Span,
        left: &Expression,
        operator: ComparisonOperator,
        right: &Expression,
        frame: &Frame,
    ) -> Option<Result<Bit, CompareError>> {
        let ExpressionKind::Measure(measure, arguments) = &left.kind else { return None };
        let definition = &self.program.measure(*measure).definition;
        let MeasureDefinition::Classification { variables, applies_where: None, cases, otherwise } = definition else {
            return None;
        };
        let rank = self.rank(right)?;
        let individuals: Vec<IndividualId> =
            arguments.iter().map(|one| argument(*one, frame)).collect::<Option<_>>()?;
        let roles = &self.program.measure(*measure).roles;
        let are_members = individuals.iter().zip(roles).all(|(one, role)| self.program.is_member(*one, role.kind));
        if !are_members || self.program.pairs_with_itself(Target::Measure(*measure), &individuals) {
            return Some(Err(self.refused(span, "the level of a case that does not arise")));
        }
        let mut own: Frame = individuals.into_iter().map(Some).collect();
        own.resize(variables.len().max(own.len()), None);
        let program = self.program;
        let of = |level: IndividualId| program.individual(level).rank.unwrap_or(0);
        let mut ranked = Vec::new();
        for (level, condition) in cases {
            match self.condition(condition, &mut own.clone()) {
                Ok(bit) => ranked.push((of(*level), bit)),
                Err(error) => return Some(Err(error)),
            }
        }
        let lowest = of(*otherwise);
        // The cases come from the highest level down, so that one of those from a level up is met where the first that is met is.
        let mut at_least = |rank: u32| {
            if lowest >= rank {
                return Bit::TRUE;
            }
            let bits: Vec<Bit> = ranked.iter().filter(|(of, _)| *of >= rank).map(|(_, bit)| *bit).collect();
            self.gates.or(&bits)
        };
        let (this, next) = (at_least(rank), at_least(rank + 1));
        let is_it = self.gates.and(&[this, next.negated()]);
        Some(Ok(match operator {
            ComparisonOperator::GreaterOrEqual => this,
            ComparisonOperator::Greater => next,
            ComparisonOperator::Less => this.negated(),
            ComparisonOperator::LessOrEqual => next.negated(),
            ComparisonOperator::Equal => is_it,
            ComparisonOperator::NotEqual => is_it.negated(),
        }))
    }

    fn rank(&self, expression: &Expression) -> Option<u32> {
        match &expression.kind {
            ExpressionKind::Argument(crate::model::condition::Argument::Individual(level)) => {
                self.program.individual(*level).rank
            }
            ExpressionKind::Parameter(parameter) => {
                let parameter = self.program.parameter(*parameter);
                parameter.levels.map(|_| parameter.value as u32)
            }
            _ => None,
        }
    }
}
