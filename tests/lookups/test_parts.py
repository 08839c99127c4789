"""The small parts of the client: bytes, cache, breaker, pace, and what may be asked about."""

from __future__ import annotations

import struct
from ipaddress import IPv4Address, IPv6Address, ip_address

import dns.message
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from headertrace.lookups import wire
from headertrace.lookups.answer import Answer, Outcome, RecordType, failure
from headertrace.lookups.askable import read_address, why_not_address, why_not_name
from headertrace.lookups.breaker import FAILURES, Breaker
from headertrace.lookups.cache import LONGEST, SHORTEST, AnswerCache
from headertrace.lookups.dns import ask_for
from headertrace.lookups.pace import FIRST, Pace
from headertrace.lookups.pace import LONGEST as SLOWEST
from headertrace.lookups.pace import SHORTEST as QUICKEST
from headertrace.lookups.resolver import read_resolver


@settings(deadline=None)
@given(st.ip_addresses())
def test_reversed_address_is_what_the_standard_library_says(address: IPv4Address | IPv6Address) -> None:
    expected = address.reverse_pointer.rsplit(".", 2)[0]
    labels = expected.encode().split(b".")
    assert wire.reversed_text(address) == expected
    assert wire.reversed_labels(address) == b"".join(bytes([len(label)]) + label for label in labels)


@settings(deadline=None)
@given(st.sampled_from(list(RecordType)), st.from_regex(r"\A[a-z0-9]{1,20}(\.[a-z0-9-]{1,20}){0,5}\Z"))
def test_query_is_what_dnspython_reads(rdtype: RecordType, name: str) -> None:
    query = dns.message.from_wire(b"\x01\x02" + wire.query_bytes(ask_for(name, rdtype).wire))
    (question,) = query.question
    assert (query.id, question.name.to_text(True), question.rdtype.name) == (0x0102, name, rdtype)
    assert (query.edns, query.payload, query.flags) == (0, 1232, dns.flags.RD)


@settings(deadline=None)
@given(st.binary(max_size=200), st.integers(0, 220))
def test_negative_ttl_reads_any_bytes(response: bytes, start: int) -> None:
    assert (wire.negative_ttl(response, start) or 0) >= 0


@settings(deadline=None)
@given(st.binary(max_size=200), st.integers(0, 220), st.integers(1, 70_000))
def test_plain_addresses_read_any_bytes(response: bytes, start: int, count: int) -> None:
    found = wire.plain_addresses(response, start, count)
    assert found is None or len(found[0]) == count


def test_record_of_another_owner_is_not_plain() -> None:
    record = struct.pack("!HHHIH4s", 0xC00C, 1, 1, 60, 4, bytes([127, 0, 0, 2]))
    other = struct.pack("!HHHIH4s", 0xC010, 1, 1, 60, 4, bytes([127, 0, 0, 2]))
    assert wire.plain_addresses(record * 2, 0, 2) == (("127.0.0.2", "127.0.0.2"), 60)
    assert wire.plain_addresses(record + other, 0, 2) is None


LISTED = Answer(Outcome.ANSWERED, ("127.0.0.2",), 300)


@pytest.mark.parametrize(
    ("ttl", "kept"),
    [(0, SHORTEST), (300, 300), (10**9, LONGEST)],
    ids=["at least a minute", "as long as it says", "at most an hour"],
)
def test_answer_is_kept(ttl: int, kept: int) -> None:
    cache = AnswerCache()
    cache.keep(b"q", Answer(Outcome.NO_NAME, ttl=ttl), 1000.0)
    assert cache.get(b"q", 1000.0 + kept - 1) is not None
    assert cache.get(b"q", 1000.0 + kept) is None
    assert len(cache) == 0


def test_failure_is_not_kept_nor_an_answer_without_a_ttl() -> None:
    cache = AnswerCache()
    cache.keep(b"q", failure("silent"), 0.0)
    cache.keep(b"r", Answer(Outcome.NO_NAME), 0.0)
    assert len(cache) == 0


