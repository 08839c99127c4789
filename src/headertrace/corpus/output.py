"""Where a scan writes: what may be replaced there, and that no other scan writes there at the same time."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from headertrace.corpus.manifest import Manifest, OutputError, require_same
from headertrace.corpus.shards import UNFINISHED

PARTS = ".parts"
# Outputs that are one file, by the ending of their names.
SINGLE = frozenset((".jsonl", ".duckdb"))
# Whoever names one of these wants a file of that kind, and would look for it in a folder.
UNKNOWN = frozenset(
    [".csv", ".tsv", ".json", ".ndjson", ".xlsx", ".sqlite", ".sqlite3", ".db", ".html", ".txt", ".gz"]
)
# The workers of a scan that was killed take a moment to see it; until then they may still write.
PATIENCE_SECONDS = 3.0
PAUSE_SECONDS = 0.05


def parts_of(target: Path) -> Path:
    """Return the folder of shards for an output: itself, or for a single file a folder beside it."""
    return target.with_name(target.name + PARTS) if target.suffix in SINGLE else target


def require_name(target: Path) -> None:
    """Raise OutputError for a name that promises another kind of file, and for one that is no UTF-8.

    The libraries that write tables cannot open the latter.
    """
    if target.suffix.lower() in UNKNOWN and not target.exists():
        kinds = " or ".join(sorted(SINGLE, reverse=True))
        raise OutputError(f"{target}: a scan writes a folder, {kinds}, and no {target.suffix} file")
    try:
        os.path.abspath(target).encode()
    except UnicodeEncodeError:
        raise OutputError(f"{target}: an output's path must be UTF-8") from None


@contextmanager
def claimed(target: Path, folder: Path) -> Iterator[None]:
    """Make the folder of an output and keep other scans out of it; OutputError where one is at work there.

    The system gives the folder back when the last process that writes there ends, however that was.
    """
    descriptor = _opened(folder)
    try:
        if descriptor is not None:
            _lock(descriptor, target)
        yield
    finally:
        if descriptor is not None:
            os.close(descriptor)


def _opened(folder: Path) -> int | None:
    """Make a folder and return a descriptor of it; None on Windows, which has no locks for folders."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return os.open(folder, os.O_RDONLY) if os.name == "posix" else None
    except OSError as error:
        raise OutputError(f"{error.filename or folder}: {error.strerror or error}") from error


def _lock(descriptor: int, target: Path) -> None:
    end = time.monotonic() + PATIENCE_SECONDS
    while not _is_locked(descriptor):
        if time.monotonic() > end:
            raise OutputError(f"another scan writes to {target}: wait for its end, or choose another output")
        time.sleep(PAUSE_SECONDS)


def _is_locked(descriptor: int) -> bool:
    """Return whether the lock is ours now; where there are no locks (network file systems), it is."""
    import fcntl  # noqa: PLC0415

    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return True
    return True


def require_free(
    target: Path, now: Manifest, earlier: Manifest | None, *, resume: bool, overwrite: bool
) -> None:
    """Raise OutputError where the output holds what this scan must not touch."""
    if os.path.abspath(target) in now.inputs:
        raise OutputError(f"{target} is one of the inputs; choose another output")
    if is_barren(earlier) or (overwrite and (earlier or not target.is_dir())):
        return
    if resume and earlier:
        require_same(target, earlier, now)
    elif earlier or _is_used(target):
        raise OutputError(_in_use(target, resume or overwrite))


def is_barren(earlier: Manifest | None) -> bool:
    """Return whether an earlier scan ended without having read a message: nothing is lost with it."""
    return earlier is not None and earlier.complete and not earlier.messages


def _in_use(target: Path, asked: bool) -> str:
    if target.is_file() and target.suffix not in SINGLE:
        return f"{target} is a file of another kind; choose another output"
    if not asked:
        return f"{target} exists: --resume goes on with it, --overwrite replaces it"
    if target.is_dir():
        return f"{target} holds something else than a scan; choose another output"
    return f"{target} is complete: there is nothing to go on with; --overwrite replaces it"


def _is_used(target: Path) -> bool:
    return target.is_file() or (target.is_dir() and any(one.suffix != UNFINISHED for one in target.iterdir()))
