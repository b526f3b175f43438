//! What the rows of tables say: read where they lie.
//!
//! ```text
//! cells.rs     cells of a row, and values and conditions on them
//! times.rs     when a row holds
//! codes.rs     whom a cell means
//! complete.rs  where a table is complete
//! macros.rs    functions that all this calls
//! source.rs    where the rows lie
//! rows.rs      what each row says
//! speeches.rs  what is said of atoms by that
//! ```

mod cells;
mod codes;
mod complete;
mod macros;
mod rows;
mod source;
mod speeches;
mod times;

use super::names::columns_and;
use super::{Compiler, Refusal, Request};
use crate::evidence::Completeness;
use crate::model::program::{KindId, MeasureId, Program, RelationId, Target};
use crate::syntax::tree::{File, Import, ItemKind, TemplateArgumentKind};
use crate::tables::{Bound, header_of};
use crate::text::{Span, Texts};
use cells::Columns;
pub(super) use codes::key_of;
pub(super) use macros::called;
pub(super) use source::{files_read, is_read};
use std::collections::BTreeSet;

/// An import of a program.
#[derive(Clone)]
pub(super) struct TableImport<'p> {
    import: &'p Import,
    /// From what it is read: `read_csv('…')`, or the name of a table.
    source: Result<String, Refusal>,
    /// What steps about it are called after.
    name: String,
    columns: Columns,
    templates: Vec<TemplateOf>,
    /// The step of its cells, once it is made.
    cells: Option<String>,
}

/// A template of an import, for one value of its variable if it has one.
#[derive(Debug, Clone, Copy)]
struct TemplateOf {
    written: usize,
    /// Which of the values of its variable.
    bound: Option<usize>,
    target: Target,
}

/// An argument of such a template.
#[derive(Debug, Clone, Copy)]
struct Place {
    import: usize,
    written: usize,
    bound: Option<usize>,
    argument: usize,
}

/// The imports of a program, and the places of the cells in them that mean individuals.
pub(super) fn imports<'p>(
    program: &Program,
    files: &'p [File],
    texts: &Texts,
    request: &Request,
) -> (Vec<TableImport<'p>>, BTreeSet<(u32, u32, u32)>) {
    let mut imports = Vec::new();
    let mut places = BTreeSet::new();
    for item in files.iter().flat_map(|file| &file.items) {
        let ItemKind::Import(import) = &item.kind else { continue };
        let mut headers: Vec<String> = Vec::new();
        let mut templates = Vec::new();
        let mut add = |header: &str| {
            if !headers.iter().any(|known| known == header) {
                headers.push(header.to_owned());
            }
        };
        import.each_shared_cell(&mut |cell| add(header_of(cell, None)));
        for (written, template) in import.templates.iter().enumerate() {
            let bounds: Vec<Option<usize>> = match &template.each {
                None => vec![None],
                Some(each) => (0..each.values.len()).map(Some).collect(),
            };
            for bound in bounds {
                let of = bound_of(import, written, bound);
                template.each_cell(&mut |cell| add(header_of(cell, of)));
                // The time and the choice of rows of the whole import may name the variable too.
                import.each_shared_cell(&mut |cell| add(header_of(cell, of)));
                if let Some(target) = target_named(program, &template.name.name.text) {
                    templates.push(TemplateOf { written, bound, target });
                }
            }
            let cells = template.arguments.iter().filter(|one| matches!(one.kind, TemplateArgumentKind::Cell { .. }));
            places.extend(cells.map(|cell| key_of(cell.span)));
        }
        let path = import.path.text.as_str();
        let file = path.rsplit(['/', '\\']).next().unwrap_or(path);
        imports.push(TableImport {
            import,
            source: source::of(import, &texts.get(item.span.file).name, request),
            name: file.split('.').next().unwrap_or(file).to_owned(),
            columns: Columns(headers),
            templates,
            cells: None,
        });
    }
    (imports, places)
}

/// The program without what the rows of its tables say.
pub(super) fn without_tables(program: &Program, files: &[File]) -> Program {
    let inside = spans(files);
    Program {
        kinds: program.kinds.clone(),
        individuals: program.individuals.clone(),
        sources: program.sources.clone(),
        parameters: program.parameters.clone(),
        frameworks: program.frameworks.clone(),
        relations: program.relations.clone(),
        measures: program.measures.clone(),
        rules: program.rules.clone(),
        statements: program.statements.clone(),
        table_statements: Vec::new(),
        completeness: program.completeness.iter().filter(|one| !within(&inside, one.span)).cloned().collect(),
        preferences: program.preferences.clone(),
        assertions: Vec::new(),
        cases: program.cases.clone(),
        recursive_components: program.recursive_components.clone(),
    }
}

