//! The condition that decides a verdict, in the words of its gloss, with the evidence on which it stands.
//!
//! An explanation shows a whole rule; this is for a sentence about it. Of several conditions that would each decide, the first
//! in the order of the rule is taken.

use super::explanation::FactExplanation;
use super::facts::facts;
use super::labels::fits;
use super::leaves::Leaf;
use super::parts::{Composition, Instance, Place, Side};
use super::phrases;
use super::repairs::Distances;
use super::silence::plural;
use super::texts::{self, Sense};
use super::trail::{Step, Trail};
use super::witnesses;
use crate::engine::{Engine, Frame};
use crate::model::condition::{Atom, Condition, ConditionKind, Quantifier, Wording};
use crate::model::program::{IndividualId, RelationId, Rule, RuleForm, Target};
use crate::text::Span;
use crate::time::Day;
use crate::verdict::Verdict;

/// What decides a verdict.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deciding {
    /// The condition; none where the case is one of a predicate.
    pub span: Option<Span>,
    /// How the condition stands, in words: of a criterion its gloss, of a counting form its tally, of witnesses
    /// `through the Alliance Treaty`. Empty where the evidence says it all.
    pub condition: String,
    /// What the evidence says, or does not say. Empty where it would only repeat the condition.
    pub because: String,
    /// The statements behind that.
    pub facts: Vec<FactExplanation>,
    /// Further conditions of the rule that alone would decide so.
    pub further: usize,
}

/// What decides the verdict of a case on a day; nothing where the case does not arise. Where all conditions together carry it, it is the first
/// of them that holds through somebody or in one of several ways, and nothing where none does.
#[must_use]
pub fn deciding(engine: &Engine<'_>, relation: RelationId, individuals: &[IndividualId], day: Day) -> Option<Deciding> {
    let verdict = engine.case(relation, individuals).at(day).verdict();
    if verdict == Verdict::NotApplicable {
        return None;
    }
    let target = Target::Relation(relation);
    if !engine.program().relation(relation).is_criterion {
        let step = Step::asked(target, individuals, day);
        return Some(Deciding {
            span: None,
            condition: String::new(),
            because: Leaf::of(engine, relation, individuals, day).phrase(engine),
            facts: facts(engine, &[step], verdict).1,
            further: 0,
        });
    }
    let bodies = bodies(engine, relation, individuals, day);
    let body = bodies.iter().find(|body| body.standing(engine).verdict() == verdict)?;
    let mut further = 0;
    let part = part(engine, body.clone(), verdict, &mut further)?;
    Some(Deciding { further, ..described(engine, &part, verdict) })
}

/// The bodies that may give a case its verdict, the necessary conditions first.
fn bodies<'p>(engine: &Engine<'p>, relation: RelationId, individuals: &[IndividualId], day: Day) -> Vec<Place<'p>> {
    let program = engine.program();
    let domain = engine.domain(Target::Relation(relation), individuals);
    let mut rules: Vec<&'p Rule> = program.relation(relation).rules.iter().map(|rule| program.rule(*rule)).collect();
    rules.retain(|rule| fits(rule, individuals));
    rules.sort_by_key(|rule| rule.form != RuleForm::OnlyIf);
    let conditions = rules.into_iter().flat_map(|rule| {
        rule.applies_where.iter().chain([&rule.body]).map(move |condition| (rule.variables.len(), condition))
    });
    conditions
        .map(|(variables, condition)| Place::new(condition, Frame::new(variables, individuals, domain.clone()), day))
        .collect()
}

