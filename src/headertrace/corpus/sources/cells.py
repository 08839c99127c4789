"""A cell of a table or of JSON as the message in it: text, base64 of it, or its fields one by one."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterable, Iterator

from headertrace.corpus.sources.sniff import SNIFF_BYTES, looks_like_header
from headertrace.tables.inputs import as_bytes, message_column

# The alphabets of RFC 4648, sections 4 and 5: programs that hand on whole messages as JSON encode them.
_BASE64 = re.compile(rb"[A-Za-z0-9+/_\s-]{40,}+=*\s*+\Z")
_URL_SAFE = bytes.maketrans(b"-_", b"+/")
# What lists of fields call a field and what stands in it.
_NAMES, _VALUES = ("name", "key"), ("value", "val")


def cell_bytes(value: object) -> bytes | None:
    """Return the message, or the header, in a cell; None where it holds none."""
    if isinstance(value, dict) and (column := message_column(list(value))) and isinstance(value[column], str):
        return cell_bytes(value[column])
    if isinstance(value, dict | list):
        return b"".join(_lines(value)) or None
    raw = as_bytes(value)
    return raw if raw is None else _decoded(raw)


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
            name = next((field[key] for key in _NAMES if key in field), None)
            value = next((field[key] for key in _VALUES if key in field), None)
        else:
            name, value = field if isinstance(field, list | tuple) and len(field) == 2 else (None, None)
        if isinstance(name, str):
            yield name, value


def _folded(value: bytes) -> bytes:
    """Return a value whose line ends begin no field of their own."""
    return re.sub(rb"\r?\n(?![ \t])", b"\n ", value.strip())
