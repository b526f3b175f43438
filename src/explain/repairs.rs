//! The smallest changes of evidence that would give another verdict.
//!
//! A search over the condition finds sets of changes; each is then applied and evaluated, and what the verdict
//! does not need is left out again. What is reported does turn the verdict, and no part of it does.

use super::parts::{Composition, Place, Side};
use crate::engine::{Engine, Frame, Standing};
use crate::evidence::{Changes, Finding, Polarity, Tuple};
use crate::model::condition::{
    Atom, Binding, ComparisonOperator, Condition, ConditionKind, CountComparison, Expression, ExpressionKind,
    Quantifier,
};
use crate::model::program::{Guard, IndividualId, MeasureDefinition, MeasureId, RelationId, RuleForm, Target};
use crate::time::{Day, Interval, IntervalSet};
use crate::verdict::Verdict;
use std::collections::BTreeSet;

/// One change of evidence.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Change {
    /// An atom is found to hold, or not to.
    Atom(RelationId, Tuple, Side, Interval),
    /// A measure is found to have this value, which just settles a comparison; the sign tells how.
    Value(MeasureId, Tuple, Number, Interval),
}

/// A number with a place in an order, so that sets of changes have one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Number(pub f64);

impl Eq for Number {}
impl PartialOrd for Number {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}
impl Ord for Number {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.0.total_cmp(&other.0)
    }
}

/// Changes that together turn a verdict, none of which can be spared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repair {
    /// What the verdict becomes.
    pub verdict: Verdict,
    /// What has to be found.
    pub changes: Vec<Change>,
}

type Set = BTreeSet<Change>;

/// Sets that are kept at each step of the search.
const KEPT: usize = 4;
/// Alternatives that are reported.
const REPORTED: usize = 3;
/// Individuals that are tried for a quantifier.
const MOST_INDIVIDUALS: usize = 300;
/// Steps of one search. Rules that go in circles have more paths than anybody wants explained.
const MOST_VISITS: usize = 2_000;
/// Larger sets are made irreducible by leaving out one change at a time only.
const TRY_ALL_SUBSETS: usize = 6;

/// The smallest repairs of a case towards a verdict, the smallest first.
#[must_use]
pub fn repairs(
    engine: &Engine<'_>,
    relation: RelationId,
    individuals: &[IndividualId],
    day: Day,
    verdict: Verdict,
) -> Vec<Repair> {
    let side = match verdict {
        Verdict::Met => Side::For,
        Verdict::NotMet => Side::Against,
        _ => return Vec::new(),
    };
    let mut search = Search { engine, open: BTreeSet::new(), visits: 0 };
    let on = Interval { first: day, last: day };
    let mut found: Vec<Repair> = Vec::new();
    for set in search.case(relation, individuals, day, on, side) {
        let turns = |set: &Set| verdict_with(engine, relation, individuals, day, set) == verdict;
        if set.is_empty() || !turns(&set) {
            continue;
        }
        let changes: Vec<Change> = irreducible(set, &turns).into_iter().collect();
        let repair = Repair { verdict, changes };
        if !found.contains(&repair) {
            found.push(repair);
        }
    }
    found.sort_by_key(|repair| repair.changes.len());
    let smallest = found.first().map_or(0, |repair| repair.changes.len());
    // Besides the smallest, the smallest that only settles what is open: nothing that is recorded need be wrong.
    let settles = |repair: &Repair| repair.changes.iter().all(|change| is_open(engine, change));
    let settling =
        found.iter().find(|repair| settles(repair)).filter(|repair| repair.changes.len() > smallest).cloned();
    found.retain(|repair| repair.changes.len() == smallest);
    found.truncate(REPORTED);
    found.extend(settling);
    found
}

/// Whether a change is about something of which nothing is known on its days, or both is said.
#[must_use]
pub fn is_open(engine: &Engine<'_>, change: &Change) -> bool {
    match change {
        Change::Atom(relation, individuals, _, on) => {
            engine.case(*relation, individuals).at(on.last).verdict() == Verdict::Undetermined
        }
        Change::Value(measure, individuals, _, on) => {
            engine.measure(*measure, individuals).at(on.last).alternatives().is_empty()
        }
    }
}

