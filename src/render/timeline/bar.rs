//! Which verdict stands in which column of a bar.

use crate::time::{Day, Interval};
use crate::verdict::Verdict;

/// A verdict for each column: the one that covers most of its days. A span that would be lost gets the column in
/// which most of it lies, so that nothing short is hidden.
pub(super) fn columns(spans: &[(Interval, Verdict)], period: Interval, columns: usize) -> Vec<Verdict> {
    let ranges: Vec<Interval> = (0..columns).map(|index| range(period, index, columns)).collect();
    let mut owners: Vec<Option<usize>> = ranges.iter().map(|range| owner(spans, *range)).collect();
    for (index, (span, verdict)) in spans.iter().enumerate() {
        if *verdict == Verdict::NotApplicable || owners.contains(&Some(index)) {
            continue;
        }
        let most = (0..columns).max_by_key(|column| (shared(*span, ranges[*column]), columns - column));
        let Some(column) = most.filter(|column| shared(*span, ranges[*column]) > 0) else { continue };
        let is_only_one = owners.iter().filter(|owner| **owner == owners[column]).count() == 1;
        if owners[column].is_none() || !is_only_one {
            owners[column] = Some(index);
        }
    }
    owners.into_iter().map(|owner| owner.map_or(Verdict::NotApplicable, |index| spans[index].1)).collect()
}

/// The days of a column.
pub(super) fn range(period: Interval, index: usize, columns: usize) -> Interval {
    let days = period.days();
    let at = |index: usize| {
        let offset = (index as u64 * days / columns as u64) as i32;
        Day::from_number(period.first.number() + offset)
    };
    let first = at(index);
    // Where there are fewer days than columns, several columns show one day.
    let last = if index + 1 == columns { period.last } else { at(index + 1).previous() };
    Interval { first, last: last.max(first) }
}

/// The span that covers most days of a column; none where more of it is not covered.
fn owner(spans: &[(Interval, Verdict)], column: Interval) -> Option<usize> {
    let from = spans.partition_point(|(span, _)| span.last < column.first);
    let mut best: Option<(u64, usize)> = None;
    let mut covered = 0;
    for (index, (span, _)) in spans.iter().enumerate().skip(from).take_while(|(_, (span, _))| span.first <= column.last)
    {
        let days = shared(*span, column);
        covered += days;
        if best.is_none_or(|(most, _)| days > most) {
            best = Some((days, index));
        }
    }
    best.filter(|(most, _)| *most >= column.days() - covered).map(|(_, index)| index)
}

fn shared(left: Interval, right: Interval) -> u64 {
    Interval::new(left.first.max(right.first), left.last.min(right.last)).map_or(0, Interval::days)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn interval(first: i32, last: i32) -> Interval {
        Interval { first: Day::from_number(first), last: Day::from_number(last) }
    }

    #[test]
    fn a_column_shows_what_covers_most_of_it() {
        let spans = [(interval(0, 14), Verdict::Met), (interval(15, 39), Verdict::NotMet)];
        assert_eq!(columns(&spans, interval(0, 39), 4), [Verdict::Met, Verdict::Met, Verdict::NotMet, Verdict::NotMet]);
    }

    #[test]
    fn a_single_day_is_not_lost() {
        let spans = [
            (interval(0, 500), Verdict::Met),
            (interval(501, 501), Verdict::Contested),
            (interval(502, 999), Verdict::Met),
        ];
        let drawn = columns(&spans, interval(0, 999), 10);
        assert_eq!(drawn.iter().filter(|verdict| **verdict == Verdict::Contested).count(), 1);
        assert_eq!(drawn[5], Verdict::Contested);
    }

    #[test]
    fn fewer_days_than_columns() {
        let spans = [(interval(0, 0), Verdict::Met), (interval(1, 1), Verdict::NotMet)];
        let drawn = columns(&spans, interval(0, 1), 8);
        assert_eq!(drawn[..4], [Verdict::Met; 4]);
        assert_eq!(drawn[4..], [Verdict::NotMet; 4]);
    }
}
