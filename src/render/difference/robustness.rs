//! Each part of a program left out in turn, and the verdicts that turn.

use super::{JsonPlace, Sheet, VERSION, address, criteria, extent, one_line, place, title, turn, when, wrapped};
use crate::diff::{Amount, Robustness, Tried, Varied};
use crate::explain::number;
use crate::render::Look;
use crate::render::results::machine_date;
use crate::render::words::{ascii_signs, clipped, counted, visible};
use crate::text::Texts;
use comfy_table::ContentArrangement;
use comfy_table::presets::{ASCII_FULL_CONDENSED, UTF8_FULL_CONDENSED};
use serde::Serialize;

/// Turns that are told in a cell.
const MOST_TOLD: usize = 6;
/// Letters of a fact or condition that are shown.
const MOST_LETTERS: usize = 90;

/// A table for each sort of thing that was varied.
#[must_use]
pub fn robustness(of: &Robustness, sorts: &[Varied], texts: &Texts, look: &Look) -> String {
    let mut out = wrapped(
        &format!("{}{}: {}", criteria(&of.cases).join(", "), extent(&of.cases), counted(of.cases.len(), "case")),
        "",
        look,
    );
    for sort in sorts {
        let tried: Vec<&Tried> = of.tried.iter().filter(|tried| tried.variation.varied == *sort).collect();
        out.push('\n');
        out.push_str(&wrapped(&heading(*sort, &tried), "", look));
        let turning: Vec<&Tried> = tried.iter().copied().filter(|tried| !tried.turns.is_empty()).collect();
        if !turning.is_empty() {
            out.push_str(&table(of, *sort, &turning, texts, look));
        }
        let silent: Vec<&Tried> = tried.iter().copied().filter(|tried| tried.turns.is_empty()).collect();
        if !silent.is_empty() && *sort != Varied::Fact {
            let names: Vec<String> = silent.iter().map(|tried| what(tried, texts)).collect();
            out.push_str(&wrapped(&format!("no verdict turns by: {}", names.join("; ")), "", look));
        }
    }
    if of.not_tried > 0 {
        out.push_str(&format!("\n{} not tried, being too many\n", counted(of.not_tried, "further change")));
    }
    if look.drawn { out } else { ascii_signs(&out) }
}

fn heading(sort: Varied, tried: &[&Tried]) -> String {
    let turning = tried.iter().filter(|tried| !tried.turns.is_empty()).count();
    let (noun, done) = match sort {
        Varied::Source => ("source", "left out"),
        Varied::Fact => ("fact", "left out"),
        Varied::Condition => ("condition", "dropped"),
        Varied::Parameter => ("change of a parameter", "tried"),
    };
    let all = match (sort, tried.len()) {
        (Varied::Parameter, 1) => "1 change of a parameter".to_owned(),
        (Varied::Parameter, number) => format!("{number} changes of parameters"),
        (_, number) => counted(number, noun),
    };
    match (tried.len(), turning) {
        (0, _) if sort == Varied::Condition => {
            "no condition to drop: no rule on which the criterion builds joins several".to_owned()
        }
        (0, _) if sort == Varied::Parameter => "no parameter to vary".to_owned(),
        (0, _) => format!("no {noun} to leave out"),
        (1, 0) => format!("{all}, {done}: it turns no verdict"),
        (_, 0) => format!("{all}, each {done} alone: none turns a verdict"),
        (1, _) => format!("{all}, {done}:"),
        (_, 1) => format!("{all}, each {done} alone; 1 turns a verdict:"),
        (_, turning) => format!("{all}, each {done} alone; {turning} turn a verdict:"),
    }
}

/// What is varied, in a few words.
fn what(tried: &Tried, texts: &Texts) -> String {
    let variation = &tried.variation;
    let words = match (&variation.name, &variation.values) {
        (Some(name), Some((_, tried))) => format!("{name} = {}", written(tried)),
        (Some(name), None) => match &variation.row {
            Some(row) => format!("{name} ({row})"),
            None => name.clone(),
        },
        (None, _) => {
            let words = one_line(texts.slice(variation.told_by));
            return format!("{} ({})", visible(&clipped(&words, MOST_LETTERS)), address(variation.place, texts));
        }
    };
    visible(&clipped(&words, MOST_LETTERS)).into_owned()
}

