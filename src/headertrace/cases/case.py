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

    ``recipients`` holds counts keyed by keyed hashes, never addresses of people.
    """

    kind: CaseKind
    relay: str | None
    inner_address: str | None = None
    helos: Mapping[str, int] = field(default_factory=dict)
    senders: Mapping[str, int] = field(default_factory=dict)
    zones: Mapping[str, int] = field(default_factory=dict)
    recipients: Mapping[str, int] = field(default_factory=dict)
    first_seen: datetime | None = None
    last_seen: datetime | None = None
    messages: int = 0
    confidence: Confidence | None = None
    reasons: tuple[str, ...] = ()
    confounders: tuple[str, ...] = ()
    samples: tuple[str, ...] = ()
