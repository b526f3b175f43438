//! Expectations and claims held against the answers.

use super::parts::{Place, Side};
use super::phrases;
use super::trail::{Step, Trail};
use crate::diagnostic::{Diagnostic, Severity};
use crate::engine::{Engine, Frame, Standing};
use crate::model::condition::ConditionKind;
use crate::model::program::{Assertion, AssertionTime, Program, Reason, Target};
use crate::time::{Day, Interval, IntervalSet, Timeline};
use crate::verdict::Verdict;

/// Codes of what this phase reports.
pub const CODES: &[&str] = &[
    "symmachia::check::expectation_fails",
    "symmachia::check::claim_not_borne_out",
    "symmachia::check::no_day",
    "symmachia::check::other_reason",
    super::evaluation::NOT_SYMMETRIC,
];

/// What came of one assertion.
#[derive(Debug, Clone)]
pub struct Outcome<'p> {
    /// Which.
    pub assertion: &'p Assertion,
    /// Why it does not hold; none where it does.
    pub failure: Option<Failure>,
    /// The day on which it was looked at last, where there is one.
    pub day: Option<Day>,
}

/// Why an assertion does not hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Failure {
    /// Its time has no day on which the case applies.
    NoDay,
    /// Another verdict on these days; on the last of them for this reason.
    OtherVerdict(Vec<(Interval, Verdict)>, String),
    /// The verdict is right, and these conditions are not among its reasons; those that are.
    OtherReason(Vec<String>, Vec<String>),
}

/// Holds every expectation and claim of a program against its answers, in the order of the program.
#[must_use]
pub fn check<'p>(engine: &Engine<'p>) -> Vec<Outcome<'p>> {
    engine.program().assertions.iter().map(|assertion| outcome(engine, assertion)).collect()
}

fn outcome<'p>(engine: &Engine<'p>, assertion: &'p Assertion) -> Outcome<'p> {
    let condition = &assertion.condition;
    let mut frame = Frame::new(assertion.variables.len(), &[], IntervalSet::all());
    let (line, applies): (Timeline<Verdict>, IntervalSet) = match &condition.kind {
        ConditionKind::Atom(atom) => match frame.arguments(&atom.arguments) {
            Some(individuals) => {
                let case = engine.case(atom.relation, &individuals);
                let applies = case.days_where(|standing| standing.is_applicable());
                (case.map(|standing| standing.verdict()), applies)
            }
            None => (Timeline::constant(Verdict::Undetermined), IntervalSet::all()),
        },
        _ => {
            let line = engine.condition(condition, &mut frame);
            (line.map(|standing: &Standing| standing.verdict()), engine.life(condition.constants.iter().copied()))
        }
    };
    let asked: IntervalSet = match assertion.time {
        AssertionTime::Always => IntervalSet::all(),
        AssertionTime::Every(interval) | AssertionTime::Sometime(interval) => interval.into(),
    };
    let days = if assertion.verdict == Verdict::NotApplicable { asked } else { asked.intersection(&applies) };
    let right = line.days_where(|verdict| *verdict == assertion.verdict).intersection(&days);
    let holds = match assertion.time {
        AssertionTime::Sometime(_) => !right.is_empty(),
        _ => right == days,
    };
    let failure = if days.is_empty() {
        Some(Failure::NoDay)
    } else if !holds {
        let wrong = days.difference(&right);
        let others: Vec<(Interval, Verdict)> = line
            .runs()
            .flat_map(|(run, verdict)| {
                IntervalSet::from(run)
                    .intersection(&wrong)
                    .iter()
                    .map(|interval| (interval, *verdict))
                    .collect::<Vec<_>>()
            })
            .collect();
        let why = wrong.last().map(|day| phrases::phrase(engine, &Place::new(condition, frame.clone(), day)));
        Some(Failure::OtherVerdict(others, why.unwrap_or_default()))
    } else {
        right.last().and_then(|day| other_reason(engine, assertion, &Place::new(condition, frame.clone(), day)))
    };
    Outcome { assertion, failure, day: right.last().or(days.last()) }
}

fn other_reason(engine: &Engine<'_>, assertion: &Assertion, place: &Place<'_>) -> Option<Failure> {
    if assertion.failing.is_empty() && assertion.by.is_empty() {
        return None;
    }
    let program = engine.program();
    let in_the_way: Vec<Step> = Trail::of_place(engine, place, Side::For, true)
        .into_iter()
        .filter(|step| is_in_the_way(engine, step))
        .collect();
    let carrying: Vec<Step> = match assertion.verdict {
        Verdict::Met => Trail::of_place(engine, place, Side::For, true),
        Verdict::NotMet => Trail::of_place(engine, place, Side::Against, true),
        _ => [Side::For, Side::Against]
            .into_iter()
            .flat_map(|side| Trail::of_place(engine, place, side, false))
            .filter(|step| has_side(engine, step))
            .collect(),
    };
    let missing_from = |reasons: &[Reason], steps: &[Step]| -> Vec<String> {
        reasons
            .iter()
            .filter(|reason| !steps.iter().any(|step| is_reason(reason, step)))
            .map(|reason| name(program, reason))
            .collect()
    };
    let failing: Vec<Step> = in_the_way.iter().chain(&carrying).cloned().collect();
    let mut missing =
        missing_from(&assertion.failing, if assertion.verdict == Verdict::Met { &in_the_way } else { &failing });
    missing.extend(missing_from(&assertion.by, &carrying));
    if missing.is_empty() {
        return None;
    }
    let listed = if assertion.by.is_empty() { &in_the_way } else { &carrying };
    let mut reasons: Vec<String> = listed
        .iter()
        .filter(|step| step.depth > 0)
        .filter_map(|step| match step.target {
            Target::Relation(relation) => Some(program.relation(relation).name.clone()),
            Target::Measure(_) => None,
        })
        .collect();
    reasons.sort();
    reasons.dedup();
    Some(Failure::OtherReason(missing, reasons))
}

