"""A cell of a table or of JSON as the message in it: text, base64 of it, or its fields one by one."""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from headertrace.corpus.sources.sniff import SNIFF_BYTES, looks_like_header
from headertrace.tables.inputs import as_bytes, message_column

# The alphabets of RFC 4648, sections 4 and 5: programs that hand on whole messages as JSON encode them.
_BASE64 = re.compile(rb"[A-Za-z0-9+/_\s-]{40,}+=*\s*+\Z")
_URL_SAFE = bytes.maketrans(b"-_", b"+/")
# What lists of fields call a field and what stands in it, in any letter case.
_NAMES, _VALUES = ("name", "key"), ("value", "val")
# Objects inside a row, and what these hold: interfaces and web hooks nest no header deeper.
_DEPTH = 2
_RECEIVED = re.compile(rb"(?:^|\n)received[ \t]*+:", re.I)
# A trace field, as a time or a number in a column of that name is none.
_TRACE = re.compile(rb"(?:^|\n)received:\s*+(?:(?:from|by)\s|\()", re.I)
# What whoever wrote the mail chose, in the names that interfaces and web hooks have for it.
_WRITTEN = re.compile(r"body|text|html|plain|snippet|preview|subject|summary|reply", re.I)
_HEADERS = re.compile("header", re.I)


class Found(NamedTuple):
    """A header section in a row: under which names, and whether its fields stood one by one."""

    name: str
    raw: bytes
    listed: bool


def message_in(row: dict[str, object]) -> bytes | None:
    """Return the message, or the header, in a row of JSON; None where it holds none.

    Where no column has a name that tells it, the likeliest cell counts that holds a header section: every
    program has its own name for it.
    """
    column = message_column(list(row))
    if column and (raw := cell_bytes(row[column])):
        return raw
    best = likeliest(_headers_in(row, _DEPTH))
    return best.raw if best else None


def likeliest(found: Iterable[Found]) -> Found | None:
    """Return the one that is the header, or None: a body may begin like one, to be taken for it."""
    return max(found, key=_likelihood, default=None)


def _likelihood(found: Found) -> tuple[bool, bool, bool]:
    told = found.listed or _HEADERS.search(found.name) is not None
    return told or not _WRITTEN.search(found.name), _RECEIVED.search(found.raw) is not None, told


def cell_bytes(value: object) -> bytes | None:
    """Return the message, or the header, in a cell; None where it holds none."""
    value = _parsed(value) if isinstance(value, str) else value
    if isinstance(value, dict) and (column := message_column(list(value))) and isinstance(value[column], str):
        return cell_bytes(value[column])
    if isinstance(value, dict | list):
        return b"".join(_lines(value)) or None
    raw = as_bytes(value)
    return raw if raw is None else _decoded(raw)


def header_in(name: str, value: object) -> Found | None:
    """Return a cell's text, or its list of fields, where that reads like a header section; else None."""
    raw = cell_bytes(value) if isinstance(value, str | bytes | list) else None
    if not raw or not looks_like_header(raw[:SNIFF_BYTES].lstrip()):
        return None
    return Found(name, raw, listed=isinstance(value, list))


def _headers_in(row: dict[str, object], depth: int, above: str = "") -> Iterator[Found]:
    """Yield what the cells of a row hold that reads like a header section."""
    for key, value in row.items():
        name = f"{above} {key}"
        if isinstance(value, dict) and depth:
            yield from _headers_in(value, depth - 1, name)
        elif found := header_in(name, value):
            yield found
    if any(key.casefold() == "received" for key in row):
        raw = b"".join(_lines(row))
        if _TRACE.search(raw):
            yield Found(above, raw, listed=True)


def _parsed(text: str) -> object:
    """Return what a text says that is JSON itself, as web hooks send lists of fields; else the text."""
    if not text.startswith(("[", "{")):
        return text
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return text


def _decoded(raw: bytes) -> bytes:
    """Return what base64 hides, where a header comes out; a header itself holds a colon and is none."""
    if b":" in raw[:SNIFF_BYTES] or not _BASE64.match(raw):
        return raw
    letters = b"".join(raw.split()).rstrip(b"=").translate(_URL_SAFE)
    try:
        found = base64.b64decode(letters + b"=" * (-len(letters) % 4))
    except binascii.Error:
        return raw
    return found if looks_like_header(found[:SNIFF_BYTES].lstrip()) else raw


def _lines(fields: dict[str, object] | list[object]) -> Iterator[bytes]:
    """Yield the lines of fields: ``{name: value}``, ``[[name, value]]`` or objects with both."""
    for name, value in fields.items() if isinstance(fields, dict) else _pairs(fields):
        for each in value if isinstance(value, list) else [value]:
            text = as_bytes(each)
            if text is not None and name.isascii():
                yield name.encode() + b": " + _folded(text) + b"\n"


def _pairs(fields: Iterable[object]) -> Iterator[tuple[str, object]]:
    for field in fields:
        if isinstance(field, dict):
            folded = {key.casefold(): value for key, value in field.items()}
            name = next((folded[key] for key in _NAMES if key in folded), None)
            value = next((folded[key] for key in _VALUES if key in folded), None)
        else:
            name, value = field if isinstance(field, list | tuple) and len(field) == 2 else (None, None)
        if isinstance(name, str):
            yield name, value


def _folded(value: bytes) -> bytes:
    """Return a value whose line ends begin no field of their own."""
    return re.sub(rb"\r?\n(?![ \t])", b"\n ", value.strip())
