//! A criterion over a few individuals, without time and with complete evidence, as a proposition about facts, and about which
//! of the individuals without names there are.

use super::gates::{Bit, Gates};
use crate::compare::CompareError;
use crate::model::Program;
use crate::model::condition::{
    Argument, ComparisonDomain, ComparisonOperator, Condition, ConditionKind, CountComparison, CountNumber, Expression,
    ExpressionKind, Quantifier, Slot,
};
use crate::model::program::{Guard, IndividualId, KindId, RelationId, Rule, RuleForm, Target};
use crate::text::Span;
use std::collections::BTreeMap;

type Tuple = Vec<IndividualId>;

/// Turns criteria into propositions.
pub(super) struct Ground<'p> {
    pub program: &'p Program,
    pub gates: Gates,
    /// Each fact that plays a part.
    pub facts: BTreeMap<(RelationId, Tuple), Bit>,
    /// Of each individual that there may be or not: that there is.
    pub present: BTreeMap<IndividualId, Bit>,
    cases: BTreeMap<(RelationId, Tuple), Bit>,
}

/// The individuals of a rule's variables.
pub(super) type Frame = Vec<Option<IndividualId>>;

impl<'p> Ground<'p> {
    /// Those without names are given kind by kind, each kind in the order in which they come: of two that are alike the first is there before the
    /// second.
    pub fn new(program: &'p Program, without_names: &[Vec<IndividualId>]) -> Self {
        let mut gates = Gates::default();
        let mut present = BTreeMap::new();
        for alike in without_names {
            let mut before = Bit::TRUE;
            for individual in alike {
                let bit = gates.open();
                gates.require(&[bit.negated(), before]);
                present.insert(*individual, bit);
                before = bit;
            }
        }
        Ground { program, gates, facts: BTreeMap::new(), present, cases: BTreeMap::new() }
    }

