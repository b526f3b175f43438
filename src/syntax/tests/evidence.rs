use super::{item, outline::Outline};
use crate::syntax::tree::{AssertionKind, ItemKind};
use crate::syntax::{parse_condition, parse_fact, parse_number, parse_time_span};

fn fact(written: &str) -> String {
    match item(written) {
        ItemKind::Fact(fact) => fact.outline(),
        other => panic!("{other:#?}"),
    }
}

#[test]
fn facts() {
    for (written, read) in [
        ("mutual_defense(russia, kazakhstan)", "For mutual_defense(russia, kazakhstan)"),
        ("not no_pressure(russia, kazakhstan)", "Against no_pressure(russia, kazakhstan)"),
        ("unknown p(a) [s]", "Unknown p(a) <s>"),
        ("mutually p(a, b) from 1999", "For mutually p(a, b) [1999 | ]"),
        ("not mutually p(a, b)", "Against mutually p(a, b)"),
        ("either way p(a, b)", "For either way p(a, b)"),
        (
            "obligation(collective_security, only {defense}) [cst, \"Art. 4\"]",
            "For obligation(collective_security, only {defense}) <cst \"Art. 4\">",
        ),
        ("p(only a, {b, \"C d\"})", "For p(only {a}, {b, \"C d\"})"),
        (
            "party({russia, kazakhstan}, cst) from 1992-05-15 [cst; rcaa, \"p. 3\"]",
            "For party({russia, kazakhstan}, cst) [1992-05-15 | ] <cst; rcaa \"p. 3\">",
        ),
        (
            "party(u, t) from 1992 ended sometime in 1999,\n  from sometime in 2006 ended sometime in 2012 [rcaa, \"p. 3\"] \"note\"",
            "For party(u, t) [1992 | Ended Sometime 1999] [Sometime 2006 | Ended Sometime 2012] <rcaa \"p. 3\"> \"note\"",
        ),
        ("p(a) from earliest 1999 up to latest 2001-02", "For p(a) [Earliest 1999 | UpTo Latest 2001-02]"),
        ("p(a) until 433-08 BC", "For p(a) [ | Until 433-08 BC]"),
        (
            "p(a) in 1991..2014, on 2015-01-02, sometime in 2016",
            "For p(a) [1991..2014] [2015-01-02..2015-01-02] [sometime 2016..2016]",
        ),
        ("p(a) from sometime in 440 BC..433 BC", "For p(a) [Sometime 440 BC..433 BC | ]"),
        ("trade(a, b) = 4.5 million in 2013 [s]", "For trade(a, b) = Number(4500000.0) [2013..2013] <s>"),
        ("threat(a, b) = none", "For threat(a, b) = Level(\"none\")"),
        ("ideal(a) = -1.5", "For ideal(a) = Number(-1.5)"),
        ("source(a, 1999, 1999-04-02, 10%)", "For source(a, #1999, 1999-04-02, #0.1)"),
        ("complete(a) \"a note\"", "For complete(a) \"a note\""),
        ("p(Russia, _)", "For p(Russia, _)"),
        ("f.p(a)", "For f.p(a)"),
        ("p (a)", "For p(a)"),
    ] {
        assert_eq!(fact(written), read, "{written}");
    }
}

