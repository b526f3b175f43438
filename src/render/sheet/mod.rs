//! Tables for other programs and for papers, written row by row.
//!
//! ```text
//! csv.rs         comma-separated values
//! json_lines.rs  an object a line
//! markdown.rs    a table of a Markdown page
//! latex.rs       a `tabular` with the rules of booktabs
//! excel.rs       a workbook
//! ```

mod csv;
#[cfg(feature = "excel")]
mod excel;
mod json_lines;
mod latex;
mod markdown;

pub use csv::CsvSink;
#[cfg(feature = "excel")]
pub use excel::{ExcelSink, MOST_ROWS};
pub use json_lines::JsonLinesSink;
pub use latex::{LatexSink, escaped as latex_escaped};
pub use markdown::{MarkdownSink, escaped as markdown_escaped};
