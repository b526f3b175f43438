//! The lines of the texts that are shown, as one virtual text in which miette finds its snippets.
//!
//! Labels that lie near one another share a section; each section becomes a snippet with the name and the line
//! numbers of its own file. A line of any length is cut to a window around its label, and what a terminal would
//! obey is replaced, so that nothing is shown but what a reader can take in.

use super::words::{self, floor_boundary, visible, visible_lines};
use crate::diagnostic::Label;
use crate::text::{FileId, Span, Text, Texts};
use miette::{LabeledSpan, MietteError, MietteSpanContents, SourceCode, SourceSpan, SpanContents};
use std::ops::Range;
use unicode_width::UnicodeWidthStr;

/// Line numbers and the ends of a line that is cut.
const MARGIN: usize = 9;
/// However narrow the terminal is.
const NARROWEST: usize = 40;
/// However far to the right a label stands.
const NARROWEST_LABEL: usize = 32;
/// A label over more lines is shown by its first line alone.
const MOST_LINES: usize = 6;

/// The part of a label that is shown.
struct Piece {
    file: FileId,
    /// Place in the list of labels.
    index: usize,
    lines: Range<usize>,
    bytes: Range<usize>,
}

/// Neighbouring lines of one text.
#[derive(Debug)]
struct Section {
    file_name: String,
    /// From 1.
    first_line: usize,
    /// In the virtual text.
    bytes: Range<usize>,
}

/// The sections of all labels, and the labels in their new places.
#[derive(Debug)]
pub(super) struct Excerpt {
    content: String,
    sections: Vec<Section>,
    /// Virtual place, line and column of each label, in the order in which they were given.
    places: Vec<(Range<usize>, usize, usize)>,
    texts: Vec<String>,
    /// What is shown of a line that is cut.
    window: Window,
    /// Columns.
    width: usize,
}

/// What is shown of a line that is cut, in bytes.
#[derive(Debug, Clone, Copy)]
struct Window {
    /// In front of the first label.
    before: usize,
    /// All of it.
    length: usize,
}

impl Excerpt {
    /// The lines in which the labels lie, for so many columns.
    pub(super) fn new(labels: &[Label], texts: &Texts, width: usize) -> Excerpt {
        // A line that a terminal breaks takes its underlines with it.
        let length = width.saturating_sub(MARGIN).max(NARROWEST);
        let window = Window { before: length / 4, length };
        let mut excerpt = Excerpt {
            window,
            width,
            content: String::new(),
            sections: Vec::new(),
            places: vec![(0..0, 1, 1); labels.len()],
            texts: labels.iter().map(|label| label.text.clone()).collect(),
        };
        for group in groups(labels, texts, window) {
            excerpt.add(&group, labels, texts);
        }
        excerpt
    }

    fn add(&mut self, group: &[Piece], labels: &[Label], texts: &Texts) {
        let Some(first) = group.first() else { return };
        let text = texts.get(first.file);
        let last_line = group.iter().map(|piece| piece.lines.end).max().unwrap_or(first.lines.end);
        let start = self.content.len();
        for line in first.lines.start..last_line {
            let shown = shown_part(text, line, group, self.window);
            let line_range = text.line_range(line).unwrap_or_default();
            if shown.start > line_range.start {
                self.content.push('…');
            }
            let line_start = self.content.len();
            let within = |offset: usize| {
                let upto = offset.clamp(shown.start, shown.end);
                line_start + visible(text.content.get(shown.start..upto).unwrap_or("")).len()
            };
            for piece in group {
                if piece.lines.start == line {
                    self.places[piece.index].0.start = within(piece.bytes.start);
                }
                if piece.lines.end == line + 1 {
                    self.places[piece.index].0.end = within(piece.bytes.end);
                }
            }
            self.content.push_str(&visible(text.content.get(shown.clone()).unwrap_or("")));
            if shown.end < line_range.end {
                self.content.push('…');
            }
            self.content.push('\n');
        }
        for piece in group {
            let (line, column) = texts.line_and_column(labels[piece.index].span);
            self.places[piece.index].1 = line;
            self.places[piece.index].2 = column;
        }
        self.sections.push(Section {
            file_name: text.name.clone(),
            first_line: first.lines.start,
            bytes: start..self.content.len(),
        });
        // No two sections touch, so that a span over both lies in neither.
        self.content.push('\n');
    }

    /// The labels for miette; the first is the primary one.
    pub(super) fn labels(&self) -> Vec<LabeledSpan> {
        self.places
            .iter()
            .zip(&self.texts)
            .enumerate()
            .map(|(index, ((range, ..), text))| {
                let text = (!text.is_empty()).then(|| self.wrapped(&visible_lines(text), range));
                let span = (range.start, range.end.saturating_sub(range.start));
                if index == 0 {
                    LabeledSpan::new_primary_with_span(text, span)
                } else {
                    LabeledSpan::new_with_span(text, span)
                }
            })
            .collect()
    }
}

impl Excerpt {
    /// What is said of a place, broken where the terminal ends; it is drawn from the middle of the place on.
    fn wrapped(&self, text: &str, range: &Range<usize>) -> String {
        let before = self.content.get(..range.start).unwrap_or("");
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        let place = self.content.get(range.clone()).unwrap_or("");
        let column = if place.contains('\n') {
            0
        } else {
            self.content.get(line_start..range.start).unwrap_or("").width() + place.width() / 2
        };
        let room = self.width.saturating_sub(column + MARGIN).max(NARROWEST_LABEL);
        textwrap::fill(text, words::wrapping(room))
    }
}

