//! The mistakes of this phase, and the only place where they are put into words.

use super::MAXIMUM_DEPTH;
use super::words::{KEPT, Reservation};
use crate::diagnostic::{Diagnostic, Severity};
use crate::text::{Span, Texts};

/// What a declaration or a statement may say only once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Clause {
    Label,
    Time,
    Citations,
    Note,
    Aliases,
    Horizon,
    Gloss,
    Unit,
    Where,
    Permits,
    Verdict,
    Polarity,
    Symmetric,
    Reflexive,
}

impl Clause {
    fn name(self) -> &'static str {
        match self {
            Clause::Label => "label",
            Clause::Time => "time",
            Clause::Citations => "list of sources",
            Clause::Note => "note",
            Clause::Aliases => "list of aliases",
            Clause::Horizon => "last date",
            Clause::Gloss => "gloss",
            Clause::Unit => "unit",
            Clause::Where => "`where`",
            Clause::Permits => "`permits`",
            Clause::Verdict => "verdict",
            Clause::Polarity => "`not` or `unknown`",
            Clause::Symmetric => "`symmetric`",
            Clause::Reflexive => "`reflexive`",
        }
    }

    fn help(self) -> &'static str {
        match self {
            Clause::Time => "write the stretches of time one after the other with commas between them",
            Clause::Citations => {
                "write the sources in one pair of brackets with semicolons between them: `[a; b, \"p. 3\"]`"
            }
            Clause::Aliases => {
                "write the aliases after one `alias` with commas between them: `alias cow:365, iso3:RUS`"
            }
            Clause::Gloss => {
                "a gloss and its negative are joined by a stroke: `\"{a} helps {b}\" / \"{a} does not help {b}\"`"
            }
            Clause::Where => "join the two conditions with `and`",
            Clause::Permits => "write what is permitted after one `permits` with commas between",
            _ => "leave one of the two out",
        }
    }
}

/// A mistake in the text of a program.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Mistake {
    /// Something else had to stand here.
    Unexpected {
        span: Span,
        found: Option<String>,
        expected: Vec<&'static str>,
        after: Option<String>,
        near: Option<String>,
    },
    UnknownItem {
        span: Span,
        word: String,
        near: Option<String>,
    },
    ReservedWord {
        span: Span,
        word: String,
        reservation: Reservation,
    },
    /// `at` is where the closing one was missed.
    Unclosed {
        open: Span,
        mark: char,
        at: Span,
    },
    UnclosedString {
        open: Span,
        line: Span,
    },
    StrayClosing {
        span: Span,
        mark: char,
    },
    TooDeep {
        span: Span,
    },
    WheneverNeedsParentheses {
        whenever: Span,
        operands: Vec<Span>,
        signs: Vec<Span>,
        first: usize,
    },
    PairSignNeedsName {
        span: Span,
        mutually: bool,
    },
    ChainedComparison {
        first: Span,
        second: Span,
        middle: Span,
    },
    DuplicateClause {
        clause: Clause,
        first: Span,
        second: Span,
    },
    ForgottenAnd {
        span: Span,
        word: String,
    },
    CapitalisedName {
        span: Span,
        word: String,
        small: String,
        called: bool,
    },
    VariableExpected {
        span: Span,
        word: String,
        capital: String,
    },
    ForeignSign {
        span: Span,
        written: String,
        instead: &'static str,
    },
    CommaForAnd {
        span: Span,
    },
    QuotationMark {
        span: Span,
        mark: String,
    },
    DateForm {
        span: Span,
        written: String,
        suggestion: Option<String>,
    },
    CapitalWord {
        span: Span,
        written: String,
    },
    UnknownVerdict {
        span: Span,
        found: Option<String>,
        near: Option<&'static str>,
    },
    NotACondition {
        span: Span,
    },
    NotAValue {
        span: Span,
        sign: Option<Span>,
    },
    HeadWithoutArguments {
        span: Span,
        word: String,
    },
    NoArguments {
        span: Span,
        word: String,
    },
    UnknownEscape {
        span: Span,
        written: Option<char>,
    },
    MixedMembers {
        first: Span,
        second: Span,
    },
    NumberForm {
        span: Span,
        written: String,
        suggestion: Option<String>,
    },
    NumberTooLarge {
        span: Span,
        written: String,
    },
    QualifiedDeclaration {
        span: Span,
        framework: String,
        name: String,
    },
    SetInRule {
        span: Span,
    },
}

