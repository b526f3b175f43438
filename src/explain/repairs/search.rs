//! What a case or a condition would need, found by going down through its rules.
//!
//! Each case is looked at once for each side and day, and its sets of changes are kept. Rules in a circle are looked at
//! again and again until nothing changes: towards *for* from "there is no way", so that a circle shows nothing of itself;
//! towards *against* from "nothing is needed", so that a circle keeps up nothing of itself. That is how the engine
//! evaluates them.
//!
//! What a search cannot find: changes whose parts help one another only through numbers that are added or multiplied; a
//! finding that would take evidence away and put none in its place; that a rule's `where` be no longer refuted, without
//! being met; for a time form, findings on other days than those on which its parts change; and whatever is not among
//! the few smallest sets that are kept of each part.

use super::super::parts::{Place, Side};
use super::change::{Change, canonical, directions, is_open};
use super::sets::{self, Options, Set};
use crate::engine::{Engine, Frame};
use crate::evidence::{Pattern, Tuple};
use crate::model::condition::Condition;
use crate::model::program::{Guard, IndividualId, RelationId, Rule, RuleForm, Target};
use crate::time::{Day, Interval, IntervalSet};
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// A circle towards *against* in which small sets keep changing places is left after so many looks at each case.
const MOST_LOOKS: usize = 50;

/// A case to be brought to a side: on a day, by findings about an interval around it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Case {
    relation: RelationId,
    individuals: Tuple,
    side: Side,
    day: Day,
    on: Interval,
}

/// Cases that depend on one another, while they are looked at. A case is known in it by its place.
struct Round {
    component: usize,
    side: Side,
    places: FxHashMap<Case, usize>,
    cases: Vec<Looked>,
    /// Cases that no one has looked at yet. They come first.
    fresh: Vec<usize>,
    /// Cases that read what has changed since.
    again: VecDeque<usize>,
    reading: usize,
}

/// A case of a round, with what it would need as far as it is known.
struct Looked {
    case: Case,
    options: Options,
    /// Who has to be looked at again when this one changes.
    readers: FxHashSet<usize>,
    is_queued: bool,
}

impl Round {
    fn new(component: usize, case: Case) -> Round {
        let side = case.side;
        let (places, cases) = (FxHashMap::default(), Vec::new());
        let mut round = Round { component, side, places, cases, fresh: Vec::new(), again: VecDeque::new(), reading: 0 };
        round.add(case);
        round
    }

    fn add(&mut self, case: Case) {
        let options = if self.side == Side::For { Options::new() } else { sets::nothing() };
        let place = self.cases.len();
        self.places.insert(case.clone(), place);
        self.cases.push(Looked { case, options, readers: FxHashSet::default(), is_queued: true });
        self.fresh.push(place);
    }

    fn read(&mut self, case: Case) -> Options {
        let place = match self.places.get(&case) {
            Some(place) => *place,
            None => {
                self.add(case);
                self.cases.len() - 1
            }
        };
        let reading = self.reading;
        let case = &mut self.cases[place];
        case.readers.insert(reading);
        case.options.clone()
    }

    /// The next case to be looked at.
    fn next(&mut self) -> Option<Case> {
        self.reading = match self.fresh.pop() {
            Some(place) => place,
            None => self.again.pop_front()?,
        };
        let case = &mut self.cases[self.reading];
        case.is_queued = false;
        Some(case.case.clone())
    }

    /// What the case that was looked at would need.
    fn set(&mut self, options: Options) {
        let case = &mut self.cases[self.reading];
        case.options = options;
        let mut readers: Vec<usize> = std::mem::take(&mut case.readers).into_iter().collect();
        readers.sort_unstable();
        for reader in readers {
            if !std::mem::replace(&mut self.cases[reader].is_queued, true) {
                self.again.push_back(reader);
            }
        }
    }
}

pub(super) struct Search<'e, 'p> {
    pub(super) engine: &'e Engine<'p>,
    /// Conditions that may still be looked at.
    steps_left: usize,
    changes: Vec<Change>,
    numbers: BTreeMap<Change, u32>,
    known: FxHashMap<Case, Options>,
    rounds: Vec<Round>,
}

impl<'e, 'p> Search<'e, 'p> {
    pub(super) fn new(engine: &'e Engine<'p>, most_steps: usize) -> Self {
        Search {
            engine,
            steps_left: most_steps,
            changes: Vec::new(),
            numbers: BTreeMap::new(),
            known: FxHashMap::default(),
            rounds: Vec::new(),
        }
    }

    /// Counts a condition that is looked at; false where no more may be.
    pub(super) fn step(&mut self) -> bool {
        self.steps_left = self.steps_left.saturating_sub(1);
        !self.has_stopped()
    }

    /// Whether it stopped before its end. What it found by then towards *for* are ways, though perhaps not the smallest;
    /// towards *against* a circle may keep up what it found.
    pub(super) fn has_stopped(&self) -> bool {
        self.steps_left == 0
    }

