//! The mistakes in words: the only place where those of this phase are worded.

use super::{Clause, Mistake, Placed, Wanted};
use crate::diagnostic::{Diagnostic, Severity};
use crate::syntax::MAXIMUM_DEPTH;
use crate::syntax::words::Reservation;
use crate::text::{Span, Texts};

impl Placed {
    /// As the user reads it.
    pub(in crate::syntax) fn diagnostic(self, texts: &Texts) -> Diagnostic {
        let Placed { mistake, span } = self;
        let written = one_line(texts, span);
        let diagnostic =
            Diagnostic::new(mistake.code(), Severity::Error, mistake.message(&written)).at(span, mistake.label());
        let diagnostic = match mistake.related() {
            Some((span, text)) => diagnostic.at(span, text),
            None => diagnostic,
        };
        match mistake.help(texts) {
            Some(help) => diagnostic.help(help),
            None => diagnostic,
        }
    }
}

impl Mistake {
    /// What is wrong; `here` are the words at its place.
    fn message(&self, here: &str) -> String {
        match self {
            Mistake::Unexpected { found, expected, after, .. } => {
                unexpected(found.as_deref(), expected, after.as_deref())
            }
            Mistake::EachForm { variable, .. } => {
                format!("behind `for {variable} in` stand names of columns in braces, or years")
            }
            Mistake::QuantifierForm { written, .. } => format!("`{written}` is not how a quantifier is written"),
            Mistake::QuantifiedFact => "a fact has no quantifier".into(),
            Mistake::UnknownItem { word, .. } => format!("`{word}` does not begin an item"),
            Mistake::ReservedWord { word, .. } => {
                format!("`{word}` is a word of the language and cannot be a name here")
            }
            Mistake::Unclosed { mark, .. } => format!("`{mark}` is never closed"),
            Mistake::UnclosedString { .. } => "a quotation is never closed".into(),
            Mistake::StrayClosing { mark } => format!("`{mark}` closes nothing"),
            Mistake::TooDeep => format!("this is nested more than {MAXIMUM_DEPTH} steps deep"),
            Mistake::WheneverNeedsParentheses { .. } => {
                "`whenever` beside `and`, `or` or another `whenever` needs parentheses".into()
            }
            Mistake::PairSignNeedsName { mutually } => {
                format!("`{}` stands only before a name or an atom", pair_sign(*mutually))
            }
            Mistake::ChainedComparison { .. } => "a comparison has two sides".into(),
            Mistake::DuplicateClause { clause, .. } => format!("a second {} in one item", clause.name()),
            Mistake::RepeatedWord { words, .. } => format!("`{words}` stands here twice"),
            Mistake::ForgottenAnd { word } => format!("`{word}` follows a finished rule"),
            Mistake::CapitalisedName { word, .. } => format!("`{word}` is a variable, and a name had to stand here"),
            Mistake::VariableExpected { word, .. } => format!("`{word}` is a name, and a variable had to stand here"),
            Mistake::ForeignSign { written, .. } => {
                let sort = if written.starts_with(char::is_alphabetic) { "word" } else { "sign" };
                format!("`{written}` is not a {sort} of this language")
            }
            Mistake::CommaForAnd => "a comma does not join conditions".into(),
            Mistake::QuotationMark { mark } => format!("`{mark}` does not open a quotation"),
            Mistake::DateForm { written, .. } => format!("`{written}` is not how a date is written"),
            Mistake::PeriodForm { written, .. } => format!("`{written}` is not how a period is written"),
            Mistake::CapitalWord { written } => {
                format!("the words of the language are written small, and `{written}` is not")
            }
            Mistake::UnknownVerdict { found: Some(found), .. } => format!("`{found}` is not a verdict"),
            Mistake::UnknownVerdict { found: None, .. } => "a verdict is missing after `is`".into(),
            Mistake::NotACondition | Mistake::CellNotACondition { .. } => {
                format!("`{here}` is a value, and a condition had to stand here")
            }
            Mistake::NotAValue { .. } => format!("`{here}` is a condition, and a value had to stand here"),
            Mistake::HeadWithoutArguments { word } => format!("`{word}` is defined without saying of whom"),
            Mistake::NoArguments { word } => format!("`{word}` is said of nobody"),
            Mistake::UnknownEscape { written } => {
                format!("`\\{}` means nothing in a quotation", written.map_or_else(String::new, String::from))
            }
            Mistake::MixedMembers { .. } => "the members of a kind are joined by commas or by `<`, not by both".into(),
            Mistake::NumberForm { written, .. } => format!("`{written}` is not how a number is written"),
            Mistake::NumberTooLarge { written } => {
                let shown: String = written.chars().take(20).collect();
                let more = if shown.len() < written.len() { "…" } else { "" };
                format!("`{shown}{more}` is larger than numbers here can be")
            }
            Mistake::QualifiedDeclaration { framework, name } => {
                format!("`{framework}.{name}` is declared under the name of a framework")
            }
            Mistake::SetInRule => "sets in braces stand only in evidence".into(),
            Mistake::OtherRow { written: other, row, .. } => {
                format!("a row of this import is called `{row}`, and not `{other}`")
            }
            Mistake::DateParts { number: 0 } => "`date` has no parts".into(),
            Mistake::DateParts { number } => format!("`date` has {number} parts"),
            Mistake::DateReckoned { .. } => "this reckons with the parts of a date, and makes none of them".into(),
            Mistake::EachRange { .. } => "this range is empty or too long".into(),
        }
    }

