"""The chain of hops that one message's header section tells, and how it is read."""

from __future__ import annotations

from dataclasses import dataclass

from headertrace.defects import Defect
from headertrace.message.section import Field, HeaderSection
from headertrace.received.hop import Address, Hop
from headertrace.trace.admd import Admd


@dataclass(frozen=True, slots=True, kw_only=True)
class Originating:
    """A client address told by a field other than Received, and who can have written it."""

    field: Field
    ip: Address | None
    name: str
    written_by: str
    hop: Hop | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Break:
    """A place where the BY of an earlier hop and the FROM of the next one do not fit."""

    earlier: int
    later: int
    kind: str
    summary: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """The oldest believable hop, and whether the true client stands nowhere in the message."""

    hop: Hop | None
    hidden: bool
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """Hops in travel order (oldest first), the four trust views, and what the chain shows."""

    section: HeaderSection
    hops: tuple[Hop, ...]
    originating: tuple[Originating, ...] = ()
    trusted: tuple[Hop, ...] = ()
    untrusted: tuple[Hop, ...] = ()
    internal: tuple[Hop, ...] = ()
    external: tuple[Hop, ...] = ()
    border: Hop | None = None
    claimed: tuple[Hop, ...] = ()
    breaks: tuple[Break, ...] = ()
    delays: tuple[float | None, ...] = ()
    origin: Origin | None = None
    admd: Admd | None = None
    defects: tuple[Defect, ...] = ()
