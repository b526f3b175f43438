//! An explanation as a person reads it: the verdict, the rule, the facts, and what would change it.

use super::words::ascii_signs;
use super::{Look, snippet};
use crate::diagnostic::Label;
use crate::explain::{Answer, Explanation, FactExplanation, MOST_STEPS, RuleExplanation, interval_in_words};
use crate::text::{Span, Texts};
use crate::time::Interval;
use crate::verdict::Verdict;
use serde::Serialize;

/// Open questions that are listed.
const MOST_QUESTIONS: usize = 5;
/// Findings of a repair that are listed, and all that stand against the record.
const MOST_FINDINGS: usize = 8;
/// Further ways to a verdict are told where they are no longer than this.
const MOST_OF_FURTHER_WAYS: usize = 4;
/// Stretches of other answers that are listed.
const MOST_STRETCHES: usize = 8;

/// The whole explanation.
#[must_use]
pub fn text(explanation: &Explanation, texts: &Texts, look: &Look) -> String {
    let mut out = header(explanation, look);
    for rule in &explanation.rules {
        out.push('\n');
        if let Some(title) = &rule.title {
            out.push_str(&wrapped(title, "", look));
        }
        out.push_str(&snippet::text(&rule_labels(rule), texts, look));
    }
    for group in by_file(&explanation.facts) {
        let labels: Vec<Label> = group.iter().map(|fact| fact_label(fact)).collect();
        out.push_str(&snippet::text(&labels, texts, look));
    }
    let notes = notes(explanation);
    if !notes.is_empty() {
        out.push('\n');
        for (indent, note) in notes {
            out.push_str(&wrapped(&note, &" ".repeat(indent), look));
        }
    }
    if look.drawn { out } else { ascii_signs(&out) }
}

fn header(explanation: &Explanation, look: &Look) -> String {
    let span = interval_in_words(explanation.interval);
    let mut out = match &explanation.answer {
        Answer::Verdict(verdict) => {
            let word = painted(&format!("{verdict}"), *verdict, look);
            let rest = wrapped(&format!("{}, {span}", explanation.sentence), "", look);
            format!("{word}  {rest}")
        }
        Answer::Value(value) => wrapped(&format!("{value}  {}, {span}", explanation.sentence), "", look),
    };
    if let Some(why) = &explanation.inapplicable {
        out.push_str(&wrapped(&format!("the case does not arise: {why}"), "  ", look));
    }
    let others: Vec<_> =
        explanation.stretches.iter().filter(|(interval, _)| *interval != explanation.interval).collect();
    if !others.is_empty() {
        let shown: Vec<String> = others
            .iter()
            .rev()
            .take(MOST_STRETCHES)
            .rev()
            .map(|(interval, answer)| format!("{} {}", answer.words(), interval_in_words(*interval)))
            .collect();
        let more = others.len().saturating_sub(MOST_STRETCHES);
        let more = if more > 0 { format!("{more} more before, ") } else { String::new() };
        out.push_str(&wrapped(&format!("at other times: {more}{}", shown.join("; ")), "  ", look));
    }
    for paragraph in explanation.documentation.split(|line| line.trim().is_empty()) {
        let lines: Vec<&str> = paragraph.iter().map(|line| line.trim()).collect();
        if !lines.is_empty() {
            out.push_str(&wrapped(&lines.join(" "), "  ", look));
        }
    }
    if explanation.interval.first != explanation.interval.last
        && explanation.answer != Answer::Verdict(Verdict::NotApplicable)
    {
        // The last day of the calendar means nothing to anyone.
        let when = match explanation.day == Interval::ALL.last {
            true => "in the end".to_owned(),
            false => format!("on {}", explanation.day),
        };
        out.push_str(&wrapped(&format!("as it stands {when}:"), "  ", look));
    }
    out
}

/// Colour never says what the word does not.
fn painted(word: &str, verdict: Verdict, look: &Look) -> String {
    if !look.colour {
        return word.to_owned();
    }
    let colour = match verdict {
        Verdict::Met => anstyle::AnsiColor::Green,
        Verdict::NotMet => anstyle::AnsiColor::Red,
        Verdict::Contested => anstyle::AnsiColor::Magenta,
        Verdict::Undetermined => anstyle::AnsiColor::Yellow,
        Verdict::NotApplicable => anstyle::AnsiColor::BrightBlack,
    };
    let style = anstyle::Style::new().bold().fg_color(Some(colour.into()));
    format!("{style}{word}{style:#}")
}

fn rule_labels(rule: &RuleExplanation) -> Vec<Label> {
    if rule.labels.is_empty() {
        return vec![Label { span: rule.head, text: String::new() }];
    }
    // The head is shown above its first condition, without a word.
    std::iter::once(Label { span: rule.head, text: String::new() })
        .chain(rule.labels.iter().map(|label| {
            let why = if label.phrase.is_empty() { String::new() } else { format!(": {}", label.phrase) };
            Label { span: label.span, text: format!("{}{why}", label.verdict) }
        }))
        .collect()
}

