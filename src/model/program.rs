//! The resolved program: every name has become an id, and nothing in it is wrong.
//!
//! A [`Program`] is immutable. Ids of individuals follow the order of (kind, name), so that
//! nothing downstream depends on the order of files or items.

use super::Setting;
use super::condition::{Condition, CountNumber, Expression, WindowOf};
use crate::evidence::{Citation, Completeness, Statement, StatementId, TableStatements};
use crate::syntax::tree::{Name, ParameterValue};
use crate::text::{FileId, Span};
use crate::time::{Interval, IntervalSet, Length, Period, Window};
use crate::verdict::Verdict;
use std::borrow::Cow;

macro_rules! id {
    ($(#[$documentation:meta])* $name:ident) => {
        $(#[$documentation])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub u32);

        impl $name {
            /// Its place in the program's list.
            #[must_use]
            pub fn index(self) -> usize {
                self.0 as usize
            }
        }
    };
}
pub(crate) use id;

id!(/// A kind of the program.
    KindId);
id!(/// An individual of the program: a state, a treaty, a level, and also a number, text or date that stands in a role.
    IndividualId);
id!(/// A source of the program.
    SourceId);
id!(/// A parameter of the program.
    ParameterId);
id!(/// A framework of the program.
    FrameworkId);
id!(/// A predicate or criterion of the program.
    RelationId);
id!(/// A measure or classification of the program.
    MeasureId);
id!(/// A rule of the program.
    RuleId);

/// A resolved program.
#[derive(Debug, Clone, Default)]
pub struct Program {
    /// `state` is the first; `number`, `text` and `date` follow.
    pub kinds: Vec<Kind>,
    /// In the order of (root kind, name).
    pub individuals: Vec<Individual>,
    /// In the order of names.
    pub sources: Vec<Source>,
    /// In the order of names.
    pub parameters: Vec<Parameter>,
    /// In the order of names.
    pub frameworks: Vec<Framework>,
    /// Predicates and criteria, in the order of (framework, name); without a framework first.
    pub relations: Vec<Relation>,
    /// Measures and classifications, in the order of (framework, name).
    pub measures: Vec<Measure>,
    /// In the order of (file name, place).
    pub rules: Vec<Rule>,
    /// In the order of (file name, place).
    pub statements: Vec<Statement>,
    /// What the rows of tables say; their statements' ids follow those of `statements`.
    pub table_statements: Vec<TableStatements>,
    /// In the order of (file name, place).
    pub completeness: Vec<Completeness>,
    /// Which of two sources is heard where they say opposite things. In the order of (file name, place).
    pub preferences: Vec<crate::evidence::Preference>,
    /// In the order of (file name, place).
    pub assertions: Vec<Assertion>,
    /// In the order of (file name, place).
    pub cases: Vec<Cases>,
    /// Groups of relations that depend on one another in a circle (one relation, where it depends on itself).
    pub recursive_components: Vec<Vec<RelationId>>,
}

/// A finite set of individuals.
#[derive(Debug, Clone)]
pub struct Kind {
    /// Its name.
    pub name: String,
    /// Where it is declared; none for the kinds that are built in.
    pub span: Option<Span>,
    /// From `##`.
    pub documentation: Vec<String>,
    /// The kind of which it is a part.
    pub parent: Option<KindId>,
    /// The outermost kind of which it is a part, or itself.
    pub root: KindId,
    /// Its named members, sorted by id.
    pub members: Vec<IndividualId>,
    /// Whether only the members that are listed where it is declared are members; its parts have no others then either.
    pub lists_members: bool,
    /// Its members from the lowest to the highest, where it is ordered (each [`Individual::rank`] is the place here).
    pub order: Option<Vec<IndividualId>>,
    /// Its unnamed member, where it is open: of which only completeness statements speak. `number`, `text` and `date` are open.
    pub unnamed: Option<IndividualId>,
}

/// An individual.
#[derive(Debug, Clone)]
pub struct Individual {
    /// Its name; for a number, text or date, as written.
    pub name: String,
    /// How explanations call it, where it has a label.
    pub label: Option<String>,
    /// Its outermost kind.
    pub kind: KindId,
    /// The days on which it exists.
    pub life: IntervalSet,
    /// Scheme and code.
    pub aliases: Vec<(String, String)>,
    /// Where it is declared, or first named.
    pub span: Option<Span>,
    /// Its place in its ordered kind, 0 the lowest.
    pub rank: Option<u32>,
    /// What it stands for, where its kind is `number`, `text` or `date`.
    pub value: Option<Value>,
    /// Whether it is the unnamed member of an open kind.
    pub is_unnamed: bool,
}

impl Individual {
    /// How a reader is told of it: its label, or its name.
    #[must_use]
    pub fn display(&self) -> &str {
        self.label.as_deref().unwrap_or(&self.name)
    }
}

/// What an individual of the kinds `number`, `text` and `date` stands for.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// A number.
    Number(f64),
    /// A text.
    Text(String),
    /// A date, perhaps imprecise.
    Date(Period),
}

/// A source of evidence.
#[derive(Debug, Clone)]
pub struct Source {
    /// Its name.
    pub name: String,
    /// How it is cited.
    pub citation: Option<String>,
    /// Last day of which it can speak.
    pub horizon: Option<crate::time::Day>,
    /// From `##`.
    pub documentation: Vec<String>,
    /// Where it is declared; where it is first used, in a sketch.
    pub span: Span,
}

/// A named number, or level of an ordered kind, that a reader may vary.
#[derive(Debug, Clone)]
pub struct Parameter {
    /// Its name.
    pub name: String,
    /// Its value in this run; of a level its rank.
    pub value: f64,
    /// The ordered kind of its levels, where it is no number.
    pub levels: Option<KindId>,
    /// Whether it is the length of a window.
    pub is_length: bool,
    /// From `##`.
    pub documentation: Vec<String>,
    /// Where it is declared.
    pub span: Span,
}

/// The criteria of one file.
#[derive(Debug, Clone)]
pub struct Framework {
    /// Its name.
    pub name: String,
    /// How a reader is told of it.
    pub label: Option<String>,
    /// From `##`.
    pub documentation: Vec<String>,
    /// Where it is declared.
    pub span: Span,
    /// The framework of which it has all that it does not redefine.
    pub extends: Option<FrameworkId>,
}

/// Sentences that speak of an atom.
#[derive(Debug, Clone, PartialEq)]
pub struct Gloss {
    /// Where it is so.
    pub positive: Vec<GlossPart>,
    /// Where it is not so, where the author has said how.
    pub negative: Option<Vec<GlossPart>>,
}

/// A part of a gloss.
#[derive(Debug, Clone, PartialEq)]
pub enum GlossPart {
    /// Words.
    Words(String),
    /// The individual in this role.
    Role(usize),
}

/// A role of a relation or measure.
#[derive(Debug, Clone)]
pub struct Role {
    /// Its name; in a criterion the head's variable.
    pub name: String,
    /// Its kind; perhaps a part of another.
    pub kind: KindId,
}

/// What a predicate and a criterion have in common: roles, and atoms that are met or not.
#[derive(Debug, Clone)]
pub struct Relation {
    /// Its name.
    pub name: String,
    /// The framework it belongs to; predicates and shared criteria have none.
    pub framework: Option<FrameworkId>,
    /// A predicate takes facts; a criterion is defined by its rules alone.
    pub is_criterion: bool,
    /// Where it is declared, or first used.
    pub span: Span,
    /// From `##`; for a criterion, that of its first rule that has any.
    pub documentation: Vec<String>,
    /// In order.
    pub roles: Vec<Role>,
    /// For a predicate, that it holds both ways in the first two roles of one kind, which are these.
    /// For a criterion, that its answers are checked to be so.
    pub symmetric: Option<(usize, usize)>,
    /// A state may be paired with itself.
    pub reflexive: bool,
    /// How explanations speak of it.
    pub gloss: Option<Gloss>,
    /// Its rules: for a predicate bridges (all `if`), for a criterion its definition. By place.
    pub rules: Vec<RuleId>,
    /// Place in [`Program::recursive_components`], where it depends on itself.
    pub component: Option<usize>,
}

/// A number, or a member of an ordered kind, over time.
#[derive(Debug, Clone)]
pub struct Measure {
    /// Its name.
    pub name: String,
    /// The framework it belongs to; recorded measures have none.
    pub framework: Option<FrameworkId>,
    /// Where it is declared.
    pub span: Span,
    /// From `##`.
    pub documentation: Vec<String>,
    /// In order.
    pub roles: Vec<Role>,
    /// Has the same value both ways in these two roles.
    pub symmetric: Option<(usize, usize)>,
    /// A state may be paired with itself.
    pub reflexive: bool,
    /// How explanations speak of it.
    pub gloss: Option<Gloss>,
    /// `"million USD"`
    pub unit: Option<String>,
    /// The ordered kind of its values, where they are no numbers. A classification has one of its own.
    pub levels: Option<KindId>,
    /// Where its values come from.
    pub definition: MeasureDefinition,
}

/// Where a measure's values come from.
#[derive(Debug, Clone)]
pub enum MeasureDefinition {
    /// From facts.
    Recorded,
    /// From an expression.
    Defined {
        /// The head's variables come first, one for each role.
        variables: Vec<Variable>,
        /// Elsewhere it has no value.
        applies_where: Option<Condition>,
        /// The value.
        value: Expression,
    },
    /// From the first case that is met.
    Classification {
        /// The head's variables come first, one for each role.
        variables: Vec<Variable>,
        /// Elsewhere it has no value.
        applies_where: Option<Condition>,
        /// The highest level first.
        cases: Vec<(IndividualId, Condition)>,
        /// The lowest level.
        otherwise: IndividualId,
    },
}

/// A variable of a rule, in a slot of its own.
#[derive(Debug, Clone)]
pub struct Variable {
    /// As written; `_` for a wildcard.
    pub name: String,
    /// What it ranges over.
    pub kind: KindId,
    /// Where it first stands.
    pub span: Span,
}

/// How a rule bears on its head.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RuleForm {
    /// Necessary and sufficient.
    Requires,
    /// Sufficient.
    If,
    /// Necessary.
    OnlyIf,
}

