//! What is typed, in whatever form, and what is typed wrongly first.

use super::{SIDES, SKETCH, folder, run};
use insta::assert_snapshot;
use std::path::Path;

#[test]
fn mistakes_of_the_first_minute() {
    let folder = folder(&[
        ("sketch.ally", SKETCH),
        ("rules/other.ally", SKETCH),
        ("states.ally", "use library \"states\"\nally(A, B) requires mutual_defense\n"),
        ("sheets/dyads.csv", "ccode1,abb1,ccode2,abb2,year\n2,USA,20,CAN,1990\n"),
        ("sheets/pairs.tab", "id\tState A\tState B\n1\tUSA\tCAN\n"),
        ("sheets/old.dta", "\u{1}\u{2}"),
        ("trade.ally", DOUBTFUL_TRADE),
        ("trade.csv", "from,to,trade\nrussia,armenia,5\nrussia,belarus,about 300\n"),
    ]);
    let mistakes: &[&[&str]] = &[
        &["sketch.ally"],
        &["sketch.ally", "--in", "1992"],
        &["sheets/dyads.csv"],
        &["sketch"],
        &["init"],
        &["check", "sheets"],
        &["eval", "russia", "sketch.ally"],
        &["eval", "ally", "sketch.ally", "--in", "1992", "2014"],
        &["eval", "--by", "month", "sketch.ally"],
        &["eval", "--on", "07-01", "sketch.ally"],
        &["explain", "ally", "sketch.ally"],
        &["explain", "ally(russia, kazakhstan) on 1999-01-01", "sketch.ally"],
        &["explain", "is russia an ally?", "sketch.ally"],
        &["ally", "sketch.ally"],
        &["ally(russia, kazakhstan)", "sketch.ally"],
        &["why", "ally(russia, kazakhstan)", "sketch.ally"],
        &["chekc", "sketch.ally"],
        &["check", "sheets/dyads.csv"],
        &["eval", "sheets/pairs.tab", "sketch.ally"],
        &["eval", "sheets/old.dta"],
        &["eval", "sheets/dyad.csv", "sketch.ally"],
        &["eval", "ally", "sketch"],
        &["explain", "ally(russia, kazakhstan)", "sketch"],
        &["diff", "sketch", "rules/other.ally"],
        &["check", "skecth.ally"],
        &["check", "sketch.ally", "--frmat", "plain"],
        &["eval", "aly", "sketch.ally"],
        &["eval", "aly.ally"],
        &["eval", "--on", "1999", "sketch.ally"],
        &["eval", "--on", "1999-02-30", "sketch.ally"],
        &["eval", "--in", "2014..1992", "sketch.ally"],
        &["eval", "--in", "from 1991", "sketch.ally"],
        &["eval", "--in", "1990..", "sketch.ally"],
        &["eval", "--in", "..1995", "sketch.ally"],
        &["eval", "--in", "1990 1995", "sketch.ally"],
        &["eval", "--in", "1990..95", "sketch.ally"],
        &["eval", "--in", "433..404", "sketch.ally"],
        &["eval", "--in", "-433", "sketch.ally"],
        &["eval", "--in", "-433..-404", "sketch.ally"],
        &["explain", "ally(russia, kazakhstan)", "--on", "-433-05-01", "sketch.ally"],
        &["eval", "--in", "1990s", "sketch.ally"],
        &["eval", "--in", "12000", "sketch.ally"],
        &["eval", "--in", "all", "sketch.ally"],
        &["eval", "--on", "today", "sketch.ally"],
        &["eval", "--on", "06-1990", "sketch.ally"],
        &["eval", "--on", "1990..1995", "sketch.ally"],
        &["eval", "--in", "yesterday", "sketch.ally"],
        &["eval", "--in", "1992-2014", "sketch.ally"],
        &["eval", "--in", "1992:2014", "sketch.ally"],
        &["eval", "--in", "1992,2014", "sketch.ally"],
        &["eval", "--in", "1992 to 2014", "sketch.ally"],
        &["eval", "--in", "1992-95", "sketch.ally"],
        &["eval", "--year", "1992", "sketch.ally"],
        &["eval", "--from", "1992", "--to", "2014", "sketch.ally"],
        &["eval", "--out", "verdicts.csv", "sketch.ally"],
        &["eval", "-o", "verdicts.csv", "sketch.ally"],
        &["eval", "--csv", "sketch.ally"],
        &["eval", "--file", "sketch.ally"],
        &["eval", "--over", "russia", "sketch.ally"],
        &["eval", "--limit", "3", "sketch.ally"],
        &["eval", "--format", "dta", "sketch.ally"],
        &["check", "--csv", "sketch.ally"],
        &["compare", "--output", "comparison.md", "sketch.ally"],
        &["eval", "--all-days", "sketch.ally"],
        &["eval", "--by", "source", "--all-days", "sketch.ally"],
        &["eval", "--by", "source", "--format", "latex", "sketch.ally"],
        &["explain"],
        &["explain", "sketch.ally"],
        &["explain", "ally", "russia", "kazakhstan", "sketch.ally"],
        &["explain", "ally(russia, kazakhstan)", "ally(kazakhstan, russia)", "sketch.ally"],
        &["explain", "ally(russia, X)", "sketch.ally"],
        &["explain", "ally(Russia, KAZ)", "states.ally"],
        &["explain", "ally(usa, 705)", "states.ally"],
        &["explain", "ally(United States, Kazakhstan)", "states.ally"],
        &["explain", "ally(deu, _)", "states.ally"],
        &["eval", "ally(russia, X)", "sketch.ally"],
        &["explain", "ally(russia)", "sketch.ally"],
        &["explain", "ally(russia, kazakstan)", "sketch.ally"],
        &["explain", "ally(russia, kazakhstan", "sketch.ally"],
        &["next", "aly", "sketch.ally"],
        &["next", "trade", "sketch.ally", "--assume", "measure trade(from: state, to: state)"],
        &["diff", "sketch.ally"],
        &["diff"],
        &["diff", "sketch.ally", "rules/other.ally", "rules"],
        &["diff", "sketch.ally", "new.ally"],
        &["diff", "aly", "sketch.ally", "rules/other.ally"],
        &["diff", "sketch.ally", "--without", "gazeteer"],
        &["diff", "--each", "fact", "--by", "20%", "sketch.ally"],
        &["diff", "--each", "parameter", "--by", "much", "sketch.ally"],
        &["diff", "--each", "fact", "--with", "rules", "sketch.ally"],
        &["check", "--set", "keen", "sketch.ally"],
        &["check", "--set", "keen=5%", "sketch.ally"],
        &["check", "--set", "keen=a lot", "sketch.ally"],
        &["check", "--set", "keen=a", "--assume", "parameter keen = 2%", "sketch.ally"],
        &["eval", "trde", "trade.ally"],
        &["eval", "--set", "keen=5%", "trade.ally"],
        &["diff", "--set", "keen=5%", "trade.ally"],
        &["next", "trade", "trade.ally"],
        &["compare", "allly", "trader", "trade.ally"],
        &["eval", "--according-to", "customs", "trade.ally"],
        &["eval", "--by", "year", "--verdict", "allied", "trade.ally"],
        &["eval", "--by", "year", "--codes", "iso", "--format", "csv", "states.ally"],
        &["compare", "--table", "partings", "sketch.ally"],
        &["compare", "--table", "partings", "--truth-table", "sketch.ally"],
        &["check", "--assume", "party(russia", "sketch.ally"],
        &["explain", "ally(russia, poland)", "states.ally", "--assume", "mutual_defense(ussr, usa)"],
        &["eval", "ally(uk, russia)", "states.ally"],
        &["check", "--without", "gazeteer", "sketch.ally"],
        &["explain-code", "symmachia::read::missing_us"],
        &["library", "vocabluary.ally"],
    ];
    let mut all = String::new();
    for words in mistakes {
        let ended = run(folder.path(), words);
        assert_eq!(ended.status, 2, "{words:?}\n{}", ended.all());
        all.push_str(&format!("$ symmachia {}\n{}\n", words.join(" "), ended.all()));
    }
    // A question about days of which nothing is recorded is answered all the same.
    for time in [["--in", "1700..1750"], ["--in", "90..95"], ["--on", "0433-05-01 BC"]] {
        let words = [&["eval", "ally", "sketch.ally"], &time[..]].concat();
        let ended = run(folder.path(), &words);
        assert_eq!(ended.status, 0, "{words:?}\n{}", ended.all());
        all.push_str(&format!("$ symmachia {}\n{}\n", words.join(" "), ended.errors));
    }
    // What panels refuse is in `tests/panel.rs`.
    let panels = include_str!("../panel.rs");
    let of_words = |code: &str| code.starts_with("symmachia::cli::") && !panels.contains(&format!("\"{code}\""));
    for page in symmachia::pages::PAGES.iter().filter(|page| of_words(page.code)) {
        assert!(all.contains(page.code), "{} is not shown", page.code);
    }
    assert_snapshot!(all);
}

