//! The parts of a condition on one day: what it is made of once its individuals are known.

use crate::engine::{Engine, Frame, Standing};
use crate::model::condition::{Binding, Condition, ConditionKind, CountComparison, Quantifier};
use crate::model::program::IndividualId;
use crate::time::{Day, IntervalSet};

/// A side of the evidence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Side {
    /// For.
    For,
    /// Against.
    Against,
}

impl Side {
    /// The other one.
    #[must_use]
    pub fn opposite(self) -> Side {
        match self {
            Side::For => Side::Against,
            Side::Against => Side::For,
        }
    }

    /// Whether there is settled evidence on this side.
    #[must_use]
    pub fn is_settled(self, standing: Standing) -> bool {
        match self {
            Side::For => standing.is_settled_for(),
            Side::Against => standing.is_settled_against(),
        }
    }

    /// Whether there is evidence on this side at all.
    #[must_use]
    pub fn has(self, standing: Standing) -> bool {
        match self {
            Side::For => standing.is_for(),
            Side::Against => standing.is_against(),
        }
    }
}

/// A condition with the individuals of its variables and the day on which it is looked at.
#[derive(Clone)]
pub struct Place<'p> {
    /// What.
    pub condition: &'p Condition,
    /// For whom.
    pub frame: Frame,
    /// When.
    pub day: Day,
}

