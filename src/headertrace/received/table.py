"""Wordings as rows, of which only those are tried that can begin as the text does."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property

from headertrace.received.parts import Part, make_part
from headertrace.received.wordings import Wording
from headertrace.remembered import remembered

# The two letters that open a pattern, behind what has to stand before them.
_OPENING = re.compile(r'(?:\(\?<[=!](?:\\.|[^)\\])*\))?([\w"/]{2})(?![?*+{])')
_CLASS_BLANK_OR_END = re.compile(r"\[(?:\\.|[^\]\\])*\]|\\s(?![*+?{])| |\\b")
_NAMED_GROUP = re.compile(r"\(\?P<(\w+)>")
# Openings recur: three thousand messages show some 400, at 200 bytes each.
_MEMO = 4096


def _loosen(pattern: str) -> str:
    """Let a blank stand for a fold too, and a word end where no dot, hyphen or @ continues a host name."""
    ends = {"\\b": r"(?![\w.@-])", " ": r"\s++", "\\s": r"\s++"}
    return _CLASS_BLANK_OR_END.sub(lambda match: ends.get(match[0], match[0]), pattern)


class Row:
    """A wording, compiled where it is tried for the first time: most mail needs few of them."""

    def __init__(self, kind: str, pattern: str) -> None:
        self._kind = kind
        self._pattern = pattern
        self._values = tuple(enumerate(_NAMED_GROUP.findall(pattern), 1))

    @cached_property
    def match(self) -> Callable[[str, int, int], re.Match[str] | None]:
        """Return the matcher of a text from a place to an end."""
        return re.compile(_NAMED_GROUP.sub("(", _loosen(self._pattern)), re.I | re.S).match

    def parts(self, match: re.Match[str], depth: int, comment: int) -> list[Part]:
        """Return the parts of a match: what the wording is, and its values."""
        found = [make_part((self._kind, *match.span(), depth, comment))] if self._kind else []
        for group, name in self._values:
            first, last = match.span(group)
            if first >= 0:
                found.append(make_part((name, first, last, depth, comment)))
        return found


class Table:
    """Wordings in their order; ``rows`` returns those that may begin with two letters of lower case."""

    def __init__(self, wordings: Iterable[Wording]) -> None:
        self._rows: dict[str, list[tuple[int, Row]]] = {}
        for rank, (kind, pattern, *openings) in enumerate(wordings):
            row = Row(kind, pattern)
            for opening in _openings(pattern, *openings):
                self._rows.setdefault(opening, []).append((rank, row))
        self.rows = remembered(_MEMO)(self._choose)

    def _choose(self, opening: str) -> tuple[Row, ...]:
        found = {rank: row for text in ("", opening[:1], opening) for rank, row in self._rows.get(text, ())}
        return tuple(found[rank] for rank in sorted(found))


def _openings(pattern: str, told: str | None = None) -> Iterator[str]:
    """Return how a wording can begin, as told with it or as its pattern does: "" stands for anything."""
    if told is None:
        opening = _OPENING.match(pattern)
        yield opening[1].lower() if opening else ""
        return
    for text in told.split():
        first, hyphen, last = text.partition("-")
        if first and hyphen and last:
            yield from map(chr, range(ord(first), ord(last) + 1))
        else:
            yield text
