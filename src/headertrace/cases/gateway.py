"""Mail that came into a relay from inside: how sure it is that a gateway hides strangers, and why."""

from __future__ import annotations

from headertrace.cases.case import CaseKind
from headertrace.cases.engine import Row
from headertrace.cases.weighing import (
    ESTABLISHED,
    LIKELY,
    MESSAGES,
    POSSIBLE,
    Weighing,
    counted,
    is_few,
    is_many,
    signs,
)


def weigh_gateway(case: Row, around: Row | None) -> Weighing | None:
    """Weigh mail that came into a relay from inside: a gateway that hides strangers, or its own people?"""
    many = is_many(case)
    several = case["suspects"] >= MESSAGES
    outside = 2 * case["outside"] > case["messages"]
    foreign = case["foreign_senders"] == case["messages"]
    if not (many or ((outside or foreign) and (several or is_few(case)))):
        return None
    proven = many and case["foreign_recipients"] >= MESSAGES
    likely = many or (outside and several)
    return Weighing(
        kind=CaseKind.OPEN_RELAY_NAT,
        confidence=ESTABLISHED if proven else LIKELY if likely else POSSIBLE,
        reasons=_gateway_reasons(case, proven) + signs(case),
        confounders=_gateway_confounders(case, around, many),
        inner_address=case["client_ip"],
    )


def _gateway_reasons(case: Row, proven: bool) -> tuple[str, ...]:
    numbers = (
        f"one inner address, {counted(case['helos'], 'HELO name')},"
        f" {counted(case['domains'], 'foreign sender domain')},"
        f" {counted(case['zones'], 'time zone')} in {counted(case['messages'], 'message')}"
    )
    proof = (
        "proof: no single machine has so many names, no office of this organisation writes for so many"
        " foreign domains, and the recipients are foreign: whoever connects here is let out"
    )
    plain = "the address, or its name, is one that gateways usually have"
    return (numbers, *((proof,) if proven else ()), *((plain,) if case["gateways"] else ()))


def _gateway_confounders(case: Row, around: Row | None, many: bool) -> tuple[str, ...]:
    found = []
    if around is not None:
        found.append(_neighbours(around))
    if not case["foreign_recipients"]:
        found.append("no field names a recipient: mail for own people that is forwarded would look the same")
    if not many and case["helos"] <= 1:
        found.append("a single HELO name: one infected machine inside would look the same")
    if not many:
        found.append("too few names and senders to exclude a terminal server, a VPN or a branch office")
    if case["unmarked"] >= case["marked"]:
        found.append("this server's software does not mark logins: a stolen password is not excluded")
    return tuple(found)


def _neighbours(around: Row) -> str:
    """Return what else comes from the same address."""
    return (
        f"{counted(around['messages'], 'innocent message')} from the same address under"
        f" {counted(around['helos'], 'name')}, not counted here: a VPN, a terminal server or a branch office"
        " may be behind it"
    )
