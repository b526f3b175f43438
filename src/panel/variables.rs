//! What is asked of each case, and the columns in which the answers stand.

use super::cases::{self, CaseList};
use super::columns::{Codes, Columns, Meaning, PanelColumn};
use super::reasons::Reasons;
use super::request::{Grain, Joining, Layout, Pairing, Refusal, Request};
use super::{Block, RoleColumns, fit, meaning};
use crate::diagnostic::did_you_mean;
use crate::model::Program;
use crate::model::program::{MeasureId, RelationId, Target};
use crate::text::Texts;
use std::rc::Rc;

/// The group of the columns that say when.
pub(super) const TIME: &str = "time";

/// Something that has an answer for each case, and its columns.
pub(super) struct Variable<'p> {
    pub(super) what: What<'p>,
    /// Of the case with its pair turned round.
    pub(super) reversed: bool,
    pub(super) columns: Vec<usize>,
    /// Whether a row is there for its sake.
    pub(super) is_main: bool,
}

/// What is asked.
pub(super) enum What<'p> {
    /// A relation or measure, of the individuals in some places of the case.
    Target { target: Target, places: Vec<usize>, joining: Option<Joining> },
    /// All conditions of a criterion, a column for each.
    Conditions(Rc<Reasons<'p>>),
    /// The first condition that is the reason of the verdict.
    Deciding(Rc<Reasons<'p>>),
}

/// The blocks and the columns of a panel.
pub(super) fn plan<'p>(
    program: &'p Program,
    texts: &Texts,
    request: &Request,
) -> Result<(Vec<Block<'p>>, Vec<PanelColumn>), Vec<Refusal>> {
    let groups: Vec<Vec<Target>> = match request.layout {
        Layout::Long => request.targets.iter().map(|target| vec![*target]).collect(),
        Layout::Wide => vec![request.targets.clone()],
    };
    let mut planner = Planner { program, texts, request, columns: Columns::default(), refusals: Vec::new() };
    planner.check_fit(&groups);
    planner.check_schemes();
    let wanted = planner.wanted();
    if !planner.refusals.is_empty() {
        return Err(planner.refusals);
    }
    let mut blocks: Vec<Block<'p>> = groups.into_iter().map(|targets| planner.identify(targets)).collect();
    planner.times();
    for block in &mut blocks {
        planner.answer(block, &wanted);
    }
    if planner.refusals.is_empty() {
        Ok((blocks, planner.columns.columns))
    } else {
        planner.refusals.dedup();
        Err(planner.refusals)
    }
}

struct Planner<'p, 'r> {
    program: &'p Program,
    texts: &'r Texts,
    request: &'r Request,
    columns: Columns,
    refusals: Vec<Refusal>,
}

