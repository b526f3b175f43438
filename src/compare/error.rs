//! What can be wrong with a comparison. All wording is here.

use crate::diagnostic::{Diagnostic, Severity};
use crate::text::Span;
use crate::verdict::Verdict;

/// The codes of this phase; each has a page in the manual.
pub const CODES: &[&str] = &[
    "symmachia::compare::different_roles",
    "symmachia::compare::fewer_sources",
    "symmachia::compare::fewer_than_two",
    "symmachia::compare::no_common_case",
    "symmachia::compare::no_criterion",
    "symmachia::compare::no_variation",
    "symmachia::compare::not_a_criterion",
    "symmachia::compare::one_wanted",
    "symmachia::compare::outside_fragment",
    "symmachia::compare::rules_alone",
    "symmachia::compare::several_criteria",
    "symmachia::compare::two_wanted",
    "symmachia::compare::unknown_rival",
];

/// Why there is nothing to compare.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CompareError {
    /// They are about different kinds, or different numbers, of individuals.
    DifferentRoles {
        /// `true_alliance.ally(state, state)`
        left: String,
        /// `great_power(state)`
        right: String,
        /// How many individuals each is about.
        numbers: (usize, usize),
    },
    /// Less than two sources bear on a criterion.
    FewerSources {
        /// The criterion.
        criterion: String,
        /// The only source.
        only: Option<String>,
    },
    /// One rival, or none.
    FewerThanTwo {
        /// The only one.
        only: Option<String>,
        /// The frameworks that there are.
        frameworks: Vec<String>,
    },
    /// They speak of no case that is the same.
    NoCommonCase {
        /// Their names.
        rivals: Vec<String>,
        /// Those of which a `cases` lists the cases.
        listing: Vec<String>,
        /// They have some, and none arises in the time that is asked about.
        at_other_times: bool,
    },
    /// A framework without criteria.
    NoCriterion {
        /// Its name.
        framework: String,
    },
    /// A measure or classification.
    NotACriterion {
        /// As given.
        name: String,
        /// A value that it may have: a level in the middle, where its values are levels.
        value: String,
    },
    /// One criterion was to be named.
    OneWanted {
        /// What for.
        wanted: Wanted,
        /// Those that were named.
        names: Vec<String>,
    },
    /// What logic alone cannot be asked about.
    OutsideFragment {
        /// The criterion, where the whole of it is meant.
        criterion: String,
        /// What it uses: `a condition about time`.
        form: String,
        /// Where.
        span: Span,
    },
    /// Evidence was given where rules alone are asked about.
    RulesAlone {
        /// The first statement of it.
        span: Span,
    },
    /// Logic is asked of two criteria.
    TwoWanted {
        /// Those that were named.
        names: Vec<String>,
    },
    /// A framework of which several criteria may be meant.
    SeveralCriteria {
        /// Its name.
        framework: String,
        /// `greek_alliances.epimachia(state, state)` and others.
        criteria: Vec<String>,
        /// The first of them, as one would write it.
        example: String,
    },
    /// Nothing is called so.
    UnknownRival {
        /// As given.
        name: String,
        /// What may have been meant.
        near: Option<String>,
        /// The frameworks that there are.
        frameworks: Vec<String>,
    },
}

/// For what one criterion is to be named.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    /// A truth table.
    TruthTable,
    /// A comparison of its sources.
    Sources,
}

/// What is worth knowing of a comparison, and no mistake.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Remark {
    /// All verdicts are the same, so that agreement by chance cannot be told from any other.
    NoVariation {
        /// The pairs of which Cohen's kappa is undefined, each with the only verdict.
        pairs: Vec<([String; 2], Verdict)>,
        /// How many pairs there are.
        of_pairs: usize,
        /// The only verdict of all, where Krippendorff's alpha is undefined.
        alpha: Option<Verdict>,
    },
}

