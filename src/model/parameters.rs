//! Parameters: numbers and levels that a reader may vary.

use super::error::{KindError, NameError};
use super::items;
use super::kinds::holds_values;
use super::near::nearest;
use super::program::{KindId, Parameter};
use super::resolver::Resolver;
use super::scope::Constant;
use crate::syntax::tree::{self, ItemKind, ParameterValue};
use crate::text::Span;

impl Resolver<'_> {
    /// Parameters with the values of this run, in the order of names.
    pub(super) fn collect_parameters(&mut self) {
        let files = self.files.clone();
        let mut parameters: Vec<Parameter> = Vec::new();
        for located in items::each(&files) {
            let ItemKind::Parameter(parameter) = &located.item.kind else { continue };
            let symbol = self.names.at(None, &parameter.name.text);
            if symbol.is_none_or(|symbol| self.names.symbols[symbol].span != parameter.name.span) {
                continue;
            }
            let (levels, value) = self.declared_value(parameter, located.framework).unwrap_or_else(|| {
                self.unusable_parameters.insert(parameter.name.text.clone());
                (None, 0.0)
            });
            parameters.push(Parameter {
                name: parameter.name.text.clone(),
                value,
                levels,
                is_length: false,
                documentation: located.item.documentation.clone(),
                span: parameter.name.span,
            });
        }
        parameters.sort_by(|one, two| one.name.cmp(&two.name));
        let options = self.options;
        for setting in &options.parameters {
            let Ok(at) = parameters.binary_search_by(|parameter| parameter.name.cmp(&setting.name)) else {
                self.report.add(NameError::UnknownParameter {
                    name: setting.name.clone(),
                    span: None,
                    near: nearest(&setting.name, parameters.iter().map(|parameter| parameter.name.as_str())),
                    known: parameters.iter().map(|parameter| parameter.name.clone()).collect(),
                });
                continue;
            };
            if self.unusable_parameters.contains(&setting.name) {
                continue;
            }
            let parameter = &mut parameters[at];
            let place = setting.place.unwrap_or(parameter.span);
            let value = match (parameter.levels, &setting.value) {
                (Some(kind), value) => self.level(kind, value, place),
                (None, ParameterValue::Number(number)) => Some(*number),
                (None, ParameterValue::Level(word)) => {
                    self.report.add(NameError::WordForNumber {
                        name: setting.name.clone(),
                        word: word.text.clone(),
                        span: place,
                        declared: parameter.span,
                    });
                    None
                }
            };
            parameter.value = value.unwrap_or(parameter.value);
        }
        self.parameters = parameters;
    }

    /// The kind and the value of a declaration; nothing where it is wrong, which has been reported.
    fn declared_value(
        &mut self,
        parameter: &tree::Parameter,
        framework: Option<super::program::FrameworkId>,
    ) -> Option<(Option<KindId>, f64)> {
        let Some(name) = &parameter.kind else {
            return match &parameter.value {
                ParameterValue::Number(number) => Some((None, *number)),
                ParameterValue::Level(level) => {
                    self.report.add(KindError::LevelOfNoKind {
                        name: parameter.name.text.clone(),
                        kinds: self.ordered_kinds_with(&level.text),
                        level: level.text.clone(),
                        span: level.span,
                    });
                    None
                }
            };
        };
        let kind = self.kinds.expect(name, framework, &mut self.report)?;
        if !self.kinds.get(kind).is_ordered() {
            self.report.add(KindError::ParameterNotOrdered {
                name: parameter.name.text.clone(),
                kind: name.text.clone(),
                span: name.span,
                holds_values: holds_values(kind),
            });
            return None;
        }
        let rank = self.level(kind, &parameter.value, parameter.value_span)?;
        Some((Some(kind), rank))
    }

    /// The rank of a level of an ordered kind.
    fn level(&mut self, kind: KindId, value: &ParameterValue, place: Span) -> Option<f64> {
        let level = match value {
            ParameterValue::Level(level) => level,
            ParameterValue::Number(number) => {
                self.report_wrong_kind(kind, &Constant::Number(*number), place);
                return None;
            }
        };
        let found = self.individuals.find(self.kinds.root(kind), &level.text);
        let rank = found.and_then(|id| self.individuals.get(id).rank);
        if rank.is_none() {
            self.individuals.report_unknown(&self.kinds, kind, &level.text, place, &mut self.report);
        }
        rank.map(f64::from)
    }

    /// The names of the ordered kinds that have a level of this name.
    fn ordered_kinds_with(&self, level: &str) -> Vec<String> {
        let mut kinds: Vec<String> = self
            .kinds
            .ids()
            .filter(|kind| self.kinds.get(*kind).is_ordered() && self.individuals.find(*kind, level).is_some())
            .map(|kind| self.kinds.name(kind).to_owned())
            .collect();
        kinds.sort_unstable();
        kinds.dedup();
        kinds
    }
}
