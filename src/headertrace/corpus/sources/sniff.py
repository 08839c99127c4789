"""What a file is, told by its first bytes; its name decides only where they do not."""

from __future__ import annotations

import re
from enum import StrEnum

# The tar magic stands at byte 257; a header section shows one of its usual names in the first lines.
SNIFF_BYTES = 4096

POSTMARK = re.compile(
    rb"From [^\n]{0,200}?[ \t]\d{1,2}:\d\d(?::\d\d)?(?:[ \t][^\n]{0,40}?)?[ \t](?:19|20)\d\d\b"
)
FIELD_LINE = re.compile(rb"[!-9;-~]{1,76}[ \t]*+:")
USUAL_FIELD = re.compile(
    rb"^(?:received|return-path|delivered-to|from|to|subject|date|message-id|reply-to|sender|mime-version"
    rb"|content-type|dkim-signature|authentication-results|list-id|x-[!-9;-~]{1,60})[ \t]*+:",
    re.I | re.M,
)
# A NUL between two letters belongs to the first: else it could be taken in two ways at each letter.
UTF16_FIELD = re.compile(rb"(?:\xff\xfe|\xfe\xff)?+(?:\x00?+[!-9;-~]\x00?+){2,76}+:")
NAMED_AS_MESSAGE = re.compile(r"\.(?:eml|email|mail|822)\Z|(?:^|/)\d+\.?\Z|(?:^|/)(?:cur|new)/[^/]+\Z", re.I)


class Kind(StrEnum):
    """What a stream of bytes is."""

    GZIP = "gzip"
    BZIP2 = "bzip2"
    XZ = "xz"
    ZSTD = "zstd"
    ZIP = "zip"
    TAR = "tar"
    PARQUET = "parquet"
    OUTLOOK = "outlook"
    MBOX = "mbox"
    JSON_LINES = "json-lines"
    MESSAGE = "message"
    EMPTY = "empty"
    OTHER = "other"


_MAGIC = (
    (b"\x1f\x8b", Kind.GZIP),
    (b"BZh", Kind.BZIP2),
    (b"\xfd7zXZ\x00", Kind.XZ),
    (b"\x28\xb5\x2f\xfd", Kind.ZSTD),
    (b"PK\x03\x04", Kind.ZIP),
    (b"PK\x05\x06", Kind.ZIP),
    (b"PAR1", Kind.PARQUET),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Kind.OUTLOOK),
)


def kind_of(head: bytes, path: str) -> Kind:
    """Return what the file is whose first ``SNIFF_BYTES`` are ``head``."""
    for magic, kind in _MAGIC:
        if head.startswith(magic):
            return kind
    if head[257:262] == b"ustar":
        return Kind.TAR
    return _kind_of_text(head, path)


def _kind_of_text(head: bytes, path: str) -> Kind:
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if not text:
        return Kind.EMPTY
    if is_postmark(text):
        return Kind.MBOX
    if text.startswith(b"{") and _is_one_line_object(text):
        return Kind.JSON_LINES
    return Kind.MESSAGE if NAMED_AS_MESSAGE.search(path) or looks_like_header(text) else Kind.OTHER


def _is_one_line_object(text: bytes) -> bool:
    """Return whether the first line may be a whole object: laid out for people it is not."""
    line, end, _ = text.partition(b"\n")
    return not end or line.rstrip().endswith(b"}")


def is_postmark(line: bytes) -> bool:
    """Return whether a line separates the messages of an mbox (RFC 4155): an address, a clock, a year."""
    return line.startswith(b"From ") and POSTMARK.match(line) is not None


def looks_like_header(text: bytes) -> bool:
    """Return whether the text begins like a header section, perhaps after a separator line."""
    if text.startswith((b"From ", b">From ")):
        text = text.partition(b"\n")[2]
    if FIELD_LINE.match(text):
        return USUAL_FIELD.search(text) is not None
    return b"\x00" in text[:4] and UTF16_FIELD.match(text) is not None
