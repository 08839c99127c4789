"""An address as servers write it becomes an address object (RFC 5321, section 4.1.3)."""

from __future__ import annotations

from functools import lru_cache
from ipaddress import AddressValueError, IPv4Address, IPv6Address

from headertrace.received.hop import Address

# Addresses repeat within an archive; this many texts cost about 2 MB.
_MEMO = 8192


@lru_cache(maxsize=_MEMO)
def read_address(text: str) -> Address | None:
    """Return the address that ``text`` spells (no brackets, no port), IPv4-mapped unwrapped, or None.

    A zone id (RFC 6874) is left out: it means something on the recording host only.
    """
    try:
        if ":" not in text:
            return IPv4Address(text)
        found = IPv6Address(text.partition("%")[0])
    except AddressValueError:
        return None
    return found.ipv4_mapped or found
