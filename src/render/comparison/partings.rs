//! Where two rivals part, and through what.

use super::blocks::{Block, Item, Line};
use super::{amount, during, part_of, when};
use crate::compare::{Comparison, Moment, Pairing, Parting, PartingSpell, Reason};
use crate::text::{Span, Texts};
use crate::verdict::Verdict;

/// Spells of a case that are told one by one.
const MOST_SPELLS: usize = 6;
/// Statements whose places are told.
const MOST_FACTS: usize = 2;

/// What is to be said of the cases in which two rivals part.
pub(super) fn partings(comparison: &Comparison, pair: &Pairing, texts: &Texts) -> Vec<Block> {
    let moment = comparison.moment;
    let total: u64 = pair.partings.iter().map(|parting| parting.weight).sum();
    if pair.partings.is_empty() {
        let nowhere = if pair.table.total() == 0 { "There is nothing to part on." } else { "Nowhere." };
        return vec![Block::Paragraph(nowhere.to_owned())];
    }
    let outright: u64 = spells(pair).filter(|spell| spell.is_outright()).map(|spell| spell.weight).sum();
    let mut text = format!("They part {}", part_of(total, pair.table.total(), moment));
    text.push_str(&match (outright, total - outright) {
        (0, _) => ", and nowhere is the one met and the other not met.".to_owned(),
        (_, 0) => ", always with the one met and the other not met.".to_owned(),
        _ => format!("; {} the one is met and the other not met.", during(outright, moment)),
    });
    if !matches!(moment, Moment::Day(_) | Moment::Throughout) {
        text.push_str(" Reasons are told as they stand on the last day of a spell.");
    }
    let items = pair.partings.iter().map(|parting| item(comparison, pair, parting, texts)).collect();
    vec![Block::Paragraph(text), Block::Items(items)]
}

fn spells(pair: &Pairing) -> impl Iterator<Item = &PartingSpell> {
    pair.partings.iter().flat_map(|parting| &parting.spells)
}

fn item(comparison: &Comparison, pair: &Pairing, parting: &Parting, texts: &Texts) -> Item {
    let label = &comparison.cases[parting.case].label;
    let title = match comparison.moment {
        Moment::Day(_) | Moment::Throughout => label.clone(),
        moment => format!("{label}: {}", part_of(parting.weight, parting.compared, moment)),
    };
    let mut lines = Vec::new();
    let mut said: Option<&str> = None;
    for spell in parting.spells.iter().take(MOST_SPELLS) {
        lines.push(line(comparison, pair, spell, said, texts));
        said = spell.reason.as_ref().map(|reason| reason.sentence.as_str());
    }
    if parting.spells.len() > MOST_SPELLS {
        let more = format!("and {} more spells", parting.spells.len() - MOST_SPELLS);
        lines.push(Line { head: more, text: String::new(), places: String::new() });
    }
    Item { title, lines }
}

fn line(comparison: &Comparison, pair: &Pairing, spell: &PartingSpell, said: Option<&str>, texts: &Texts) -> Line {
    let moment = comparison.moment;
    let (left, right) = (&comparison.rivals[pair.left].short, &comparison.rivals[pair.right].short);
    let how = format!("{left} {}, {right} {}", spell.left, spell.right);
    let head = match moment {
        Moment::Day(_) | Moment::Throughout => how,
        _ => format!("{}, {}: {how}", when(spell.days, moment), amount(spell.weight, moment)),
    };
    match &spell.reason {
        None => Line { head, text: String::new(), places: String::new() },
        Some(reason) if said == Some(reason.sentence.as_str()) => {
            Line { head, text: "For the same reason.".to_owned(), places: String::new() }
        }
        Some(reason) => Line { head, text: reason.sentence.clone(), places: places(comparison, reason, texts) },
    }
}

/// Where the condition stands, and its evidence; and how many further conditions would do.
fn places(comparison: &Comparison, reason: &Reason, texts: &Texts) -> String {
    let place = |span: Span| format!("{}:{}", texts.get(span.file).name, texts.line_and_column(span).0);
    let mut parts: Vec<String> = reason.deciding.span.map(place).into_iter().collect();
    parts.extend(reason.deciding.facts.iter().take(MOST_FACTS).map(|fact| place(fact.span)));
    let further = reason.deciding.further;
    if further > 0 {
        let (noun, verb) = if further == 1 { ("condition", "is") } else { ("conditions", "are") };
        let standing = match reason.verdict {
            Verdict::Undetermined => "open",
            verdict => verdict.name(),
        };
        parts.push(format!("{further} further {noun} of {} {verb} {standing}", comparison.rivals[reason.rival].short));
    }
    parts.join("; ")
}
