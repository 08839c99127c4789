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
# A field has one semicolon; more of them are looked at up to here.
_MAX_SEMICOLON_TRIES = 16


def locate_other_field(text: str, marks: Sequence[Mark]) -> Span | None:
    """Return where the field stands that is not the one to read, or None where there is only one.

    With its name between them, two fields lost the line end between them: the first is read. Without, a
    client may have written the first as its greeting: what the recording server wrote stands last.
    """
    by = next((mark.start for mark in marks if mark.kind == "by"), len(text))
    semicolons = [mark for mark in marks if mark.kind == "semicolon" and mark.start > by]
    other = None
    for mark in semicolons[:_MAX_SEMICOLON_TRIES]:
        stamp = read_time(text, mark.end)
        following = _NEXT_FIELD.match(text, stamp.span.end) if stamp is not None and stamp.when else None
        if following and following[1]:
            return Span(following.start(1), len(text))
        if following:
            other = Span(0, following.end())
    return other
