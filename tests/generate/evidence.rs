//! Facts and records of generated programs.

use super::Features;
use super::calendar::Calendar;
use super::tape::Tape;
use super::vocabulary::{CORE, Kind, STATE, Vocabulary};

/// One statement about a predicate.
pub fn fact(tape: &mut Tape, vocabulary: &Vocabulary, features: &Features) -> Option<String> {
    let predicates: Vec<usize> =
        (0..vocabulary.relations.len()).filter(|relation| !vocabulary.relations[*relation].is_criterion).collect();
    let relation = &vocabulary.relations[*tape.pick_maybe(&predicates)?];
    let sign = tape.weighted(&[(14, ""), (5, "not "), (2, "unknown ")]);
    let sign = if sign == "unknown " && !features.completeness { "" } else { sign };
    let mutually =
        if sign.is_empty() && relation.roles == [STATE, STATE] && tape.chance(10) { "mutually " } else { "" };
    let may_exclude = features.only && sign.is_empty() && mutually.is_empty();
    let arguments = arguments(tape, vocabulary, &relation.roles, relation.is_reflexive, may_exclude)?;
    Some(format!(
        "{sign}{mutually}{}({}){}",
        relation.name,
        arguments.join(", "),
        clauses(tape, vocabulary, features, Calendar::spans)
    ))
}

/// One statement of a measure's value.
pub fn value(tape: &mut Tape, vocabulary: &Vocabulary, features: &Features) -> Option<String> {
    let recorded: Vec<usize> =
        (0..vocabulary.measures.len()).filter(|measure| vocabulary.measures[*measure].is_recorded).collect();
    let measure = &vocabulary.measures[*tape.pick_maybe(&recorded)?];
    let arguments = arguments(tape, vocabulary, &measure.roles, measure.is_reflexive, false)?.join(", ");
    let clauses = clauses(tape, vocabulary, features, Calendar::spans);
    if features.completeness && tape.chance(10) {
        return Some(format!("unknown {}({arguments}){clauses}", measure.name));
    }
    let value = match &measure.levels {
        Some(levels) => tape.pick(levels).clone(),
        None => (*tape.pick(&["3", "1", "2", "5", "0", "2.5", "-2", "10"])).to_owned(),
    };
    Some(format!("{}({arguments}) = {value}{clauses}", measure.name))
}

/// A statement that the record of a predicate or measure is complete.
pub fn record(tape: &mut Tape, vocabulary: &Vocabulary, features: &Features) -> Option<String> {
    let pattern = pattern(tape, vocabulary)?;
    let clauses = clauses(tape, vocabulary, features, Calendar::certain_spans);
    Some(format!("complete {pattern}{clauses}"))
}

/// A predicate or measure, whole or at some individuals.
fn pattern(tape: &mut Tape, vocabulary: &Vocabulary) -> Option<String> {
    let predicates = vocabulary.relations.iter().filter(|relation| !relation.is_criterion);
    let measures = vocabulary.measures.iter().filter(|measure| measure.is_recorded);
    let targets: Vec<(&String, &Vec<Kind>)> = predicates
        .map(|relation| (&relation.name, &relation.roles))
        .chain(measures.map(|measure| (&measure.name, &measure.roles)))
        .collect();
    let (name, roles) = *tape.pick_maybe(&targets)?;
    if tape.chance(40) {
        return Some(name.clone());
    }
    let arguments: Vec<String> = roles
        .iter()
        .map(|role| {
            let members = &vocabulary.kinds[*role].members;
            match tape.weighted(&[(5, 0), (4, 1), (1, 2)]) {
                1 => tape.pick(members).clone(),
                2 if members.len() > 1 => format!("{{{}}}", members[..2].join(", ")),
                _ => "_".to_owned(),
            }
        })
        .collect();
    Some(format!("{name}({})", arguments.join(", ")))
}

/// A statement that one source is preferred over another, always a later one, so that there are no circles.
pub fn preference(tape: &mut Tape, vocabulary: &Vocabulary, features: &Features) -> Option<String> {
    let sources = vocabulary.sources.len();
    if sources < 2 {
        return None;
    }
    let first = tape.below(sources - 1);
    let second = first + 1 + tape.below(sources - first - 1);
    let (one, two) = (&vocabulary.sources[first], &vocabulary.sources[second]);
    let time = if features.time { Calendar::certain_spans(features.calendar, tape) } else { String::new() };
    let time = if time.is_empty() { time } else { format!(" {time}") };
    if tape.chance(40) {
        return Some(format!("prefer {one} over {two}{time}"));
    }
    let pattern = pattern(tape, vocabulary)?;
    Some(format!("prefer {one} over {two} for {pattern}{time}"))
}

