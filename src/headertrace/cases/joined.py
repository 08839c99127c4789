"""What several relays have in common: how sure it is that one hand is at work, and why."""

from __future__ import annotations

from headertrace.cases.case import CaseKind
from headertrace.cases.counted import counted
from headertrace.cases.engine import Row
from headertrace.cases.weighing import (
    ESTABLISHED,
    LIKELY,
    MANY_SITES,
    MESSAGES,
    POSSIBLE,
    PROOF,
    Weighing,
    signs,
)

# Microseconds in which a hired machine keeps its tenant: addresses that are hired out go on to others.
TENANCY = 366 * 24 * 3600 * 1_000_000


def weigh_fingerprint(case: Row) -> Weighing | None:
    """Weigh one machine's name, with one mailer and one time zone, seen at several unrelated relays."""
    if case["lasting_sites"] < MANY_SITES or case["suspects"] < MANY_SITES:
        return None
    habit = "one machine's HELO, alike in mailer and time zone"
    if case["id_shapes"] == 1:
        habit += " and in the habit of Message-ID"
    return Weighing(
        kind=CaseKind.HIJACKER,
        confidence=LIKELY,
        reasons=(f"{habit}, at {case['lasting_sites']} unrelated sites", *signs(case)),
        confounders=("machines cloned from one image bear one name",),
    )


def weigh_address(case: Row) -> Weighing | None:
    """Weigh one client's address, seen at several unrelated relays."""
    if case["lasting_sites"] < MESSAGES or case["suspects"] < MESSAGES:
        return None
    habit = _habit(case)
    if habit is None or _span(case) > TENANCY:
        return None
    proven = case["lasting_sites"] >= MANY_SITES
    text = f"one client's address at {case['lasting_sites']} sites, and {habit} in all messages"
    proof = f"{PROOF}{text}: these servers share nothing but this writer" if proven else None
    return Weighing(
        kind=CaseKind.HIJACKER,
        confidence=ESTABLISHED if proven else LIKELY,
        reasons=(proof or text, *signs(case)),
        proof=proof,
        confounders=() if proven else ("customers of one provider may share an address",),
    )


def _habit(case: Row) -> str | None:
    """Return what one writer's messages share beside an address, which several people may share."""
    habits = {
        "mailboxes": "one mailbox for answers",
        "zone_habits": "one time zone" if case["zones"] else "no time zone",
        "id_shapes": "one habit of Message-ID",
    }
    return next((text for name, text in habits.items() if case[name] == 1), None)


def _span(case: Row) -> int:
    """Return the microseconds from the first to the last message; 0 where no server wrote a time."""
    span: int = (case["last_seen"] or 0) - (case["first_seen"] or 0)
    return span


def weigh_mailbox(case: Row) -> Weighing | None:
    """Weigh one mailbox to which the answers go, named by messages through several relays."""
    if case["sites"] < MESSAGES or case["suspects"] < MESSAGES:
        return None
    proven = case["sites"] >= MANY_SITES
    text = f"answers to {case['messages']} messages through {case['sites']} sites go to one mailbox"
    proof = f"{PROOF}{text}: who reads it had them all sent" if proven else None
    return Weighing(
        kind=CaseKind.CAMPAIGN,
        confidence=ESTABLISHED if proven else LIKELY,
        reasons=(proof or text, *signs(case)),
        proof=proof,
        confounders=() if proven else ("the two servers may be one organisation's",),
    )


def weigh_subject(case: Row) -> Weighing | None:
    """Weigh one subject of several words, by one mailer in one time zone, through several relays."""
    if case["sites"] < MANY_SITES or case["suspects"] < MANY_SITES:
        return None
    return Weighing(
        kind=CaseKind.CAMPAIGN,
        confidence=POSSIBLE,
        reasons=(
            f"one subject, alike in mailer and time zone, in {counted(case['messages'], 'message')}"
            f" through {case['sites']} sites",
            *signs(case),
        ),
        confounders=("frauds copy one another's subjects",),
    )
