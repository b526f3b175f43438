//! What the columns of the rows hold, counted as the rows go by.

use crate::sheet::Cell;
use std::collections::BTreeMap;

/// More different words than this are counted and not listed.
const MOST_WORDS: usize = 12;
/// More than this are not told apart.
const MOST_KEPT: usize = 100_000;

/// What the columns hold.
#[derive(Debug, Clone, Default)]
pub struct Tally {
    columns: Vec<Counts>,
}

#[derive(Debug, Clone, Default)]
struct Counts {
    missing: usize,
    words: BTreeMap<String, usize>,
    numbers: usize,
    range: Option<(f64, f64)>,
    figures: BTreeMap<i64, usize>,
    has_fractions: bool,
}

impl Tally {
    /// Counts a row.
    pub fn add(&mut self, cells: &[Cell<'_>]) {
        self.columns.resize_with(cells.len().max(self.columns.len()), Counts::default);
        for (counts, cell) in self.columns.iter_mut().zip(cells) {
            match cell {
                Cell::Missing => counts.missing += 1,
                Cell::Text(text) => {
                    if let Some(count) = counts.words.get_mut(text.as_ref()) {
                        *count += 1;
                    } else if counts.words.len() < MOST_KEPT {
                        counts.words.insert(text.clone().into_owned(), 1);
                    }
                }
                Cell::Integer(number) => {
                    if counts.figures.len() <= MOST_WORDS || counts.figures.contains_key(number) {
                        *counts.figures.entry(*number).or_default() += 1;
                    }
                    counts.number(*number as f64);
                }
                Cell::Number(number) => {
                    counts.has_fractions = true;
                    counts.number(*number);
                }
            }
        }
    }

    /// The values of a column, each with how often it is there; their number and range where they are many.
    #[must_use]
    pub fn values(&self, column: usize) -> Vec<(String, Option<usize>)> {
        let Some(counts) = self.columns.get(column) else { return Vec::new() };
        let mut values: Vec<(String, Option<usize>)> = Vec::new();
        if counts.words.len() > MOST_WORDS {
            let more = if counts.words.len() == MOST_KEPT { "or more " } else { "" };
            values.push((format!("{} {more}different values", counts.words.len()), None));
        } else {
            values.extend(counts.words.iter().map(|(word, count)| (word.clone(), Some(*count))));
        }
        if counts.figures.len() <= MOST_WORDS && !counts.has_fractions {
            values.extend(counts.figures.iter().map(|(figure, count)| (figure.to_string(), Some(*count))));
        } else if let Some((least, most)) = counts.range {
            values.push((format!("{least} to {most}"), Some(counts.numbers)));
        }
        if counts.missing > 0 {
            values.push(("missing".to_owned(), Some(counts.missing)));
        }
        values
    }
}

impl Counts {
    fn number(&mut self, number: f64) {
        self.numbers += 1;
        self.range = Some(self.range.map_or((number, number), |(least, most)| (least.min(number), most.max(number))));
    }
}
