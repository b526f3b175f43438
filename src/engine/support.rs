//! For whom there can be evidence *for* a relation: a superset of the cases, joined from the atoms of the record.
//!
//! Outside of its support a condition has no evidence for it. So a quantifier over thousands of disputes looks at
//! those alone in which the two states stand on opposite sides, and a question who meets a criterion never looks
//! at the others. Where every atom that was joined is complete, those outside are not met ([`Engine::closed_days`]).

use super::Engine;
use super::area::{Area, packed};
use super::insiders::Given;
use super::joins::{Rows, bound, joined};
use super::twins::Closing;
use crate::evidence::{Tuple, put_in_order};
use crate::model::condition::{
    Argument, Condition, ConditionKind, CountComparison, CountNumber, Expression, ExpressionKind, Quantifier, Slot,
};
use crate::model::exchanged;
use crate::model::program::{Guard, IndividualId, MeasureDefinition, MeasureId, RelationId, Rule, RuleForm, Target};
use crate::time::IntervalSet;
use rustc_hash::FxHashMap;
use smallvec::SmallVec;
use std::cell::OnceCell;
use std::rc::Rc;

/// The cases of a target that can have evidence for them, sorted.
#[derive(Debug, Default)]
pub struct Support {
    /// The individuals of each case.
    pub cases: Vec<Tuple>,
    /// For each role, the cases of each individual; made when first asked for.
    by_role: Vec<OnceCell<FxHashMap<IndividualId, Vec<u32>>>>,
    /// Pairs that lie close together, a bit for each of the area around them; made when first asked for.
    near: OnceCell<Option<(Area, Vec<u64>)>>,
}

/// Pairs lie close together if the area around them holds at most so many for each of them.
const PAIRS_FOR_EACH: u64 = 256;

impl Support {
    fn new(mut cases: Vec<Tuple>, arity: usize) -> Support {
        put_in_order(&mut cases);
        Support { cases, by_role: (0..arity).map(|_| OnceCell::new()).collect(), near: OnceCell::new() }
    }

    /// Whether a case is one of them.
    pub(super) fn has(&self, case: &[IndividualId]) -> bool {
        match (self.near.get_or_init(|| self.find_near()), packed(case)) {
            (Some((area, bits)), Some(pair)) => {
                area.place(pair).is_some_and(|place| bits[place / 64] >> (place % 64) & 1 == 1)
            }
            _ => self.cases.binary_search_by(|one| one.as_slice().cmp(case)).is_ok(),
        }
    }

    fn find_near(&self) -> Option<(Area, Vec<u64>)> {
        let pairs = || self.cases.iter().map_while(|case| packed(case));
        let area = Area::around(pairs()).filter(|area| area.size() <= PAIRS_FOR_EACH * self.cases.len() as u64)?;
        let mut bits = vec![0_u64; area.size().div_ceil(64) as usize];
        pairs().filter_map(|pair| area.place(pair)).for_each(|place| bits[place / 64] |= 1 << (place % 64));
        Some((area, bits))
    }

    /// The individuals in one role of the cases that have the given individuals in other roles, in order.
    pub(super) fn individuals_in(&self, role: usize, given: &[(usize, IndividualId)]) -> Vec<IndividualId> {
        let index = |role: usize| {
            self.by_role[role].get_or_init(|| {
                let mut index: FxHashMap<IndividualId, Vec<u32>> = FxHashMap::default();
                for (place, case) in self.cases.iter().enumerate() {
                    index.entry(case[role]).or_default().push(place as u32);
                }
                index
            })
        };
        let fits = |case: &&Tuple| given.iter().all(|(role, individual)| case[*role] == *individual);
        let of =
            |(role, individual): &(usize, IndividualId)| index(*role).get(individual).map_or(&[][..], Vec::as_slice);
        let mut found: Vec<IndividualId> = match given.iter().map(of).min_by_key(|places| places.len()) {
            Some(places) => {
                places.iter().map(|place| &self.cases[*place as usize]).filter(fits).map(|case| case[role]).collect()
            }
            None => self.cases.iter().map(|case| case[role]).collect(),
        };
        found.sort_unstable();
        found.dedup();
        found
    }
}

