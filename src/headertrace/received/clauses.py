"""The shape of a Received field: which clause stands where (RFC 5321, section 4.4).

    Stamp = From-domain By-domain Opt-info [CFWS] ";" FWS date-time

Names of the RFC only; who writes what into a clause is for the families to know.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from operator import itemgetter
from typing import NamedTuple

from headertrace.defects import Defect, DefectKind
from headertrace.received.grammar import COMMENT, KEYWORDS, QUOTED, QUOTED_OCTETS
from headertrace.received.stamp_time import Stamp, read_time
from headertrace.vocabulary import Span


class Clause(NamedTuple):
    """One clause: ``keyword`` in lower case, ``text`` the span behind it up to the next clause."""

    keyword: str
    start: int
    text: Span


class Clauses(NamedTuple):
    """A field taken apart: text before any keyword (``lead``), clauses in order, the date, what is wrong."""

    lead: Span
    clauses: tuple[Clause, ...]
    stamp: Stamp | None
    defects: tuple[Defect, ...]


_WORDS = "|".join(KEYWORDS)
_FIRST_LETTERS = "".join({word[0] for word in KEYWORDS})
# A keyword is a whole word at depth zero: `])by` and `>from` are glued in the wild, `mail.example.id` is
# a name.
_KEYWORD = rf"(?<![^\s)\]>;])(?=[{_FIRST_LETTERS}])(?:{_WORDS})(?=[\s(\[<;]|\Z)"
_KEPT = rf"{QUOTED}|<[^<>\r\n]{{0,{QUOTED_OCTETS}}}+>"
# What lies between marks, a word in one step: nothing can begin inside it.
_BETWEEN = rf"(?:[\s\]>]++|(?!{_KEYWORD})[^\s()\"<;\])>]++|(?!{_KEPT})[\"<])*+"
_PLAIN_MARKS = rf"(?P<quoted>{_KEPT})|(?P<semicolon>;)|(?P<stray>[()])|(?P<keyword>{_KEYWORD})"
_MARKS = re.compile(rf"{_BETWEEN}(?:(?P<comment>{COMMENT})|{_PLAIN_MARKS})", re.I | re.S)
_MARKS_WITHOUT_COMMENTS = re.compile(rf"{_BETWEEN}(?:{_PLAIN_MARKS})", re.I | re.S)
# In a field that its date closes, only keywords count, and whether all parentheses are in pairs.
_KEYWORDS_ALONE = re.compile(
    rf"((?:[\s\]>;]++|(?!{_KEYWORD})[^\s()\"<;\])>]++|{COMMENT}|{_KEPT}|[\"<])*+)(?:({_KEYWORD})|([()])|\Z)",
    re.I | re.S,
)
# What may stand behind such a date: a comment in which no quotes or angle brackets end that began before it.
_LAST_NOTE = re.compile(r"\s*+(?:\([^()\"<>]*+(?:<[^<>()\"]*+>)?+[^()\"<>]*+\)\s*+)?+\Z")
_TCP_INFO = re.compile(r"\s*+[(\[]")
_PARENTHESES = re.compile(r"[()]|\\.", re.S)
_DATE_LIKE = re.compile(
    r"(?:\A|(?<=[\s,;>)]))(?=(?:[A-Z][a-z]{2},?+\s++\d|\d{1,2}\s++[A-Z][a-z]{2}\s|\d{4}-\d\d?-|\d{1,2}/\d))"
)
# A date without a semicolon is looked for at this many places; a server writes one date.
_MAX_DATE_TRIES = 8
# Servers write one semicolon, webmail programs two; what has more is no stamp.
_MAX_SEMICOLON_TRIES = 16


class _Mark(NamedTuple):
    kind: str
    start: int
    end: int


_CUTTING = frozenset(KEYWORDS)
_start_of: Callable[[_Mark], int] = itemgetter(1)


def _comment_ends(text: str) -> dict[int, int]:
    """Return where each balanced comment ends, in one pass with a stack.

    Only asked where the pattern met a parenthesis that it could not pair: trying it again from every
    open parenthesis would be quadratic.
    """
    ends: dict[int, int] = {}
    open_at: list[int] = []
    for match in _PARENTHESES.finditer(text):
        if match[0] == "(":
            open_at.append(match.start())
        elif match[0] == ")" and open_at:
            ends[open_at.pop()] = match.end()
    return ends


def _greets(text: str, after_from: int, start: int, end: int) -> bool:
    """Whether a keyword right behind FROM, with a comment behind it, is a greeting that a client chose."""
    return text[after_from:start].isspace() and _TCP_INFO.match(text, end) is not None


def _locate_marks(text: str) -> tuple[list[_Mark], list[Defect]]:
    marks: list[_Mark] = []
    defects: list[Defect] = []
    ends: dict[int, int] = {}
    pattern, at = _MARKS, 0
    while (match := pattern.match(text, at)) is not None:
        kind = match.lastgroup or ""
        start, at = match.span(kind)
        if (
            kind == "keyword"
            and marks
            and marks[-1].kind == "from"
            and _greets(text, marks[-1].end, start, at)
        ):
            continue
        if kind == "stray":
            if pattern is _MARKS:
                pattern, ends = _MARKS_WITHOUT_COMMENTS, _comment_ends(text)
            if text[start] == "(" and start in ends:
                kind, at = "comment", ends[start]
            else:
                wrong = DefectKind.UNCLOSED_COMMENT if text[start] == "(" else DefectKind.SURPLUS_PARENTHESIS
                defects.append(Defect(kind=wrong, span=Span(start, at)))
                continue
        marks.append(_Mark(match[kind].lower() if kind == "keyword" else kind, start, at))
    return marks, defects


def _stamp_behind_semicolon(text: str, marks: list[_Mark]) -> tuple[Stamp | None, int]:
    """Return the date behind the last semicolon that has one, and that semicolon's place."""
    semicolons = [mark for mark in marks if mark.kind == "semicolon"]
    for mark in reversed(semicolons[-_MAX_SEMICOLON_TRIES:]):
        stamp = read_time(text, mark.end)
        if stamp is not None:
            return stamp, mark.start
    return None, semicolons[-1].start if semicolons else len(text)


