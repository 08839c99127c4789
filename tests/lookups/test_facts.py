"""Facts: there and back as JSON, and together."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from headertrace.facts import Facts, HopScope, Iprev, Listed, ListingFact, NetworkFact, ReverseFact

WORDS = st.text(max_size=8)
MAYBE = st.none() | WORDS
LISTINGS = st.builds(
    ListingFact,
    zone=WORDS,
    state=st.sampled_from(Listed),
    codes=st.tuples(WORDS),
    text=MAYBE,
    reason=MAYBE,
    meanings=st.lists(WORDS, max_size=2).map(tuple),
    scope=st.sampled_from(HopScope),
    asked=MAYBE,
    asked_at=st.none() | st.datetimes(timezones=st.just(UTC)),
    resolver=MAYBE,
    ttl=st.none() | st.integers(0, 2**31),
)
REVERSE = st.builds(
    ReverseFact, names=st.lists(WORDS, max_size=2).map(tuple), iprev=st.sampled_from(Iprev), reason=MAYBE
)
NETWORKS = st.builds(NetworkFact, asn=st.none() | st.integers(0), organisation=MAYBE, country=MAYBE)
TEXTS = st.dictionaries(WORDS, st.lists(WORDS, max_size=2).map(tuple), max_size=2)
FACTS = st.builds(
    Facts,
    gathered=st.none() | st.datetimes(timezones=st.just(UTC)),
    reverse=st.dictionaries(WORDS, REVERSE, max_size=2),
    addresses=TEXTS,
    mail_exchangers=TEXTS,
    texts=TEXTS,
    listings=st.dictionaries(WORDS, st.lists(LISTINGS, max_size=2).map(tuple), max_size=2),
    networks=st.dictionaries(WORDS, NETWORKS, max_size=2),
    unanswered=st.dictionaries(WORDS, WORDS, max_size=2),
)


@settings(deadline=None)
@given(FACTS)
def test_json_loses_nothing(facts: Facts) -> None:
    assert Facts.from_json(facts.to_json()) == facts
    assert Facts.from_json(facts.to_json().encode()) == facts


@settings(deadline=None)
@given(FACTS)
def test_facts_merged_with_none_are_the_same_facts(facts: Facts) -> None:
    settled = facts.merged(Facts())
    assert Facts().merged(facts).listings.keys() == facts.listings.keys()
    assert (settled.reverse, settled.networks) == (facts.reverse, facts.networks)


@pytest.mark.parametrize(
    "text",
    ["", "7", "[]", "{}", "null", '{"schema": 1}', '{"schema": "one"}', "[" * 100_000, b"\xff\xfe"],
    ids=lambda text: str(text)[:12],
)
def test_text_that_holds_no_facts_is_the_callers_mistake(text: str | bytes) -> None:
    with pytest.raises(ValueError, match=r"facts|Expecting|codec|decode"):
        Facts.from_json(text)


def test_facts_of_a_newer_program_are_refused_rather_than_misread() -> None:
    newer = json.loads(Facts().to_json()) | {"schema": 99}
    with pytest.raises(ValueError, match="schema 99"):
        Facts.from_json(json.dumps(newer))


def listing(zone: str, state: Listed, reason: str | None = None) -> ListingFact:
    return ListingFact(zone=zone, state=state, reason=reason)


def test_definite_listing_is_not_overwritten_by_an_unknown_one() -> None:
    known = Facts(listings={"192.0.2.66": (listing("a.example", Listed.LISTED),)})
    silent = Facts(listings={"192.0.2.66": (listing("a.example", Listed.UNKNOWN, "silent"),)})
    assert known.merged(silent) == silent.merged(known) == known


def test_later_definite_listing_replaces_the_earlier_one_and_others_stay() -> None:
    before = Facts(listings={"x": (listing("a.example", Listed.LISTED), listing("b.example", Listed.LISTED))})
    after = Facts(listings={"x": (listing("a.example", Listed.NOT_LISTED),)})
    states = {fact.zone: fact.state for fact in before.merged(after).listings["x"]}
    assert states == {"a.example": Listed.NOT_LISTED, "b.example": Listed.LISTED}


def test_reverse_name_found_once_survives_a_temporary_error() -> None:
    found = Facts(reverse={"x": ReverseFact(names=("a.example",), iprev=Iprev.PASS)})
    failed = Facts(reverse={"x": ReverseFact(iprev=Iprev.TEMPERROR, reason="silent")})
    assert found.merged(failed).reverse == failed.merged(found).reverse == found.reverse


def test_question_that_was_answered_after_all_is_open_no_more() -> None:
    asked = Facts(unanswered={"A a.example": "silent", "MX a.example": "silent"})
    answered = Facts(addresses={"a.example": ()})
    assert asked.merged(answered).unanswered == {"MX a.example": "silent"}


def test_moment_of_merged_facts_is_the_later_one() -> None:
    early, late = datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 2, 1, tzinfo=UTC)
    assert Facts(gathered=late).merged(Facts(gathered=early)).gathered == late
    assert Facts().merged(Facts(gathered=early)).gathered == early