/// A program that is doubted itself, so that it shows what is told first.
const DOUBTFUL_TRADE: &str = "\
source flows \"Customs Statistics\"
parameter keen_trade = 2
parameter least = 1
measure trade(from: state, to: state)
ally(A, B) requires trade(A, B) >= keen_trade
trader(A, B) requires trade(A, B) >= least
import \"trade.csv\" as row [flows] { trade(row.from, row.to) = row.trade in 1990 }
";

#[test]
fn a_time_of_which_nothing_is_recorded_is_noted() {
    let noted = |facts: &str, words: &[&str]| {
        let folder = folder(&[("sketch.ally", &format!("ally(A, B) requires helps\n{facts}\n"))]);
        let ended = run(folder.path(), &[&["eval", "sketch.ally"], words].concat());
        assert_eq!(ended.status, 0, "{}", ended.all());
        ended.errors.contains("symmachia::cli::outside_record")
    };
    let bounded = "helps(russia, armenia) from 1992 until 1995";
    assert!(noted(bounded, &["--in", "1700..1750"]) && noted(bounded, &["--on", "2005-01-01"]));
    assert!(noted(bounded, &["--in", "1700..1750", "--by", "year", "--format", "csv"]));
    assert!(!noted(bounded, &["--in", "1995..2005"]) && !noted(bounded, &[]));
    // What has no end, or no beginning, may tell of it.
    assert!(!noted("helps(russia, armenia) from 1992", &["--in", "2050"]));
    assert!(!noted("helps(russia, armenia) until 1992", &["--in", "1700"]));
    assert!(!noted("helps(russia, armenia)\nhelps(russia, belarus) in 1992", &["--in", "1700"]));
    assert!(!noted("helps(russia, armenia) from 1992 ended 1995", &["--in", "2050"]));
    assert!(!noted(&format!("{bounded}\ncomplete helps"), &["--in", "1700"]));
    let horizon = "source s \"S\" until 2000\nhelps(russia, armenia) from 1992 [s]";
    assert!(noted(horizon, &["--in", "2050"]) && !noted(horizon, &["--in", "1999"]));
}

