//! The explanation of one case: put together from the rule, the facts, what blocks it and what would change it.

use super::dependence::dependence;
use super::leaves::{Bearing, Evidence, Leaf, end_in_words};
use super::parts::{Composition, Place, Side};
use super::phrases;
use super::repairs::{distance, repairs, turned};
use super::sentences;
use super::texts::{self, Sense};
use super::trail::{Step, Trail};
use crate::engine::{Engine, Frame};
use crate::evidence::{StatementId, Tuple};
use crate::model::condition::{Condition, ConditionKind, CountComparison, Wording};
use crate::model::program::{Guard, IndividualId, MeasureDefinition, MeasureId, Question, RelationId, Rule, Target};
use crate::text::Span;
use crate::time::{Day, Interval};
use crate::verdict::Verdict;

/// What a case comes to on some days: a verdict, or what is known of a number or level.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// Of a predicate or criterion.
    Verdict(Verdict),
    /// Of a measure or classification, in words.
    Value(String),
}

impl Answer {
    /// The answer in words.
    #[must_use]
    pub fn words(&self) -> &str {
        match self {
            Answer::Verdict(verdict) => verdict.name(),
            Answer::Value(value) => value,
        }
    }
}

/// Why a case stands as it does.
#[derive(Debug, Clone)]
pub struct Explanation {
    /// The case.
    pub question: Question,
    /// As one would write it: `true_alliance.ally(russia, kazakhstan)`.
    pub name: String,
    /// In the words of its gloss.
    pub sentence: String,
    /// What its author says of it.
    pub documentation: Vec<String>,
    /// What was asked about.
    pub period: Interval,
    /// How the answer changes over the period.
    pub stretches: Vec<(Interval, Answer)>,
    /// The stretch that is explained.
    pub interval: Interval,
    /// The day within it that is looked at: its last.
    pub day: Day,
    /// The answer there.
    pub answer: Answer,
    /// Why it does not arise, where it does not.
    pub inapplicable: Option<String>,
    /// The rules, with each condition labelled; that of the case itself first.
    pub rules: Vec<RuleExplanation>,
    /// How each counting form of the rule comes out.
    pub tallies: Vec<String>,
    /// The statements that decide, each once, the nearest first.
    pub facts: Vec<FactExplanation>,
    /// How many statements bear on it that are not shown.
    pub further_facts: usize,
    /// All conditions that stand in the way of its being met, the nearest to being met first.
    pub blockers: Vec<Blocker>,
    /// What is not settled and would matter, in words.
    pub open_questions: Vec<String>,
    /// What the rule permits and is recorded.
    pub permitted: Vec<String>,
    /// What the verdict would not survive the loss of, in sentences.
    pub dependence: Vec<String>,
    /// The smallest changes that give another verdict.
    pub repairs: Vec<RepairExplanation>,
}

/// Findings that together give another verdict, none of which can be spared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RepairExplanation {
    /// What the verdict becomes.
    pub verdict: Verdict,
    /// What would have to be found, in words: what is recorded otherwise first, then what is open.
    pub findings: Vec<String>,
    /// How many of them, at the beginning, stand against what is recorded or settled by silence.
    pub reversals: usize,
    /// The same as the language writes it.
    pub facts: Vec<String>,
}

/// A rule with each of its conditions labelled.
#[derive(Debug, Clone)]
pub struct RuleExplanation {
    /// The whole rule, or its head where nothing else is shown.
    pub span: Span,
    /// The head.
    pub head: Span,
    /// What it is about, with the verdict, where it is not the case itself.
    pub title: Option<String>,
    /// From `##`.
    pub documentation: Vec<String>,
    /// In order of place.
    pub labels: Vec<PartLabel>,
}

/// A condition in its place, with its verdict and what is to be said of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartLabel {
    /// The condition.
    pub span: Span,
    /// How it stands.
    pub verdict: Verdict,
    /// Why.
    pub phrase: String,
}

