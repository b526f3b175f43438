//! How two criteria stand to each other by logic.

use crate::compare::{Logic, Separation};
use crate::render::Look;
use crate::render::words::{visible, wrapping};
use crate::text::Texts;
use serde::Serialize;

/// In sentences, with the evidence of each separating case.
#[must_use]
pub fn logic(logic: &Logic, texts: &Texts, look: &Look) -> String {
    let names = [logic.rivals[0].short.as_str(), logic.rivals[1].short.as_str()];
    let mut out = wrapped(&sentence(logic), look);
    let shown = [
        (&logic.only_left, format!("{} without {}", names[0], names[1])),
        (&logic.only_right, format!("{} without {}", names[1], names[0])),
        (&logic.both, format!("{} with {}", names[0], names[1])),
    ];
    for (separation, title) in shown {
        if let Some(separation) = separation {
            out.push_str(&format!("\n{}:\n\n", visible(&title)));
            for line in evidence(logic, separation, texts).lines() {
                out.push_str(format!("    {}", visible(line)).trim_end());
                out.push('\n');
            }
        }
    }
    out
}

fn wrapped(text: &str, look: &Look) -> String {
    textwrap::fill(&visible(text), wrapping(look.width.clamp(40, 100))) + "\n"
}

/// What follows from what, and within which bounds.
fn sentence(logic: &Logic) -> String {
    let (one, other) = (&logic.rivals[0].short, &logic.rivals[1].short);
    let spelt = |setting: &String| match setting.split_once('=') {
        Some((name, value)) => format!("{} = {}", name.trim(), value.trim()),
        None => setting.clone(),
    };
    let settings: Vec<String> = logic.settings.iter().map(spelt).collect();
    let under = if settings.is_empty() { String::new() } else { format!(" and with {}", settings.join(" and ")) };
    let bound = format!(
        "Asked of complete evidence without dates, with up to {} of each kind{under}:",
        crate::render::words::counted(logic.individuals, "individual")
    );
    let stands = match (&logic.only_left, &logic.only_right, &logic.both) {
        (None, None, None) => format!("neither {one} nor {other} can be met"),
        (None, None, Some(_)) => format!("{one} and {other} are equivalent"),
        (None, Some(_), None) => format!("{one} cannot be met, and {other} can"),
        (Some(_), None, None) => format!("{other} cannot be met, and {one} can"),
        (None, Some(_), Some(_)) => format!("{one} implies {other}, and not the other way round"),
        (Some(_), None, Some(_)) => format!("{other} implies {one}, and not the other way round"),
        (Some(_), Some(_), None) => format!("{one} and {other} exclude each other"),
        (Some(_), Some(_), Some(_)) => format!("neither of {one} and {other} implies the other"),
    };
    format!("{bound} {stands}.")
}

/// The evidence of a case as a program that can be saved and run beside the rules: its expectations say what came out. Where values
/// of parameters were asked for, it says first how to run it.
#[must_use]
pub fn evidence(logic: &Logic, separation: &Separation, texts: &Texts) -> String {
    let mut out = String::new();
    if !logic.settings.is_empty() {
        let set: Vec<String> = logic.settings.iter().map(|setting| format!(" --set {}", for_shell(setting))).collect();
        out.push_str(&format!("# symmachia check{} FILE\n", set.concat()));
    }
    for file in &logic.files {
        out.push_str(&format!("use \"{}\"\n", texts.get(*file).name));
    }
    let complete: Vec<String> = logic.predicates.iter().map(|predicate| format!("complete {predicate}")).collect();
    for line in separation.declarations.iter().chain(&separation.facts).chain(&complete) {
        out.push_str(&format!("{line}\n"));
    }
    let met = |is_met: bool| if is_met { "met" } else { "not met" };
    let is = |one: &Option<Separation>| one.as_ref() == Some(separation);
    let sides = [is(&logic.both) || is(&logic.only_left), is(&logic.both) || is(&logic.only_right)];
    for (case, side) in separation.case.iter().zip(sides) {
        out.push_str(&format!("expect {case} is {}\n", met(side)));
    }
    out
}

/// A word of a command line, in quotation marks where it needs them.
fn for_shell(word: &str) -> String {
    let is_plain = |letter: char| letter.is_ascii_alphanumeric() || "_=.,%+-".contains(letter);
    if word.chars().all(is_plain) { word.to_owned() } else { format!("'{word}'") }
}

#[derive(Serialize)]
struct Document<'a> {
    version: u32,
    left: &'a str,
    right: &'a str,
    individuals: usize,
    settings: &'a [String],
    left_implies_right: bool,
    right_implies_left: bool,
    exclude_each_other: bool,
    only_left: Option<String>,
    only_right: Option<String>,
    both: Option<String>,
}

/// The same for machines: each case as the text of its evidence.
#[must_use]
pub fn logic_json(logic: &Logic, texts: &Texts) -> String {
    let text = |one: &Option<Separation>| one.as_ref().map(|separation| evidence(logic, separation, texts));
    let document = Document {
        version: super::VERSION,
        left: &logic.rivals[0].name,
        right: &logic.rivals[1].name,
        individuals: logic.individuals,
        settings: &logic.settings,
        left_implies_right: logic.only_left.is_none(),
        right_implies_left: logic.only_right.is_none(),
        exclude_each_other: logic.both.is_none(),
        only_left: text(&logic.only_left),
        only_right: text(&logic.only_right),
        both: text(&logic.both),
    };
    // Strings and numbers always serialise.
    serde_json::to_string_pretty(&document).unwrap_or_default() + "\n"
}
