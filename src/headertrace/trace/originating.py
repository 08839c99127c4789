"""Clients told by fields other than Received."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from ipaddress import ip_address

from headertrace.message.section import Field, HeaderSection
from headertrace.received.hop import Address, Hop
from headertrace.received.read import read_hop
from headertrace.vocabulary import Span

# The fields that SpamAssassin takes for the oldest hop when not told otherwise, in its order.
WALKED = (
    "x-yahoo-post-ip",
    "x-originating-ip",
    "x-apparently-from",
    "x-senderip",
    "x-aol-ip",
    "x-ms-exchange-crosstenant-originalattributedtenantconnectingip",
)
ADDRESS = re.compile(rb"(?<![\w.:])(?:\d{1,3}(?:\.\d{1,3}){3}|[0-9A-Fa-f:]{2,39})(?![\w.:])")


@dataclass(frozen=True, slots=True, kw_only=True)
class Originating:
    """A client address told by a field other than Received, and who can have written it."""

    field: Field
    ip: Address | None
    name: str
    written_by: str
    hop: Hop | None = None


def read_originating(section: HeaderSection) -> tuple[Originating, ...]:
    """Return the clients told by other fields, in travel order."""
    fields = [field for name in WALKED for field in section.get_all(name)]
    fields += section.get_all("x-received")
    return tuple(map(_read, sorted(fields, key=lambda field: field.span, reverse=True)))


def walked_last(originating: Iterable[Originating]) -> list[Hop]:
    """Return the hops that close the trust walk, newest first."""
    by_name = {told.name.lower(): told.hop for told in reversed(tuple(originating))}
    return [hop for name in WALKED if (hop := by_name.get(name))]


def _read(field: Field) -> Originating:
    if field.name.lower() == "x-received":
        hop = read_hop(field.value)
        return Originating(field=field, ip=hop.ip, name=field.name, written_by="", hop=hop)
    found = ADDRESS.search(field.value)
    try:
        ip = ip_address(found[0].decode()) if found else None
    except ValueError:
        ip = None
    if not (found and ip):
        return Originating(field=field, ip=None, name=field.name, written_by="")
    hop = Hop(raw=field.value, ip=ip, network=True, network_reason=None, spans={"ip": Span(*found.span())})
    return Originating(field=field, ip=ip, name=field.name, written_by="", hop=hop)
