//! Tables for other programs and for papers, written row by row.
//!
//! ```text
//! csv.rs         comma-separated values
//! json_lines.rs  an object a line
//! markdown.rs    a table of a Markdown page
//! latex.rs       a `tabular` with the rules of booktabs
//! paper.rs       the columns and sentences of a paper
//! excel.rs       a workbook
//! ```

mod csv;
#[cfg(feature = "excel")]
mod excel;
mod json_lines;
mod latex;
mod markdown;
mod paper;

pub use csv::CsvSink;
#[cfg(feature = "excel")]
pub use excel::{ExcelSink, MOST_ROWS};
pub use json_lines::JsonLinesSink;
pub use latex::{LatexSink, escaped as latex_escaped};
pub use markdown::{MarkdownSink, escaped as markdown_escaped};
pub use paper::{Columns as PaperColumns, MOST_LINES, sentence as paper_sentence, table as paper_table};
