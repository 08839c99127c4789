"""What many messages prove together: data only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from headertrace.vocabulary import Confidence


class CaseKind(StrEnum):
    """What several messages have in common."""

    OPEN_RELAY_NAT = "open-relay-nat"
    OPEN_RELAY_APPLIANCE = "open-relay-appliance"
    OPEN_RELAY = "open-relay"
    STOLEN_ACCOUNT = "stolen-account"
    HIJACKER = "hijacker"
    CAMPAIGN = "campaign"


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One relay, gateway, account, hijacker or campaign seen in several messages.

    ``relay`` is the server's own name, ``relay_address`` the one that outsiders see. ``senders``,
    ``recipients`` and ``accounts`` count by keyed hashes, never by addresses of people; mappings hold
    the most frequent values. ``messages`` counts each content once, however often it came; ``days``
    is the volume of each day. ``relays`` are the sites that a hijacker or a campaign went through.
    """

    kind: CaseKind
    relay: str | None
    relay_address: str | None = None
    inner_address: str | None = None
    helos: Mapping[str, int] = field(default_factory=dict, hash=False)
    senders: Mapping[str, int] = field(default_factory=dict, hash=False)
    zones: Mapping[str, int] = field(default_factory=dict, hash=False)
    recipients: Mapping[str, int] = field(default_factory=dict, hash=False)
    accounts: Mapping[str, int] = field(default_factory=dict, hash=False)
    clients: Mapping[str, int] = field(default_factory=dict, hash=False)
    relays: Mapping[str, int] = field(default_factory=dict, hash=False)
    days: Mapping[str, int] = field(default_factory=dict, hash=False)
    first_seen: datetime | None = None
    last_seen: datetime | None = None
    messages: int = 0
    confidence: Confidence | None = None
    reasons: tuple[str, ...] = ()
    confounders: tuple[str, ...] = ()
    samples: tuple[str, ...] = ()

    def __repr__(self) -> str:
        who = self.relay or self.relay_address
        where = f"{len(self.relays)} relays" if who is None else ascii(who)
        return f"<Case: {self.kind} ({self.confidence}), {where}, {self.messages} messages>"