/// The part that decides: of what is joined, the first that stands as the whole does; where all of them are needed, the first that may hold in
/// several ways.
fn part<'p>(engine: &Engine<'p>, place: Place<'p>, verdict: Verdict, further: &mut usize) -> Option<Place<'p>> {
    let all_needed = match (&place.condition.kind, verdict) {
        (ConditionKind::And(_, Wording::Plain), Verdict::Met) => return telling(engine, place, further),
        (ConditionKind::And(_, Wording::Plain), _) => false,
        (ConditionKind::Or(_, Wording::Plain), Verdict::Met) => false,
        (ConditionKind::Or(_, Wording::Plain), _) => true,
        _ => return Some(place),
    };
    let Composition::Joined(parts) = place.composition(engine) else { return Some(place) };
    let mut alike = parts.into_iter().map(|(part, _)| part).filter(|part| part.standing(engine).verdict() == verdict);
    let first = alike.next()?;
    if !all_needed {
        *further += alike.count();
    }
    part(engine, first, verdict, further)
}

/// Of conditions that are all met, the one that holds through somebody, or in one of several ways: which it is has to be told.
fn telling<'p>(engine: &Engine<'p>, place: Place<'p>, further: &mut usize) -> Option<Place<'p>> {
    let Composition::Joined(parts) = place.composition(engine) else { return None };
    let has_ways = |condition: &Condition| match &condition.kind {
        ConditionKind::Or(_, Wording::Plain) | ConditionKind::And(_, Wording::Plain) => true,
        ConditionKind::Quantified { quantifier, .. } => *quantifier == Quantifier::Some,
        _ => false,
    };
    parts
        .into_iter()
        .filter(|(condition, _)| has_ways(condition.condition))
        .find_map(|(one, _)| part(engine, one, Verdict::Met, further))
}

fn described(engine: &Engine<'_>, place: &Place<'_>, verdict: Verdict) -> Deciding {
    if let ConditionKind::Quantified { quantifier: Quantifier::Some, .. } = &place.condition.kind
        && let Some(deciding) = through(engine, place, verdict)
    {
        return deciding;
    }
    let (condition, is_predicate) = match &place.condition.kind {
        ConditionKind::Atom(atom) => of_atom(engine, atom, &place.frame, verdict),
        ConditionKind::Not(inner) => match &inner.kind {
            ConditionKind::Atom(atom) => of_atom(engine, atom, &place.frame, opposite(verdict)),
            _ => (String::new(), false),
        },
        ConditionKind::Counted { .. } | ConditionKind::Comparison { .. } => (phrases::phrase(engine, place), false),
        _ => (String::new(), false),
    };
    let (because, facts) = evidence(engine, place, verdict);
    let condition = if is_predicate && !because.is_empty() { String::new() } else { condition };
    let because = if because == condition { String::new() } else { because };
    Deciding { span: Some(place.condition.span), condition, because, facts, further: 0 }
}

/// The individual through which it holds, or for which least is missing.
fn through(engine: &Engine<'_>, place: &Place<'_>, verdict: Verdict) -> Option<Deciding> {
    let Composition::Quantified(instances) = place.composition(engine) else { return None };
    if verdict == Verdict::NotMet {
        return none_will_do(engine, place, &instances);
    }
    let mut alike: Vec<&Instance<'_>> =
        instances.iter().filter(|instance| witnesses::verdict_of(engine, instance) == verdict).collect();
    let open = match verdict {
        Verdict::Met => "",
        Verdict::Undetermined | Verdict::Contested => "perhaps ",
        Verdict::NotMet | Verdict::NotApplicable => return None,
    };
    if !open.is_empty() {
        let mut distances = Distances::new(engine);
        alike.sort_by_cached_key(|instance| distances.to(&instance.body, Side::For).unwrap_or(usize::MAX));
    }
    let first = alike.first()?;
    let (because, facts) = evidence(engine, &first.body, first.body.standing(engine).verdict());
    // That it holds through somebody is said; what carries it there is in the facts.
    let because = if open.is_empty() { String::new() } else { because };
    let condition = format!("{open}through {}", witnesses::witness_name(engine, &first.individuals));
    Some(Deciding { span: Some(place.condition.span), condition, because, facts, further: 0 })
}

/// Of more instances than this the nearest is not looked for.
const MOST_COMPARED: usize = 100;