def _stamp_anywhere(text: str, marks: list[_Mark]) -> Stamp | None:
    """Return a date at depth zero without a semicolon before it (SendGrid: `id abc Mon, 11 Sep 2006 ...`)."""
    covered = [(mark.start, mark.end) for mark in marks if mark.kind in ("comment", "quoted")]
    at = 0
    for _ in range(_MAX_DATE_TRIES):
        match = _DATE_LIKE.search(text, at)
        if match is None:
            return None
        inside = next((end for start, end in covered if start < match.start() < end), None)
        if inside is None:
            stamp = read_time(text, match.start())
            if stamp is not None and ":" in text[stamp.span.start : stamp.span.end]:
                return stamp
        at = inside if inside is not None else match.start() + 1
    return None


def _find_stamp(text: str, marks: list[_Mark]) -> tuple[Stamp | None, int, list[Defect]]:
    stamp, semicolon = _stamp_behind_semicolon(text, marks)
    if stamp is not None:
        wrong = [] if stamp.when else [Defect(kind=DefectKind.IMPOSSIBLE_DATE, span=stamp.span)]
        return stamp, semicolon, wrong
    stamp = _stamp_anywhere(text, marks)
    if stamp is not None:
        return stamp, stamp.span.start, [Defect(kind=DefectKind.NO_SEMICOLON, span=stamp.span)]
    stop = len(text)
    if text[semicolon + 1 :].strip():
        return None, semicolon, [Defect(kind=DefectKind.UNREADABLE_DATE, span=Span(semicolon + 1, stop))]
    return None, semicolon, [Defect(kind=DefectKind.NO_DATE, span=Span(semicolon, stop))]


def _cut(text: str, marks: list[_Mark], stamp: Stamp | None, semicolon: int) -> tuple[Span, list[Clause]]:
    """Return the lead and the clauses; the date and its semicolon cut a clause in two like a keyword."""
    cuts = [mark for mark in marks if mark.kind in _CUTTING]
    if stamp is not None:
        first, last = stamp.span
        cuts = [cut for cut in cuts if not semicolon <= cut.start < last]
        if text[semicolon + 1 : first].strip():  # IBM puts a comment before the date
            cuts += (_Mark("", semicolon, semicolon + 1), _Mark("", first, last))
        else:
            cuts.append(_Mark("", semicolon, last))
        cuts.sort(key=_start_of)
    lead = Span(0, cuts[0].start if cuts else len(text))
    stops = [*map(_start_of, cuts[1:]), len(text)]
    clauses = [
        Clause(kind, start, Span(end, stop)) for (kind, start, end), stop in zip(cuts, stops, strict=False)
    ]
    return lead, clauses


def _split_any(text: str) -> Clauses:
    marks, defects = _locate_marks(text)
    stamp, semicolon, wrong = _find_stamp(text, marks)
    lead, clauses = _cut(text, marks, stamp, semicolon)
    return Clauses(lead, tuple(clauses), stamp, (*defects, *wrong))


def _closing_time(text: str, semicolon: int) -> Stamp | None:
    """Return the date behind the last semicolon where nothing else stands there, but for one note."""
    stamp = read_time(text, semicolon + 1) if semicolon >= 0 else None
    if stamp is None or stamp.when is None or not _LAST_NOTE.match(text, stamp.span.end):
        return None
    return (
        stamp
        if stamp.span.start - semicolon == 1 or text[semicolon + 1 : stamp.span.start].isspace()
        else None
    )


def _split_sound(text: str) -> Clauses | None:
    """Return the clauses of a field as most are: a semicolon and a good date close it, parentheses pair.

    None where something is otherwise. A semicolon that is the last one, with nothing but a date and a note
    behind it, cannot stand in a comment or in quotes.
    """
    semicolon = text.rfind(";")
    stamp = _closing_time(text, semicolon)
    if stamp is None:
        return None
    clauses: list[Clause] = []
    keyword, start, end, at = "", 0, 0, 0
    for between, word, stray in _KEYWORDS_ALONE.findall(text, 0, semicolon):
        if stray:
            return None
        first = at + len(between)
        at = first + len(word)
        if not (keyword == "from" and word and _greets(text, end, first, at)):
            clauses.append(Clause(keyword, start, Span(end, first)))
            keyword, start, end = word.lower(), first, at
        if not word:
            break
    if stamp.span.end < len(text):
        clauses.append(Clause("", semicolon, Span(stamp.span.end, len(text))))
    return Clauses(clauses[0].text, tuple(clauses[1:]), stamp, ())


def split(text: str) -> Clauses:
    """Return the clauses of one Received value, its date, and what is wrong with its shape.

    The clause with the keyword ``""`` is what stands behind the date. Spans count in ``text``.
    """
    return _split_sound(text) or _split_any(text)
