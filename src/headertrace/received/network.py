"""Whether a field records a hand-over from a network client, and if not, why; SpamAssassin skips the same."""

from __future__ import annotations

import re
from functools import lru_cache

from headertrace.received.draft import Draft
from headertrace.received.families.family import Family
from headertrace.received.protocols import LOCAL, tells_fetching
from headertrace.vocabulary import NetworkReason

_REASON_OF_REMARK = {
    "pickup": NetworkReason.PICKUP,
    "local-sender": NetworkReason.PICKUP,
    "fetch": NetworkReason.FETCH,
    "scanner": NetworkReason.LOCAL_FILTER,
    "qmail": NetworkReason.QUEUE,
    "haraka": NetworkReason.QUEUE,
    "socket": NetworkReason.PIPE,
    "list": NetworkReason.LIST_EXPANSION,
}
_BY_USER = re.compile(r"invoked by uid|from userid|from uid", re.I)


@lru_cache(maxsize=256)
def _reason_of_family(family: Family, word: str) -> NetworkReason | None:
    for pattern, reason in family.network.items():
        if re.fullmatch(pattern, word, re.I | re.S):
            return reason
    return None


def _reason_of_remarks(draft: Draft) -> NetworkReason | None:
    for remark in draft.remarks:
        if remark.kind in ("qmail", "user-id") and _BY_USER.search(remark.text):
            return NetworkReason.PICKUP
        if remark.kind in _REASON_OF_REMARK:
            return _REASON_OF_REMARK[remark.kind]
    return None


def tell_network(draft: Draft, family: Family) -> NetworkReason | None:
    """Return why the field is no hop of the network, or None where it is one."""
    values = draft.values
    protocol = values.get("protocol") or ""
    reason = _reason_of_remarks(draft)
    if reason is None and family.network:
        words = (f"with {protocol}", f"via {values.get('via')}", f"from {values.get('from_name')}")
        reason = next(filter(None, (_reason_of_family(family, word) for word in words)), None)
    if reason is None and tells_fetching(protocol):
        reason = NetworkReason.FETCH
    if reason is None and "ip" not in values:
        reason = _reason_without_address(draft, protocol)
    return reason


def _reason_without_address(draft: Draft, protocol: str) -> NetworkReason:
    if not draft.values and not draft.remarks:
        return NetworkReason.UNREADABLE
    if LOCAL.fullmatch(protocol):
        return NetworkReason.LOCAL
    if protocol.casefold().startswith("lmtp"):
        return NetworkReason.PIPE
    return NetworkReason.NO_ADDRESS if "from_name" in draft.values else NetworkReason.NO_FROM
