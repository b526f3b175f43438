//! Why an atom of a predicate stands as it does on a day: what is recorded, what ended, what was never recorded.

use super::texts::{self, Sense};
use crate::engine::Engine;
use crate::evidence::{Entry, Polarity, StatementDays, StatementId};
use crate::model::program::{IndividualId, RelationId, SourceId, Target};
use crate::time::{Day, Interval, IntervalSet};
use crate::verdict::Verdict;

/// What a statement does to an atom on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Bearing {
    /// It says that the atom holds.
    For,
    /// It says that it does not.
    Against,
    /// It says that it held until an end, and so no more.
    Ended,
    /// It names others and says that there are no more.
    OthersOnly,
    /// It may hold that day: its dates are imprecise.
    Imprecise,
    /// It says that this was sought and not found.
    Unknown,
    /// It held before, and says nothing of the day.
    Before,
    /// It begins later.
    Later,
    /// It speaks of the day, and is not heard: another source is preferred.
    SetAside,
}

/// A statement that bears on an atom, with the days on which it does so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    /// Which.
    pub statement: StatementId,
    /// How.
    pub bearing: Bearing,
    /// On which days around the day asked about; for `Ended`, from the day after the end.
    pub days: Option<Interval>,
}

/// Why an atom of a predicate stands as it does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leaf {
    /// The predicate.
    pub relation: RelationId,
    /// Its individuals.
    pub individuals: Vec<IndividualId>,
    /// The day on which it is looked at.
    pub day: Day,
    /// How it stands.
    pub verdict: Verdict,
    /// The statements that bear on it, the deciding ones first.
    pub evidence: Vec<Evidence>,
    /// The preferences that decide between sources here, by their place in the program.
    pub preferences: Vec<usize>,
    /// The statements of completeness whose silence decides, by their place in the program.
    pub silent: Vec<usize>,
    /// There are statements of completeness for the atom, but not for the day: it is outside the record.
    pub outside_record: Vec<SourceId>,
    /// The last day on which its record speaks, where that lies before the day.
    pub record_ends: Option<Day>,
}

impl Leaf {
    /// Looks an atom up on a day.
    #[must_use]
    pub fn of(engine: &Engine<'_>, relation: RelationId, individuals: &[IndividualId], day: Day) -> Leaf {
        let target = Target::Relation(relation);
        let record = engine.record();
        let verdict = engine.case(relation, individuals).at(day).verdict();
        let changes = engine.changes();
        let set_aside = record.set_aside(target, individuals, changes);
        let mut evidence: Vec<Evidence> = record
            .entries(target, individuals)
            .filter_map(|entry| {
                let heard = record.entry_days(&entry, individuals, changes, &set_aside);
                let whole = record.days(entry.statement, changes);
                let is_silenced = |said: fn(&StatementDays) -> &IntervalSet| {
                    said(&whole).contains(day) && !said(&heard).contains(day)
                };
                if is_silenced(|days| &days.certain) || (!entry.by_only && is_silenced(|days| &days.after_end)) {
                    let days = whole.certain.interval_at(day).or(whole.after_end.interval_at(day));
                    // A single fact that is taken away is not heard either, and nobody is preferred.
                    let is_set_aside = !changes.is_fact_removed(entry.statement, individuals);
                    return is_set_aside.then_some(Evidence {
                        statement: entry.statement,
                        bearing: Bearing::SetAside,
                        days,
                    });
                }
                bearing(&entry, &heard, day)
            })
            .collect();
        evidence.sort_by_key(|evidence| (evidence.bearing, evidence.statement));
        let (mut silent, mut outside_record, mut record_ends) = (Vec::new(), Vec::new(), None);
        let heard = |(index, _): &(usize, _)| !changes.is_completeness_removed(*index);
        for (index, completeness) in record.completeness_of(target, individuals).filter(heard) {
            let days = record.completeness_days(completeness, changes);
            if days.contains(day) {
                silent.push(index);
            } else {
                outside_record.extend(completeness.citations.iter().map(|citation| citation.source));
                record_ends = record_ends.max(days.last().filter(|last| *last < day));
            }
        }
        let decided_by_silence = verdict == Verdict::NotMet
            && !evidence
                .iter()
                .any(|one| matches!(one.bearing, Bearing::Against | Bearing::Ended | Bearing::OthersOnly));
        if !decided_by_silence {
            silent.clear();
        }
        outside_record.sort_unstable();
        outside_record.dedup();
        let preferences = preferences_at(engine, target, individuals, day);
        Leaf {
            relation,
            individuals: individuals.to_vec(),
            day,
            verdict,
            evidence,
            preferences,
            silent,
            outside_record,
            record_ends,
        }
    }