/// A statement of evidence, or of completeness, and what it does here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FactExplanation {
    /// Its place.
    pub span: Span,
    /// What it does.
    pub role: String,
    /// Where it comes from.
    pub citation: String,
    /// Its note.
    pub note: Option<String>,
}

/// A condition that stands in the way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Blocker {
    /// The condition.
    pub span: Span,
    /// How it stands.
    pub verdict: Verdict,
    /// Why.
    pub phrase: String,
    /// How many changes of evidence it would take, where single facts would do.
    pub distance: Option<usize>,
}

/// Statements that are shown.
const MOST_FACTS: usize = 6;

/// What is to be explained.
#[derive(Debug, Clone, Copy)]
pub struct Request {
    /// What was asked about.
    pub period: Interval,
    /// How many criteria deep the rules are shown; 1 shows that of the case alone.
    pub depth: usize,
}

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
    explanation.repairs = turned(standing)
        .iter()
        .flat_map(|wanted| repairs(engine, relation, individuals, day, *wanted))
        .map(|repair| sentences::repair(engine, &repair, day))
        .collect();
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

/// What of a rule is labelled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shown {
    /// All of it.
    Whole,
    /// Only where it applies.
    Where,
}

fn rules_of(
    engine: &Engine<'_>,
    relation: RelationId,
    individuals: &[IndividualId],
    day: Day,
    title: Option<String>,
    shown: Shown,
) -> Vec<RuleExplanation> {
    let program = engine.program();
    let definition = program.relation(relation);
    definition
        .rules
        .iter()
        .map(|rule| program.rule(*rule))
        .filter(|rule| fits(rule, individuals))
        .map(|rule| {
            let frame =
                Frame::new(rule.variables.len(), individuals, engine.domain(Target::Relation(relation), individuals));
            let mut labels = Vec::new();
            let body = (shown == Shown::Whole).then_some(&rule.body);
            for condition in rule.applies_where.iter().chain(body) {
                for part in labelled_parts(condition) {
                    labels.push(label(engine, &Place::new(part, frame.clone(), day)));
                }
            }
            RuleExplanation {
                span: rule.span,
                head: rule.head_span,
                title: title.clone(),
                documentation: rule.documentation.clone(),
                labels,
            }
        })
        .collect()
}

fn fits(rule: &Rule, individuals: &[IndividualId]) -> bool {
    rule.guards.iter().all(|guard| match guard {
        Guard::Is(place, one) => individuals[*place] == *one,
        Guard::Same(one, two) => individuals[*one] == individuals[*two],
    })
}

/// The conditions of a body that are labelled each in its place.
fn labelled_parts(condition: &Condition) -> Vec<&Condition> {
    match &condition.kind {
        ConditionKind::And(conditions, Wording::Plain)
        | ConditionKind::Or(conditions, Wording::Plain)
        | ConditionKind::Counted { conditions, .. } => conditions.iter().flat_map(labelled_parts).collect(),
        _ => vec![condition],
    }
}

fn label(engine: &Engine<'_>, place: &Place<'_>) -> PartLabel {
    PartLabel {
        span: place.condition.span,
        verdict: place.standing(engine).verdict(),
        phrase: phrases::phrase(engine, place),
    }
}

fn add_deeper_rules(engine: &Engine<'_>, steps: &[Step], depth: usize, explanation: &mut Explanation) {
    let program = engine.program();
    let mut seen: Vec<(RelationId, &[IndividualId])> = Vec::new();
    for step in steps.iter().filter(|step| step.depth > 0 && step.depth < depth) {
        let Target::Relation(relation) = step.target else { continue };
        if program.relation(relation).rules.is_empty() || seen.contains(&(relation, &step.individuals)) {
            continue;
        }
        seen.push((relation, &step.individuals));
        let verdict = engine.case(relation, &step.individuals).at(step.day).verdict();
        let sentence = texts::sentence(program, step.target, &step.individuals, Sense::Positive);
        let title = Some(format!("{verdict}  {sentence}"));
        explanation.rules.extend(rules_of(engine, relation, &step.individuals, step.day, title, Shown::Whole));
    }
}

