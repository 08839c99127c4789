"""Text from a mail made safe to show: nothing in it can move a cursor, hide, or turn the reading order."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from itertools import islice

# A host name has at most 253 characters (RFC 1035, section 2.3.4); more than this is shown cut.
NAME_LIMIT = 120
# A field of an honest server is below 1 KB; more than this is shown cut.
FIELD_LIMIT = 4096

_UNSAFE = re.compile(
    r"[\x00-\x1f\x7f-\x9f"  # control characters: terminals obey them
    r"\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\uffa0"  # drawn as nothing
    r"\u200b-\u200f\u2028-\u202f\u2060-\u206f"  # joiners, and what turns the reading order
    r"\ufe00-\ufe0e\ufeff\ufff0-\ufffc\ufffe\uffff"  # variants, marks
    r"\ud800-\udfff\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"  # bytes that are no text, tags
    # More than three marks on one letter are drawn over the lines above and below.
    r"|(?<=[\u0300-\u036f\u20d0-\u20f0]{3})[\u0300-\u036f\u20d0-\u20f0]"
)
_BYTE = 0xDC00


def visible(text: str | bytes) -> str:
    r"""Return the text with every character that does not show, or that commands, written as ``\x1b``."""
    if isinstance(text, bytes):
        text = text.decode("utf-8", "surrogateescape")
    return _UNSAFE.sub(_name_it, text)


def _name_it(match: re.Match[str]) -> str:
    code = ord(match[0])
    if _BYTE + 0x80 <= code <= _BYTE + 0xFF:
        return f"\\x{code - _BYTE:02x}"
    if code <= 0xFF:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"


def one_line(text: str | bytes, limit: int = NAME_LIMIT) -> str:
    """Return the text safe to show on one line: folds as a blank, at most about ``limit`` characters."""
    if len(text) > limit:
        return _cut(text, limit)
    if isinstance(text, bytes):
        text = text.decode("utf-8", "surrogateescape")
    return visible(" ".join(text.split()))


def first_of(values: Collection[str], most: int, show: Callable[[str], str] = one_line) -> str:
    """Return the first values on one line, each as ``show`` makes it safe, and how many more there are."""
    shown = ", ".join(map(show, islice(values, most)))
    return f"{shown} and {len(values) - most} more" if len(values) > most else shown


def _cut(text: str | bytes, limit: int) -> str:
    unit = "bytes" if isinstance(text, bytes) else "characters"
    head = text[: limit - 20] if limit > 40 else text[: limit // 2]
    return f"{one_line(head, limit)}… ({len(text):,} {unit})"
