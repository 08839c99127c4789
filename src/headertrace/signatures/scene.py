"""Everything that signatures ask about one message, worked out once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from headertrace.facts import Facts
from headertrace.received.hop import Hop
from headertrace.signatures import trait
from headertrace.signatures.assertions import assertion_traits
from headertrace.signatures.chain import Chain, read_chain
from headertrace.signatures.fields import Fields
from headertrace.signatures.mailboxes import Mailboxes, read_mailboxes
from headertrace.signatures.marks import WANTED, described_traits, section_traits, writer_traits
from headertrace.signatures.times import time_traits
from headertrace.signatures.way import relation_traits, way_traits
from headertrace.trace.trace import Trace


# Not frozen: one is made for every message, and a frozen one costs three times as much.
@dataclass(slots=True, eq=False)
class Way:
    """The stations of a message and what they alone show, as bits of ``trait``."""

    chain: Chain
    traits: int


def read_way(chain: Chain) -> Way:
    """Return how a message came, before anything else of it is looked at."""
    if chain.entry is not None:
        return Way(chain, way_traits(chain, chain.entry))
    return Way(chain, trait.NO_HOPS | (trait.LOCAL_BEFORE if chain.older is not None else 0))


# A tuple: one is made for every tenth message, and to replace its traits makes another.
class Scene(NamedTuple):
    """A trace, its stations, its mailboxes, and what is true of them as bits of ``trait``."""

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


def read_fields(trace: Trace) -> Fields:
    """Return the header fields of a trace's message that a judgement looks at."""
    return Fields(trace.section, WANTED)


def read_scene(trace: Trace, facts: Facts | None = None) -> Scene:
    """Return the scene of one trace, with the traits that decide about it."""
    return scene_of(trace, read_way(read_chain(trace)), read_fields(trace), facts)


def scene_of(trace: Trace, way: Way, fields: Fields, facts: Facts | None = None) -> Scene:
    """Return the scene of a trace whose way and fields are known."""
    chain = way.chain
    boxes = read_mailboxes(fields)
    traits = way.traits | section_traits(fields, boxes)
    if chain.entry is not None:
        traits |= relation_traits(chain, chain.entry, fields, boxes, traits)
    return Scene(trace, chain, boxes, traits | writer_traits(fields, boxes, traits), fields, facts)


def read_whole_scene(trace: Trace, facts: Facts | None = None) -> Scene:
    """Return the scene of one trace with all that a reader may want to know."""
    return describe(read_scene(trace, facts))


def describe(scene: Scene) -> Scene:
    """Return the scene with the traits that explain and do not decide.

    Clocks and what other servers assert explain a message, but move no score: beside who wrote it and how it
    came they told nothing new of misuse, and they cost more to read than all the rest.
    """
    trace, fields, boxes = scene.trace, scene.fields, scene.boxes
    traits = scene.traits | described_traits(fields, boxes, scene.traits)
    traits |= assertion_traits(trace, fields, boxes)
    if scene.chain.entry is not None:
        traits |= time_traits(fields, scene.chain, scene.chain.entry)
    return scene._replace(traits=traits)