    /// The statements that give it its side.
    pub fn deciding(&self) -> impl Iterator<Item = &Evidence> {
        let verdict = self.verdict;
        self.evidence.iter().filter(move |evidence| match evidence.bearing {
            Bearing::For => matches!(verdict, Verdict::Met | Verdict::Contested),
            Bearing::Against | Bearing::Ended | Bearing::OthersOnly => {
                matches!(verdict, Verdict::NotMet | Verdict::Contested)
            }
            Bearing::Imprecise | Bearing::Unknown => verdict == Verdict::Undetermined,
            Bearing::Before | Bearing::Later | Bearing::SetAside => false,
        })
    }

    /// What is to be said of it in a phrase.
    #[must_use]
    pub fn phrase(&self, engine: &Engine<'_>) -> String {
        let program = engine.program();
        let target = Target::Relation(self.relation);
        let say = |sense| texts::sentence(program, target, &self.individuals, sense);
        let first = self.deciding().next().or(self.evidence.first());
        let said_of = first
            .and_then(|evidence| texts::said_of(program, &program.statement(evidence.statement)))
            .map(|said| format!(" ({said})"))
            .unwrap_or_default();
        match self.verdict {
            Verdict::Met => format!("{}{said_of}", say(Sense::Positive)),
            Verdict::Contested => {
                format!("the evidence says both: {}, and {}", say(Sense::Positive), say(Sense::Negative))
            }
            Verdict::NotApplicable => match self.missing_individual(engine) {
                Some(name) => format!("{name} does not exist then"),
                None => format!("this does not arise: {}", say(Sense::Positive)),
            },
            Verdict::NotMet => match first.map(|evidence| (evidence.bearing, evidence.days)) {
                Some((Bearing::Ended, Some(days))) => {
                    let end =
                        first.map_or_else(String::new, |evidence| end_in_words(engine, evidence.statement, days.first));
                    format!("{}, which ended {end}{said_of}", say(Sense::Positive))
                }
                Some((Bearing::OthersOnly, _)) => {
                    let others = first.and_then(|evidence| self.others(engine, evidence.statement)).unwrap_or_default();
                    format!("{}: only {others}", say(Sense::Negative))
                }
                Some((Bearing::Against, _)) => format!("{}{said_of}", say(Sense::Negative)),
                _ if !self.silent.is_empty() => {
                    format!("{}, where the record is complete: {}", self.how_silent(), say(Sense::Positive))
                }
                _ => say(Sense::Negative),
            },
            Verdict::Undetermined => self.why_undetermined(engine, &say(Sense::Positive), first),
        }
    }

    /// `never recorded`; or when it was, which is not on this day.
    fn how_silent(&self) -> String {
        match self.evidence.first().map(|evidence| (evidence.bearing, evidence.days)) {
            Some((Bearing::Before, Some(days))) => format!("recorded only until {}", days.last),
            Some((Bearing::Later, Some(days))) => format!("recorded only from {}", days.first),
            _ => "never recorded".to_owned(),
        }
    }

