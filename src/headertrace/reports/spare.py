"""Whom a list or an accusation must spare: it harms, so every reason not to make it comes first."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from ipaddress import ip_address

from headertrace.cases.case import Case, CaseKind
from headertrace.received.hop import Address
from headertrace.trace.addresses import is_public
from headertrace.trace.admd import Admd
from headertrace.vocabulary import Confidence

OPEN_RELAYS = frozenset({CaseKind.OPEN_RELAY_NAT, CaseKind.OPEN_RELAY_APPLIANCE, CaseKind.OPEN_RELAY})


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """``at_least``: how sure a case must be; ``own``: our networks and names; ``spared``: others to spare."""

    at_least: Confidence = Confidence.ESTABLISHED
    own: Admd | None = None
    spared: Admd | None = None


def accused_address(case: Case) -> Address | None:
    """Return the address of the relay that outsiders see, or None where the case has none."""
    try:
        return ip_address(case.relay_address or "")
    except ValueError:
        return None


def reaches(case: Case, level: Confidence) -> bool:
    """Return whether a case is at least this sure."""
    return case.confidence is not None and case.confidence >= level


def reason_to_spare(case: Case, policy: Policy) -> str | None:
    """Return why nobody may be told of this case, or None where it may be reported."""
    if not reaches(case, policy.at_least):
        return f"not {policy.at_least}"
    address = accused_address(case)
    if address is None:
        return "no address of the relay is known"
    if not is_public(address):
        return "the address is private or reserved"
    return _spared_network(case, address, policy)


def reason_not_to_list(case: Case, policy: Policy) -> str | None:
    """Return why the address does not belong in a list of open relays, or None where it does."""
    if case.kind not in OPEN_RELAYS:
        return f"no open relay ({case.kind})"
    return reason_to_spare(case, policy)


def _spared_network(case: Case, address: Address, policy: Policy) -> str | None:
    own = policy.own
    if own is not None and (own.owns(case.relay) or own.trusts(address) or own.is_internal(address)):
        return "it is our own network"
    if policy.spared is not None and policy.spared.trusts(address):
        return "the network is spared by request"
    provider = shared_provider(case.relay)
    return f"a server that {provider} shares among many customers" if provider else None


def shared_provider(name: str | None) -> str | None:
    """Return the provider of many customers that a server's name belongs to, or None."""
    host = (name or "").strip(".[]").lower()
    return next((owner for end, owner in _suffixes() if host == end or host.endswith("." + end)), None)


@cache
def _suffixes() -> tuple[tuple[str, str], ...]:
    text = resources.files("headertrace.reports").joinpath("shared_providers.toml").read_text("utf-8")
    providers = tomllib.loads(text)["provider"]
    return tuple((suffix, one["name"]) for one in providers for suffix in one["suffixes"])
