"""Where each address of a command or a chain stands, put together from facts: no network."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from headertrace.facts import Facts, Listed, ListingFact, NetworkFact, ReverseFact
from headertrace.lookups.inquiry import inquire
from headertrace.received.hop import Address
from headertrace.trace.trace import Trace


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What is known about one address or domain; ``source`` names the input that it comes from."""

    source: str
    subject: str
    why: str
    listings: tuple[ListingFact, ...] = ()
    reverse: ReverseFact | None = None
    network: NetworkFact | None = None
    not_asked: str | None = None

    @property
    def state(self) -> Listed:
        """Listed where any list says so; unknown where none does but one could not be asked."""
        states = {fact.state for fact in self.listings}
        if Listed.LISTED in states:
            return Listed.LISTED
        return Listed.NOT_LISTED if states == {Listed.NOT_LISTED} else Listed.UNKNOWN


def standings(subjects: Iterable[tuple[str, str | Address | Trace]], facts: Facts) -> tuple[Standing, ...]:
    """Return the standing of each address in each source (its name, and an address, a domain or a chain)."""
    return tuple(
        _standing(source, inquiry.subject, inquiry.why, facts)
        for source, subject in subjects
        for inquiry in inquire((subject,))
    )


def _standing(source: str, subject: str, why: str, facts: Facts) -> Standing:
    return Standing(
        source=source,
        subject=subject,
        why=why,
        listings=facts.listings.get(subject, ()),
        reverse=facts.reverse.get(subject),
        network=facts.networks.get(subject),
        not_asked=facts.unanswered.get(subject),
    )
