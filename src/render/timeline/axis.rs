//! Years, months or days above the bars.

use super::bar::range;
use crate::time::{Day, Interval};

/// Lengths of a step between two marks, in months.
const STEPS: [u32; 17] = [1, 2, 3, 6, 12, 24, 60, 120, 240, 300, 600, 1200, 2400, 3000, 6000, 12_000, 60_000];
/// Between two labels.
const GAP: usize = 2;

struct Mark {
    column: usize,
    label: String,
}

/// The labels, and the line that they stand on.
pub(super) fn lines(period: Interval, columns: usize, drawn: bool) -> [String; 2] {
    let marks = marks(period, columns);
    let mut labels = String::new();
    let mut length = 0;
    let mut line: Vec<char> = vec![if drawn { '─' } else { '-' }; columns];
    for mark in &marks {
        let gap = mark.column - length;
        labels.push_str(&" ".repeat(gap));
        labels.push_str(&mark.label);
        length += gap + mark.label.chars().count();
        line[mark.column] = if drawn { '┬' } else { '+' };
    }
    [labels, line.into_iter().collect()]
}

fn marks(period: Interval, columns: usize) -> Vec<Mark> {
    for months in STEPS {
        let marks = marks_every(months, period, columns);
        let is_crowded =
            marks.windows(2).any(|pair| pair[0].column + pair[0].label.chars().count() + GAP > pair[1].column);
        if !is_crowded && !marks.is_empty() {
            return with_ends(marks, period, columns);
        }
    }
    with_ends(Vec::new(), period, columns)
}

/// A mark at the first day of each month (or year) whose number the step divides. Years before Christ count back
/// from the year 1, which has a mark of its own.
fn marks_every(months: u32, period: Interval, columns: usize) -> Vec<Mark> {
    let mut marks: Vec<Mark> = Vec::new();
    let mut mark = |year: i32, month: Option<i32>| {
        let start = i16::try_from(year).ok().and_then(|year| Day::from_parts(year, month.unwrap_or(1) as u8, 1));
        if let Some(start) = start.filter(|start| period.contains(*start)) {
            let label = label(year, month);
            let column = column_of(start, period, columns);
            if column + label.chars().count() <= columns {
                marks.push(Mark { column, label });
            }
        }
    };
    let (first, last) = (i32::from(period.first.year()), i32::from(period.last.year()));
    // No step is small enough to be drawn where there would be more marks than columns.
    if (last - first) as usize * 12 / months as usize > columns {
        return marks;
    }
    if months < 12 {
        for year in first..=last {
            for month in (1..=12).step_by(months as usize) {
                mark(year, Some(month));
            }
        }
    } else {
        let step = months as i32 / 12;
        for year in first..=last {
            let counted = if year > 0 { year } else { 1 - year };
            if counted % step == 0 || (year == 1 && first < 0) {
                mark(year, None);
            }
        }
    }
    marks
}

/// Without two marks the ends of the period are told instead.
fn with_ends(marks: Vec<Mark>, period: Interval, columns: usize) -> Vec<Mark> {
    if marks.len() >= 2 {
        return marks;
    }
    let (first, last) = (period.first.to_string(), period.last.to_string());
    let last_column = columns.saturating_sub(last.chars().count());
    if first == last || last_column < first.chars().count() + GAP {
        return vec![Mark { column: 0, label: first }];
    }
    vec![Mark { column: 0, label: first }, Mark { column: last_column, label: last }]
}

fn column_of(day: Day, period: Interval, columns: usize) -> usize {
    let (mut low, mut high) = (0, columns - 1);
    while low < high {
        let middle = (low + high) / 2;
        if range(period, middle, columns).last >= day { high = middle } else { low = middle + 1 }
    }
    low
}

/// `1992`, `1992-04`, `433 BC`
fn label(year: i32, month: Option<i32>) -> String {
    let month = month.map_or(String::new(), |month| format!("-{month:02}"));
    if year > 0 { format!("{year}{month}") } else { format!("{}{month} BC", 1 - year) }
}