/// How many changes would settle a condition, by the search alone; none where no single facts would.
#[must_use]
pub fn distance(engine: &Engine<'_>, place: &Place<'_>, side: Side) -> Option<usize> {
    let mut search = Search { engine, open: BTreeSet::new(), visits: 0 };
    let on = Interval { first: place.day, last: place.day };
    search.place(place, on, side).first().map(BTreeSet::len)
}

/// The verdict of a case once changes are made.
#[must_use]
pub fn verdict_with(
    engine: &Engine<'_>,
    relation: RelationId,
    individuals: &[IndividualId],
    day: Day,
    changes: &BTreeSet<Change>,
) -> Verdict {
    let mut changed: Changes = engine.changes().clone();
    for change in changes {
        match change {
            Change::Atom(relation, tuple, side, days) => {
                let polarity = if *side == Side::For { Polarity::For } else { Polarity::Against };
                let mut tuples = vec![tuple.clone()];
                if let Some((one, two)) = engine.program().relation(*relation).symmetric {
                    let mut reversed = tuple.clone();
                    reversed.swap(one, two);
                    tuples.push(reversed);
                }
                for individuals in tuples {
                    let target = Target::Relation(*relation);
                    changed.find(Finding { target, individuals, polarity, days: (*days).into() });
                }
            }
            Change::Value(measure, tuple, value, days) => {
                changed.find_value(*measure, tuple.clone(), value.0, (*days).into());
            }
        }
    }
    engine.with_changes(changed).case(relation, individuals).at(day).verdict()
}

fn irreducible(mut set: Set, turns: &impl Fn(&Set) -> bool) -> Set {
    if set.len() <= TRY_ALL_SUBSETS {
        let members: Vec<Change> = set.iter().cloned().collect();
        let mut subsets: Vec<Set> = (1..1u32 << members.len())
            .map(|mask| {
                members.iter().enumerate().filter(|(at, _)| mask & (1 << at) != 0).map(|(_, one)| one.clone()).collect()
            })
            .collect();
        subsets.sort_by_key(BTreeSet::len);
        return subsets.into_iter().find(|subset| turns(subset)).unwrap_or(set);
    }
    for change in set.clone() {
        let mut without = set.clone();
        without.remove(&change);
        if turns(&without) {
            set = without;
        }
    }
    set
}

/// Alternatives: the smallest of all.
fn any(options: impl IntoIterator<Item = Vec<Set>>) -> Vec<Set> {
    let mut all: Vec<Set> = options.into_iter().flatten().collect();
    all.sort_by_key(BTreeSet::len);
    let mut kept: Vec<Set> = Vec::new();
    for set in all {
        if !kept.contains(&set) {
            kept.push(set);
        }
        if kept.len() == KEPT {
            break;
        }
    }
    kept
}

/// All at once: the smallest unions.
fn all(needed: impl IntoIterator<Item = Vec<Set>>) -> Vec<Set> {
    let mut unions = vec![Set::new()];
    for options in needed {
        let next = unions
            .iter()
            .flat_map(|union| options.iter().map(move |option| vec![union.union(option).cloned().collect::<Set>()]))
            .collect::<Vec<_>>();
        unions = any(next);
        if unions.is_empty() {
            break;
        }
    }
    unions
}

struct Search<'e, 'p> {
    engine: &'e Engine<'p>,
    /// The cases on the way from the top, so that a circle of rules ends.
    open: BTreeSet<(RelationId, Tuple, Side, Day)>,
    visits: usize,
}

