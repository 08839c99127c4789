"""Two questions, kept apart: was the relay misused at all, and which story fits best."""

from __future__ import annotations

from collections.abc import Iterable, Set
from dataclasses import dataclass
from functools import lru_cache
from math import exp2, log2

from headertrace.signatures import trait
from headertrace.signatures.signature import Side, Signature
from headertrace.verdict.doors import GATEWAY, RELAYED, TELLS_LOGIN, Door, door_of, open_stories
from headertrace.verdict.stories import MISUSES
from headertrace.verdict.weights import Weights
from headertrace.vocabulary import Confidence, Scenario

Signatures = tuple[Signature, ...]
Amounts = dict[Scenario, float]

# Messages of one kind of way lead to one opinion; each is some two kilobytes.
REMEMBERED = 4096
# What one finding adds to a story for which no labelled corpus exists, in bits: nearly three to one.
UNIT = 1.5
# A score below this says no more than "not this".
FLOOR = -30.0
# All stories, for those that cannot have happened.
EXCLUDED: Amounts = dict.fromkeys(Scenario, FLOOR)
# A story is decided where its rivals together have less than a third of its weight.
DECIDED = 0.75
# Bound once: to find a member in its class costs as much as a step of the judgement.
SENDER = Side.SENDER
# One of these traits must be there before a way is called likely.
DECIDING = {
    Scenario.OPEN_RELAY_NAT: GATEWAY,
    Scenario.OPEN_RELAY: trait.MARKS_LOGINS | trait.TAKES_NO_LOGINS,
    Scenario.OPEN_RELAY_APPLIANCE: trait.MARKS_LOGINS | trait.TAKES_NO_LOGINS,
    Scenario.STOLEN_CREDENTIALS: TELLS_LOGIN,
}
# An honest workstation behind the same gateway leaves the same fields, so the way alone never makes misuse
# likely: something of the writer must speak for it, too. Without that it is two to one against it at least.
BY_WAY_ALONE = -1.0
# A recipient of the server's own house, or one that was rewritten, refutes that it relayed: it took the
# message in for its own and sent it on. And of a login over the server's own loopback, as web mails make it,
# neither the user's line nor his program shows, and no labelled thief came that way: what was measured
# elsewhere decides nothing. Eight to one, as a thief may have made the alias or known the password.
BOUNDED = -3.0
TAKEN_IN = trait.OWN_RECIPIENT | trait.REWRITTEN_RECIPIENT
# To take strangers' mail in for other houses is their trade, and whoever sends by them is a customer.
BY_TRADE = trait.FILTER_SERVICE | trait.PROVIDER_SERVER
# One machine took it in, and another of its house let it out: a relay that is open by itself does both.
HANDED_ON = trait.CLIENT_PUBLIC | trait.INNER_HOP | trait.INSIDE_HOUSE
OPEN_DOORS = {Scenario.OPEN_RELAY, Scenario.OPEN_RELAY_APPLIANCE}
# Another house took it over, or it came to where it was bound for; a list's archive shows neither, and a
# bounce encloses what was bound for another house.
LEFT = trait.EXIT | trait.DIRECT | trait.LIST | trait.FOREIGN_RECIPIENT
# Beside the whole story: a greeting, program or writer that may be a server's, a customer's, a colleague's.
MAY_BE_KNOWN = trait.OWN_FROM | trait.HELO_QUALIFIED | trait.RELAY_CUSTOMER | trait.PEOPLES_PROGRAM
# What finds the whole appliance story in one message; with the recipient in FOR it may even establish it.
WHOLE_STORIES = frozenset(("HT402", "HT415"))

