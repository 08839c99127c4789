"""The FROM clause: who the client is, as the recording server saw and heard it (RFC 5321, section 4.4).

Extended-Domain = Domain / ( Domain FWS "(" TCP-info ")" ) / ( address-literal FWS "(" TCP-info ")" )
TCP-info = address-literal / ( Domain FWS address-literal )
"""

from __future__ import annotations

import re

from headertrace.defects import DefectKind
from headertrace.received.address import read_address
from headertrace.received.comments import read_parts
from headertrace.received.draft import Draft
from headertrace.received.families.family import BareName, Family
from headertrace.received.grammar import IPV4, IPV6, QUOTED
from headertrace.received.parts import Part
from headertrace.received.protocols import LOCAL
from headertrace.vocabulary import RdnsStatus

# `host[192.0.2.1]` is glued by small Windows servers.
_FIRST_WORD = re.compile(rf"\s*+({QUOTED}|\[[^\s()]*+|[^\s();\[]++)", re.S)
_PICKUP = re.compile(r"\s*+(mail\s++pickup\s++service)\b", re.I)
_BARE_ADDRESS = re.compile(rf"\[?+(?:IPv6:)?+({IPV4}|{IPV6})(?::(\d{{1,5}}+))?+\]?+,?+\Z", re.I)
_NO_NAME = frozenset(("unknown", "<unknown>", "[unknown]", "", "[]", "<>", "[masked]", "<unavailable>"))
_STATUSES = {
    "failed": RdnsStatus.FAILED,
    "unverified": RdnsStatus.UNVERIFIED,
    "verified": RdnsStatus.VERIFIED,
    "may-be-forged": RdnsStatus.MAY_BE_FORGED,
}


def read_client(draft: Draft, start: int, end: int) -> None:
    """Read what stands behind FROM into the draft: first word, address, status; names wait for the family."""
    pickup = _PICKUP.match(draft.text, start, end)
    if pickup:
        draft.remark("pickup", *pickup.span(1))
        start = pickup.end()
    first = None if pickup else _FIRST_WORD.match(draft.text, start, end)
    if first is not None:
        draft.put_word("from_name", *first.span(1))
        start = first.end()
    for part in read_parts(draft.text, start, end, server=False):
        _take(draft, part)
    if "ip" not in draft.values and first is not None:
        _address_of_first_word(draft, first.start(1))


def _take(draft: Draft, part: Part) -> None:
    kind, start, end, _ = part
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
    _, start, end, _ = part
    found = read_address(draft.text[start:end])
    if found is None:
        draft.wrong(DefectKind.UNREADABLE_ADDRESS, start, end)
        draft.remark("address", start, end)
    elif "ip" in draft.values:
        draft.remark("address", start, end)
    else:
        draft.bare_address = part.depth == 0
        draft.put("ip", found, start, end)


def _take_status(draft: Draft, part: Part) -> None:
    if "rdns_status" in draft.values:
        draft.remark(part.kind, part.start, part.end)
    else:
        draft.put("rdns_status", _STATUSES[part.kind], part.start, part.end)


def _address_of_first_word(draft: Draft, offset: int) -> None:
    """`from [192.0.2.1] (helo=x)` and `from 192.0.2.1 by`: the address stands where the name would."""
    match = _BARE_ADDRESS.match(draft.values["from_name"])
    found = read_address(match[1]) if match else None
    if match is None or found is None:
        return
    draft.put("ip", found, offset + match.start(1), offset + match.end(1))
    draft.bare_address = True
    if match[2]:
        draft.put("port", int(match[2]), offset + match.start(2), offset + match.end(2))


def name_client(draft: Draft, family: Family) -> None:
    """Tell the announced name from the one that was looked up, as this family writes them.

    An explicit greeting means that the name after FROM was looked up; Postfix and sendmail put the
    looked-up name into the comment, but beside a bare address it is the greeting (Exim 3, smail, chasquid);
    the rest depends on the family. Without an address nothing can have been looked up.
    """
    name = next((part for part in draft.parts if part.kind == "name"), None)
    helo = next((part for part in draft.parts if part.kind == "helo"), None)
    if name is not None and helo is None and draft.bare_address:
        draft.parts[draft.parts.index(name)] = helo = name._replace(kind="helo")
        name = None
    silent = any(part.kind == "greeting" for part in draft.parts)
    if helo is not None:
        draft.put_word("helo", helo.start, helo.end)
    if name is not None:
        draft.put_word("rdns", name.start, name.end - (draft.text[name.end - 1] == "."))
    if "from_name" in draft.values:
        _name_from_first_word(draft, family, greeted=helo is not None or silent, named=name is not None)


def _name_from_first_word(draft: Draft, family: Family, *, greeted: bool, named: bool) -> None:
    word = str(draft.values["from_name"])
    start, end = draft.spans["from_name"]
    literal = _BARE_ADDRESS.match(word) is not None
    nameless = word.casefold() in _NO_NAME
    seen = "ip" in draft.values
    both = seen and (
        family.bare_name is BareName.BOTH or draft.values.get("rdns_status") is RdnsStatus.VERIFIED
    )
    if (greeted or (both and not named)) and not literal:
        if nameless:
            if "rdns_status" not in draft.values:
                draft.put("rdns_status", RdnsStatus.FAILED, start, end)
        elif not named:
            draft.put("rdns", word.rstrip("."), start, end - word.endswith("."))
    # RFC 5321, 4.1.1.1: a greeting is a domain or a literal; a mailbox or a local user greets nobody.
    user = not seen and ("@" in word or LOCAL.fullmatch(draft.values.get("protocol", "")))
    if not greeted and not nameless and not user and not (literal and _is_note(draft, word, both=both)):
        draft.put("helo", word, start, end)


def _is_note(draft: Draft, word: str, *, both: bool) -> bool:
    """Whether an address after FROM is the server's own note of it, and no announcement.

    It is where it has no brackets and no other address stands beside it (`from 192.0.2.1 by`), and in
    families that put the looked-up name first, where the address stands a second time (Momentum).
    """
    if "ip" not in draft.spans:
        return False
    alone = draft.spans["ip"] == draft.spans["from_name"]
    return (
        alone if not word.startswith("[") else both and draft.spans["ip"].start > draft.spans["from_name"].end
    )
