"""The places of a Received field that matter for its shape: keywords, comments, quotes, semicolons."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from headertrace.defects import Defect, DefectKind
from headertrace.received.grammar import COMMENT, KEYWORDS, QUOTED, QUOTED_OCTETS
from headertrace.vocabulary import Span

_WORDS = "|".join(KEYWORDS)
_FIRST_LETTERS = "".join({word[0] for word in KEYWORDS})
# A keyword is a whole word at depth zero: `])by` and `>from` are glued in the wild, `mail.example.id` is
# a name.
_GLUED_TO = r"[^\s)\]>;]"
_KEYWORD_ENDS = r"(?=[\s(\[<;]|\Z)"
KEYWORD = rf"(?<!{_GLUED_TO})(?=[{_FIRST_LETTERS}])(?:{_WORDS}){_KEYWORD_ENDS}"
_INSIDE = r"[^\[\]<>();\"]"
_IN_PATH = rf'"(?:[^"\\]|\\.){{0,{QUOTED_OCTETS}}}+"@[^<>"]{{0,{QUOTED_OCTETS}}}+|[^<>]{{0,{QUOTED_OCTETS}}}+'
# No clause begins in a path, whatever its local part quotes, nor in square brackets: Runbox names who logged
# in, `[Authenticated ID (ann)]`.
KEPT = (
    rf"{QUOTED}|<(?:{_IN_PATH})>"
    rf"|\[{_INSIDE}{{0,{QUOTED_OCTETS}}}+(?:\({_INSIDE}{{0,{QUOTED_OCTETS}}}+\))?+\]"
)
# What lies between marks, a word in one step: nothing can begin inside it.
_BETWEEN = rf"(?:[\s\]>]++|(?!{KEYWORD})[^\s()\"<;\[\])>]++|(?!{KEPT})[<\[])*+"
_PLAIN_MARKS = rf"(?P<quoted>{KEPT})|(?P<semicolon>;)|(?P<stray>[()\"])|(?P<keyword>{KEYWORD})"
_TCP_INFO = re.compile(r"\s*+[(\[]")
_PARENTHESES = re.compile(r"[()]|\\.", re.S)
_STRAYS = {
    "(": DefectKind.UNCLOSED_COMMENT,
    ")": DefectKind.SURPLUS_PARENTHESIS,
    '"': DefectKind.UNCLOSED_QUOTE,
}


class Mark(NamedTuple):
    """A place that matters: a keyword (its kind is the word), a semicolon, a comment, quotes or a path."""

    kind: str
    start: int
    end: int


def keyword(word: str) -> str:
    """Return the pattern of one keyword, which begins with its first letter; a group has the word's name."""
    return rf"{word[0]}(?P<{word}>{word[1:]})(?<!{_GLUED_TO}{word}){_KEYWORD_ENDS}"


def locate_marks(text: str) -> tuple[list[Mark], list[Defect]]:
    """Return the marks of a field in order, and the parentheses and quotes that have no partner."""
    marks: list[Mark] = []
    defects: list[Defect] = []
    ends: dict[int, int] | None = None
    pattern, at = _pattern(comments=True), 0
    while (match := pattern.match(text, at)) is not None:
        kind = match.lastgroup or ""
        start, at = match.span(kind)
        if (
            kind == "keyword"
            and marks
            and marks[-1].kind == "from"
            and greets(text, marks[-1].end, start, at)
        ):
            continue
        if kind == "stray":
            if ends is None and text[start] != '"':
                pattern, ends = _pattern(comments=False), comment_ends(text)
            if ends and text[start] == "(" and start in ends:
                kind, at = "comment", ends[start]
            else:
                defects.append(Defect(kind=_STRAYS[text[start]], span=Span(start, at)))
                continue
        marks.append(Mark(match[kind].lower() if kind == "keyword" else kind, start, at))
    return marks, defects


@cache
def _pattern(*, comments: bool) -> re.Pattern[str]:
    """Return the pattern of a mark; compiled when a field asks for it, as few do."""
    comment = rf"(?P<comment>{COMMENT})|" if comments else ""
    return re.compile(rf"{_BETWEEN}(?:{comment}{_PLAIN_MARKS})", re.I | re.S)


def greets(text: str, after_from: int, start: int, end: int) -> bool:
    """Whether a keyword right behind FROM, with a comment behind it, is a greeting that a client chose."""
    return text[after_from:start].isspace() and _TCP_INFO.match(text, end) is not None


def comment_ends(text: str) -> dict[int, int]:
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


def unpaired(text: str, offset: int, *, cut: bool) -> frozenset[int]:
    """Return the places of the parentheses without a partner, counted from ``offset``.

    In a field that was ``cut`` off, what opens behind the last that has a partner was closed behind the cut.
    """
    ends = comment_ends(text)
    last = max(ends, default=0) if cut else len(text)
    paired = {*ends, *(end - 1 for end in ends.values())}
    places = (match.start() for match in _PARENTHESES.finditer(text) if match[0] in "()")
    return frozenset(offset + place for place in places if place not in paired and place < last)
