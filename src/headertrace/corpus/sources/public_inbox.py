"""The messages of a public-inbox git repository, version 1 and 2, streamed out of ``git cat-file``."""

from __future__ import annotations

import os
import subprocess
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import IO

from headertrace.corpus.sources.item import InputError, Item, Trouble
from headertrace.corpus.sources.single import cut
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


def repository_items(path: str) -> Iterator[Item | InputError]:
    """Yield the header sections of all messages: in the order of delivery in version 2."""
    version = 2 if _git_lines(path, "ls-tree", "--name-only", "HEAD", "m", "d") else 1
    names = _deliveries(path) if version == 2 else _blobs(path)
    with _running(path, "cat-file", "--batch") as (feed, answers):
        # Written by a thread of its own: git answers while it still reads, and pipes are short.
        feeder = threading.Thread(target=_feed, args=(feed, names), daemon=True)
        feeder.start()
        yield from _answers(path, answers)
        feeder.join()


def _deliveries(path: str) -> Iterator[str]:
    for commit in _stream_lines(path, "rev-list", "--reverse", "HEAD"):
        yield f"{commit}:m"


def _blobs(path: str) -> Iterator[str]:
    for line in _stream_lines(path, "ls-tree", "-r", "HEAD"):
        _, kind, rest = line.split(" ", 2)
        if kind == "blob":
            yield rest.partition("\t")[0]


def _feed(feed: IO[bytes], names: Iterable[str]) -> None:
    with feed:
        for name in names:
            try:
                feed.write(name.encode() + b"\n")
            except BrokenPipeError:
                return


def _answers(path: str, answers: IO[bytes]) -> Iterator[Item | InputError]:
    """Yield the blobs of ``git cat-file --batch``: a line ``<id> <type> <size>``, the bytes, a line end."""
    while line := answers.readline():
        words = line.decode("ascii", "replace").split()
        if len(words) != 3 or not words[2].isdigit():
            continue
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
        try:
            yield git.stdin, git.stdout
        except GeneratorExit:
            git.kill()
            raise
        complaint = git.stderr.read().decode("utf-8", "replace").strip()
        if git.wait():
            raise OSError(complaint.splitlines()[-1] if complaint else f"git ended with {git.returncode}")
