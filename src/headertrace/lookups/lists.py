"""The blocklists that a run asks: chosen, checked, and with their keys kept out of sight."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from headertrace.blocklists import Blocklist, Query, Subject, by_default, find, redact, secrets_of
from headertrace.blocklists.catalogue import (
    CLEAN_ADDRESS,
    CLEAN_ADDRESS_6,
    CLEAN_DOMAIN,
    LISTED_ADDRESS,
    LISTED_ADDRESS_6,
    LISTED_DOMAIN,
)
from headertrace.facts import HopScope
from headertrace.lookups.dns import name_to_wire
from headertrace.lookups.inquiry import Inquiry


class Kind(StrEnum):
    """What a question is about; a list has test points for each."""

    IPV4 = "IPv4"
    IPV6 = "IPv6"
    DOMAIN = "domain"


# Kind -> what every list holds, and what none holds (RFC 5782, section 5).
TEST_POINTS = {
    Kind.IPV4: (LISTED_ADDRESS, CLEAN_ADDRESS),
    Kind.IPV6: (LISTED_ADDRESS_6, CLEAN_ADDRESS_6),
    Kind.DOMAIN: (LISTED_DOMAIN, CLEAN_DOMAIN),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedList:
    """A list to be asked: ``zone`` may hold a key, ``shown`` does not; ``blocklist`` None: unknown to us."""

    zone: str
    shown: str
    tail: bytes
    secrets: tuple[str, ...]
    blocklist: Blocklist | None

    def hide(self, text: str) -> str:
        """Return the text without this list's key."""
        return redact(text, self.secrets)

    def why_not(self, inquiry: Inquiry) -> str | None:
        """Return why this list has nothing to say about a subject; None where it may have."""
        known = self.blocklist
        if known is None:
            return None
        kind = kind_of(inquiry)
        if (known.subject is Subject.DOMAIN) != (kind is Kind.DOMAIN):
            return f"it lists no {kind} subjects"
        if inquiry.address is not None and inquiry.address.version not in known.versions:
            return f"it lists no {kind} addresses"
        if inquiry.scope is HopScope.ANY_HOP and not self._speaks_of_any_hop(known):
            return "it speaks about the last outside hop only"
        return None

    def _speaks_of_any_hop(self, known: Blocklist) -> bool:
        return HopScope.ANY_HOP in (known.scope, *(code.scope for code in known.codes))

    @property
    def gone(self) -> str | None:
        """Why it is never asked; None where it may be."""
        known = self.blocklist
        if known is None or known.query is not Query.NEVER:
            return None
        if known.successor:
            return f"not asked: {known.name} was merged into {known.successor}"
        if known.dead:
            return f"not asked: {known.name} is gone" + (f" since {known.ended}" if known.ended else "")
        return f"not asked: {known.name} is not for everybody, or nobody knows whether it answers"


def kind_of(inquiry: Inquiry) -> Kind:
    """Return what a question about this subject is about."""
    if inquiry.address is None:
        return Kind.DOMAIN
    return Kind.IPV4 if inquiry.address.version == 4 else Kind.IPV6


def choose_lists(named: Iterable[str] | None = None) -> tuple[AskedList, ...]:
    """Return the lists named by zone or name, or the default ones; a text that is no zone is a ValueError."""
    if named is None:
        zones = [item.zone for subject in Subject for item in by_default(subject)]
    else:
        zones = [_zone(name) for name in named]
    return tuple(_asked(zone) for zone in dict.fromkeys(zones))


def _zone(name: str) -> str:
    text = name.strip().strip(".").lower()
    known = find(text)
    by_name = known is not None and not f".{text}".endswith(f".{known.zone}")
    return known.zone if known is not None and by_name else text


def _asked(zone: str) -> AskedList:
    known = find(zone)
    if known is not None and known.keyed and zone == known.zone:
        raise ValueError(f"{known.name} needs a key: name it as KEY.{known.zone}")
    if "." not in zone:
        raise ValueError(f"no list is called {zone!r} (write its zone, such as zen.spamhaus.org)")
    secrets = secrets_of(zone)
    return AskedList(
        zone=zone, shown=redact(zone, secrets), tail=name_to_wire(zone), secrets=secrets, blocklist=known
    )
