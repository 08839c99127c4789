"""Clients told by fields other than Received: read like hops, and never believed more than their writer."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice

from headertrace.defects import Defect, DefectKind
from headertrace.message.section import Field, HeaderSection
from headertrace.received.address import read_address
from headertrace.received.hop import Address, Hop
from headertrace.received.read import read_hop
from headertrace.trace.addresses import IMPOSSIBLE
from headertrace.trace.tellers import OTHERS, TELLERS, UNKNOWN_KIN, WALKED, Told, is_kin
from headertrace.vocabulary import NetworkReason, RdnsStatus, Span

# A field tells one client; a longer list of candidates is no such field.
MAX_CANDIDATES = 20
# Not one of them is longer than this in real mail, Forefront's report included.
MAX_VALUE_BYTES = 4096

ADDRESS = re.compile(
    rb"(?<![\w.@-])(?:(?:IPv6|CIP|ip)[:=]\[?)?+"
    rb"((?:\d{1,3}\.){3}\d{1,3}|(?:[0-9A-Fa-f]{0,4}:){2,7}(?:(?:\d{1,3}\.){3}\d{1,3}|[0-9A-Fa-f]{0,4}))"
    rb"(?![\w@-]|\.\w)"
)
HELO = re.compile(rb"(?i)(?:^|;)\s*+(?:H|Helo|domain)[:=]\[?([^\[\];\s]++)")
REVERSE_NAME = re.compile(rb"(?:^|;)\s*+PTR:([^\[\];\s]++)")
BLANKED = re.compile(
    rb"(?i)\[\s*+\]|(?<![a-z])x{2,}(?![a-z])|\bx(?:\.x)++|\*{2,}|redacted|removed|masked|hidden"
)

NAMES = {name.encode() for name in OTHERS}
WALKED_NAMES = {name.encode() for name in WALKED}


@dataclass(frozen=True, slots=True, kw_only=True)
class Originating:
    """A client address told by a field other than Received, and who can have written it.

    ``told`` says whether it is the user's machine or the host that connected to the writer, ``source``
    where that is known from. ``received_below`` counts the Received fields under the field: a server
    that puts its fields on top wrote it after all of those; where there are none, anyone may have.
    """

    field: Field
    ip: Address | None
    name: str
    written_by: str
    hop: Hop | None = None
    told: Told = Told.USER
    source: str = ""
    received_below: int = 0


def read_walked(section: HeaderSection) -> tuple[Originating, ...]:
    """Return what SpamAssassin's default fields tell, in travel order (the lowest field first)."""
    return _read_named(section, section.names & WALKED_NAMES)


def read_others(section: HeaderSection) -> tuple[Originating, ...]:
    """Return what every other known or kindred field tells, in travel order."""
    names = section.names
    kin = {name for name in names if is_kin(name)}
    return _read_named(section, (names & NAMES) | (kin - WALKED_NAMES))


def walked_last(walked: Iterable[Originating]) -> list[Hop]:
    """Return the hops that close the trust walk, newest first: of each name the lowest field."""
    lowest: dict[str, Originating] = {}
    for told in walked:
        lowest.setdefault(told.name.lower(), told)
    ordered = (lowest[name] for name in WALKED if name in lowest)
    return [told.hop for told in ordered if told.hop and told.hop.network]


def _read_named(section: HeaderSection, names: Iterable[bytes]) -> tuple[Originating, ...]:
    fields = [field for name in names for field in section.get_all(name.decode())]
    if not fields:
        return ()
    received = [field.span.start for field in section.get_all("received")]
    fields.sort(key=lambda field: field.span.start, reverse=True)
    return tuple(_read(field, len(received) - bisect_right(received, field.span.start)) for field in fields)


def _read(field: Field, received_below: int) -> Originating:
    teller = TELLERS.get(field.name.lower(), UNKNOWN_KIN)
    hop = read_hop(field.value) if field.name.lower() == "x-received" else read_told(field.value)
    return Originating(
        field=field,
        ip=hop.ip,
        name=field.name,
        written_by=teller.written_by,
        hop=hop,
        told=teller.told,
        source=teller.source,
        received_below=received_below,
    )


def read_told(value: bytes) -> Hop:
    """Return a hop with the address (and announced or looked-up name) that such a field's value tells."""
    text = value[:MAX_VALUE_BYTES]
    ip, span = _first_address(text)
    if ip is None:
        return Hop(raw=value, network_reason=NetworkReason.NO_ADDRESS, defects=_why_none(text))
    spans = {"ip": span}
    helo, rdns = _name(HELO, "helo", text, spans), _name(REVERSE_NAME, "rdns", text, spans)
    return Hop(
        raw=value,
        ip=ip,
        helo=helo,
        rdns=rdns,
        rdns_status=RdnsStatus.UNVERIFIED if rdns else RdnsStatus.NOT_STATED,
        network=True,
        network_reason=None,
        spans=spans,
    )


def _first_address(text: bytes) -> tuple[Address | None, Span]:
    for found in islice(ADDRESS.finditer(text), MAX_CANDIDATES):
        ip = read_address(found[1].decode("ascii"))
        if ip is not None and ip not in IMPOSSIBLE:
            return ip, Span(*found.span(1))
    return None, Span(0, 0)


def _name(pattern: re.Pattern[bytes], part: str, text: bytes, spans: dict[str, Span]) -> str | None:
    found = pattern.search(text)
    if found is None:
        return None
    spans[part] = Span(*found.span(1))
    return found[1].decode("utf-8", "replace")


def _why_none(text: bytes) -> tuple[Defect, ...]:
    whole = Span(0, len(text))
    if not text.strip():
        return (Defect(kind=DefectKind.EMPTY_FIELD, span=whole),)
    if found := BLANKED.search(text):
        return (Defect(kind=DefectKind.REDACTED, span=Span(*found.span())),)
    return (Defect(kind=DefectKind.UNREADABLE_ADDRESS, span=whole),)
