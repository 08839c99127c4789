"""What lookups found about addresses and names, as plain data; nothing in it needs a network."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class Iprev(StrEnum):
    """Outcome of a reverse look-up confirmed by a forward one (RFC 8601, section 2.7.3)."""

    PASS = "pass"  # noqa: S105  (a result word of the RFC, no password)
    FAIL = "fail"
    TEMPERROR = "temperror"
    PERMERROR = "permerror"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReverseFact:
    """The PTR names of one address and whether one of them leads back to it."""

    names: tuple[str, ...] = ()
    iprev: Iprev = Iprev.TEMPERROR
    reason: str | None = None


class Listed(StrEnum):
    """What a blocklist answered; ``unknown`` is never to be taken for ``not-listed``."""

    LISTED = "listed"
    NOT_LISTED = "not-listed"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class ListingFact:
    """One blocklist's answer about one address or name."""

    zone: str
    state: Listed
    codes: tuple[str, ...] = ()
    text: str | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkFact:
    """Which network an address belongs to, from a database file that the user named."""

    asn: int | None = None
    organisation: str | None = None
    country: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """Answers of lookups, keyed by address or name as text; ``to_json`` and ``from_json`` are lossless."""

    gathered: datetime | None = None
    reverse: Mapping[str, ReverseFact] = field(default_factory=dict)
    addresses: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    mail_exchangers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    listings: Mapping[str, tuple[ListingFact, ...]] = field(default_factory=dict)
    networks: Mapping[str, NetworkFact] = field(default_factory=dict)
