//! Counts, sums, means and extremes over individuals.

use super::{Bounds, Engine, Frame, Quantity, Standing};
use crate::evidence::Tuple;
use crate::model::condition::{AggregateFunction, Binding, Condition, Expression};
use crate::time::Timeline;
use rustc_hash::FxHashMap;
use std::rc::Rc;

/// Values that were computed, by the place of their expression in the program and its free individuals.
pub(super) type Kept = FxHashMap<(usize, Tuple), Rc<Timeline<Quantity>>>;

/// What one combination of individuals brings on a day.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Member {
    /// Whether it belongs.
    standing: Standing,
    /// Its value; none where it has none and is passed over.
    value: Option<Bounds>,
    /// Whether it may stand for any number of individuals.
    is_unnamed: bool,
    /// For how many combinations it stands of which the same is known.
    times: usize,
}

type Function<'f> = &'f dyn Fn(&[&Member]) -> Quantity;

impl Engine<'_> {
    pub(super) fn count(
        &self,
        expression: &Expression,
        bindings: &[Binding],
        among: Option<&Condition>,
        frame: &mut Frame,
    ) -> Rc<Timeline<Quantity>> {
        self.over_members(expression, bindings, among, None, frame)
    }

    pub(super) fn aggregate(
        &self,
        expression: &Expression,
        function: AggregateFunction,
        value: &Expression,
        bindings: &[Binding],
        among: Option<&Condition>,
        frame: &mut Frame,
    ) -> Rc<Timeline<Quantity>> {
        self.over_members(expression, bindings, among, Some((function, value)), frame)
    }

    /// What a function makes of the values of some combinations of individuals; without a function, how many they are.
    fn over_members(
        &self,
        expression: &Expression,
        bindings: &[Binding],
        among: Option<&Condition>,
        function: Option<(AggregateFunction, &Expression)>,
        frame: &mut Frame,
    ) -> Rc<Timeline<Quantity>> {
        // Expressions stay where they are while the program lives, so their place tells them apart. What an
        // expression is worth does not depend on the frame's domain on the days of that domain, so the days are widened to all.
        let value = function.map(|(_, value)| value);
        let free = super::quantifiers::free_of(bindings, among, value);
        let individuals: Option<Tuple> = free.iter().map(|slot| frame.get(*slot)).collect();
        let key = individuals.map(|individuals| (std::ptr::from_ref(expression).addr(), individuals));
        if let Some(known) = key.as_ref().and_then(|key| self.aggregates.borrow().get(key).cloned()) {
            return known;
        }
        let before = frame.replace_domain(crate::time::IntervalSet::all());
        let tallied = function.filter(|_| among.is_none());
        let tallied = tallied.and_then(|(function, value)| self.tallied(function, value, bindings, frame));
        let result = Rc::new(tallied.unwrap_or_else(|| {
            let mut members = Vec::new();
            self.collect(bindings, among, value, (false, 1), frame, &mut members);
            let members: Vec<&Timeline<Member>> = members.iter().collect();
            let function = function.map_or(&count as Function<'_>, |(function, _)| made_by(function));
            Timeline::zip_all(&members, function)
        }));
        frame.restore(before);
        if let Some(key) = key {
            self.aggregates.borrow_mut().insert(key, Rc::clone(&result));
        }
        result
    }

    fn collect(
        &self,
        bindings: &[Binding],
        among: Option<&Condition>,
        value: Option<&Expression>,
        (is_unnamed, times): (bool, usize),
        frame: &mut Frame,
        members: &mut Vec<Timeline<Member>>,
    ) {
        let Some((binding, rest)) = bindings.split_first() else {
            if let Some(member) = self.member(among, value, (is_unnamed, times), frame) {
                members.push(member);
            }
            return;
        };
        let each = match value {
            None => self.members_to_count(*binding, rest, among, frame),
            // The sum of many equal values need not be that value times their number, to the last digit.
            Some(_) => self.individuals_of(binding.kind).map(|individual| (individual, 1)).collect(),
        };
        for (individual, alike) in each {
            frame.set(binding.slot, Some(individual));
            let (from, individual) = (members.len(), self.program.individual(individual));
            let stands_for = (is_unnamed || individual.is_unnamed, times * alike);
            self.collect(rest, among, value, stands_for, frame, members);
            if !individual.life.is_all() {
                for member in &mut members[from..] {
                    let out = Member { standing: Standing::NOT_MET, value: None, is_unnamed: false, times: 1 };
                    let known = std::mem::replace(member, Timeline::constant(out));
                    *member = known.within(&individual.life, &out);
                }
            }
        }
        frame.set(binding.slot, None);
    }

    fn member(
        &self,
        among: Option<&Condition>,
        value: Option<&Expression>,
        (is_unnamed, times): (bool, usize),
        frame: &mut Frame,
    ) -> Option<Timeline<Member>> {
        let standing = match among {
            Some(among) => self.condition(among, frame),
            None => Timeline::constant(Standing::MET),
        };
        if standing.as_constant() == Some(&Standing::NOT_MET) {
            return None;
        }
        let Some(value) = value else {
            return Some(standing.map(|standing| Member { standing: *standing, value: None, is_unnamed, times }));
        };
        let values = self.expression(value, frame);
        let unrecorded = self.unrecorded_days(value, Some(&values), frame);
        let value = if unrecorded.is_empty() {
            values.map(Quantity::joined)
        } else {
            values.zip(&Timeline::from_set(&unrecorded, true, false), |value, unrecorded| {
                let unknown = Bounds::between(f64::NEG_INFINITY, f64::INFINITY);
                value.joined().or(unrecorded.then_some(unknown))
            })
        };
        let member = |standing: Standing, value: Option<Bounds>| Member { standing, value, is_unnamed, times };
        Some(match standing.as_constant() {
            Some(standing) => value.map(|value| member(*standing, *value)),
            None => standing.zip(&value, |standing, value| member(*standing, *value)),
        })
    }
}

