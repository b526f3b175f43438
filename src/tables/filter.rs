//! Which rows of a table are kept.

use super::column::{Column, Symbol};
use super::formula::{Formula, RowOf};
use crate::syntax::tree::Import;

/// Which rows are kept: those of which some template says something.
#[derive(Debug, Default)]
pub(super) struct Filter {
    all: Option<Formula>,
    /// Each template's own; none where one of them takes all rows.
    any: Option<Vec<Formula>>,
}

impl Filter {
    pub(super) fn new(import: &Import, columns: &[Column]) -> Filter {
        let all = import.among.as_ref().map(|among| Formula::compile(among, columns, None));
        let own = import.templates.iter().map(|template| {
            let among = template.among.as_ref().filter(|_| template.each.is_none())?;
            Some(Formula::compile(among, columns, None))
        });
        Filter { all, any: own.collect() }
    }

    /// Whether it keeps every row.
    pub(super) fn takes_all(&self) -> bool {
        self.all.is_none() && self.any.is_none()
    }

    /// Those of the open rows that are kept.
    pub(super) fn passing(&self, columns: &[Column], rows: usize) -> Vec<usize> {
        let mut symbols: Vec<Symbol> = Vec::with_capacity(columns.len());
        let passes = |row: &usize| {
            symbols.clear();
            symbols.extend(columns.iter().map(|column| column.open[*row]));
            self.passes(RowOf { columns, symbols: &symbols })
        };
        (0..rows).filter(passes).collect()
    }

    fn passes(&self, row: RowOf<'_>) -> bool {
        let holds = |formula: &Formula| formula.holds(row) == Some(true);
        self.all.as_ref().is_none_or(holds) && self.any.as_ref().is_none_or(|any| any.iter().any(holds))
    }
}
