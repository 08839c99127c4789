"""What stands below the entry: fields that record no other machine, but tell where a message began."""

from __future__ import annotations

from headertrace.received.hop import Hop
from headertrace.signatures import trait
from headertrace.signatures.chain import HANDED_IN, Chain
from headertrace.trace.organisations import same_organisation
from headertrace.vocabulary import NetworkReason

# By which a browser hands over; with HTTPS groupware and providers hand on between their own machines.
BROWSERS = ("HTTP", "http")


def older_traits(chain: Chain, entry: Hop) -> int:
    """Return what the fields below the entry are, where they record no client that can be used."""
    older = chain.older
    if older is None:
        return trait.OLDEST
    below = chain.below or older
    odd = older.network_reason in (NetworkReason.NO_ADDRESS, NetworkReason.UNREADABLE)
    bits = trait.LOCAL_BEFORE | (trait.FORGED_SHAPE if odd else 0)
    bits |= trait.HANDED_IN if below.network_reason in HANDED_IN else 0
    if _is_of_client(below, entry):
        bits |= trait.BEGUN_AT_CLIENT
        bits |= trait.BEGUN_IN_BROWSER if older.protocol in BROWSERS else 0
    return bits


def _is_of_client(below: Hop, entry: Hop) -> bool:
    """Return whether the client, or a server of its house, wrote the field below the entry.

    What came from no network came from the client itself, by whatever inner name it calls itself there.
    """
    if below.network_reason is NetworkReason.PICKUP or (below.ip is not None and below.ip.is_loopback):
        return True
    client = entry.rdns or entry.helo
    return client is not None and (below.by == client or same_organisation(below.by, client))
