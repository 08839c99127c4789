"""The chain as a whole, from bytes on."""

from __future__ import annotations

import pickle
import time
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headertrace import Admd, read_trace
from headertrace.defects import DefectKind
from headertrace.trace import trace as module
from headertrace.trace.trace import Trace

MESSAGE = b"""Received: from relay.example.org (relay.example.org [192.0.2.5])
 by mx.example.com (Postfix) with ESMTP id 3; Mon, 6 Jan 2025 11:00:07 +0100
Received: from mail.example.org (mail.example.org [10.0.0.2])
 by relay.example.org (Postfix) with ESMTP id 2; Mon, 6 Jan 2025 10:00:09 +0000
Received: from pc (unknown [10.0.0.77])
 by mail.example.org (Postfix) with ESMTP id 1; Mon, 6 Jan 2025 10:00:00 -0000
Subject: hello

Received: from body.example ([192.0.2.99]) by nobody.example; Mon, 6 Jan 2025 10:00:00 +0000
"""


@pytest.fixture
def trace() -> Trace:
    return read_trace(MESSAGE)


def test_hops_stand_in_travel_order(trace: Trace) -> None:
    assert [hop.by for hop in trace.hops] == ["mail.example.org", "relay.example.org", "mx.example.com"]


def test_delays_and_zones(trace: Trace) -> None:
    assert trace.delays == (9.0, -2.0)
    assert trace.zones == (None, timedelta(0), timedelta(hours=1))


def test_the_border_is_what_we_recorded_and_the_rest_is_claimed(trace: Trace) -> None:
    assert trace.border is trace.hops[2]
    assert trace.border_index == 2
    assert trace.claimed == trace.hops[:2]
    assert trace.breaks == ()


def test_our_networks_move_the_border() -> None:
    trace = read_trace(MESSAGE, admd=Admd(trusted=("192.0.2.5", "10.0.0.2"), internal=("192.0.2.5",)))
    assert [str(hop.ip) for hop in trace.trusted] == ["10.0.0.2", "192.0.2.5"]
    assert [str(hop.ip) for hop in trace.internal] == ["192.0.2.5"]
    assert trace.border is trace.hops[0]
    assert trace.claimed == ()


def test_networks_without_an_admd_around_them_are_a_type_error() -> None:
    with pytest.raises(TypeError, match="list"):
        read_trace(MESSAGE, admd=["192.0.2.0/24"])  # type: ignore[arg-type]


def test_neighbours_and_places(trace: Trace) -> None:
    oldest, middle, newest = trace.hops
    assert (trace.earlier(oldest), trace.later(oldest)) == (None, middle)
    assert (trace.earlier(newest), trace.later(newest)) == (middle, None)
    assert [trace.position(hop) for hop in trace.hops] == [0, 1, 2]
    assert trace.domains == ("example.org", "example.org", "example.com")


def test_each_hop_leads_back_to_its_field(trace: Trace) -> None:
    fields = [trace.field_of(hop) for hop in trace.hops]
    assert [field.value if field else None for field in fields] == [hop.raw for hop in trace.hops]


def test_an_equal_hop_from_elsewhere_has_no_place(trace: Trace) -> None:
    stranger = read_trace(
        b"Received: from elsewhere.example by other.example; Mon, 6 Jan 2025 10:00:00 +0000\n"
    ).hops[0]
    assert trace.position(stranger) is None
    assert trace.position(None) is None
    assert trace.field_of(stranger) is None
    assert (trace.earlier(stranger), trace.later(stranger)) == (None, None)


def test_pickling_keeps_what_was_read(trace: Trace) -> None:
    admd = Admd(trusted=("192.0.2.5",))
    before = read_trace(MESSAGE, admd=admd)
    assert before.border is not None
    after, border = pickle.loads(pickle.dumps((before, before.border)))
    assert after == before
    assert hash(after) == hash(before)
    assert after.admd == admd
    assert after.border is border


def test_traces_differ_by_what_they_were_read_from(trace: Trace) -> None:
    assert trace == read_trace(MESSAGE)
    assert trace != read_trace(MESSAGE, admd=Admd(trusted=("192.0.2.5",)))
    assert trace != read_trace(MESSAGE.replace(b"hello", b"good bye"))
    assert trace != MESSAGE


def test_more_hops_than_any_loop_can_make_are_cut_and_told() -> None:
    message = b"Received: by a.example\n" * (module.MAX_HOPS + 7) + b"\n"
    trace = read_trace(message)
    assert len(trace.hops) == module.MAX_HOPS
    (defect,) = (each for each in trace.defects if each.kind is DefectKind.TOO_MANY_FIELDS)
    assert defect.note.startswith("7 older")
    assert message[slice(*defect.span)] == b"Received: by a.example\n" * 7


def seconds(message: bytes) -> float:
    start = time.process_time()
    trace = read_trace(message)
    _ = (trace.origin, trace.breaks, trace.delays, trace.defects, trace.originating, trace.wrong_clocks)
    _ = [trace.field_of(hop) for hop in trace.hops]
    return time.process_time() - start


@pytest.mark.parametrize(
    "line",
    [
        b"Received: by a.example; Mon, 6 Jan 2025 10:00:00 +0000\n",
        b"X-Originating-IP: [192.0.2.1]\n",
        b"X-Peer: 192.0.2.1\nReceived: from b.test ([192.0.2.1]) by a.example\n",
        b"X-Client-IP: " + b"1.1." * 500 + b"\n",
        b"X-Client-IP: " + b"1:" * 500 + b"\n",
        b"X-Client-IP: " + b";" * 500 + b"\n",
    ],
)
def test_twice_the_fields_take_about_twice_the_time(line: bytes) -> None:
    small, large = line * 400, line * 3200
    fastest = min(seconds(small) for _ in range(3)), min(seconds(large) for _ in range(3))
    # Eight times the input: quadratic work would take sixty-four times as long.
    assert fastest[1] < 24 * max(fastest[0], 0.001)


@given(st.binary(max_size=400))
def test_any_bytes_give_a_trace(raw: bytes) -> None:
    trace = read_trace(raw)
    assert len(trace.hops) == len(trace.section.values("Received"))
    assert trace.untrusted + trace.trusted == trace.network_hops or trace.originating
    assert isinstance(trace.origin.reason, str)
    assert len(trace.delays) == max(0, len(trace.hops) - 1)
    assert trace.breaks is trace.breaks


NAMES = st.sampled_from([b"Received", b"X-Received", b"X-Originating-IP", b"X-Peer", b"Subject", b"x-aol-ip"])
WORDS = st.sampled_from(
    [
        b"from",
        b"by",
        b"mx.example",
        b"[192.0.2.1]",
        b"(",
        b")",
        b"10.0.0.1",
        b"with ESMTPA",
        b";",
        b"\n ",
        b"fetchmail",
    ]
)
FIELDS = st.tuples(NAMES, st.lists(WORDS, max_size=12)).map(
    lambda field: field[0] + b": " + b" ".join(field[1]) + b"\n"
)


@given(st.lists(FIELDS, max_size=8).map(b"".join))
def test_any_fields_give_a_trace(raw: bytes) -> None:
    trace = read_trace(raw)
    walked = len(trace.untrusted + trace.trusted)
    assert walked == len(trace.internal + trace.external)
    assert trace.border is None or trace.border in trace.untrusted
    assert set(map(id, trace.claimed)) <= set(map(id, trace.hops))
    assert trace.origin.hop is None or trace.position(trace.origin.hop) is not None
