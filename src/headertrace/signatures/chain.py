"""The stations of a message that matter for a judgement: where it entered, who let it out, to whom."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from headertrace.received.hop import Hop
from headertrace.signatures import trait
from headertrace.signatures.client_address import address_traits
from headertrace.signatures.invented import Station, first_believable
from headertrace.signatures.names import INNER_SUFFIXES, akin, greeting_traits, organisation
from headertrace.trace.organisations import is_host_of, same_organisation
from headertrace.trace.trace import Trace
from headertrace.vocabulary import NetworkReason

# A judgement needs the ends of a chain and its hand-overs; a longer chain is a loop or an attack.
MAX_STATIONS = 60
# Without an address such a field tells of no client.
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


# Not frozen: one is made for every message, and a frozen one costs three times as much.
@dataclass(slots=True, eq=False)
class Chain:
    """The stations of one message, each None where there is none.

    ``entry`` is the oldest hand-over from another machine, ``inner`` the one after it inside the same
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
    stations: list[Station] = []
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


def _tells_client(hop: Hop) -> bool:
    """Return whether a field without a usable address still names a client, as redacted samples do."""
    return hop.helo is not None and hop.ip is None and hop.network_reason not in UNUSABLE and hop.auth is None


def _around(hops: tuple[Hop, ...], stations: list[Station]) -> Chain:
    start = first_believable(stations) if len(stations) > 1 else 0
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


def _first_outside(public: list[Hop], relay_org: str | None) -> Hop | None:
    """Return the first hop that a server of another organisation recorded."""
    for hop in public:
        if not akin(organisation(hop.by or ""), relay_org):
            return hop
    return None


def _relay_organisation(entry: Hop, public: list[Hop]) -> str | None:
    """Return whose server took the message in, by its own name or by what the next one says of it."""
    own = organisation(entry.by) if entry.by else None
    if (own is None or own.endswith(INNER_SUFFIXES)) and public:
        return organisation(public[0].rdns or public[0].helo or "")
    return own


def ends_at_entry(chain: Chain) -> bool:
    """Return whether the recipient's own server took the message in, straight from the client outside.

    Not where a program on the client's server is known to have handed it in there.
    """
    if chain.below is not None and chain.below.network_reason in HANDED_IN:
        return False
    return chain.arrived and bool(chain.client & trait.CLIENT_PUBLIC)


def count_organisations(handovers: tuple[Hop, ...]) -> int:
    """Return how often the server that took the message over was another organisation's than the last."""
    pairs = pairwise([hop.by for hop in handovers])
    return 1 + sum([not same_organisation(giver, taker) for giver, taker in pairs])
