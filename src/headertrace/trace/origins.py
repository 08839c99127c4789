"""Where the message began, as far as it can be believed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from headertrace.received.hop import Hop
from headertrace.trace.addresses import is_private

if TYPE_CHECKING:
    from headertrace.trace.trace import Trace


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """The oldest believable hop, and whether the true client stands nowhere in the message."""

    hop: Hop | None
    hidden: bool
    reason: str


def locate_origin(trace: Trace) -> Origin:
    """Return the oldest believable hop of the trace."""
    hop = trace.border or (trace.trusted[0] if trace.trusted else None)
    return Origin(hop=hop, hidden=hop is None or is_private(hop.ip), reason="")
