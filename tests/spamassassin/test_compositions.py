"""Headers of many fields, with networks of every kind: relays and views are SpamAssassin's."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from ipaddress import ip_address
from random import Random
from typing import Any

import pytest

import headertrace as ht
from headertrace.reports.spamassassin import relay_string, relay_strings
from tests.data import FIXTURES
from tests.made_up import made_up, networks
from tests.spamassassin.oracle import HOW_TO, VIEWS, Answer, ask_each, is_installed

pytestmark = pytest.mark.skipif(not is_installed(), reason=HOW_TO)

RELAY = re.compile(r"\[ ip=(\S*) .*? intl=(\d) .*? auth=(.*?) msa=(\d) \]")
HEADERS = tomllib.loads((FIXTURES / "trace" / "headers.toml").read_text("utf-8"))["case"]
MESSAGES = 400
# What SpamAssassin does not know for fetchers, as it knows fetchmail.
FETCHERS = re.compile(rb"getmail|\(fdm ")


def relays(strings: str) -> Iterator[tuple[str, ...]]:
    """Yield address, ``intl``, whether the client logged in, and ``msa`` of each relay."""
    for address, internal, auth, submission in RELAY.findall(strings):
        yield _plain(address), internal, str(bool(auth)), submission


def _plain(address: str) -> str:
    try:
        return str(ip_address(address))
    except ValueError:
        return address


def reads_alike(trace: ht.Trace, answer: Answer) -> bool:
    """Return whether each field alone is the same hop, or none, for both."""
    ours = ["".join(*relays(relay_string(hop))) if hop.network else "" for hop in reversed(trace.hops)]
    return ours == ["".join(*relays(told)) if told else "" for told in answer.fields]


def views(trace: ht.Trace) -> dict[str, list[tuple[str, ...]]]:
    strings = relay_strings(trace)
    return {view: list(relays(getattr(strings, view))) for view in VIEWS}


def test_random_headers_have_the_same_relays_in_every_view() -> None:
    random = Random(20251122)
    asked = [(made_up(random), networks(random)) for _ in range(MESSAGES)]
    alike = 0
    for (message, admd), answer in zip(asked, ask_each(asked), strict=True):
        trace = ht.read_trace(message, admd)
        # test_agreement counts how single fields differ.
        if FETCHERS.search(message) or not reads_alike(trace, answer):
            continue
        alike += 1
        theirs = {view: list(relays(answer.strings[view])) for view in VIEWS}
        assert views(trace) == theirs, (message.decode("latin-1"), admd)
    assert alike > MESSAGES / 2


def test_the_cases_of_whole_headers_are_right_for_spamassassin_too() -> None:
    cases = [case for case in HEADERS if "alone" not in case]
    asked = [(case["header"].encode() + b"\n", _admd(case)) for case in cases]
    for case, (message, admd), answer in zip(cases, asked, ask_each(asked), strict=True):
        theirs = {view: list(relays(answer.strings[view])) for view in VIEWS}
        assert views(ht.read_trace(message, admd)) == theirs, case["why"]


def _admd(case: dict[str, Any]) -> ht.Admd | None:
    return ht.Admd(**case["admd"]) if "admd" in case else None
