"""A message in any of the shapes that callers hold becomes bytes; only here is a message file opened."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from headertrace.message.layout import MAX_SECTION_BYTES
from headertrace.message.section import HeaderSection, read_section

if TYPE_CHECKING:
    from email.message import Message as EmailMessage

    from mailparser import MailParser

    Message: TypeAlias = bytes | str | os.PathLike[str] | EmailMessage | MailParser


def open_message(message: Message) -> HeaderSection:
    """Return the header section of the message; ``TypeError`` for what is none, ``OSError`` for an unreadable path."""
    return read_section(message if isinstance(message, bytes) else message_bytes(message))


def message_bytes(message: Message) -> bytes:
    """Return the message, or at least all of its header section, as bytes; a ``str`` is text, never a path."""
    if isinstance(message, bytes | bytearray | memoryview):
        return bytes(message)
    if isinstance(message, str):
        return message.encode("utf-8", "surrogateescape")
    if isinstance(message, os.PathLike):
        with Path(message).open("rb") as file:
            return file.read(MAX_SECTION_BYTES)
    raise TypeError(f"no message: {type(message).__name__}")
