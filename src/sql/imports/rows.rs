//! What each row says: whom it is about, when, and on which side.

use super::cells;
use super::{TableImport, TemplateOf, bound_of, times};
use crate::model::program::{KindId, Target};
use crate::sql::names::{self, date, quoted};
use crate::sql::script::Step;
use crate::sql::{Compiler, Refusal};
use crate::syntax::tree::Polarity;
use crate::tables::{Bound, header_of};
use crate::time::Day;

impl Compiler<'_> {
    /// The step of the cells of an import: each named column as a text, null where it is missing, and as a number.
    pub(super) fn cells_of(&mut self, import: usize) -> Result<String, Refusal> {
        if let Some(known) = &self.imports[import].cells {
            return Ok(known.clone());
        }
        let name = self.names.unique(&format!("{}_cells", self.imports[import].name));
        let of = &self.imports[import];
        let source = of.source.clone()?;
        let mut texts = Vec::new();
        let mut columns = Vec::new();
        for (place, header) in of.columns.0.iter().enumerate() {
            let column = quoted(header);
            texts.push(format!("nullif(trim(cast(t.{column} as varchar), E' \\t\\r\\n'), '') as {column}"));
            let mut gaps = Vec::new();
            let number = cells::number_of(&format!("x.{column}"));
            for missing in &of.import.missing {
                let is_about =
                    missing.columns.is_empty() || missing.columns.iter().any(|cell| header_of(cell, None) == header);
                if !is_about {
                    continue;
                }
                for code in &missing.codes {
                    gaps.push(format!("x.{column} = {}", names::text(code)));
                    gaps.push(format!("coalesce(({number}) = ({}), false)", cells::number_of(&names::text(code))));
                }
            }
            let kept = |value: &str| match gaps.as_slice() {
                [] => value.to_owned(),
                gaps => format!("case when not ({}) then {value} end", gaps.join(" or ")),
            };
            columns.push(format!("{} as {column}", kept(&format!("x.{column}"))));
            columns.push(format!("{} as \"n{place}\"", kept(&format!("({number})"))));
        }
        let select =
            format!("select {}\n  from (select {} from {source} as t) as x", columns.join(",\n    "), texts.join(", "));
        let comment = format!("the cells of `{}`; what is missing is null", of.import.path.text);
        self.script.tables.push(Step { is_inline: true, ..Step::new(name.clone(), comment, select) });
        let name = quoted(&name);
        self.imports[import].cells = Some(name.clone());
        Ok(name)
    }

    /// The step of what each row says by a template: whom, when, on which side; also rows that are not about anybody known, which are not said.
    pub(super) fn rows_of(&mut self, import: usize, template: TemplateOf) -> Result<String, Refusal> {
        let key = (import, template.written, template.bound);
        if let Some(known) = self.rows.get(&key) {
            return Ok(known.clone());
        }
        let cells = self.cells_of(import)?;
        let of = self.imports[import].clone();
        let written = &of.import.templates[template.written];
        let bound = bound_of(of.import, template.written, template.bound);
        let span = written.time.as_ref().or(of.import.spell.as_ref());
        let time = times::time(span, &of.columns, bound, self.horizon(&of, template.written))?;
        let kinds: Vec<KindId> = self.program.roles(template.target).iter().map(|role| role.kind).collect();
        let mut joins = Vec::new();
        let mut individuals = Vec::new();
        for (place, (argument, kind)) in written.arguments.iter().zip(&kinds).enumerate() {
            let meant = self.meant(argument, *kind, place, &of, bound)?;
            joins.extend(meant.joins);
            individuals.push(meant.value);
        }
        let among: Vec<String> =
            of.import.among.iter().chain(&written.among).map(|among| cells::holds(among, &of.columns, bound)).collect();
        let filter = if among.is_empty() { String::new() } else { format!("\n    where {}", among.join(" and ")) };
        let (side, value, is_said) = self.side(&of, template, bound);
        // What is absent until an end is not said to have come about then.
        let ended = match &written.is {
            Some(is) if time.ended != "false" => {
                let holds = cells::holds(is, &of.columns, bound).replace("c.\"", "p.\"");
                format!("(p.\"ended\" and coalesce({holds}, false))")
            }
            _ => "p.\"ended\"".to_owned(),
        };
        let parts: String = time.parts.iter().map(|part| format!(",\n      {part}")).collect();
        let days: String = time.days.iter().map(|days| format!(",\n      {days}")).collect();
        let mut known: Vec<String> =
            (0..individuals.len()).map(|place| format!("r.\"a{place}\" is not null")).collect();
        known
            .extend(self.state_pairs(template.target).iter().map(|(one, two)| format!("r.\"a{one}\" <> r.\"a{two}\"")));
        let individuals: String =
            individuals.iter().enumerate().map(|(place, value)| format!("{value} as \"a{place}\", ")).collect();
        let joins: String = joins.iter().map(|join| format!("\n    {join}")).collect();
        // From the cells: the parts of dates, their days, the time, and then whom the row is about at that time.
        let select = format!(
            "select r.*, {} and r.\"has_value\" as \"is_said\"\n  from (select {individuals}p.\"earliest_start\", p.\"latest_start\", p.\"earliest_end\", p.\"latest_end\", p.\"told_end\", {ended} as \"ended\", \
             {side} as \"side\", {value} as \"value\", {is_said} as \"has_value\"\n  \
             from (select p.*, {} as \"earliest_start\", {} as \"latest_start\", {} as \"earliest_end\", {} as \"latest_end\", {} as \"told_end\", {} as \"ended\"\n    \
             from (select *{days}\n    from (select c.*{parts}\n    from {cells} as c{filter}) as d) as p\n    where {}) as p{joins}) as r",
            if known.is_empty() { "true".to_owned() } else { known.join(" and ") },
            time.earliest_start,
            time.latest_start,
            time.earliest_end,
            time.latest_end,
            told_end(&time, &date(Day::LAST)),
            time.ended,
            time.is_told,
        );
        let name = self.names.unique(&format!("{}_rows", of.name));
        let comment = self.words(written.span);
        self.script.tables.push(Step::new(name.clone(), comment, select));
        let name = quoted(&name);
        self.rows.insert(key, name.clone());
        Ok(name)
    }

    /// On which side a row stands, the value that it gives, and whether that can be read.
    fn side(&self, of: &TableImport<'_>, template: TemplateOf, bound: Option<Bound<'_>>) -> (String, String, String) {
        let written = &of.import.templates[template.written];
        let word = |polarity: Polarity| match polarity {
            Polarity::For => "'for'",
            Polarity::Against => "'against'",
            Polarity::Unknown => "'open'",
        };
        let own = word(written.polarity);
        let mut side = own.to_owned();
        if let Some(is) = &written.is {
            let otherwise = match written.polarity {
                Polarity::For => "'against'",
                Polarity::Against => "'for'",
                Polarity::Unknown => "'open'",
            };
            let holds = cells::holds(is, &of.columns, bound).replace("c.\"", "p.\"");
            side = format!("(case when {holds} then {own} when not {holds} then {otherwise} else 'open' end)");
        }
        let Some(value) = &written.value else {
            return (side, "cast(null as double)".to_owned(), "true".to_owned());
        };
        let value = cells::value(value, &of.columns, bound);
        let in_row = |text: &str| text.replace("c.\"", "p.\"");
        let (missing, mut number) = (in_row(&value.missing), in_row(&value.number));
        let levels = match template.target {
            Target::Measure(id) => self.program.measure(id).levels,
            Target::Relation(_) => None,
        };
        if let (Some(levels), Some(text)) = (levels, &value.text) {
            let kind = self.program.kind(levels);
            let ranks: String = kind
                .members
                .iter()
                .map(|level| {
                    let rank = f64::from(self.program.individual(*level).rank.unwrap_or(0));
                    format!(" when {} then {}", self.key(*level), names::number(rank))
                })
                .collect();
            number = format!("(case {}{ranks} end)", in_row(text));
        }
        (
            format!("(case when {missing} then 'open' else {side} end)"),
            format!("(case when not {missing} then {number} end)"),
            format!("({missing} or {number} is not null)"),
        )
    }

    /// The last day of which the sources of a template can speak.
    pub(super) fn horizon(&self, of: &TableImport<'_>, written: usize) -> Day {
        let citations = of.import.citations.iter().chain(&of.import.templates[written].citations);
        let horizon = |name: &str| {
            self.program.sources.iter().find(|source| source.name == name).and_then(|source| source.horizon)
        };
        let horizons: Option<Vec<Day>> = citations.map(|citation| horizon(&citation.source.text)).collect();
        horizons.and_then(|horizons| horizons.into_iter().max()).unwrap_or(Day::LAST)
    }
}

/// The last day that a row tells: an open end is the calendar's last.
fn told_end(time: &times::Time, last: &str) -> String {
    match &time.open_end {
        None => time.latest_end.clone(),
        Some(open) => format!("(case when {open} then {last} else {} end)", time.latest_end),
    }
}
