"""DNS messages as bytes (RFC 1035, section 4): the few steps that every single lookup takes.

dnspython needs 200 us to read an answer, these functions 2; they understand the two answers that
bulk lookups get (none, or plain A records) and leave every other one to dnspython.
"""

from __future__ import annotations

import struct
from ipaddress import IPv4Address, IPv6Address
from socket import inet_ntoa

HEADER = struct.Struct("!6H")
TYPE_A, TYPE_SOA, CLASS_IN = 1, 6, 1

IS_RESPONSE, TRUNCATED, AUTHORITATIVE, RECURSIVE = 0x8000, 0x0200, 0x0400, 0x0080
OPCODE, RCODE = 0x7800, 0x000F
NOERROR, NXDOMAIN = 0, 3

# RFC 6891: answers of up to 1232 bytes over UDP, the size that passes every path unfragmented.
_OPT = b"\x00" + struct.pack("!HHIH", 41, 1232, 0, 0)
# Recursion desired; one question, no answer, no authority, and the OPT record above.
_AFTER_ID = struct.pack("!5H", 0x0100, 1, 0, 0, 1)

# An A record whose owner is a pointer to the question, the only form that is read here.
_PLAIN_A = struct.Struct("!HHHIH4s")
_TO_QUESTION = 0xC000 | HEADER.size
_RECORD = struct.Struct("!HHIH")

_OCTETS = tuple(bytes([len(str(n))]) + str(n).encode() for n in range(256))


def reversed_text(address: IPv4Address | IPv6Address) -> str:
    """Return the name under which lists hold ``address``: octets or nibbles backwards (RFC 5782)."""
    if address.version == 4:
        return ".".join(map(str, address.packed[::-1]))
    return ".".join(address.packed.hex()[::-1])


def reversed_labels(address: IPv4Address | IPv6Address) -> bytes:
    """Return the same name as labels on the wire, without the root."""
    if address.version == 4:
        return b"".join([_OCTETS[octet] for octet in address.packed[::-1]])
    return b"\x01" + "\x01".join(address.packed.hex()[::-1]).encode()


def question_bytes(name: bytes, rdtype: int) -> bytes:
    """Return the question section for a name in wire form."""
    return name + struct.pack("!HH", rdtype, CLASS_IN)


def query_bytes(question: bytes) -> bytes:
    """Return a query without its first two bytes, the id."""
    return _AFTER_ID + question + _OPT


def echoes(response: bytes, question: bytes) -> bool:
    """Return whether this is a response to exactly this question; names compare without case."""
    if len(response) < HEADER.size + len(question):
        return False
    _, flags, questions, _, _, _ = HEADER.unpack_from(response)
    if not flags & IS_RESPONSE or flags & OPCODE or questions != 1:
        return False
    echoed = response[HEADER.size : HEADER.size + len(question)]
    return echoed == question or echoed.lower() == question.lower()


def plain_addresses(response: bytes, start: int, count: int) -> tuple[tuple[str, ...], int] | None:
    """Return ``count`` A records and their lowest TTL in seconds; None where they are not plain."""
    end = start + _PLAIN_A.size * count
    if end > len(response):
        return None
    addresses, ttls = [], []
    for owner, rdtype, rdclass, ttl, length, address in _PLAIN_A.iter_unpack(response[start:end]):
        if (owner, rdtype, rdclass, length) != (_TO_QUESTION, TYPE_A, CLASS_IN, 4):
            return None
        addresses.append(inet_ntoa(address))
        ttls.append(ttl)
    return tuple(addresses), min(ttls)


def negative_ttl(response: bytes, start: int) -> int | None:
    """Return for how many seconds 'no such name' holds: the SOA's (RFC 2308, section 5), or None."""
    place = _skip_name(response, start)
    if place + _RECORD.size > len(response):
        return None
    rdtype, _, ttl, length = _RECORD.unpack_from(response, place)
    end = place + _RECORD.size + length
    if rdtype != TYPE_SOA or end > len(response) or length < 4:
        return None
    minimum: int = struct.unpack_from("!I", response, end - 4)[0]
    return int(min(ttl, minimum))


def _skip_name(response: bytes, place: int) -> int:
    """Return where the name that begins at ``place`` ends; a pointer ends it, so this follows none."""
    while place < len(response) and response[place]:
        if response[place] >= 0xC0:
            return place + 2
        place += response[place] + 1
    return place + 1
