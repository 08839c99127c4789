"""What signatures stand on: names, mailboxes, queue times, stations; and nothing in a mail makes them
raise.
"""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headertrace.signatures import trait
from headertrace.signatures.mailboxes import address_in
from headertrace.signatures.names import akin, greeting_traits, organisation, reverse_traits
from headertrace.signatures.queue_times import time_in_id
from headertrace.signatures.scene import read_scene
from headertrace.trace.trace import read_trace
from headertrace.verdict.examine import examine

HOUSES = [
    ("mail.corp.example", "corp.example", "three labels"),
    ("a.b.co.uk", "b.co.uk", "a country's second level"),
    ("mail.co.jp", "mail.co.jp", "a name registered at that level"),
    ("localhost", None, "a single label"),
    ("192.0.2.1", None, "an address"),
    ("[192.0.2.1]", None, "a literal"),
    ("MAIL.CORP.EXAMPLE.", "corp.example", "capitals and the last dot"),
]


@pytest.mark.parametrize(("name", "house", "why"), HOUSES, ids=[why for *_, why in HOUSES])
def test_the_registrable_part(name: str, house: str | None, why: str) -> None:
    assert organisation(name) == house, why


def test_kinship_needs_more_than_a_common_word() -> None:
    assert akin("sourceforge.net", "sourceforge.com")
    assert not akin("mail.ru", "mail.com")
    assert not akin(None, None)


TIMES = [
    ("exim", "1rKadU-0001Ab-0C", datetime(2024, 1, 2, tzinfo=UTC), "Exim's seconds in base 62"),
    ("sendmail", "402902xS012345", datetime(2024, 1, 2, tzinfo=UTC), "sendmail's calendar letters"),
    ("google", "a1wms.31.2024.01.02.01.00.00", datetime(2024, 1, 2, tzinfo=UTC), "Google's stamp"),
]


@pytest.mark.parametrize(("family", "queue_id", "day", "why"), TIMES, ids=[why for *_, why in TIMES])
def test_times_in_queue_ids(family: str, queue_id: str, day: datetime, why: str) -> None:
    told = time_in_id(family, queue_id)
    assert told is not None, why
    assert told.date() == day.date()


def test_an_id_without_a_time_tells_none() -> None:
    assert time_in_id("postfix", "4A1B2C3D4E") is None
    assert time_in_id("exim", "no id") is None
    assert time_in_id("sendmail", "4C2x02xS012345") is None


def test_a_list_that_takes_from_over_leaves_the_writer_in_reply_to() -> None:
    scene = read_scene(
        read_trace(
            b"From: Sue via talk <talk@lists.corp.example>\nReply-To: Sue <sue@partner.example>\n"
            b"List-Id: <talk.lists.corp.example>\n\n"
        )
    )
    assert scene.boxes.sender == "sue@partner.example"
    assert scene.boxes.reply is None


@given(st.text(max_size=300))
def test_names_of_any_kind_are_sorted_without_fuss(text: str) -> None:
    greeting_traits(text)
    reverse_traits(text)
    organisation(text)


@given(st.binary(max_size=400))
def test_an_address_is_one_or_none(value: bytes) -> None:
    found = address_in(value.lower())
    assert found is None or "@" in found


FIELDS = st.sampled_from(
    [
        b"Received: from User ([192.168.1.1]) by mail.corp.example with SMTP; Tue, 2 Jan 2024 10:00:00 +0100",
        b"Received: from a (b [203.0.113.9]) by c.example (Postfix) with ESMTPA id 1A2B3C4D5E; x",
        b"Received: by", b"From: <>", b"From: @@@@", b"To: ;", b"Reply-To: a@b", b"Date: 99",
        b"Subject: \xff\xfe",
        b"Authentication-Results: x; dkim=pass header.d=", b"X-Forefront-Antispam-Report: CIP:;H:;PTR:;",
        b"Return-Path: <>", b"List-Id: <", b"DKIM-Signature: d=", b"Content-Type: multipart/report",
    ]
)  # fmt: skip


@given(st.lists(FIELDS | st.binary(max_size=80), max_size=12))
def test_no_message_breaks_a_signature(lines: list[bytes]) -> None:
    judged = examine(read_trace(b"\n".join(lines) + b"\n\n"))
    assert judged.failures == ()
    assert len(judged.hypotheses) == 14
    assert all(finding.summary for finding in judged.findings)
    assert all(isinstance(finding.evidence, tuple) for finding in judged.findings)


def test_gateway_names_and_addresses() -> None:
    for name in ("_gateway", "gateway", "fw.corp.example", "gw1.corp.example", "vpn.corp.example"):
        assert reverse_traits(name) & trait.RDNS_GATEWAY, name
    for name in ("mailgate.corp.example", "gwen.corp.example", "natalie.corp.example"):
        assert not reverse_traits(name) & trait.RDNS_GATEWAY, name
