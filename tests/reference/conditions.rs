//! What a condition is worth on one day, for given individuals.

use super::marks::Marks;
use super::occasions::Occasion;
use super::walk::Names;
use super::{Environment, Reference};
use std::ops::RangeInclusive;
use std::rc::Rc;
use symmachia::model::condition::{
    Argument, Binding, Condition, ConditionKind, CountComparison, CountNumber, MomentDate, MomentRelation, Quantifier,
};
use symmachia::model::program::{IndividualId, Target, Value};
use symmachia::time::{Day, Period};

/// What a condition is worth on each day on which all exist whom it names; none on the others. Days of equal worth in a
/// row are kept once.
#[derive(Default)]
pub(super) struct OnDays {
    runs: Vec<(usize, Option<Marks>)>,
    /// What is certain on one of several days, and on none of them.
    occasions: Vec<Occasion>,
}

impl OnDays {
    fn push(&mut self, place: usize, marks: Option<Marks>) {
        if self.runs.last().is_none_or(|(_, last)| *last != marks) {
            self.runs.push((place, marks));
        }
    }

    /// The marks of those occasions of which all days lie between two days.
    fn occasions_seen(&self, from: Day, until: Day) -> impl Iterator<Item = Marks> + '_ {
        let seen = self.occasions.iter().filter(move |(first, last, _)| from <= *first && *last <= until);
        seen.map(|(_, _, marks)| *marks)
    }

    /// All that it is worth on some days.
    fn during(&self, days: RangeInclusive<usize>) -> impl Iterator<Item = Option<Marks>> + '_ {
        let first = self.runs.partition_point(|(place, _)| place <= days.start()) - 1;
        self.runs[first..].iter().take_while(move |(place, _)| place <= days.end()).map(|(_, marks)| *marks)
    }
}

