"""The raw field cut into pieces, so that the characters which a finding rests on can be underlined."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from unicodedata import east_asian_width

from headertrace.reports.escape import FIELD_LIMIT, visible
from headertrace.vocabulary import Span

# Lines of a field that is shown in full; more come from an attack.
MOST_LINES = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """Some characters of a field, safe to show, and the names of what rests on them."""

    text: str
    marks: tuple[str, ...] = ()


def pieces(raw: bytes, marks: Iterable[tuple[Span, str]] = (), limit: int = FIELD_LIMIT) -> tuple[Piece, ...]:
    """Return the field as pieces that together are the whole of it, folds kept, cut at its bound."""
    shown = raw[:limit]
    spans = [(span, name) for span, name in marks if span.start < span.end <= len(shown)]
    edges = sorted({0, len(shown), *(edge for span, _ in spans for edge in span)})
    cut = [_piece(shown, start, end, spans) for start, end in pairwise(edges)]
    if len(raw) > len(shown):
        cut.append(Piece(text=f"… ({len(raw):,} bytes)"))
    return tuple(cut)


def _piece(raw: bytes, start: int, end: int, spans: list[tuple[Span, str]]) -> Piece:
    names = dict.fromkeys(name for span, name in spans if span.start <= start and end <= span.end)
    return Piece(text=unfold_visible(raw[start:end]), marks=tuple(names))


def unfold_visible(raw: bytes) -> str:
    """Return bytes safe to show with their line ends kept as such and tabs as blanks."""
    lines = raw.replace(b"\r\n", b"\n").replace(b"\t", b" ").split(b"\n")
    return "\n".join(visible(line) for line in lines[:MOST_LINES])


def underlined(parts: Iterable[Piece]) -> tuple[tuple[str, str], ...]:
    """Return lines of text, each with the line of carets below it (empty where nothing is marked)."""
    text: list[str] = []
    carets: list[str] = []
    for part in parts:
        text.append(part.text)
        carets.append("".join(_below(char, bool(part.marks)) for char in part.text))
    lines = zip("".join(text).split("\n"), "".join(carets).split("\n"), strict=True)
    return tuple((line, below.rstrip()) for line, below in lines)


def _below(char: str, marked: bool) -> str:
    if char == "\n":
        return char
    columns = 2 if east_asian_width(char) in "WF" else 1
    return ("^" if marked else " ") * columns
