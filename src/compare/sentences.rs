//! Why two rivals part, as a sentence that may be quoted.

use super::rivals::Rival;
use crate::explain::{Deciding, Sense, sentence};
use crate::model::Program;
use crate::model::program::IndividualId;
use crate::verdict::Verdict;

/// `By in_law, A and B are allies, through the Pact; by in_deed, A and B are not allies: they are at war (Gazetteer, p. 9).`
pub(super) fn parting(
    program: &Program,
    individuals: &[IndividualId],
    left: (&Rival, Verdict, Option<&Deciding>),
    right: (&Rival, Verdict, Option<&Deciding>),
) -> String {
    let clause = |(rival, verdict, deciding): (&Rival, Verdict, Option<&Deciding>)| {
        clause(program, individuals, rival, verdict, deciding)
    };
    format!("By {}, {}; by {}, {}.", left.0.short, clause(left), right.0.short, clause(right))
}

/// `By in_law, A and B are allies, through the Pact.`
pub(super) fn standing(
    program: &Program,
    individuals: &[IndividualId],
    (rival, verdict, deciding): (&Rival, Verdict, Option<&Deciding>),
) -> String {
    format!("By {}, {}.", rival.short, clause(program, individuals, rival, verdict, deciding))
}

fn clause(
    program: &Program,
    individuals: &[IndividualId],
    rival: &Rival,
    verdict: Verdict,
    deciding: Option<&Deciding>,
) -> String {
    let say = |sense| sentence(program, rival.target(), individuals, sense);
    let head = match verdict {
        Verdict::Met => say(Sense::Positive),
        Verdict::NotMet => say(Sense::Negative),
        Verdict::Undetermined => format!("it is open whether {}", say(Sense::Positive)),
        Verdict::Contested => format!("it is contested whether {}", say(Sense::Positive)),
        Verdict::NotApplicable => format!("it does not arise whether {}", say(Sense::Positive)),
    };
    let Some(deciding) = deciding else { return head };
    let because = unnested(&deciding.because);
    let cited = citation(deciding);
    let open = match verdict {
        Verdict::Undetermined => "it is open ",
        Verdict::Contested => "it is contested ",
        _ => "",
    };
    let condition = &deciding.condition;
    let is_whether = condition.starts_with("whether ");
    let is_witness = condition.starts_with("through ") || condition.starts_with("perhaps through ");
    let joined = match (condition.as_str(), is_witness) {
        ("", _) => String::new(),
        (condition, true) => format!(", {condition}"),
        (condition, false) if is_whether => format!(", for {open}{condition}"),
        (condition, false) => format!(", for {condition}"),
    };
    let why = match (because.as_str(), cited.as_str()) {
        ("", "") => String::new(),
        ("", cited) => format!(" ({cited})"),
        (because, "") if condition.is_empty() => format!(": {because}"),
        (because, cited) if condition.is_empty() => format!(": {because} ({cited})"),
        (because, "") => format!(" ({because})"),
        (because, cited) => format!(" ({because}; {cited})"),
    };
    format!("{head}{joined}{why}")
}

/// `(said of the stans)` without its parentheses, as it will stand within others.
fn unnested(because: &str) -> String {
    match (because.rsplit_once(" (said of "), because.strip_suffix(')')) {
        (Some((before, said)), Some(_)) => format!("{before}, said of {}", said.trim_end_matches(')')),
        _ => because.to_owned(),
    }
}

/// The first source, and how many more there are.
fn citation(deciding: &Deciding) -> String {
    let mut cited: Vec<&str> =
        deciding.facts.iter().map(|fact| fact.citation.as_str()).filter(|citation| !citation.is_empty()).collect();
    cited.dedup();
    match cited.as_slice() {
        [] => String::new(),
        [only] => (*only).to_owned(),
        [first, more @ ..] => format!("{first}; and {} more", more.len()),
    }
}