    pub(super) fn steps_left(&self) -> usize {
        self.steps_left
    }

    /// The changes of a set.
    pub(super) fn changes(&self, set: &Set) -> BTreeSet<Change> {
        set.iter().map(|number| self.changes[(number & !sets::REVERSAL) as usize].clone()).collect()
    }

    /// One change by itself.
    pub(super) fn one(&mut self, change: Change) -> Options {
        let key = canonical(self.engine.program(), change.clone());
        if let Some(number) = self.numbers.get(&key) {
            return vec![vec![*number]];
        }
        let reversal = if is_open(self.engine, &change) { 0 } else { sets::REVERSAL };
        let number = self.changes.len() as u32 | reversal;
        self.numbers.insert(key, number);
        self.changes.push(change);
        vec![vec![number]]
    }

    /// What the case that is asked about would need. It is not enough that it would not arise.
    pub(super) fn asked(
        &mut self,
        relation: RelationId,
        individuals: &[IndividualId],
        day: Day,
        side: Side,
    ) -> Options {
        let program = self.engine.program();
        let definition = program.relation(relation);
        let mut rules = definition.rules.iter().map(|rule| program.rule(*rule));
        let may_not_arise = definition.is_criterion && rules.all(|rule| rule.applies_where.is_some());
        let on = Interval { first: day, last: day };
        if side == Side::For || !may_not_arise || definition.component.is_some() {
            return self.case(relation, individuals, day, on, side);
        }
        let individuals = Tuple::from(individuals);
        self.look(&Case { relation, individuals, side, day, on }, false)
    }

    pub(super) fn case(
        &mut self,
        relation: RelationId,
        individuals: &[IndividualId],
        day: Day,
        on: Interval,
        side: Side,
    ) -> Options {
        let engine = self.engine;
        let standing = *engine.case(relation, individuals).at(day);
        if side.is_settled(standing.in_condition()) {
            return sets::nothing();
        }
        // Within a condition, what does not arise for the sake of its `where` may be made to.
        if !standing.is_applicable() && !engine.domain(Target::Relation(relation), individuals).contains(day) {
            return Options::new();
        }
        let individuals = Tuple::from(individuals);
        let case = Case { relation, individuals, side, day, on };
        if let Some(known) = self.known.get(&case) {
            return known.clone();
        }
        match engine.program().relation(relation).component {
            Some(component) => self.in_circle(component, case),
            None => {
                let options = self.look(&case, true);
                self.known.insert(case, options.clone());
                options
            }
        }
    }

    fn in_circle(&mut self, component: usize, case: Case) -> Options {
        let side = case.side;
        let running = self.rounds.iter_mut().rfind(|round| round.component == component && round.side == side);
        if let Some(round) = running {
            return round.read(case);
        }
        let place = self.rounds.len();
        self.rounds.push(Round::new(component, case.clone()));
        let mut looks = 0;
        while let Some(next) = self.rounds[place].next() {
            let mut options = self.look(&next, true);
            let round = &mut self.rounds[place];
            let before = &round.cases[round.reading].options;
            if side == Side::For {
                // What was a way stays one.
                options = sets::any([before.clone(), options]);
            }
            looks += 1;
            if options != *before && looks < MOST_LOOKS * round.cases.len() {
                round.set(options);
            }
            if self.has_stopped() {
                break;
            }
        }
        if let Some(round) = self.rounds.pop() {
            self.known.extend(round.cases.into_iter().map(|looked| (looked.case, looked.options)));
        }
        self.known.get(&case).cloned().unwrap_or_default()
    }

    /// What a case would need, by its rules and by findings about itself.
    fn look(&mut self, case: &Case, may_not_arise: bool) -> Options {
        let engine = self.engine;
        let definition = engine.program().relation(case.relation);
        if definition.is_criterion { self.criterion(case, may_not_arise) } else { self.predicate(case) }
    }

