"""What kind of address a client has: by its network, and in IPv4 by its place in it."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headertrace.signatures import trait
from headertrace.signatures.client_address import address_traits
from headertrace.trace.addresses import IMPOSSIBLE, LOOPBACK, PRIVATE, SHARED, is_gateway_like

PRIVATE_ONE = trait.CLIENT_PRIVATE
GATEWAY = trait.CLIENT_PRIVATE | trait.CLIENT_GATEWAY
KINDS = [
    ("203.0.113.7", trait.CLIENT_PUBLIC, "anybody's"),
    ("203.0.113.1", trait.CLIENT_PUBLIC, "a public one is never a gateway's by its last byte"),
    ("9.255.255.255", trait.CLIENT_PUBLIC, "the last before RFC 1918"),
    ("10.0.0.0", PRIVATE_ONE, "the first of RFC 1918"),
    ("10.1.2.77", PRIVATE_ONE, "an office's workstation"),
    ("192.168.0.1", GATEWAY, "a router's usual place"),
    ("192.168.0.254", GATEWAY, "the other end"),
    ("172.16.0.1", GATEWAY, "private, and before Docker's networks"),
    ("172.17.0.1", GATEWAY | trait.CLIENT_CONTAINER, "the host's end of Docker's first bridge"),
    ("172.17.0.2", GATEWAY, "a container, not the host: its place is a gateway's all the same"),
    ("172.31.0.1", GATEWAY | trait.CLIENT_CONTAINER, "the last bridge"),
    ("10.42.3.9", PRIVATE_ONE | trait.CLIENT_CONTAINER, "a pod of k3s"),
    ("10.244.0.1", GATEWAY | trait.CLIENT_CONTAINER, "the node's end of flannel"),
    ("100.64.0.9", PRIVATE_ONE | trait.CLIENT_SHARED, "a carrier's side of its NAT (RFC 6598)"),
    ("169.254.1.9", PRIVATE_ONE | trait.CLIENT_LINK_LOCAL, "link-local (RFC 3927)"),
    ("127.0.0.1", trait.CLIENT_LOOPBACK, "itself"),
    ("0.0.0.0", trait.CLIENT_IMPOSSIBLE, "no client's"),
    ("255.255.255.255", trait.CLIENT_IMPOSSIBLE, "the last of all"),
    ("2001:db8::1", trait.CLIENT_PUBLIC, "anybody's in IPv6"),
    ("::1", trait.CLIENT_LOOPBACK, "itself in IPv6"),
    ("fe80::1", PRIVATE_ONE | trait.CLIENT_LINK_LOCAL, "link-local in IPv6; its last byte says nothing"),
    ("fd00::1", PRIVATE_ONE, "a site's own (RFC 4193)"),
    ("ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", trait.CLIENT_IMPOSSIBLE, "the last of all in IPv6"),
]


@pytest.mark.parametrize(("text", "kind", "why"), KINDS, ids=[why for *_, why in KINDS])
def test_a_known_kind(text: str, kind: int, why: str) -> None:
    assert address_traits(ip_address(text)) == kind, why


@given(st.ip_addresses())
def test_the_kind_agrees_with_the_sets(ip: IPv4Address | IPv6Address) -> None:
    bits = address_traits(ip)
    assert bool(bits & trait.CLIENT_LOOPBACK) == (ip in LOOPBACK)
    assert bool(bits & trait.CLIENT_PRIVATE) == (ip in PRIVATE and ip not in LOOPBACK)
    assert bool(bits & trait.CLIENT_IMPOSSIBLE) == (ip in IMPOSSIBLE and ip not in PRIVATE)
    assert bool(bits & trait.CLIENT_SHARED) == (ip in SHARED)
    assert bool(bits & trait.CLIENT_GATEWAY) == (bool(bits & trait.CLIENT_PRIVATE) and is_gateway_like(ip))
