//! A template of an import, ready to be filled with rows.

use super::codes::{Argument, ArgumentKind, CodeCell};
use super::times::Times;
use crate::evidence::error::{EvidenceError, Refused};
use crate::evidence::{Packed, Polarity, RowValues, Statement, StatementArgument, TableDraft};
use crate::model::constants::Mention;
use crate::model::items::Located;
use crate::model::program::{KindId, OTHER_NAME, Target};
use crate::model::report::Mistake;
use crate::model::resolver::Resolver;
use crate::model::scope::{Constant, constant_of};
use crate::syntax::tree::{Cells, CellsKind, FactTemplate, Import, TemplateArgument, TemplateArgumentKind, TermKind};
use crate::tables::{Bound, Formula, ImportFault, Table, header_of};
use crate::text::Span;
use std::collections::BTreeSet;

impl Mistake for ImportFault {
    fn repetition(&self) -> Option<String> {
        match self {
            ImportFault::UnboundVariable { span, .. } | ImportFault::IsOfMeasure { span, .. } => {
                Some(format!("{span:?}"))
            }
            _ => None,
        }
    }

    fn into_diagnostic(self) -> crate::diagnostic::Diagnostic {
        self.diagnostic()
    }
}

/// A template for one value of its variable, if it has one.
pub(super) struct Template {
    /// Which one of the import's it is.
    pub(super) written: usize,
    pub(super) arguments: Vec<Argument>,
    pub(super) polarity: Polarity,
    pub(super) is: Option<Formula>,
    pub(super) among: Option<Formula>,
    /// Of a measure, with the kind of its levels.
    pub(super) value: Option<(Formula, Option<KindId>)>,
    pub(super) value_span: Span,
    pub(super) times: Times,
    /// Whether a state may not be paired with itself.
    pub(super) refuses_pairs: bool,
    pub(super) draft: TableDraft,
}

impl Template {
    /// The side on which a row stands where `is` does not hold.
    pub(super) fn otherwise(&self) -> Polarity {
        match self.polarity {
            Polarity::For => Polarity::Against,
            Polarity::Against => Polarity::For,
            Polarity::Unknown => Polarity::Unknown,
        }
    }
}

impl<'a> Resolver<'a> {
    /// The templates of an import, each once for each value of its variable.
    pub(super) fn templates(&mut self, located: Located<'a>, import: &'a Import, table: &Table) -> Vec<Template> {
        let mut made = Vec::new();
        for written in 0..import.templates.len() {
            match &import.templates[written].each {
                None => made.extend(self.template(located, import, written, None, table)),
                Some(each) => {
                    for value in 0..each.values.len() {
                        made.extend(self.template(located, import, written, Some(Bound { each, value }), table));
                    }
                }
            }
        }
        made
    }

    fn template(
        &mut self,
        located: Located<'a>,
        import: &'a Import,
        written: usize,
        bound: Option<Bound<'a>>,
        table: &Table,
    ) -> Option<Template> {
        let template = &import.templates[written];
        let target = self.subject(located, &template.name, template.atom_span, template.value.is_some())?;
        let sound = self.check_template(target, template);
        for cells in template.value.iter().chain(&template.is).chain(&template.among) {
            self.check_variables(cells, bound);
        }
        if self.target(target).roles.len() != template.arguments.len() {
            self.report_arity(target, template.arguments.len(), template.atom_span);
            return None;
        }
        let arguments: Vec<Option<Argument>> = template
            .arguments
            .iter()
            .enumerate()
            .map(|(role, argument)| self.template_argument(target, role, argument, bound, table))
            .collect();
        let span = template.time.as_ref().or(import.spell.as_ref());
        let times = match span {
            None => Times::throughout(),
            Some(span) => Times::new(span, &table.columns, bound, &mut self.report)?,
        };
        let arguments = arguments.into_iter().collect::<Option<Vec<Argument>>>().filter(|_| sound)?;
        let compile = |cells: &Cells| Formula::compile(cells, &table.columns, bound);
        let levels = match target {
            Target::Measure(measure) => self.measures[measure.index()].levels,
            Target::Relation(_) => None,
        };
        let mut citations = self.citations(&import.citations);
        citations.extend(self.citations(&template.citations));
        let pattern = Statement {
            target,
            polarity: template.polarity,
            mutually: template.mutually,
            arguments: template
                .arguments
                .iter()
                .map(|argument| StatementArgument {
                    individuals: Vec::new(),
                    set_kind: None,
                    is_set: false,
                    only: false,
                    span: argument.span,
                })
                .collect(),
            value: None,
            times: Vec::new(),
            citations,
            note: template.note.as_ref().map(|note| note.text.clone()),
            documentation: located.item.documentation.clone(),
            span: template.span,
            atom_span: template.atom_span,
            row: None,
        };
        let values = match (&template.value, levels) {
            (None, _) => RowValues::None,
            (Some(_), None) => RowValues::Numbers(Packed::default()),
            (Some(_), Some(_)) => RowValues::Levels(Packed::default()),
        };
        let among = match (&import.among, &template.among) {
            (None, None) => None,
            (Some(one), None) | (None, Some(one)) => Some(compile(one)),
            (Some(one), Some(other)) => Some(Formula::And(vec![compile(one), compile(other)])),
        };
        // Of a template that takes some rows it is not known how many.
        let rows = if among.is_none() { table.rows() } else { 0 };
        let draft = TableDraft::new(pattern, &table.name, values, times.written(), rows);
        Some(Template {
            written,
            arguments,
            polarity: template.polarity,
            is: template.is.as_ref().map(compile),
            among,
            value: template.value.as_ref().map(|value| (compile(value), levels)),
            value_span: template.value.as_ref().map_or(template.span, |value| value.span),
            times,
            refuses_pairs: !self.target(target).reflexive,
            draft,
        })
    }

