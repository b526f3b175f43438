//! Items: declarations and rules.

use super::{Assertion, Cases, Completeness, Condition, Expression, Fact, Import, Preference, Term, TimeEnd, TimeSpan};
use crate::text::{FileId, Span};

/// A file of the language.
#[derive(Debug, Clone, PartialEq)]
pub struct File {
    /// The text it was read from.
    pub file: FileId,
    /// In the order of the text.
    pub items: Vec<Item>,
}

/// One item: a declaration, a rule, a statement of evidence, a test.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    /// The text of the `##` comments before it, one line a string, without the marks.
    pub documentation: Vec<String>,
    /// What it is.
    pub kind: ItemKind,
    /// From the first word to the last, without the documentation.
    pub span: Span,
    /// Whether the line it begins on is indented.
    pub indented: bool,
}

/// The sorts of items. The large ones are boxed: files of facts have a million small ones.
#[derive(Debug, Clone, PartialEq)]
pub enum ItemKind {
    /// `framework name "Label" extends other`
    Framework(Framework),
    /// `use "path"`
    Use(Use),
    /// `kind level = none < moderate < high`
    Kind(KindDeclaration),
    /// `state russia "Russia" from 1991-12-25 alias cow:365`
    Individual(Box<IndividualDeclaration>),
    /// `source name "Citation" until 2014`
    Source(SourceDeclaration),
    /// `predicate pressure(by: state, on: state) "…" / "…"`
    Predicate(Box<PredicateDeclaration>),
    /// `measure trade(from: state, to: state) "…" in "million USD"`
    Measure(Box<MeasureDeclaration>),
    /// `measure depth(A, B) = 2 * integrated_command + bases`
    DefinedMeasure(Box<DefinedMeasure>),
    /// `parameter keen_trade = 2%`
    Parameter(Parameter),
    /// `classify alliance_type(A, B) as defense_pact when …, otherwise none`
    Classification(Box<Classification>),
    /// `ally(A, B) requires …`
    Rule(Box<Rule>),
    /// `party(russia, cst) from 1992 [cst]`, `not …`, `unknown …`, `trade(a, b) = 4 in 2013`
    Fact(Fact),
    /// `complete party(_, cst) from 1992 [source]`
    Completeness(Completeness),
    /// `expect … is met` or `claim … is met [source]`
    Assertion(Box<Assertion>),
    /// `prefer cst over rcaa for party(turkmenistan, _) from 1992`
    Preference(Box<Preference>),
    /// `cases ally over russia, stans in 1992..2014`
    Cases(Box<Cases>),
    /// `import "table.csv" as row [source] { … }`
    Import(Box<Import>),
}

/// A name with its place. Names of individuals may have been quoted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    /// The name, without quotation marks.
    pub text: String,
    /// Whether it stood in quotation marks.
    pub quoted: bool,
    /// Its place, with the marks.
    pub span: Span,
}

/// A string with its place; `text` is without the marks, with escapes resolved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quoted {
    /// What it says.
    pub text: String,
    /// Its place, with the marks.
    pub span: Span,
}

/// A name that may be qualified by a framework: `true_alliance.ally`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QualifiedName {
    /// The framework, where one is named.
    pub framework: Option<Name>,
    /// The name itself.
    pub name: Name,
    /// Both.
    pub span: Span,
}

/// `framework name "Label" extends other`
#[derive(Debug, Clone, PartialEq)]
pub struct Framework {
    /// Its name.
    pub name: Name,
    /// The framework of which it has all that it does not redefine.
    pub extends: Option<Name>,
    /// How explanations call it.
    pub label: Option<Quoted>,
}

/// `use "path"`
#[derive(Debug, Clone, PartialEq)]
pub struct Use {
    /// Relative to the file that says it; or a name of the library.
    pub path: Quoted,
    /// The word `library`: what follows is a name and not a path.
    pub word_of_library: Option<Span>,
}

impl Use {
    /// Whether it names a file of the library.
    #[must_use]
    pub fn is_of_library(&self) -> bool {
        self.word_of_library.is_some()
    }
}

/// `[open] kind name [in parent] [= a, b, c | = a < b < c]`
#[derive(Debug, Clone, PartialEq)]
pub struct KindDeclaration {
    /// Whether it has an unnamed member besides.
    pub open: bool,
    /// Its name.
    pub name: Name,
    /// The kind it is a part of.
    pub parent: Option<Name>,
    /// Its members where they are enumerated; an item that names a kind stands for that kind's members.
    pub members: Option<Members>,
}

/// The members of an enumerated kind.
#[derive(Debug, Clone, PartialEq)]
pub struct Members {
    /// Whether they were joined by `<`, the lowest first.
    pub ordered: bool,
    /// As written; an ordered kind has at least two.
    pub names: Vec<Name>,
}

/// `kind name "Label" from D until D, from D until D alias scheme:code, …`
#[derive(Debug, Clone, PartialEq)]
pub struct IndividualDeclaration {
    /// `state`, or the name of a declared kind.
    pub kind: Name,
    /// Its name.
    pub name: Name,
    /// How explanations call it.
    pub label: Option<Quoted>,
    /// Its life; empty means always.
    pub life: Vec<TimeSpan>,
    /// `cow:365`
    pub aliases: Vec<Alias>,
}

