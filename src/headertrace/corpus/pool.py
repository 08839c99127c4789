"""Worker processes, and the memory that they share with the one that started them."""

from __future__ import annotations

import multiprocessing
import os
import threading
import warnings
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from typing import TypeVar, cast

from headertrace.corpus.areas import Areas, Stretch

Given = TypeVar("Given")
Made = TypeVar("Made")

# Nobody is left to see it.
ORPHANED = 1
# In a worker that was forked: what its parent shares with it.
_shared: list[Areas] = []


class Pool:
    """Takes one task after the other."""

    def __init__(self, executor: ProcessPoolExecutor, areas: Areas) -> None:
        self._executor = executor
        self._areas = areas

    def submit(self, work: Callable[[Given], Made], given: Given) -> Future[Made]:
        """Return what ``work`` is going to make of what is given."""
        stretch = self._areas.write(given)
        with warnings.catch_warnings():
            # Python 3.12 counts the threads of libraries, too, which take no part in what workers do.
            warnings.simplefilter("ignore", DeprecationWarning)
            if stretch is None:
                return self._executor.submit(work, given)
            future = self._executor.submit(_work_on, work, stretch)
        future.add_done_callback(lambda _: self._areas.release(stretch))
        return future


@contextmanager
def pool(count: int, tasks: int) -> Iterator[Pool]:
    """Give a pool of ``count`` processes that are handed up to so many tasks at a time.

    They are forked where no thread can be caught by it, and share memory then.
    """
    can_fork = "fork" in multiprocessing.get_all_start_methods() and threading.active_count() == 1
    context = multiprocessing.get_context("fork" if can_fork else "spawn")
    # One more than there are tasks: an area is given back a moment after its task is known to be done.
    areas = Areas(tasks + 1 if can_fork else 0)
    with areas, ProcessPoolExecutor(count, context, _enter, (areas,)) as executor:
        yield Pool(executor, areas)


def _enter(areas: Areas) -> None:
    """Begin as a worker."""
    _shared[:] = [areas]
    threading.Thread(target=_leave_with_parent, daemon=True).start()


def _leave_with_parent() -> None:
    """End this process with the one that started it: it would else wait for tasks for ever."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(ORPHANED)


def _work_on(work: Callable[[Given], Made], stretch: Stretch) -> Made:
    return work(cast("Given", _shared[0].read(stretch)))