    /// What can be said of templates without a table: how many arguments they have, which other statements go by.
    pub(super) fn check_arguments(&mut self, located: Located<'a>, import: &'a Import) {
        for template in &import.templates {
            let target = self.subject(located, &template.name, template.atom_span, template.value.is_some());
            let Some(target) = target else { continue };
            if self.target(target).roles.len() != template.arguments.len() {
                self.report_arity(target, template.arguments.len(), template.atom_span);
            }
        }
    }

    fn check_template(&mut self, target: Target, template: &FactTemplate) -> bool {
        let is_measure = matches!(target, Target::Measure(_));
        let name = &template.name.name.text;
        let span = template.atom_span;
        let refused = if template.either_way {
            Some(Refused::EitherWay)
        } else if template.mutually && template.polarity == Polarity::Against {
            Some(Refused::NotMutually)
        } else if is_measure && template.polarity == Polarity::Against {
            Some(Refused::NotMeasure)
        } else {
            None
        };
        if let Some(form) = refused {
            let inside = self.texts.slice(span).to_owned();
            self.report.add(EvidenceError::Refused { form, inside, span });
            return false;
        }
        let declared = self.target(target).span;
        match (&template.value, is_measure) {
            (Some(value), false) => {
                self.report.add(EvidenceError::ValueOfPredicate { name: name.clone(), span: value.span, declared });
                return false;
            }
            (None, true) if template.polarity != Polarity::Unknown => {
                self.report.add(EvidenceError::NoValue { name: name.clone(), span, declared });
                return false;
            }
            _ => {}
        }
        if let (Some(is), true) = (&template.is, is_measure) {
            self.report.add(ImportFault::IsOfMeasure { name: name.clone(), span: is.span });
            return false;
        }
        true
    }

    /// Every variable has to be that of `for K in {…}`.
    fn check_variables(&mut self, cells: &Cells, bound: Option<Bound<'_>>) {
        match &cells.kind {
            CellsKind::Variable(name) => {
                if bound.is_none_or(|bound| bound.text(name).is_none()) {
                    self.report.add(ImportFault::UnboundVariable { name: name.clone(), span: cells.span });
                }
            }
            CellsKind::Not(inner) | CellsKind::Negation(inner) => self.check_variables(inner, bound),
            CellsKind::In(inner, members) => {
                self.check_variables(inner, bound);
                members.iter().for_each(|member| self.check_variables(member, bound));
            }
            CellsKind::And(all) | CellsKind::Or(all) => all.iter().for_each(|one| self.check_variables(one, bound)),
            CellsKind::Comparison(left, _, right) | CellsKind::Arithmetic(left, _, right) => {
                self.check_variables(left, bound);
                self.check_variables(right, bound);
            }
            CellsKind::Cell(_) | CellsKind::Missing(_) | CellsKind::Number(_) | CellsKind::Text(_) => {}
        }
    }

    fn template_argument(
        &mut self,
        target: Target,
        role: usize,
        argument: &TemplateArgument,
        bound: Option<Bound<'a>>,
        table: &Table,
    ) -> Option<Argument> {
        let kind = self.role_kind(target, role)?;
        let span = argument.span;
        let kind = match &argument.kind {
            TemplateArgumentKind::Cell { cell, scheme, or_new } => ArgumentKind::Cell(CodeCell {
                column: table.column(header_of(cell, bound))?,
                role: kind,
                // By name is how those without a scheme are found.
                scheme: scheme.as_ref().map(|scheme| scheme.text.clone()).filter(|scheme| scheme != OTHER_NAME),
                or_new: *or_new,
                known: Vec::new(),
                has_codes: None,
                passing: BTreeSet::new(),
            }),
            TemplateArgumentKind::Term(term) => {
                let constant = match &term.kind {
                    TermKind::Variable(name) => match bound.and_then(|bound| bound.text(name)) {
                        Some(text) => match text.parse::<f64>() {
                            Ok(number) if crate::model::kinds::holds_values(self.kinds.root(kind)) => {
                                Constant::Number(number)
                            }
                            _ => Constant::Quoted(text.to_owned()),
                        },
                        None => {
                            self.report.add(ImportFault::UnboundVariable { name: name.clone(), span });
                            return None;
                        }
                    },
                    _ => constant_of(term)?,
                };
                ArgumentKind::Fixed(self.individual(kind, &constant, span, Mention::Evidence)?)
            }
        };
        Some(Argument { kind, span })
    }
}
