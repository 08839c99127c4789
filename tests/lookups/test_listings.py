"""Lists served by a real rbldnsd: listed, not listed, or unknown and why."""

from __future__ import annotations

import time
import tomllib
from typing import Any

import dns.rcode
import pytest

from headertrace.facts import Facts, HopScope, Listed, ListingFact
from headertrace.lookups import Options, gather
from headertrace.lookups.breaker import FAILURES
from headertrace.lookups.inquiry import Inquiry, inquire
from headertrace.lookups.lists import choose_lists

from .scripted import answer, honest, scripted, silent
from .servers import FIXTURES, free_port

KEY = "abcdefgh12345678ijklmnop90"
LISTED, UNKNOWN = Listed.LISTED, Listed.UNKNOWN

CASES = tomllib.loads((FIXTURES / "listings.toml").read_text())["case"]


@pytest.fixture(scope="module")
def facts(lists_at: str) -> Facts:
    zones = list(dict.fromkeys(case["zone"] for case in CASES))
    subjects = list(dict.fromkeys(case["subject"] for case in CASES))
    options = Options(resolvers=[lists_at], lists=zones, names=False, reverse=False, documentation=True)
    return gather(subjects, options)


def fact_of(facts: Facts, subject: str, zone: str) -> ListingFact:
    (found,) = (fact for fact in facts.listings[subject] if fact.zone == zone)
    return found


@pytest.mark.parametrize("case", CASES, ids=[case["why"] for case in CASES])
def test_listing(facts: Facts, case: dict[str, Any]) -> None:
    fact = fact_of(facts, case["subject"], case["zone"])
    assert (fact.state, sorted(fact.codes)) == (case["state"], case.get("codes", []))
    assert case.get("words", "") in f"{fact.reason} {fact.text}"


def test_evidence_is_kept_with_the_answer(facts: Facts, lists_at: str) -> None:
    fact = fact_of(facts, "192.0.2.66", "list.example")
    assert (fact.asked, fact.resolver, fact.ttl) == ("66.2.0.192.list.example", lists_at, 2100)
    assert fact.asked_at is not None
    assert fact.asked_at.tzinfo is not None


def test_unknown_always_has_a_reason(facts: Facts) -> None:
    every = [fact for listings in facts.listings.values() for fact in listings]
    assert [fact for fact in every if fact.state is UNKNOWN and not fact.reason] == []


def test_facts_come_back_from_json_as_they_were(facts: Facts) -> None:
    assert Facts.from_json(facts.to_json()) == facts


def test_lists_stand_in_the_order_in_which_they_were_named(lists_at: str) -> None:
    zones = ["wildcard.example", "list.example", "emptied.example"]
    found = gather("192.0.2.66", Options(resolvers=[lists_at], lists=zones, documentation=True))
    assert [fact.zone for fact in found.listings["192.0.2.66"]] == zones


def test_key_is_nowhere_in_the_facts(lists_at: str) -> None:
    options = Options(resolvers=[lists_at], lists=[f"{KEY}.zen.dq.spamhaus.net"], documentation=True)
    found = gather(["192.0.2.66", "192.0.2.1"], options)
    assert [fact.state for fact in found.listings["192.0.2.66"]] == [LISTED]
    assert found.listings["192.0.2.66"][0].zone == "<key>.zen.dq.spamhaus.net"
    assert KEY not in found.to_json()


def test_key_in_a_lists_own_words_is_hidden() -> None:
    zone = f"{KEY}.zen.dq.spamhaus.net"

    def tell(query: bytes) -> list[bytes]:
        if b"\x00\x10\x00\x01" in query:
            return [answer(query, f'@ 300 TXT "see {KEY.upper()}.zen.dq.spamhaus.net or ask with {KEY}"')]
        return [answer(query, "@ 300 A 127.0.0.2")]

    with scripted(tell) as server:
        options = Options(resolvers=[server.at], lists=[zone], probe=False, documentation=True)
        found = gather("192.0.2.66", options)
    assert found.listings["192.0.2.66"][0].text == "see <key>.zen.dq.spamhaus.net or ask with <key>"


def test_resolver_that_answers_everything_is_unknown_everywhere() -> None:
    with scripted(honest) as server:
        options = Options(resolvers=[server.at], lists=["list.example"], documentation=True)
        found = gather(["192.0.2.66", "shop.example"], options)
    words = f"the resolver {server.at} answers names that do not exist with 127.0.0.2"
    assert {fact.reason for facts in found.listings.values() for fact in facts} == {words}
    assert found.unanswered["A shop.example"] == words
    assert found.addresses == {}


