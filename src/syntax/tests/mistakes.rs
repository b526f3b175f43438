//! What is said of mistakes: which, where and with what advice.

use super::{parsed, texts};
use crate::syntax::{CODES, parse};
use std::collections::BTreeSet;

/// The only mistake in a text: its code, the words it is about, its message and its advice.
fn mistake(content: &str) -> (&'static str, String, String, String) {
    let (texts, file) = texts(content);
    let mut diagnostics = parse(&texts, file, &mut |_| {}).diagnostics;
    assert_eq!(diagnostics.len(), 1, "{content}\n{diagnostics:#?}");
    let diagnostic = diagnostics.remove(0);
    let code = diagnostic.code.rsplit(':').next().unwrap_or("");
    (code, texts.slice(diagnostic.labels[0].span).to_owned(), diagnostic.message, diagnostic.help.unwrap_or_default())
}

#[test]
fn each_is_told_where_it_was_made_and_with_advice() {
    for (content, code, underlined, advice) in [
        ("party(russia, cst) form 1992", "unexpected", "form", "did you mean `from`?"),
        ("party(russia, cst) since 1992", "unexpected", "since", "did you mean `from`?"),
        ("ally(A, B) require a", "unexpected", "require", "did you mean `requires`?"),
        ("predicat p(a: state)", "unknown_item", "predicat", "did you mean `predicate`?"),
        ("kind source", "reserved_word", "source", "\"source\""),
        ("kind k = a, in", "reserved_word", "in", "\"in\""),
        ("p(A, B) requires a and source", "reserved_word", "source", ""),
        ("expect p(of)", "reserved_word", "of", ""),
        ("p(a) [of]", "reserved_word", "of", ""),
        ("p(a, b", "unclosed", "", "add `)`"),
        ("p(a, {b, c)", "unclosed", "", "add `}`"),
        ("p(a) [s", "unclosed", "", "add `]`"),
        ("p(a) \"note", "unclosed_string", "\"", "add `\"`"),
        ("p(A, B) requires a)", "stray_closing", ")", ""),
        (
            "p(A, B) requires a whenever b or c",
            "whenever_needs_parentheses",
            "whenever",
            "`(a whenever b) or c` or `a whenever (b or c)`",
        ),
        (
            "p(A, B) requires a and b and\n    c(A, B) whenever d or e",
            "whenever_needs_parentheses",
            "whenever",
            "`a and b and (c(A, B) whenever d) or e` or `(a and b and c(A, B)) whenever (d or e)`",
        ),
        ("p(A, B) requires mutually (a)", "pair_sign_needs_name", "mutually", ""),
        ("p(A, B) requires mutually mutually a", "pair_sign_needs_name", "mutually", ""),
        ("p(A, B) requires either way not a", "pair_sign_needs_name", "either way", ""),
        ("p(A, B) requires a < b < c", "chained_comparison", "<", "each with `b`"),
        ("state s \"a\" \"b\"", "duplicate_clause", "\"b\"", ""),
        ("p(a) from 1999 [s] from 2000", "duplicate_clause", "from 2000", "commas"),
        ("not not p(a)", "duplicate_clause", "not", ""),
        ("p(a) from from 1999", "repeated_word", "from", "one of the two"),
        ("p(A, B) requires a permits b permits c", "duplicate_clause", "permits c", "one `permits`"),
        ("p(A, B) requires a\n    b", "forgotten_and", "b", "did you forget `and` before `b`?"),
        ("p(A, B) requires a\n    mutually b", "forgotten_and", "mutually", "`and` before `mutually`"),
        ("state Russia", "capitalised_name", "Russia", "`russia`"),
        (
            "state Burkina Faso",
            "capitalised_name",
            "Burkina Faso",
            "`burkina_faso`; an individual may be quoted: `\"Burkina Faso\"`",
        ),
        ("p(A, B) requires a adn b", "unexpected", "adn", "did you mean `and`?"),
        ("p(A, B) requires a unless b", "foreign_sign", "unless", "write `and not`"),
        ("p(A, B) requires a and no b(A, B) and c", "foreign_sign", "no", "write `not`"),
        (
            "p(A, B) requires at least 2 of (a(A, D) for D in k)",
            "quantifier_form",
            "for D",
            "`count of (D in k where …)",
        ),
        ("p(A, B) = a(A, B)", "unexpected", "(", "`p(A, B) requires …`"),
        ("p(a) in 1970 [s, p. 8]", "unexpected", "p", "`[s, \"p. 8\"]`"),
        ("p(a) in 1970 [s p. 8]", "unexpected", "p", "`[s, \"p. 8\"]`"),
        ("predicate p(of: state, domain)", "unexpected", ")", "`in: domain` where `domain` is the kind"),
        ("source a [Smith 1990]", "unexpected", "[", "one pair of quotation marks"),
        ("use words.ally", "unexpected", "words", "write `use \"words.ally\"`"),
        ("expect p(a) in 1970 = not met", "unexpected", "=", "write `is not met`"),
        ("expect p(a) in 1970 met", "unexpected", "met", "write `is met`"),
        ("p(A, B) requires for all X in k: a", "quantifier_form", "for all X", "`for every X in k: …`"),
        (
            "p(A, B) requires a and for X in k: a",
            "quantifier_form",
            "for X",
            "`for some X in k: …` where one is enough",
        ),
        ("p(A, B) requires for any X in k: a", "quantifier_form", "for any X", "where all have to"),
        ("p(A, B) requires forall X in k: a", "quantifier_form", "forall X", "`for every X in k: …`"),
        ("p(A, B) requires a or exists X in k: a", "quantifier_form", "exists X", "`for some X in k: …`"),
        ("p(A, B) requires there is a X in k: a", "quantifier_form", "there is a X", "`for some X in k: …`"),
        ("p(A, B) requires not some X in k: a", "quantifier_form", "some X", "`for some X in k: …`"),
        ("p(A, B) requires for no X in k: a", "quantifier_form", "for no X", "`for every X in k: not …`"),
        ("p(A, B) requires for every k X: a", "quantifier_form", "k X", "`for every X in k: …`"),
        (
            "p(A, B) requires for at least 2 X in k: a",
            "quantifier_form",
            "for at least 2 X",
            "`count of (X in k where …)",
        ),
        ("for every X in k: p(X)", "quantified_fact", "for", "`party(russia, {treaty})`"),
        ("import \"a.csv\" as row { p(row.a, K) for K in (x, y) }", "each_form", "(x, y)", "`for K in {x, y}`"),
        ("import \"a.csv\" as row { p(row.a, K) for K in\n}", "each_form", "}", "`for K in 1990..2014`"),
        (
            "p(A, B) requires a within 10 years",
            "unexpected",
            "10",
            "write `within the last 10 years`, or `within the next",
        ),
        ("p(A, B) requires a within last 10 years", "unexpected", "last", "write `within the last 10 years`"),
        ("p(A, B) requires a in the last 5 months", "unexpected", "in", "`throughout the last 5 months` for every one"),
        ("p(A, B) requires a for 10 years and b", "unexpected", "for", "`throughout the last 10 years` for every one"),
        ("p(A, B) requires m(A) - m(B) 10 years ago > 1", "unexpected", "10", "within the last 10 years"),
        ("p(A, B) requires abs(m(A) - m(B)) > 1", "unexpected", "(", "`x - y > 1 or y - x > 1`"),
        ("p(A, B) requires |m(A) - m(B)| > 1", "foreign_sign", "|", "`x - y > 1 or y - x > 1`"),
        ("measure g(A, B) = max(m(A), m(B))", "unexpected", "(", "`max of (trade(A, X) over X in state)`"),
        ("m(A) = count of (B in state where p(A, B))", "unexpected", "of", "`measure m(A) = count of …`"),
        (
            "import \"t.csv\" as r { delimiter \";\" p(r.a) }",
            "unexpected",
            "delimiter",
            "`import \"t.csv\" delimiter \";\" as …`",
        ),
        (
            "import \"t.csv\" as r [s] encoding \"latin-1\" { p(r.a) }",
            "unexpected",
            "encoding",
            "`import \"t.csv\" encoding \"latin-1\" as …`",
        ),
        ("import \"t.csv\" as r { p(ccode by cow) }", "unexpected", "by", "`r.ccode by …`"),
        ("import \"t.csv\" as r { m(r.c) = r.QO%All in 1999 }", "unexpected", "%", "`.\"QO%All\"`"),
        (
            "import \"t.csv\" as r { p(r.a) from 1999 until r.day/r.month/r.year }",
            "date_parts",
            "r.day/r.month/r.year",
            "the year comes first",
        ),
        ("p(a) between 1991 and 1999", "unexpected", "between", "did you mean `from`?"),
        ("expect p(a) is true", "unknown_verdict", "true", "did you mean `met`?"),
        ("Pressure(a, b) from 1999", "capitalised_name", "Pressure", "`pressure(…)`"),
        ("p(A, B) requires Trust(A)", "capitalised_name", "Trust", "`trust(…)`"),
        ("p(A, B) requires for some x in k: a", "variable_expected", "x", "`X`"),
        ("p(A, B) requires a & b", "foreign_sign", "&", "write `and`"),
        ("p(A, B) requires a => b", "foreign_sign", "=>", "whenever"),
        ("p(A, B) :- a", "foreign_sign", ":-", "`if`"),
        ("p(A, B) requires x == y", "foreign_sign", "==", "write `=`"),
        ("p(A, B) requires x ≥ y", "foreign_sign", "≥", "write `>=`"),
        ("p(a).", "foreign_sign", ".", "needs no sign at its end"),
        ("p(A, B) requires a, b", "comma_for_and", ",", "write `and`"),
        ("p(A, B) requires (a, b)", "comma_for_and", ",", "write `and`"),
        ("source x “y”", "quotation_mark", "“", "straight"),
        ("p('Burkina Faso')", "quotation_mark", "'", "straight"),
        ("p(a) from 12.01.2014", "date_form", "12.01.2014", "`2014-01-12`"),
        ("p(a) from 1999/04/02", "date_form", "1999/04/02", "`1999-04-02`"),
        ("p(a) from 12/31/1999", "date_form", "12/31/1999", "`1999-12-31`"),
        ("p(a) on 1999-4-2", "date_form", "1999-4-2", "`1999-04-02`"),
        ("p(a) from May 15, 1992", "date_form", "May 15, 1992", "`1992-05-15`"),
        ("p(a) from December 1999", "date_form", "December 1999", "`1999-12`"),
        ("p(a) in 1992-1995", "period_form", "1992-1995", "`1992..1995`"),
        ("p(a) in 1992–1995", "period_form", "1992–1995", "`1992..1995`"),
        ("p(a) from 1992 to 1995-03 [s]", "period_form", "1992 to 1995-03", "`from 1992 until 1995-03`"),
        ("cases p over a, b in 1992:1995", "period_form", "1992:1995", "`1992..1995`"),
        ("p(A, B) requires a AND b", "capital_word", "AND", "write `and`"),
        ("Source x", "capital_word", "Source", "write `source`"),
        ("expect p(a) is", "unknown_verdict", "is", "`undetermined`"),
        ("expect p(a) is not meet", "unknown_verdict", "not meet", "did you mean `not met`?"),
        ("p(A, B) requires a and 3", "not_a_condition", "3", "compare"),
        ("p(A, B) requires X", "not_a_condition", "X", "compare"),
        ("p(A, B) requires (a and b) = 1", "not_a_value", "(a and b)", ""),
        ("measure m(A, B) = a and b", "not_a_value", "a and b", ""),
        ("p(A, B) requires 1 = not a", "not_a_value", "not", ""),
        ("p requires a", "head_without_arguments", "p", "`p(A, B)`"),
        ("p() if a", "no_arguments", "p()", "`p(A, B)`"),
        ("p(a) \"C:\\dir\"", "unknown_escape", "\\d", ""),
        ("kind k = a < b, c", "mixed_members", ",", ""),
        ("t(a) = 1,250,000", "number_form", "1,250,000", "`1250000`"),
        ("parameter p = 2,5", "number_form", "2,5", "`2.5`"),
        ("p(A, B) requires a within the last 99999999999 years", "number_too_large", "99999999999", ""),
        ("f.p(A, B) requires a", "qualified_declaration", "f.p", "write `p`"),
        ("p(A, B) requires q(A, {b, c})", "set_in_rule", "{", ""),
    ] {
        let (found, words, message, help) = mistake(content);
        assert_eq!((found, words.as_str()), (code, underlined), "{content}\n{message}");
        assert!(help.contains(advice), "{content}\n{help}");
    }
}

