"""How the benchmarks measure: CPU seconds, in turns, the best of some rounds, as others use the machine."""

from __future__ import annotations

import os
import re
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

Work = Callable[[], object]

STATUS = Path("/proc/self/status")
PEAK = re.compile(r"^VmHWM:\s+(\d+) kB$", re.M)


def best_seconds(works: Mapping[str, Work], rounds: int) -> dict[str, float]:
    """The least CPU seconds of each work; they take turns, so that what disturbs one disturbs all."""
    best = dict.fromkeys(works, float("inf"))
    for _ in range(rounds):
        for name, work in works.items():
            start = time.process_time()
            work()
            best[name] = min(best[name], time.process_time() - start)
    return best


def fresh_interpreter(arguments: Sequence[str]) -> float:
    """The CPU seconds, user and system, of one new Python process."""
    process = subprocess.Popen(
        [sys.executable, *arguments], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{arguments} ended with {process.returncode}")
    return usage.ru_utime + usage.ru_stime


def best_start(cases: Mapping[str, Sequence[str]], rounds: int = 7) -> dict[str, float]:
    """The least CPU seconds of a new process for each case."""
    best = dict.fromkeys(cases, float("inf"))
    for _ in range(rounds):
        for name, arguments in cases.items():
            best[name] = min(best[name], fresh_interpreter(arguments))
    return best


def largest_resident() -> int:
    """The largest resident size of this process so far, in bytes.

    Not ``ru_maxrss`` where there is another way: a child begins with that of the process that started it.
    """
    if STATUS.is_file():
        return 1024 * int(PEAK.findall(STATUS.read_text("ascii"))[0])
    return 1024 * resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