    fn why_undetermined(&self, engine: &Engine<'_>, sentence: &str, first: Option<&Evidence>) -> String {
        let program = engine.program();
        match first.map(|evidence| (evidence.bearing, evidence.days, evidence.statement)) {
            Some((Bearing::Imprecise, Some(days), _)) => {
                format!("its date leaves it open from {} to {}: {sentence}", days.first, days.last)
            }
            Some((Bearing::Unknown, ..)) => format!("sought and not found: {sentence}"),
            Some((Bearing::Before, Some(days), statement)) => {
                let sources: Vec<_> = program
                    .statement(statement)
                    .citations
                    .iter()
                    .map(|citation| program.source(citation.source))
                    .collect();
                let by_horizon = sources.iter().any(|source| source.horizon == Some(days.last));
                if by_horizon {
                    let names: Vec<&str> = sources.iter().map(|source| source.name.as_str()).collect();
                    format!(
                        "outside the record: {} speaks only until {}: {sentence}",
                        texts::listed(&names, "and"),
                        days.last
                    )
                } else {
                    format!("known until {}, and nothing is said after: {sentence}", days.last)
                }
            }
            Some((Bearing::Later, Some(days), _)) => {
                format!("recorded only from {}: {sentence}", days.first)
            }
            _ => match self.record_ends {
                Some(last) => format!("outside the record, which ends {last}: {sentence}"),
                None if !self.outside_record.is_empty() => format!("outside the record: {sentence}"),
                None => format!("nothing shows whether {sentence}"),
            },
        }
    }

    fn missing_individual(&self, engine: &Engine<'_>) -> Option<String> {
        let program = engine.program();
        self.individuals
            .iter()
            .find(|individual| !program.individual(**individual).life.contains(self.day))
            .map(|individual| texts::name(program, *individual).to_owned())
    }

    fn others(&self, engine: &Engine<'_>, statement: StatementId) -> Option<String> {
        let program = engine.program();
        let statement = program.statement(statement);
        let argument = statement.arguments.iter().find(|argument| argument.only)?;
        let names: Vec<&str> = argument.individuals.iter().map(|id| texts::name(program, *id)).collect();
        Some(texts::listed(&names, "and"))
    }
}

/// `2012-06-28`, or `between 2012-01-01 and 2012-12-31`: when the span of a statement ended that was over on a day.
#[must_use]
pub fn end_in_words(engine: &Engine<'_>, statement: StatementId, over: Day) -> String {
    let times = &engine.program().statement(statement).times;
    match times.iter().find(|time| time.ended && time.latest_end == over.previous()) {
        Some(time) if time.earliest_end < time.latest_end => {
            format!("between {} and {}", time.earliest_end, time.latest_end)
        }
        _ => over.previous().to_string(),
    }
}

/// The preferences that decide between sources about an atom on a day, by their place in the program.
#[must_use]
pub fn preferences_at(engine: &Engine<'_>, target: Target, individuals: &[IndividualId], day: Day) -> Vec<usize> {
    let preferences = engine.record().preferences_on(target, individuals, engine.changes());
    preferences.into_iter().filter(|(_, days)| days.contains(day)).map(|(index, _)| index).collect()
}

fn bearing(entry: &Entry, days: &StatementDays, day: Day) -> Option<Evidence> {
    let one = |bearing, days| Some(Evidence { statement: entry.statement, bearing, days });
    if let Some(interval) = days.certain.interval_at(day) {
        return match entry.polarity {
            Polarity::For => one(Bearing::For, Some(interval)),
            Polarity::Against if entry.by_only => one(Bearing::OthersOnly, Some(interval)),
            Polarity::Against => one(Bearing::Against, Some(interval)),
            Polarity::Unknown => one(Bearing::Unknown, Some(interval)),
        };
    }
    if entry.by_only {
        return None;
    }
    if let Some(interval) = days.after_end.interval_at(day) {
        return match entry.polarity {
            Polarity::For => one(Bearing::Ended, Some(interval)),
            Polarity::Against => one(Bearing::For, Some(interval)),
            // What was sought and not found until then is looked for no further.
            Polarity::Unknown => None,
        };
    }
    if let Some(interval) = days.open.interval_at(day) {
        return one(Bearing::Imprecise, Some(interval));
    }
    if entry.polarity != Polarity::For {
        return None;
    }
    let before = days.certain.iter().rfind(|interval| interval.last < day);
    let later = days.certain.iter().find(|interval| interval.first > day);
    match (before, later) {
        (Some(before), _) => one(Bearing::Before, Some(before)),
        (None, Some(later)) => one(Bearing::Later, Some(later)),
        (None, None) => None,
    }
}