    /// What is said at its place, where the message does not say it all.
    fn label(&self) -> String {
        match self {
            Mistake::Unexpected { found: Some(found), .. } => return format!("found `{found}`"),
            Mistake::Unexpected { found: None, .. } => "the item ends here",
            Mistake::UnknownItem { .. } => "an item had to begin here",
            Mistake::ReservedWord { .. } => "a name had to stand here",
            Mistake::Unclosed { mark, .. } => return format!("`{}` is missing here", closing(*mark)),
            Mistake::UnclosedString { .. } => "opened here",
            Mistake::StrayClosing { .. } => "nothing is open here",
            Mistake::TooDeep => "too deep from here on",
            Mistake::WheneverNeedsParentheses { .. } => "how far does this reach?",
            Mistake::PairSignNeedsName { .. } => "no name follows directly",
            Mistake::ChainedComparison { .. } => "a second sign of comparison",
            Mistake::DuplicateClause { .. } | Mistake::RepeatedWord { .. } => "the second",
            Mistake::ForgottenAnd { .. } => "nothing joins this to what stands before it",
            Mistake::CapitalisedName { .. } => "begins with a capital",
            Mistake::VariableExpected { .. } => "begins with a small letter",
            Mistake::UnknownVerdict { .. } => "a verdict had to stand here",
            Mistake::NotACondition | Mistake::CellNotACondition { .. } => "neither met nor not met",
            Mistake::NotAValue { .. } => "has no value",
            Mistake::HeadWithoutArguments { .. } => "variables are missing after this",
            Mistake::NoArguments { .. } => "nothing stands between the parentheses",
            Mistake::MixedMembers { .. } => "another sign",
            Mistake::ForeignSign { .. }
            | Mistake::CommaForAnd
            | Mistake::EachForm { .. }
            | Mistake::QuantifierForm { .. }
            | Mistake::QuantifiedFact
            | Mistake::QuotationMark { .. }
            | Mistake::DateForm { .. }
            | Mistake::PeriodForm { .. }
            | Mistake::CapitalWord { .. }
            | Mistake::UnknownEscape { .. }
            | Mistake::NumberForm { .. }
            | Mistake::NumberTooLarge { .. }
            | Mistake::QualifiedDeclaration { .. }
            | Mistake::SetInRule
            | Mistake::OtherRow { .. }
            | Mistake::DateParts { .. }
            | Mistake::DateReckoned { .. }
            | Mistake::EachRange { .. } => "",
        }
        .to_owned()
    }

    /// Another place that has to do with it.
    fn related(&self) -> Option<(Span, &'static str)> {
        match self {
            Mistake::Unclosed { open, .. } => Some((*open, "opened here")),
            Mistake::UnclosedString { line } => Some((*line, "its line ends here")),
            Mistake::ChainedComparison { first, .. } => Some((*first, "the first one")),
            Mistake::DuplicateClause { first, .. } | Mistake::RepeatedWord { first, .. } => Some((*first, "the first")),
            Mistake::OtherRow { named, .. } => Some((*named, "named here")),
            Mistake::MixedMembers { first } => Some((*first, "the first sign")),
            Mistake::NotAValue { sign: Some(sign) } => Some((*sign, "this needs values on both sides")),
            _ => None,
        }
    }

