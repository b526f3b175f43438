//! What a condition is worth for each row of a table of cases.

use super::Compiler;
use super::candidates::{Candidates, Unless, met_by_all};
use super::names::{date, quoted, rows};
use super::scope::{Marks, Scope, and, not};
use super::script::Step;
use crate::model::condition::{
    Argument, Atom, Binding, ComparisonDomain, ComparisonOperator, Condition, ConditionKind, CountComparison,
    CountNumber, ExpressionKind, MomentDate, MomentRelation, Quantifier, Slot,
};
use crate::model::program::{Target, Value};
use crate::time::{Day, Interval, IntervalSet, Period};

impl Compiler<'_> {
    /// The marks of a condition in each row; what has to be joined for them is added to the scope.
    pub(super) fn marks(&mut self, condition: &Condition, scope: &mut Scope) -> Marks {
        match &condition.kind {
            ConditionKind::Atom(atom) => self.marks_of_atom(atom, scope),
            ConditionKind::Not(inner) => self.marks(inner, scope).negated(),
            ConditionKind::And(parts, _) => {
                parts.iter().fold(Marks::met(), |all, part| all.and(&self.marks(part, scope)))
            }
            ConditionKind::Or(parts, _) => {
                parts.iter().fold(Marks::not_met(), |any, part| any.or(&self.marks(part, scope)))
            }
            ConditionKind::Whenever { then, given } => {
                let then = self.marks(then, scope);
                then.or(&self.marks(given, scope).negated())
            }
            ConditionKind::Shown(inner) => Marks::certain(&self.marks(inner, scope).settled_for),
            ConditionKind::Counted { comparison, number, conditions } => {
                let number = match number {
                    CountNumber::Constant(number) => i64::from(*number),
                    CountNumber::Parameter(parameter) => self.program.parameter(*parameter).value as i64,
                };
                let marks: Vec<Marks> = conditions.iter().map(|part| self.marks(part, scope)).collect();
                match comparison {
                    CountComparison::AtLeast => at_least(number, &marks),
                    CountComparison::AtMost => at_least(number + 1, &marks).negated(),
                    CountComparison::Exactly => at_least(number, &marks).and(&at_least(number + 1, &marks).negated()),
                }
            }
            ConditionKind::Quantified { quantifier, bindings, among, body, .. } => {
                self.quantified(condition, *quantifier, bindings, among.as_deref(), body, scope)
            }
            ConditionKind::Comparison { left, operator, right, domain } => match (&left.kind, &right.kind) {
                (ExpressionKind::Argument(left), ExpressionKind::Argument(right))
                    if *domain == ComparisonDomain::Individual =>
                {
                    let sign = if *operator == ComparisonOperator::Equal { "=" } else { "<>" };
                    let (left, right) = (self.value(*left, scope), self.value(*right, scope));
                    Marks::certain(&format!("({left} {sign} {right})"))
                }
                _ => self.comparison(condition, left, *operator, right, scope),
            },
            ConditionKind::Moment { relation, date } => self.marks_of_moment(*relation, *date, scope),
            // Refused before.
            ConditionKind::Ever(_)
            | ConditionKind::Always(_)
            | ConditionKind::Within(..)
            | ConditionKind::Throughout(..) => Marks::not_met(),
        }
    }

    pub(super) fn marks_of_atom(&mut self, atom: &Atom, scope: &mut Scope) -> Marks {
        let target = Target::Relation(atom.relation);
        let alias = self.join_case(target, &atom.arguments, scope);
        if self.cases(atom.relation).is_none() {
            self.ask(target, &atom.arguments, scope);
        }
        Marks::joined(&alias, false)
    }

    /// Joins what is known of a case.
    pub(super) fn join_case(&mut self, target: Target, arguments: &[Argument], scope: &mut Scope) -> String {
        let known = self.known(target);
        let mut on = vec!["{}.\"year\" = s.\"year\"".to_owned()];
        for (role, argument) in self.role_columns(target).iter().zip(arguments) {
            on.push(format!("{{}}.{role} = {}", self.value(*argument, scope)));
        }
        scope.left_join(&known, &on)
    }

    /// Notes that a case is asked for in each row.
    pub(super) fn ask(&mut self, target: Target, arguments: &[Argument], scope: &Scope) {
        let columns = self.role_columns(target);
        let values = arguments.iter().zip(&columns);
        let values: String =
            values.map(|(argument, column)| format!("{} as {column}, ", self.value(*argument, scope))).collect();
        let select = format!("select {values}s.\"year\" from {} as s", scope.source);
        let asked = self.asked.entry(target).or_default();
        if !asked.contains(&select) {
            asked.push(select);
        }
    }

    fn quantified(
        &mut self,
        whole: &Condition,
        quantifier: Quantifier,
        bindings: &[Binding],
        among: Option<&Condition>,
        body: &Condition,
        scope: &mut Scope,
    ) -> Marks {
        let is_some = quantifier == Quantifier::Some;
        // Only those matter that turn the balance: for whom `and` is not settled against, or `or not` not settled for.
        let turning = if is_some { Unless::NotMet } else { Unless::Met };
        let candidates = [
            among.and_then(|among| self.candidates(among, &scope.columns, Unless::NotMet)),
            self.candidates(body, &scope.columns, turning),
        ];
        let candidates = met_by_all(candidates, &scope.columns);
        let words = self.words(whole.span);
        let mut members = self.members(&whole.free, bindings, candidates, scope, &words);
        let body = self.marks(body, &mut members);
        let among = among.map_or(Marks::met(), |among| self.marks(among, &mut members));
        let (marks, of_for, of_against) = if is_some {
            (body.and(&among), "bool_or", "bool_and")
        } else {
            (body.or(&among.negated()), "bool_and", "bool_or")
        };
        let select = grouped(&members, &whole.free, &marks.columns(of_for, of_against));
        let name = self.step_of_block("joined", words, select);
        let alias = scope.join_by_slots(&name, &whole.free);
        Marks::joined(&alias, !is_some)
    }

    /// The rows of a quantifier, count or sum: for each row of the scope, as far as the quantifier looks at it, those who live and may matter.
    pub(super) fn members(
        &mut self,
        free: &[Slot],
        bindings: &[Binding],
        candidates: Option<Candidates>,
        scope: &Scope,
        words: &str,
    ) -> Scope {
        let mut from = format!("{} as s", scope.source);
        let found = candidates.as_ref().map(|candidates| candidates.slots.clone()).unwrap_or_default();
        if let Some(candidates) = &candidates {
            let mut on = vec!["c.\"year\" = s.\"year\"".to_owned()];
            let shared = candidates.slots.iter().filter(|slot| free.contains(slot));
            on.extend(shared.map(|slot| format!("c.{0} = s.{0}", scope.columns[*slot])));
            from.push_str(&format!("\n  join ({}) as c on {}", candidates.select, on.join(" and ")));
        }
        let mut selected: Vec<String> = free.iter().map(|slot| format!("s.{}", scope.columns[*slot])).collect();
        for (place, binding) in bindings.iter().enumerate() {
            let living = self.living(binding.kind);
            let column = &scope.columns[binding.slot];
            let mut on = vec![format!("l{place}.\"year\" = s.\"year\"")];
            if found.contains(&binding.slot) {
                on.push(format!("l{place}.\"name\" = c.{column}"));
            }
            from.push_str(&format!("\n  join {living} as l{place} on {}", on.join(" and ")));
            selected.push(format!("l{place}.\"name\" as {column}"));
        }
        selected.push("s.\"year\"".to_owned());
        let select = format!("select distinct {} from {from}", selected.join(", "));
        let name = self.names.unique("who");
        self.script.asked.push(Step::new(name.clone(), format!("who matters in: {words}"), select));
        let slots = free.iter().copied().chain(bindings.iter().map(|binding| binding.slot)).collect();
        Scope::new(quoted(&name), slots, scope.columns.clone(), scope.kinds.clone())
    }

    /// Adds a step to what is known of the target at hand; gives its name in quotation marks.
    pub(super) fn step_of_block(&mut self, name: &str, comment: String, select: String) -> String {
        let name = self.names.unique(name);
        self.block.push(Step::new(name.clone(), comment, select));
        quoted(&name)
    }

    fn marks_of_moment(&mut self, relation: MomentRelation, date_of: MomentDate, scope: &mut Scope) -> Marks {
        let argument = match date_of {
            MomentDate::Period(period) => {
                return Marks::certain(&self.at_moments(&days_of(relation, period), "s"));
            }
            MomentDate::Argument(argument) => argument,
        };
        let mut listed = Vec::new();
        for member in &self.program.kind(crate::model::Program::DATE).members {
            if let Some(Value::Date(period)) = self.program.individual(*member).value {
                listed.push(vec![self.key(*member), date(period.first), date(period.last)]);
            }
        }
        if listed.is_empty() {
            // Of the unnamed date nothing is known.
            return Marks {
                is_for: "false".into(),
                settled_for: "false".into(),
                against: "false".into(),
                settled_against: "false".into(),
            };
        }
        let columns = ["\"name\"", "\"first\"", "\"last\""].map(str::to_owned);
        let dates = self.step_of_block("dates", "the dates that are individuals".to_owned(), rows(&listed, &columns));
        let value = self.value(argument, scope);
        let dates = scope.left_join(&dates, &[format!("{{}}.\"name\" = {value}")]);
        let moments = scope.left_join("\"moments\"", &["{}.\"year\" = s.\"year\"".to_owned()]);
        let holds = match relation {
            MomentRelation::Since => format!("{moments}.\"day\" >= {dates}.\"first\""),
            MomentRelation::Before => format!("{moments}.\"day\" < {dates}.\"first\""),
            MomentRelation::After => format!("{moments}.\"day\" > {dates}.\"last\""),
        };
        let known = format!("{dates}.\"name\" is not null");
        let (is_for, against) = (and(&known, &format!("({holds})")), and(&known, &not(&format!("({holds})"))));
        Marks { is_for: is_for.clone(), settled_for: is_for, against: against.clone(), settled_against: against }
    }
}

