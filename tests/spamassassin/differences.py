"""Where our reading and SpamAssassin's differ, by kind; docs/spamassassin.md explains each kind."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from ipaddress import ip_address

import headertrace as ht
from headertrace.reports.spamassassin import relay_string, relay_strings
from tests.spamassassin.oracle import VIEWS, Answer

PARTS = re.compile(
    r"\[ ip=(?P<ip>.*?) rdns=(?P<rdns>.*?) helo=(?P<helo>.*?) by=(?P<by>.*?) ident=(?P<ident>.*?)"
    r" envfrom=(?P<envfrom>.*?) intl=\d id=(?P<id>.*?) auth=(?P<auth>.*?) msa=\d \]",
    re.S,
)
# What SpamAssassin takes for a looked-up name in formats that it does not know.
NO_NAME = re.compile(r"unverified|[EH]E?HLO|HELO|helo=|.*!.*|[\d.]+|[0-9a-f:]+", re.I)


@dataclass(slots=True)
class Tally:
    """What a comparison counted; ``kinds`` count fields, by kind of difference."""

    messages: int = 0
    equal: int = 0
    views: Counter[str] = field(default_factory=Counter)
    fields: int = 0
    hops: int = 0
    equal_hops: int = 0
    kinds: Counter[str] = field(default_factory=Counter)

    def lines(self) -> Iterator[str]:
        """Yield the counts as text."""
        yield f"messages {self.messages}: all four strings equal {self.equal / self.messages:.2%}"
        for view in VIEWS:
            yield f"  {view}: {self.views[view]} ({self.views[view] / self.messages:.2%})"
        yield f"fields {self.fields}, hops of both {self.hops}: equal {self.equal_hops / self.hops:.2%}"
        for kind, count in self.kinds.most_common():
            yield f"  {count:6} {kind}"


def compare(messages: Iterable[bytes], answers: Iterable[Answer], admd: ht.Admd | None = None) -> Tally:
    """Return what comes of reading every message and holding it against SpamAssassin's answer."""
    tally = Tally()
    for message, answer in zip(messages, answers, strict=True):
        trace = ht.read_trace(message, admd)
        strings = relay_strings(trace)
        equal = [view for view in VIEWS if getattr(strings, view) == answer.strings[view]]
        tally.messages += 1
        tally.views.update(equal)
        tally.equal += len(equal) == len(VIEWS)
        for hop, theirs in zip(reversed(trace.hops), answer.fields, strict=True):
            count(tally, hop, theirs)
    return tally


def count(tally: Tally, hop: ht.Hop, theirs: str | None) -> None:
    """Count one field; ``theirs`` is SpamAssassin's relay, empty if skipped, None if unreadable."""
    tally.fields += 1
    if bool(theirs) != hop.network:
        tally.kinds[hop_kind(theirs)] += 1
    elif theirs:
        kinds = set(part_kinds(hop, theirs))
        tally.hops += 1
        tally.equal_hops += not kinds
        tally.kinds.update(kinds)


def hop_kind(theirs: str | None) -> str:
    """Return why one of us counts the field as a hop and the other does not."""
    if theirs is None:
        return "hop: unreadable for SpamAssassin"
    return "hop: skipped by SpamAssassin" if theirs == "" else "hop: for SpamAssassin alone"


def part_kinds(hop: ht.Hop, theirs: str) -> Iterator[str]:
    """Yield the kinds of difference between our relay and SpamAssassin's."""
    one, other = PARTS.fullmatch(relay_string(hop)), PARTS.fullmatch(theirs)
    assert one is not None
    assert other is not None
    for name, value in other.groupdict().items():
        if one[name] != value:
            yield f"{name}: {KINDS[name](one[name], value)}"


def _ip(ours: str, theirs: str) -> str:
    if theirs == "":
        return "empty"
    return "spelling" if ip_address(theirs) == ip_address(ours) else "another address"


def _rdns(ours: str, theirs: str) -> str:
    if NO_NAME.fullmatch(theirs):
        return "no name"
    return "known hand" if theirs == "" else "announced" if ours == "" else "another name"


def _helo(ours: str, theirs: str) -> str:
    if theirs == "":
        return "greeting missed"
    return "not told" if ours == "" else "first word"


def _auth(ours: str, theirs: str) -> str:
    return "login missed" if theirs == "" else "no login" if ours == "" else "other word"


def _cut(ours: str, theirs: str) -> str:
    return "missed" if theirs == "" else "not told" if ours == "" else "cut elsewhere"


KINDS = {
    "ip": _ip,
    "rdns": _rdns,
    "helo": _helo,
    "auth": _auth,
    "by": _cut,
    "ident": _cut,
    "envfrom": _cut,
    "id": _cut,
}
