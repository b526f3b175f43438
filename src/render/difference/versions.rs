//! Two versions over the same cases: the verdicts that changed, and through what.

use super::{JsonPlace, Sheet, VERSION, address, criteria, extent, place, title, turn, when, wrapped};
use crate::diff::{Change, ChangedVerdict, Difference};
use crate::render::Look;
use crate::render::results::machine_date;
use crate::render::verdicts::coloured;
use crate::render::words::{ascii_signs, clipped, counted};
use crate::text::Texts;
use serde::Serialize;
use std::collections::BTreeSet;

/// What is shown.
#[derive(Debug)]
pub struct Versions<'a> {
    /// How they differ.
    pub difference: &'a Difference,
    /// The texts of the first version.
    pub before: &'a Texts,
    /// The texts of the second.
    pub after: &'a Texts,
}

/// Letters of an item that are shown.
const MOST_LETTERS: usize = 160;
/// Changes without consequence that are listed.
const MOST_SILENT: usize = 10;
/// Cases that are named in a line.
const MOST_NAMED: usize = 10;

/// For people.
#[must_use]
pub fn versions(of: &Versions<'_>, look: &Look) -> String {
    let difference = of.difference;
    let mut out = wrapped(&heading(difference), "", look);
    let mut last = None;
    for changed in &difference.changed {
        if last != Some(changed.case) {
            out.push('\n');
            out.push_str(&wrapped(&title(&difference.cases, changed.case), "", look));
        }
        last = Some(changed.case);
        let period = difference.cases[changed.case].period;
        let words = format!("{}{}", turn(&changed.before, &changed.after), when(changed.days, period));
        let through = through(changed);
        let line = wrapped(&format!("{words}; {through}"), "   ", look);
        out.push_str(&match &changed.after {
            crate::explain::Answer::Verdict(verdict) => coloured(&line, *verdict, look),
            crate::explain::Answer::Value(_) => line,
        });
    }
    out.push_str(&changes(of, look));
    for (which, places) in [("first", &difference.only_before), ("second", &difference.only_after)] {
        if !places.is_empty() {
            let names: Vec<String> =
                places.iter().take(MOST_NAMED).map(|place| title(&difference.cases, *place)).collect();
            let more = places.len().saturating_sub(MOST_NAMED);
            let more = if more > 0 { format!("; and {more} more") } else { String::new() };
            let cases = counted(places.len(), "case");
            out.push('\n');
            out.push_str(&wrapped(
                &format!("{cases} only the {which} version has: {}{more}", names.join("; ")),
                "",
                look,
            ));
        }
    }
    if look.drawn { out } else { ascii_signs(&out) }
}

/// `through 3`, `through each of 1, 2`, `through 1 and 3 together, or 2 and 3 together`
fn through(changed: &ChangedVerdict) -> String {
    let numbers = |places: &[usize]| places.iter().map(|place| (place + 1).to_string()).collect::<Vec<_>>();
    let all_of = |places: &Vec<usize>| match numbers(places).as_slice() {
        [first @ .., last] if !first.is_empty() => format!("{} and {last} together", first.join(", ")),
        few => few.join(", "),
    };
    let together: Vec<String> = changed.together.iter().map(all_of).collect();
    match (changed.through.as_slice(), together.is_empty()) {
        ([], true) => "through several changes together".to_owned(),
        ([], false) if changed.is_smallest => format!("through {}", together.join(", or ")),
        ([], false) => format!("through {}, of which none can be left out", together.join(", or ")),
        ([only], _) => format!("through {}", only + 1),
        (several, _) => format!("through each of {}", numbers(several).join(", ")),
    }
}