/// The statements behind the leaves of a trail, each once; and which facts they say there.
fn add_facts(
    engine: &Engine<'_>,
    steps: &[Step],
    verdict: Verdict,
    explanation: &mut Explanation,
) -> Vec<(Target, Tuple, Evidence)> {
    let program = engine.program();
    let mut used: Vec<(Target, Tuple, Evidence)> = Vec::new();
    let mut shown: Vec<(usize, FactExplanation)> = Vec::new();
    let mut seen: Vec<StatementId> = Vec::new();
    let mut seen_completeness: Vec<usize> = Vec::new();
    for step in steps {
        match step.target {
            Target::Relation(relation) => {
                if program.relation(relation).is_criterion {
                    continue;
                }
                let leaf = Leaf::of(engine, relation, &step.individuals, step.day);
                let bears: Vec<&Evidence> = if verdict == Verdict::Undetermined {
                    // What closes a path that is no longer open is worth showing too.
                    let closes = |one: &&Evidence| matches!(one.bearing, Bearing::Ended | Bearing::Against);
                    match leaf.verdict {
                        Verdict::Met => Vec::new(),
                        Verdict::NotMet => leaf.evidence.iter().filter(closes).collect(),
                        _ => leaf.evidence.iter().collect(),
                    }
                } else {
                    leaf.deciding().collect()
                };
                for evidence in bears {
                    used.push((step.target, step.individuals.as_slice().into(), evidence.clone()));
                    if !seen.contains(&evidence.statement) {
                        seen.push(evidence.statement);
                        shown.push((step.depth, fact(engine, evidence, &leaf)));
                    }
                }
                for index in leaf.silent.iter().filter(|_| verdict != Verdict::Undetermined) {
                    if !seen_completeness.contains(index) {
                        seen_completeness.push(*index);
                        shown.push((step.depth, silence(engine, *index)));
                    }
                }
            }
            Target::Measure(measure) => {
                for entry in engine.record().entries(step.target, &step.individuals) {
                    let days = engine.record().days(entry.statement, engine.changes());
                    if let Some(interval) =
                        days.certain.interval_at(step.day).filter(|_| !seen.contains(&entry.statement))
                    {
                        seen.push(entry.statement);
                        let evidence =
                            Evidence { statement: entry.statement, bearing: Bearing::For, days: Some(interval) };
                        used.push((step.target, step.individuals.as_slice().into(), evidence));
                        let statement = &program.statements[entry.statement.index()];
                        shown.push((
                            step.depth,
                            FactExplanation {
                                span: statement.atom_span,
                                role: phrases::value_phrase(engine, measure, &step.individuals, step.day),
                                citation: texts::citations(program, statement),
                                note: statement.note.clone(),
                            },
                        ));
                    }
                }
            }
        }
    }
    shown.sort_by_key(|(depth, _)| *depth);
    explanation.further_facts = shown.len().saturating_sub(MOST_FACTS);
    explanation.facts = shown.into_iter().take(MOST_FACTS).map(|(_, fact)| fact).collect();
    used
}

fn fact(engine: &Engine<'_>, evidence: &Evidence, leaf: &Leaf) -> FactExplanation {
    let program = engine.program();
    let statement = &program.statements[evidence.statement.index()];
    let role = match (evidence.bearing, evidence.days) {
        (Bearing::For, _) => "says so".to_owned(),
        (Bearing::Against, _) => "says that it is not so".to_owned(),
        (Bearing::Ended, Some(days)) => format!("ended {}", end_in_words(engine, evidence.statement, days.first)),
        (Bearing::OthersOnly, _) => "says that there are no others".to_owned(),
        (Bearing::Imprecise, Some(days)) => format!("leaves it open from {} to {}", days.first, days.last),
        (Bearing::Unknown, _) => "was sought and not found".to_owned(),
        (Bearing::Before, Some(days)) => format!("says so until {}, and nothing of the time after", days.last),
        (Bearing::Later, Some(days)) => format!("says so only from {}", days.first),
        _ => String::new(),
    };
    let contested = if leaf.verdict == Verdict::Contested { "contested: " } else { "" };
    FactExplanation {
        span: statement.atom_span,
        role: format!("{contested}{role}"),
        citation: texts::citations(program, statement),
        note: statement.note.clone(),
    }
}

