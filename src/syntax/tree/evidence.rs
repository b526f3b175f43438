//! Evidence, and what is asserted of the answers.

use super::{Condition, Name, QualifiedName, Quoted, Term, TimeSpan};
use crate::text::Span;

/// On which side a statement stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Polarity {
    /// Evidence for.
    For,
    /// `not`: evidence against.
    Against,
    /// `unknown`: sought and not found.
    Unknown,
}

/// A statement of evidence.
#[derive(Debug, Clone, PartialEq)]
pub struct Fact {
    /// On which side.
    pub polarity: Polarity,
    /// `mutually` stood before the name: said in both directions.
    pub mutually: bool,
    /// `either way` stood before the name, which says nothing definite; refused by the model.
    pub either_way: bool,
    /// Of what. A fact is never of a framework's criterion, but the reader may have written one.
    pub name: QualifiedName,
    /// Of whom.
    pub arguments: Vec<FactArgument>,
    /// From the name to the closing parenthesis.
    pub atom_span: Span,
    /// `= value`, for a measure.
    pub value: Option<FactValue>,
    /// When; empty means throughout.
    pub spans: Vec<TimeSpan>,
    /// According to whom.
    pub citations: Vec<Citation>,
    /// A note.
    pub note: Option<Quoted>,
}

/// The value of a measure.
#[derive(Debug, Clone, PartialEq)]
pub struct FactValue {
    /// A number, or a level of an ordered kind.
    pub kind: FactValueKind,
    /// Its place.
    pub span: Span,
}

/// The forms of a measure's value.
#[derive(Debug, Clone, PartialEq)]
pub enum FactValueKind {
    /// `4.5 million`
    Number(f64),
    /// `high`
    Level(String),
}

/// An argument of a fact.
#[derive(Debug, Clone, PartialEq)]
pub struct FactArgument {
    /// Its form.
    pub kind: FactArgumentKind,
    /// Its place.
    pub span: Span,
}

/// The forms of a fact's arguments.
#[derive(Debug, Clone, PartialEq)]
pub enum FactArgumentKind {
    /// One individual, number, text or date. `_` and variables parse and are refused by the model
    /// (but `_` stands in `complete`).
    One(Term),
    /// `{a, b}`; a member may be a kind, which stands for its members.
    Set(Vec<Term>),
    /// `only {a, b}` or `only a`: these and no others.
    Only(Vec<Term>),
}

/// `[a, "p. 3"; b]` holds two of these.
#[derive(Debug, Clone, PartialEq)]
pub struct Citation {
    /// The source.
    pub source: Name,
    /// Where in it.
    pub locator: Option<Quoted>,
}

/// `complete p(_, a) from D until D [source]`
#[derive(Debug, Clone, PartialEq)]
pub struct Completeness {
    /// The predicate or measure.
    pub name: QualifiedName,
    /// Absent: all of it. Sets expand.
    pub arguments: Option<Vec<FactArgument>>,
    /// When; empty means throughout.
    pub spans: Vec<TimeSpan>,
    /// According to whom.
    pub citations: Vec<Citation>,
    /// A note.
    pub note: Option<Quoted>,
}

/// `prefer s over t for p(a, _) from D "note"`
#[derive(Debug, Clone, PartialEq)]
pub struct Preference {
    /// The source that is heard where the two say opposite things.
    pub preferred: Name,
    /// The one that is set aside there.
    pub over: Name,
    /// Of what; absent means of everything.
    pub about: Option<PreferenceScope>,
    /// When; empty means throughout.
    pub spans: Vec<TimeSpan>,
    /// A note.
    pub note: Option<Quoted>,
}

/// What a preference is about.
#[derive(Debug, Clone, PartialEq)]
pub struct PreferenceScope {
    /// The predicate or measure.
    pub name: QualifiedName,
    /// Absent: all of it. Sets expand.
    pub arguments: Option<Vec<FactArgument>>,
}

/// Whether an assertion tests the rules or repeats a source.
#[derive(Debug, Clone, PartialEq)]
pub enum AssertionKind {
    /// `expect`
    Expect,
    /// `claim`, with its citations
    Claim(Vec<Citation>),
}

/// `expect condition [time] [is verdict][, failing C][, by C]`
#[derive(Debug, Clone, PartialEq)]
pub struct Assertion {
    /// Expect or claim.
    pub kind: AssertionKind,
    /// Of what.
    pub condition: Condition,
    /// When; absent means every day on which the case applies. `sometime in` means at least one day.
    pub time: Option<TimeSpan>,
    /// What it should be; absent means met.
    pub verdict: Option<AssertedVerdict>,
    /// After `failing`: a name or an atom.
    pub failing: Vec<Condition>,
    /// After `by`: a name or an atom.
    pub by: Vec<Condition>,
    /// A note.
    pub note: Option<Quoted>,
}

/// A verdict after `is`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AssertedVerdict {
    /// Which.
    pub verdict: crate::verdict::Verdict,
    /// Its place.
    pub span: Span,
}

/// `cases ally over russia, stans in 1992..2014`
#[derive(Debug, Clone, PartialEq)]
pub struct Cases {
    /// The criterion, classification or measure.
    pub name: QualifiedName,
    /// One for each role: individuals, kinds or sets of them.
    pub over: Vec<FactArgument>,
    /// The period.
    pub time: Option<TimeSpan>,
}