fn fact_label(fact: &FactExplanation) -> Label {
    let text = if fact.citation.is_empty() { fact.role.clone() } else { format!("{} ({})", fact.role, fact.citation) };
    Label { span: fact.span, text }
}

/// The facts of each file together, in the order in which the files first come up.
fn by_file(facts: &[FactExplanation]) -> Vec<Vec<&FactExplanation>> {
    let mut groups: Vec<Vec<&FactExplanation>> = Vec::new();
    for fact in facts {
        match groups.iter_mut().find(|group| group[0].span.file == fact.span.file) {
            Some(group) => group.push(fact),
            None => groups.push(vec![fact]),
        }
    }
    groups
}

/// What is said below the pictures, each with its indentation.
fn notes(explanation: &Explanation) -> Vec<(usize, String)> {
    let mut notes = Vec::new();
    if explanation.further_facts > 0 {
        notes.push((
            2,
            format!("{} bear on it too", count(explanation.further_facts, "further statement", "further statements")),
        ));
    }
    for tally in &explanation.tallies {
        notes.push((2, format!("counted: {tally}")));
    }
    for sentence in &explanation.dependence {
        notes.push((2, sentence.clone()));
    }
    for permitted in &explanation.permitted {
        notes.push((2, format!("recorded, and expressly permitted: {permitted}")));
    }
    if explanation.blockers.len() > 1 {
        let number = explanation.blockers.len();
        notes.push((2, format!("{number} conditions stand in the way, the nearest to being met first:")));
        for blocker in &explanation.blockers {
            let far = match blocker.distance {
                Some(0) | None => String::new(),
                Some(findings) => format!(" [{}]", count(findings, "finding away", "findings away")),
            };
            let why = if blocker.phrase.is_empty() { String::new() } else { format!(": {}", blocker.phrase) };
            notes.push((4, format!("- {}{why}{far}", blocker.verdict)));
        }
    }
    let questions = &explanation.open_questions;
    if !questions.is_empty() {
        let ranks = if questions.len() > 1 { " (`symmachia next` ranks them)" } else { "" };
        notes.push((2, format!("{} would matter{ranks}:", count(questions.len(), "open question", "open questions"))));
        for question in questions.iter().take(MOST_QUESTIONS) {
            notes.push((4, format!("- whether {question}")));
        }
        if questions.len() > MOST_QUESTIONS {
            notes.push((4, format!("- and {} more", questions.len() - MOST_QUESTIONS)));
        }
    }
    let missing = &explanation.missing_values;
    if !missing.is_empty() {
        notes.push((2, format!("{} would matter:", count(missing.len(), "missing value", "missing values"))));
        for sentence in missing.iter().take(MOST_QUESTIONS) {
            notes.push((4, format!("- {sentence}")));
        }
        if missing.len() > MOST_QUESTIONS {
            notes.push((4, format!("- and {} more", missing.len() - MOST_QUESTIONS)));
        }
    }
    add_repairs(explanation, &mut notes);
    add_stopped(explanation, &mut notes);
    if explanation.repairs.is_empty() && explanation.search_stopped.is_empty() && !explanation.blockers.is_empty() {
        notes.push((2, "no findings of single facts would turn it".to_owned()));
    }
    notes
}

fn count(number: usize, one: &str, many: &str) -> String {
    if number == 1 { format!("1 {one}") } else { format!("{number} {many}") }
}

/// The first way to each verdict whole, as far as it can be taken in; other ways only where they are short.
fn add_repairs(explanation: &Explanation, notes: &mut Vec<(usize, String)>) {
    let mut said: Option<Verdict> = None;
    for repair in &explanation.repairs {
        let is_further = said == Some(repair.verdict);
        if is_further && repair.findings.len() > MOST_OF_FURTHER_WAYS {
            continue;
        }
        said = Some(repair.verdict);
        if is_further {
            notes.push((2, "or:".to_owned()));
        } else {
            notes.push((2, format!("to be {}, {}:", repair.verdict, wanted(repair.reversals, repair.findings.len()))));
        }
        let shown = repair.findings.len().min(MOST_FINDINGS.max(repair.reversals));
        for (place, finding) in repair.findings.iter().take(shown).enumerate() {
            let instead = if place < repair.reversals { " (instead of what is recorded)" } else { "" };
            notes.push((4, format!("- {finding}{instead}")));
        }
        if repair.findings.len() > shown {
            let more = count(repair.findings.len() - shown, "more open question", "more open questions");
            notes.push((4, format!("- and {more}")));
        }
    }
}

/// Where the search stopped, that fewer changes may do, or that there may be some.
fn add_stopped(explanation: &Explanation, notes: &mut Vec<(usize, String)>) {
    let steps = thousands(MOST_STEPS);
    for verdict in &explanation.search_stopped {
        let note = if explanation.repairs.iter().any(|repair| repair.verdict == *verdict) {
            format!("the search for smaller changes that make it {verdict} stopped after {steps} steps")
        } else {
            format!("the search for changes that make it {verdict} stopped after {steps} steps: none were found")
        };
        notes.push((2, note));
    }
}

/// `500,000`
fn thousands(number: usize) -> String {
    if number < 1_000 { number.to_string() } else { format!("{},{:03}", thousands(number / 1_000), number % 1_000) }
}