# Where the innocent stories start, in bits: the fewer conditions a door leaves, the lower.
STARTS: Amounts = {
    Scenario.DIRECT_TO_MX: 2.0,
    Scenario.INTERNAL_SUBMISSION: 1.0,
    Scenario.AUTHENTICATED_SUBMISSION: 1.0,
    Scenario.WEBMAIL: 0.0,
    Scenario.FORWARDED: -1.0,
    Scenario.BOUNCE: 3.0,
    Scenario.BACKSCATTER: 2.0,
    Scenario.FORGED_TRAIL: -1.0,
    Scenario.UNDETERMINED: 0.0,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Opinion:
    """Bits towards misuse, each story's score (log2 of its share), and how sure the listed ones are."""

    bits: float
    misuse: Confidence | None
    scores: Amounts
    listed: dict[Scenario, Confidence]


@lru_cache(maxsize=REMEMBERED)
def judge(traits: int, hits: Signatures, weights: Weights) -> Opinion:
    """Return what the hits amount to."""
    door = door_of(traits)
    bits = misuse_bits(door, hits, weights)
    if not shows_stranger(hits):
        bits = min(bits, BY_WAY_ALONE)
    if is_bounded(door, traits):
        bits = min(bits, BOUNDED)
    backed = {scenario for hit in hits for scenario, side in hit.bears.items() if side > 0}
    stories = open_stories(door, traits, backed)
    bits_of_ways = _told_apart(_way_bits(stories, hits, weights), traits)
    ways, kinds = _shares(bits_of_ways), _shares(_kind_bits(stories, hits))
    whole = not WHOLE_STORIES.isdisjoint([hit.id for hit in hits])
    if whole:
        ways = {Scenario.OPEN_RELAY_APPLIANCE: 1.0}
    share = _share(max(bits, weights.likely) if whole else bits) if ways else 0.0
    scores = EXCLUDED | {way: _log(share * part) for way, part in ways.items()}
    scores |= {kind: _log((1 - share) * part) for kind, part in kinds.items()}
    likely = bool(ways) and (whole or bits >= weights.likely)
    listed = _listed_ways(ways, backed, traits, likely=likely, whole=whole)
    misuse = _misuse(listed, likely=likely)
    listed |= _listed_kinds(kinds, backed, traits, share)
    return Opinion(bits=bits, misuse=misuse, scores=scores, listed=listed)


def misuse_bits(door: Door, hits: Iterable[Signature], weights: Weights) -> float:
    """Return log2 of the odds that a stranger sent this through the relay."""
    amounts = weights.misuse
    return weights.base + weights.doors.get(door, 0.0) + sum([amounts.get(hit.id, 0.0) for hit in hits])


def is_bounded(door: Door, traits: int) -> bool:
    """Return whether the way leaves no misuse likely, whatever the writer shows."""
    if door is Door.LOGIN:
        return bool(traits & trait.CLIENT_LOOPBACK)
    if door is Door.OUTSIDE and traits & BY_TRADE:
        return True
    if door is Door.INSIDE and traits & trait.STORED and not traits & LEFT:
        # What was put into a mailbox of the house that took it in was let out to nobody.
        return True
    return door in RELAYED and bool(traits & TAKEN_IN)


def shows_stranger(hits: Iterable[Signature]) -> bool:
    """Return whether anything that the writer filled in speaks for misuse."""
    return any(hit.misuse > 0 and hit.side is SENDER for hit in hits)


def _way_bits(stories: Set[Scenario], hits: Signatures, weights: Weights) -> Amounts:
    """Return what speaks for each way of misuse among the stories, supposed that there was one."""
    bits = {way: weights.ways.get(way, 0.0) for way in MISUSES if way in stories}
    amounts = weights.way_amounts
    for hit in hits:
        if hit.id in amounts:
            moved = amounts[hit.id]
            for way in bits.keys() & hit.bears:
                bits[way] += moved.get(way, 0.0)
    return bits


def _told_apart(bits: Amounts, traits: int) -> Amounts:
    """Return the bits of the ways, an open door's as the appliance's where the house handed the mail on."""
    if traits & HANDED_ON != HANDED_ON or not bits.keys() >= OPEN_DOORS:
        return bits
    told = dict(bits)
    told[Scenario.OPEN_RELAY_APPLIANCE] = told.pop(Scenario.OPEN_RELAY)
    return told


def _kind_bits(stories: Set[Scenario], hits: Signatures) -> Amounts:
    """Return what speaks for each innocent one among the stories."""
    bits = {kind: start for kind, start in STARTS.items() if kind in stories}
    for hit in hits:
        for kind, side in hit.bears.items():
            if kind in bits:
                bits[kind] += UNIT * side
    return bits


def _shares(bits: Amounts) -> Amounts:
    total = sum([exp2(value) for value in bits.values()])
    return {scenario: exp2(value) / total for scenario, value in bits.items()}


def _share(bits: float) -> float:
    return 1 / (1 + exp2(-bits)) if bits > FLOOR else 0.0


def _log(share: float) -> float:
    return max(FLOOR, log2(share)) if share > 0 else FLOOR


def _listed_ways(
    ways: Amounts, backed: set[Scenario], traits: int, *, likely: bool, whole: bool
) -> dict[Scenario, Confidence]:
    if whole:
        return {Scenario.OPEN_RELAY_APPLIANCE: _sureness_of_whole(traits)}
    # Where misuse is likely, what speaks for it speaks for every way by which it can have happened.
    listed = {way: Confidence.POSSIBLE for way in ways if likely or way in backed}
    if likely:
        listed |= {way: Confidence.LIKELY for way, part in ways.items() if _is_decided(way, part, traits)}
    return listed


def _sureness_of_whole(traits: int) -> Confidence:
    """Return how sure the whole story is.

    A writer of the relay's own house, or a client that greets in its name, may be a colleague in a branch
    office; a full name, a server; and that nobody logged in is known only where the software would have said
    so, or takes no logins.
    """
    no_login = traits & (trait.MARKS_LOGINS | trait.TAKES_NO_LOGINS)
    told = no_login and traits & trait.FOREIGN_RECIPIENT
    return Confidence.ESTABLISHED if told and not traits & MAY_BE_KNOWN else Confidence.LIKELY


def _is_decided(way: Scenario, part: float, traits: int) -> bool:
    """Return whether one way outweighs its rivals, and the message holds what decides it.

    An inner address that is no gateway's cannot tell a balancer, a VPN and an infected host apart: only many
    messages do. A password is decided by a login that shows, and excluded by a server that would have shown
    one.
    """
    return part >= DECIDED and bool(traits & DECIDING.get(way, ~0)) and not traits & trait.OTHER_HAND


def _misuse(listed: dict[Scenario, Confidence], *, likely: bool) -> Confidence | None:
    if Confidence.ESTABLISHED in listed.values():
        return Confidence.ESTABLISHED
    if likely:
        return Confidence.LIKELY
    return Confidence.POSSIBLE if listed else None


def _listed_kinds(
    kinds: Amounts, backed: set[Scenario], traits: int, share: float
) -> dict[Scenario, Confidence]:
    decided = {kind for kind, part in kinds.items() if part * (1 - share) >= DECIDED}
    if traits & trait.OTHER_HAND:
        # What an honest way would tell is no more than told.
        decided &= {Scenario.FORGED_TRAIL}
    return {
        kind: Confidence.LIKELY if kind in decided else Confidence.POSSIBLE
        for kind in kinds
        if kind in backed
    }
