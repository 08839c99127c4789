"""The name of a blocklist inside a refusal, also of one that nobody here has heard of.

A name is weighed: does the text point at it ("blocked using", "listed at"), does it look like a list's
zone (``dnsbl.``, ``rbl.``), does the text speak of listing at all, and is it rather one of the two servers?
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from headertrace.bounces.phrases import word_list
from headertrace.bounces.sides import Sides

# Longer replies repeat themselves; this bounds the work on a hostile one.
CANDIDATE_LIMIT = 60
# How many characters before and behind a name are looked at.
BEFORE, BEHIND = 50, 12

# What each sign adds. A pointer or a telling label, together with a text that speaks of listing, is enough.
POINTED, LABELLED, LISTING, VAGUE = 4, 4, 2, -3
ENOUGH = POINTED + LISTING
# A page's address counts less than a name: many refusals link a page of help.
LOOKUP_PAGE, PAGE_LABELLED, PAGE_LISTING, PAGE_OF_RECEIVER = 3, 2, 1, -3
ENOUGH_FOR_PAGE = LOOKUP_PAGE

_LABEL = r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9])?"
_NAME = re.compile(rf"(?<![\w@.%-])(?:{_LABEL}\.){{1,9}}[a-z][a-z0-9-]{{1,24}}(?![\w@-])")
_LINK = re.compile(r"\bhttps?://([a-z0-9.-]{3,255})(?::\d{1,5})?([^\s\"'<>\[\]#]{0,400})")

_LIST = r"(?:dns)?(?:rbl|dnsbl|black ?list|block ?list|lists?|server|zone|site)"
_VERBS = r"using|by|at|in|on|from|via|through|with|against|per|see|listed|due to|according to"
_PLACES = rf"{_LIST}|service|database|provider"
# What stands directly before the name of a list.
_POINTS = re.compile(
    rf"(?:\b(?:{_VERBS}|{_PLACES})(?: the| our| a)?(?: {_LIST})?[\s:='\"(<\[*_-]{{1,4}}|\b(?:dnsbl|rbl):|\[)$"
)
# So plainly that even a name of the receiver's own counts: it keeps a list itself.
_NAMES_LIST = re.compile(
    r"\b(?:(?:blocked|rejected|refused) using|(?:black|block)?listed (?:in|on|at|by)"
    r"|(?:list|rbl|dnsbl) (?:at|by|on))[\s:'\"(<\[]{1,3}$"
)
_VAGUE = re.compile(r"(?:\b(?:from|via|see)|\[)[\s:='\"(<\[]{0,4}$")
_LIST_LABEL = re.compile(
    r"(?:^|[.-])(?:"
    r"[a-z0-9]{0,12}(?:dnsbl|dnsrbl|rbl|rhsbl|drbl|blocklist|blacklist|denylist|blackholes?|blocked)[a-z0-9]{0,4}"
    r"|[a-z]{0,4}bl\d?|dul|zen|relays?|spamsources|spam|truncate|badhost"
    r")(?=[.-])"
)
_LOOKUP_PATH = re.compile(
    r"look-?up|quer|rbl|dnsbl|black-?list|block|de-?list|remov|reputation|check|listing|listed|bl\.|ip=|bounce|spam"
    r"|\d+\.\d+\.\d+\.\d+"
)
_IS_HOST = re.compile(r"\.? ?[\[(](?:\d{1,3}\.\d{1,3}\.|ipv6|[0-9a-f]{1,4}:)|\.? said\b")
_OWNER = re.compile(r"(?:\b(?:helo|ehlo|host|h|hostname|sender domain|name)[ =:\[<(]{1,3}|@)$")
_FILES = (".html", ".htm", ".php", ".txt", ".shtml", ".asp", ".aspx", ".cgi", ".eml", ".exe")
_INNER = (".local", ".localdomain", ".lan")
_NO_NAMES = frozenset({"e.g", "i.e"})


@dataclass(frozen=True, slots=True, kw_only=True)
class ZoneName:
    """A name given to a list: a DNS zone, or the host of its page (``link``); a higher weight is surer.

    ``own``: it lies in a domain of the receiver.
    """

    name: str
    weight: int
    link: str | None = None
    own: bool = False


def speaks_of_listing(text: str) -> bool:
    """Return whether a reply speaks of lists, blocking or reputation at all."""
    return word_list("listing").search(text.lower()) is not None


def zone_names(text: str, sides: Sides) -> list[ZoneName]:
    """Return the names in a reply that may be lists, best first."""
    lower = text.lower()
    listing = speaks_of_listing(lower)
    found = [*_plain(lower, listing, sides), *_links(lower, listing, sides)]
    return sorted(found, key=lambda name: -name.weight)


def _plain(text: str, listing: bool, sides: Sides) -> Iterator[ZoneName]:
    bare = _LINK.sub(lambda link: " " * len(link[0]), text)
    for match in islice(_NAME.finditer(bare), CANDIDATE_LIMIT):
        name = match[0].rstrip(".")
        before = bare[max(0, match.start() - BEFORE) : match.start()]
        own = sides.hold(name)
        if _is_no_list(name, before, bare[match.end() : match.end() + BEHIND]) or (
            own and not _is_list(name, before)
        ):
            continue
        weight = _weight(name, before, listing)
        if weight >= ENOUGH:
            yield ZoneName(name=name, weight=weight, own=own)


def _weight(name: str, before: str, listing: bool) -> int:
    pointed = POINTED * bool(_POINTS.search(before)) + VAGUE * bool(_VAGUE.search(before))
    return pointed + LABELLED * bool(_LIST_LABEL.search(name)) + LISTING * listing


def _is_no_list(name: str, before: str, behind: str) -> bool:
    is_file = name in _NO_NAMES or name.endswith(_FILES + _INNER)
    return is_file or bool(_IS_HOST.match(behind) or _OWNER.search(before))


def _is_list(name: str, before: str) -> bool:
    return bool(_NAMES_LIST.search(before) or _LIST_LABEL.search(name))


def _links(text: str, listing: bool, sides: Sides) -> Iterator[ZoneName]:
    for match in islice(_LINK.finditer(text), CANDIDATE_LIMIT):
        host = match[1].strip(".")
        weight = LOOKUP_PAGE * bool(_LOOKUP_PATH.search(match[2])) + PAGE_LISTING * listing
        weight += PAGE_LABELLED * bool(_LIST_LABEL.search(host))
        weight += PAGE_OF_RECEIVER * sides.hold(host)
        if weight >= ENOUGH_FOR_PAGE:
            yield ZoneName(name=host.removeprefix("www."), weight=weight, link=match[0].rstrip(".,;)"))
