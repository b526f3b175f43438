//! Panels as pandas reads them: types, codes, missing values. Skipped, and said so, where Python or pandas cannot be had.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod python;

use assert_cmd::Command;
use std::path::{Path, PathBuf};
use std::process;
use std::sync::OnceLock;

const PROGRAM: &str = r#"
source s "Source" until 1999
state arden alias cow:2, letters:ARD
state borland alias cow:20, letters:BOR
state corva from 1992 alias letters:COR, padded:007
measure trade(from: state, to: state) in "million USD"
predicate friendly(one: state, other: state)
predicate at_war(one: state, other: state)
ally(A, B) requires friendly and not at_war
friendly(arden, borland) from 1990 ended 1992 [s]
not at_war(arden, borland) [s]
at_war(borland, arden) in 1991 [s]
not at_war(borland, arden) in 1991 [s]
friendly(borland, arden) in 1991 [s]
trade(arden, borland) = 2.5 in 1991 [s]
"#;

const SCRIPT: &str = r#"
import sys
import pandas as pd
import pandas.api.types as types

folder = sys.argv[1]
csv = pd.read_csv(folder + "/panel.csv")
xlsx = pd.read_excel(folder + "/panel.xlsx") if len(sys.argv) > 2 else None
lines = pd.read_json(folder + "/panel.jsonl", lines=True)
for panel in [csv, xlsx, lines]:
    if panel is None:
        continue
    assert list(panel.columns) == [
        "A", "B", "A_cow", "A_letters", "B_cow", "B_letters", "year", "ally", "ally_met", "trade"], list(panel.columns)
    # Two states for four years in both orders, and the third with each of them for two.
    assert len(panel) == 2 * 4 + 4 * 2, len(panel)
    assert types.is_integer_dtype(panel["year"]), panel.dtypes
    assert types.is_numeric_dtype(panel["A_cow"]) and types.is_numeric_dtype(panel["ally_met"]), panel.dtypes
    assert types.is_numeric_dtype(panel["trade"]), panel.dtypes
    one = panel.set_index(["A", "B", "year"])
    case = one.loc[("arden", "borland", 1991)]
    assert (case["A_cow"], case["A_letters"], case["ally"], case["ally_met"], case["trade"]) == (2, "ARD", "met", 1, 2.5), case
    assert one.loc[("arden", "borland", 1993)]["ally_met"] == 0
    contested = one.loc[("borland", "arden", 1991)]
    assert contested["ally"] == "contested" and pd.isna(contested["ally_met"]) and pd.isna(contested["trade"]), contested
    corva = one.loc[("corva", "arden", 1992)]
    assert pd.isna(corva["A_cow"]) and corva["B_cow"] == 2 and corva["ally"] == "undetermined", corva
    assert set(panel["ally_met"].dropna()) == {0, 1}
    assert panel.groupby(["A", "B", "year"]).size().max() == 1
if xlsx is not None:
    pd.testing.assert_frame_equal(csv, xlsx)
# Codes with zeros before them are words, and stay so where a reader is told that they are.
padded = pd.read_csv(folder + "/padded.csv", dtype={"A_padded": str})
assert set(padded["A_padded"].dropna()) == {"007"}, padded
if xlsx is not None:
    padded = pd.read_excel(folder + "/padded.xlsx", dtype={"A_padded": str})
    assert set(padded["A_padded"].dropna()) == {"007"}, padded
spells = pd.read_csv(folder + "/spells.csv", parse_dates=["from", "until"])
assert types.is_datetime64_any_dtype(spells["from"]) and types.is_datetime64_any_dtype(spells["until"]), spells.dtypes
assert (spells["until"].dropna() >= spells.loc[spells["until"].notna(), "from"]).all()
codebook = open(folder + "/panel.md").read()
assert all(f"\n### {name}\n" in codebook for name in csv.columns), codebook
print("pandas", pd.__version__, "reads them")
"#;

/// Counts from the published tables themselves, by pandas alone, held against the panels.
const PUBLISHED: &str = r#"
import sys
import pandas as pd
import pandas.api.types as types

folder, data = sys.argv[1], sys.argv[2]

# Who was on opposite sides of a dispute in a year: spells that share a day, a day that is not known widened to its month.
mid = pd.read_csv(data + "/midb_5.0.csv", na_values=["-9"])
def first(year, month, day):
    return pd.to_datetime(pd.DataFrame({"year": mid[year], "month": mid[month], "day": mid[day].fillna(1)}))
mid["start"] = first("styear", "stmon", "stday")
mid["end"] = first("endyear", "endmon", "endday")
mid.loc[mid["endday"].isna(), "end"] += pd.offsets.MonthEnd(0)
one, other = mid[mid["sidea"] == 1], mid[mid["sidea"] == 0]
pairs = one.merge(other, on="dispnum", suffixes=("_1", "_2"))
pairs["first"] = pairs[["start_1", "start_2"]].max(axis=1)
pairs["last"] = pairs[["end_1", "end_2"]].min(axis=1)
pairs = pairs[pairs["first"] <= pairs["last"]]
wanted = set()
for row in pairs.itertuples():
    for year in range(row.first.year, row.last.year + 1):
        wanted.add((row.dispnum, row.ccode_1, row.ccode_2, year))
        wanted.add((row.dispnum, row.ccode_2, row.ccode_1, year))
panel = pd.read_csv(folder + "/opposed.csv")
assert list(panel.columns) == ["D", "A", "B", "D_mid", "A_cow", "B_cow", "year", "opposed", "opposed_met"], list(panel.columns)
for column in ["D_mid", "A_cow", "B_cow", "year", "opposed_met"]:
    assert types.is_integer_dtype(panel[column]), panel.dtypes
