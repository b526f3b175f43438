//! The explanation of one case, as data: the verdict, the rules with their labels, the facts, what blocks it and what would change it.

use crate::model::program::Question;
use crate::text::Span;
use crate::time::{Day, Interval};
use crate::verdict::Verdict;

/// What a case comes to on some days: a verdict, or what is known of a number or level.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// Of a predicate or criterion.
    Verdict(Verdict),
    /// Of a measure or classification, in words.
    Value(String),
}

impl Answer {
    /// The answer in words.
    #[must_use]
    pub fn words(&self) -> &str {
        match self {
            Answer::Verdict(verdict) => verdict.name(),
            Answer::Value(value) => value,
        }
    }
}

/// Why a case stands as it does.
#[derive(Debug, Clone)]
pub struct Explanation {
    /// The case.
    pub question: Question,
    /// As one would write it: `true_alliance.ally(russia, kazakhstan)`.
    pub name: String,
    /// In the words of its gloss.
    pub sentence: String,
    /// What its author says of it.
    pub documentation: Vec<String>,
    /// What was asked about.
    pub period: Interval,
    /// How the answer changes over the period.
    pub stretches: Vec<(Interval, Answer)>,
    /// The stretch that is explained.
    pub interval: Interval,
    /// The day within it that is looked at: its last.
    pub day: Day,
    /// The answer there.
    pub answer: Answer,
    /// Why it does not arise, where it does not.
    pub inapplicable: Option<String>,
    /// The rules, with each condition labelled; that of the case itself first.
    pub rules: Vec<RuleExplanation>,
    /// How each counting form of the rule comes out.
    pub tallies: Vec<String>,
    /// The statements that decide, each once, the nearest first.
    pub facts: Vec<FactExplanation>,
    /// How many statements bear on it that are not shown.
    pub further_facts: usize,
    /// All conditions that stand in the way of its being met, the nearest to being met first.
    pub blockers: Vec<Blocker>,
    /// What is not settled and would matter, in words.
    pub open_questions: Vec<String>,
    /// The measures of which no value is recorded where one would matter, in words.
    pub missing_values: Vec<String>,
    /// What the rule permits and is recorded.
    pub permitted: Vec<String>,
    /// What the verdict would not survive the loss of, in sentences.
    pub dependence: Vec<String>,
    /// The smallest changes that give another verdict.
    pub repairs: Vec<RepairExplanation>,
    /// The verdicts towards which the search for changes stopped before its end, after [`super::MOST_STEPS`]: there, fewer
    /// changes than those that were found may do.
    pub search_stopped: Vec<Verdict>,
}

/// Findings that together give another verdict, none of which can be spared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RepairExplanation {
    /// What the verdict becomes.
    pub verdict: Verdict,
    /// What would have to be found, in words: what is recorded otherwise first, then what is open.
    pub findings: Vec<String>,
    /// How many of them, at the beginning, stand against what is recorded or settled by silence.
    pub reversals: usize,
    /// The same as the language writes it.
    pub facts: Vec<String>,
}

/// A rule with each of its conditions labelled.
#[derive(Debug, Clone)]
pub struct RuleExplanation {
    /// The whole rule, or its head where nothing else is shown.
    pub span: Span,
    /// The head.
    pub head: Span,
    /// What it is about, with the verdict, where it is not the case itself.
    pub title: Option<String>,
    /// From `##`.
    pub documentation: Vec<String>,
    /// In order of place.
    pub labels: Vec<PartLabel>,
}

/// A condition in its place, with its verdict and what is to be said of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartLabel {
    /// The condition.
    pub span: Span,
    /// How it stands.
    pub verdict: Verdict,
    /// Why.
    pub phrase: String,
}

/// A statement of evidence, or of completeness, and what it does here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FactExplanation {
    /// Its place.
    pub span: Span,
    /// What it does.
    pub role: String,
    /// Where it comes from.
    pub citation: String,
    /// Its note.
    pub note: Option<String>,
}

/// A condition that stands in the way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Blocker {
    /// The condition.
    pub span: Span,
    /// How it stands.
    pub verdict: Verdict,
    /// Why.
    pub phrase: String,
    /// How many changes of evidence it would take, where single facts would do.
    pub distance: Option<usize>,
}

/// What is to be explained.
#[derive(Debug, Clone, Copy)]
pub struct Request {
    /// What was asked about.
    pub period: Interval,
    /// How many criteria deep the rules are shown; 1 shows that of the case alone.
    pub depth: usize,
}
