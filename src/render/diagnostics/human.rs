//! Diagnostics drawn by miette.

use super::severity_name;
use crate::diagnostic::{Diagnostic, Label, Severity};
use crate::render::Look;
use crate::render::excerpt::Excerpt;
use crate::render::words::visible_lines;
use crate::text::Texts;
use miette::{GraphicalReportHandler, GraphicalTheme, LabeledSpan, SourceCode};
use std::fmt;

/// Narrower is not legible, wider neither.
const WIDTHS: (usize, usize) = (40, 120);

pub(super) fn one(diagnostic: &Diagnostic, texts: &Texts, look: &Look) -> String {
    let mut out = report(&Report::new(diagnostic, texts, look), look, severity_name(diagnostic.severity));
    let code = format!("  code: {}\n", diagnostic.code);
    if look.colour {
        let dim = anstyle::Style::new().dimmed();
        out.push_str(&format!("{dim}{}{dim:#}\n", code.trim_end()));
    } else {
        out.push_str(&code);
    }
    out
}

/// The columns that are used.
fn width(look: &Look) -> usize {
    look.width.clamp(WIDTHS.0, WIDTHS.1)
}

/// A report in miette's drawing; the word stands where miette has an icon.
pub(in crate::render) fn report(report: &Report, look: &Look, word: &str) -> String {
    let mut theme = if look.colour { GraphicalTheme::unicode() } else { GraphicalTheme::unicode_nocolor() };
    let word = if word.is_empty() { String::new() } else { format!("{word}:") };
    theme.characters.error.clone_from(&word);
    theme.characters.warning.clone_from(&word);
    theme.characters.advice = word;
    let handler = GraphicalReportHandler::new_themed(theme)
        .with_urls(false)
        // Dates are not broken at their hyphens.
        .with_word_separator(textwrap::WordSeparator::AsciiSpace)
        .with_word_splitter(textwrap::WordSplitter::NoHyphenation)
        .with_context_lines(1)
        // As in `words::wrapping`.
        .with_word_separator(textwrap::WordSeparator::AsciiSpace)
        .with_word_splitter(textwrap::WordSplitter::NoHyphenation)
        .with_break_words(false)
        .with_width(width(look));
    let mut out = String::new();
    // Writing to a string does not fail.
    let _ = handler.render_report(&mut out, report);
    out
}

/// What miette needs to know.
pub(in crate::render) struct Report {
    message: String,
    severity: Severity,
    help: Option<String>,
    excerpt: Option<Excerpt>,
}

impl Report {
    fn new(diagnostic: &Diagnostic, texts: &Texts, look: &Look) -> Report {
        Report {
            message: visible_lines(&diagnostic.message),
            severity: diagnostic.severity,
            help: diagnostic.help.as_deref().map(visible_lines),
            excerpt: (!diagnostic.labels.is_empty()).then(|| Excerpt::new(&diagnostic.labels, texts, width(look))),
        }
    }

    /// Labelled lines and nothing else.
    pub(in crate::render) fn of_labels(labels: &[Label], texts: &Texts, look: &Look) -> Report {
        Report {
            message: String::new(),
            severity: Severity::Note,
            help: None,
            excerpt: (!labels.is_empty()).then(|| Excerpt::new(labels, texts, width(look))),
        }
    }
}

impl fmt::Debug for Report {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.message)
    }
}

impl fmt::Display for Report {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.message)
    }
}

impl std::error::Error for Report {}

impl miette::Diagnostic for Report {
    fn severity(&self) -> Option<miette::Severity> {
        Some(match self.severity {
            Severity::Error | Severity::Failure => miette::Severity::Error,
            Severity::Warning => miette::Severity::Warning,
            Severity::Note => miette::Severity::Advice,
        })
    }

    fn help<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        self.help.as_ref().map(|help| Box::new(help) as Box<dyn fmt::Display>)
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        self.excerpt.as_ref().map(|excerpt| excerpt as &dyn SourceCode)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        self.excerpt.as_ref().map(|excerpt| Box::new(excerpt.labels().into_iter()) as Box<dyn Iterator<Item = _>>)
    }
}