impl<'p> Planner<'p, '_> {
    fn check_fit(&mut self, groups: &[Vec<Target>]) {
        for group in groups {
            let Some((first, others)) = group.split_first() else { continue };
            if let Some(other) = others.iter().find(|other| !fit::same_cases(self.program, *first, **other)) {
                let signatures = [*first, *other].map(|target| fit::signature(self.program, target));
                self.refusals.push(Refusal::DifferentCases { signatures });
            }
        }
        for target in groups.iter().flatten() {
            if matches!(self.request.pairing, Pairing::Undirected(_)) && fit::pair(self.program, *target).is_none() {
                self.refusals.push(Refusal::NoPair { signature: fit::signature(self.program, *target) });
            }
            if !self.request.verdicts.is_empty() && matches!(target, Target::Measure(_)) {
                self.refusals.push(Refusal::NoVerdict { name: self.program.qualified_name(*target) });
            }
        }
    }

    fn check_schemes(&mut self) {
        let all = self.program.individuals.iter().flat_map(|individual| &individual.aliases);
        let schemes: Vec<String> =
            all.map(|(scheme, _)| scheme.clone()).collect::<std::collections::BTreeSet<_>>().into_iter().collect();
        for scheme in &self.request.codes {
            let codes = Codes::new(self.program, scheme);
            let roles = self.request.targets.iter().flat_map(|target| self.program.roles(*target));
            if !roles.into_iter().any(|role| codes.are_of(self.program, role.kind)) {
                let nearest = did_you_mean(scheme, schemes.iter().map(String::as_str)).map(str::to_owned);
                self.refusals.push(Refusal::UnknownScheme {
                    scheme: scheme.clone(),
                    nearest,
                    schemes: schemes.clone(),
                });
            }
        }
    }

    /// The targets that `--with` names.
    fn wanted(&mut self) -> Vec<Target> {
        let program = self.program;
        let relations = (0..program.relations.len() as u32).map(|id| Target::Relation(RelationId(id)));
        let measures = (0..program.measures.len() as u32).map(|id| Target::Measure(MeasureId(id)));
        let all: Vec<(String, Target)> =
            relations.chain(measures).map(|target| (program.qualified_name(target), target)).collect();
        let mut wanted = Vec::new();
        for name in self.request.with.iter().filter(|name| !["conditions", "deciding"].contains(&name.as_str())) {
            let named: Vec<Target> = all
                .iter()
                .filter(|(known, _)| known == name || known.rsplit('.').next() == Some(name.as_str()))
                .map(|(_, target)| *target)
                .collect();
            if named.is_empty() {
                let names = all.iter().flat_map(|(known, _)| [Some(known.as_str()), known.rsplit('.').next()]);
                let names = names.flatten().chain(["conditions", "deciding"]);
                let nearest = did_you_mean(name, names).map(str::to_owned);
                self.refusals.push(Refusal::UnknownColumn { name: name.clone(), nearest });
            }
            wanted.extend(named);
        }
        wanted
    }

    /// The columns that say of whom a row is.
    fn identify(&mut self, targets: Vec<Target>) -> Block<'p> {
        let program = self.program;
        let first = targets.first().copied();
        let pair = first.and_then(|first| fit::pair(program, first));
        let is_undirected = matches!(self.request.pairing, Pairing::Undirected(_));
        let is_symmetric = targets.iter().any(|target| fit::symmetric(program, *target).is_some());
        let ranks = cases::ranks(program, self.request.codes.first().map(String::as_str));
        let both_ways = pair.filter(|_| is_undirected || is_symmetric);
        let cases = CaseList::new(program, &targets, both_ways, is_undirected, ranks);
        let title = (self.request.layout == Layout::Long).then(|| {
            let column = self.columns.place(
                "title",
                "criterion",
                "",
                false,
                Meaning::new("the criterion that the row is about"),
            );
            let names: Vec<String> = targets.iter().map(|target| program.qualified_name(*target)).collect();
            (column, names.join(", "))
        });
        let roles = first.map_or(&[][..], |first| program.roles(first));
        let names: Vec<usize> = roles
            .iter()
            .map(|role| {
                let kind = &program.kind(role.kind).name;
                let text = format!("the {kind} `{}`, by its name in the program", role.name);
                self.columns.place("role", &role.name, "", false, Meaning::new(text))
            })
            .collect();
        let roles = roles
            .iter()
            .zip(names)
            .map(|(role, name)| {
                let mut codes = Vec::new();
                for scheme in &self.request.codes {
                    let own = Codes::new(program, scheme);
                    if own.are_of(program, role.kind) {
                        let text =
                            format!("the code of `{}` in the scheme `{scheme}`; empty where it has none", role.name);
                        let full = format!("{}_{scheme}", role.name);
                        codes.push((self.columns.place("code", &full, "", own.are_numbers, Meaning::new(text)), own));
                    }
                }
                RoleColumns { name, codes }
            })
            .collect();
        Block { targets, cases, pair, title, roles, variables: Vec::new() }
    }

    fn times(&mut self) {
        match self.request.grain {
            Grain::Years(_) => {
                let text = "the year; before the year 1 astronomical, so that 433 BC is -432";
                self.columns.place(TIME, "year", "", true, Meaning::new(text));
            }
            Grain::Spells => {
                let from = "the first day of the spell, within the period; empty where it has no beginning";
                self.columns.place(TIME, "from", "", false, Meaning::new(from));
                let until = "the last day of the spell; empty where it goes on after the period";
                self.columns.place(TIME, "until", "", false, Meaning::new(until));
            }
        }
    }

    /// The columns of the answers.
    fn answer(&mut self, block: &mut Block<'p>, wanted: &[Target]) {
        let Some(head) = block.targets.first().copied() else { return };
        let joining = match self.request.pairing {
            Pairing::Undirected(joining) => Some(joining),
            Pairing::Directed => None,
        };
        let whole: Vec<usize> = (0..self.program.roles(head).len()).collect();
        for target in block.targets.clone() {
            let columns = self.main_columns(head, target, joining);
            let what = What::Target { target, places: whole.clone(), joining };
            block.variables.push(Variable { what, reversed: false, columns, is_main: true });
        }
        // Two directions that make one verdict have two sets of conditions.
        let directions: &[bool] =
            if matches!(joining, Some(Joining::Both | Joining::Either)) { &[false, true] } else { &[false] };
        for what in ["conditions", "deciding"].into_iter().filter(|what| self.request.with.iter().any(|w| w == what)) {
            for target in block.targets.clone() {
                let Target::Relation(relation) = target else { continue };
                let reasons = Rc::new(Reasons::of(self.program, self.texts, relation));
                for reversed in directions {
                    let variable = self.reasons(block, target, &reasons, what, *reversed);
                    block.variables.push(variable);
                }
            }
        }
        for target in wanted.iter().filter(|target| !block.targets.contains(target)).copied().collect::<Vec<_>>() {
            let applications = fit::applications(self.program, target, head);
            if applications.is_empty() {
                self.refusals.push(Refusal::Unfitting {
                    signature: fit::signature(self.program, target),
                    head: fit::signature(self.program, head),
                });
            }
            for places in applications {
                let turns = joining.is_some()
                    && fit::symmetric(self.program, target).is_none()
                    && block.pair.is_some_and(|(one, two)| places.contains(&one) && places.contains(&two));
                for reversed in if turns { &[false, true][..] } else { &[false] } {
                    let columns = self.further_columns(block, head, target, &places, *reversed);
                    let what = What::Target { target, places: places.clone(), joining: None };
                    block.variables.push(Variable { what, reversed: *reversed, columns, is_main: false });
                }
            }
        }
    }

    fn role_names(&self, head: Target, places: &[usize], turned: Option<(usize, usize)>) -> Vec<&'p str> {
        let program = self.program;
        let mut names: Vec<&str> = program.roles(head).iter().map(|role| role.name.as_str()).collect();
        if let Some((one, two)) = turned {
            names.swap(one, two);
        }
        places.iter().map(|place| names[*place]).collect()
    }

    fn main_columns(&mut self, head: Target, target: Target, joining: Option<Joining>) -> Vec<usize> {
        let name = self.program.qualified_name(target);
        if self.request.layout == Layout::Long {
            let joined = joining.map_or("", meaning::joining);
            let numeric = "1 where the verdict is met, 0 where it is not met, missing otherwise";
            return match target {
                Target::Relation(_) => vec![
                    self.columns.place("answer", "verdict", "", false, Meaning::new(format!("the verdict{joined}"))),
                    self.columns.place("answer", "met", "", true, Meaning::new(numeric)),
                ],
                Target::Measure(_) => {
                    let text = "the value of a measure, for a level its rank";
                    vec![self.columns.place("answer", "value", "", true, Meaning::new(text))]
                }
            };
        }
        let places: Vec<usize> = (0..self.program.roles(head).len()).collect();
        let roles = self.role_names(head, &places, None);
        self.target_columns(&name, "", target, &roles, joining)
    }

    fn further_columns(
        &mut self,
        block: &Block<'p>,
        head: Target,
        target: Target,
        places: &[usize],
        reversed: bool,
    ) -> Vec<usize> {
        let roles = self.role_names(head, places, block.pair.filter(|_| reversed));
        let mut name = self.program.qualified_name(target);
        if places.len() == 1 && self.program.roles(head).len() > 1 {
            name = format!("{name}_{}", roles.join("_"));
        }
        self.target_columns(&name, if reversed { "_reversed" } else { "" }, target, &roles, None)
    }

    /// The columns of a relation: its verdict, and that as a number; of a measure: its value, or its level and the rank of that.
    fn target_columns(
        &mut self,
        name: &str,
        ending: &str,
        target: Target,
        roles: &[&str],
        joining: Option<Joining>,
    ) -> Vec<usize> {
        let program = self.program;
        let sentence = meaning::sentence(program, target, roles);
        match target {
            Target::Relation(id) => {
                let span = program.relation(id).span;
                let joined = joining.map_or("", meaning::joining);
                let text = format!("whether {sentence}{joined}");
                let verdict = self.columns.place("answer", name, ending, false, Meaning::new(text).at(span));
                let of = self.columns.columns[verdict].column.name.clone();
                let text = format!("`{of}` as a number: 1 met, 0 not met, missing otherwise");
                vec![
                    verdict,
                    self.columns.place("answer", name, &format!("{ending}_met"), true, Meaning::new(text).at(span)),
                ]
            }
            Target::Measure(id) => {
                let measure = program.measure(id);
                let unit = measure.unit.as_deref().map(|unit| format!(", in {unit}")).unwrap_or_default();
                match measure.levels {
                    None => {
                        let text = format!("{sentence}{unit}; missing where there is none, or where it is not settled");
                        vec![self.columns.place("answer", name, ending, true, Meaning::new(text).at(measure.span))]
                    }
                    Some(_) => {
                        let text = format!("{sentence}, by the name of the level");
                        let level =
                            self.columns.place("answer", name, ending, false, Meaning::new(text).at(measure.span));
                        let of = self.columns.columns[level].column.name.clone();
                        let text = format!("`{of}` by its rank, 0 the lowest; missing where it is not settled");
                        let ending = format!("{ending}_rank");
                        vec![
                            level,
                            self.columns.place("answer", name, &ending, true, Meaning::new(text).at(measure.span)),
                        ]
                    }
                }
            }
        }
    }

    fn reasons(
        &mut self,
        block: &Block<'p>,
        target: Target,
        reasons: &Rc<Reasons<'p>>,
        what: &str,
        reversed: bool,
    ) -> Variable<'p> {
        let name = self.program.qualified_name(target);
        let ending = if reversed { "_reversed" } else { "" };
        let of = match self.request.layout {
            Layout::Long => "the criterion".to_owned(),
            Layout::Wide => format!("`{name}`"),
        };
        let of = if reversed { format!("{of}, the pair turned round") } else { of };
        // Where rows are of one criterion each its name need not be said.
        let prefix = if self.request.layout == Layout::Wide && block.targets.len() > 1 {
            format!("{name}: ")
        } else {
            String::new()
        };
        if what == "deciding" {
            let text = format!("the first condition of {of} that is the reason of its verdict, as its author wrote it");
            let column = self.columns.place("reason", &format!("{prefix}deciding"), ending, false, Meaning::new(text));
            return Variable {
                what: What::Deciding(Rc::clone(reasons)),
                reversed,
                columns: vec![column],
                is_main: false,
            };
        }
        let columns = reasons
            .leaves
            .iter()
            .map(|leaf| {
                let label = &reasons.labels[*leaf as usize];
                let text = format!("whether the condition `{}` of {of} holds", label.text);
                // A condition that is asked about by name besides has a column of its own.
                let full = format!("{prefix}{}", label.text);
                self.columns.place("condition", &full, ending, false, Meaning::new(text).at(label.span))
            })
            .collect();
        Variable { what: What::Conditions(Rc::clone(reasons)), reversed, columns, is_main: false }
    }
}
