//! What is asked for, and why it may be refused.

use super::years::YearRule;
use crate::model::program::Target;
use crate::time::Interval;
use crate::verdict::Verdict;

/// What a panel is to hold.
#[derive(Debug, Clone)]
pub struct Request {
    /// The criteria, or measures.
    pub targets: Vec<Target>,
    /// The period; where there is none, that of the `cases`, or that of which the evidence speaks.
    pub period: Option<Interval>,
    /// A row for what.
    pub grain: Grain,
    /// Both orders of a pair, or one.
    pub pairing: Pairing,
    /// Several criteria side by side, or one below the other.
    pub layout: Layout,
    /// The schemes of the codes.
    pub codes: Vec<String>,
    /// What else, by name; `conditions` and `deciding` have a meaning of their own.
    pub with: Vec<String>,
    /// The verdicts that are kept; all where there are none.
    pub verdicts: Vec<Verdict>,
}

/// A row for what.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Grain {
    /// Each case and year.
    Years(YearRule),
    /// Each case and stretch of days on which nothing in the row changes.
    Spells,
}

/// Both orders of a pair, or one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pairing {
    /// Both.
    Directed,
    /// One, the earlier individual first.
    Undirected(Joining),
}

/// How the two directions of a pair become one verdict.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Joining {
    /// They have to be the same.
    Same,
    /// Met where both are.
    Both,
    /// Met where either is.
    Either,
}

/// Where several criteria stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Layout {
    /// In columns side by side.
    Wide,
    /// In rows one below the other, with a column that names the criterion.
    Long,
}

/// Why a panel cannot be as asked.
#[derive(Debug, Clone, PartialEq)]
pub enum Refusal {
    /// Criteria about different cases cannot share rows.
    DifferentCases {
        /// With the kinds of their roles.
        signatures: [String; 2],
    },
    /// `--undirected` of what is no pair.
    NoPair {
        /// With the kinds of its roles.
        signature: String,
    },
    /// No individual that can stand in a row has a code of the scheme.
    UnknownScheme {
        /// As given.
        scheme: String,
        /// What may have been meant.
        nearest: Option<String>,
        /// All schemes of the program.
        schemes: Vec<String>,
    },
    /// `--with` of what is not.
    UnknownColumn {
        /// As given.
        name: String,
        /// What may have been meant.
        nearest: Option<String>,
    },
    /// `--with` of what cannot be applied to the head's arguments.
    Unfitting {
        /// With the kinds of its roles.
        signature: String,
        /// The head, likewise.
        head: String,
    },
    /// `--verdict` of what has none.
    NoVerdict {
        /// The measure.
        name: String,
    },
    /// Nothing says of which years.
    NoPeriod,
    /// One row cannot stand for both directions.
    NotSymmetric(Box<Difference>),
}

/// Where a criterion is not the same both ways.
#[derive(Debug, Clone, PartialEq)]
pub struct Difference {
    /// The criterion.
    pub target: Target,
    /// One direction, as one would write it, and its answer.
    pub one: (String, String),
    /// The other.
    pub other: (String, String),
    /// The year, or the day.
    pub time: String,
}
