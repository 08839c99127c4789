"""A header section, lossless: joining its fields gives the bytes back (RFC 5322, section 2.2)."""

from __future__ import annotations

import re
from collections.abc import KeysView
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from headertrace.defects import Defect, DefectKind
from headertrace.message.display import display
from headertrace.message.layout import VALUE, Layout, locate_section
from headertrace.message.lazy import lazy
from headertrace.message.wrongs import find_wrongs
from headertrace.vocabulary import Span

# A thousand times what any real message has; what follows stays in ``raw``, as one stray text.
MAX_FIELDS = 100_000
# The shortest field is ``a:`` and its line end: fewer bytes than this cannot hold more than MAX_FIELDS.
NEVER_TOO_MANY = 3 * MAX_FIELDS
# As a number, which is found in bytes at a sixth of the cost.
CR = 0x0D

FIELD = re.compile(rb"\n([!-9;-~]++)" + VALUE)
# A line that begins neither a field nor a fold, or a fold of nothing.
NO_FIELD = re.compile(rb"\A\n[ \t]|\n(?![ \t]|[!-9;-~]++[ \t]*+:)[^\n]")


@lru_cache(maxsize=256)
def _named(name: str) -> re.Pattern[bytes]:
    return re.compile(rb"\n(?i:" + re.escape(name.encode()) + rb")" + VALUE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One header field: ``value`` is all after the colon, folds kept, without the last line end.

    Where CR alone ends lines, LF stands for it in ``value``. ``span`` is the whole field's place in the
    section's ``raw``, ``value_start`` the value's place there.
    """

    name: str
    value: bytes
    span: Span
    value_start: int


class HeaderSection:
    """The header section of one message: ``raw`` is all of it, up to the blank line before the body.

    Fields are looked for when asked for: a message has some eighty of them, and hardly any is wanted.
    ``start`` is where the first field begins in ``raw``, ``body_start`` where the body begins in the message.
    ``lines`` are the fields that are looked through, a LF before each, whatever ends their lines in ``raw``.
    ``received`` are the values of the Received fields, in order, folds kept.
    A message in UTF-16 counts as if it were written in UTF-8, a pasted one as if nothing stood around it.
    """

    def __init__(self, layout: Layout) -> None:
        self.raw, self.lines, self.start, self.body_start, self.received, _ = self._layout = layout
        if len(self.lines) > NEVER_TOO_MANY:
            self.lines = _without_excess(self.lines)
            self.received = self.values("received")

    def __eq__(self, other: object) -> bool:
        return isinstance(other, HeaderSection) and self.raw == other.raw

    def __hash__(self) -> int:
        return hash(self.raw)

    def __reduce__(self) -> tuple[type[HeaderSection], tuple[Layout]]:
        return HeaderSection, (self._layout,)

    def __repr__(self) -> str:
        return f"<HeaderSection of {len(self.raw)} bytes>"

    @lazy
    def fields(self) -> tuple[Field, ...]:
        """Every field, in the order of the message; at most ``MAX_FIELDS``."""
        return tuple(map(self._field, FIELD.finditer(self.lines)))

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
        end = self.start + len(self.lines) - 1
        stray = self.stray if end < len(self.raw) or NO_FIELD.search(self.lines) else ()
        wrongs = self._layout.defects + find_wrongs(self.raw, self.start, stray)
        if end < len(self.raw):
            wrongs += (Defect(kind=DefectKind.TOO_MANY_FIELDS, span=Span(end, len(self.raw))),)
        return wrongs

    @property
    def names(self) -> KeysView[bytes]:
        """The lower-case names of the fields."""
        return self._index.keys()

    def count(self, name: str) -> int:
        """Return how many fields of this name (any letter case) there are."""
        return len(self._index.get(name.lower().encode(), ()))

    def values(self, name: str) -> tuple[bytes, ...]:
        """Return the values of the fields of this name (any letter case), in order, folds kept."""
        found = _named(name.lower()).findall(self.lines)
        return tuple([value.rstrip(b"\r") for value in found] if CR in self.lines else found)

    def get_all(self, name: str) -> tuple[Field, ...]:
        """Return the fields of this name (any letter case), in the order of the message."""
        return tuple(map(self._field, self._index.get(name.lower().encode(), ())))

    def first(self, name: str) -> Field | None:
        """Return the first field of this name, or None."""
        found = self._index.get(name.lower().encode())
        return self._field(found[0]) if found else None

    def text(self, name: str) -> str | None:
        """Return the first value of this name as a reader sees it: unfolded, decoded (RFC 2047); or None."""
        found = self._index.get(name.lower().encode())
        return display(found[0][2]) if found else None

    @lazy
    def _index(self) -> dict[bytes, list[re.Match[bytes]]]:
        index: dict[bytes, list[re.Match[bytes]]] = {}
        for found in FIELD.finditer(self.lines):
            index.setdefault(found[1].lower(), []).append(found)
        return index

    def _field(self, found: re.Match[bytes]) -> Field:
        """Return the field; offsets in ``lines`` are one more than those after ``start``."""
        start, end = found.span(2)
        return Field(
            name=found[1].decode("ascii"),
            value=found[2].rstrip(b"\r"),
            span=Span(self.start + found.start(), min(self.start + end, len(self.raw))),
            value_start=self.start + start - 1,
        )


def _without_excess(lines: bytes) -> bytes:
    """Return the lines of the first ``MAX_FIELDS`` fields."""
    excess = next(islice(FIELD.finditer(lines), MAX_FIELDS, None), None)
    return lines[: excess.start() + 1] if excess else lines


def read_section(raw: bytes) -> HeaderSection:
    """Return the header section of a message, or of a header alone; no byte after it is looked at."""
    return HeaderSection(locate_section(raw))