impl Engine<'_> {
    /// The cases that can have evidence for them; none where it cannot be told but by looking at all.
    pub fn support(&self, relation: RelationId) -> Option<Rc<Support>> {
        if let Some(known) = self.supports.borrow().get(&relation) {
            return known.clone();
        }
        // A circle of rules finds nothing here while it is looked at.
        self.supports.borrow_mut().insert(relation, None);
        let support = self.find_support(relation).map(Rc::new);
        self.supports.borrow_mut().insert(relation, support.clone());
        support
    }

    fn find_support(&self, relation: RelationId) -> Option<Support> {
        let definition = self.program.relation(relation);
        if definition.component.is_some() {
            return None;
        }
        let arity = definition.roles.len();
        let target = Target::Relation(relation);
        let mut cases: Vec<Tuple> = Vec::new();
        if !definition.is_criterion {
            cases.extend(self.recorded_atoms(target));
        }
        let sufficient =
            definition.rules.iter().map(|rule| self.program.rule(*rule)).filter(|rule| rule.form != RuleForm::OnlyIf);
        let mut is_defined = !definition.is_criterion;
        for rule in sufficient {
            is_defined = true;
            let of_rule = self.rule_support(rule, arity)?;
            cases.extend(of_rule.iter().cloned());
            if let Some((one, two)) = definition.symmetric.filter(|_| !definition.is_criterion) {
                cases.extend(of_rule.into_iter().map(|mut case| {
                    case.swap(one, two);
                    case
                }));
            }
        }
        if !is_defined {
            // Necessary conditions alone never show a case.
            return Some(Support::new(Vec::new(), arity));
        }
        let roles = &definition.roles;
        cases.retain(|case| {
            case.iter().zip(roles).all(|(individual, role)| self.program.is_member(*individual, role.kind))
                && !self.program.pairs_with_itself(target, case)
        });
        Some(Support::new(cases, arity))
    }

    /// The atoms of which some statement speaks, or a finding. On whatever side it does: what was denied until an end
    /// holds after it, and what was sought and not found is open where completeness would refute it.
    fn recorded_atoms(&self, target: Target) -> Vec<Tuple> {
        let found = self.changes.found_atoms().filter(|(found, _)| *found == target).map(|(_, tuple)| tuple.clone());
        self.record.atoms(target, &[]).map(Tuple::from).chain(found).collect()
    }

    fn rule_support(&self, rule: &Rule, arity: usize) -> Option<Vec<Tuple>> {
        let parts: Vec<&Condition> = rule.applies_where.iter().chain([&rule.body]).collect();
        let mut rows = self.rows_of_all(&parts)?;
        for guard in &rule.guards {
            match guard {
                Guard::Is(slot, individual) => match rows.slots.iter().position(|one| one == slot) {
                    Some(place) => rows.rows.retain(|row| row[place] == *individual),
                    None => {
                        rows.slots.push(*slot);
                        rows.rows.iter_mut().for_each(|row| row.push(*individual));
                    }
                },
                Guard::Same(one, two) => {
                    let place = |slot| rows.slots.iter().position(|known| *known == slot);
                    match (place(*one), place(*two)) {
                        (Some(one), Some(two)) => rows.rows.retain(|row| row[one] == row[two]),
                        (Some(known), None) => {
                            rows.slots.push(*two);
                            rows.rows.iter_mut().for_each(|row| row.push(row[known]));
                        }
                        (None, Some(known)) => {
                            rows.slots.push(*one);
                            rows.rows.iter_mut().for_each(|row| row.push(row[known]));
                        }
                        (None, None) => {}
                    }
                }
            }
        }
        let heads: Vec<Slot> = (0..arity).collect();
        // A role that nothing binds is open to everyone.
        rows.projected(&heads).map(|rows| rows.rows)
    }

    /// Outside of what is given back a condition has no evidence for it; none where nothing is known of it.
    fn rows(&self, condition: &Condition) -> Option<Rows> {
        match &condition.kind {
            ConditionKind::Atom(atom) => {
                let support = self.support(atom.relation)?;
                Some(bound(&support.cases, &atom.arguments))
            }
            ConditionKind::And(conditions, _) => self.rows_of_all(&conditions.iter().collect::<Vec<_>>()),
            ConditionKind::Or(conditions, _) => self.rows_of_either(conditions),
            ConditionKind::Counted { comparison: CountComparison::AtLeast, number, conditions } => {
                let least = match number {
                    CountNumber::Constant(number) => *number,
                    CountNumber::Parameter(parameter) => self.program.parameter(*parameter).value as u32,
                };
                if least == 0 { None } else { self.rows_of_either(conditions) }
            }
            ConditionKind::Quantified { quantifier: Quantifier::Some, bindings, among, body, .. } => {
                let parts: Vec<&Condition> = among.iter().map(AsRef::as_ref).chain([body.as_ref()]).collect();
                let rows = self.rows_of_all(&parts)?.of_kinds(self, bindings);
                let rest: Vec<Slot> = rows
                    .slots
                    .iter()
                    .copied()
                    .filter(|slot| !bindings.iter().any(|binding| binding.slot == *slot))
                    .collect();
                rows.projected(&rest)
            }
            // Each of them shows something only where its condition is shown on some day.
            ConditionKind::Shown(inner)
            | ConditionKind::Ever(inner)
            | ConditionKind::Always(inner)
            | ConditionKind::Within(inner, _)
            | ConditionKind::Throughout(inner, _) => self.rows(inner),
            ConditionKind::Comparison { left, right, .. } => match (self.valued(left), self.valued(right)) {
                (Some(left), Some(right)) => joined(left, right),
                (Some(only), None) | (None, Some(only)) => Some(only),
                (None, None) => None,
            },
            ConditionKind::Not(_)
            | ConditionKind::Whenever { .. }
            | ConditionKind::Counted { .. }
            | ConditionKind::Quantified { .. }
            | ConditionKind::Moment { .. } => None,
        }
    }

    /// All of some conditions: those of which nothing is known are passed over.
    pub(super) fn rows_of_all(&self, conditions: &[&Condition]) -> Option<Rows> {
        let mut known: Vec<Rows> = conditions.iter().filter_map(|condition| self.rows(condition)).collect();
        known.sort_by_key(|rows| rows.rows.len());
        let mut known = known.into_iter();
        let mut all = known.next()?;
        let mut rest: Vec<Rows> = known.collect();
        // Those that share a variable first, so that nothing is paired with everything.
        while !rest.is_empty() {
            let place =
                rest.iter().position(|rows| rows.slots.iter().any(|slot| all.slots.contains(slot))).unwrap_or(0);
            all = joined(all, rest.remove(place))?;
        }
        Some(all)
    }

    /// Any of some conditions, over the variables of them all.
    fn rows_of_either(&self, conditions: &[Condition]) -> Option<Rows> {
        let mut all: Option<Rows> = None;
        for condition in conditions {
            let rows = self.rows(condition)?;
            all = Some(match all {
                None => rows,
                Some(mut all) => {
                    let rows = rows.projected(&all.slots).filter(|rows| rows.slots.len() == all.slots.len())?;
                    all.rows.extend(rows.rows);
                    all
                }
            });
        }
        let mut all = all?;
        // A disjunct with more variables than the first would have been cut to them; then nothing is known.
        let same = conditions.iter().all(|condition| condition.free == conditions[0].free);
        put_in_order(&mut all.rows);
        same.then_some(all)
    }

    /// For whom an expression can have a value; none where it may have one for everyone.
    fn valued(&self, expression: &Expression) -> Option<Rows> {
        match &expression.kind {
            ExpressionKind::Measure(measure, arguments) => self.measured(*measure, arguments),
            ExpressionKind::Negation(inner) => self.valued(inner),
            ExpressionKind::Arithmetic { left, right, .. } => match (self.valued(left), self.valued(right)) {
                (Some(left), Some(right)) => joined(left, right),
                (Some(only), None) | (None, Some(only)) => Some(only),
                (None, None) => None,
            },
            _ => None,
        }
    }

    fn measured(&self, measure: MeasureId, arguments: &[Argument]) -> Option<Rows> {
        let target = Target::Measure(measure);
        if !matches!(self.program.measure(measure).definition, MeasureDefinition::Recorded)
            || self.changes.has_values(measure)
        {
            return None;
        }
        let atoms: Vec<Tuple> = self.record.atoms(target, &[]).map(Tuple::from).collect();
        Some(bound(&atoms, arguments))
    }
}