impl<'p> Search<'_, 'p> {
    fn case(
        &mut self,
        relation: RelationId,
        individuals: &[IndividualId],
        day: Day,
        on: Interval,
        side: Side,
    ) -> Vec<Set> {
        let engine = self.engine;
        let program = engine.program();
        let tuple = Tuple::from(individuals);
        let standing = *engine.case(relation, individuals).at(day);
        if side.is_settled(standing.in_condition()) {
            return vec![Set::new()];
        }
        let key = (relation, tuple.clone(), side, day);
        if !standing.is_applicable() || !self.open.insert(key.clone()) {
            return Vec::new();
        }
        let is_named = individuals.iter().all(|individual| !program.individual(*individual).is_unnamed);
        let definition = program.relation(relation);
        let (mut sufficient, mut necessary) = (Vec::new(), Vec::new());
        for rule in definition.rules.iter().map(|rule| program.rule(*rule)) {
            let guarded = rule.guards.iter().all(|guard| match guard {
                Guard::Is(place, one) => individuals[*place] == *one,
                Guard::Same(one, two) => individuals[*one] == individuals[*two],
            });
            if !guarded {
                continue;
            }
            let domain = engine.domain(Target::Relation(relation), individuals);
            let parts = rule.applies_where.iter().chain([&rule.body]);
            let options: Vec<Vec<Set>> = parts
                .map(|condition| {
                    let frame = Frame::new(rule.variables.len(), individuals, domain.clone());
                    self.place(&Place::new(condition, frame, day), on, side)
                })
                .collect();
            let options = if side == Side::For { all(options) } else { any(options) };
            if rule.form == RuleForm::OnlyIf { necessary.push(options) } else { sufficient.push(options) }
        }
        self.open.remove(&key);
        let found = Set::from([Change::Atom(relation, tuple, side, on)]);
        match (definition.is_criterion, side) {
            (false, Side::For) => any(sufficient.into_iter().chain(is_named.then(|| vec![found]))),
            (false, Side::Against) => {
                // Where a bridge shows it, the finding alone would only contest it.
                let unbridged = all(sufficient);
                if is_named { all([unbridged, vec![found]]) } else { Vec::new() }
            }
            (true, Side::For) if sufficient.is_empty() => Vec::new(),
            (true, Side::For) => all([any(sufficient)].into_iter().chain(necessary)),
            (true, Side::Against) if !necessary.is_empty() => any(necessary),
            (true, Side::Against) => all(sufficient),
        }
    }

    fn place(&mut self, place: &Place<'p>, on: Interval, side: Side) -> Vec<Set> {
        self.visits += 1;
        if self.visits > MOST_VISITS {
            return Vec::new();
        }
        if side.is_settled(place.standing(self.engine)) {
            return vec![Set::new()];
        }
        match &place.condition.kind {
            ConditionKind::Atom(atom) => self.atom(atom, &place.frame, place.day, on, side),
            ConditionKind::Comparison { left, operator, right, .. } => {
                self.comparison(place, left, *operator, right, on, side)
            }
            ConditionKind::Moment { .. } => Vec::new(),
            ConditionKind::Quantified { quantifier, bindings, among, body, .. } => {
                let mut instances = Vec::new();
                self.instances(bindings, among.as_deref(), Some(body), place, on, side, *quantifier, &mut instances);
                let needs_all = (*quantifier == Quantifier::Every) == (side == Side::For);
                if needs_all { all(instances) } else { any(instances) }
            }
            ConditionKind::Ever(_)
            | ConditionKind::Always(_)
            | ConditionKind::Within(..)
            | ConditionKind::Throughout(..) => self.other_days(place, on, side),
            _ => match place.composition(self.engine) {
                Composition::Joined(parts) => {
                    let needs_all = match &place.condition.kind {
                        ConditionKind::And(..) => side == Side::For,
                        ConditionKind::Or(..) | ConditionKind::Whenever { .. } => side == Side::Against,
                        _ => true,
                    };
                    let options: Vec<Vec<Set>> = parts
                        .iter()
                        .map(|(part, same)| self.place(part, on, if *same { side } else { side.opposite() }))
                        .collect();
                    if needs_all { all(options) } else { any(options) }
                }
                Composition::Counted(comparison, number, parts) => {
                    let total = parts.len();
                    let mut sets = |side| parts.iter().map(|part| self.place(part, on, side)).collect::<Vec<_>>();
                    let (shown, refuted) = (sets(Side::For), sets(Side::Against));
                    counted(comparison, number, total, &shown, &refuted, side)
                }
                Composition::Shown(part) => self.place(&part, on, side),
                _ => Vec::new(),
            },
        }
    }

    fn atom(&mut self, atom: &Atom, frame: &Frame, day: Day, on: Interval, side: Side) -> Vec<Set> {
        match frame.arguments(&atom.arguments) {
            Some(individuals) => self.case(atom.relation, &individuals, day, on, side),
            None => Vec::new(),
        }
    }

    /// What each individual would need, of those that exist on the day.
    #[expect(clippy::too_many_arguments, reason = "a quantifier has that many parts")]
    fn instances(
        &mut self,
        bindings: &[Binding],
        among: Option<&'p Condition>,
        body: Option<&'p Condition>,
        place: &Place<'p>,
        on: Interval,
        side: Side,
        quantifier: Quantifier,
        instances: &mut Vec<Vec<Set>>,
    ) {
        let Some((binding, rest)) = bindings.split_first() else {
            let part = |condition| Place::new(condition, place.frame.clone(), place.day);
            // Of `every` an individual that is not among those meant is no counterexample; of `some`, no witness.
            let among_side = if quantifier == Quantifier::Every { side.opposite() } else { side };
            let mut options = Vec::new();
            options.extend(among.map(|among| self.place(&part(among), on, among_side)));
            options.extend(body.map(|body| self.place(&part(body), on, side)));
            let needs_both = (quantifier == Quantifier::Every) == (side == Side::Against);
            instances.push(if needs_both { all(options) } else { any(options) });
            return;
        };
        let individuals: Vec<IndividualId> = self.engine.individuals_of(binding.kind).take(MOST_INDIVIDUALS).collect();
        for individual in individuals {
            if self.engine.program().individual(individual).life.contains(place.day) {
                let mut place = place.clone();
                place.frame.set(binding.slot, Some(individual));
                self.instances(rest, among, body, &place, on, side, quantifier, instances);
            }
        }
    }

    fn other_days(&mut self, place: &Place<'p>, on: Interval, side: Side) -> Vec<Set> {
        let Composition::OtherDays(part, days) = place.composition(self.engine) else { return Vec::new() };
        let any_day_suffices = matches!(
            (&place.condition.kind, side),
            (ConditionKind::Ever(_) | ConditionKind::Within(..), Side::For)
                | (ConditionKind::Always(_) | ConditionKind::Throughout(..), Side::Against)
        );
        let at = |day: Day| Place::new(part.condition, part.frame.clone(), day);
        if any_day_suffices {
            let today = days.contains(on.first).then(|| self.place(&at(on.first), on, side));
            return any(today);
        }
        let line = self.engine.condition(part.condition, &mut part.frame.clone());
        let wrong = line.days_where(|standing| !side.is_settled(*standing)).intersection(&days);
        let stretches: Vec<Interval> = line
            .runs()
            .flat_map(|(run, _)| IntervalSet::from(run).intersection(&wrong).iter().collect::<Vec<_>>())
            .take(MOST_INDIVIDUALS)
            .collect();
        let needed: Vec<Vec<Set>> =
            stretches.into_iter().map(|stretch| self.place(&at(stretch.last), stretch, side)).collect();
        all(needed)
    }

    fn comparison(
        &mut self,
        place: &Place<'p>,
        left: &'p Expression,
        operator: ComparisonOperator,
        right: &'p Expression,
        on: Interval,
        side: Side,
    ) -> Vec<Set> {
        let constant = |expression: &'p Expression| {
            let is_constant = matches!(
                expression.kind,
                ExpressionKind::Number(_) | ExpressionKind::Parameter(_) | ExpressionKind::Argument(_)
            );
            let mut frame = place.frame.clone();
            is_constant.then(|| self.engine.expression(expression, &mut frame).at(place.day).settled()).flatten()
        };
        let (expression, operator, number) = match (constant(left), constant(right)) {
            (None, Some(number)) => (left, operator, number),
            (Some(number), None) => (right, mirrored(operator), number),
            _ => return Vec::new(),
        };
        match &expression.kind {
            ExpressionKind::Count { bindings, among } if number >= 0.0 => {
                let (mut shown, mut refuted) = (Vec::new(), Vec::new());
                let (some, among) = (Quantifier::Some, among.as_deref());
                self.instances(bindings, among, None, place, on, Side::For, some, &mut shown);
                self.instances(bindings, among, None, place, on, Side::Against, some, &mut refuted);
                let (comparison, number, side) = counting(operator, number, side);
                counted(comparison, number, shown.len(), &shown, &refuted, side)
            }
            ExpressionKind::Measure(measure, arguments) => {
                let Some(individuals) = place.frame.arguments(arguments) else { return Vec::new() };
                self.measure(*measure, &individuals, place.day, operator, number, on, side)
            }
            _ => Vec::new(),
        }
    }

    #[expect(clippy::too_many_arguments, reason = "a comparison on a day towards a side")]
    fn measure(
        &mut self,
        measure: MeasureId,
        individuals: &[IndividualId],
        day: Day,
        operator: ComparisonOperator,
        number: f64,
        on: Interval,
        side: Side,
    ) -> Vec<Set> {
        let engine = self.engine;
        let definition = engine.program().measure(measure);
        match &definition.definition {
            MeasureDefinition::Recorded => {
                if !engine.domain(Target::Measure(measure), individuals).contains(day) {
                    return Vec::new();
                }
                let value = deciding_value(operator, number, side, definition.levels.is_some());
                vec![Set::from([Change::Value(measure, Tuple::from(individuals), Number(value), on)])]
            }
            MeasureDefinition::Classification { variables, cases, .. } => {
                // At least a level: one of the cases from the highest down to it.
                let rank = |level: IndividualId| f64::from(engine.program().individual(level).rank.unwrap_or(0));
                let threshold = match operator {
                    ComparisonOperator::GreaterOrEqual | ComparisonOperator::Less => number,
                    ComparisonOperator::Greater | ComparisonOperator::LessOrEqual => number + 1.0,
                    ComparisonOperator::Equal | ComparisonOperator::NotEqual => number,
                };
                let at_least = matches!(
                    operator,
                    ComparisonOperator::GreaterOrEqual | ComparisonOperator::Greater | ComparisonOperator::Equal
                );
                let side = if at_least { side } else { side.opposite() };
                let options: Vec<Vec<Set>> = cases
                    .iter()
                    .filter(|(level, _)| rank(*level) >= threshold)
                    .map(|(_, condition)| {
                        let frame = Frame::new(variables.len(), individuals, IntervalSet::all());
                        self.place(&Place::new(condition, frame, day), on, side)
                    })
                    .collect();
                if side == Side::For { any(options) } else { all(options) }
            }
            MeasureDefinition::Defined { .. } => Vec::new(),
        }
    }
}

