//! Evidence from tables: `import "file.csv" as row [source] { … }`.

use super::{ArithmeticOperator, BoundForm, Citation, ComparisonOperator, DateLiteral, EndForm, Name, Polarity};
use super::{QualifiedName, Quoted, Term, TimeSpan};
use crate::text::Span;

/// A table that is read as evidence.
#[derive(Debug, Clone, PartialEq)]
pub struct Import {
    /// Relative to the file that says it.
    pub path: Quoted,
    /// `delimiter ";"`, `encoding "latin-1"`, `decimal ","`, `thousands " "`, `sheet "Data"`
    pub options: Vec<(ImportOption, Quoted)>,
    /// What a row is called in the braces.
    pub row: Name,
    /// The table's sources; each row is a place in them.
    pub citations: Vec<Citation>,
    /// `missing`: texts that stand for no value, each for some columns or for all.
    pub missing: Vec<MissingCodes>,
    /// The time of templates that have none of their own.
    pub spell: Option<CellSpan>,
    /// Which rows are read.
    pub among: Option<Cells>,
    /// What each row says.
    pub templates: Vec<FactTemplate>,
    /// `complete from D until D`: the record of these predicates is complete then, for the individuals that it names.
    pub complete: Vec<ImportCompleteness>,
}

/// How a table is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ImportOption {
    /// What stands between cells.
    Delimiter,
    /// How letters are written.
    Encoding,
    /// The sign before the decimals of a number.
    Decimal,
    /// The sign between the thousands of a number, where it is a space or an apostrophe.
    Thousands,
    /// The sheet of an Excel file.
    Sheet,
}

/// `missing "", "-9" in row.day`
#[derive(Debug, Clone, PartialEq)]
pub struct MissingCodes {
    /// The texts.
    pub codes: Vec<String>,
    /// In these columns; in all, where none is named.
    pub columns: Vec<Cell>,
}

/// `complete from 1815 until 2018` inside an import.
#[derive(Debug, Clone, PartialEq)]
pub struct ImportCompleteness {
    /// When; empty means throughout.
    pub spans: Vec<TimeSpan>,
    /// Its place.
    pub span: Span,
}

/// What each row says of an atom or a measure.
#[derive(Debug, Clone, PartialEq)]
pub struct FactTemplate {
    /// On which side.
    pub polarity: Polarity,
    /// `mutually` stood before the name.
    pub mutually: bool,
    /// `either way` stood before the name; refused by the model.
    pub either_way: bool,
    /// Of what.
    pub name: QualifiedName,
    /// Of whom.
    pub arguments: Vec<TemplateArgument>,
    /// From the name to the closing parenthesis.
    pub atom_span: Span,
    /// `= row.flow1`, for a measure.
    pub value: Option<Cells>,
    /// `is c`: for where it holds, against where it does not, unknown where a cell is missing.
    pub is: Option<Cells>,
    /// When; the spell of the import, where there is none.
    pub time: Option<CellSpan>,
    /// Which rows say it.
    pub among: Option<Cells>,
    /// `for K in {a, b}`: the template once for each.
    pub each: Option<Each>,
    /// According to whom, besides the table's sources.
    pub citations: Vec<Citation>,
    /// A note.
    pub note: Option<Quoted>,
    /// The whole.
    pub span: Span,
}

/// `for K in {defense, offense}`
#[derive(Debug, Clone, PartialEq)]
pub struct Each {
    /// The variable.
    pub variable: Name,
    /// What it stands for, in turn.
    pub values: Vec<Name>,
}

/// An argument of a template.
#[derive(Debug, Clone, PartialEq)]
pub struct TemplateArgument {
    /// Its form.
    pub kind: TemplateArgumentKind,
    /// Its place.
    pub span: Span,
}

/// The forms of arguments of a template.
#[derive(Debug, Clone, PartialEq)]
pub enum TemplateArgumentKind {
    /// `row.ccode by cow or new`
    Cell {
        /// The cell.
        cell: Cell,
        /// The scheme of codes; without one the cell holds a name.
        scheme: Option<Name>,
        /// Codes that nobody has, or names that nobody bears, make new individuals: the table declares them.
        or_new: bool,
    },
    /// An individual, the same for all rows; or the variable of `for K in {…}`.
    Term(Term),
}

/// `row.ccode`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    /// What was written before the point.
    pub row: Name,
    /// The name of the column, or the variable of `for K in {…}` that stands for one.
    pub column: Name,
    /// The whole.
    pub span: Span,
}

/// A value or a condition on the cells of a row.
#[derive(Debug, Clone, PartialEq)]
pub struct Cells {
    /// Its form.
    pub kind: CellsKind,
    /// Its place.
    pub span: Span,
}

/// The forms of values and conditions on cells.
#[derive(Debug, Clone, PartialEq)]
pub enum CellsKind {
    /// A cell.
    Cell(Cell),
    /// The variable of `for K in {…}`, as a number or a text.
    Variable(String),
    /// A number.
    Number(f64),
    /// A text.
    Text(String),
    /// `missing(row.x)`
    Missing(Cell),
    /// `not c`
    Not(Box<Cells>),
    /// `-x`
    Negation(Box<Cells>),
    /// At least two.
    And(Vec<Cells>),
    /// At least two.
    Or(Vec<Cells>),
    /// `x in {1, 2, "a"}`
    In(Box<Cells>, Vec<Cells>),
    /// `x = y`
    Comparison(Box<Cells>, ComparisonOperator, Box<Cells>),
    /// `x + y`
    Arithmetic(Box<Cells>, ArithmeticOperator, Box<Cells>),
}

