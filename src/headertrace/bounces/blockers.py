"""Which list or reputation system a refusal names."""

from __future__ import annotations

import re

from headertrace.blocklists.blocklist import Blocklist, Subject
from headertrace.blocklists.catalogue import find
from headertrace.blocklists.keys import redact
from headertrace.blocklists.wordings import Mention, mentioned
from headertrace.bounces.bounce import Blocker, BlockerKind, Cause
from headertrace.bounces.naming import NamedBy, Naming
from headertrace.bounces.sides import Sides
from headertrace.bounces.systems import System, system_by_host, system_by_link, system_by_words, systems
from headertrace.bounces.zone_names import ZoneName, speaks_of_listing, zone_names

# From this weight on a name is so plainly a list's that no other wording outweighs it.
SURE_WEIGHT = 8

_SUBLIST = re.compile(
    r"(?i)(?<![a-z])(SBL-?CSS|SBL-XBL|CSS|SBL|XBL|PBL|DROP|AuthBL|DUHL|RATS-[a-z]{2,8})(?![a-z])"
)
_NAME = r"[A-Z0-9][\w.+/-]{1,40}(?: (?:[A-Z][\w.+/-]{0,40}|\d{1,3})){0,4}"
# ``on the FooBar block list``: a name before the word for a list.
_BEFORE_NOUN = re.compile(
    rf"(?i:\b(?:on|in|by|at|using)) (?:the |our |your )?[\"']?({_NAME})[\"']? "
    r"(?i:black ?list|block ?list|deny ?list|dnsbl|rbl|reputation (?:list|database|service)|blackhole list)"
)
# ``blocked by ldap:ou=x``, ``listed in FooBar``: a name that is no host.
_AFTER_VERB = re.compile(
    r"(?i:\b(?:blocked|listed|blacklisted|blocklisted|banned|rejected|refused|found|blackholed|list))"
    r"(?: by| using| in| on| at| via| with)(?: the| our)? "
    rf"[\"'(<]?([a-z]{{1,12}}[:=][\w=,.:-]{{2,80}}|{_NAME})"
)
# What stands directly before a name makes it the reason: "blocked using", "listed in".
_USING = re.compile(r"\b(?:blocked using|(?:black|block)?listed (?:in|on|at|by))(?: the)? $")
# "Rejected by Spamhaus", and not a word more.
_BY = re.compile(r"\b(?:rejected|refused|denied) by (?:the )?$")
# "192.0.2.1 is in the Spamhaus SBL": no other word outweighs that.
_IS_IN = re.compile(r"\b(?:(?:is|was) |found |listed )(?:in|on|at|by) (?:the )?$")
_NO_LIST_NAMES = re.compile(
    r"(?i)^(?:recipient|sender|policy|administrator|user|our|your|this|local|remote|server|system|host|client|mail"
    r"|email|ip|message|spam|content|the|an?|it|rcpt|data|please|see|access|service|antispam|filter|organi[sz]ation"
    r"|domain|customer|tenant|site|rule|security|\d+)\b"
)


def name_blocker(text: str, sides: Sides, *, names_address: bool = False) -> Naming | None:
    """Return what a reply names as its reason."""
    lower = text.lower()
    mention = _best_mention(text)
    if (system := system_by_words(lower)) is not None:
        return _of_system(system, text, mention)
    if (system := system_by_link(lower)) is not None:
        return _of_system(system, text, mention, NamedBy.LINK)
    if mention is not None and _is_place(mention):
        return _of_list(mention.blocklist, text, sure=True)
    return _by_name(text, sides, mention, names_address)


def receiver_of(host: str | None) -> Naming | None:
    """Return the system that a mail exchanger belongs to, by its name."""
    system = system_by_host(host)
    return _of_system(system, "", None, NamedBy.NAME) if system is not None else None


def _by_name(text: str, sides: Sides, mention: Mention | None, names_address: bool) -> Naming | None:
    """A zone in the text tells most, then a name that we know, then the host of a page, then any name."""
    names = zone_names(text, sides)
    zones = [name for name in names if name.link is None]
    if zones:
        return _of_zone(zones[0], text)
    listing = speaks_of_listing(text)
    told = listing or (mention and (names_address or _is_who_refused(text, mention)))
    known = _by_known_name(text, mention, names_address) if told else None
    if known is not None or not (names or listing):
        return known
    return _of_zone(names[0], text) if names else _by_any_name(text)


