"""One question to the DNS and its answer: plain data."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Outcome(StrEnum):
    """How a lookup ended; ``failed`` is never to be taken for ``no-name`` or ``no-data``."""

    ANSWERED = "answered"
    NO_DATA = "no-data"
    NO_NAME = "no-name"
    FAILED = "failed"


class RecordType(StrEnum):
    """The records that are asked for."""

    A = "A"
    AAAA = "AAAA"
    MX = "MX"
    PTR = "PTR"
    TXT = "TXT"


# The numbers of the types (RFC 1035, section 3.2.2; RFC 3596).
TYPE_NUMBERS = {
    RecordType.A: 1,
    RecordType.AAAA: 28,
    RecordType.MX: 15,
    RecordType.PTR: 12,
    RecordType.TXT: 16,
}


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: ``wire`` is the question section as it stands in the message."""

    name: str
    rdtype: RecordType
    wire: bytes


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: records as text, ``ttl`` in seconds, or the reason why nothing is known."""

    outcome: Outcome
    records: tuple[str, ...] = ()
    ttl: int | None = None
    resolver: str | None = None
    reason: str | None = None

    @property
    def failed(self) -> bool:
        """Whether nothing is known."""
        return self.outcome is Outcome.FAILED


def failure(reason: str, resolver: str | None = None) -> Answer:
    """Return an answer that says why nothing is known."""
    return Answer(Outcome.FAILED, resolver=resolver, reason=reason)
