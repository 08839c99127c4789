"""Whether a bounce answers a message that we never sent."""

from __future__ import annotations

from collections.abc import Iterable

from headertrace.received.hop import Address, Hop
from headertrace.trace.admd import Admd
from headertrace.trace.trace import read_trace

Answer = tuple[bool | None, str]


def judge_backscatter(original: bytes, refused: Iterable[Address | None], admd: Admd | None) -> Answer:
    """Return whether the returned message (its header) is a stranger's, and why; None: it does not tell.

    The sender is no evidence: it is what a spammer invents. A Received field of a server of ours is, and
    so is an address of ours among those ``refused``: behind NAT no field needs to name it.
    """
    if admd is None or not (admd.names or admd.configured):
        return None, "our own names and networks were not given, so nothing says whether the message was ours"
    known = next((ip for ip in refused if _is_our_address(ip, admd)), None)
    if known is not None:
        return False, f"the server that refused the message had it from our {known}"
    hops = read_trace(original).hops if original else ()
    if not hops:
        return None, "the returned message shows no Received field"
    ours = next((hop for hop in hops if _is_ours(hop, admd)), None)
    if ours is not None:
        return False, f"the returned message's Received fields name our {ours.by or ours.by_ip or ours.ip}"
    return (
        True,
        "no server of ours stands in the Received fields of the returned message: its sender was forged",
    )


def _is_ours(hop: Hop, admd: Admd) -> bool:
    named = any(admd.owns(name) for name in (hop.by, hop.rdns))
    return named or any(_is_our_address(ip, admd) for ip in (hop.by_ip, hop.ip))


def _is_our_address(ip: Address | None, admd: Admd) -> bool:
    # Every machine's loopback is trusted, a stranger's too.
    return ip is not None and not ip.is_loopback and admd.trusts(ip)
