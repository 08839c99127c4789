"""The messages of a public-inbox git repository, version 1 and 2, streamed out of ``git cat-file``."""

from __future__ import annotations

import os
import subprocess
import threading
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from headertrace.corpus.sources.item import InputError, Item, Trouble
from headertrace.corpus.sources.single import cut
from headertrace.corpus.sources.streams import BombError, Budget
from headertrace.message.layout import MAX_SECTION_BYTES

# A repository is foreign data: no configuration of the system, no network, no lock, no question.
QUIET = {
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_ALLOW_PROTOCOL": "",
    "LC_ALL": "C",
}
SKIP_CHUNK = 2**20
# What each entry counts at least as unpacked: a repository of a dozen objects can name them a billion times.
# A message takes two hundred octets of it, and may unpack to fifty thousand.
LEAST_SPENT = 4096


def repository_items(path: str) -> Iterator[Item | InputError]:
    """Yield the header sections of all messages: in the order of delivery in version 2."""
    version = 2 if _git_lines(path, "ls-tree", "--name-only", "HEAD", "m", "d") else 1
    size = _size_of(path)
    names = _deliveries(path) if version == 2 else _blobs(path, Budget(size))
    failures: list[Exception] = []
    with _running(path, "cat-file", "--batch") as (feed, answers):
        # Written by a thread of its own: git answers while it still reads, and pipes are short.
        feeder = threading.Thread(target=_feed, args=(feed, names, failures), daemon=True)
        feeder.start()
        # In version 2 a message that was taken out again is missing.
        yield from _answers(path, answers, Budget(size), told=version == 1)
        feeder.join()
    for failure in failures:
        raise failure


def _size_of(path: str) -> int:
    """Return the bytes of a repository's objects, and of those that it borrows."""
    lines = _git_lines(path, "count-objects", "-v")
    lent = [line.removeprefix("alternate: ") for line in lines if line.startswith("alternate: ")]
    folders = [os.path.join(path, "objects"), *lent]
    return sum(one.stat().st_size for folder in folders for one in Path(folder).glob("*/*") if one.is_file())


def _deliveries(path: str) -> Iterator[str]:
    for commit in _stream_lines(path, "rev-list", "--reverse", "HEAD"):
        yield f"{commit}:m"


def _blobs(path: str, budget: Budget) -> Iterator[str]:
    # Trees are shown as well: there may be billions of them that hold nothing.
    for line in _stream_lines(path, "ls-tree", "-r", "-t", "HEAD"):
        budget.spend(LEAST_SPENT)
        _, kind, rest = line.split(" ", 2)
        if kind == "blob":
            yield rest.partition("\t")[0]


def _feed(feed: IO[bytes], names: Iterable[str], failures: list[Exception]) -> None:
    try:
        with feed:
            for name in names:
                feed.write(name.encode() + b"\n")
    except (BrokenPipeError, ValueError):  # git has ended, or its pipe is closed: nobody waits for more
        return
    except (OSError, BombError) as failure:
        failures.append(failure)


def _answers(path: str, answers: IO[bytes], budget: Budget, *, told: bool) -> Iterator[Item | InputError]:
    """Yield the blobs of ``git cat-file --batch``: a line ``<id> <type> <size>``, the bytes, a line end.

    ``told`` says whether what is missing is an error.
    """
    while line := answers.readline():
        words = line.decode("ascii", "replace").split()
        if len(words) != 3 or not words[2].isdigit():
            if told and words:
                text = f"corrupt: {' '.join(words[1:])}"
                yield InputError(path=f"{path}!/{words[0]}", trouble=Trouble.CORRUPT, text=text)
            continue
        budget.spend(max(LEAST_SPENT, int(words[2])))
        data = _read_blob(answers, int(words[2]))
        where = f"{path}!/{words[0]}"
        if words[1] == "blob":
            yield Item(path=where, offset=0, data=cut(data))
        else:
            yield InputError(path=where, trouble=Trouble.NOT_A_MESSAGE, text=f"not-a-message: a {words[1]}")


def _read_blob(answers: IO[bytes], size: int) -> bytes:
    kept = answers.read(min(size, MAX_SECTION_BYTES))
    left = size - len(kept) + 1
    while left > 0 and (part := answers.read(min(left, SKIP_CHUNK))):
        left -= len(part)
    return kept


def _stream_lines(path: str, *words: str) -> Iterator[str]:
    with _running(path, *words) as (feed, answers):
        feed.close()
        for line in answers:
            yield line.decode("utf-8", "replace").rstrip("\n")


def _git_lines(path: str, *words: str) -> list[str]:
    return list(_stream_lines(path, *words))


@contextmanager
def _running(path: str, *words: str) -> Iterator[tuple[IO[bytes], IO[bytes]]]:
    command = ["git", "-c", "safe.directory=*", "--git-dir", path, *words]
    with subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, **QUIET},
    ) as git:
        assert git.stdin is not None
        assert git.stdout is not None
        assert git.stderr is not None
        complaints: deque[bytes] = deque(maxlen=1)
        # Read while git works: it waits where a pipe is full, and of what is damaged it says much.
        listener = threading.Thread(target=complaints.extend, args=(git.stderr,), daemon=True)
        listener.start()
        try:
            yield git.stdin, git.stdout
        except BaseException:
            git.kill()
            # Here, as what was not written yet would raise in the place of what ends this.
            with suppress(OSError):
                git.stdin.close()
            raise
        listener.join()
        said = complaints[-1].decode("utf-8", "replace").strip() if complaints else ""
        if git.wait() or said.startswith("error:"):
            raise OSError(said or f"git ended with {git.returncode}")
