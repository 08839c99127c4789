"""Where the header section of a message begins and ends, whatever its line ends and encoding."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from headertrace.defects import Defect, DefectKind
from headertrace.message.pasted import PAGE_BLANKS, is_indented, unpasted
from headertrace.vocabulary import Span

# Mail servers accept header sections of at most about 1 MiB; without a blank line, a whole message of
# this size is still looked through, and memory stays bounded.
MAX_SECTION_BYTES = 16 * 2**20

UTF8_MARK = b"\xef\xbb\xbf"
UTF16_MARKS = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}

# ``To:a`` is the shortest text in which every second byte NUL can be no accident.
UTF16_SHORTEST = 8

# What may stand before the first field: a byte order mark, Apple Mail's count of the octets (.emlx), blank
# lines, and the separator line of an mbox file (RFC 4155), also as a mailer quotes it. ``From :`` is a field,
# in obsolete form.
PREAMBLE = re.compile(
    rb"(?:\xef\xbb\xbf)?+"
    rb"(?:\d{1,9}[ \t]*+\r?+\n(?=[!-9;-~]++[ \t]*+:))?+"
    rb"(?:(?:[ \t]*+\r?+\n)++(?=[!-9;-~]++[ \t]*+:|>?+From ))?+"
    rb"(?:>?+From [ \t]*+(?!:)[^\n]*+(?:\n|\Z))*+"
)
# CRLF that a program wrote as text once more is CR CR LF: one line end, not two.
BLANK_START = re.compile(rb"\r{0,2}+\n")
BLANK_LINE = re.compile(rb"\n(?:\n|\r\r?+\n)")
# *WSP ":" unstructured, folds included (RFC 5322, sections 2.2.3, 3.6.8 and 4.5.8)
VALUE = rb"[ \t]*+:([^\n]*+(?:\n[ \t][^\n]*+)*+)"
# The Received fields, which everybody asks for, are found on the way to the blank line that ends the section.
RECEIVED = re.compile(rb"[Rr](?i:eceived)" + VALUE)
RECEIVED_OR_END = re.compile(rb"\n(?:\n|\r\r?+\n|" + RECEIVED.pattern + b")")
# What a header of one Received field has beside its value: no more than the name and the line end.
ONLY_RECEIVED = len(b"Received:\r\n")
FIELD_AFTER_CR = re.compile(rb"\r(?:[!-9;-~]++[ \t]*+:|\r(?!\n))")


# Where the fields begin and end, where the body begins, and the values of the Received fields.
Course = tuple[int, int, int, list[bytes]]


class Layout(NamedTuple):
    """``lines`` are the fields, every line ending in LF, with a LF in front, so that each field follows one.

    ``raw`` is the section as it stands, ``start`` where its fields begin, ``received`` the values of its
    Received fields.
    """

    raw: bytes
    lines: bytes
    start: int
    body_start: int
    received: Sequence[bytes]
    defects: tuple[Defect, ...]


def locate_section(message: bytes) -> Layout:
    """Return the header section of ``message`` (RFC 5322, section 2.1) and where its fields begin."""
    codec = utf16_codec(message)
    defects: tuple[Defect, ...] = (Defect(kind=DefectKind.UTF16, note=codec),) if codec else ()
    source = _from_utf16(message, codec) if codec else message
    start, end, body_start, received = _follow(source)
    copied = None if _stands(source, start, end, received) else unpasted(source, start, end)
    if copied is not None:
        defects += (Defect(kind=DefectKind.PASTED),)
        source = copied
        start, end, body_start, received = _follow(source)
    lines = source
    if source.find(b"\r", 0, end) >= 0:
        if _uses_cr(source, end):
            lines = _lf_for_cr(source[:MAX_SECTION_BYTES])
            start, end, body_start, received = _follow(lines)
        received = [value.rstrip(b"\r") for value in received]
    if body_start > MAX_SECTION_BYTES:
        defects += (Defect(kind=DefectKind.HEADER_TOO_LONG, span=Span(end, len(source))),)
    raw = source[:end]
    fields = (raw if lines is source else lines[:end])[start:]
    return Layout(raw, b"\n" + fields, start, body_start, received, defects)


def _stands(source: bytes, start: int, end: int, received: list[bytes]) -> bool:
    """Return whether the Received fields stand where a server puts them, and not as in a copy."""
    if not received or received[0].startswith(PAGE_BLANKS):
        return False
    # Of a copy the first line may be indented, or have a blank line behind it.
    return end - start > len(received[0]) + ONLY_RECEIVED and not is_indented(source, start)


def utf16_codec(message: bytes) -> str | None:
    """Return which UTF-16 the message is written in, by its mark or by the NULs beside ASCII, or None."""
    head = message[:2]
    if head in UTF16_MARKS:
        return UTF16_MARKS[head]
    if 0 not in head or len(message) < UTF16_SHORTEST:
        return None
    head = message[:64]
    if not any(head[1::2]) and all(head[::2]):
        return "utf-16-le"
    return "utf-16-be" if not any(head[::2]) and all(head[1::2]) else None


def as_utf8(message: bytes) -> bytes:
    """Return a message in UTF-16 as UTF-8, any other as it is."""
    codec = utf16_codec(message)
    return _from_utf16(message, codec) if codec else message


def _from_utf16(message: bytes, codec: str) -> bytes:
    skip = 2 if message[:2] in UTF16_MARKS else 0
    return message[skip : 2 * MAX_SECTION_BYTES].decode(codec, "replace").encode("utf-8")


def _uses_cr(source: bytes, end: int) -> bool:
    """Return whether CR alone ends lines: on the first line one begins a field or a blank line."""
    first_line = source.find(b"\n", 0, end)
    if first_line < 0:
        first_line = end
    return FIELD_AFTER_CR.search(source, 0, first_line + 1) is not None or b"\n" not in source[:end]


def _lf_for_cr(source: bytes) -> bytes:
    """Return the source, as long as it is, with LF for every CR that stands alone."""
    # CRLF is set aside behind a byte that ends no line; a pattern would keep an object for every CR.
    others = (bytes((byte,)) for byte in range(256) if byte not in b"\r\n")
    mark = next(
        (other for other in others if other + b"\n" not in source and other + b"\r" not in source), None
    )
    if mark is None:
        return source
    return source.replace(b"\r\n", mark + b"\n").replace(b"\r", b"\n").replace(mark + b"\n", b"\r\n")


def _follow(lines: bytes) -> Course:
    """Return the course of a section, followed from its first field to the blank line behind its last."""
    found = PREAMBLE.match(lines, 0, MAX_SECTION_BYTES)
    start = found.end() if found else 0
    if blank := BLANK_START.match(lines, start):
        return start, start, blank.end(), []
    first = RECEIVED.match(lines, start, MAX_SECTION_BYTES)
    received = [first[1]] if first else []
    for found in RECEIVED_OR_END.finditer(lines, first.end() if first else start, MAX_SECTION_BYTES):
        value = found[1]
        if value is None:
            return start, found.start() + 1, found.end(), received
        received.append(value)
    if len(lines) > MAX_SECTION_BYTES:
        return start, MAX_SECTION_BYTES, MAX_SECTION_BYTES + 1, received
    return start, len(lines), len(lines), received
