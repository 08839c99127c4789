"""How much work a reader does for a text, and whether twice the text costs no more than about twice."""

from __future__ import annotations

import gc
import time
import tracemalloc
from collections.abc import Callable

# Work for twice the size, at most so many times that for once; linear work measures 1.5 to 2.4.
MAX_GROWTH = 2.5
# Below this, in seconds, clocks and caches say more than the reader does.
FLOOR = 0.004
# Another program on the machine can make a run slower, never quicker: the quickest of many is what the
# reader costs, and one round in which the two fit is proof.
ROUNDS = 40
# A reader that is this slow, in seconds for all rounds together, needs no more proof.
PATIENCE = 20.0


def work(call: Callable[[], object]) -> float:
    """Return the seconds of processor time that this thread spent in one call."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        start = time.thread_time()
        call()
        return time.thread_time() - start
    finally:
        if collecting:
            gc.enable()


def grows_linearly(read: Callable[[bytes], object], build: Callable[[int], bytes], size: int) -> bool:
    """Tell whether reading about ``2 * size`` octets costs at most MAX_GROWTH times reading ``size``."""
    once, twice = build(size), build(2 * size)
    small = large = float("inf")
    start = time.thread_time()
    for _ in range(ROUNDS):
        small = min(small, work(lambda: read(once)))
        large = min(large, work(lambda: read(twice)))
        if large <= max(FLOOR, MAX_GROWTH * small):
            return True
        if time.thread_time() - start > PATIENCE:
            break
    return False


def peak_memory(call: Callable[[], object]) -> int:
    """Return the most octets that were held at once during a call, what it returns included."""
    tracemalloc.start()
    try:
        call()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
