//! One case explained: put together from the rule, the facts, what blocks it and what would change it.

use super::blockers::{blockers, tallies};
use super::dependence::dependence;
use super::explanation::{Answer, Explanation, Request, RuleExplanation};
use super::facts::add_facts;
use super::labels::{Shown, add_deeper_rules, fits, label, rules_of};
use super::parts::{Place, Side};
use super::phrases;
use super::repairs::{Repairs, repairs, turned};
use super::sentences;
use super::texts::{self, Sense};
use super::trail::{Step, Trail};
use crate::engine::{Engine, Frame};
use crate::model::program::{IndividualId, MeasureDefinition, MeasureId, Question, RelationId, Target};
use crate::time::{Day, Interval};
use crate::verdict::Verdict;

/// Explains a case: its last stretch in the period on which it arises.
#[must_use]
pub fn explain(engine: &Engine<'_>, question: &Question, request: Request) -> Explanation {
    let program = engine.program();
    let stretches = stretches(engine, question, request.period);
    let arises = |answer: &Answer| *answer != Answer::Verdict(Verdict::NotApplicable);
    let whole = (request.period, Answer::Verdict(Verdict::NotApplicable));
    let (interval, answer) =
        stretches.iter().rfind(|(_, answer)| arises(answer)).or(stretches.last()).cloned().unwrap_or(whole);
    let day = interval.last;
    let documentation = match question.target {
        Target::Relation(relation) => program.relation(relation).documentation.clone(),
        Target::Measure(measure) => program.measure(measure).documentation.clone(),
    };
    let mut explanation = Explanation {
        name: texts::as_written(program, question.target, &question.individuals),
        sentence: texts::sentence(program, question.target, &question.individuals, Sense::Positive),
        question: question.clone(),
        documentation,
        period: request.period,
        stretches,
        interval,
        day,
        answer: answer.clone(),
        inapplicable: None,
        rules: Vec::new(),
        tallies: Vec::new(),
        facts: Vec::new(),
        further_facts: 0,
        blockers: Vec::new(),
        open_questions: Vec::new(),
        permitted: Vec::new(),
        dependence: Vec::new(),
        repairs: Vec::new(),
        search_stopped: Vec::new(),
    };
    match question.target {
        Target::Relation(relation) => {
            explain_relation(engine, relation, &question.individuals, day, request, &mut explanation);
        }
        Target::Measure(measure) => {
            explain_measure(engine, measure, &question.individuals, day, &mut explanation);
        }
    }
    explanation
}

/// How the answer to a question changes over a period.
#[must_use]
pub fn stretches(engine: &Engine<'_>, question: &Question, period: Interval) -> Vec<(Interval, Answer)> {
    let cut = |run: Interval| Interval::new(run.first.max(period.first), run.last.min(period.last));
    match question.target {
        Target::Relation(relation) => engine
            .case(relation, &question.individuals)
            .map(|standing| standing.verdict())
            .runs()
            .filter_map(|(run, verdict)| cut(run).map(|run| (run, Answer::Verdict(*verdict))))
            .collect(),
        Target::Measure(measure) => {
            let levels = engine.program().measure(measure).levels;
            engine
                .measure(measure, &question.individuals)
                .map(|value| phrases::quantity(engine, value, levels))
                .runs()
                .filter_map(|(run, value)| cut(run).map(|run| (run, Answer::Value(value.clone()))))
                .collect()
        }
    }
}

fn explain_relation(
    engine: &Engine<'_>,
    relation: RelationId,
    individuals: &[IndividualId],
    day: Day,
    request: Request,
    explanation: &mut Explanation,
) {
    let standing = *engine.case(relation, individuals).at(day);
    let verdict = standing.verdict();
    if verdict == Verdict::NotApplicable {
        explanation.inapplicable = Some(why_inapplicable(engine, relation, individuals, day));
        explanation.rules = rules_of(engine, relation, individuals, day, None, Shown::Where);
        return;
    }
    let trails = match verdict {
        Verdict::Met => vec![Trail::of_case(engine, relation, individuals, day, Side::For, true)],
        Verdict::NotMet => vec![Trail::of_case(engine, relation, individuals, day, Side::Against, true)],
        Verdict::Contested => vec![
            Trail::of_case(engine, relation, individuals, day, Side::For, standing.is_for()),
            Trail::of_case(engine, relation, individuals, day, Side::Against, false),
        ],
        _ => vec![Trail::of_case(engine, relation, individuals, day, Side::For, true)],
    };
    let steps: Vec<Step> = trails.into_iter().flatten().collect();
    explanation.rules = rules_of(engine, relation, individuals, day, None, Shown::Whole);
    explanation.tallies = tallies(engine, relation, individuals, day);
    add_deeper_rules(engine, &steps, request.depth, explanation);
    let used = add_facts(engine, &steps, verdict, explanation);
    if verdict != Verdict::Met {
        explanation.blockers = blockers(engine, relation, individuals, day);
        let lacking = Trail::of_case(engine, relation, individuals, day, Side::For, true);
        explanation.open_questions = open_questions(engine, &lacking);
    }
    explanation.permitted = permitted(engine, relation, individuals, day);
    if verdict != Verdict::Undetermined {
        let dependence = dependence(engine, relation, individuals, day, &used);
        explanation.dependence = sentences::dependence(engine.program(), &dependence);
    }
    for wanted in turned(standing) {
        let Repairs { found, has_stopped } = repairs(engine, relation, individuals, day, *wanted);
        explanation.repairs.extend(found.iter().map(|repair| sentences::repair(engine, repair, day)));
        explanation.search_stopped.extend(has_stopped.then_some(*wanted));
    }
}

