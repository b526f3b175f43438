//! The command line from outside: what it prints, and how it ends.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use assert_cmd::Command;
use insta::assert_snapshot;
use std::path::Path;
use tempfile::TempDir;

#[path = "cli/words.rs"]
mod words;

const SKETCH: &str = "\
ally(A, B) requires mutual_defense and no_pressure
mutual_defense(russia, kazakhstan) from 1992
not no_pressure(russia, kazakhstan) from 1994
";

/// A folder with some files.
fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, content) in files {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, content).unwrap();
    }
    folder
}

struct Ended {
    status: i32,
    output: String,
    errors: String,
}

impl Ended {
    /// Both streams, one after the other.
    fn all(&self) -> String {
        let errors =
            if self.errors.is_empty() { String::new() } else { format!("\n(on standard error)\n{}", self.errors) };
        format!("exit status {}\n{}{errors}", self.status, self.output)
    }
}

fn command(folder: &Path, words: &[&str]) -> Command {
    let mut command = Command::cargo_bin("symmachia").unwrap();
    command.current_dir(folder).args(words).env_remove("CLICOLOR_FORCE").env_remove("COLUMNS");
    command
}

fn run(folder: &Path, words: &[&str]) -> Ended {
    ended(&mut command(folder, words))
}

fn ended(command: &mut Command) -> Ended {
    let output = command.output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    Ended { status: output.status.code().unwrap(), output: text(output.stdout), errors: text(output.stderr) }
}

#[test]
fn alone_it_tells_what_to_do_first() {
    let ended = run(Path::new("."), &[]);
    assert_eq!((ended.status, ended.errors.as_str()), (0, ""));
    assert_snapshot!(ended.output);
}

#[test]
fn help_of_every_verb_has_an_example() {
    for verb in ["check", "eval", "compare", "explain", "next", "diff", "explain-code", "library"] {
        let ended = run(Path::new("."), &[verb, "--help"]);
        assert_eq!(ended.status, 0);
        assert!(ended.output.contains("Example"), "{}", ended.output);
        assert!(ended.output.contains(&format!("symmachia {verb}")), "{}", ended.output);
    }
    let ended = run(Path::new("."), &["--help"]);
    assert!(ended.output.contains("Exit status"), "{}", ended.output);
    assert!(run(Path::new("."), &["--version"]).output.starts_with("symmachia "));
}