/// All codes of this phase.
pub const CODES: &[&str] = &[
    "symmachia::syntax::unexpected",
    "symmachia::syntax::unknown_item",
    "symmachia::syntax::reserved_word",
    "symmachia::syntax::unclosed",
    "symmachia::syntax::unclosed_string",
    "symmachia::syntax::stray_closing",
    "symmachia::syntax::too_deep",
    "symmachia::syntax::whenever_needs_parentheses",
    "symmachia::syntax::pair_sign_needs_name",
    "symmachia::syntax::chained_comparison",
    "symmachia::syntax::duplicate_clause",
    "symmachia::syntax::forgotten_and",
    "symmachia::syntax::capitalised_name",
    "symmachia::syntax::variable_expected",
    "symmachia::syntax::foreign_sign",
    "symmachia::syntax::comma_for_and",
    "symmachia::syntax::quotation_mark",
    "symmachia::syntax::date_form",
    "symmachia::syntax::capital_word",
    "symmachia::syntax::unknown_verdict",
    "symmachia::syntax::not_a_condition",
    "symmachia::syntax::not_a_value",
    "symmachia::syntax::head_without_arguments",
    "symmachia::syntax::no_arguments",
    "symmachia::syntax::unknown_escape",
    "symmachia::syntax::mixed_members",
    "symmachia::syntax::number_form",
    "symmachia::syntax::number_too_large",
    "symmachia::syntax::qualified_declaration",
    "symmachia::syntax::set_in_rule",
];

impl Mistake {
    /// What the grammar cannot give and the tree cannot be made from.
    pub(super) fn unread(span: Span) -> Mistake {
        Mistake::Unexpected { span, found: None, expected: Vec::new(), after: None, near: None }
    }

    /// The place of the mistake.
    pub(super) fn span(&self) -> Span {
        match self {
            Mistake::Unexpected { span, .. }
            | Mistake::UnknownItem { span, .. }
            | Mistake::ReservedWord { span, .. }
            | Mistake::StrayClosing { span, .. }
            | Mistake::TooDeep { span }
            | Mistake::PairSignNeedsName { span, .. }
            | Mistake::ForgottenAnd { span, .. }
            | Mistake::CapitalisedName { span, .. }
            | Mistake::VariableExpected { span, .. }
            | Mistake::ForeignSign { span, .. }
            | Mistake::CommaForAnd { span }
            | Mistake::QuotationMark { span, .. }
            | Mistake::DateForm { span, .. }
            | Mistake::CapitalWord { span, .. }
            | Mistake::UnknownVerdict { span, .. }
            | Mistake::NotACondition { span }
            | Mistake::NotAValue { span, .. }
            | Mistake::HeadWithoutArguments { span, .. }
            | Mistake::NoArguments { span, .. }
            | Mistake::UnknownEscape { span, .. }
            | Mistake::NumberForm { span, .. }
            | Mistake::NumberTooLarge { span, .. }
            | Mistake::QualifiedDeclaration { span, .. }
            | Mistake::SetInRule { span } => *span,
            Mistake::Unclosed { at, .. } => *at,
            Mistake::UnclosedString { open, .. } => *open,
            Mistake::WheneverNeedsParentheses { whenever, .. } => *whenever,
            Mistake::ChainedComparison { second, .. }
            | Mistake::DuplicateClause { second, .. }
            | Mistake::MixedMembers { second, .. } => *second,
        }
    }

