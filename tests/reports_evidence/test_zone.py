"""The list of open relays: what enters it, and that a real rbldnsd answers from it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from tempfile import TemporaryDirectory

import dns.message
import dns.query
import dns.rcode
import dns.rdatatype
import pytest

from headertrace.cases.case import Case
from headertrace.reports.spare import Policy
from headertrace.reports.zone import plain_list, select_listings, zone_text

from ..lookups.servers import rbldnsd
from .cases import ACCOUNT, APPLIANCE, NOW, RELAY, SIXTH

ZONE = "relays.example.net"
CASES = (RELAY, APPLIANCE, SIXTH, ACCOUNT)


def lines(text: str) -> list[str]:
    return [line for line in text.splitlines() if line and not line.startswith(("#", "$"))]


def test_what_is_listed_and_what_is_left_out() -> None:
    selection = select_listings(CASES, Policy(), NOW)
    assert [str(one.address) for one in selection.listings] == [
        "198.51.100.7",
        "203.0.113.66",
        "2001:db8::25",
    ]
    assert [one.case for one in selection.left_out] == [ACCOUNT]


def test_an_entry_ends_after_the_last_message() -> None:
    (one,) = select_listings([RELAY], Policy(), NOW, timedelta(days=5)).listings
    assert one.expires == datetime(2026, 11, 25, 10, 0, tzinfo=UTC)
    (gone,) = select_listings([RELAY], Policy(), NOW + timedelta(days=5), timedelta(days=5)).left_out
    assert "not seen for" in gone.reason


@pytest.mark.parametrize("keep", [timedelta(0), timedelta(days=-1), timedelta(days=36_501), timedelta.max])
def test_an_entry_ends_within_reason(keep: timedelta) -> None:
    with pytest.raises(ValueError, match="keep"):
        select_listings([RELAY], Policy(), NOW, keep)
    with pytest.raises(ValueError, match="keep"):
        zone_text([], NOW, keep)


@pytest.mark.parametrize("zone", ["", "x\n$TTL 1s", "../x", "a b.example", "a..example", "a." * 200 + "b"])
def test_a_zone_has_a_domain_name(zone: str) -> None:
    with pytest.raises(ValueError, match="no domain name"):
        zone_text([], NOW, zone=zone)


def test_a_zone_may_be_written_with_its_last_dot() -> None:
    assert f"$NS 1d ns.{ZONE}\n" in zone_text([], NOW, zone=f"{ZONE.upper()}.")


def test_a_date_from_the_future_keeps_no_entry_longer() -> None:
    future = replace(RELAY, last_seen=NOW + timedelta(days=900))
    (one,) = select_listings([future], Policy(), NOW, timedelta(days=5)).listings
    assert one.expires == NOW + timedelta(days=5)


def test_two_cases_of_one_relay_are_one_entry_with_the_later_end() -> None:
    older = replace(RELAY, last_seen=datetime(2026, 11, 2, tzinfo=UTC))
    (one,) = select_listings([older, RELAY], Policy(), NOW).listings
    assert one.last_seen == RELAY.last_seen


def test_without_a_date_nothing_is_listed() -> None:
    (left,) = select_listings([replace(RELAY, last_seen=None)], Policy(), NOW).left_out
    assert "no date" in left.reason


def test_no_word_of_a_mail_enters_the_zone() -> None:
    hostile = replace(
        RELAY, relay="evil\n203.0.113.1 :127.0.0.2:x", reasons=("\n$DATASET",), helos={"\n!": 1}
    )
    text = zone_text(select_listings([hostile], Policy(), NOW).listings, NOW)
    assert "evil" not in text
    assert len(lines(text)) == 3


def test_the_plain_list() -> None:
    rows = [
        line.split("\t") for line in lines(plain_list(select_listings(CASES, Policy(), NOW).listings, NOW))
    ]
    assert [row[:3] for row in rows] == [
        ["127.0.0.2", "127.0.0.2", "never"],
        ["::ffff:7f00:2", "127.0.0.2", "never"],
        ["198.51.100.7", "127.0.0.3", "2026-12-20T10:00:00Z"],
        ["203.0.113.66", "127.0.0.2", "2026-12-20T10:00:00Z"],
        ["2001:db8::25", "127.0.0.2", "2026-12-20T10:00:00Z"],
    ]


def ask(port: int, address: str, kind: str) -> tuple[int, list[str]]:
    name = ip_address(address).reverse_pointer.rsplit(".", 2)[0]
    query = dns.message.make_query(f"{name}.{ZONE}", kind)
    response = dns.query.udp(query, "127.0.0.1", port=port, timeout=5)
    wanted = dns.rdatatype.from_text(kind)
    records = [str(data) for answer in response.answer if answer.rdtype == wanted for data in answer]
    return response.rcode(), records


def served(cases: tuple[Case, ...], folder: Path, now: datetime, keep: timedelta) -> Path:
    listings = select_listings(cases, Policy(), now, keep).listings
    (folder / "relays.zone").write_text(zone_text(listings, now, keep, ZONE))
    return folder


@contextmanager
def server_of(cases: tuple[Case, ...], written: datetime) -> Iterator[int]:
    """Run rbldnsd with the zone of these cases, written then."""
    with TemporaryDirectory() as name:
        # Started by root, rbldnsd reads its zones as a user of its own.
        Path(name).chmod(0o755)
        folder = served(cases, Path(name), written, timedelta(days=30))
        with rbldnsd(folder, {ZONE: "combined:relays.zone"}, folder) as answering:
            yield answering


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    # rbldnsd goes by the clock of the machine: the cases must be recent.
    now = datetime.now(UTC)
    recent = tuple(replace(case, last_seen=now - timedelta(hours=1)) for case in CASES)
    with server_of(recent, now - timedelta(seconds=1)) as answering:
        yield answering


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("127.0.0.2", "127.0.0.2"),
        ("203.0.113.66", "127.0.0.2"),
        ("198.51.100.7", "127.0.0.3"),
        ("2001:db8::25", "127.0.0.2"),
        ("::ffff:7f00:2", "127.0.0.2"),
    ],
)
def test_rbldnsd_answers(port: int, address: str, code: str) -> None:
    assert ask(port, address, "A") == (dns.rcode.NOERROR, [code])


def test_rbldnsd_tells_why(port: int) -> None:
    _, (text,) = ask(port, "203.0.113.66", "TXT")
    assert "open-relay-nat, 12 messages" in text
    assert "expires" in text


@pytest.mark.parametrize("address", ["127.0.0.1", "203.0.113.67", "2001:db8::26"])
def test_rbldnsd_denies(port: int, address: str) -> None:
    assert ask(port, address, "A") == (dns.rcode.NXDOMAIN, [])


def test_a_zone_that_nobody_renews_ends() -> None:
    long_ago = datetime.now(UTC) - timedelta(days=40)
    with server_of((replace(RELAY, last_seen=long_ago),), long_ago) as stale:
        assert ask(stale, "203.0.113.66", "A") == (dns.rcode.SERVFAIL, [])
