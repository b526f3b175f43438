use super::{item, items, outline::Outline};
use crate::syntax::tree::{ItemKind, MeasureValues, ParameterValue, RuleForm};

pub const TRUE_ALLIANCE: &str = r#"framework true_alliance "True (de facto) alliance"
use "vocabulary.ally"

## The full sense of the word: military, political and economic ties, and no coercion between allies.
symmetric ally(A, B) requires
    mutual_defense
    and political_support
    and economic_cooperation
    and no_pressure
  permits unified_economic_space, visa_free_regime, independent_policy, occasional_dispute

mutual_defense(A, B) "each guarantees the other's security, or the stronger guarantees the weaker" requires
    mutually guarantees
    or (guarantor and confident_in(B, A))
    or (guarantor(B, A) and confident_in(A, B))

political_support(A, B) requires at least 3 of (
    mutually supports_abroad,
    mutually supports_stability,
    mutually shields_from_interference,
    mutually portrays_well,
    (assists(A, B) whenever in_need(B)) and (assists(B, A) whenever in_need(A)) )

no_pressure(A, B) requires
    for every D in domain: not pressure(A, B, D) and not pressure(B, A, D)
"#;

pub const EVIDENCE: &str = r#"use "../../rules/vocabulary.ally"

source cst  "Treaty on Collective Security, Tashkent, 15 May 1992"
source rcaa "Russia's Central Asian Alliances: The Real Deal?" until 2014-01-12

state russia      alias cow:365, iso3:RUS
state kazakhstan "Kazakhstan" from 1991-12-16 alias cow:705, iso3:KAZ
kind stans in state = kazakhstan, kyrgyzstan, tajikistan, turkmenistan, uzbekistan
treaty collective_security "Collective Security Treaty"

obligation(collective_security, only {defense}) [cst, "Art. 4"]
party({russia, kazakhstan, kyrgyzstan, tajikistan}, collective_security) from 1992-05-15 [cst; rcaa, "p. 3"]
party(uzbekistan, collective_security) from 1992-05-15 ended sometime in 1999,
                                       from sometime in 2006 ended sometime in 2012 [rcaa, "p. 3"]
pressure(russia, {stans}, economic) from 1991 [rcaa, "p. 3"]
not supports_abroad(kazakhstan, russia) from 1991 [rcaa] "multi-vector policy"
complete party(_, collective_security) from 1992 [rcaa]

claim true_alliance.ally(russia, kazakhstan) on 2014-01-12 is not met [rcaa, "Conclusion"]
"#;

#[test]
fn the_tour_is_read_whole() {
    let rules = items(TRUE_ALLIANCE);
    assert_eq!(rules.len(), 6);
    assert_eq!(
        rules[2].documentation,
        ["The full sense of the word: military, political and economic ties, and no coercion between allies."]
    );
    let ItemKind::Rule(ally) = &rules[2].kind else { panic!() };
    assert!(ally.symmetric && !ally.reflexive);
    assert_eq!(ally.body.outline(), "(mutual_defense and political_support and economic_cooperation and no_pressure)");
    assert_eq!(ally.permits.len(), 4);
    let ItemKind::Rule(support) = &rules[4].kind else { panic!() };
    assert!(
        support
            .body
            .outline()
            .ends_with("((assists(A, B) whenever in_need(B)) and (assists(B, A) whenever in_need(A)))])")
    );
    let ItemKind::Rule(pressure) = &rules[5].kind else { panic!() };
    assert_eq!(pressure.body.outline(), "(Every D in domain: ((not pressure(A, B, D)) and (not pressure(B, A, D))))");
    assert_eq!(items(EVIDENCE).len(), 14);
    // On CRLF lines, with a byte order mark, and all on one line, the items are the same.
    assert_eq!(items(&format!("\u{feff}{}", EVIDENCE.replace('\n', "\r\n"))).len(), 14);
    assert_eq!(items(&EVIDENCE.replace('\n', " ")).len(), 14);
}

#[test]
fn the_shortest_program() {
    let program = "ally(A,B) requires mutual_defense and no_pressure\nmutual_defense(russia, kazakhstan)\nnot no_pressure(russia, kazakhstan)\n";
    let items = items(program);
    assert_eq!(items.len(), 3);
    let ItemKind::Rule(rule) = &items[0].kind else { panic!() };
    assert_eq!(rule.body.outline(), "(mutual_defense and no_pressure)");
    assert_eq!(&program[items[0].span.start as usize..items[0].span.end as usize], program.lines().next().unwrap());
}

/// `days requires` at the beginning of a line is no head without its arguments there.
#[test]
fn the_unit_of_a_window_may_begin_a_line() {
    let found = items("p(A, B) where q within the last 30\ndays requires r");
    assert_eq!(found.len(), 1);
    assert!(matches!(found[0].kind, ItemKind::Rule(_)));
}