/// What the head of a rule with `if` demands of its arguments besides their kinds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Guard {
    /// A constant stands in this place.
    Is(usize, IndividualId),
    /// The same variable stands in both places.
    Same(usize, usize),
}

/// A rule.
#[derive(Debug, Clone)]
pub struct Rule {
    /// What it defines, or bears on.
    pub relation: RelationId,
    /// How.
    pub form: RuleForm,
    /// The head's arguments come first, one slot for each role; body variables follow.
    pub variables: Vec<Variable>,
    /// Where one of these fails, the rule says nothing of the case.
    pub guards: Vec<Guard>,
    /// Elsewhere the case is not applicable (by this rule).
    pub applies_where: Option<Condition>,
    /// The condition.
    pub body: Condition,
    /// Never counted, reported where recorded.
    pub permits: Vec<Condition>,
    /// From `##`.
    pub documentation: Vec<String>,
    /// The whole rule.
    pub span: Span,
    /// The head.
    pub head_span: Span,
    /// `requires`, `if` or `only if`
    pub form_span: Span,
}

/// What an assertion wants of its time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AssertionTime {
    /// Every day on which the case applies.
    Always,
    /// Every day of these on which the case applies.
    Every(Interval),
    /// At least one of these.
    Sometime(Interval),
}

/// A reason that an assertion expects among those that `explain` lists.
#[derive(Debug, Clone)]
pub struct Reason {
    /// The condition's relation.
    pub relation: RelationId,
    /// Its individuals, where they were given.
    pub arguments: Option<Vec<IndividualId>>,
    /// Its place.
    pub span: Span,
}

