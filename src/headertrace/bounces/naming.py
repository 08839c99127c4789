"""A blocker that a refusal names, and how surely: data only."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from headertrace.blocklists.blocklist import Blocklist
from headertrace.bounces.bounce import Blocker, BlockerKind, Cause


class NamedBy(Enum):
    """How a text names somebody: in a phrase of its own, by the address of a page, or by a mere name."""

    WORDS = auto()
    LINK = auto()
    NAME = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Naming:
    """A blocker that a text names: how surely, what its own wording means, and the stories behind it."""

    blocker: Blocker
    sure: bool
    by: NamedBy = NamedBy.WORDS
    cause: Cause | None = None
    explain: tuple[str, ...] = ()
    blocklist: Blocklist | None = None

    @property
    def lists_domains(self) -> bool:
        """Whether it holds domains, never addresses."""
        return self.blocker.kind is BlockerKind.DOMAIN_LIST