fn heading(difference: &Difference) -> String {
    let both = difference.cases.len() - difference.only_before.len() - difference.only_after.len();
    let of = format!("{}{}", criteria(&difference.cases).join(", "), extent(&difference.cases));
    let turned: BTreeSet<usize> = difference.changed.iter().map(|changed| changed.case).collect();
    match (turned.len(), difference.changes.len()) {
        (0, 0) => "nothing differs: the two are alike in every rule, fact and setting".to_owned(),
        (0, changes) => {
            format!("{of}: no verdict differs in {}, though {} made", counted(both, "case"), are_changes(changes))
        }
        (turned, _) => {
            format!("{of}: {turned} of {} {}", counted(both, "case"), if turned == 1 { "differs" } else { "differ" })
        }
    }
}

fn are_changes(number: usize) -> String {
    if number == 1 { "1 change was".to_owned() } else { format!("{number} changes were") }
}

/// The changes by their numbers: those that turn verdicts, and then those that turn none.
fn changes(of: &Versions<'_>, look: &Look) -> String {
    let difference = of.difference;
    let mut out = String::new();
    let turning: BTreeSet<usize> = difference.changed.iter().flat_map(ChangedVerdict::named).collect();
    let mut silent = 0;
    for (place, change) in difference.changes.iter().enumerate() {
        let is_silent = !turning.contains(&place);
        silent += usize::from(is_silent);
        if is_silent && silent > MOST_SILENT {
            continue;
        }
        if out.is_empty() {
            out.push_str("\nchanged:\n");
        }
        let note = match (is_silent, difference.can_be_undone.get(place)) {
            (false, _) => "",
            (true, _) if difference.changed.is_empty() => "",
            (true, Some(false)) => " (cannot be taken back without others)",
            (true, Some(true)) => " (turns no verdict, alone or with those named)",
            (true, None) => " (not tried)",
        };
        let (first, second) = described(of, change);
        let number = format!("{}.", place + 1);
        out.push_str(&wrapped(&format!("{number} {first}{note}"), "", look));
        if let Some(second) = second {
            out.push_str(&wrapped(&second, "   ", look));
        }
    }
    if silent > MOST_SILENT {
        out.push_str(&format!("   and {} more that turn no verdict alone\n", silent - MOST_SILENT));
    }
    if difference.is_cut_short {
        let text = format!(
            "{} sets of changes were taken back together; to try all would take too long, so that where it says that none can be left out fewer others may do",
            difference.sets_tried
        );
        out.push_str(&wrapped(&text, "", look));
    }
    out
}

/// A change in a line or two.
fn described(of: &Versions<'_>, change: &Change) -> (String, Option<String>) {
    let shown = |words: &str| clipped(words, MOST_LETTERS).into_owned();
    match change {
        Change::Item(item) => match (&item.before, &item.after) {
            (Some(before), Some(after)) if before.words == after.words => (
                format!("its table says something else, in {}: {}", address(after.span, of.after), shown(&after.words)),
                None,
            ),
            (Some(before), Some(after)) => (
                format!("was, in {}: {}", address(before.span, of.before), shown(&before.words)),
                Some(format!("is, in {}: {}", address(after.span, of.after), shown(&after.words))),
            ),
            (Some(before), None) => {
                (format!("gone, from {}: {}", address(before.span, of.before), shown(&before.words)), None)
            }
            (None, Some(after)) => {
                (format!("new, in {}: {}", address(after.span, of.after), shown(&after.words)), None)
            }
            (None, None) => (String::new(), None),
        },
        Change::Parameter { name, value } => (format!("{name} set to {value}"), None),
        Change::Assumed(fact) => (format!("assumed: {}", shown(fact)), None),
        Change::Without(source) => (format!("without what {source} says"), None),
        Change::AccordingTo(sources) => (format!("according to {} alone", sources.join(", ")), None),
    }
}

