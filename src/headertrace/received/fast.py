"""The commonest fields in one match: what comes out is what the rules read, only sooner.

One pattern holds the shape that nine fields in ten have. How a field of that shape is to be
understood depends on the server's notes, on the family that its name tells and on which parts are
there, not on the names and addresses themselves: so the rules are asked once for each such make,
the answer is kept as a plan, and the next field of the make takes its values by the plan. Anything
else falls through to the rules. Tests over corpora and random fields hold both to the same Hop.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from enum import Enum
from functools import lru_cache
from operator import itemgetter
from typing import Any, NamedTuple

from headertrace.received.address import read_address
from headertrace.received.comments import read_parts
from headertrace.received.families.recognise import recognise_by, recognise_id
from headertrace.received.hop import Hop
from headertrace.vocabulary import Span

_HOST = r"(?=[\d.-]*+[A-Za-z_])[A-Za-z0-9_][\w-]*+(?:\.[\w-]++)*+"
_IP = r"\d{1,3}+\.\d{1,3}+\.\d{1,3}+\.\d{1,3}+|[\da-fA-F]{1,4}+:[\da-fA-F:]{2,35}+(?:%\w{1,8}+)?+|::1"
# The server's second name beside its address (amavis): with a dot, as single words may say something.
_OWN_NAME = r"(?!TLS|SSL)\.?+(?:[\w-]++(?:\.[\w-]++)++|localhost)"
_MAILBOX = r'(?!unknown|recipients|undisclosed|multiple|\d++[ -])[^\s<>()",;=@]++(?:@[^\s<>()",;=]++)?+'
_NOTE = r"\((?![Hh][Ee][Ll][Oo]|[Ee][Hh][Ll][Oo]|envelope)[^()]*+(?:\([^()]*+\)[^()]*+)?+\)"
_TLS_NOTE = r"\((?:using\s|No\sclient|Client\sdid|Authenticated\ssender|authenticated\b)[^()]*+(?:\([^()]*+\)[^()]*+)*+\)"
_SHAPE = re.compile(
    rf"""
    \s*+(?P<lead>\([^()]*+\)\s++)?+
    (?:from\s++(?:(?P<pickup>mail\s++pickup\s++service)
      |(?P<from_name>\[(?:IPv6:)?+(?P<ip0>{_IP})\]|(?P<bare>\d++\.\d++\.\d++\.\d++)(?=\s)|[\w-]++(?:\.[\w-]++)*+))
      (?:\s++(?:
          \( (?:(?:(?:IDENT:)?+(?P<ident2>[^\s()@\[\]]{{1,128}}+)@)?+(?P<rdns>{_HOST})(?P<dot>\.)?+\s++)?+ \[(?:IPv6:)?+(?P<ip>{_IP})\]
             (?::(?P<port>\d{{1,5}}+))?+ (?:\s++helo=(?P<helo>[^\s()"]{{1,255}}+))?+
             (?P<status>\s++(?:\(may\sbe\sforged\)|unverified|RDNS\sfailed))?+ \)
        | \(HELO\s++(?P<helo2>[^\s()]++)\)\s++\((?:(?P<ident>[\w.-]++)@)?+(?P<bracket>\[)?+(?P<ip2>{_IP})\]?+\)
        | \(helo=(?P<helo3>[^\s()"]{{1,255}}+)\)
        | \((?P<ip3>{_IP})\)
        | \[(?P<ip4>{_IP})\]
      ))?+
      (?P<client>(?:\s++{_TLS_NOTE})*+)
    \s++)?+
    by\s++(?P<by>{_HOST})(?:\s++\((?:{_OWN_NAME}\s++(?=\[))?+\[?+(?P<by_ip>{_IP})\]?+\))?+
      (?P<by_notes>(?:\s++{_NOTE})*+)
    (?:\s++with\s++(?P<with>Microsoft\s++SMTP\s++Server|Microsoft\s++SMTPSVC(?:\([\d.]++\))?+|[A-Za-z0-9]++(?:/TLS/[\w-]++)?+)
       (?P<with_notes>(?:\s++(?:{_NOTE}|tls\s++[A-Z0-9_]++))*+))?+
    (?:\s++\(envelope-from\s++<(?P<envelope_from>[^<>\s()]*+)>\))?+
    (?:\s++id\s++(?:<(?=[^\s<>]++>)|(?!<))(?P<id>[^\s()<>;,"]++)>?+)?+
    (?P<id_notes>(?:\s++{_NOTE})*+)
    (?:\s++via\s++(?P<via>(?:Frontend|Mailbox)\s++Transport))?+
    (?:\s++for\s++(?:<(?=[^\s<>]++>)|(?!<))(?P<for>{_MAILBOX})>?+)?+
    (?P<tail>(?:\s++{_NOTE})*+)
    ;\s++(?P<day>[A-Z][a-z]{{2}},\s++)?+\d\d?+\s++[A-Z][a-z]{{2}}\s++\d{{4}}\s++\d\d:\d\d:\d\d\s++
    (?:(?P<zone>[+-]\d{{4}})(?:\s++\([A-Za-z0-9+-]{{1,6}}\))?+|[A-Z]{{2,4}})
    (?:\s++\(envelope-from\s++(?:<(?=[^\s<>]*+>)|(?!<))(?P<late_from>[^<>\s(),;@]++@[^<>\s(),;@]++)>?+\))?+\s*+\Z
    """,
    re.X,
)


def _picker(*names: str) -> Callable[[tuple[str | None, ...]], tuple[Any, ...]]:
    """Return a function that picks these groups out of a match's groups."""
    return itemgetter(*(_SHAPE.groupindex[name] - 1 for name in names))


# A note that stands alone: qmail's own processes, list managers. Digits in it are no news.
_LONE_NOTE = re.compile(
    r"\s*+\((?P<lead>[^()]{1,80}+)\);\s++\d\d?+ [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d [+-]\d{4}\s*+\Z"
)
_DIGITS = re.compile(r"\d++")
# Attributes whose value is the text of a group; those of the second tuple are the same for all fields of a make.
_TEXTS = ("from_name", "helo", "rdns", "ident", "by", "id", "envelope_from")
_CONSTANTS = (
    "rdns_status", "software", "family", "via", "protocol", "auth", "tls", "network", "network_reason",
)  # fmt: skip
# Makes differ by notes (versions, ciphers, servers' own addresses): one archive shows some hundreds,
# mail from everywhere some thousands. At the bound all are forgotten, which costs a second asking.
_MAX_PLANS = 8192
# A make that the id has to decide is one longer.
_MAKE_LENGTH = 7


class _Plan(NamedTuple):
    """From which group each attribute is taken (0: it is None), and what all fields of the make share."""

    texts: tuple[int, ...]
    ip: int
    by_ip: int
    port: int
    recipient: int
    constants: tuple[object, ...]


# What of a field decides how it is understood: the text of these groups, ...
_notes = _picker("lead", "client", "by_notes", "with", "with_notes", "id_notes", "via", "tail", "status")
# ... whether these are there (the type of what they hold is asked for, as that is quickest), ...
_variable = _picker(
    "pickup", "from_name", "ip0", "bare", "ident2", "dot", "ip", "port", "helo", "helo2", "ident", "bracket",
    "helo3", "ip3", "ip4", "day", "envelope_from", "id", "for", "late_from",
)  # fmt: skip
# ... and something about the words in these.
_weighed = _picker("from_name", "rdns", "by", "by_ip", "zone")


class _Told(Enum):
    """What stands in a plan's place: only the rules can tell, or the id's grammar decides first."""

    BY_RULES = 1
    BY_ID = 2


_plans: dict[tuple[object, ...], _Plan | _Told] = {}
_set_texts = tuple(getattr(Hop, name).__set__ for name in _TEXTS)
_set_constants = tuple(getattr(Hop, name).__set__ for name in _CONSTANTS)
_set_raw, _set_ip, _set_by_ip, _set_port, _set_recipients = (
    getattr(Hop, name).__set__ for name in ("raw", "ip", "by_ip", "port", "recipients")
)


def read_fast(raw: bytes, text: str, rules: Callable[[bytes, str], Hop]) -> Hop | None:
    """Return the Hop of a field of the common shape, or None: then the rules have to read it.

    ``rules`` is the reader that is asked where a make is met for the first time.
    """
    match = _SHAPE.match(text)
    if match is None or not text.isascii() or "xx" in text:  # blanked words are for the rules
        return _read_lone_note(raw, text, rules)
    groups = match.groups()
    make = _make(groups)
    plan = _plans.get(make)
    if plan is _Told.BY_ID:
        make = (*make, recognise_id(match["id"] or ""))
        plan = _plans.get(make)
    if type(plan) is _Plan:
        return _follow(plan, groups, raw)
    return _learn(make, match, rules(raw, text)) if plan is None else None


def _read_lone_note(raw: bytes, text: str, rules: Callable[[bytes, str], Hop]) -> Hop | None:
    """Return the Hop of a field that consists of one note, where a note that differs in digits only is known."""
    match = _LONE_NOTE.match(text)
    if match is None or not text.isascii():
        return None
    make = (_DIGITS.sub("0", match["lead"]),)
    plan = _plans.get(make)
    if type(plan) is _Plan:
        return _follow(plan, (), raw)
    return _learn(make, match, rules(raw, text)) if plan is None else None


def _make(groups: tuple[str | None, ...]) -> tuple[object, ...]:
    """Return all that decides how the field is to be understood: notes, family, which parts are there."""
    first, rdns, by, by_ip, zone = _weighed(groups)
    return (
        _notes(groups),
        tuple(map(type, _variable(groups))),
        recognise_by(by),
        rdns and _kind_of_name(rdns),
        by_ip and read_address(by_ip) is None,
        first and first.lower() == "unknown",
        # What stands for no zone and for Greenwich some families write differently.
        zone if zone and zone.endswith("0000") else None,
    )


@lru_cache(maxsize=8192)
def _kind_of_name(name: str) -> tuple[str, ...]:
    """Return what the comment table takes a name before an address for: a name, or a word that says something."""
    text = f"({name} [192.0.2.1])"
    return tuple(part.kind for part in read_parts(text, 0, len(text), server=False))


def _learn(make: tuple[object, ...], match: re.Match[str], hop: Hop) -> Hop:
    """Keep how the rules understood a field of this make, and return what they read."""
    if len(_plans) >= _MAX_PLANS:
        _plans.clear()
    family = recognise_id(hop.id) if hop.id else None
    undecided = hop.family in ("generic", family and family.name) and len(make) == _MAKE_LENGTH
    _plans[make] = _Told.BY_ID if undecided else _plan(match, hop) or _Told.BY_RULES
    return hop


def _plan(match: re.Match[str], hop: Hop) -> _Plan | None:
    """Return from which group each attribute came, or None where one came from elsewhere."""
    groups = {match.span(index): index for index in match.re.groupindex.values() if match.start(index) >= 0}
    spans = {name: span if isinstance(span, Span) else span[0] for name, span in hop.spans.items()}
    wanted = [*_TEXTS, "ip", "by_ip", "port", "recipients"]
    if any(name in spans and spans[name] not in groups for name in wanted) or len(hop.recipients) > 1:
        return None
    *texts, ip, by_ip, port, recipient = (groups[spans[name]] if name in spans else 0 for name in wanted)
    return _Plan(tuple(texts), ip, by_ip, port, recipient, tuple(getattr(hop, name) for name in _CONSTANTS))


def _follow(plan: _Plan, groups: tuple[str | None, ...], raw: bytes) -> Hop | None:
    """Return a Hop whose values are taken by the plan, or None where an address is none."""
    text = (None, *groups)
    ip, by_ip, port, recipient = text[plan.ip], text[plan.by_ip], text[plan.port], text[plan.recipient]
    address = ip and read_address(ip)
    by_address = by_ip and read_address(by_ip)
    if (ip and not address) or (by_ip and not by_address):
        return None
    hop = Hop.__new__(Hop)
    _set_raw(hop, raw)
    for set_text, index in zip(_set_texts, plan.texts, strict=True):
        set_text(hop, text[index])
    for set_constant, value in zip(_set_constants, plan.constants, strict=True):
        set_constant(hop, value)
    _set_ip(hop, address)
    _set_by_ip(hop, by_address)
    _set_port(hop, port and int(port))
    _set_recipients(hop, (recipient,) if recipient else ())
    return hop