#[test]
fn a_file_of_the_library_may_be_named_with_its_ending() {
    let printed = |name: &str| run(Path::new("."), &["library", name]).output;
    let vocabulary = printed("vocabulary");
    assert!(!vocabulary.is_empty());
    assert_eq!((printed("vocabulary.ally"), printed("library:vocabulary.ally")), (vocabulary.clone(), vocabulary));
}

#[test]
fn periods_may_be_written_as_in_a_program() {
    let folder = folder(&[("sketch.ally", SKETCH)]);
    let csv = |words: &[&str]| {
        let ended = run(folder.path(), &[words, &["--format", "csv", "sketch.ally"]].concat());
        assert_eq!(ended.status, 0, "{}", ended.all());
        ended.output
    };
    let expected = csv(&["eval", "--in", "1991..1995"]);
    for period in ["in 1991..1995", "from 1991 until 1995", "from 1991-01-01 until 1995-12-31"] {
        assert_eq!(csv(&["eval", "--in", period]), expected, "{period}");
    }
}

#[test]
fn cases_may_be_many() {
    let folder = folder(&[("sides.ally", SIDES)]);
    let cases = |words: &[&str]| {
        let ended =
            run(folder.path(), &[&["eval"], words, &["--on", "2005-01-01", "--format", "csv", "sides.ally"]].concat());
        assert_eq!(ended.status, 0, "{}", ended.all());
        let rows = ended.output.lines().skip(1);
        rows.map(|row| row.split(',').skip(1).take(2).collect::<Vec<_>>().join(" ")).collect::<Vec<_>>()
    };
    let of_russia = ["russia armenia", "russia belarus"];
    assert_eq!(cases(&["ally(russia, _)"]), of_russia);
    assert_eq!(cases(&["ally(russia, state)"]), of_russia);
    assert_eq!(cases(&["ally(russia, {armenia, belarus})"]), of_russia);
    assert_eq!(cases(&["ally(_, russia)"]), ["armenia russia", "belarus russia"]);
    assert_eq!(cases(&["ally(_, _)"]).len(), 6);
    assert_eq!(cases(&["ally(russia, _)", "ally(armenia, belarus)"]).len(), 3);
    // The capitals of a code are not taken for variables, and a case with a time is none.
    for question in ["ally(RUS, _)", "ally(russia, _) in 1999", "not ally(russia, _)"] {
        let ended = run(folder.path(), &["eval", question, "sides.ally"]);
        assert_eq!(ended.status, 2, "{question}");
        assert!(ended.errors.contains("symmachia::model::question_form"), "{question}: {}", ended.errors);
    }
}

#[test]
fn words_of_options_may_have_capitals() {
    let folder = folder(&[("sides.ally", SIDES)]);
    let panel = |words: &[&str]| {
        let ended = run(folder.path(), &[&["eval", "ally", "sides.ally"], words].concat());
        assert_eq!(ended.status, 0, "{}", ended.all());
        ended.output
    };
    assert_eq!(
        panel(&["--by", "Year", "--format", "CSV", "--verdict", "NOT-MET,Met"]),
        panel(&["--by", "year", "--format", "csv", "--verdict", "not-met,met"])
    );
    assert_eq!(panel(&["--format", "md"]), panel(&["--format", "markdown"]));
}
