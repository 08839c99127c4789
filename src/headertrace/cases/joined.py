"""What several relays have in common: how sure it is that one hand is at work, and why."""

from __future__ import annotations

from headertrace.cases.case import CaseKind
from headertrace.cases.engine import Row
from headertrace.cases.weighing import ESTABLISHED, LIKELY, MANY_SITES, MESSAGES, POSSIBLE, Weighing, signs
from headertrace.signatures.names import CONSTANTS


def weigh_fingerprint(case: Row, _around: Row | None = None) -> Weighing | None:
    """Weigh one way of greeting and of making messages, seen at several unrelated relays."""
    if case["sites"] < MANY_SITES or case["suspects"] < MANY_SITES:
        return None
    constant = case["case_key"].partition(" | ")[0] in CONSTANTS
    return Weighing(
        kind=CaseKind.HIJACKER,
        confidence=POSSIBLE if constant else LIKELY,
        reasons=(
            f"one HELO, mailer and habit of Message-ID at {case['sites']} unrelated sites",
            *signs(case),
        ),
        confounders=("the HELO is a constant of a program that several people use",) if constant else (),
    )


def weigh_network(case: Row, _around: Row | None = None) -> Weighing | None:
    """Weigh one network of clients, seen at several unrelated relays."""
    if case["sites"] < MESSAGES or case["suspects"] < MESSAGES:
        return None
    proven = case["sites"] >= MANY_SITES and case["clients"] == 1
    proof = f"proof: one client address at {case['sites']} unrelated sites, which have nothing else in common"
    return Weighing(
        kind=CaseKind.HIJACKER,
        confidence=ESTABLISHED if proven else LIKELY,
        reasons=(proof if proven else f"one network of clients at {case['sites']} sites", *signs(case)),
        confounders=() if case["clients"] == 1 else ("several people may share a provider's addresses",),
    )


def weigh_mailbox(case: Row, _around: Row | None = None) -> Weighing | None:
    """Weigh one mailbox to which the answers go, named by messages through several relays."""
    if case["sites"] < MESSAGES or case["suspects"] < MESSAGES:
        return None
    proven = case["sites"] >= MANY_SITES
    text = f"answers to {case['messages']} messages through {case['sites']} unrelated sites go to one mailbox"
    return Weighing(
        kind=CaseKind.CAMPAIGN,
        confidence=ESTABLISHED if proven else LIKELY,
        reasons=("proof: " * proven + text, *signs(case)),
    )


def weigh_subject(case: Row, _around: Row | None = None) -> Weighing | None:
    """Weigh one subject, written by one kind of program, through several relays."""
    if case["sites"] < MANY_SITES or case["suspects"] < MANY_SITES:
        return None
    return Weighing(
        kind=CaseKind.CAMPAIGN,
        confidence=POSSIBLE,
        reasons=(f"one subject and one mailer in messages through {case['sites']} sites", *signs(case)),
        confounders=("short subjects repeat without a common sender",),
    )