    /// What to do about it.
    fn help(&self, texts: &Texts) -> Option<String> {
        Some(match self {
            Mistake::Unexpected { advice, .. } => advice.as_deref()?.to_owned(),
            Mistake::UnknownItem { near: Some(near), .. } => format!("did you mean `{near}`?"),
            Mistake::UnknownItem { near: None, .. } => {
                "an item begins with a word such as `kind`, `predicate` or `source`, or it is a rule or a fact: \
                 `ally(A, B) requires …`, `party(russia, cst) from 1992`"
                    .into()
            }
            Mistake::ReservedWord { word, reservation: Reservation::Always } => format!(
                "choose another name; an individual may be quoted: `\"{word}\"`; a role may be called `{word}`"
            ),
            Mistake::ReservedWord { word, reservation: Reservation::Item } => format!(
                "`{word}` begins an item where no `(` follows it; choose another name; an individual may be quoted: \
                 `\"{word}\"`"
            ),
            Mistake::Unclosed { mark, .. } => format!("add `{}`", closing(*mark)),
            Mistake::UnclosedString { .. } => {
                "add `\"`; to go on in the next line, end the line with a backslash; inside a quotation `\"` is written \
                 `\\\"`"
                    .into()
            }
            Mistake::StrayClosing { mark } => format!("leave it out, or add the missing `{}`", opening(*mark)),
            Mistake::TooDeep => "give inner parts names of their own, as criteria or measures, and use those".into(),
            Mistake::WheneverNeedsParentheses { operands, signs, first } => {
                let (tight, wide) = readings(texts, operands, signs, *first);
                format!("write `{tight}` or `{wide}`")
            }
            Mistake::PairSignNeedsName { mutually } => {
                let (word, joined) = (pair_sign(*mutually), if *mutually { "and" } else { "or" });
                format!(
                    "`{word} p(A, B)` is `p(A, B) {joined} p(B, A)`; write a longer condition out, or give it a name of \
                     its own"
                )
            }
            Mistake::ChainedComparison { middle, .. } => {
                format!("write two comparisons with `and` between them, each with `{}`", one_line(texts, *middle))
            }
            Mistake::DuplicateClause { clause, .. } => clause.help().into(),
            Mistake::RepeatedWord { .. } => "leave one of the two out".into(),
            Mistake::ForgottenAnd { word } => format!("did you forget `and` before `{word}`?"),
            Mistake::CapitalisedName { small, wanted: Wanted::Called, .. } => {
                format!("names begin with a small letter: `{small}(…)`")
            }
            Mistake::CapitalisedName { small, wanted: Wanted::Scheme, .. } => {
                format!("a scheme of codes begins with a small letter: `{small}`")
            }
            Mistake::CapitalisedName { small, wanted: Wanted::Declared, .. } => {
                format!("names begin with a small letter: `{small}`")
            }
            Mistake::CapitalisedName { small, word, wanted: Wanted::Other } => {
                format!("names begin with a small letter: `{small}`; an individual may be quoted: `\"{word}\"`")
            }
            Mistake::VariableExpected { capital, .. } => format!("variables begin with a capital: `{capital}`"),
            Mistake::ForeignSign { instead, .. } => format!("write {instead}"),
            Mistake::CommaForAnd => "write `and` where both must hold, `or` where one suffices; commas stand in lists such \
                                     as `at least 2 of (…, …)`"
                .into(),
            Mistake::QuotationMark { .. } => "use the straight double quotation mark: `\"…\"`".into(),
            Mistake::DateForm { suggestion, .. } => format!(
                "write the year first, then two digits for the month and the day: {}",
                suggestion.as_ref().map_or_else(
                    || "`1999-04-02`, `1999-04` or `1999`".to_owned(),
                    |date| format!("`{date}`")
                )
            ),
            Mistake::PeriodForm { suggestion, .. } => format!("write `{suggestion}`, which includes both"),
            Mistake::CapitalWord { written } => format!("write `{}`", written.to_lowercase()),
            Mistake::UnknownVerdict { near: Some(near), .. } => format!("did you mean `{near}`?"),
            Mistake::UnknownVerdict { near: None, .. } => {
                "the verdicts are `met`, `not met`, `undetermined`, `contested` and `not applicable`".into()
            }
            Mistake::NotACondition => "compare it with another value, as in `trade(A, B) >= 5%`".into(),
            Mistake::EachForm { variable, names } => each_form(variable, names),
            Mistake::QuantifierForm { forms, .. } => match forms.as_slice() {
                [every, some] => format!("write `{every}` where all have to, `{some}` where one is enough"),
                _ => format!("write {}", forms.iter().map(|form| format!("`{form}`")).collect::<Vec<_>>().join(" or ")),
            },
            Mistake::QuantifiedFact => {
                "a fact of many names them in braces, or their kind: `party(russia, {treaty})`; a condition stands in a rule, after \
                 `requires` or `if`"
                    .into()
            }
            Mistake::CellNotACondition { instead: Some(instead) } if instead.contains("missing(") => format!("write `{instead}`"),
            Mistake::CellNotACondition { instead: Some(instead) } => {
                format!("write `{instead}`: a cell is compared with a sign")
            }
            Mistake::CellNotACondition { instead: None } => "compare it with another value, as in `row.defense = 1`".into(),
            Mistake::NotAValue { .. } => "give the condition a name of its own; the criterion counts 1 where it is met and \
                                          0 where it is not"
                .into(),
            Mistake::HeadWithoutArguments { word } => format!("write `{word}(A, B)`"),
            Mistake::NoArguments { word } => format!("say of whom: `{word}(A, B)`"),
            Mistake::UnknownEscape { .. } => {
                "`\\\"` is a quotation mark, `\\\\` a backslash, `\\n` a new line".into()
            }
            Mistake::MixedMembers { .. } => {
                "`kind level = low < high` is ordered, `kind domain = military, political` is not".into()
            }
            Mistake::NumberForm { suggestion: Some(number), .. } => format!("write `{number}`"),
            Mistake::NumberForm { suggestion: None, .. } => "write `1000`, `2.5`, `10%` or `4.5 million`".into(),
            Mistake::NumberTooLarge { .. } => return None,
            Mistake::QualifiedDeclaration { name, .. } => {
                format!("write `{name}`; what a file declares belongs to the framework that the file names")
            }
            Mistake::SetInRule => "use a variable and a quantifier: `for every X in kind: …`".into(),
            Mistake::OtherRow { row, .. } => format!("write `{row}.` before the name of a column"),
            Mistake::DateParts { .. } => {
                "a date has a year, a month and a day: `date(row.year, row.month, row.day)`; or a text and its pattern: \
                 `date(row.start, \"%d/%m/%Y\")`"
                    .into()
            }
            Mistake::DateReckoned { parts } => format!(
                "write `date({})`; the year comes first, then the month, then the day",
                parts.join(", ")
            ),
            Mistake::EachRange { most } => {
                format!("write the smaller number first, and at most {most} of them: `for K in 1990..2014`")
            }
        })
    }
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
            Clause::Extends => "`extends`",
            Clause::Preferred => "`for`",
            Clause::Gloss => "gloss",
            Clause::Unit => "unit",
            Clause::Where => "`where`",
            Clause::Permits => "`permits`",
            Clause::Verdict => "verdict",
            Clause::Polarity => "`not` or `unknown`",
            Clause::Symmetric => "`symmetric`",
            Clause::Reflexive => "`reflexive`",
            Clause::Spell => "`spell`",
            Clause::Each => "`for`",
            Clause::Is => "`is`",
            Clause::Mutually => "`mutually`",
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
            Clause::Where | Clause::Is => "join the two conditions with `and`",
            Clause::Permits => "write what is permitted after one `permits` with commas between",
            _ => "leave one of the two out",
        }
    }
}

fn each_form(variable: &str, names: &[String]) -> String {
    match names {
        [] => format!("write `for {variable} in {{defense, offense}}` or `for {variable} in 1990..2014`"),
        [_] => format!(
            "list the columns one by one, `for {variable} in {{defense, offense}}`; a kind does not stand for its members here; years may be a \
             range: `for {variable} in 1990..2014`"
        ),
        several => format!("write `for {variable} in {{{}}}`", several.join(", ")),
    }
}

fn unexpected(found: Option<&str>, expected: &[&'static str], after: Option<&str>) -> String {
    let after = after.map_or_else(String::new, |after| format!(" after `{after}`"));
    match (expected.is_empty(), found) {
        (false, _) => format!("expected {}{after}", list(expected)),
        (true, Some(found)) => format!("`{found}` cannot stand here{after}"),
        (true, None) => "this cannot be read".to_owned(),
    }
}

fn pair_sign(mutually: bool) -> &'static str {
    if mutually { "mutually" } else { "either way" }
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
