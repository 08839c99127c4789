"""What is known about one blocklist: data only."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from headertrace.facts import HopScope


class Status(StrEnum):
    """Whether a list still does what it was made for."""

    ACTIVE = "active"
    MERGED = "merged"
    DEAD = "dead"
    BELIEVED_DEAD = "believed-dead"
    UNKNOWN = "unknown"


class Ending(StrEnum):
    """What a question to a dead list gets."""

    EMPTIED = "emptied"
    WILDCARD = "wildcard"
    SILENT = "silent"
    PARKED = "parked"
    OFFLINE = "offline"


class Query(StrEnum):
    """Whether a list is asked: unless told otherwise, only when named, or never."""

    DEFAULT = "default"
    ON_REQUEST = "on-request"
    NEVER = "never"


class Subject(StrEnum):
    """What a list is asked about."""

    ADDRESS = "address"
    DOMAIN = "domain"


class Cause(StrEnum):
    """Why an address stands in a list, as far as one of its codes tells."""

    OPEN_RELAY = "open-relay"
    OPEN_PROXY = "open-proxy"
    COMPROMISED = "compromised"
    AUTH_ABUSE = "auth-abuse"
    SPAM = "spam"
    REPUTATION = "reputation"
    POLICY = "policy"
    NEIGHBOURHOOD = "neighbourhood"
    BACKSCATTER = "backscatter"
    DOMAIN = "domain"
    KNOWN_GOOD = "known-good"
    NEUTRAL = "neutral"
    UNTOLD = "untold"


# A hit with one of these says nothing bad about an address: it is no listing.
HARMLESS = (Cause.KNOWN_GOOD, Cause.NEUTRAL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """One answer of a list (RFC 5782, section 2.3); ``*`` in ``answer`` stands for any octet."""

    answer: str
    means: str
    cause: Cause = Cause.UNTOLD
    scope: HopScope = HopScope.LAST_EXTERNAL

    @property
    def harmless(self) -> bool:
        """Whether a hit with this code is no listing."""
        return self.cause in HARMLESS


@dataclass(frozen=True, slots=True, kw_only=True)
class Blocklist:
    """A list: what it holds, how it answers, whether it lives, and which page gets an address off it.

    ``zone`` is the DNS zone, without the key where ``keyed``; empty where it is not known. ``scope``
    and ``cause`` hold for codes that state none of their own; with ``open_codes`` an answer that
    stands in no code is a listing too; with ``bits`` codes are bits of the last octet that add up;
    with ``no_clean_point`` what should never be listed (127.0.0.1) may be.
    ``aliases`` and ``pages`` are the names and the addresses of web pages by which refusals cite it.
    """

    zone: str
    name: str
    operator: str
    about: str
    subject: Subject = Subject.ADDRESS
    status: Status = Status.ACTIVE
    query: Query = Query.NEVER
    keyed: bool = False
    versions: tuple[int, ...] = (4,)
    scope: HopScope = HopScope.LAST_EXTERNAL
    cause: Cause = Cause.UNTOLD
    codes: tuple[Code, ...] = ()
    refusals: tuple[Code, ...] = ()
    open_codes: bool = False
    bits: bool = False
    no_clean_point: bool = False
    lookup: str | None = None
    removal: str | None = None
    leaving: str | None = None
    terms: str | None = None
    ended: str | None = None
    ending: Ending | None = None
    story: str | None = None
    successor: str | None = None
    aliases: tuple[str, ...] = ()
    pages: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()

    @property
    def dead(self) -> bool:
        """Whether it is gone, or believed to be."""
        return self.status in (Status.DEAD, Status.BELIEVED_DEAD)

    @property
    def known_good(self) -> bool:
        """Whether it lists honest servers, so that a hit is no listing."""
        return self.cause is Cause.KNOWN_GOOD

    @property
    def causes(self) -> tuple[Cause, ...]:
        """Every cause that its codes tell, without repetition; its own where it has no codes."""
        told = dict.fromkeys(code.cause for code in self.codes)
        return tuple(told) or (self.cause,)

    def page(self, subject: str) -> str | None:
        """Return the page that gets ``subject`` off, else the one that explains; None where none is known."""
        url = self.removal or self.lookup
        return None if url is None else url.replace("<ip>", subject)

    def code(self, answer: str) -> Code | None:
        """Return what ``answer`` (an A record) means here; None where the list does not say."""
        return next((code for code in self.codes if _fits(code.answer, answer)), None)

    def refusal(self, answer: str) -> Code | None:
        """Return the refusal that ``answer`` stands for; None where it is none of this list's own."""
        return next((code for code in self.refusals if _fits(code.answer, answer)), None)


def _fits(pattern: str, answer: str) -> bool:
    if "*" not in pattern:
        return pattern == answer
    pairs = zip(pattern.split("."), answer.split("."), strict=False)
    return all(expected in ("*", octet) for expected, octet in pairs)
