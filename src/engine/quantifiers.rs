//! Every and some, by the individuals that can matter.

use super::candidates::Candidates;
use super::insiders::Given;
use super::scopes::{Scope, apart};
use super::twins::{Closing, Representatives};
use super::witnesses::{Witnesses, while_they_live};
use super::{Engine, Frame, Standing};
use crate::evidence::Tuple;
use crate::model::condition::{Binding, Condition, ConditionKind, Slot};
use crate::model::program::{IndividualId, KindId};
use crate::time::{IntervalSet, Timeline};
use std::rc::Rc;

type Line = Timeline<Standing>;

/// A condition, or its opposite.
#[derive(Clone, Copy)]
pub(super) struct Literal<'c> {
    pub condition: &'c Condition,
    pub negated: bool,
}

impl Literal<'_> {
    /// Whether it asks about a variable.
    pub(super) fn names(&self, slot: Slot) -> bool {
        self.condition.free.binary_search(&slot).is_ok()
    }
}

impl Engine<'_> {
    /// All members of a kind, the unnamed one last.
    pub fn individuals_of(&self, kind: KindId) -> impl Iterator<Item = IndividualId> + '_ {
        let kind = self.program.kind(kind);
        kind.members.iter().chain(&kind.unnamed).copied()
    }

    pub(super) fn some(
        &self,
        bindings: &[Binding],
        among: Option<&Condition>,
        body: &Condition,
        frame: &mut Frame,
    ) -> Line {
        let mut literals = Vec::new();
        for condition in among.into_iter().chain([body]) {
            add_literals(condition, false, &mut literals);
        }
        self.quantified(std::ptr::from_ref(body).addr(), bindings, &literals, frame)
    }

    pub(super) fn every(
        &self,
        bindings: &[Binding],
        among: Option<&Condition>,
        body: &Condition,
        frame: &mut Frame,
    ) -> Line {
        let mut literals = Vec::new();
        if let Some(among) = among {
            add_literals(among, false, &mut literals);
        }
        add_literals(body, true, &mut literals);
        self.quantified(std::ptr::from_ref(body).addr(), bindings, &literals, frame).map(|standing| standing.negated())
    }

    /// Some combination of individuals of which all literals hold. The place is that of a condition, or of a variable, in the
    /// program, which stays where it is while the program lives.
    pub(super) fn quantified(
        &self,
        place: usize,
        bindings: &[Binding],
        literals: &[Literal<'_>],
        frame: &mut Frame,
    ) -> Line {
        let Some(joined) = self.joined_witnesses(place, bindings, literals) else {
            return self.some_of_all(bindings, literals, Sought::Standing, frame);
        };
        let ask = |frame: &mut Frame| match &joined.witnesses {
            Some(witnesses) => self.witnessed(place, bindings, literals, witnesses, frame),
            None => self.some_of_all(bindings, literals, Sought::Standing, frame),
        };
        // What does not hang on all that is given is asked again and again.
        let depends_on = joined.depends_on.as_ref().filter(|slots| slots.len() < frame.bound());
        let Some(given) = depends_on.and_then(|slots| slots.iter().map(|slot| frame.get(*slot)).collect()) else {
            return ask(frame);
        };
        self.kept(place, given, frame, ask)
    }

    /// What is asked at a place for the individuals on which it depends: known already, or found now on every day and kept.
    pub(super) fn kept(
        &self,
        place: usize,
        given: Tuple,
        frame: &mut Frame,
        ask: impl FnOnce(&mut Frame) -> Line,
    ) -> Line {
        let key = (place, given);
        if let Some(known) = self.quantified.borrow().get(&key) {
            return (**known).clone();
        }
        let before = frame.replace_domain(IntervalSet::all());
        let line = ask(frame);
        frame.restore(before);
        self.quantified.borrow_mut().insert(key, Rc::new(line.clone()));
        line
    }

    /// The same, by the combinations that can bear it out.
    fn witnessed(
        &self,
        place: usize,
        bindings: &[Binding],
        literals: &[Literal<'_>],
        witnesses: &Witnesses,
        frame: &mut Frame,
    ) -> Line {
        if frame.domain().is_subset(&witnesses.closed)
            && let Some(line) = self.two_valued_witnesses(witnesses, bindings, literals, frame)
        {
            return line;
        }
        let mut result = Timeline::constant(Standing::NOT_MET);
        for individuals in witnesses.of(frame, bindings.len()) {
            for (binding, individual) in bindings.iter().zip(individuals) {
                frame.set(binding.slot, Some(*individual));
            }
            let value = while_they_live(self, individuals, self.all(literals, &[], frame));
            if is_somewhere(&value, frame.domain(), |standing| standing != Standing::NOT_MET) {
                result = result.zip(&value, |one, two| one.or(*two));
                if !is_somewhere(&result, frame.domain(), |standing| standing != Standing::MET) {
                    break;
                }
            }
        }
        for binding in bindings {
            frame.set(binding.slot, None);
        }
        // For all others there is no evidence, and on some days one of them may leave the whole open.
        let refuted = |days: &IntervalSet| days.intersection(&result.days_where(|standing| standing.is_against()));
        let mut open = frame.domain().difference(&witnesses.closed);
        if !open.is_empty() {
            open = refuted(&open);
        }
        if !open.is_empty() {
            let positive = literals.iter().filter(|literal| !literal.negated);
            let conditions: Vec<&Condition> = positive.map(|literal| literal.condition).collect();
            let is_asked = |slot: &Slot| conditions.iter().any(|one| one.free.binary_search(slot).is_ok());
            let given: Given = frame.given().filter(|(slot, _)| is_asked(slot)).collect();
            let closing = Closing::Quantified(place);
            let find = || self.closed_all(&conditions, &given).unwrap_or_default();
            open = open.difference(&self.closed_alike(closing, &given, find));
        }
        if !open.is_empty() {
            let others =
                self.on_days(open, frame, |frame| self.some_of_all(bindings, literals, Sought::Unrefuted, frame));
            result = result.zip(&others, |one, two| one.or(*two));
        }
        result
    }

    /// What is asked with only some of the frame's days mattering; not met on all others.
    fn on_days(&self, days: IntervalSet, frame: &mut Frame, ask: impl FnOnce(&mut Frame) -> Line) -> Line {
        let before = frame.narrow_domain(days);
        let line = ask(frame).within(frame.domain(), &Standing::NOT_MET);
        frame.restore(before);
        line
    }

    /// Some combination of all individuals of which all literals hold.
    fn some_of_all(&self, bindings: &[Binding], literals: &[Literal<'_>], sought: Sought, frame: &mut Frame) -> Line {
        match apart(bindings, literals) {
            Some(parts) => self.exists(&parts.bindings, &parts.literals, &parts.scopes, sought, frame),
            None => self.exists(bindings, literals, &[], sought, frame),
        }
    }

    /// Some combination of individuals of which all literals hold, and for whom there is somebody in each scope.
    pub(super) fn exists(
        &self,
        bindings: &[Binding],
        literals: &[Literal<'_>],
        scopes: &[Scope<'_>],
        sought: Sought,
        frame: &mut Frame,
    ) -> Line {
        let Some((binding, rest)) = bindings.split_first() else {
            return self.all(literals, scopes, frame);
        };
        let search = Search { binding: *binding, rest, literals, scopes, sought };
        let mut result = Timeline::constant(Standing::NOT_MET);
        if sought == Sought::Unrefuted {
            // Where nothing is recorded anybody will do, and the first is as good as any.
            let Some(first) = self.individuals_of(binding.kind).next() else { return result };
            self.add_individual(first, &search, frame, &mut result);
            // Who else matters is asked of a variable that is not bound.
            frame.set(binding.slot, None);
            let refuted = result.days_where(|standing| standing.is_against()).intersection(frame.domain());
            if !refuted.is_empty() {
                let others = self.on_days(refuted, frame, |frame| {
                    let mut others = Timeline::constant(Standing::NOT_MET);
                    self.add_all(&search, frame, &mut others);
                    others
                });
                result = result.zip(&others, |one, two| one.or(*two));
            }
        } else {
            self.add_all(&search, frame, &mut result);
        }
        frame.set(binding.slot, None);
        result
    }

    /// Adds the individuals that can matter, until none can any more.
    fn add_all(&self, search: &Search<'_>, frame: &mut Frame, result: &mut Line) {
        let candidates = self.candidates(search.binding, search.literals, search.sought, frame);
        let (first, others): (&[IndividualId], bool) = match &candidates {
            Candidates::OthersAreNotMet(individuals) => (individuals, false),
            Candidates::OthersLackEvidence(individuals, _) => (individuals, true),
            Candidates::All => (&[], true),
        };
        let days = frame.domain().clone();
        for individual in first {
            if search.sought.is_found(result, &days) {
                return;
            }
            self.add_individual(*individual, search, frame, result);
        }
        if !others {
            return;
        }
        // Of those without evidence one that is not refuted is enough.
        let (insiders, open, open_outside, sought): (&[IndividualId], _, _, _) = match &candidates {
            Candidates::OthersLackEvidence(_, others) => {
                (&others.insiders, &others.open, &others.open_outside, Sought::Unrefuted)
            }
            _ => (&[], &days, &days, search.sought),
        };
        for individual in insiders.iter().filter(|one| first.binary_search(one).is_err()) {
            if sought.is_found(result, open) {
                break;
            }
            self.add_individual(*individual, search, frame, result);
        }
        let is_looked_at = |one: &IndividualId| first.binary_search(one).is_ok() || insiders.binary_search(one).is_ok();
        let mut others = self.individuals_of(search.binding.kind).filter(|one| !is_looked_at(one));
        let few = if self.plan.joins_after == 0 { 0 } else { FEW_OTHERS };
        for individual in others.by_ref().take(few) {
            if sought.is_found(result, open_outside) {
                return;
            }
            self.add_individual(individual, search, frame, result);
        }
        if sought.is_found(result, open_outside) {
            return;
        }
        frame.set(search.binding.slot, None);
        let others: Vec<IndividualId> = match self.representatives_of(search, frame) {
            Some(these) => {
                let own = these.own.into_iter().filter(|one| self.program.is_member(*one, search.binding.kind));
                let own = own.filter(|one| !is_looked_at(one));
                these.others.into_iter().map(|(one, _)| one).chain(own).collect()
            }
            None => others.collect(),
        };
        for individual in others {
            if sought.is_found(result, open_outside) {
                break;
            }
            self.add_individual(individual, search, frame, result);
        }
    }

    fn representatives_of(&self, search: &Search<'_>, frame: &Frame) -> Option<Representatives> {
        let (mut literals, mut rest) = (search.literals.to_vec(), search.rest.to_vec());
        for scope in search.scopes {
            scope.add_literals(&mut literals);
            scope.add_bindings(&mut rest);
        }
        let mut conditions = literals.iter().map(|literal| literal.condition);
        self.representatives(search.binding, &rest, &mut conditions, frame)
    }

    fn add_individual(&self, individual: IndividualId, search: &Search<'_>, frame: &mut Frame, result: &mut Line) {
        frame.set(search.binding.slot, Some(individual));
        let value = self.exists(search.rest, search.literals, search.scopes, search.sought, frame);
        let life = &self.program.individual(individual).life;
        let value = if life.is_all() { value } else { value.within(life, &Standing::NOT_MET) };
        if is_somewhere(&value, frame.domain(), |standing| standing != Standing::NOT_MET) {
            *result = result.zip(&value, |one, two| one.or(*two));
        }
    }

    fn all(&self, literals: &[Literal<'_>], scopes: &[Scope<'_>], frame: &mut Frame) -> Line {
        let mut all = Timeline::constant(Standing::MET);
        for literal in literals {
            let one = self.condition(literal.condition, frame);
            all = all.zip(&one, |all, one| all.and(if literal.negated { one.negated() } else { *one }));
            if !is_somewhere(&all, frame.domain(), |standing| standing != Standing::NOT_MET) {
                return Timeline::constant(Standing::NOT_MET);
            }
        }
        for scope in scopes {
            all = all.zip(&self.scope(scope, frame), |all, one| all.and(*one));
            if !is_somewhere(&all, frame.domain(), |standing| standing != Standing::NOT_MET) {
                return Timeline::constant(Standing::NOT_MET);
            }
        }
        all
    }
}

/// So many others are looked at before it is asked which of them are alike.
const FEW_OTHERS: usize = 3;

/// What individuals are looked at for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sought {
    /// What is known of one of them holding.
    Standing,
    /// Whether one of them is not refuted. None of them has evidence that is not known already.
    Unrefuted,
}

impl Sought {
    /// Whether no further individual changes anything on these days.
    fn is_found(self, result: &Line, days: &IntervalSet) -> bool {
        match self {
            Sought::Standing => !is_somewhere(result, days, |standing| standing != Standing::MET),
            Sought::Unrefuted => !is_somewhere(result, days, Standing::is_against),
        }
    }
}

/// A quantified variable, for which individuals are looked for.
struct Search<'s> {
    binding: Binding,
    /// Those that are bound within.
    rest: &'s [Binding],
    literals: &'s [Literal<'s>],
    scopes: &'s [Scope<'s>],
    sought: Sought,
}

