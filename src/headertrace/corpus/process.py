"""What a scan may do to the process that it runs in: less than all, unless that process ends with it."""

from __future__ import annotations

import atexit
import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import SimpleNamespace

# Python 3.12 starts with some hundred objects frozen; whoever freezes a process freezes some thousand.
PYTHONS_OWN = 1000
# Python looks for garbage after every 700 objects; hardly any of ours is, and what a scan remembers of ten
# thousand messages is looked through each time. So many objects take some 10 MB.
BETWEEN_LOOKS = 100_000

_this = SimpleNamespace(is_command=False)


def become_command() -> None:
    """Take this process for a command, which ends with what it does: what is imported is never garbage."""
    _this.is_command = True
    gc.freeze()
    gc.set_threshold(BETWEEN_LOOKS)
    atexit.register(_leave)


def _leave() -> None:
    """Spare the last look for garbage: a tenth of a second where much is remembered."""
    if "duckdb" not in sys.modules:  # which complains to the terminal of what nobody freed
        gc.freeze()


def is_command() -> bool:
    """Return whether this process is a command, so that nobody else needs what it does without."""
    return bool(_this.is_command)


@contextmanager
def frozen() -> Iterator[None]:
    """Keep the collector from what is there already: forked workers share it while nobody walks through it.

    Where somebody froze the process before, a command or a caller, all stays frozen.
    """
    theirs = gc.get_freeze_count() > PYTHONS_OWN
    gc.freeze()
    try:
        yield
    finally:
        if not theirs:
            gc.unfreeze()
