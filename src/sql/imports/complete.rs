//! Where a table is complete: for those whom it names.

use crate::evidence::{Changes, Completeness};
use crate::model::program::{KindId, Target};
use crate::sql::names::quoted;
use crate::sql::scope::{and, or};
use crate::sql::script::Step;
use crate::sql::{Compiler, Refusal};
use crate::syntax::tree::TemplateArgumentKind;

impl Compiler<'_> {
    /// Where an import says that its record of a row's atom is complete, for each statement of that.
    pub(in crate::sql) fn complete_in_tables(
        &mut self,
        target: Target,
        alias: &str,
        roles: &[String],
        turned: Option<&[String]>,
    ) -> Vec<String> {
        let mut speaking = Vec::new();
        for (import, record) in self.records_of(target) {
            let days = self.record.completeness_days(&record, &Changes::none());
            let at = self.at_moments(&days, alias);
            if at == "false" {
                continue;
            }
            let named: Vec<String> = self.named_in_roles(import, target);
            let covers = |columns: &[String]| {
                let places = columns.iter().zip(&named);
                let places =
                    places.map(|(column, named)| format!("{alias}.{column} in (select \"name\" from {named})"));
                places.fold("true".to_owned(), |all, one| and(&all, &one))
            };
            let covered = match turned {
                Some(turned) => or(&covers(roles), &covers(turned)),
                None => covers(roles),
            };
            speaking.push(and(&covered, &at));
        }
        speaking
    }

    /// Where a table is complete at every moment: selects of the cases of those whom it does not name, of which nothing is known
    /// by silence. None where no table is.
    pub(in crate::sql) fn outside_of_tables(&mut self, target: Target) -> Option<Vec<String>> {
        let (import, _) = self.records_of(target).into_iter().find(|(_, record)| {
            let days = self.record.completeness_days(record, &Changes::none());
            self.request.moments.iter().all(|moment| days.contains(moment.day))
        })?;
        let named = self.named_in_roles(import, target);
        let columns = self.role_columns(target);
        let kinds: Vec<KindId> = self.program.roles(target).iter().map(|role| role.kind).collect();
        let living: Vec<String> = kinds.iter().map(|kind| self.living(*kind)).collect();
        let individuals: String =
            columns.iter().enumerate().map(|(place, column)| format!("l{place}.\"name\" as {column}, ")).collect();
        let mut from = format!("{} as l0", living.first()?);
        for (place, living) in living.iter().enumerate().skip(1) {
            from.push_str(&format!(" join {living} as l{place} on l{place}.\"year\" = l0.\"year\""));
        }
        let select = |(place, named): (usize, &String)| {
            format!(
                "select {individuals}l0.\"year\" from {from} where l{place}.\"name\" not in (select \"name\" from {named})"
            )
        };
        Some(named.iter().enumerate().map(select).collect())
    }

    /// The statements of completeness of imports about a target.
    fn records_of(&mut self, target: Target) -> Vec<(usize, Completeness)> {
        let mut records = Vec::new();
        for (place, of) in self.imports.iter().enumerate() {
            if !of.templates.iter().any(|template| template.target == target) {
                continue;
            }
            for complete in &of.import.complete {
                let is_it = |one: &&Completeness| one.target == target && one.span == complete.span;
                match self.complete_tables.iter().find(is_it) {
                    Some(record) => records.push((place, record.clone())),
                    // Its days are told with the rows that were read.
                    None => {
                        let form = "`complete` over a table of which no row was read".to_owned();
                        self.refusals.push(Refusal::Import { form, span: complete.span });
                    }
                }
            }
        }
        records
    }

    /// For each role of a target the table of those of its outermost kind whom an import names.
    fn named_in_roles(&mut self, import: usize, target: Target) -> Vec<String> {
        let kinds: Vec<KindId> =
            self.program.roles(target).iter().map(|role| self.program.kind(role.kind).root).collect();
        kinds.iter().map(|root| self.named_by(import, *root)).collect()
    }

    fn named_by(&mut self, import: usize, root: KindId) -> String {
        if let Some(known) = self.named.get(&(import, root)) {
            return known.clone();
        }
        let mut selects = Vec::new();
        for template in self.imports[import].templates.clone() {
            let kinds: Vec<KindId> =
                self.program.roles(template.target).iter().map(|role| self.program.kind(role.kind).root).collect();
            let rows = match self.rows_of(import, template) {
                Ok(rows) => rows,
                Err(refusal) => {
                    self.refusals.push(refusal);
                    continue;
                }
            };
            let arguments = &self.imports[import].import.templates[template.written].arguments;
            for (place, argument) in arguments.iter().enumerate().filter(|(place, _)| kinds.get(*place) == Some(&root))
            {
                selects.push(format!("select \"a{place}\" as \"name\" from {rows} where \"is_said\""));
                if matches!(argument.kind, TemplateArgumentKind::Term(_)) {
                    // Whoever is named by itself is named whether a row is about it or not.
                    selects.extend(self.fixed(import, template, place).map(|key| format!("select {key} as \"name\"")));
                }
            }
        }
        let of = &self.imports[import];
        let kind = &self.program.kind(root).name;
        let comment = format!("those of the kind `{kind}` whom `{}` names", of.import.path.text);
        let name = self.names.unique(&format!("{}_named", of.name));
        let select = match selects.as_slice() {
            [] => "select '' as \"name\" where false".to_owned(),
            [only] => only.replacen("select ", "select distinct ", 1),
            several => several.join("\n  union "),
        };
        self.script.tables.push(Step::new(name.clone(), comment, select));
        let name = quoted(&name);
        self.named.insert((import, root), name.clone());
        name
    }
}
