"""A file that is one message: read no further than the end of its header."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

from headertrace.corpus.sources.item import Form, InputError, Item, Trouble
from headertrace.message.layout import BLANK_LINE, MAX_SECTION_BYTES

# Most header sections end within the first read.
FIRST_READ = 64 * 1024
RECEIVED = re.compile(rb"(?m)^[^\n:]{0,20}[Rr](?i:eceived)[ \t]*+:")
# Outlook files are read whole (a small file system of their own); a mail server takes none that is larger.
MAX_OUTLOOK = 128 * 2**20


def header_end(data: bytes) -> int | None:
    """Return where the body begins, or None where no blank line ends the header (RFC 5322, section 2.1)."""
    start = len(data) - len(data.lstrip(b"\r\n\t "))
    found = BLANK_LINE.search(data, start)
    return found.end() if found else None


def cut(data: bytes) -> bytes:
    """Return the header section with the blank line that ends it; everything where none does, or may not."""
    end = header_end(data)
    return data if end is None or _may_be_copied(data, end) else data[:end]


def _may_be_copied(data: bytes, end: int) -> bool:
    """Return whether Received fields stand behind the blank line only, or behind a header of one line.

    Such a header may be a copy, with lines of a page in front or blank lines between.
    """
    one_line = b"\n" not in data[:end].strip()
    return (one_line or not RECEIVED.search(data, 0, end)) and RECEIVED.search(data, end) is not None


def message_items(stream: io.BufferedReader, path: str) -> Iterator[Item | InputError]:
    """Yield the one message of the stream."""
    data = stream.read(FIRST_READ)
    while header_end(data) is None and len(data) < MAX_SECTION_BYTES:
        more = stream.read(len(data))
        if not more:
            break
        data += more
    yield Item(path=path, offset=0, data=cut(data))


def outlook_items(stream: io.BufferedReader, path: str) -> Iterator[Item | InputError]:
    """Yield the one message of an Outlook file (MS-OXMSG), undecoded."""
    data = stream.read(MAX_OUTLOOK + 1)
    if len(data) > MAX_OUTLOOK:
        yield InputError(path=path, trouble=Trouble.TOO_LONG, text=f"Outlook file above {MAX_OUTLOOK} bytes")
        return
    yield Item(path=path, offset=0, data=data, form=Form.OUTLOOK)
