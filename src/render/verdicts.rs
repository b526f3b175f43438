//! How verdicts look: a sign, a colour and a word for each. The colour never stands alone.

use super::Look;
use crate::verdict::Verdict;
use anstyle::{AnsiColor, Style};

/// The sign of a verdict, one column wide.
#[must_use]
pub fn sign(verdict: Verdict, drawn: bool) -> char {
    match (verdict, drawn) {
        (Verdict::Met, true) => '█',
        (Verdict::NotMet, true) => '▁',
        (Verdict::Undetermined, true) => '░',
        (Verdict::Contested, true) => '▚',
        (Verdict::Met, false) => '#',
        (Verdict::NotMet, false) => '.',
        (Verdict::Undetermined, false) => '?',
        (Verdict::Contested, false) => '!',
        (Verdict::NotApplicable, _) => ' ',
    }
}

/// The colour of a verdict; told apart also by who sees no red or green.
#[must_use]
pub fn colour(verdict: Verdict) -> Option<AnsiColor> {
    match verdict {
        Verdict::Met => Some(AnsiColor::Cyan),
        Verdict::NotMet => Some(AnsiColor::Red),
        Verdict::Undetermined => Some(AnsiColor::Yellow),
        Verdict::Contested => Some(AnsiColor::Magenta),
        Verdict::NotApplicable => None,
    }
}

/// A text in the colour of a verdict, where colours are wanted.
#[must_use]
pub fn coloured(text: &str, verdict: Verdict, look: &Look) -> String {
    match colour(verdict) {
        Some(colour) if look.colour => {
            let style = Style::new().fg_color(Some(colour.into()));
            format!("{style}{text}{style:#}")
        }
        _ => text.to_owned(),
    }
}

/// What the signs mean, for those verdicts that occur.
#[must_use]
pub fn legend(occurring: &[Verdict], look: &Look) -> String {
    Verdict::ALL
        .iter()
        .filter(|verdict| occurring.contains(verdict))
        .map(|verdict| match verdict {
            Verdict::NotApplicable => format!("blank: {verdict}"),
            _ => format!("{} {verdict}", coloured(&sign(*verdict, look.drawn).to_string(), *verdict, look)),
        })
        .collect::<Vec<_>>()
        .join("   ")
}
