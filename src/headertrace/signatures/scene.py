"""Everything that signatures ask about one message, worked out once."""

from __future__ import annotations

from typing import NamedTuple

from headertrace.facts import Facts
from headertrace.received.hop import Hop
from headertrace.signatures.assertions import assertion_traits
from headertrace.signatures.chain import Chain, read_chain
from headertrace.signatures.fields import Fields
from headertrace.signatures.mailboxes import Mailboxes, read_mailboxes
from headertrace.signatures.marks import WANTED, section_traits, writer_traits
from headertrace.signatures.stations import entry_traits, handover_traits, relation_traits
from headertrace.signatures.times import time_traits
from headertrace.signatures.traits import Trait
from headertrace.trace.trace import Trace

# Dates and assertions cost more to read than all else, and say nothing of a relay where a conversation or
# a patch
# speaks against misuse.
OUT_OF_QUESTION = Trait.CONVERSATION | Trait.PATCH


# A tuple and no dataclass: one is made for every message, and a frozen dataclass costs three times as much.
class Scene(NamedTuple):
    """A trace, its stations, its mailboxes, and what is true of them as bits of ``Trait``."""

    trace: Trace
    chain: Chain
    boxes: Mailboxes
    traits: int
    fields: Fields
    facts: Facts | None = None

    @property
    def entry(self) -> Hop:
        """The hop by which the message came in; only signatures whose traits speak of one may ask."""
        if self.chain.entry is None:
            raise LookupError("no hop records how this message came in")
        return self.chain.entry


def read_scene(trace: Trace, facts: Facts | None = None, *, whole: bool = False) -> Scene:
    """Return the scene of one trace, with the traits that decide; ``whole``: with all that a reader may
    want.
    """
    chain = read_chain(trace)
    fields = Fields(trace.section, WANTED)
    boxes = read_mailboxes(fields)
    traits = section_traits(fields, boxes)
    entry = chain.entry
    if entry is None:
        traits |= Trait.NO_HOPS | (Trait.LOCAL_BEFORE if chain.older is not None else 0)
    else:
        traits |= chain.client | entry_traits(entry) | handover_traits(chain)
        traits |= relation_traits(chain, entry, fields, boxes, traits)
    # Where there is no relay, nothing about the writer can make it misused.
    if whole or not traits & Trait.DIRECT:
        traits |= writer_traits(fields, boxes, traits)
        if entry is not None and (whole or not traits & OUT_OF_QUESTION):
            traits |= time_traits(fields, chain, entry)
            traits |= assertion_traits(trace, fields, boxes) if traits & Trait.STATEMENT else 0
    return Scene(trace, chain, boxes, traits, fields, facts)
