//! The numbers in conditions: lengths of windows, and how many conditions must hold.

use super::condition::{CountComparison, CountNumber, WindowOf};
use super::error::{ExpressionError, NameError, RuleError};
use super::names::{Referent, Sort};
use super::program::ParameterId;
use super::scope::Scope;
use crate::syntax::tree::{self, Name, QualifiedName};
use crate::text::Span;
use crate::time::{Direction, Unit};

impl Scope<'_, '_> {
    pub(super) fn window(
        &mut self,
        direction: tree::WindowDirection,
        length: &tree::WindowLength,
        span: Span,
    ) -> Option<WindowOf> {
        let unit = match length.unit {
            tree::WindowUnit::Years => Unit::Years,
            tree::WindowUnit::Months => Unit::Months,
            tree::WindowUnit::Days => Unit::Days,
        };
        let direction = match direction {
            tree::WindowDirection::Last => Direction::Last,
            tree::WindowDirection::Next => Direction::Next,
        };
        let (value, number, place, parameter) = match &length.number {
            tree::WindowNumber::Number(number) => (f64::from(*number), CountNumber::Constant(*number), span, None),
            tree::WindowNumber::Parameter(name) => {
                let id = self.counting_parameter(name)?;
                let parameter = &self.resolver.parameters[id.index()];
                (parameter.value, CountNumber::Parameter(id), name.span, Some(parameter.span))
            }
        };
        if value == 0.0 {
            self.resolver.report.add(RuleError::EmptyWindow { span: place, parameter });
            return None;
        }
        if !is_whole(value) {
            let units = match unit {
                Unit::Years => "years",
                Unit::Months => "months",
                Unit::Days => "days",
            };
            self.resolver.report.add(RuleError::WindowLength { value, units, span: place, parameter });
            return None;
        }
        if let CountNumber::Parameter(id) = number {
            self.resolver.parameters[id.index()].is_length = true;
        }
        Some(WindowOf { direction, number, unit })
    }

    /// The parameter of a name that stands for a number of conditions or of days.
    fn counting_parameter(&mut self, name: &Name) -> Option<ParameterId> {
        let qualified = QualifiedName { framework: None, name: name.clone(), span: name.span };
        let Some((_, symbol)) = self.look_up(&qualified).ok()? else {
            let near = self.resolver.names.nearest(&name.text, |symbol| symbol.sort == Sort::Parameter);
            let near = near.or_else(|| number_in_words(&name.text).map(|number| number.to_string()));
            self.resolver.report.add(NameError::UnknownParameter {
                name: name.text.clone(),
                span: Some(name.span),
                near,
                known: Vec::new(),
            });
            return None;
        };
        let Referent::Parameter(id) = symbol.referent else {
            self.resolver.report.add(NameError::NotAParameter {
                name: name.text.clone(),
                noun: symbol.sort.noun(),
                span: name.span,
                declared: symbol.span,
            });
            return None;
        };
        if self.resolver.unusable_parameters.contains(&name.text) {
            return None;
        }
        if let Some(kind) = self.resolver.parameters[id.index()].levels {
            self.resolver.report.add(ExpressionError::NotANumber {
                what: name.text.clone(),
                noun: format!("level of `{}`", self.resolver.kinds.name(kind)),
                span: name.span,
            });
            return None;
        }
        Some(id)
    }

    pub(super) fn count_number(
        &mut self,
        comparison: tree::CountComparison,
        number: Option<&tree::CountNumber>,
        of: usize,
        span: Span,
    ) -> Option<(CountComparison, CountNumber)> {
        let (value, result, place, parameter) = match number {
            None => return Some((CountComparison::AtMost, CountNumber::Constant(0))),
            Some(tree::CountNumber::Number(value, place)) => (*value, None, *place, None),
            Some(tree::CountNumber::Parameter(name)) => {
                let id = self.counting_parameter(name)?;
                let parameter = &self.resolver.parameters[id.index()];
                (parameter.value, Some(CountNumber::Parameter(id)), name.span, Some(parameter.span))
            }
        };
        if !is_whole(value) {
            self.resolver.report.add(RuleError::CountNumber { value, span: place, parameter });
            return None;
        }
        let whole = value as u32;
        let (comparison, impossible, certain) = match comparison {
            tree::CountComparison::AtLeast => (CountComparison::AtLeast, whole as usize > of, whole == 0),
            tree::CountComparison::Exactly => (CountComparison::Exactly, whole as usize > of, false),
            tree::CountComparison::AtMost => (CountComparison::AtMost, false, whole as usize >= of),
            tree::CountComparison::None => (CountComparison::AtMost, false, false),
        };
        if impossible {
            self.resolver.report.add(RuleError::NeverMet { number: whole, of, span, parameter });
        } else if certain {
            self.resolver.report.add(RuleError::AlwaysMet { number: whole, of, span, parameter });
        }
        Some((comparison, result.unwrap_or(CountNumber::Constant(whole))))
    }
}

fn is_whole(value: f64) -> bool {
    value.fract() == 0.0 && (0.0..=f64::from(u32::MAX)).contains(&value)
}

/// The number that a word is: `at least two of (…)`.
fn number_in_words(word: &str) -> Option<usize> {
    const WORDS: [&str; 11] = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];
    WORDS.iter().position(|known| *known == word)
}
