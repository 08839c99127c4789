"""A message in any shape that callers hold becomes bytes; of this folder, only this module opens files."""

from __future__ import annotations

import os
import re
import sys
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias, cast

from headertrace.defects import DefectKind
from headertrace.message.layout import MAX_SECTION_BYTES, as_utf8, locate_section
from headertrace.message.pasted import PASTED_BYTES
from headertrace.message.section import HeaderSection, read_section

if TYPE_CHECKING:
    from email.message import Message as EmailMessage

    from mailparser import MailParser

    Message: TypeAlias = bytes | bytearray | memoryview | str | os.PathLike[str] | EmailMessage | MailParser

# Nine in ten header sections are smaller: one read is enough.
FIRST_READ_BYTES = 16 * 1024
# A report stands before the message it returns; 512 KB hold the report on a thousand recipients.
MIME_LIMIT = 512 * 1024
# Exchange Online's largest message; an Outlook file holds the attachments before its headers.
MAX_OUTLOOK_BYTES = 150 * 2**20

# Compound File Binary Format ([MS-CFB], section 2.2), in which Outlook keeps a message.
OUTLOOK_MAGIC = bytes.fromhex("d0cf11e0a1b11ae1")
# PidTagTransportMessageHeaders ([MS-OXPROPS], section 2.1040)
TRANSPORT_HEADERS = 0x007D
# The list of properties, and that one as UTF-16 or as 8-bit text ([MS-OXMSG], section 2.1.3)
OUTLOOK_STREAMS = ("__properties_version1.0", "__substg1.0_007D001F", "__substg1.0_007D001E")

# Where its header counts the sectors of its tables: FAT, mini FAT and DIFAT ([MS-CFB], section 2.2).
SECTOR_COUNTS = (0x2C, 0x40, 0x48)
SMALLEST_SECTOR = 512

UNINDENTED = re.compile(r"(?:\r\n|\r|\n)(?![ \t])")


def open_message(message: Message) -> HeaderSection:
    """Return the header section of the message; raises like ``message_bytes``."""
    return read_section(message_bytes(message))


def message_bytes(message: Message) -> bytes:
    """Return the message as bytes, or as much of it as holds the header section.

    A ``str`` is text, never a path. ``TypeError`` for what is no message, ``OSError`` for a path that
    cannot be read, ``ValueError`` for an Outlook file without the extra ``msg``.
    """
    found = message if isinstance(message, bytes) else _as_bytes(message)
    return _from_outlook(found) if found.startswith(OUTLOOK_MAGIC) else found


def whole_message(message: Message) -> bytes:
    """Return as much of a message, body included, as a bounce needs, UTF-16 as UTF-8.

    Raises like ``message_bytes``.
    """
    return as_utf8(_whole(message))


def _whole(message: Message) -> bytes:
    if isinstance(message, os.PathLike):
        with Path(message).open("rb") as file:
            head = file.read(MIME_LIMIT)
        return message_bytes(message) if head.startswith(OUTLOOK_MAGIC) else head
    parsed = getattr(message, "message", message)
    try:
        # A parsed message gives its body too; message_bytes takes no more than its header.
        return (
            bytes(cast("EmailMessage", parsed).as_bytes())
            if hasattr(parsed, "as_bytes")
            else message_bytes(message)
        )
    except (UnicodeError, LookupError, ValueError, TypeError, AttributeError, RecursionError):
        return message_bytes(message)


def _as_bytes(message: Message) -> bytes:
    if isinstance(message, str):
        return _encode(message)
    if isinstance(message, bytes | bytearray | memoryview):
        return bytes(message)
    if isinstance(message, os.PathLike):
        return _read_head(Path(message))
    # Whoever holds one of these has imported its module; to import it here would cost all the others.
    parsed = getattr(message, "message", None) if _is_a(message, "mailparser", "MailParser") else message
    if _is_a(parsed, "email.message", "Message"):
        return _from_email(cast("EmailMessage", parsed))
    raise TypeError(f"not a message: {type(message).__name__}")


def _is_a(message: object, module: str, name: str) -> bool:
    return module in sys.modules and isinstance(message, getattr(sys.modules[module], name))


def _encode(text: str) -> bytes:
    try:
        return text.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return text.encode("utf-8", "replace")


def _read_head(path: Path) -> bytes:
    """Return the file up to some way behind its header section, at most ``MAX_SECTION_BYTES`` and one."""
    size = FIRST_READ_BYTES
    with path.open("rb") as file:
        head = file.read(size)
        if head.startswith(OUTLOOK_MAGIC):
            return head + file.read(MAX_OUTLOOK_BYTES)
        # Each read doubles what is there: looking again from the start stays linear.
        while len(head) == size <= MAX_SECTION_BYTES and not _holds_header(head):
            size = min(2 * size, MAX_SECTION_BYTES + 1)
            head += file.read(size - len(head))
    return head


def _holds_header(head: bytes) -> bool:
    """Return whether the header ends in the head of a message; of a copy, with all that may belong to it."""
    layout = locate_section(head)
    if layout.body_start <= len(layout.raw):
        return False
    # What seems to be a header of a line or two may be the start of a copy, with blank lines between.
    stands = len(layout.received) > 1 and not any(d.kind is DefectKind.PASTED for d in layout.defects)
    return stands or len(head) > PASTED_BYTES


def _from_email(message: EmailMessage) -> bytes:
    """Return the header section that a parsed message still holds; its body is not looked at."""
    lines = [message.get_unixfrom() or ""]
    # A value set by a program may hold a line end without a fold: it must not begin a field of its own.
    lines += [f"{name}: {UNINDENTED.sub(_indent, str(value))}" for name, value in message.raw_items()]
    return _encode("\n".join(lines if lines[0] else lines[1:]) + "\n\n")


def _indent(found: re.Match[str]) -> str:
    return found[0] + " "


def _from_outlook(container: bytes) -> bytes:
    """Return the Internet headers in an Outlook message; the container itself where it is damaged."""
    try:
        import olefile  # noqa: PLC0415  (an extra, and slow to import)
        import oxmsg.storage  # noqa: PLC0415
    except ImportError as error:
        raise ValueError("an Outlook .msg file is read with: pip install 'headertrace[msg]'") from error
    try:
        # Only these streams, and never by name of a file: oxmsg's own loading reads every attachment.
        with olefile.OleFileIO(_bounded(container)) as found:
            held = [name for name in OUTLOOK_STREAMS if found.exists(name)]
            named = [
                (name, found.openstream(name).read())
                for name in held
                if found.get_size(name) <= len(container)
            ]
        streams = tuple(oxmsg.storage.Stream(name, data) for name, data in named)
        root = oxmsg.storage.Storage(path="", streams=streams, storages=())
        headers = oxmsg.Message(root).properties.str_prop_value(TRANSPORT_HEADERS)
    except Exception:
        # A damaged container makes its readers raise whatever they meet: struct.error, KeyError, OSError ...
        return container
    return _encode(headers or "")


def _bounded(container: bytes) -> BytesIO:
    """Return the container to read from; ``ValueError`` where its tables would be longer than it is.

    olefile follows whatever these numbers say: a file of 2 KB made it take 2 GB.
    """
    counts = (int.from_bytes(container[place : place + 4], "little") for place in SECTOR_COUNTS)
    if max(counts) * SMALLEST_SECTOR > len(container):
        raise ValueError("more sectors than octets")
    return BytesIO(container)
