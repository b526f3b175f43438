//! What an answer means: why it is so, what would change it, and whether it bears out what was said.
//!
//! Nothing here computes an answer of its own: every step asks the engine about a part of the whole, and every
//! proposed change is applied and asked about again.
//!
//! ```text
//! texts.rs        atoms in the words of their authors
//! leaves.rs       why an atom of a predicate stands as it does: recorded, ended, never recorded
//! parts.rs        what a condition is made of on a day
//! trail.rs        from a verdict down to what carries it
//! members.rs      those over whom a count or a sum ranges
//! phrases.rs      what is said of a condition in its place
//! witnesses.rs    through whom a condition holds, and for whom not; silence.rs silence about many
//! values.rs       what is said of numbers
//! inapplicable.rs why a case does not arise
//! repairs/        the smallest changes of evidence that turn a verdict
//! dependence.rs   whether it hangs on one fact, sentence or source
//! sentences.rs    what it hangs on and what would change it, in sentences
//! period.rs       the period of which the evidence speaks
//! facts.rs        the statements that are shown
//! deciding.rs     the one condition that decides a verdict, and its evidence
//! blockers.rs     what stands in the way
//! labels.rs       the rules, with each condition labelled in its place
//! case.rs         all of it, put together for one case
//! explanation.rs  what comes of that, as data
//! telling.rs      individuals whose cases can differ from those of others
//! evaluation.rs   the answers of many cases; by_source.rs those of each source alone
//! assertions.rs   expectations and claims
//! ```

mod assertions;
mod blockers;
mod by_source;
mod case;
mod deciding;
mod dependence;
mod evaluation;
mod explanation;
mod facts;
mod inapplicable;
mod labels;
mod leaves;
mod members;
mod parts;
mod period;
mod phrases;
mod repairs;
mod sentences;
mod silence;
mod telling;
mod texts;
mod trail;
mod values;
mod witnesses;

pub use assertions::{CODES, Failure, Outcome, check, interval_in_words};
pub use by_source::{BySource, Heard, by_source, cited_sources};
pub use case::{explain, stretches};
pub use deciding::{Deciding, conditions_of, deciding};
pub use evaluation::{Evaluated, NOT_SYMMETRIC, Yearly, by_year, check_symmetry, criteria_below, evaluate, questions};
pub use explanation::{
    Answer, Blocker, Explanation, FactExplanation, PartLabel, RepairExplanation, Request, RuleExplanation,
};
pub use leaves::{Bearing, Evidence, Leaf};
pub use parts::Side;
pub use period::{natural_period, period_of};
pub use repairs::{Change, MOST_STEPS, Number, Repair, Repairs, is_open, repairs, verdict_with};
pub use texts::{Sense, as_written, citation, citations, formal, name, sentence};
pub use trail::{Step, Trail};
pub use values::{number, quantity};
