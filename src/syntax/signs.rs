//! Signs of other languages, and what is written here instead.

/// A quotation mark that is not one here, at the beginning of a word.
pub(super) fn quotation_mark(word: &str) -> Option<char> {
    word.chars().next().filter(|mark| {
        matches!(mark, '\u{2018}'..='\u{201f}' | '\u{2039}' | '\u{203a}' | '\u{ab}' | '\u{bb}' | '\'' | '`')
    })
}

/// Longer signs stand before those that they begin with.
const SIGNS: &[(&str, &str)] = &[
    ("==", "`=`"),
    ("=>", RULE),
    ("=<", "`<=`"),
    ("->", RULE),
    ("→", RULE),
    ("⇒", RULE),
    ("<->", "two rules, or one with `requires`"),
    ("<-", IF),
    ("←", IF),
    (":-", IF),
    (":=", "`=`"),
    ("<>", "`!=`"),
    ("≠", "`!=`"),
    ("≤", "`<=`"),
    ("≥", "`>=`"),
    ("&&", AND),
    ("&", AND),
    ("∧", AND),
    ("||", OR),
    ("|", OR),
    ("∨", OR),
    ("!=", ""),
    ("!", NOT),
    ("~", NOT),
    ("¬", NOT),
    ("\\+", NOT),
    ("^", "a product: `x * x`"),
    ("×", "`*`"),
    ("−", "`-`"),
    ("–", "`-`, or `..` in a period: `1991..2014`"),
    ("—", "`-`, or `..` in a period: `1991..2014`"),
    ("…", "`..`"),
    ("?-", "`expect`, or ask on the command line"),
];

const RULE: &str =
    "`requires`, `if` or `only if` after a head: `p(A, B) requires …`; inside a condition `c whenever d`";
const IF: &str = "`if`, or `requires` where it is the whole definition: `p(A, B) if …`";
const AND: &str = "`and`";
const OR: &str = "`or`";
const NOT: &str = "`not`";

/// The sign at the beginning of a text, if it is one of another language, and what to write instead.
pub(super) fn foreign(text: &str) -> Option<(&'static str, &'static str)> {
    if let Some((sign, instead)) = SIGNS.iter().find(|(sign, _)| text.starts_with(sign)) {
        return (!instead.is_empty()).then_some((*sign, *instead));
    }
    // A full stop or a semicolon at the end of a line closes an item in other languages.
    let first = text.chars().next().filter(|sign| matches!(sign, '.' | ';'))?;
    let rest = text[1..].trim_start_matches([' ', '\t']);
    (rest.is_empty() || rest.starts_with(['\n', '\r', '#']))
        .then_some((if first == '.' { "." } else { ";" }, "nothing: an item needs no sign at its end"))
}
