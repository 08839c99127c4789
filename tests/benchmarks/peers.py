"""Run all peers side by side on the same header sections: `python -m tests.benchmarks.peers`.

Writes docs/benchmarks.md. Each program runs in a process of its own; programs take turns, round by round,
and the quickest round counts. A peer that is not installed is left out, and the page says so.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks.contender import CONTENDERS
from tests.benchmarks.growth import by_hops, by_messages, starts
from tests.benchmarks.messages import count_received, sample
from tests.benchmarks.page import Figures, Row, page
from tests.data import HERE

PAGE = HERE.parent / "docs" / "benchmarks.md"
BESIDE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Program:
    """How a contender is started, and what it needs to be there."""

    name: str
    command: tuple[str, ...]
    needs: str = ""


def programs(folder: str) -> tuple[Program, ...]:
    ours = tuple(
        Program(name, (sys.executable, "-m", "tests.benchmarks.contender", name, folder))
        for name in CONTENDERS
    )
    return (
        *ours,
        Program("SpamAssassin", ("perl", str(BESIDE / "spamassassin.pl"), folder), "spamassassin"),
        Program("rspamd", ("rspamadm", "lua", "-b", str(BESIDE / "rspamd.lua")), "rspamadm"),
    )


def measure(program: Program, folder: str) -> dict[str, float | str] | None:
    """What one run of the program tells of itself; None where it is not installed or does not run."""
    if program.needs and shutil.which(program.needs) is None:
        return None
    environment = os.environ | {"FOLDER": folder, "VERSION": rspamd_version()}
    done = subprocess.run(
        program.command, capture_output=True, text=True, check=False, cwd=HERE.parent, env=environment
    )
    told = re.findall(r"^\{.*\}$", done.stdout, re.M)
    return json.loads(told[-1]) if told else None


def rspamd_version() -> str:
    if shutil.which("rspamadm") is None:
        return ""
    told = subprocess.run(("rspamadm", "--version"), capture_output=True, text=True, check=False).stdout
    return told.split()[-1]


def side_by_side(messages: Sequence[bytes], rounds: int) -> tuple[Row, ...]:
    """Each program's quickest round over the messages."""
    with tempfile.TemporaryDirectory() as folder:
        for number, message in enumerate(messages):
            Path(folder, f"{number:06d}.eml").write_bytes(message)
        contenders = programs(folder)
        told = [[measure(program, folder) for program in contenders] for _ in range(rounds)]
    rows = []
    for program, *runs in zip(contenders, *told, strict=True):
        ran = [run for run in runs if run]
        if ran:
            rows.append(Row.of(program.name, ran))
    return tuple(rows)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--messages", type=int, default=2000)
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--million", action="store_true", help="measure memory up to a million messages")
    chosen = options.parse_args()
    messages = sample(chosen.messages)
    figures = Figures(
        messages=len(messages),
        fields=count_received(messages),
        rows=side_by_side(messages, chosen.rounds),
        starts=starts(),
        hops=by_hops(),
        memory=by_messages((1_000, 10_000, 100_000, *((1_000_000,) if chosen.million else ()))),
    )
    PAGE.write_text(page(figures), "utf-8")


if __name__ == "__main__":
    main()
