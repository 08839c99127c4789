"""Where the message began, as far as it can be believed, and whether its true client is hidden."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from headertrace.received.hop import Hop
from headertrace.trace.addresses import IMPOSSIBLE, LOOPBACK, PRIVATE, SHARED, is_gateway_like, is_public
from headertrace.trace.continuity import BreakKind
from headertrace.trace.organisations import is_host_of, registrable_domain, same_organisation
from headertrace.trace.originating import Originating
from headertrace.vocabulary import NetworkReason

if TYPE_CHECKING:
    from headertrace.trace.trace import Trace

# The message was handed in on the server itself: there is no network client that could be hidden.
ON_THE_SERVER = frozenset({NetworkReason.PICKUP, NetworkReason.PIPE, NetworkReason.LOCAL})
CONTRADICTIONS = frozenset({BreakKind.NAME_MISMATCH, BreakKind.ORDER})

PRIVATE_KINDS = (
    (
        LOOPBACK,
        "it came over the server's loopback: whoever used a program or web form there is not told",
    ),
    (SHARED, "the address is a carrier's shared one: whoever stands behind that translation is not told"),
    (PRIVATE, "the address is private{}: nothing tells a client inside from a stranger behind a gateway"),
    (IMPOSSIBLE, "no client can have that address: the true one is not told"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """The oldest believable hop, and whether the true client stands nowhere in the message."""

    hop: Hop | None
    hidden: bool
    reason: str


def locate_origin(trace: Trace) -> Origin:
    """Return the oldest hop that nothing above it contradicts, and why its client is known or hidden.

    What our own servers recorded is believed; what stands below the border, as long as it fits.
    """
    index = _oldest_fitting(trace)
    if index is None:
        return Origin(hop=None, hidden=True, reason="there is no Received field")
    hop = trace.hops[index]
    why = _why_hidden(hop)
    told = _told_elsewhere(trace) if why else None
    reason = _other_witness(told) if told else why or _why_known(hop)
    return Origin(hop=hop, hidden=bool(why) and told is None, reason=f"{reason}{_doubt(trace, index)}")


def _oldest_fitting(trace: Trace) -> int | None:
    if not trace.hops:
        return None
    contradicted = {each.later for each in trace.breaks if each.kind in CONTRADICTIONS}
    border, hops = trace.border_index or 0, trace.hops
    return next(
        (
            index
            for index in range(border, 0, -1)
            if index in contradicted or _is_no_server(hops[index - 1], hops[index])
        ),
        0,
    )


def _is_no_server(earlier: Hop, later: Hop) -> bool:
    """Return whether a client with no name but a bare greeting cannot be the server that ``earlier`` names.

    A server writes the name into its fields by which it greets.
    """
    if not later.network or later.rdns is not None or not later.helo or "." in later.helo:
        return False
    if registrable_domain(earlier.by) is None or registrable_domain(later.by) is None:
        return False
    if same_organisation(earlier.by, later.by):
        return False
    return not is_host_of(later.helo, earlier.by or "") and not later.helo.lower().startswith("localhost")


def _why_hidden(hop: Hop) -> str | None:
    if not hop.network:
        return None if hop.network_reason in ON_THE_SERVER else "the oldest field names no network client"
    if hop.ip is None:
        return "the client's address is missing or blanked"
    for kind, why in PRIVATE_KINDS:
        if hop.ip in kind:
            return why.format(" and ends as gateways' addresses do" if is_gateway_like(hop.ip) else "")
    return None


def _why_known(hop: Hop) -> str:
    if not hop.network:
        return "the message was handed in on the server itself"
    return f"the oldest client that can be believed is {hop.ip}"


def _other_witness(told: Originating) -> str:
    return f"{told.name} tells {told.ip}: if honest, written by {told.written_by}; but anyone can write it"


def _told_elsewhere(trace: Trace) -> Originating | None:
    """Return the first other field with a public address that no hop tells."""
    known = {hop.ip for hop in trace.hops}
    return next((told for told in trace.originating if is_public(told.ip) and told.ip not in known), None)


def _doubt(trace: Trace, index: int) -> str:
    if index:
        older = "an older field does" if index == 1 else f"{index} older fields do"
        return f"; {older} not fit what stands above"
    return "; only servers that are not ours say so" if trace.claimed else ""
