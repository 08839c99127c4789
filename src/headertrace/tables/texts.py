"""Text from a mail as a table may hold it: valid Unicode, bounded, and digests of it."""

from __future__ import annotations

import re
from functools import lru_cache
from hashlib import blake2b
from ipaddress import IPv4Address, IPv6Address
from socket import AF_INET6, inet_ntoa, inet_ntop

from headertrace.received.hop import Address

# A value that is longer says nothing more to a person, and tables of millions stay small.
MAX_TEXT = 1_000
MAX_SUBJECT = 200
MAX_SHAPE = 60
# Addresses recur: the servers of a list stand in all of its messages.
REMEMBERED = 8192
# 64 bits: among a billion messages three pairs in a hundred runs share one by chance.
DIGEST_BYTES = 8

REPLIES = re.compile(rb"(?:(?:re|fwd?|aw|antw)\s*+:\s*+|\[[^\]]{0,60}\]\s*+)++")
NUMBERS = re.compile(rb"\d++")
DIGITS = re.compile(r"\d++")
LETTERS = re.compile(r"[A-Za-z]++")


def clean(text: str | None, limit: int = MAX_TEXT) -> str | None:
    """Return the text cut to ``limit``; bytes that were no text (lone surrogates) become question marks."""
    if text is None or (len(text) <= limit and text.isascii()):
        return text
    return text[:limit].encode("utf-8", "replace").decode("utf-8")


def digest(*parts: bytes) -> str:
    """Return 16 hexadecimal digits that stand for the parts."""
    return blake2b(b"\0".join(parts), digest_size=DIGEST_BYTES).hexdigest()


# By their numbers, which are hashed ten times faster than the addresses themselves.
@lru_cache(maxsize=REMEMBERED)
def _ipv4_text(number: int) -> str:
    return inet_ntoa(number.to_bytes(4))


@lru_cache(maxsize=REMEMBERED)
def _ipv6_text(number: int) -> str:
    # Many times sooner than Python's own way; but addresses in ::/80 may end in the form of IPv4 there.
    return inet_ntop(AF_INET6, number.to_bytes(16)) if number >> 48 else str(IPv6Address(number))


def ip_text(ip: Address | None) -> str | None:
    """Return an address as text; None for none."""
    if ip is None:
        return None
    return _ipv4_text(int(ip)) if isinstance(ip, IPv4Address) else _ipv6_text(int(ip))


def network_of(ip: Address | None) -> str | None:
    """Return the /24 of an IPv4 address or the /64 of an IPv6 address; None for none."""
    if ip is None:
        return None
    if isinstance(ip, IPv4Address):
        return _ipv4_text(int(ip)).rpartition(".")[0] + ".0/24"
    half = f"{int(ip) >> 64:016x}"
    return f"{half[:4]}:{half[4:8]}:{half[8:12]}:{half[12:]}::/64"


def template_of(subject: bytes | None) -> str | None:
    """Return a digest of what the subjects of one campaign share: no list, number or reply mark.

    ``subject`` is as written, in lower case.
    """
    text = NUMBERS.sub(b"9", REPLIES.sub(b"", subject or b"").strip())
    return digest(text) if text else None


def id_shape(message_id: str | None) -> str | None:
    """Return how a Message-ID is made, without its content: ``<a9$9@host>`` becomes ``a9$9``."""
    if not message_id:
        return None
    local = message_id.strip("<> \t").partition("@")[0][: 4 * MAX_SHAPE]
    return clean(DIGITS.sub("9", LETTERS.sub("a", local))[:MAX_SHAPE])
