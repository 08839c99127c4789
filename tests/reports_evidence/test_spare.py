"""Nobody is listed or accused who must not be."""

from __future__ import annotations

from dataclasses import replace

import pytest

from headertrace import Admd, Confidence
from headertrace.cases.case import Case, CaseKind
from headertrace.reports.spare import Policy, reason_not_to_list, reason_to_spare, shared_provider

from .cases import ACCOUNT, RELAY

LIKELY = Policy(at_least=Confidence.LIKELY)
SPARED: dict[str, tuple[Case, Policy, str]] = {
    "only likely": (replace(RELAY, confidence=Confidence.LIKELY), Policy(), "not established"),
    "no confidence at all": (replace(RELAY, confidence=None), LIKELY, "not likely"),
    "no address": (replace(RELAY, relay_address=None), Policy(), "no address"),
    "an address that is none": (replace(RELAY, relay_address="relay"), Policy(), "no address"),
    "a private address": (replace(RELAY, relay_address="192.168.1.10"), Policy(), "private or reserved"),
    "a carrier's shared address": (
        replace(RELAY, relay_address="100.64.3.4"),
        Policy(),
        "private or reserved",
    ),
    "loopback": (replace(RELAY, relay_address="127.0.0.1"), Policy(), "private or reserved"),
    "an inner IPv6 address": (replace(RELAY, relay_address="fd00::1"), Policy(), "private or reserved"),
    "a multicast address": (replace(RELAY, relay_address="224.0.0.5"), Policy(), "private or reserved"),
    "our own network": (RELAY, Policy(own=Admd(trusted=["203.0.113.0/24"])), "our own"),
    "our own name": (RELAY, Policy(own=Admd(names=["example.org"])), "our own"),
    "a network spared by request": (RELAY, Policy(spared=Admd(trusted=["203.0.113.64/28"])), "by request"),
    "a provider of millions": (replace(RELAY, relay="mail-1.google.com"), Policy(), "Google"),
    "a provider in other letters": (
        replace(RELAY, relay="A8-95.SMTP-OUT.AmazonSES.com."),
        Policy(),
        "Amazon",
    ),
}


@pytest.mark.parametrize("why", SPARED)
def test_spared(why: str) -> None:
    case, policy, part = SPARED[why]
    reason = reason_to_spare(case, policy)
    assert reason is not None
    assert part in reason
    assert reason_not_to_list(case, policy) is not None


def test_an_established_relay_is_not_spared() -> None:
    assert reason_to_spare(RELAY, Policy()) is None
    assert reason_not_to_list(RELAY, Policy()) is None


def test_a_flag_lowers_what_is_asked() -> None:
    assert reason_to_spare(replace(RELAY, confidence=Confidence.LIKELY), LIKELY) is None


@pytest.mark.parametrize("kind", sorted(set(CaseKind) - {RELAY.kind}))
def test_only_open_relays_belong_in_the_list(kind: CaseKind) -> None:
    listed = reason_not_to_list(replace(RELAY, kind=kind), Policy()) is None
    assert listed is kind.startswith("open-relay")


def test_a_stolen_account_may_be_reported() -> None:
    assert reason_to_spare(ACCOUNT, Policy()) is None


@pytest.mark.parametrize("name", ["notgoogle.com", "google.com.evil.example", None, ""])
def test_a_name_that_only_looks_like_a_provider(name: str | None) -> None:
    assert shared_provider(name) is None