impl Remark {
    /// As it is shown.
    #[must_use]
    pub fn diagnostic(&self) -> Diagnostic {
        let Remark::NoVariation { pairs, of_pairs, alpha } = self;
        let name = |[one, other]: &[String; 2]| format!("`{one}` and `{other}`");
        let of = match pairs.as_slice() {
            [] => String::new(),
            [(pair, _)] => format!(" of {}", name(pair)),
            several if several.len() == *of_pairs => format!(" of all {of_pairs} pairs"),
            [(pair, _), rest @ ..] => {
                let others =
                    if rest.len() == 1 { "1 other pair".to_owned() } else { format!("{} other pairs", rest.len()) };
                format!(" of {} and of {others}", name(pair))
            }
        };
        let what = match (pairs.is_empty(), alpha) {
            (false, None) => format!("Cohen's kappa{of} is undefined"),
            (false, Some(_)) => format!("Cohen's kappa{of} and Krippendorff's alpha are undefined"),
            (true, _) => "Krippendorff's alpha is undefined".to_owned(),
        };
        let verdict = alpha
            .or(pairs.first().map(|(_, verdict)| *verdict))
            .filter(|verdict| pairs.iter().all(|(_, other)| other == verdict));
        let why = match verdict {
            Some(verdict) => format!("all verdicts are `{verdict}`"),
            None => "all their verdicts are the same".to_owned(),
        };
        Diagnostic::new("symmachia::compare::no_variation", Severity::Note, format!("{what}: {why}"))
            .help("report the share of agreement alone: only where verdicts vary can agreement be told from chance")
    }
}

