"""What a bounce says: data only."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from headertrace.received.hop import Address


class BounceKind(StrEnum):
    """What a message is, as far as bounces go."""

    FAILURE = "failure"
    DELAY = "delay"
    DELIVERED = "delivered"
    ABUSE_REPORT = "abuse-report"
    RECEIPT = "receipt"
    AUTO_REPLY = "auto-reply"
    NO_BOUNCE = "no-bounce"


class Cause(StrEnum):
    """Why one recipient was refused."""

    BLOCKLIST = "blocklist"
    REPUTATION = "reputation"
    LOCAL_BLOCK = "local-block"
    RECEIVER_FAULT = "receiver-fault"
    DOMAIN_LISTING = "domain-listing"
    CONTENT_LISTING = "content-listing"
    REVERSE_DNS = "reverse-dns"
    RATE_LIMIT = "rate-limit"
    GREYLISTED = "greylisted"
    AUTHENTICATION = "authentication"
    SENDER_REFUSED = "sender-refused"
    SPAM_CONTENT = "spam-content"
    RELAY_DENIED = "relay-denied"
    RECIPIENT = "recipient"
    MAILBOX_FULL = "mailbox-full"
    ENCRYPTION = "encryption"
    MESSAGE = "message"
    UNREACHABLE = "unreachable"
    POLICY = "policy"
    UNKNOWN = "unknown"


# The causes that say: an address of ours is listed, publicly or in a receiver's own books.
ADDRESS_LISTINGS = frozenset({Cause.BLOCKLIST, Cause.REPUTATION, Cause.LOCAL_BLOCK})


class BlockerKind(StrEnum):
    """Whose books a refusal cites."""

    PUBLIC_LIST = "public-list"
    DEAD_LIST = "dead-list"
    UNKNOWN_LIST = "unknown-list"
    REPUTATION_SYSTEM = "reputation-system"
    DOMAIN_LIST = "domain-list"
    RECEIVER = "receiver"


@dataclass(frozen=True, slots=True, kw_only=True)
class Blocker:
    """The list or the reputation system that a refusal names.

    ``zone`` is the DNS zone where there is one, ``sublist`` the part of it that is told (SBL, PBL ...),
    ``lookup`` and ``removal`` the pages to see and to end the listing; ``checked`` False: they are
    from general knowledge and were not visited again.
    """

    name: str
    kind: BlockerKind
    operator: str | None = None
    zone: str | None = None
    sublist: str | None = None
    lookup: str | None = None
    removal: str | None = None
    note: str | None = None
    checked: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """One story that may stand behind a refusal: how to check it, and what to mend before any removal."""

    key: str
    title: str
    meaning: str
    check: str
    mend: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """One recipient's refusal: who refused, in which words, and why.

    ``address`` is ours, the one that was refused, as the refusing server writes it; ``domain`` the listed
    domain of a domain listing; ``reason_code`` the refuser's own code (S3140, BL21, AUP#CDRBL ...).
    ``explanations`` come most plausible first.
    """

    recipient: str | None
    cause: Cause
    text: str
    remote_mta: str | None = None
    remote_ip: Address | None = None
    reply_code: int | None = None
    status: str | None = None
    reason_code: str | None = None
    temporary: bool = False
    address: Address | None = None
    domain: str | None = None
    blocker: Blocker | None = None
    explanations: tuple[Explanation, ...] = ()

    @property
    def listed(self) -> bool:
        """Whether it tells that an address of ours is on a list or has a bad name."""
        return self.cause in ADDRESS_LISTINGS


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounce:
    """One message read as a bounce: what it is, who wrote it, and the refusals that it reports.

    ``original`` is the header section of the returned message, as it stands in the bounce. ``backscatter``
    is True where that message was never ours, None where the bounce does not tell; ``reason`` says
    in a sentence why the message is, or is not, a bounce.
    """

    kind: BounceKind
    reason: str
    dialect: str | None = None
    reporting_mta: str | None = None
    refusals: tuple[Refusal, ...] = ()
    original: bytes = b""
    backscatter: bool | None = None
    backscatter_reason: str | None = None

    @property
    def is_bounce(self) -> bool:
        """Whether a mail server reports here that it could not deliver, or not yet."""
        return self.kind in (BounceKind.FAILURE, BounceKind.DELAY)

    @property
    def listings(self) -> tuple[Refusal, ...]:
        """The refusals that tell that an address of ours is listed."""
        return tuple(refusal for refusal in self.refusals if refusal.listed)
