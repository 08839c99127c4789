"""The shape of a Received field: which clause stands where (RFC 5321, section 4.4).

    Stamp = From-domain By-domain Opt-info [CFWS] ";" FWS date-time

Names of the RFC only; who writes what into a clause is for the families to know.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from operator import itemgetter
from typing import NamedTuple

from headertrace.defects import Defect, DefectKind
from headertrace.received.glued import locate_other_field
from headertrace.received.grammar import COMMENT, KEYWORDS
from headertrace.received.marks import KEPT, Mark, greets, keyword, locate_marks
from headertrace.received.spoken import without_spoken
from headertrace.received.stamp_time import Stamp, read_time
from headertrace.vocabulary import Span

# A keyword in lower case, its place, and where the text behind it starts and ends. A plain tuple: a named one
# costs ten times as much to make, and every field has half a dozen.
Clause = tuple[str, int, int, int]


class Clauses(NamedTuple):
    """A field taken apart: text before any keyword (``lead``), clauses in order, the date, what is wrong."""

    lead: tuple[int, int]
    clauses: Sequence[Clause]
    stamp: Stamp | None
    defects: tuple[Defect, ...]


# In a field that its date closes, only keywords count, and whether parentheses are in pairs. The pattern is
# for lower case, and each alternative begins with one character: so it is looked for quickest.
_KEYWORDS_ALONE = re.compile(
    "|".join((*map(keyword, KEYWORDS), COMMENT, KEPT, r"\((?P<opened>)", r"\)(?P<closed>)")), re.S
)
# What may stand behind such a date: a comment in which no quotes or angle brackets end that began before it.
_LAST_NOTE = re.compile(r"\s*+(?:\([^()\"<>]*+(?:<[^<>()\"]*+>)?+[^()\"<>]*+\)\s*+)?+\Z")
_DATE_LIKE = re.compile(
    r"(?:\A|(?<=[\s,;>)]))(?=(?:[A-Z][a-z]{2},?+\s++(?:[A-Z][a-z]{2}\s++)?+\d|\d{1,2}\s++[A-Z][a-z]{2}\s|\d{4}-\d\d?-|\d{1,2}/\d))"
)
# A date without a semicolon is looked for at this many places; a server writes one date.
_MAX_DATE_TRIES = 8
# Servers write one semicolon, webmail programs two; what has more is no stamp.
_MAX_SEMICOLON_TRIES = 16


_CUTTING = frozenset(KEYWORDS)
_STRAYS = frozenset(("opened", "closed"))
# They are the first two clauses, in either order.
_FIRST_TWO = frozenset(("from", "by"))
_start_of: Callable[[tuple[str, int, int]], int] = itemgetter(1)


def split(text: str) -> Clauses:
    """Return the clauses of one Received value, its date, and what is wrong with its shape.

    The clause with the keyword ``""`` is what stands behind the date. Spans count in ``text``.
    """
    return _split_sound(text) or _split_any(text)


def _split_sound(text: str) -> Clauses | None:
    """Return the clauses of a field as most are: a semicolon and a good date close it, parentheses pair.

    None where something is otherwise. A semicolon that is the last one, with nothing but a date and a note
    behind it, cannot stand in a comment or in quotes.
    """
    semicolon = text.rfind(";")
    stamp = _closing_time(text, semicolon)
    # quotes without a partner are for a closer look, and so is a second FROM or BY
    if stamp is None or ('"' in text and text.count('"') % 2):
        return None
    clauses = _sound_clauses(text, semicolon)
    if clauses is None:
        return None
    if stamp.end < len(text):
        clauses.append(("", semicolon, stamp.end, len(text)))
    return Clauses((0, clauses[0][3]), clauses[1:], stamp, ())


def _closing_time(text: str, semicolon: int) -> Stamp | None:
    """Return the date behind the last semicolon where nothing else stands there, but for one note."""
    stamp = read_time(text, semicolon + 1) if semicolon >= 0 else None
    if stamp is None or stamp.when is None:
        return None
    if stamp.end < len(text) and not _LAST_NOTE.match(text, stamp.end):
        return None
    return None if text[semicolon + 1 : stamp.start].strip() else stamp


def _sound_clauses(text: str, semicolon: int) -> list[Clause] | None:
    """Return the clauses, the lead first; None where a parenthesis has no partner, or FROM or BY stands late.

    A keyword that a client greets with is none.
    """
    clauses: list[Clause] = []
    keyword, place, start = "", 0, 0
    # One match at a time: behind a parenthesis without a partner, each other may be looked for to the end.
    for match in _KEYWORDS_ALONE.finditer(text.lower(), 0, semicolon):
        word = match.lastgroup
        if word is None:  # a comment, quotes or a path
            continue
        if word in _STRAYS:
            return None
        at, end = match.span()
        if keyword == "from" and greets(text, start, at, end):
            continue
        if word in _FIRST_TWO and len(clauses) >= len(_FIRST_TWO):
            return None
        clauses.append((keyword, place, start, at))
        keyword, place, start = word, at, end
    clauses.append((keyword, place, start, semicolon))
    return clauses


def _split_any(text: str) -> Clauses:
    marks, defects = locate_marks(text)
    other = locate_other_field(text, marks)
    if other is not None:
        return _split_glued(text, other)
    stamp, semicolon, wrong = _find_stamp(text, marks)
    keywords = [mark for mark in marks if mark.kind in _CUTTING]
    lead, clauses = _cut(text, without_spoken(text, marks, keywords, defects), stamp, semicolon)
    return Clauses(lead, clauses, stamp, (*defects, *wrong))


def _split_glued(text: str, other: Span) -> Clauses:
    """Return the clauses of one of two fields; the other one is kept whole, as text beside the date."""
    start, end = other
    kept = ("", start, start, end)
    defect = Defect(kind=DefectKind.GLUED_FIELDS, span=other)
    if start:
        read = split(text[:start])
        return read._replace(clauses=(*read.clauses, kept), defects=(*read.defects, defect))
    read = split(" " * end + text[end:])
    return Clauses((end, end), (kept, *read.clauses), read.stamp, (*read.defects, defect))


def _find_stamp(text: str, marks: list[Mark]) -> tuple[Stamp | None, int, list[Defect]]:
    stamp, semicolon = _stamp_behind_semicolon(text, marks)
    by = max((mark.end for mark in marks if mark.kind == "by"), default=0)
    if stamp is not None and (by < stamp.end or not _stamp_anywhere(text, marks, by)):
        wrong = [] if stamp.when else [Defect(kind=DefectKind.IMPOSSIBLE_DATE, span=stamp.span)]
        return stamp, semicolon, wrong
    # A date before the server's own BY is a client's, where another stands behind it.
    stamp = _stamp_anywhere(text, marks, by if stamp else 0)
    if stamp is not None:
        return stamp, stamp.start, [Defect(kind=DefectKind.NO_SEMICOLON, span=stamp.span)]
    stop = len(text)
    if text[semicolon + 1 :].strip():
        return None, semicolon, [Defect(kind=DefectKind.UNREADABLE_DATE, span=Span(semicolon + 1, stop))]
    return None, semicolon, [Defect(kind=DefectKind.NO_DATE, span=Span(semicolon, stop))]


def _stamp_behind_semicolon(text: str, marks: list[Mark]) -> tuple[Stamp | None, int]:
    """Return the date behind the last semicolon that has one, and that semicolon's place."""
    semicolons = [mark for mark in marks if mark.kind == "semicolon"]
    for mark in reversed(semicolons[-_MAX_SEMICOLON_TRIES:]):
        stamp = read_time(text, mark.end)
        if stamp is not None:
            return stamp, mark.start
    return None, semicolons[-1].start if semicolons else len(text)


