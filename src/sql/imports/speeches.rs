//! What is said of atoms by the rows of a table.

use super::{TemplateOf, bound_of, times};
use crate::model::program::Target;
use crate::sql::Compiler;
use crate::sql::names::date;
use crate::syntax::tree::Polarity;
use crate::time::Day;

impl Compiler<'_> {
    /// Selects of what the rows of a template say: individuals, side, value, first and last day. `together` are those of the template for all
    /// values of its variable, which are one statement where they are about the same.
    pub(super) fn speeches(&self, rows: &str, import: usize, template: TemplateOf, together: &[String]) -> Vec<String> {
        let target = template.target;
        let roles = self.role_columns(target);
        let written = &self.imports[import].import.templates[template.written];
        let plain: Vec<usize> = (0..roles.len()).collect();
        let mut ways = vec![plain.clone()];
        let symmetric = self.program.symmetric(target);
        for (one, two) in symmetric.into_iter().chain(written.mutually.then_some((0, 1)).filter(|_| roles.len() >= 2)) {
            let mut turned = plain.clone();
            turned.swap(one, two);
            if !ways.contains(&turned) {
                ways.push(turned);
            }
        }
        let of = &self.imports[import];
        let bound = bound_of(of.import, template.written, template.bound);
        let span = written.time.as_ref().or(of.import.spell.as_ref());
        let time = times::time(span, &of.columns, bound, Day::LAST);
        let is_imprecise = time.as_ref().is_ok_and(|time| time.may_be_imprecise);
        let has_ends = time.is_ok_and(|time| time.ended != "false") && matches!(target, Target::Relation(_));
        let pair = if written.mutually { Some((0, 1)) } else { symmetric };
        let after = has_ends.then(|| {
            let horizon = date(self.horizon(of, template.written));
            after_ends(rows, together, roles.len(), pair.filter(|(_, two)| *two < roles.len()), &horizon)
        });
        let mut selects = Vec::new();
        for way in ways {
            let individuals: String =
                way.iter().zip(&roles).map(|(place, role)| format!("r.\"a{place}\" as {role}, ")).collect();
            let select = |side: &str, value: &str, first: &str, last: &str, filter: &str| {
                format!(
                    "select {individuals}{side} as \"side\", {value} as \"value\", {first} as \"first\", {last} as \"last\" from {rows} as r where r.\"is_said\"{filter}"
                )
            };
            selects.push(select(
                "r.\"side\"",
                "r.\"value\"",
                "r.\"latest_start\"",
                "r.\"earliest_end\"",
                " and r.\"side\" <> 'open'",
            ));
            let possible =
                |first: &str, last: &str, filter: &str| select("'open'", "cast(null as double)", first, last, filter);
            let has_open = written.is.is_some() || written.value.is_some() || written.polarity == Polarity::Unknown;
            if has_open {
                selects.push(possible("r.\"earliest_start\"", "r.\"latest_end\"", " and r.\"side\" = 'open'"));
            }
            if is_imprecise {
                selects.push(possible(
                    "r.\"earliest_start\"",
                    "least(r.\"latest_start\" - 1, r.\"latest_end\")",
                    " and r.\"earliest_start\" < r.\"latest_start\"",
                ));
                selects.push(possible(
                    "greatest(r.\"earliest_end\" + 1, r.\"earliest_start\")",
                    "r.\"latest_end\"",
                    " and r.\"earliest_end\" < r.\"latest_end\"",
                ));
            }
            if let Some(after) = &after {
                selects.push(format!(
                    "select {individuals}r.\"side\", cast(null as double) as \"value\", r.\"first\", r.\"last\" from ({after}) as r"
                ));
            }
        }
        selects
    }
}

/// After a row's `ended` the opposite side speaks, until another row about the same may begin; not where another one goes on.
fn after_ends(rows: &str, together: &[String], arity: usize, pair: Option<(usize, usize)>, horizon: &str) -> String {
    let of = |alias: &str, place: usize| match pair {
        Some((one, two)) if place == one || place == two => {
            let function = if place == one { "least" } else { "greatest" };
            format!("{function}({alias}.\"a{one}\", {alias}.\"a{two}\")")
        }
        _ => format!("{alias}.\"a{place}\""),
    };
    let columns: String = (0..arity).map(|place| format!("\"a{place}\", ")).collect();
    let all: Vec<String> = together
        .iter()
        .map(|rows| format!("select {columns}\"earliest_start\", \"told_end\" from {rows} where \"is_said\""))
        .collect();
    let all = all.join(" union all ");
    let same: Vec<String> = (0..arity).map(|place| format!("{} = {}", of("o", place), of("e", place))).collect();
    let same = if same.is_empty() { "true".to_owned() } else { same.join(" and ") };
    let individuals: String = (0..arity).map(|place| format!("e.\"a{place}\", ")).collect();
    format!(
        "select {individuals}case e.\"side\" when 'for' then 'against' else 'for' end as \"side\", e.\"latest_end\" + 1 as \"first\", \
         coalesce((select min(o.\"earliest_start\") from ({all}) as o where {same} and o.\"earliest_start\" > e.\"latest_end\") - 1, {horizon}) as \"last\" \
         from {rows} as e where e.\"is_said\" and e.\"side\" <> 'open' and e.\"ended\" and e.\"latest_end\" < {} \
         and not exists (select 1 from ({all}) as o where {same} and o.\"earliest_start\" <= e.\"latest_end\" and o.\"told_end\" > e.\"latest_end\")",
        date(Day::LAST)
    )
}
