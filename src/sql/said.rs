//! What statements say of an atom at each moment, and where a record is complete.

use super::names::{date, number, quoted, rows};
use super::script::Step;
use super::{Compiler, names};
use crate::evidence::{Changes, CompleteArgument, Polarity, StatementValue, Tuple};
use crate::model::program::Target;
use crate::time::{Interval, IntervalSet};

impl Compiler<'_> {
    /// The table of what is said of the atoms of a predicate or recorded measure: for a predicate whether there is evidence for and
    /// against, for a measure its values, a row for each; and whether anything is open, so that no completeness speaks.
    pub(super) fn said(&mut self, target: Target) -> String {
        if let Some(known) = self.said.get(&target) {
            return known.clone();
        }
        let qualified = self.program.qualified_name(target);
        let roles = self.role_columns(target);
        let mut parts = Vec::new();
        let listed = self.listed(target);
        if !listed.is_empty() {
            parts.push(rows(&listed, &self.said_columns(target)));
        }
        parts.extend(self.said_in_tables(target));
        let of_said: Vec<String> = roles.iter().map(|role| format!("e.{role}")).collect();
        let select = if parts.is_empty() {
            let nobody: Vec<String> = roles.iter().map(|role| format!("'' as {role}")).collect();
            format!(
                "select {}, \"year\", false as \"is_for\", false as \"is_against\", false as \"is_open\", 0e0 as \"value\" from \"moments\" where false",
                nobody.join(", ")
            )
        } else {
            // The values of a measure are rivals: each has a row of its own.
            let by_value = if matches!(target, Target::Measure(_)) { ", e.\"value\"" } else { "" };
            let has = |side: &str| format!("coalesce(bool_or(e.\"side\" = '{side}'), false)");
            format!(
                "select {of}, m.\"year\", {} as \"is_for\", {} as \"is_against\", {} as \"is_open\"{by_value}\n  from (\n  {}\n  ) as e \
                 join \"moments\" as m on m.\"day\" between e.\"first\" and e.\"last\"\n  group by {of}, m.\"year\"{by_value}",
                has("for"),
                has("against"),
                has("open"),
                parts.join("\n  union all "),
                of = of_said.join(", "),
            )
        };
        let name = self.names.unique(&format!("{}_said", names::view(&qualified)));
        let comment = format!("what is said of `{qualified}`");
        self.script.evidence.push(Step::new(name.clone(), comment, select));
        let name = quoted(&name);
        self.said.insert(target, name.clone());
        name
    }

    /// What people wrote: individuals, side, value, first and last day.
    fn listed(&self, target: Target) -> Vec<Vec<String>> {
        let none = Changes::none();
        let atoms: Vec<Tuple> = self.record.atoms(target, &[]).map(Tuple::from).collect();
        let mut listed = Vec::new();
        for atom in atoms {
            let keys: Vec<String> = atom.iter().map(|one| self.key(*one)).collect();
            let mut add = |side: &str, value: String, days: &IntervalSet| {
                for interval in days.iter().filter(|interval| self.has_moment(*interval)) {
                    let rest = [format!("'{side}'"), value.clone(), date(interval.first), date(interval.last)];
                    listed.push(keys.iter().cloned().chain(rest).collect());
                }
            };
            let days = self.record.atom_days(target, &atom, &none);
            add("open", NO_VALUE.to_owned(), &days.open);
            if matches!(target, Target::Relation(_)) {
                add("for", NO_VALUE.to_owned(), &days.is_for);
                add("against", NO_VALUE.to_owned(), &days.against);
                continue;
            }
            let set_aside = self.record.set_aside(target, &atom, &none);
            for entry in self.record.entries(target, &atom).filter(|entry| entry.polarity == Polarity::For) {
                let value = match self.record.value(entry.statement) {
                    Some(StatementValue::Number(number)) => number,
                    Some(StatementValue::Level(level)) => f64::from(self.program.individual(level).rank.unwrap_or(0)),
                    None => continue,
                };
                let days = self.record.entry_days(&entry, &atom, &none, &set_aside);
                add("for", number(value), &days.certain);
            }
        }
        listed
    }

    fn has_moment(&self, days: Interval) -> bool {
        self.request.moments.iter().any(|moment| days.contains(moment.day))
    }

    /// Whether at every moment the record is complete for every atom.
    pub(super) fn is_closed(&self, target: Target) -> bool {
        let days = self.record.days_complete_for_all(target, &[], &Changes::none());
        self.request.moments.iter().all(|moment| days.contains(moment.day))
    }

    /// Whether the record of a row's atom is complete at its moment.
    pub(super) fn complete(&mut self, target: Target, alias: &str) -> String {
        let roles = self.role_columns(target);
        let turned = self.program.symmetric(target).map(|(one, two)| {
            let mut turned = roles.clone();
            turned.swap(one, two);
            turned
        });
        let mut speaking = Vec::new();
        for record in self.program.completeness.iter().filter(|record| record.target == target) {
            let days = self.record.completeness_days(record, &Changes::none());
            let at = self.at_moments(&days, alias);
            if at == "false" {
                continue;
            }
            let covers = |columns: &[String]| {
                let places = record.arguments.iter().zip(columns).filter_map(|(argument, column)| match argument {
                    CompleteArgument::Any => None,
                    CompleteArgument::These(these) if these.is_empty() => Some("false".to_owned()),
                    CompleteArgument::These(these) => {
                        let these: Vec<String> = these.iter().map(|one| self.key(*one)).collect();
                        Some(format!("{alias}.{column} in ({})", these.join(", ")))
                    }
                });
                places.fold("true".to_owned(), |all, one| super::scope::and(&all, &one))
            };
            let covered = match &turned {
                Some(turned) => super::scope::or(&covers(&roles), &covers(turned)),
                None => covers(&roles),
            };
            speaking.push(super::scope::and(&covered, &at));
        }
        speaking.extend(self.complete_in_tables(target, alias, &roles, turned.as_deref()));
        speaking.iter().fold("false".to_owned(), |any, one| super::scope::or(&any, one))
    }

    /// Whether a row's moment is one of some days.
    pub(super) fn at_moments(&self, days: &IntervalSet, alias: &str) -> String {
        let mut ranges: Vec<(i32, i32)> = Vec::new();
        let mut goes_on = false;
        for moment in &self.request.moments {
            let is_in = days.contains(moment.day);
            match ranges.last_mut().filter(|_| goes_on) {
                Some((_, last)) if is_in => *last = moment.year,
                _ if is_in => ranges.push((moment.year, moment.year)),
                _ => {}
            }
            goes_on = is_in;
        }
        let ends = (self.request.moments.first(), self.request.moments.last());
        match (ranges.as_slice(), ends) {
            ([], _) => "false".to_owned(),
            ([(first, last)], (Some(one), Some(other))) if *first == one.year && *last == other.year => {
                "true".to_owned()
            }
            (ranges, _) => {
                let each = ranges.iter().map(|(first, last)| format!("{alias}.\"year\" between {first} and {last}"));
                each.fold("false".to_owned(), |any, one| super::scope::or(&any, &one))
            }
        }
    }
}

/// In the column of values, where there is none.
const NO_VALUE: &str = "cast(null as double)";
