//! Whether the encoding that a program tells is that of the table, as far as letters show it.

use super::encoding::Encoding;
use crate::diagnostic::{Diagnostic, Severity};
use crate::text::Span;
use std::borrow::Cow;

/// A longer text is shown in part.
const LONGEST: usize = 24;

/// What makes it doubtful that the encoding is the one that is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EncodingDoubt {
    /// As it is told.
    pub told: Encoding,
    /// As it seems to be.
    pub likely: Encoding,
    /// The line of the first cell that shows it.
    pub line: u32,
    /// That cell as it is read.
    pub read: String,
    /// As it would be read in the other encoding.
    pub otherwise: String,
}

/// What the cells with other letters than those of ASCII show.
#[derive(Debug, Default)]
pub(super) struct Letters {
    /// The first that is UTF-8, with its line.
    utf8: Option<(u32, Vec<u8>)>,
    /// Whether one is not.
    is_other: bool,
    /// The first with a byte that is a letter or a sign in Windows-1252, and in Latin-1 none that anybody writes.
    windows: Option<(u32, Vec<u8>)>,
}

impl Letters {
    /// Looks at a cell that has such letters.
    pub(super) fn note(&mut self, line: u32, bytes: &[u8], told: Encoding) {
        if std::str::from_utf8(bytes).is_err() {
            self.is_other = true;
        } else if self.utf8.is_none() {
            self.utf8 = Some((line, bytes.to_vec()));
        }
        let has_windows = told == Encoding::Latin1 && bytes.iter().any(|byte| matches!(byte, 0x80..=0x9F));
        if has_windows && self.windows.is_none() {
            self.windows = Some((line, bytes.to_vec()));
        }
    }

    pub(super) fn doubt(&self, told: Encoding) -> Option<EncodingDoubt> {
        let (likely, (line, bytes)) = match (&self.utf8, &self.windows) {
            (Some(first), _) if !self.is_other => (Encoding::Utf8, first),
            (_, Some(first)) => (Encoding::Windows1252, first),
            _ => return None,
        };
        let text = |encoding: Encoding| encoding.decode(bytes).ok().map(Cow::into_owned);
        Some(EncodingDoubt { told, likely, line: *line, read: text(told)?, otherwise: text(likely)? })
    }
}

impl EncodingDoubt {
    /// In words; `place` is where the encoding is told.
    #[must_use]
    pub fn diagnostic(&self, table: &str, place: Span) -> Diagnostic {
        let (told, likely) = (self.told.name(), self.likely.name());
        let message = format!("`{table}` seems to be {likely}, and is read as {told}");
        let help = match self.likely {
            Encoding::Utf8 => "leave out `encoding`: without it a table is read as UTF-8".to_owned(),
            _ => format!("write `encoding \"{}\"`", likely.to_lowercase()),
        };
        let (read, otherwise) = (shown(&self.read), shown(&self.otherwise));
        Diagnostic::new("symmachia::table::doubtful_encoding", Severity::Warning, message)
            .at(place, format!("line {} of the table has `{read}`, which would be `{otherwise}`", self.line))
            .help(help)
    }
}

/// A text, with its control characters as signs that can be seen.
fn shown(text: &str) -> String {
    let signs = text.trim().chars();
    let mut shown: String = signs
        .clone()
        .take(LONGEST)
        .map(|sign| if sign.is_control() { char::REPLACEMENT_CHARACTER } else { sign })
        .collect();
    if signs.count() > LONGEST {
        shown.push('…');
    }
    shown
}