#[test]
fn the_length_of_a_window_may_be_a_parameter() {
    let length = |text: &str| {
        let found = items(text);
        assert_eq!(found.len(), 1, "{text}");
        let ItemKind::Rule(rule) = &found[0].kind else { panic!("{text}") };
        rule.body.outline()
    };
    assert_eq!(length("p(A, B) requires q within the last recent years"), "(q Within Last recent Years)");
    assert_eq!(length("p(A, B) requires q within the last\n  recent\nyears"), "(q Within Last recent Years)");
    assert_eq!(length("p(A, B) requires q throughout the next year"), "(q Throughout Next 1 Years)");
    assert_eq!(items("p(A, B) requires q within the last year\nstate x").len(), 2);
}

#[test]
fn spans_end_with_the_last_word() {
    let program = "kind treaty   # remark\n\n  p(a) from 1999  \n## next\nq(b)";
    let found: Vec<_> = items(program)
        .into_iter()
        .map(|item| (program[item.span.start as usize..item.span.end as usize].to_owned(), item.indented))
        .collect();
    assert_eq!(
        found,
        [("kind treaty".to_owned(), false), ("p(a) from 1999".to_owned(), true), ("q(b)".to_owned(), false)]
    );
}

#[test]
fn documentation_reaches_its_item() {
    let found =
        items("## Header.\n\n## One\n##  two\n# remark\nkind k # no\nkind l ## nor this\nkind m\n  ## yes\n  kind n");
    let found: Vec<_> = found.into_iter().map(|item| item.documentation).collect();
    assert_eq!(found, [vec!["One".to_owned(), "two".to_owned()], vec![], vec![], vec!["yes".to_owned()]]);
}

#[test]
fn kinds() {
    let kind = |written: &str| match item(written) {
        ItemKind::Kind(kind) => (
            kind.open,
            kind.name.text,
            kind.parent.map(|name| name.text),
            kind.members.map(|members| {
                (members.ordered, members.names.iter().map(Outline::outline).collect::<Vec<_>>().join(" "))
            }),
        ),
        other => panic!("{other:#?}"),
    };
    assert_eq!(kind("kind treaty"), (false, "treaty".into(), None, None));
    assert_eq!(kind("open kind treaty"), (true, "treaty".into(), None, None));
    assert_eq!(
        kind("kind level = none < moderate < high"),
        (false, "level".into(), None, Some((true, "none moderate high".into())))
    );
    assert_eq!(
        kind("kind stans in state = kazakhstan, \"Burkina Faso\""),
        (false, "stans".into(), Some("state".into()), Some((false, "kazakhstan \"Burkina Faso\"".into())))
    );
    assert_eq!(kind("kind one = a"), (false, "one".into(), None, Some((false, "a".into()))));
}

#[test]
fn individuals_and_sources() {
    let ItemKind::Individual(state) = item(
        "state yemen \"Yemen\" from 1918 until 1990-05-22, from 1990-05-22 alias cow:678, iso3:\"YE-M\", un:x-1.2",
    ) else {
        panic!()
    };
    assert_eq!((state.kind.text.as_str(), state.name.text.as_str()), ("state", "yemen"));
    assert_eq!(
        state.life.iter().map(Outline::outline).collect::<Vec<_>>(),
        ["[1918 | Until 1990-05-22]", "[1990-05-22 | ]"]
    );
    assert_eq!(
        state.aliases.iter().map(|alias| format!("{}:{}", alias.scheme.text, alias.code.text)).collect::<Vec<_>>(),
        ["cow:678", "iso3:YE-M", "un:x-1.2"]
    );
    let ItemKind::Individual(quoted) = item("state \"Burkina Faso\" \"Upper Volta\"") else { panic!() };
    assert!(quoted.name.quoted);
    assert_eq!(quoted.label.unwrap().text, "Upper Volta");
    let ItemKind::Source(source) = item("source rcaa \"Title\" up to 2014-01-12") else { panic!() };
    assert_eq!(source.horizon.unwrap().outline(), "UpTo 2014-01-12");
}

