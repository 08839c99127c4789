"""Named sets of addresses and what an address looks like beside another."""

from __future__ import annotations

from ipaddress import IPv4Address, ip_address, ip_network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headertrace.trace.addresses import (
    DOCUMENTATION,
    IMPOSSIBLE,
    LOOPBACK,
    PRIVATE,
    SHARED,
    AddressSet,
    is_gateway_like,
    is_private,
    is_public,
    same_network,
)

# The edges of every network, from the inside and from the outside.
EDGES = [
    (
        "private",
        PRIVATE,
        "10.0.0.0 10.255.255.255 172.16.0.0 172.31.255.255 192.168.0.0 192.168.255.255",
        True,
    ),
    (
        "private",
        PRIVATE,
        "9.255.255.255 11.0.0.0 172.15.255.255 172.32.0.0 192.167.255.255 192.169.0.0",
        False,
    ),
    (
        "private",
        PRIVATE,
        "127.0.0.0 127.255.255.255 169.254.0.0 169.254.255.255 100.64.0.0 100.127.255.255",
        True,
    ),
    (
        "private",
        PRIVATE,
        "126.255.255.255 128.0.0.0 169.253.255.255 169.255.0.0 100.63.255.255 100.128.0.0",
        False,
    ),
    ("private", PRIVATE, "::1 fe80:: febf:ffff::1 fc00:: fdff:ffff::1", True),
    ("private", PRIVATE, ":: ::2 fec0:: fbff:ffff::1 fe00:: 2001:db8::1", False),
    ("documentation is public", PRIVATE, "192.0.2.1 198.51.100.1 203.0.113.1 2001:db8::1", False),
    (
        "documentation",
        DOCUMENTATION,
        "192.0.2.0 192.0.2.255 198.51.100.255 203.0.113.0 2001:db8:ffff::1",
        True,
    ),
    ("documentation", DOCUMENTATION, "192.0.1.255 192.0.3.0 198.51.101.0 203.0.112.255 2001:db9::", False),
    ("loopback", LOOPBACK, "127.0.0.1 127.9.9.9 ::1", True),
    ("loopback", LOOPBACK, "128.0.0.1 ::2", False),
    ("shared", SHARED, "100.64.0.1 100.127.0.1", True),
    ("shared", SHARED, "10.0.0.1 100.128.0.1", False),
    (
        "impossible",
        IMPOSSIBLE,
        "0.0.0.0 0.255.255.255 224.0.0.1 239.0.0.1 240.0.0.1 255.255.255.255 :: ff02::1",
        True,
    ),
    ("impossible", IMPOSSIBLE, "1.0.0.0 223.255.255.255 ::1 fe80::1 2001:db8::1", False),
]


@pytest.mark.parametrize(("name", "members", "texts", "inside"), EDGES)
def test_edges_of_named_sets(name: str, members: AddressSet, texts: str, inside: bool) -> None:
    assert [text for text in texts.split() if (ip_address(text) in members) is not inside] == [], name


@given(st.ip_addresses(v=4))
def test_private_is_exactly_the_named_networks(ip: IPv4Address) -> None:
    networks = (
        "10.0.0.0/8",
        "172.16.0.0/12",
        "192.168.0.0/16",
        "127.0.0.0/8",
        "169.254.0.0/16",
        "100.64.0.0/10",
    )
    assert (ip in PRIVATE) is any(ip in ip_network(network) for network in networks)


@pytest.mark.parametrize("text", ["192.168.1.1", "10.0.0.2", "172.16.5.253", "192.0.2.254"])
def test_gateways_usually_end_so(text: str) -> None:
    assert is_gateway_like(ip_address(text))


@pytest.mark.parametrize("text", ["192.168.1.3", "10.0.0.0", "10.0.0.255", "172.16.5.252", "fe80::1"])
def test_other_ends_are_not_gateway_like(text: str) -> None:
    assert not is_gateway_like(ip_address(text))


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("192.0.2.1", "192.0.2.254", True),
        ("192.0.2.1", "192.0.3.1", False),
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("0.0.0.1", "::1", False),
    ],
)
def test_same_network_means_one_24_or_one_64(one: str, other: str, same: bool) -> None:
    assert same_network(ip_address(one), ip_address(other)) is same
    assert same_network(ip_address(other), ip_address(one)) is same


def test_no_address_is_nothing() -> None:
    assert not any(ask(None) for ask in (is_private, is_public, is_gateway_like))
    assert not same_network(None, None)


def test_public_is_neither_private_nor_impossible() -> None:
    assert is_public(ip_address("192.0.2.1"))
    assert not is_public(ip_address("10.0.0.1"))
    assert not is_public(ip_address("0.0.0.0"))