const SIDES: &str = "\
source atop \"ATOP 5.1\"
source cow \"Formal Alliances 4.1\"
predicate obliged(by: state, to: state)
ally(A, B) requires mutually obliged
mutually obliged(russia, belarus) from 1997 [atop]
not obliged(belarus, russia) from 2000 until 2010 [cow, \"p. 12\"]
obliged(russia, armenia)
not obliged(armenia, russia) in 2005 [cow]
complete obliged from 1990 [atop]
cases ally over russia, {belarus, armenia}
";

#[test]
fn parts_of_the_sources_are_heard() {
    let folder = folder(&[("sides.ally", SIDES)]);
    let verdicts = |words: &[&str]| {
        let ended = run(
            folder.path(),
            &[&["eval", "ally", "--on", "2005-01-01", "--format", "csv", "sides.ally"], words].concat(),
        );
        assert_eq!(ended.status, 0, "{}", ended.all());
        ended.output.lines().skip(1).map(|line| line.split(',').nth(3).unwrap().to_owned()).collect::<Vec<_>>()
    };
    // Armenia comes before Belarus.
    assert_eq!(verdicts(&[]), ["not met", "contested"]);
    // What the other source said of Armenia is open, though the record is complete.
    assert_eq!(verdicts(&["--without", "cow"]), ["undetermined", "met"]);
    assert_eq!(verdicts(&["--according-to", "atop"]), ["undetermined", "met"]);
    assert_eq!(verdicts(&["--without=atop"]), ["not met", "not met"]);
    assert_eq!(verdicts(&["--according-to", "atop,cow"]), ["not met", "contested"]);
    // What is said without a source stays.
    let ended = run(
        folder.path(),
        &["eval", "obliged", "--without", "atop,cow", "--in", "2005", "--format", "csv", "sides.ally"],
    );
    assert!(ended.output.contains("obliged,russia,armenia,met,"), "{}", ended.all());
    assert!(!ended.output.contains("not met"), "{}", ended.all());
    let ended = run(folder.path(), &["check", "--without", "cow", "sides.ally"]);
    assert!(ended.output.ends_with("; without what cow says\n"), "{}", ended.all());
    let ended = run(folder.path(), &["check", "--without", "cow", "--according-to", "atop", "sides.ally"]);
    assert_eq!(ended.status, 2, "{}", ended.all());
}

#[test]
fn an_explanation_shows_which_source_is_preferred_and_what_is_set_aside() {
    let preferring = format!("{SIDES}\nprefer atop over cow for obliged from 1990 \"read in the original\"\n");
    let folder = folder(&[("sides.ally", &preferring)]);
    let question = ["explain", "ally(russia, belarus)", "--on", "2005-01-01", "sides.ally"];
    let ended = run(folder.path(), &[&question[..], &["--format", "json"]].concat());
    let told: serde_json::Value = serde_json::from_str(&ended.output).unwrap();
    assert_eq!(told["answer"], "met");
    let roles: Vec<&str> =
        told["facts"].as_array().unwrap().iter().map(|fact| fact["role"].as_str().unwrap()).collect();
    assert!(roles.contains(&"says otherwise, and is set aside"), "{roles:?}");
    assert!(roles.contains(&"decides it: the two say opposite things, and atop is preferred over cow"), "{roles:?}");
    // Without the one that is preferred nothing is set aside.
    let ended = run(folder.path(), &[&question[..], &["--without", "atop", "--format", "plain"]].concat());
    assert!(ended.output.starts_with("not met") && !ended.output.contains("set aside"), "{}", ended.all());
    assert!(ended.output.ends_with("  without what atop says\n"), "{}", ended.all());
}

#[test]
fn the_library_is_listed_and_printed() {
    let says = |words: &[&str]| {
        let ended = run(Path::new("."), words);
        assert_eq!((ended.status, ended.errors.as_str()), (0, ""), "{words:?}");
        ended.output
    };
    for format in ["human", "plain", "json"] {
        let list = says(&["library", "--format", format]);
        for file in symmachia::library::Library::SHIPPED.files() {
            assert!(list.contains(file.name()), "{list}");
        }
    }
    let text = symmachia::library::Library::SHIPPED.find("states").unwrap().text;
    assert_eq!(says(&["library", "states"]), text);
    assert_eq!(says(&["library", "states", "--format", "plain"]), text);
    let document: serde_json::Value = serde_json::from_str(&says(&["library", "states", "--format", "json"])).unwrap();
    assert_eq!(document["file"], "library:states.ally");
    assert_eq!(document["sort"], "states");
    assert_eq!(document["text"], text);
    // Where nothing comes near, all names are told.
    let ended = run(Path::new("."), &["library", "cow"]);
    assert_eq!(ended.status, 2);
    assert!(ended.errors.contains("`states`") && ended.errors.contains("`vocabulary`"), "{}", ended.errors);
    // What is printed can be kept and read again.
    let folder = folder(&[("copy.ally", text), ("main.ally", "use library \"states\"\n")]);
    let ended = run(folder.path(), &["check", "."]);
    assert_eq!(ended.status, 0, "{}", ended.all());
    assert!(ended.output.starts_with("3 files, "), "{}", ended.output);
}

#[test]
fn exit_status_tells_what_is_wrong() {
    let expects = |verdict: &str| format!("{SKETCH}expect ally(russia, kazakhstan) in 2000 is {verdict}\n");
    let claims = format!("source s\n{SKETCH}claim ally(russia, kazakhstan) in 2000 is met [s]\n");
    let folder = folder(&[
        ("well.ally", &expects("not met")),
        ("fails.ally", &expects("met")),
        ("claims.ally", &claims),
        ("wrong.ally", "ally(A, B) requires\n"),
        ("warns.ally", "party(russia, cst) [cst]\nally(A, B) requires party\n"),
    ]);
    let status = |words: &[&str]| run(folder.path(), words).status;
    assert_eq!(status(&["check", "well.ally"]), 0);
    assert_eq!(status(&["check", "fails.ally"]), 1);
    assert_eq!(status(&["check", "claims.ally"]), 0);
    assert_eq!(status(&["check", "claims.ally", "--deny", "claims"]), 1);
    assert_eq!(status(&["check", "warns.ally"]), 0);
    assert_eq!(status(&["check", "warns.ally", "--deny", "warnings"]), 1);
    assert_eq!(status(&["check", "warns.ally", "--strict"]), 2);
    assert_eq!(status(&["check", "wrong.ally"]), 2);
    assert_eq!(status(&["check"]), 2);
    // What fails and what is wrong: the worse counts.
    assert_eq!(status(&["check", "fails.ally", "wrong.ally"]), 2);
}

#[test]
fn check_sums_up() {
    let claim = "source s\nclaim ally(russia, kazakhstan) in 2000 is met [s, \"p. 3\"]\n";
    let expect = "expect ally(russia, kazakhstan) in 2000 is not met, failing no_pressure\n";
    let folder = folder(&[("sketch.ally", SKETCH), ("claims.ally", claim), ("expect.ally", expect)]);
    let ended = run(folder.path(), &["check"]);
    assert!(
        ended.output.ends_with("3 files, 2 facts, 1 rule; 1 expectation holds, 1 claim is not borne out\n"),
        "{}",
        ended.all()
    );
    let json = run(folder.path(), &["check", "--format", "json"]);
    let value: serde_json::Value = serde_json::from_str(&json.output).unwrap();
    assert_eq!(value["version"], 1);
    assert_eq!(value["summary"]["claims_not_borne_out"], 1);
    assert_eq!(value["diagnostics"][0]["code"], "symmachia::check::claim_not_borne_out");
    assert_eq!(value["diagnostics"][0]["labels"][0]["file"], "claims.ally");
}

#[test]
fn without_an_expectation_nothing_is_praised() {
    let folder = folder(&[("sketch.ally", SKETCH)]);
    let ended = run(folder.path(), &["check", "sketch.ally"]);
    assert_eq!(ended.all(), "exit status 0\n1 file, 2 facts, 1 rule; no expectation to test\n");
}

/// A case that is named is evaluated alone, over what is listed of its criterion.
#[test]
fn eval_of_one_case() {
    let listed = format!("{SKETCH}cases ally over russia, kazakhstan in 1990..1995\n");
    let folder = folder(&[("sketch.ally", listed.as_str())]);
    let one = run(folder.path(), &["eval", "ally(kazakhstan, russia)", "--format", "csv"]);
    assert_snapshot!(one.all());
    assert_snapshot!(run(folder.path(), &["eval", "ally(kazakhstan, rusia)"]).all());
}

#[test]
fn eval_in_every_format() {
    let folder = folder(&[("sketch.ally", SKETCH)]);
    let mut all = String::new();
    let formats: &[&[&str]] = &[
        &["eval", "sketch.ally"],
        &["eval", "--format", "plain", "sketch.ally"],
        &["eval", "ally", "--in", "1991..1995", "--format", "csv", "sketch.ally"],
        &["eval", "ally", "--in", "1991..1995", "--by", "year", "--format", "csv", "sketch.ally"],
        &["eval", "ally", "--in", "1991..1995", "--by", "year", "--on", "06-30", "--format", "csv", "sketch.ally"],
        &["eval", "--on", "1993-01-01", "--format", "plain", "sketch.ally"],
        &["eval", "--on", "1993-01-01", "--format", "json", "sketch.ally"],
        &[
            "eval",
            "--on",
            "2000-01-01",
            "--assume",
            "no_pressure(russia, kazakhstan)",
            "--format",
            "csv",
            "sketch.ally",
        ],
    ];
    for words in formats {
        let ended = run(folder.path(), words);
        assert_eq!(ended.status, 0, "{}", ended.all());
        all.push_str(&format!("$ symmachia {}\n{}\n", words.join(" "), ended.all()));
    }
    assert_snapshot!(all);
}

#[test]
fn a_framework_s_criterion_is_no_file() {
    let rules = "framework de_jure\nally(A, B) requires obliged\nobliged(russia, kazakhstan) from 1992 until 1999\n";
    let folder = folder(&[("rules.ally", rules)]);
    let ended = run(folder.path(), &["eval", "de_jure.ally", "rules.ally", "--format", "csv"]);
    assert_eq!(ended.status, 0, "{}", ended.all());
    assert!(ended.output.contains("de_jure.ally,"), "{}", ended.all());
    let ended = run(folder.path(), &["explain", "de_jure.ally(russia, kazakhstan)", "rules.ally"]);
    assert_eq!(ended.status, 0, "{}", ended.all());
}

#[test]
fn explain_answers_about_a_case() {
    let folder = folder(&[("sketch.ally", SKETCH)]);
    let words = ["explain", "ally(russia, kazakhstan)", "--on", "2000-01-01", "sketch.ally"];
    for format in ["human", "plain"] {
        let ended = run(folder.path(), &[&words[..], &["--format", format]].concat());
        assert_eq!(ended.status, 0, "{}", ended.all());
        assert!(ended.output.starts_with("not met"), "{}", ended.all());
    }
    let ended = run(folder.path(), &[&words[..], &["--format", "json"]].concat());
    let value: serde_json::Value = serde_json::from_str(&ended.output).unwrap();
    assert!(value["version"].is_number(), "{}", ended.all());
    let assumed = run(folder.path(), &[&words[..], &["--assume", "no_pressure(russia, kazakhstan)"]].concat());
    assert!(assumed.output.starts_with("contested"), "{}", assumed.all());
}

#[test]
fn plain_output_is_ascii_where_the_user_s_words_are() {
    let folder = folder(&[("sketch.ally", SKETCH), ("wrong.ally", "use \"skecth.ally\"\nally(A, B) requires\n")]);
    for words in [
        ["check", "--format", "plain", "."],
        ["eval", "--format", "plain", "sketch.ally"],
        ["explain", "ally(russia, kazakhstan)", "--format=plain", "sketch.ally"],
    ] {
        let ended = run(folder.path(), &words);
        assert!(ended.all().is_ascii(), "{}", ended.all());
    }
}

#[test]
fn colours_only_where_they_are_wanted() {
    let folder = folder(&[("wrong.ally", "ally(A, B) requires\n"), ("sketch.ally", SKETCH)]);
    for words in [["check", "wrong.ally"], ["eval", "wrong.ally"], ["eval", "sketch.ally"], ["chekc", "wrong.ally"]] {
        let plain = ended(&mut command(folder.path(), &words));
        assert!(!plain.all().contains('\u{1b}'), "no terminal: {}", plain.all());
        let forced = ended(command(folder.path(), &words).env("CLICOLOR_FORCE", "1"));
        assert!(forced.all().contains('\u{1b}'), "forced: {}", forced.all());
        let refused = ended(command(folder.path(), &words).env("NO_COLOR", "1"));
        assert!(!refused.all().contains('\u{1b}'), "refused: {}", refused.all());
    }
}

#[test]
fn standard_input_is_a_file_too() {
    let ended = ended(command(Path::new("."), &["check", "-"]).write_stdin(SKETCH));
    assert_eq!(ended.all(), "exit status 0\n1 file, 2 facts, 1 rule; no expectation to test\n");
}

#[cfg(unix)]
#[test]
fn a_pipe_is_not_waited_for_unless_it_is_open_already() {
    use std::process::Command;
    let folder = folder(&[("rules.ally", "source s \"S\"\nimport \"t.csv\" as row [s] { p(row.a) }\n")]);
    let pipes = ["t.csv", "p.ally"].map(|name| folder.path().join(name));
    assert!(Command::new("mkfifo").args(&pipes).status().unwrap().success());
    for path in ["rules.ally", "p.ally", "."] {
        let ended = ended(command(folder.path(), &["check", path]).timeout(std::time::Duration::from_secs(60)));
        assert!(ended.all().contains("is a named pipe, and the program reads files"), "{}", ended.all());
        assert_eq!(ended.status, 2);
    }
    let ended = ended(command(Path::new("."), &["check", "/dev/stdin"]).write_stdin(SKETCH));
    assert_eq!(ended.all(), "exit status 0\n1 file, 2 facts, 1 rule; no expectation to test\n");
}

#[test]
fn a_reader_that_has_seen_enough_is_no_error() {
    use std::process::{Command, Stdio};
    let facts: String = (0..3_000).map(|number| format!("party(state_{number}, cst) [s{number}]\n")).collect();
    let folder = folder(&[("many.ally", &facts)]);
    let mut child = Command::new(assert_cmd::cargo::cargo_bin("symmachia"))
        .args(["check", "many.ally"])
        .current_dir(folder.path())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
}

#[test]
fn deep_nesting_and_odd_bytes_are_told_and_not_died_of() {
    let deep = format!("ally(A, B) requires {}x{}\n", "(".repeat(100_000), ")".repeat(100_000));
    let folder = folder(&[("deep.ally", &deep), ("empty.ally", ""), ("data/x.csv", "a\n")]);
    std::fs::write(folder.path().join("latin.ally"), b"state x \"C\xf4te\"\n").unwrap();
    for (path, code) in [
        ("deep.ally", "symmachia::syntax::too_deep"),
        ("empty.ally", "symmachia::read::nothing_given"),
        ("latin.ally", "symmachia::read::not_utf8"),
        ("data", "symmachia::read::no_programs_in_folder"),
        ("data/x.csv", "symmachia::read::not_a_program"),
    ] {
        let ended = run(folder.path(), &["check", path]);
        assert_eq!(ended.status, 2, "{}", ended.all());
        assert!(ended.output.contains(code), "{}", ended.all());
        assert!(ended.output.len() < 5_000, "{} bytes", ended.output.len());
    }
}

#[test]
fn pages_are_printed_and_listed() {
    let page = include_str!("../docs/errors/read/missing_use.md");
    for words in [
        &["explain-code", "symmachia::read::missing_use"][..],
        &["explain-code", "missing_use"],
        &["--explain", "read::missing_use"],
    ] {
        assert_eq!(run(Path::new("."), words).output, page);
    }
    let list = run(Path::new("."), &["explain-code"]);
    assert_eq!(list.status, 0);
    for code in ["symmachia::cli::day_wanted", "symmachia::read::missing_use", "symmachia::syntax::unclosed"] {
        assert!(list.output.contains(code), "{}", list.output);
    }
}

const FIRST: &str = "\
source atlas \"The Atlas\"
ally(A, B) requires mutual_defense and no_pressure
mutual_defense(russia, kazakhstan) from 1992 [atlas, \"p. 1\"]
not no_pressure(russia, kazakhstan) from 1994 until 1999
no_pressure(russia, kazakhstan) from 2000
no_pressure(russia, belarus) from 1992
state armenia
cases ally over russia, {armenia, belarus, kazakhstan} in 1990..2010
";

#[test]
fn next_and_diff_in_every_format() {
    let second = FIRST
        .replace("from 1994 until 1999", "from 1994 until 1997")
        .replace(" and no_pressure", " and  # or\n no_pressure");
    let folder = folder(&[("first.ally", FIRST), ("second.ally", &second)]);
    let mut all = String::new();
    let mut tell = |words: &[&str]| {
        let ended = run(folder.path(), words);
        assert_eq!((ended.status, ended.errors.as_str()), (0, ""), "{words:?}\n{}", ended.all());
        all.push_str(&format!("$ symmachia {}\n{}\n", words.join(" "), ended.output));
    };
    for format in ["human", "plain", "json", "csv"] {
        tell(&["next", "--on", "1996-01-01", "first.ally", "--limit", "2", "--format", format]);
    }
    tell(&["next", "first.ally", "--limit", "1"]);
    for format in ["human", "plain", "json", "csv", "markdown", "latex"] {
        tell(&["diff", "first.ally", "second.ally", "--format", format]);
        tell(&[
            "diff",
            "--each",
            "source,fact,condition,parameter",
            "first.ally",
            "--in",
            "1992..2005",
            "--format",
            format,
        ]);
    }
    tell(&["diff", "first.ally", "first.ally"]);
    tell(&[
        "diff",
        "first.ally",
        "--assume",
        "mutual_defense(russia, armenia)",
        "--without",
        "atlas",
        "--on",
        "1993-01-01",
    ]);
    assert_snapshot!(all);
}

#[test]
fn a_framework_in_the_place_of_a_criterion_is_called_one() {
    let folder = folder(&[("strict.ally", "framework strict\nally(A, B) requires bound\nbound(A, B) if tied(A, B)\n")]);
    for verb in ["eval", "next", "diff"] {
        let ended = run(folder.path(), &[verb, "strict", "strict.ally", "strict.ally"]);
        let told =
            "`strict` is a framework, and no criterion\n  help: name a criterion of it: `strict.ally`, `strict.bound`";
        assert!(ended.status == 2 && ended.errors.contains(told), "{verb}: {}", ended.all());
    }
}

#[test]
fn a_whole_number_is_varied_by_the_share_that_is_asked_for() {
    let rules = "measure trade(of: state, with: state)\nparameter much = 40\n\
                 trade(arden, borland) = 40 in 1990\nally(A, B) requires trade(A, B) >= much\n";
    let folder = folder(&[("ports.ally", rules)]);
    let varied = |by: &str| {
        run(folder.path(), &["diff", "--each", "parameter", "--by", by, "ally", "ports.ally", "--on", "1990-06-01"])
    };
    assert!(varied("50%").output.contains("much = 60"), "{}", varied("50%").all());
    let none = run(folder.path(), &["diff", "--each", "parameter", "ally", "ports.ally", "--on", "1999-06-01"]);
    assert!(none.output.contains("none turns a verdict\nno verdict turns by: much = 36; much = 44"), "{}", none.all());
    assert!(varied("50%").output.contains("met → not met"), "{}", varied("50%").all());
    assert!(
        varied("1%").output.contains("much = 39") && varied("1%").output.contains("much = 41"),
        "{}",
        varied("1%").all()
    );
}

/// What a separating case says holds under the settings under which it was found, and the case says which.
#[test]
fn a_separating_case_can_be_run_as_it_is_printed() {
    let rules = "\
parameter needed = 2
parameter share = 10%
predicate pact(a: state, b: state)
predicate visit(a: state, b: state)
loose(A, B) requires at least needed of (pact, visit)
tight(A, B) requires pact and visit
";
    let folder = folder(&[("rules.ally", rules)]);
    let words = ["compare", "loose", "tight", "rules.ally", "--logic", "--set", "needed = 1", "--set", "share=5%"];
    let compared = run(folder.path(), &words);
    assert_eq!(compared.status, 0, "{}", compared.errors);
    let case: String = compared
        .output
        .lines()
        .skip_while(|line| *line != "loose without tight:")
        .skip(2)
        .take_while(|line| !line.is_empty())
        .map(|line| format!("{}\n", line.trim_start()))
        .collect();
    std::fs::write(folder.path().join("case.ally"), &case).unwrap();
    let command = case.lines().next().unwrap().strip_prefix("# symmachia ").unwrap();
    assert_eq!(command, "check --set 'needed = 1' --set share=5% FILE");
    let checked = run(folder.path(), &["check", "--set", "needed = 1", "--set", "share=5%", "case.ally"]);
    assert_eq!(checked.status, 0, "{}{}", checked.output, checked.errors);
    assert_eq!(run(folder.path(), &["check", "case.ally"]).status, 1, "the setting matters");
    assert_snapshot!(compared.output);
}
