"""The messages of an mbox file: mboxo, mboxrd, mboxcl and mboxcl2 (RFC 4155)."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

from headertrace.corpus.sources.item import InputError, Item
from headertrace.corpus.sources.sniff import FIELD_LINE, is_postmark
from headertrace.corpus.sources.streams import Lines
from headertrace.message.layout import MAX_SECTION_BYTES

# A longer line can be no postmark; it is read in parts and none of them is kept.
MAX_BODY_LINE = 64 * 1024
# A body is skipped by its Content-Length only where it is cheap to put back should the length be wrong:
# a longer one is nearly always an attachment in base64, which holds no postmark.
MAX_COUNTED_BODY = 2**20
CONTENT_LENGTH = re.compile(rb"^content-length:[ \t]*+(\d{1,12})[ \t]*+\r?$", re.I | re.M)
BLANK = (b"\n", b"\r\n")


def mbox_items(stream: io.BufferedReader, path: str) -> Iterator[Item | InputError]:
    """Yield the header section of each message; ``From `` lines in bodies are told from postmarks."""
    lines = Lines(stream)
    mark = _first_mark(lines)
    while mark:
        start = lines.at
        header, mark = _read_header(lines)
        yield Item(path=path, offset=start, data=header)
        mark = mark or _next_mark(lines, header)


def _first_mark(lines: Lines) -> bytes:
    line = lines.next(MAX_BODY_LINE)
    while line in BLANK:
        line = lines.next(MAX_BODY_LINE)
    return line


def _read_header(lines: Lines) -> tuple[bytes, bytes]:
    """Return a header section, and the postmark that followed it at once (empty where a body follows)."""
    kept: list[bytes] = []
    size = 0
    while line := lines.next():
        if line.startswith(b"From ") and is_postmark(line):
            return b"".join(kept), line
        if size < MAX_SECTION_BYTES:
            kept.append(line)
            size += len(line)
        if line in BLANK:
            break
    return b"".join(kept), b""


def _next_mark(lines: Lines, header: bytes) -> bytes:
    """Skip a body; return the postmark after it, or nothing at the end of the file."""
    counted = CONTENT_LENGTH.search(header)
    if counted and int(counted[1]) <= MAX_COUNTED_BODY and (mark := _skip_counted(lines, int(counted[1]))):
        return mark
    after_blank = True
    while line := lines.next(MAX_BODY_LINE):
        if after_blank and line.startswith(b"From ") and is_postmark(line) and _begins_header(lines):
            return line
        after_blank = line in BLANK
    return b""


def _skip_counted(lines: Lines, length: int) -> bytes:
    """Return the postmark that stands where Content-Length says; where none does, nothing is skipped."""
    body = lines.read(length)
    gap = b""
    line = lines.next(MAX_BODY_LINE)
    while line in BLANK:
        gap += line
        line = lines.next(MAX_BODY_LINE)
    if is_postmark(line):
        return line
    lines.put_back(body + gap + line)
    return b""


def _begins_header(lines: Lines) -> bool:
    """Return whether the next line is a field: a postmark quoted in a text is followed by none."""
    line = lines.next(MAX_BODY_LINE)
    lines.put_back(line)
    return not line or FIELD_LINE.match(line) is not None or line.startswith(b">From ")
