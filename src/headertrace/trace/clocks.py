"""What the clocks of the servers tell: seconds between hops."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from headertrace.received.hop import Hop


def delays(hops: Sequence[Hop]) -> tuple[float | None, ...]:
    """Return the seconds from each hop to the next later one; negative kept, None where a date is missing."""
    return tuple(
        (later.date - earlier.date).total_seconds() if earlier.date and later.date else None
        for earlier, later in pairwise(hops)
    )
