"""The raw field cut into pieces, so that the characters which a finding rests on can be underlined."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from unicodedata import east_asian_width

from headertrace.message.section import Field
from headertrace.received.hop import Hop
from headertrace.reports.escape import FIELD_LIMIT, visible
from headertrace.verdict.examination import Evidence, Finding
from headertrace.vocabulary import Span

# Bytes shown before evidence that stands deep inside an overlong field.
BEFORE = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """Some characters of a field, safe to show, and the names of what rests on them, or ends with them."""

    text: str
    marks: tuple[str, ...] = ()
    ending: tuple[str, ...] = ()


def pieces(
    source: bytes | Hop | Field, marks: Iterable[tuple[Span, str]] = (), limit: int = FIELD_LIMIT
) -> tuple[Piece, ...]:
    """Return the field as pieces that together are the whole of it, folds kept, cut at its bound."""
    raw = _bytes(source)
    spans = [(span, name) for given, name in marks if (span := _trim(raw, given)).start < span.end]
    begin = _begin([span for span, _ in spans], limit)
    shown = raw[begin : begin + limit]
    spans = [(Span(span.start - begin, span.end - begin), name) for span, name in spans]
    spans = [(span, name) for span, name in spans if span.start >= 0 and span.end <= len(shown)]
    lines = [(line, name) for span, name in spans for line in _lines_of(shown, span)]
    edges = sorted({0, len(shown), *(edge for line, _ in lines for edge in line)})
    cut = [_piece(shown, start, end, lines, spans) for start, end in pairwise(edges)]
    before = [Piece(text="… ")] if begin else []
    after = [Piece(text=f"… ({len(raw):,} bytes)")] if begin + limit < len(raw) else []
    return (*before, *cut, *after)


def _begin(spans: list[Span], limit: int) -> int:
    """Return where to begin, so that evidence deep inside an overlong field is shown too."""
    if all(span.end <= limit for span in spans):
        return 0
    return max(0, min(span.start for span in spans) - BEFORE)


def _bytes(source: bytes | Hop | Field) -> bytes:
    if isinstance(source, bytes):
        return source
    return source.raw if isinstance(source, Hop) else source.value


def _piece(
    raw: bytes, start: int, end: int, lines: list[tuple[Span, str]], spans: list[tuple[Span, str]]
) -> Piece:
    names = dict.fromkeys(name for line, name in lines if line.start <= start and end <= line.end)
    ending = dict.fromkeys(name for span, name in spans if span.start <= start and span.end == end)
    return Piece(text=unfold_visible(raw[start:end]), marks=tuple(names), ending=tuple(ending))


def _lines_of(raw: bytes, span: Span) -> Iterator[Span]:
    """Yield what of a span stands on each line, so that folds are not underlined."""
    begin = span.start
    for line in raw[span.start : span.end].splitlines(keepends=True):
        begin += len(line)
        trimmed = _trim(raw, Span(begin - len(line), begin))
        if trimmed.start < trimmed.end:
            yield trimmed


def _trim(raw: bytes, span: Span) -> Span:
    """Return a span without the white space at its ends."""
    text = raw[span.start : span.end]
    return Span(span.end - len(text.lstrip()), span.start + len(text.rstrip()))


def unfold_visible(raw: bytes) -> str:
    """Return bytes safe to show with their line ends kept as such and tabs as blanks."""
    lines = raw.replace(b"\r\n", b"\n").replace(b"\t", b" ").split(b"\n")
    return "\n".join(visible(line) for line in lines)


def heaviest_first(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return findings in the order in which a person wants to read them."""
    return tuple(sorted(findings, key=lambda finding: -abs(finding.weight)))


def by_source(finding: Finding) -> list[tuple[Hop | Field, list[Evidence]]]:
    """Return the evidence grouped by the field it stands in, so that each field is shown once."""
    groups: dict[object, list[Evidence]] = {}
    for one in finding.evidence:
        same = id(one.source) if isinstance(one.source, Hop) else one.source.span
        groups.setdefault(same, []).append(one)
    return [(group[0].source, group) for group in groups.values()]


def marked_lines(parts: Iterable[Piece]) -> tuple[Piece, ...]:
    """Return only the lines of a field on which something is marked."""
    lines: list[list[Piece]] = [[]]
    for part in parts:
        first, *rest = part.text.split("\n")
        lines[-1].append(replace(part, text=first))
        lines += [[replace(part, text=text)] for text in rest]
    kept = [line for line in lines if any(piece.marks for piece in line)]
    return tuple(piece for line in kept for piece in (*line, Piece(text="\n")))[:-1]


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
