"""The judgement of one message: data only."""

from __future__ import annotations

from dataclasses import dataclass, fields

from headertrace.received.hop import Address, Hop
from headertrace.signatures.evidence import Evidence
from headertrace.trace.trace import Trace
from headertrace.vocabulary import Confidence, Scenario, Span

__all__ = ["Evidence", "Examination", "Finding", "Hypothesis", "Relay", "Source"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One signature that fired: ``weight`` in bits towards misuse (negative: against it)."""

    id: str
    name: str
    summary: str
    weight: float
    hop: Hop | None = None
    evidence: tuple[Evidence, ...] = ()

    @property
    def spans(self) -> tuple[Span, ...]:
        """The spans of the evidence, in its order."""
        return tuple(item.span for item in self.evidence)

    def __eq__(self, other: object) -> bool:
        # One whose evidence is located later is the same finding.
        return isinstance(other, Finding) and _told(self, Finding) == _told(other, Finding)

    def __hash__(self) -> int:
        return hash((self.id, self.weight))

    def __repr__(self) -> str:
        return f"<Finding {self.id}: {self.name}, {self.weight:+.1f} bits>"


@dataclass(frozen=True, slots=True, kw_only=True)
class Relay:
    """The server that let the message out, and the address that an ISP can act on."""

    ip: Address | None
    name: str | None
    hop: Hop | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Hypothesis:
    """One story, with what speaks for it and what against it; ``confidence`` None: not listed.

    ``score`` is log2 of the story's share of all stories; ``notes`` tell what the message cannot say.
    """

    scenario: Scenario
    score: float
    confidence: Confidence | None = None
    supporting: tuple[Finding, ...] = ()
    opposing: tuple[Finding, ...] = ()
    refuted_by: tuple[str, ...] = ()
    remedies: tuple[str, ...] = ()
    relay: Relay | None = None
    notes: tuple[str, ...] = ()

    def __repr__(self) -> str:
        sure = self.confidence or "not listed"
        sides = f"{len(self.supporting)} findings for it, {len(self.opposing)} against it"
        return f"<Hypothesis: {self.scenario} ({sure}), score {self.score:.1f}, {sides}>"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where a message was read: a path, an offset in bytes, and its Message-ID as written."""

    path: str | None = None
    offset: int | None = None
    message_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Examination:
    """A trace judged: findings, competing hypotheses (best first) and the answer about misuse."""

    trace: Trace
    source: Source
    findings: tuple[Finding, ...]
    not_examined: tuple[str, ...]
    hypotheses: tuple[Hypothesis, ...]
    verdict: Hypothesis
    misuse: Confidence | None = None
    failures: tuple[str, ...] = ()

    def __eq__(self, other: object) -> bool:
        # One that is worded later is the same judgement, as is one that came from another process.
        return isinstance(other, Examination) and _told(self, Examination) == _told(other, Examination)

    def __hash__(self) -> int:
        return hash((self.trace, self.misuse))

    def __repr__(self) -> str:
        sure = self.verdict.confidence or "not listed"
        numbers = f"{len(self.trace.hops)} hops, {len(self.findings)} findings"
        return f"<Examination: {self.verdict.scenario} ({sure}), misuse {self.misuse or 'none'}, {numbers}>"


def _told(judged: object, kind: type[Finding | Examination]) -> list[object]:
    return [getattr(judged, field.name) for field in fields(kind)]
