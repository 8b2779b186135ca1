#!/usr/bin/env python3
"""Plays the documented request/response pairs against the server, over the service's full models.

usage: documented_pairs.py [PROGRAM] [--show [N]]

PROGRAM is a built graphmock (default: that of the preset dev). The pairs, the models and the two
players, replay_docs.py and refuse_docs.py, are in the folder that GRAPHMOCK_SHARED names, by
default ../shared beside the project; where it is not there, nothing is checked and it exits 77.

The players' tables are printed; then it fails (exit 1) when
- a percentage is below its floor in floors.json, or
- known_failures.txt names a case that passes, or one that the pairs do not have.
Failing cases of the core classes that known_failures.txt does not name are counted; --show lists
the first N of them (30 when no N is given).
"""
import argparse
import json
import os
import pathlib
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
PROJECT = HERE.parent.parent
FLOORS = HERE / "floors.json"
KNOWN_FAILURES = HERE / "known_failures.txt"
REPORTS = PROJECT / "build" / "conformance"

# Classes of cases as replay_docs.py reports them. Those it does not play against the model count
# nowhere; operations do nothing unless a scenario scripts them, so they are no part of the core.
UNCOUNTED = {"unmodelled", "(page)"}
OPERATIONS = {"action", "function"}

SKIPPED = 77
STOP_SECONDS = 60
PLAY_SECONDS = 900


class Shared:
    """The files that are used in place."""

    def __init__(self):
        named = os.environ.get("GRAPHMOCK_SHARED")
        self.folder = pathlib.Path(named) if named else PROJECT.parent / "shared"
        self.cases = self.folder / "data" / "docs_cases.dev.jsonl"
        self.models = {v: self.folder / "data" / f"{v}.csdl.xml" for v in ("v1.0", "beta")}
        self.replay = self.folder / "tools" / "replay_docs.py"
        self.refuse = self.folder / "tools" / "refuse_docs.py"

    def absent(self):
        files = [self.cases, *self.models.values(), self.replay, self.refuse]
        return [str(file) for file in files if not file.is_file()]


class Server:
    """A started graphmock on a free port, stopped at the end of the block."""

    def __init__(self, program, models, folder):
        port_file = pathlib.Path(folder) / "port"
        options = ["--port", "0", "--port-file", str(port_file)]
        for version, file in models.items():
            options += ["--metadata", f"{version}={file}"]
        # Options that the caller's environment may hold are not for this one.
        environment = {k: v for k, v in os.environ.items() if not k.startswith("GRAPHMOCK_")}
        self.process = subprocess.Popen([str(program), "serve", *options], env=environment,
                                        stdout=subprocess.PIPE, text=True)
        # It prints one line when it is ready, and none when it ends before.
        if not self.process.stdout.readline():
            self.process.kill()
            raise RuntimeError(f"{program} ended before it listened")
        self.url = f"http://127.0.0.1:{port_file.read_text().strip()}"

    def __enter__(self):
        return self

    def __exit__(self, *_):
        ended = self.process.poll()
        self.process.terminate()
        self.process.wait(STOP_SECONDS)
        self.process.stdout.close()
        if ended is not None:
            raise RuntimeError(f"the server ended by itself, with {ended}")


def play(tool, url, shared):
    """Runs a player, which prints its table, and gives its report."""
    report = REPORTS / (tool.stem + ".json")
    print(f"\n{tool.name}", flush=True)
    subprocess.run([sys.executable, "-B", str(tool), url, str(shared.cases),
                    str(shared.models["v1.0"]), str(shared.models["beta"]),
                    "--split", "all", "--report", str(report)], check=True, timeout=PLAY_SECONDS)
    return json.loads(report.read_text())


def percentage(counts, verdicts):
    """Of several classes' or kinds' counts by verdict, what part has one of the verdicts."""
    total = sum(sum(count.values()) for count in counts)
    return 100 * sum(count.get(v, 0) for count in counts for v in verdicts) / max(1, total)


def is_core(name):
    return name not in UNCOUNTED and name not in OPERATIONS


