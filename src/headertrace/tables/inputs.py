"""Columns that may hold messages, and a cell of one as the bytes of a message."""

from __future__ import annotations

# The first one present holds the messages.
MESSAGE_COLUMNS = ("raw", "headers", "header", "message", "content", "eml")
# The first one present names them.
NAME_COLUMNS = ("id", "name", "message_id")


def message_column(names: list[str]) -> str | None:
    """Return which of the columns holds messages, or None."""
    return next((name for name in MESSAGE_COLUMNS if name in names), None)


def name_column(names: list[str]) -> str | None:
    """Return which of the columns names messages, or None."""
    return next((name for name in NAME_COLUMNS if name in names), None)


def as_bytes(value: object) -> bytes | None:
    """Return a cell's bytes: text as Latin-1 where it fits, as headers are archived, else as UTF-8."""
    if isinstance(value, bytes):
        return value
    if not isinstance(value, str):
        return None
    try:
        return value.encode("latin-1")
    except UnicodeEncodeError:
        return value.encode("utf-8", "surrogatepass")
