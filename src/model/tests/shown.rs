//! Resolved conditions in words, for tests.

use crate::model::Program;
use crate::model::condition::{
    Argument, Atom, Binding, Condition, ConditionKind, CountNumber, Expression, ExpressionKind, MomentDate, Wording,
};
use crate::model::program::{MeasureDefinition, Target, Variable};

/// Shows conditions of one rule.
pub(super) struct Shown<'p> {
    pub(super) program: &'p Program,
    pub(super) variables: &'p [Variable],
}

/// The body of the only rule of a relation.
pub(super) fn body(program: &Program, relation: &str) -> String {
    let relation = program.relations.iter().find(|known| known.name == relation).expect("a relation");
    let [rule] = relation.rules.as_slice() else { panic!("{} rules", relation.rules.len()) };
    let rule = program.rule(*rule);
    Shown { program, variables: &rule.variables }.condition(&rule.body)
}

/// The value of a defined measure.
pub(super) fn value(program: &Program, measure: &str) -> String {
    let measure = program.measures.iter().find(|known| known.name == measure).expect("a measure");
    let MeasureDefinition::Defined { variables, value, .. } = &measure.definition else { panic!("not defined") };
    Shown { program, variables }.expression(value)
}

impl Shown<'_> {
    fn argument(&self, argument: Argument) -> String {
        match argument {
            Argument::Variable(slot) => {
                let name = &self.variables[slot].name;
                if name == "_" { format!("_{slot}") } else { name.clone() }
            }
            Argument::Individual(id) => self.program.individual(id).name.clone(),
        }
    }

    fn atom(&self, atom: &Atom) -> String {
        let name = self.program.qualified_name(Target::Relation(atom.relation));
        format!("{name}({})", self.arguments(&atom.arguments))
    }

    fn arguments(&self, arguments: &[Argument]) -> String {
        arguments.iter().map(|argument| self.argument(*argument)).collect::<Vec<_>>().join(", ")
    }

    fn bindings(&self, bindings: &[Binding]) -> String {
        let bindings = bindings.iter().map(|binding| {
            format!("{} in {}", self.argument(Argument::Variable(binding.slot)), self.program.kind(binding.kind).name)
        });
        bindings.collect::<Vec<_>>().join(", ")
    }

    fn joined(&self, all: &[Condition], word: &str) -> String {
        let parts: Vec<String> = all.iter().map(|inner| self.condition(inner)).collect();
        format!("({})", parts.join(word))
    }

    pub(super) fn condition(&self, condition: &Condition) -> String {
        match &condition.kind {
            ConditionKind::Atom(atom) => self.atom(atom),
            ConditionKind::Not(inner) => format!("not {}", self.condition(inner)),
            ConditionKind::And(all, Wording::Plain) => self.joined(all, " and "),
            ConditionKind::And(all, Wording::BothWays) => self.joined(all, " & "),
            ConditionKind::Or(all, Wording::Plain) => self.joined(all, " or "),
            ConditionKind::Or(all, Wording::BothWays) => self.joined(all, " | "),
            ConditionKind::Whenever { then, given } => {
                format!("({} whenever {})", self.condition(then), self.condition(given))
            }
            ConditionKind::Shown(inner) => format!("shown {}", self.condition(inner)),
            ConditionKind::Ever(inner) => format!("ever {}", self.condition(inner)),
            ConditionKind::Always(inner) => format!("always {}", self.condition(inner)),
            ConditionKind::Within(inner, _) => format!("{} within", self.condition(inner)),
            ConditionKind::Throughout(inner, _) => format!("{} throughout", self.condition(inner)),
            ConditionKind::Counted { comparison, number, conditions } => {
                let number = match number {
                    CountNumber::Constant(number) => number.to_string(),
                    CountNumber::Parameter(id) => self.program.parameter(*id).name.clone(),
                };
                format!("{comparison:?} {number} of {}", self.joined(conditions, ", "))
            }
            ConditionKind::Quantified { quantifier, bindings, among, body, implicit } => {
                let among = among.as_ref().map(|among| format!(" where {}", self.condition(among))).unwrap_or_default();
                let mark = if *implicit { "?" } else { "" };
                format!("({quantifier:?}{mark} {}{among}: {})", self.bindings(bindings), self.condition(body))
            }
            ConditionKind::Comparison { left, operator, right, domain } => {
                format!("[{} {operator:?} {} as {domain:?}]", self.expression(left), self.expression(right))
            }
            ConditionKind::Moment { relation, date } => match date {
                MomentDate::Period(period) => format!("{relation:?} {}..{}", period.first, period.last),
                MomentDate::Argument(argument) => format!("{relation:?} {}", self.argument(*argument)),
            },
        }
    }

    pub(super) fn expression(&self, expression: &Expression) -> String {
        match &expression.kind {
            ExpressionKind::Number(number) => number.to_string(),
            ExpressionKind::Parameter(id) => format!("${}", self.program.parameter(*id).name),
            ExpressionKind::Argument(argument) => self.argument(*argument),
            ExpressionKind::Measure(id, arguments) => {
                let name = self.program.qualified_name(Target::Measure(*id));
                format!("{name}<{}>", self.arguments(arguments))
            }
            ExpressionKind::Indicator(atom) => format!("#{}", self.atom(atom)),
            ExpressionKind::Negation(inner) => format!("-{}", self.expression(inner)),
            ExpressionKind::Arithmetic { left, operator, right } => {
                format!("({} {operator:?} {})", self.expression(left), self.expression(right))
            }
            ExpressionKind::Count { bindings, among } => {
                let among = among.as_ref().map(|among| format!(" where {}", self.condition(among))).unwrap_or_default();
                format!("Count({}{among})", self.bindings(bindings))
            }
            ExpressionKind::Aggregate { function, value, bindings, among } => {
                let among = among.as_ref().map(|among| format!(" where {}", self.condition(among))).unwrap_or_default();
                format!("{function:?}({} over {}{among})", self.expression(value), self.bindings(bindings))
            }
        }
    }
}
