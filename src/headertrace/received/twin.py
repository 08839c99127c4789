"""A Hop made by a class of the same shape that is not frozen.

To set a slot of a frozen class costs ten times as much: values go into a twin, which then becomes the Hop.
"""

from __future__ import annotations

from dataclasses import fields
from operator import itemgetter
from typing import Any

from headertrace.received.draft import Draft
from headertrace.received.hop import Hop
from headertrace.vocabulary import NetworkReason

# A twin with nothing in it, for whoever sets every slot.
Blank: Any = type("Blank", (), {"__slots__": Hop.__slots__})
_UNTOLD = {each.name: each.default for each in fields(Hop)}
_pick = itemgetter(
    "from_name", "helo", "rdns", "rdns_status", "ip", "port", "ident", "by", "by_ip", "software",
    "via", "protocol", "id", "recipients", "envelope_from", "auth", "tls", "date", "zone_known",
)  # fmt: skip


def make_hop(raw: bytes, draft: Draft, family: str, reason: NetworkReason | None) -> Hop:
    """Return the Hop that a draft has become; ``reason`` tells why it is none of the network."""
    hop = Blank()
    (
        hop.from_name, hop.helo, hop.rdns, hop.rdns_status, hop.ip, hop.port, hop.ident, hop.by, hop.by_ip,
        hop.software, hop.via, hop.protocol, hop.id, hop.recipients, hop.envelope_from, hop.auth, hop.tls,
        hop.date, hop.zone_known,
    ) = _pick(_UNTOLD | draft.values)  # fmt: skip
    hop.raw = raw
    hop.family = family
    hop.network = reason is None
    hop.network_reason = reason
    hop.spans = {**draft.spans, **draft.many}
    hop.remarks = tuple(draft.remarks)
    hop.unread = tuple(draft.unread)
    hop.defects = tuple(draft.defects)
    hop.__class__ = Hop
    return hop  # type: ignore[no-any-return]