fn mirrored(operator: ComparisonOperator) -> ComparisonOperator {
    match operator {
        ComparisonOperator::Less => ComparisonOperator::Greater,
        ComparisonOperator::LessOrEqual => ComparisonOperator::GreaterOrEqual,
        ComparisonOperator::Greater => ComparisonOperator::Less,
        ComparisonOperator::GreaterOrEqual => ComparisonOperator::LessOrEqual,
        same => same,
    }
}

/// A value that makes a comparison with a number come out on a side, as near to the number as may be.
fn deciding_value(operator: ComparisonOperator, number: f64, side: Side, is_level: bool) -> f64 {
    let step = if is_level || (number.fract() == 0.0 && number.abs() < 1e9) { 1.0 } else { number.abs() / 1000.0 };
    let holds = side == Side::For;
    match operator {
        ComparisonOperator::GreaterOrEqual => {
            if holds {
                number
            } else {
                number - step
            }
        }
        ComparisonOperator::Greater => {
            if holds {
                number + step
            } else {
                number
            }
        }
        ComparisonOperator::LessOrEqual => {
            if holds {
                number
            } else {
                number + step
            }
        }
        ComparisonOperator::Less => {
            if holds {
                number - step
            } else {
                number
            }
        }
        ComparisonOperator::Equal => {
            if holds {
                number
            } else {
                number + step
            }
        }
        ComparisonOperator::NotEqual => {
            if holds {
                number + step
            } else {
                number
            }
        }
    }
}

