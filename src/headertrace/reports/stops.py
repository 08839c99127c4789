"""The hosts of a path as the page maps them, in travel order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from headertrace.received.hop import Hop
from headertrace.reports.escape import one_line
from headertrace.reports.legs import is_hidden_before, is_surely_hidden
from headertrace.reports.path import Leg, Standing
from headertrace.reports.words import address, client, server
from headertrace.trace.continuity import fits
from headertrace.trace.trace import Trace
from headertrace.verdict.examination import Hypothesis


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop:
    """One host on the map; ``arrow`` tells how the message reached it."""

    kind: str
    role: str
    name: str
    address: str = ""
    arrow: str = ""
    boundary: bool = False


HIDDEN = Stop(kind="hidden", role="true client", name="not in the message")
PERHAPS = Stop(kind="perhaps", role="true client", name="perhaps not in the message")


def stops(trace: Trace, drawn: Sequence[Leg], verdict: Hypothesis | None = None) -> list[Stop]:
    """Return the hosts in travel order; where names fit, the server of one hop is the client of the next."""
    found: list[Stop] = []
    before: Leg | None = None
    for leg in drawn:
        hidden = _hidden(trace, verdict) if is_hidden_before(trace, leg) else None
        if before is not None and names_a_host(leg.hop):
            found += _handed_on(before, leg, hidden)
        elif names_a_host(leg.hop):
            found += [hidden, _client(leg, "unseen")] if hidden else [_client(leg, "")]
        before = leg if names_a_host(leg.hop) else before
    return [*found, _server(before)] if before else found


def names_a_host(hop: Hop) -> bool:
    """Return whether a field tells any host; a note of a queue, say, tells none."""
    return bool(hop.by or hop.helo or hop.rdns or hop.from_name or hop.ip)


def _hidden(trace: Trace, verdict: Hypothesis | None) -> Stop:
    return HIDDEN if is_surely_hidden(trace, verdict) else PERHAPS


def _handed_on(before: Leg, leg: Leg, hidden: Stop | None) -> list[Stop]:
    """Return one stop where the server of the earlier hop is the client of this one, else both."""
    if hidden or leg.broken or leg.skipped or not fits(before.hop, leg.hop):
        gap = f"{leg.skipped:,} hops" if leg.skipped else "unseen" if hidden else "no link"
        return [_server(before), *([hidden] if hidden else []), _client(leg, gap)]
    return [
        Stop(
            kind=str(leg.standing),
            role=_recorded(before, leg),
            name=client(leg.hop),
            address=address(leg.hop.ip),
            arrow=_arrow(before),
            boundary=before.standing is Standing.BORDER,
        )
    ]


def _recorded(before: Leg, leg: Leg) -> str:
    """Return which hop a host recorded, and the name it gave itself there, if that was another one."""
    names = {name.lower() for name in (leg.hop.helo, leg.hop.rdns, leg.hop.from_name) if name}
    own = before.hop.by
    other = f" as {server(before.hop)}" if own and own.lower() not in names else ""
    return f"recorded hop {before.number}{other}"


def _client(leg: Leg, arrow: str) -> Stop:
    role = f"client of hop {leg.number}"
    return Stop(
        kind=str(leg.standing), role=role, name=client(leg.hop), address=address(leg.hop.ip), arrow=arrow
    )


def _server(leg: Leg) -> Stop:
    claimed = leg.standing is Standing.CLAIMED
    return Stop(
        kind=str(Standing.CLAIMED if claimed else Standing.OURS),
        role=f"recorded hop {leg.number}",
        name=server(leg.hop),
        address=address(leg.hop.by_ip),
        arrow=_arrow(leg),
        boundary=leg.standing is Standing.BORDER,
    )


def _arrow(leg: Leg) -> str:
    return one_line(leg.hop.protocol or leg.hop.via or "handed over", 20)
