"""Wordings joined into one pattern for each group of letters that they can begin with."""

from __future__ import annotations

import re
from collections.abc import Iterable
from string import punctuation

from headertrace.received.parts import Part, make_part
from headertrace.received.wordings import Wording

# Letters that begin few wordings share a pattern: one for each letter would take longer to compile than it
# saves.
_LETTERS = ("0123456789", "[", "a", "bcd", "ehl", "fgijk", "mno", "pqr", "s", "t", "u", "vwxyz")
_OTHERS = punctuation + "".join(map(chr, range(0x80, 0x106)))
_GROUP_OF = {letter: group for group in _LETTERS for letter in group + group.upper()}
_RANGE = re.compile(r"\\?(.)(?:-(.))?")
_CLASS_BLANK_OR_END = re.compile(r"\[(?:\\.|[^\]\\])*\]|\\s(?![*+?{])| |\\b")
_NAMED_GROUP = re.compile(r"\(\?P<(\w+)>")

Values = tuple[tuple[str, int], ...]


def _loosen(pattern: str) -> str:
    """Let a blank stand for a fold too, and a word end where no dot, hyphen or @ continues a host name."""
    ends = {"\\b": r"(?![\w.@-])", " ": r"\s++", "\\s": r"\s++"}
    return _CLASS_BLANK_OR_END.sub(lambda match: ends.get(match[0], match[0]), pattern)


class Alternation:
    """Wordings joined into one pattern; each row's named groups become parts."""

    def __init__(self, wordings: Iterable[Wording]) -> None:
        self._rows: dict[int, tuple[str, Values]] = {}
        texts = []
        group = 0
        for kind, pattern, *_ in wordings:
            group += 1
            names = _NAMED_GROUP.findall(pattern)
            self._rows[group] = (kind, tuple((name, group + i) for i, name in enumerate(names, 1)))
            texts.append("(" + _NAMED_GROUP.sub("(", _loosen(pattern)) + ")")
            group += len(names)
        self._match = re.compile("|".join(texts), re.I | re.S).match

    def parts(self, text: str, at: int, end: int, depth: int, comment: int) -> tuple[list[Part], int] | None:
        """Return the parts of the wording at ``at`` and where it ends; None where none stands there."""
        match = self._match(text, at, end)
        if match is None:
            return None
        stop = match.end()
        kind, values = self._rows[match.lastindex or 0]
        found = [make_part((kind, at, stop, depth, comment))] if kind else []
        for name, group in values:
            first, last = match.span(group)
            if first >= 0:
                found.append(make_part((name, first, last, depth, comment)))
        return found, stop


class Table:
    """Many wordings, of which only those are tried that begin with the letter that is there."""

    def __init__(self, wordings: tuple[Wording, ...]) -> None:
        self._wordings = wordings
        self._alternations: dict[str, Alternation] = {}

    def __getitem__(self, letter: str) -> Alternation:
        """Return the wordings that may begin with a letter, in the table's order."""
        group = _GROUP_OF.get(letter, _OTHERS)
        if group not in self._alternations:
            rows = (row for row in self._wordings if _may_begin(row[2:], group))
            self._alternations[group] = Alternation(rows)
        return self._alternations[group]


def _may_begin(first: tuple[str, ...], letters: str) -> bool:
    return not first or not _letters(first[0]).isdisjoint(letters)


def _letters(text: str) -> set[str]:
    """Return the letters of a class's text; asked for every row, so without a pattern for each."""
    return {
        chr(code)
        for first, last in _RANGE.findall(text)
        for code in range(ord(first), ord(last or first) + 1)
    }
