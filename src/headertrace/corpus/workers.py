"""Processes that work on pieces, a few pieces ahead of what is done, so that memory stays flat."""

from __future__ import annotations

import multiprocessing
import threading
import warnings
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from typing import TypeVar

Given = TypeVar("Given")
Made = TypeVar("Made")

# Pieces that are under way or wait for each worker: one is worked on, one is there when that is done.
AHEAD = 2


def pool(workers: int) -> ProcessPoolExecutor:
    """Return an executor of ``workers`` processes; they are forked where no thread can be caught by it."""
    can_fork = "fork" in multiprocessing.get_all_start_methods() and threading.active_count() == 1
    return ProcessPoolExecutor(workers, multiprocessing.get_context("fork" if can_fork else "spawn"))


def in_any_order(
    work: Callable[[Given], Made], given: Iterable[Given], workers: int
) -> Iterator[tuple[Given, Made]]:
    """Yield what is given with what ``work`` made of it, as it gets done; one worker is this process."""
    if workers == 1:
        yield from ((one, work(one)) for one in given)
        return
    waiting: dict[Future[Made], Given] = {}
    with pool(workers) as executor:
        for one in given:
            waiting[_submit(executor, work, one)] = one
            if len(waiting) >= AHEAD * workers:
                yield from _done(waiting)
        while waiting:
            yield from _done(waiting)


def in_order(work: Callable[[Given], Made], given: Iterable[Given], workers: int) -> Iterator[Made]:
    """Yield what ``work`` made of what is given, in its order; one worker is this process."""
    if workers == 1:
        yield from map(work, given)
        return
    waiting: deque[Future[Made]] = deque()
    with pool(workers) as executor:
        for one in given:
            waiting.append(_submit(executor, work, one))
            if len(waiting) >= AHEAD * workers:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def _submit(executor: ProcessPoolExecutor, work: Callable[[Given], Made], one: Given) -> Future[Made]:
    with warnings.catch_warnings():
        # Python 3.12 counts the threads of libraries, too, which take no part in what workers do.
        warnings.simplefilter("ignore", DeprecationWarning)
        return executor.submit(work, one)


def _done(waiting: dict[Future[Made], Given]) -> Iterator[tuple[Given, Made]]:
    ready, _ = wait(waiting, return_when=FIRST_COMPLETED)
    for future in ready:
        yield waiting.pop(future), future.result()
