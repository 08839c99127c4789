"""What a client says of itself in front of, inside or behind what the recording server saw of it.

A client may greet with brackets and parentheses of its own. Where a server's view stands is known: last in
most families, in front of the greeting in some. What only a server can tell is a claim anywhere else: a
remark, and no fact.
"""

from __future__ import annotations

import re

from headertrace.received.parts import Part

# Opens a comment of names that the client chose: Postfix only sees to it that their parentheses pair.
_CERTIFICATE = "client-certificate"
# What marks a greeting, told or empty
GREETINGS = frozenset(("helo", "greeting"))
# What opens words of the client's own
_OPENING = GREETINGS | {_CERTIFICATE}
_OF_CERTIFICATE = frozenset((_CERTIFICATE, "unread"))
# The greeting itself, and what nobody told
_HEARD = frozenset(("helo", "lhlo", "claim", "greeting", "unread", "redacted", "claimed"))
# Exim and its ancestors write the greeting before an address without a comment: `NAME (HELO) [192.0.2.1]`.
_HEARD_BEFORE_BARE = _HEARD | {"name", "ident", "port", "user-name"}
# What a server looks up: behind a greeting it tells that only before the address
_LOOKED_UP = frozenset(("name", "failed", "unverified", "verified", "may-be-forged"))
# Exim tells the port and the user that RFC 1413 names behind the address.
_TOLD_BEHIND = frozenset(("ident", "port"))
# No server tells these behind `helo=x` in one comment.
_TOLD_ELSEWHERE = frozenset(("auth", "user", "mechanism", "envelope", "envelope_from", "fetch", "user-id"))

# A greeting's mark at the beginning of a comment, though the client wrote parentheses without a partner
_OPENED = re.compile(r"\(\s*+(?:\w{4}[\s=]++)?+\Z")
_LONGEST_MARK = 16
# A comment that is one word
_ONLY_WORD = re.compile(r"\s*+\((?!\)\s)(\S++)(?<=\))\s*+\Z")


def _claimed(part: Part) -> Part:
    return part._replace(kind="claimed")


def claim_greetings(text: str, parts: list[Part]) -> list[Part]:
    """Return the parts; what belongs to a greeting, behind `HELO x` or inside `helo=x(...)`, is claimed.

    So is what a certificate's names go on with, where their parentheses stand too deep to be read as one.
    """
    for part in parts:
        if part.kind in _OPENING:
            return _claim_opened(text, parts)
    return parts


def _claim_opened(text: str, parts: list[Part]) -> list[Part]:
    greetings = {
        part.comment: part
        for part in reversed(parts)
        if part.kind in GREETINGS or (part.kind == _CERTIFICATE and text.startswith("(", part.end))
    }
    addresses = {part.comment: part.start for part in parts if part.kind == "address"}
    return [_claimed(part) if _is_spoken(text, part, greetings, addresses) else part for part in parts]


def _is_spoken(text: str, part: Part, greetings: dict[int, Part], addresses: dict[int, int]) -> bool:
    greeting = greetings.get(part.comment)
    if greeting is None or part.start < greeting.end or text[greeting.end : greeting.end + 1] == '"':
        return False
    if greeting.kind == _CERTIFICATE:
        return part.kind not in _OF_CERTIFICATE
    if part.kind in _HEARD:
        return False
    if part.kind in _LOOKED_UP and addresses.get(part.comment, -1) < part.start:
        return True
    # Behind a mark with no word of its own, too, stand the client's.
    apart = part.depth > greeting.depth or greeting.kind == "greeting" or text[greeting.start - 1].isspace()
    return apart or part.kind in _TOLD_ELSEWHERE


def claim_before(text: str, address: Part, parts: list[Part]) -> list[Part]:
    """Return the parts; what stands before ``address``, or before the comment around it, is claimed."""
    bare = address.comment < 0
    place, heard = (address.start, _HEARD_BEFORE_BARE) if bare else (address.comment, _HEARD)
    if parts[0].start >= place:
        return parts
    return [
        _claimed(part) if part.start < place and (part.kind not in heard or _is_uttered(text, part)) else part
        for part in parts
    ]


def _is_uttered(text: str, part: Part) -> bool:
    """Whether it is `HELO x` without a comment, as no server writes it before the address that it saw."""
    if part.kind not in GREETINGS or part.depth:
        return False
    return _OPENED.search(text, max(part.start - _LONGEST_MARK, 0), part.start) is None


def claim_behind(place: int, parts: list[Part]) -> list[Part]:
    """Return the parts; what stands behind ``place`` is claimed."""
    kept = _HEARD | _TOLD_BEHIND
    return [_claimed(part) if part.start > place and part.kind not in kept else part for part in parts]


def claim_behind_greeting(parts: list[Part]) -> list[Part]:
    """Return the parts; what stands behind a greeting is claimed."""
    for part in parts:
        if part.kind in GREETINGS:
            return claim_behind(part.start, parts)
    return parts


def only_word(text: str, start: int, end: int) -> Part | None:
    """Return the greeting where nothing else stands there, in a comment without a mark; else None."""
    found = _ONLY_WORD.match(text, start, end)
    return Part("helo", found.start(1), found.end(1) - 1) if found else None
