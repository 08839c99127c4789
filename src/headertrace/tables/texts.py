"""Text from a mail as a table may hold it: valid Unicode, bounded, and digests of it."""

from __future__ import annotations

import re
from hashlib import blake2b

from headertrace.message.display import display
from headertrace.message.section import HeaderSection
from headertrace.signatures.mailboxes import first_value

# A value that is longer says nothing more to a person, and tables of millions stay small.
MAX_TEXT = 1_000
MAX_SUBJECT = 200
MAX_SHAPE = 60
# 64 bits: among a billion messages three pairs in a hundred runs share one by chance.
DIGEST_BYTES = 8

REPLIES = re.compile(r"(?:(?:re|fwd?|aw|antw)\s*+:\s*+|\[[^\]]{0,60}\]\s*+)++")
NUMBERS = re.compile(r"\d++")
LETTERS = re.compile(r"[A-Za-z]++")


def clean(text: str | None, limit: int = MAX_TEXT) -> str | None:
    """Return the text cut to ``limit``; bytes that were no text (lone surrogates) become question marks."""
    if text is None or (len(text) <= limit and text.isascii()):
        return text
    return text[:limit].encode("utf-8", "replace").decode("utf-8")


def digest(*parts: str | bytes | None) -> str:
    """Return 16 hexadecimal digits that stand for the parts."""
    joined = b"\0".join(p.encode("utf-8", "replace") if isinstance(p, str) else p or b"" for p in parts)
    return blake2b(joined, digest_size=DIGEST_BYTES).hexdigest()


def field_text(section: HeaderSection, name: str, limit: int = MAX_TEXT) -> str | None:
    """Return the first value of a field as a reader sees it, or None."""
    value = first_value(section, name)
    return None if value is None else clean(display(value), limit)


def template_of(subject: str | None) -> str | None:
    """Return a digest of what the subjects of one campaign share: no list, number or reply mark."""
    if not subject:
        return None
    text = NUMBERS.sub("9", REPLIES.sub("", subject.lower()).strip())
    return digest(text) if text else None


def id_shape(message_id: str | None) -> str | None:
    """Return how a Message-ID is made, without its content: ``<a9$9@host>`` becomes ``a9$9``."""
    if not message_id:
        return None
    local = message_id.strip("<> \t").partition("@")[0][: 4 * MAX_SHAPE]
    return clean(NUMBERS.sub("9", LETTERS.sub("a", local))[:MAX_SHAPE])
