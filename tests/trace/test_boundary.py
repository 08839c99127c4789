"""The trust walk, case by case."""

from __future__ import annotations

import tomllib
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest

from headertrace.message.section import read_section
from headertrace.received.hop import Auth, Hop
from headertrace.trace.admd import Admd
from headertrace.trace.trace import Trace
from headertrace.vocabulary import NetworkReason

FIXTURES = Path(__file__).parents[2] / "fixtures" / "trace"
CASES = tomllib.loads((FIXTURES / "trust.toml").read_text("utf-8"))["case"]
VIEWS = ("trusted", "untrusted", "internal", "external")


def hop(text: str) -> Hop:
    address, _, rest = text.partition(" ")
    if address == "-":
        return Hop(raw=b"", network_reason=NetworkReason(rest))
    how: dict[str, Any] = {"auth": Auth()} if rest == "auth" else {"protocol": rest or None}
    return Hop(raw=b"", ip=ip_address(address), network=True, network_reason=None, **how)


def traced(texts: list[str], admd: Admd | None = None) -> Trace:
    return Trace(section=read_section(b""), hops=tuple(hop(text) for text in reversed(texts)), admd=admd)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["why"])
def test_walk(case: dict[str, Any]) -> None:
    admd = Admd(**case["admd"]) if "admd" in case else None
    trace = traced(case["hops"], admd)
    assert {view: [str(hop.ip) for hop in getattr(trace, view)] for view in VIEWS} == {
        view: case[view] for view in VIEWS
    }


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["why"])
def test_border_is_the_newest_untrusted_hop_and_everything_older_is_claimed(case: dict[str, Any]) -> None:
    trace = traced(case["hops"], Admd(**case["admd"]) if "admd" in case else None)
    if not case["untrusted"]:
        assert trace.border is None
        assert trace.claimed == ()
        return
    assert trace.border is not None
    assert str(trace.border.ip) == case["untrusted"][-1]
    assert trace.claimed == trace.hops[: trace.hops.index(trace.border)]
    assert trace.hops[trace.border_index or 0] is trace.border


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["why"])
def test_every_network_hop_is_in_exactly_one_view_of_each_pair_unless_fetched(case: dict[str, Any]) -> None:
    trace = traced(case["hops"], Admd(**case["admd"]) if "admd" in case else None)
    if any("fetch" in text for text in case["hops"]):
        assert len(trace.trusted + trace.untrusted) <= len(trace.network_hops)
        return
    assert trace.untrusted + trace.trusted == trace.network_hops
    assert trace.external + trace.internal == trace.network_hops
    assert all(trace.is_trusted(hop) for hop in trace.trusted)
    assert not any(trace.is_trusted(hop) for hop in trace.untrusted)