/// An `expect` or a `claim`.
#[derive(Debug, Clone)]
pub struct Assertion {
    /// The citations of a claim; none for an `expect`.
    pub claim: Option<Vec<crate::evidence::Citation>>,
    /// Of what; without free variables.
    pub condition: Condition,
    /// Slots of the condition's own variables.
    pub variables: Vec<Variable>,
    /// When.
    pub time: AssertionTime,
    /// What it should be.
    pub verdict: Verdict,
    /// Conditions expected among the blockers.
    pub failing: Vec<Reason>,
    /// Conditions expected among those that carry the verdict.
    pub by: Vec<Reason>,
    /// A note.
    pub note: Option<String>,
    /// From `##`.
    pub documentation: Vec<String>,
    /// The whole.
    pub span: Span,
}

/// What a list of cases, or a question, is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Target {
    /// A predicate or criterion.
    Relation(RelationId),
    /// A measure or classification.
    Measure(MeasureId),
}

/// What `eval` ranges over unless told.
#[derive(Debug, Clone)]
pub struct Cases {
    /// Of what.
    pub target: Target,
    /// For each role, in id order, without repetition.
    pub over: Vec<Vec<IndividualId>>,
    /// The period.
    pub period: Option<Interval>,
    /// The whole.
    pub span: Span,
}

