//! Panels: from the timelines of many cases to rows, one for each case and year, or for each case and spell.
//!
//! A panel is an output and never a representation: each case is evaluated once for all time, and its rows are made of
//! its timelines one after the other and handed on.
//!
//! ```text
//! request.rs   what is asked for, and why it may be refused
//! cases.rs     which cases, in which order
//! fit.rs       which criteria are about the same cases; pairs
//! columns.rs   the columns, and what each of them means
//! meaning.rs   in words
//! names.rs     names that every program takes
//! variables.rs what is asked of each case
//! reasons.rs   the conditions of a criterion, and the first that is the reason of its verdict
//! lines.rs     the timelines of a case
//! years.rs     from days to years
//! rows.rs      from timelines to rows
//! clashes.rs   rows that have the same codes and the same year
//! symmetry.rs  whether one row may stand for both directions
//! tally.rs     what the columns of the rows hold, counted
//! ```

mod cases;
mod clashes;
mod columns;
mod fit;
mod lines;
mod meaning;
mod names;
mod reasons;
mod request;
mod rows;
mod symmetry;
mod tally;
mod value;
mod variables;
mod years;

pub use cases::CaseList;
pub use clashes::{Clash, Clashes, tells_apart};
pub use columns::{Meaning, PanelColumn};
pub use fit::signature;
pub use meaning::of_days;
pub use names::LONGEST;
pub use request::{Difference, Grain, Joining, Layout, Pairing, Refusal, Request};
pub use rows::Written;
pub use tally::Tally;
pub use value::Value;
pub use years::YearRule;

use crate::engine::Engine;
use crate::model::Program;
use crate::model::program::Target;
use crate::text::Texts;
use crate::time::Interval;
use variables::Variable;

/// A panel that is ready to be written.
pub struct Panel<'p> {
    program: &'p Program,
    engine: Engine<'p>,
    request: Request,
    /// What its columns are.
    pub columns: Vec<PanelColumn>,
    blocks: Vec<Block<'p>>,
    years: std::cell::RefCell<Option<(Interval, years::Years)>>,
    /// The period that it covers, made when first asked for: that takes a look at all times.
    period: std::cell::OnceCell<Interval>,
}

/// Criteria that are about the same cases and share rows.
struct Block<'p> {
    targets: Vec<Target>,
    cases: CaseList,
    pair: Option<(usize, usize)>,
    /// The column that says of which criterion a row is, with what it says.
    title: Option<(usize, String)>,
    /// For each role its column, and for each scheme that of the code.
    roles: Vec<RoleColumns>,
    variables: Vec<Variable<'p>>,
}

struct RoleColumns {
    name: usize,
    codes: Vec<(usize, columns::Codes)>,
}

impl<'p> Panel<'p> {
    /// Prepares a panel of an engine's answers.
    ///
    /// # Errors
    /// What is asked for that cannot be, where a reader has to choose.
    pub fn new(engine: Engine<'p>, texts: &Texts, request: Request) -> Result<Panel<'p>, Vec<Refusal>> {
        let program = engine.program();
        let (blocks, columns) = variables::plan(program, texts, &request)?;
        let panel = Panel {
            program,
            engine,
            request,
            columns,
            blocks,
            years: std::cell::RefCell::default(),
            period: std::cell::OnceCell::new(),
        };
        panel.check_period()?;
        Ok(panel)
    }

    /// How many cases it may have at most.
    #[must_use]
    pub fn most_cases(&self) -> usize {
        self.blocks.iter().map(|block| block.cases.most()).sum()
    }

    /// What was asked for.
    #[must_use]
    pub fn request(&self) -> &Request {
        &self.request
    }

    /// The targets whose verdicts it gives.
    #[must_use]
    pub fn targets(&self) -> Vec<Target> {
        self.blocks.iter().flat_map(|block| block.targets.iter().copied()).collect()
    }

    /// The period that it covers.
    #[must_use]
    pub fn period(&self) -> Interval {
        let natural = || crate::explain::natural_period(self.program);
        let of_block = |block: &Block<'p>| block.cases.hull().unwrap_or_else(natural);
        let hull =
            |one: Interval, two: Interval| Interval { first: one.first.min(two.first), last: one.last.max(two.last) };
        let of_all = || self.blocks.iter().map(of_block).reduce(hull).unwrap_or(Interval::ALL);
        self.request.period.unwrap_or_else(|| *self.period.get_or_init(of_all))
    }

    /// The columns that say when: that of the year, or those of the first and the last day.
    fn time_columns(&self) -> (usize, usize) {
        let mut places = self.columns.iter().enumerate().filter(|(_, column)| column.is_of(variables::TIME));
        let first = places.next().map_or(0, |(place, _)| place);
        (first, places.next().map_or(first, |(place, _)| place))
    }

    fn check_period(&self) -> Result<(), Vec<Refusal>> {
        let is_yearly = matches!(self.request.grain, Grain::Years(_));
        if is_yearly && self.request.period.is_none() && self.period() == Interval::ALL {
            return Err(vec![Refusal::NoPeriod]);
        }
        Ok(())
    }
}