#[test]
fn predicates_measures_and_parameters() {
    let ItemKind::Predicate(predicate) = item(
        "reflexive symmetric predicate pressure(by: state, on: state, in: domain) \"{by} puts {in} pressure on {on}\" / \"{by} puts no {in} pressure on {on}\"",
    ) else {
        panic!()
    };
    assert!(predicate.symmetric && predicate.reflexive && predicate.gloss.unwrap().negative.is_some());
    assert_eq!(predicate.roles.iter().map(|role| role.name.text.as_str()).collect::<Vec<_>>(), ["by", "on", "in"]);
    let ItemKind::Predicate(source) = item("predicate source(of: text,\n  source: date,\n  measure: number)") else {
        panic!()
    };
    assert_eq!((source.name.text.as_str(), source.roles.len()), ("source", 3));
    let ItemKind::Measure(trade) =
        item("measure trade(from: state, to: state) \"exports of {from} to {to}\" in \"million USD\"")
    else {
        panic!()
    };
    assert!(matches!(trade.values, Some(MeasureValues::Unit(_))));
    let ItemKind::Measure(threat) = item("symmetric measure threat(of: state, to: state) in level") else { panic!() };
    assert!(threat.symmetric && matches!(threat.values, Some(MeasureValues::Kind(_))));
    let ItemKind::DefinedMeasure(depth) = item("measure depth(A, B) \"depth\" = 2 * integrated_command + bases") else {
        panic!()
    };
    assert_eq!(depth.value.outline(), "((#2 * integrated_command) + bases)");
    let ItemKind::Parameter(keen) = item("parameter keen_trade = 2%") else { panic!() };
    assert_eq!((keen.name.text.as_str(), keen.value), ("keen_trade", ParameterValue::Number(0.02)));
    assert!(keen.kind.is_none());
    let ItemKind::Parameter(needed) = item("parameter needed in level = \"very high\"") else { panic!() };
    assert_eq!(needed.kind.unwrap().text, "level");
    assert!(matches!(needed.value, ParameterValue::Level(level) if level.text == "very high"));
}

#[test]
fn rules() {
    let rule = |written: &str| match item(written) {
        ItemKind::Rule(rule) => rule,
        other => panic!("{other:#?}"),
    };
    assert_eq!(rule("p(A, B) if q(A) and r(B)").form, RuleForm::If);
    assert_eq!(rule("p(A, B) only if q").form, RuleForm::OnlyIf);
    let restricted = rule(
        "ally(A, B) \"{A} and {B} are allies\" / \"not\" where state_system(A) requires a permits mutually b, c(A, B)",
    );
    assert_eq!(restricted.head.applies_where.unwrap().outline(), "state_system(A)");
    assert_eq!(restricted.permits.iter().map(Outline::outline).collect::<Vec<_>>(), ["mutually b", "c(A, B)"]);
    assert_eq!(rule("ally(A, B) where c(A) \"gloss\" requires a").head.gloss.unwrap().positive.text, "gloss");
    let head = rule("reflexive symmetric p(T: treaty, russia, 3) if q(T)");
    assert!(head.symmetric && head.reflexive);
    assert_eq!(head.head.arguments[0].kind.as_ref().unwrap().text, "treaty");
    assert_eq!(head.head.arguments[1].term.outline(), "russia");
    let ItemKind::Classification(types) =
        item("classify alliance_type(A, B) as defense_pact when a and b, entente when c, otherwise none")
    else {
        panic!()
    };
    assert_eq!(
        types.cases.iter().map(|case| format!("{} {}", case.level.text, case.condition.outline())).collect::<Vec<_>>(),
        ["defense_pact (a and b)", "entente c"]
    );
    assert_eq!(types.otherwise.text, "none");
}

#[test]
fn items_need_no_lines_between_them() {
    let program = "p(A, B) requires q and not r(A) s(a, b) from 1999 [x] not t(a) kind k = a, b kind l u(a) \"note\" symmetric v(A, B) if w";
    assert_eq!(items(program).len(), 7);
    let indented = items("p(A, B) requires q\n    r(a, b)\n    s(a, b)");
    assert_eq!(indented.iter().map(|item| item.indented).collect::<Vec<_>>(), [false, true, true]);
}

#[test]
fn frameworks_that_extend_others() {
    for written in ["framework strict extends base \"Strict\"", "framework strict \"Strict\" extends base"] {
        let ItemKind::Framework(framework) = item(written) else { panic!() };
        assert_eq!(framework.extends.unwrap().text, "base");
        assert_eq!(framework.label.unwrap().text, "Strict");
    }
    // The next item may be about a predicate of that name.
    assert_eq!(items("framework strict\nextends(a, b)").len(), 2);
    let redefinitions = items(
        "redefine symmetric ally(A, B) requires p\nredefine q(A, B) if r\nredefine measure depth(A, B) = p\n\
         redefine classify rank(A, B) as high when p, otherwise low\nplain(A, B) if p",
    );
    let redefines: Vec<bool> = redefinitions
        .iter()
        .map(|item| match &item.kind {
            ItemKind::Rule(rule) => rule.head.redefines.is_some(),
            ItemKind::DefinedMeasure(measure) => measure.head.redefines.is_some(),
            ItemKind::Classification(classification) => classification.head.redefines.is_some(),
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(redefines, [true, true, true, true, false]);
}
