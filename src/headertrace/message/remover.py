"""A message on its way, without the header fields of one name: any size in flat memory."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

# RFC 5322, section 2.1.1: no line is longer. Of a longer one the start decides.
LONGEST_LINE = 998
BLANK_LINES = (b"\n", b"\r\n")
LINE_ENDS = (b"\n", b"\r")
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
        self._last = b"\n"

    def pieces(self, message: Iterable[bytes]) -> Iterator[bytes]:
        """Yield what is left of the message; of it no more is held than the start of one line."""
        for piece in message:
            yield self._take(piece) if self._in_header else piece
        yield self._keep(self._held) if self._in_header else b""

    def _take(self, piece: bytes) -> bytes:
        lines = (self._held + piece).splitlines(keepends=True)
        self._held = lines.pop() if lines and _may_go_on(lines[-1]) else b""
        kept = []
        for number, line in enumerate(lines):
            kept.append(self._keep(line))
            if not self._in_header:
                kept += [*lines[number + 1 :], self._held]
                break
        return b"".join(kept)

    def _keep(self, line: bytes) -> bytes:
        """Return the line, or nothing where it belongs to a field that goes."""
        before, self._last = self._last, line[-1:]
        if before == b"\n" and line in BLANK_LINES:
            self._in_header = False
            return line
        if before in LINE_ENDS and not line.startswith(FOLDS):
            self._removing = self._ours.match(line) is not None
            # What stands before a copy behind a lone CR must not run into what follows it.
            if self._removing and before == b"\r":
                return b"\n"
        return b"" if self._removing else line


def _may_go_on(line: bytes) -> bool:
    # A CR may be half of a CRLF; a very long line is judged by its start, and passed on.
    return line.endswith(b"\r") or (not line.endswith(b"\n") and len(line) <= LONGEST_LINE)
