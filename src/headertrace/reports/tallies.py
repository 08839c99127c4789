"""What the plots draw, counted out of many examinations: no drawing here."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from headertrace.received.hop import Hop
from headertrace.reports.escape import one_line
from headertrace.trace.addresses import is_private
from headertrace.verdict.examination import Examination

Key = TypeVar("Key")

# Labels stay readable; the names of a campaign are counted, not drawn, beyond.
LABEL = 34
# Of a name that shares its place with an address, at least so much.
LEAST_LABEL = 12
# Names kept while counting: memory stays bounded however many messages come.
MOST_KEYS = 50_000
# Delays kept of one host; more dots would only lie on each other.
MOST_DELAYS = 2_000


@dataclass(frozen=True, slots=True)
class Gateway:
    """An inner address as one server saw it: the names announced from there, each with its messages."""

    relay: str
    address: str
    helos: Counter[str]

    @property
    def messages(self) -> int:
        """How many messages came from this address."""
        return self.helos.total()


def label(text: object, beside: int = 0) -> str:
    """Return a name short and safe enough to stand beside an axis, and beside so many characters."""
    shown, most = one_line(str(text)), max(LABEL - beside, LEAST_LABEL)
    return shown if len(shown) <= most else f"{shown[: most - 1]}…"


def delays(examinations: Iterable[Examination], most: int) -> list[tuple[str, list[float]]]:
    """Return the servers that recorded most, each with its delays in seconds, negative kept."""
    found: defaultdict[str, list[float]] = defaultdict(list)
    for judged in examinations:
        for hop, delay in zip(judged.trace.hops[1:], judged.trace.delays, strict=False):
            known = hop.by in found or len(found) < MOST_KEYS
            if delay is not None and hop.by and known and len(found[hop.by]) < MOST_DELAYS:
                found[hop.by].append(delay)
    ranked = sorted(found.items(), key=lambda item: len(item[1]), reverse=True)
    return [(label(name), values) for name, values in ranked[:most]]


def gateways(examinations: Iterable[Examination], most: int) -> list[Gateway]:
    """Return the inner addresses from which most different names were announced."""
    found: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for judged in examinations:
        for hop in _inner_hops(judged):
            _count(found, (hop.by or "?", str(hop.ip)), hop.helo or "none")
    ranked = sorted(found.items(), key=lambda item: (len(item[1]), item[1].total()), reverse=True)
    return [Gateway(label(relay), address, helos) for (relay, address), helos in ranked[:most]]


def _inner_hops(judged: Examination) -> Iterator[Hop]:
    return (hop for hop in judged.trace.hops if hop.network and is_private(hop.ip))


def helo_relays(examinations: Iterable[Examination], most: int) -> Counter[tuple[str, str]]:
    """Return how often a name was announced to a relay, for the pairs that are most frequent."""
    found: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for judged in examinations:
        relay = judged.verdict.relay
        origin = judged.trace.origin
        client = origin.hop if origin else None
        if client is not None and client.helo and client.by:
            _count(found, client.helo, (relay and relay.name) or client.by)
    pairs = Counter({(helo, name): count for helo, names in found.items() for name, count in names.items()})
    return Counter(dict(pairs.most_common(most)))


def _count(found: defaultdict[Key, Counter[str]], key: Key, name: str) -> None:
    if key in found or len(found) < MOST_KEYS:
        names = found[key]
        if name in names or len(names) < MOST_KEYS:
            names[name] += 1