/// Labels that are shown together, in the order of showing: those near the first label, then the rest of its file, then other files.
fn groups(labels: &[Label], texts: &Texts, window: Window) -> Vec<Vec<Piece>> {
    let mut files: Vec<FileId> = Vec::new();
    for label in labels {
        if !files.contains(&label.span.file) {
            files.push(label.span.file);
        }
    }
    let mut groups: Vec<Vec<Piece>> = Vec::new();
    for file in files {
        let text = texts.get(file);
        let mut pieces: Vec<Piece> = labels
            .iter()
            .enumerate()
            .filter(|(_, label)| label.span.file == file)
            .map(|(index, label)| piece(index, label.span, text))
            .collect();
        pieces.sort_by_key(|piece| (piece.bytes.start, piece.bytes.end, piece.index));
        let mut of_file: Vec<Vec<Piece>> = Vec::new();
        for piece in pieces {
            match of_file.iter_mut().find(|group| fits(group, &piece, text, window)) {
                Some(group) => group.push(piece),
                None => of_file.push(vec![piece]),
            }
        }
        of_file.sort_by_key(|group| !group.iter().any(|piece| piece.index == 0));
        groups.extend(of_file);
    }
    groups
}

fn piece(index: usize, span: Span, text: &Text) -> Piece {
    let file = span.file;
    let end_of_text = text.content.len();
    let start = (span.start as usize).min(end_of_text);
    let end = (span.end as usize).clamp(start, end_of_text);
    let first = text.line_at(start as u32);
    // A span that ends with a line does not reach into the next one.
    let last = if end > start { text.line_at(end as u32 - 1) } else { first };
    let shown_last = if last - first >= MOST_LINES { first } else { last };
    let line_end = text.line_range(shown_last).map_or(end, |range| range.end);
    // A place at the break between two lines is at the end of the first.
    let start = start.min(text.line_range(first).map_or(start, |range| range.end));
    Piece { file, index, lines: first..shown_last + 1, bytes: start..end.min(line_end).max(start) }
}

/// Whether a label can be shown in a group: near enough, inside the window of a line that is cut, and not across
/// another label of the same line, which miette would push aside.
fn fits(group: &[Piece], piece: &Piece, text: &Text, window: Window) -> bool {
    if group.iter().map(|other| other.lines.end).max().is_none_or(|last| piece.lines.start > last + 1) {
        return false;
    }
    let line = piece.lines.start;
    let shares_line = group.iter().any(|other| other.lines.start == line || other.lines.end == line + 1);
    if shares_line && is_long(text, line, window) && piece.bytes.end > shown_part(text, line, group, window).end {
        return false;
    }
    let single = |piece: &Piece| piece.lines.len() == 1;
    !group.iter().any(|other| {
        single(piece)
            && single(other)
            && piece.lines == other.lines
            && (piece.bytes.start < other.bytes.end || piece.bytes.start == other.bytes.start)
    })
}

/// Whether a line has to be cut.
fn is_long(text: &Text, line: usize, window: Window) -> bool {
    let range = text.line_range(line).unwrap_or_default();
    // Widths are counted only where they may matter: no character of one column has more than four bytes.
    let is_wide = || text.content.get(range.clone()).is_some_and(|line| line.width() > window.length);
    range.len() > window.length && (range.len() > 4 * window.length || is_wide())
}

/// The bytes of a line that are shown.
fn shown_part(text: &Text, line: usize, group: &[Piece], window: Window) -> Range<usize> {
    let range = text.line_range(line).unwrap_or_default();
    if !is_long(text, line, window) {
        return range;
    }
    let label = group
        .iter()
        .find(|piece| piece.lines.start == line)
        .map(|piece| piece.bytes.start)
        .or_else(|| {
            // The end of a label from an earlier line.
            group.iter().find(|piece| piece.lines.end == line + 1).map(|piece| piece.bytes.end)
        })
        .unwrap_or(range.start);
    let start = floor_boundary(&text.content, label.saturating_sub(window.before).max(range.start));
    let end = floor_boundary(&text.content, (start + window.length).min(range.end));
    start..end
}

impl SourceCode for Excerpt {
    /// With lines of context wanted: the section. Without: the place of a label in its file.
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        context_before: usize,
        _context_after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let (start, end) = (span.offset(), span.offset() + span.len());
        // A span over two sections is refused, so that miette shows two snippets.
        let section = self
            .sections
            .iter()
            .find(|section| section.bytes.start <= start && end <= section.bytes.end && start < section.bytes.end)
            .ok_or(MietteError::OutOfBounds)?;
        let (range, line, column) = if context_before > 0 {
            (section.bytes.clone(), section.first_line, 1)
        } else {
            let place = self.places.iter().find(|(range, ..)| *range == (start..end));
            let (line, column) = place.map_or((section.first_line, 1), |(_, line, column)| (*line, *column));
            (start..end, line, column)
        };
        let data = self.content.as_bytes().get(range.clone()).ok_or(MietteError::OutOfBounds)?;
        let lines = data.iter().filter(|byte| **byte == b'\n').count();
        Ok(Box::new(MietteSpanContents::new_named(
            section.file_name.clone(),
            data,
            (range.start, range.len()).into(),
            line - 1,
            column - 1,
            lines,
        )))
    }
}
