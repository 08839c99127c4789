"""Mail that bears no sign of its own, but comes from a crowd behind one inner address."""

from __future__ import annotations

from headertrace.cases.case import CaseKind
from headertrace.cases.counted import counted
from headertrace.cases.engine import Row
from headertrace.cases.weighing import (
    LIKELY,
    POSSIBLE,
    UNMARKED_LOGINS,
    UNNAMED_RECIPIENT,
    Weighing,
    at_gateway,
    marks,
)

# Machines and houses: an agency or a shared office shows as many, but lives in one time zone, or two.
CROWD = 4
MANY_ZONES = 3
# More houses than a group of companies writes for whose people come in by one VPN.
MULTITUDE = 8


def weigh_crowd(case: Row) -> Weighing | None:
    """Weigh mail of foreign writers that many machines sent through one inner address; None for an office."""
    if case["helos"] < CROWD or case["domains"] < CROWD or case["zones"] < MANY_ZONES:
        return None
    multitude = min(case["helos"], case["domains"], case["foreign_recipients"]) >= MULTITUDE
    return Weighing(
        kind=CaseKind.OPEN_RELAY_NAT,
        confidence=LIKELY if multitude and at_gateway(case) and marks(case) else POSSIBLE,
        reasons=_reasons(case),
        confounders=_confounders(case),
        inner_address=case["client_ip"],
    )


def _reasons(case: Row) -> tuple[str, ...]:
    numbers = (
        f"one inner address, {counted(case['helos'], 'HELO name')},"
        f" {counted(case['domains'], 'foreign sender domain')} and {counted(case['zones'], 'time zone')}"
        f" in {counted(case['messages'], 'message')}"
    )
    return (numbers, "no office or terminal server writes for so many others, from so many zones")


def _confounders(case: Row) -> tuple[str, ...]:
    rivals = (
        (
            "a group of companies whose people come in by one VPN, or a hosting provider's customers behind"
            " one address, would look the same",
            True,
        ),
        (UNNAMED_RECIPIENT, not case["foreign_recipients"]),
        (UNMARKED_LOGINS, not marks(case)),
    )
    return tuple(text for text, holds in rivals if holds)