#[test]
fn what_was_expected_is_told_in_words() {
    for (content, message) in [
        ("p(a) from", "expected a date, such as 1999 or 1999-04-02, after `from`"),
        ("p(a) from [s]", "expected a date, such as 1999 or 1999-04-02, after `from`"),
        ("p(A, B) requires a and", "expected a condition after `and`"),
        ("p(A, B) requires x >", "expected a value after `>`"),
        ("p(A, B) requires for every X k: a", "expected `in` after `X`"),
        ("p(A, B) requires at least 2 (a)", "expected `of` after `2`"),
        ("p(A, B) requires a within 10 years", "expected `the` after `within`"),
        ("p(A, B) requires a within the last 10", "expected `years`, `months` or `days` after `10`"),
        ("predicate p(a, b)", "expected `:` after `a`"),
        ("use vocabulary", "expected a quotation after `use`"),
        ("kind", "expected a name after `kind`"),
        ("p(A: 3, B) if a", "expected the name of a kind after `:`"),
        ("state russia alias 365", "expected an alias (`cow:365`) after `alias`"),
        ("classify t(A, B) as a when b", "expected `,`, `and`, `or` or `otherwise` after `b`"),
        ("cases ally", "expected `over` after `ally`"),
        ("parameter p =", "expected a number or the name of a level after `=`"),
        ("p(a b)", "expected `)` or `,` after `a`"),
    ] {
        let (_, _, found, _) = mistake(content);
        assert_eq!(found, message, "{content}");
    }
}

