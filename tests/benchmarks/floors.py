"""A scan beside judging alone, and two workers beside one: ``python -m tests.benchmarks.floors``.

Every message is another real header section, once as an mbox and once as JSON Lines. All programs take turns,
round by round, each in processes of its own; medians count. Processor time is that of a whole scan with
its source, its output and its workers; what a scan of one message takes is told apart as start-up. To
compare the wall time of workers, nothing else may run on the machine.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from statistics import median
from typing import NamedTuple

from tests.corpus.mailboxes import POSTMARK
from tests.data import HERE, header_sections

CORPORA = ("spamassassin_public", "phishing_pot")
FORMS = ("mbox", "jsonl")


class Cost(NamedTuple):
    """Seconds of processor time, of all processes together, and of the clock."""

    cpu: float
    wall: float


Contender = Callable[[], Cost]


def distinct(count: int) -> list[bytes]:
    """About ``count`` header sections, no two alike, evenly from all corpora."""
    found = list(dict.fromkeys(section for name in CORPORA for section in header_sections(name)))
    return found[:: max(1, len(found) // count)]


def write(folder: Path, name: str, sections: Sequence[bytes]) -> None:
    """Write an mbox and a JSON Lines file of these sections."""
    (folder / f"{name}.mbox").write_bytes(b"".join(POSTMARK + one + b"body\n\n" for one in sections))
    rows = [json.dumps({"headers": one.decode("latin-1")}) + "\n" for one in sections]
    (folder / f"{name}.jsonl").write_text("".join(rows), "utf-8")


def run(*command: str) -> tuple[Cost, str]:
    """Run a module in a process of its own; return what it cost and what it printed."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    done = subprocess.run(
        [sys.executable, "-m", *command], check=True, capture_output=True, text=True, cwd=HERE.parent
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
    return Cost(cpu, time.monotonic() - start), done.stdout


def scan(source: Path, workers: int) -> Cost:
    """What a scan into a Parquet folder costs."""
    with tempfile.TemporaryDirectory() as out:
        return run("headertrace", "scan", str(source), "-o", out, "--quiet", "--workers", str(workers))[0]


def judge(folder: Path, figure: str) -> Cost:
    """What judging alone costs: ``first`` for messages never met before, ``seconds`` once all were."""
    told = json.loads(run("tests.benchmarks.contender", "headertrace judges", str(folder))[1])
    return Cost(told[figure], told[figure])


def contenders(folder: Path) -> dict[str, Contender]:
    """The programs that take turns."""
    found: dict[str, Contender] = {
        "judge": partial(judge, folder / "single", "first"),
        "judge again": partial(judge, folder / "single", "seconds"),
        "start-up": partial(scan, folder / "one.mbox", 1),
    }
    for form in FORMS:
        for workers in (1, 2):
            found[f"scan {form} {workers}"] = partial(scan, folder / f"all.{form}", workers)
    return found


def measure(sections: Sequence[bytes], rounds: int) -> dict[str, Cost]:
    """The median cost of each program."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write(folder, "all", sections)
        write(folder, "one", sections[:1])
        (folder / "single").mkdir()
        for number, one in enumerate(sections):
            (folder / "single" / f"{number:06d}.eml").write_bytes(one)
        programs = contenders(folder)
        told: dict[str, list[Cost]] = {program: [] for program in programs}
        for _ in range(rounds):
            for program, cost in programs.items():
                told[program].append(cost())
    return {program: Cost(*map(median, zip(*costs, strict=True))) for program, costs in told.items()}


def show(costs: dict[str, Cost], count: int) -> None:
    """Print what each program takes for a message, and what the floors ask for."""
    for program, cost in costs.items():
        print(f"{program:14s} {cost.cpu / count * 1e6:7.1f} µs of CPU each, {cost.wall:6.2f} s of the clock")
    start = costs["start-up"].cpu
    for form in FORMS:
        one, two = costs[f"scan {form} 1"], costs[f"scan {form} 2"]
        for judged in ("judge", "judge again"):
            whole, rest = costs[judged].cpu / one.cpu, costs[judged].cpu / (one.cpu - start)
            print(f"{form}: {whole:.2f} of the rate of {judged!r}, {rest:.2f} without start-up")
        print(
            f"{form}: two workers {one.wall / two.wall:.2f} times as fast, CPU {two.cpu / one.cpu:.2f} times"
        )


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    options.add_argument("--messages", type=int, default=10_000)
    options.add_argument("--rounds", type=int, default=5)
    given = options.parse_args()
    sections = distinct(given.messages)
    print(f"{len(sections)} messages, {sum(map(len, sections)) / len(sections):.0f} bytes each")
    show(measure(sections, given.rounds), len(sections))


if __name__ == "__main__":
    main()
