//! What may be said of panels after `symmachia eval`.

use clap::{Args, ValueEnum};
use std::path::PathBuf;
use symmachia::verdict;

/// Rows for R and Stata.
#[derive(Debug, Clone, Default, Args)]
pub struct PanelOptions {
    /// A row for each case and stretch of days on which nothing in it changes, instead of each year
    #[arg(long, help_heading = "Panels", conflicts_with_all = ["by", "on"])]
    pub spells: bool,

    /// Each pair once, the one that comes first by code or name in the first place; the directions have to agree
    #[arg(long, help_heading = "Panels")]
    pub undirected: bool,

    /// With `--undirected`: met where it is met in both directions
    #[arg(long, help_heading = "Panels", requires = "undirected", conflicts_with = "either")]
    pub both: bool,

    /// With `--undirected`: met where it is met in either direction
    #[arg(long, help_heading = "Panels", requires = "undirected")]
    pub either: bool,

    /// Several criteria one below the other, instead of side by side
    #[arg(long, help_heading = "Panels")]
    pub long: bool,

    /// Codes beside the names, by the schemes of the program's aliases: --codes cow,iso3
    #[arg(long, value_name = "SCHEME", help_heading = "Panels", value_delimiter = ',')]
    pub codes: Vec<String>,

    /// Further columns: a measure or criterion by its name, `conditions` for each condition of the criterion,
    /// `deciding` for the first that is the reason of the verdict: --with trade,conditions
    #[arg(long, value_name = "COLUMN", help_heading = "Panels", value_delimiter = ',')]
    pub with: Vec<String>,

    /// Keep only rows with this verdict; may be repeated
    #[arg(long, ignore_case = true, value_name = "VERDICT", help_heading = "Panels", value_delimiter = ',')]
    pub verdict: Vec<KeptVerdict>,

    /// Write what the columns mean, their values, the criteria and the sources: --codebook panel.md
    #[arg(long, value_name = "FILE", help_heading = "Panels")]
    pub codebook: Option<PathBuf>,
}

/// What `--verdict` takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum KeptVerdict {
    /// Met
    Met,
    /// Not met
    #[value(aliases = ["not met", "not_met"])]
    NotMet,
    /// Undetermined
    Undetermined,
    /// Contested
    Contested,
}

impl KeptVerdict {
    /// As the library has it.
    pub fn verdict(self) -> verdict::Verdict {
        match self {
            KeptVerdict::Met => verdict::Verdict::Met,
            KeptVerdict::NotMet => verdict::Verdict::NotMet,
            KeptVerdict::Undetermined => verdict::Verdict::Undetermined,
            KeptVerdict::Contested => verdict::Verdict::Contested,
        }
    }
}

impl PanelOptions {
    /// The first option that was given and that only a panel knows.
    pub fn first_given(&self) -> Option<&'static str> {
        let given = [
            (self.spells, "--spells"),
            (self.undirected, "--undirected"),
            (self.long, "--long"),
            (!self.codes.is_empty(), "--codes"),
            (!self.with.is_empty(), "--with"),
            (!self.verdict.is_empty(), "--verdict"),
            (self.codebook.is_some(), "--codebook"),
        ];
        given.into_iter().find(|(is_given, _)| *is_given).map(|(_, option)| option)
    }
}
