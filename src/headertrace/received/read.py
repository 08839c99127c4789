"""One Received value becomes a Hop."""

from __future__ import annotations

import re
from collections.abc import Callable

from headertrace.defects import DefectKind
from headertrace.received.clauses import Clauses, split
from headertrace.received.client import name_client, read_client
from headertrace.received.comments import read_parts
from headertrace.received.draft import Draft, make_span
from headertrace.received.families.family import Family
from headertrace.received.families.recognise import recognise
from headertrace.received.fast import read_fast
from headertrace.received.hop import DEFERRED, Hop
from headertrace.received.network import tell_network
from headertrace.received.recipients import read_for
from headertrace.received.seen import take
from headertrace.received.server import (
    read_by,
    read_id,
    read_repeated,
    read_tail,
    read_via,
    read_with,
)
from headertrace.received.session import AUTH_PARTS, TLS_PARTS, take_auth, take_tls
from headertrace.received.shields import shielded
from headertrace.received.stamp_time import Stamp, read_time
from headertrace.received.twin import make_hop
from headertrace.vocabulary import Span

# RFC 5322, 2.1.1 allows 998 octets a line; fields of hundreds of recipients reach 40 KB. What lies
# beyond is kept in ``raw``, marked as a defect and as unread text, and costs nothing.
MAX_FIELD_OCTETS = 65536

_READERS: dict[str, Callable[[Draft, int, int], None]] = {
    "from": read_client,
    "by": read_by,
    "via": read_via,
    "with": read_with,
    "id": read_id,
    "for": read_for,
    "": read_tail,
}
# NAVGW and iMail wrap the client into a comment that opens the field: `(from HELO [ip]) by host`
_WRAPPED_FROM = re.compile(r"\s*+\(\s*+from\s++([^()\[]*+\[[^()]*+)\)\s*+\Z", re.I)
_NOTE_AT_END = re.compile(r"\s*+(?:\([^()]*+\)\s*+)?+\Z")
# The date of RFC 5322, section 3.3, without its optional day of the week
_DAYLESS = re.compile(r"\d\d?\s++[A-Za-z]{3}\s++\d{4}\s")
_DATED = ("date", "zone_known")
# What a part of this kind became, if it is not left over.
_ATTRIBUTE = {"helo": "helo", "name": "rdns"}


def read_hop(value: bytes | str) -> Hop:
    """Return what one Received field says; whatever the field holds, a Hop comes back.

    ``value`` is what stands behind ``Received:``, folded or not. TypeError where it is neither bytes nor str.
    """
    raw = value if type(value) is bytes else _octets(value)
    text = raw.decode("latin-1")
    return read_fast(raw, text, read_by_rules) or read_by_rules(raw, text)


def read_by_rules(raw: bytes, text: str) -> Hop:
    """Return the Hop that the three layers read: clauses, comments, families."""
    text = shielded(text)
    draft = Draft(text)
    if len(text) > MAX_FIELD_OCTETS:
        draft.wrong(DefectKind.FIELD_TOO_LONG, MAX_FIELD_OCTETS, len(text))
        draft.leave_unread(MAX_FIELD_OCTETS, len(text))
        text = text[:MAX_FIELD_OCTETS]
    clauses = split(text)
    draft.defects += clauses.defects
    _read_clauses(draft, clauses)
    _take_stamp(draft, clauses)
    family = _tell_family(draft, clauses)
    name_client(draft, family)
    _take_parts(draft, family)
    _tell_what_lacks(draft, raw)
    return make_hop(raw, draft, family.name, tell_network(draft, family))


def read_deferred(hop: Hop, name: str) -> object:
    """Return an attribute that the fast path left, and set it with its companions for the next time."""
    text = hop.raw.decode("latin-1")
    found = _date_behind_last_semicolon(text) if name in _DATED else None
    if found is None:
        rules = read_by_rules(hop.raw, text)
        found = {key: getattr(rules, key) for key in DEFERRED}
    for key, value in found.items():
        object.__setattr__(hop, key, value)
    return found[name]


def _date_behind_last_semicolon(text: str) -> dict[str, object] | None:
    """Return the date and whether its zone is known; None where a date does not close the field."""
    stamp = read_time(text, text.rfind(";") + 1)
    if stamp is None or not _NOTE_AT_END.match(text, stamp.end):
        return None
    return {"date": stamp.when, "zone_known": stamp.when is not None and stamp.zone_known}


def _tell_family(draft: Draft, clauses: Clauses) -> Family:
    told = draft.values.get
    return recognise(
        software=told("software"),
        protocol=told("protocol"),
        by=told("by"),
        id_=told("id"),
        lead=draft.lead,
        shape=lambda: _shape(draft, clauses.stamp),
    )