fn made_by(function: AggregateFunction) -> Function<'static> {
    match function {
        AggregateFunction::Sum => &sum,
        AggregateFunction::Mean => &mean,
        AggregateFunction::Minimum => &|members| extreme(members, Bounds::smaller),
        AggregateFunction::Maximum => &|members| extreme(members, Bounds::larger),
    }
}

fn count(members: &[&Member]) -> Quantity {
    let total = members.iter().fold(Bounds::exactly(0.0), |total, member| {
        let one = Bounds::of_standing(member.standing);
        let times = member.times as f64;
        let many = |upper: f64| if member.is_unnamed && upper > 0.0 { f64::INFINITY } else { upper * times };
        Bounds {
            lower: total.lower + one.lower * times,
            upper: total.upper + many(one.upper),
            settled_lower: total.settled_lower + one.settled_lower * times,
            settled_upper: total.settled_upper + many(one.settled_upper),
        }
    });
    Quantity::one(total)
}

/// The members that may belong, with their values; those without a value are passed over.
fn with_values<'m>(members: &'m [&Member]) -> impl Iterator<Item = (Standing, Bounds)> + 'm {
    members
        .iter()
        .filter(|member| member.standing != Standing::NOT_MET)
        .filter_map(|member| member.value.map(|value| (member.standing, value)))
}

fn sum(members: &[&Member]) -> Quantity {
    let total = with_values(members).fold(Bounds::exactly(0.0), |total, (standing, value)| {
        let lower = match (standing.is_for(), standing.is_against()) {
            (true, false) => value.lower,
            (false, true) => 0.0,
            (false, false) => value.lower.min(0.0),
            (true, true) => value.lower.max(0.0),
        };
        let upper = match (standing.is_for(), standing.is_against()) {
            (true, false) => value.upper,
            (false, true) => 0.0,
            (false, false) => value.upper.max(0.0),
            (true, true) => value.upper.min(0.0),
        };
        let (settled_lower, settled_upper) = if standing.is_settled_for() {
            (value.settled_lower, value.settled_upper)
        } else if standing.is_settled_against() {
            (0.0, 0.0)
        } else {
            (value.settled_lower.min(0.0), value.settled_upper.max(0.0))
        };
        Bounds {
            lower: total.lower + lower,
            upper: total.upper + upper,
            settled_lower: total.settled_lower + settled_lower,
            settled_upper: total.settled_upper + settled_upper,
        }
    });
    Quantity::one(total)
}

impl Bounds {
    fn smaller(one: f64, two: f64) -> f64 {
        one.min(two)
    }

    fn larger(one: f64, two: f64) -> f64 {
        one.max(two)
    }
}

/// The smallest or largest value. While no member is sure to belong there may be no value, and the bounds are open.
fn extreme(members: &[&Member], choose: fn(f64, f64) -> f64) -> Quantity {
    let is_smallest = choose(0.0, 1.0) == 0.0;
    let none = if is_smallest { f64::INFINITY } else { f64::NEG_INFINITY };
    let mut bounds = Bounds::between(none, none);
    let (mut any, mut sure, mut settled_sure) = (false, false, false);
    for (standing, value) in with_values(members) {
        any = true;
        let (in_all, out_all) = (standing.is_for(), standing.is_against());
        // A member that may be left out does not move the bound which it could only loosen.
        let (moves_lower, moves_upper) = match (in_all, out_all) {
            (true, false) => (true, true),
            (false, true) => (false, false),
            (false, false) => (is_smallest, !is_smallest),
            (true, true) => (!is_smallest, is_smallest),
        };
        if moves_lower {
            bounds.lower = choose(bounds.lower, value.lower);
        }
        if moves_upper {
            bounds.upper = choose(bounds.upper, value.upper);
        }
        sure |= in_all;
        let settled_in = standing.is_settled_for();
        if !standing.is_settled_against() {
            if settled_in || is_smallest {
                bounds.settled_lower = choose(bounds.settled_lower, value.settled_lower);
            }
            if settled_in || !is_smallest {
                bounds.settled_upper = choose(bounds.settled_upper, value.settled_upper);
            }
        }
        settled_sure |= settled_in;
    }
    if !any {
        return Quantity::none();
    }
    if !sure {
        (bounds.lower, bounds.upper) = (f64::NEG_INFINITY, f64::INFINITY);
    }
    if !settled_sure {
        (bounds.settled_lower, bounds.settled_upper) = (f64::NEG_INFINITY, f64::INFINITY);
    }
    Quantity::one(bounds)
}

fn mean(members: &[&Member]) -> Quantity {
    let all_settled = with_values(members).all(|(standing, value)| {
        standing.is_settled_for() && value.settled_lower.is_finite() && value.settled_upper.is_finite()
    });
    if !all_settled {
        let joined = extreme(members, Bounds::smaller).joined().zip(extreme(members, Bounds::larger).joined());
        return joined.map_or(Quantity::none(), |(smallest, largest)| {
            Quantity::one(Bounds::between(smallest.settled_lower, largest.settled_upper))
        });
    }
    let number = with_values(members).count();
    if number == 0 {
        return Quantity::none();
    }
    // Not by arithmetic, which would lose what rival values show on both sides.
    sum(members).joined().map_or(Quantity::none(), |total| Quantity::one(total.shared_by(number)))
}
