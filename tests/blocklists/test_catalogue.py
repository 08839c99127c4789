"""The data file: complete, consistent, and found by whatever name people use."""

from __future__ import annotations

import re

import pytest

from headertrace import blocklists
from headertrace.blocklists import Blocklist, Cause, Query, Status, Subject
from headertrace.facts import HopScope

ZONE = re.compile(r"(?:[a-z0-9-]{1,63}\.)+[a-z]{2,}")
ANSWER = re.compile(r"127\.\d{1,3}\.(?:\d{1,3}|\*)\.\d{1,3}")
NAMES = [item.name for item in blocklists.ALL]


@pytest.mark.parametrize("item", blocklists.ALL, ids=NAMES)
def test_list_is_complete(item: Blocklist) -> None:
    assert item.operator
    assert item.about
    assert item.sources, "no fact without a source"
    assert ZONE.fullmatch(item.zone) or not item.zone
    assert all(ANSWER.fullmatch(code.answer) for code in (*item.codes, *item.refusals))
    assert len({code.answer for code in item.codes}) == len(item.codes)
    assert (item.subject is Subject.DOMAIN) == (not item.versions)
    assert set(item.versions) <= {4, 6}
    for url in filter(None, (item.lookup, item.removal)):
        assert url.startswith(("http://", "https://"))


@pytest.mark.parametrize("item", blocklists.ALL, ids=NAMES)
def test_list_that_does_not_live_is_never_asked(item: Blocklist) -> None:
    assert item.status is Status.ACTIVE or item.query is Query.NEVER
    assert item.ending is None or item.dead
    assert item.successor is None or blocklists.find(item.successor) is not None


def test_no_two_lists_share_a_zone_or_a_name() -> None:
    zones = [item.zone for item in blocklists.ALL if item.zone]
    assert len(set(zones)) == len(zones)
    assert len({name.casefold() for name in NAMES}) == len(NAMES)
    aliases = [alias.casefold() for item in blocklists.ALL for alias in item.aliases]
    assert len(set(aliases)) == len(aliases)


def test_lists_asked_by_default_take_addresses_and_need_no_key() -> None:
    default = blocklists.by_default()
    assert len(default) >= 10
    assert all(item.subject is Subject.ADDRESS and not item.keyed for item in default)
    assert not any(item.known_good for item in default)


def test_policy_codes_speak_about_the_last_outside_hop_only() -> None:
    policy = [code for item in blocklists.ALL for code in item.codes if code.cause is Cause.POLICY]
    assert len(policy) > 10
    assert {code.scope for code in policy} == {HopScope.LAST_EXTERNAL}


def test_open_relay_codes_of_dead_lists_are_known() -> None:
    told = {item.name for item in blocklists.ALL if Cause.OPEN_RELAY in item.causes}
    assert {"ORDB", "ORBS", "NJABL", "AHBL", "DSBL", "SORBS", "MAPS RSS", "Five-Ten-SG", "0spam"} <= told


FOUND = (
    ("zen.spamhaus.org", "Spamhaus ZEN", "a zone"),
    ("ZEN.Spamhaus.ORG.", "Spamhaus ZEN", "a zone in another case and with its last dot"),
    ("66.2.0.192.zen.spamhaus.org", "Spamhaus ZEN", "a name that was asked"),
    ("0123456789abcdefghijklmnop.zen.dq.spamhaus.net", "Spamhaus ZEN (DQS)", "a zone with a key"),
    ("new.spam.dnsbl.sorbs.net", "SORBS spam (new)", "the narrowest zone counts"),
    ("spamcop", "SpamCop", "the name in another case"),
    ("SBLCSS", "Spamhaus SBL", "a sublist's name as refusals write it"),
    ("ORBL", "ORBL", "a list whose zone nobody remembers"),
    ("spamhaus.org", None, "a domain above the lists is none of them"),
    ("myzen.spamhaus.org", None, "a name that only ends alike"),
    ("", None, "nothing"),
    (".", None, "a dot"),
)


@pytest.mark.parametrize(("wanted", "name", "why"), FOUND, ids=[why for *_, why in FOUND])
def test_find(wanted: str, name: str | None, why: str) -> None:
    found = blocklists.find(wanted)
    assert (found.name if found else None) == name, why


def test_page_names_the_subject() -> None:
    spamcop = blocklists.find("bl.spamcop.net")
    assert spamcop is not None
    assert spamcop.page("192.0.2.66") == "https://www.spamcop.net/bl.shtml?192.0.2.66"
    dead = blocklists.find("relays.ordb.org")
    assert dead is not None
    assert dead.page("192.0.2.66") is None
