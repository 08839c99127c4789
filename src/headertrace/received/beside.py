"""What stands beside a clause's word: notes of the recording server on itself and on the transaction."""

from __future__ import annotations

import re

from headertrace.received.address import read_address
from headertrace.received.claims import claim_behind_greeting
from headertrace.received.comments import read_parts
from headertrace.received.draft import Draft
from headertrace.received.families.recognise import recognise_software
from headertrace.received.parts import Part


def read_beside(draft: Draft, value: re.Match[str], start: int, end: int) -> None:
    """Read the notes in front of a clause's word, and what stands behind it."""
    if value["notes"]:
        read_rest(draft, *value.span("notes"))
    if start < end:
        read_rest(draft, start, end)


def read_rest(draft: Draft, start: int, end: int, *, by: bool = False, described: bool = True) -> None:
    """Read what stands beside a clause's word; a product that nobody knows only where ``described``."""
    if start == end or draft.text[start:end].isspace():
        return
    for part in claim_behind_greeting(read_parts(draft.text, start, end, server=True)):
        if part.kind == "address":
            _take_address(draft, part, by=by)
        elif (part.kind == "software" and described) or (
            part.kind in ("software", "unread") and recognise_software(draft.text[part.start : part.end])
        ):
            take_software(draft, part)
        elif part.kind == "software":
            draft.parts.append(part._replace(kind="unread"))
        else:
            draft.parts.append(part)


def _take_address(draft: Draft, part: Part, *, by: bool) -> None:
    found = read_address(draft.text[part.start : part.end])
    if found is None and ":" not in draft.text[part.start : part.end]:
        take_software(draft, part)  # Critical Path's version `7.0.030.2`
    elif found is None:
        draft.parts.append(part._replace(kind="unread"))
    elif by and "by_ip" not in draft.values:
        draft.put("by_ip", found, part.start, part.end)
    else:
        draft.remark("address", part.start, part.end)


def take_software(draft: Draft, part: Part) -> None:
    """Keep the first description as the software, unless a later one names a family that is known."""
    _, start, end, _, _ = part
    if "software" in draft.values:
        if recognise_software(draft.values["software"]) or not recognise_software(draft.text[start:end]):
            draft.remark("software", start, end)
            return
        draft.remark("software", *draft.spans["software"])
    draft.put_word("software", start, end)
