"""Whether a field records a hand-over from a network client, and if not, why; SpamAssassin skips the same."""

from __future__ import annotations

import re
from functools import lru_cache

from headertrace.received.draft import Draft
from headertrace.received.families.family import Family
from headertrace.received.protocols import tells_fetching, tells_local, tells_no_greeting, tells_smtp
from headertrace.received.session import account_behind_from
from headertrace.vocabulary import NetworkReason

_REASON_OF_REMARK = {
    "pickup": NetworkReason.PICKUP,
    "local-sender": NetworkReason.PICKUP,
    "fetch": NetworkReason.FETCH,
    "scanner": NetworkReason.LOCAL_FILTER,
    "qmail": NetworkReason.QUEUE,
    "haraka": NetworkReason.QUEUE,
    "ofmipd": NetworkReason.NO_FROM,
    "socket": NetworkReason.PIPE,
    "list": NetworkReason.LIST_EXPANSION,
}
# A mailbox that was asked, a spooler and a program that was called speak no SMTP.
_MUTE = frozenset((NetworkReason.FETCH, NetworkReason.QUEUE, NetworkReason.PICKUP))
_BY_USER = re.compile(r"invoked by uid|from userid|from uid", re.I)


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
    if reason is None and tells_local(protocol) and _is_itself(draft):
        reason = NetworkReason.LOCAL
    if reason is None and "ip" not in values:
        reason = _reason_without_address(draft, protocol)
    return reason


def _reason_of_remarks(draft: Draft) -> NetworkReason | None:
    start, end = draft.client if draft.client and not _is_itself(draft) else (0, 0)
    for remark in draft.remarks:
        if start <= remark.span.start < end:  # beside another machine's address: what it greeted with
            continue
        if remark.kind in ("qmail", "user-id") and _BY_USER.search(remark.text):
            return NetworkReason.PICKUP
        if remark.kind in _REASON_OF_REMARK:
            return _REASON_OF_REMARK[remark.kind]
    return None


@lru_cache(maxsize=256)
def _reason_of_family(family: Family, word: str) -> NetworkReason | None:
    for pattern, reason in family.network.items():
        if re.fullmatch(pattern, word, re.I | re.S):
            return reason
    return None


def _is_itself(draft: Draft) -> bool:
    """Whether no other machine is the client; Courier writes its loopback address then."""
    ip = draft.values.get("ip")
    return ip is None or ip.is_loopback


def _reason_without_address(draft: Draft, protocol: str) -> NetworkReason:
    if not draft.values and not draft.remarks:
        return NetworkReason.UNREADABLE
    if protocol.casefold().startswith("lmtp"):
        return NetworkReason.PIPE
    return NetworkReason.NO_ADDRESS if "from_name" in draft.values else NetworkReason.NO_FROM


def greets_nobody(draft: Draft, family: Family, word: str, *, seen: bool) -> bool:
    """Return whether the word behind FROM is a user, a process, or a server that was asked.

    RFC 5321, 4.1.1.1: a greeting is a domain or a literal; a mailbox or a local user greets nobody.
    """
    protocol = str(draft.values.get("protocol", ""))
    if (not seen and "@" in word) or (tells_local(protocol) and _is_itself(draft)):
        return True
    if family.tells_clients and not seen and not tells_smtp(protocol):
        return True
    if tells_no_greeting(protocol) and (not seen or word.startswith("[")):
        return True
    if tells_fetching(protocol) or account_behind_from(draft, family):
        return True
    return bool(family.network) and _reason_of_family(family, f"from {word}") in _MUTE
