//! Rival criteria set against one another over the same evidence.
//!
//! ```text
//! rivals.rs       which criterion a name on the command line means
//! by_source.rs    one criterion under each of its sources, as rivals
//! bench.rs        whom each rival hears
//! cases.rs        the cases that rivals have in common, and their verdicts side by side
//! table.rs        cross-tables of verdicts; agreement and Cohen's kappa
//! alpha.rs        Krippendorff's alpha
//! fit.rs          set-theoretic fit: Ragin's four intersections, consistency, coverage
//! partings.rs     when and where two rivals part, and through what
//! standings.rs    how each of many stands where not all agree
//! sentences.rs    the same as a sentence
//! truth_table.rs  the conditions of a criterion over its cases, for QCA
//! logic/          whether one implies the other whatever the evidence
//! error.rs        all wording of mistakes
//! ```
//!
//! Nothing here computes a verdict of its own. Statistics describe the cases that were chosen; they are no inference to others, and the days of
//! one case are not independent of one another.

mod alpha;
mod bench;
mod by_source;
mod cases;
pub mod error;
mod fit;
mod logic;
mod partings;
mod rivals;
mod sentences;
mod standings;
mod table;
mod truth_table;

pub use alpha::{Unit, krippendorff_alpha};
pub use by_source::by_source;
pub use cases::{Asked, ComparedCase, Moment, Spell, Undetermined};
pub use error::{CompareError, Remark};
pub use fit::{Cell, Fit, Share};
pub use logic::{Logic, Separation, declarations, logic};
pub use partings::{Parting, PartingSpell, Reason};
pub use rivals::{Rival, rivals};
pub use standings::{CaseApart, SpellApart, Standing};
pub use table::{CrossTable, VERDICTS};
pub use truth_table::{TruthRow, TruthTable, truth_table};

use crate::engine::Engine;
use crate::verdict::Verdict;
use bench::Bench;

/// A statistic, or why there is none.
pub type Statistic = Result<f64, Undefined>;

/// Why a statistic has no value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Undefined {
    /// No case is left to compute it from.
    NoCases,
    /// All have one and the same verdict, so that nothing but agreement could be expected by chance.
    OneCategory(Verdict),
    /// The share of an empty set: nothing is met.
    EmptySet,
}

impl std::fmt::Display for Undefined {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Undefined::NoCases => formatter.write_str("no case is left to compare"),
            Undefined::OneCategory(verdict) => {
                write!(formatter, "all verdicts are `{verdict}`, so that chance alone would always agree")
            }
            Undefined::EmptySet => formatter.write_str("none is met"),
        }
    }
}

/// Rivals over the cases that they have in common.
#[derive(Debug, Clone)]
pub struct Comparison {
    /// In the order in which they were named.
    pub rivals: Vec<Rival>,
    /// About what time.
    pub moment: Moment,
    /// What becomes of undetermined verdicts in the statistics.
    pub undetermined: Undetermined,
    /// The names of the roles, as the first rival has them.
    pub roles: Vec<String>,
    /// Whether a `cases` chose them.
    pub are_chosen: bool,
    /// In the order of the first rival's cases.
    pub cases: Vec<ComparedCase>,
    /// Krippendorff's alpha of all rivals together.
    pub alpha: Statistic,
    /// Each with each.
    pub pairs: Vec<Pairing>,
    /// Where not all agree, in the order of the cases.
    pub apart: Vec<CaseApart>,
}

/// Two of the rivals.
#[derive(Debug, Clone)]
pub struct Pairing {
    /// The place of the one among the rivals.
    pub left: usize,
    /// The place of the other.
    pub right: usize,
    /// How often they gave which verdicts.
    pub table: CrossTable,
    /// Weight of what is not in the table: one of the two does not arise, or is undetermined where that counts as missing.
    pub left_out: u64,
    /// How well the one fits the other as a set.
    pub fit: Fit,
    /// Where they part, in the order of the cases.
    pub partings: Vec<Parting>,
}

/// Sets rivals against one another.
///
/// # Errors
/// Where they have no case in common.
pub fn compare(
    engine: &Engine<'_>,
    rivals: Vec<Rival>,
    asked: Asked,
    undetermined: Undetermined,
) -> Result<Comparison, CompareError> {
    let program = engine.program();
    let bench = Bench::new(engine, &rivals);
    let common = cases::common(&bench, &rivals, asked)?;
    let roles = program.roles(rivals[0].target()).iter().map(|role| role.name.clone()).collect();
    let cases::Common { cases, moment, are_chosen } = common;
    let alpha = krippendorff_alpha(cases.iter().flat_map(|case| &case.spells).map(|spell| Unit {
        weight: spell.weight,
        ratings: spell.verdicts.iter().map(|verdict| undetermined.rating(*verdict)).collect(),
    }));
    let mut pairs = Vec::new();
    for right in 1..rivals.len() {
        for left in 0..right {
            pairs.push(pairing(&bench, &rivals, &cases, (left, right), undetermined));
        }
    }
    pairs.sort_by_key(|pair| (pair.left, pair.right));
    let apart = match pairs.as_slice() {
        [only] => standings::of_two(&only.partings),
        _ => standings::apart(&bench, &rivals, &cases, undetermined),
    };
    Ok(Comparison { apart, rivals, moment, undetermined, roles, are_chosen, cases, alpha, pairs })
}

fn pairing(
    bench: &Bench<'_, '_>,
    rivals: &[Rival],
    cases: &[ComparedCase],
    (left, right): (usize, usize),
    undetermined: Undetermined,
) -> Pairing {
    let mut table = CrossTable::default();
    let mut left_out = 0;
    for spell in cases.iter().flat_map(|case| &case.spells) {
        match (undetermined.rating(spell.verdicts[left]), undetermined.rating(spell.verdicts[right])) {
            (Some(one), Some(other)) => table.add(one, other, spell.weight),
            _ => left_out += spell.weight,
        }
    }
    let fit = Fit::of(cases, left, right);
    let partings = partings::partings(bench, rivals, cases, (left, right), undetermined);
    Pairing { left, right, table, left_out, fit, partings }
}

impl Comparison {
    /// What is worth knowing of it besides: which statistics are undefined for want of variation.
    #[must_use]
    pub fn remarks(&self) -> Vec<Remark> {
        let name = |place: usize| self.rivals[place].short.clone();
        let mut without_kappa = Vec::new();
        for pair in &self.pairs {
            if let Err(Undefined::OneCategory(verdict)) = pair.table.kappa() {
                without_kappa.push(([name(pair.left), name(pair.right)], verdict));
            }
        }
        let alpha = match self.alpha {
            Err(Undefined::OneCategory(verdict)) => Some(verdict),
            _ => None,
        };
        if without_kappa.is_empty() && alpha.is_none() {
            return Vec::new();
        }
        vec![Remark::NoVariation { pairs: without_kappa, of_pairs: self.pairs.len(), alpha }]
    }
}
