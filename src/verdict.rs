//! The answers that a case may have on a day.

/// What is to be said of a case on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// Evidence for it, settled.
    Met,
    /// Evidence against it, settled.
    #[serde(rename = "not met")]
    NotMet,
    /// Nothing settles it either way.
    Undetermined,
    /// Only contested evidence gives it a side.
    Contested,
    /// The case does not arise: an individual does not exist, or the head's `where` is not met.
    #[serde(rename = "not applicable")]
    NotApplicable,
}

impl Verdict {
    /// All of them, in the order in which they are listed to a reader.
    pub const ALL: [Verdict; 5] =
        [Verdict::Met, Verdict::NotMet, Verdict::Undetermined, Verdict::Contested, Verdict::NotApplicable];

    /// As the language writes it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Verdict::Met => "met",
            Verdict::NotMet => "not met",
            Verdict::Undetermined => "undetermined",
            Verdict::Contested => "contested",
            Verdict::NotApplicable => "not applicable",
        }
    }
}

impl std::fmt::Display for Verdict {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.pad(self.name())
    }
}