def test_cache_never_grows_beyond_its_bound_and_forgets_the_oldest() -> None:
    cache = AnswerCache(most=10)
    for number in range(100):
        cache.keep(bytes([number]), LISTED, 0.0)
    assert len(cache) == 10
    assert cache.get(bytes([89]), 0.0) is None
    assert cache.get(bytes([90]), 0.0) == LISTED


def test_answer_kept_again_counts_once() -> None:
    cache = AnswerCache(most=2)
    for _ in range(5):
        cache.keep(b"a", LISTED, 0.0)
    cache.keep(b"b", LISTED, 0.0)
    assert cache.get(b"a", 0.0) is not None


def test_breaker_opens_after_failures_in_a_row_and_closes_again() -> None:
    breaker = Breaker(rest=300)
    for _ in range(FAILURES - 1):
        breaker.note("a.example", True, 0.0)
    breaker.note("a.example", False, 0.0)
    assert breaker.why_not("a.example", 0.0) is None
    for _ in range(FAILURES):
        breaker.note("a.example", True, 0.0)
    assert breaker.why_not("a.example", 299.0)
    assert breaker.why_not("b.example", 299.0) is None
    assert breaker.why_not("a.example", 300.0) is None


def test_pace_follows_the_resolver_within_its_bounds() -> None:
    pace = Pace()
    assert pace.interval == FIRST
    for _ in range(50):
        pace.learn(0.001)
    assert pace.interval == QUICKEST
    assert [pace.after(tries) for tries in (1, 2, 3, 9, 5000)] == [0.05, 0.1, 0.2, SLOWEST, SLOWEST]
    for _ in range(50):
        pace.learn(7.0)
    assert pace.interval == SLOWEST


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("127.0.0.1", "127.0.0.1:53"),
        ("127.0.0.1:5353", "127.0.0.1:5353"),
        ("::1", "[::1]:53"),
        ("[::1]", "[::1]:53"),
        ("[::1]:5353", "[::1]:5353"),
        (" 127.0.0.1 ", "127.0.0.1:53"),
    ],
)
def test_resolver_is_read(text: str, shown: str) -> None:
    assert str(read_resolver(text)) == shown


@pytest.mark.parametrize("address", ["8.8.8.8", "192.88.99.1", "2a00::1", "2001:4860::1", "172.32.0.1"])
def test_address_of_the_world_may_be_asked_about(address: str) -> None:
    assert why_not_address(ip_address(address)) is None


@settings(deadline=None)
@given(st.ip_addresses())
def test_address_that_the_registries_keep_back_is_never_asked_about(
    address: IPv4Address | IPv6Address,
) -> None:
    if not address.is_global or address.is_multicast:
        assert why_not_address(address) is not None


@pytest.mark.parametrize(
    "name",
    [
        "mail.lists.org",
        "xn--bcher-kva.com",
        "a.b.c.d.e.net",
        "example.museum",
        "bücher.com",
        "_dmarc.lists.org",
    ],
)
def test_name_of_the_world_may_be_asked_about(name: str) -> None:
    assert why_not_name(name) is None


@pytest.mark.parametrize(
    "name",
    [
        "",
        ".",
        "pc",
        "pc.local",
        "a..com",
        "x" * 64 + ".com",
        "a.example",
        "example.org",
        "1.2.3.4",
        "a." * 130,
    ],
)
def test_name_that_is_none_or_nobodys_is_never_asked_about(name: str) -> None:
    assert why_not_name(name) is not None


@pytest.mark.parametrize("name", ["nas.\uff4can", "nas.\u217can", "mail.\uff4cocal", "mail.\uff45xample"])
def test_a_local_name_in_other_letters_is_not_asked_about(name: str) -> None:
    """IDNA takes wide letters and numerals for the plain ones, so that `nas.lan` would be asked."""
    assert why_not_name(name) is not None


@pytest.mark.parametrize("text", ["2a00::1%eth0", "[IPv6:2a00::1%25]", "2a00::1"])
def test_an_address_with_a_zone_id_is_asked_about_without_it(text: str) -> None:
    assert read_address(text) == IPv6Address("2a00::1")
    assert read_address(IPv6Address("2a00::1%eth0")) == IPv6Address("2a00::1")
