//! The view that answers.

use super::names::{self, quoted, text};
use super::{Compiler, Request};
use crate::model::program::{IndividualId, RelationId, Target};
use crate::time::IntervalSet;

/// What stands above all views.
pub(super) fn heading(request: &Request) -> String {
    let years = match (request.moments.first(), request.moments.last()) {
        (Some(first), Some(last)) => format!(
            "-- The years {} to {}, each as on one day of it ({} the first, {} the last).\n",
            first.year, last.year, first.day, last.day
        ),
        _ => String::new(),
    };
    format!("-- Made by `symmachia compile --to sql`; docs/sql.md tells how to read and to run it.\n{years}")
}

impl Compiler<'_> {
    /// Works out all that the question builds on; `order` has each target before whatever it builds on.
    pub(super) fn answer(&mut self, question: RelationId, order: &[Target]) {
        self.lay_moments();
        let target = Target::Relation(question);
        if self.cases(question).is_none() {
            let every = self.asked_about(question);
            self.asked.entry(target).or_default().push(every);
        }
        for target in order {
            match target {
                Target::Relation(id) => self.relation(*id),
                Target::Measure(id) => self.measure(*id),
            }
        }
    }

    /// The cases that the question is about: those that a `cases` lists, or all.
    fn asked_about(&mut self, question: RelationId) -> String {
        let every = self.every_case(Target::Relation(question));
        match self.asked_conditions(question).as_slice() {
            [] => every,
            conditions => format!("select q.* from (\n  {every}\n  ) as q where {}", conditions.join(" and ")),
        }
    }

    /// Which of the cases `q` that arise the question is about: named ones, and those that a `cases` lists if any does.
    fn asked_conditions(&self, question: RelationId) -> Vec<String> {
        let target = Target::Relation(question);
        let columns = self.role_columns(target);
        let program = self.program;
        let roles = program.roles(target).iter().zip(&columns);
        let unnamed = roles.filter_map(|(role, column)| Some((program.kind(role.kind).unnamed?, column)));
        let mut conditions: Vec<String> =
            unnamed.map(|(unnamed, column)| format!("q.{column} <> {}", self.key(unnamed))).collect();
        let mut listed = Vec::new();
        for cases in program.cases.iter().filter(|cases| cases.target == target) {
            let places = cases.over.iter().zip(&columns);
            let mut places: Vec<String> = places.map(|(over, column)| self.is_among(over, column)).collect();
            if let Some(period) = cases.period {
                places.push(self.at_moments(&IntervalSet::from(period), "q"));
            }
            listed.push(format!("({})", places.join(" and ")));
        }
        if !listed.is_empty() {
            conditions.push(format!("({})", listed.join(" or ")));
        }
        conditions
    }

    fn is_among(&self, over: &[IndividualId], column: &str) -> String {
        let keys: Vec<String> = over.iter().map(|one| self.key(*one)).collect();
        if keys.is_empty() { "false".to_owned() } else { format!("q.{column} in ({})", keys.join(", ")) }
    }

    /// The names and codes of those of some individuals who have one; where some have one after another, with the years in which it is theirs.
    fn codes_by_year(&self, members: &[IndividualId], scheme: &str) -> Vec<Vec<String>> {
        let dated = self.program.dated_codes(scheme);
        let is_dated = members.iter().any(|member| dated.contains_key(member));
        let moments = &self.request.moments;
        let (Some(first), Some(last)) = (moments.first(), moments.last()) else { return Vec::new() };
        let mut listed = Vec::new();
        let mut add = |member: IndividualId, code: &str, years: (i32, i32)| {
            let mut row = vec![self.key(member), text(code)];
            if is_dated {
                row.extend([years.0.to_string(), years.1.to_string()]);
            }
            listed.push(row);
        };
        for member in members {
            let Some(dated) = dated.get(member) else {
                let codes: Vec<&str> = self.program.codes(*member, scheme).collect();
                if !codes.is_empty() {
                    add(*member, &codes.join(";"), (first.year, last.year));
                }
                continue;
            };
            for (code, days) in dated {
                let had = moments.chunk_by(|one, two| days.contains(one.day) == days.contains(two.day));
                for years in had.filter(|years| years.first().is_some_and(|one| days.contains(one.day))) {
                    if let (Some(first), Some(last)) = (years.first(), years.last()) {
                        add(*member, code, (first.year, last.year));
                    }
                }
            }
        }
        listed
    }

    /// The statement that makes the view.
    pub(super) fn view(&mut self, question: RelationId) -> String {
        let program = self.program;
        let target = Target::Relation(question);
        let qualified = program.qualified_name(target);
        let columns = self.role_columns(target);
        let known = self.known(target);
        // What has no row is not met: said apart, so that whoever wants other verdicts does not wait for it.
        let rest = self.cases(question).map(|_| self.asked_about(question));
        let mut on = vec!["k.\"year\" = q.\"year\"".to_owned()];
        on.extend(columns.iter().map(|column| format!("k.{column} = q.{column}")));
        let mut selected: Vec<String> = columns.iter().map(|column| format!("q.{column}")).collect();
        let mut joins = String::new();
        for (place, role) in program.roles(target).iter().enumerate() {
            for scheme in &self.request.codes {
                let listed = self.codes_by_year(&program.kind(role.kind).members, scheme);
                if listed.is_empty() {
                    continue;
                }
                let alias = format!("code_{}_{}", place + 1, self.names.unique(scheme));
                let alias = quoted(&alias);
                let is_dated = listed.iter().any(|row| row.len() > 2);
                let mut of_code = vec!["\"name\"".to_owned(), "\"code\"".to_owned()];
                let mut years = String::new();
                if is_dated {
                    of_code.extend(["\"from\"".to_owned(), "\"until\"".to_owned()]);
                    years = format!(" and q.\"year\" between {alias}.\"from\" and {alias}.\"until\"");
                }
                let rows = names::rows(&listed, &of_code);
                joins.push_str(&format!(
                    "\nleft join (\n  {rows}\n) as {alias} on {alias}.\"name\" = q.{}{years}",
                    columns[place]
                ));
                selected.push(format!("{alias}.\"code\" as {}", quoted(&format!("{}_{scheme}", role.name))));
            }
        }
        let keys: String = columns.iter().map(|column| format!("q.{column}, ")).collect::<String>() + "q.\"year\"";
        let conditions: String =
            self.asked_conditions(question).iter().map(|condition| format!(" and {condition}")).collect();
        let rest = rest.map_or(String::new(), |rest| {
            format!(
                "\n  union all select {keys}, 'not met'\n  from (\n  {rest}\n  ) as q\n  \
                 where not exists (select 1 from {known} as k where {})",
                on.join(" and ")
            )
        });
        format!(
            "create or replace view {view} as\n{with}\n-- the answer{comment}\nselect {selected}, q.\"year\", q.\"verdict\"\nfrom (\n  \
             select {keys},\n    case\n      when q.\"settled_for\" then 'met'\n      when q.\"settled_against\" then 'not met'\n      \
             when q.\"is_for\" or q.\"is_against\" then 'contested'\n      else 'undetermined'\n    end as \"verdict\"\n  \
             from {known} as q where q.\"applies\"{conditions}{rest}\n) as q{joins};\n",
            view = quoted(&names::view(&qualified)),
            with = self.script.with(),
            comment =
                if rest.is_empty() { "" } else { ": a case without evidence is not met, as the record is complete" },
            selected = selected.join(", "),
        )
    }
}
