"""By which kind of door the message came in: it decides which ways of misuse there can be at all."""

from __future__ import annotations

from collections.abc import Set
from enum import StrEnum
from functools import cache

from headertrace.signatures import trait
from headertrace.verdict.stories import MISUSES
from headertrace.vocabulary import Scenario


class Door(StrEnum):
    """``direct``: no relay; ``login``: one shows; ``inside``: an inner client; ``outside``: a public one."""

    DIRECT = "direct"
    LOGIN = "login"
    INSIDE = "inside"
    OUTSIDE = "outside"
    UNKNOWN = "unknown"


# Bound once: to find a member in its class costs as much as a step of the judgement.
DIRECT, LOGIN, INSIDE, OUTSIDE, UNKNOWN = Door

TELLS_LOGIN = trait.AUTH | trait.LOGIN_FIELD | trait.WEB_PROTOCOL
# A web mail's program and the browser's address together: somebody was logged in there. Anyone may write
# both, so they count only where the client is inside, as web mail servers are.
SESSION = trait.WEBMAIL | trait.WEBMAIL_PROGRAM
TELLS_INSIDE = (
    trait.CLIENT_PRIVATE | trait.CLIENT_LOOPBACK | trait.NEIGHBOUR | trait.SQUATTED | trait.OWN_ADDRESS
)
# The traits that decide, beside the door, which stories can have happened.
ASKED = (
    trait.MARKS_LOGINS
    | trait.SCRIPT
    | trait.CLIENT_PUBLIC
    | trait.CLIENT_LOOPBACK
    | trait.RELAY_CUSTOMER
    | trait.RDNS_FAILED
    | trait.AUTH
    | trait.BEGUN_AT_CLIENT
    | trait.HANDED_IN
    | trait.SCRIPT_INJECTED
)
GATEWAY = (
    trait.CLIENT_GATEWAY | trait.RDNS_GATEWAY | trait.CLIENT_CONTAINER | trait.SQUATTED | trait.OWN_ADDRESS
)
# The server's own program handed the message in, and it ran code of no file: a stranger may have planted it.
PLANTED = trait.HANDED_IN | trait.SCRIPT_INJECTED
# The doors by which a relay takes in what it lets out, and no login shows.
RELAYED = (Door.INSIDE, Door.OUTSIDE)
# The stories that belong to one kind of door, and the traits that close it.
BY_DOOR: dict[Scenario, tuple[Door, ...]] = {
    Scenario.OPEN_RELAY_NAT: (Door.INSIDE,),
    Scenario.OPEN_RELAY: (Door.OUTSIDE,),
    Scenario.DIRECT_TO_MX: (Door.DIRECT,),
}
CLOSING = {
    # No translation of addresses makes a server's own loopback of a stranger: a proxy on the server does.
    Scenario.OPEN_RELAY_NAT: trait.CLIENT_LOOPBACK,
    # Who logs in hands in; a recipient's server asks nobody for that.
    Scenario.DIRECT_TO_MX: trait.AUTH,
}


def door_of(traits: int) -> Door:
    """Return the door, by the traits of a scene."""
    if traits & TELLS_LOGIN or (traits & SESSION == SESSION and traits & TELLS_INSIDE):
        return LOGIN if traits & trait.EXIT else DIRECT
    if traits & TELLS_INSIDE or (traits & trait.RDNS_FAILED and not traits & trait.CLIENT_PUBLIC):
        return INSIDE
    if not traits & trait.CLIENT_PUBLIC:
        return UNKNOWN
    return OUTSIDE if traits & trait.EXIT else DIRECT


def open_stories(door: Door, traits: int, backed: Set[Scenario]) -> Set[Scenario]:
    """Return the stories that can have happened by this door; ``backed`` ones have a finding for them."""
    always, where_backed = _openings(door, traits & ASKED)
    return always | (where_backed & backed)


# Few doors and few traits: each message's question was nearly always asked before.
@cache
def _openings(door: Door, traits: int) -> tuple[frozenset[Scenario], frozenset[Scenario]]:
    """Return the stories that are open whatever speaks for them, and those that a finding opens."""
    always = frozenset(story for story in Scenario if is_open(story, door, traits, frozenset()))
    return always, frozenset(story for story in Scenario if is_open(story, door, traits, {story})) - always


def is_open(story: Scenario, door: Door, traits: int, backed: Set[Scenario]) -> bool:
    """Return whether a story can have happened by this door; ``backed`` ones have a finding for them."""
    if story in BY_DOOR:
        return door in BY_DOOR[story] and not traits & CLOSING.get(story, 0)
    if story in MISUSES:
        return _is_open_misuse(story, door, traits, backed)
    if story is Scenario.AUTHENTICATED_SUBMISSION:
        return story in backed and (_logged_in(door, traits) or not traits & trait.MARKS_LOGINS)
    if story is Scenario.INTERNAL_SUBMISSION:
        # Who logged in submitted by that, from wherever.
        return story in backed and not (_logged_in(door, traits) or _is_abroad(door, traits))
    return story is Scenario.UNDETERMINED or story in backed


def _is_open_misuse(story: Scenario, door: Door, traits: int, backed: Set[Scenario]) -> bool:
    """Return whether a way of misuse that several doors leave can have happened by this one."""
    if story is Scenario.STOLEN_CREDENTIALS:
        return door is Door.LOGIN or (door in RELAYED and not traits & trait.MARKS_LOGINS)
    if story is Scenario.OPEN_RELAY_APPLIANCE:
        return door is Door.INSIDE or (door is Door.OUTSIDE and story in backed)
    return door is Door.INSIDE or _may_be_planted(door, traits)


def _logged_in(door: Door, traits: int) -> bool:
    """Return whether a login shows; on the way to a list or a colleague it does where nothing was let out."""
    return door is Door.LOGIN or bool(traits & trait.AUTH)


def _may_be_planted(door: Door, traits: int) -> bool:
    """Return whether a stranger may have planted the script that sent the message.

    Forms and shops send straight to the recipient as well: then only code that no file holds tells of one.
    """
    if door is Door.DIRECT:
        return traits & PLANTED == PLANTED
    return bool(traits & trait.SCRIPT)


def _is_abroad(door: Door, traits: int) -> bool:
    """Return whether a client outside, of another house, would have to be inside."""
    if door is not Door.DIRECT or traits & trait.BEGUN_AT_CLIENT:
        return False
    # A machine of the house has a name in the house's own DNS; one that has none only says that it is.
    of_the_house = traits & trait.RELAY_CUSTOMER and not traits & trait.RDNS_FAILED
    return bool(traits & trait.CLIENT_PUBLIC) and not of_the_house
