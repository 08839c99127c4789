"""How the fields of a make are understood: from which group of a match each attribute comes."""

from __future__ import annotations

import re
from operator import itemgetter
from typing import Any

from headertrace.received.address import read_address
from headertrace.received.families import FAMILIES
from headertrace.received.families.family import BareName
from headertrace.received.hop import Hop
from headertrace.received.notes import SOURCES, Notes, Told
from headertrace.received.protocols import tells_local, tells_webmail
from headertrace.received.shape import LONE_NOTE, SHAPE
from headertrace.received.twin import Blank
from headertrace.vocabulary import RdnsStatus, Span

Groups = tuple[Any, ...]
# How to pick the own attributes out of a match's groups, and the values of the shared ones. No named tuple,
# as Python takes a plain one apart in half the time.
Plan = tuple[Any, ...]

# Attributes taken from the field's own text, those that all fields of a make share, and those that are shared
# unless a note tells them.
_OWN = (
    "from_name", "helo", "rdns", "ident", "by", "id", "envelope_from",
    "ip", "by_ip", "port",
)  # fmt: skip
_SHARED = ("rdns_status", "family", "via", "protocol", "network", "network_reason")
_NOTED = ("software", "tls", "auth")
_RECIPIENT = SHAPE.groupindex["for"] - 1
_ADDRESSES = ("ip", "ip_again", "ip0", "bare", "ip2", "ip3", "ip4", "literal", "by_ip")
# What a server saw beside an address after FROM
_SEEN = ("ip", "ip_again", "ip2", "ip3", "ip4")
# Families whose client's address is compared with the one after FROM.
_COMPARED = {each.name for each in FAMILIES if each.address_first or each.bare_name is BareName.BOTH}


def teaches(match: re.Match[str], hop: Hop) -> bool:
    """Return whether a field tells about its make: what is wrong in one may not teach how others are read."""
    if hop.date is None or match.re is LONE_NOTE:
        return hop.date is not None
    addresses = [text for name in _ADDRESSES if (text := match[name])]
    recipients = (match["for"],) if match["for"] else ()
    return hop.recipients == recipients and all(map(read_address, addresses))


def plan_of(match: re.Match[str], hop: Hop, notes: Notes) -> Plan | None:
    """Return from which group each attribute came, or None where one came from elsewhere."""
    groups = {span: place for place, span in enumerate(match.regs[1:]) if span[0] >= 0}
    spans = {name: span if isinstance(span, Span) else span[0] for name, span in hop.spans.items()}
    noted = [name for name in _NOTED if any(getattr(told, name) for told in notes)]
    if (
        any(name in spans and spans[name] not in groups for name in _OWN)
        or _values_decide(match, hop)
        or not all(_is_told(name, notes, match, hop) for name in noted)
    ):
        return None
    # What is not there is picked from a group that no field of this make has.
    absent = match.groups().index(None)
    places = [groups[spans[name]] if name in spans else absent for name in _OWN]
    recipient = _RECIPIENT if match.re is SHAPE else absent
    return (
        itemgetter(*places, recipient),
        *(getattr(hop, name) for name in _SHARED),
        *(None if name in noted else getattr(hop, name) for name in _NOTED),
    )


def _is_told(name: str, notes: Notes, match: re.Match[str], hop: Hop) -> bool:
    """Return whether the rules read the same as one of the notes tells by itself, and from nowhere else."""
    [(told, groups), *others] = [each for each in zip(notes, SOURCES, strict=True) if getattr(each[0], name)]
    # A login may be told by the protocol as well, which tells no more of it.
    places = [match.span(group) for group in (*groups, *(("with", "via") if name == "auth" else ()))]
    spans = hop.spans.get(name, ())
    inside = [
        any(first <= span.start and span.end <= last for first, last in places)
        for span in ((spans,) if isinstance(spans, Span) else spans)
    ]
    return not others and all(inside) and getattr(hop, name) == getattr(told, name)


def _values_decide(match: re.Match[str], hop: Hop) -> bool:
    """Return whether the names and addresses themselves tell how a field like this one is read."""
    if match.re is LONE_NOTE:  # whose numbers may be the values
        return hop.spans.keys() != {"date"}
    beside = match["by_ip"] and hop.spans.get("by_ip") != match.span("by_ip")
    if beside:  # a second address of the server's, which is a version if it is none
        return True
    if hop.ip is None:
        return False
    browsed = tells_webmail(hop.protocol or hop.via or "")
    compares = hop.family in _COMPARED or hop.rdns_status is RdnsStatus.VERIFIED or browsed
    compared = compares and (match["ip0"] or match["bare"]) and any(map(match.__getitem__, _SEEN))
    # The machine itself may be the client.
    return bool(compared or match["local_name"]) or tells_local(hop.protocol or "")


def follow(plan: Plan, groups: Groups, raw: bytes, told: Told) -> Hop | None:
    """Return a Hop whose values are taken by the plan, or None where an address is none."""
    hop = Blank()
    (
        pick, hop.rdns_status, hop.family, hop.via, hop.protocol, hop.network, hop.network_reason,
        software, tls, auth,
    ) = plan  # fmt: skip
    (
        hop.from_name, hop.helo, hop.rdns, hop.ident, hop.by, hop.id, hop.envelope_from,
        ip, by_ip, port, recipient,
    ) = pick(groups)  # fmt: skip
    hop.raw = raw
    hop.ip = address = ip and read_address(ip)
    hop.by_ip = by_address = by_ip and read_address(by_ip)
    hop.port = port and int(port)
    hop.software = told.software or software
    hop.tls = told.tls or tls
    hop.auth = told.auth or auth
    hop.recipients = (recipient,) if recipient else ()
    if (ip and address is None) or (by_ip and by_address is None):
        return None
    hop.__class__ = Hop
    return hop  # type: ignore[no-any-return]
