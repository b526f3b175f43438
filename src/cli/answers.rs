//! The calls of the engine, in one place.

use super::fault::PERIOD_ADVICE;
use super::when::{When, Yearly};
use super::workspace::Workspace;
use std::collections::BTreeSet;
use symmachia::diagnostic::Diagnostic;
use symmachia::engine::Engine;
use symmachia::explain::{self, Answer, Evaluated};
use symmachia::model::program::{Cases, MeasureDefinition, MeasureId, Question, RelationId, Target};
use symmachia::model::{self, Program};
use symmachia::render::results::{Extent, Named, Results, Row, Table};
use symmachia::syntax;
use symmachia::text::{FileId, Span};
use symmachia::time::{Interval, Period};
use symmachia::verdict::Verdict;

/// What became of the assertions.
#[derive(Debug, Default)]
pub struct Assertions {
    /// Expectations that hold.
    pub expectations_hold: usize,
    /// Expectations that fail.
    pub expectations_fail: usize,
    /// Claims that are borne out.
    pub claims_hold: usize,
    /// Claims that are not.
    pub claims_fail: usize,
    /// What is to be said of those that fail.
    pub diagnostics: Vec<Diagnostic>,
}

/// Tests every `expect` and `claim`, and whether symmetric criteria are.
pub fn assertions(engine: &Engine<'_>) -> Assertions {
    let mut assertions = Assertions { diagnostics: explain::check_symmetry(engine), ..Assertions::default() };
    for outcome in explain::check(engine) {
        *match (outcome.assertion.claim.is_some(), outcome.holds()) {
            (false, true) => &mut assertions.expectations_hold,
            (false, false) => &mut assertions.expectations_fail,
            (true, true) => &mut assertions.claims_hold,
            (true, false) => &mut assertions.claims_fail,
        } += 1;
        assertions.diagnostics.extend(outcome.diagnostic());
    }
    assertions
}

/// What `eval` is about where no criterion is named: what a `cases` lists; else the criteria on which no other one builds.
pub fn default_targets(program: &Program) -> Vec<Target> {
    let mut listed: Vec<Target> = program.cases.iter().map(|cases| cases.target).collect();
    listed.sort_unstable();
    listed.dedup();
    if !listed.is_empty() {
        return listed;
    }
    let criteria =
        || (0..program.relations.len() as u32).map(RelationId).filter(|id| program.relation(*id).is_criterion);
    let used = program.used_relations();
    let outermost: Vec<Target> = criteria().filter(|id| !used.contains(id)).map(Target::Relation).collect();
    let computed = (0..program.measures.len() as u32)
        .map(MeasureId)
        .filter(|id| !matches!(program.measure(*id).definition, MeasureDefinition::Recorded));
    match (outermost.is_empty(), criteria().next().is_none()) {
        (false, _) => outermost,
        (true, false) => criteria().map(Target::Relation).collect(),
        (true, true) => computed.map(Target::Measure).collect(),
    }
}

/// All that go by a name: a framework may be named before it, and where several have the name, all are meant.
pub fn targets_named(program: &Program, name: &str) -> Vec<Target> {
    let relations = (0..program.relations.len() as u32).map(|id| Target::Relation(RelationId(id)));
    let measures = (0..program.measures.len() as u32).map(|id| Target::Measure(MeasureId(id)));
    let is_it = |target: &Target| {
        let qualified = program.qualified_name(*target);
        qualified == name || qualified.rsplit('.').next() == Some(name)
    };
    relations.chain(measures).filter(is_it).collect()
}

