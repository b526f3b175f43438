//! Open questions, the most useful first.

use super::Look;
use super::results::{Extent, machine_date};
use super::words::{ascii_signs, counted, visible, wrapping};
use crate::next::{Found, FoundAnswer, OpenQuestion, Part, Ranking};
use crate::time::{Interval, IntervalSet};
use crate::verdict::Verdict;
use serde::Serialize;
use std::collections::BTreeMap;

/// What was ranked.
#[derive(Debug)]
pub struct Asked<'a> {
    /// The criteria, with the names of their roles: `ally(A, B)`.
    pub criteria: Vec<String>,
    /// On a day, or in a period.
    pub extent: Extent,
    /// The ranking.
    pub ranking: &'a Ranking,
    /// How many questions are shown.
    pub limit: usize,
}

/// Cases that are named in a line.
const MOST_NAMED: usize = 5;

/// For people.
#[must_use]
pub fn text(asked: &Asked<'_>, look: &Look) -> String {
    let ranking = asked.ranking;
    let mut out = wrapped(&heading(asked), "", look);
    for (place, question) in ranking.questions.iter().take(asked.limit).enumerate() {
        out.push('\n');
        out.push_str(&wrapped(&format!("{}. {}", place + 1, question.sentence), "", look));
        out.push_str(&of_question(asked, question, look));
    }
    let more = ranking.questions.len().saturating_sub(asked.limit);
    let mut notes = Vec::new();
    if more > 0 {
        notes.push(format!("{} further down: --limit {}", counted(more, "question"), ranking.questions.len()));
    }
    if ranking.not_tried > 0 {
        notes.push(format!("{} not tried, being too many", counted(ranking.not_tried, "further question")));
    }
    if ranking.not_looked_into > 0 {
        let cases = counted(ranking.not_looked_into, "further undetermined case");
        notes.push(format!("{cases} not looked into, being too many; a `cases` lists those you want"));
    }
    if !notes.is_empty() {
        out.push('\n');
        notes.iter().for_each(|note| out.push_str(&wrapped(note, "", look)));
    }
    if look.drawn { out } else { ascii_signs(&out) }
}

fn heading(asked: &Asked<'_>) -> String {
    let ranking = asked.ranking;
    let when = match asked.extent {
        Extent::Day(day) => format!(" on {day}"),
        Extent::Period(Interval::ALL) | Extent::Years(Interval::ALL) => String::new(),
        Extent::Period(period) | Extent::Years(period) => format!(" {} to {}", period.first, period.last),
    };
    let of = format!("{}{when}", asked.criteria.join(", "));
    let cases = counted(ranking.asked, "case");
    match (ranking.cases.len(), ranking.questions.len()) {
        (0, _) if ranking.asked == 0 => format!("{of}: no case arises"),
        (0, _) => format!("{of}: of {cases} none is undetermined, and nothing is to be looked up"),
        (open, questions) => {
            let are = if open == 1 { "is" } else { "are" };
            let bear = match questions {
                0 => "no open question bears on it".to_owned(),
                1 => "one open question bears on it".to_owned(),
                questions => format!("{questions} open questions bear on it"),
            };
            let bear = if open == 1 { bear } else { bear.replace(" it", " them") };
            format!("{of}: of {cases} {open} {are} undetermined; {bear}")
        }
    }
}

fn of_question(asked: &Asked<'_>, question: &OpenQuestion, look: &Look) -> String {
    let mut out = String::new();
    let helps = |found: &&Found| found.settles().next().is_some() || !found.parts.is_empty();
    for found in question.findings.iter().filter(helps) {
        let answer = match &found.answer {
            FoundAnswer::So => "if so".to_owned(),
            FoundAnswer::NotSo => "if not".to_owned(),
            FoundAnswer::Value(value) => format!("if it is {value}"),
        };
        let mut consequences = Vec::new();
        for (verdict, cases) in [(Verdict::Met, &found.met), (Verdict::NotMet, &found.not_met)] {
            if !cases.is_empty() {
                consequences.push(format!("{verdict} by this alone: {}", named(asked, cases)));
            }
        }
        let mut together: BTreeMap<(Verdict, usize), Vec<usize>> = BTreeMap::new();
        for Part { verdict, of, case } in &found.parts {
            together.entry((*verdict, *of)).or_default().push(*case);
        }
        for ((verdict, of), cases) in together {
            consequences.push(format!("{verdict} by this and {} more: {}", of - 1, named(asked, &cases)));
        }
        for consequence in consequences {
            out.push_str(&wrapped(&format!("{answer}, {consequence}"), "   ", look));
        }
        let fact = visible(&found.fact).into_owned();
        out.push_str(&format!("      {fact}\n"));
    }
    if out.is_empty() {
        let cases = named(asked, &question.bears_on);
        return wrapped(&format!("settles nothing by itself; it is open below {cases}"), "   ", look);
    }
    out
}

/// `Russia, Kazakhstan; Russia, Tajikistan; and 2 more`
fn named(asked: &Asked<'_>, cases: &[usize]) -> String {
    let ranking = asked.ranking;
    let name = |place: &usize| {
        let case = &ranking.cases[*place];
        visible(if asked.criteria.len() > 1 { &case.name } else { &case.label }).into_owned()
    };
    let mut names: Vec<String> = cases.iter().take(MOST_NAMED).map(name).collect();
    let more = cases.len().saturating_sub(MOST_NAMED);
    if more > 0 {
        names.push(format!("and {more} more"));
    }
    names.join("; ")
}

/// Lines of the look's width; what follows the first is indented by three more.
fn wrapped(text: &str, indent: &str, look: &Look) -> String {
    let further = format!("{indent}   ");
    let options = wrapping(look.width.clamp(40, 100)).initial_indent(indent).subsequent_indent(&further);
    textwrap::fill(&visible(text), options) + "\n"
}

