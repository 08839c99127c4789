"""What lookups found about addresses and names, as plain data; nothing in it needs a network."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from datetime import datetime
from enum import StrEnum
from typing import Any, TypeVar

# Written into the JSON; raised when a reader of the old form would misread the new one.
SCHEMA = 1

Value = TypeVar("Value")


class Iprev(StrEnum):
    """Outcome of a reverse look-up confirmed by a forward one (RFC 8601, section 2.7.3)."""

    PASS = "pass"
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


class HopScope(StrEnum):
    """Which hops a blocklist's answer speaks about: every one, or only the last outside one."""

    ANY_HOP = "any-hop"
    LAST_EXTERNAL = "last-external"


@dataclass(frozen=True, slots=True, kw_only=True)
class ListingFact:
    """One blocklist's answer about one address or name.

    ``codes`` are the A records as they came, ``meanings`` what they mean for a hop of ``scope``;
    ``asked`` is the name that was asked (keys redacted), ``ttl`` counts seconds.
    """

    zone: str
    state: Listed
    codes: tuple[str, ...] = ()
    text: str | None = None
    reason: str | None = None
    meanings: tuple[str, ...] = ()
    scope: HopScope = HopScope.LAST_EXTERNAL
    asked: str | None = None
    asked_at: datetime | None = None
    resolver: str | None = None
    ttl: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkFact:
    """Which network an address belongs to, from a database file that the user named."""

    asn: int | None = None
    organisation: str | None = None
    country: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """Answers of lookups, keyed by address or name as text; ``to_json`` and ``from_json`` are lossless.

    Addresses are written as ``str()`` writes them, names in small letters without the last dot. An
    empty tuple says that there are no such records; what could not be found out has no entry but a
    reason in ``unanswered``, under the question (``"MX example.org"``) or the address itself.
    """

    gathered: datetime | None = None
    reverse: Mapping[str, ReverseFact] = field(default_factory=dict, hash=False)
    addresses: Mapping[str, tuple[str, ...]] = field(default_factory=dict, hash=False)
    mail_exchangers: Mapping[str, tuple[str, ...]] = field(default_factory=dict, hash=False)
    texts: Mapping[str, tuple[str, ...]] = field(default_factory=dict, hash=False)
    listings: Mapping[str, tuple[ListingFact, ...]] = field(default_factory=dict, hash=False)
    networks: Mapping[str, NetworkFact] = field(default_factory=dict, hash=False)
    unanswered: Mapping[str, str] = field(default_factory=dict, hash=False)

    def to_json(self) -> str:
        """Return everything as one JSON object."""
        plain = {item.name: _plain(getattr(self, item.name)) for item in fields(self)}
        return json.dumps({"schema": SCHEMA, **plain}, default=_in_words, sort_keys=True)

    @classmethod
    def from_json(cls, text: str | bytes) -> Facts:
        """Return what ``to_json`` wrote; text that is not such an object is a ValueError."""
        try:
            return _read(json.loads(text))
        except (TypeError, KeyError, AttributeError, RecursionError) as error:
            raise ValueError(f"these are no facts: {error}") from error

    def merged(self, other: Facts) -> Facts:
        """Return both together; where they disagree a definite answer wins, then the other's."""
        return Facts(
            gathered=_later(self.gathered, other.gathered),
            reverse=_union(self.reverse, other.reverse, _surer_reverse),
            addresses={**self.addresses, **other.addresses},
            mail_exchangers={**self.mail_exchangers, **other.mail_exchangers},
            texts={**self.texts, **other.texts},
            listings=_union(self.listings, other.listings, _surer_listings),
            networks={**self.networks, **other.networks},
            unanswered={**self.unanswered, **other.unanswered},
        )._without_settled()

    def _without_settled(self) -> Facts:
        """Return it without the questions that have an answer after all."""
        answers = {"A": self.addresses, "AAAA": self.addresses, "MX": self.mail_exchangers, "TXT": self.texts}
        still = {
            question: reason
            for question, reason in self.unanswered.items()
            if question.partition(" ")[2] not in answers.get(question.partition(" ")[0], {})
        }
        return replace(self, unanswered=still)


def _later(one: datetime | None, other: datetime | None) -> datetime | None:
    return max((when for when in (one, other) if when is not None), default=None)


def _union(
    one: Mapping[str, Value], other: Mapping[str, Value], choose: Callable[[Value, Value], Value]
) -> dict[str, Value]:
    both = {key: choose(one[key], other[key]) for key in one.keys() & other.keys()}
    return {**one, **other, **both}


def _surer_reverse(one: ReverseFact, other: ReverseFact) -> ReverseFact:
    return one if other.iprev is Iprev.TEMPERROR else other


def _surer_listings(one: tuple[ListingFact, ...], other: tuple[ListingFact, ...]) -> tuple[ListingFact, ...]:
    kept = {fact.zone: fact for fact in one}
    for fact in other:
        if fact.zone not in kept or fact.state is not Listed.UNKNOWN:
            kept[fact.zone] = fact
    return tuple(kept.values())


def _plain(value: Any) -> Any:
    if not isinstance(value, Mapping):
        return value
    return {key: _plain_entry(entry) for key, entry in value.items()}


def _plain_entry(entry: Any) -> Any:
    if isinstance(entry, ReverseFact | NetworkFact):
        return _told(entry)
    if isinstance(entry, tuple):
        return [_told(item) if isinstance(item, ListingFact) else item for item in entry]
    return entry


def _told(fact: ReverseFact | ListingFact | NetworkFact) -> dict[str, Any]:
    """Return what a fact tells, without the parts that stand at 'nothing'."""
    return {key: value for key, value in asdict(fact).items() if value not in (None, ())}


def _in_words(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} is no part of facts")


def _read(plain: dict[str, Any]) -> Facts:
    if plain["schema"] > SCHEMA:
        raise ValueError(f"facts of schema {plain['schema']}; this program reads up to {SCHEMA}")
    return Facts(
        gathered=_moment(plain["gathered"]),
        reverse={key: _read_reverse(entry) for key, entry in plain["reverse"].items()},
        addresses={key: tuple(entry) for key, entry in plain["addresses"].items()},
        mail_exchangers={key: tuple(entry) for key, entry in plain["mail_exchangers"].items()},
        texts={key: tuple(entry) for key, entry in plain["texts"].items()},
        listings={key: tuple(map(_read_listing, entry)) for key, entry in plain["listings"].items()},
        networks={key: NetworkFact(**entry) for key, entry in plain["networks"].items()},
        unanswered=dict(plain["unanswered"]),
    )


def _read_reverse(entry: dict[str, Any]) -> ReverseFact:
    names = tuple(entry.get("names", ()))
    return ReverseFact(**{**entry, "names": names, "iprev": Iprev(entry["iprev"])})


def _read_listing(entry: dict[str, Any]) -> ListingFact:
    exact = {
        "state": Listed(entry["state"]),
        "codes": tuple(entry.get("codes", ())),
        "meanings": tuple(entry.get("meanings", ())),
        "scope": HopScope(entry["scope"]),
        "asked_at": _moment(entry.get("asked_at")),
    }
    return ListingFact(**{**entry, **exact})


def _moment(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)
