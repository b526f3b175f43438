//! Tables and sentences as a paper wants them: columns as wide as a page has room, and no break within a date.

use super::latex::escaped;

/// About so many letters of the usual size fill a line.
const LETTERS: f64 = 72.0;
/// The space between two columns, in letters.
const BETWEEN: f64 = 2.6;
/// A column with longer cells is a paragraph.
const MOST_LETTERS: usize = 30;

/// How the columns of a table are set: `l`, `r`, or a paragraph, whose share of the line is what the others leave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Columns {
    /// As `tabular` wants it.
    pub places: String,
    is_wide: Vec<bool>,
}

impl Columns {
    /// By the longest cell of each.
    #[must_use]
    pub fn of(header: &[String], rows: &[Vec<String>], is_number: impl Fn(usize) -> bool) -> Columns {
        let longest = |place: usize| {
            let cells = rows.iter().map(Vec::as_slice).chain([header]).filter_map(|row| row.get(place));
            cells.map(|cell| cell.chars().count()).max().unwrap_or(0)
        };
        let lengths: Vec<usize> = (0..header.len()).map(longest).collect();
        let is_wide: Vec<bool> =
            lengths.iter().enumerate().map(|(place, length)| *length > MOST_LETTERS && !is_number(place)).collect();
        let narrow: usize = lengths.iter().zip(&is_wide).filter(|(_, wide)| !**wide).map(|(length, _)| length).sum();
        // A column with twice as much to say gets more, but not twice as much.
        let weight = |place: usize| (lengths[place] as f64).sqrt();
        let all: f64 = (0..header.len()).filter(|place| is_wide[*place]).map(weight).sum();
        let rest = (1.0 - (narrow as f64 + BETWEEN * header.len() as f64) / LETTERS).max(0.3);
        let place = |place: usize| match (is_number(place), is_wide[place]) {
            (true, _) => "r".to_owned(),
            (false, false) => "l".to_owned(),
            (false, true) => format!("p{{{:.2}\\linewidth}}", rest * weight(place) / all),
        };
        Columns { places: (0..header.len()).map(place).collect(), is_wide }
    }

    /// A row, with its end.
    #[must_use]
    pub fn row(&self, cells: &[String]) -> String {
        let cell = |(place, text): (usize, &String)| {
            let text = sentence(text);
            // Short lines are not stretched.
            if self.is_wide.get(place) == Some(&true) { format!("\\raggedright {text}") } else { text }
        };
        let cells: Vec<String> = cells.iter().enumerate().map(cell).collect();
        format!("{} \\tabularnewline\n", cells.join(" & "))
    }

    /// How many lines the rows take, about.
    #[must_use]
    pub fn lines(&self, rows: &[Vec<String>]) -> usize {
        let wide = self.is_wide.iter().filter(|wide| **wide).count().max(1);
        let per_line = LETTERS as usize / (wide + 1);
        let lines = |row: &Vec<String>| {
            let cells = row.iter().zip(&self.is_wide).filter(|(_, wide)| **wide);
            cells.map(|(cell, _)| cell.chars().count().div_ceil(per_line)).max().unwrap_or(1).max(1)
        };
        rows.iter().map(lines).sum()
    }
}

/// A table with more lines than this goes over several pages.
pub const MOST_LINES: usize = 40;

/// A table without caption; one that is longer than a page wants the package longtable besides booktabs.
#[must_use]
pub fn table(header: &[String], rows: &[Vec<String>], is_number: impl Fn(usize) -> bool) -> String {
    let columns = Columns::of(header, rows, is_number);
    let head = format!("\\toprule\n{}\\midrule\n", columns.row(header));
    let body: String = rows.iter().map(|cells| columns.row(cells)).collect();
    let places = &columns.places;
    if columns.lines(rows) > MOST_LINES {
        return format!(
            "% \\usepackage{{booktabs,longtable}}\n\\begin{{longtable}}{{{places}}}\n{head}\\endhead\n{body}\\bottomrule\n\\end{{longtable}}\n"
        );
    }
    format!("% \\usepackage{{booktabs}}\n\\begin{{tabular}}{{{places}}}\n{head}{body}\\bottomrule\n\\end{{tabular}}\n")
}

/// Text as it is: dates and cases are not divided, a name may be divided after `_`, and a negative number has its minus.
#[must_use]
pub fn sentence(text: &str) -> String {
    if text == "-" {
        return "--".to_owned();
    }
    let words = text.split(' ').map(|word| {
        let bare = word.trim_end_matches([',', ';', '.', ')', ':']);
        let (bare, end) = word.split_at(bare.len());
        let start = bare.len() - bare.trim_start_matches('(').len();
        let (open, bare) = bare.split_at(start);
        let set = if is_date(bare) {
            format!("\\mbox{{{bare}}}")
        } else if let Some(number) =
            bare.strip_prefix('-').filter(|rest| rest.starts_with(|one: char| one.is_ascii_digit()))
        {
            format!("$-${}", escaped(number))
        } else {
            escaped(bare).replace("\\_", "\\_\\allowbreak{}").replace('/', "/\\allowbreak{}")
        };
        format!("{}{set}{}", escaped(open), escaped(end))
    });
    words.collect::<Vec<_>>().join(" ")
}

fn is_date(word: &str) -> bool {
    word.len() >= 7
        && word.contains('-')
        && word.chars().all(|one| one.is_ascii_digit() || one == '-')
        && !word.starts_with('-')
}

#[cfg(test)]
mod tests {
    use super::{Columns, sentence};

    #[test]
    fn dates_stay_whole_and_names_may_be_divided() {
        assert_eq!(
            sentence("by true_alliance (1992-05-15 to 2014-01-12): -0.649; -"),
            r"by true\_\allowbreak{}alliance (\mbox{1992-05-15} to \mbox{2014-01-12}): $-$0.649; -"
        );
        assert_eq!(sentence("-"), "--");
    }

    #[test]
    fn long_cells_are_paragraphs_that_share_what_is_left() {
        let words = |cells: &[&str]| cells.iter().map(|cell| (*cell).to_owned()).collect::<Vec<_>>();
        let rows = vec![words(&["a", &"b".repeat(100), "1"])];
        let columns = Columns::of(&words(&["x", "y", "z"]), &rows, |place| place == 2);
        assert_eq!(columns.places, r"lp{0.86\linewidth}r");
        assert_eq!(columns.row(&words(&["a", "b c", "1"])), "a & \\raggedright b c & 1 \\tabularnewline\n");
        assert_eq!(columns.lines(&rows), 3);
    }
}
