"""The progress of a scan on a terminal: how much of the input is read, how fast, and how long it takes."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console
    from rich.progress import Progress as Bar
    from rich.progress import TaskID

    from headertrace.corpus.scan import Progress

# On a terminal of fewer columns the bytes would go onto a line of their own, and each refresh onto new ones.
NARROW = 60


class Watch:
    """Shows progress on a bar, if there is one, and remembers how many messages are done."""

    def __init__(self, bar: Bar | None = None, task: TaskID | None = None) -> None:
        self.messages = 0
        self._bar = bar
        self._task = task

    def show(self, progress: Progress) -> None:
        """Take note of a scan's progress."""
        self.messages = progress.outcome.messages
        if self._bar is None or self._task is None:
            return
        task = self._bar.tasks[self._task]
        rate = self.messages / task.elapsed if task.elapsed else 0.0
        done = max(progress.read, int(task.completed))
        self._bar.update(self._task, completed=done, messages=f"{self.messages:,}", rate=f"{rate:,.0f}")
        self._bar.refresh()


@contextmanager
def watching(paths: Iterable[str], *, shown: bool) -> Iterator[Watch]:
    """Give a Watch with a bar on standard error, where that is a terminal."""
    if not (shown and sys.stderr is not None and sys.stderr.isatty()):
        yield Watch()
        return
    from rich.console import Console as RichConsole

    from headertrace.corpus.sources.read import size_of

    with _bar(RichConsole(stderr=True)) as bar:
        yield Watch(bar, bar.add_task("reading", total=size_of(paths), messages="0", rate="0"))


def _bar(console: Console) -> Bar:
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn

    words = TextColumn("{task.fields[messages]} messages"), BarColumn()
    size = (DownloadColumn(),) if console.width >= NARROW else ()
    columns = (*words, *size, TextColumn("{task.fields[rate]}/s"), TimeRemainingColumn())
    # No refreshing thread: workers are forked, and a thread must not be caught in the middle.
    return Progress(*columns, console=console, auto_refresh=False)
