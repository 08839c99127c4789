"""A header that was copied out of a page or a letter: what stands around it taken away."""

from __future__ import annotations

import re

# A header copied by hand is a few kilobytes; what stands before one is a page's own words.
PASTED_BYTES = 64 * 1024

# What may stand in front of every line: blanks, also those of pages, marks of a quotation, a byte order mark.
_MARGIN = rb"(?:[ \t>|]|\xc2\xa0|\xe3\x80\x80|\xe2\x80\x8b|\xef\xbb\xbf)"
_NAME = rb"[A-Za-z][!-9;-~]{0,75}[ \t]*+:"
# A name that no fold looks like: ``h=from:to`` of a signature has other letters.
_PLAIN_NAME = rb"[A-Za-z][A-Za-z0-9-]{1,75}:[ \t\r\n]"
_RECEIVED = re.compile(
    rb"(?m)^(?P<margin>" + _MARGIN + rb"*+)[Rr](?i:eceived)[ \t]*+:(?P<value>\xc2\xa0|\xe3\x80\x80)?"
)
_FIRST_LINE = re.compile(rb"(?:[ \t]*+\r?+\n)*+(?P<margin>" + _MARGIN + rb"*+)(?P<name>" + _NAME + rb")?")
_INDENTED = re.compile(_MARGIN + rb"++" + _NAME)
# The fields that servers put in front: with one of them a stored header begins.
_BEGINNING = re.compile(
    rb"(?im)^(?P<margin>" + _MARGIN + rb"*+)"
    rb"(?:delivered-to|return-path|received|x-received|x-original-to|envelope-to|arc-seal)[ \t]*+:"
)
# The blanks of pages, and letters that have no width.
PAGE_BLANKS = (b"\xc2\xa0", b"\xe3\x80\x80")
_NO_WIDTH = (b"\xe2\x80\x8b", b"\xef\xbb\xbf")
_BLANK_BETWEEN = re.compile(rb"\r?\n[ \t]*+\r?\n")
# Three fields with a blank line behind each: no server writes even two.
_DOUBLE_SPACED = re.compile(
    rb"(?:" + _NAME + rb"[^\n]*+\n(?:[ \t]*+\r?+\n)(?:[ \t]+[^\s][^\n]*+\n[ \t]*+\r?+\n)*+){3}"
)


def is_indented(text: bytes, start: int) -> bool:
    """Return whether a field begins the text behind blanks or marks of a quotation."""
    return _INDENTED.match(text, start) is not None


def unpasted(text: bytes, start: int, end: int) -> bytes | None:
    """Return the header without what stands around it, or None where nothing does.

    ``start`` and ``end`` are where a header was found. To be asked only of a text in which no Received field
    stands at its place, or one with a page's blank, or none but the first, or behind an indented first line.
    """
    head = text[start : start + PASTED_BYTES]
    first = _FIRST_LINE.match(head)
    # Mail without a Received field is common: of what begins as it should, only the header is looked at.
    if first and first["name"] and not first["margin"]:
        return _with_other_blanks(head, first.start("name"), end - start)
    if not _RECEIVED.search(head):
        return None
    if not first or not first["name"]:
        first = _BEGINNING.search(head)
    return _without_margin(head[first.start("margin") :], first["margin"]) if first else None


def _with_other_blanks(head: bytes, start: int, end: int) -> bytes | None:
    """Return a header that begins as it should, but goes on with blanks of pages or blank lines."""
    if _DOUBLE_SPACED.match(head, start):
        return _BLANK_BETWEEN.sub(b"\n", head) if _RECEIVED.search(head) else None
    received = _RECEIVED.search(head, start, end)
    odd = received and (received["value"] or received["margin"] in _NO_WIDTH)
    return _without_margin(head, b"") if odd else None


def _without_margin(head: bytes, margin: bytes) -> bytes:
    """Return the lines without the margin of the first; blanks of pages become blanks of mail."""
    text = head.removeprefix(margin)
    # Where only the first line is indented, the blanks of the others are folds.
    if margin.strip(b" \t") or re.search(rb"(?m)^" + re.escape(margin) + _PLAIN_NAME, text):
        text = re.sub(rb"(?m)^" + re.escape(margin), b"", text)
    for blank in PAGE_BLANKS:
        text = text.replace(blank, b" ")
    for letter in _NO_WIDTH:
        text = text.replace(letter, b"")
    return text
