#!/usr/bin/env python3
"""Times Symmachia beside other engines on made-up evidence with known answers.

The evidence, the check of answers and the encodings for the other engines come from a folder outside of this project: gen.py,
check.py and peers/. Three jobs are run, each as a whole process, from the files to the written answer:

  year   who is an ally, and who is of one bloc, on 1 July of each year
  ally   who is an ally, as longest stretches of days
  bloc   who is of one bloc, as longest stretches of days

Every answer is checked, of each engine and in each run. What is reported are medians. CPU is that of all threads, user and
system; memory is the peak of resident memory. The floor is a program that reads all tables of the workload with the crate csv and
parses every field, and does nothing else; it is the same for each job, though bloc reads two small tables only. On a machine
that does other work besides, only the ratios mean anything.
"""

import argparse
import csv
import json
import os
import platform
import re
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from datetime import date, timedelta
from pathlib import Path

HERE = Path(__file__).resolve().parent
PROJECT = HERE.parent.parent
EXAMPLES = """examples:
  cargo build --release && cargo build --release --example floor
  benches/workload/run.py FOLDER
  benches/workload/run.py FOLDER --k 4 16 --runs 3 --only ours,duckdb --format markdown
  SYMMACHIA_BENCH=FOLDER benches/workload/run.py --jobs bloc --python venv/bin/python"""

OURS, FLOOR = "symmachia", "floor"
PEERS = ["duckdb", "clingo", "swi"]
NAMES = {OURS: "Symmachia", FLOOR: "reading alone", "duckdb": "DuckDB", "clingo": "clingo", "swi": "SWI-Prolog"}
TABLES = ["treaties", "members", "pressure", "trade", "supports"]
# The answers of a job, and what the peers call the job.
ANSWERS = {"year": ["ally_year", "bloc_year"], "ally": ["ally_day"], "bloc": ["bloc_day"]}
TASKS = {"year": "year", "ally": "day", "bloc": "bloc"}
PANEL = "--in 1816..2016 --undirected --codes code --verdict met --format csv".split()
QUESTIONS = {
    "year": [*"eval ally bloc --by year --on 07-01".split(), *PANEL, "alliances.ally", "blocs.ally"],
    "ally": [*"eval ally --spells".split(), *PANEL, "alliances.ally"],
    "bloc": [*"eval bloc --spells".split(), *PANEL, "blocs.ally"],
}
# Rows and checksum by the size of the evidence. Of other sizes it is only known whether the engines agree.
KNOWN = {
    1: {"ally_year": "628 02fd72e698d3", "bloc_year": "43373 e511da814081",
        "ally_day": "450 5c165a05ecf3", "bloc_day": "8057 2232bad54cef"},
    4: {"ally_year": "5361 486bb4090225", "bloc_year": "580360 a9efab99547e",
        "ally_day": "3860 e111d56a857d", "bloc_day": "59673 a1858af35b9d"},
    16: {"ally_year": "33396 ef2e704e4a32", "bloc_year": "1134732 8f4a6c24026f",
         "ally_day": "34968 c5f2d446db7a", "bloc_day": "42703 807c2fb08e6b"},
}


