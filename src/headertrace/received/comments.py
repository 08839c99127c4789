"""What stands in comments: one pass over the text, each piece told by the table of wordings."""

from __future__ import annotations

import re
from functools import cache

from headertrace.received.families import FAMILIES
from headertrace.received.grammar import COMMENT
from headertrace.received.marks import unpaired
from headertrace.received.parts import Part, make_part
from headertrace.received.table import Table
from headertrace.received.wordings import (
    CLIENT_INSIDE,
    CLIENT_OUTSIDE,
    LOOKED_UP,
    REMARKS,
    SERVER_INSIDE,
    USERS,
    VALUES,
)
from headertrace.remembered import remembered

# What a server says of itself stands in the first comment that no row explains, up to a comma.
_TEXT = r"[^,()\\]|\\."
_DESCRIPTION = re.compile(
    rf"\s*+([A-Za-z0-9](?:{_TEXT}){{0,200}}+(?:\((?:[^()\\]|\\.){{0,100}}+\)(?:{_TEXT}){{0,100}}+){{0,4}}+)"
)
# Old sendmails tell the recipient there as well.
_FOR = re.compile(r"\s++for\s++<")
# What lies between wordings, with the parenthesis behind it.
_STEP = re.compile(r"[\s,;]*+([()])?+")
# What the rows of USERS take before the @, twice what RFC 5321, section 4.5.3.1.1, allows, and ``IDENT:``.
_LONGEST_USER = 128 + len("IDENT:@")
# What servers say of themselves repeats within an archive: some hundred texts, of which this many cost about
# 4 MB.
_MEMO = 4096
_UNKNOWN_WORD = re.compile(r"[^\s()\[]++")
# RFC 5322, 3.2.1: quoted-pair = "\" (VCHAR / WSP), in comments
_UNKNOWN_WORD_INSIDE = re.compile(r"(?:[^\s()\[\\]|\\.)++|\\", re.S)
_BALANCED = re.compile(rf"(?:[^()]++|{COMMENT})*+", re.S)
_COMMON = (*VALUES, *(row for family in FAMILIES for row in family.remarks), *REMARKS)
# One for each tuple of wordings, made where it is first needed.
_table = cache(Table)


def read_parts(text: str, start: int, end: int, *, server: bool) -> list[Part]:
    """Return the parts of ``text[start:end]``, which is what stands behind a clause's first word.

    ``server`` tells whose words they are: the recording server's about itself, or about its client.
    """
    if not server:
        return _walk(text, start, end, server=False, strays=_strays(text, start, end))
    words = text[start:end].lstrip()
    start = end - len(words)
    found = _server_parts(words.rstrip())
    return [
        make_part((kind, start + first, start + last, depth, -1)) for kind, first, last, depth, _ in found
    ]


@remembered(_MEMO)
def _server_parts(words: str) -> tuple[Part, ...]:
    return tuple(_walk(words, 0, len(words), server=True))


def _strays(text: str, start: int, end: int) -> frozenset[int]:
    """Return the parentheses without a partner: a client wrote them, and they open and close nothing."""
    balanced = _BALANCED.match(text, start, end)
    if balanced is None or balanced.end() == end:
        return frozenset()
    return unpaired(text[start:end], start, cut=end == len(text))


def _walk(
    text: str, start: int, end: int, *, server: bool, strays: frozenset[int] = frozenset()
) -> list[Part]:
    parts: list[Part] = []
    at, depth, described = start, 0, not server
    comment = -1
    while step := _STEP.match(text, at, end):
        at, bracket = step.end(), step[1]
        if bracket and (at - 1 in strays or ((depth or not server) and _is_escaped(text, at - 1))):
            continue
        if bracket == ")":
            depth = max(0, depth - 1)
            comment = comment if depth else -1
        elif bracket == "(":
            comment = comment if depth else at - 1
            depth += 1
            description = None if described or depth > 1 else _describe(text, at, end)
            if description is not None:
                parts.append(description)
                described, at = True, description.end
        elif at >= end:
            break
        else:
            explained = explain(text, at, end, depth=depth, comment=comment, server=server)
            if explained is None:
                unknown = _unknown(text, at, end, depth, parts[-1] if parts else None)
                if unknown.start < at:
                    parts.pop()
                explained = [unknown], unknown.end
            found, at = explained
            parts += found
    return parts


def _is_escaped(text: str, place: int) -> bool:
    """Whether an odd number of backslashes stands before a place."""
    if text[place - 1] != "\\":
        return False
    start = place
    while text[start - 1] == "\\" and start > 0:
        start -= 1
    return (place - start) % 2 == 1


def _describe(text: str, start: int, end: int) -> Part | None:
    """Return the server's words about itself that open a comment, unless a row explains the comment."""
    match = _DESCRIPTION.match(text, start, end)
    if match is None or explain(text, match.start(1), end, depth=1, comment=start, server=True):
        return None
    recipient = _FOR.search(match[1])
    words = match[1][: recipient.start()] if recipient else match[1].rstrip()
    return Part("software", match.start(1), match.start(1) + len(words), 1)


def explain(
    text: str, at: int, end: int, *, depth: int, comment: int, server: bool
) -> tuple[list[Part], int] | None:
    """Return the parts of the wording that stands at ``at``, and where it ends; None where none is known.

    ``depth`` counts the parentheses around it, ``comment`` is where the outermost of them opens.
    """
    opening = text[at : at + 2].lower()
    users = text.find("@", at, min(end, at + _LONGEST_USER)) >= 0
    for table in _tables(server, depth > 0, users):
        for row in table.rows(opening):
            match = row.match(text, at, end)
            if match is not None:
                return row.parts(match, depth, comment), match.end()
    return None


@cache
def _tables(server: bool, inside: bool, users: bool) -> tuple[Table, ...]:
    """Return what may stand at such a place, first things first."""
    common = (_table(USERS), _table(_COMMON)) if users else (_table(_COMMON),)
    if server:
        return (*common, _table(SERVER_INSIDE)) if inside else common
    if inside:
        return _table(LOOKED_UP), *common, _table(CLIENT_INSIDE)
    return _table(CLIENT_OUTSIDE), *common


def _unknown(text: str, at: int, end: int, depth: int, last: Part | None) -> Part:
    """Return the unknown word at ``at``, together with the last part where that was unknown as well."""
    word = (_UNKNOWN_WORD_INSIDE if depth else _UNKNOWN_WORD).match(text, at, end)
    stop = word.end() if word else at + 1
    if last and last.kind == "unread" and last.depth == depth and not text[last.end : at].strip():
        return last._replace(end=stop)
    return Part("unread", at, stop, depth)