/// A question about one case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// Of what.
    pub target: Target,
    /// Of whom.
    pub individuals: Vec<IndividualId>,
}

impl Program {
    /// The kind `state`.
    pub const STATE: KindId = KindId(0);
    /// The kind `number`.
    pub const NUMBER: KindId = KindId(1);
    /// The kind `text`.
    pub const TEXT: KindId = KindId(2);
    /// The kind `date`.
    pub const DATE: KindId = KindId(3);

    /// A kind.
    #[must_use]
    pub fn kind(&self, id: KindId) -> &Kind {
        &self.kinds[id.index()]
    }

    /// An individual.
    #[must_use]
    pub fn individual(&self, id: IndividualId) -> &Individual {
        &self.individuals[id.index()]
    }

    /// A relation.
    #[must_use]
    pub fn relation(&self, id: RelationId) -> &Relation {
        &self.relations[id.index()]
    }

    /// A measure.
    #[must_use]
    pub fn measure(&self, id: MeasureId) -> &Measure {
        &self.measures[id.index()]
    }

    /// A rule.
    #[must_use]
    pub fn rule(&self, id: RuleId) -> &Rule {
        &self.rules[id.index()]
    }

    /// A source.
    #[must_use]
    pub fn source(&self, id: SourceId) -> &Source {
        &self.sources[id.index()]
    }

    /// A parameter.
    #[must_use]
    pub fn parameter(&self, id: ParameterId) -> &Parameter {
        &self.parameters[id.index()]
    }

    /// The name of a level of an ordered kind, by its rank.
    #[must_use]
    pub fn level(&self, kind: KindId, rank: f64) -> Option<IndividualId> {
        let order = self.kind(kind).order.as_ref()?;
        order.get(rank as usize).copied().filter(|_| rank >= 0.0)
    }

    /// A parameter's value of this run, in words that set it so.
    #[must_use]
    pub fn setting(&self, parameter: &Parameter) -> Setting {
        let value = match parameter.levels.and_then(|kind| self.level(kind, parameter.value)) {
            Some(level) => {
                let text = self.individual(level).name.clone();
                ParameterValue::Level(Name { text, quoted: true, span: parameter.span })
            }
            None => ParameterValue::Number(parameter.value),
        };
        Setting { name: parameter.name.clone(), value, place: None }
    }

    /// A window of time; its length may be a parameter.
    #[must_use]
    pub fn window(&self, window: &WindowOf) -> Window {
        let number = match window.number {
            CountNumber::Constant(number) => number,
            CountNumber::Parameter(parameter) => self.parameter(parameter).value as u32,
        };
        // What is tried instead of a parameter's value was not checked with it.
        let length = Length { number: number.max(1), unit: window.unit };
        Window { direction: window.direction, length }
    }

