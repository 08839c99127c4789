"""The clocks of the path: each stamp as written, in UTC, and how long the message lay between."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import log1p
from typing import Any

from headertrace.received.stamp_time import read_time
from headertrace.reports.path import Leg
from headertrace.reports.words import duration, moment_utc, server
from headertrace.trace.trace import Trace

Shown = Mapping[str, Any]
# The narrowest bar that is still seen, in per cent.
THINNEST = 1.5


@dataclass(frozen=True, slots=True)
class Scale:
    """How delays become bars: logarithmic, as seconds and days stand side by side; ``zero`` in per cent."""

    zero: float
    reach: float

    def bar(self, delay: float | None) -> tuple[float, float] | None:
        """Return where a delay's bar begins and how wide it is, in per cent; None where there is nothing."""
        if not delay:
            return None
        width = max(THINNEST, 100 * log1p(abs(delay)) / self.reach)
        return round(self.zero - width if delay < 0 else self.zero, 1), round(width, 1)


def scale(delays: Sequence[float]) -> Scale:
    """Return the scale on which all delays fit, negative ones to the left of zero."""
    behind = max((log1p(-delay) for delay in delays if delay < 0), default=0.0)
    ahead = max((log1p(delay) for delay in delays if delay > 0), default=0.0)
    reach = behind + ahead or 1.0
    return Scale(zero=100 * behind / reach, reach=reach)


def draw(trace: Trace, legs: Sequence[Leg]) -> Shown:
    """Return the rows of the timeline, and whether any delay is negative."""
    if not legs:
        return {"times": []}
    delays = [leg.delay for leg in legs if leg.delay is not None]
    on = scale(delays)
    rows = [*_claimed_date(trace), *(_row(leg, on) for leg in legs)]
    stamps = [leg.hop.date for leg in legs if leg.hop.date is not None]
    return {
        "times": rows,
        "times_behind": any(delay < 0 for delay in delays),
        "times_zero": round(on.zero, 1),
        "times_total": duration((stamps[-1] - stamps[0]).total_seconds()) if len(stamps) > 1 else "",
    }


def _claimed_date(trace: Trace) -> Iterator[Shown]:
    """Yield the Date field (RFC 5322, section 3.6.1): the sender's own clock, never more than a claim."""
    value = trace.section.text("date")
    stamp = read_time(value) if value else None
    if stamp is not None and stamp.when is not None:
        row = _stamp("", "the sender (Date field)", stamp.when, stamp.zone_known)
        yield row | {"delay": "", "behind": False, "bar": None}


def _row(leg: Leg, on: Scale) -> Shown:
    return _stamp(leg.number, server(leg.hop), leg.hop.date, leg.hop.zone_known) | {
        "delay": "" if leg.delay is None else duration(leg.delay),
        "behind": leg.delay is not None and leg.delay < 0,
        "bar": on.bar(leg.delay),
    }


def _stamp(number: object, clock: str, when: datetime | None, zone_known: bool) -> dict[str, Any]:
    zone = (f"{when:%z}" if zone_known else "not stated") if when else ""
    written = f"{when:%Y-%m-%d %H:%M:%S}" if when else "no readable date"
    return {"number": number, "clock": clock, "written": written, "zone": zone, "utc": moment_utc(when)}
