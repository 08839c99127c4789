"""Mail that came into a relay from inside: how sure it is that a gateway hides strangers, and why."""

from __future__ import annotations

from headertrace.cases.case import CaseKind
from headertrace.cases.counted import counted
from headertrace.cases.engine import Row
from headertrace.cases.weighing import (
    ESTABLISHED,
    LIKELY,
    MANY_HELOS,
    MESSAGES,
    POSSIBLE,
    PROOF,
    UNMARKED_LOGINS,
    UNNAMED_RECIPIENT,
    Weighing,
    at_gateway,
    is_few,
    is_many,
    signs,
)

PROVEN = (
    f"{PROOF}no single machine has so many names, no office of this organisation writes for so many"
    " foreign domains, and the recipients are foreign: whoever connects here is let out"
)


def weigh_gateway(case: Row, around: Row) -> Weighing | None:
    """Weigh mail that came into a relay from inside: a gateway that hides strangers, or its own people?"""
    many = is_many(case, around["strange_names"])
    several = case["suspects"] >= MESSAGES
    outside = 2 * case["outside"] > case["messages"]
    foreign = case["foreign_senders"] == case["messages"]
    if not (many or ((outside or foreign) and (several or is_few(case, around["strange_names"])))):
        return None
    proven = many and several and at_gateway(case) and case["foreign_recipients"] >= MESSAGES
    # Own people behind the same address, more than suspicious mail: one of their machines may be infected,
    # which has one name, or two.
    apart = around["plain"] < case["suspects"] or around["strange_names"] >= MANY_HELOS
    strangers = (many and case["suspects"]) or (outside and several and apart)
    likely = strangers and not _passes_inward(case, around)
    return Weighing(
        kind=CaseKind.OPEN_RELAY_NAT,
        confidence=ESTABLISHED if proven else LIKELY if likely else POSSIBLE,
        reasons=_reasons(case, around, proven) + signs(case),
        proof=PROVEN if proven else None,
        confounders=_confounders(case, around, many),
        inner_address=case["client_ip"],
    )


def _passes_inward(case: Row, around: Row) -> bool:
    """Return whether most of what comes from the address is other servers' mail, and no field names for whom.

    A gateway that hands incoming mail on in its own name brings spam, too; what leaves then is forwarded.
    """
    return bool(around["from_servers"] > case["messages"] and not case["foreign_recipients"])


def _reasons(case: Row, around: Row, proven: bool) -> tuple[str, ...]:
    numbers = (
        f"one inner address, {counted(case['helos'], 'HELO name')},"
        f" {counted(case['domains'], 'foreign sender domain')},"
        f" {counted(case['zones'], 'time zone')} in {counted(case['messages'], 'message')}"
    )
    names = f"{around['strange_names']} of {case['helos']}"
    apart = f"names that the organisation's own mail never shows: {names}"
    gateway = "the address, or its name, is one that gateways usually have"
    told = ((apart, bool(around["plain"])), (PROVEN, proven), (gateway, at_gateway(case)))
    return (numbers, *(text for text, holds in told if holds))


def _confounders(case: Row, around: Row, many: bool) -> tuple[str, ...]:
    rivals = (
        (_neighbours(around), around["messages"]),
        (
            "mail servers of other houses come from the same address: it passes incoming mail on, of which"
            " some may be forwarded",
            _passes_inward(case, around),
        ),
        (
            UNNAMED_RECIPIENT,
            not case["foreign_recipients"],
        ),
        (
            "a single HELO name: one infected machine inside would look the same",
            not many and case["helos"] <= 1,
        ),
        (
            "the address is no gateway's: an infected machine that changes its name would look the same",
            many and not at_gateway(case),
        ),
        ("too few names and senders to exclude a terminal server, a VPN or a branch office", not many),
        (UNMARKED_LOGINS, case["unmarked"] >= case["marked"]),
    )
    return tuple(text for text, holds in rivals if holds)


def _neighbours(around: Row) -> str:
    """Return what else comes from the same address."""
    return (
        f"{counted(around['messages'], 'innocent message')} from the same address under"
        f" {counted(around['helos'], 'name')}, not counted here: a VPN, a terminal server or a branch office"
        " may be behind it"
    )
