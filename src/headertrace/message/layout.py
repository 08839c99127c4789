"""Where the header section of a message begins and ends, whatever its line ends and encoding."""

from __future__ import annotations

import re
from typing import NamedTuple

from headertrace.defects import Defect, DefectKind
from headertrace.vocabulary import Span

# No mail server known to us accepts a header section of more than 1 MiB; a whole message without a
# blank line, up to this size, is still read, and memory stays bounded.
MAX_SECTION_BYTES = 16 * 2**20

UTF8_MARK = b"\xef\xbb\xbf"
UTF16_MARKS = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}

# What may stand before the first field: a byte order mark, blank lines, and the separator line of an
# mbox file (RFC 4155), also as a mailer quotes it. ``From :`` is a field, in obsolete form.
PREAMBLE = re.compile(
    rb"(?:\xef\xbb\xbf)?+"
    rb"(?:[ \t]*+\r?+\n(?=(?:[ \t]*+\r?+\n)*+(?:[!-9;-~]++[ \t]*+:|>?From )))*+"
    rb"(?:>?From [ \t]*+(?!:)[^\n]*+(?:\n|\Z))*+"
)
BLANK_START = re.compile(rb"\r?\n")
BARE_CR = re.compile(rb"\r(?!\n)")
CR_LINES = re.compile(rb"[^\n]*?\r(?:[!-9;-~]++[ \t]*+:|\r)")


class Layout(NamedTuple):
    """``lines`` is the section with every line ending in LF, as long as ``raw``: offsets hold for both."""

    raw: bytes
    lines: bytes
    start: int
    body_start: int
    defects: tuple[Defect, ...]


def locate_section(message: bytes) -> Layout:
    """Return the header section of ``message`` (RFC 5322, section 2.1) and where its fields begin."""
    raw, defects = _single_byte(message)
    lines = BARE_CR.sub(b"\n", raw[:MAX_SECTION_BYTES]) if _uses_cr(raw) else raw
    start = _preamble_end(lines)
    end, body_start = _locate_end(lines, start)
    if body_start > MAX_SECTION_BYTES:
        defects += (Defect(kind=DefectKind.HEADER_TOO_LONG, span=Span(end, len(raw))),)
    kept = raw if end == len(raw) else raw[:end]
    return Layout(kept, kept if lines is raw else lines[:end], start, min(body_start, len(raw)), defects)


def _single_byte(message: bytes) -> tuple[bytes, tuple[Defect, ...]]:
    codec = _utf16_codec(message[:64])
    if codec is None:
        return message, ()
    defect = Defect(kind=DefectKind.UTF16, note=codec)
    skip = 2 if message[:2] in UTF16_MARKS else 0
    text = message[skip : 2 * MAX_SECTION_BYTES].decode(codec, "replace")
    return text.encode("utf-8", "replace"), (defect,)


def _utf16_codec(head: bytes) -> str | None:
    marked = UTF16_MARKS.get(head[:2])
    if marked or len(head) < 8:
        return marked
    # ASCII written as UTF-16 has a NUL in every second byte; header text begins with ASCII.
    if not any(head[1::2]) and all(head[::2]):
        return "utf-16-le"
    return "utf-16-be" if not any(head[::2]) and all(head[1::2]) else None


def _uses_cr(raw: bytes) -> bool:
    """Return whether a CR alone ends the lines: the first line holds one that begins a field or a blank line."""
    first = raw.find(b"\r", 0, MAX_SECTION_BYTES)
    if first < 0 or raw[first + 1 : first + 2] == b"\n":
        return False
    lf = raw.find(b"\n", 0, MAX_SECTION_BYTES)
    return lf < 0 or (first < lf and CR_LINES.match(raw, 0, lf) is not None)


def _preamble_end(lines: bytes) -> int:
    found = PREAMBLE.match(lines, 0, MAX_SECTION_BYTES)
    return found.end() if found else 0


def _locate_end(lines: bytes, start: int) -> tuple[int, int]:
    """Return where the section ends (after its last line end) and where the body begins."""
    if blank := BLANK_START.match(lines, start):
        return start, blank.end()
    limit = min(len(lines), MAX_SECTION_BYTES)
    first = lines.find(b"\n", start, limit)
    crlf = lines[first - 1 : first] == b"\r"
    body_start = limit if limit == len(lines) else limit + 1
    # The style of the first line is looked for first, so that the other never searches the body.
    for blank_line in (b"\n\r\n", b"\n\n") if crlf else (b"\n\n", b"\n\r\n"):
        at = lines.find(blank_line, start, limit)
        if at >= 0:
            limit, body_start = at + 1, at + len(blank_line)
    return limit, body_start