/// How the parts of a condition make up the whole.
pub enum Composition<'p> {
    /// An atom, a comparison or a moment: no parts.
    Simple,
    /// All parts are needed, or any of them suffices: which of the two does not matter to who carries it.
    /// The flag tells whether a part bears on the same side as the whole.
    Joined(Vec<(Place<'p>, bool)>),
    /// This many of the parts.
    Counted(CountComparison, usize, Vec<Place<'p>>),
    /// Every individual, or some, by their parts.
    Quantified(Vec<Instance<'p>>),
    /// The part is looked at on another day, or on this one; all days count (always, throughout), or any.
    OtherDays(Box<Place<'p>>, IntervalSet),
    /// Met where the part is met.
    Shown(Box<Place<'p>>),
}

/// A quantified condition at one combination of individuals that exist on the day.
#[derive(Clone)]
pub struct Instance<'p> {
    /// One for each variable.
    pub individuals: Vec<IndividualId>,
    /// What makes them one of those that are meant, where that is asked.
    pub among: Option<Place<'p>>,
    /// What is to hold of them.
    pub body: Place<'p>,
}

impl<'p> Place<'p> {
    /// A condition in a frame on a day.
    #[must_use]
    pub fn new(condition: &'p Condition, frame: Frame, day: Day) -> Self {
        Place { condition, frame, day }
    }

    fn with(&self, condition: &'p Condition) -> Place<'p> {
        Place { condition, frame: self.frame.clone(), day: self.day }
    }

    /// What is known of it on the day.
    #[must_use]
    pub fn standing(&self, engine: &Engine<'_>) -> Standing {
        self.standing_of(self.condition, engine)
    }

    /// Of what is joined by days, no other day need be looked at.
    fn standing_of(&self, condition: &Condition, engine: &Engine<'_>) -> Standing {
        let of = |part: &Condition| self.standing_of(part, engine);
        match &condition.kind {
            ConditionKind::Atom(atom) => match self.frame.arguments(&atom.arguments) {
                Some(individuals) => engine.case(atom.relation, &individuals).at(self.day).in_condition(),
                None => Standing::UNDETERMINED,
            },
            ConditionKind::Not(inner) => of(inner).negated(),
            ConditionKind::And(parts, _) => parts.iter().fold(Standing::MET, |all, part| all.and(of(part))),
            ConditionKind::Or(parts, _) => parts.iter().fold(Standing::NOT_MET, |all, part| all.or(of(part))),
            ConditionKind::Whenever { then, given } => of(then).or(of(given).negated()),
            _ => *engine.condition(condition, &mut self.frame.clone()).at(self.day),
        }
    }

    /// What it is made of.
    #[must_use]
    pub fn composition(&self, engine: &Engine<'p>) -> Composition<'p> {
        match &self.condition.kind {
            ConditionKind::Atom(_) | ConditionKind::Comparison { .. } | ConditionKind::Moment { .. } => {
                Composition::Simple
            }
            ConditionKind::Not(inner) => Composition::Joined(vec![(self.with(inner), false)]),
            ConditionKind::And(conditions, _) | ConditionKind::Or(conditions, _) => {
                Composition::Joined(conditions.iter().map(|condition| (self.with(condition), true)).collect())
            }
            ConditionKind::Whenever { then, given } => {
                Composition::Joined(vec![(self.with(then), true), (self.with(given), false)])
            }
            ConditionKind::Shown(inner) => Composition::Shown(Box::new(self.with(inner))),
            ConditionKind::Counted { comparison, number, conditions } => Composition::Counted(
                *comparison,
                engine.count_number(*number),
                conditions.iter().map(|condition| self.with(condition)).collect(),
            ),
            ConditionKind::Quantified { bindings, among, body, .. } => {
                let mut parts = Vec::new();
                self.instances(engine, bindings, among.as_deref(), body, &mut Vec::new(), &mut parts);
                Composition::Quantified(parts)
            }
            ConditionKind::Ever(inner) | ConditionKind::Always(inner) => {
                let days = IntervalSet::from_intervals(crate::time::Interval::new(Day::FIRST, self.day));
                self.other_days(engine, inner, &days)
            }
            ConditionKind::Within(inner, window) | ConditionKind::Throughout(inner, window) => {
                let window = engine.program().window(window);
                self.other_days(engine, inner, &window.around(self.day).into())
            }
        }
    }

    fn other_days(&self, engine: &Engine<'p>, inner: &'p Condition, days: &IntervalSet) -> Composition<'p> {
        let looked_at = engine.days_looked_at(inner, &self.frame);
        let mut place = self.with(inner);
        place.frame.replace_domain(looked_at.clone());
        Composition::OtherDays(Box::new(place), looked_at.intersection(days))
    }

    /// The body at each combination of individuals that exist on the day, among those asked for.
    fn instances(
        &self,
        engine: &Engine<'p>,
        bindings: &[Binding],
        among: Option<&'p Condition>,
        body: &'p Condition,
        chosen: &mut Vec<IndividualId>,
        parts: &mut Vec<Instance<'p>>,
    ) {
        let Some((binding, rest)) = bindings.split_first() else {
            let among = among.map(|among| self.with(among));
            let is_out =
                among.as_ref().is_some_and(|among| among.standing(engine).verdict() == crate::verdict::Verdict::NotMet);
            if !is_out {
                parts.push(Instance { individuals: chosen.clone(), among, body: self.with(body) });
            }
            return;
        };
        let individuals: Vec<IndividualId> = engine.individuals_of(binding.kind).collect();
        for individual in individuals {
            if !engine.program().individual(individual).life.contains(self.day) {
                continue;
            }
            let mut place = self.clone();
            place.frame.set(binding.slot, Some(individual));
            chosen.push(individual);
            place.instances(engine, rest, among, body, chosen, parts);
            chosen.pop();
        }
    }

    /// Whether it is met only because there was nothing to try it on: `whenever` where the occasion did not
    /// arise, `for every` over nobody.
    #[must_use]
    pub fn is_not_tested(&self, engine: &Engine<'p>) -> bool {
        match &self.condition.kind {
            ConditionKind::Whenever { given, .. } => self.with(given).standing(engine).is_settled_against(),
            ConditionKind::Quantified { quantifier: Quantifier::Every, .. } => {
                matches!(self.composition(engine), Composition::Quantified(parts) if parts.is_empty())
            }
            ConditionKind::And(conditions, _) => conditions.iter().all(|part| self.with(part).is_not_tested(engine)),
            _ => false,
        }
    }
}