    /// As the user reads it.
    pub(super) fn diagnostic(self, texts: &Texts) -> Diagnostic {
        let error = |code, message: String| Diagnostic::new(code, Severity::Error, message);
        match self {
            Mistake::Unexpected { span, found, expected, after, near } => {
                unexpected(span, found, &expected, after, near)
            }
            Mistake::UnknownItem { span, word, near } => {
                let help = match near {
                    _ if KEPT.contains(&word.as_str()) => {
                        format!("`{word}` is kept for an item that this version does not know")
                    }
                    Some(near) => format!("did you mean `{near}`?"),
                    None => "an item begins with a word such as `kind`, `predicate` or `source`, or it is a rule or a \
                             fact: `ally(A, B) requires …`, `party(russia, cst) from 1992`"
                        .to_owned(),
                };
                error("symmachia::syntax::unknown_item", format!("`{word}` does not begin an item"))
                    .at(span, "an item had to begin here")
                    .help(help)
            }
            Mistake::ReservedWord { span, word, reservation } => {
                error("symmachia::syntax::reserved_word", format!("`{word}` is a word of the language and cannot be a name here"))
                    .at(span, "a name had to stand here")
                    .help(match reservation {
                        Reservation::Always => {
                            format!("choose another name; an individual may be quoted: `\"{word}\"`; a role may be called `{word}`")
                        }
                        Reservation::Item => format!(
                            "`{word}` begins an item where no `(` follows it; choose another name; an individual may be quoted: `\"{word}\"`"
                        ),
                    })
            }
            Mistake::Unclosed { open, mark, at } => {
                let closing = closing(mark);
                error("symmachia::syntax::unclosed", format!("`{mark}` is never closed"))
                    .at(at, format!("`{closing}` is missing before this"))
                    .at(open, "opened here")
                    .help(format!("add `{closing}`"))
            }
            Mistake::UnclosedString { open, line } => {
                error("symmachia::syntax::unclosed_string", "a quotation is never closed".to_owned())
                    .at(open, "opened here")
                    .at(line, "its line ends here")
                    .help("add `\"`; to go on in the next line, end the line with a backslash; inside a quotation `\"` is written `\\\"`")
            }
            Mistake::StrayClosing { span, mark } => {
                error("symmachia::syntax::stray_closing", format!("`{mark}` closes nothing"))
                    .at(span, "nothing is open here")
                    .help(format!("leave it out, or add the missing `{}`", opening(mark)))
            }
            Mistake::TooDeep { span } => {
                error("symmachia::syntax::too_deep", format!("this is nested more than {MAXIMUM_DEPTH} steps deep"))
                    .at(span, "too deep from here on")
                    .help("give inner parts names of their own, as criteria or measures, and use those")
            }
            Mistake::WheneverNeedsParentheses { whenever, operands, signs, first } => {
                let (tight, wide) = readings(texts, &operands, &signs, first);
                error(
                    "symmachia::syntax::whenever_needs_parentheses",
                    "`whenever` beside `and`, `or` or another `whenever` needs parentheses".to_owned(),
                )
                .at(whenever, "how far does this reach?")
                .help(format!("write `{tight}` or `{wide}`"))
            }
            Mistake::PairSignNeedsName { span, mutually } => {
                let (word, joined) = if mutually { ("mutually", "and") } else { ("either way", "or") };
                error("symmachia::syntax::pair_sign_needs_name", format!("`{word}` stands only before a name or an atom"))
                    .at(span, "no name follows directly")
                    .help(format!("`{word} p(A, B)` is `p(A, B) {joined} p(B, A)`; write a longer condition out, or give it a name of its own"))
            }
            Mistake::ChainedComparison { first, second, middle } => {
                let middle = one_line(texts, middle);
                error("symmachia::syntax::chained_comparison", "a comparison has two sides".to_owned())
                    .at(second, "a second sign of comparison")
                    .at(first, "the first one")
                    .help(format!("write two comparisons with `and` between them, each with `{middle}`"))
            }
            Mistake::DuplicateClause { clause, first, second } => {
                error("symmachia::syntax::duplicate_clause", format!("a second {} in one item", clause.name()))
                    .at(second, "the second")
                    .at(first, "the first")
                    .help(clause.help())
            }
            Mistake::ForgottenAnd { span, word } => {
                error("symmachia::syntax::forgotten_and", format!("`{word}` follows a finished rule"))
                    .at(span, "nothing joins this to what stands before it")
                    .help(format!("did you forget `and` before `{word}`?"))
            }
            Mistake::CapitalisedName { span, word, small, called } => error(
                "symmachia::syntax::capitalised_name",
                format!("`{word}` is a variable, and a name had to stand here"),
            )
            .at(span, "begins with a capital")
            .help(if called {
                format!("names begin with a small letter: `{small}(…)`")
            } else {
                format!("names begin with a small letter: `{small}`; an individual may be quoted: `\"{word}\"`")
            }),
            Mistake::VariableExpected { span, word, capital } => {
                error("symmachia::syntax::variable_expected", format!("`{word}` is a name, and a variable had to stand here"))
                    .at(span, "begins with a small letter")
                    .help(format!("variables begin with a capital: `{capital}`"))
            }
            Mistake::ForeignSign { span, written, instead } => {
                error("symmachia::syntax::foreign_sign", format!("`{written}` is not a sign of this language"))
                    .at(span, "")
                    .help(format!("write {instead}"))
            }
            Mistake::CommaForAnd { span } => {
                error("symmachia::syntax::comma_for_and", "a comma does not join conditions".to_owned())
                    .at(span, "")
                    .help("write `and` where both must hold, `or` where one suffices; commas stand in lists such as `at least 2 of (…, …)`")
            }
            Mistake::QuotationMark { span, mark } => {
                error("symmachia::syntax::quotation_mark", format!("`{mark}` does not open a quotation"))
                    .at(span, "")
                    .help("use the straight double quotation mark: `\"…\"`")
            }
            Mistake::DateForm { span, written, suggestion } => {
                error("symmachia::syntax::date_form", format!("`{written}` is not how a date is written"))
                    .at(span, "")
                    .help(match suggestion {
                        Some(date) => format!("write the year first, then two digits for the month and the day: `{date}`"),
                        None => "write the year first, then two digits for the month and the day: `1999-04-02`, `1999-04` or `1999`".to_owned(),
                    })
            }
            Mistake::CapitalWord { span, written } => {
                let small = written.to_lowercase();
                error("symmachia::syntax::capital_word", format!("the words of the language are written small, and `{written}` is not"))
                    .at(span, "")
                    .help(format!("write `{small}`"))
            }
            Mistake::UnknownVerdict { span, found, near } => {
                let message = match found {
                    Some(found) => format!("`{found}` is not a verdict"),
                    None => "a verdict is missing after `is`".to_owned(),
                };
                error("symmachia::syntax::unknown_verdict", message).at(span, "a verdict had to stand here").help(match near {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => "the verdicts are `met`, `not met`, `undetermined`, `contested` and `not applicable`".to_owned(),
                })
            }
            Mistake::NotACondition { span } => {
                let written = one_line(texts, span);
                error("symmachia::syntax::not_a_condition", format!("`{written}` is a value, and a condition had to stand here"))
                    .at(span, "neither met nor not met")
                    .help("compare it with another value, as in `trade(A, B) >= 5%`")
            }
            Mistake::NotAValue { span, sign } => {
                let written = one_line(texts, span);
                let diagnostic =
                    error("symmachia::syntax::not_a_value", format!("`{written}` is a condition, and a value had to stand here"))
                        .at(span, "has no value")
                        .help("give the condition a name of its own; the criterion counts 1 where it is met and 0 where it is not");
                match sign {
                    Some(sign) => diagnostic.at(sign, "this needs values on both sides"),
                    None => diagnostic,
                }
            }
            Mistake::HeadWithoutArguments { span, word } => {
                error("symmachia::syntax::head_without_arguments", format!("`{word}` is defined without saying of whom"))
                    .at(span, "variables are missing after this")
                    .help(format!("write `{word}(A, B)`"))
            }
            Mistake::NoArguments { span, word } => {
                error("symmachia::syntax::no_arguments", format!("`{word}` is said of nobody"))
                    .at(span, "nothing stands between the parentheses")
                    .help(format!("say of whom: `{word}(A, B)`"))
            }
            Mistake::UnknownEscape { span, written } => {
                let sign = written.map_or_else(String::new, |letter| letter.to_string());
                error("symmachia::syntax::unknown_escape", format!("`\\{sign}` means nothing in a quotation"))
                    .at(span, "")
                    .help("`\\\"` is a quotation mark, `\\\\` a backslash, `\\n` a new line")
            }
            Mistake::MixedMembers { first, second } => {
                error("symmachia::syntax::mixed_members", "the members of a kind are joined by commas or by `<`, not by both".to_owned())
                    .at(second, "another sign")
                    .at(first, "the first sign")
                    .help("`kind level = low < high` is ordered, `kind domain = military, political` is not")
            }
            Mistake::NumberForm { span, written, suggestion } => {
                error("symmachia::syntax::number_form", format!("`{written}` is not how a number is written"))
                    .at(span, "")
                    .help(match suggestion {
                        Some(number) => format!("write `{number}`"),
                        None => "write `1000`, `2.5`, `10%` or `4.5 million`".to_owned(),
                    })
            }
            Mistake::NumberTooLarge { span, written } => {
                let shown: String = written.chars().take(20).collect();
                let more = if shown.len() < written.len() { "…" } else { "" };
                error("symmachia::syntax::number_too_large", format!("`{shown}{more}` is larger than numbers here can be")).at(span, "")
            }
            Mistake::QualifiedDeclaration { span, framework, name } => {
                error("symmachia::syntax::qualified_declaration", format!("`{framework}.{name}` is declared under the name of a framework"))
                    .at(span, "")
                    .help(format!("write `{name}`; what a file declares belongs to the framework that the file names"))
            }
            Mistake::SetInRule { span } => {
                error("symmachia::syntax::set_in_rule", "sets in braces stand only in evidence".to_owned())
                    .at(span, "")
                    .help("use a variable and a quantifier: `for every X in kind: …`")
            }
        }
    }
}

