//! What several verbs take.

use clap::{Args, ValueEnum};

/// What is read besides the files, and how strictly.
#[derive(Debug, Clone, Default, Args)]
pub struct InputOptions {
    /// Evaluate as if this were recorded: --assume 'party(russia, nato) from 2004'
    #[arg(long, value_name = "FACT", help_heading = "Input")]
    pub assume: Vec<String>,

    /// Give a parameter another value: --set keen_trade=5%
    #[arg(long, value_name = "NAME=VALUE", help_heading = "Input")]
    pub set: Vec<String>,

    /// Want every predicate declared
    #[arg(long, help_heading = "Strictness")]
    pub strict: bool,
}

/// When.
#[derive(Debug, Clone, Default, Args)]
pub struct TimeOptions {
    /// On one day: --on 2014-01-12; with `--by year`, on that day of each: --on 01-12
    #[arg(long, value_name = "DAY", help_heading = "Time", conflicts_with = "all_days")]
    pub on: Option<String>,

    /// Within a period: --in 1991..2014
    #[arg(long = "in", value_name = "PERIOD", help_heading = "Time", allow_negative_numbers = true)]
    pub period: Option<String>,

    /// A verdict for each year: met where it is met on any day of it; or for each source alone
    #[arg(long, ignore_case = true, value_name = "STEP", help_heading = "Time")]
    pub by: Option<Step>,

    /// With `--by year`: met where it is met on every day of the year
    #[arg(long, requires = "by", help_heading = "Time")]
    pub all_days: bool,
}

/// A day or a period.
#[derive(Debug, Clone, Default, Args)]
pub struct MomentOptions {
    /// On one day: --on 2014-01-12
    #[arg(long, value_name = "DAY", help_heading = "Time", conflicts_with = "period")]
    pub on: Option<String>,

    /// Within a period: --in 1991..2014
    #[arg(long = "in", value_name = "PERIOD", help_heading = "Time", allow_negative_numbers = true)]
    pub period: Option<String>,
}

impl MomentOptions {
    /// Without steps.
    pub fn time(&self) -> TimeOptions {
        TimeOptions { on: self.on.clone(), period: self.period.clone(), by: None, all_days: false }
    }
}

/// Steps of `--by`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Step {
    /// Year by year
    Year,
    /// Under each source alone, and on which of them the verdict hangs
    Source,
}
