"""Does each hop's FROM agree with the BY of the hop below it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from headertrace.received.hop import Hop


@dataclass(frozen=True, slots=True, kw_only=True)
class Break:
    """A place where the BY of an earlier hop and the FROM of the next one do not fit."""

    earlier: int
    later: int
    kind: str
    summary: str


def find_breaks(hops: Sequence[Hop]) -> tuple[Break, ...]:
    """Return where the chain does not hold together; indexes count in travel order."""
    found = []
    for index, (earlier, later) in enumerate(pairwise(hops)):
        if (
            earlier.by
            and later.rdns
            and earlier.by.lower() not in (later.rdns.lower(), (later.helo or "").lower())
        ):
            found.append(Break(earlier=index, later=index + 1, kind="name-mismatch", summary="other name"))
    return tuple(found)