/// A stretch of time that a row tells.
#[derive(Debug, Clone, PartialEq)]
pub struct CellSpan {
    /// Its form.
    pub kind: CellSpanKind,
    /// Its place.
    pub span: Span,
}

/// The forms of a stretch of time that a row tells.
#[derive(Debug, Clone, PartialEq)]
pub enum CellSpanKind {
    /// `from D until D or open`
    Between {
        /// First day.
        from: Option<CellBound>,
        /// How it ends.
        end: Option<(EndForm, CellBound)>,
        /// No end is recorded, where this is met; where it stands without a condition, where the end is missing.
        open: Option<Option<Cells>>,
    },
    /// `in D`, `in D..D`, `on D`
    During(CellDate, CellDate),
}

/// One end of a stretch of time that a row tells.
#[derive(Debug, Clone, PartialEq)]
pub struct CellBound {
    /// `Plain`, `Earliest` or `Latest`
    pub form: BoundForm,
    /// The date.
    pub date: CellDate,
}

/// A date that a row tells.
#[derive(Debug, Clone, PartialEq)]
pub struct CellDate {
    /// Its form.
    pub kind: CellDateKind,
    /// Its place.
    pub span: Span,
}

/// The forms of dates that a row tells.
#[derive(Debug, Clone, PartialEq)]
pub enum CellDateKind {
    /// `date(row.year, row.month, row.day)`: a month or day that is missing makes it imprecise.
    Parts(Vec<Cells>),
    /// `date(row.start, "%d/%m/%Y")`
    Pattern(Box<Cells>, Quoted),
    /// A year, or a text such as `1999-04-02` or `19990402`.
    Value(Box<Cells>),
    /// The same for all rows.
    Literal(DateLiteral),
}

impl Import {
    /// Calls a function with every cell that is named in it.
    pub fn each_cell<'t>(&'t self, use_it: &mut dyn FnMut(&'t Cell)) {
        self.each_shared_cell(use_it);
        self.templates.iter().for_each(|template| template.each_cell(use_it));
    }

    /// Calls a function with every cell that is named outside of the templates.
    pub fn each_shared_cell<'t>(&'t self, use_it: &mut dyn FnMut(&'t Cell)) {
        self.missing.iter().flat_map(|missing| &missing.columns).for_each(&mut *use_it);
        self.spell.iter().for_each(|spell| spell.each_cell(use_it));
        self.among.iter().for_each(|among| among.each_cell(use_it));
    }
}

impl FactTemplate {
    /// Calls a function with every cell that is named in it.
    pub fn each_cell<'t>(&'t self, use_it: &mut dyn FnMut(&'t Cell)) {
        for argument in &self.arguments {
            if let TemplateArgumentKind::Cell { cell, .. } = &argument.kind {
                use_it(cell);
            }
        }
        self.time.iter().for_each(|time| time.each_cell(use_it));
        for cells in self.value.iter().chain(&self.is).chain(&self.among) {
            cells.each_cell(use_it);
        }
    }
}

impl CellSpan {
    /// Calls a function with every cell that is named in it.
    pub fn each_cell<'t>(&'t self, use_it: &mut dyn FnMut(&'t Cell)) {
        match &self.kind {
            CellSpanKind::Between { from, end, open } => {
                from.iter().for_each(|from| from.date.each_cell(use_it));
                end.iter().for_each(|(_, end)| end.date.each_cell(use_it));
                open.iter().flatten().for_each(|open| open.each_cell(use_it));
            }
            CellSpanKind::During(first, last) => {
                first.each_cell(use_it);
                last.each_cell(use_it);
            }
        }
    }
}

impl CellDate {
    fn each_cell<'t>(&'t self, use_it: &mut dyn FnMut(&'t Cell)) {
        match &self.kind {
            CellDateKind::Parts(parts) => parts.iter().for_each(|part| part.each_cell(use_it)),
            CellDateKind::Pattern(value, _) | CellDateKind::Value(value) => value.each_cell(use_it),
            CellDateKind::Literal(_) => {}
        }
    }
}

impl Cells {
    /// Calls a function with every cell that is named in it.
    pub fn each_cell<'t>(&'t self, use_it: &mut dyn FnMut(&'t Cell)) {
        match &self.kind {
            CellsKind::Cell(cell) | CellsKind::Missing(cell) => use_it(cell),
            CellsKind::Variable(_) | CellsKind::Number(_) | CellsKind::Text(_) => {}
            CellsKind::Not(inner) | CellsKind::Negation(inner) | CellsKind::In(inner, _) => inner.each_cell(use_it),
            CellsKind::And(all) | CellsKind::Or(all) => all.iter().for_each(|one| one.each_cell(use_it)),
            CellsKind::Comparison(left, _, right) | CellsKind::Arithmetic(left, _, right) => {
                left.each_cell(use_it);
                right.each_cell(use_it);
            }
        }
    }
}
