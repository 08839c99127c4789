"""What is concluded from whole messages: the stories this project exists for, and innocent ones."""

from __future__ import annotations

import pickle
from dataclasses import replace
from ipaddress import ip_address

import pytest

from headertrace.received.hop import Hop
from headertrace.trace.trace import read_trace
from headertrace.verdict.examination import Examination, Hypothesis
from headertrace.verdict.examine import examine
from headertrace.verdict.stories import HIDDEN, MISUSES
from headertrace.vocabulary import Confidence, Scenario

from ..data import FIXTURES

MESSAGES = FIXTURES / "messages"
SURE = (Confidence.LIKELY, Confidence.ESTABLISHED)


def judged(name: str) -> Examination:
    """The examination of one fixture."""
    return examine(read_trace((MESSAGES / f"{name}.eml").read_bytes()))


def story(examination: Examination, scenario: Scenario) -> Hypothesis:
    """One of the examination's hypotheses."""
    return next(each for each in examination.hypotheses if each.scenario is scenario)


@pytest.mark.parametrize("name", ["spamhaus-nat", "spamhaus-nat-redacted"])
def test_the_published_sample_lists_a_relay_behind_a_nat(name: str) -> None:
    examination = judged(name)
    nat = story(examination, Scenario.OPEN_RELAY_NAT)
    assert nat.confidence is not None
    assert examination.misuse in SURE
    assert HIDDEN in nat.notes
    shown = {
        item.source.raw[item.span.start : item.span.end]
        for finding in nat.supporting
        for item in finding.evidence
        if isinstance(item.source, Hop)
    }
    assert b"PC-20121219NMRW" in shown


def test_the_published_sample_names_whom_to_tell() -> None:
    verdict = judged("spamhaus-nat").verdict
    assert verdict.scenario is Scenario.OPEN_RELAY_NAT
    assert verdict.relay is not None
    assert verdict.relay.ip == ip_address("198.51.100.25")
    assert verdict.relay.name == "mail.corp.example"
    assert any("DNAT" in remedy for remedy in verdict.remedies)
    assert any("IIS" in remedy for remedy in verdict.remedies)
    assert verdict.refuted_by


def test_an_office_workstation_is_told_apart_only_as_far_as_honesty_allows() -> None:
    examination = judged("office-workstation")
    assert examination.verdict.scenario is Scenario.INTERNAL_SUBMISSION
    assert examination.misuse is Confidence.POSSIBLE
    assert story(examination, Scenario.OPEN_RELAY_NAT).confidence is Confidence.POSSIBLE


def test_only_the_whole_story_establishes_a_relay() -> None:
    examination = judged("appliance")
    assert examination.verdict.scenario is Scenario.OPEN_RELAY_APPLIANCE
    assert examination.verdict.confidence is Confidence.ESTABLISHED
    assert examination.misuse is Confidence.ESTABLISHED


GATEWAY = """Received: from mail.corp.example (mail.corp.example [192.0.2.25])
 by mx.victim.example (Postfix) with ESMTPS id 5F6A7B8C9D for <bob@victim.example>; {late}
Received: from gw.corp.example (unknown [192.168.1.5])
 by mail.corp.example (Postfix) with ESMTP id 4A1B2C3D4E for <{inner}>; {late}
Received: from WIN-7J3K9QX2M1P (unknown [203.0.113.11]){note}
 by gw.corp.example (Postfix) with {protocol} id 2D36D55EAA for <{outer}>; {late}
From: Lily <{writer}>
To: bob@victim.example
Subject: Offer
"""


def appliance(**changes: str) -> Examination:
    """The appliance's message with one circumstance changed."""
    parts = {
        "late": "Tue, 2 Jan 2024 10:00:00 +0100 (CET)",
        "inner": "bob@victim.example",
        "outer": "bob@victim.example",
        "writer": "lily@freemail.example",
        "protocol": "ESMTP",
        "note": "",
    }
    return examine(read_trace(GATEWAY.format(**(parts | changes)).encode()))


def test_an_alias_through_the_same_gateway_is_forwarding() -> None:
    examination = appliance(inner="fw@corp.example", outer="fw@corp.example")
    assert examination.misuse not in SURE
    assert story(examination, Scenario.FORWARDED).confidence is not None


def test_a_login_through_the_same_gateway_is_no_open_relay() -> None:
    examination = appliance(protocol="ESMTPA", note=" (Authenticated sender: ann@corp.example)")
    assert all(
        story(examination, relay).confidence is None
        for relay in (Scenario.OPEN_RELAY, Scenario.OPEN_RELAY_NAT, Scenario.OPEN_RELAY_APPLIANCE)
    )
    assert story(examination, Scenario.STOLEN_CREDENTIALS).confidence is not None


def test_a_writer_of_the_house_leaves_a_branch_office_open() -> None:
    examination = appliance(writer="ann@corp.example")
    assert story(examination, Scenario.OPEN_RELAY_APPLIANCE).confidence is Confidence.LIKELY


def test_every_scenario_is_scored_once_and_best_first() -> None:
    examination = judged("spamhaus-nat")
    assert sorted(each.scenario for each in examination.hypotheses) == sorted(Scenario)
    scores = [each.score for each in examination.hypotheses]
    assert scores == sorted(scores, reverse=True)
    assert examination.verdict is examination.hypotheses[0]
    assert abs(sum(2**score for score in scores) - 1) < 1e-3


def test_a_story_that_nothing_supports_is_not_listed() -> None:
    for name in ("spamhaus-nat", "office-workstation", "appliance"):
        for each in judged(name).hypotheses:
            assert (each.confidence is None) or each.supporting or each.scenario in MISUSES
            assert each.confidence is not None or not each.supporting


def test_what_is_worded_late_survives_replacing_and_pickling() -> None:
    examination = judged("spamhaus-nat")
    moved = replace(examination, source=replace(examination.source, path="here"))
    assert moved.source.path == "here"
    copied = pickle.loads(pickle.dumps(examination))
    assert copied.verdict.scenario is examination.verdict.scenario
    assert [each.id for each in copied.findings] == [each.id for each in examination.findings]


def test_an_empty_message_is_judged_too() -> None:
    examination = examine(read_trace(b""))
    assert examination.verdict.scenario is Scenario.UNDETERMINED
    assert examination.misuse is None


def test_a_relay_behind_an_appliance_has_its_own_name() -> None:
    verdict = judged("appliance").verdict
    assert verdict.relay
    assert verdict.relay.hop
    assert verdict.relay.name == verdict.relay.hop.helo == "mail.corp.example"
