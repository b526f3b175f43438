//! The numbers in conditions: lengths of windows, and how many conditions must hold.

use super::condition::{CountComparison, CountNumber};
use super::error::{NameError, RuleError};
use super::names::{Referent, Sort};
use super::scope::Scope;
use crate::syntax::tree::{self, QualifiedName};
use crate::text::Span;
use crate::time::{Direction, Length, Unit, Window};

impl Scope<'_, '_> {
    pub(super) fn window(
        &mut self,
        direction: tree::WindowDirection,
        length: tree::WindowLength,
        span: Span,
    ) -> Option<Window> {
        if length.number == 0 {
            self.resolver.report.add(RuleError::EmptyWindow { span });
            return None;
        }
        let unit = match length.unit {
            tree::WindowUnit::Years => Unit::Years,
            tree::WindowUnit::Months => Unit::Months,
            tree::WindowUnit::Days => Unit::Days,
        };
        let direction = match direction {
            tree::WindowDirection::Last => Direction::Last,
            tree::WindowDirection::Next => Direction::Next,
        };
        Some(Window { direction, length: Length { number: length.number, unit } })
    }

    pub(super) fn count_number(
        &mut self,
        comparison: tree::CountComparison,
        number: Option<&tree::CountNumber>,
        of: usize,
        span: Span,
    ) -> Option<(CountComparison, CountNumber)> {
        let (value, result, place) = match number {
            None => return Some((CountComparison::AtMost, CountNumber::Constant(0))),
            Some(tree::CountNumber::Number(value, place)) => (*value, None, *place),
            Some(tree::CountNumber::Parameter(name)) => {
                let qualified = QualifiedName { framework: None, name: name.clone(), span: name.span };
                match self.look_up(&qualified).ok()? {
                    Some((_, symbol)) => match symbol.referent {
                        Referent::Parameter(id) => {
                            (self.resolver.parameters[id.index()].value, Some(CountNumber::Parameter(id)), name.span)
                        }
                        _ => {
                            self.resolver.report.add(NameError::NotAParameter {
                                name: name.text.clone(),
                                noun: symbol.sort.noun(),
                                span: name.span,
                                declared: symbol.span,
                            });
                            return None;
                        }
                    },
                    None => {
                        let near = self.resolver.names.nearest(&name.text, |symbol| symbol.sort == Sort::Parameter);
                        self.resolver.report.add(NameError::UnknownParameter {
                            name: name.text.clone(),
                            span: Some(name.span),
                            near,
                        });
                        return None;
                    }
                }
            }
        };
        let parameter = match result {
            Some(CountNumber::Parameter(id)) => Some(self.resolver.parameters[id.index()].span),
            _ => None,
        };
        if value.fract() != 0.0 || !(0.0..=f64::from(u32::MAX)).contains(&value) {
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
