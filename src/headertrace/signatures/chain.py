"""The stations of a message that matter for a judgement: where it entered, which server let it out, to whom."""

from __future__ import annotations

from dataclasses import dataclass

from headertrace.received.hop import Hop
from headertrace.signatures.names import akin, organisation
from headertrace.trace.addresses import LOOPBACK, PRIVATE, is_public
from headertrace.trace.trace import Trace
from headertrace.vocabulary import NetworkReason

# A judgement needs the ends of a chain and its hand-overs; a longer chain is a loop or an attack.
MAX_STATIONS = 60
UNUSABLE = frozenset(
    (NetworkReason.PICKUP, NetworkReason.FETCH, NetworkReason.PIPE, NetworkReason.QUEUE, NetworkReason.LIST_EXPANSION)
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Chain:
    """``entry`` is the oldest hand-over from another machine, ``inner`` the one after it inside the same
    organisation, ``exit`` the first by which another organisation took the message over, ``last`` the newest.
    """

    entry: Hop | None = None
    inner: Hop | None = None
    exit: Hop | None = None
    last: Hop | None = None
    handovers: tuple[Hop, ...] = ()
    local_before: Hop | None = None
    oldest: bool = False
    relay_org: str | None = None


def read_chain(trace: Trace) -> Chain:
    """Return the stations of a trace."""
    hops = trace.hops[:MAX_STATIONS]
    stations = [hop for hop in hops if hop.network and hop.ip is not None]
    entry = next((hop for hop in stations if hop.ip not in LOOPBACK), None)  # type: ignore[operator]
    if entry is None:
        entry = next(filter(_tells_client, hops), None)
    if entry is None:
        return Chain(last=stations[-1] if stations else None, local_before=hops[0] if hops else None)
    return _around(entry, hops, stations)


def _tells_client(hop: Hop) -> bool:
    """Return whether a field without a usable address still names a client, as redacted samples do."""
    return hop.helo is not None and hop.ip is None and hop.network_reason not in UNUSABLE and hop.auth is None


def _around(entry: Hop, hops: tuple[Hop, ...], stations: list[Hop]) -> Chain:
    at = next(index for index, hop in enumerate(hops) if hop is entry)
    later = [hop for hop in stations if hop is not entry and hop.ip not in LOOPBACK and _is_after(hop, hops, at)]
    relay_org = _relay_organisation(entry, later)
    left = next((hop for hop in later if _leaves(hop, relay_org)), None)
    inner = later[0] if later and later[0] is not left and later[0].ip in PRIVATE else None
    return Chain(
        entry=entry,
        inner=inner,
        exit=left,
        last=stations[-1] if stations else None,
        handovers=(entry, *(hop for hop in later if is_public(hop.ip))),
        local_before=hops[0] if at else None,
        oldest=at == 0,
        relay_org=relay_org,
    )


def _is_after(hop: Hop, hops: tuple[Hop, ...], at: int) -> bool:
    return any(each is hop for each in hops[at + 1 :])


def _relay_organisation(entry: Hop, later: list[Hop]) -> str | None:
    """Return whose server took the message in, by its own name or by what the next one says of it."""
    own = organisation(entry.by) if entry.by else None
    if own and not own.endswith((".local", ".lan", ".internal", ".localdomain")):
        return own
    for hop in later:
        if is_public(hop.ip):
            return organisation(hop.rdns or hop.helo or "")
    return own


def _leaves(hop: Hop, relay_org: str | None) -> bool:
    """Return whether a server of another organisation recorded this hop, from a public client."""
    return is_public(hop.ip) and not akin(organisation(hop.by or ""), relay_org)