fn unexpected(
    span: Span,
    found: Option<String>,
    expected: &[&'static str],
    after: Option<String>,
    near: Option<String>,
) -> Diagnostic {
    let after = after.map_or_else(String::new, |after| format!(" after `{after}`"));
    let message = match (expected.is_empty(), &found) {
        (false, _) => format!("expected {}{after}", list(expected)),
        (true, Some(found)) => format!("`{found}` cannot stand here{after}"),
        (true, None) => "this cannot be read".to_owned(),
    };
    let label = found.map_or_else(|| "the item ends here".to_owned(), |found| format!("found `{found}`"));
    let diagnostic = Diagnostic::new("symmachia::syntax::unexpected", Severity::Error, message).at(span, label);
    match near {
        Some(near) => diagnostic.help(format!("did you mean `{near}`?")),
        None => diagnostic,
    }
}

/// `a`, `a or b`, `a, b or c`
fn list(words: &[&'static str]) -> String {
    match words {
        [] => String::new(),
        [only] => (*only).to_owned(),
        [first @ .., last] => format!("{} or {last}", first.join(", ")),
    }
}

fn closing(mark: char) -> char {
    match mark {
        '[' => ']',
        '{' => '}',
        _ => ')',
    }
}

fn opening(mark: char) -> char {
    match mark {
        ']' => '[',
        '}' => '{',
        _ => '(',
    }
}

/// The user's words on one line, shortened in the middle where they are many.
fn one_line(texts: &Texts, span: Span) -> String {
    let words: Vec<&str> = texts.slice(span).split_whitespace().collect();
    let line = words.join(" ");
    let letters: Vec<char> = line.chars().collect();
    if letters.len() <= 60 {
        return line;
    }
    let head: String = letters[..35].iter().collect();
    let tail: String = letters[letters.len() - 20..].iter().collect();
    format!("{} … {}", head.trim_end(), tail.trim_start())
}

/// The two readings of a chain with `whenever` in it: as near and as far as it can reach.
fn readings(texts: &Texts, operands: &[Span], signs: &[Span], first: usize) -> (String, String) {
    let part = |from: usize, to: usize| {
        let joined = operands[from].to(operands[to]);
        if from == to { one_line(texts, joined) } else { format!("({})", one_line(texts, joined)) }
    };
    let sign = |at: usize| one_line(texts, signs[at]);
    let last = operands.len() - 1;
    let wide = format!("{} {} {}", part(0, first), sign(first), part(first + 1, last));
    let mut tight = String::new();
    if first > 0 {
        tight.push_str(&format!("{} {} ", one_line(texts, operands[0].to(operands[first - 1])), sign(first - 1)));
    }
    tight.push_str(&part(first, first + 1));
    if first + 1 < last {
        tight.push_str(&format!(" {} {}", sign(first + 1), one_line(texts, operands[first + 2].to(operands[last]))));
    }
    (tight, wide)
}