def arguments():
    parser = argparse.ArgumentParser(
        description=__doc__, epilog=EXAMPLES, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("bench", nargs="?", default=os.environ.get("SYMMACHIA_BENCH"), metavar="FOLDER",
                        help="the folder with gen.py, check.py and peers/ [default: SYMMACHIA_BENCH]")
    parser.add_argument("--k", nargs="+", type=int, default=[1, 4], metavar="K",
                        help="sizes of the evidence, about 300,000 rows for each 1, up to every dyad-year there is [default: 1 4]")
    parser.add_argument("--jobs", default="year,ally,bloc", help="which of year,ally,bloc [default: all]")
    parser.add_argument("--only", default=",".join([OURS, *PEERS]), metavar="ENGINES",
                        help="which of symmachia (or ours), duckdb, clingo, swi [default: all that are installed]; the floor is always run")
    parser.add_argument("--runs", type=int, default=5, help="how often each is run [default: 5]")
    parser.add_argument("--limit", type=float, default=120.0, metavar="SECONDS",
                        help="wall time after which a run is ended, and the engine not run again in that job [default: 120]")
    parser.add_argument("--binary", type=Path, help="the program [default: symmachia in target/release]")
    parser.add_argument("--floor", type=Path, help="the floor [default: examples/floor in target/release]")
    parser.add_argument("--rules", type=Path, default=HERE, metavar="FOLDER",
                        help="the folder of the .ally files [default: that of this script]")
    parser.add_argument("--python", default=sys.executable,
                        help="the interpreter that has the packages duckdb and clingo [default: this one]")
    parser.add_argument("--evidence", type=Path, metavar="FOLDER",
                        help="keep the evidence there, in a folder k1, k4, … for each size, and use what is there already "
                             "[default: a temporary folder]")
    parser.add_argument("--format", choices=["human", "markdown", "json"], default="human", help="[default: human]")
    given = parser.parse_args()
    if not given.bench or not (Path(given.bench) / "gen.py").is_file():
        parser.error("no gen.py: name the folder that has it, as an argument or in SYMMACHIA_BENCH")
    if given.runs < 1:
        parser.error("--runs: at least one")
    given.bench = Path(given.bench).resolve()
    release = Path(os.environ.get("CARGO_TARGET_DIR", PROJECT / "target")) / "release"
    given.binary = (given.binary or release / "symmachia").resolve()
    given.floor = (given.floor or release / "examples" / "floor").resolve()
    for path, how in [(given.binary, "cargo build --release"), (given.floor, "cargo build --release --example floor")]:
        if not path.is_file():
            parser.error(f"no {path}: {how}")
    given.jobs = chosen(parser, "--jobs", given.jobs, TASKS, {})
    given.only = chosen(parser, "--only", given.only, [OURS, *PEERS], {"ours": OURS})
    return given


def chosen(parser, option, text, known, other_names):
    names = [other_names.get(name, name) for name in text.split(",")]
    for name in names:
        if name not in known:
            parser.error(f"{option}: {name} is none of {', '.join(known)}")
    return names


def installed(engine, given):
    """The version of a peer, or None."""
    if engine == "swi":
        command = ["swipl", "--version"]
    else:
        command = [given.python, "-c", f"import {engine}; print({engine}.__version__)"]
    if not shutil.which(command[0]):
        return None
    run = subprocess.run(command, capture_output=True, text=True)
    version = re.search(r"\d+(\.\d+)+", run.stdout)
    return version.group() if run.returncode == 0 and version else None


def command(engine, job, given, evidence, out):
    peer, task = given.bench / "peers" / engine, TASKS.get(job)
    match engine:
        case "symmachia":
            return [str(given.binary), *QUESTIONS[job]]
        case "floor":
            return [str(given.floor), *(str(evidence / "csv" / f"{table}.csv") for table in TABLES)]
        case "swi":
            return ["swipl", str(peer / f"{task}.pl"), str(evidence), str(out)]
        case "duckdb":
            return [given.python, str(peer / "run.py"), task, str(evidence), str(out), "1"]
        case _:
            return [given.python, str(peer / "run.py"), task, str(evidence), str(out)]


def measure(words, folder, written, limit):
    """Runs one process to its end. What it took the operating system tells; of memory never less than this script has itself."""
    ended = threading.Event()
    with open(written, "wb") as output, open(f"{written}.said", "wb") as said:
        begin = time.perf_counter()
        process = subprocess.Popen(words, cwd=folder, stdout=output, stderr=said, start_new_session=True)

        def end():
            ended.set()
            os.killpg(process.pid, signal.SIGKILL)

        timer = threading.Timer(limit, end)
        timer.start()
        try:
            _, status, usage = os.wait4(process.pid, 0)
        except BaseException:
            end()
            raise
        finally:
            timer.cancel()
        wall = time.perf_counter() - begin
    process.returncode = os.waitstatus_to_exitcode(status)
    unit = 1 if platform.system() == "Darwin" else 1024
    return {
        "status": f"over {limit:g} s" if ended.is_set() else "done" if process.returncode == 0 else "failed",
        "wall": wall,
        "cpu": usage.ru_utime + usage.ru_stime,
        "memory": usage.ru_maxrss * unit,
    }


def lines_of_panel(panel, out):
    """Our panel as the lines that check.py reads: half open, the codes of the pair first."""
    with open(panel, newline="") as file:
        rows = csv.DictReader(file)
        criteria = [name for name in ("ally", "bloc") if name in (rows.fieldnames or [])]
        yearly = "year" in (rows.fieldnames or [])
        files = {name: open(out / f"{name}_{'year' if yearly else 'day'}.csv", "w") for name in criteria}
        for row in rows:
            if yearly:
                when = row["year"]
            else:
                until = row["until"] and str(date.fromisoformat(row["until"]) + timedelta(days=1))
                when = f"{row['from']},{until}"
            for name in criteria:
                if row[name] == "met":
                    files[name].write(f"{row['A_code']},{row['B_code']},{when}\n")
        for file in files.values():
            file.close()


def checked(job, given, out):
    """The number of rows and the checksum of each answer, as check.py has them; None where there is none."""
    found = {}
    for answer in ANSWERS[job]:
        path = out / f"{answer}.csv"
        run = subprocess.run([sys.executable, str(given.bench / "check.py"), str(path)], capture_output=True, text=True)
        match = re.search(r"rows=(\d+) distinct=\1 sha1=(\w+)", run.stdout)
        found[answer] = f"{match.group(1)} {match.group(2)}" if match else None
    return found


def run_engine(engine, job, given, evidence, out):
    """All runs of one engine at one job; of the floor, which has none, at all tables."""
    runs, answers = [], []
    for number in range(given.runs):
        shutil.rmtree(out, ignore_errors=True)
        out.mkdir()
        written = out / "written"
        runs.append(measure(command(engine, job, given, evidence, out), evidence, written, given.limit))
        progress(f"{evidence.name} {job or ''} {NAMES[engine]} {number + 1}/{given.runs}: {runs[-1]['wall']:.2f} s")
        if runs[-1]["status"] != "done":
            said = Path(f"{written}.said").read_text(errors="replace").strip()
            return {"status": runs[-1]["status"], "said": said[-2000:], "runs": runs, "answers": None}
        if engine == OURS:
            lines_of_panel(written, out)
        if engine != FLOOR:
            answers.append(checked(job, given, out))
    steady = all(answer == answers[0] for answer in answers)
    return {
        "status": "done" if steady else "answers differ from run to run",
        "runs": runs,
        "answers": answers[0] if answers else None,
        **{what: statistics.median(run[what] for run in runs) for what in ("wall", "cpu", "memory")},
    }


def judge(results, floor, k, job):
    """Says of each answer whether it is right, and gives the ratios."""
    engines = {engine: result for engine, result in results.items() if result["answers"]}
    expected = KNOWN.get(k) and {answer: KNOWN[k][answer] for answer in ANSWERS[job]}
    agreed = len({json.dumps(result["answers"], sort_keys=True) for result in engines.values()}) == 1
    for result in engines.values():
        if expected:
            result["verified"] = "right" if result["answers"] == expected else "WRONG"
        else:
            result["verified"] = "all agree" if agreed and len(engines) > 1 else "NOT ALL AGREE" if not agreed else "unknown"
    peers = [result["cpu"] for engine, result in results.items() if engine in PEERS and "cpu" in result]
    for result in results.values():
        if "cpu" in result:
            result["to_floor"] = ratio(result["cpu"], floor.get("cpu"))
            result["to_fastest_peer"] = ratio(result["cpu"], min(peers, default=None))


def ratio(one, other):
    return one / other if other else None


def progress(text):
    if sys.stderr.isatty():
        print(text, file=sys.stderr)


HEADER = ["job", "engine", "wall s", "CPU s", "MB", "CPU / floor", "CPU / fastest peer", "answer"]


def cells(job, engine, result):
    if "cpu" not in result:
        return [job, NAMES[engine], "", "", "", "", "", result["status"]]
    times = [f"{result['wall']:.3f}", f"{result['cpu']:.3f}", f"{result['memory'] / 1e6:.0f}"]
    ratios = [f"{value:.2f}" if value else "" for value in (result.get("to_floor"), result.get("to_fastest_peer"))]
    answer = result["verified"] if "verified" in result else ""
    if result["status"] != "done":
        answer = result["status"]
    return [job, NAMES[engine], *times, *ratios, answer]


def told(report, form):
    if form == "json":
        return json.dumps(report, indent=2)
    text = []
    for size in report["sizes"]:
        text += [f"K {size['k']}: {size['rows']:,} rows; medians of {report['runs']}", ""]
        rows = [HEADER, cells("", FLOOR, size["floor"])]
        for job, results in size["jobs"].items():
            rows += [cells(job, engine, result) for engine, result in results.items()]
        widths = [max(len(row[column]) for row in rows) for column in range(len(HEADER))]
        # Words to the left, numbers to the right.
        shown = [[cell.ljust(width) if column in (0, 1, 7) else cell.rjust(width)
                  for column, (cell, width) in enumerate(zip(row, widths))] for row in rows]
        if form == "markdown":
            rule = ["-" * width if column in (0, 1, 7) else "-" * (width - 1) + ":" for column, width in enumerate(widths)]
            text += ["| " + " | ".join(row) + " |" for row in [shown[0], rule, *shown[1:]]]
        else:
            text += ["  ".join(row).rstrip() for row in shown]
        text.append("")
    text += [f"{report['machine']}; " + ", ".join(f"{NAMES[name]} {version}" for name, version in report["versions"].items())]
    text += [f"left out: {NAMES[name]} is not installed" for name in report["missing"]]
    return "\n".join(text)


def main():
    given = arguments()
    wanted = [engine for engine in given.only if engine in PEERS]
    versions = {engine: installed(engine, given) for engine in wanted}
    engines = [*([OURS] if OURS in given.only else []), *(engine for engine in wanted if versions[engine])]
    report = {
        "machine": f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores",
        "runs": given.runs,
        "limit": given.limit,
        "versions": {engine: version for engine, version in versions.items() if version},
        "missing": [engine for engine, version in versions.items() if not version],
        "sizes": [],
    }
    with tempfile.TemporaryDirectory() as temporary:
        for k in given.k:
            evidence = (given.evidence or Path(temporary)).resolve() / f"k{k}"
            if not (evidence / "csv" / "years.csv").is_file():
                evidence.mkdir(parents=True, exist_ok=True)
                made = [sys.executable, str(given.bench / "gen.py"), str(k), str(evidence)]
                subprocess.run(made, check=True, stdout=subprocess.DEVNULL)
            for rules in sorted(given.rules.glob("*.ally")):
                shutil.copy(rules, evidence)
            out = Path(temporary) / "out"
            floor = run_engine(FLOOR, None, given, evidence, out)
            jobs = {}
            for job in given.jobs:
                jobs[job] = {engine: run_engine(engine, job, given, evidence, out) for engine in engines}
                judge(jobs[job], floor, k, job)
            rows = 0
            for table in TABLES:
                with open(evidence / "csv" / f"{table}.csv", "rb") as file:
                    rows += sum(1 for _ in file) - 1
            report["sizes"].append({"k": k, "rows": rows, "floor": floor, "jobs": jobs})
            if not given.evidence:
                shutil.rmtree(evidence)
    print(told(report, given.format))
    results = [size["floor"] for size in report["sizes"]]
    results += [result for size in report["sizes"] for job in size["jobs"].values() for result in job.values()]
    if any(result["status"] == "failed" for result in results):
        for result in results:
            if result["status"] == "failed":
                print(result["said"], file=sys.stderr)
        return 2
    return 1 if any(result.get("verified") in ("WRONG", "NOT ALL AGREE") for result in results) else 0


if __name__ == "__main__":
    sys.exit(main())
