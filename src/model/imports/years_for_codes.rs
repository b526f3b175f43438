//! Columns that should tell states, and are full of years.

use super::codes::ArgumentKind;
use super::left_out::LeftOuts;
use super::templates::Template;
use crate::model::program::Program;
use crate::model::resolver::Resolver;
use crate::syntax::tree::Import;
use crate::tables::{Column, Symbol, Table, ToldLines, Why, YearsForCodes};
use crate::text::Span;
use std::collections::BTreeSet;

/// So many of its texts are shown.
const SHOWN: usize = 3;

impl Resolver<'_> {
    /// Tells of cells that should be states and are years, once for each column.
    pub(super) fn doubt_states(
        &self,
        import: &Import,
        templates: &[Template],
        table: &Table,
        left_out: &mut LeftOuts<'_>,
    ) {
        let mut told: BTreeSet<usize> = BTreeSet::new();
        for template in templates {
            for argument in &template.arguments {
                let ArgumentKind::Cell(cell) = &argument.kind else { continue };
                if self.kinds.root(cell.role) != Program::STATE || !told.insert(cell.column) {
                    continue;
                }
                let column = &table.columns[cell.column];
                if let Some(examples) = years(column) {
                    let why = YearsForCodes {
                        kind: self.kinds.name(cell.role).to_owned(),
                        scheme: cell.scheme.clone(),
                        examples,
                        date: date_of(import, template.written, &column.header),
                    };
                    left_out.push(Why::YearsForCodes(Box::new(why)), ToldLines::default(), argument.span);
                }
            }
        }
    }
}

/// The first few texts of a column, if there are some and each of them is a year of which tables tell.
fn years(column: &Column) -> Option<Vec<String>> {
    let symbols = (0..column.symbols() as Symbol).filter(|symbol| !column.is_missing(*symbol));
    let mut texts: Vec<&str> = Vec::new();
    for text in symbols.map(|symbol| column.text(symbol)) {
        let is_year = text.len() == 4 && text.parse().is_ok_and(|year: u16| (1500..=2100).contains(&year));
        if !is_year {
            return None;
        }
        texts.push(text);
    }
    (texts.len() > 1).then(|| texts.into_iter().take(SHOWN).map(str::to_owned).collect())
}

/// Where a template reads a column as a date.
fn date_of(import: &Import, written: usize, header: &str) -> Option<Span> {
    let time = import.templates[written].time.as_ref().or(import.spell.as_ref())?;
    let mut found = None;
    time.each_cell(&mut |cell| {
        if cell.column.text == header {
            found.get_or_insert(cell.span);
        }
    });
    found
}
