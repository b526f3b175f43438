//! Whether an `expect` holds, day by day.

use super::{Marks, Names, Reference};
use symmachia::model::condition::ConditionKind;
use symmachia::model::program::{Assertion, AssertionTime};
use symmachia::time::{Day, Interval};
use symmachia::verdict::Verdict;

/// How an assertion fares.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    Holds,
    /// The first day on which it does not, and what is to be said on that day instead.
    Fails(Day, Verdict),
    /// It speaks of no day at all on which the case applies (or, of a `sometime`, none on which it holds).
    Nowhere,
}

impl Reference<'_> {
    /// Whether an assertion holds, its `failing` and `by` apart.
    pub fn outcome(&self, assertion: &Assertion) -> Outcome {
        let (interval, is_sometime) = match &assertion.time {
            AssertionTime::Always => (Interval::ALL, false),
            AssertionTime::Every(interval) => (*interval, false),
            AssertionTime::Sometime(interval) => (*interval, true),
        };
        let mut environment = vec![None; assertion.variables.len()];
        let mut has_spoken = false;
        for place in self.days.window_of(interval) {
            let verdict = if self.arises(assertion, place) {
                self.asserted(assertion, &mut environment, place).verdict()
            } else {
                Verdict::NotApplicable
            };
            let applies = verdict != Verdict::NotApplicable || assertion.verdict == Verdict::NotApplicable;
            let agrees = verdict == assertion.verdict;
            has_spoken |= applies && (agrees || !is_sometime);
            if applies && !agrees && !is_sometime {
                return Outcome::Fails(self.days.day(place).max(interval.first), verdict);
            }
        }
        if has_spoken { Outcome::Holds } else { Outcome::Nowhere }
    }

    /// A case applies where all exist who are named.
    fn arises(&self, assertion: &Assertion, place: usize) -> bool {
        let day = self.days.day(place);
        let names = Names::of(&assertion.condition);
        names.constants.iter().all(|individual| self.program.individual(*individual).life.contains(day))
    }

    fn asserted(&self, assertion: &Assertion, environment: &mut super::Environment, place: usize) -> Marks {
        match &assertion.condition.kind {
            // Inside a condition a case that does not apply is not met; here it is the case itself.
            ConditionKind::Atom(atom) => {
                let individuals = super::conditions::arguments(&atom.arguments, environment);
                self.marks_at(atom.relation, &individuals, place)
            }
            _ => self.condition_at(&assertion.condition, environment, place),
        }
    }
}
