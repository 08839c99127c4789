"""Whole headers, from their text to what the chain says of them."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from headertrace import Admd, Hop, Trace, read_trace

FIXTURES = Path(__file__).parents[2] / "fixtures" / "trace"
CASES = tomllib.loads((FIXTURES / "headers.toml").read_text("utf-8"))["case"]


def clients(hops: Iterable[Hop | None]) -> list[str]:
    return ["" if hop is None else str(hop.ip or "-") for hop in hops]


def or_none(values: Iterable[float | None]) -> list[float | str]:
    return ["none" if value is None else value for value in values]


def hours(zones: Iterable[timedelta | None]) -> list[float | str]:
    return or_none(None if zone is None else zone / timedelta(hours=1) for zone in zones)


SAID: dict[str, Callable[[Trace], Any]] = {
    "hops": lambda trace: len(trace.hops),
    "trusted": lambda trace: clients(trace.trusted),
    "untrusted": lambda trace: clients(trace.untrusted),
    "internal": lambda trace: clients(trace.internal),
    "external": lambda trace: clients(trace.external),
    "claimed": lambda trace: clients(trace.claimed),
    "border": lambda trace: clients([trace.border])[0],
    "originating": lambda trace: [f"{told.name} {told.ip}" for told in trace.originating],
    "delays": lambda trace: or_none(trace.delays),
    "zones": lambda trace: hours(trace.zones),
    "breaks": lambda trace: [str(each.kind) for each in trace.breaks],
    "clocks": lambda trace: [f"{each.hop} {each.fault}" for each in trace.wrong_clocks],
    "origin": lambda trace: clients([trace.origin.hop])[0],
    "hidden": lambda trace: trace.origin.hidden,
}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["why"])
def test_header(case: dict[str, Any]) -> None:
    trace = read_trace(case["header"], Admd(**case["admd"]) if "admd" in case else None)
    asked = {key: say(trace) for key, say in SAID.items() if key in case}
    assert asked == {key: case[key] for key in asked}
    assert asked
