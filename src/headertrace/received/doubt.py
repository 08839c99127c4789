"""FROM where the family's address is the first: read again where a client's words may stand behind it."""

from __future__ import annotations

import re

from headertrace.received.claims import GREETINGS, claim_behind, only_word
from headertrace.received.comments import read_parts
from headertrace.received.draft import Draft
from headertrace.received.families.family import Family
from headertrace.received.grammar import IPV4, IPV6
from headertrace.received.parts import Part
from headertrace.received.seen import address_of, address_of_first_word, bare_at_end, take

# A bare address ends the clause, or the RFC 1413 user in a comment behind it
_ENDS_BARE = re.compile(r"\](?:\s++\(\w{1,32}+\))?+\s*+\Z")
# The longest such user, and a fold on either side
_LONGEST_END = 64
# Before any greeting, a comment that opens with an address is the server's, and a literal behind FROM is not.
_OPENS_WITH_ADDRESS = re.compile(rf"\s++\(\[(?:IPv6:)?+(?:{IPV4}|{IPV6})[\]:]")
# What a server writes of its client: parentheses in pairs, no deeper than two, and no escapes
_PAIRED = re.compile(r"(?:[^()\\]++|\((?:[^()\\]++|\([^()\\]*+\))*+\))*+\Z")


def trust_first_address(draft: Draft, family: Family) -> None:
    """Read FROM again where something in it is in doubt and the family's address is the first."""
    unmarked = _unmarked_greeting(draft) if family.unmarked else None
    if (
        not (family.address_first or unmarked)
        or draft.client is None
        or not (unmarked or _is_in_doubt(draft))
        or _is_greeted_before_bare(draft, *draft.client)
    ):
        return
    start, end = draft.client
    for name in ("ip", "port", "ident", "rdns_status"):
        # An address that was glued to the first word stands before the rest, and stays.
        if name in draft.spans and draft.spans[name].start >= start:
            del draft.values[name], draft.spans[name]
    draft.parts = [part for part in draft.parts if not start <= part.start < end]
    draft.remarks = [remark for remark in draft.remarks if not start <= remark.span.start < end]
    told_inside = not unmarked and _OPENS_WITH_ADDRESS.match(draft.text, start, end)
    if "from_name" in draft.values and "ip" not in draft.values and not told_inside:
        address_of_first_word(draft)
    parts = [unmarked] if unmarked else read_parts(draft.text, start, end, server=False)
    first = next((part.end for part in parts if part.kind == "address"), end)
    told = start if "ip" in draft.values else first
    # What stands between the address and the greeting is still the server's word.
    greeting = next((part.start for part in parts if part.kind in GREETINGS and part.start > told), told)
    for part in claim_behind(greeting, parts):
        take(draft, part)


def _unmarked_greeting(draft: Draft) -> Part | None:
    """Return the comment of one word behind the server's literal; without brackets stands a greeting."""
    word = str(draft.values.get("from_name", ""))
    behind_literal = word.startswith("[") and address_of(word) is not None
    return only_word(draft.text, *draft.client) if draft.client and behind_literal else None


def _is_in_doubt(draft: Draft) -> bool:
    """Whether a client claims something, or the address after FROM is another one than in the comments.

    Parentheses without a partner, and escapes, are the client's as well.
    """
    if draft.client and not _PAIRED.match(draft.text, *draft.client):
        return True
    other = address_of(str(draft.values.get("from_name", "")))
    return (other and other != draft.values.get("ip")) or any(part.kind == "claimed" for part in draft.parts)


def _is_greeted_before_bare(draft: Draft, start: int, end: int) -> bool:
    """Whether FROM is Exim 3's `NAME (GREETING) [ADDRESS]`, in which nothing marks the greeting."""
    if not draft.bare_address:
        return False
    if bare_at_end(draft.text, start, end) is not None:
        return True
    marked = any(part.kind in GREETINGS for part in draft.parts)
    return not marked and _ENDS_BARE.search(draft.text, max(start, end - _LONGEST_END), end) is not None
