"""Delays as bars: the sign decides the side, the size the width."""

from __future__ import annotations

import pytest

from headertrace.reports.timeline import THINNEST, scale
from headertrace.reports.words import duration

from . import made


def test_without_a_negative_delay_all_begins_at_zero() -> None:
    on = scale([3.0, 100.0])
    assert on.bar(100.0) == (0.0, 100.0)
    assert on.bar(3.0) == (0.0, 30.0)


def test_a_clock_that_is_behind_stands_left_of_zero() -> None:
    on = scale([-4.0, 4.0])
    assert on.bar(-4.0) == (0.0, 50.0)
    assert on.bar(4.0) == (50.0, 50.0)
    assert scale([-3.0, 15.0]).bar(-3.0) == (0.0, 33.3)


def test_nothing_is_drawn_for_no_delay_and_little_is_still_seen() -> None:
    on = scale([1e6])
    assert on.bar(0.0) is None
    assert on.bar(None) is None
    assert on.bar(0.001) == (0.0, THINNEST)


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [
        (0, "+0 s"),
        (-4, "−4 s"),
        (59.6, "+60 s"),
        (61, "+1 min 1 s"),
        (3600, "+1 h"),
        (-7260, "−2 h 1 min"),
        (90_000, "+1 d 1 h"),
        (None, "unknown"),
    ],
)
def test_durations_keep_their_sign(seconds: float | None, shown: str) -> None:
    assert duration(seconds) == shown


def test_the_sender_s_own_date_stands_first() -> None:
    from headertrace.reports.path import path
    from headertrace.reports.timeline import draw

    chain = made.trace()
    rows = draw(chain, path(chain))["times"]
    assert [(row["clock"], row["zone"], row["delay"]) for row in rows] == [
        ("the sender (Date field)", "+0800", ""),
        ("mail.corp.example", "+0200", ""),
        ("mx.victim.example", "+0200", "−4 s"),
    ]
