"""A message on its way, without the header fields of one name: any size in flat memory."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

# RFC 5322, section 2.1.1: no line is longer. Of a longer one the start decides.
LONGEST_LINE = 998
BLANK_LINES = (b"\n", b"\r\n")
FOLDS = (b" ", b"\t")


class FieldRemover:
    """Takes a message in pieces and gives it back without the header fields of one name.

    The header ends at the first blank line after a LF. A field may begin after a CR alone as well: many
    readers take that for a line end, so a copy could hide behind it.
    """

    def __init__(self, name: str) -> None:
        self._ours = re.compile(rb"(?i:" + re.escape(name.encode()) + rb")[ \t]*+(?::|\Z)")
        self._held = b""
        self._in_header = True
        self._removing = False
        self._end = b"\n"

    def pieces(self, message: Iterable[bytes]) -> Iterator[bytes]:
        """Yield what is left of the message; no more of it is held than one line's start."""
        for piece in message:
            yield self._take(self._held + piece) if self._in_header else piece
        yield self._kept(self._held) if self._in_header else b""

    def _take(self, text: bytes) -> bytes:
        lines = text.splitlines(keepends=True)
        # The last line may go on in the next piece, and so may a CRLF.
        whole = not text or text.endswith(b"\n") or (len(lines[-1]) > LONGEST_LINE and text[-1:] != b"\r")
        self._held = b"" if whole else lines.pop()
        kept = []
        for number, line in enumerate(lines):
            kept.append(self._kept(line))
            if not self._in_header:
                kept += [*lines[number + 1 :], self._held]
                break
        return b"".join(kept)

    def _kept(self, line: bytes) -> bytes:
        before, self._end = self._end, line[-1:]
        if before == b"\n" and line in BLANK_LINES:
            self._in_header = False
            return line
        if before in (b"\n", b"\r") and not line.startswith(FOLDS):
            self._removing = self._ours.match(line) is not None
            # The line before a copy behind a lone CR must not run into the line after it.
            if self._removing and before == b"\r":
                return b"\n"
        return b"" if self._removing else line
