"""The clocks of the path: each stamp as written, in UTC, and how long the message lay between."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from headertrace.received.stamp_time import read_time
from headertrace.reports.path import Leg
from headertrace.reports.words import duration, moment_utc, server
from headertrace.trace.trace import Trace

Shown = Mapping[str, Any]
# The narrowest bar that is still seen, in per cent.
THINNEST = 1.5


def draw(trace: Trace, legs: Sequence[Leg]) -> Shown:
    """Return the rows of the timeline, and whether any delay is negative."""
    if not legs:
        return {"times": [], "times_behind": False}
    longest = max((abs(leg.delay) for leg in legs if leg.delay is not None), default=0)
    rows = [*_claimed_date(trace), *(_row(leg, longest) for leg in legs)]
    return {"times": rows, "times_behind": any(leg.delay is not None and leg.delay < 0 for leg in legs)}


def _claimed_date(trace: Trace) -> Iterator[Shown]:
    """Yield the Date field (RFC 5322, section 3.6.1): the sender's own clock, never more than a claim."""
    when = date_field(trace)
    if when is not None:
        yield _stamp("", "the sender (Date field)", when) | {"delay": "", "behind": False, "width": 0}


def date_field(trace: Trace) -> datetime | None:
    """Return what the Date field says."""
    value = trace.section.text("date")
    stamp = read_time(value) if value else None
    return stamp.when if stamp else None


def _row(leg: Leg, longest: float) -> Shown:
    delay = leg.delay
    width = 0.0 if not delay else max(THINNEST, round(100 * abs(delay) / longest, 1))
    return _stamp(leg.number, server(leg.hop), leg.hop.date, leg.hop.zone_known) | {
        "delay": "" if delay is None else duration(delay),
        "behind": delay is not None and delay < 0,
        "width": width,
    }


def _stamp(number: object, clock: str, when: datetime | None, zone_known: bool = True) -> dict[str, Any]:
    zone = (f"{when:%z}" if zone_known else "not stated") if when else ""
    written = f"{when:%Y-%m-%d %H:%M:%S}" if when else "no readable date"
    return {"number": number, "clock": clock, "written": written, "zone": zone, "utc": moment_utc(when)}
