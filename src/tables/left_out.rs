//! Rows that are left out, in words.

use super::doubtful_values::DoubtfulValues;
use super::doubtful_years::DoubtfulYears;
use super::elsewhere::{self, Elsewhere};
use super::import_fault::{some, written};
use super::never_equal::NeverEqual;
use super::no_number;
use super::open_with_end::OpenWithEnd;
use super::strange_codes::StrangeCodes;
use super::told_lines::ToldLines;
use super::unread::{self, DateForm};
use super::years_for_codes::YearsForCodes;
use crate::diagnostic::{Diagnostic, Severity};
use crate::text::Span;

/// Rows that are left out for one reason, or are said to be doubtful.
#[derive(Debug, Clone, PartialEq)]
pub struct LeftOut {
    /// The table.
    pub table: String,
    /// Why.
    pub why: Why,
    /// Which rows.
    pub lines: ToldLines,
    /// How many rows there are in all.
    pub of: usize,
    /// The sign before the decimals in the table's numbers.
    pub decimal: Option<char>,
    /// The part of the import that they do not fit.
    pub span: Span,
    /// The same in the user's words.
    pub words: String,
    /// Whether that is an error.
    pub strict: bool,
    /// Where the import says that it is complete.
    pub complete: Option<Span>,
}

/// Why rows are left out.
#[derive(Debug, Clone, PartialEq)]
pub enum Why {
    /// Nobody has this code.
    UnknownCode {
        /// The scheme; none, where the cell holds a name.
        scheme: Option<String>,
        /// The code.
        code: Box<str>,
        /// Of what kind somebody should have it.
        kind: String,
        /// Names of those whose codes are nearest, with the codes.
        near: Box<[String]>,
        /// Who has it in another scheme, or is called so.
        elsewhere: Option<Box<Elsewhere>>,
        /// The kind that lists its members, so that nobody can be new in it.
        closed: Option<Box<str>>,
        /// The members, where the kind lists them.
        members: Box<[String]>,
    },
    /// Most codes of a column are nobody's.
    StrangeCodes(Box<StrangeCodes>),
    /// Several have the code, and none of them exists at the time.
    AmbiguousCode {
        /// The scheme and the code.
        code: String,
        /// Those who have it.
        holders: Vec<String>,
    },
    /// The individual of the code is not of the kind.
    OtherKind {
        /// Who.
        name: String,
        /// The kind.
        kind: String,
        /// How many others there are, where all are told at once.
        others: usize,
    },
    /// A cell that should name an individual is missing.
    NoIndividual {
        /// Its column.
        header: String,
    },
    /// Text where a number should stand.
    NotANumber {
        /// The first such texts, each once.
        texts: Vec<String>,
    },
    /// Text where a date should stand, or a day that does not exist.
    NotADate {
        /// The first such texts, each once.
        texts: Vec<String>,
        /// How the date is put together.
        form: DateForm,
        /// The place of the date in the import, where it is a part of a stretch of time.
        date: Option<Span>,
    },
    /// Years far from all others. The rows are not left out.
    DoubtfulYears(Box<DoubtfulYears>),
    /// Values that seem to stand for a missing one. The rows are not left out.
    DoubtfulValues(Box<DoubtfulValues>),
    /// Rows that are taken as open in spite of their end. The rows are not left out.
    OpenWithEnd(Box<OpenWithEnd>),
    /// Rows without an end of a source without a last day. The rows are not left out.
    Endless {
        /// The source.
        source: String,
        /// Where it is declared.
        declared: Span,
    },
    /// No date where one is needed.
    NoDate {
        /// Whether it is the end that is missing.
        is_end: bool,
        /// Whether a condition says where it may be.
        has_condition: bool,
    },
    /// The end lies before the start.
    EndBeforeStart {
        /// The first such dates.
        start: String,
        /// The end.
        end: String,
    },
    /// The same state twice.
    PairedWithItself {
        /// The first such state.
        name: String,
    },
    /// Rows that are the same in all that the import reads.
    Repeated {
        /// How many.
        rows: usize,
        /// The line of the first.
        line: u32,
        /// The line that it repeats.
        first_line: u32,
    },
    /// A table without rows.
    NoRows {
        /// Whether `where` left out those that there are.
        chosen: bool,
        /// The comparisons that none of them meets.
        never: Vec<NeverEqual>,
    },
    /// A comparison that no cell meets. The rows are not left out.
    NeverEqual(Box<NeverEqual>),
    /// Years where states are wanted. It is not for this that rows are left out.
    YearsForCodes(Box<YearsForCodes>),
}