fn explain_measure(
    engine: &Engine<'_>,
    measure: MeasureId,
    individuals: &[IndividualId],
    day: Day,
    explanation: &mut Explanation,
) {
    let program = engine.program();
    let definition = program.measure(measure);
    let steps: Vec<Step> = match &definition.definition {
        MeasureDefinition::Recorded => {
            vec![Step {
                target: Target::Measure(measure),
                individuals: individuals.to_vec(),
                side: Side::For,
                day,
                depth: 0,
                is_occasion: false,
            }]
        }
        _ => Trail::of_measure(engine, measure, individuals, day),
    };
    if let MeasureDefinition::Defined { .. } = &definition.definition {
        explanation.rules.push(RuleExplanation {
            span: definition.span,
            head: definition.span,
            title: None,
            documentation: definition.documentation.clone(),
            labels: Vec::new(),
        });
    }
    if let MeasureDefinition::Classification { variables, cases, .. } = &definition.definition {
        let labels = cases
            .iter()
            .map(|(_, condition)| {
                let frame =
                    Frame::new(variables.len(), individuals, engine.domain(Target::Measure(measure), individuals));
                label(engine, &Place::new(condition, frame, day))
            })
            .collect();
        explanation.rules.push(RuleExplanation {
            span: definition.span,
            head: definition.span,
            title: None,
            documentation: definition.documentation.clone(),
            labels,
        });
    }
    add_facts(engine, &steps, Verdict::Met, explanation);
}

fn why_inapplicable(engine: &Engine<'_>, relation: RelationId, individuals: &[IndividualId], day: Day) -> String {
    let program = engine.program();
    if let Some(individual) = individuals.iter().find(|one| !program.individual(**one).life.contains(day)) {
        let life = &program.individual(*individual).life;
        let name = texts::name(program, *individual);
        let existed = life.iter().rfind(|interval| interval.last < day).map(|interval| interval.last);
        let exists_from = life.iter().find(|interval| interval.first > day).map(|interval| interval.first);
        return match (existed, exists_from) {
            (Some(last), _) => format!("{name} existed only until {last}"),
            (None, Some(first)) => format!("{name} exists only from {first}"),
            (None, None) => format!("{name} does not exist"),
        };
    }
    let target = Target::Relation(relation);
    if program.pairs_with_itself(target, individuals) {
        return "no state is paired with itself (unless the relation is declared `reflexive`)".to_owned();
    }
    let roles = program.roles(target);
    for (individual, role) in individuals.iter().zip(roles) {
        if !program.is_member(*individual, role.kind) {
            let kind = &program.kind(role.kind).name;
            return format!("{} is no member of the kind `{kind}`", texts::name(program, *individual));
        }
    }
    "its `where` is not met".to_owned()
}

fn open_questions(engine: &Engine<'_>, steps: &[Step]) -> Vec<String> {
    let program = engine.program();
    let mut questions = Vec::new();
    for step in steps {
        let Target::Relation(relation) = step.target else { continue };
        let is_open = !program.relation(relation).is_criterion
            && engine.case(relation, &step.individuals).at(step.day).verdict() == Verdict::Undetermined
            && step.individuals.iter().all(|individual| !program.individual(*individual).is_unnamed);
        let sentence = texts::sentence(program, step.target, &step.individuals, Sense::Positive);
        if is_open && !questions.contains(&sentence) {
            questions.push(sentence);
        }
    }
    questions
}

fn permitted(engine: &Engine<'_>, relation: RelationId, individuals: &[IndividualId], day: Day) -> Vec<String> {
    let program = engine.program();
    let mut permitted = Vec::new();
    for rule in program.relation(relation).rules.iter().map(|rule| program.rule(*rule)) {
        if !fits(rule, individuals) {
            continue;
        }
        for condition in &rule.permits {
            let frame =
                Frame::new(rule.variables.len(), individuals, engine.domain(Target::Relation(relation), individuals));
            let place = Place::new(condition, frame, day);
            if place.standing(engine).is_for() {
                permitted.push(phrases::phrase(engine, &place));
            }
        }
    }
    permitted.retain(|phrase| !phrase.is_empty());
    permitted
}
