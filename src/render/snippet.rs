//! Labelled lines alone, without a message.

use super::Look;
use super::diagnostics::human;
use super::words::{ascii_signs, clipped, floor_boundary, visible, visible_lines};
use crate::diagnostic::Label;
use crate::text::Texts;

/// Longer lines are cut.
const LONGEST_LINE: usize = 160;
/// What is shown before a label in a line that is cut.
const BEFORE: usize = 40;

/// The lines in which the labels lie, with what is said of them.
#[must_use]
pub fn text(labels: &[Label], texts: &Texts, look: &Look) -> String {
    if !look.drawn {
        return plain(labels, texts);
    }
    let drawn = human::report(&human::Report::of_labels(labels, texts, look), look, "");
    // The first line is that of the message, of which there is none.
    drawn.split_once('\n').map_or(String::new(), |(_, rest)| rest.to_owned())
}

/// Narrated: each label's place, its words, what is said of them, and the line.
pub(super) fn plain(labels: &[Label], texts: &Texts) -> String {
    let mut out = String::new();
    let mut shown_before = None;
    for label in labels {
        let file = texts.get(label.span.file);
        let (line, column) = texts.line_and_column(label.span);
        let words = texts.slice(label.span).lines().next().unwrap_or_default().trim_end();
        out.push_str(&format!("  at {}:{line}:{column}", file.name));
        if !words.is_empty() {
            out.push_str(&format!(", `{}`", clipped(&visible(clipped_bytes(words)), 60)));
        }
        if !label.text.is_empty() {
            out.push_str(&format!(": {}", ascii_signs(&visible_lines(&label.text)).replace('\n', "\n     ")));
        }
        out.push('\n');
        let place = (label.span.file, line);
        let range = file.line_range(line).unwrap_or_default();
        let is_blank = range.len() <= LONGEST_LINE && file.content[range.clone()].trim().is_empty();
        // The same line is not read out twice, and an empty one not at all.
        let range_length = range.len();
        if shown_before != Some(place) && !is_blank {
            let shown = if range.len() > LONGEST_LINE {
                let content = &file.content;
                let at = (label.span.start as usize).clamp(range.start, range.end);
                let start = floor_boundary(content, at.saturating_sub(BEFORE).max(range.start));
                let end = floor_boundary(content, (start + LONGEST_LINE).min(range.end));
                let (before, after) =
                    (if start > range.start { "..." } else { "" }, if end < range.end { "..." } else { "" });
                format!("{before}{}{after}", visible(&content[start..end]))
            } else {
                visible(&file.content[range]).into_owned()
            };
            out.push_str(&format!("     line {line}: {shown}\n"));
            shown_before = (range_length <= LONGEST_LINE).then_some(place);
        }
    }
    out
}

/// Enough of a text of any length to be clipped further.
fn clipped_bytes(text: &str) -> &str {
    &text[..floor_boundary(text, 400)]
}
