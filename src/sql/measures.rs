//! What is known of measures and classifications: bounds, a row for each rival; no row where there is no value.

use super::Compiler;
use super::bounds::Bounds;
use super::names::{self, number, quoted};
use super::scope::{Marks, Scope, not};
use super::script::Step;
use crate::model::condition::Condition;
use crate::model::program::{IndividualId, MeasureDefinition, MeasureId, Target, Variable};

impl Compiler<'_> {
    /// Works out what is known of a measure, for the cases for which others ask.
    pub(super) fn measure(&mut self, id: MeasureId) {
        let program = self.program;
        let target = Target::Measure(id);
        let measure = program.measure(id);
        let cases = self.asked_cases(target);
        let roles = self.role_columns(target);
        let slots: Vec<usize> = (0..roles.len()).collect();
        let scope_of = |variables: &[Variable]| {
            let of_body = variables[roles.len()..].iter().map(|variable| variable.name.as_str());
            let columns = names::columns(measure.roles.iter().map(|role| role.name.as_str()).chain(of_body));
            Scope::new(cases.clone(), slots.clone(), columns, variables.iter().map(|variable| variable.kind).collect())
        };
        let (select, applies) = match &measure.definition {
            MeasureDefinition::Recorded => {
                let said = self.said(target);
                let mut scope = Scope::new(cases.clone(), slots.clone(), roles.clone(), Vec::new());
                let said = scope.join_by_slots(&said, &slots);
                let bounds = Bounds::exactly(&format!("{said}.\"value\""));
                let select = format!(
                    "select {},\n    {}\n  {}\n  where {said}.\"is_for\"",
                    scope.keys(),
                    bounds.columns(),
                    scope.from()
                );
                (select, None)
            }
            MeasureDefinition::Defined { variables, applies_where, value } => {
                let mut scope = scope_of(variables);
                let applies = applies_where.as_ref().map(|applies| self.applies(applies, scope_of(variables)));
                let bounds = self.number(value, &mut scope);
                (self.applying(&scope, &bounds, applies.as_deref()), applies)
            }
            MeasureDefinition::Classification { variables, applies_where, cases, otherwise } => {
                let mut scope = scope_of(variables);
                let applies = applies_where.as_ref().map(|applies| self.applies(applies, scope_of(variables)));
                let marks: Vec<(IndividualId, Marks)> =
                    cases.iter().map(|(level, condition)| (*level, self.marks(condition, &mut scope))).collect();
                let rank = |level: IndividualId| number(f64::from(program.individual(level).rank.unwrap_or(0)));
                let highest = |shown: &dyn Fn(&Marks) -> String| {
                    let lines: String = marks
                        .iter()
                        .map(|(level, marks)| format!(" when {} then {}", shown(marks), rank(*level)))
                        .collect();
                    format!("(case{lines} else {} end)", rank(*otherwise))
                };
                let bounds = Bounds {
                    least: highest(&|marks| marks.is_for.clone()),
                    most: highest(&|marks| not(&marks.against)),
                    settled_least: highest(&|marks| marks.settled_for.clone()),
                    settled_most: highest(&|marks| not(&marks.settled_against)),
                };
                (self.applying(&scope, &bounds, applies.as_deref()), applies)
            }
        };
        let words = self.texts.slice(measure.span).to_owned();
        let name = self.known(target);
        self.block.push(Step::new(names::unquoted(&name), words, select));
        if let Some(gaps) = self.gaps.get(&id).cloned() {
            let select = self.without_record(id, &cases, &name, applies.as_deref());
            let comment = format!(
                "where no value of `{}` is recorded, though there might be one",
                program.qualified_name(target)
            );
            self.block.push(Step::new(names::unquoted(&gaps), comment, select));
        }
        self.script.known.push(std::mem::take(&mut self.block));
    }

    /// The table of the marks of a measure's `where`.
    fn applies(&mut self, applies: &Condition, mut scope: Scope) -> String {
        let marks = self.marks(applies, &mut scope);
        let select = format!("select {},\n    {}\n  {}", scope.keys(), marks.columns("", ""), scope.from());
        self.step_of_block("applying", self.words(applies.span), select)
    }

    /// Values, as far as the `where` is met.
    fn applying(&self, scope: &Scope, bounds: &Bounds, applies: Option<&str>) -> String {
        let mut scope = scope.clone();
        let mut conditions = vec![format!("{} is not null", bounds.least)];
        if let Some(applies) = applies {
            let slots = scope.slots.clone();
            let alias = scope.join_by_slots(applies, &slots);
            conditions.push(format!("{alias}.\"settled_for\""));
        }
        format!(
            "select {},\n    {}\n  {}\n  where {}",
            scope.keys(),
            bounds.columns(),
            scope.from(),
            conditions.join(" and ")
        )
    }

    /// The name of the table of the cases of a measure of which a value may be missing from the record.
    pub(super) fn gaps(&mut self, id: MeasureId) -> String {
        if let Some(known) = self.gaps.get(&id) {
            return known.clone();
        }
        let qualified = self.program.qualified_name(Target::Measure(id));
        let name = quoted(&self.names.unique(&format!("{}_gaps", names::view(&qualified))));
        self.gaps.insert(id, name.clone());
        name
    }

    fn without_record(&mut self, id: MeasureId, cases: &str, known: &str, applies: Option<&str>) -> String {
        let target = Target::Measure(id);
        let roles = self.role_columns(target);
        let slots: Vec<usize> = (0..roles.len()).collect();
        let mut scope = Scope::new(cases.to_owned(), slots.clone(), roles.clone(), Vec::new());
        let with_value =
            scope.join_by_slots(&format!("(select distinct {}, \"year\" from {known})", roles.join(", ")), &slots);
        let mut conditions = vec![format!("{with_value}.\"year\" is null")];
        if let Some(applies) = applies {
            let alias = scope.join_by_slots(applies, &slots);
            conditions.push(format!("not {alias}.\"settled_against\""));
        }
        let complete = self.complete(target, "s");
        if complete != "false" {
            let said = self.said(target);
            let open = scope.join_by_slots(
                &format!("(select distinct {}, \"year\" from {said} where \"is_open\")", roles.join(", ")),
                &slots,
            );
            conditions.push(format!("not ({complete} and {open}.\"year\" is null)"));
        }
        format!("select {} {}\n  where {}", scope.keys(), scope.from(), conditions.join(" and "))
    }
}
