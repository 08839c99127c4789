"""Shields: letters that stand for bytes of a field while it is read, so that no pattern mistakes them.

A quoted local part may hold anything (RFC 5321, section 4.1.2): `(envelope-from <"x) by y ("@a.example>)`.
Who sends a message chooses its paths: nothing in such a local part is a mark.
"""

from __future__ import annotations

import re

# Two bytes that end characters of UTF-8 (`à` is C3 A0) are blanks in latin-1, where patterns look for
# blanks: letters outside latin-1 stand for them while the field is read.
_LETTERS = {0x85: 0x0105, 0xA0: 0x0101}
# For what is neither a letter nor a digit in ASCII: letters of the block that begins there
_QUOTED_BLOCK = 0x0200
_QUOTED_LETTERS = {byte: _QUOTED_BLOCK + byte for byte in range(0x80) if not chr(byte).isalnum()}
_BYTES = {letter: byte for byte, letter in (_LETTERS | _QUOTED_LETTERS).items()}

# How servers open a path: the sender's (Exim, qmail's heirs, Alibaba, Smail, XMail), the recipient's
_OPENING = re.compile(
    r'(?:(?:envelope-(?:from|sender)|mailfrom|return-path|sender|\bfor(?=\s))(?:[:=]|\s)\s*+<?+|\bfrom\s++<)(?=")',
    re.I,
)
# RFC 5321, 4.1.2: Quoted-string = DQUOTE *QcontentSMTP DQUOTE, and the @ of Mailbox; no longer than a line
# that Postfix takes (line_length_limit)
_LOCAL_PART = re.compile(r'"(?:[^"\\]|\\.){0,2048}+"(?=@)', re.S)
# A server writes a sender and a recipient; of what a client writes by the dozen, the last ones are enough.
_MAX_OPENINGS = 8


def shielded(text: str) -> str:
    """Return a field decoded as latin-1, in its length, in which no byte passes for a mark that it is not."""
    if not text.isascii():
        text = text.translate(_LETTERS)
    return _with_shielded_paths(text) if '"@' in text else text


def unshielded(text: str) -> str:
    """Return a piece of a shielded field with its own bytes, decoded as latin-1."""
    return text.translate(_BYTES)


def _with_shielded_paths(text: str) -> str:
    """Return the field with letters in the quoted local parts of its paths.

    The last one first: a client may have opened another in its greeting, which would end in the server's.
    """
    openings = [match.end() for match in _OPENING.finditer(text)]
    stop = len(text)
    for start in reversed(openings[-_MAX_OPENINGS:]):
        quoted = _LOCAL_PART.match(text, start, stop)
        if quoted is not None:
            stop = start
            text = text[:start] + quoted[0].translate(_QUOTED_LETTERS) + text[quoted.end() :]
    return text
