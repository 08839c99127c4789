"""Processes that work on pieces, a few pieces ahead of what is done, so that memory stays flat."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, wait
from contextlib import contextmanager
from typing import TypeVar

from headertrace.corpus.pool import Pool, pool
from headertrace.corpus.process import frozen

Given = TypeVar("Given")
Made = TypeVar("Made")

# Pieces that are under way or wait for each worker: one is worked on, one is there when that is done.
AHEAD = 2


class Crew:
    """``count`` workers for one task after another; one worker is this process itself."""

    def __init__(self, count: int, processes: Pool | None = None) -> None:
        self._ahead = AHEAD * count
        self._processes = processes

    def in_any_order(self, work: Callable[[Given], Made], given: Iterable[Given]) -> Iterator[Made]:
        """Yield what ``work`` made of what is given, as it gets done."""
        if self._processes is None:
            yield from map(work, given)
            return
        waiting: set[Future[Made]] = set()
        for one in given:
            waiting.add(self._processes.submit(work, one))
            if len(waiting) >= self._ahead:
                yield from _done(waiting)
        while waiting:
            yield from _done(waiting)

    def in_order(self, work: Callable[[Given], Made], given: Iterable[Given]) -> Iterator[Made]:
        """Yield what ``work`` made of what is given, in its order."""
        if self._processes is None:
            yield from map(work, given)
            return
        waiting: deque[Future[Made]] = deque()
        for one in given:
            waiting.append(self._processes.submit(work, one))
            if len(waiting) >= self._ahead:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


@contextmanager
def crew(count: int) -> Iterator[Crew]:
    """Give ``count`` workers, who leave when all is done."""
    with frozen():
        if count == 1:
            yield Crew(count)
            return
        with pool(count, AHEAD * count) as processes:
            yield Crew(count, processes)


def _done(waiting: set[Future[Made]]) -> Iterator[Made]:
    ready, _ = wait(waiting, return_when=FIRST_COMPLETED)
    for future in ready:
        waiting.remove(future)
        yield future.result()
