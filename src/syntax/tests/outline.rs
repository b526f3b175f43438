//! Trees in a line, with every grouping shown, so that a test reads as what it tests.

use crate::syntax::tree::*;

pub trait Outline {
    fn outline(&self) -> String;
}

fn joined<T: Outline>(parts: &[T], between: &str) -> String {
    parts.iter().map(Outline::outline).collect::<Vec<_>>().join(between)
}

impl Outline for QualifiedName {
    fn outline(&self) -> String {
        match &self.framework {
            Some(framework) => format!("{}.{}", framework.text, self.name.text),
            None => self.name.text.clone(),
        }
    }
}

impl Outline for Name {
    fn outline(&self) -> String {
        if self.quoted { format!("{:?}", self.text) } else { self.text.clone() }
    }
}

impl Outline for DateLiteral {
    fn outline(&self) -> String {
        let mut text = self.year.to_string();
        for part in [self.month, self.day].into_iter().flatten() {
            text.push_str(&format!("-{part:02}"));
        }
        if self.before_christ {
            text.push_str(" BC");
        }
        text
    }
}

impl Outline for Term {
    fn outline(&self) -> String {
        match &self.kind {
            TermKind::Variable(name) | TermKind::Name(name) => name.clone(),
            TermKind::Wildcard => "_".to_owned(),
            TermKind::Quoted(text) => format!("{text:?}"),
            TermKind::Number(number) => format!("#{number}"),
            TermKind::Date(date) => date.outline(),
        }
    }
}

impl Outline for Atom {
    fn outline(&self) -> String {
        format!("{}({})", self.name.outline(), joined(&self.arguments, ", "))
    }
}

impl Outline for Binding {
    fn outline(&self) -> String {
        format!("{} in {}", self.variable.text, self.kind.text)
    }
}

fn among(among: Option<&Condition>) -> String {
    among.map_or_else(String::new, |among| format!(" where {}", among.outline()))
}

impl Outline for Condition {
    fn outline(&self) -> String {
        match &self.kind {
            ConditionKind::Bare(name) => name.outline(),
            ConditionKind::Atom(atom) => atom.outline(),
            ConditionKind::Mutually(inner) => format!("mutually {}", inner.outline()),
            ConditionKind::EitherWay(inner) => format!("either way {}", inner.outline()),
            ConditionKind::Not(inner) => format!("(not {})", inner.outline()),
            ConditionKind::And(all) => format!("({})", joined(all, " and ")),
            ConditionKind::Or(all) => format!("({})", joined(all, " or ")),
            ConditionKind::Whenever { then, given } => format!("({} whenever {})", then.outline(), given.outline()),
            ConditionKind::Shown(inner) => format!("(shown {})", inner.outline()),
            ConditionKind::Ever(inner) => format!("(ever {})", inner.outline()),
            ConditionKind::Always(inner) => format!("(always {})", inner.outline()),
            ConditionKind::Window { condition, extent, direction, length } => {
                let number = match &length.number {
                    WindowNumber::Number(number) => number.to_string(),
                    WindowNumber::Parameter(name) => name.text.clone(),
                };
                format!("({} {extent:?} {direction:?} {number} {:?})", condition.outline(), length.unit)
            }
            ConditionKind::Counted { comparison, number, conditions } => {
                let number = match number {
                    Some(CountNumber::Number(number, _)) => format!(" {number}"),
                    Some(CountNumber::Parameter(name)) => format!(" {}", name.text),
                    None => String::new(),
                };
                format!("({comparison:?}{number} of [{}])", joined(conditions, "; "))
            }
            ConditionKind::Quantified { quantifier, bindings, among: c, body } => {
                format!("({quantifier:?} {}{}: {})", joined(bindings, ", "), among(c.as_deref()), body.outline())
            }
            ConditionKind::Comparison { left, operator, right } => {
                format!("({} {operator:?} {})", left.outline(), right.outline())
            }
            ConditionKind::Moment { relation, date } => format!("({relation:?} {})", date.outline()),
        }
    }
}

impl Outline for Expression {
    fn outline(&self) -> String {
        match &self.kind {
            ExpressionKind::Number(number) => format!("#{number}"),
            ExpressionKind::Quoted(text) => format!("{text:?}"),
            ExpressionKind::Date(date) => date.outline(),
            ExpressionKind::Variable(name) => name.clone(),
            ExpressionKind::Bare(name) => name.outline(),
            ExpressionKind::Atom(atom) => atom.outline(),
            ExpressionKind::Negation(inner) => format!("(-{})", inner.outline()),
            ExpressionKind::Arithmetic { left, operator, right } => {
                let sign = match operator {
                    ArithmeticOperator::Add => '+',
                    ArithmeticOperator::Subtract => '-',
                    ArithmeticOperator::Multiply => '*',
                    ArithmeticOperator::Divide => '/',
                };
                format!("({} {sign} {})", left.outline(), right.outline())
            }
            ExpressionKind::Count { bindings, among: c } => {
                format!("count({}{})", joined(bindings, ", "), among(c.as_deref()))
            }
            ExpressionKind::Aggregate { function, value, bindings, among: c } => {
                format!("{function:?}({} over {}{})", value.outline(), joined(bindings, ", "), among(c.as_deref()))
            }
        }
    }
}

impl Outline for FactArgument {
    fn outline(&self) -> String {
        match &self.kind {
            FactArgumentKind::One(term) => term.outline(),
            FactArgumentKind::Set(terms) => format!("{{{}}}", joined(terms, ", ")),
            FactArgumentKind::Only(terms) => format!("only {{{}}}", joined(terms, ", ")),
        }
    }
}

impl Outline for TimeBound {
    fn outline(&self) -> String {
        let dates = if self.first == self.last {
            self.first.outline()
        } else {
            format!("{}..{}", self.first.outline(), self.last.outline())
        };
        match self.form {
            BoundForm::Plain => dates,
            form => format!("{form:?} {dates}"),
        }
    }
}

impl Outline for TimeEnd {
    fn outline(&self) -> String {
        format!("{:?} {}", self.form, self.bound.outline())
    }
}

impl Outline for TimeSpan {
    fn outline(&self) -> String {
        match &self.kind {
            TimeSpanKind::Between { from, end } => format!(
                "[{} | {}]",
                from.as_ref().map_or_else(String::new, Outline::outline),
                end.as_ref().map_or_else(String::new, Outline::outline)
            ),
            TimeSpanKind::During(first, last) => format!("[{}..{}]", first.outline(), last.outline()),
            TimeSpanKind::Sometime(first, last) => format!("[sometime {}..{}]", first.outline(), last.outline()),
        }
    }
}

impl Outline for Citation {
    fn outline(&self) -> String {
        match &self.locator {
            Some(locator) => format!("{} {:?}", self.source.text, locator.text),
            None => self.source.text.clone(),
        }
    }
}

impl Outline for Fact {
    fn outline(&self) -> String {
        let mut text = format!("{:?} ", self.polarity);
        if self.mutually {
            text.push_str("mutually ");
        }
        if self.either_way {
            text.push_str("either way ");
        }
        text.push_str(&format!("{}({})", self.name.outline(), joined(&self.arguments, ", ")));
        if let Some(value) = &self.value {
            text.push_str(&format!(" = {:?}", value.kind));
        }
        for span in &self.spans {
            text.push_str(&format!(" {}", span.outline()));
        }
        if !self.citations.is_empty() {
            text.push_str(&format!(" <{}>", joined(&self.citations, "; ")));
        }
        if let Some(note) = &self.note {
            text.push_str(&format!(" {:?}", note.text));
        }
        text
    }
}