/// A value as it would be set.
fn written(amount: &Amount) -> String {
    match amount {
        Amount::Number(value) => number(*value),
        Amount::Level(level) => level.clone(),
    }
}

/// What turns, in the order of the cases.
fn which(of: &Robustness, tried: &Tried, most: usize) -> Vec<String> {
    let mut told: Vec<String> = tried
        .turns
        .iter()
        .take(most)
        .map(|one| {
            let period = of.cases[one.case].period;
            format!("{}: {}{}", title(&of.cases, one.case), turn(&one.before, &one.after), when(one.days, period))
        })
        .collect();
    if tried.turns.len() > most {
        told.push(format!("and {} more", tried.turns.len() - most));
    }
    told
}

fn table(of: &Robustness, sort: Varied, tried: &[&Tried], texts: &Texts, look: &Look) -> String {
    let mut drawing = comfy_table::Table::new();
    drawing
        .load_style(if look.drawn { UTF8_FULL_CONDENSED } else { ASCII_FULL_CONDENSED })
        .set_content_arrangement(ContentArrangement::Dynamic)
        .set_width(u16::try_from(look.width).unwrap_or(u16::MAX))
        // What is a terminal is for the command line to find out.
        .force_no_tty();
    drawing.set_header([sort.name(), "turned", "which"]);
    for one in tried {
        let told = which(of, one, MOST_TOLD).join("\n");
        let told = if look.drawn { told } else { ascii_signs(&told) };
        drawing.add_row([what(one, texts), one.turned().to_string(), told]);
    }
    drawing.trim_fmt() + "\n"
}

/// A row for each change.
#[must_use]
pub fn robustness_sheet(of: &Robustness, texts: &Texts) -> Sheet {
    let row = |tried: &Tried| {
        let variation = &tried.variation;
        let words = match &variation.name {
            Some(name) => name.clone(),
            None => one_line(texts.slice(variation.place)),
        };
        let values = variation.values.as_ref().map(|(one, two)| (written(one), written(two)));
        let (value, tried_value) = values.unwrap_or_default();
        let turns = which(of, tried, usize::MAX).join("; ");
        vec![
            variation.varied.name().to_owned(),
            words,
            value,
            tried_value,
            variation.row.clone().unwrap_or_else(|| address(variation.place, texts)),
            tried.turned().to_string(),
            turns,
        ]
    };
    Sheet {
        columns: vec!["varied", "what", "value", "tried", "place", "turned", "which"],
        rows: of.tried.iter().map(row).collect(),
    }
}

#[derive(Serialize)]
struct Document<'a> {
    version: u32,
    cases: usize,
    variations: Vec<JsonTried<'a>>,
    not_tried: usize,
}

#[derive(Serialize)]
struct JsonTried<'a> {
    varied: Varied,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<&'a Amount>,
    #[serde(skip_serializing_if = "Option::is_none")]
    tried: Option<&'a Amount>,
    #[serde(skip_serializing_if = "Option::is_none")]
    row: Option<&'a str>,
    place: JsonPlace,
    turned: usize,
    turns: Vec<JsonTurn<'a>>,
}

#[derive(Serialize)]
struct JsonTurn<'a> {
    criterion: &'a str,
    case: &'a str,
    from: String,
    until: String,
    before: &'a str,
    after: &'a str,
}

/// For machines.
#[must_use]
pub fn robustness_json(of: &Robustness, texts: &Texts) -> String {
    let variations = of
        .tried
        .iter()
        .map(|one| {
            let variation = &one.variation;
            let values = variation.values.as_ref();
            JsonTried {
                varied: variation.varied,
                name: variation.name.as_deref(),
                value: values.map(|(value, _)| value),
                tried: values.map(|(_, tried)| tried),
                row: variation.row.as_deref(),
                place: place(variation.place, texts),
                turned: one.turned(),
                turns: one
                    .turns
                    .iter()
                    .map(|turn| JsonTurn {
                        criterion: &of.cases[turn.case].criterion,
                        case: &of.cases[turn.case].name,
                        from: machine_date(turn.days.first),
                        until: machine_date(turn.days.last),
                        before: turn.before.words(),
                        after: turn.after.words(),
                    })
                    .collect(),
            }
        })
        .collect();
    let document = Document { version: VERSION, cases: of.cases.len(), variations, not_tried: of.not_tried };
    // Strings and numbers always serialise.
    serde_json::to_string_pretty(&document).unwrap_or_default() + "\n"
}
