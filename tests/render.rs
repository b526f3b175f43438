//! How timelines, tables and results look, as snapshots.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use insta::assert_snapshot;
use symmachia::explain::Answer;
use symmachia::render::Look;
use symmachia::render::results::{self, Extent, Named, Results, Row, Table};
use symmachia::render::timeline::{CaseTimeline, Step, timelines};
use symmachia::time::{Day, Interval};
use symmachia::verdict::Verdict::{self, Contested, Met, NotApplicable, NotMet, Undetermined};

fn day(year: i16, month: u8, day: u8) -> Day {
    Day::from_parts(year, month, day).unwrap()
}

fn days(first: (i16, u8, u8), last: (i16, u8, u8)) -> Interval {
    Interval::new(day(first.0, first.1, first.2), day(last.0, last.1, last.2)).unwrap()
}

fn years(first: i16, last: i16) -> Interval {
    days((first, 1, 1), (last, 12, 31))
}

fn stans() -> Vec<CaseTimeline> {
    let case = |label: &str, spans: Vec<(Interval, Verdict)>| CaseTimeline { label: label.to_owned(), spans };
    vec![
        case(
            "Russia, Kazakhstan",
            vec![(days((1991, 12, 16), (1992, 5, 14)), Undetermined), (days((1992, 5, 15), (2014, 1, 12)), Met)],
        ),
        case(
            "Russia, Uzbekistan",
            vec![
                (days((1991, 1, 1), (1991, 12, 25)), NotApplicable),
                (days((1991, 12, 26), (1992, 5, 14)), Undetermined),
                (days((1992, 5, 15), (1999, 1, 1)), Met),
                (days((1999, 1, 2), (1999, 12, 30)), Undetermined),
                (days((1999, 12, 31), (2006, 1, 1)), NotMet),
                (days((2006, 1, 2), (2012, 6, 28)), Contested),
                (days((2012, 6, 29), (2014, 1, 12)), NotMet),
            ],
        ),
        case("Russia, Turkmenistan", vec![(days((1991, 12, 26), (2014, 1, 12)), NotMet)]),
        case("Russia, Russia", vec![]),
    ]
}

#[test]
fn timelines_are_drawn_in_eighty_columns() {
    let drawn = timelines(&stans(), days((1991, 1, 1), (2014, 1, 12)), Step::Days, &Look::HUMAN);
    assert!(drawn.lines().all(|line| line.chars().count() <= 80), "{drawn}");
    assert_snapshot!(drawn);
}

#[test]
fn timelines_in_ascii() {
    let drawn = timelines(&stans(), days((1991, 1, 1), (2014, 1, 12)), Step::Days, &Look::PLAIN);
    assert!(drawn.is_ascii() && drawn.lines().all(|line| line.len() <= 80), "{drawn}");
    assert_snapshot!(drawn);
}

#[test]
fn colours_are_added_to_signs_and_change_nothing_else() {
    let look = Look { colour: true, ..Look::HUMAN };
    let period = days((1991, 1, 1), (2014, 1, 12));
    let coloured = timelines(&stans(), period, Step::Days, &look);
    assert!(coloured.contains('\u{1b}'));
    let stripped = anstream::adapter::strip_str(&coloured).to_string();
    assert_eq!(stripped, timelines(&stans(), period, Step::Days, &Look::HUMAN));
}

#[test]
fn long_labels_stand_on_a_line_of_their_own() {
    let cases = [CaseTimeline {
        label: "Democratic People's Republic of Korea, Union of Soviet Socialist Republics".to_owned(),
        spans: vec![(years(1961, 1990), Met), (years(1991, 1995), NotMet)],
    }];
    assert_snapshot!(timelines(&cases, years(1950, 1999), Step::Years, &Look::HUMAN));
}

#[test]
fn years_before_christ() {
    let cases =
        [CaseTimeline { label: "athens, corcyra".to_owned(), spans: vec![(days((-432, 8, 1), (-403, 12, 31)), Met)] }];
    assert_snapshot!(timelines(&cases, years(-434, -403), Step::Days, &Look::PLAIN));
}