fn silence(engine: &Engine<'_>, index: usize) -> FactExplanation {
    let program = engine.program();
    let completeness = &program.completeness[index];
    let citation =
        completeness.citations.iter().map(|citation| texts::citation(program, citation)).collect::<Vec<_>>().join("; ");
    FactExplanation {
        span: completeness.span,
        role: "the record is complete, and silent on this".to_owned(),
        citation,
        note: completeness.note.clone(),
    }
}

fn blockers(engine: &Engine<'_>, relation: RelationId, individuals: &[IndividualId], day: Day) -> Vec<Blocker> {
    let mut blockers = Vec::new();
    for place in bodies(engine, relation, individuals, day) {
        add_blockers(engine, &place, Side::For, &mut blockers);
    }
    blockers.sort_by_key(|blocker| (blocker.distance.unwrap_or(usize::MAX), blocker.span));
    blockers
}

/// The parts that do not stand as they would have to; where another limb already suffices, none of its rivals does.
fn add_blockers<'p>(engine: &Engine<'p>, place: &Place<'p>, side: Side, blockers: &mut Vec<Blocker>) {
    let standing = place.standing(engine);
    if side.is_settled(standing) {
        return;
    }
    let is_plain =
        matches!(&place.condition.kind, ConditionKind::And(_, Wording::Plain) | ConditionKind::Or(_, Wording::Plain));
    match place.composition(engine) {
        Composition::Joined(parts) if is_plain => {
            for (part, _) in &parts {
                add_blockers(engine, part, side, blockers);
            }
        }
        Composition::Counted(comparison, _, parts) => {
            for part in &parts {
                match comparison {
                    CountComparison::AtLeast => add_blockers(engine, part, side, blockers),
                    CountComparison::AtMost => add_blockers(engine, part, side.opposite(), blockers),
                    CountComparison::Exactly if part.standing(engine).verdict() == Verdict::Met => {}
                    CountComparison::Exactly => add_blockers(engine, part, side, blockers),
                }
            }
        }
        _ => blockers.push(Blocker {
            span: place.condition.span,
            verdict: standing.verdict(),
            phrase: phrases::phrase(engine, place),
            distance: distance(engine, place, side),
        }),
    }
}

/// The bodies of the rules that speak of a case, and the conditions on which they do.
fn bodies<'p>(engine: &Engine<'p>, relation: RelationId, individuals: &[IndividualId], day: Day) -> Vec<Place<'p>> {
    let program = engine.program();
    let domain = engine.domain(Target::Relation(relation), individuals);
    let rules = program.relation(relation).rules.iter().map(|rule| program.rule(*rule));
    rules
        .filter(|rule| fits(rule, individuals))
        .flat_map(|rule| {
            let frame = Frame::new(rule.variables.len(), individuals, domain.clone());
            rule.applies_where
                .iter()
                .chain([&rule.body])
                .map(move |condition| Place::new(condition, frame.clone(), day))
        })
        .collect()
}

/// `at least 3 of 5: 1 met, 4 undetermined`: each counting form that stands in the rules themselves.
fn tallies(engine: &Engine<'_>, relation: RelationId, individuals: &[IndividualId], day: Day) -> Vec<String> {
    let mut open = bodies(engine, relation, individuals, day);
    open.reverse();
    let mut tallies = Vec::new();
    while let Some(place) = open.pop() {
        match place.composition(engine) {
            Composition::Joined(parts) => open.extend(parts.into_iter().rev().map(|(part, _)| part)),
            Composition::Counted(..) => tallies.push(phrases::phrase(engine, &place)),
            _ => {}
        }
    }
    tallies
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
