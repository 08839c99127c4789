"""What the recording server saw of its client: the address, the port, the state of the reverse name."""

from __future__ import annotations

import re

from headertrace.defects import DefectKind
from headertrace.received.address import read_address
from headertrace.received.draft import Draft
from headertrace.received.grammar import IPV4, IPV6, QUOTED
from headertrace.received.hop import Address
from headertrace.received.parts import Part
from headertrace.vocabulary import RdnsStatus

# IIS takes mail out of a folder; where an address follows, a client greeted with those words.
_FIRST_WORD = re.compile(
    rf"\s*+(?:((?i:mail\s++pickup\s++service))(?=\s*+\Z)|({QUOTED}|[^\s();]++(?:;++[^\s();]++)*+))", re.S
)
BARE_ADDRESS = re.compile(
    rf"\[?+(?:IPv6:)?+(?P<address>{IPV4}|{IPV6})(?:\]?+:(?P<port>\d{{1,5}}+))?+\]?+,?+\Z", re.I
)
# Small Windows servers glue the address to the name.
_GLUED_ADDRESS = re.compile(rf"(?P<glued>[^\[\]]{{1,255}}+)\[(?P<address>{IPV4}|{IPV6})\]\Z", re.I)
_BARE_AT_END = re.compile(rf"(?<=\s)\[(?:IPv6:)?+(?:{IPV4}|{IPV6})\](?::\d{{1,5}})?+\s*+\Z", re.I)
# The longest such literal, and a fold
_LONGEST_BARE = 64
_STATUSES = {
    "failed": RdnsStatus.FAILED,
    "unverified": RdnsStatus.UNVERIFIED,
    "verified": RdnsStatus.VERIFIED,
    "may-be-forged": RdnsStatus.MAY_BE_FORGED,
}


def take_first_word(draft: Draft, start: int, end: int) -> int:
    """Take the word behind FROM, and return where it ends."""
    first = _FIRST_WORD.match(draft.text, start, end)
    if first is None:
        return start
    if first.lastindex == 1:
        draft.remark("pickup", *first.span(1))
    else:
        word, end = first.span(2)
        draft.put_word("from_name", word, end)
    return first.end()


def bare_at_end(text: str, start: int, end: int) -> int | None:
    """Return where a literal outside comments begins that ends the clause: no client can stand behind it."""
    if text.rfind("]", start, end) < text.rfind(")", start, end):  # most clauses end with a comment
        return None
    found = _BARE_AT_END.search(text, max(start, end - _LONGEST_BARE), end)
    return found.start() if found else None


def place_of(text: str, start: int, address: Part) -> int:
    """Return where the comment around an address opens, or the bracket; -1 where it stands in neither."""
    if address.comment >= 0:
        return address.comment
    place = text.rfind("[", start, address.start)
    return place if text[place + 1 : address.start].strip().casefold() in ("", "ipv6:") else -1


def take(draft: Draft, part: Part) -> None:
    """Give a part of the client's comments its meaning; names and greetings wait for the family."""
    kind, start, end, _, _ = part
    if kind == "address":
        _take_address(draft, part)
    elif kind in _STATUSES:
        _take_status(draft, part)
    elif kind == "port" and "port" not in draft.values:
        draft.put("port", int(draft.text[start:end]), start, end)
    elif kind == "ident" and "ident" not in draft.values:
        draft.put_word("ident", start, end)
    else:
        draft.parts.append(part)


def _take_address(draft: Draft, part: Part) -> None:
    _, start, end, depth, _ = part
    found = read_address(draft.text[start:end])
    if found is None:
        draft.wrong(DefectKind.UNREADABLE_ADDRESS, start, end)
        draft.remark("address", start, end)
    elif "ip" in draft.values:
        draft.remark("address", start, end)
    else:
        draft.bare_address = depth == 0
        draft.put("ip", found, start, end)


def _take_status(draft: Draft, part: Part) -> None:
    if "rdns_status" in draft.values:
        draft.remark(part.kind, part.start, part.end)
    else:
        draft.put("rdns_status", _STATUSES[part.kind], part.start, part.end)


def address_of_first_word(draft: Draft) -> None:
    """`from [192.0.2.1] (helo=x)`, `from 192.0.2.1 by` and `from name[192.0.2.1] by`: no comment tells it."""
    word = draft.values["from_name"]
    offset = draft.spans["from_name"].start
    match = BARE_ADDRESS.match(word) or _GLUED_ADDRESS.match(word)
    found = read_address(match["address"]) if match else None
    if match is None or found is None:
        return
    draft.put("ip", found, offset + match.start("address"), offset + match.end("address"))
    if match.re is _GLUED_ADDRESS:
        draft.put_word("from_name", offset, offset + match.end("glued"))
        return
    draft.bare_address = True
    if match["port"]:
        if "port" in draft.values:  # of an address in the comments that is none
            draft.remark("port", *draft.spans["port"])
        draft.put("port", int(match["port"]), offset + match.start("port"), offset + match.end("port"))


def address_of(word: str) -> Address | None:
    """Return the address that a word is, in brackets or not, or None."""
    match = BARE_ADDRESS.match(word)
    return read_address(match["address"]) if match else None