/// Whether on some of these days a standing passes a test.
fn is_somewhere(line: &Line, days: &IntervalSet, test: impl Fn(Standing) -> bool) -> bool {
    line.runs().any(|(run, standing)| test(*standing) && days.touches(run))
}

/// Splits a condition, or its opposite, into parts that all have to hold.
fn add_literals<'c>(condition: &'c Condition, negated: bool, literals: &mut Vec<Literal<'c>>) {
    match (&condition.kind, negated) {
        (ConditionKind::Not(inner), _) => add_literals(inner, !negated, literals),
        (ConditionKind::And(conditions, _), false) | (ConditionKind::Or(conditions, _), true) => {
            for condition in conditions {
                add_literals(condition, negated, literals);
            }
        }
        (ConditionKind::Whenever { then, given }, true) => {
            add_literals(given, false, literals);
            add_literals(then, true, literals);
        }
        _ => literals.push(Literal { condition, negated }),
    }
}

/// The variables on which an aggregate depends: those of its parts that it does not bind itself.
pub(super) fn free_of(
    bindings: &[Binding],
    among: Option<&Condition>,
    value: Option<&crate::model::condition::Expression>,
) -> Vec<crate::model::condition::Slot> {
    let mut free: Vec<usize> = among.map(|among| among.free.clone()).unwrap_or_default();
    if let Some(value) = value {
        value.add_free(&mut free);
    }
    free.retain(|slot| !bindings.iter().any(|binding| binding.slot == *slot));
    free.sort_unstable();
    free.dedup();
    free
}