/// A comparison of a count with a number, as a counting form and the side on which it has to come out.
fn counting(operator: ComparisonOperator, number: f64, side: Side) -> (CountComparison, usize, Side) {
    let (floor, ceiling) = (number.floor() as usize, number.ceil() as usize);
    match operator {
        ComparisonOperator::GreaterOrEqual => (CountComparison::AtLeast, ceiling, side),
        ComparisonOperator::Greater => (CountComparison::AtLeast, floor + 1, side),
        ComparisonOperator::LessOrEqual => (CountComparison::AtMost, floor, side),
        ComparisonOperator::Less => (CountComparison::AtLeast, ceiling, side.opposite()),
        ComparisonOperator::Equal => (CountComparison::Exactly, floor, side),
        ComparisonOperator::NotEqual => (CountComparison::Exactly, floor, side.opposite()),
    }
}

fn counted(
    comparison: CountComparison,
    number: usize,
    total: usize,
    shown: &[Vec<Set>],
    refuted: &[Vec<Set>],
    side: Side,
) -> Vec<Set> {
    let at_least = |number: usize| cheapest(number, shown);
    let fewer_than = |number: usize| cheapest((total + 1).saturating_sub(number), refuted);
    match (comparison, side) {
        (CountComparison::AtLeast, Side::For) => at_least(number),
        (CountComparison::AtLeast, Side::Against) => fewer_than(number),
        (CountComparison::AtMost, Side::For) => fewer_than(number + 1),
        (CountComparison::AtMost, Side::Against) => at_least(number + 1),
        (CountComparison::Exactly, Side::Against) => any([at_least(number + 1), fewer_than(number)]),
        (CountComparison::Exactly, Side::For) => {
            // Those that are cheapest to show, rather than to refute, are shown.
            let cost = |sets: &[Set]| sets.first().map_or(i64::from(u16::MAX), |set| set.len() as i64);
            let mut order: Vec<usize> = (0..total).collect();
            order.sort_by_key(|at| cost(&shown[*at]) - cost(&refuted[*at]));
            all(order
                .iter()
                .enumerate()
                .map(|(place, at)| if place < number { shown[*at].clone() } else { refuted[*at].clone() }))
        }
    }
}

/// The cheapest ways to have this many of them.
fn cheapest(number: usize, options: &[Vec<Set>]) -> Vec<Set> {
    let mut possible: Vec<&Vec<Set>> = options.iter().filter(|sets| !sets.is_empty()).collect();
    if possible.len() < number {
        return Vec::new();
    }
    possible.sort_by_key(|sets| sets[0].len());
    let first = all(possible.iter().take(number).map(|sets| (*sets).clone()));
    if number == 0 || possible.len() == number {
        return first;
    }
    let with_next = possible.iter().take(number - 1).chain(possible.get(number));
    any([first, all(with_next.map(|sets| (*sets).clone()))])
}

/// What a standing would have to become to be turned.
#[must_use]
pub fn turned(standing: Standing) -> &'static [Verdict] {
    match standing.verdict() {
        Verdict::Met => &[Verdict::NotMet],
        Verdict::NotMet => &[Verdict::Met],
        Verdict::Undetermined | Verdict::Contested => &[Verdict::Met, Verdict::NotMet],
        Verdict::NotApplicable => &[],
    }
}