def test_resolver_that_rewrites_absence_clears_and_lists_nobody() -> None:
    with scripted(lambda query: (answer(query, "@ 60 A 203.0.113.80"),)) as server:
        options = Options(resolvers=[server.at], lists=["list.example"], probe=False, documentation=True)
        found = gather("192.0.2.66", options)
    assert found.listings["192.0.2.66"][0].state is UNKNOWN
    assert "outside 127.0.0.0/8" in str(found.listings["192.0.2.66"][0].reason)


@pytest.mark.parametrize(
    ("subject", "reason"),
    [
        ("10.0.0.1", "a private address is never asked about"),
        ("100.64.3.4", "a private address is never asked about"),
        ("::ffff:10.0.0.1", "a private address is never asked about"),
        ("fe80::1", "a private address is never asked about"),
        ("198.18.0.1", "a reserved address is never asked about"),
        ("224.0.0.5", "a reserved address is never asked about"),
        ("192.0.2.66", "a documentation address is never asked about"),
        ("2001:db8::1", "a documentation address is never asked about"),
        ("mail.example", "a documentation name is never asked about"),
        ("printer.local", "a local name is never asked about"),
        ("intranet", "a local name is never asked about"),
        ("a..b", "no domain name"),
    ],
)
def test_nobody_is_asked_about(subject: str, reason: str) -> None:
    with scripted(silent) as server:
        found = gather(subject, Options(resolvers=[server.at], lists=["bl.lists.org"], probe=False))
        assert server.queries == []
    assert list(found.unanswered.values()) == [reason]


def test_documentation_addresses_are_asked_of_documentation_lists(lists_at: str) -> None:
    options = Options(resolvers=[lists_at], lists=["list.example", "zen.spamhaus.org"])
    found = gather("192.0.2.66", options)
    assert [fact.zone for fact in found.listings["192.0.2.66"]] == ["list.example"]
    assert found.reverse == {}


def test_failing_zone_is_left_alone_after_a_few_questions() -> None:
    with scripted(lambda query: (answer(query, rcode=dns.rcode.SERVFAIL),)) as server:
        options = Options(resolvers=[server.at], lists=["list.example"], probe=False, reverse=False)
        found = gather([f"192.0.2.{n}" for n in range(250)], options)
        assert FAILURES <= len(server.queries) < 100
    reasons = [facts[0].reason for facts in found.listings.values()]
    assert len(reasons) == 250
    assert set(reasons) == {
        "the resolver answered SERVFAIL",
        f"not asked: {FAILURES} questions in a row failed; again after 300 s",
    }


def test_run_against_silence_ends_in_its_time() -> None:
    began = time.monotonic()
    with scripted(silent) as server:
        found = gather(
            [f"192.0.2.{n}" for n in range(200)],
            Options(resolvers=[server.at], lists=["list.example"], within=1.0, documentation=True),
        )
    assert time.monotonic() - began < 5
    assert {fact.state for facts in found.listings.values() for fact in facts} == {UNKNOWN}
    assert len(found.listings) == len(found.reverse) == 200


def test_machine_without_a_resolver_gets_reasons(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("headertrace.lookups.gathering.system_resolvers", lambda: ())
    found = gather("192.0.2.66", Options(lists=["list.example"]))
    assert [fact.reason for fact in found.listings["192.0.2.66"]] == ["no resolver is configured"]


def test_closed_port_is_unknown_and_quick() -> None:
    began = time.monotonic()
    options = Options(resolvers=[f"127.0.0.1:{free_port()}"], lists=["list.example"], documentation=True)
    found = gather(["192.0.2.66", "192.0.2.67"], options)
    assert time.monotonic() - began < 8
    assert {fact.state for facts in found.listings.values() for fact in facts} == {UNKNOWN}


def test_policy_list_says_nothing_about_an_earlier_hop() -> None:
    (pbl,) = choose_lists(["pbl.spamhaus.org"])
    (last,) = inquire(["192.0.2.77"])
    earlier = Inquiry(subject=last.subject, address=last.address, scope=HopScope.ANY_HOP, why="earlier")
    assert pbl.why_not(last) is None
    assert pbl.why_not(earlier) == "it speaks about the last outside hop only"


@pytest.mark.parametrize("named", ["nonsense", "zen.dq.spamhaus.net", "a..b.example", "x" * 70 + ".example"])
def test_text_that_is_no_list_is_the_callers_mistake(named: str) -> None:
    with pytest.raises(ValueError, match=r"list|key|domain name"):
        gather("192.0.2.66", Options(lists=[named], resolvers=["127.0.0.1:9"]))


@pytest.mark.parametrize("named", ["SpamCop", "blocklist.de", "uceprotect", "Spamhaus ZEN"])
def test_list_may_be_named_as_people_call_it(named: str) -> None:
    (asked,) = choose_lists([named])
    assert asked.blocklist is not None
    assert asked.zone == asked.blocklist.zone