#[test]
fn axes_from_days_to_the_whole_calendar() {
    let mut all = String::new();
    for period in [
        days((1999, 4, 2), (1999, 4, 2)),
        days((1999, 4, 2), (1999, 4, 9)),
        days((1999, 4, 2), (1999, 9, 9)),
        days((1999, 4, 2), (2001, 9, 9)),
        years(1816, 2012),
        years(-500, 500),
        Interval::ALL,
    ] {
        let cases = [CaseTimeline { label: "a, b".to_owned(), spans: vec![(period, Contested)] }];
        all.push_str(&format!("{} to {}\n", period.first, period.last));
        all.push_str(&timelines(&cases, period, Step::Days, &Look::PLAIN));
        all.push('\n');
    }
    assert_snapshot!(all);
}

#[test]
fn the_ends_of_the_calendar_are_not_told_as_dates() {
    let spans = vec![
        (Interval { first: Day::FIRST, last: day(1992, 5, 14) }, NotMet),
        (Interval { first: day(1992, 5, 15), last: Day::LAST }, Met),
    ];
    let cases = [CaseTimeline { label: "a, b".to_owned(), spans }];
    let drawn = timelines(&cases, Interval::ALL, Step::Days, &Look::PLAIN);
    assert!(drawn.contains("not met until 1992-05-14; met from 1992-05-15 on"), "{drawn}");
}

fn named(name: &str, label: &str) -> Named {
    Named { name: name.to_owned(), label: label.to_owned() }
}

fn results(extent: Extent, answers: &[(Interval, Answer)]) -> Results {
    let row = |with: Named, spans: &[(Interval, Answer)]| Row {
        individuals: vec![named("russia", "Russia"), with],
        spans: spans.to_vec(),
    };
    let table =
        |name: &str, rows: Vec<Row>| Table { name: name.to_owned(), roles: vec!["A".to_owned(), "B".to_owned()], rows };
    let rows = vec![
        row(named("kazakhstan", "Kazakhstan"), answers),
        row(named("ivory_coast", "Côte d'Ivoire"), &answers[..1]),
        row(named("russia", "Russia"), &[]),
    ];
    Results { extent, tables: vec![table("de_jure.ally", rows.clone()), table("de_facto.ally", rows)] }
}

fn verdicts(spans: &[(Interval, Verdict)]) -> Vec<(Interval, Answer)> {
    spans.iter().map(|(span, verdict)| (*span, Answer::Verdict(*verdict))).collect()
}

#[test]
fn results_over_a_period() {
    let answers = verdicts(&[(years(1992, 1998), Met), (years(1999, 2014), Contested)]);
    let results = results(Extent::Period(years(1991, 2014)), &answers);
    assert_snapshot!("period_text", results::text(&results, &Look::HUMAN));
    assert_snapshot!("period_csv", results::csv(&results));
    assert_snapshot!("period_json", results::json(&results));
}

#[test]
fn results_on_a_day() {
    let moment = days((2014, 1, 12), (2014, 1, 12));
    let results = results(Extent::Day(moment.first), &verdicts(&[(moment, Undetermined)]));
    assert_snapshot!("day_text", results::text(&results, &Look::HUMAN));
    assert_snapshot!("day_plain", results::text(&results, &Look::PLAIN));
    assert_snapshot!("day_csv", results::csv(&results));
}

#[test]
fn results_by_year() {
    let answers = verdicts(&[(years(1992, 1992), Met), (years(1993, 1993), Met), (years(1994, 1994), NotMet)]);
    let results = results(Extent::Years(years(1991, 1995)), &answers);
    assert_snapshot!("years_text", results::text(&results, &Look::HUMAN));
    assert_snapshot!("years_csv", results::csv(&results));
}

#[test]
fn results_of_a_measure() {
    let span = years(-433, -431);
    let mut results = results(Extent::Period(span), &[(span, Answer::Value("entente".to_owned()))]);
    results.tables.truncate(1);
    assert_snapshot!("value_text", results::text(&results, &Look::HUMAN));
    assert_snapshot!("value_csv", results::csv(&results));
}
