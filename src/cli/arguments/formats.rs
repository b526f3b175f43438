//! How what is found is said.

use clap::ValueEnum;

/// How something is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum Format {
    /// Drawn, in colours on a terminal
    #[default]
    Human,
    /// Narrated in ASCII, for screen readers and for keeping
    Plain,
    /// For programs
    Json,
}

/// Tables of a comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ComparisonTable {
    /// The verdicts side by side
    Verdicts,
    /// A row for each two: agreement, kappa, the four intersections, consistency and coverage
    Statistics,
    /// A row for each case in which not all agree, spell and criterion: what decides it, and the evidence
    Partings,
}

/// How results are said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum ResultFormat {
    /// Drawn, in colours on a terminal
    #[default]
    Human,
    /// Narrated in ASCII, for screen readers and for keeping
    Plain,
    /// For programs
    Json,
    /// For R, Stata and spreadsheets: a row for each case and span
    Csv,
    /// For programs: the same rows, a JSON object a line
    #[value(alias = "ndjson")]
    Jsonl,
    /// For papers: the same rows as a table in Markdown
    #[value(alias = "md")]
    Markdown,
    /// For papers: the same rows as a table in LaTeX, with booktabs
    #[value(alias = "tex")]
    Latex,
    /// The same rows as an Excel workbook; wants `--output`
    #[cfg(feature = "excel")]
    #[value(alias = "excel")]
    Xlsx,
}

/// How a ranking is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum NextFormat {
    /// A list, in colours on a terminal
    #[default]
    Human,
    /// In ASCII, for screen readers and for keeping
    Plain,
    /// For programs
    Json,
    /// A row for each question and answer, for spreadsheets
    Csv,
}

impl NextFormat {
    /// How diagnostics are said beside it.
    pub fn of_diagnostics(self) -> Format {
        match self {
            NextFormat::Plain => Format::Plain,
            NextFormat::Json => Format::Json,
            NextFormat::Human | NextFormat::Csv => Format::Human,
        }
    }
}

/// How a difference is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum DiffFormat {
    /// Drawn, in colours on a terminal
    #[default]
    Human,
    /// In ASCII, for screen readers and for keeping
    Plain,
    /// For programs
    Json,
    /// For spreadsheets
    Csv,
    /// For papers: a table in Markdown
    #[value(alias = "md")]
    Markdown,
    /// For papers: a table in LaTeX, with booktabs
    #[value(alias = "tex")]
    Latex,
}

impl DiffFormat {
    /// How diagnostics are said beside it.
    pub fn of_diagnostics(self) -> Format {
        match self {
            DiffFormat::Plain => Format::Plain,
            DiffFormat::Json => Format::Json,
            _ => Format::Human,
        }
    }
}

/// How a comparison is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum ComparisonFormat {
    /// Drawn, in colours on a terminal
    #[default]
    Human,
    /// Narrated in ASCII, for screen readers and for keeping
    Plain,
    /// Markdown, with tables
    #[value(alias = "md")]
    Markdown,
    /// LaTeX, with tables as `booktabs` draws them
    #[value(alias = "tex")]
    Latex,
    /// The verdicts side by side, for spreadsheets
    Csv,
    /// For programs
    Json,
}

impl ComparisonFormat {
    /// How diagnostics are said beside it.
    pub fn of_diagnostics(self) -> Format {
        match self {
            ComparisonFormat::Plain => Format::Plain,
            ComparisonFormat::Json => Format::Json,
            _ => Format::Human,
        }
    }
}

/// What `--undetermined` takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum UndeterminedAs {
    /// A category as the other verdicts are
    #[default]
    Category,
    /// As a rating that is missing
    Missing,
}

impl ResultFormat {
    /// How diagnostics are said beside such results.
    pub fn of_diagnostics(self) -> Format {
        match self {
            ResultFormat::Plain => Format::Plain,
            ResultFormat::Json => Format::Json,
            _ => Format::Human,
        }
    }

    /// Whether it is made of rows.
    pub fn is_table(self) -> bool {
        !matches!(self, ResultFormat::Human | ResultFormat::Plain | ResultFormat::Json)
    }

    /// Whether it is nothing for a terminal.
    pub fn is_binary(self) -> bool {
        !matches!(
            self,
            ResultFormat::Human
                | ResultFormat::Plain
                | ResultFormat::Json
                | ResultFormat::Csv
                | ResultFormat::Jsonl
                | ResultFormat::Markdown
                | ResultFormat::Latex
        )
    }
}

macro_rules! display_as_value {
    ($($name:ident),*) => {$(
        impl std::fmt::Display for $name {
            fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                let value = self.to_possible_value();
                formatter.write_str(value.as_ref().map_or("", |value| value.get_name()))
            }
        }
    )*};
}
display_as_value!(Format, ResultFormat, ComparisonFormat, DiffFormat, NextFormat, UndeterminedAs);
