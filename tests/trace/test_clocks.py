"""Delays, zones, and clocks that cannot be right."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headertrace.received.hop import Hop
from headertrace.trace.clocks import ClockFault, delays, wrong_clocks, zones

NOON = datetime(2025, 1, 6, 12, tzinfo=UTC)
NORMAL = timezone(timedelta(hours=1))


def dated(*offsets: float | None) -> list[Hop]:
    dates = (None if offset is None else NOON + timedelta(seconds=offset) for offset in offsets)
    return [Hop(raw=b"", date=date, zone_known=True) for date in dates]


@pytest.mark.parametrize(
    ("offsets", "expected"),
    [
        ((), ()),
        ((0,), ()),
        ((0, 5, 65), (5.0, 60.0)),
        ((0, -5), (-5.0,)),
        ((0, None, 7), (None, None)),
        ((0, 86395), (86395.0,)),
    ],
)
def test_delays_are_seconds_and_keep_their_sign(
    offsets: tuple[float | None, ...], expected: tuple[float, ...]
) -> None:
    assert delays(dated(*offsets)) == expected


def test_delays_mind_the_zone() -> None:
    earlier = Hop(raw=b"", date=NOON)
    later = Hop(raw=b"", date=NOON.astimezone(timezone(timedelta(hours=-8))) + timedelta(seconds=3))
    assert delays([earlier, later]) == (3.0,)


def test_zones_are_as_written_and_none_where_untold() -> None:
    east = Hop(raw=b"", date=NOON.astimezone(NORMAL), zone_known=True)
    untold = Hop(raw=b"", date=NOON, zone_known=False)
    assert zones([east, untold, Hop(raw=b"")]) == (timedelta(hours=1), None, None)


def test_a_clock_that_neither_neighbour_shares_is_wrong() -> None:
    (found,) = wrong_clocks(dated(0, 400 * 86400, 60, 120))
    assert (found.hop, found.fault) == (1, ClockFault.OUTLIER)
    (found,) = wrong_clocks(dated(0, -400 * 86400, 60, 120))
    assert (found.hop, found.fault) == (1, ClockFault.OUTLIER)


def test_a_queue_of_days_is_no_wrong_clock() -> None:
    assert wrong_clocks(dated(0, 4 * 86400, 4 * 86400 + 60)) == ()


@pytest.mark.parametrize(
    ("date", "fault"),
    [
        (datetime(1970, 1, 1, tzinfo=UTC), ClockFault.YEAR),
        (datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=14))), ClockFault.YEAR),
        (datetime(2025, 1, 6, tzinfo=timezone(timedelta(hours=15))), ClockFault.ZONE),
        (datetime(2025, 1, 6, tzinfo=timezone(timedelta(hours=-13))), ClockFault.ZONE),
    ],
)
def test_dates_that_no_mail_server_can_write(date: datetime, fault: ClockFault) -> None:
    (found,) = wrong_clocks(
        [Hop(raw=b"", date=NOON), Hop(raw=b"", date=date, by="mx.example"), Hop(raw=b"", date=NOON)]
    )
    assert (found.hop, found.fault) == (1, fault)
    assert "mx.example" in found.summary


@pytest.mark.parametrize("hours", [-12, 14])
def test_the_farthest_zones_exist(hours: int) -> None:
    assert wrong_clocks([Hop(raw=b"", date=NOON.astimezone(timezone(timedelta(hours=hours))))]) == ()


ANY_ZONE = st.integers(-1439, 1439).map(lambda minutes: timezone(timedelta(minutes=minutes)))
ANY_DATE = st.none() | st.datetimes(timezones=ANY_ZONE)


@given(st.lists(ANY_DATE, max_size=6))
def test_no_dates_are_too_odd(dates: list[datetime | None]) -> None:
    hops = [Hop(raw=b"", date=date, zone_known=True) for date in dates]
    assert len(delays(hops)) == max(0, len(hops) - 1)
    assert len(zones(hops)) == len(hops)
    assert all(0 <= wrong.hop < len(hops) for wrong in wrong_clocks(hops))