found = set(panel[["D_mid", "A_cow", "B_cow", "year"]].itertuples(index=False, name=None))
assert len(found) == len(panel) and found == wanted, (len(panel), len(found), len(wanted))
disputes = len(found)

# Whose imports come by 5 % or more from one state, in the years of which no flow into the importer is missing.
trade = pd.read_csv(data + "/trade_4.0_dyadic.csv", na_values=["-9"])
flows = pd.concat([
    trade[["ccode1", "ccode2", "year", "flow1"]].set_axis(["A", "B", "year", "flow"], axis=1),
    trade[["ccode2", "ccode1", "year", "flow2"]].set_axis(["A", "B", "year", "flow"], axis=1),
])
of = flows.groupby(["A", "year"])["flow"]
flows["share"] = flows["flow"] / of.transform("sum")
known = of.transform("count") == of.transform("size")
leaning = flows[known & (flows["share"] >= 0.05)]
panel = pd.read_csv(folder + "/leans_on.csv")
assert list(panel.columns) == ["A", "B", "year", "leans_on", "leans_on_met", "trade_share"], list(panel.columns)
assert types.is_integer_dtype(panel["A"]) and types.is_float_dtype(panel["trade_share"]), panel.dtypes
joined = panel.merge(leaning, on=["A", "B", "year"], how="outer", indicator=True)
assert (joined["_merge"] == "both").all(), joined[joined["_merge"] != "both"]
assert ((joined["trade_share"] - joined["share"]).abs() < 1e-9).all()
by_year = panel.groupby("year").size()
assert by_year.equals(leaning.groupby("year").size())
print(f"pandas counts {disputes} rows of disputes and {len(panel)} of trade, as the panels do")
"#;

/// A Python with pandas.
fn python() -> Result<PathBuf, String> {
    static MADE: OnceLock<Result<PathBuf, String>> = OnceLock::new();
    MADE.get_or_init(|| python::with("panel_pandas", &["pandas", "openpyxl"])).clone()
}

#[test]
fn pandas_reads_the_panels() {
    let python = match python() {
        Ok(python) => python,
        Err(why) => {
            eprintln!("skipped: no Python with pandas and openpyxl: {}", why.trim());
            return;
        }
    };
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("p.ally"), PROGRAM).unwrap();
    let write = |words: &str| {
        let mut command = Command::cargo_bin("symmachia").unwrap();
        command.current_dir(folder.path()).arg("eval").args(words.split_whitespace()).arg("p.ally").assert().success();
    };
    let has_excel = cfg!(feature = "excel");
    let mut files = vec!["csv", "jsonl"];
    if has_excel {
        files.push("xlsx");
    }
    for ending in &files {
        write(&format!("ally --by year --in 1990..1993 --codes cow,letters --with trade --output panel.{ending}"));
        write(&format!("ally --by year --in 1990..1993 --codes padded --output padded.{ending}"));
    }
    write("ally --by year --in 1990..1993 --codes cow,letters --with trade --output panel.csv --codebook panel.md");
    write("ally --spells --in 1990..1993 --output spells.csv");
    let mut script = process::Command::new(python);
    script.args(["-c", SCRIPT, &folder.path().display().to_string()]);
    if has_excel {
        script.arg("xlsx");
    }
    let output = script.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    eprintln!("{}", String::from_utf8_lossy(&output.stdout).trim());
}

/// Panels of the published tables, where `SYMMACHIA_DATA` names a folder with them.
#[test]
fn pandas_counts_in_the_published_tables_what_their_panels_count() {
    let data = std::env::var_os("SYMMACHIA_DATA").map(PathBuf::from).filter(|folder| !folder.as_os_str().is_empty());
    let Some(data) = data.map(|folder| std::fs::canonicalize(folder).unwrap()) else {
        eprintln!("skipped: SYMMACHIA_DATA names no folder with published tables");
        return;
    };
    let python = match python() {
        Ok(python) => python,
        Err(why) => {
            eprintln!("skipped: no Python with pandas and openpyxl: {}", why.trim());
            return;
        }
    };
    let folder = tempfile::tempdir().unwrap();
    let panel = |example: &str, table: &str, words: &str| {
        let written = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("examples/tables/{example}.ally"));
        let sample = format!("import \"{example}_sample.csv\"");
        let written = std::fs::read_to_string(written).unwrap();
        assert!(written.contains(&sample));
        let program = written.replace(&sample, &format!("import \"{}\"", data.join(table).display()));
        let file = format!("{example}.ally");
        std::fs::write(folder.path().join(&file), program).unwrap();
        let mut command = Command::cargo_bin("symmachia").unwrap();
        command.current_dir(folder.path()).arg("eval").args(words.split_whitespace()).arg(file).assert().success();
    };
    let opposed = "opposed --by year --in 1816..2014 --verdict met --codes mid,cow --output opposed.csv";
    panel("disputes", "midb_5.0.csv", opposed);
    let leans_on = "leans_on --by year --in 1870..2014 --verdict met --with trade_share --output leans_on.csv";
    panel("trade", "trade_4.0_dyadic.csv", leans_on);
    let mut script = process::Command::new(python);
    script.args(["-c", PUBLISHED, &folder.path().display().to_string(), &data.display().to_string()]);
    let output = script.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    eprintln!("{}", String::from_utf8_lossy(&output.stdout).trim());
}
