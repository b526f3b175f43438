//! What an expression may be worth. Rivals are rows of their own.

use super::Compiler;
use super::bounds::{Bounds, compared, product, quotient, scaled, sum};
use super::conditions::grouped;
use super::names::number;
use super::scope::{Marks, Scope};
use crate::model::condition::{
    Argument, ArithmeticOperator, ComparisonOperator, Condition, Expression, ExpressionKind,
};
use crate::model::program::{IndividualId, MeasureDefinition, Target, Value};

/// Joining more rivals than this makes one range of them.
const MOST_RIVALS: u32 = 64;

impl Compiler<'_> {
    pub(super) fn comparison(
        &mut self,
        whole: &Condition,
        left: &Expression,
        operator: ComparisonOperator,
        right: &Expression,
        scope: &mut Scope,
    ) -> Marks {
        if !self.has_rivals(left) && !self.has_rivals(right) {
            let (left, right) = (self.number(left, scope), self.number(right, scope));
            let known = |text: String| format!("coalesce({text}, false)");
            let marks = compared(&left, operator, &right);
            return Marks {
                is_for: known(marks.is_for),
                settled_for: known(marks.settled_for),
                against: known(marks.against),
                settled_against: known(marks.settled_against),
            };
        }
        let mut pairs =
            Scope::new(scope.source.clone(), scope.slots.clone(), scope.columns.clone(), scope.kinds.clone());
        let (left, right) = (self.number(left, &mut pairs), self.number(right, &mut pairs));
        let marks = compared(&left, operator, &right);
        // Some pair of rivals is enough for evidence; what is settled holds of every pair.
        let columns = format!(
            "bool_or({}) as \"is_for\",\n    bool_and({}) as \"settled_for\",\n    bool_or({}) as \"is_against\",\n    bool_and({}) as \"settled_against\"",
            marks.is_for, marks.settled_for, marks.against, marks.settled_against
        );
        let select = grouped(&pairs, &pairs.slots, &columns);
        let table = self.step_of_block("compared", self.words(whole.span), select);
        let slots = scope.slots.clone();
        let alias = scope.join_by_slots(&table, &slots);
        let column = |name: &str| format!("coalesce({alias}.\"{name}\", false)");
        Marks {
            is_for: column("is_for"),
            settled_for: column("settled_for"),
            against: column("is_against"),
            settled_against: column("settled_against"),
        }
    }

    /// Whether an expression may have several values in one row.
    pub(super) fn has_rivals(&self, expression: &Expression) -> bool {
        match &expression.kind {
            ExpressionKind::Measure(id, _) => match &self.program.measure(*id).definition {
                MeasureDefinition::Recorded => true,
                MeasureDefinition::Defined { value, .. } => self.has_rivals(value),
                MeasureDefinition::Classification { .. } => false,
            },
            ExpressionKind::Negation(inner) => self.has_rivals(inner),
            ExpressionKind::Arithmetic { left, right, .. } => self.has_rivals(left) || self.has_rivals(right),
            _ => false,
        }
    }

    /// The bounds of an expression in each row; where it has rivals, what is joined makes several rows of one.
    pub(super) fn number(&mut self, expression: &Expression, scope: &mut Scope) -> Bounds {
        match &expression.kind {
            ExpressionKind::Number(value) => Bounds::exactly(&number(*value)),
            ExpressionKind::Parameter(parameter) => {
                let parameter = self.program.parameter(*parameter);
                Bounds::exactly(&format!("/* {} */ {}", parameter.name, number(parameter.value)))
            }
            ExpressionKind::Argument(Argument::Individual(individual)) => match self.worth(*individual) {
                Some((least, most)) => Bounds::between(&least, &most),
                None => Bounds::exactly(NO_NUMBER),
            },
            ExpressionKind::Argument(Argument::Variable(slot)) => self.worth_of_variable(*slot, scope),
            ExpressionKind::Measure(measure, arguments) => {
                let target = Target::Measure(*measure);
                self.ask(target, arguments, scope);
                Bounds::joined(&self.join_case(target, arguments, scope))
            }
            ExpressionKind::Indicator(atom) => {
                let marks = self.marks_of_atom(atom, scope);
                let least = |is_for: &str| format!("(case when {is_for} then 1e0 else 0e0 end)");
                let most = |against: &str| format!("(case when {against} then 0e0 else 1e0 end)");
                Bounds {
                    least: least(&marks.is_for),
                    most: most(&marks.against),
                    settled_least: least(&marks.settled_for),
                    settled_most: most(&marks.settled_against),
                }
            }
            ExpressionKind::Negation(inner) => {
                let inner = self.number(inner, scope).each(|bound| format!("(- {bound})"));
                Bounds {
                    least: inner.most,
                    most: inner.least,
                    settled_least: inner.settled_most,
                    settled_most: inner.settled_least,
                }
            }
            ExpressionKind::Arithmetic { left, operator, right } => {
                let table = self.arithmetic(expression, left, *operator, right, scope);
                let slots = scope.slots.clone();
                Bounds::joined(&scope.join_by_slots(&table, &slots))
            }
            ExpressionKind::Count { bindings, among } => self.count(expression, bindings, among.as_deref(), scope),
            ExpressionKind::Aggregate { function, value, bindings, among } => {
                self.aggregate(expression, *function, value, bindings, among.as_deref(), scope)
            }
        }
    }

    /// A level's rank, a number's value, a date's first and last day.
    fn worth(&self, individual: IndividualId) -> Option<(String, String)> {
        let individual = self.program.individual(individual);
        match (&individual.value, individual.rank) {
            (Some(Value::Number(value)), _) => Some((number(*value), number(*value))),
            (Some(Value::Date(period)), _) => {
                let day = |day: crate::time::Day| number(f64::from(day.number()));
                Some((day(period.first), day(period.last)))
            }
            (_, Some(rank)) => Some((number(f64::from(rank)), number(f64::from(rank)))),
            _ => None,
        }
    }

    fn worth_of_variable(&mut self, slot: usize, scope: &mut Scope) -> Bounds {
        let mut listed = Vec::new();
        for member in &self.program.kind(scope.kinds[slot]).members {
            if let Some((least, most)) = self.worth(*member) {
                listed.push(vec![self.key(*member), least, most]);
            }
        }
        if listed.is_empty() {
            return Bounds::exactly(NO_NUMBER);
        }
        let columns = ["\"name\"", "\"least\"", "\"most\""].map(str::to_owned);
        let comment = format!("what {} may be worth", scope.columns[slot].trim_matches('"'));
        let table = self.step_of_block("worth", comment, super::names::rows(&listed, &columns));
        let value = format!("s.{}", scope.columns[slot]);
        let alias = scope.left_join(&table, &[format!("{{}}.\"name\" = {value}")]);
        Bounds::between(&format!("{alias}.\"least\""), &format!("{alias}.\"most\""))
    }

    /// The table of the values of a sum, difference, product or quotient: for each row none, one, or several rivals.
    fn arithmetic(
        &mut self,
        whole: &Expression,
        left: &Expression,
        operator: ArithmeticOperator,
        right: &Expression,
        scope: &Scope,
    ) -> String {
        let has_rivals = self.has_rivals(whole);
        let mut pairs =
            Scope::new(scope.source.clone(), scope.slots.clone(), scope.columns.clone(), scope.kinds.clone());
        let (left, right) = (self.number(left, &mut pairs), self.number(right, &mut pairs));
        let keys = pairs.keys();
        let of_pair = keys.replace("s.", "p.");
        let zero = if operator == ArithmeticOperator::Divide {
            let holds = format!("({} <= 0e0 and {} >= 0e0)", right.settled_least, right.settled_most);
            let any = if has_rivals { format!("bool_or({holds}) over (partition by {keys})") } else { holds };
            format!(", {any} as \"zero\"")
        } else {
            String::new()
        };
        let base =
            format!("select {keys}, {}, {}{zero}\n    {}", left.lettered("a"), right.lettered("b"), pairs.from());
        let result = match operator {
            ArithmeticOperator::Add => sum([("a1", "b1"), ("a2", "b2"), ("a3", "b3"), ("a4", "b4")], "+"),
            ArithmeticOperator::Subtract => sum([("a1", "b2"), ("a2", "b1"), ("a3", "b4"), ("a4", "b3")], "-"),
            ArithmeticOperator::Multiply => scaled(product, ["b1", "b2", "b3", "b4"]),
            ArithmeticOperator::Divide => scaled(quotient, ["b2", "b1", "b4", "b3"]),
        };
        let mut filter = "p.\"a1\" is not null and p.\"b1\" is not null".to_owned();
        if operator == ArithmeticOperator::Divide {
            filter.push_str(" and not p.\"zero\"");
        }
        let rivals = if has_rivals {
            format!(",\n    count(*) over (partition by {of_pair}) as \"rivals\"")
        } else {
            String::new()
        };
        let select =
            format!("select {of_pair},\n    {}{rivals}\n  from ({base}) as p\n  where {filter}", result.columns());
        let words = self.words(whole.span);
        let table = self.step_of_block("calculated", words, select);
        if !has_rivals {
            return table;
        }
        let keys = keys.replace("s.", "c.");
        let hull = |function: &str, of: &str| {
            format!("{function}({of}(c.\"least\", c.\"most\", c.\"settled_least\", c.\"settled_most\"))")
        };
        let (least, most) = (hull("min", "least"), hull("max", "greatest"));
        let select = format!(
            "select {keys}, c.\"least\", c.\"most\", c.\"settled_least\", c.\"settled_most\" from {table} as c where c.\"rivals\" <= {MOST_RIVALS}\n  \
             union all select {keys}, {least}, {most}, {least}, {most} from {table} as c where c.\"rivals\" > {MOST_RIVALS} group by {keys}"
        );
        self.step_of_block("rivals", format!("the same; more than {MOST_RIVALS} rivals are one range"), select)
    }
}

/// In place of a number, where there is none.
const NO_NUMBER: &str = "cast(null as double)";
