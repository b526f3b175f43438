//! Conditions in a frame.

use super::asking::Asked;
use super::standing::Sides;
use super::{Engine, Frame, Quantity, Standing};
use crate::evidence::{Polarity, StatementId};
use crate::model::condition::{
    Argument, Atom, ComparisonDomain, ComparisonOperator, Condition, ConditionKind, CountComparison, CountNumber,
    Expression, ExpressionKind, MomentDate, MomentRelation, Quantifier,
};
use crate::model::program::{Target, Value};
use crate::time::{Day, Interval, IntervalSet, Period, Timeline};
use smallvec::SmallVec;

type Line = Timeline<Standing>;

impl Engine<'_> {
    /// What is known of a condition on every day, for the individuals of a frame. On days outside the
    /// frame's domain the answer means nothing.
    pub fn condition(&self, condition: &Condition, frame: &mut Frame) -> Line {
        self.steps.set(self.steps.get() + 1);
        if condition.has_parts()
            && let Some(line) = self.two_valued(condition, frame)
        {
            return line;
        }
        match &condition.kind {
            ConditionKind::Atom(atom) => self.atom(atom, frame),
            ConditionKind::Not(inner) => self.condition(inner, frame).map(|standing| standing.negated()),
            ConditionKind::And(conditions, _) => {
                self.fold(conditions, frame, Standing::MET, Standing::NOT_MET, Standing::and)
            }
            ConditionKind::Or(conditions, _) => {
                self.fold(conditions, frame, Standing::NOT_MET, Standing::MET, Standing::or)
            }
            ConditionKind::Whenever { then, given } => {
                let given = self.condition(given, frame).map(|standing| standing.negated());
                if given.as_constant() == Some(&Standing::MET) {
                    return given;
                }
                self.condition(then, frame).zip(&given, |one, two| one.or(*two))
            }
            ConditionKind::Shown(inner) => self
                .condition(inner, frame)
                .map(|standing| if standing.is_settled_for() { Standing::MET } else { Standing::NOT_MET }),
            ConditionKind::Ever(_)
            | ConditionKind::Always(_)
            | ConditionKind::Within(..)
            | ConditionKind::Throughout(..) => self.time_form(condition, frame),
            ConditionKind::Counted { comparison, number, conditions } => {
                self.counted(*comparison, *number, conditions, frame)
            }
            ConditionKind::Quantified { quantifier, bindings, among, body, .. } => match quantifier {
                Quantifier::Some => self.some(bindings, among.as_deref(), body, frame),
                Quantifier::Every => self.every(bindings, among.as_deref(), body, frame),
            },
            ConditionKind::Comparison { left, operator, right, domain } => {
                self.comparison(left, *operator, right, *domain, frame)
            }
            ConditionKind::Moment { relation, date } => self.moment(*relation, *date, frame),
        }
    }

    pub(super) fn atom(&self, atom: &Atom, frame: &Frame) -> Line {
        match frame.arguments(&atom.arguments) {
            Some(individuals) => {
                if let Some(recorded) = self.recorded_atom(atom.relation, &individuals, frame) {
                    return recorded;
                }
                let case = self.case(atom.relation, &individuals);
                match case.as_constant() {
                    Some(standing) => Timeline::constant(standing.in_condition()),
                    None => Line::clone(&case).revised(|standing| standing.in_condition()),
                }
            }
            None => Timeline::constant(Standing::UNDETERMINED),
        }
    }

    fn fold(
        &self,
        conditions: &[Condition],
        frame: &mut Frame,
        start: Standing,
        stop: Standing,
        join: fn(Standing, Standing) -> Standing,
    ) -> Line {
        let (places, is_noted) = self.asking_order(conditions);
        let mut asked: SmallVec<[Asked; 4]> = SmallVec::new();
        let mut all = Timeline::constant(start);
        let mut before = None;
        for (nth, place) in places.iter().enumerate() {
            let steps = self.steps.get();
            let one = self.condition(&conditions[usize::from(*place)], frame);
            all = if nth == 0 { one } else { all.zip(&one, |all, one| join(*all, *one)) };
            let is_last = nth + 1 == places.len();
            if is_last && !is_noted {
                break;
            }
            // The days on which the others matter still.
            let open = frame.domain().intersection(&all.days_where(|standing| *standing != stop));
            asked.push(Asked::once(open.is_empty(), self.steps.get() - steps));
            if is_last || open.is_empty() {
                break;
            }
            let days = frame.narrow_domain(open);
            before.get_or_insert(days);
        }
        if let Some(days) = before {
            frame.restore(days);
        }
        if is_noted {
            self.note_asked(conditions, places, &asked);
        }
        all
    }

    fn counted(
        &self,
        comparison: CountComparison,
        number: CountNumber,
        conditions: &[Condition],
        frame: &mut Frame,
    ) -> Line {
        let number = self.count_number(number);
        let lines: Vec<Line> = conditions.iter().map(|condition| self.condition(condition, frame)).collect();
        let lines: Vec<&Line> = lines.iter().collect();
        Timeline::zip_all(&lines, |standings| {
            counted(comparison, number, standings.iter().map(|standing| (**standing, 1)))
        })
    }

    /// N of a counting form.
    #[must_use]
    pub fn count_number(&self, number: CountNumber) -> usize {
        match number {
            CountNumber::Constant(number) => number as usize,
            CountNumber::Parameter(parameter) => self.program.parameter(parameter).value as usize,
        }
    }

    /// The days that a time form on a condition looks at: those on which all that it names exist.
    #[must_use]
    pub fn days_looked_at(&self, condition: &Condition, frame: &Frame) -> IntervalSet {
        let free = condition.free.iter().filter_map(|slot| frame.get(*slot));
        self.life(free.chain(condition.constants.iter().copied()))
    }

    fn time_form(&self, form: &Condition, frame: &mut Frame) -> Line {
        let (ConditionKind::Ever(inner)
        | ConditionKind::Always(inner)
        | ConditionKind::Within(inner, _)
        | ConditionKind::Throughout(inner, _)) = &form.kind
        else {
            return Timeline::constant(Standing::UNDETERMINED);
        };
        let days = self.days_looked_at(inner, frame);
        let before = frame.replace_domain(days.clone());
        let sides = Sides::of(&self.condition(inner, frame));
        frame.restore(before);
        let outside = days.complement();
        let has = |set: &IntervalSet| days.intersection(set);
        let lacks = |set: &IntervalSet| days.difference(set);
        let moved = match &form.kind {
            ConditionKind::Ever(_) => {
                sides.moved(|set| from_first_of(&has(set)), |set| from_first_of(&lacks(set)).complement())
            }
            ConditionKind::Always(_) => {
                sides.moved(|set| from_first_of(&lacks(set)).complement(), |set| from_first_of(&has(set)))
            }
            ConditionKind::Within(_, window) => {
                let window = self.program.window(window);
                sides.moved(|set| window.touching(&has(set)), |set| window.touching(&lacks(set)).complement())
            }
            ConditionKind::Throughout(_, window) => {
                let window = self.program.window(window);
                sides.moved(|set| window.inside(&has(set)), |set| window.touching(&has(set).union(&outside)))
            }
            _ => sides,
        };
        let with_occasions = self.occasions(inner, frame).into_iter().fold(moved, |moved, (_, occasion, standing)| {
            let reach = self.reach(&form.kind, occasion);
            let joined_by_or = matches!(form.kind, ConditionKind::Ever(_) | ConditionKind::Within(..));
            moved.with_one_more(&reach, standing, joined_by_or)
        });
        with_occasions.timeline()
    }

    /// The days from which a time form sees all the days of an occasion.
    fn reach(&self, form: &ConditionKind, occasion: Interval) -> IntervalSet {
        match form {
            ConditionKind::Within(_, window) | ConditionKind::Throughout(_, window) => {
                let window = self.program.window(window);
                let sees = |day: Day| window.touching(&IntervalSet::from(Interval { first: day, last: day }));
                sees(occasion.first).intersection(&sees(occasion.last))
            }
            _ => IntervalSet::from(Interval { first: occasion.last, last: Day::LAST }),
        }
    }

    /// Where a condition is an atom of a predicate, or the opposite of one: the days on some one of which a statement
    /// certainly says how it stands, with how it stands there. They count as one more day.
    #[must_use]
    pub fn occasions(&self, condition: &Condition, frame: &Frame) -> Vec<(StatementId, Interval, Standing)> {
        let atom = match &condition.kind {
            ConditionKind::Not(inner) => {
                let turned = |(statement, days, standing): (_, _, Standing)| (statement, days, standing.negated());
                return self.occasions(inner, frame).into_iter().map(turned).collect();
            }
            ConditionKind::Atom(atom) if !self.program.relation(atom.relation).is_criterion => atom,
            _ => return Vec::new(),
        };
        let Some(individuals) = frame.arguments(&atom.arguments) else { return Vec::new() };
        let target = Target::Relation(atom.relation);
        let occasions = self.record.occasions(target, &individuals, &self.changes);
        if occasions.is_empty() {
            return Vec::new();
        }
        let (domain, case) = (self.domain(target, &individuals), self.case(atom.relation, &individuals));
        occasions
            .into_iter()
            .filter(|occasion| IntervalSet::from(occasion.days).is_subset(&domain))
            .map(|occasion| {
                let opposite = case.days_where(|standing| match occasion.polarity {
                    Polarity::For => standing.is_against(),
                    _ => standing.is_for(),
                });
                let is_contradicted = IntervalSet::from(occasion.days).is_subset(&opposite);
                let standing = Standing::new(true, !is_contradicted, is_contradicted, false);
                let is_for = occasion.polarity == Polarity::For;
                (occasion.statement, occasion.days, if is_for { standing } else { standing.negated() })
            })
            .collect()
    }

    fn comparison(
        &self,
        left: &Expression,
        operator: ComparisonOperator,
        right: &Expression,
        domain: ComparisonDomain,
        frame: &mut Frame,
    ) -> Line {
        if domain == ComparisonDomain::Individual {
            let individual = |expression: &Expression| match &expression.kind {
                ExpressionKind::Argument(argument) => frame.argument(*argument),
                _ => None,
            };
            let same = individual(left) == individual(right);
            let is_met = same == (operator == ComparisonOperator::Equal);
            return Timeline::constant(if is_met { Standing::MET } else { Standing::NOT_MET });
        }
        if let Some(line) = self.quick_comparison(left, operator, right, frame) {
            return line;
        }
        let left = self.expression(left, frame);
        let right = self.expression(right, frame);
        left.zip(&right, |one: &Quantity, two: &Quantity| one.compare(operator, two))
    }

    fn moment(&self, relation: MomentRelation, date: MomentDate, frame: &Frame) -> Line {
        let period = match date {
            MomentDate::Period(period) => Some(period),
            MomentDate::Argument(argument) => self.date_of(argument, frame),
        };
        let Some(Period { first, last }) = period else {
            return Timeline::constant(Standing::UNDETERMINED);
        };
        let days = match relation {
            MomentRelation::Since => Interval::new(first, Day::LAST),
            MomentRelation::Before => {
                (first > Day::FIRST).then(|| Interval { first: Day::FIRST, last: first.previous() })
            }
            MomentRelation::After => (last < Day::LAST).then(|| Interval { first: last.next(), last: Day::LAST }),
        };
        Timeline::from_set(&IntervalSet::from_intervals(days), Standing::MET, Standing::NOT_MET)
    }

    fn date_of(&self, argument: Argument, frame: &Frame) -> Option<Period> {
        match self.program.individual(frame.argument(argument)?).value {
            Some(Value::Date(period)) => Some(period),
            _ => None,
        }
    }
}

/// From the first day of a set on.
fn from_first_of(set: &IntervalSet) -> IntervalSet {
    IntervalSet::from_intervals(set.first().map(|first| Interval { first, last: Day::LAST }))
}

/// What is known of a number of conditions holding, from what is known of each; some stand for several of which the same is known.
#[must_use]
pub(super) fn counted(
    comparison: CountComparison,
    number: usize,
    standings: impl Iterator<Item = (Standing, usize)> + Clone,
) -> Standing {
    let count = |test: fn(Standing) -> bool| {
        let all = standings.clone().filter(|(standing, _)| test(*standing));
        all.map(|(_, times)| times).sum::<usize>()
    };
    let at_least = |number: usize| {
        let enough = |count: usize| count >= number;
        let too_many = |against: usize| against + number > count(|_| true);
        Standing::new(
            enough(count(Standing::is_for)),
            enough(count(Standing::is_settled_for)),
            too_many(count(Standing::is_against)),
            too_many(count(Standing::is_settled_against)),
        )
    };
    match comparison {
        CountComparison::AtLeast => at_least(number),
        CountComparison::AtMost => at_least(number + 1).negated(),
        CountComparison::Exactly => at_least(number).and(at_least(number + 1).negated()),
    }
}