/// That it holds through nobody, and what is missing where least is.
fn none_will_do(engine: &Engine<'_>, place: &Place<'_>, instances: &[Instance<'_>]) -> Option<Deciding> {
    let ConditionKind::Quantified { bindings, .. } = &place.condition.kind else { return None };
    let is_named = |instance: &&Instance<'_>| {
        instance.individuals.iter().all(|individual| !engine.program().individual(*individual).is_unnamed)
    };
    let named: Vec<&Instance<'_>> = instances.iter().filter(is_named).collect();
    if named.len() < 2 {
        return None;
    }
    let mut distances = Distances::new(engine);
    let nearest = match named.len() <= MOST_COMPARED {
        true => named.iter().min_by_key(|one| distances.to(&one.body, Side::For).unwrap_or(usize::MAX))?,
        false => named.first()?,
    };
    let (because, facts) = evidence(engine, &nearest.body, nearest.body.standing(engine).verdict());
    let what = match bindings.as_slice() {
        [one] => plural(&engine.program().kind(one.kind).name.replace('_', " ")),
        _ => "combinations".to_owned(),
    };
    let name = witnesses::witness_name(engine, &nearest.individuals);
    let condition = format!("none of {} {what} will do, not even {name}", named.len());
    Some(Deciding { span: Some(place.condition.span), condition, because, facts, further: 0 })
}

/// An atom as it stands, in the words of its gloss; and whether it is one of a predicate.
fn of_atom(engine: &Engine<'_>, atom: &Atom, frame: &Frame, verdict: Verdict) -> (String, bool) {
    let program = engine.program();
    let Some(individuals) = frame.arguments(&atom.arguments) else { return (String::new(), false) };
    let say = |sense| texts::sentence(program, Target::Relation(atom.relation), &individuals, sense);
    let words = match verdict {
        Verdict::Met => say(Sense::Positive),
        Verdict::NotMet | Verdict::NotApplicable => say(Sense::Negative),
        Verdict::Undetermined | Verdict::Contested => format!("whether {}", say(Sense::Positive)),
    };
    (words, !program.relation(atom.relation).is_criterion)
}

fn opposite(verdict: Verdict) -> Verdict {
    match verdict {
        Verdict::Met => Verdict::NotMet,
        Verdict::NotMet => Verdict::Met,
        other => other,
    }
}

/// What the first leaf of a condition says, and the statements behind it.
fn evidence(engine: &Engine<'_>, place: &Place<'_>, verdict: Verdict) -> (String, Vec<FactExplanation>) {
    let side = if verdict == Verdict::NotMet { Side::Against } else { Side::For };
    let settled = verdict != Verdict::Contested;
    let steps = Trail::of_place(engine, place, side, settled);
    let leaves = phrases::leaves(engine, &steps, verdict);
    let Some(leaf) = leaves.first().copied().cloned() else {
        return (String::new(), Vec::new());
    };
    let mut words = phrases::leaf_phrase(engine, &leaf, verdict, place.day);
    // Of whom a complete record is silent, one is named for all.
    if is_silence(engine, &leaf) {
        let is_alike = |other: &&&Step| {
            other.target == leaf.target && engine.record().entries(other.target, &other.individuals).is_empty()
        };
        let more = leaves.iter().filter(is_alike).count().saturating_sub(1);
        if more > 0 {
            words.push_str(&format!(", and {more} more like it"));
        }
    }
    let (_, facts) = facts(engine, std::slice::from_ref(&leaf), verdict);
    (words, facts)
}

/// Whether nothing is recorded of an atom, and the record is complete.
fn is_silence(engine: &Engine<'_>, step: &Step) -> bool {
    let Target::Relation(relation) = step.target else { return false };
    let leaf = Leaf::of(engine, relation, &step.individuals, step.day);
    leaf.verdict == Verdict::NotMet && leaf.evidence.is_empty() && !leaf.silent.is_empty()
}

/// The conditions of a criterion's rules that are judged each by itself, in the order of the rules.
#[must_use]
pub fn conditions_of(rule: &Rule) -> Vec<&Condition> {
    super::labels::labelled_parts(&rule.body)
}
