"""The messages of an mbox file: mboxo, mboxrd, mboxcl and mboxcl2 (RFC 4155)."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import NamedTuple

from headertrace.corpus.sources.item import InputError, Item
from headertrace.corpus.sources.sniff import (
    BARE_MARK,
    FIELD_LINE,
    UNDATED,
    USUAL_FIELD,
    is_postmark,
    is_undated,
)
from headertrace.corpus.sources.streams import BUFFER
from headertrace.message.layout import BLANK_START, MAX_SECTION_BYTES

# A postmark holds an address, at most 254 octets (RFC 5321, section 4.5.3.1.3), and a date.
MAX_POSTMARK = 400
# A body is skipped by its Content-Length only where it is cheap to look at it again should the length be
# wrong: a longer one is nearly always an attachment in base64, which holds no postmark.
MAX_COUNTED_BODY = 2**20
SEPARATOR = b"\nFrom "
# One pass for all that matters in a header section: searches for one mark each took three times as long.
# Alternatives that begin with a letter, and no group, are passed over at once on all the other lines.
MARK = re.compile(rb"\n(?:\n|\r\n|From |[Cc](?i:ontent-length):[ \t]*+(?P<length>\d{1,12})[ \t]*+(?=\r?\n))")
# The first message of a mailbox that UW-IMAP or Dovecot keeps is none.
FOLDER_DATA = b"\nSubject: DON'T DELETE THIS MESSAGE -- FOLDER INTERNAL DATA"
# What stands before a separator and belongs to it: the end of a blank line.
BLANK_LINE = 2


class Window:
    """A stretch of a stream: ``data`` from ``at`` on is to be read, ``start`` is the offset of ``data``."""

    def __init__(self, stream: io.BufferedReader) -> None:
        """Begin at the stream's next byte."""
        self.data = b""
        self.at = 0
        self.start = 0
        # Whether separators of this mailbox may name a sender and no time, as its first one does.
        self.undated = False
        self._stream = stream

    @property
    def offset(self) -> int:
        """The offset of the next byte."""
        return self.start + self.at

    def more(self) -> bool:
        """Forget what was read, read on, and return whether there was anything."""
        chunk = self._stream.read1(BUFFER)
        self.start += self.at
        self.data = self.data[self.at :] + chunk
        self.at = 0
        return bool(chunk)

    def hold(self, count: int) -> None:
        """Read on until ``count`` bytes are at hand, or the stream ends."""
        while len(self.data) - self.at < count and self.more():
            pass

    def take(self, count: int) -> bytes:
        """Return the next ``count`` bytes, and go behind them."""
        start, self.at = self.at, self.at + count
        return self.data[start : self.at]

    def line(self, at: int) -> bytes:
        """Return the line that begins at a place in ``data``, as far as a postmark can reach."""
        return self.data[at : at + MAX_POSTMARK].partition(b"\n")[0]


class Head(NamedTuple):
    """How many bytes a header section has, and how many its first Content-Length gives to the body."""

    size: int
    body: int | None = None


def mbox_items(stream: io.BufferedReader, path: str) -> Iterator[Item | InputError]:
    """Yield the header section of each message; ``From `` lines in bodies are told from postmarks."""
    window = Window(stream)
    window.hold(MAX_POSTMARK)
    window.at = len(window.data) - len(window.data.lstrip(b"\r\n\xef\xbb\xbf"))
    window.undated = is_undated(window.data[window.at :])
    first = window.offset
    while _skip_postmark(window):
        start, head = window.offset, _measure(window)
        # With the blank line that ends it; a postmark ends it, too.
        section = window.take(head.size)[:MAX_SECTION_BYTES]
        if start - first > MAX_POSTMARK or FOLDER_DATA not in section:
            yield Item(path, start, section)
        _skip_body(window, head.body)


