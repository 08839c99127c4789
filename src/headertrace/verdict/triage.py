"""What the way alone settles, so that most innocent messages need no second look.

Nothing here judges: a message is settled only where no header field could make misuse likely. A test holds
that to the judge's own answer.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import NamedTuple

from headertrace.signatures import trait
from headertrace.signatures.fields import Fields
from headertrace.signatures.mailboxes import address_in, domain_of, read_writer
from headertrace.signatures.marks import present_traits
from headertrace.signatures.scene import Way
from headertrace.signatures.way import exit_traits, writer_kinship
from headertrace.verdict.doors import DIRECT, INSIDE, LOGIN, OUTSIDE, UNKNOWN, Door, door_of
from headertrace.verdict.judge import REMEMBERED
from headertrace.verdict.observe import CONDITIONS
from headertrace.verdict.weights import Weights
from headertrace.vocabulary import Confidence

# The traits that fields besides Received decide: any of them may still turn up.
WRITTEN = (
    ~(trait.FROM - 1) | trait.OWN_FROM | trait.FOREIGN_FROM | trait.LOGIN_IS_WRITER | trait.LOGIN_IS_OTHER
)
NOT_ADDRESSED = trait.TO_MISSING | trait.TO_HIDDEN
# A script of the client's own server, which somebody may have planted there.
BY_SCRIPT = trait.HANDED_IN | trait.SCRIPT
# What tells, of a client outside, by which way it can have come.
TELLING = trait.MARKS_LOGINS | trait.HIDES_LOGINS | trait.OWN_FROM | trait.FOREIGN_FROM


class Answer(NamedTuple):
    """The answer about misuse where nothing else can change it."""

    misuse: Confidence | None


NOBODY = Answer(None)
POSSIBLE = Answer(Confidence.POSSIBLE)


def settled(way: Way, fields: Fields, weights: Weights) -> Answer | None:
    """Return the answer where no field can change it; None where the rest must be read."""
    chain, entry = way.chain, way.chain.entry
    traits = way.traits | present_traits(fields)
    if entry is not None:
        traits |= exit_traits(chain, entry, traits)
    # The door is known for good, but that a web mail's session inside may prove a login: either leaves a way.
    # What is not read yet is only who writes what to whom, and by which program.
    door = door_of(traits)
    if door is DIRECT and traits & BY_SCRIPT == BY_SCRIPT:
        return None
    if door is DIRECT or (door is UNKNOWN and not traits & trait.SCRIPT):
        # Nothing went through a relay, or nothing tells of one.
        return NOBODY
    if entry is None or chain.exit is None or (chain.inner is not None and traits & trait.CLIENT_PUBLIC):
        return None
    if not _leaves_a_way(door, traits):
        # Where the server tells nothing of logins, the writer's house tells which way speaks for itself.
        writer, _ = read_writer(fields)
        traits |= writer_kinship(chain, entry, domain_of(writer))
    return _by_ceiling(traits, address_in(fields.get(b"to")) is not None, weights)


@lru_cache(maxsize=REMEMBERED)
def _by_ceiling(traits: int, addressed: bool, weights: Weights) -> Answer | None:
    if not _leaves_a_way(door_of(traits), traits):
        return None
    possible = traits | (WRITTEN & ~NOT_ADDRESSED if addressed else WRITTEN)
    return POSSIBLE if _ceiling(traits, possible, weights) < weights.likely else None


def _leaves_a_way(door: Door, traits: int) -> bool:
    """Return whether some way of misuse stays possible, whatever other fields say."""
    if door is OUTSIDE:
        return bool(traits & TELLING)
    return door is INSIDE or door is LOGIN


def _ceiling(traits: int, possible: int, weights: Weights) -> float:
    """Return the highest score that a message can reach that has these traits and may have those possible."""
    doors = weights.doors
    bits = weights.base + max(doors.get(door_of(traits), 0.0), doors.get(LOGIN, 0.0))
    for on, also, unless, amount in _weighty(weights):
        # What speaks for misuse counts where it may be there, what speaks against it where it must be.
        has, lacks = (possible, traits) if amount > 0 else (traits, possible)
        if has & on and has & also == also and not lacks & unless:
            bits += amount
    return bits


@cache
def _weighty(weights: Weights) -> tuple[tuple[int, int, int, float], ...]:
    """Return the conditions of the signatures that move misuse, and by how much."""
    amounts = weights.misuse
    return tuple(
        (on, also, unless, amounts[each.id]) for on, also, unless, each in CONDITIONS if amounts.get(each.id)
    )
