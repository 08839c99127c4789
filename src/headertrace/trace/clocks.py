"""What the clocks of the servers tell: delays, zones, and clocks that cannot be right."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import pairwise

from headertrace.received.hop import Hop
from headertrace.vocabulary import Span

# RFC 822, the first format with a year that mail of today can still be dated in.
FIRST_YEAR = 1982
# The farthest zones in use: Baker Island and Kiribati (tz database, Etc/GMT+12 and Pacific/Kiritimati).
WESTERNMOST, EASTERNMOST = timedelta(hours=-12), timedelta(hours=14)
NO_PLACE = b"-0000"
# An offset that is too large for a date to have: what can be reckoned with makes the zone known.
UNREAD_ZONE = re.compile(rb":\d{2}\s*+[+-](?!0000)\d{4}\b")
# A message may wait in a queue for five days (RFC 5321, section 4.5.4.1); nothing arrives before it left.
OUTLIER = timedelta(days=1)


class ClockFault(StrEnum):
    """Why a hop's clock cannot be right."""

    YEAR = "year"
    """Dated before Internet mail had dates."""
    ZONE = "zone"
    """In a zone that does not exist."""
    OUTLIER = "outlier"
    """More than a day off, while the hops before and after it agree."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WrongClock:
    """A hop, by its index in travel order, whose clock cannot be right."""

    hop: int
    fault: ClockFault
    summary: str


def delays(hops: Sequence[Hop]) -> tuple[float | None, ...]:
    """Return the seconds from each hop to the next later one; negative kept, None where a date is missing."""
    return tuple(
        (later.date - earlier.date).total_seconds() if earlier.date and later.date else None
        for earlier, later in pairwise(hops)
    )


def zones(hops: Sequence[Hop]) -> tuple[timedelta | None, ...]:
    """Return each hop's offset from UTC as its server wrote it; None where it tells none (-0000 too)."""
    return tuple(hop.date.utcoffset() if hop.date and hop.zone_known else None for hop in hops)


def wrong_clocks(hops: Sequence[Hop]) -> tuple[WrongClock, ...]:
    """Return the hops whose clocks cannot be right, in travel order."""
    found = [
        WrongClock(hop=index, fault=fault, summary=f"{hop.by or 'a server'} dates the message {hop.date}")
        for index, hop in enumerate(hops)
        if hop.date and (fault := _fault(hop, hop.date))
    ]
    doubtful = {each.hop for each in found}
    found += [each for each in _outliers(hops) if each.hop not in doubtful]
    return tuple(sorted(found, key=lambda each: each.hop))


def _fault(hop: Hop, date: datetime) -> ClockFault | None:
    if date.year < FIRST_YEAR:
        return ClockFault.YEAR
    offset = date.utcoffset() or timedelta(0)
    exists = WESTERNMOST <= offset <= EASTERNMOST
    if exists and (hop.zone_known or not UNREAD_ZONE.search(written_date(hop))):
        return None
    return ClockFault.ZONE


def written_date(hop: Hop) -> bytes:
    """Return the date as the field has it."""
    match hop.spans.get("date"):
        case Span(start, end):
            return hop.raw[start:end]
    return b""


def leeway(*, told: bool) -> tuple[float, float]:
    """Return how many seconds before and after a date that is read as UTC its instant can be.

    ``told`` is whether it tells its instant: then there is no leeway.
    """
    return (0.0, 0.0) if told else (EASTERNMOST.total_seconds(), -WESTERNMOST.total_seconds())


def tells_instant(hop: Hop) -> bool:
    """Return whether a hop's date tells which instant it means."""
    # -0000 is UTC, told by a server that keeps its place to itself (RFC 5322, section 3.3).
    return hop.zone_known or NO_PLACE in written_date(hop)


def _outliers(hops: Sequence[Hop]) -> list[WrongClock]:
    """Return the dated hops between two others that fit each other and not them."""
    dated = [(index, hop.date) for index, hop in enumerate(hops) if hop.date]
    found = []
    for (_, before), (index, date), (_, after) in zip(dated, dated[1:], dated[2:], strict=False):
        off = max(before - date, date - after)
        if timedelta(0) <= after - before <= OUTLIER < off:
            summary = f"{hops[index].by or 'a server'} is {off.days} days off the servers before and after it"
            found.append(WrongClock(hop=index, fault=ClockFault.OUTLIER, summary=summary))
    return found
