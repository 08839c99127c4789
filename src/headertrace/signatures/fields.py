"""The few header fields that a judgement looks at, found in one pass over the section."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from headertrace.message.section import HeaderSection

# Twice the longest line that RFC 5322, section 2.1.1, allows: what we look for stands before that, and
# patterns that try each place of a value again stay fast.
MAX_VALUE = 1996
# Folds included (RFC 5322, section 2.2.3)
VALUE = re.compile(rb"[^\n]*+(?:\n[ \t][^\n]*+)*+")


class Fields:
    """Which wanted fields there are, and the first value of each; names in lower case.

    ``places`` tells by name where the first value begins. Values are read when first asked for, as most never
    are, and kept: one that counts is asked for by several.
    """

    __slots__ = ("_lines", "_values", "places")

    def __init__(self, section: HeaderSection, wanted: re.Pattern[bytes]) -> None:
        self._lines = section.lines
        self._values: dict[bytes, bytes] = {}
        places: dict[bytes, int] = {}
        for found in wanted.finditer(section.lines.lower()):
            places.setdefault(found[1], found.end())
        self.places = places

    def get(self, name: bytes) -> bytes | None:
        """Return the first value of this name in lower case, folds kept; None where there is none."""
        return self.written(name).lower() if name in self.places else None

    def find(self, value: bytes) -> int:
        """Return where a value as written stands, or -1."""
        return self._lines.find(value)

    def each(self, pattern: re.Pattern[bytes]) -> Iterator[re.Match[bytes]]:
        """Yield the matches of a field pattern in the whole section, in lower case."""
        return pattern.finditer(self._lines.lower())

    def written(self, name: bytes) -> bytes:
        """Return the first value of this name as written; empty where there is none."""
        value = self._values.get(name)
        if value is None:
            start = self.places.get(name)
            value = self._values[name] = b"" if start is None else _value_at(self._lines, start)
        return value


def _value_at(lines: bytes, start: int) -> bytes:
    """Return the value that begins there, as far as it is read."""
    value = VALUE.match(lines, start, start + MAX_VALUE)
    return value[0].strip() if value else b""


def name_pattern(names: Iterable[bytes]) -> re.Pattern[bytes]:
    """Return the pattern of these lower-case names, each up to its colon: group 1 is the name."""
    return re.compile(_named(names))


def field_pattern(names: Iterable[bytes]) -> re.Pattern[bytes]:
    """Return the pattern of fields with these lower-case names: groups 1 and 2 are name and folded value."""
    return re.compile(_named(names) + b"(" + VALUE.pattern + b")")


def _named(names: Iterable[bytes]) -> bytes:
    return rb"\n(" + _tree(sorted(names)) + rb")[ \t]*+:"


def _tree(names: list[bytes]) -> bytes:
    """Return a pattern of the names as a tree of letters: a line that is none of them costs a step or two."""
    if len(names) == 1:
        return re.escape(names[0])
    shared = _shared_start(names[0], names[-1])
    rests = [name[len(shared) :] for name in names]
    firsts = sorted({rest[:1] for rest in rests})
    branches = [
        _tree([rest for rest in rests if rest[:1] == first]) if first else b"" for first in reversed(firsts)
    ]
    return re.escape(shared) + b"(?:" + b"|".join(branches) + b")"


def _shared_start(first: bytes, last: bytes) -> bytes:
    """Return what the first and the last of sorted names, and so all between them, begin with."""
    length = next(
        (n for n, (one, other) in enumerate(zip(first, last, strict=False)) if one != other), len(first)
    )
    return first[:length]