    /// The individuals of a kind that there may be, the unnamed member of an open kind aside.
    pub fn members(&self, kind: KindId) -> &'p [IndividualId] {
        &self.program.kind(kind).members
    }

    /// What a quantifier ranges over; of an open kind also its unnamed member.
    fn range(&self, kind: KindId, span: Span) -> Result<Vec<IndividualId>, CompareError> {
        let definition = self.program.kind(kind);
        // Which of those without names belong to a part of their kind is nothing that facts say.
        if definition.root != kind && definition.members.is_empty() {
            return Err(self.refused(span, &format!("the kind `{}`, of which no member is named,", definition.name)));
        }
        Ok(definition.members.iter().copied().chain(definition.unnamed).collect())
    }

    /// That there are all of them.
    fn are_present(&mut self, individuals: impl IntoIterator<Item = IndividualId>) -> Bit {
        let bits: Vec<Bit> = individuals.into_iter().filter_map(|one| self.present.get(&one).copied()).collect();
        self.gates.and(&bits)
    }

    /// That a case arises: the conditions on which its rules apply.
    pub fn applies(&mut self, relation: RelationId, individuals: &[IndividualId]) -> Result<Bit, CompareError> {
        let rules: Vec<&Rule> =
            self.program.relation(relation).rules.iter().map(|rule| self.program.rule(*rule)).collect();
        if !self.fits(relation, individuals) {
            return Ok(Bit::FALSE);
        }
        let present = self.are_present(individuals.iter().copied());
        // A rule whose head's constants do not fit says nothing, and does not keep the case from arising.
        let says_nothing_of_it = |rule: &&Rule| rule.applies_where.is_none() || !self.speaks_of(rule, individuals);
        if !self.program.relation(relation).is_criterion || rules.iter().any(says_nothing_of_it) {
            return Ok(present);
        }
        let mut bits = Vec::new();
        for rule in rules {
            if let Some(condition) = &rule.applies_where {
                bits.push(self.condition(condition, &mut frame(rule, individuals))?);
            }
        }
        let applies = self.gates.or(&bits);
        Ok(self.gates.and(&[present, applies]))
    }

    /// Whether the constants, repeated variables and kinds of a rule's head fit.
    fn speaks_of(&self, rule: &Rule, individuals: &[IndividualId]) -> bool {
        let are_members = (individuals.iter().zip(&rule.variables))
            .all(|(individual, variable)| self.program.is_member(*individual, variable.kind));
        are_members
            && rule.guards.iter().all(|guard| match guard {
                Guard::Is(place, one) => individuals[*place] == *one,
                Guard::Same(one, two) => individuals[*one] == individuals[*two],
            })
    }

    fn fits(&self, relation: RelationId, individuals: &[IndividualId]) -> bool {
        let roles = &self.program.relation(relation).roles;
        individuals.iter().zip(roles).all(|(individual, role)| self.program.is_member(*individual, role.kind))
            && !self.program.pairs_with_itself(Target::Relation(relation), individuals)
    }

    /// That a case is met.
    pub fn case(&mut self, relation: RelationId, individuals: &[IndividualId]) -> Result<Bit, CompareError> {
        if !self.fits(relation, individuals) {
            return Ok(Bit::FALSE);
        }
        let definition = self.program.relation(relation);
        let mut tuple = individuals.to_vec();
        if let Some((one, two)) = definition.symmetric.filter(|_| !definition.is_criterion)
            && tuple[one] > tuple[two]
        {
            tuple.swap(one, two);
        }
        let key = (relation, tuple);
        if let Some(bit) = self.cases.get(&key) {
            return Ok(*bit);
        }
        if definition.component.is_some() {
            return Err(self.outside(relation, definition.span, "recursion"));
        }
        let mut bits = Vec::new();
        // Of the unnamed member of an open kind no fact speaks.
        let is_named = key.1.iter().all(|individual| !self.program.individual(*individual).is_unnamed);
        if !definition.is_criterion && is_named {
            let fact = self.gates.open();
            // Of one that is not there no fact speaks.
            for individual in &key.1 {
                if let Some(present) = self.present.get(individual) {
                    self.gates.require(&[fact.negated(), *present]);
                }
            }
            self.facts.insert(key.clone(), fact);
            bits.push(fact);
        }
        let mut tuples = vec![key.1.clone()];
        if let Some((one, two)) = definition.symmetric.filter(|_| !definition.is_criterion) {
            let mut reversed = key.1.clone();
            reversed.swap(one, two);
            tuples.push(reversed);
        }
        for rule in definition.rules.iter().map(|rule| self.program.rule(*rule)) {
            if rule.form == RuleForm::OnlyIf {
                return Err(self.outside(relation, rule.span, "`only if`, which leaves a middle open"));
            }
            for tuple in &tuples {
                if self.speaks_of(rule, tuple) {
                    let mut frame = frame(rule, tuple);
                    let mut parts = Vec::new();
                    for condition in rule.applies_where.iter().chain([&rule.body]) {
                        parts.push(self.condition(condition, &mut frame)?);
                    }
                    bits.push(self.gates.and(&parts));
                }
            }
        }
        let bit = self.gates.or(&bits);
        self.cases.insert(key, bit);
        Ok(bit)
    }

    fn outside(&self, relation: RelationId, span: Span, form: &str) -> CompareError {
        CompareError::OutsideFragment {
            criterion: self.program.qualified_name(Target::Relation(relation)),
            form: form.to_owned(),
            span,
        }
    }

    pub(super) fn refused(&self, span: Span, form: &str) -> CompareError {
        CompareError::OutsideFragment { criterion: String::new(), form: form.to_owned(), span }
    }

    fn all(&mut self, conditions: &[Condition], frame: &mut Frame) -> Result<Vec<Bit>, CompareError> {
        conditions.iter().map(|condition| self.condition(condition, frame)).collect()
    }

    pub(super) fn condition(&mut self, condition: &Condition, frame: &mut Frame) -> Result<Bit, CompareError> {
        match &condition.kind {
            ConditionKind::Atom(atom) => {
                let individuals: Option<Tuple> = atom.arguments.iter().map(|one| argument(*one, frame)).collect();
                match individuals {
                    Some(individuals) => self.case(atom.relation, &individuals),
                    None => Ok(Bit::FALSE),
                }
            }
            ConditionKind::Not(inner) => Ok(self.condition(inner, frame)?.negated()),
            // With complete evidence everything is shown that is so.
            ConditionKind::Shown(inner) => self.condition(inner, frame),
            ConditionKind::And(conditions, _) => {
                let bits = self.all(conditions, frame)?;
                Ok(self.gates.and(&bits))
            }
            ConditionKind::Or(conditions, _) => {
                let bits = self.all(conditions, frame)?;
                Ok(self.gates.or(&bits))
            }
            ConditionKind::Whenever { then, given } => {
                let bits = [self.condition(then, frame)?, self.condition(given, frame)?.negated()];
                Ok(self.gates.or(&bits))
            }
            ConditionKind::Counted { comparison, number, conditions } => {
                let bits = self.all(conditions, frame)?;
                let number = match number {
                    CountNumber::Constant(number) => *number as usize,
                    CountNumber::Parameter(parameter) => self.program.parameter(*parameter).value.max(0.0) as usize,
                };
                Ok(self.counted(*comparison, number, &bits))
            }
            ConditionKind::Quantified { quantifier, bindings, among, body, .. } => {
                let slots: Vec<(Slot, KindId)> = bindings.iter().map(|binding| (binding.slot, binding.kind)).collect();
                let every = *quantifier == Quantifier::Every;
                let mut bits = Vec::new();
                self.instances(condition.span, &slots, frame, &mut |ground, frame| {
                    let body = ground.condition(body, frame)?;
                    let among = ground.is_among(&slots, among.as_deref(), frame)?;
                    let bit = if every {
                        ground.gates.or(&[body, among.negated()])
                    } else {
                        ground.gates.and(&[body, among])
                    };
                    bits.push(bit);
                    Ok(())
                })?;
                Ok(if every { self.gates.and(&bits) } else { self.gates.or(&bits) })
            }
            ConditionKind::Comparison { left, operator, right, domain } => {
                self.comparison(condition.span, left, *operator, right, *domain, frame)
            }
            ConditionKind::Ever(_)
            | ConditionKind::Always(_)
            | ConditionKind::Within(..)
            | ConditionKind::Throughout(..)
            | ConditionKind::Moment { .. } => Err(self.refused(condition.span, "a condition about time")),
        }
    }

    fn counted(&mut self, comparison: CountComparison, number: usize, bits: &[Bit]) -> Bit {
        match comparison {
            CountComparison::AtLeast => self.gates.at_least(bits, number),
            CountComparison::AtMost => self.gates.at_least(bits, number + 1).negated(),
            CountComparison::Exactly => {
                let limits = [self.gates.at_least(bits, number), self.gates.at_least(bits, number + 1).negated()];
                self.gates.and(&limits)
            }
        }
    }

    /// That those who are bound are there, and among those that are meant.
    fn is_among(
        &mut self,
        slots: &[(Slot, KindId)],
        among: Option<&Condition>,
        frame: &mut Frame,
    ) -> Result<Bit, CompareError> {
        let bound: Tuple = slots.iter().filter_map(|(slot, _)| frame.get(*slot).copied().flatten()).collect();
        let mut bits = vec![self.are_present(bound)];
        if let Some(among) = among {
            bits.push(self.condition(among, frame)?);
        }
        Ok(self.gates.and(&bits))
    }

    fn instances(
        &mut self,
        span: Span,
        slots: &[(Slot, KindId)],
        frame: &mut Frame,
        each: &mut impl FnMut(&mut Self, &mut Frame) -> Result<(), CompareError>,
    ) -> Result<(), CompareError> {
        let Some(((slot, kind), rest)) = slots.split_first() else { return each(self, frame) };
        for individual in self.range(*kind, span)? {
            if *slot >= frame.len() {
                frame.resize(slot + 1, None);
            }
            frame[*slot] = Some(individual);
            self.instances(span, rest, frame, each)?;
            frame[*slot] = None;
        }
        Ok(())
    }

    fn comparison(
        &mut self,
        span: Span,
        left: &Expression,
        operator: ComparisonOperator,
        right: &Expression,
        domain: ComparisonDomain,
        frame: &mut Frame,
    ) -> Result<Bit, CompareError> {
        if domain == ComparisonDomain::Individual
            && let (ExpressionKind::Argument(left), ExpressionKind::Argument(right)) = (&left.kind, &right.kind)
        {
            let equal = argument(*left, frame) == argument(*right, frame);
            return Ok(Bit::Constant(equal == (operator == ComparisonOperator::Equal)));
        }
        if let Some(bit) = self.level(span, left, operator, right, frame) {
            return bit;
        }
        let number = match &right.kind {
            ExpressionKind::Number(number) => Some(*number),
            ExpressionKind::Parameter(parameter) => Some(self.program.parameter(*parameter).value),
            _ => None,
        };
        let (ExpressionKind::Count { bindings, among }, Some(number)) = (&left.kind, number) else {
            return Err(self.refused(span, "a comparison of measures or numbers"));
        };
        if number < 0.0 || number.fract() != 0.0 || number > 1e6 {
            return Err(self.refused(span, "a count that is compared with no whole number"));
        }
        let slots: Vec<(Slot, KindId)> = bindings.iter().map(|binding| (binding.slot, binding.kind)).collect();
        let mut bits = Vec::new();
        self.instances(span, &slots, frame, &mut |ground, frame| {
            bits.push(ground.is_among(&slots, among.as_deref(), frame)?);
            Ok(())
        })?;
        let number = number as usize;
        Ok(match operator {
            ComparisonOperator::GreaterOrEqual => self.gates.at_least(&bits, number),
            ComparisonOperator::Greater => self.gates.at_least(&bits, number + 1),
            ComparisonOperator::Less => self.gates.at_least(&bits, number).negated(),
            ComparisonOperator::LessOrEqual => self.gates.at_least(&bits, number + 1).negated(),
            ComparisonOperator::Equal => self.counted(CountComparison::Exactly, number, &bits),
            ComparisonOperator::NotEqual => self.counted(CountComparison::Exactly, number, &bits).negated(),
        })
    }
}

fn frame(rule: &Rule, individuals: &[IndividualId]) -> Frame {
    let mut frame: Frame = individuals.iter().copied().map(Some).collect();
    frame.resize(rule.variables.len().max(individuals.len()), None);
    frame
}

pub(super) fn argument(argument: Argument, frame: &Frame) -> Option<IndividualId> {
    match argument {
        Argument::Individual(individual) => Some(individual),
        Argument::Variable(slot) => frame.get(slot).copied().flatten(),
    }
}
