//! The mistakes of this phase, as data.

mod wording;

use super::words::Reservation;
use crate::text::Span;

/// What a declaration or a statement may say only once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Clause {
    Label,
    Time,
    Citations,
    Note,
    Aliases,
    Horizon,
    Extends,
    Preferred,
    Gloss,
    Unit,
    Where,
    Permits,
    Verdict,
    Polarity,
    Symmetric,
    Reflexive,
    Spell,
    Each,
    Is,
    Mutually,
}

/// What a name is wanted of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wanted {
    /// What is called with arguments.
    Called,
    /// A scheme of codes.
    Scheme,
    /// What is declared under it, or a source: it cannot be quoted.
    Declared,
    /// Anything else, an individual perhaps.
    Other,
}

/// A mistake in the text of a program. Its own place is beside it in [`Placed`]; other places are in it.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Mistake {
    /// Something else had to stand here.
    Unexpected {
        found: Option<String>,
        expected: Vec<&'static str>,
        after: Option<String>,
        /// What to write, where that is known.
        advice: Option<Box<str>>,
    },
    UnknownItem {
        word: String,
        near: Option<String>,
    },
    ReservedWord {
        word: String,
        reservation: Reservation,
    },
    Unclosed {
        open: Span,
        mark: char,
    },
    UnclosedString {
        line: Span,
    },
    StrayClosing {
        mark: char,
    },
    TooDeep,
    WheneverNeedsParentheses {
        operands: Vec<Span>,
        signs: Vec<Span>,
        first: usize,
    },
    PairSignNeedsName {
        mutually: bool,
    },
    ChainedComparison {
        first: Span,
        middle: Span,
    },
    DuplicateClause {
        clause: Clause,
        first: Span,
    },
    /// `from from 1999`
    RepeatedWord {
        words: String,
        first: Span,
    },
    ForgottenAnd {
        word: String,
    },
    CapitalisedName {
        word: String,
        small: String,
        wanted: Wanted,
    },
    VariableExpected {
        word: String,
        capital: String,
    },
    ForeignSign {
        written: String,
        instead: &'static str,
    },
    CommaForAnd,
    QuotationMark {
        mark: String,
    },
    DateForm {
        written: String,
        suggestion: Option<String>,
    },
    PeriodForm {
        written: String,
        suggestion: String,
    },
    CapitalWord {
        written: String,
    },
    UnknownVerdict {
        found: Option<String>,
        near: Option<&'static str>,
    },
    NotACondition,
    /// A value of a row where a condition on it had to stand.
    CellNotACondition {
        /// What to write, where a word follows that was meant as a comparison.
        instead: Option<String>,
    },
    NotAValue {
        sign: Option<Span>,
    },
    HeadWithoutArguments {
        word: String,
    },
    NoArguments {
        word: String,
    },
    UnknownEscape {
        written: Option<char>,
    },
    MixedMembers {
        first: Span,
    },
    NumberForm {
        written: String,
        suggestion: Option<String>,
    },
    NumberTooLarge {
        written: String,
    },
    QualifiedDeclaration {
        framework: String,
        name: String,
    },
    SetInRule,
    /// A cell of another row than the import names.
    OtherRow {
        written: String,
        row: String,
        named: Span,
    },
    /// `date(…)` with none or too many parts.
    DateParts {
        number: usize,
    },
    /// `row.year - row.month - row.day`
    DateReckoned {
        parts: Vec<String>,
    },
    /// `for K in pledge`, `for K in (defense, offense)`
    EachForm {
        variable: String,
        names: Vec<String>,
    },
    /// `for K in treaty`, `forall K in treaty`: and as it is written here.
    QuantifierForm {
        written: String,
        forms: Vec<String>,
    },
    /// `for every T in treaty: …` where evidence stands.
    QuantifiedFact,
    /// `for K in 9..1`, or of too many.
    EachRange {
        most: usize,
    },
}

/// A mistake and its place.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Placed {
    pub mistake: Mistake,
    pub span: Span,
}

impl Mistake {
    pub(super) fn at(self, span: Span) -> Placed {
        Placed { mistake: self, span }
    }

    /// What the grammar cannot give and the tree cannot be made from.
    pub(super) fn unread(span: Span) -> Placed {
        Mistake::Unexpected { found: None, expected: Vec::new(), after: None, advice: None }.at(span)
    }