fn wanted(reversals: usize, findings: usize) -> String {
    let questions = findings - reversals;
    let facts =
        |number: usize, noun: &str| if number == 1 { format!("one {noun}") } else { format!("{number} {noun}s") };
    match (reversals, questions) {
        (0, _) => format!("{} would have to be settled so", facts(questions, "open question")),
        (_, 0) => format!("{} would have to be otherwise", facts(reversals, "fact")),
        _ => format!(
            "{} would have to be otherwise, and {} be settled so",
            facts(reversals, "fact"),
            facts(questions, "open question")
        ),
    }
}

/// Lines of the look's width; what follows the first is indented by two more.
fn wrapped(text: &str, indent: &str, look: &Look) -> String {
    let further = format!("{indent}  ");
    let options = textwrap::Options::new(look.width.clamp(40, 100))
        .initial_indent(indent)
        .subsequent_indent(&further)
        // Dates are not broken at their hyphens.
        .word_separator(textwrap::WordSeparator::AsciiSpace)
        .word_splitter(textwrap::WordSplitter::NoHyphenation);
    textwrap::fill(text, options) + "\n"
}

/// Version of the form that [`json`] gives.
pub const VERSION: u32 = 1;

#[derive(Serialize)]
struct JsonExplanation<'e> {
    version: u32,
    case: &'e str,
    sentence: &'e str,
    answer: &'e str,
    from: String,
    until: String,
    as_of: String,
    not_applicable_because: Option<&'e str>,
    stretches: Vec<JsonStretch<'e>>,
    conditions: Vec<JsonCondition<'e>>,
    facts: Vec<JsonFact<'e>>,
    further_facts: usize,
    tallies: &'e [String],
    blockers: Vec<JsonCondition<'e>>,
    open_questions: &'e [String],
    missing_values: &'e [String],
    permitted: &'e [String],
    depends_on: &'e [String],
    repairs: Vec<JsonRepair<'e>>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    search_stopped: &'e [Verdict],
}

#[derive(Serialize)]
struct JsonStretch<'e> {
    from: String,
    until: String,
    answer: &'e str,
}

#[derive(Serialize)]
struct JsonCondition<'e> {
    text: String,
    file: String,
    line: usize,
    verdict: Verdict,
    because: &'e str,
    #[serde(skip_serializing_if = "Option::is_none")]
    findings_away: Option<usize>,
}

#[derive(Serialize)]
struct JsonFact<'e> {
    text: String,
    file: String,
    line: usize,
    role: &'e str,
    citation: &'e str,
    note: Option<&'e str>,
}

#[derive(Serialize)]
struct JsonRepair<'e> {
    verdict: Verdict,
    findings: &'e [String],
    facts: &'e [String],
}

/// The same for machines.
#[must_use]
pub fn json(explanation: &Explanation, texts: &Texts) -> String {
    let place = |span: Span| (texts.get(span.file).name.clone(), texts.line_and_column(span).0);
    let condition = |span: Span, verdict, because, findings_away| {
        let (file, line) = place(span);
        JsonCondition { text: texts.slice(span).to_owned(), file, line, verdict, because, findings_away }
    };
    let value = JsonExplanation {
        version: VERSION,
        case: &explanation.name,
        sentence: &explanation.sentence,
        answer: explanation.answer.words(),
        from: explanation.interval.first.to_string(),
        until: explanation.interval.last.to_string(),
        as_of: explanation.day.to_string(),
        not_applicable_because: explanation.inapplicable.as_deref(),
        stretches: explanation
            .stretches
            .iter()
            .map(|(interval, answer)| JsonStretch {
                from: interval.first.to_string(),
                until: interval.last.to_string(),
                answer: answer.words(),
            })
            .collect(),
        conditions: explanation
            .rules
            .iter()
            .flat_map(|rule| &rule.labels)
            .map(|label| condition(label.span, label.verdict, label.phrase.as_str(), None))
            .collect(),
        facts: explanation
            .facts
            .iter()
            .map(|fact| {
                let (file, line) = place(fact.span);
                JsonFact {
                    text: texts.slice(fact.span).to_owned(),
                    file,
                    line,
                    role: &fact.role,
                    citation: &fact.citation,
                    note: fact.note.as_deref(),
                }
            })
            .collect(),
        further_facts: explanation.further_facts,
        tallies: &explanation.tallies,
        blockers: explanation
            .blockers
            .iter()
            .map(|blocker| condition(blocker.span, blocker.verdict, blocker.phrase.as_str(), blocker.distance))
            .collect(),
        open_questions: &explanation.open_questions,
        missing_values: &explanation.missing_values,
        permitted: &explanation.permitted,
        depends_on: &explanation.dependence,
        repairs: explanation
            .repairs
            .iter()
            .map(|repair| JsonRepair { verdict: repair.verdict, findings: &repair.findings, facts: &repair.facts })
            .collect(),
        search_stopped: &explanation.search_stopped,
    };
    // Strings and numbers always serialise.
    serde_json::to_string_pretty(&value).unwrap_or_default() + "\n"
}
