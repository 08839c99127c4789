"""Many examinations counted in one pass, and the most suspicious of them kept to be shown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from heapq import heappush, heappushpop
from typing import Any

from headertrace.reports.escape import one_line
from headertrace.reports.words import relay, title
from headertrace.verdict.examination import Examination
from headertrace.vocabulary import Confidence

# Names counted of one kind: memory stays bounded however many messages come.
MOST_KEYS = 50_000
# Rows of the table of messages, and lines of each list of counts.
MOST_ROWS = 200
MOST_LINES = 12
# Messages shown in full below the table.
MOST_FULL = 20

_ORDER: dict[Confidence | None, int] = {word: place for place, word in enumerate((None, *Confidence))}
Ranked = tuple[tuple[int, int, float], int, Examination]


@dataclass(slots=True)
class Tally:
    """Counts over many messages; ``add`` takes one more."""

    total: int = 0
    verdicts: Counter[str] = field(default_factory=Counter)
    misuse: Counter[str] = field(default_factory=Counter)
    relays: Counter[str] = field(default_factory=Counter)
    findings: Counter[str] = field(default_factory=Counter)
    first: datetime | None = None
    last: datetime | None = None
    _kept: list[Ranked] = field(default_factory=list)

    def add(self, judged: Examination) -> None:
        """Count one message, and keep it where it is among the most suspicious."""
        self.total += 1
        self.verdicts[title(judged.verdict.scenario)] += 1
        self.misuse[str(judged.misuse or "nothing says so")] += 1
        self._count(self.relays, relay_name(judged))
        for name in {f"{one.id} {one.name}" for one in judged.findings}:
            self._count(self.findings, name)
        self._date(judged)
        self._keep(judged)

    @property
    def kept(self) -> list[Examination]:
        """The most suspicious messages, the worst first."""
        return [judged for _, _, judged in sorted(self._kept, key=lambda item: item[:2], reverse=True)]

    @staticmethod
    def _count(counter: Counter[str], name: str | None) -> None:
        if name and (name in counter or len(counter) < MOST_KEYS):
            counter[name] += 1

    def _date(self, judged: Examination) -> None:
        border = judged.trace.border or (judged.trace.hops[-1] if judged.trace.hops else None)
        when = border.date if border else None
        if when is not None:
            self.first = when if self.first is None else min(self.first, when)
            self.last = when if self.last is None else max(self.last, when)

    def _keep(self, judged: Examination) -> None:
        rank = (_ORDER[judged.misuse], _ORDER[judged.verdict.confidence], judged.verdict.score)
        ranked = (rank, -self.total, judged)
        if len(self._kept) < MOST_ROWS:
            heappush(self._kept, ranked)
        else:
            heappushpop(self._kept, ranked)


def relay_name(judged: Examination) -> str | None:
    """Return the name and address of the verdict's relay, or None."""
    found = judged.verdict.relay
    return None if found is None else relay(found) or None


def message_name(judged: Examination) -> str:
    """Return what a reader knows a message by: where it was read, or its Message-ID."""
    source = judged.source
    name = source.path or source.message_id or judged.trace.section.text("message-id") or "a message"
    return one_line(name) + (f" at byte {source.offset:,}" if source.offset else "")


def rows(counts: Counter[str] | Mapping[str, int], most: int = MOST_LINES) -> list[Mapping[str, Any]]:
    """Return the most frequent entries, each with its count and its share of the largest in per cent."""
    ranked = Counter(dict(counts)).most_common(most)
    largest = max((count for _, count in ranked), default=1) or 1
    shown: list[Mapping[str, Any]] = [
        {"name": one_line(name), "count": f"{count:,}", "share": round(100 * count / largest, 1)}
        for name, count in ranked
    ]
    left = len(counts) - len(shown)
    return [*shown, {"name": f"{left:,} more", "count": "", "share": 0}] if left > 0 else shown
