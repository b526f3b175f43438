//! One case explained: put together from the rule, the facts, what blocks it and what would change it.

use super::blockers::{blockers, tallies};
use super::dependence::dependence;
use super::explanation::{Answer, Explanation, Request, RuleExplanation};
use super::facts::add_facts;
use super::inapplicable::why_inapplicable;
use super::labels::{Shown, add_deeper_rules, fits, label, rules_of};
use super::parts::{Place, Side};
use super::phrases;
use super::repairs::{Repairs, repairs, turned};
use super::sentences;
use super::texts::{self, Sense};
use super::trail::{Step, Trail};
use super::values;
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
        missing_values: Vec::new(),
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
                .map(|value| values::quantity(engine, value, levels))
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
        let steps = Trail::of_case(engine, relation, individuals, day, Side::Against, true);
        add_facts(engine, &steps, Verdict::NotMet, explanation);
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
        explanation.missing_values = missing_values(engine, &lacking);
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
        MeasureDefinition::Recorded => vec![Step::asked(Target::Measure(measure), individuals, day)],
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
    if engine.measure(measure, individuals).at(day).settled().is_none() {
        explanation.open_questions = open_questions(engine, &steps);
        explanation.missing_values = missing_values(engine, &steps);
    }
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

/// The recorded measures that have no value, where they could have one that would matter.
fn missing_values(engine: &Engine<'_>, steps: &[Step]) -> Vec<String> {
    let program = engine.program();
    let mut missing = Vec::new();
    for step in steps {
        let Target::Measure(measure) = step.target else { continue };
        let is_recorded = matches!(program.measure(measure).definition, MeasureDefinition::Recorded);
        let could_have_one = engine.domain(step.target, &step.individuals).contains(step.day)
            && step.individuals.iter().all(|individual| !program.individual(*individual).is_unnamed);
        // A sum passes over those of whom a complete record is silent.
        let is_passed_over = step.is_summed && {
            let record = engine.record();
            record.complete_days(step.target, &step.individuals, engine.changes()).contains(step.day)
        };
        let has_none = engine.measure(measure, &step.individuals).at(step.day).alternatives().is_empty();
        let sentence = texts::sentence(program, step.target, &step.individuals, Sense::Positive);
        if is_recorded && could_have_one && !is_passed_over && has_none && !missing.contains(&sentence) {
            missing.push(sentence);
        }
    }
    missing
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