    fn criterion(&mut self, case: &Case, may_not_arise: bool) -> Options {
        let engine = self.engine;
        let program = engine.program();
        let (mut sufficient, mut necessary) = (Vec::new(), Vec::new());
        // Of the other kind of rules it is enough that they do not speak for the other side.
        let (mut not_shown, mut not_refuted) = (Vec::new(), Vec::new());
        // What it takes while the rule still applies.
        let (mut applying, mut arising) = (Vec::new(), Vec::new());
        let rules = program.relation(case.relation).rules.iter().map(|rule| program.rule(*rule));
        for rule in rules.filter(|rule| fits(rule, &case.individuals)) {
            let options = self.rule(rule, &case.individuals, case);
            if !may_not_arise {
                let applies = self.arising(rule, case);
                let body = self.place_of(rule, &rule.body, &case.individuals, case.day);
                applying.push(sets::all([applies.clone(), self.place(&body, case.on, case.side)]));
                arising.push(applies);
            }
            let standing = self.standing_of(rule, &case.individuals, case.day);
            if rule.form == RuleForm::OnlyIf {
                not_refuted.push(if standing.is_against() { options.clone() } else { sets::nothing() });
                necessary.push(options);
            } else {
                not_shown.push(if standing.is_for() { options.clone() } else { sets::nothing() });
                sufficient.push(options);
            }
        }
        match case.side {
            Side::For => sets::all([sets::any(sufficient)].into_iter().chain(not_refuted)),
            Side::Against if necessary.is_empty() && may_not_arise => sets::all(sufficient),
            // One of the rules has to apply, or the case does not arise.
            Side::Against if necessary.is_empty() => {
                let but = |at: usize| sufficient.iter().enumerate().filter(move |(other, _)| *other != at);
                let rules = applying.into_iter().enumerate();
                sets::any(rules.map(|(at, applies)| {
                    sets::all([applies].into_iter().chain(but(at).map(|(_, options)| options.clone())))
                }))
            }
            Side::Against if !may_not_arise && applying.len() == 1 => sets::any(applying),
            Side::Against if !may_not_arise => {
                sets::all([sets::any(necessary), sets::any(arising)].into_iter().chain(not_shown))
            }
            Side::Against => sets::all([sets::any(necessary)].into_iter().chain(not_shown)),
        }
    }

    fn predicate(&mut self, case: &Case) -> Options {
        let engine = self.engine;
        let program = engine.program();
        let target = Target::Relation(case.relation);
        let mut bridges = Vec::new();
        for rule in program.relation(case.relation).rules.iter().map(|rule| program.rule(*rule)) {
            for individuals in directions(program, target, &case.individuals) {
                // It is enough that a bridge does not speak for it, on whatever grounds.
                let is_silent = case.side == Side::Against && !self.standing_of(rule, &individuals, case.day).is_for();
                if fits(rule, &individuals) && !is_silent {
                    bridges.push(self.rule(rule, &individuals, case));
                }
            }
        }
        let is_named = case.individuals.iter().all(|individual| !program.individual(*individual).is_unnamed);
        let found = if is_named {
            self.one(Change::Atom(case.relation, case.individuals.clone(), case.side, case.on))
        } else if case.side == Side::Against {
            // Of one that is not named only the record as a whole can speak.
            let known = |individual: &IndividualId| !program.individual(*individual).is_unnamed;
            let pattern: Pattern = case.individuals.iter().map(|individual| Some(*individual).filter(known)).collect();
            self.one(Change::Complete(target, pattern, case.on))
        } else {
            Options::new()
        };
        match case.side {
            Side::For => {
                // What a bridge shows is contested where facts say otherwise.
                let against = engine.record().atom_days(target, &case.individuals, engine.changes()).against;
                let bridged = if against.contains(case.day) { Vec::new() } else { bridges };
                sets::any([found].into_iter().chain(bridged))
            }
            Side::Against => sets::all([found].into_iter().chain(bridges)),
        }
    }

    fn rule(&mut self, rule: &'p Rule, individuals: &[IndividualId], case: &Case) -> Options {
        let mut options = Vec::new();
        for condition in [&rule.body].into_iter().chain(&rule.applies_where) {
            let place = self.place_of(rule, condition, individuals, case.day);
            options.push(self.place(&place, case.on, case.side));
        }
        if case.side == Side::For { sets::all(options) } else { sets::any(options) }
    }

    /// What it takes for a rule to apply, where it is settled that it does not.
    fn arising(&mut self, rule: &'p Rule, case: &Case) -> Options {
        let Some(applies) = &rule.applies_where else { return sets::nothing() };
        let applies = self.place_of(rule, applies, &case.individuals, case.day);
        let is_settled = applies.standing(self.engine).is_settled_against();
        if is_settled { self.place(&applies, case.on, Side::For) } else { sets::nothing() }
    }

    pub(super) fn place_of(
        &self,
        rule: &Rule,
        condition: &'p Condition,
        individuals: &[IndividualId],
        day: Day,
    ) -> Place<'p> {
        let domain: IntervalSet = self.engine.domain(Target::Relation(rule.relation), individuals);
        Place::new(condition, Frame::new(rule.variables.len(), individuals, domain), day)
    }

    fn standing_of(&self, rule: &'p Rule, individuals: &[IndividualId], day: Day) -> crate::engine::Standing {
        let standing = |condition| self.place_of(rule, condition, individuals, day).standing(self.engine);
        let body = standing(&rule.body);
        rule.applies_where.as_ref().map_or(body, |applies| standing(applies).and(body))
    }
}

fn fits(rule: &Rule, individuals: &[IndividualId]) -> bool {
    rule.guards.iter().all(|guard| match guard {
        Guard::Is(place, one) => individuals[*place] == *one,
        Guard::Same(one, two) => individuals[*one] == individuals[*two],
    })
}