/// The targets that the names of a command mean; without names the default ones. A case, `ally(russia, belarus)`, or cases, `ally(russia, _)`, mean their
/// criterion, and take the place of what a `cases` lists. What is unknown is told in the workspace.
pub fn targets_asked(workspace: &mut Workspace, names: &[String]) -> Vec<Target> {
    if names.is_empty() {
        return default_targets(&workspace.program);
    }
    let mut targets = Vec::new();
    let mut cases: Vec<Cases> = Vec::new();
    let mut unknown: Vec<Diagnostic> = Vec::new();
    for name in names {
        if name.contains('(') {
            match cases_named(workspace, name) {
                Ok(named) => {
                    targets.push(named.target);
                    cases.push(named);
                }
                Err(problems) => unknown.extend(problems),
            }
            continue;
        }
        let named = targets_named(&workspace.program, name);
        if named.is_empty() {
            let problem = model::resolve_target(&workspace.program, name).err();
            // `eval ally --in 1990 1995`
            let is_time = name.starts_with(|first: char| first.is_ascii_digit());
            let advise = |problem: Diagnostic| if is_time { problem.help(PERIOD_ADVICE) } else { problem };
            unknown.extend(problem.map(advise));
        }
        targets.extend(named);
    }
    if !workspace.has_errors() {
        workspace.refuse(unknown);
    }
    workspace.program.cases.retain(|listed| cases.iter().all(|case| case.target != listed.target));
    workspace.program.cases.extend(cases);
    let mut seen = BTreeSet::new();
    targets.retain(|target| seen.insert(*target));
    targets
}

/// Cases as if they were listed alone, over the period of the listing in whose place they come.
fn cases_named(workspace: &mut Workspace, name: &str) -> Result<Cases, Vec<Diagnostic>> {
    let file = workspace.texts.add("question", name);
    let fact = syntax::parse_fact(&workspace.texts, file).map_err(|problems| advised(workspace, file, problems))?;
    let (target, over) = model::resolve_cases(&workspace.program, &workspace.texts, &fact)?;
    let listed = workspace.program.cases.iter().filter(|cases| cases.target == target);
    Ok(Cases { target, over, period: listed.filter_map(|cases| cases.period).next(), span: fact.atom_span })
}

/// The one case that a question is about.
///
/// # Errors
/// What is wrong with the question.
pub fn question_named(workspace: &mut Workspace, question: &str) -> Result<Question, Vec<Diagnostic>> {
    let file = workspace.texts.add("question", question);
    let read = syntax::parse_condition(&workspace.texts, file);
    let condition = read.map_err(|problems| advised(workspace, file, problems))?;
    model::resolve_question(&workspace.program, &workspace.texts, &condition)
}

/// What is wrong with a question that cannot be read, with what to write instead.
fn advised(workspace: &Workspace, file: FileId, problems: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let question = workspace.texts.get(file).content.trim();
    let place = Span::new(file, 0, workspace.texts.get(file).content.len());
    if let Some(problem) = model::question_in_many_words(&workspace.program, question, place) {
        return vec![problem];
    }
    let after = question.rsplit_once(')').and_then(|(_, after)| after.trim().split_once(' '));
    let advice = match after {
        Some((word @ ("on" | "in"), time)) => format!("say when by an option: --{word} {}", time.trim()),
        _ => "a question is a name with individuals: `ally(russia, kazakhstan)`".to_owned(),
    };
    let advised = |problem: Diagnostic| if problem.help.is_none() { problem.help(advice.clone()) } else { problem };
    problems.into_iter().map(advised).collect()
}

/// The cases of targets, each with the days that are asked about, and the whole time.
pub fn cases_asked(program: &Program, targets: &[Target], when: &When) -> (Vec<(Question, Interval)>, Extent) {
    let mut asked: Vec<(Question, Interval)> = Vec::new();
    let mut hull: Option<Interval> = None;
    let mut seen = BTreeSet::new();
    for target in targets {
        let listed: Vec<&Cases> = program.cases.iter().filter(|cases| cases.target == *target).collect();
        let parts: Vec<Option<&Cases>> =
            if listed.is_empty() { vec![None] } else { listed.into_iter().map(Some).collect() };
        for cases in parts {
            let period = period(program, when, cases);
            hull = Some(hull.map_or(period, |hull| Interval {
                first: hull.first.min(period.first),
                last: hull.last.max(period.last),
            }));
            for question in explain::questions(program, *target, cases) {
                if seen.insert((*target, question.individuals.clone(), period)) {
                    asked.push((question, period));
                }
            }
        }
    }
    let extent = when.day.map_or(Extent::Period(hull.unwrap_or(Interval::ALL)), Extent::Day);
    (asked, extent)
}