impl CompareError {
    /// As it is shown.
    #[must_use]
    pub fn diagnostic(&self) -> Diagnostic {
        match self {
            CompareError::DifferentRoles { left, right, numbers: (one, other) } if one != other => error(
                "different_roles",
                format!("`{left}` is about {}, but `{right}` about {}", individuals(*one), individuals(*other)),
            )
            .help("what is compared has to be about the same cases: name a criterion as `framework.criterion`"),
            CompareError::DifferentRoles { left, right, .. } => {
                error("different_roles", format!("`{left}` and `{right}` are about different kinds of individuals"))
                    .help("what is compared has to be about the same cases: name a criterion as `framework.criterion`")
            }
            CompareError::FewerSources { criterion, only: Some(only) } => {
                error("fewer_sources", format!("`{criterion}` rests on one source, `{only}`, and there is no other to compare it with"))
                    .help("`--by source` compares what several sources make of one criterion; `--according-to` and `--without` choose among them")
            }
            CompareError::FewerSources { criterion, only: None } => {
                error("fewer_sources", format!("no source bears on `{criterion}`"))
                    .help("a fact cites its source in brackets: `party(arden, pact) [gazetteer, \"p. 3\"]`")
            }
            CompareError::FewerThanTwo { only: Some(only), frameworks } => {
                error("fewer_than_two", format!("`{only}` has nothing to be compared with"))
                    .help(known(frameworks, "name at least two frameworks or criteria"))
            }
            CompareError::FewerThanTwo { only: None, frameworks } => {
                error("fewer_than_two", "there is nothing to compare")
                    .help(known(frameworks, "name at least two frameworks or criteria"))
            }
            CompareError::NoCommonCase { rivals, at_other_times: true, .. } => error(
                "no_common_case",
                format!("{} have no case in common at that time", quoted(rivals)),
            )
            .help(
                "their individuals do not exist then, or no `cases` covers it; `--in` and `--on` choose another time",
            ),
            CompareError::NoCommonCase { rivals, listing, .. } => {
                let diagnostic = error("no_common_case", format!("{} have no case in common", quoted(rivals)));
                diagnostic.help(match listing.as_slice() {
                    [] => "the program knows no individuals of which at least two of them speak".to_owned(),
                    [only] => format!("a `cases` chooses those of `{only}`, and of these no other one speaks"),
                    several => {
                        format!(
                            "each of {} has `cases` of its own, and only what all of them list is compared",
                            quoted(several)
                        )
                    }
                })
            }
            CompareError::NoCriterion { framework } => {
                error("no_criterion", format!("the framework `{framework}` defines no criterion"))
                    .help("a criterion is defined by `requires`, `if` or `only if`")
            }
            CompareError::NotACriterion { name, value } => {
                error("not_a_criterion", format!("`{name}` is a measure, and only criteria have verdicts")).help(format!(
                    "a criterion may ask for a value of it: `high(A, B) requires {name}(A, B) >= {value}`"
                ))
            }
            CompareError::OneWanted { wanted, names } if names.is_empty() => match wanted {
                Wanted::TruthTable => error("one_wanted", "of which criterion is the truth table to be?")
                    .help("name one framework or criterion: `symmachia compare true_alliance --truth-table FILE`"),
                Wanted::Sources => error("one_wanted", "of which criterion are the sources to be compared?")
                    .help("name one framework or criterion: `symmachia compare true_alliance --by source FILE`"),
            },
            CompareError::OneWanted { wanted, names } => {
                let what = match wanted {
                    Wanted::TruthTable => "a truth table is of one criterion",
                    Wanted::Sources => "`--by source` compares the sources of one criterion",
                };
                error("one_wanted", format!("{what}, and {} are named", names.len()))
                    .help(format!("name one of {}", quoted(names)))
            }
            CompareError::OutsideFragment { criterion, form, span } => {
                let message = if criterion.is_empty() {
                    format!("{form} cannot be asked about by logic alone")
                } else {
                    format!("`{criterion}` uses {form}, which cannot be asked about by logic alone")
                };
                error("outside_fragment", message)
                    .at(*span, "outside of what `--logic` takes")
                    .help("it takes atoms, `not`, `and`, `or`, `whenever`, counting forms, counts, levels of classifications, quantifiers")
            }
            CompareError::RulesAlone { span } => {
                error("rules_alone", "`--logic` asks about every possible evidence, and some is given")
                    .at(*span, "evidence")
                    .help("give the files of the rules alone")
            }
            CompareError::TwoWanted { names } => {
                error("two_wanted", format!("`--logic` is asked of two criteria, and {} are named", names.len()))
                    .help(format!("name two of {}", quoted(names)))
            }
            CompareError::SeveralCriteria { framework, criteria, example } => error(
                "several_criteria",
                format!("the framework `{framework}` has {} criteria that may be meant", criteria.len()),
            )
            .help(format!("say which, as `{example}`: there are {}", quoted(criteria))),
            CompareError::UnknownRival { name, near: Some(near), .. } => {
                error("unknown_rival", format!("no framework and no criterion is called `{name}`"))
                    .help(format!("did you mean `{near}`?"))
            }
            CompareError::UnknownRival { name, near: None, frameworks } => {
                error("unknown_rival", format!("no framework and no criterion is called `{name}`"))
                    .help(known(frameworks, "a criterion is defined by `requires`, `if` or `only if`"))
            }
        }
    }
}

fn individuals(number: usize) -> String {
    if number == 1 { "1 individual".to_owned() } else { format!("{number} individuals") }
}

fn quoted(names: &[String]) -> String {
    let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    match names.as_slice() {
        [] => String::new(),
        [only] => only.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

fn known(frameworks: &[String], otherwise: &str) -> String {
    match frameworks {
        [] => otherwise.to_owned(),
        [only] => format!("{otherwise}; the only framework here is `{only}`"),
        several => format!("{otherwise}; the frameworks here are {}", quoted(several)),
    }
}

fn error(name: &str, message: impl Into<String>) -> Diagnostic {
    let code = CODES.iter().find(|code| code.ends_with(&format!("::{name}"))).copied().unwrap_or("symmachia::compare");
    Diagnostic::new(code, Severity::Error, message)
}