/// Statements of completeness within imports.
pub(super) fn completeness(program: &Program, files: &[File]) -> Vec<Completeness> {
    let inside = spans(files);
    program.completeness.iter().filter(|one| within(&inside, one.span)).cloned().collect()
}

fn spans(files: &[File]) -> Vec<Span> {
    let items = files.iter().flat_map(|file| &file.items);
    items.filter(|item| matches!(item.kind, ItemKind::Import(_))).map(|item| item.span).collect()
}

fn within(spans: &[Span], span: Span) -> bool {
    spans.iter().any(|of| of.file == span.file && of.start <= span.start && span.end <= of.end)
}

fn bound_of(import: &Import, written: usize, bound: Option<usize>) -> Option<Bound<'_>> {
    let each = import.templates[written].each.as_ref()?;
    Some(Bound { each, value: bound? })
}

fn target_named(program: &Program, name: &str) -> Option<Target> {
    let relation =
        program.relations.iter().position(|one| !one.is_criterion && one.framework.is_none() && one.name == name);
    let measure = program.measures.iter().position(|one| one.framework.is_none() && one.name == name);
    relation
        .map(|place| Target::Relation(RelationId(place as u32)))
        .or_else(|| measure.map(|place| Target::Measure(MeasureId(place as u32))))
}

impl Compiler<'_> {
    /// Whether rows of a table speak of a target.
    pub(super) fn is_imported(&self, target: Target) -> bool {
        self.imports.iter().flat_map(|import| &import.templates).any(|template| template.target == target)
    }

    /// What rows say of a target: selects of individuals, side, value, first and last day.
    pub(super) fn said_in_tables(&mut self, target: Target) -> Vec<String> {
        if self.is_imported(target) {
            let about = |about: &Option<(Target, Vec<_>)>| about.as_ref().is_none_or(|(of, _)| *of == target);
            let preference = self.program.preferences.iter().find(|preference| about(&preference.about));
            if let Some(preference) = preference {
                let form = "a preference between sources, over what a table says".to_owned();
                self.refusals.push(Refusal::Import { form, span: preference.span });
            }
        }
        let mut selects = Vec::new();
        for import in 0..self.imports.len() {
            for template in self.imports[import].templates.clone() {
                if template.target != target {
                    continue;
                }
                let of_all: Vec<TemplateOf> = self.imports[import].templates.clone();
                let of_all = of_all.into_iter().filter(|one| one.written == template.written);
                let together: Result<Vec<String>, Refusal> = of_all.map(|one| self.rows_of(import, one)).collect();
                match (self.rows_of(import, template), together) {
                    (Ok(rows), Ok(together)) => selects.extend(self.speeches(&rows, import, template, &together)),
                    (Err(refusal), _) | (_, Err(refusal)) => self.refusals.push(refusal),
                }
            }
        }
        selects
    }

    /// Selects of the names of those whom rows mean in roles of an outermost kind.
    pub(super) fn names_in_tables(&mut self, kind: KindId) -> Vec<String> {
        let root = self.program.kind(kind).root;
        let mut selects = Vec::new();
        for place in self.places_of(root) {
            let Place { import, written, bound, argument } = place;
            let Some(template) =
                self.imports[import].templates.iter().copied().find(|one| (one.written, one.bound) == (written, bound))
            else {
                continue;
            };
            match self.rows_of(import, template) {
                Ok(rows) => {
                    // Whoever stands before somebody unknown is known all the same.
                    let known: Vec<String> = (0..=argument).map(|place| format!("\"a{place}\" is not null")).collect();
                    selects
                        .push(format!("select \"a{argument}\" as \"name\" from {rows} where {}", known.join(" and ")));
                }
                Err(refusal) => self.refusals.push(refusal),
            }
        }
        selects
    }

    /// Columns that a table of what is said has.
    pub(super) fn said_columns(&self, target: Target) -> Vec<String> {
        columns_and(&self.role_columns(target), &["side", "value", "first", "last"])
    }
}
