"""Processes that work on pieces, a few pieces ahead of what is done, so that memory stays flat."""

from __future__ import annotations

import gc
import multiprocessing
import threading
import warnings
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from contextlib import contextmanager
from typing import TypeVar

Given = TypeVar("Given")
Made = TypeVar("Made")

# Pieces that are under way or wait for each worker: one is worked on, one is there when that is done.
AHEAD = 2


class Crew:
    """``count`` workers for one task after another; one worker is this process itself."""

    def __init__(self, count: int, executor: ProcessPoolExecutor | None) -> None:
        self._ahead = AHEAD * count
        self._executor = executor

    def in_any_order(
        self, work: Callable[[Given], Made], given: Iterable[Given]
    ) -> Iterator[tuple[Given, Made]]:
        """Yield what is given with what ``work`` made of it, as it gets done."""
        if self._executor is None:
            yield from ((one, work(one)) for one in given)
            return
        waiting: dict[Future[Made], Given] = {}
        for one in given:
            waiting[_submit(self._executor, work, one)] = one
            if len(waiting) >= self._ahead:
                yield from _done(waiting)
        while waiting:
            yield from _done(waiting)

    def in_order(self, work: Callable[[Given], Made], given: Iterable[Given]) -> Iterator[Made]:
        """Yield what ``work`` made of what is given, in its order."""
        if self._executor is None:
            yield from map(work, given)
            return
        waiting: deque[Future[Made]] = deque()
        for one in given:
            waiting.append(_submit(self._executor, work, one))
            if len(waiting) >= self._ahead:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


@contextmanager
def crew(count: int) -> Iterator[Crew]:
    """Give ``count`` workers, who leave when all is done."""
    with frozen():
        if count == 1:
            yield Crew(count, None)
            return
        with _pool(count) as executor:
            yield Crew(count, executor)


@contextmanager
def frozen() -> Iterator[None]:
    """Keep the collector from what is there already: forked workers share it while nobody walks through it.

    Where the caller froze something before, all stays frozen: it is a command, which ends sooner so.
    """
    theirs = gc.get_freeze_count()
    gc.freeze()
    try:
        yield
    finally:
        if not theirs:
            gc.unfreeze()


def _pool(count: int) -> ProcessPoolExecutor:
    """Return an executor of ``count`` processes; they are forked where no thread can be caught by it."""
    can_fork = "fork" in multiprocessing.get_all_start_methods() and threading.active_count() == 1
    return ProcessPoolExecutor(count, multiprocessing.get_context("fork" if can_fork else "spawn"))


def _submit(executor: ProcessPoolExecutor, work: Callable[[Given], Made], one: Given) -> Future[Made]:
    with warnings.catch_warnings():
        # Python 3.12 counts the threads of libraries, too, which take no part in what workers do.
        warnings.simplefilter("ignore", DeprecationWarning)
        return executor.submit(work, one)


def _done(waiting: dict[Future[Made], Given]) -> Iterator[tuple[Given, Made]]:
    ready, _ = wait(waiting, return_when=FIRST_COMPLETED)
    for future in ready:
        yield waiting.pop(future), future.result()