    /// Stable, and one for each mistake.
    fn code(&self) -> &'static str {
        match self {
            Mistake::Unexpected { .. } => "symmachia::syntax::unexpected",
            Mistake::EachForm { .. } => "symmachia::syntax::each_form",
            Mistake::QuantifierForm { .. } => "symmachia::syntax::quantifier_form",
            Mistake::QuantifiedFact => "symmachia::syntax::quantified_fact",
            Mistake::UnknownItem { .. } => "symmachia::syntax::unknown_item",
            Mistake::ReservedWord { .. } => "symmachia::syntax::reserved_word",
            Mistake::Unclosed { .. } => "symmachia::syntax::unclosed",
            Mistake::UnclosedString { .. } => "symmachia::syntax::unclosed_string",
            Mistake::StrayClosing { .. } => "symmachia::syntax::stray_closing",
            Mistake::TooDeep => "symmachia::syntax::too_deep",
            Mistake::WheneverNeedsParentheses { .. } => "symmachia::syntax::whenever_needs_parentheses",
            Mistake::PairSignNeedsName { .. } => "symmachia::syntax::pair_sign_needs_name",
            Mistake::ChainedComparison { .. } => "symmachia::syntax::chained_comparison",
            Mistake::DuplicateClause { .. } => "symmachia::syntax::duplicate_clause",
            Mistake::RepeatedWord { .. } => "symmachia::syntax::repeated_word",
            Mistake::ForgottenAnd { .. } => "symmachia::syntax::forgotten_and",
            Mistake::CapitalisedName { .. } => "symmachia::syntax::capitalised_name",
            Mistake::VariableExpected { .. } => "symmachia::syntax::variable_expected",
            Mistake::ForeignSign { .. } => "symmachia::syntax::foreign_sign",
            Mistake::CommaForAnd => "symmachia::syntax::comma_for_and",
            Mistake::QuotationMark { .. } => "symmachia::syntax::quotation_mark",
            Mistake::DateForm { .. } => "symmachia::syntax::date_form",
            Mistake::PeriodForm { .. } => "symmachia::syntax::period_form",
            Mistake::CapitalWord { .. } => "symmachia::syntax::capital_word",
            Mistake::UnknownVerdict { .. } => "symmachia::syntax::unknown_verdict",
            Mistake::NotACondition | Mistake::CellNotACondition { .. } => "symmachia::syntax::not_a_condition",
            Mistake::NotAValue { .. } => "symmachia::syntax::not_a_value",
            Mistake::HeadWithoutArguments { .. } => "symmachia::syntax::head_without_arguments",
            Mistake::NoArguments { .. } => "symmachia::syntax::no_arguments",
            Mistake::UnknownEscape { .. } => "symmachia::syntax::unknown_escape",
            Mistake::MixedMembers { .. } => "symmachia::syntax::mixed_members",
            Mistake::NumberForm { .. } => "symmachia::syntax::number_form",
            Mistake::NumberTooLarge { .. } => "symmachia::syntax::number_too_large",
            Mistake::QualifiedDeclaration { .. } => "symmachia::syntax::qualified_declaration",
            Mistake::SetInRule => "symmachia::syntax::set_in_rule",
            Mistake::OtherRow { .. } => "symmachia::syntax::other_row",
            Mistake::DateParts { .. } | Mistake::DateReckoned { .. } => "symmachia::syntax::date_parts",
            Mistake::EachRange { .. } => "symmachia::syntax::each_range",
        }
    }
}

/// All codes of this phase.
pub const CODES: &[&str] = &[
    "symmachia::syntax::unexpected",
    "symmachia::syntax::unknown_item",
    "symmachia::syntax::reserved_word",
    "symmachia::syntax::unclosed",
    "symmachia::syntax::unclosed_string",
    "symmachia::syntax::stray_closing",
    "symmachia::syntax::too_deep",
    "symmachia::syntax::whenever_needs_parentheses",
    "symmachia::syntax::pair_sign_needs_name",
    "symmachia::syntax::chained_comparison",
    "symmachia::syntax::duplicate_clause",
    "symmachia::syntax::repeated_word",
    "symmachia::syntax::forgotten_and",
    "symmachia::syntax::capitalised_name",
    "symmachia::syntax::variable_expected",
    "symmachia::syntax::foreign_sign",
    "symmachia::syntax::comma_for_and",
    "symmachia::syntax::quotation_mark",
    "symmachia::syntax::date_form",
    "symmachia::syntax::period_form",
    "symmachia::syntax::capital_word",
    "symmachia::syntax::unknown_verdict",
    "symmachia::syntax::not_a_condition",
    "symmachia::syntax::not_a_value",
    "symmachia::syntax::head_without_arguments",
    "symmachia::syntax::no_arguments",
    "symmachia::syntax::unknown_escape",
    "symmachia::syntax::mixed_members",
    "symmachia::syntax::number_form",
    "symmachia::syntax::number_too_large",
    "symmachia::syntax::qualified_declaration",
    "symmachia::syntax::set_in_rule",
    "symmachia::syntax::other_row",
    "symmachia::syntax::date_parts",
    "symmachia::syntax::each_form",
    "symmachia::syntax::each_range",
    "symmachia::syntax::quantified_fact",
    "symmachia::syntax::quantifier_form",
];
