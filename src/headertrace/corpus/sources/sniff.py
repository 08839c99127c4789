"""What a file is, told by its first bytes; its name decides only where they do not."""

from __future__ import annotations

import re
from enum import StrEnum

# The tar magic stands at byte 257; a header section shows one of its usual names in the first lines.
SNIFF_BYTES = 4096

# The clock and then the year, as asctime(3) has them; some exporters write ISO 8601 or RFC 5322 instead.
POSTMARK = re.compile(
    rb"From [^\n]{0,200}?[ \t](?:\d{1,2}:\d\d(?::\d\d)?(?:[ \t][^\n]{0,40}?)?[ \t](?:19|20)\d\d\b"
    rb"|(?:\d{1,2}[ -][A-Z][a-z]{2}[ -](?:19|20)\d\d|(?:19|20)\d\d-\d\d-\d\d)[T \t]\d{1,2}:\d\d)"
)
# Without a time: Thunderbird writes the word alone, other programs the sender. Only what follows can tell it.
BARE_MARK = b"From "
UNDATED = re.compile(rb"From (?:[^\s@]{1,64}@[^\s@]{1,255})?[ \t]*+\r?\Z")
# Apple Mail puts the number of octets before a message (.emlx).
EMLX = re.compile(rb"\d{1,9}[ \t]*+\r?\n(?=[!-9;-~]{1,76}[ \t]*+:)")
FIELD_LINE = re.compile(rb"[!-9;-~]{1,76}[ \t]*+:")
USUAL_FIELD = re.compile(
    rb"^(?:received|return-path|delivered-to|from|to|subject|date|message-id|reply-to|sender|mime-version"
    rb"|content-type|dkim-signature|authentication-results|list-id|x-[!-9;-~]{1,60})[ \t]*+:",
    re.I | re.M,
)
# A NUL between two letters belongs to the first: else it could be taken in two ways at each letter.
UTF16_FIELD = re.compile(rb"(?:\xff\xfe|\xfe\xff)?+(?:\x00?+[!-9;-~]\x00?+){2,76}+:")
_JSON = re.compile(rb"\{\s*+[\"}]|\[\s*+\{")
NAMED_AS_MESSAGE = re.compile(
    r"\.(?:emlx?|email|mail|822)\Z|(?:^|/)\d+\.?\Z|(?:^|/)(?:cur|new)/[^/]+\Z", re.I
)


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
    JSON = "json"
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


# What holds mail but is not read: its beginning, what it is and how to get at the mail.
UNREAD = (
    (re.compile(rb"!BDN"), "an Outlook data file (.pst); export its mail as .eml or mbox"),
    (re.compile(rb"\xcf\xad\x12\xfe"), "an Outlook Express folder (.dbx); export its mail as .eml or mbox"),
    (
        re.compile(rb"2 M[0-9a-f]+ C[0-9a-f]+\n\x01\x02"),
        "a Dovecot dbox; 'doveadm backup' makes a Maildir of it",
    ),
    (re.compile(rb"BABYL OPTIONS"), "a Babyl mailbox; Emacs saves it as mbox"),
    (re.compile(rb"\x01\x01\x01\x01\n"), "an MMDF mailbox; mutt or Python's mailbox module saves it as mbox"),
    (re.compile(rb"7z\xbc\xaf\x27\x1c|Rar!\x1a\x07"), "a 7z or RAR archive; unpack it first"),
    (re.compile(rb"\x1f\x9d|\x04\x22\x4d\x18"), "compressed by compress or lz4; unpack it first"),
    (re.compile(rb"\x00\x05\x16\x07"), "what macOS keeps beside a file"),
)


def unread_form(head: bytes) -> str | None:
    """Return what a file is that may hold mail in a form that is not read, or None."""
    return next((words for begins, words in UNREAD if begins.match(head)), None)


def kind_of(head: bytes, path: str) -> Kind:
    """Return what the file is whose first ``SNIFF_BYTES`` are ``head``."""
    for magic, kind in _MAGIC:
        if head.startswith(magic):
            return kind
    if head[257:262] == b"ustar":
        return Kind.TAR
    if unread_form(head):
        return Kind.OTHER
    return _kind_of_text(head, path)


def _kind_of_text(head: bytes, path: str) -> Kind:
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if not text:
        return Kind.EMPTY
    if begins_mailbox(text):
        return Kind.MBOX
    if _JSON.match(text):
        return Kind.JSON_LINES if _is_one_line_object(text) else Kind.JSON
    return Kind.MESSAGE if NAMED_AS_MESSAGE.search(path) or looks_like_header(text) else Kind.OTHER


def _is_one_line_object(text: bytes) -> bool:
    """Return whether the first line may be a whole object: laid out for people, or in a list, it is not."""
    line, end, _ = text.partition(b"\n")
    return text.startswith(b"{") and (not end or line.rstrip().endswith(b"}"))


def begins_mailbox(text: bytes) -> bool:
    """Return whether a text begins with a separator line of an mbox, with a time or without."""
    return is_postmark(text) or is_undated(text)


def is_undated(text: bytes) -> bool:
    """Return whether a text begins with a separator line that tells no time, and a field behind it."""
    line, _, rest = text.partition(b"\n")
    return line.startswith(BARE_MARK) and bool(UNDATED.match(line)) and bool(FIELD_LINE.match(rest))


def is_postmark(line: bytes) -> bool:
    """Return whether a line separates the messages of an mbox (RFC 4155): an address, a clock, a year."""
    return line.startswith(b"From ") and POSTMARK.match(line) is not None


def looks_like_header(text: bytes) -> bool:
    """Return whether the text begins like a header section, perhaps after a separator line."""
    if text.startswith((b"From ", b">From ")) or EMLX.match(text):
        text = text.partition(b"\n")[2]
    if FIELD_LINE.match(text):
        return USUAL_FIELD.search(text) is not None
    return b"\x00" in text[:4] and UTF16_FIELD.match(text) is not None
