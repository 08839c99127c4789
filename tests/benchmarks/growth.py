"""How time grows with the hops of a message, memory with the messages, and what a start costs."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence

from headertrace import examine, read_trace
from tests.benchmarks.measure import best_seconds, best_start
from tests.benchmarks.messages import made
from tests.data import HERE

HOPS = (1, 3, 10, 30, 100, 1000, 10_000)
STARTS = {
    "an empty program": ("-c", "pass"),
    "import email.parser": ("-c", "import email.parser"),
    "import headertrace": ("-c", "import headertrace"),
    "headertrace --help": ("-m", "headertrace", "--help"),
    "from headertrace import read_trace": ("-c", "from headertrace import read_trace"),
    "from headertrace import examine": ("-c", "from headertrace import examine"),
    "import mailparser": ("-c", "import mailparser"),
}


def by_hops(rounds: int = 7) -> dict[int, tuple[float, float]]:
    """For each number of hops the CPU seconds of reading a message, and of reading and judging it."""
    found = {}
    for hops in HOPS:
        message, times = made(1, hops), max(1, 300 // hops)

        def read(message: bytes = message, times: int = times) -> None:
            for _ in range(times):
                read_trace(message)

        def judge(message: bytes = message, times: int = times) -> None:
            for _ in range(times):
                examine(read_trace(message))

        best = best_seconds({"read": read, "judge": judge}, rounds)
        found[hops] = (best["read"] / times, best["judge"] / times)
    return found


def by_messages(counts: Sequence[int]) -> dict[int, int]:
    """The largest resident size, in bytes, after each of these numbers of messages, no two alike."""
    command = [sys.executable, "-m", "tests.benchmarks.memory", *map(str, counts)]
    told = subprocess.run(command, capture_output=True, text=True, check=True, cwd=HERE.parent).stdout
    return dict(zip(counts, map(int, told.split()), strict=True))


def starts() -> dict[str, float]:
    """The CPU seconds of fresh interpreters."""
    return best_start(STARTS)
