"""The words that every stage shares."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple, NoReturn


class Span(NamedTuple):
    """A half-open range of byte offsets into the text that was read."""

    start: int
    end: int


class RdnsStatus(StrEnum):
    """What the recording server said about the client's reverse name (RFC 8601, section 3: iprev)."""

    VERIFIED = "verified"
    UNVERIFIED = "unverified"
    MAY_BE_FORGED = "may-be-forged"
    FAILED = "failed"
    NOT_STATED = "not-stated"


class NetworkReason(StrEnum):
    """Why a field records no hand-over from a network client that can be used."""

    PICKUP = "pickup"
    FETCH = "fetch"
    LOCAL_FILTER = "local-filter"
    PIPE = "pipe"
    LOCAL = "local"
    QUEUE = "queue"
    LIST_EXPANSION = "list-expansion"
    NO_FROM = "no-from"
    NO_ADDRESS = "no-address"
    UNREADABLE = "unreadable"


class Scenario(StrEnum):
    """The stories that a chain of hops may tell."""

    OPEN_RELAY_NAT = "open-relay-nat"
    OPEN_RELAY_APPLIANCE = "open-relay-appliance"
    OPEN_RELAY = "open-relay"
    STOLEN_CREDENTIALS = "stolen-credentials"
    DIRECT_TO_MX = "direct-to-mx"
    INTERNAL_SUBMISSION = "internal-submission"
    AUTHENTICATED_SUBMISSION = "authenticated-submission"
    WEBMAIL = "webmail"
    FORWARDED = "forwarded"
    BOUNCE = "bounce"
    BACKSCATTER = "backscatter"
    COMPROMISED_HOST = "compromised-host"
    FORGED_TRAIL = "forged-trail"
    UNDETERMINED = "undetermined"


class Confidence(StrEnum):
    """How sure a judgement is: ``possible`` < ``likely`` < ``established``.

    A ``str`` that is one of these words is compared as that member; any other is a ``TypeError``, as text
    and sureness have no common order.
    """

    POSSIBLE = "possible"
    LIKELY = "likely"
    ESTABLISHED = "established"

    def __lt__(self, other: object) -> bool:
        return _RANKS[self] < _RANKS[other] if isinstance(other, str) else NotImplemented

    def __le__(self, other: object) -> bool:
        return _RANKS[self] <= _RANKS[other] if isinstance(other, str) else NotImplemented

    def __gt__(self, other: object) -> bool:
        return _RANKS[self] > _RANKS[other] if isinstance(other, str) else NotImplemented

    def __ge__(self, other: object) -> bool:
        return _RANKS[self] >= _RANKS[other] if isinstance(other, str) else NotImplemented


class _Ranks(dict[str, int]):
    def __missing__(self, word: str) -> NoReturn:
        raise TypeError(f"a Confidence compares with {', '.join(self)}, not with {word!r}")


_RANKS = _Ranks((word, rank) for rank, word in enumerate(Confidence))