/// The days on which a condition on the moment is met.
fn days_of(relation: MomentRelation, period: Period) -> IntervalSet {
    let ends = match relation {
        MomentRelation::Since => Some((period.first, Day::LAST)),
        MomentRelation::Before if period.first == Day::FIRST => None,
        MomentRelation::Before => Some((Day::FIRST, period.first.previous())),
        MomentRelation::After if period.last == Day::LAST => None,
        MomentRelation::After => Some((period.last.next(), Day::LAST)),
    };
    IntervalSet::from_intervals(ends.and_then(|(first, last)| Interval::new(first, last)))
}

/// Columns of the rows of a scope, in groups of those with the same individuals in some slots.
pub(super) fn grouped(scope: &Scope, slots: &[Slot], columns: &str) -> String {
    let keys: String =
        slots.iter().map(|slot| format!("s.{}, ", scope.columns[*slot])).collect::<String>() + "s.\"year\"";
    format!("select {keys},\n    {columns}\n  {}\n  group by {keys}", scope.from())
}

fn at_least(number: i64, marks: &[Marks]) -> Marks {
    let total = marks.len() as i64;
    let count = |of: fn(&Marks) -> &String, sign: &str, number: i64| {
        let each: Vec<String> =
            marks.iter().map(|marks| format!("(case when {} then 1 else 0 end)", of(marks))).collect();
        let sum = if each.is_empty() { "0".to_owned() } else { each.join(" + ") };
        format!("({sum} {sign} {number})")
    };
    Marks {
        is_for: count(|marks| &marks.is_for, ">=", number),
        settled_for: count(|marks| &marks.settled_for, ">=", number),
        against: count(|marks| &marks.against, ">", total - number),
        settled_against: count(|marks| &marks.settled_against, ">", total - number),
    }
}