#[test]
fn strings_know_their_escapes() {
    assert_eq!(fact(r#"p("a \"b\" \\c")"#), r#"For p("a \"b\" \\c")"#);
    assert_eq!(fact("p(a) \"one \\\n    line\""), "For p(a) \"one line\"");
    assert_eq!(fact("p(a) \"one \\\r\n    line\" # remark"), "For p(a) \"one line\"");
}

#[test]
fn completeness() {
    let ItemKind::Completeness(whole) = item("complete pressure from 1991 until 2014 [s]") else { panic!() };
    assert_eq!((whole.name.outline(), whole.arguments), ("pressure".to_owned(), None));
    let ItemKind::Completeness(part) = item("complete party(_, {a, b}) from 1992 [s] \"note\"") else { panic!() };
    assert_eq!(part.arguments.unwrap().iter().map(Outline::outline).collect::<Vec<_>>(), ["_", "{a, b}"]);
    assert_eq!((part.spans.len(), part.citations.len(), part.note.is_some()), (1, 1, true));
}

#[test]
fn assertions() {
    let assertion = |written: &str| match item(written) {
        ItemKind::Assertion(assertion) => {
            let list = |conditions: &[crate::syntax::tree::Condition]| {
                conditions.iter().map(Outline::outline).collect::<Vec<_>>().join(",")
            };
            format!(
                "{}{} {} {} f[{}] b[{}]",
                match &assertion.kind {
                    AssertionKind::Expect => "expect ".to_owned(),
                    AssertionKind::Claim(citations) =>
                        format!("claim<{}> ", citations.iter().map(Outline::outline).collect::<Vec<_>>().join(";")),
                },
                assertion.condition.outline(),
                assertion.time.map_or_else(|| "-".to_owned(), |time| time.outline()),
                assertion.verdict.map_or("-", |verdict| verdict.verdict.name()),
                list(&assertion.failing),
                list(&assertion.by)
            )
        }
        other => panic!("{other:#?}"),
    };
    for (written, read) in [
        ("expect ally(a, b)", "expect ally(a, b) - - f[] b[]"),
        ("expect ally(a, b) in 1999 is contested", "expect ally(a, b) [1999..1999] contested f[] b[]"),
        (
            "expect ally(a, b) in 1991..2014 is not met, failing no_pressure, failing mutually p(a, b), by q",
            "expect ally(a, b) [1991..2014] not met f[no_pressure,mutually p(a, b)] b[q]",
        ),
        (
            "expect ally(a, b) sometime in 1992 is not applicable",
            "expect ally(a, b) [sometime 1992..1992] not applicable f[] b[]",
        ),
        (
            "expect not ally(a, b) and p(a) from 1991 until 1992",
            "expect ((not ally(a, b)) and p(a)) [1991 | Until 1992] - f[] b[]",
        ),
        (
            "claim true_alliance.ally(russia, kazakhstan) on 2014-01-12 is not met [rcaa, \"Conclusion\"]",
            "claim<rcaa \"Conclusion\"> true_alliance.ally(russia, kazakhstan) [2014-01-12..2014-01-12] not met f[] b[]",
        ),
        (
            "claim count of (S in stans where de_jure.ally(russia, S)) = 4 on 2014-01-12 [rcaa, \"Results\"] \"note\"",
            "claim<rcaa \"Results\"> (count(S in stans where de_jure.ally(russia, S)) Equal #4) [2014-01-12..2014-01-12] - f[] b[]",
        ),
    ] {
        assert_eq!(assertion(written), read, "{written}");
    }
}

#[test]
fn cases() {
    let ItemKind::Cases(cases) = item("cases ally over russia, stans, {a, b} in 1992..2014") else { panic!() };
    assert_eq!(cases.name.outline(), "ally");
    assert_eq!(cases.over.iter().map(Outline::outline).collect::<Vec<_>>(), ["russia", "stans", "{a, b}"]);
    assert_eq!(cases.time.unwrap().outline(), "[1992..2014]");
}

#[test]
fn preferences() {
    let written = "prefer atop over cow for party(turkmenistan, _) from 1992 \"nearer\"";
    let ItemKind::Preference(preference) = item(written) else { panic!() };
    assert_eq!((preference.preferred.outline(), preference.over.outline()), ("atop".to_owned(), "cow".to_owned()));
    let about = preference.about.unwrap();
    assert_eq!(about.name.outline(), "party");
    let arguments = about.arguments.unwrap();
    assert_eq!(arguments.iter().map(Outline::outline).collect::<Vec<_>>(), ["turkmenistan", "_"]);
    assert_eq!(preference.spans[0].outline(), "[1992 | ]");
    assert_eq!(preference.note.unwrap().text, "nearer");
    let ItemKind::Preference(preference) = item("prefer atop over cow for trade") else { panic!() };
    assert!(preference.about.unwrap().arguments.is_none());
    let ItemKind::Preference(preference) = item("prefer atop over cow") else { panic!() };
    assert!(preference.about.is_none() && preference.spans.is_empty());
    // A predicate may be called so.
    assert_eq!(fact("prefer(a, b)"), "For prefer(a, b)");
    assert_eq!(fact("redefine(a, b) from 1999"), "For redefine(a, b) [1999 | ]");
}

#[test]
fn parts_alone() {
    let (texts, file) = super::texts(" ally(russia, kazakhstan) ");
    assert_eq!(parse_condition(&texts, file).unwrap().outline(), "ally(russia, kazakhstan)");
    let (texts, file) = super::texts("not pressure(russia, kazakhstan, economic) from 1991");
    assert_eq!(parse_fact(&texts, file).unwrap().outline(), "Against pressure(russia, kazakhstan, economic) [1991 | ]");
    let (texts, file) = super::texts("in 1992..2014");
    assert_eq!(parse_time_span(&texts, file).unwrap().outline(), "[1992..2014]");
    let (texts, file) = super::texts("on 2014-01-12");
    assert_eq!(parse_time_span(&texts, file).unwrap().outline(), "[2014-01-12..2014-01-12]");
    let (texts, file) = super::texts("5%");
    assert_eq!(parse_number(&texts, file), Ok(0.05));
    for bad in ["", "ally(a", "ally(a) b", "5"] {
        let (texts, file) = super::texts(bad);
        assert_eq!(parse_condition(&texts, file).unwrap_err().len(), 1, "{bad}");
        assert_eq!(parse_fact(&texts, file).unwrap_err().len(), 1, "{bad}");
        assert_eq!(parse_time_span(&texts, file).unwrap_err().len(), 1, "{bad}");
    }
}