impl Engine<'_> {
    /// Days on which a case of a relation outside its support is not met, for all cases with the given individuals.
    pub(super) fn closed_days(&self, relation: RelationId, given: &[(usize, IndividualId)]) -> Rc<IntervalSet> {
        self.closed_alike(Closing::Relation(relation), given, || self.find_closed_days(relation, given))
    }

    fn find_closed_days(&self, relation: RelationId, given: &[(usize, IndividualId)]) -> IntervalSet {
        let definition = self.program.relation(relation);
        let mut days = IntervalSet::all();
        if !definition.is_criterion {
            days = self.record.days_complete_for_all(Target::Relation(relation), given, &self.changes);
        }
        let rules = || definition.rules.iter().map(|rule| self.program.rule(*rule));
        // Beside necessary conditions the failure of sufficient ones refutes nothing.
        if rules().any(|rule| rule.form == RuleForm::OnlyIf) {
            return IntervalSet::empty();
        }
        for rule in rules() {
            if days.is_empty() {
                break;
            }
            let mut directions: SmallVec<[Given; 2]> = SmallVec::new();
            directions.push(given.iter().copied().collect());
            if let Some(pair) = definition.symmetric.filter(|_| !definition.is_criterion) {
                let turned = exchanged(pair);
                directions.push(given.iter().map(|(slot, individual)| (turned(*slot), *individual)).collect());
            }
            for given in directions {
                let parts = rule.applies_where.iter().chain([&rule.body]);
                let of_rule = parts.filter_map(|part| self.closed(part, &given));
                days = of_rule.fold(days, |days, closed| days.intersection(&closed));
            }
        }
        days
    }

    /// Days on which one of some conditions is not met outside of the rows that are joined from all of them.
    pub(super) fn closed_all(&self, conditions: &[&Condition], given: &[(Slot, IndividualId)]) -> Option<IntervalSet> {
        let closed = conditions.iter().filter_map(|condition| self.closed(condition, given));
        closed.reduce(|days, closed| days.intersection(&closed))
    }

    /// Days on which a condition is not met outside of its rows; none where it has none, so that it bounds nothing.
    fn closed(&self, condition: &Condition, given: &[(Slot, IndividualId)]) -> Option<IntervalSet> {
        let all = |conditions: &mut dyn Iterator<Item = &Condition>| {
            conditions
                .filter_map(|condition| self.closed(condition, given))
                .reduce(|days, closed| days.intersection(&closed))
        };
        match &condition.kind {
            ConditionKind::Atom(atom) => {
                self.support(atom.relation)?;
                let given: Vec<(usize, IndividualId)> = atom
                    .arguments
                    .iter()
                    .enumerate()
                    .filter_map(|(role, argument)| match argument {
                        Argument::Individual(individual) => Some((role, *individual)),
                        Argument::Variable(slot) => {
                            given.iter().find(|(known, _)| known == slot).map(|(_, individual)| (role, *individual))
                        }
                    })
                    .collect();
                Some((*self.closed_days(atom.relation, &given)).clone())
            }
            ConditionKind::And(conditions, _) | ConditionKind::Or(conditions, _) => all(&mut conditions.iter()),
            ConditionKind::Counted { comparison: CountComparison::AtLeast, conditions, .. } => {
                all(&mut conditions.iter())
            }
            ConditionKind::Quantified { quantifier: Quantifier::Some, among, body, .. } => {
                all(&mut among.iter().map(AsRef::as_ref).chain([body.as_ref()]))
            }
            ConditionKind::Shown(inner) => self.closed(inner, given).map(|_| IntervalSet::all()),
            // They look at other days, on which it may be open; and a number without a value settles nothing.
            ConditionKind::Ever(_)
            | ConditionKind::Always(_)
            | ConditionKind::Within(..)
            | ConditionKind::Throughout(..)
            | ConditionKind::Comparison { .. } => Some(IntervalSet::empty()),
            ConditionKind::Not(_)
            | ConditionKind::Whenever { .. }
            | ConditionKind::Counted { .. }
            | ConditionKind::Quantified { .. }
            | ConditionKind::Moment { .. } => None,
        }
    }
}

/// Kept supports: none where nothing is known of one.
pub(super) type Supports = FxHashMap<RelationId, Option<Rc<Support>>>;