fn is_reason(reason: &Reason, step: &Step) -> bool {
    step.target == Target::Relation(reason.relation)
        && reason.arguments.as_ref().is_none_or(|arguments| *arguments == step.individuals)
}

fn name(program: &Program, reason: &Reason) -> String {
    match &reason.arguments {
        Some(arguments) => super::texts::as_written(program, Target::Relation(reason.relation), arguments),
        None => program.relation(reason.relation).name.clone(),
    }
}

fn standing(engine: &Engine<'_>, step: &Step) -> Option<Standing> {
    match step.target {
        Target::Relation(relation) => Some(*engine.case(relation, &step.individuals).at(step.day)),
        Target::Measure(_) => None,
    }
}

/// Whether it does not stand as it would have to.
fn is_in_the_way(engine: &Engine<'_>, step: &Step) -> bool {
    standing(engine, step).is_some_and(|standing| !step.side.is_settled(standing.in_condition()))
}

fn has_side(engine: &Engine<'_>, step: &Step) -> bool {
    standing(engine, step).is_some_and(|standing| step.side.has(standing.in_condition()))
}

impl Outcome<'_> {
    /// Whether it holds.
    #[must_use]
    pub fn holds(&self) -> bool {
        self.failure.is_none()
    }

    /// What the user is told where it does not hold.
    #[must_use]
    pub fn diagnostic(&self) -> Option<Diagnostic> {
        let failure = self.failure.as_ref()?;
        let is_claim = self.assertion.claim.is_some();
        let severity = if is_claim { Severity::Note } else { Severity::Failure };
        let (what, code) = if is_claim {
            ("claim", "symmachia::check::claim_not_borne_out")
        } else {
            ("expectation", "symmachia::check::expectation_fails")
        };
        let wanted = self.assertion.verdict;
        Some(match failure {
            Failure::NoDay => Diagnostic::new(
                "symmachia::check::no_day",
                severity,
                format!("this {what} has no day on which its case applies"),
            )
            .at(self.assertion.span, "on none of these days does the case arise")
            .help(
                "check the dates, and the lives of the individuals; `is not applicable` asserts that it does not arise",
            ),
            Failure::OtherVerdict(others, why) => {
                let message = if is_claim {
                    format!("the evidence does not bear this claim out: {}", others_in_words(others, wanted))
                } else {
                    format!("expected {wanted}: {}", others_in_words(others, wanted))
                };
                let label = if why.is_empty() { String::new() } else { why.clone() };
                Diagnostic::new(code, severity, message).at(self.assertion.condition.span, label)
            }
            Failure::OtherReason(missing, reasons) => {
                let reasons = if reasons.is_empty() { "none".to_owned() } else { reasons.join(", ") };
                Diagnostic::new(
                    "symmachia::check::other_reason",
                    severity,
                    format!("it is {wanted}, but not for the reason given: `{}`", missing.join("`, `")),
                )
                .at(self.assertion.span, String::new())
                .help(format!("its reasons are: {reasons}"))
            }
        })
    }
}

/// Stretches that are named one by one.
const MOST_STRETCHES: usize = 3;

fn others_in_words(others: &[(Interval, Verdict)], wanted: Verdict) -> String {
    let words: Vec<String> = others
        .iter()
        .rev()
        .take(MOST_STRETCHES)
        .rev()
        .map(|(interval, verdict)| format!("{verdict} {}", interval_in_words(*interval)))
        .collect();
    let more = others.len().saturating_sub(MOST_STRETCHES);
    let more = if more > 0 { format!(" (and on {more} earlier stretches not {wanted})") } else { String::new() };
    format!("it is {}{more}", words.join(", "))
}

/// `on 1999-04-02`, `from 1992-05-15 to 1999-01-01`, `throughout`
#[must_use]
pub fn interval_in_words(interval: Interval) -> String {
    match (interval.first == Day::FIRST, interval.last == Day::LAST) {
        (true, true) => "throughout".to_owned(),
        (true, false) => format!("until {}", interval.last),
        (false, true) => format!("from {} on", interval.first),
        (false, false) if interval.first == interval.last => format!("on {}", interval.first),
        (false, false) => format!("from {} to {}", interval.first, interval.last),
    }
}
