"""Which of our addresses a reply speaks of."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from ipaddress import ip_address, ip_network

from headertrace.received.hop import Address

_V4 = r"\d{1,3}(?:\.\d{1,3}){3}"
_V6 = r"[0-9A-Fa-f]{1,4}(?::[0-9A-Fa-f]{0,4}){2,7}"
# A network, as ``192.0.2.0/24``, is nobody's address. A colon before it ends a word, no part of an address.
_ADDRESS = re.compile(
    rf"(?:(?<![\w.:])|(?<=[g-z]:))(?:IPv6:)?(?P<ip>{_V4}(?!\w|\.\d)|{_V6}(?![\w:]))(?!/\d{{1,3}}(?![\w./]))",
    re.IGNORECASE,
)
# What stands before an address that is meant as the client's: a word for it, or a page that looks it up.
_WORDS = (
    r"\b(?:ips?|from|client(?: host)?|host|address|server)\b[\s:=\[(]*|\b(?:rejected|refused):?\s|\bfor\s"
)
_QUERY = r"[?&/](?:ip|pr|host|query|q|a|v|i|search|address|lookup|bl\.shtml|w3m)[\w/.&-]{0,30}[=?/]|[?/]"
_CLIENT = re.compile(rf"(?:\[(?:smtp:\[?)?|<\s?|{_WORDS}|{_QUERY})$", re.IGNORECASE)
# No client's: of the server that speaks (``host mx.example.com[192.0.2.1] said``, Gmail's
# ``[mx.example.com. 192.0.2.1: timed out]``), of the resolver that Spamhaus refused, or a section's number
# (``RFC 2821 4.1.1.1``).
_ELSEWHERE = re.compile(
    r"\bhost [\w-]{1,63}\.[\w.-]{1,255} ?[\[(]$|\bfrom MTA\(\[?$|/returnc/(?:pub|vol)/$|\[[\w.-]{1,255}\. $"
    r"|\b(?:RFC[ -]?\d{3,5},?|section|chapter)\s(?:section\s)?$",
    re.IGNORECASE,
)
_LOOPBACK = ip_network("127.0.0.0/8")
_NEVER_CLIENTS = (_LOOPBACK, ip_network("0.0.0.0/8"), ip_network("224.0.0.0/4"))


def our_address(text: str, theirs: Collection[Address] = ()) -> Address | None:
    """Return the address that the refusing server speaks of, or None; ``theirs`` are never meant."""
    found = [(rank, ip) for rank, ip in _addresses(text) if ip not in theirs]
    return max(found, key=lambda pair: pair[0])[1] if found else None


def _addresses(text: str) -> Iterator[tuple[int, Address]]:
    for match in _ADDRESS.finditer(text):
        before = text[max(0, match.start() - 60) : match.start()]
        ip = _read(match["ip"])
        if ip is None or _ELSEWHERE.search(before) or any(ip in network for network in _NEVER_CLIENTS):
            continue
        yield (2 if _CLIENT.search(before) else 1), ip


def _read(text: str) -> Address | None:
    try:
        return ip_address(text)
    except ValueError:
        return None