#[test]
fn one_mistake_costs_one_item() {
    let content = "kind treaty =\n\nstate russia\np(russia from 1999\np(russia)\nq(A, B) requires (a or\n    b and\n\nkind k\n  \
                   r(a) [\n  r(b)\nexpect p(russia) is mett\nuse \"x\"\ns(A, B) requires a and\nr(russia, b) from 1999\n";
    let found = parsed(content);
    let lines: Vec<_> = {
        let (texts, _) = texts(content);
        found.diagnostics.iter().map(|diagnostic| texts.line_and_column(diagnostic.labels[0].span).0).collect()
    };
    assert_eq!(lines, [1, 4, 7, 10, 12, 14], "{:#?}", found.diagnostics);
    assert_eq!(found.tree.items.len(), 6);
}

#[test]
fn every_code_has_a_file_with_that_mistake() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/ui/syntax");
    let mut seen = BTreeSet::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|extension| extension != "ally") {
            continue;
        }
        let diagnostics = parsed(&std::fs::read_to_string(&path).unwrap()).diagnostics;
        let expected = if path.ends_with("several_mistakes_in_one_file.ally") { 5 } else { 1 };
        assert_eq!(diagnostics.len(), expected, "{path:?}\n{diagnostics:#?}");
        for diagnostic in diagnostics {
            let said = format!("{} {}", diagnostic.message, diagnostic.help.as_deref().unwrap_or(""));
            assert!(!said.contains("Rule") && !said.contains("word_") && !diagnostic.message.ends_with('.'), "{said}");
            assert!(!diagnostic.message.starts_with(char::is_uppercase), "{said}");
            seen.insert(diagnostic.code);
        }
    }
    assert_eq!(seen, CODES.iter().copied().collect());
}