/// Two statements of one atom that say opposite things according to two sources, so that preferences have something to decide.
pub fn rivals(tape: &mut Tape, vocabulary: &Vocabulary, features: &Features) -> Vec<String> {
    let [one, two, ..] = vocabulary.sources.as_slice() else { return Vec::new() };
    let last = vocabulary.sources.last().unwrap_or(two);
    let (first, second) = if tape.chance(60) { (one, two) } else { (two, last) };
    let mut span = || {
        let span = if features.time { Calendar::spans(features.calendar, tape) } else { String::new() };
        if span.is_empty() { span } else { format!(" {span}") }
    };
    let spans = [span(), span()];
    let predicates: Vec<_> = vocabulary.relations.iter().filter(|relation| !relation.is_criterion).collect();
    let measures: Vec<_> = vocabulary.measures.iter().filter(|measure| measure.is_recorded).collect();
    if !measures.is_empty() && tape.chance(40) {
        let measure = measures[tape.below(measures.len())];
        let Some(arguments) = arguments(tape, vocabulary, &measure.roles, measure.is_reflexive, false) else {
            return Vec::new();
        };
        let values = match &measure.levels {
            Some(levels) => [levels[0].clone(), levels[1].clone()],
            None => ["2".to_owned(), "5".to_owned()],
        };
        let atom = format!("{}({})", measure.name, arguments.join(", "));
        return vec![
            format!("{atom} = {}{} [{first}]", values[0], spans[0]),
            format!("{atom} = {}{} [{second}]", values[1], spans[1]),
        ];
    }
    let Some(relation) = tape.pick_maybe(&predicates).copied() else { return Vec::new() };
    let Some(arguments) = arguments(tape, vocabulary, &relation.roles, relation.is_reflexive, false) else {
        return Vec::new();
    };
    let atom = format!("{}({})", relation.name, arguments.join(", "));
    let (yes, no) = if tape.chance(50) { ("", "not ") } else { ("not ", "") };
    vec![format!("{yes}{atom}{} [{first}]", spans[0]), format!("{no}{atom}{} [{second}]", spans[1])]
}

fn arguments(
    tape: &mut Tape,
    vocabulary: &Vocabulary,
    roles: &[Kind],
    is_reflexive: bool,
    may_exclude: bool,
) -> Option<Vec<String>> {
    let mut taken: Vec<String> = Vec::new();
    let mut arguments = Vec::new();
    let mut excludes = false;
    for role in roles {
        let members: Vec<&String> = vocabulary.kinds[*role]
            .members
            .iter()
            .filter(|name| is_reflexive || !vocabulary.is_state(*role) || !taken.contains(name))
            .collect();
        let first = (*tape.pick_maybe(&members)?).clone();
        let second = (*tape.pick_maybe(&members)?).clone();
        taken.push(first.clone());
        let form = tape.weighted(&[(20, 0), (3, 1), (1, 2), (2, 3)]);
        let is_named = vocabulary.kinds[*role].name != "date" && vocabulary.kinds[*role].name != "number";
        arguments.push(match form {
            1 if first != second && is_named => {
                taken.push(second.clone());
                format!("{{{first}, {second}}}")
            }
            2 if *role == STATE && !taken.iter().any(|name| vocabulary.kinds[CORE].members.contains(name)) => {
                taken.extend(vocabulary.kinds[CORE].members.clone());
                format!("{{{}}}", vocabulary.kinds[CORE].name)
            }
            3 if may_exclude && !excludes && is_named => {
                excludes = true;
                if first == second { format!("only {first}") } else { format!("only {{{first}, {second}}}") }
            }
            _ => first,
        });
    }
    Some(arguments)
}

fn clauses(
    tape: &mut Tape,
    vocabulary: &Vocabulary,
    features: &Features,
    spans: fn(Calendar, &mut Tape) -> String,
) -> String {
    let mut text = String::new();
    let time = if features.time { spans(features.calendar, tape) } else { String::new() };
    if !time.is_empty() {
        text.push(' ');
        text.push_str(&time);
    }
    if !vocabulary.sources.is_empty() && tape.chance(60) {
        let one = tape.pick(&vocabulary.sources).clone();
        let two = tape.pick(&vocabulary.sources).clone();
        text.push_str(&match tape.below(3) {
            0 => format!(" [{one}]"),
            1 => format!(" [{one}, \"p. 3\"]"),
            _ if one != two => format!(" [{one}; {two}, \"Art. 1\"]"),
            _ => format!(" [{one}]"),
        });
    }
    if tape.chance(5) {
        text.push_str(" \"a note\"");
    }
    text
}
