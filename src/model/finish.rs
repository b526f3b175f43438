//! The program: final ids, members of kinds, and everything that waited for them.

use super::condition::{Argument, ComparisonDomain};
use super::constants::Settled;
use super::error::{KindError, RuleError};
use super::glosses;
use super::names::{Referent, Sort};
use super::program::{
    Assertion, Cases, Guard, Individual, IndividualId, Kind, KindId, Measure, MeasureDefinition, Program, Reason,
    Relation, Role, Rule, RuleForm, RuleId, Target, Variable,
};
use super::report::Report;
use super::resolver::Resolver;
use super::rules::{GuardDraft, MeasureBody};
use super::scope::{Origin, VariableDraft};
use super::sets::Members;
use super::settle::Settler;
use super::targets::TargetDraft;
use crate::evidence::error::EvidenceError;
use crate::evidence::{CompleteArgument, StatementId, StatementValue};
use crate::syntax::tree;
use crate::text::Span;
use crate::time::IntervalSet;
use rustc_hash::FxHashMap;

/// How the unnamed member of an open kind is called where a name is needed.
const UNNAMED: &str = "_";

impl Resolver<'_> {
    /// Puts the program together.
    pub(super) fn finish(
        mut self,
        constants: &[Option<Settled>],
        domains: &[Option<ComparisonDomain>],
    ) -> (Program, Report) {
        let mut program = Program::default();
        let ids = self.finish_individuals(&mut program);
        self.finish_relations(&mut program);
        self.finish_measures(&mut program);
        let settler = Settler { constants, domains, ids: &ids };
        self.finish_rules(&mut program, &settler);
        self.finish_measure_bodies(&mut program, &settler);
        self.finish_assertions(&mut program, &settler);
        self.finish_evidence(&mut program, &ids);
        program.sources = self.sources;
        program.parameters = self.parameters;
        program.frameworks = self.names.frameworks;
        (program, self.report)
    }

    /// Kinds and individuals; gives the final id of each individual.
    fn finish_individuals(&mut self, program: &mut Program) -> Vec<IndividualId> {
        let mut unnamed: FxHashMap<KindId, IndividualId> = FxHashMap::default();
        for kind in self.kinds.ids().filter(|kind| self.kinds.has_unnamed(*kind)).collect::<Vec<_>>() {
            let root = self.kinds.root(kind);
            let name = self.kinds.name(root).to_owned();
            unnamed
                .entry(root)
                .or_insert_with(|| self.individuals.add_unnamed(root, UNNAMED, &format!("an unnamed {name}")));
        }
        let drafts = &self.individuals.drafts;
        let mut order: Vec<usize> = (0..drafts.len()).collect();
        order.sort_by(|one, two| {
            let key = |index: &usize| (drafts[*index].root, drafts[*index].name.as_str(), !drafts[*index].is_unnamed);
            key(one).cmp(&key(two))
        });
        let mut ids = vec![IndividualId(0); drafts.len()];
        for (place, index) in order.iter().enumerate() {
            ids[*index] = IndividualId(place as u32);
        }
        let mut containers: Vec<Vec<KindId>> = vec![Vec::new(); self.kinds.drafts.len()];
        for kind in self.kinds.ids() {
            for part in &self.kinds.parts[kind.index()] {
                containers[part.index()].push(kind);
            }
        }
        let mut members: Vec<Vec<IndividualId>> = vec![Vec::new(); self.kinds.drafts.len()];
        for index in order {
            let draft = &mut self.individuals.drafts[index];
            let id = ids[index];
            if !draft.is_unnamed {
                for container in draft.kinds.iter().flat_map(|own| &containers[own.index()]) {
                    if members[container.index()].last() != Some(&id) {
                        members[container.index()].push(id);
                    }
                }
            }
            let mut aliases: Vec<(String, String)> =
                std::mem::take(&mut draft.aliases).into_iter().map(|(scheme, code, _)| (scheme, code)).collect();
            aliases.sort();
            program.individuals.push(Individual {
                name: draft.name.clone(),
                label: draft.label.take().map(|(label, _)| label),
                kind: draft.root,
                life: draft.life.take().map_or_else(IntervalSet::all, |(life, _)| life),
                aliases,
                span: draft.span,
                rank: draft.rank,
                value: draft.value.take(),
                is_unnamed: draft.is_unnamed,
            });
        }
        for (kind, members) in self.kinds.ids().zip(members) {
            let draft = self.kinds.get(kind);
            let order = draft.is_ordered().then(|| {
                let mut order = members.clone();
                order.sort_by_key(|id| program.individuals[id.index()].rank);
                order
            });
            program.kinds.push(Kind {
                name: draft.name.clone(),
                span: draft.span,
                documentation: draft.documentation.to_vec(),
                parent: draft.parent,
                root: draft.root,
                members,
                lists_members: draft.is_closed(),
                order,
                unnamed: unnamed
                    .get(&draft.root)
                    .filter(|_| self.kinds.has_unnamed(kind))
                    .map(|provisional| ids[provisional.index()]),
            });
        }
        ids
    }

    fn roles(&mut self, draft: &TargetDraft<'_>) -> Vec<Role> {
        draft
            .roles
            .iter()
            // Where a kind is unknown this has been reported; `state` keeps the program whole.
            .map(|role| Role { name: role.name.clone(), kind: self.kind_of(role.kind).unwrap_or(Program::STATE) })
            .collect()
    }

    fn symmetric(&mut self, draft: &TargetDraft<'_>, target: Target) -> Option<(usize, usize)> {
        let span = draft.symmetric?;
        let pair = self.pair_of(target);
        if pair.is_none() && draft.roles.iter().all(|role| self.kind_of(role.kind).is_some()) {
            let signature = self.signature(target);
            let name = self.names.symbols[draft.symbol].name.clone();
            self.report.add(RuleError::SymmetricWithoutPair { name, signature, span });
        }
        pair
    }

    fn finish_relations(&mut self, program: &mut Program) {
        for index in 0..self.relations.len() {
            let draft = self.relations[index].clone();
            let symbol = self.names.symbols[draft.symbol].clone();
            let Referent::Relation(id) = symbol.referent else { continue };
            let roles = self.roles(&draft);
            let symmetric = self.symmetric(&draft, Target::Relation(id));
            program.relations.push(Relation {
                name: symbol.name,
                framework: symbol.framework,
                is_criterion: symbol.sort == Sort::Criterion,
                span: draft.span,
                documentation: draft.documentation,
                roles,
                symmetric,
                reflexive: draft.reflexive,
                gloss: draft.gloss.map(|(gloss, names)| glosses::resolve(gloss, &names, &mut self.report)),
                rules: Vec::new(),
                component: None,
            });
        }
    }

    fn finish_measures(&mut self, program: &mut Program) {
        for index in 0..self.measures.len() {
            let draft = self.measures[index].clone();
            let symbol = self.names.symbols[draft.symbol].clone();
            let Referent::Measure(id) = symbol.referent else { continue };
            let roles = self.roles(&draft);
            let symmetric = self.symmetric(&draft, Target::Measure(id));
            program.measures.push(Measure {
                name: symbol.name,
                framework: symbol.framework,
                span: draft.span,
                documentation: draft.documentation,
                roles,
                symmetric,
                reflexive: draft.reflexive,
                gloss: draft.gloss.map(|(gloss, names)| glosses::resolve(gloss, &names, &mut self.report)),
                unit: draft.unit,
                levels: draft.levels,
                definition: MeasureDefinition::Recorded,
            });
        }
    }

    /// The variables of a rule, with their kinds; none where one has none, which has been reported.
    fn variables(&mut self, drafts: Vec<VariableDraft>, target: Option<Target>) -> Option<Vec<Variable>> {
        let mut variables = Vec::new();
        for (slot, draft) in drafts.into_iter().enumerate() {
            let role = match (draft.origin, target) {
                (Origin::Head, Some(target)) => self.role_kind(target, slot),
                _ => None,
            };
            let kind = draft
                .kind
                .or(role)
                .or_else(|| self.inference.kind(draft.node).filter(|_| !self.inference.is_poisoned(draft.node)));
            let Some(kind) = kind else {
                if !self.inference.is_poisoned(draft.node) {
                    self.report.add(KindError::VariableOfNoKind { name: draft.name, span: draft.span });
                }
                return None;
            };
            variables.push(Variable { name: draft.name, kind, span: draft.span });
        }
        Some(variables)
    }

    fn finish_rules(&mut self, program: &mut Program, settler: &Settler<'_>) {
        for draft in std::mem::take(&mut self.rules) {
            let Some(variables) = self.variables(draft.variables, Some(Target::Relation(draft.relation))) else {
                continue;
            };
            let guards: Option<Vec<Guard>> = draft
                .guards
                .iter()
                .map(|guard| match guard {
                    GuardDraft::Same(one, two) => Some(Guard::Same(*one, *two)),
                    GuardDraft::Is(slot, pending) => match settler.argument(*pending)? {
                        Argument::Individual(id) => Some(Guard::Is(*slot, id)),
                        Argument::Variable(_) => None,
                    },
                })
                .collect();
            let (mut applies_where, mut body) = (draft.applies_where, draft.body);
            let sound = applies_where.as_mut().is_none_or(|tree| settler.condition(tree, &variables).is_some());
            let body_sound = settler.condition(&mut body, &variables).is_some();
            let mut permits = draft.permits;
            permits.retain_mut(|tree| settler.condition(tree, &variables).is_some());
            let Some(guards) = guards.filter(|_| sound && body_sound) else { continue };
            let id = RuleId(program.rules.len() as u32);
            program.relations[draft.relation.index()].rules.push(id);
            program.rules.push(Rule {
                relation: draft.relation,
                form: match draft.rule.form {
                    tree::RuleForm::Requires => RuleForm::Requires,
                    tree::RuleForm::If => RuleForm::If,
                    tree::RuleForm::OnlyIf => RuleForm::OnlyIf,
                },
                variables,
                guards,
                applies_where,
                body,
                permits,
                documentation: draft.item.documentation.clone(),
                span: draft.item.span,
                head_span: draft.rule.head.span,
                form_span: draft.rule.form_span,
            });
        }
    }

    fn finish_measure_bodies(&mut self, program: &mut Program, settler: &Settler<'_>) {
        for draft in std::mem::take(&mut self.measure_bodies) {
            let Some(variables) = self.variables(draft.variables, Some(Target::Measure(draft.measure))) else {
                continue;
            };
            let mut applies_where = draft.applies_where;
            let mut sound = applies_where.as_mut().is_none_or(|tree| settler.condition(tree, &variables).is_some());
            let levels = self.measures[draft.measure.index()].levels;
            let level = |name: &tree::Name| {
                let provisional = self.individuals.find(levels?, &name.text)?;
                Some(settler.ids[provisional.index()])
            };
            let definition = match draft.body {
                MeasureBody::Value(mut value) => {
                    sound &= settler.value(&mut value, &variables).is_some();
                    Some(MeasureDefinition::Defined { variables, applies_where, value })
                }
                MeasureBody::Cases(cases, otherwise) => {
                    let mut resolved = Vec::new();
                    for (name, mut condition) in cases {
                        sound &= settler.condition(&mut condition, &variables).is_some();
                        resolved.extend(level(name).map(|level| (level, condition)));
                    }
                    level(otherwise).map(|otherwise| MeasureDefinition::Classification {
                        variables,
                        applies_where,
                        cases: resolved,
                        otherwise,
                    })
                }
            };
            if let Some(definition) = definition.filter(|_| sound) {
                program.measures[draft.measure.index()].definition = definition;
            }
        }
    }

    fn finish_assertions(&mut self, program: &mut Program, settler: &Settler<'_>) {
        for draft in std::mem::take(&mut self.assertions) {
            let Some(variables) = self.variables(draft.variables, None) else { continue };
            let mut condition = draft.condition;
            if settler.condition(&mut condition, &variables).is_none() {
                continue;
            }
            let reasons = |reasons: Vec<Reason>| {
                reasons
                    .into_iter()
                    .map(|mut reason| {
                        for id in reason.arguments.iter_mut().flatten() {
                            *id = settler.ids[id.index()];
                        }
                        reason
                    })
                    .collect()
            };
            program.assertions.push(Assertion {
                claim: draft.claim,
                condition,
                variables,
                time: draft.time,
                verdict: draft.verdict,
                failing: reasons(draft.failing),
                by: reasons(draft.by),
                note: draft.assertion.note.as_ref().map(|note| note.text.clone()),
                documentation: draft.item.documentation.clone(),
                span: draft.item.span,
            });
        }
        for draft in std::mem::take(&mut self.cases) {
            let over = draft.over.iter().map(|members| expanded(program, members, settler.ids)).collect();
            program.cases.push(Cases { target: draft.target, over, period: draft.period, span: draft.span });
        }
    }

    /// Doubts a set that names a kind without members.
    fn check_empty(&mut self, program: &Program, kinds: &[KindId], span: Span) {
        for kind in kinds.iter().map(|kind| program.kind(*kind)).filter(|kind| kind.members.is_empty()) {
            self.report.add(EvidenceError::EmptySet { name: kind.name.clone(), span });
        }
    }

    fn finish_evidence(&mut self, program: &mut Program, ids: &[IndividualId]) {
        let mut statements = std::mem::take(&mut self.statements);
        for statement in &mut statements {
            for argument in &mut statement.arguments {
                for id in &mut argument.individuals {
                    *id = ids[id.index()];
                }
                argument.individuals.sort_unstable();
            }
            if let Some(StatementValue::Level(level)) = &mut statement.value {
                *level = ids[level.index()];
            }
        }
        for (at, argument, kinds) in std::mem::take(&mut self.waiting_sets) {
            let argument = &mut statements[at].arguments[argument];
            self.check_empty(program, &kinds, argument.span);
            add_members(program, &kinds, &mut argument.individuals);
        }
        let mut completeness = std::mem::take(&mut self.completeness);
        for complete in &mut completeness {
            put_ids(&mut complete.arguments, ids);
        }
        for (at, argument, kinds) in std::mem::take(&mut self.waiting_complete) {
            self.check_empty(program, &kinds, completeness[at].span);
            if let CompleteArgument::These(these) = &mut completeness[at].arguments[argument] {
                add_members(program, &kinds, these);
            }
        }
        let mut preferences = std::mem::take(&mut self.preferences);
        for (_, arguments) in preferences.iter_mut().filter_map(|preference| preference.about.as_mut()) {
            put_ids(arguments, ids);
        }
        for (at, argument, kinds) in std::mem::take(&mut self.waiting_preferences) {
            self.check_empty(program, &kinds, preferences[at].span);
            if let Some((_, arguments)) = &mut preferences[at].about
                && let CompleteArgument::These(these) = &mut arguments[argument]
            {
                add_members(program, &kinds, these);
            }
        }
        program.preferences = preferences;
        program.statements = statements;
        program.completeness = completeness;
        let mut first = program.statements.len() as u32;
        for draft in std::mem::take(&mut self.table_drafts) {
            let table = draft.finish(ids, StatementId(first));
            first += table.len() as u32;
            program.table_statements.push(table);
        }
    }
}

fn put_ids(arguments: &mut [CompleteArgument], ids: &[IndividualId]) {
    for argument in arguments {
        if let CompleteArgument::These(these) = argument {
            for id in these.iter_mut() {
                *id = ids[id.index()];
            }
            these.sort_unstable();
        }
    }
}

fn expanded(program: &Program, members: &Members, ids: &[IndividualId]) -> Vec<IndividualId> {
    let mut individuals: Vec<IndividualId> = members.individuals.iter().map(|id| ids[id.index()]).collect();
    add_members(program, &members.kinds, &mut individuals);
    individuals
}

fn add_members(program: &Program, kinds: &[KindId], individuals: &mut Vec<IndividualId>) {
    individuals.extend(kinds.iter().flat_map(|kind| &program.kind(*kind).members));
    individuals.sort_unstable();
    individuals.dedup();
}