/// Version of the form that [`json`] gives.
pub const VERSION: u32 = 1;

#[derive(Serialize)]
struct Document<'a> {
    version: u32,
    criteria: &'a [String],
    from: String,
    until: String,
    cases_asked: usize,
    undetermined: Vec<Case<'a>>,
    questions: Vec<Question<'a>>,
    questions_not_tried: usize,
    cases_not_looked_into: usize,
}

#[derive(Serialize)]
struct Case<'a> {
    case: &'a str,
    days: Vec<Days>,
}

#[derive(Serialize)]
struct Days {
    from: String,
    until: String,
}

#[derive(Serialize)]
struct Question<'a> {
    rank: usize,
    question: &'a str,
    atom: &'a str,
    days: Vec<Days>,
    settles: usize,
    settles_either_way: usize,
    bears_on: Vec<&'a str>,
    findings: Vec<JsonFound<'a>>,
}

#[derive(Serialize)]
struct JsonFound<'a> {
    answer: &'a str,
    finding: &'a str,
    fact: &'a str,
    met: Vec<&'a str>,
    not_met: Vec<&'a str>,
    days_settled: u64,
    with_others: Vec<JsonPart<'a>>,
}

#[derive(Serialize)]
struct JsonPart<'a> {
    case: &'a str,
    verdict: Verdict,
    findings: usize,
}

fn days(set: &IntervalSet) -> Vec<Days> {
    set.iter().map(|interval| Days { from: machine_date(interval.first), until: machine_date(interval.last) }).collect()
}

fn answer(found: &Found) -> &str {
    match &found.answer {
        FoundAnswer::So => "so",
        FoundAnswer::NotSo => "not so",
        FoundAnswer::Value(value) => value,
    }
}

fn json_found<'a>(ranking: &'a Ranking, found: &'a Found) -> JsonFound<'a> {
    let name = |place: usize| ranking.cases[place].name.as_str();
    let part = |part: &Part| JsonPart { case: name(part.case), verdict: part.verdict, findings: part.of };
    JsonFound {
        answer: answer(found),
        finding: &found.sentence,
        fact: &found.fact,
        met: found.met.iter().map(|place| name(*place)).collect(),
        not_met: found.not_met.iter().map(|place| name(*place)).collect(),
        days_settled: found.days,
        with_others: found.parts.iter().map(part).collect(),
    }
}

/// For machines.
#[must_use]
pub fn json(asked: &Asked<'_>) -> String {
    let ranking = asked.ranking;
    let period = whole(asked.extent);
    let name = |place: &usize| ranking.cases[*place].name.as_str();
    let names = |places: &[usize]| places.iter().map(name).collect::<Vec<_>>();
    let found = |found| json_found(ranking, found);
    let document = Document {
        version: VERSION,
        criteria: &asked.criteria,
        from: machine_date(period.first),
        until: machine_date(period.last),
        cases_asked: ranking.asked,
        undetermined: ranking.cases.iter().map(|case| Case { case: &case.name, days: days(&case.days) }).collect(),
        questions: ranking
            .questions
            .iter()
            .take(asked.limit)
            .enumerate()
            .map(|(place, question)| Question {
                rank: place + 1,
                question: &question.sentence,
                atom: &question.name,
                days: days(&question.days),
                settles: question.settles().len(),
                settles_either_way: question.settles_either_way().len(),
                bears_on: names(&question.bears_on),
                findings: question.findings.iter().map(found).collect(),
            })
            .collect(),
        questions_not_tried: ranking.not_tried,
        cases_not_looked_into: ranking.not_looked_into,
    };
    // Strings and numbers always serialise.
    serde_json::to_string_pretty(&document).unwrap_or_default() + "\n"
}

fn whole(extent: Extent) -> Interval {
    match extent {
        Extent::Period(period) | Extent::Years(period) => period,
        Extent::Day(day) => Interval { first: day, last: day },
    }
}

/// A row for each question and each of its answers; a question of which no value would settle anything has one row.
#[must_use]
pub fn csv(asked: &Asked<'_>) -> String {
    let ranking = asked.ranking;
    let names = |places: &mut dyn Iterator<Item = usize>| {
        places.map(|place| ranking.cases[place].name.as_str()).collect::<Vec<_>>().join("; ")
    };
    let mut writer = ::csv::Writer::from_writer(Vec::new());
    // Writing to memory does not fail, and every record has the header's length.
    let _ = writer.write_record([
        "rank",
        "question",
        "atom",
        "settles",
        "bears_on",
        "answer",
        "fact",
        "met",
        "not_met",
        "met_with_others",
        "not_met_with_others",
    ]);
    for (place, question) in ranking.questions.iter().take(asked.limit).enumerate() {
        let common = [
            (place + 1).to_string(),
            question.sentence.clone(),
            question.name.clone(),
            question.settles().len().to_string(),
            question.bears_on.len().to_string(),
        ];
        let mut record = |rest: [String; 6]| {
            let _ = writer.write_record(common.iter().chain(&rest));
        };
        for found in &question.findings {
            let with_others = |verdict: Verdict| {
                let parts = found.parts.iter().filter(|part| part.verdict == verdict);
                names(&mut parts.map(|part| part.case))
            };
            record([
                answer(found).to_owned(),
                found.fact.clone(),
                names(&mut found.met.iter().copied()),
                names(&mut found.not_met.iter().copied()),
                with_others(Verdict::Met),
                with_others(Verdict::NotMet),
            ]);
        }
        if question.findings.is_empty() {
            record(Default::default());
        }
    }
    String::from_utf8(writer.into_inner().unwrap_or_default()).unwrap_or_default()
}
