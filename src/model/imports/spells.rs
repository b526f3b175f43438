//! What follows `ended`: nothing where a row says that something is absent; else, as several rows about one atom are one statement with
//! several spells, no more than until the next of them.

use super::templates::Template;
use crate::evidence::StatementTime;
use crate::model::program::IndividualId;
use crate::time::Day;
use rustc_hash::FxHashMap;
use smallvec::SmallVec;

/// Lets rows for which `is` does not hold end without a word of afterwards: their cell speaks of their own days alone, and that
/// something was absent until a day is no evidence that it came about then.
pub(super) fn end_where_it_holds(template: &mut Template) {
    if template.is.is_none() || !template.draft.times.others().iter().any(|time| time.ended) {
        return;
    }
    for row in 0..template.draft.len() {
        let time = template.draft.time_of(row);
        if time.ended && template.draft.polarity_of(row) != template.polarity {
            let time = template.times.place(StatementTime { ended: false, ..time }, &mut template.draft.times);
            template.draft.times.set(row, time);
        }
    }
}

type Atom = SmallVec<[IndividualId; 4]>;

/// A row: which of the templates it fills, and its place there.
type Row = (usize, usize);

/// Cuts short what follows an `ended`, in all rows that one template makes.
///
/// `templates` are one template, once for each value of its variable. `swapped` are the roles in which an atom is the same both ways.
pub(super) fn join(templates: &mut [Template], swapped: Option<(usize, usize)>) {
    let ends = templates.iter().any(|template| template.draft.times.others().iter().any(|time| time.ended));
    if !ends {
        return;
    }
    let mut rows: FxHashMap<Atom, Vec<Row>> = FxHashMap::default();
    for (which, template) in templates.iter().enumerate() {
        for place in 0..template.draft.len() {
            let mut atom: Atom = template.draft.individuals_of(place).collect();
            if let Some((one, two)) = swapped.filter(|(one, two)| atom[*one] > atom[*two]) {
                atom.swap(one, two);
            }
            rows.entry(atom).or_default().push((which, place));
        }
    }
    let mut changed: Vec<(Row, StatementTime)> = Vec::new();
    for rows in rows.into_values().filter(|rows| rows.len() > 1) {
        let times: Vec<StatementTime> = rows.iter().map(|row| time_of(templates, *row)).collect();
        for (row, time) in rows.iter().zip(&times).filter(|(_, time)| time.ended) {
            changed.push((*row, among(*time, &times)));
        }
    }
    // In the order of the rows, so that the places of times do not hang on that of the map.
    changed.sort_unstable_by_key(|(row, _)| *row);
    for ((which, place), time) in changed {
        let template = &mut templates[which];
        let time = template.times.place(time, &mut template.draft.times);
        template.draft.times.set(place, time);
    }
}

fn time_of(templates: &[Template], (which, place): Row) -> StatementTime {
    templates[which].draft.time_of(place)
}

/// The time of a row beside those of all rows about the same.
fn among(time: StatementTime, all: &[StatementTime]) -> StatementTime {
    // Where another spell goes on when this one ends, it is that one that tells of the end.
    let goes_on = |other: &StatementTime| other.earliest_start <= time.latest_end && other.latest_end > time.latest_end;
    let later = all.iter().map(|other| other.earliest_start).filter(|start| *start > time.latest_end);
    let next_start: Option<Day> = later.min();
    StatementTime { ended: !all.iter().any(goes_on), next_start, ..time }
}
