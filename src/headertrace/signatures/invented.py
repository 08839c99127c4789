"""Where invented fields end: what a client hands over in other servers' names may be its own writing."""

from __future__ import annotations

from headertrace.received.hop import Hop
from headertrace.signatures import trait
from headertrace.signatures.names import akin, greeting_kind, is_dynamic, organisation
from headertrace.trace.organisations import is_host_of, registrable_domain

# A hop, and the traits of its client's address.
Station = tuple[Hop, int]

# Exchange writes the computer's name; by which name a connector greets is set apart from it. IIS has one name
# for both: 347 of 347 servers with a public one greeted by it.
GREETING_SET_APART = frozenset(("exchange", "exchange-imc"))
# What no mail server calls itself when it hands over to another organisation.
NO_SERVER = (
    trait.HELO_UNQUALIFIED
    | trait.HELO_LITERAL
    | trait.HELO_BARE_ADDRESS
    | trait.HELO_INNER_SUFFIX
    | trait.HELO_LOCALHOST
)


def first_believable(stations: list[Station]) -> int:
    """Return the index of the oldest station that no stranger can have invented.

    Whatever a client says that other servers handed to it, it wrote itself where it is no mail server: it has
    no host name, or it borrows one of the very house that it talks to.
    """
    for index in range(len(stations) - 1, 0, -1):
        (earlier, before), (later, bits) = stations[index - 1], stations[index]
        if earlier.by in (later.helo, later.rdns):
            # As most are: the client is the very server that recorded the hop before.
            continue
        if bits & trait.CLIENT_PUBLIC:
            invented = _is_no_server(later, earlier, before) or _borrows_house(later, earlier)
        else:
            passed_on = before & trait.CLIENT_PUBLIC and index + 1 < len(stations)
            invented = bool(passed_on) and _is_desktop_inside(later, earlier)
        if invented and _is_stranger_to(earlier, later):
            return index
    return 0


def _is_no_server(client: Hop, earlier: Hop, before: int) -> bool:
    """Return whether a client's greeting is no mail server's, such as handed over ``earlier``.

    An office's server may have no good name: what its private clients handed to it may be true, as long as it
    writes none into its own fields either.
    """
    if not client.helo or not greeting_kind(client.helo) & NO_SERVER:
        return False
    return bool(before & trait.CLIENT_PUBLIC) or _has_public_name(earlier)


def _is_desktop_inside(client: Hop, earlier: Hop) -> bool:
    """Return whether a private client has a bare name, of which a server of another house knows nothing."""
    if not client.helo or client.rdns is not None or is_host_of(client.helo, earlier.by or ""):
        return False
    if not greeting_kind(client.helo) & trait.HELO_UNQUALIFIED:
        return False
    if not _has_public_name(earlier) or registrable_domain(client.by) is None:
        return False
    return not akin(organisation(earlier.by or ""), organisation(client.by or ""))


def _has_public_name(server: Hop) -> bool:
    """Return whether a field tells a server's full name, by which it would greet as well."""
    return registrable_domain(server.by) is not None and server.family not in GREETING_SET_APART


def _borrows_house(client: Hop, earlier: Hop) -> bool:
    """Return whether a client, by its name of another house, calls itself one of the server's.

    Or whether it brings a field of that very server over somebody's line. Where it only greets so, the server
    that handed the message to it, as it says, is of neither house.
    """
    if client.rdns is None:
        return False
    if earlier.by and earlier.by == client.by:
        # Mail that this very server had before does not come back to it over somebody's line.
        return is_dynamic(client.rdns.lower())
    house = organisation(client.by or "")
    if client.helo is None or not akin(organisation(client.helo), house):
        return False
    return not akin(organisation(client.rdns), house) and not akin(organisation(earlier.by or ""), house)


def _is_stranger_to(earlier: Hop, later: Hop) -> bool:
    """Return whether the client of a hop has nothing of the server that recorded the hop before."""
    by, helo, rdns = earlier.by or "", later.helo or "", later.rdns or ""
    if by.lower() in (helo.lower(), rdns.lower()):
        return False
    return not akin(organisation(by), organisation(rdns)) and earlier.ip != later.ip
