"""Keywords that a client spoke: the recording server's own clauses stand behind what it saw of the client.

A client may greet with any words, `x by y` among them. What the server saw of it follows the greeting, and
its BY follows that: `from x by y (unknown [192.0.2.1]) by host`. So a BY behind such a comment ends the
FROM clause, whatever keywords stand before it; and so does a BY behind a parenthesis that has no partner,
as then the client closed the server's comment before the server did, or opened one in it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from headertrace.defects import Defect, DefectKind
from headertrace.received.grammar import IPV4, IPV6
from headertrace.received.marks import Mark

# `ip:192.0.2.1` is how Alibaba tells it.
_SEEN = re.compile(rf"(?:[\[(@/]|\bip:)(?:IPv6:)?+(?:{IPV4}(?![\w.])|{IPV6})", re.I)
# Servers of Windows write the address without a comment: `from GREETING [192.0.2.1] by host`, the oldest of
# them `from GREETING - 192.0.2.1 by host`; Amazon's tell the port as well.
_SEEN_BARE = re.compile(rf"\s(?:\[(?:{IPV4}(?::\d{{1,5}}+)?+|{IPV6})\]|-\s(?:{IPV4}|{IPV6}))\s++\Z")
# The longest address (RFC 4291, 2.2) with its brackets, and a fold
_LONGEST_BARE = 64
_LONGEST_FOLD = 16
# Obtuse smtpd quotes the greeting, with whatever stands in it, and tells the link behind it.
_CLAIM = re.compile(r"claiming\s++to\s++be\s++\"", re.I)
# FROM, what the client spoke, BY
_LEAST_CUTS = 3
# A server writes one BY; of what a client writes by the dozen, the last ones are enough.
_MAX_BY_TRIES = 8


def without_spoken(
    text: str, marks: Sequence[Mark], cuts: list[Mark], defects: Sequence[Defect]
) -> list[Mark]:
    """Return the keywords that cut a field into clauses, without those that the client spoke."""
    cuts = _outside_claim(text, cuts)
    if len(cuts) < _LEAST_CUTS or cuts[0].kind != "from":
        return cuts
    if cuts[1].kind == "with" and _ends(text, cuts[1].start, "crypted"):  # s/qmail: `de/crypted with TLSv1.3`
        cuts = [cuts[0], *cuts[2:]]
    spoken = cuts[1].start
    surplus = (wrong.span.start for wrong in defects if wrong.kind is DefectKind.SURPLUS_PARENTHESIS)
    closing = next((place for place in surplus if place > spoken), len(text))
    opened = any(
        wrong.kind is DefectKind.UNCLOSED_COMMENT and cuts[0].start < wrong.span.start < spoken
        for wrong in defects
    )
    places = [place for place, cut in enumerate(cuts) if cut.kind == "by" and place > 1]
    for place in reversed(places[-_MAX_BY_TRIES:]):
        start = cuts[place].start
        closed = opened and text[spoken:start].rstrip().endswith(")")
        if closed or closing < start or _sees_before(text, marks, start):
            return [cuts[0], *cuts[place:]]
    return cuts


def _outside_claim(text: str, cuts: list[Mark]) -> list[Mark]:
    """Return the keywords without those in `claiming to be "GREETING" via SMTP by host`."""
    claim = _CLAIM.search(text) if '"' in text else None
    if claim is None:
        return cuts
    behind = [place for place, cut in enumerate(cuts) if cut.kind == "via" and cut.start > claim.end()]
    for place in reversed(behind[-_MAX_BY_TRIES:]):
        if _ends(text, cuts[place].start, '"'):
            return [*(cut for cut in cuts if cut.start < claim.start()), *cuts[place:]]
    return cuts


def _ends(text: str, stop: int, word: str) -> bool:
    """Whether ``word`` stands before ``stop``, but for a fold."""
    return text[max(stop - len(word) - _LONGEST_FOLD, 0) : stop].rstrip().endswith(word)


def _sees_before(text: str, marks: Sequence[Mark], end: int) -> bool:
    """Whether what stands directly before ``end`` tells the client's address: comments, or a bare literal."""
    if _SEEN_BARE.search(text, max(end - _LONGEST_BARE, 0), end):
        return True
    for mark in reversed(marks):
        if mark.start >= end:
            continue
        if mark.kind != "comment" or text[mark.end : end].strip():
            return False
        if _SEEN.search(text, mark.start, mark.end):
            return True
        end = mark.start
    return False
