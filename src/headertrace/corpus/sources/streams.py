"""Buffered streams that fill their buffer, count what passes and stop bombs."""

from __future__ import annotations

import codecs
import io
from collections.abc import Callable
from dataclasses import dataclass

# One buffer: large enough for few Python calls, and for every sniff to see the first bytes at once.
BUFFER = 256 * 1024
# What one input file may unpack to before its packed size is compared at all.
FREE_BYTES = 256 * 2**20
# Mail archives unpack to 3 to 60 times their size; a bomb of zeros to 1,000 times and more.
MAX_RATIO = 250
# A line of JSON is never longer; what is, is reported and skipped without being kept.
MAX_LINE = 32 * 2**20


class BombError(Exception):
    """An input unpacks to more than any archive of mail does."""


@dataclass(slots=True)
class Budget:
    """What may be unpacked out of one file of ``packed`` bytes, over all layers and members together."""

    packed: int = 0
    spent: int = 0

    def spend(self, count: int) -> None:
        """Count unpacked bytes; raise BombError beyond ``FREE_BYTES`` and ``MAX_RATIO`` times the file."""
        self.spent += count
        if self.spent > FREE_BYTES + MAX_RATIO * self.packed:
            raise BombError(f"more than {MAX_RATIO} times its size; stopped after {self.spent} bytes")


class _Filled(io.RawIOBase):
    """A raw stream that fills the caller's buffer: pipes and decompressors give less than asked for."""

    def __init__(self, read: Callable[[int], bytes], count: Callable[[int], None]) -> None:
        super().__init__()
        self._read = read
        self._count = count
        self._failure: Exception | None = None

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        if self._failure:
            raise self._failure
        filled = 0
        while filled < len(buffer) and (data := self._read_or_fail(len(buffer) - filled, filled)):
            buffer[filled : filled + len(data)] = data
            filled += len(data)
        self._count(filled)
        return filled

    def _read_or_fail(self, size: int, filled: int) -> bytes:
        """Return the next bytes; what was unpacked before a failure is handed over before it is raised."""
        try:
            return self._read(size)
        except Exception as error:
            if not filled:
                raise
            self._failure = error
            return b""


def buffered(read: Callable[[int], bytes], count: Callable[[int], None]) -> io.BufferedReader:
    """Return a stream over ``read`` that reports to ``count`` how many bytes came out of it."""
    return io.BufferedReader(_Filled(read, count), BUFFER)


def with_line_feeds(stream: io.BufferedReader) -> io.BufferedReader:
    """Return the stream with LF for every CR; its offsets are the same."""
    return buffered(lambda size: stream.read1(size).replace(b"\r", b"\n"), lambda _: None)


def with_utf8(stream: io.BufferedReader, codec: str) -> io.BufferedReader:
    """Return the text of a stream in UTF-16 as UTF-8, in which its offsets count."""
    decoder, ready = codecs.getincrementaldecoder(codec)("replace"), b""

    def read(size: int) -> bytes:
        nonlocal ready
        while not ready and (chunk := stream.read1(BUFFER)):
            ready = decoder.decode(chunk).encode("utf-8", "replace")
        given, ready = ready[:size], ready[size:]
        return given

    return buffered(read, lambda _: None)


class Lines:
    """The lines of a stream, and the offset of the next one (``at``)."""

    def __init__(self, stream: io.BufferedReader) -> None:
        """Begin at the stream's next byte."""
        self.at = 0
        self._stream = stream

    def next(self, limit: int = MAX_LINE) -> bytes:
        """Return the next line with its end, at most ``limit`` bytes of it; empty at the end."""
        line = self._stream.readline(limit)
        self.at += len(line)
        return line
