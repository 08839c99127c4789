"""Memory that this process shares with its workers: a task travels there in one go, not through a pipe."""

from __future__ import annotations

import mmap
import pickle
from typing import NamedTuple

from headertrace.corpus.piece import PIECE_BYTES

# A piece, what it says about each message, and the one that made it full; a larger one takes the pipe.
AREA_BYTES = PIECE_BYTES + 2**20


class Stretch(NamedTuple):
    """Where a task stands: the area's number, and how many bytes of it."""

    area: int
    size: int


class Areas:
    """``count`` areas, each for one task on its way; a worker that is forked later on sees them, too."""

    def __init__(self, count: int) -> None:
        self._areas = [mmap.mmap(-1, AREA_BYTES) for _ in range(count)]
        self._free = list(range(count))

    def __enter__(self) -> Areas:
        return self

    def __exit__(self, *_: object) -> None:
        for area in self._areas:
            area.close()

    def write(self, task: object) -> Stretch | None:
        """Return where the task is written, None where there is no room for it."""
        if not self._free:
            return None
        number = self._free.pop()
        area = self._areas[number]
        area.seek(0)
        try:
            pickle.dump(task, area, pickle.HIGHEST_PROTOCOL)
        except ValueError:  # beyond the end of the area
            self._free.append(number)
            return None
        return Stretch(number, area.tell())

    def read(self, stretch: Stretch) -> object:
        """Return the task that stands there; called by the worker that does it."""
        area = self._areas[stretch.area]
        with memoryview(area) as whole, whole[: stretch.size] as written:
            task: object = pickle.loads(written)
        # What is shared would else count as each worker's own, and there are many areas where there are many.
        area.madvise(mmap.MADV_DONTNEED)
        return task

    def release(self, stretch: Stretch) -> None:
        """Give the area back."""
        self._free.append(stretch.area)
