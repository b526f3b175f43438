//! The tree of a file: what was written, with its places, before anything is resolved.
//!
//! Nothing here knows what a name means. Every node carries the [`Span`] of the
//! words it was made from, so that any later phase can point at them.

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
    /// `framework name "Label"`
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
    /// `cases ally over russia, stans in 1992..2014`
    Cases(Box<Cases>),
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

/// `framework name "Label"`
#[derive(Debug, Clone, PartialEq)]
pub struct Framework {
    /// Its name.
    pub name: Name,
    /// How explanations call it.
    pub label: Option<Quoted>,
}

/// `use "path"`
#[derive(Debug, Clone, PartialEq)]
pub struct Use {
    /// Relative to the file that says it.
    pub path: Quoted,
    /// The word `library`: a name and not a path. The form is kept for later.
    pub library: Option<Span>,
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

/// `parameter name = number`
#[derive(Debug, Clone, PartialEq)]
pub struct Parameter {
    /// Its name.
    pub name: Name,
    /// Its value, unless it is set otherwise.
    pub value: f64,
    /// Where the value stands.
    pub value_span: Span,
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

/// A condition.
#[derive(Debug, Clone, PartialEq)]
pub struct Condition {
    /// Its form.
    pub kind: ConditionKind,
    /// Its place, with the parentheses around it where there are any.
    pub span: Span,
}

/// The forms of conditions.
#[derive(Debug, Clone, PartialEq)]
pub enum ConditionKind {
    /// A name alone, which takes the head's arguments.
    Bare(QualifiedName),
    /// A name with arguments.
    Atom(Atom),
    /// `mutually p`, `mutually p(A, B)`; the inner condition is `Bare` or `Atom`
    Mutually(Box<Condition>),
    /// `either way p`
    EitherWay(Box<Condition>),
    /// `not c`
    Not(Box<Condition>),
    /// At least two, flattened.
    And(Vec<Condition>),
    /// At least two, flattened.
    Or(Vec<Condition>),
    /// `then whenever given`
    Whenever {
        /// The left.
        then: Box<Condition>,
        /// The right.
        given: Box<Condition>,
    },
    /// `shown c`
    Shown(Box<Condition>),
    /// `ever c`
    Ever(Box<Condition>),
    /// `always c`
    Always(Box<Condition>),
    /// `c within the last 10 years`
    Window {
        /// What.
        condition: Box<Condition>,
        /// On one of the days or on all of them.
        extent: WindowExtent,
        /// Back or ahead.
        direction: WindowDirection,
        /// How far.
        length: WindowLength,
    },
    /// `at least 3 of (…)`
    Counted {
        /// How to compare.
        comparison: CountComparison,
        /// With what; absent for `none of`.
        number: Option<CountNumber>,
        /// What is counted.
        conditions: Vec<Condition>,
    },
    /// `for every X in kind where c: body`
    Quantified {
        /// Every or some.
        quantifier: Quantifier,
        /// Over what.
        bindings: Vec<Binding>,
        /// Among which.
        among: Option<Box<Condition>>,
        /// What holds of them.
        body: Box<Condition>,
    },
    /// `trade(A, B) >= 5%`
    Comparison {
        /// The left.
        left: Expression,
        /// The sign.
        operator: ComparisonOperator,
        /// The right.
        right: Expression,
    },
    /// `since 1991`
    Moment {
        /// Since, before or after.
        relation: MomentRelation,
        /// A date, or a variable that stands for one.
        date: Term,
    },
}

/// `within` or `throughout`
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WindowExtent {
    /// On at least one day.
    Within,
    /// On every day.
    Throughout,
}

/// `the last` or `the next`
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WindowDirection {
    /// Ends on the day.
    Last,
    /// Begins on the day.
    Next,
}

/// Length of a window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WindowLength {
    /// How many.
    pub number: u32,
    /// Of what.
    pub unit: WindowUnit,
}

/// Units of a window's length.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WindowUnit {
    /// Calendar years.
    Years,
    /// Calendar months.
    Months,
    /// Days.
    Days,
}

/// `at least`, `at most`, `exactly`, `none`
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CountComparison {
    /// At least N.
    AtLeast,
    /// At most N.
    AtMost,
    /// Exactly N.
    Exactly,
    /// None: at most 0.
    None,
}

/// N in a counting form.
#[derive(Debug, Clone, PartialEq)]
pub enum CountNumber {
    /// Written out.
    Number(f64, Span),
    /// The name of a parameter.
    Parameter(Name),
}

/// `every` or `some`
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Quantifier {
    /// All of them.
    Every,
    /// At least one.
    Some,
}

/// `X in kind`
#[derive(Debug, Clone, PartialEq)]
pub struct Binding {
    /// The variable.
    pub variable: Name,
    /// Its kind.
    pub kind: Name,
}

/// Signs of comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ComparisonOperator {
    /// `=`
    Equal,
    /// `!=`
    NotEqual,
    /// `<`
    Less,
    /// `<=`
    LessOrEqual,
    /// `>`
    Greater,
    /// `>=`
    GreaterOrEqual,
}

/// `since` (that day and later), `before` (earlier), `after` (later)
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MomentRelation {
    /// From its first day on.
    Since,
    /// Before its first day.
    Before,
    /// After its last day.
    After,
}

