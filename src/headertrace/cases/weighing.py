"""What a possible case amounts to, and the numbers that every kind of case is weighed by."""

from __future__ import annotations

from dataclasses import dataclass

from headertrace.cases.case import CaseKind
from headertrace.cases.engine import Row
from headertrace.vocabulary import Confidence

# Two messages may be one person's bad day; from here on several strangers are at work.
MANY_HELOS = 3
MANY_DOMAINS = 3
MANY_STRANGERS = 4
MANY_NETWORKS = 3
MANY_SITES = 3
MESSAGES = 2

# What keeps an open relay, whatever stands in front of it, from being sure.
UNNAMED_RECIPIENT = "no field names a recipient: mail for own people that is forwarded would look the same"

# What keeps a hidden client from being surely a stranger who needed no password.
UNMARKED_LOGINS = "this server's software does not mark logins: a stolen password is not excluded"

# By this a reader knows the reason that makes a case established.
PROOF = "proof: "

POSSIBLE, LIKELY, ESTABLISHED = Confidence.POSSIBLE, Confidence.LIKELY, Confidence.ESTABLISHED


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighing:
    """What a possible case amounts to; ``proof`` is the one of its reasons that makes it established."""

    kind: CaseKind
    confidence: Confidence
    reasons: tuple[str, ...]
    proof: str | None = None
    confounders: tuple[str, ...] = ()
    inner_address: str | None = None


def signs(case: Row) -> tuple[str, ...]:
    """Return the signs by which the messages are a stranger's, as counts."""
    total = case["messages"]
    shown = (
        ("reply_elsewhere", "answers are wanted at an address that is not the sender's"),
        ("no_to", "To names no recipient"),
        ("helo_of_strangers", "the HELO is a bulk mailer's or a hired machine's"),
        ("lures", "the subject or the sender's title is a fraud's"),
        ("queued", "a long queue shows"),
        ("judged", "misuse of the relay shows even without the other messages"),
    )
    return tuple(f"{_where(case[name], total)} {text}" for name, text in shown if case[name])


def _where(some: int, total: int) -> str:
    if some < total:
        return f"in {some} of {total} messages"
    return "in every message" if total > 1 else "in the message"


def is_many(case: Row, names: int) -> bool:
    """Return whether so many names and senders are at work that they cannot be one machine or one office."""
    return bool(
        names >= MANY_HELOS and case["domains"] >= MANY_DOMAINS and case["strangers"] >= MANY_STRANGERS
    )


def is_few(case: Row, names: int) -> bool:
    """Return whether the numbers at least suggest several strangers, or that one message came in copies."""
    copies = case["suspects"] and case["suspect_copies"] >= MESSAGES
    several = names >= MESSAGES and case["domains"] >= MESSAGES and case["strangers"] >= MANY_STRANGERS
    return bool(copies or several)


def comes_by_another_hand(case: Row) -> bool:
    """Return whether most messages were let out by machines of other houses than their way names."""
    return bool(2 * case["other_hands"] > case["messages"])


def is_invented(case: Row) -> bool:
    """Return whether a server's mail leaves from ever other networks: its name stands in forged trails."""
    return bool(2 * case["exits"] > case["messages"] + 1)


def marks(case: Row) -> bool:
    """Return whether the server marks logins, so that no mark means no login."""
    return bool(2 * case["marked"] > case["messages"])


def at_gateway(case: Row) -> bool:
    """Return whether the address, or its reverse name, is one that gateways usually have."""
    return bool(2 * case["gateways"] > case["messages"])
