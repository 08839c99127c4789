"""A header section, lossless: joining its fields gives the bytes back (RFC 5322, section 2.2)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from headertrace.defects import Defect, DefectKind
from headertrace.message.display import display
from headertrace.message.layout import Layout, locate_section
from headertrace.message.lazy import lazy
from headertrace.message.wrongs import find_wrongs
from headertrace.vocabulary import Span

# Two orders of magnitude above any real message; what follows stays in ``raw``, as one stray text.
MAX_FIELDS = 100_000

# field-name *WSP ":" unstructured, folds included (RFC 5322, sections 2.2.3, 3.6.8 and 4.5.8)
VALUE = re.compile(rb"[ \t]*+:([^\n]*+(?:\n[ \t][^\n]*+)*+)")
FIELD = re.compile(rb"\n([!-9;-~]++)[ \t]*+:([^\n]*+(?:\n[ \t][^\n]*+)*+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One header field: ``value`` is everything after the colon, folds kept, without the last line end.

    ``span`` is the whole field's place in the section's ``raw``; ``value_start`` the value's first byte there.
    """

    name: str
    value: bytes
    span: Span
    value_start: int


class HeaderSection:
    """The header section of one message: ``raw`` is all of it, up to the blank line before the body.

    Fields are looked for when asked for: a message has some eighty of them, and hardly any is wanted.
    ``start`` is where the first field begins in ``raw``, ``body_start`` where the body begins in the message.
    """

    def __init__(self, layout: Layout) -> None:
        self.raw = layout.raw
        self.start = layout.start
        self.body_start = layout.body_start
        self._lines = layout.lines
        self._early = layout.defects
        self._places: dict[str, tuple[Span, ...]] = {}

    def __eq__(self, other: object) -> bool:
        return isinstance(other, HeaderSection) and self.raw == other.raw

    def __hash__(self) -> int:
        return hash(self.raw)

    def __repr__(self) -> str:
        return f"<HeaderSection of {len(self.raw)} bytes>"

    @lazy
    def fields(self) -> tuple[Field, ...]:
        """Every field, in the order of the message; at most ``MAX_FIELDS``."""
        return tuple(self._field(found.start(), Span(*found.span(2))) for found in self._matches())

    @lazy
    def stray(self) -> tuple[Span, ...]:
        """The places in ``raw`` after ``start`` that belong to no field: lines without a colon."""
        gaps, at = [], self.start
        for field in self.fields:
            if field.span.start > at:
                gaps.append(Span(at, field.span.start))
            at = field.span.end
        return (*gaps, Span(at, len(self.raw))) if at < len(self.raw) else tuple(gaps)

    @lazy
    def defects(self) -> tuple[Defect, ...]:
        """Everything that is wrong with the section as a whole."""
        wrongs = self._early + find_wrongs(self.raw, self.start, self.stray)
        if len(self.fields) == MAX_FIELDS and self.stray and self.stray[-1].end == len(self.raw):
            wrongs += (Defect(kind=DefectKind.TOO_MANY_FIELDS, span=self.stray[-1]),)
        return wrongs

    def places(self, name: str) -> tuple[Span, ...]:
        """Return where in ``raw`` the values of the fields of this name stand (any letter case)."""
        name = name.lower()
        if name not in self._places:
            self._places[name] = tuple(self._locate(b"\n" + name.encode("ascii", "replace")))
        return self._places[name]

    def values(self, name: str) -> tuple[bytes, ...]:
        """Return the values of the fields of this name, in the order of the message, folds kept."""
        raw = self.raw
        return tuple([raw[start:end] for start, end in self.places(name)])

    def get_all(self, name: str) -> tuple[Field, ...]:
        """Return the fields of this name (any letter case), in the order of the message."""
        return tuple(
            self._field(self._lines.rfind(b"\n", 0, place.start) + 1 - self.start, self._shift(place))
            for place in self.places(name)
        )

    def first(self, name: str) -> Field | None:
        """Return the first field of this name, or None."""
        found = self.get_all(name)
        return found[0] if found else None

    def text(self, name: str) -> str | None:
        """Return the first value of this name as a reader sees it: unfolded and decoded (RFC 2047), or None."""
        places = self.places(name)
        return display(self.raw[places[0].start : places[0].end]) if places else None

    @lazy
    def _folded(self) -> bytes:
        # One LF in front, so that the first field too is found by LF and its name in lower case.
        return b"\n" + self._lines[self.start :].lower()

    def _matches(self) -> Iterator[re.Match[bytes]]:
        found = FIELD.finditer(self._folded)
        return (match for match, _ in zip(found, range(MAX_FIELDS), strict=False))

    def _locate(self, needle: bytes) -> Iterator[Span]:
        folded, shift = self._folded, self.start - 1
        at = folded.find(needle)
        while at >= 0:
            if found := VALUE.match(folded, at + len(needle)):
                start, end = found.span(1)
                yield Span(start + shift, self._trim(end + shift))
                at = end - 1
            at = folded.find(needle, at + 1)

    def _trim(self, end: int) -> int:
        """Return the end without the CR of a last line end."""
        return end - 1 if self.raw[end - 1 : end] == b"\r" else end

    def _shift(self, place: Span) -> Span:
        return Span(place.start - self.start + 1, place.end - self.start + 1)

    def _field(self, at: int, value: Span) -> Field:
        """Return the field whose LF stands at ``at`` and whose value at ``value`` in the folded text."""
        start, value_start = self.start + at, self.start - 1 + value.start
        end = self.start - 1 + value.end
        after = self._lines.find(b"\n", end)
        return Field(
            name=self.raw[start : value_start - 1].rstrip(b" \t").decode("ascii", "replace"),
            value=self.raw[value_start : self._trim(end)],
            span=Span(start, len(self.raw) if after < 0 else after + 1),
            value_start=value_start,
        )


def read_section(raw: bytes) -> HeaderSection:
    """Return the header section of a message, or of a header alone; no byte after it is looked at."""
    return HeaderSection(locate_section(raw))
