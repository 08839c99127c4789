"""The hosts of both sides of a refused hand-over: none is a blocklist, and the other side's are not ours."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from headertrace.received.hop import Address


class Sides(NamedTuple):
    """Names of hosts and domains with all that lie above them, and the addresses of refusing servers.

    One for a whole bounce: a reply that stands beside many recipients is then judged once for all.
    """

    names: frozenset[str] = frozenset()
    above: frozenset[str] = frozenset()
    addresses: frozenset[Address] = frozenset()

    def hold(self, name: str) -> bool:
        """Return whether a name is one of these, lies below one, or above one."""
        return name in self.above or any(each in self.names for each in _upwards(name))


def sides_of(names: Iterable[str], addresses: Iterable[Address] = ()) -> Sides:
    """Return the sides of a bounce; the names are in lower case."""
    known = frozenset(names)
    above = frozenset(each for name in known for each in _upwards(name))
    return Sides(known, above - known, frozenset(addresses))


def _upwards(name: str) -> Iterator[str]:
    """Yield a name and the domains above it; a host name has 127 labels at most (RFC 1035, section 2.3.4)."""
    yield name
    for _ in range(min(name.count("."), 127)):
        name = name.partition(".")[2]
        yield name
