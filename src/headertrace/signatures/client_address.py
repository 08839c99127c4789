"""What kind of address a client has, as bits of ``trait``."""

from __future__ import annotations

from bisect import bisect_right
from ipaddress import IPv4Address, IPv6Address

from headertrace.received.hop import Address
from headertrace.signatures import trait
from headertrace.trace.addresses import (
    GATEWAY_ENDINGS,
    IMPOSSIBLE,
    LINK_LOCAL,
    LOOPBACK,
    PRIVATE,
    SHARED,
    AddressSet,
    is_gateway_like,
)

# Docker's bridges by default, whose host's end is .1, and what the common pod networks take by custom.
BRIDGES = AddressSet("172.17.0.0/16", "172.18.0.0/15", "172.20.0.0/14", "172.24.0.0/13")
PODS = AddressSet("10.42.0.0/16", "10.244.0.0/16")
SETS = (PRIVATE, LOOPBACK, SHARED, LINK_LOCAL, IMPOSSIBLE, BRIDGES, PODS)


def address_traits(ip: Address) -> int:
    """Return what kind of address the client has, as bits of ``trait``."""
    number = int(ip)
    if type(ip) is IPv4Address:
        return _ONLY_KIND[number >> 24] or _KINDS_4[bisect_right(_BORDERS_4, number)][_ENDINGS[number & 0xFF]]
    return _KINDS_6[bisect_right(_BORDERS_6, number)]


def _kind_of(ip: Address) -> int:
    if ip not in PRIVATE:
        return trait.CLIENT_IMPOSSIBLE if ip in IMPOSSIBLE else trait.CLIENT_PUBLIC
    if ip in LOOPBACK:
        return trait.CLIENT_LOOPBACK
    bits = trait.CLIENT_PRIVATE | (trait.CLIENT_GATEWAY if is_gateway_like(ip) else 0)
    bits |= trait.CLIENT_SHARED if ip in SHARED else 0
    bits |= trait.CLIENT_LINK_LOCAL if ip in LINK_LOCAL else 0
    host_end = ip in BRIDGES and int(ip) & 0xFF == 1
    return bits | (trait.CLIENT_CONTAINER if host_end or ip in PODS else 0)


# Nearly every message brings an address not seen before: one bisection finds its kind. A kind depends on
# the network and, in IPv4, on the last byte: one of the many, a gateway's, or the first. No address lies
# beyond the last border.
_ENDINGS = bytes(2 if last == 1 else last in GATEWAY_ENDINGS for last in range(256))
_SAMPLES = (0x80, 0xFE, 0x01)
_BORDERS_4 = sorted({edge for each in SETS for edge in each.borders(4)})
_BORDERS_6 = sorted({edge for each in SETS for edge in each.borders(6)})
_KINDS_4 = [
    tuple([_kind_of(IPv4Address(first | last)) for last in _SAMPLES]) for first in (0, *_BORDERS_4[:-1])
]
_KINDS_6 = [_kind_of(IPv6Address(first)) for first in (0, *_BORDERS_6[:-1])]


def _only_kind(network: int) -> int:
    """Return the kind of all addresses with this first byte; 0 where there are several."""
    first, last = (bisect_right(_BORDERS_4, edge) for edge in (network << 24, (network << 24) + 0xFFFFFF))
    kinds = {kind for row in _KINDS_4[first : last + 1] for kind in row}
    return kinds.pop() if len(kinds) == 1 else 0


# Nine addresses in ten need no bisection.
_ONLY_KIND = [_only_kind(network) for network in range(256)]
