"""The stations of a message that matter for a judgement: where it entered, who let it out, to whom."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from headertrace.received.hop import Hop
from headertrace.signatures import trait
from headertrace.signatures.client_address import address_traits
from headertrace.signatures.names import (
    INNER_SUFFIXES,
    akin,
    greeting_kind,
    greeting_traits,
    is_dynamic,
    organisation,
)
from headertrace.trace.organisations import is_host_of, registrable_domain, same_organisation
from headertrace.trace.trace import Trace
from headertrace.vocabulary import NetworkReason

# A judgement needs the ends of a chain and its hand-overs; a longer chain is a loop or an attack.
MAX_STATIONS = 60
UNUSABLE = frozenset(
    (
        NetworkReason.PICKUP,
        NetworkReason.FETCH,
        NetworkReason.PIPE,
        NetworkReason.QUEUE,
        NetworkReason.LIST_EXPANSION,
    )
)
# A program on the server itself handed the message in.
HANDED_IN = (NetworkReason.PICKUP, NetworkReason.LOCAL)
LOCAL = trait.CLIENT_LOOPBACK
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


# Not frozen: one is made for every message, and a frozen one costs three times as much.
@dataclass(slots=True, eq=False)
class Chain:
    """``entry`` is the oldest hand-over from another machine, ``inner`` the one after it inside the same
    organisation, ``exit`` the first by which another organisation took the message over, ``last`` the newest.

    ``client`` holds the traits of the entry's address, ``older`` the oldest field where that is not the
    entry, ``below`` the one next to the entry then, ``forged`` the newest of those fields below the entry
    that a stranger put there. ``arrived`` tells whether the house that took the message in recorded the
    last hop too, or no other ever did.
    """

    entry: Hop | None = None
    client: int = 0
    inner: Hop | None = None
    exit: Hop | None = None
    last: Hop | None = None
    handovers: tuple[Hop, ...] = ()
    older: Hop | None = None
    below: Hop | None = None
    forged: Hop | None = None
    relay_org: str | None = None
    arrived: bool = False


def read_chain(trace: Trace) -> Chain:
    """Return the stations of a trace."""
    hops = trace.hops[:MAX_STATIONS]
    stations: list[tuple[Hop, int]] = []
    for hop in hops:
        if hop.network and hop.ip is not None:
            bits = address_traits(hop.ip)
            if bits != LOCAL or (not stations and _begins_here(hop)):
                stations.append((hop, bits))
    if stations:
        return _around(hops, stations)
    entry = next(filter(_tells_client, hops), None)
    older = hops[0] if hops and hops[0] is not entry else None
    return Chain(entry=entry, older=older, relay_org=organisation(entry.by or "") if entry else None)


def _begins_here(hop: Hop) -> bool:
    """Return whether a client on the server's own loopback is where the message began.

    It is a web mail that logged in, or what greets as another machine: a mailer, or the end of a tunnel.
    """
    if hop.auth is not None:
        return True
    if not hop.helo or is_host_of(hop.helo, hop.by or ""):
        return False
    return greeting_traits(hop.helo) & (trait.HELO_UNQUALIFIED | trait.HELO_GARBLED) == trait.HELO_UNQUALIFIED


def ends_at_entry(chain: Chain) -> bool:
    """Return whether the server that took the message in from outside is the recipient's own, and no program
    on the client's server is known to have handed it in there.
    """
    if chain.below is not None and chain.below.network_reason in HANDED_IN:
        return False
    return chain.arrived and bool(chain.client & trait.CLIENT_PUBLIC)


def _tells_client(hop: Hop) -> bool:
    """Return whether a field without a usable address still names a client, as redacted samples do."""
    return hop.helo is not None and hop.ip is None and hop.network_reason not in UNUSABLE and hop.auth is None


def _around(hops: tuple[Hop, ...], stations: list[tuple[Hop, int]]) -> Chain:
    start = _first_believable(stations) if len(stations) > 1 else 0
    entry, client = stations[start]
    later = stations[start + 1 :]
    public = [hop for hop, bits in later if bits & trait.CLIENT_PUBLIC]
    relay_org = _relay_organisation(entry, public)
    left, last = _first_outside(public, relay_org), stations[-1][0]
    return Chain(
        entry,
        client,
        later[0][0] if later and later[0][1] & trait.CLIENT_PRIVATE else None,
        left,
        last,
        (entry, *public),
        hops[0] if hops[0] is not entry else None,
        _below(hops, entry),
        stations[start - 1][0] if start else None,
        relay_org,
        left is None or akin(organisation(last.by or ""), relay_org),
    )


def _below(hops: tuple[Hop, ...], entry: Hop) -> Hop | None:
    """Return the field just older than the entry, None where the entry is the oldest."""
    older = None
    for hop in hops:
        if hop is entry:
            break
        older = hop
    return older


def count_organisations(handovers: tuple[Hop, ...]) -> int:
    """Return how often the server that took the message over was another organisation's than the last."""
    pairs = pairwise([hop.by for hop in handovers])
    return 1 + sum([not same_organisation(giver, taker) for giver, taker in pairs])


def _first_outside(public: list[Hop], relay_org: str | None) -> Hop | None:
    """Return the first hop that a server of another organisation recorded."""
    for hop in public:
        if not akin(organisation(hop.by or ""), relay_org):
            return hop
    return None


def _first_believable(stations: list[tuple[Hop, int]]) -> int:
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
    """Return whether a client greets by a name of the server's house, where its own name is of another, or
    brings a field of that very server over somebody's line.

    Where it only greets so, the server that handed the message to it, as it says, is of neither.
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


def _relay_organisation(entry: Hop, public: list[Hop]) -> str | None:
    """Return whose server took the message in, by its own name or by what the next one says of it."""
    own = organisation(entry.by) if entry.by else None
    if (own is None or own.endswith(INNER_SUFFIXES)) and public:
        return organisation(public[0].rdns or public[0].helo or "")
    return own
