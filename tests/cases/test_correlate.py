"""What correlate promises whatever the messages: privacy, order, determinism, errors of the caller."""

from __future__ import annotations

import re
import sys
from datetime import UTC, datetime
from functools import cache
from typing import Any

import pytest

import headertrace as ht
from headertrace.cases.people import default_key, person, sender
from tests.cases.stories import read_stories

STORY = read_stories()[0]


@cache
def cases(key: bytes | None = b"key") -> tuple[ht.Case, ...]:
    return ht.correlate([ht.examine(ht.read_trace(raw)) for raw in STORY.messages()], key=key)


@pytest.mark.parametrize(
    ("key", "error"),
    [("text", TypeError), (5, TypeError), (b"", ValueError), (b"k" * 65, ValueError)],
)
def test_a_key_that_is_none_is_refused_whatever_the_messages(key: Any, error: type[Exception]) -> None:
    with pytest.raises(error, match=r"^key: "):
        ht.correlate([], key=key)


def test_the_first_samples_were_judged_misuse_by_themselves() -> None:
    judged = [ht.examine(ht.read_trace(raw)) for raw in STORY.messages()]
    judged.sort(key=lambda one: one.misuse != ht.Confidence.POSSIBLE)
    misused = {one.source.message_id for one in judged if one.misuse != ht.Confidence.POSSIBLE}
    assert judged[0].source.message_id not in misused
    assert set(ht.correlate(judged)[0].samples) <= misused


def test_a_small_installation_is_told_what_brings_cases(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "duckdb", None)
    with pytest.raises(ModuleNotFoundError, match=r"correlate needs duckdb: .*headertrace\[tables\]"):
        ht.correlate([])


def test_no_message_makes_no_case() -> None:
    assert ht.correlate([]) == ()


def test_what_is_no_examination_is_refused() -> None:
    with pytest.raises(TypeError, match="not an Examination: str"):
        ht.correlate(["<message>"])  # type: ignore[list-item]


@pytest.mark.parametrize("wrong", ["", b"", {}, "archive.mbox", None])
def test_what_holds_no_examinations_is_a_type_error(wrong: Any) -> None:
    with pytest.raises(TypeError, match=f"not several Examinations: {type(wrong).__name__}"):
        ht.correlate(wrong)


def test_the_same_key_gives_equal_cases_and_another_one_other_hashes() -> None:
    assert cases() == cases()
    one, other = cases()[0], cases(b"another")[0]
    assert set(one.senders).isdisjoint(other.senders)
    assert list(one.senders.values()) == list(other.senders.values())


def test_no_address_of_a_person_is_told() -> None:
    for case in cases():
        shown = f"{case.senders} {case.recipients} {case.accounts}"
        assert "someone@victim.example" not in shown
        assert "jeff@" not in shown
        assert "freemail.example" in shown, "forged domains are evidence"


def test_numbers_and_dates() -> None:
    case = cases()[0]
    assert case.messages == sum(case.days.values()) == 8
    assert case.first_seen == datetime(2024, 2, 29, 21, 0, 12, tzinfo=UTC)
    assert case.last_seen == datetime(2024, 3, 8, 4, 7, 12, tzinfo=UTC)
    assert case.zones == {"+0800": 3, "-0500": 3, "+0100": 2}
    assert case.recipients == {person("someone@victim.example", b"key"): 8}
    assert len(case.samples) == 5


def test_a_case_is_shown_in_one_line() -> None:
    assert repr(cases()[0]) == "<Case: open-relay-nat (established), 'mail.corp.example', 8 messages>"


def test_copies_of_a_message_count_once() -> None:
    judged = [ht.examine(ht.read_trace(raw)) for raw in STORY.messages()]
    assert ht.correlate(judged * 3)[0].messages == 8


def test_people_are_hashed_and_domains_kept() -> None:
    assert sender("Jeff@Freemail.example", b"k").endswith("@Freemail.example")
    assert person("Jeff@x.example", b"k") == person("jeff@X.example", b"k")
    assert "@" not in sender("nobody", b"k")


def test_key_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    default_key.cache_clear()
    monkeypatch.setenv("HEADERTRACE_KEY", "mine")
    assert default_key() == b"mine"
    default_key.cache_clear()
    monkeypatch.delenv("HEADERTRACE_KEY")
    assert default_key() == default_key() != b"mine"
    default_key.cache_clear()


def test_cases_need_no_times() -> None:
    told = {story.why: story for story in read_stories()}[
        "one client address through three unrelated relays: one hijacker, and answers to one mailbox"
    ]
    undated = [re.sub(rb"(?m)(; Fri|^Date: Fri), .*$", b"", raw) for raw in told.messages()]
    found = ht.correlate(ht.examine(ht.read_trace(raw)) for raw in undated)
    assert {case.kind for case in found} == {"hijacker", "campaign"}
    assert all(case.first_seen is None for case in found)


@pytest.mark.parametrize("date", ["31 Dec 9999 23:59:59 -1200", "1 Jan 0001 00:00:00 +1400"])
def test_a_date_that_falls_into_no_year_of_utc_ends_no_case(date: str) -> None:
    dated = [re.sub(rb"(?m)(?<=; ).*$", date.encode(), raw) for raw in STORY.messages()]
    (case,) = ht.correlate(ht.examine(ht.read_trace(raw)) for raw in dated)
    assert (case.messages, case.first_seen, case.days) == (8, None, {})
