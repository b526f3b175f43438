//! Whom a cell means.

use super::{Place, TableImport};
use crate::model::program::{IndividualId, KindId, OTHER_NAME, Program};
use crate::sql::names::{self, date, rows};
use crate::sql::{Compiler, Refusal};
use crate::syntax::tree::{TemplateArgument, TemplateArgumentKind, TermKind};
use crate::tables::Bound;
use crate::text::Span;
use crate::time::Interval;

/// An argument of a template, as an expression of SQL, with what has to be joined for it.
pub(super) struct Meant {
    pub(super) value: String,
    pub(super) joins: Vec<String>,
}

impl Compiler<'_> {
    /// Whom an argument means in a row `p`; null where it means nobody.
    pub(super) fn meant(
        &mut self,
        argument: &TemplateArgument,
        role: KindId,
        place: usize,
        import: &TableImport<'_>,
        bound: Option<Bound<'_>>,
    ) -> Result<Meant, Refusal> {
        let span = argument.span;
        let refused = |form: &str| Refusal::Import { form: form.to_owned(), span };
        match &argument.kind {
            TemplateArgumentKind::Term(term) => {
                let name = match &term.kind {
                    TermKind::Variable(name) => bound.and_then(|bound| bound.text(name)).map(str::to_owned),
                    TermKind::Name(name) | TermKind::Quoted(name) => Some(name.clone()),
                    _ => None,
                };
                let root = self.program.kind(role).root;
                let known = name.and_then(|name| self.named(root, &name));
                let known = known.ok_or_else(|| refused("an import about a number, a text or a date"))?;
                Ok(Meant { value: self.key(known), joins: Vec::new() })
            }
            TemplateArgumentKind::Cell { cell, scheme, or_new } => {
                let root = self.program.kind(role).root;
                if [Program::NUMBER, Program::TEXT, Program::DATE].contains(&root) {
                    return Err(refused("a cell that is a number, a text or a date in a role"));
                }
                let is_closed = self.lists_members(role);
                if role != root && !is_closed {
                    return Err(refused("a cell in a role that takes a part of a kind"));
                }
                let (text, number) = import.columns.of(cell, bound);
                let (text, number) = (text.replacen("c.", "p.", 1), number.replacen("c.", "p.", 1));
                Ok(match scheme.as_ref().filter(|scheme| scheme.text != OTHER_NAME) {
                    Some(scheme) => self.by_code(role, &scheme.text, *or_new, is_closed, place, &text, &number),
                    None => self.by_name(role, is_closed, place, &text),
                })
            }
        }
    }

    /// The individual that stands in a template by itself.
    pub(super) fn fixed(&self, import: usize, template: super::TemplateOf, place: usize) -> Option<String> {
        let of = &self.imports[import];
        let bound = super::bound_of(of.import, template.written, template.bound);
        let TemplateArgumentKind::Term(term) = &of.import.templates[template.written].arguments.get(place)?.kind else {
            return None;
        };
        let root = self.program.kind(self.program.roles(template.target).get(place)?.kind).root;
        let name = match &term.kind {
            TermKind::Variable(name) => bound.and_then(|bound| bound.text(name))?,
            TermKind::Name(name) | TermKind::Quoted(name) => name.as_str(),
            _ => return None,
        };
        self.named(root, name).map(|known| self.key(known))
    }

    fn named(&self, root: KindId, name: &str) -> Option<IndividualId> {
        let program = self.program;
        let ids = (0..program.individuals.len() as u32).map(IndividualId);
        let is_it = |id: &IndividualId| {
            let individual = program.individual(*id);
            individual.kind == root && individual.name == name && !individual.is_unnamed
        };
        let mut ids = ids;
        ids.find(is_it)
    }

    /// Whether only the members that are listed are members.
    fn lists_members(&self, kind: KindId) -> bool {
        let mut at = Some(kind);
        while let Some(kind) = at {
            if self.program.kind(kind).lists_members {
                return true;
            }
            at = self.program.kind(kind).parent;
        }
        false
    }

    /// Whether an individual is known from the cells of a table alone.
    pub(in crate::sql) fn is_of_cells(&self, individual: IndividualId) -> bool {
        self.program.individual(individual).span.is_some_and(|span| self.cell_places.contains(&key_of(span)))
    }

    /// Those of a kind's outermost kind who are known without tables.
    fn known_members(&self, kind: KindId) -> Vec<IndividualId> {
        self.program.kind(kind).members.iter().copied().filter(|one| !self.is_of_cells(*one)).collect()
    }

    #[expect(clippy::too_many_arguments, reason = "a code is looked for in many places")]
    fn by_code(
        &mut self,
        role: KindId,
        scheme: &str,
        or_new: bool,
        is_closed: bool,
        place: usize,
        text: &str,
        number: &str,
    ) -> Meant {
        let program = self.program;
        let root = program.kind(role).root;
        let mut codes: Vec<(String, Vec<IndividualId>)> = Vec::new();
        for one in self.known_members(root) {
            for (_, code) in program.individual(one).aliases.iter().filter(|(of, _)| of == scheme) {
                match codes.iter_mut().find(|(known, _)| known == code) {
                    Some((_, holders)) => holders.push(one),
                    None => codes.push((code.clone(), vec![one])),
                }
            }
        }
        // The same code in another scheme is somebody else's.
        let taken: Vec<String> = self
            .known_members(root)
            .into_iter()
            .map(|one| program.individual(one))
            .filter(|one| one.aliases.iter().any(|(of, code)| of != scheme && *code == one.name))
            .map(|one| names::text(&one.name))
            .collect();
        let new = if is_closed || (!or_new && !codes.is_empty()) {
            "null".to_owned()
        } else if taken.is_empty() {
            text.to_owned()
        } else {
            format!(
                "case when {text} in ({}) then {} || {text} else {text} end",
                taken.join(", "),
                names::text(&format!("{scheme}:"))
            )
        };
        if codes.is_empty() {
            return Meant { value: new, joins: Vec::new() };
        }
        let mut listed = Vec::new();
        let mut passing = Vec::new();
        let mut days = Vec::new();
        for (code, holders) in &codes {
            let fitting: Vec<IndividualId> =
                holders.iter().copied().filter(|one| program.is_member(*one, role)).collect();
            let name = match fitting.as_slice() {
                [only] => self.key(*only),
                [] => "cast(null as varchar)".to_owned(),
                fitting => {
                    for holder in fitting {
                        passing.push(vec![names::text(code), self.key(*holder)]);
                        days.push(self.exists_in_row(*holder, &format!("h{place}")));
                    }
                    "cast(null as varchar)".to_owned()
                }
            };
            listed.push(vec![names::text(code), name]);
        }
        // `002` and `2` are one code, and so are `usa` and `USA`.
        let spellings = [
            text.to_owned(),
            format!("(case when {number} = floor({number}) then printf('%.0f', {number}) end)"),
            format!("upper({text})"),
        ];
        let columns = ["\"code\"".to_owned(), "\"name\"".to_owned()];
        let aliases: Vec<String> = (0..spellings.len()).map(|spelling| format!("k{place}_{spelling}")).collect();
        let joins = spellings.iter().zip(&aliases).map(|(spelling, alias)| {
            format!("left join ({}) as {alias} on {alias}.\"code\" = {spelling}", rows(&listed, &columns))
        });
        let of = |column: &str| {
            let each: Vec<String> = aliases.iter().map(|alias| format!("{alias}.\"{column}\"")).collect();
            format!("coalesce({})", each.join(", "))
        };
        let code = of("code");
        // The first spelling that is a code counts, whoever has it.
        let holder: String =
            aliases.iter().map(|alias| format!(" when {alias}.\"code\" is not null then {alias}.\"name\"")).collect();
        let holder = format!("(case{holder} end)");
        let mut joins: Vec<String> = joins.collect();
        let mut known = holder;
        if !passing.is_empty() {
            // Where a code passes from one to another while the row holds, the row is about each of them.
            joins.push(format!(
                "left join ({}) as h{place} on h{place}.\"code\" = {code} and ({})",
                rows(&passing, &columns),
                days.join(" or ")
            ));
            known = format!("coalesce(h{place}.\"name\", {known})");
        }
        Meant { joins, value: format!("(case when {code} is null then {new} else {known} end)") }
    }

    /// Whether one of those who have a code exists on a day on which a row may hold.
    fn exists_in_row(&self, holder: IndividualId, alias: &str) -> String {
        let stretch = |days: Interval| {
            format!("p.\"earliest_start\" <= {} and p.\"told_end\" >= {}", date(days.last), date(days.first))
        };
        let stretches: Vec<String> = self.program.individual(holder).life.iter().map(stretch).collect();
        format!("{alias}.\"name\" = {} and ({})", self.key(holder), stretches.join(" or "))
    }

    fn by_name(&mut self, role: KindId, is_closed: bool, place: usize, text: &str) -> Meant {
        let program = self.program;
        let root = program.kind(role).root;
        let known = self.known_members(root);
        let mut labels: Vec<(String, Option<IndividualId>)> = Vec::new();
        for one in &known {
            for name in program.individual(*one).other_names() {
                let name = name.to_lowercase();
                match labels.iter_mut().find(|(known, _)| *known == name) {
                    Some((_, holder)) => *holder = holder.filter(|holder| holder == one),
                    None => labels.push((name, Some(*one))),
                }
            }
        }
        let mut listed = Vec::new();
        let mut by_label = Vec::new();
        for one in &known {
            let key = self.key(*one);
            let meant = if program.is_member(*one, role) { key.clone() } else { "cast(null as varchar)".to_owned() };
            listed.push(vec![key, meant]);
        }
        for (label, holder) in labels {
            let Some(holder) = holder else { continue };
            let meant =
                if program.is_member(holder, role) { self.key(holder) } else { "cast(null as varchar)".to_owned() };
            by_label.push(vec![names::text(&label), meant]);
        }
        let columns = ["\"of\"".to_owned(), "\"name\"".to_owned()];
        let mut joins = Vec::new();
        let mut cases = String::new();
        for (suffix, rows_of, value) in [("n", &listed, text.to_owned()), ("l", &by_label, format!("lower({text})"))] {
            if !rows_of.is_empty() {
                let alias = format!("k{place}_{suffix}");
                joins.push(format!("left join ({}) as {alias} on {alias}.\"of\" = {value}", rows(rows_of, &columns)));
                cases.push_str(&format!(" when {alias}.\"of\" is not null then {alias}.\"name\""));
            }
        }
        let new = if is_closed { "null" } else { text };
        let value = if cases.is_empty() { new.to_owned() } else { format!("(case{cases} else {new} end)") };
        Meant { value, joins }
    }

    /// The places where cells of tables fill roles of an outermost kind, perhaps with individuals that nobody declared.
    pub(super) fn places_of(&self, root: KindId) -> Vec<Place> {
        let mut places = Vec::new();
        for (import, of) in self.imports.iter().enumerate() {
            for template in &of.templates {
                for (argument, written) in of.import.templates[template.written].arguments.iter().enumerate() {
                    let is_cell = matches!(written.kind, TemplateArgumentKind::Cell { .. });
                    let Some(role) = self.program.roles(template.target).get(argument) else { continue };
                    if is_cell && self.program.kind(role.kind).root == root && !self.lists_members(role.kind) {
                        places.push(Place { import, written: template.written, bound: template.bound, argument });
                    }
                }
            }
        }
        places
    }
}

/// A place, as it is looked up.
pub(in crate::sql) fn key_of(span: Span) -> (u32, u32, u32) {
    (span.file.0, span.start, span.end)
}