def _skip_postmark(window: Window) -> bool:
    """Go behind the line at hand; return whether there was one."""
    while (end := window.data.find(b"\n", window.at)) < 0:
        window.at = len(window.data)
        if not window.more():
            return False
    window.at = end + 1
    return True


def _measure(window: Window) -> Head:
    """Return what stands before the body, the next postmark, a bound, or the stream's end."""
    searched, body = 0, None
    while not (blank := BLANK_START.match(window.data, window.at)):
        found = MARK.search(window.data, window.at + searched)
        if found is None:
            read = len(window.data) - window.at
            # A mark may lie across the seam, but it begins with its line.
            searched = max(0, window.data.rfind(b"\n", window.at) - window.at)
            if read > MAX_SECTION_BYTES or not window.more():
                return Head(read, body)
            continue
        searched = found.end() - window.at
        if found["length"]:
            body = int(found["length"]) if body is None else body
        elif found[0] != SEPARATOR:
            return Head(searched, body)
        elif _holds_postmark(window, searched - len(SEPARATOR) + 1):
            return Head(searched - len(SEPARATOR) + 1, body)
    return Head(blank.end() - window.at, body)


def _holds_postmark(window: Window, ahead: int) -> bool:
    """Return whether the line that begins ``ahead`` of the next byte is a postmark."""
    window.hold(ahead + MAX_POSTMARK)
    return is_postmark(window.line(window.at + ahead))


def _skip_body(window: Window, length: int | None) -> None:
    """Go on to the next postmark, or to the end of the stream; the header may tell the body's length."""
    if is_postmark(window.line(window.at)):
        return
    if length is not None and length <= MAX_COUNTED_BODY and _skip_counted(window, length):
        return
    # The blank line that ended the header may stand before a postmark: it is looked at again.
    window.at = max(0, window.at - BLANK_LINE)
    while not _skip_to_separator(window):
        if not window.more():
            window.at = len(window.data)
            return


def _skip_to_separator(window: Window) -> bool:
    """Go to the next postmark in the window; where there is none, forget all but what may be part of one."""
    data, at = window.data, window.data.find(SEPARATOR, window.at)
    while at >= 0:
        if len(data) - at < 2 * MAX_POSTMARK:
            before = min(at, BLANK_LINE)
            window.at = at - before
            window.hold(2 * MAX_POSTMARK)
            data, at = window.data, window.at + before
        if _separates(window, at):
            window.at = at + 1
            return True
        at = data.find(SEPARATOR, at + 1)
    window.at = max(window.at, len(data) - len(SEPARATOR) - BLANK_LINE)
    return False


def _separates(window: Window, at: int) -> bool:
    """Return whether a line end is followed by a postmark between a blank line and a header."""
    data, line = window.data, window.line(at + 1)
    blank = data[max(0, at - BLANK_LINE) : at].endswith((b"\n", b"\n\r")) or window.start + at == 0
    after = data.find(b"\n", at + 1) + 1
    if not is_postmark(line):
        return blank and _is_undated(window, line) and USUAL_FIELD.match(data, after) is not None
    if not blank:
        # Some programs leave the blank line out: then only a field that headers begin with tells it.
        return USUAL_FIELD.match(data, after) is not None
    return (
        after in {0, len(data)}
        or FIELD_LINE.match(data, after) is not None
        or data.startswith(b">From ", after)
    )


def _is_undated(window: Window, line: bytes) -> bool:
    return line.rstrip(b"\r") == BARE_MARK or (window.undated and UNDATED.match(line) is not None)


def _skip_counted(window: Window, length: int) -> bool:
    """Go to the postmark that stands where Content-Length says; where none does, nothing is skipped."""
    window.hold(length + 2 * MAX_POSTMARK)
    rest = window.at + length
    gap = window.data[rest : rest + 8]
    rest += len(gap) - len(gap.lstrip(b"\r\n"))
    if not is_postmark(window.line(rest)):
        return False
    window.at = rest
    return True
