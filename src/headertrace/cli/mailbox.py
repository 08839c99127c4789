"""A mailbox where one message is expected: how many it holds, and one of them by its number."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from io import BytesIO
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from headertrace.cases.counted import counted
from headertrace.message.layout import UTF16_MARKS

if TYPE_CHECKING:
    from headertrace.corpus.sources import InputError, Item

# Enough to tell a separator line, which names an address and a time.
PEEK_BYTES = 4096
# Nobody needs to know how many more there are, and a mailbox may hold millions.
MOST_COUNTED = 10_000


def several_messages(name: str, held: bytes | Path) -> str:
    """Return ``3 messages`` where a mailbox holds more than one, else an empty string."""
    begin = _first_bytes(held)
    if codec := UTF16_MARKS.get(begin[:2]):
        begin = begin.decode(codec, "replace").encode()
    begin = begin.lstrip(b"\xef\xbb\xbf\r\n")
    # Readers of archives take 15 ms to import: few inputs need them.
    if not begin.startswith(b"From "):
        return ""
    from headertrace.corpus.sources.sniff import begins_mailbox

    if not begins_mailbox(begin):
        return ""
    count = sum(1 for _ in islice(items_in(name, held), MOST_COUNTED + 1))
    if count > MOST_COUNTED:
        return f"more than {MOST_COUNTED:,} messages"
    return counted(count, "message") if count > 1 else ""


def pick_message(name: str, held: bytes | Path, number: int) -> bytes:
    """Return the message of this number, counted from 1, of a mailbox or archive.

    ``ValueError`` says why there is none.
    """
    from headertrace.corpus.decode import decode
    from headertrace.corpus.sources import InputError

    reason = f"there is no message {number} in it"
    for item in items_in(name, held):
        letter = item if isinstance(item, InputError) else decode(item)
        if isinstance(letter, InputError):
            reason = letter.text
            continue
        number -= 1
        if not number:
            return letter.raw
    raise ValueError(reason)


def _first_bytes(held: bytes | Path) -> bytes:
    """Return how the input begins; nothing of a pipe, which cannot be read twice."""
    if isinstance(held, bytes):
        return held[:PEEK_BYTES]
    if not stat.S_ISREG(held.stat().st_mode):
        return b""
    with held.open("rb") as file:
        return file.read(PEEK_BYTES)


def items_in(name: str, held: bytes | Path) -> Iterator[Item | InputError]:
    """Return the messages and troubles of a file, or of what standard input brought."""
    from headertrace.corpus.sources import read_items

    return read_items([held]) if isinstance(held, Path) else _held_items(name, held)


def _held_items(name: str, held: bytes) -> Iterator[Item | InputError]:
    from headertrace.corpus.sources.read import Place, stream_items
    from headertrace.corpus.sources.streams import Budget, buffered
    from headertrace.corpus.sources.troubles import input_error

    stream = buffered(BytesIO(held).read, lambda _: None)
    try:
        yield from stream_items(stream, Place(path=name, budget=Budget(packed=len(held))))
    except Exception as error:  # decoders of hostile data raise anything
        yield input_error(name, error)