/// A row for each case and stretch of days on which the versions differ.
#[must_use]
pub fn versions_sheet(of: &Versions<'_>) -> Sheet {
    let difference = of.difference;
    let words = |place: &usize| match &difference.changes[*place] {
        Change::Item(item) => {
            let said =
                |item: &Option<crate::diff::Item>| item.as_ref().map_or("nothing", |item| &item.words).to_owned();
            format!("{} → {}", said(&item.before), said(&item.after))
        }
        other => described(of, other).0,
    };
    let rows = difference
        .changed
        .iter()
        .map(|changed| {
            let case = &difference.cases[changed.case];
            let through: Vec<String> = changed.through.iter().map(words).collect();
            let set = |set: &Vec<usize>| set.iter().map(words).collect::<Vec<_>>().join(" and ");
            let together: Vec<String> = changed.together.iter().map(set).collect();
            vec![
                case.criterion.clone(),
                case.name.clone(),
                machine_date(changed.days.first),
                machine_date(changed.days.last),
                changed.before.words().to_owned(),
                changed.after.words().to_owned(),
                match (through.is_empty(), together.is_empty()) {
                    (false, _) => through.join("; "),
                    (true, false) => together.join("; or together "),
                    (true, true) => "several changes together".to_owned(),
                },
            ]
        })
        .collect();
    Sheet { columns: vec!["criterion", "case", "from", "until", "before", "after", "through"], rows }
}

#[derive(Serialize)]
struct Document<'a> {
    version: u32,
    cases: usize,
    changed: Vec<JsonChanged<'a>>,
    changes: Vec<JsonChange>,
    changes_not_tried: usize,
    sets_tried: usize,
    only_before: Vec<&'a str>,
    only_after: Vec<&'a str>,
}

#[derive(Serialize)]
struct JsonChanged<'a> {
    criterion: &'a str,
    case: &'a str,
    from: String,
    until: String,
    before: &'a str,
    after: &'a str,
    /// Numbers of changes, from 1; none where only several together make the difference.
    through: Vec<usize>,
    /// Where there is none: sets of such numbers that make it together.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    together: Vec<Vec<usize>>,
    /// Left out where no smaller sets do.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    smaller_sets_may_do: bool,
}

#[derive(Serialize)]
struct JsonChange {
    number: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    setting: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    before: Option<JsonPlace>,
    #[serde(skip_serializing_if = "Option::is_none")]
    after: Option<JsonPlace>,
    can_be_undone_alone: Option<bool>,
}

/// For machines.
#[must_use]
pub fn versions_json(of: &Versions<'_>) -> String {
    let difference = of.difference;
    let name = |place: &usize| difference.cases[*place].name.as_str();
    let change = |(at, change): (usize, &Change)| {
        let (setting, before, after) = match change {
            Change::Item(item) => (
                None,
                item.before.as_ref().map(|item| place(item.span, of.before)),
                item.after.as_ref().map(|item| place(item.span, of.after)),
            ),
            other => (Some(described(of, other).0), None, None),
        };
        JsonChange {
            number: at + 1,
            setting,
            before,
            after,
            can_be_undone_alone: difference.can_be_undone.get(at).copied(),
        }
    };
    let document = Document {
        version: VERSION,
        cases: difference.cases.len(),
        changed: difference
            .changed
            .iter()
            .map(|changed| JsonChanged {
                criterion: &difference.cases[changed.case].criterion,
                case: name(&changed.case),
                from: machine_date(changed.days.first),
                until: machine_date(changed.days.last),
                before: changed.before.words(),
                after: changed.after.words(),
                through: changed.through.iter().map(|place| place + 1).collect(),
                together: changed.together.iter().map(|set| set.iter().map(|place| place + 1).collect()).collect(),
                smaller_sets_may_do: !changed.is_smallest,
            })
            .collect(),
        changes: difference.changes.iter().enumerate().map(change).collect(),
        changes_not_tried: difference.not_tried,
        sets_tried: difference.sets_tried,
        only_before: difference.only_before.iter().map(name).collect(),
        only_after: difference.only_after.iter().map(name).collect(),
    };
    // Strings and numbers always serialise.
    serde_json::to_string_pretty(&document).unwrap_or_default() + "\n"
}
