"""Our named sets of addresses, and what an address looks like beside another."""

from __future__ import annotations

from bisect import bisect_right
from ipaddress import IPv4Address, ip_network

from headertrace.received.hop import Address

GATEWAY_ENDINGS = frozenset({1, 2, 253, 254})


class AddressSet:
    """A fixed set of networks: ``address in PRIVATE`` costs one bisection."""

    __slots__ = ("_bounds",)

    def __init__(self, *networks: str) -> None:
        parsed = sorted((n.version, int(n[0]), int(n[-1])) for n in map(ip_network, networks))
        # Borders in a row (first, last + 1, first, last + 1 ...): inside, an odd number lie at or below.
        self._bounds = {
            version: [edge for v, first, last in parsed if v == version for edge in (first, last + 1)]
            for version in (4, 6)
        }

    def __contains__(self, ip: Address) -> bool:
        return bisect_right(self._bounds[ip.version], int(ip)) % 2 == 1

    def borders(self, version: int) -> list[int]:
        """Return, as numbers and in order, where each network begins and where the one behind it would."""
        return self._bounds[version]


# RFC 1918, RFC 1122 (loopback), RFC 3927 (link-local), RFC 6598 (shared), RFC 4291, RFC 4193. Not
# ``ipaddress.is_private``, which also holds the documentation ranges and changes with Python's version.
PRIVATE = AddressSet(
    "10.0.0.0/8",
    "172.16.0.0/12",
    "192.168.0.0/16",
    "127.0.0.0/8",
    "169.254.0.0/16",
    "100.64.0.0/10",
    "::1/128",
    "fe80::/10",
    "fc00::/7",
)
LOOPBACK = AddressSet("127.0.0.0/8", "::1/128")
# RFC 6598: the carrier's side of a large NAT; private, yet shared by strangers.
SHARED = AddressSet("100.64.0.0/10")
# RFC 3927, RFC 4291
LINK_LOCAL = AddressSet("169.254.0.0/16", "fe80::/10")
# RFC 5737, RFC 3849
DOCUMENTATION = AddressSet("192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24", "2001:db8::/32")
# No client connects from these: "this network", reserved (RFC 6890), multicast (RFC 5771, RFC 4291).
IMPOSSIBLE = AddressSet("0.0.0.0/8", "224.0.0.0/4", "240.0.0.0/4", "::/128", "ff00::/8")


def is_private(ip: Address | None) -> bool:
    """Return whether the address is in ``PRIVATE``; no address is not."""
    return ip is not None and ip in PRIVATE


def is_public(ip: Address | None) -> bool:
    """Return whether a stranger can come from the address; documentation addresses count as public."""
    return ip is not None and ip not in PRIVATE and ip not in IMPOSSIBLE


def is_gateway_like(ip: Address | None) -> bool:
    """Return whether the IPv4 address ends as those of gateways usually do: .1, .2, .253 or .254."""
    return ip is not None and ip.version == 4 and int(ip) & 0xFF in GATEWAY_ENDINGS


def same_network(one: Address | None, other: Address | None) -> bool:
    """Return whether both addresses lie in one /24 (IPv4) or one /64 (IPv6)."""
    if one is None or other is None or type(one) is not type(other):
        return False
    host_bits = 8 if type(one) is IPv4Address else 64
    return int(one) >> host_bits == int(other) >> host_bits
