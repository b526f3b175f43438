//! Mistakes of the command line that its grammar does not catch.

mod panel;
mod times;

pub use panel::PanelFault;
pub use times::{GivenTime, with_century};

use symmachia::diagnostic::{Diagnostic, Severity};
use symmachia::text::Span;
use symmachia::time::Interval;

/// The codes of these mistakes.
#[cfg(test)]
pub const CODES: &[&str] = &[
    "symmachia::cli::all_days_of_no_year",
    "symmachia::cli::codes_twice",
    "symmachia::cli::criterion_wanted",
    "symmachia::cli::day_of_year_wanted",
    "symmachia::cli::day_wanted",
    "symmachia::cli::different_cases",
    "symmachia::cli::directions_differ",
    "symmachia::cli::ending_differs",
    "symmachia::cli::format_of_sources",
    "symmachia::cli::no_pair_of_roles",
    "symmachia::cli::no_such_code",
    "symmachia::cli::no_such_day",
    "symmachia::cli::no_verdict",
    "symmachia::cli::not_in_library",
    "symmachia::cli::output_is_program",
    "symmachia::cli::output_is_table",
    "symmachia::cli::output_unwritable",
    "symmachia::cli::output_wanted",
    "symmachia::cli::outside_record",
    "symmachia::cli::panel_wanted",
    "symmachia::cli::period_backwards",
    "symmachia::cli::period_wanted",
    "symmachia::cli::question_wanted",
    "symmachia::cli::same_file",
    "symmachia::cli::setting_wanted",
    "symmachia::cli::several_questions",
    "symmachia::cli::share_of_no_parameter",
    "symmachia::cli::share_wanted",
    "symmachia::cli::table_wanted",
    "symmachia::cli::too_many_rows",
    "symmachia::cli::unfitting_column",
    "symmachia::cli::unknown_column",
    "symmachia::cli::unknown_ending",
    "symmachia::cli::unknown_scheme",
    "symmachia::cli::unknown_source",
    "symmachia::cli::versions_wanted",
    "symmachia::cli::without_code",
    "symmachia::cli::years_wanted",
];

/// How a day is written.
pub const DAY_ADVICE: &str = "a day is written `--on 2014-01-12`";
/// How a period is written.
pub const PERIOD_ADVICE: &str = "a period is written `--in 1992..2014`, `--in 1999` or `--in 1999-04..2001-12`";

/// Why a time is no day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NoDay {
    /// A month and a day.
    OfEveryYear,
    /// A longer time.
    Period,
    /// No time at all.
    NoTime(GivenTime),
}

/// A mistake of the command line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// `--by source --all-days`
    AllDaysOfNoYear,
    /// `--by source --format latex`
    FormatOfSources {
        /// The format.
        format: String,
    },
    /// `next trade`, where `trade` is a measure
    CriterionWanted {
        /// The measure.
        name: String,
    },
    /// `--by year --on 1999-06-28`
    DayOfYearWanted {
        /// What was given instead.
        place: Span,
    },
    /// `--on 1999`
    DayWanted {
        /// What was given instead.
        place: Span,
        /// The words.
        given: String,
        /// What is to be said of them.
        why: NoDay,
    },
    /// `explain-code symmachia::model::unknwon`
    NoSuchCode {
        /// As given.
        code: String,
        /// What may have been meant.
        nearest: Option<&'static str>,
    },
    /// `--in 1999-02-30`
    NoSuchDay {
        /// The date.
        place: Span,
        /// The period that `1816-18` may have been meant as.
        period: Option<String>,
        /// The last day of its month, where that is before it.
        last: Option<u8>,
    },
    /// `library vocabluary`
    NotInLibrary {
        /// As given.
        name: String,
        /// What may have been meant.
        nearest: Option<&'static str>,
        /// What there is.
        names: Vec<&'static str>,
    },
    /// `--in 1700..1750`, where all that is recorded is later
    OutsideRecord {
        /// The option.
        option: &'static str,
        /// Its words.
        given: String,
        /// From the first to the last day that the record names.
        recorded: Interval,
        /// The same with a century, where none was given.
        meant: Option<String>,
    },
    /// `--in 2014..1992`
    PeriodBackwards {
        /// The period.
        place: Span,
        /// As it may have been meant.
        meant: Option<String>,
    },
    /// `--in "from 1991"`
    PeriodWanted {
        /// What was given instead.
        place: Span,
        /// What may have been meant.
        given: GivenTime,
    },
    /// `explain rules.ally`
    QuestionWanted {
        /// Words that together may have been meant as one: `ally russia kazakhstan`.
        meant: Option<String>,
    },
    /// `--set keen_trade`, `--set keen_trade=a lot`
    SettingWanted {
        /// As given.
        given: String,
        /// The value, where there is one that is neither a number nor a level.
        value: Option<String>,
    },
    /// `explain 'ally(a, b)' 'ally(b, a)'`
    SeveralQuestions {
        /// As given.
        questions: Vec<String>,
    },
    /// `diff --each fact --by 20%`
    ShareOfNoParameter,
    /// `--by much`
    ShareWanted {
        /// As given.
        given: String,
    },
    /// `diff sketch.ally`
    VersionsWanted {
        /// How many files and folders were named.
        given: usize,
    },
    /// `--without rcca`
    UnknownSource {
        /// As given.
        given: String,
        /// What may have been meant.
        near: Option<String>,
        /// All sources of the program.
        known: Vec<String>,
    },
}

