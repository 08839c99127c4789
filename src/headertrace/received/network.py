"""Whether a field records a hand-over from a network client, and if not, why; SpamAssassin skips the same."""

from __future__ import annotations

import re
from functools import lru_cache

from headertrace.received.draft import Draft
from headertrace.received.families.family import Family
from headertrace.received.protocols import FETCHED
from headertrace.vocabulary import NetworkReason

_QMAIL = re.compile(r"qmail \d++ invoked (by (?:uid|alias)|from network|for|by|from)", re.I)
_LOCAL = re.compile(r"local(?!-?e?smtp)[\w-]*+|bsmtp|local-bsmtp|stdio|pipe|uucp", re.I)


@lru_cache(maxsize=256)
def _reason_of_family(family: Family, word: str) -> NetworkReason | None:
    for pattern, reason in family.network.items():
        if re.fullmatch(pattern, word, re.I | re.S):
            return reason
    return None


def _reason_of_remarks(draft: Draft) -> NetworkReason | None:
    for remark in draft.remarks:
        if remark.kind in ("pickup", "local-sender") or (remark.kind == "user-id" and "from" in remark.text):
            return NetworkReason.PICKUP
        if remark.kind == "fetch":
            return NetworkReason.FETCH
        if remark.kind == "scanner":
            return NetworkReason.LOCAL_FILTER
        if remark.kind == "qmail":
            by_user = remark.text.casefold().find("invoked by uid") > 0
            return NetworkReason.PICKUP if by_user else NetworkReason.QUEUE
        if remark.kind == "socket":
            return NetworkReason.PIPE
        if remark.kind in ("list", "haraka"):
            return NetworkReason.LIST_EXPANSION if remark.kind == "list" else NetworkReason.QUEUE
    return None


def tell_network(draft: Draft, family: Family) -> NetworkReason | None:
    """Return why the field is no hop of the network, or None where it is one."""
    values = draft.values
    protocol = values.get("protocol") or ""
    reason = _reason_of_remarks(draft)
    if reason is None and family.network:
        words = (f"with {protocol}", f"via {values.get('via')}", f"from {values.get('from_name')}")
        reason = next(filter(None, (_reason_of_family(family, word) for word in words)), None)
    if reason is None and FETCHED.match(protocol):
        reason = NetworkReason.FETCH
    if reason is None and "ip" not in values:
        reason = _reason_without_address(draft, protocol)
    return reason


def _reason_without_address(draft: Draft, protocol: str) -> NetworkReason:
    if not draft.values and not draft.remarks:
        return NetworkReason.UNREADABLE
    if _LOCAL.fullmatch(protocol):
        return NetworkReason.LOCAL
    if protocol.casefold().startswith("lmtp"):
        return NetworkReason.PIPE
    return NetworkReason.NO_ADDRESS if "from_name" in draft.values else NetworkReason.NO_FROM
