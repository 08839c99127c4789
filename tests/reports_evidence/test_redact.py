"""Recipients do not leave the house; what proves the abuse does."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from headertrace import read_hop
from headertrace.message.section import read_section
from headertrace.reports.redact import Redactor

from .cases import HEADER

KEY = b"k" * 32


def test_no_recipient_is_left() -> None:
    shown = Redactor(KEY).header(HEADER).decode()
    assert "victim" not in shown.lower()
    assert "other@" not in shown
    assert "dmljdGlt" not in shown


def test_the_same_recipient_has_the_same_hash_everywhere() -> None:
    shown = Redactor(KEY).header(HEADER).decode()
    wanted = Redactor(KEY).address("victim@example.com")
    (hash_,) = re.findall(r"redacted-[0-9a-f]{16}", wanted)
    # Return-Path, FOR, To, Cc, Subject
    assert shown.count(hash_) == 5


def test_another_case_has_other_hashes() -> None:
    assert Redactor().address("victim@example.com") != Redactor().address("victim@example.com")


def test_the_domain_of_a_recipient_stays() -> None:
    assert Redactor(KEY).address("Victim@Example.COM").endswith("@example.com")


def test_the_trace_stays_as_it_was_written() -> None:
    before, after = (read_section(raw).values("received") for raw in (HEADER, Redactor(KEY).header(HEADER)))
    assert after[1] == before[1]
    assert read_hop(after[0]).ip == read_hop(before[0]).ip
    assert len(after) == len(before)


def test_a_message_to_everybody_tells_their_number() -> None:
    to = ", ".join(f"user{number}@example.com" for number in range(500))
    assert b"To: 500 recipients" in Redactor(KEY).header(f"To: {to}\n\n".encode())


@given(st.binary(max_size=300))
def test_no_header_raises(raw: bytes) -> None:
    assert isinstance(Redactor(KEY).header(b"To: a@b.example\nReceived: " + raw), bytes)
