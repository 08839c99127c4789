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
# A machine that does other things too makes some runs dearer, and a coarse clock makes some look cheap.
# The cheapest of many runs forgives the first, the sum of all of them the second.
ROUNDS = 20
# What is not linear shows the more, the larger it is: it fails at every size, a disturbed reading does not.
SIZES = 3
# A reader that is this slow, in seconds for all rounds of a size together, needs no more proof.
PATIENCE = 10.0


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
    return any(_fits(read, build(size << step), build(size << step + 1)) for step in range(SIZES))


def _fits(read: Callable[[bytes], object], once: bytes, twice: bytes) -> bool:
    small: list[float] = []
    large: list[float] = []
    while len(small) < ROUNDS and sum(small) + sum(large) < PATIENCE:
        small.append(work(lambda: read(once)))
        large.append(work(lambda: read(twice)))
        if min(large) <= max(FLOOR, MAX_GROWTH * min(small)) or sum(large) <= MAX_GROWTH * sum(small):
            return True
    return False


def peak_memory(call: Callable[[], object]) -> int:
    """Return the most octets that were held at once during a call, what it returns included."""
    tracemalloc.start()
    try:
        call()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
