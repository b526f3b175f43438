//! What is said of a comparison, in parts that every format puts in its own way.

use super::{coefficient, listed, many, matrix, partings, statistics, whole};
use crate::compare::{Comparison, Moment, Undetermined};
use crate::render::words::counted;
use crate::text::Texts;
use crate::time::Interval;

/// A part.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Block {
    /// Of this depth: 1 for the whole, 2 for a pair, 3 for what is said of it.
    Heading(usize, String),
    /// Running text.
    Paragraph(String),
    /// A table.
    Table(Table),
    /// The verdicts side by side, which a terminal draws and a paper tabulates.
    Matrix,
    /// Cases with what is to be said of each.
    Items(Vec<Item>),
}

/// A table.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Table {
    /// What it is of.
    pub caption: String,
    /// The columns.
    pub header: Vec<String>,
    /// The rows.
    pub rows: Vec<Vec<String>>,
    /// The columns that hold numbers.
    pub numbers: std::ops::Range<usize>,
}

/// A case with what is to be said of it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Item {
    /// Which, and in short.
    pub title: String,
    /// In sentences.
    pub lines: Vec<Line>,
}

/// A sentence, and where that is written.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Line {
    /// When, and the verdicts.
    pub head: String,
    /// The sentence, which may be quoted; may be empty.
    pub text: String,
    /// The places of the condition and of its evidence.
    pub places: String,
}

/// All of it.
pub(super) fn blocks(comparison: &Comparison, texts: &Texts) -> Vec<Block> {
    let names: Vec<&str> = comparison.rivals.iter().map(|rival| rival.short.as_str()).collect();
    let is_many = many::is_many(comparison);
    let title = if is_many { format!("{} criteria", names.len()) } else { listed(&names) };
    let mut blocks = vec![Block::Heading(1, title), Block::Paragraph(scope(comparison))];
    let labels: Vec<String> = comparison
        .rivals
        .iter()
        .filter_map(|rival| Some((rival, rival.label.as_ref()?)))
        .map(|(rival, label)| match rival.source {
            None => format!("{} is \u{201c}{label}\u{201d}, by {}", rival.short, rival.name),
            Some(_) => format!("{} is \u{201c}{label}\u{201d}", rival.short),
        })
        .collect();
    if let Some((of, _)) = comparison.rivals[0].name.split_once(" according to ") {
        blocks.push(Block::Paragraph(format!(
            "The verdicts of {of}, each time by one source alone with what is said without a source."
        )));
    }
    if is_many {
        blocks.push(Block::Table(many::key(comparison)));
    } else if !labels.is_empty() {
        blocks.push(Block::Paragraph(labels.join("; ") + "."));
    }
    blocks.push(Block::Matrix);
    let hidden = comparison.cases.len() - matrix::shown(comparison).len();
    if hidden > 0 {
        blocks.push(Block::Paragraph(format!(
            "{} of which nothing is known are left out here, and counted below; a `cases` chooses those that you want.",
            counted(hidden, "further case")
        )));
    }
    if is_many {
        blocks.extend(many::blocks(comparison, alpha(comparison), texts));
        return blocks;
    }
    blocks.push(Block::Heading(2, "Agreement".to_owned()));
    blocks.push(Block::Table(statistics::summary(comparison)));
    blocks.push(Block::Paragraph(alpha(comparison)));
    for pair in &comparison.pairs {
        let (left, right) = (&comparison.rivals[pair.left], &comparison.rivals[pair.right]);
        if comparison.pairs.len() > 1 {
            blocks.push(Block::Heading(2, format!("{} and {}", left.short, right.short)));
        }
        blocks.extend(statistics::pair(comparison, pair));
        blocks.push(Block::Heading(3, "Where they part".to_owned()));
        blocks.extend(partings::partings(comparison, pair, texts));
    }
    blocks
}

/// What is compared, when, and what counts as one.
fn scope(comparison: &Comparison) -> String {
    let cases = counted(comparison.cases.len(), "case");
    let time = whole(comparison);
    let mut text = match comparison.moment {
        Moment::Day(day) => format!("{cases} on {day}."),
        Moment::Throughout => format!("{cases}; no date plays a part."),
        Moment::Period(Interval::ALL) => format!("{cases} over the whole calendar; every day of every case counts."),
        Moment::Period(_) => {
            format!("{cases} from {} to {}; every day of every case counts.", time.first, time.last)
        }
        Moment::Years(_) => {
            format!("{cases} from {} to {}; every year of every case counts.", time.first.year(), time.last.year())
        }
    };
    text.push_str(match comparison.undetermined {
        Undetermined::Category => " Undetermined is a verdict as the others are.",
        Undetermined::Missing => " Where a verdict is undetermined it counts as missing.",
    });
    text
}

fn alpha(comparison: &Comparison) -> String {
    let all = match comparison.rivals.len() {
        2 => "both".to_owned(),
        number => format!("all {number}"),
    };
    let mut text = format!("Krippendorff's alpha of {all} (nominal): {}", coefficient(comparison.alpha));
    if let Err(why) = comparison.alpha {
        text.push_str(&format!(", since {why}"));
    }
    text.push('.');
    let told = if many::is_many(comparison) { &[] } else { comparison.pairs.as_slice() };
    for pair in told {
        if let (Err(why), Ok(_)) = (pair.table.kappa(), pair.table.agreement()) {
            let (left, right) = (&comparison.rivals[pair.left].short, &comparison.rivals[pair.right].short);
            text.push_str(&format!(" Kappa of {left} and {right} is undefined, since {why}."));
        }
    }
    text
}
