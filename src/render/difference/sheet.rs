//! Rows for spreadsheets and for papers.

use crate::render::sheet::{CsvSink, MarkdownSink, paper_table};
use crate::sheet::{Cell, Column, Failure, Sink};

/// A table of words and numbers.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sheet {
    /// The names of the columns.
    pub columns: Vec<&'static str>,
    /// A cell for each column.
    pub rows: Vec<Vec<String>>,
}

/// Columns of numbers.
const NUMERIC: &[&str] = &["line", "turned"];

impl Sheet {
    fn write<'w, S: Sink + 'w>(
        &self,
        text: &'w mut Vec<u8>,
        sink: impl FnOnce(&'w mut Vec<u8>, &[Column]) -> Result<S, Failure>,
    ) {
        let column = |name: &&str| Column { name: (*name).to_owned(), is_numeric: NUMERIC.contains(name) };
        let columns: Vec<Column> = self.columns.iter().map(column).collect();
        let cell = |word: &String| if word.is_empty() { Cell::Missing } else { Cell::text(word.clone()) };
        // Writing to memory does not fail.
        let _ = sink(text, &columns).and_then(|mut sink| {
            for row in &self.rows {
                sink.row(&row.iter().map(cell).collect::<Vec<_>>())?;
            }
            sink.finish()
        });
    }

    /// Comma-separated values.
    #[must_use]
    pub fn csv(&self) -> String {
        let mut text = Vec::new();
        self.write(&mut text, CsvSink::new);
        crate::render::words::ascii_signs(&String::from_utf8(text).unwrap_or_default())
    }

    /// A table of Markdown.
    #[must_use]
    pub fn markdown(&self) -> String {
        let mut text = Vec::new();
        self.write(&mut text, MarkdownSink::new);
        String::from_utf8(text).unwrap_or_default()
    }

    /// A table of LaTeX, with booktabs, as wide as a page; columns with nothing in them are left out.
    #[must_use]
    pub fn latex(&self) -> String {
        let is_kept = |place: &usize| self.rows.iter().any(|row| row.get(*place).is_some_and(|cell| !cell.is_empty()));
        let kept: Vec<usize> = (0..self.columns.len()).filter(is_kept).collect();
        let header: Vec<String> = kept.iter().map(|place| self.columns[*place].to_owned()).collect();
        let cells = |row: &Vec<String>| kept.iter().filter_map(|place| row.get(*place).cloned()).collect();
        let rows: Vec<Vec<String>> = self.rows.iter().map(cells).collect();
        paper_table(&header, &rows, |place| NUMERIC.contains(&header[place].as_str()))
    }
}