def _best_mention(text: str) -> Mention | None:
    found = mentioned(text)
    return max(found, key=lambda mention: (_is_place(mention), len(mention.words))) if found else None


def _is_place(mention: Mention) -> bool:
    return "." in mention.words


def _is_who_refused(text: str, mention: Mention) -> bool:
    return bool(_BY.search(text[: mention.span.start].lower()))


def _by_known_name(text: str, mention: Mention | None, names_address: bool) -> Naming | None:
    if mention is not None:
        pointed = names_address and _IS_IN.search(text[: mention.span.start].lower()) is not None
        return _of_list(mention.blocklist, text, sure=pointed)
    lower = text.lower()
    for system in systems():
        if named := system.names.search(lower):
            plainly = _USING.search(lower[: named.start()])
            return _of_system(system, text, None, NamedBy.WORDS if plainly else NamedBy.NAME)
    return None


def _by_any_name(text: str) -> Naming | None:
    called = _BEFORE_NOUN.search(text) or _AFTER_VERB.search(text)
    if called is None or _NO_LIST_NAMES.match(called[1]):
        return None
    return Naming(blocker=Blocker(name=called[1].rstrip(".,"), kind=BlockerKind.UNKNOWN_LIST), sure=False)


def _of_system(system: System, text: str, mention: Mention | None, by: NamedBy = NamedBy.WORDS) -> Naming:
    row = system.row
    behind = _behind(text, mention)
    blocker = Blocker(
        name=row["name"],
        kind=BlockerKind(row["kind"]),
        operator=row.get("operator"),
        zone=mention.blocklist.zone if mention and behind else None,
        sublist=behind,
        lookup=row.get("lookup"),
        removal=row.get("removal") or (mention.blocklist.removal if mention else None),
        note=row.get("note"),
        checked=row.get("checked", True),
    )
    cause = Cause(row["cause"]) if "cause" in row else None
    explain = tuple(row.get("explain", ()))
    return Naming(blocker=blocker, sure=by is not NamedBy.NAME, by=by, cause=cause, explain=explain)


def _behind(text: str, mention: Mention | None) -> str | None:
    """Return the public list that a private system says it follows."""
    if mention is None:
        return None
    part = _sublist(text)
    return f"{mention.blocklist.operator} {part}" if part else mention.blocklist.name


def _of_zone(found: ZoneName, text: str) -> Naming:
    known = find(found.name)
    if known is not None:
        return _of_list(known, text, sure=True)
    blocker = Blocker(
        name=redact(found.name),
        kind=BlockerKind.RECEIVER if found.own else BlockerKind.UNKNOWN_LIST,
        zone=None if found.link else redact(found.name),
        lookup=found.link,
    )
    return Naming(blocker=blocker, sure=found.weight >= SURE_WEIGHT)


def _of_list(blocklist: Blocklist, text: str, *, sure: bool) -> Naming:
    sublist = _sublist(text)
    if sublist and blocklist.zone not in text.lower():
        # "listed in Spamhaus SBL", with the page of the whole: the part says more.
        blocklist = find(f"{blocklist.operator} {sublist}") or blocklist
    kind = BlockerKind.DEAD_LIST if blocklist.dead else BlockerKind.PUBLIC_LIST
    if blocklist.subject is Subject.DOMAIN:
        kind = BlockerKind.DOMAIN_LIST
    blocker = Blocker(
        name=blocklist.name,
        kind=kind,
        operator=blocklist.operator,
        zone=blocklist.zone or None,
        sublist=sublist,
        lookup=blocklist.lookup,
        removal=blocklist.removal,
        note=blocklist.story or blocklist.leaving,
    )
    return Naming(blocker=blocker, sure=sure, blocklist=blocklist)


def _sublist(text: str) -> str | None:
    found = _SUBLIST.search(text)
    return found[1].upper().replace("SBLCSS", "CSS").replace("SBL-CSS", "CSS") if found else None
