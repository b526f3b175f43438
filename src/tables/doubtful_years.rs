//! Years that seem to be none, in words.

use super::other_writing;
use super::unread::SHOWN;
use crate::diagnostic::Diagnostic;

/// Years that lie far from all others of their date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DoubtfulYears {
    /// What stands in the cells, with the year as which it is read, before Christ with a minus.
    pub years: Vec<(String, i32)>,
    /// The first and the last of the others; none where there are no others.
    pub others: Option<(i32, i32)>,
    /// Whether the date is an end.
    pub is_end: bool,
}

impl DoubtfulYears {
    /// What is said of the place, behind its lines.
    pub(super) fn label(&self) -> String {
        let mut read: Vec<String> = self.years.iter().take(SHOWN).map(|(text, year)| reading(text, *year)).collect();
        if self.years.len() > SHOWN {
            read.push("…".to_owned());
        }
        let read = read.join(", ");
        match self.others {
            Some((first, last)) if first == last => format!("{read}; the others are in {first}"),
            Some((first, last)) => format!("{read}; the others lie between {first} and {last}"),
            None => read,
        }
    }

    /// What to do; `words` is the year as the import writes it.
    pub(super) fn help(&self, diagnostic: Diagnostic, words: &str) -> Diagnostic {
        let mut help = Vec::new();
        let is_code = |(text, _): &&(String, i32)| {
            if is_whole(text) {
                return true;
            }
            let digits = text.trim_start_matches('-');
            let is_repeated =
                digits.starts_with(['7', '8', '9']) && digits.bytes().all(|byte| byte == digits.as_bytes()[0]);
            is_repeated && (digits.len() < text.len() || digits.len() > 2)
        };
        let codes: Vec<String> =
            self.years.iter().filter(is_code).take(SHOWN).map(|(text, _)| format!("\"{text}\"")).collect();
        if !codes.is_empty() {
            let open =
                if self.is_end { ", with `or open` behind the end where none means that it still holds" } else { "" };
            let what = if self.years.iter().any(|(text, _)| is_whole(text)) { "date" } else { "year" };
            let stand = match codes.as_slice() {
                [only] => format!("`{}` stands for a missing {what}", only.trim_matches('"')),
                _ => format!("these stand for missing {what}s"),
            };
            help.push(format!("if {stand}, write `missing {}`{open}", codes.join(", ")));
        }
        let counted = self
            .years
            .iter()
            .filter(|year| !is_code(year))
            .find_map(|(text, _)| Some((text, other_writing::excel_day(text)?)));
        if let Some((text, day)) = counted {
            help.push(format!(
                "`{text}` may be a day as Excel counts them, which is {day}: give the column the format of a date in the workbook"
            ));
        }
        let short = self.years.iter().find(|(_, year)| (1..=99).contains(year));
        if let (Some((text, _)), None) = (short, self.others) {
            help.push(format!(
                "if the century is left out, compute it: `{words} + 1900`, where `{text}` is 19{text:0>2}"
            ));
        }
        let slips = self.years.iter().filter(|(text, year)| !codes.contains(&format!("\"{text}\"")) && *year < 1000);
        let slips: Vec<String> = slips.take(SHOWN).map(|(text, _)| format!("`{text}`")).collect();
        if !slips.is_empty() && self.others.is_some() {
            help.push(format!("if years like the others are meant by {}, correct them in the table", slips.join(", ")));
        }
        let mut bare = self.years.iter().filter(|(text, _)| !is_whole(text)).map(|(_, year)| *year);
        if let Some(first) = bare.next() {
            let last = bare.next_back().unwrap_or(first);
            help.push(if first < 1000 {
                format!("if years so long ago are meant, say from which on: `where {words} >= {first}`")
            } else {
                format!("if years so far ahead are meant, say up to which: `where {words} <= {last}`")
            });
        }
        diagnostic.help(help.join("; "))
    }
}

/// Whether a text is a date with month or day, and no year alone.
fn is_whole(text: &str) -> bool {
    text.trim_start_matches('-').contains(|letter: char| !letter.is_ascii_digit())
}

/// `-9` is 9 BC
fn reading(text: &str, year: i32) -> String {
    let read = if year < 0 { format!("{} BC", -year) } else { format!("the year {year}") };
    format!("`{text}` is {read}")
}
