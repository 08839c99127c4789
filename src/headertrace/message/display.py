"""A field's value as a reader sees it."""

from __future__ import annotations

import re

# Longer values are shown cut: nobody reads them, and decoding costs several times their size.
MAX_DISPLAY_BYTES = 64 * 1024

# Inside a run of blanks no fold can begin: without that a long run would be gone through from each of them.
FOLD = re.compile(rb"(?:(?<![ \t])|(?=[\r\n]))[ \t]*+[\r\n]++[ \t]*+")
# The standard library joins encoded words in a row at a cost that grows with the square of their number.
MAX_JOINED = 256
# Encoded words in a row are one text: the white space between them is not shown (RFC 2047, section 6.2).
_WORD = r"=\?[^?\s]++\?[bBqQ]\?[^?]*+\?="
ENCODED_WORDS = re.compile(rf"{_WORD}(?:\s++{_WORD}){{0,{MAX_JOINED}}}+(?:\s++(?={_WORD}))?+")


def unfold(value: bytes) -> bytes:
    """Return the value on one line (RFC 5322, section 2.2.3), without white space around it."""
    # Most values have no fold, and to look for one by its pattern costs much more than for its line end.
    return (FOLD.sub(b" ", value) if b"\n" in value or b"\r" in value else value).strip()


def display(value: bytes) -> str:
    """Return the value unfolded, encoded words decoded (RFC 2047), its bytes taken for UTF-8 or Latin-1."""
    line = unfold(value[:MAX_DISPLAY_BYTES])
    try:
        text = line.decode("utf-8")
    except UnicodeDecodeError:
        text = line.decode("latin-1")
    return ENCODED_WORDS.sub(_decode_words, text) if "=?" in text else text


def _decode_words(found: re.Match[str]) -> str:
    from email.errors import MessageError  # noqa: PLC0415  (slow to import, rarely wanted)
    from email.header import decode_header, make_header  # noqa: PLC0415

    try:
        text = whole(str(make_header(decode_header(found[0].rstrip()))))
    except (MessageError, LookupError, ValueError):
        return found[0]
    return text or found[0]


def whole(text: str) -> str:
    """Return the text; ``UnicodeError`` for half a surrogate pair (UTF-7 can spell one)."""
    text.encode("utf-8")
    return text
