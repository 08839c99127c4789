"""Clients told by fields other than Received."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headertrace.received.hop import Hop
from headertrace.trace.originating import read_told
from headertrace.trace.tellers import OTHERS, TELLERS, WALKED
from headertrace.trace.trace import read_trace
from headertrace.vocabulary import NetworkReason, Span

FIXTURES = Path(__file__).parents[2] / "fixtures" / "trace"
CASES = tomllib.loads((FIXTURES / "originating.toml").read_text("utf-8"))["case"]
RECEIVED = "Received: from a.example (a.example [198.51.100.1]) by b.example (Postfix) with ESMTP id 1\n"


def text(value: object) -> str | None:
    return None if value is None else str(value)


def plain_spans(hop: Hop) -> dict[str, Span]:
    return {part: span for part, span in hop.spans.items() if isinstance(span, Span)}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["why"])
def test_field(case: dict[str, Any]) -> None:
    (told,) = read_trace(case["field"] + "\n\n").originating
    hop = told.hop
    assert hop is not None
    assert text(told.ip) == text(hop.ip) == case.get("ip")
    assert (hop.helo, hop.rdns) == (case.get("helo"), case.get("rdns"))
    assert told.told == case["told"]
    assert case["written_by"] in told.written_by
    if told.name != "X-Received":
        assert [str(defect.kind) for defect in hop.defects] == case.get("defects", [])
        assert hop.network is ("ip" in case)


@pytest.mark.parametrize("case", [case for case in CASES if "text" in case], ids=lambda case: case["why"])
def test_spans_stand_on_the_very_words(case: dict[str, Any]) -> None:
    hop = read_told(case["field"].partition(":")[2].encode())
    words = {part: hop.raw[slice(*span)].decode() for part, span in plain_spans(hop).items()}
    expected = {"ip": case["text"], "helo": case.get("helo"), "rdns": case.get("rdns")}
    assert words == {part: word for part, word in expected.items() if word}


def test_every_teller_is_read_and_says_whence_it_is_known() -> None:
    fields = "".join(f"{name}: [192.0.2.1]\n" for name in TELLERS if name != "x-received")
    trace = read_trace(fields + "\n")
    assert {told.name for told in trace.originating} == TELLERS.keys() - {"x-received"}
    assert all(str(told.ip) == "192.0.2.1" and told.written_by and told.source for told in trace.originating)


def test_fields_that_only_look_alike_are_not_read() -> None:
    others = "X-Mailgun-Sending-Ip: 192.0.2.1\nX-Spam-Relays: 192.0.2.1\nReceived-SPF: pass 192.0.2.1\n\n"
    assert read_trace(others).originating == ()


def test_they_stand_in_travel_order_with_the_received_fields_below_each() -> None:
    message = (
        f"X-Peer: 192.0.2.3\n{RECEIVED}X-Originating-IP: 192.0.2.2\n{RECEIVED}X-Client-IP: 192.0.2.1\n\n"
    )
    told = read_trace(message).originating
    assert [(str(each.ip), each.received_below) for each in told] == [
        ("192.0.2.1", 0),
        ("192.0.2.2", 1),
        ("192.0.2.3", 2),
    ]


def views(fields: str) -> list[str]:
    return [str(hop.ip) for hop in read_trace(RECEIVED + fields + "\n").untrusted]


def test_the_default_fields_are_the_oldest_hops_of_the_walk_in_their_order() -> None:
    fields = "".join(f"{name}: [192.0.2.{number}]\n" for number, name in enumerate(WALKED, 1))
    assert views(fields) == [f"192.0.2.{number}" for number in range(len(WALKED), 0, -1)] + ["198.51.100.1"]


def test_no_other_field_enters_the_walk() -> None:
    fields = "".join(f"{name}: [192.0.2.1]\n" for name in OTHERS)
    assert views(fields) == ["198.51.100.1"]


def test_of_a_repeated_field_the_lowest_enters_the_walk_or_none() -> None:
    assert views("X-AOL-IP: 192.0.2.1\nX-AOL-IP: 192.0.2.2\n") == ["192.0.2.2", "198.51.100.1"]
    assert views("X-AOL-IP: 192.0.2.1\nX-AOL-IP: unknown\n") == ["198.51.100.1"]


def test_the_walk_holds_the_very_hops_that_are_told() -> None:
    trace = read_trace(f"{RECEIVED}X-AOL-IP: 192.0.2.1\n\n")
    assert trace.untrusted[0] is trace.originating[0].hop


@given(st.binary(max_size=300))
def test_any_value_gives_a_hop_whose_spans_hold(value: bytes) -> None:
    hop = read_told(value)
    assert hop.raw == value
    assert hop.network is (hop.ip is not None)
    assert hop.network or (hop.network_reason is NetworkReason.NO_ADDRESS and hop.defects)
    assert all(0 <= start < end <= len(value) for start, end in plain_spans(hop).values())