impl Reference<'_> {
    pub(super) fn condition_at(&self, condition: &Condition, environment: &mut Environment, place: usize) -> Marks {
        match &condition.kind {
            ConditionKind::Atom(atom) => {
                let individuals = arguments(&atom.arguments, environment);
                self.marks_at(atom.relation, &individuals, place).inside()
            }
            ConditionKind::Not(inner) => !self.condition_at(inner, environment, place),
            ConditionKind::And(parts, _) => {
                parts.iter().map(|part| self.condition_at(part, environment, place)).fold(Marks::MET, Marks::and)
            }
            ConditionKind::Or(parts, _) => {
                parts.iter().map(|part| self.condition_at(part, environment, place)).fold(Marks::NOT_MET, Marks::or)
            }
            ConditionKind::Whenever { then, given } => {
                let then = self.condition_at(then, environment, place);
                then.or(!self.condition_at(given, environment, place))
            }
            ConditionKind::Shown(inner) => Marks::certain(self.condition_at(inner, environment, place).is_settled_for),
            ConditionKind::Ever(inner) => {
                let days = self.on_days(inner, environment);
                let occasions = days.occasions_seen(Day::FIRST, self.days.day(place));
                days.during(0..=place).flatten().chain(occasions).fold(Marks::NOT_MET, Marks::or)
            }
            ConditionKind::Always(inner) => {
                let days = self.on_days(inner, environment);
                let occasions = days.occasions_seen(Day::FIRST, self.days.day(place));
                days.during(0..=place).flatten().chain(occasions).fold(Marks::MET, Marks::and)
            }
            ConditionKind::Within(inner, window) => {
                let window = self.program.window(window);
                let days = self.on_days(inner, environment);
                let seen = self.days.days_of_window(window, place);
                let occasions = days.occasions_seen(seen.first, seen.last);
                let days = days.during(self.days.window(window, place)).flatten();
                days.chain(occasions).fold(Marks::NOT_MET, Marks::or)
            }
            ConditionKind::Throughout(inner, window) => {
                let window = self.program.window(window);
                let days = self.days.window(window, place);
                let marks = self.on_days(inner, environment);
                if marks.during(days.clone()).any(|marks| marks.is_none()) {
                    return Marks::NOT_MET;
                }
                let seen = self.days.days_of_window(window, place);
                let occasions = marks.occasions_seen(seen.first, seen.last);
                marks.during(days).flatten().chain(occasions).fold(Marks::MET, Marks::and)
            }
            ConditionKind::Counted { comparison, number, conditions } => {
                let number = match number {
                    CountNumber::Constant(number) => i64::from(*number),
                    CountNumber::Parameter(parameter) => self.program.parameter(*parameter).value as i64,
                };
                let marks: Vec<Marks> =
                    conditions.iter().map(|condition| self.condition_at(condition, environment, place)).collect();
                match comparison {
                    CountComparison::AtLeast => at_least(number, &marks),
                    CountComparison::AtMost => !at_least(number + 1, &marks),
                    CountComparison::Exactly => at_least(number, &marks).and(!at_least(number + 1, &marks)),
                }
            }
            ConditionKind::Quantified { quantifier, bindings, among, body, .. } => {
                let start = if *quantifier == Quantifier::Every { Marks::MET } else { Marks::NOT_MET };
                let mut marks = start;
                self.for_each_combination(bindings, environment, place, &mut |environment| {
                    let among = among.as_ref().map_or(Marks::MET, |among| self.condition_at(among, environment, place));
                    let body = self.condition_at(body, environment, place);
                    marks = match quantifier {
                        Quantifier::Every => marks.and(body.or(!among)),
                        Quantifier::Some => marks.or(body.and(among)),
                    };
                });
                marks
            }
            ConditionKind::Comparison { left, operator, right, domain } => {
                self.comparison(left, *operator, right, *domain, environment, place)
            }
            ConditionKind::Moment { relation, date } => {
                let day = self.days.day(place);
                // Of the unnamed date nothing is known.
                let Some(period) = self.period(*date, environment) else { return Marks::OPEN };
                Marks::certain(match relation {
                    MomentRelation::Since => day >= period.first,
                    MomentRelation::Before => day < period.first,
                    MomentRelation::After => day > period.last,
                })
            }
        }
    }

    fn period(&self, date: MomentDate, environment: &Environment) -> Option<Period> {
        match date {
            MomentDate::Period(period) => Some(period),
            MomentDate::Argument(date) => match self.program.individual(argument(date, environment)).value {
                Some(Value::Date(period)) => Some(period),
                _ => None,
            },
        }
    }

    /// Calls for each combination of individuals that exist on the day, the unnamed members included.
    pub(super) fn for_each_combination(
        &self,
        bindings: &[Binding],
        environment: &mut Environment,
        place: usize,
        call: &mut dyn FnMut(&mut Environment),
    ) {
        let Some((binding, rest)) = bindings.split_first() else {
            call(environment);
            return;
        };
        let kind = self.program.kind(binding.kind);
        let day = self.days.day(place);
        for individual in kind.members.iter().copied().chain(kind.unnamed) {
            if self.program.individual(individual).life.contains(day) {
                environment[binding.slot] = Some(individual);
                self.for_each_combination(rest, environment, place, call);
            }
        }
        environment[binding.slot] = None;
    }

    /// What a condition is worth on each day on which all exist whom it names; none on the others.
    fn on_days(&self, condition: &Condition, environment: &mut Environment) -> Rc<OnDays> {
        let key = (std::ptr::from_ref(condition) as usize, environment.clone());
        if let Some(known) = self.on_days.borrow().get(&key) {
            return Rc::clone(known);
        }
        let names = Names::of(condition);
        let named: Vec<IndividualId> = (names.free.iter())
            .map(|slot| argument(Argument::Variable(*slot), environment))
            .chain(names.constants)
            .collect();
        let mut marks = OnDays { occasions: self.occasions(condition, environment), ..OnDays::default() };
        for place in 0..self.days.len() {
            let day = self.days.day(place);
            let all_exist = named.iter().all(|individual| self.program.individual(*individual).life.contains(day));
            marks.push(place, all_exist.then(|| self.condition_at(condition, environment, place)));
        }
        let marks = Rc::new(marks);
        self.on_days.borrow_mut().insert(key, Rc::clone(&marks));
        marks
    }

    /// Marks of an atom; outside its kinds it is not applicable.
    pub(super) fn marks_at(
        &self,
        relation: symmachia::model::program::RelationId,
        individuals: &[IndividualId],
        place: usize,
    ) -> Marks {
        if !self.is_applicable(Target::Relation(relation), individuals, place) {
            return Marks::NOT_APPLICABLE;
        }
        let table = &self.tables[relation.index()];
        table.places.get(individuals).map_or(Marks::NOT_APPLICABLE, |tuple| table.by_day[place][*tuple])
    }
}

fn at_least(number: i64, marks: &[Marks]) -> Marks {
    let total = marks.len() as i64;
    let count = |test: fn(&Marks) -> bool| marks.iter().filter(|marks| test(marks)).count() as i64;
    Marks {
        is_for: count(|marks| marks.is_for) >= number,
        is_against: count(|marks| marks.is_against) > total - number,
        is_settled_for: count(|marks| marks.is_settled_for) >= number,
        is_settled_against: count(|marks| marks.is_settled_against) > total - number,
        is_not_applicable: false,
    }
}

pub(super) fn argument(argument: Argument, environment: &Environment) -> IndividualId {
    match argument {
        Argument::Variable(slot) => environment[slot].expect("a variable that nothing binds"),
        Argument::Individual(individual) => individual,
    }
}

pub(super) fn arguments(list: &[Argument], environment: &Environment) -> Vec<IndividualId> {
    list.iter().map(|each| argument(*each, environment)).collect()
}