/// A name with arguments.
#[derive(Debug, Clone, PartialEq)]
pub struct Atom {
    /// The name.
    pub name: QualifiedName,
    /// The arguments.
    pub arguments: Vec<Term>,
    /// From the name to the closing parenthesis.
    pub span: Span,
}

/// An argument.
#[derive(Debug, Clone, PartialEq)]
pub struct Term {
    /// Its form.
    pub kind: TermKind,
    /// Its place.
    pub span: Span,
}

/// The forms of arguments.
#[derive(Debug, Clone, PartialEq)]
pub enum TermKind {
    /// Begins with a capital.
    Variable(String),
    /// `_`
    Wildcard,
    /// An individual, by its name.
    Name(String),
    /// A quoted individual, or a text where the role's kind is `text`.
    Quoted(String),
    /// A number.
    Number(f64),
    /// A date with a month or a day or an era. A bare year reads as a number; the role's kind decides.
    Date(DateLiteral),
}

/// An arithmetic expression or another operand of a comparison.
#[derive(Debug, Clone, PartialEq)]
pub struct Expression {
    /// Its form.
    pub kind: ExpressionKind,
    /// Its place.
    pub span: Span,
}

/// The forms of expressions.
#[derive(Debug, Clone, PartialEq)]
pub enum ExpressionKind {
    /// `10%`, `2.5 million`, and a bare year
    Number(f64),
    /// A string: a quoted individual or a text.
    Quoted(String),
    /// A date with a month or a day or an era.
    Date(DateLiteral),
    /// Begins with a capital.
    Variable(String),
    /// A parameter, an individual, or a measure or criterion applied to the head's arguments.
    Bare(QualifiedName),
    /// A measure, a classification or a criterion with arguments.
    Atom(Atom),
    /// `-x`
    Negation(Box<Expression>),
    /// `x + y`
    Arithmetic {
        /// The left.
        left: Box<Expression>,
        /// The sign.
        operator: ArithmeticOperator,
        /// The right.
        right: Box<Expression>,
    },
    /// `count of (X in kind where c)`
    Count {
        /// Over what.
        bindings: Vec<Binding>,
        /// Among which.
        among: Option<Box<Condition>>,
    },
    /// `sum of (m(X) over X in kind where c)`
    Aggregate {
        /// Which.
        function: AggregateFunction,
        /// Of what.
        value: Box<Expression>,
        /// Over what.
        bindings: Vec<Binding>,
        /// Among which.
        among: Option<Box<Condition>>,
    },
}

/// Signs of arithmetic.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ArithmeticOperator {
    /// `+`
    Add,
    /// `-`
    Subtract,
    /// `*`
    Multiply,
    /// `/`
    Divide,
}

/// `sum`, `mean`, `min`, `max`
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AggregateFunction {
    /// Sum; 0 of nothing.
    Sum,
    /// Arithmetic mean; no value of nothing.
    Mean,
    /// Smallest; no value of nothing.
    Minimum,
    /// Largest; no value of nothing.
    Maximum,
}

/// On which side a statement stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
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

/// One stretch of time, as written.
#[derive(Debug, Clone, PartialEq)]
pub struct TimeSpan {
    /// Its form.
    pub kind: TimeSpanKind,
    /// Its place.
    pub span: Span,
}

/// The forms of a stretch of time.
#[derive(Debug, Clone, PartialEq)]
pub enum TimeSpanKind {
    /// `from D until D`, either absent but not both
    Between {
        /// After `from`.
        from: Option<TimeBound>,
        /// After `until`, `ended` or `up to`.
        end: Option<TimeEnd>,
    },
    /// `in 1999` (both the same), `in 1991..2014`, `on 1999-04-02` (both the same)
    During(DateLiteral, DateLiteral),
    /// `sometime in 1991..2014` (both the same where one date stands)
    Sometime(DateLiteral, DateLiteral),
}

/// A bound and what it says of the time after.
#[derive(Debug, Clone, PartialEq)]
pub struct TimeEnd {
    /// Until, ended or up to.
    pub form: EndForm,
    /// When.
    pub bound: TimeBound,
}

/// Forms of an end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EndForm {
    /// Known to hold so far; that day included.
    Until,
    /// So far and no further; that day included.
    Ended,
    /// That day excluded; nothing said after.
    UpTo,
}

/// A date that may be imprecise.
#[derive(Debug, Clone, PartialEq)]
pub struct TimeBound {
    /// How it is meant.
    pub form: BoundForm,
    /// The date, or the first of a range.
    pub first: DateLiteral,
    /// The same date, or the last of a range.
    pub last: DateLiteral,
    /// Its place.
    pub span: Span,
}

/// How an imprecise date is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BoundForm {
    /// As it stands: for `from` its first day, for an end its last.
    Plain,
    /// `sometime in D` or `sometime in D..D`: nothing is settled between its first and last day.
    Sometime,
    /// `earliest D`: its first day is adopted.
    Earliest,
    /// `latest D`: its last day is adopted.
    Latest,
}

/// A date as written: a year, a month or a day. Numbers are as written and not yet checked against the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DateLiteral {
    /// As written, without the era.
    pub year: u16,
    /// Whether `BC` stood behind it.
    pub before_christ: bool,
    /// 1 to 12, unless mistaken.
    pub month: Option<u8>,
    /// 1 to 31, unless mistaken.
    pub day: Option<u8>,
    /// Its place.
    pub span: Span,
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