/// `cow:365`: another name for an individual in a system of codes.
#[derive(Debug, Clone, PartialEq)]
pub struct Alias {
    /// `cow`
    pub scheme: Name,
    /// `365`, as text
    pub code: Name,
}

/// `source name "Citation" [until D]`
#[derive(Debug, Clone, PartialEq)]
pub struct SourceDeclaration {
    /// Its name.
    pub name: Name,
    /// How explanations cite it.
    pub citation: Option<Quoted>,
    /// `until D` or `up to D`: the last day on which it can speak.
    pub horizon: Option<TimeEnd>,
}

/// Sentences that speak of an atom: the positive one and the negative one.
#[derive(Debug, Clone, PartialEq)]
pub struct Gloss {
    /// `{role}` stands for the individual in that role (a head's variable, for a criterion).
    pub positive: Quoted,
    /// After `/`.
    pub negative: Option<Quoted>,
}

/// `role: kind`
#[derive(Debug, Clone, PartialEq)]
pub struct Role {
    /// The role's name.
    pub name: Name,
    /// `state`, `number`, `text`, `date`, or a declared kind.
    pub kind: Name,
}

/// `[symmetric] [reflexive] predicate name(roles) "gloss" / "gloss"`
#[derive(Debug, Clone, PartialEq)]
pub struct PredicateDeclaration {
    /// Holds both ways.
    pub symmetric: bool,
    /// An individual may be paired with itself.
    pub reflexive: bool,
    /// Its name.
    pub name: Name,
    /// In order.
    pub roles: Vec<Role>,
    /// How explanations speak of it.
    pub gloss: Option<Gloss>,
}

/// `[symmetric] [reflexive] measure name(roles) "gloss" in "unit"` or `… in ordered_kind`
#[derive(Debug, Clone, PartialEq)]
pub struct MeasureDeclaration {
    /// Has the same value both ways.
    pub symmetric: bool,
    /// An individual may be paired with itself.
    pub reflexive: bool,
    /// Its name.
    pub name: Name,
    /// In order.
    pub roles: Vec<Role>,
    /// How explanations speak of it.
    pub gloss: Option<Gloss>,
    /// What its values are.
    pub values: Option<MeasureValues>,
}

/// What stands after `in` in a measure's declaration.
#[derive(Debug, Clone, PartialEq)]
pub enum MeasureValues {
    /// Numbers in a unit.
    Unit(Quoted),
    /// Members of an ordered kind.
    Kind(Name),
}

/// `measure depth(A, B) "gloss" = expression`
#[derive(Debug, Clone, PartialEq)]
pub struct DefinedMeasure {
    /// Its head.
    pub head: Head,
    /// Its value.
    pub value: Expression,
}

/// `parameter name = number`, `parameter name in kind = level`
#[derive(Debug, Clone, PartialEq)]
pub struct Parameter {
    /// Its name.
    pub name: Name,
    /// The ordered kind of its levels.
    pub kind: Option<Name>,
    /// Its value, unless it is set otherwise.
    pub value: ParameterValue,
    /// Where the value stands.
    pub value_span: Span,
}

/// What a parameter is.
#[derive(Debug, Clone, PartialEq)]
pub enum ParameterValue {
    /// A number.
    Number(f64),
    /// A level of an ordered kind.
    Level(Name),
}

/// The head of a rule, a defined measure or a classification.
#[derive(Debug, Clone, PartialEq)]
pub struct Head {
    /// Its name.
    pub name: Name,
    /// Variables (with a kind, perhaps); in a rule with `if` also constants.
    pub arguments: Vec<HeadArgument>,
    /// How explanations speak of it.
    pub gloss: Option<Gloss>,
    /// Elsewhere the case is not applicable.
    pub applies_where: Option<Condition>,
    /// The word `redefine`: what goes by this name in the framework that is extended is replaced.
    pub redefines: Option<Span>,
    /// From the name to the closing parenthesis.
    pub span: Span,
}

/// `A`, `T: treaty` or, in a rule with `if`, a constant.
#[derive(Debug, Clone, PartialEq)]
pub struct HeadArgument {
    /// A variable or a constant.
    pub term: Term,
    /// The kind after a colon.
    pub kind: Option<Name>,
}

/// `classify name(A, B) as level when condition, …, otherwise level`
#[derive(Debug, Clone, PartialEq)]
pub struct Classification {
    /// Its head.
    pub head: Head,
    /// The highest first.
    pub cases: Vec<ClassificationCase>,
    /// The lowest.
    pub otherwise: Name,
}

/// `level when condition`
#[derive(Debug, Clone, PartialEq)]
pub struct ClassificationCase {
    /// The level.
    pub level: Name,
    /// When it is reached.
    pub condition: Condition,
}

/// How a rule's body bears on its head.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RuleForm {
    /// Necessary and sufficient.
    Requires,
    /// Sufficient.
    If,
    /// Necessary.
    OnlyIf,
}

/// `[symmetric] [reflexive] head requires|if|only if body [permits …]`
#[derive(Debug, Clone, PartialEq)]
pub struct Rule {
    /// Checked on the answers, which are shown once a pair.
    pub symmetric: bool,
    /// An individual may be paired with itself.
    pub reflexive: bool,
    /// What it defines.
    pub head: Head,
    /// How.
    pub form: RuleForm,
    /// The word or words that say so.
    pub form_span: Span,
    /// By what.
    pub body: Condition,
    /// Never counted, reported where recorded.
    pub permits: Vec<Condition>,
}
