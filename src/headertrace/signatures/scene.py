"""Everything that signatures ask about one message, worked out once."""

from __future__ import annotations

from dataclasses import dataclass

from headertrace.facts import Facts
from headertrace.received.hop import Hop
from headertrace.signatures.chain import Chain, read_chain
from headertrace.signatures.mailboxes import Mailboxes, read_mailboxes
from headertrace.signatures.marks import message_traits
from headertrace.signatures.stations import entry_traits, handover_traits, relation_traits
from headertrace.signatures.times import time_traits
from headertrace.trace.trace import Trace


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """A trace, its stations, its mailboxes, and what is true of them as bits of ``Trait``."""

    trace: Trace
    chain: Chain
    boxes: Mailboxes
    traits: int
    facts: Facts | None = None

    @property
    def entry(self) -> Hop:
        """The hop by which the message came in; only signatures whose traits speak of one may ask."""
        if self.chain.entry is None:
            raise LookupError("no hop records how this message came in")
        return self.chain.entry


def read_scene(trace: Trace, facts: Facts | None = None) -> Scene:
    """Return the scene of one trace."""
    chain = read_chain(trace)
    boxes = read_mailboxes(trace.section)
    traits = message_traits(trace.section, boxes)
    if chain.entry is not None:
        traits |= entry_traits(chain.entry) | time_traits(trace.section, chain.entry)
        traits |= handover_traits(chain.handovers[1:])
        traits |= relation_traits(trace, chain, boxes, traits)
    return Scene(trace=trace, chain=chain, boxes=boxes, traits=traits, facts=facts)