impl Why {
    /// Takes in what another row adds, which is left out for the same reason.
    pub fn join(&mut self, other: Why) {
        let (texts, more) = match (self, other) {
            (Why::NotANumber { texts }, Why::NotANumber { texts: more })
            | (Why::NotADate { texts, .. }, Why::NotADate { texts: more, .. }) => (texts, more),
            _ => return,
        };
        for text in more {
            if texts.len() < unread::KEPT && !texts.contains(&text) {
                texts.push(text);
            }
        }
    }
}

impl LeftOut {
    /// In words.
    #[must_use]
    pub fn diagnostic(&self) -> Diagnostic {
        let diagnostic = self.what_is_left_out();
        let has_no_time = matches!(self.why, Why::NoDate { .. } | Why::NotADate { .. } | Why::EndBeforeStart { .. });
        match self.complete.filter(|_| has_no_time) {
            Some(complete) if self.lines.count() == 1 => {
                diagnostic.at(complete, "of those whom other rows name, what this one would say is taken for a no")
            }
            Some(complete) => {
                diagnostic.at(complete, "of those whom other rows name, what these would say is taken for a no")
            }
            None => diagnostic,
        }
    }

    fn what_is_left_out(&self) -> Diagnostic {
        let LeftOut { table, why, lines, of, decimal, span, words, strict, complete: _ } = self;
        let severity = if *strict { Severity::Error } else { Severity::Warning };
        let is_one = lines.count() == 1;
        let rows = if is_one { "one row".to_owned() } else { format!("{} rows", lines.count()) };
        let (are, its, them) = if is_one { ("is", "its", "it") } else { ("are", "their", "them") };
        let new = |code, message: String| Diagnostic::new(code, severity, message);
        let left_out = |code, reason: String| new(code, format!("{rows} of `{table}` {are} left out: {reason}"));
        match why {
            Why::UnknownCode { scheme: Some(scheme), code, kind, near, elsewhere, closed, members: _ } => {
                let diagnostic =
                    new("symmachia::table::unknown_code", format!("no {kind} has the code `{scheme}:{code}`"))
                        .at(*span, format!("{lines} of `{table}` {are} left out"));
                if let Some(elsewhere) = elsewhere {
                    return diagnostic.help(elsewhere::help(code, scheme, elsewhere));
                }
                match (&near[..], closed) {
                    ([], Some(closed)) => diagnostic.help(format!(
                        "`{closed}` lists its members: if one of them is meant, give it the code, \
                         `{kind} name alias {scheme}:{code}`; if not, add a member to the list first"
                    )),
                    ([], None) => diagnostic.help(format!(
                        "declare it: `{kind} name \"Name\" alias {scheme}:{code}`; or let unknown codes be new with \
                         `by {scheme} or new`"
                    )),
                    (near, _) => diagnostic.help(nearest(near)),
                }
            }
            Why::UnknownCode { scheme: None, code, kind, near, members, .. } => {
                let diagnostic = new("symmachia::table::unknown_code", format!("there is no {kind} `{code}`"))
                    .at(*span, format!("{lines} of `{table}` {are} left out"));
                match (&near[..], &members[..]) {
                    ([], []) => diagnostic.help(format!("declare it: `{kind} \"{code}\"`")),
                    ([], members) => diagnostic.help(format!("there are {}", some(members))),
                    ([only], _) => diagnostic.help(format!("did you mean {only}?")),
                    (near, _) => diagnostic.help(nearest(near)),
                }
            }
            Why::StrangeCodes(strange) => {
                let (code, message) = strange.message();
                let examples = unread::shown(&strange.examples);
                let more = if strange.unknown > strange.examples.len() { ", …" } else { "" };
                let place = format!("{lines} of `{table}` {are} left out: {examples}{more}");
                let diagnostic = new(code, message).at(*span, place).help(strange.help(words));
                strange.others.iter().fold(diagnostic, |diagnostic, other| diagnostic.at(*other, "likewise"))
            }
            Why::AmbiguousCode { code, holders } => {
                left_out("symmachia::table::ambiguous_code", format!("nobody who has the code `{code}` exists then"))
                    .at(*span, lines.to_string())
                    .help(format!("it belongs to {}", some(holders)))
            }
            Why::OtherKind { name, kind, others } => {
                let who = match others {
                    0 => format!("`{name}` is"),
                    others => format!("`{name}` and {others} others are"),
                };
                left_out("symmachia::table::other_kind", format!("{who} not of the kind `{kind}`"))
                    .at(*span, lines.to_string())
                    .help("if this is meant, leave such rows out with `where`")
            }
            Why::NoIndividual { header } => {
                left_out("symmachia::table::no_individual", format!("the cell in `{header}` is missing"))
                    .at(*span, lines.to_string())
                    .help(format!("choose rows with `where not missing(row.{})`, if this is meant", written(header)))
            }
            Why::NotANumber { texts } => {
                left_out("symmachia::table::not_a_number", format!("`{words}` is no number in {them}"))
                    .at(*span, format!("{lines}: {}", unread::shown(texts)))
                    .help(if 2 * lines.count() > *of && no_number::are_words(texts) {
                        format!("is `{words}` the column that is meant? most of its cells are words")
                    } else {
                        no_number::help(texts, *decimal)
                    })
            }
            Why::NotADate { texts, form, date: _ } => {
                left_out("symmachia::table::not_a_date", format!("`{words}` is no date in {them}"))
                    .at(*span, format!("{lines}: {}", unread::shown(texts)))
                    .help(unread::date_help(texts, *form, words, 2 * lines.count() > *of))
            }
            Why::DoubtfulYears(years) => {
                let (have, far) = if is_one { ("has", "a year") } else { ("have", "years") };
                let far = match years.others {
                    Some(_) => format!("{far} far from all others"),
                    None => format!("{far} of one or two digits"),
                };
                let diagnostic =
                    new("symmachia::table::doubtful_year", format!("{rows} of `{table}` {have} {far} in `{words}`"));
                years.help(diagnostic.at(*span, format!("{lines}: {}", years.label())), words)
            }
            Why::DoubtfulValues(values) => {
                let (have, a) = if is_one { ("has", "a value") } else { ("have", "values") };
                let seems = if is_one { "seems to stand for a missing one" } else { "seem to stand for missing ones" };
                let message = format!("{rows} of `{table}` {have} {a} in {} that {seems}", values.place());
                values.tell(new("symmachia::table::doubtful_value", message), lines, *span)
            }
            Why::OpenWithEnd(open) => {
                let (have, an) = if is_one { ("has an end", "is") } else { ("have an end", "are") };
                let message = format!("{rows} of `{table}` {have} and {an} taken as open all the same");
                open.tell(new("symmachia::table::open_with_end", message), lines, *span, words)
            }
            Why::Endless { source, declared } => {
                let hold = if is_one { "holds" } else { "hold" };
                new("symmachia::table::endless", format!("{rows} of `{table}` {hold} for good: {its} end is open"))
                    .at(*span, lines.to_string())
                    .at(*declared, "no last day of which it can speak")
                    .help(format!(
                        "say how far the table tells, where the source is declared, as in `source {source} \"…\" until 2018`; nothing is \
                         said of the time after"
                    ))
            }
            Why::NoDate { is_end, has_condition } => left_out(
                "symmachia::table::no_date",
                if *is_end { format!("{its} end is missing") } else { format!("{its} date is missing") },
            )
            .at(*span, lines.to_string())
            .help(match (is_end, has_condition) {
                (true, false) => "if a missing end means that it still holds, write `or open` behind the end",
                (true, true) => {
                    "the condition behind `or open where` does not hold there: if a missing end, too, means that it still holds, add \
                     `or missing(…)` with its cell to the condition"
                }
                (false, _) => "choose rows with `where`, if this is meant",
            }),
            Why::EndBeforeStart { start, end } => {
                let first = if is_one { "" } else { "the first " };
                left_out("symmachia::table::end_before_start", format!("{its} end lies before {its} beginning"))
                    .at(*span, format!("{lines}, {first}from {start} until {end}"))
                    .help(match end.strip_suffix(" BC").and_then(|end| end.split('-').next()) {
                        Some(year) => format!(
                            "-{year} is read as a year before Christ: if it stands for a missing date, write `missing \"-{year}\"`"
                        ),
                        None if *of > 1 && 10 * lines.count() >= 9 * of => {
                            "the cell of the beginning stands first, behind `from` or `spell`, and that of the end second: are they exchanged?"
                                .to_owned()
                        }
                        None => "look at the dates in the table; with `up to` the last day is not included".to_owned(),
                    })
            }
            Why::PairedWithItself { name } => {
                let reason = if is_one {
                    format!("it pairs `{name}` with itself")
                } else {
                    format!("each pairs a state with itself, the first `{name}`")
                };
                left_out("symmachia::table::paired_with_itself", reason)
                    .at(*span, lines.to_string())
                    .help("declare the predicate `reflexive`, if that is meant")
            }
            Why::Repeated { rows, line, first_line } => {
                let (rows, are, first) = match rows {
                    1 => ("one row".to_owned(), "is", ""),
                    _ => (format!("{rows} rows"), "are", "the first in "),
                };
                new(
                    "symmachia::table::repeated_rows",
                    format!("{rows} of `{table}` {are} the same as an earlier one in all that is read of them"),
                )
                .at(*span, format!("{first}line {line}, which repeats line {first_line}"))
                .help("each is counted once; they differ perhaps in columns that the import does not read")
            }
            Why::NeverEqual(never) => never.tell(new(
                "symmachia::table::never_equal",
                format!("no cell of `{table}` is what `{words}` asks for"),
            )),
            Why::YearsForCodes(years) => {
                let message = format!("`{words}` of `{table}` seems to tell years, and a {} is wanted", years.kind);
                years.tell(new("symmachia::table::years_for_codes", message), *span)
            }
            Why::NoRows { chosen, never } if *chosen && !never.is_empty() => {
                let message = format!("no row of `{table}` is chosen");
                let diagnostic = new("symmachia::table::no_rows", message);
                let diagnostic = never.iter().fold(diagnostic, |diagnostic, one| diagnostic.at(one.span, one.label()));
                diagnostic.help(never.iter().find_map(NeverEqual::help).unwrap_or_else(|| {
                    "look at the condition, and at the column: is another one meant?".to_owned()
                }))
            }
            Why::NoRows { chosen, .. } => {
                let message = if *chosen {
                    format!("no row of `{table}` is chosen")
                } else {
                    format!("`{table}` has a header and no rows")
                };
                new("symmachia::table::no_rows", message).at(*span, "").help(if *chosen {
                    "look at the conditions behind `where`: a missing cell meets none"
                } else {
                    "was it saved, or downloaded, whole?"
                })
            }
        }
    }
}

/// The nearest codes.
fn nearest(near: &[String]) -> String {
    let are = if near.len() == 1 { "is" } else { "are" };
    format!("the nearest {are} {}", near.join(", "))
}