    /// A statement; that of a row is written out as if a person had written it.
    #[must_use]
    pub fn statement(&self, id: StatementId) -> Cow<'_, Statement> {
        match self.table_of(id) {
            Some((table, place)) => Cow::Owned(self.table_statements[table].statement(place)),
            None => Cow::Borrowed(&self.statements[id.index()]),
        }
    }

    /// The table that makes a statement, and the statement's place among those of the table; none where a person wrote it.
    #[must_use]
    pub fn table_of(&self, id: StatementId) -> Option<(usize, usize)> {
        if id.index() < self.statements.len() {
            return None;
        }
        let table = self.table_statements.partition_point(|table| table.first <= id).checked_sub(1)?;
        Some((table, (id.0 - self.table_statements[table].first.0) as usize))
    }

    /// The citations of a statement.
    #[must_use]
    pub fn citations_of(&self, id: StatementId) -> &[Citation] {
        match self.table_of(id) {
            Some((table, _)) => &self.table_statements[table].pattern.citations,
            None => &self.statements[id.index()].citations,
        }
    }

    /// How many statements there are, those of rows included.
    #[must_use]
    pub fn statement_count(&self) -> usize {
        self.statements.len() + self.table_statements.iter().map(TableStatements::len).sum::<usize>()
    }

    /// Whether an individual is a member of a kind; the unnamed member of an open kind belongs to it and to its parts.
    #[must_use]
    pub fn is_member(&self, individual: IndividualId, kind: KindId) -> bool {
        let kind = self.kind(kind);
        let is_named = match (kind.members.first(), kind.members.last()) {
            // Members of a kind that is no part of another one follow one another.
            (Some(first), Some(last)) if (last.0 - first.0) as usize + 1 == kind.members.len() => {
                (*first..=*last).contains(&individual)
            }
            _ => kind.members.binary_search(&individual).is_ok(),
        };
        is_named || kind.unnamed == Some(individual)
    }

    /// The roles of a target.
    #[must_use]
    pub fn roles(&self, target: Target) -> &[Role] {
        match target {
            Target::Relation(id) => &self.relation(id).roles,
            Target::Measure(id) => &self.measure(id).roles,
        }
    }

    /// The two roles in which a target holds both ways, where it does.
    #[must_use]
    pub fn symmetric(&self, target: Target) -> Option<(usize, usize)> {
        match target {
            Target::Relation(id) => self.relation(id).symmetric,
            Target::Measure(id) => self.measure(id).symmetric,
        }
    }

    /// Whether two places of a target may not hold the same individual: no state is paired with itself.
    #[must_use]
    pub fn pairs_with_itself(&self, target: Target, individuals: &[IndividualId]) -> bool {
        let (roles, reflexive) = match target {
            Target::Relation(id) => (&self.relation(id).roles, self.relation(id).reflexive),
            Target::Measure(id) => (&self.measure(id).roles, self.measure(id).reflexive),
        };
        !reflexive
            && individuals.iter().enumerate().any(|(place, individual)| {
                self.kind(roles[place].kind).root == Program::STATE && individuals[..place].contains(individual)
            })
    }

    /// `framework.name`, or the name alone where it belongs to no framework.
    #[must_use]
    pub fn qualified_name(&self, target: Target) -> String {
        let (framework, name) = match target {
            Target::Relation(id) => (self.relation(id).framework, &self.relation(id).name),
            Target::Measure(id) => (self.measure(id).framework, &self.measure(id).name),
        };
        match framework {
            Some(framework) => format!("{}.{name}", self.frameworks[framework.index()].name),
            None => name.clone(),
        }
    }

    /// The file in which a rule stands.
    #[must_use]
    pub fn file_of(&self, rule: RuleId) -> FileId {
        self.rule(rule).span.file
    }
}

impl Program {
    /// The relations on which some rule, measure or classification of another one builds.
    #[must_use]
    pub fn used_relations(&self) -> std::collections::BTreeSet<RelationId> {
        let mut used = std::collections::BTreeSet::new();
        for rule in &self.rules {
            let mut named = std::collections::BTreeSet::new();
            for condition in rule.applies_where.iter().chain([&rule.body]) {
                condition.add_relations(&mut named);
            }
            named.remove(&rule.relation);
            used.append(&mut named);
        }
        for measure in &self.measures {
            match &measure.definition {
                MeasureDefinition::Recorded => {}
                MeasureDefinition::Defined { value, .. } => value.add_relations(&mut used),
                MeasureDefinition::Classification { cases, .. } => {
                    for (_, condition) in cases {
                        condition.add_relations(&mut used);
                    }
                }
            }
        }
        used
    }
}