/// More cases than this are not all shown to a person, where nobody has listed them.
pub const MOST_UNLISTED: usize = 60;

/// The answers for targets; `for_people` leaves out unlisted cases of which nothing is known. The second value counts those.
pub fn results(engine: &Engine<'_>, targets: &[Target], when: &When, for_people: bool) -> (Results, usize) {
    let program = engine.program();
    let mut tables = Vec::new();
    let mut hull: Option<Interval> = None;
    let mut left_out = 0;
    for target in targets {
        let listed: Vec<&Cases> = program.cases.iter().filter(|cases| cases.target == *target).collect();
        let parts: Vec<Option<&Cases>> =
            if listed.is_empty() { vec![None] } else { listed.into_iter().map(Some).collect() };
        let mut rows: Vec<Row> = Vec::new();
        for cases in parts {
            let period = period(program, when, cases);
            hull = Some(hull.map_or(period, |hull| Interval {
                first: hull.first.min(period.first),
                last: hull.last.max(period.last),
            }));
            let questions = explain::questions(program, *target, cases);
            let evaluated = explain::evaluate(engine, &questions, period);
            let hide = for_people && cases.is_none() && evaluated.len() > MOST_UNLISTED;
            let (shown, silent): (Vec<Evaluated>, Vec<Evaluated>) =
                evaluated.into_iter().partition(|evaluated| !hide || says_something(evaluated));
            left_out += silent.len();
            for evaluated in shown {
                let row = row(program, &evaluated, when, period);
                if !rows.contains(&row) {
                    rows.push(row);
                }
            }
        }
        let roles = program.roles(*target).iter().map(|role| role.name.clone()).collect();
        tables.push(Table { name: program.qualified_name(*target), roles, rows });
    }
    let hull = hull.unwrap_or(Interval::ALL);
    let extent = match (when.yearly, when.day) {
        (Some(_), _) => Extent::Years(hull),
        (None, Some(day)) => Extent::Day(day),
        (None, None) => Extent::Period(hull),
    };
    (Results { extent, tables }, left_out)
}

fn says_something(evaluated: &Evaluated) -> bool {
    evaluated.stretches.iter().any(|(_, answer)| is_known(answer))
}

/// Whether an answer says anything of its case.
pub fn is_known(answer: &Answer) -> bool {
    !matches!(answer, Answer::Verdict(Verdict::Undetermined | Verdict::NotApplicable)) && answer.words() != "not known"
}

pub fn period(program: &Program, when: &When, cases: Option<&Cases>) -> Interval {
    match (when.day.filter(|_| when.yearly.is_none()), when.period) {
        (Some(day), _) => Interval { first: day, last: day },
        (None, Some(period)) => period,
        (None, None) => cases.and_then(|cases| cases.period).unwrap_or_else(|| explain::natural_period(program)),
    }
}

fn row(program: &Program, evaluated: &Evaluated, when: &When, period: Interval) -> Row {
    let named = |individual: &symmachia::model::program::IndividualId| {
        let individual = program.individual(*individual);
        Named { name: individual.name.clone(), label: individual.display().to_owned() }
    };
    let spans = match when.yearly {
        None => evaluated.stretches.clone(),
        Some(yearly) => {
            let yearly = match yearly {
                Yearly::AnyDay => explain::Yearly::AnyDay,
                Yearly::AllDays => explain::Yearly::AllDays,
                Yearly::On { month, day } => explain::Yearly::On(month, day),
            };
            explain::by_year(&evaluated.stretches, period, yearly)
                .into_iter()
                .filter_map(|(year, answer)| {
                    let year = Period::from_parts(year, None, None)?;
                    Some((Interval { first: year.first, last: year.last }, answer))
                })
                .collect()
        }
    };
    Row { individuals: evaluated.question.individuals.iter().map(named).collect(), spans }
}
