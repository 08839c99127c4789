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

POSSIBLE, LIKELY, ESTABLISHED = Confidence.POSSIBLE, Confidence.LIKELY, Confidence.ESTABLISHED


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighing:
    """What a possible case amounts to."""

    kind: CaseKind
    confidence: Confidence
    reasons: tuple[str, ...]
    confounders: tuple[str, ...] = ()
    inner_address: str | None = None


def signs(case: Row) -> tuple[str, ...]:
    """Return the signs by which the messages are a stranger's, as counts."""
    total = case["messages"]
    shown = (
        ("reply_elsewhere", "want answers at an address that is not the sender's"),
        ("no_to", "name no recipient in To"),
        ("helo_of_strangers", "were announced by a bulk mailer's or a hired machine's HELO"),
        ("lures", "have the subject or the titled sender of a fraud"),
        ("queued", "waited in a long queue"),
        ("judged", "were each judged misuse by themselves"),
    )
    return tuple(f"{case[name]} of {total} {text}" for name, text in shown if case[name])


def is_many(case: Row) -> bool:
    """Return whether so many names and senders are at work that they cannot be one machine or one office."""
    return bool(
        case["helos"] >= MANY_HELOS
        and case["domains"] >= MANY_DOMAINS
        and case["strangers"] >= MANY_STRANGERS
    )


def is_few(case: Row) -> bool:
    """Return whether the numbers at least suggest several strangers, or that one message came in copies."""
    copies = case["suspects"] and case["suspect_copies"] >= MESSAGES
    names = case["helos"] >= MESSAGES and case["domains"] >= MESSAGES and case["strangers"] >= MANY_STRANGERS
    return bool(copies or names)


def marks(case: Row) -> bool:
    """Return whether the server marks logins, so that no mark means no login."""
    return bool(2 * case["marked"] > case["messages"])
