//! Statements that are certain on no day, and certain to be so on one of several.

use super::conditions::arguments;
use super::evidence::Speech;
use super::marks::Marks;
use super::{Environment, Reference};
use symmachia::evidence::Polarity;
use symmachia::model::condition::{Condition, ConditionKind};
use symmachia::model::program::Target;
use symmachia::time::Day;

/// The first and the last of the days, and the marks of the one among them on which it was.
pub(super) type Occasion = (Day, Day, Marks);

impl Reference<'_> {
    /// Occasions of an atom of a predicate, or of its opposite.
    pub(super) fn occasions(&self, condition: &Condition, environment: &Environment) -> Vec<Occasion> {
        let atom = match &condition.kind {
            ConditionKind::Not(inner) => {
                let all = self.occasions(inner, environment);
                return all.into_iter().map(|(first, last, marks)| (first, last, !marks)).collect();
            }
            ConditionKind::Atom(atom) if !self.program.relation(atom.relation).is_criterion => atom,
            _ => return Vec::new(),
        };
        let (target, individuals) = (Target::Relation(atom.relation), arguments(&atom.arguments, environment));
        let mut occasions = Vec::new();
        for statement in self.program.statements.iter().filter(|statement| statement.target == target) {
            let is_listed =
                self.speeches(statement, &individuals).iter().any(|speech| matches!(speech, Speech::Listed));
            if !is_listed || statement.polarity == Polarity::Unknown {
                continue;
            }
            for time in &statement.times {
                // Certain on some day by itself, or perhaps only after all that its sources can speak of.
                if time.latest_start <= time.earliest_end || time.open_end {
                    continue;
                }
                let (first, last) = (time.earliest_start, std::cmp::min(time.latest_start, time.latest_end));
                let places: Vec<usize> = (self.days.place(first)..=self.days.place(last)).collect();
                if !places.iter().all(|place| self.is_applicable(target, &individuals, *place)) {
                    continue;
                }
                let marks: Vec<Marks> =
                    places.iter().map(|place| self.marks_at(atom.relation, &individuals, *place)).collect();
                let says_for = statement.polarity == Polarity::For;
                let contradicted = marks.iter().all(|marks| if says_for { marks.is_against } else { marks.is_for });
                let said =
                    Marks { is_for: true, is_settled_for: !contradicted, is_against: contradicted, ..Marks::OPEN };
                occasions.push((first, last, if says_for { said } else { !said }));
            }
        }
        occasions
    }
}
