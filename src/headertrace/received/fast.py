"""The commonest fields in one match: what comes out is what the rules read, only sooner.

How a field of the common shape is to be understood depends on what the server's notes tell, on the family
that its name tells and on which parts are there, not on the names, addresses and versions themselves: so
the rules are asked once for each such make, the answer is kept as a plan, and the next field of the make
takes its values by the plan. Anything else falls through to the rules. Tests over corpora and random
fields hold both to the same Hop.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from enum import Enum
from itertools import compress
from operator import itemgetter

from headertrace.received.comments import explain
from headertrace.received.draft import readable
from headertrace.received.families.recognise import recognise_by, recognise_id, recognise_words
from headertrace.received.hop import Hop
from headertrace.received.notes import NO_NOTES, SOURCES, Notes, kind_of_lead, tell_notes
from headertrace.received.plan import Groups, Plan, follow, plan_of, teaches
from headertrace.received.shape import LONE_NOTE, SHAPE
from headertrace.remembered import remembered

# Makes differ by kinds of notes and by parts: one archive shows some hundreds, fifteen thousand messages from
# three archives 888, at 0.6 KB each. At the bound all are forgotten, which costs a second asking.
_MAX_PLANS = 4096
# Few fields are longer, and what is remembered of a make holds its notes.
_LONGEST = 1024
_MEMO = 8192

Make = tuple[object, ...]
Rules = Callable[[bytes, str], Hop]

# Words of x's only are for the rules; the pattern begins with a letter, as that is looked for quickest.
_BLANKED = re.compile(r"x(?<![\w.@-]x)[.@-]*+x")
# Numbers that stand alone are those of processes and users.
_NUMBER = re.compile(r"(?<= )\d++(?= |\Z)")
# Kinds of words beside an address that tell nothing but themselves.
_PLAIN = frozenset(("name", "failed", "server-name"))
_place = {name: index - 1 for name, index in SHAPE.groupindex.items()}
_noted: Callable[[Groups], Groups] = itemgetter(
    *(_place[name] for names in SOURCES for name in names),
)
_by, _id, _rdns, _own_name = (_place[name] for name in ("by", "id", "rdns", "own_name"))
_lead, _via = (_place[name] for name in ("lead", "via"))
_status, _word, _late_from = (_place[name] for name in ("status", "word", "late_from"))
_for, _day, _utc = (_place[name] for name in ("for", "day", "utc"))
# Which parts are there matters up to the recipient, who is taken wherever he is there, and in the date only
# where no word tells the family.
_PARTS, _DATE = tuple(range(_for)), tuple(range(_day, SHAPE.groups))


class _Ask(Enum):
    """What stands in a plan's place: only the rules can tell, or the id's grammar decides first."""

    RULES = 1
    ID = 2


# Bound once: to find a member in its class costs as much as to look a plan up.
_ASK_RULES, _ASK_ID = _Ask.RULES, _Ask.ID
_plans: dict[Make, Plan | _Ask] = {}


def read_fast(raw: bytes, text: str, rules: Rules) -> Hop | None:
    """Return the Hop of a field of the common shape, or None: then the rules have to read it.

    ``rules`` is the reader that is asked where a make is met for the first time.
    """
    match = SHAPE.match(text) if len(text) <= _LONGEST else None
    if match is None or not text.isascii() or _BLANKED.search(text):
        return _read_lone_note(raw, text, rules)
    groups = match.groups()
    notes = tell_notes(_noted(groups))
    make = _make_of(groups, notes)
    plan = _plans.get(make)
    by_id = plan is _ASK_ID
    if by_id:
        make = _with_id(make, groups)
        plan = _plans.get(make)
    if type(plan) is tuple:
        return follow(plan, groups, raw, notes)
    return _learn(make, match, rules(raw, text), notes, by_id=by_id) if plan is None else None


def _make_of(groups: Groups, notes: Notes) -> Make:
    """Return whose name BY has, whether the looked-up name is one, what words and notes say, which parts are there."""
    server, client, later, protocol = notes
    lead, rdns, own_name, via = groups[_lead], groups[_rdns], groups[_own_name], groups[_via]
    return (
        recognise_by(groups[_by]),
        rdns and _kind_of_name(rdns),
        own_name and _kind_of_own_name(own_name),
        lead and kind_of_lead(lead),
        via and _plain(via),
        groups[_status],
        groups[_word],
        groups[_late_from] is None,
        server.kind,
        client.kind,
        later.kind,
        protocol.kind,
        *compress(_PARTS, groups),
    )


def _with_id(make: Make, groups: Groups) -> Make:
    """Return the make with what tells a family that no word tells: its id, and how it writes the date."""
    return (*make, recognise_id(groups[_id] or ""), groups[_utc], *compress(_DATE, groups[_day:]))


def _read_lone_note(raw: bytes, text: str, rules: Rules) -> Hop | None:
    """Return the Hop of a field that consists of one note, where a note that differs in digits only is known."""
    match = LONE_NOTE.match(text)
    if match is None or not text.isascii():
        return None
    make: Make = (_NUMBER.sub("0", match["lead"]),)
    plan = _plans.get(make)
    if type(plan) is tuple:
        return follow(plan, match.groups(), raw, NO_NOTES)
    return _learn(make, match, rules(raw, text), NO_NOTES, by_id=True) if plan is None else None


# Protocols and links are few, but for their folds.
_plain = remembered(256)(readable)


@remembered(_MEMO)
def _kind_of_name(name: str) -> str:
    """Return what the comment table takes a client's name before an address for: see ``_told``."""
    return _told(name, server=False)


@remembered(_MEMO)
def _kind_of_own_name(name: str) -> str:
    """Return what the comment table takes a server's name before an address for: see ``_told``."""
    return _told(name, server=True)


def _told(name: str, *, server: bool) -> str:
    """Return one kind for all words that are names, or tell that there is none; else the word itself."""
    text = f"({name} [192.0.2.1])"
    told = explain(text, 1, len(text), depth=1, comment=0, server=server)
    if told is None or told[1] != 1 + len(name) or len(told[0]) != 1 or told[0][0].kind not in _PLAIN:
        return name
    return told[0][0].kind


def _learn(make: Make, match: re.Match[str], hop: Hop, notes: Notes, *, by_id: bool) -> Hop:
    """Keep how the rules understood a field of this make, and return what they read.

    ``by_id`` tells whether the make holds already what the id says, if it could say anything.
    """
    if len(_plans) >= _MAX_PLANS:
        _plans.clear()
    if teaches(match, hop):
        if not by_id and _needs_id(match, hop):
            _plans[make] = _ASK_ID
            make = _with_id(make, match.groups())
        _plans[make] = plan_of(match, hop, notes) or _ASK_RULES
    return hop


def _needs_id(match: re.Match[str], hop: Hop) -> bool:
    lead = readable(match["lead"] or "").strip(" \t()")
    return not recognise_words(software=hop.software, protocol=hop.protocol, lead=lead, by=hop.by)
