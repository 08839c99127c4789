"""A trace as a line of legs: who handed over, who recorded it, and how far it may be believed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from headertrace.received.hop import Hop
from headertrace.trace.addresses import is_private
from headertrace.trace.trace import Break, Trace
from headertrace.verdict.examination import Finding

# A loop or an attack makes thousands of hops; a person reads the two ends.
FIRST_LEGS = 15
LAST_LEGS = 35


class Standing(StrEnum):
    """Which side of the trust boundary recorded a leg."""

    OURS = "ours"
    BORDER = "border"
    CLAIMED = "claimed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Leg:
    """One hop as drawn: ``number`` counts from 1 at the oldest, ``skipped`` legs before it are not drawn."""

    number: int
    hop: Hop
    standing: Standing
    delay: float | None = None
    broken: Break | None = None
    findings: tuple[Finding, ...] = ()
    skipped: int = 0

    @property
    def is_private(self) -> bool:
        """True where the client's address is one that routes nowhere in public."""
        return is_private(self.hop.ip)


def path(trace: Trace, findings: Iterable[Finding] = (), *, whole: bool = False) -> tuple[Leg, ...]:
    """Return the legs to draw, oldest first; of a very long trace only its two ends, unless ``whole``."""
    border = trace.position(trace.border)
    by_hop = _group(findings)
    breaks = {item.later: item for item in trace.breaks}
    return tuple(
        Leg(
            number=index + 1,
            hop=trace.hops[index],
            standing=_standing(index, border, trace),
            delay=delay_before(trace, index),
            broken=breaks.get(index),
            findings=by_hop.get(id(trace.hops[index]), ()),
            skipped=skipped,
        )
        for index, skipped in _drawn(len(trace.hops), whole)
    )


def delay_before(trace: Trace, index: int) -> float | None:
    """Return the seconds between a hop and the one before it; None for the oldest."""
    return trace.delays[index - 1] if index else None


def _drawn(count: int, whole: bool) -> list[tuple[int, int]]:
    if whole or count <= FIRST_LEGS + LAST_LEGS:
        return [(index, 0) for index in range(count)]
    skipped = count - FIRST_LEGS - LAST_LEGS
    first = [(index, 0) for index in range(FIRST_LEGS)]
    last = [(index, 0) for index in range(count - LAST_LEGS + 1, count)]
    return [*first, (count - LAST_LEGS, skipped), *last]


def _standing(index: int, border: int | None, trace: Trace) -> Standing:
    if border is None:
        return Standing.OURS if trace.trusted else Standing.CLAIMED
    if index == border:
        return Standing.BORDER
    return Standing.CLAIMED if index < border else Standing.OURS


def _group(findings: Iterable[Finding]) -> dict[int, tuple[Finding, ...]]:
    groups: dict[int, tuple[Finding, ...]] = {}
    for finding in findings:
        if finding.hop is not None:
            groups[id(finding.hop)] = (*groups.get(id(finding.hop), ()), finding)
    return groups
