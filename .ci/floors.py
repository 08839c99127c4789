"""Run the scoring tools on samples and fail where a figure falls below its floor."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

DATA = Path(os.environ.get("HEADERTRACE_DATA", "../shared"))
LISTS = ("ml_01org", "ml_driverdev", "ml_infradead", "ml_openwrt_misc", "ml_sourceforge")


def run(tool: str, *args: str) -> str:
    """Return what a tool prints; it stops the whole run where the tool fails."""
    command = [sys.executable, str(DATA / "tools" / tool), *args]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"{' '.join(command)} failed:\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
    return done.stdout


def at_least(name: str, got: float, floor: float) -> bool:
    """Print one figure beside its floor and return whether it holds."""
    holds = got >= floor
    print(f"{'ok  ' if holds else 'LOW '} {name}: {got:.4g} (floor {floor})")
    return holds


def conformance() -> list[bool]:
    """Assertions of other parsers' suites that hold."""
    got = json.loads(run("score_conformance.py", "--json"))
    walk = got["fields"]["trust walk"]
    return [at_least("conformance", got["total"], 0.985), at_least("trust walk", walk[0] / walk[1], 1.0)]


def reading() -> list[bool]:
    """Shares of what a sample of the corpora shows that is read, and that nothing is dropped."""
    files = [str(path) for path in sorted((DATA / "corpus").glob("*.jsonl.xz"))]
    rows = [json.loads(line) for line in run("score_corpus.py", "--json", "--every", "25", *files).splitlines()]
    total = {key: sum(row.get(key, 0) for row in rows) for row in rows for key in row if isinstance(row[key], int)}

    def share(part: str, whole: str) -> float:
        return total.get(part, 0) / max(1, total.get(whole, 0))

    return [
        at_least("address read", share("address read", "shows address"), 0.999),
        at_least("by read", share("by read", "shows by"), 0.99),
        at_least("dated", share("dated", "shows time"), 0.995),
        at_least("without unread text", 1 - share("unread", "hops"), 0.98),
        at_least("covered", 1 - share("uncovered", "hops"), 0.999),
    ]


def judging() -> list[bool]:
    """Alarms on a sample of innocent lists, and abuse that is found with its selection marks masked."""
    lists = [str(DATA / "corpus" / f"{name}.jsonl.xz") for name in LISTS]
    labels = str(DATA / "corpus" / "labels.tsv")
    rows = [
        json.loads(line)
        for line in run("score_corpus.py", "--json", "--every", "20", "--innocent", labels, *lists).splitlines()
    ]
    messages = sum(row["messages"] for row in rows)
    alarms = sum(max(row.get("listed likely", 0), row.get("misuse likely", 0)) for row in rows)
    abuse = str(DATA / "corpus" / "relay_abuse.jsonl.xz")
    plain = json.loads(run("score_corpus.py", "--json", abuse))
    masked = json.loads(run("score_corpus.py", "--json", "--masked", abuse))
    return [
        at_least("innocent without alarm", 1 - alarms / messages, 0.9985),
        at_least("abuse listed", plain.get("listed", 0) / plain["messages"], 0.85),
        at_least("abuse likely", plain.get("misuse likely", 0) / plain["messages"], 0.85),
        at_least("masked abuse listed", masked.get("listed", 0) / masked["messages"], 0.85),
    ]


def laboratory() -> list[bool]:
    """Verdicts over messages whose truth is known: the tool itself fails below its floor."""
    print(run("score_lab.py"), run("score_lab.py", "--stripped"), sep="", end="")
    return []


def speed() -> list[bool]:
    """Ratios that a loaded machine does not blur too much."""
    ratios = json.loads(run("bench.py", "--json", "--messages", "300", "--rounds", "3"))["ratios"]
    return [at_least("read / stdlib", ratios["read / stdlib"], 0.6), at_least("judge / read", ratios["judge / read"], 0.4)]


def main() -> int:
    """Return 0 where every figure holds its floor, or where there is nothing to measure against."""
    if not (DATA / "tools").is_dir():
        print(f"no scoring tools at {DATA}: set HEADERTRACE_DATA to measure")
        return 0
    results = [holds for part in (conformance, reading, judging, laboratory, speed) for holds in part()]
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main())
