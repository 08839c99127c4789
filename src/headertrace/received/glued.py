"""Two Received fields in one: a line end was lost, or a client greeted with a whole field."""

from __future__ import annotations

import re
from collections.abc import Sequence

from headertrace.received.marks import Mark
from headertrace.received.stamp_time import read_time
from headertrace.vocabulary import Span

# A second field behind a date, with its name where a line end was lost
_NEXT_FIELD = re.compile(
    r"\s*+(?:(?:\([^()]*+\)\s*+)?+(Received:\s*+)(?=(?:from|by)\s)|(?=(?:from|by)\s))", re.I
)
# A field has one semicolon; of more of them, so many are looked at from either end.
_MAX_SEMICOLON_TRIES = 16


def locate_other_field(text: str, marks: Sequence[Mark]) -> Span | None:
    """Return where the field stands that is not the one to read, or None where there is only one.

    With its name between them, two fields lost the line end between them: the first is read. Without, a
    client may have written the first as its greeting: what the recording server wrote stands last.
    """
    servers = [mark.start for mark in marks if mark.kind == "by"]
    if not servers:
        return None
    semicolons = [mark.end for mark in marks if mark.kind == "semicolon" and mark.start > servers[0]]
    for place in semicolons[:_MAX_SEMICOLON_TRIES]:
        following = _next_field(text, place, servers[-1])
        if following is not None and following[1]:
            return Span(following.start(1), len(text))
    for place in reversed(semicolons[-_MAX_SEMICOLON_TRIES:]):
        following = _next_field(text, place, servers[-1])
        if following is not None:
            return Span(0, following.end())
    return None


def _next_field(text: str, place: int, last_server: int) -> re.Match[str] | None:
    """Return where a field begins behind the date at ``place``; with BY only where that is the last one.

    A client that greets with a field and another BY stands before the server's own.
    """
    stamp = read_time(text, place)
    found = _NEXT_FIELD.match(text, stamp.end) if stamp is not None and stamp.when else None
    return found if found and (found.end() >= last_server or text[found.end()] in "fF") else None