def _shape(draft: Draft, stamp: Stamp | None) -> str:
    """Return the field as `PROTOCOL ID ZONE X`, for families that name themselves nowhere.

    X is what closes the address; ` noday` follows where the date has no day of the week. An impossible date
    tells as much of its writer as a good one.
    """
    values, spans = draft.values, draft.spans
    date = draft.text[stamp.start : stamp.end] if stamp else "-"
    day = " noday" if _DAYLESS.match(date) else ""
    bracket = draft.text[spans["ip"][1] : spans["ip"][1] + 1] if "ip" in values else ""
    return f"{values.get('protocol', '-')} {'-' if 'id' not in values else 'id'} {date[-5:]} {bracket}{day}"


def _octets(value: bytes | str) -> bytes:
    if isinstance(value, str):
        try:
            return value.encode("utf-8", "surrogateescape")
        except UnicodeEncodeError:  # a lone surrogate that stands for no byte
            return value.encode("utf-8", "surrogatepass")
    if isinstance(value, (bytes, bytearray, memoryview)):
        return bytes(value)
    raise TypeError(f"a Received value is bytes or str, not {type(value).__name__}")


def _read_clauses(draft: Draft, clauses: Clauses) -> None:
    seen: set[str] = set()
    _read_lead(draft, clauses)
    for keyword, place, start, end in clauses.clauses:
        if keyword and keyword in seen:
            draft.wrong(DefectKind.REPEATED_CLAUSE, place, end, keyword)
            read_repeated(draft, start, end)
        else:
            seen.add(keyword)
            _READERS[keyword](draft, start, end)


def _read_lead(draft: Draft, clauses: Clauses) -> None:
    """Read what stands before the first keyword: a note of qmail's, a wrapped FROM, or nothing we know."""
    start, end = clauses.lead
    if not draft.text[start:end].strip():
        return
    draft.lead = draft.word(start, end).strip(" \t()")
    wrapped = _WRAPPED_FROM.match(draft.text, start, end)
    if wrapped and all(keyword != "from" for keyword, *_ in clauses.clauses):
        read_client(draft, *wrapped.span(1))
        return
    parts = read_parts(draft.text, start, end, server=True)
    is_client = bool(parts) and parts[0].kind == "ofmipd"  # mess822 tells its client so: `(ofmipd 192.0.2.1)`
    for part in parts:
        if is_client and part.kind == "address":
            take(draft, part)
        else:
            draft.parts.append(part)


def _take_stamp(draft: Draft, clauses: Clauses) -> None:
    stamp = clauses.stamp
    if stamp is None:
        return
    if stamp.when is None:
        draft.remark("date", stamp.start, stamp.end)
        return
    draft.put("date", stamp.when, stamp.start, stamp.end)
    draft.values["zone_known"] = stamp.zone_known


def _take_parts(draft: Draft, family: Family) -> None:
    """Give the remaining parts their meaning: TLS, authentication, envelope; the rest are remarks."""
    tls: dict[str, Span] = {}
    auth: dict[str, Span] = {}
    for kind, start, end, _, _ in draft.parts:
        if kind in TLS_PARTS and kind not in tls:
            tls[kind] = make_span((start, end))
        elif kind in AUTH_PARTS and kind not in auth:
            auth[kind] = make_span((start, end))
        elif kind == "envelope_from" and kind not in draft.values:
            draft.put_word(kind, start, end)
        elif kind == "unread":
            draft.leave_unread(start, end)
        elif not (kind in ("helo", "name") and draft.spans.get(_ATTRIBUTE[kind], (0,))[0] == start):
            draft.remark(kind, start, end)
    if tls:
        take_tls(draft, tls)
    take_auth(draft, auth, family)


def _tell_what_lacks(draft: Draft, raw: bytes) -> None:
    size = len(draft.text)
    if not draft.values and not draft.text.strip():
        draft.wrong(DefectKind.EMPTY_FIELD, 0, size)
        return
    if "from_name" not in draft.values:
        draft.wrong(DefectKind.NO_FROM, 0, 0)
    if "by" not in draft.values and "by_ip" not in draft.values:
        draft.wrong(DefectKind.NO_BY, 0, size)
    if not raw.isascii():
        draft.wrong(DefectKind.NON_ASCII, 0, size)
    if draft.remarks and any(remark.kind == "redacted" for remark in draft.remarks):
        draft.wrong(DefectKind.REDACTED, 0, size)