def _stamp_anywhere(text: str, marks: list[Mark], at: int = 0) -> Stamp | None:
    """Return a date at depth zero without a semicolon before it (SendGrid: `id abc Mon, 11 Sep 2006 ...`)."""
    covered = [(mark.start, mark.end) for mark in marks if mark.kind in ("comment", "quoted")]
    for _ in range(_MAX_DATE_TRIES):
        match = _DATE_LIKE.search(text, at)
        if match is None:
            return None
        inside = next((end for start, end in covered if start < match.start() < end), None)
        if inside is None:
            stamp = read_time(text, match.start())
            if stamp is not None and ":" in text[stamp.start : stamp.end]:
                return stamp
        at = inside if inside is not None else match.start() + 1
    return None


def _cut(
    text: str, cuts: list[Mark], stamp: Stamp | None, semicolon: int
) -> tuple[tuple[int, int], list[Clause]]:
    """Return the lead and the clauses; the date and its semicolon cut a clause in two like a keyword."""
    if stamp is not None:
        _, _, first, last = stamp
        cuts = [cut for cut in cuts if not semicolon <= cut.start < last]
        if text[semicolon + 1 : first].strip():  # IBM puts a comment before the date
            cuts += (Mark("", semicolon, semicolon + 1), Mark("", first, last))
        else:
            cuts.append(Mark("", semicolon, last))
        cuts.sort(key=_start_of)
    return _between(cuts, len(text))


def _between(cuts: Sequence[tuple[str, int, int]], end: int) -> tuple[tuple[int, int], list[Clause]]:
    """Return what stands before the first cut, and the clauses between the others up to ``end``."""
    stops = [*map(_start_of, cuts), end]
    clauses = [(word, place, start, stops[i]) for i, (word, place, start) in enumerate(cuts, 1)]
    return (0, stops[0]), clauses
