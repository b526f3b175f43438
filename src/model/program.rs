//! The resolved program: every name has become an id, and nothing in it is wrong.
//!
//! A [`Program`] is immutable. Ids of individuals follow the order of (kind, name), so that
//! nothing downstream depends on the order of files or items.

mod codes;
mod definitions;
mod individuals;
mod questions;
mod sources;

pub use codes::DatedCodes;
pub use definitions::{Guard, Measure, MeasureDefinition, Relation, Role, Rule, RuleForm, Variable};
pub use individuals::{Individual, Kind, OTHER_NAME, Value};
pub use questions::{Assertion, AssertionTime, Cases, Question, Reason, Target};
pub use sources::{Framework, Gloss, GlossPart, Parameter, Source};

use super::Setting;
use super::condition::{CountNumber, WindowOf};
use crate::evidence::{Citation, Completeness, Statement, StatementId, TableStatements};
use crate::syntax::tree::{Name, ParameterValue};
use crate::text::FileId;
use crate::time::{Length, Window};
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
                individuals[..place].contains(individual) && self.kind(roles[place].kind).root == Program::STATE
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
