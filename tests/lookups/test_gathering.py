"""What is asked about a chain, of whom, and from where it may be called."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest

import headertrace as ht
from headertrace.facts import Facts, HopScope, Iprev, Listed
from headertrace.lookups import Options, gather, gather_async, inquire
from headertrace.lookups.inquiry import MOST_CLIENTS

MESSAGE = b"""\
Received: from mx.ours.example (mx.ours.example [10.9.9.9])
 by store.ours.example (Postfix) with ESMTP id 4A; Mon, 2 Nov 2026 10:00:09 +0000
Received: from relay.example (relay.example [192.0.2.77])
 by mx.ours.example (Postfix) with ESMTP id 3A for <user@ours.example>;
 Mon, 2 Nov 2026 10:00:07 +0000
Received: from User (unknown [192.0.2.66])
 by relay.example (Postfix) with SMTP id 2A; Mon, 2 Nov 2026 10:00:05 +0000
Received: from pc (unknown [192.168.1.7])
 by User (Postfix) with SMTP id 1A; Mon, 2 Nov 2026 10:00:01 +0000
X-Originating-IP: [203.0.113.9]
Subject: test

"""


@pytest.fixture(scope="module")
def trace() -> ht.Trace:
    return ht.read_trace(MESSAGE, admd=ht.Admd(trusted=["10.0.0.0/8"]))


def test_chain_is_asked_about_at_its_public_clients_the_last_outside_one_first(trace: ht.Trace) -> None:
    told = [(one.subject, one.scope) for one in inquire([trace])]
    assert told == [
        ("192.0.2.77", HopScope.LAST_EXTERNAL),
        ("192.0.2.66", HopScope.ANY_HOP),
        ("203.0.113.9", HopScope.ANY_HOP),
    ]


def test_every_inquiry_says_why_it_is_made(trace: ht.Trace) -> None:
    reasons = {one.subject: one.why for one in inquire([trace])}
    assert reasons["192.0.2.77"] == "handed the message to us: the last outside hop"
    assert reasons["192.0.2.66"] == "in the claimed part of the chain"
    assert reasons["203.0.113.9"] == "the client that X-Originating-IP tells"


def test_policy_code_counts_for_the_last_outside_hop_alone(trace: ht.Trace, lists_at: str) -> None:
    options = Options(resolvers=[lists_at], lists=["zen.spamhaus.org"], documentation=True)
    facts = gather(trace, options)
    assert facts.listings["192.0.2.77"][0].state is Listed.LISTED
    swapped = MESSAGE.replace(b"192.0.2.77", b"192.0.2.1").replace(b"192.0.2.66", b"192.0.2.77")
    (earlier,) = gather(ht.read_trace(swapped, admd=trace.admd), options).listings["192.0.2.77"]
    assert (earlier.state, earlier.codes) == (Listed.NOT_LISTED, ("127.0.0.10",))
    assert "says nothing about an earlier hop" in str(earlier.reason)


def test_chain_without_a_border_is_asked_about_at_its_newest_public_client() -> None:
    ours = ht.Admd(trusted=["10.0.0.0/8", "192.0.0.0/8", "192.168.0.0/16", "203.0.113.0/24"])
    trace = ht.read_trace(MESSAGE, admd=ours)
    assert trace.border is None
    assert inquire([trace])[0].subject == "192.0.2.77"


def test_names_of_the_chain_are_looked_up(trace: ht.Trace, names_at: str) -> None:
    facts = gather(trace, Options(resolvers=[names_at], lists=(), documentation=True))
    assert facts.addresses == {"relay.example": ("192.0.2.10", "2001:db8::10")}
    assert facts.reverse["192.0.2.77"].iprev is Iprev.PERMERROR


def test_invented_chain_does_not_decide_how_much_is_asked() -> None:
    invented = b"".join(
        b"Received: from a.example (a.example [198.51.%d.%d])\r\n by b.example (Postfix) with SMTP id 1;"
        b" Mon, 2 Nov 2026 10:00:00 +0000\r\n" % (100 - n // 250, n % 250)
        for n in range(400)
    )
    assert len(inquire([ht.read_trace(invented)])) == MOST_CLIENTS


def test_address_is_one_question_however_it_is_written() -> None:
    spellings = ["192.0.2.1", "[192.0.2.1]", "::ffff:192.0.2.1", ip_address("192.0.2.1"), " 192.0.2.1 "]
    assert [one.subject for one in inquire(spellings)] == ["192.0.2.1"]


def test_gather_works_inside_a_running_event_loop(lists_at: str) -> None:
    options = Options(resolvers=[lists_at], lists=["list.example"])

    async def notebook() -> tuple[Facts, Facts]:
        return gather("192.0.2.66", options), await gather_async("192.0.2.66", options)

    blocking, awaited = asyncio.run(notebook())
    assert blocking.listings["192.0.2.66"][0].state is Listed.LISTED
    assert blocking.listings.keys() == awaited.listings.keys()


def test_nothing_is_asked_for_nobody() -> None:
    assert gather((), Options(resolvers=["127.0.0.1:9"])).listings == {}


@pytest.mark.parametrize("wrong", [None, 5, b"192.0.2.66", {}, [None], [5], [b"192.0.2.66"]], ids=repr)
def test_what_nothing_can_be_asked_about_is_a_type_error(wrong: Any) -> None:
    with pytest.raises(TypeError, match="neither an address, a name nor a Trace"):
        gather(wrong, Options(resolvers=["127.0.0.1:9"]))


def test_options_are_options() -> None:
    with pytest.raises(TypeError, match="not Options: dict"):
        gather("192.0.2.66", {})  # type: ignore[arg-type]


def test_one_text_is_one_and_not_its_letters() -> None:
    options = Options(resolvers="127.0.0.1:9", lists="list.example", databases=Path("asn.mmdb"))  # type: ignore[arg-type]
    assert options.resolvers == ("127.0.0.1:9",)
    assert options.lists == ("list.example",)
    assert options.databases == (Path("asn.mmdb"),)


@pytest.mark.parametrize("seconds", [0.0, -1.0, float("nan")])
def test_a_time_that_is_none_is_refused(seconds: float) -> None:
    with pytest.raises(ValueError, match="within: more than 0 seconds"):
        Options(within=seconds)
    with pytest.raises(ValueError, match="patience: more than 0 seconds"):
        Options(patience=seconds)


@pytest.mark.parametrize("text", ["127.0.0.1:0", "127.0.0.1:port", "[::1", "no such host.invalid", "1:2:3:4"])
def test_text_that_is_no_resolver_is_the_callers_mistake(text: str) -> None:
    with pytest.raises(ValueError, match="resolver"):
        gather("192.0.2.66", Options(resolvers=[text]))


SLOW = ("dns", "asyncio", "maxminddb")


def loaded_by(*modules: str) -> list[str]:
    """Return which of the slow modules a fresh interpreter has after importing these."""
    script = f"import sys, {', '.join(modules)}; print(*(m for m in {SLOW!r} if m in sys.modules))"
    told = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    return told.stdout.split()


def test_importing_the_program_loads_no_network_code() -> None:
    assert loaded_by("headertrace", "headertrace.blocklists") == []


def test_importing_the_lookups_does_not_load_dnspython_yet() -> None:
    assert loaded_by("headertrace.lookups") == ["asyncio"]
