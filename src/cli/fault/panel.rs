//! Mistakes with panels and files of results.

use super::error;
use std::path::Path;
use symmachia::diagnostic::{Diagnostic, Severity};
use symmachia::panel::{Difference, Refusal};
use symmachia::render::words::{counted, grouped};
use symmachia::text::Span;

/// A mistake with a panel or with where results go.
#[derive(Debug, Clone, PartialEq)]
pub enum PanelFault {
    /// `--format xlsx` alone
    OutputWanted,
    /// `--output missing/panel.csv`
    OutputUnwritable {
        /// As given.
        path: String,
        /// What the system says.
        reason: String,
    },
    /// `--output rules.ally`
    OutputIsProgram {
        /// As given.
        path: String,
    },
    /// `--output trade.csv`, which an import reads
    OutputIsTable {
        /// As given.
        path: String,
    },
    /// `--output panel.dta`
    UnknownEnding {
        /// As given.
        path: String,
    },
    /// `--output panel.csv --format jsonl`
    EndingDiffers {
        /// As given.
        path: String,
        /// As given.
        format: String,
        /// With what files of the format end.
        ending: &'static str,
        /// Whether the ending alone would do.
        tells_a_format: bool,
    },
    /// `--codebook panel.xlsx`
    CodebookEnding {
        /// As given.
        path: String,
    },
    /// `--output panel.md --codebook panel.md`
    SameFile {
        /// As given.
        path: String,
    },
    /// `--codes cow` without `--by year` or `--spells`
    PanelWanted {
        /// The option that only a panel knows.
        option: &'static str,
    },
    /// `--spells` without a format of tables
    TableWanted {
        /// The option that only a panel knows.
        option: &'static str,
        /// The format that draws or tells.
        format: String,
    },
    /// More rows than the format holds.
    TooManyRows {
        /// This many.
        most: usize,
    },
    /// Individuals in rows that have no code.
    WithoutCode {
        /// Of which scheme.
        scheme: String,
        /// Who.
        individuals: Vec<String>,
    },
    /// Rows with the same codes of a scheme and the same year.
    CodesTwice {
        /// Of which scheme.
        scheme: String,
        /// How many rows have the codes and the year of another.
        rows: usize,
        /// Each code with those who have it, and the years.
        codes: Vec<(String, Vec<String>, Vec<i16>)>,
        /// Another scheme by which no two have one code.
        other: Option<String>,
    },
    /// What the panel itself refuses.
    Refused {
        /// Why.
        refusal: Refusal,
        /// The place of the criterion that is not symmetric.
        place: Option<Span>,
    },
}

/// So many are named.
const MOST_NAMED: usize = 4;

impl PanelFault {
    /// As it is shown.
    pub fn diagnostic(&self) -> Diagnostic {
        match self {
            PanelFault::OutputWanted => {
                error("symmachia::cli::output_wanted", "a workbook is written to a file, and none is named")
                    .help("name one: --output panel.xlsx")
            }
            PanelFault::OutputUnwritable { path, reason } => {
                error("symmachia::cli::output_unwritable", format!("`{path}` cannot be written: {reason}"))
                    .help("the folder has to exist, and the file must be one that you may write to")
            }
            PanelFault::OutputIsProgram { path } => error(
                "symmachia::cli::output_is_program",
                format!("`{path}` has the name of a program, and results are none"),
            )
            .help("give the file another ending, say `.csv`"),
            PanelFault::OutputIsTable { path } => error(
                "symmachia::cli::output_is_table",
                format!("`{path}` is a table that is read, and results are not written over it"),
            )
            .help("name another file"),
            PanelFault::UnknownEnding { path } => {
                error("symmachia::cli::unknown_ending", format!("the ending of `{path}` tells no format"))
                    .help("say which: --format csv (Stata and R read that), jsonl, xlsx, markdown or latex")
            }
            PanelFault::EndingDiffers { path, format, ending, tells_a_format } => {
                let named = Path::new(path).with_extension(ending);
                error(
                    "symmachia::cli::ending_differs",
                    format!("the ending of `{path}` says one format, and `--format {format}` another"),
                )
                .help(match tells_a_format {
                    true => format!("leave out `--format`, which the ending tells, or name `{}`", named.display()),
                    false => format!("name `{}`", named.display()),
                })
            }
            PanelFault::CodebookEnding { path } => error(
                "symmachia::cli::ending_differs",
                format!("a codebook is a page in Markdown, and the ending of `{path}` says something else"),
            )
            .help(format!("name `{}`", Path::new(path).with_extension("md").display())),
            PanelFault::SameFile { path } => {
                error("symmachia::cli::same_file", format!("`{path}` is to hold the panel and its codebook"))
                    .help("give the codebook a file of its own")
            }
            PanelFault::PanelWanted { option } => {
                error("symmachia::cli::panel_wanted", format!("`{option}` is an option of panels"))
                    .help("for a row a year add --by year, for a row each time that something changes --spells")
            }
            PanelFault::TableWanted { option, format } => error(
                "symmachia::cli::table_wanted",
                format!("`{option}` asks for the rows of a panel, and `--format {format}` gives none"),
            )
            .help("add --format csv (or jsonl, markdown, latex), or name a file: --output panel.csv"),
            PanelFault::TooManyRows { most } => error(
                "symmachia::cli::too_many_rows",
                format!("a sheet of a workbook holds {} rows, and there are more", grouped(*most)),
            )
            .help("write csv, or keep fewer rows: --verdict met, --undirected, or a shorter --in"),
            PanelFault::WithoutCode { scheme, individuals } => without_code(scheme, individuals),
            PanelFault::CodesTwice { scheme, rows, codes, other } => {
                codes_twice(scheme, *rows, codes, other.as_deref())
            }
            PanelFault::Refused { refusal, place } => refused(refusal, *place),
        }
    }
}