impl Fault {
    /// As it is shown.
    pub fn diagnostic(&self) -> Diagnostic {
        match self {
            Fault::AllDaysOfNoYear => {
                error("symmachia::cli::all_days_of_no_year", "`--all-days` goes with `--by year`")
                    .help("leave it out, or ask for a verdict for each year: --by year --all-days")
            }
            Fault::FormatOfSources { format } => {
                error("symmachia::cli::format_of_sources", format!("`--by source` is not written as `{format}`"))
                    .help("it takes human, plain, json and csv")
            }
            Fault::CriterionWanted { name } => error(
                "symmachia::cli::criterion_wanted",
                format!("`{name}` is a measure, and only verdicts can be settled"),
            )
            .help("name a criterion or a predicate"),
            Fault::DayOfYearWanted { place } => {
                error("symmachia::cli::day_of_year_wanted", "with `--by year`, `--on` takes the day of every year")
                    .at(*place, "not a month and a day")
                    .help("a month and a day are written `--on 06-28`; for one day alone leave out `--by year`")
            }
            Fault::DayWanted { place, given, why } => {
                let (label, help) = match why {
                    NoDay::OfEveryYear => (
                        "a day of every year",
                        format!(
                            "for that day of each year add `--by year`; one day alone is written `--on 2014-{given}`"
                        ),
                    ),
                    NoDay::Period => (
                        "more than a day",
                        format!("{}; for a longer time say `--in {given}`", times::day_within(given)),
                    ),
                    NoDay::NoTime(time) => ("no day", time.day_advice()),
                };
                error("symmachia::cli::day_wanted", "`--on` takes a day").at(*place, label).help(help)
            }
            Fault::NoSuchCode { code, nearest } => {
                let diagnostic = error("symmachia::cli::no_such_code", format!("there is no code `{code}`"));
                match nearest {
                    Some(nearest) => diagnostic.help(format!("did you mean `{nearest}`?")),
                    None => diagnostic.help("`symmachia explain-code` lists all codes"),
                }
            }
            Fault::NoSuchDay { place, period, last } => {
                let diagnostic = error("symmachia::cli::no_such_day", "the calendar has no such date").at(*place, "");
                match (period, last) {
                    (Some(period), _) => {
                        diagnostic.help(format!("after a hyphen stands a month; a period is `{period}`"))
                    }
                    (None, Some(last)) => diagnostic.help(format!("that month ends with day {last}")),
                    (None, None) => diagnostic.help("the year comes first, then the month, 01 to 12, then the day"),
                }
            }
            Fault::NotInLibrary { name, nearest, names } => {
                let diagnostic = error("symmachia::cli::not_in_library", format!("the library has no file `{name}`"));
                match nearest {
                    Some(nearest) => diagnostic.help(format!("did you mean `{nearest}`?")),
                    None => diagnostic.help(format!("it has `{}`", names.join("`, `"))),
                }
            }
            Fault::OutsideRecord { option, given, recorded, meant } => {
                let Interval { first, last } = recorded;
                let message = format!("nothing is recorded of that time: `{option} {given}`");
                let reaches = format!("what is recorded reaches from {first} until {last}");
                Diagnostic::new("symmachia::cli::outside_record", Severity::Note, message).help(match meant {
                    Some(meant) => {
                        format!("{reaches}; years are written with their century: did you mean `{option} {meant}`?")
                    }
                    None => reaches,
                })
            }
            Fault::PeriodBackwards { place, meant } => {
                let message = "the period ends before it begins";
                let diagnostic =
                    error("symmachia::cli::period_backwards", message).at(*place, "the earlier date comes first");
                match meant {
                    Some(meant) => diagnostic.help(format!("did you mean `--in {meant}`?")),
                    None => diagnostic,
                }
            }
            Fault::PeriodWanted { place, given } => {
                error("symmachia::cli::period_wanted", given.no_period()).at(*place, "").help(given.period_advice())
            }
            Fault::QuestionWanted { meant } => {
                let diagnostic = error("symmachia::cli::question_wanted", "which case is to be explained?");
                let example = meant.as_deref().unwrap_or("ally(russia, kazakhstan)");
                diagnostic.help(format!("name it in quotation marks:\nsymmachia explain '{example}' FILE"))
            }
            Fault::SettingWanted { given, value } => {
                let message = match value {
                    None => format!("`--set {given}` gives no value"),
                    Some(value) => format!("`{value}` is neither a number nor the name of a level"),
                };
                error("symmachia::cli::setting_wanted", message)
                    .help("a number, or a level of the parameter's kind: --set keen_trade=5%, --set needed=high")
            }
            Fault::ShareOfNoParameter => {
                error("symmachia::cli::share_of_no_parameter", "`--by` goes with `--each parameter`")
                    .help("leave it out, or vary the parameters: --each parameter --by 20%")
            }
            Fault::ShareWanted { given } => {
                error("symmachia::cli::share_wanted", format!("`--by {given}` is no share of a value"))
                    .help("a share is more than 0 and at most 100%: --by 20%")
            }
            Fault::VersionsWanted { given } => {
                let message = match given {
                    0 => "there is nothing to compare: no file or folder is named".to_owned(),
                    1 => "there is nothing to compare: one version, and nothing that is to differ".to_owned(),
                    given => format!("{given} files and folders, and two versions are compared"),
                };
                error("symmachia::cli::versions_wanted", message).help(
                    "name the old version and the new one, and after `--with` what both share:\n\
                     symmachia diff OLD NEW --with FILE\n\
                     or one input and what is to differ:\nsymmachia diff FILE --set NAME=VALUE",
                )
            }
            Fault::UnknownSource { given, near, known } => {
                let quoted: Vec<String> = known.iter().map(|name| format!("`{name}`")).collect();
                error("symmachia::cli::unknown_source", format!("there is no source `{given}`")).help(
                    match (near, quoted.as_slice()) {
                        (Some(near), _) => format!("did you mean `{near}`?"),
                        (None, []) => "nothing in these files cites a source".to_owned(),
                        (None, names) => format!("the sources are {}", names.join(", ")),
                    },
                )
            }
            Fault::SeveralQuestions { questions } => error(
                "symmachia::cli::several_questions",
                format!("{} cases at once, and one is explained at a time", questions.len()),
            )
            .help(format!(
                "`{}` does not end in `.ally` and no such file exists, so it was taken for a case",
                questions.last().map_or("", String::as_str)
            )),
        }
    }
}

fn error(code: &'static str, message: impl Into<String>) -> Diagnostic {
    Diagnostic::new(code, Severity::Error, message)
}

#[cfg(test)]
mod tests {
    use super::*;
    use symmachia::pages::PAGES;

    #[test]
    fn every_code_has_a_page() {
        let pages: Vec<&str> =
            PAGES.iter().map(|page| page.code).filter(|code| code.starts_with("symmachia::cli::")).collect();
        assert_eq!(pages, CODES);
    }
}