def figures(replayed, refused, left_out):
    classes = replayed["results"]
    core = [count for name, count in classes.items() if is_core(name)]
    every = [count for name, count in classes.items() if name not in UNCOUNTED]
    kinds = [count for kind, count in refused["results"].items() if kind not in left_out]
    return {
        "core exact": percentage(core, ["pass"]),
        "core effect": percentage(core, ["pass", "status"]),
        "all exact": percentage(every, ["pass"]),
        "refused": percentage(kinds, ["pass"]),
    }


def read_known_failures(problems):
    """Case ids; an id holds '#', so only a line that begins with one is a comment."""
    known = set()
    for number, line in enumerate(KNOWN_FAILURES.read_text().splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        case, _, reason = line.strip().partition(" ")
        if not reason.strip():
            problems.append(f"{KNOWN_FAILURES.name}:{number}: {case} has no reason")
        if case in known:
            problems.append(f"{KNOWN_FAILURES.name}:{number}: {case} stands there twice")
        known.add(case)
    return known


def check_figures(found, floors, problems):
    for name in floors.keys() - found.keys():
        problems.append(f"{FLOORS.name}: '{name}' is none of the figures")
    for name in found:
        if name not in floors:
            problems.append(f"{FLOORS.name}: '{name}' has no floor")
            continue
        print(f"{name:12} {found[name]:6.2f} %   floor {floors[name]:6.2f} %")
        if round(found[name], 2) < floors[name]:
            problems.append(f"{name} is {found[name]:.2f} %, below its floor of "
                            f"{floors[name]:.2f} %")


def check_known_failures(failing, case_ids, problems):
    known = read_known_failures(problems)
    for case in sorted(known):
        if case not in case_ids:
            problems.append(f"{KNOWN_FAILURES.name}: {case} is none of the pairs")
        elif case not in failing:
            problems.append(f"{KNOWN_FAILURES.name}: {case} passes now: take it out of the file")
    return [f for case, f in failing.items() if is_core(f["cls"]) and case not in known]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program", nargs="?", type=pathlib.Path,
                        default=PROJECT / "build" / "dev" / "graphmock")
    parser.add_argument("--show", nargs="?", type=int, const=30, default=0)
    arguments = parser.parse_args()

    shared = Shared()
    if absent := shared.absent():
        print(f"documented_pairs: skipped, there is no {absent[0]} (GRAPHMOCK_SHARED names the "
              "folder)")
        return SKIPPED

    settings = json.loads(FLOORS.read_text())
    left_out = settings["refused_leaves_out"]
    REPORTS.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        with Server(arguments.program, shared.models, folder) as server:
            replayed = play(shared.replay, server.url, shared)
            refused = play(shared.refuse, server.url, shared)

    problems = []
    print("\nAgainst the floors")
    check_figures(figures(replayed, refused, left_out), settings["floors"], problems)
    print(f"refused leaves out what is not implemented yet: {', '.join(left_out)}")
    for kind in left_out:
        if kind not in refused["results"]:
            problems.append(f"{FLOORS.name}: refused_leaves_out names '{kind}', which is no kind")

    with open(shared.cases, encoding="utf-8") as lines:
        case_ids = {json.loads(line)["id"] for line in lines}
    failing = {f["id"]: f for f in replayed["fails"]}
    unexplained = check_known_failures(failing, case_ids, problems)
    print(f"unexplained: {len(unexplained)} failing core cases that {KNOWN_FAILURES.name} does "
          "not name" + ("" if arguments.show or not unexplained else " (--show lists them)"))
    for f in unexplained[:arguments.show]:
        print(f"  {f['id']}  {f['method']} {f['url'][:120]} -- {f['why'][:200]}")

    sys.stdout.flush()
    for problem in problems:
        print(f"documented_pairs: {problem}", file=sys.stderr)
    return 1 if problems else 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except (OSError, RuntimeError, subprocess.SubprocessError) as error:
        sys.exit(f"documented_pairs: {error}")
