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
from typing import Any

from headertrace.received.comments import explain
from headertrace.received.draft import readable
from headertrace.received.families.recognise import recognise_by, recognise_id, recognise_words
from headertrace.received.hop import Hop
from headertrace.received.notes import (
    NO_NOTES,
    NOTHING,
    SOURCES,
    Told,
    kind_of_lead,
    tell_notes,
    told_together,
)
from headertrace.received.plan import Groups, Plan, follow, plan_of, teaches
from headertrace.received.shape import LONE_NOTE, SHAPE
from headertrace.remembered import remembered

# Makes differ by kinds of notes and by parts: one archive shows some hundreds, fifteen thousand messages from
# three archives 888, at 0.6 KB each. At the bound all are forgotten, which costs a second asking.
_MAX_PLANS = 4096
# Few fields are longer, and what is remembered of a make holds its notes.
_LONGEST = 1024
_MEMO = 8192

Words = tuple[Any, ...]
Make = tuple[object, ...]
Rules = Callable[[bytes, str], Hop]

# Words of x's only are for the rules; the pattern begins with a letter, as that is looked for quickest.
_BLANKED = re.compile(r"x(?<![\w.@-]x)[.@-]*+x")
# Numbers that stand alone are those of processes and users; in brackets stands which client it was.
_NUMBER = re.compile(r" \d++(?= |\Z)|\[[\w.:/-]++\]\Z", re.A)
# Kinds of words beside an address that tell nothing but themselves.
_PLAIN = frozenset(("name", "failed", "server-name"))
_place = {name: index - 1 for name, index in SHAPE.groupindex.items()}
_NOTED = [name for names in SOURCES for name in names]
# The texts that decide how a field is understood: its notes, and other words.
_words_of: Callable[[Groups], Words] = itemgetter(
    *(_place[name] for name in (*_NOTED, "lead", "own_name", "local_name", "via", "status", "word"))
)
_by, _id, _rdns, _late_from = (_place[name] for name in ("by", "id", "rdns", "late_from"))
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
    words = _words_of(groups)
    told = _tell(words)
    rdns = groups[_rdns]
    # Whose name BY has, whether the looked-up name is one, what the words tell, and which parts are there.
    make: Make = (
        recognise_by(groups[_by]),
        rdns and _kind_of_name(rdns),
        told.kind,
        groups[_late_from] is None,
        *compress(_PARTS, groups),
    )
    plan = _plans.get(make)
    by_id = plan is _ASK_ID
    if by_id:
        make = _with_id(make, groups)
        plan = _plans.get(make)
    if type(plan) is tuple:
        return follow(plan, groups, raw, told)
    return _learn(make, match, rules(raw, text), by_id=by_id) if plan is None else None


@remembered(_MAX_PLANS)
def _tell(words: Words) -> Told:
    """Return what a field's notes and words tell; together they are no longer than ``_LONGEST``."""
    *notes, lead, own_name, local_name, via, status, word = words
    return told_together(
        tell_notes(notes),
        lead and kind_of_lead(lead),
        own_name and _kind_beside_address(own_name, server=True),
        local_name and _kind_beside_address(local_name, server=False),
        via and readable(via),
        status,
        word,
    )


def _with_id(make: Make, groups: Groups) -> Make:
    """Return the make with what tells a family that no word tells: its id, and how it writes the date."""
    return (*make, recognise_id(groups[_id] or ""), groups[_utc], *compress(_DATE, groups[_day:]))


def _read_lone_note(raw: bytes, text: str, rules: Rules) -> Hop | None:
    """Return the Hop of a field that is one note, where one is known that differs in numbers and clients only."""
    match = LONE_NOTE.match(text)
    if match is None or not text.isascii():
        return None
    lead = match["lead"]
    make: Make = (_NUMBER.sub(" 0", lead), lead.endswith("]"))
    plan = _plans.get(make)
    if type(plan) is tuple:
        return follow(plan, match.groups(), raw, NOTHING)
    return _learn(make, match, rules(raw, text), by_id=True) if plan is None else None


@remembered(_MEMO)
def _kind_of_name(name: str) -> str:
    """Return what the comment table takes a client's name before an address for."""
    return _kind_beside_address(name, server=False)


def _kind_beside_address(name: str, *, server: bool) -> str:
    """Return one kind for all words that are names, or tell that there is none; else the word itself."""
    # A dot behind a single word may make it another one.
    words = (name,) if "." in name else (name, f"{name}.")
    kinds = {_kind_of_word(word, server=server) for word in words}
    return name if len(kinds) > 1 else kinds.pop() or name


def _kind_of_word(word: str, *, server: bool) -> str | None:
    """Return what a word before an address is, if it is a name or tells that there is none."""
    text = f"({word} [192.0.2.1])"
    told = explain(text, 1, len(text), depth=1, comment=0, server=server)
    if told is None or told[1] != 1 + len(word) or len(told[0]) != 1 or told[0][0].kind not in _PLAIN:
        return None
    return told[0][0].kind


def _learn(make: Make, match: re.Match[str], hop: Hop, *, by_id: bool) -> Hop:
    """Keep how the rules understood a field of this make, and return what they read.

    ``by_id`` tells whether the make holds already what the id says, if it could say anything.
    """
    if len(_plans) >= _MAX_PLANS:
        _plans.clear()
    if teaches(match, hop):
        if not by_id and _needs_id(match, hop):
            _plans[make] = _ASK_ID
            make = _with_id(make, match.groups())
        notes = tell_notes(match.group(*_NOTED)) if match.re is SHAPE else NO_NOTES
        _plans[make] = plan_of(match, hop, notes) or _ASK_RULES
    return hop


def _needs_id(match: re.Match[str], hop: Hop) -> bool:
    lead = readable(match["lead"] or "").strip(" \t()")
    return not recognise_words(software=hop.software, protocol=hop.protocol, lead=lead, by=hop.by)
