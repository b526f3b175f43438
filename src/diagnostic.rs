//! What every phase says when something is wrong: one shape for all of them.
//!
//! Each phase has an error enum of its own that carries data, and turns it into
//! this shape in one place. How it looks is the renderer's business.

use crate::text::Span;

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The input cannot be used; exit status 2.
    Error,
    /// An expectation fails; exit status 1.
    Failure,
    /// It means something, but perhaps not what was meant.
    Warning,
    /// Worth knowing.
    Note,
}

/// A place, and what is to be said of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// The user's words.
    pub span: Span,
    /// What is said of them; may be empty for the place alone.
    pub text: String,
}

/// One mistake, or one thing worth knowing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// Stable code, `symmachia::phase::name`.
    pub code: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// In lower case, without a full stop, the user's words in backticks.
    pub message: String,
    /// The first is the place of the mistake; the others are related places, perhaps in other files.
    pub labels: Vec<Label>,
    /// What to do about it.
    pub help: Option<String>,
}

impl Diagnostic {
    /// An error without places or help; see [`Diagnostic::at`] and [`Diagnostic::help`].
    #[must_use]
    pub fn new(code: &'static str, severity: Severity, message: impl Into<String>) -> Self {
        Diagnostic { code, severity, message: message.into(), labels: Vec::new(), help: None }
    }

    /// Adds a place.
    #[must_use]
    pub fn at(mut self, span: Span, text: impl Into<String>) -> Self {
        self.labels.push(Label { span, text: text.into() });
        self
    }

    /// Sets the advice.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Whether it makes the input unusable.
    #[must_use]
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}

/// The candidate nearest to `word`, if one is near enough to be a slip of the pen:
/// at most a third of its letters differ. A capital for a small letter is no difference, unless nothing else tells candidates apart.
pub fn did_you_mean<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let small = word.to_lowercase();
    candidates
        .into_iter()
        .filter(|candidate| *candidate != word)
        .map(|candidate| (strsim::damerau_levenshtein(&small, &candidate.to_lowercase()), candidate))
        .filter(|(distance, candidate)| *distance * 3 <= candidate.chars().count().max(word.chars().count()))
        .min_by_key(|(distance, candidate)| (*distance, strsim::damerau_levenshtein(word, candidate), *candidate))
        .map(|(_, candidate)| candidate)
}