fn without_code(scheme: &str, individuals: &[String]) -> Diagnostic {
    let named: Vec<String> = individuals.iter().take(MOST_NAMED).map(|name| format!("`{name}`")).collect();
    let more = match individuals.len().saturating_sub(MOST_NAMED) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    let have = if individuals.len() == 1 { "has" } else { "have" };
    Diagnostic::new(
        "symmachia::cli::without_code",
        Severity::Warning,
        format!(
            "{} in the rows {have} no code of `{scheme}`: {}{more}",
            counted(individuals.len(), "individual"),
            named.join(", ")
        ),
    )
    .help(format!("their cells are empty; a code is given with the individual: `alias {scheme}:...`"))
}

fn codes_twice(
    scheme: &str,
    rows: usize,
    codes: &[(String, Vec<String>, Vec<i16>)],
    other: Option<&str>,
) -> Diagnostic {
    let some = |all: Vec<String>| {
        let more = all.len().saturating_sub(MOST_NAMED);
        let mut named: Vec<String> = all.into_iter().take(MOST_NAMED).collect();
        if more > 0 {
            named.push(format!("{more} more"));
        }
        and(&named)
    };
    let of_code = |(code, names, years): &(String, Vec<String>, Vec<i16>)| {
        let names = some(names.iter().map(|name| format!("`{name}`")).collect());
        format!("{code} is {names} in {}", some(years.iter().map(i16::to_string).collect()))
    };
    let told: Vec<String> = codes.iter().take(MOST_NAMED).map(of_code).collect();
    let more = match codes.len().saturating_sub(MOST_NAMED) {
        0 => String::new(),
        more => format!("; and {more} more"),
    };
    let (rows, have) = (counted(rows, "row"), if rows == 1 { "has" } else { "have" });
    let other = other.map_or(String::new(), |other| format!(", and so do codes of `{other}`"));
    Diagnostic::new(
        "symmachia::cli::codes_twice",
        Severity::Warning,
        format!("{rows} {have} the same codes of `{scheme}` and the same year as another: {}{more}", told.join("; ")),
    )
    .help(format!(
        "the names tell them apart{other}; with the verdicts of one day of each year, as by `--on 07-01`, only those who exist on it have rows"
    ))
}

/// `a, b and c`
fn and(words: &[String]) -> String {
    match words {
        [] => String::new(),
        [only] => only.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

fn refused(refusal: &Refusal, place: Option<Span>) -> Diagnostic {
    match refusal {
        Refusal::DifferentCases { signatures: [one, two] } => error(
            "symmachia::cli::different_cases",
            format!("`{one}` and `{two}` are about different cases and cannot share rows"),
        )
        .help("name criteria with the same kinds of roles, or add --long for one below the other"),
        Refusal::NoPair { signature } => {
            error("symmachia::cli::no_pair_of_roles", format!("`{signature}` has no two roles of one kind"))
                .help("`--undirected` is for pairs; leave it out")
        }
        Refusal::UnknownScheme { scheme, nearest, schemes } => {
            let diagnostic = error(
                "symmachia::cli::unknown_scheme",
                format!("nobody in the rows has a code of the scheme `{scheme}`"),
            );
            let small = scheme.to_lowercase();
            let longer: Vec<String> =
                schemes.iter().filter(|other| other.starts_with(&small)).map(|other| format!("`{other}`")).collect();
            match (nearest, schemes.is_empty()) {
                // `iso` is short for any of them.
                (Some(_), false) if longer.len() > 1 && !schemes.contains(&small) => {
                    diagnostic.help(format!("did you mean one of {}?", longer.join(", ")))
                }
                (Some(nearest), _) => diagnostic.help(format!("did you mean `{nearest}`?")),
                (None, false) => diagnostic.help(format!("the schemes of the program are {}", schemes.join(", "))),
                (None, true) => {
                    diagnostic.help(format!("codes are given with the individuals: `state russia alias {scheme}:365`"))
                }
            }
        }
        Refusal::UnknownColumn { name, nearest } => {
            let diagnostic = error("symmachia::cli::unknown_column", format!("there is nothing called `{name}`"));
            match nearest {
                Some(nearest) => diagnostic.help(format!("did you mean `{nearest}`?")),
                None => diagnostic.help("`--with` takes measures and criteria by name, `conditions` and `deciding`"),
            }
        }
        Refusal::Unfitting { signature, head } => {
            error("symmachia::cli::unfitting_column", format!("`{signature}` cannot be asked of the cases of `{head}`"))
                .help("its roles have to be of the kinds of the criterion's, in that order, or it has one role alone")
        }
        Refusal::NoVerdict { name } => {
            error("symmachia::cli::no_verdict", format!("`{name}` is a measure and has no verdict to keep"))
                .help("leave out `--verdict`, or ask for a criterion")
        }
        Refusal::NoPeriod => {
            error("symmachia::cli::years_wanted", "nothing says which years: the evidence names no date")
                .help("say which: --in 1991..2014")
        }
        Refusal::NotSymmetric(difference) => not_symmetric(difference, place),
    }
}

fn not_symmetric(difference: &Difference, place: Option<Span>) -> Diagnostic {
    let Difference { one, other, time, .. } = difference;
    let says = format!("{time} `{}` is {}, but `{}` is {}", one.0, one.1, other.0, other.1);
    let diagnostic = match place {
        Some(place) => error(
            "symmachia::cli::directions_differ",
            "the two directions of a pair differ, and `--undirected` gives it one row",
        )
        .at(place, says),
        None => error("symmachia::cli::directions_differ", says),
    };
    diagnostic.help("add --both (met in both directions) or --either, or leave out --undirected")
}
