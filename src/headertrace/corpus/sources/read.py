"""Paths become items: every message of every file, folder, archive and repository, one after the other."""

from __future__ import annotations

import errno
import io
import os
import stat
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

from headertrace.corpus.sources.folders import Entry, Repository, Walk, is_index
from headertrace.corpus.sources.item import InputError, Item, Trouble
from headertrace.corpus.sources.mbox import mbox_items
from headertrace.corpus.sources.meter import Meter
from headertrace.corpus.sources.packed import expand, held, tar_members, zip_members
from headertrace.corpus.sources.public_inbox import repository_items
from headertrace.corpus.sources.rows import json_document_items, json_items, parquet_items
from headertrace.corpus.sources.single import message_items, outlook_items
from headertrace.corpus.sources.sniff import SNIFF_BYTES, Kind, kind_of, unread_form
from headertrace.corpus.sources.streams import BombError, Budget, buffered, with_line_feeds, with_utf8
from headertrace.corpus.sources.troubles import input_error
from headertrace.message.layout import UTF16_MARKS

# Archives in archives: a mailbox, in a tar, in a compressor, in a zip is the most that people send.
MAX_DEPTH = 5
STDIN = "-"
# What the items of standard input have for a path.
STDIN_PATH = "standard input"
Items = Iterator[Item | InputError]
PACKED = frozenset({Kind.GZIP, Kind.BZIP2, Kind.XZ, Kind.ZSTD})
TEXTUAL = {
    Kind.MBOX: mbox_items,
    Kind.JSON_LINES: json_items,
    Kind.JSON: json_document_items,
    Kind.MESSAGE: message_items,
    Kind.OUTLOOK: outlook_items,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a stream stands: its path, how deep in archives, and the file itself where one can seek."""

    path: str
    budget: Budget
    file: BinaryIO | None = None
    depth: int = 0

    def inside(self, name: str) -> Place:
        """Return the place of a member of this archive."""
        return Place(path=f"{self.path}!/{name}", budget=self.budget, depth=self.depth + 1)

    def unpacked(self) -> Place:
        """Return the place of what this compressed stream holds."""
        return Place(path=self.path, budget=self.budget, depth=self.depth + 1)


def read_items(paths: Iterable[str | os.PathLike[str]], meter: Meter | None = None) -> Items:
    """Yield every message below the paths and every trouble met, always in the same order."""
    meter = meter or Meter()
    walk = Walk()
    for path in paths:
        for entry in walk.entries(os.fspath(path)) if path != STDIN else (STDIN,):
            yield from _entry_items(entry, meter)


def size_of(paths: Iterable[str | os.PathLike[str]]) -> int | None:
    """Return the bytes that lie below the paths, or None where standard input is among them."""
    total = 0
    walk = Walk()
    for path in paths:
        if path == STDIN:
            return None
        total += sum(_file_size(entry) for entry in walk.entries(os.fspath(path)))
    return total


def _file_size(entry: Entry) -> int:
    try:
        return os.stat(entry).st_size if isinstance(entry, str) else 0
    except OSError:
        return 0


def _entry_items(entry: Entry, meter: Meter) -> Items:
    if isinstance(entry, InputError):
        yield entry
    elif isinstance(entry, Repository):
        yield from _guarded(repository_items(entry.path), entry.path)
    else:
        yield from _guarded(_file_items(entry, meter), STDIN_PATH if entry == STDIN else entry)


def _guarded(items: Items, path: str) -> Items:
    try:
        yield from items
    except Exception as error:  # decoders of hostile data raise anything; the next file goes on
        yield input_error(path, error)


def _file_items(path: str, meter: Meter) -> Items:
    if path == STDIN:
        if sys.stdin is None:
            raise OSError(errno.EBADF, "closed")
        yield from _opened_items(sys.stdin.buffer, STDIN_PATH, meter)
        return
    with open(path, "rb", buffering=0) as file:
        yield from _opened_items(file, path, meter)


def _opened_items(file: BinaryIO, path: str, meter: Meter) -> Items:
    status = os.fstat(file.fileno())
    budget = Budget(packed=status.st_size)
    regular = stat.S_ISREG(status.st_mode)

    def count(size: int) -> None:
        meter.add(size)
        if not regular:
            budget.packed += size

    place = Place(path=path, budget=budget, file=file if regular else None)
    yield from stream_items(buffered(file.read, count), place)


def stream_items(stream: io.BufferedReader, place: Place) -> Items:
    """Yield the messages of one stream, whatever it is."""
    head = stream.peek(SNIFF_BYTES)[:SNIFF_BYTES]
    kind = kind_of(head, place.path)
    if kind is Kind.OTHER and (codec := UTF16_MARKS.get(head[:2])):
        # A mailbox or JSON that PowerShell wrote; one message tells of its own that it is UTF-16.
        stream = with_utf8(stream, codec)
        head = stream.peek(SNIFF_BYTES)[:SNIFF_BYTES]
        kind = kind_of(head, place.path)
    if place.depth > MAX_DEPTH:
        text = f"too-deep: more than {MAX_DEPTH} archives in each other"
        yield InputError(path=place.path, trouble=Trouble.TOO_DEEP, text=text)
    elif kind in TEXTUAL:
        yield from TEXTUAL[kind](with_line_feeds(stream) if _uses_cr(kind, head) else stream, place.path)
    elif kind in PACKED:
        yield from stream_items(expand(stream, kind, place.budget), place.unpacked())
    elif kind is Kind.TAR:
        yield from _members(tar_members(stream, place.budget), place)
    elif kind is Kind.ZIP:
        yield from _members(zip_members(_seekable(stream, place), place.budget), place)
    elif kind is Kind.PARQUET:
        yield from parquet_items(_seekable(stream, place), place.path, place.budget)
    else:
        text = "empty" if kind is Kind.EMPTY else unread_form(head) or "nothing here that holds mail"
        yield InputError(path=place.path, trouble=Trouble.NOT_A_MESSAGE, text=f"not-a-message: {text}")


def _uses_cr(kind: Kind, head: bytes) -> bool:
    """Return whether a mailbox is one of the old Macintosh, whose lines end in CR alone."""
    return kind is Kind.MBOX and b"\r" in head and b"\n" not in head


def _members(members: Iterator[tuple[str, io.BufferedReader | Trouble]], place: Place) -> Items:
    for name, stream in members:
        if any(is_index(part) for part in name.split("/")):
            continue
        member = place.inside(name)
        if isinstance(stream, Trouble):
            yield InputError(path=member.path, trouble=stream, text=f"{stream}: member not read")
            continue
        try:
            yield from stream_items(stream, member)
        except BombError:
            raise
        except Exception as error:  # one broken member; the others go on
            yield input_error(member.path, error)


def _seekable(stream: io.BufferedReader, place: Place) -> BinaryIO:
    if place.file is None:
        return held(stream)
    place.file.seek(0)
    return place.file
