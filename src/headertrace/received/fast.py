"""The commonest fields in one match: what comes out is what the rules read, only sooner.

How a field of the common shape is to be understood depends on the server's notes, on the family that
its name tells and on which parts are there, not on the names and addresses themselves: so the rules
are asked once for each such make, the answer is kept as a plan, and the next field of the make takes
its values by the plan. Anything else falls through to the rules. Tests over corpora and random fields
hold both to the same Hop.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from enum import Enum
from itertools import compress
from operator import itemgetter
from typing import Any

from headertrace.received.address import read_address
from headertrace.received.comments import explain, read_parts
from headertrace.received.draft import readable
from headertrace.received.families import FAMILIES
from headertrace.received.families.recognise import recognise_by, recognise_id, recognise_words
from headertrace.received.hop import Hop
from headertrace.received.protocols import tells_local
from headertrace.received.shape import LONE_NOTE, SHAPE
from headertrace.received.twin import Blank
from headertrace.remembered import remembered
from headertrace.vocabulary import Span

# Makes differ by notes (versions, ciphers, servers' own addresses): one archive shows some hundreds,
# thirty thousand messages from three archives 3,441, at 1.3 KB each. At the bound all are forgotten, which costs
# a second asking.
_MAX_PLANS = 4096
# Few fields are longer, and what is remembered of a make holds its notes.
_LONGEST = 1024
_MEMO = 8192

Groups = tuple[str | None, ...]
Make = tuple[object, ...]
# How to pick the own attributes out of a match's groups, and the values of the shared ones. No named tuple, as
# Python takes a plain one apart in half the time.
Plan = tuple[Any, ...]
Rules = Callable[[bytes, str], Hop]

# Attributes taken from the field's own text, and those that all fields of a make share.
_OWN = (
    "from_name", "helo", "rdns", "ident", "by", "id", "envelope_from",
    "ip", "by_ip", "port", "recipients",
)  # fmt: skip
_SHARED = (
    "rdns_status", "software", "family", "via", "protocol", "auth", "tls", "network", "network_reason",
)  # fmt: skip

# Words of x's only are for the rules; the pattern begins with a letter, as that is looked for quickest.
_BLANKED = re.compile(r"x(?<![\w.@-]x)[.@-]*+x")
_DIGITS = re.compile(r"\d++")
_place = {name: index - 1 for name, index in SHAPE.groupindex.items()}
# The groups whose very text decides how a field is understood.
_notes: Callable[[Groups], Groups] = itemgetter(
    *(_place[name] for name in ("lead", "status", "word", "client", "by_notes", "with", "with_notes")),
    *(_place[name] for name in ("id_notes", "via", "tail", "utc")),
)
_PLACES = tuple(range(SHAPE.groups))
_by, _id, _rdns = _place["by"], _place["id"], _place["rdns"]
_ADDRESSES = tuple(
    _place[name] for name in ("ip", "ip_again", "ip0", "bare", "ip2", "ip3", "ip4", "literal", "by_ip")
)
# Families whose client's name tells whether the field is a hop at all.
_NAME_DECIDES = {each.name for each in FAMILIES if any(words.startswith("from ") for words in each.network)}

_ADDRESS_FIRST = {each.name for each in FAMILIES if each.address_first}


class _Told(Enum):
    """What stands in a plan's place: only the rules can tell, or the id's grammar decides first."""

    BY_RULES = 1
    BY_ID = 2


# Bound once: to find a member in its class costs as much as to look a plan up.
_BY_RULES, _BY_ID = _Told.BY_RULES, _Told.BY_ID
_plans: dict[Make, Plan | _Told] = {}


def read_fast(raw: bytes, text: str, rules: Rules) -> Hop | None:
    """Return the Hop of a field of the common shape, or None: then the rules have to read it.

    ``rules`` is the reader that is asked where a make is met for the first time.
    """
    match = SHAPE.match(text) if len(text) <= _LONGEST else None
    if match is None or not text.isascii() or _BLANKED.search(text):
        return _read_lone_note(raw, text, rules)
    groups = match.groups()
    rdns = groups[_rdns]
    # Whose name BY has, whether the looked-up name is one, what the notes say, and which parts are there.
    make: Make = (
        recognise_by(groups[_by]),
        rdns and _kind_of_name(rdns),
        *_notes(groups),
        *compress(_PLACES, groups),
    )
    plan = _plans.get(make)
    by_id = plan is _BY_ID
    if by_id:
        make = (*make, recognise_id(groups[_id] or ""))
        plan = _plans.get(make)
    if type(plan) is tuple:
        return _follow(plan, groups, raw)
    return _learn(make, match, rules(raw, text), by_id=by_id) if plan is None else None


def _read_lone_note(raw: bytes, text: str, rules: Rules) -> Hop | None:
    """Return the Hop of a field that consists of one note, where a note that differs in digits only is known."""
    match = LONE_NOTE.match(text)
    if match is None or not text.isascii():
        return None
    make: Make = (_DIGITS.sub("0", match["lead"]),)
    plan = _plans.get(make)
    if type(plan) is tuple:
        return _follow(plan, match.groups(), raw)
    return _learn(make, match, rules(raw, text), by_id=True) if plan is None else None


@remembered(_MEMO)
def _kind_of_name(name: str) -> str:
    """Return what the comment table takes a name before an address for: a name, or a word that says something."""
    text = f"({name} [192.0.2.1])"
    told = explain(text, 1, len(text), depth=1, comment=0, server=False)
    # Most names are told at once, as a whole; what stands behind them is the same for all.
    parts = told[0] if told and told[1] == 1 + len(name) else read_parts(text, 0, len(text), server=False)
    return " ".join([part.kind for part in parts])


def _learn(make: Make, match: re.Match[str], hop: Hop, *, by_id: bool) -> Hop:
    """Keep how the rules understood a field of this make, and return what they read.

    ``by_id`` tells whether the make holds already what the id says, if it could say anything.
    """
    if len(_plans) >= _MAX_PLANS:
        _plans.clear()
    # What is wrong in one field, a date that is none above all, may not teach how others are read.
    if hop.date is not None and (match.re is LONE_NOTE or _has_only_addresses(match.groups())):
        undecided = not by_id and _needs_id(match, hop)
        _plans[make] = _BY_ID if undecided else _plan(match, hop) or _BY_RULES
    return hop


def _has_only_addresses(groups: Groups) -> bool:
    """Return whether everything that looks like an address is one; else the field tells nothing about its make."""
    return all(read_address(text) for index in _ADDRESSES if (text := groups[index]))


def _needs_id(match: re.Match[str], hop: Hop) -> bool:
    lead = readable(match["lead"] or "").strip(" \t()")
    return not recognise_words(software=hop.software, protocol=hop.protocol, lead=lead, by=hop.by)


def _plan(match: re.Match[str], hop: Hop) -> Plan | None:
    """Return from which group each attribute came, or None where one came from elsewhere."""
    groups = {span: place for place, span in enumerate(match.regs[1:]) if span[0] >= 0}
    spans = {name: span if isinstance(span, Span) else span[0] for name, span in hop.spans.items()}
    if (
        _values_decide(match, hop)
        or any(name in spans and spans[name] not in groups for name in _OWN)
        or len(hop.recipients) > 1
    ):
        return None
    # What is not there is picked from a group that no field of this make has.
    absent = match.groups().index(None)
    places = [groups[spans[name]] if name in spans else absent for name in _OWN]
    return (itemgetter(*places), *(getattr(hop, name) for name in _SHARED))


def _values_decide(match: re.Match[str], hop: Hop) -> bool:
    """Return whether the names and addresses themselves tell how a field like this one is read."""
    if hop.family in _NAME_DECIDES:
        return True
    if hop.ip is None:
        return False
    # Whether the machine itself is the client, or FROM names another address than the comment.
    return tells_local(hop.protocol or "") or (
        hop.family in _ADDRESS_FIRST and bool(match["ip0"] or match["bare"])
    )


def _follow(plan: Plan, groups: Groups, raw: bytes) -> Hop | None:
    """Return a Hop whose values are taken by the plan, or None where an address is none."""
    hop = Blank()
    (
        pick, hop.rdns_status, hop.software, hop.family, hop.via, hop.protocol, hop.auth, hop.tls,
        hop.network, hop.network_reason,
    ) = plan  # fmt: skip
    (
        hop.from_name, hop.helo, hop.rdns, hop.ident, hop.by, hop.id, hop.envelope_from,
        ip, by_ip, port, recipient,
    ) = pick(groups)  # fmt: skip
    hop.raw = raw
    hop.ip = address = ip and read_address(ip)
    hop.by_ip = by_address = by_ip and read_address(by_ip)
    hop.port = port and int(port)
    hop.recipients = (recipient,) if recipient else ()
    if (ip and address is None) or (by_ip and by_address is None):
        return None
    hop.__class__ = Hop
    return hop  # type: ignore[no-any-return]
